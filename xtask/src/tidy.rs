//! Conventions as checks: each looks at the whole tree and says what is not as agreed (STYLE.md).
//! `cargo test` runs them too. Exceptions stand in `xtask/tidy-exceptions.txt`, a list that may only shrink.

mod code;
mod controls;
mod exceptions;
mod links;
mod names;
mod places;
mod rim;
mod rooms;
mod shown;
mod sizes;
mod tags;
pub(crate) mod tree;
mod wording;

use crate::say::say;
use anyhow::Result;
use std::path::Path;
use tree::{File, Tree};

/// Something that is not as agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    check: &'static str,
    path: String,
    /// Nothing where it is about the whole file.
    line: Option<usize>,
    says: String,
}

impl Finding {
    fn of(check: &'static str, file: &File, line: Option<usize>, says: impl Into<String>) -> Self {
        Finding {
            check,
            path: file.path.clone(),
            line,
            says: says.into(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {} [{}]", self.says, self.check)
    }
}

/// Every check, under the name that an exception uses.
const CHECKS: &[fn(&Tree) -> Vec<Finding>] = &[
    rooms::check,
    sizes::check,
    controls::check,
    tags::check,
    rim::check,
    wording::check,
    links::check,
    places::check,
    shown::check,
];

/// Runs every check and says what was found; `true` where all is as agreed.
pub(crate) fn report(root: &Path, names: Option<&Path>) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut findings = findings(&tree);
    if let Some(list) = names {
        findings.extend(names::check(&tree, root, list)?);
    }
    for finding in &findings {
        say(&finding.to_string());
    }
    let count = tree.files.len();
    say(&match findings.len() {
        0 => format!("{count} files are as agreed."),
        faults => format!("{faults} findings in {count} files."),
    });
    Ok(findings.is_empty())
}

fn findings(tree: &Tree) -> Vec<Finding> {
    let found: Vec<Finding> = CHECKS.iter().flat_map(|check| check(tree)).collect();
    exceptions::apply(tree, &found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_as_agreed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let tree = Tree::read(root).unwrap();
        assert!(tree.files.len() > 20);
        let found: Vec<String> = findings(&tree).iter().map(Finding::to_string).collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }

    #[test]
    fn a_finding_is_said_in_one_line() {
        let tree = Tree::of(&[("a.rs", "")]);
        let finding = Finding::of("sizes", &tree.files[0], Some(3), "too long");
        assert_eq!(finding.to_string(), "a.rs:3: too long [sizes]");
    }
}
