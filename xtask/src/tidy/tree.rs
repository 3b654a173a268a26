//! The files of the repository as git sees them: committed, or new and not ignored.

use anyhow::{Context, Result, bail};
use std::{path::Path, process::Command};

const FILES_MAX: usize = 50_000;

/// One file. Its text is empty where it is not text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) bytes: u64,
}

impl File {
    /// Whether this is Rust.
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether this is a file of tests alone.
    pub(super) fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs")
            || self.path.ends_with("_tests.rs")
    }
}

/// All files, by path from the root of the repository.
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

impl Tree {
    /// Reads the repository.
    pub(super) fn read(root: &Path) -> Result<Tree> {
        let mut files = Vec::new();
        for path in paths(root)? {
            let whole = root.join(&path);
            // A file that git knows and that has just been moved away is no fault.
            let Ok(content) = std::fs::read(&whole) else {
                continue;
            };
            files.push(File {
                path,
                bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
                text: String::from_utf8(content).unwrap_or_default(),
            });
        }
        Ok(Tree { files })
    }

    /// A tree that is made up.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            bytes: u64::try_from(text.len()).unwrap(),
        };
        Tree {
            files: files.iter().map(file).collect(),
        }
    }

    /// The text of one file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.text)
    }

    /// Whether there is a file, or a folder with files in it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// The paths of all files.
pub(crate) fn paths(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git is needed to know which files there are")?;
    if !output.status.success() {
        bail!("git: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    let mut paths: Vec<String> = text
        .split('\0')
        .filter(|path| !path.is_empty())
        .take(FILES_MAX)
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_are_there_or_not() {
        let tree = Tree::of(&[("docs/manual/start.md", "")]);
        assert!(tree.has("docs/manual/start.md"));
        assert!(tree.has("docs/manual"));
        assert!(!tree.has("docs/man"));
    }

    #[test]
    fn files_of_tests_are_known_by_their_place() {
        let tree = Tree::of(&[
            ("a/src/tests.rs", ""),
            ("a/tests/b.rs", ""),
            ("a/src/c.rs", ""),
        ]);
        let tests: Vec<bool> = tree.files.iter().map(File::is_test).collect();
        assert_eq!(tests, [true, true, false]);
    }
}
