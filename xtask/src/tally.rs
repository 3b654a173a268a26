//! Counts what passed and failed, read from the closing lines of the test runners.

use std::ops::AddAssign;

/// How many passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Whose closing lines a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    /// No test runner: the command counts as one check.
    None,
    /// `cargo nextest run`
    Nextest,
    /// `cargo test`
    Cargo,
    /// `node --test`
    Node,
}

impl Runner {
    /// What one line of output adds to the count.
    pub(crate) fn read(self, line: &str) -> Tally {
        match self {
            Runner::None => Tally::default(),
            Runner::Nextest if line.contains("Summary [") => Tally {
                passed: number_before(line, " passed"),
                failed: number_before(line, " failed")
                    .saturating_add(number_before(line, " timed out"))
                    .saturating_add(number_before(line, " exec failed")),
            },
            Runner::Cargo if line.trim_start().starts_with("test result:") => Tally {
                passed: number_before(line, " passed"),
                failed: number_before(line, " failed"),
            },
            Runner::Node => node(line),
            Runner::Nextest | Runner::Cargo => Tally::default(),
        }
    }
}

fn node(line: &str) -> Tally {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [mark, what, count] = words.as_slice() else {
        return Tally::default();
    };
    if !matches!(*mark, "#" | "ℹ") {
        return Tally::default();
    }
    let count = count.parse().unwrap_or(0);
    match *what {
        "pass" => Tally {
            passed: count,
            failed: 0,
        },
        "fail" | "cancelled" => Tally {
            passed: 0,
            failed: count,
        },
        _ => Tally::default(),
    }
}

fn number_before(line: &str, word: &str) -> u64 {
    line.split(word)
        .next()
        .filter(|before| before.len() < line.len())
        .and_then(|before| {
            before
                .rsplit(|letter: char| !letter.is_ascii_digit())
                .next()
        })
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(runner: Runner, lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        for line in lines {
            tally += runner.read(line);
        }
        (tally.passed, tally.failed)
    }

    #[test]
    fn the_closing_line_of_nextest_is_counted() {
        let line = "     Summary [   1.234s] 48 tests run: 45 passed (1 slow), 2 failed, 1 timed out, 3 skipped";
        assert_eq!(counted(Runner::Nextest, &[line]), (45, 3));
        assert_eq!(
            counted(Runner::Nextest, &["PASS [0.1s] a::7 passed"]),
            (0, 0)
        );
    }

    #[test]
    fn the_closing_lines_of_cargo_test_are_added_up() {
        let lines = [
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 7 passed; 2 failed; 0 ignored",
        ];
        assert_eq!(counted(Runner::Cargo, &lines), (12, 2));
    }

    #[test]
    fn the_closing_lines_of_node_are_added_up() {
        let lines = [
            "ℹ tests 9",
            "ℹ pass 6",
            "ℹ fail 2",
            "ℹ cancelled 1",
            "# pass 1",
            "pass 99",
        ];
        assert_eq!(counted(Runner::Node, &lines), (7, 3));
    }
}
