//! Runs one command: shows it, passes on what it prints, counts its tests and takes its time.

use crate::{
    say::say,
    tally::{Runner, Tally},
};
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

/// Runs a command to its end. A command without tests of its own counts as one.
pub(crate) fn run(command: &mut Command, runner: Runner) -> Result<Tally> {
    let shown = shown(command);
    say(&format!("\n$ {shown}"));
    let start = Instant::now();
    let (reader, writer) = std::io::pipe().context("no pipe to read the command by")?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("no second end of the pipe")?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| format!("could not start: {shown}"))?;
    // Our own ends of the pipe are closed, or reading would never come to an end.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let mut tally = Tally::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line.with_context(|| format!("could not read what it printed: {shown}"))?;
        let line = String::from_utf8_lossy(&line);
        say(&line);
        tally += runner.read(&line);
    }
    let status = child
        .wait()
        .with_context(|| format!("could not wait for: {shown}"))?;
    let seconds = start.elapsed().as_secs_f64();
    say(&format!(
        "  {} in {seconds:.1} s",
        if status.success() { "done" } else { "FAILED" }
    ));
    Ok(settled(tally, runner, status.success()))
}

/// A command that fails has at least one failure; a runner that ran no test has not passed.
fn settled(mut tally: Tally, runner: Runner, success: bool) -> Tally {
    if !success {
        tally.failed = tally.failed.max(1);
    } else if runner == Runner::None {
        tally.passed = 1;
    }
    tally
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let mut words: Vec<String> = command
        .get_envs()
        .filter_map(|(key, value)| Some(format!("{}={}", key.to_str()?, value?.to_str()?)))
        .collect();
    words.push(command.get_program().to_string_lossy().into_owned());
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// What a command prints, or nothing where it is missing or fails.
pub(crate) fn answer(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_command_counts_as_one_check() {
        let done = run(&mut shell("echo fine"), Runner::None).unwrap();
        assert_eq!((done.passed, done.failed), (1, 0));
        let failed = run(&mut shell("exit 3"), Runner::None).unwrap();
        assert_eq!((failed.passed, failed.failed), (0, 1));
    }

    #[test]
    fn tests_are_counted_on_either_stream() {
        let script = "echo 'ℹ pass 2' >&2; echo 'ℹ fail 1'; exit 1";
        let counted = run(&mut shell(script), Runner::Node).unwrap();
        assert_eq!((counted.passed, counted.failed), (2, 1));
    }

    #[test]
    fn a_runner_that_dies_before_it_counts_has_failed() {
        let died = run(&mut shell("exit 1"), Runner::Node).unwrap();
        assert_eq!((died.passed, died.failed), (0, 1));
    }
}
