//! `verify LEDGER.jsonl [--checkpoint FILE --key VKEY [--key VKEY]...]...`
//!
//! Says `OK` with counts and ends with 0; names the first fault and ends with 1; with 2 when it was
//! not asked rightly. Each key must have signed the checkpoint before it. `--signed`: `signed.rs`.

use std::{fs::File, io::BufReader, io::Read, io::Write, process::ExitCode};
use verify::{Checkpoint, Error, verify};

const USAGE: &str = "verify LEDGER.jsonl [--checkpoint FILE --key VKEY [--key VKEY]...]...";

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1);
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let (said, code) = match run(&words.collect::<Vec<String>>()) {
        Ok(words) => (writeln!(std::io::stdout(), "{words}"), 0),
        Err((words, code)) => (writeln!(std::io::stderr(), "{words}"), code),
    };
    ExitCode::from(if said.is_ok() { code } else { 2 })
}

fn run(arguments: &[String]) -> Result<String, (String, u8)> {
    if arguments.first().is_some_and(|first| first == "--signed") {
        return verify::signed::run(arguments);
    }
    let (ledger, checkpoints) = asked(arguments).ok_or((format!("usage: {USAGE}"), 2))?;
    let mut signed = Vec::new();
    for (path, keys) in checkpoints {
        let file = File::open(path).map(|file| file.take(64 << 10));
        let text = file.and_then(std::io::read_to_string);
        let text = text.map_err(|error| (format!("{path} can't be read: {error}"), 2))?;
        let checkpoint = Checkpoint::read(&text, &keys)
            .map_err(|why| (format!("FAULT in the checkpoint {path}: {why}"), 1))?;
        signed.push(checkpoint);
    }
    let unreadable = |error| (format!("{ledger} can't be read: {error}"), 2);
    let file = File::open(ledger).map_err(unreadable)?;
    let report = match verify(&mut BufReader::with_capacity(1 << 20, file), &signed) {
        Ok(report) => report,
        Err(Error::Fault(line, why)) => {
            return Err((format!("FAULT in line {line} of {ledger}: {why}"), 1));
        }
        Err(Error::Read(error)) => return Err(unreadable(error)),
    };
    Ok(format!(
        "OK: {} lines follow one from the other, {} of them without a body (spent); \
         {} checkpoints agree; the last link is {}\n\
         {} lines are after every checkpoint given: nobody vouches for them yet",
        report.lines,
        report.spent,
        report.checkpoints,
        report.link.map(|byte| format!("{byte:02x}")).concat(),
        report.lines - report.signed
    ))
}

/// A checkpoint's file and the keys that must have signed it.
type Asked<'a> = (&'a str, Vec<&'a str>);

fn asked(arguments: &[String]) -> Option<(&str, Vec<Asked<'_>>)> {
    let mut ledger = None;
    let mut checkpoints: Vec<Asked<'_>> = Vec::new();
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        match argument {
            "--checkpoint" => checkpoints.push((rest.next()?, Vec::new())),
            "--key" => checkpoints.last_mut()?.1.push(rest.next()?),
            path if ledger.is_none() && !path.starts_with("--") => ledger = Some(path),
            _ => return None,
        }
    }
    // A checkpoint without a key proves nothing.
    let all_keyed = checkpoints.iter().all(|(_, keys)| !keys.is_empty());
    Some((ledger?, checkpoints)).filter(|_| all_keyed)
}
