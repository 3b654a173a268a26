//! `cargo xtask test`: the parts in order, stopping at the first that fails.

use crate::{
    licences, machine, postgres,
    run::{answer, run},
    say::say,
    tally::{Runner, Tally},
    tidy,
};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// One part of all tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Machine,
    Fmt,
    Clippy,
    Tidy,
    Unit,
    Doc,
    Deny,
    Build,
    Browser,
}

const PARTS: &[(Part, &str)] = &[
    (Part::Machine, "machine"),
    (Part::Fmt, "fmt"),
    (Part::Tidy, "tidy"),
    (Part::Deny, "deny"),
    (Part::Clippy, "clippy"),
    (Part::Unit, "unit"),
    (Part::Doc, "doc"),
    (Part::Build, "build"),
    (Part::Browser, "browser"),
];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    parts: Vec<(Part, &'static str)>,
    install: bool,
    /// `--workspace`, or one crate for clippy and tests.
    crates: String,
}

/// Runs the parts asked for and closes with the count; `false` where something failed.
pub(crate) fn test(root: &Path, options: &[&str]) -> Result<bool> {
    let wanted = wanted(options)?;
    let start = Instant::now();
    let mut sum = Tally::default();
    for (part, name) in &wanted.parts {
        say(&format!("\n== {name}"));
        let from = Instant::now();
        let tally = part.run(root, &wanted).unwrap_or_else(|error| {
            say(&format!("{name}: {error:#}"));
            Tally {
                passed: 0,
                failed: 1,
            }
        });
        sum += tally;
        let seconds = from.elapsed().as_secs();
        say(&format!("== {name}: {tally} in {seconds} s"));
        if tally.failed > 0 {
            say(&format!(
                "\nStopped: '{name}' failed. To run it alone: cargo xtask test --only {name}"
            ));
            break;
        }
    }
    let seconds = start.elapsed().as_secs();
    say(&format!(
        "\nAll of it took {} min {} s.",
        seconds / 60,
        seconds % 60
    ));
    say(&sum.to_string());
    Ok(sum.failed == 0 && sum.passed > 0)
}

fn wanted(options: &[&str]) -> Result<Wanted> {
    let mut parts = Vec::new();
    let mut install = true;
    let mut crates = "--workspace".to_owned();
    let mut rest = options;
    loop {
        rest = match rest {
            [] => break,
            ["--no-install", rest @ ..] => {
                install = false;
                rest
            }
            ["--package", name, rest @ ..] => {
                crates = format!("--package {name}");
                rest
            }
            ["--only", names, rest @ ..] => {
                for name in names.split(',') {
                    let part = PARTS.iter().find(|(_, known)| *known == name);
                    let all: Vec<&str> = PARTS.iter().map(|(_, known)| *known).collect();
                    let known = all.join(", ");
                    parts.push(
                        *part.with_context(|| format!("no part '{name}': there are {known}"))?,
                    );
                }
                rest
            }
            [other, ..] => bail!("'{other}' is not known to 'cargo xtask test'"),
        };
    }
    if parts.is_empty() {
        parts = PARTS.to_vec();
    }
    Ok(Wanted {
        parts,
        install,
        crates,
    })
}

impl Part {
    fn run(self, root: &Path, wanted: &Wanted) -> Result<Tally> {
        let crates = &wanted.crates;
        match self {
            Part::Machine => machine::ready(root, wanted.install),
            Part::Fmt => run(&mut cargo(root, "fmt --all -- --check"), Runner::None),
            Part::Clippy => {
                let words = format!("clippy {crates} --all-targets --locked -- -D warnings");
                run(&mut cargo(root, &words), Runner::None)
            }
            Part::Tidy => Ok(Tally::of(tidy::report(root, None)?)),
            Part::Unit => unit(root, crates),
            Part::Doc => run(
                &mut cargo(root, &format!("test {crates} --doc --locked")),
                Runner::Cargo,
            ),
            Part::Deny => licences::check(root),
            Part::Build => build(root),
            Part::Browser => browser(root, wanted.install),
        }
    }
}

impl Tally {
    fn of(passed: bool) -> Tally {
        Tally {
            passed: u64::from(passed),
            failed: u64::from(!passed),
        }
    }
}

fn cargo(root: &Path, words: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(words.split(' ')).current_dir(root);
    command
}

/// All tests of all crates, the stores on PostgreSQL among them.
fn unit(root: &Path, crates: &str) -> Result<Tally> {
    let server = postgres::Server::start()?;
    let nextest = answer("cargo", &["nextest", "--version"]).is_some();
    let (words, runner) = if nextest {
        (
            format!("nextest run {crates} --locked --no-fail-fast"),
            Runner::Nextest,
        )
    } else {
        (
            format!("test {crates} --lib --bins --tests --locked --no-fail-fast"),
            Runner::Cargo,
        )
    };
    let mut command = cargo(root, &words);
    command.env("STAIRGATE_TEST_POSTGRES", &server.url);
    let tally = run(&mut command, runner)?;
    if tally == Tally::default() {
        bail!("not one test was run");
    }
    Ok(tally)
}

fn build(root: &Path) -> Result<Tally> {
    run(&mut cargo(root, "build --release --locked"), Runner::None)
}

/// The pages in a browser, against the demo of the release build.
fn browser(root: &Path, install: bool) -> Result<Tally> {
    machine::ready(root, install)?;
    let mut tally = build(root)?;
    if tally.failed > 0 {
        return Ok(tally);
    }
    let mut command = Command::new("node");
    command
        .arg("run.mjs")
        .current_dir(root.join("tests/browser"))
        .env("STAIRGATE_BINARY", binary(root)?);
    tally += run(&mut command, Runner::Node)?;
    Ok(tally)
}

/// Where cargo put the release build.
fn binary(root: &Path) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--no-deps", "--locked"])
        .current_dir(root)
        .output()
        .context("could not start cargo metadata")?;
    let about: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    let target = about
        .get("target_directory")
        .and_then(serde_json::Value::as_str)
        .context("cargo metadata names no target folder")?;
    Ok(Path::new(target).join("release/stairgate"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_options_every_part_is_run() {
        let all = wanted(&[]).unwrap();
        assert_eq!(all.parts.len(), PARTS.len());
        assert!(all.install);
    }

    #[test]
    fn one_or_several_parts_can_be_chosen() {
        let two = wanted(&["--only", "tidy,unit", "--no-install"]).unwrap();
        assert_eq!(two.parts, [(Part::Tidy, "tidy"), (Part::Unit, "unit")]);
        assert!(!two.install);
    }

    #[test]
    fn a_part_that_is_not_there_is_named() {
        let one = wanted(&["--package", "ledger"]).unwrap();
        assert_eq!(one.crates, "--package ledger");
        let error = wanted(&["--only", "tydy"]).unwrap_err().to_string();
        assert!(error.contains("no part 'tydy'"), "{error}");
        assert!(wanted(&["--sideways"]).is_err());
    }
}
