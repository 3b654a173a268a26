//! `opener FILE --out FOLDER [--key VKEY]`: asks for the code, checks every byte, and writes what is
//! in the file. Ends with 0; with 1 when the file is at fault; with 2 when it was not asked rightly.

use std::{io::Write, process::ExitCode};

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1);
    let words: Vec<String> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let (said, code) = match opener::run(&words, &mut std::io::stdin().lock()) {
        Ok(words) => (writeln!(std::io::stdout(), "{words}"), 0),
        Err((words, code)) => (writeln!(std::io::stderr(), "{words}"), code),
    };
    ExitCode::from(if said.is_ok() { code } else { 2 })
}
