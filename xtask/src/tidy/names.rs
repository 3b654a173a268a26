//! Looks for names that are not to be here. The list of them is kept outside of the repository,
//! and what is found is told by its place, not by the name.

use super::{
    Finding, Tree,
    code::{has_word, lines},
};
use anyhow::{Context, Result, bail};
use std::path::Path;

const LETTERS_LEAST: usize = 3;

/// Looks for each name of the list, one a line, in all files and their paths.
pub(super) fn check(tree: &Tree, root: &Path, list: &Path) -> Result<Vec<Finding>> {
    let whole = |path: &Path| {
        path.canonicalize()
            .with_context(|| format!("cannot find {}", path.display()))
    };
    if whole(list)?.starts_with(whole(root)?) {
        bail!("the list of names must not be in the repository");
    }
    let names =
        std::fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    Ok(found(tree, &names))
}

fn found(tree: &Tree, names: &str) -> Vec<Finding> {
    let names: Vec<String> = names
        .lines()
        .map(|name| name.trim().to_lowercase())
        .filter(|name| name.chars().count() >= LETTERS_LEAST && !name.starts_with('#'))
        .collect();
    let mut found = Vec::new();
    for file in &tree.files {
        let path = file.path.to_lowercase();
        if names.iter().any(|name| has_word(&path, name)) {
            found.push(Finding::of(
                "names",
                file,
                None,
                "a name from the list is in the path",
            ));
        }
        for (number, line) in lines(&file.text) {
            let line = line.to_lowercase();
            if names.iter().any(|name| has_word(&line, name)) {
                found.push(Finding::of(
                    "names",
                    file,
                    Some(number),
                    "a name from the list",
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_and_not_repeated() {
        let tree = Tree::of(&[
            ("a.md", "Fine.\nThe Glowworm Nursery is here"),
            ("b.md", "glowworms"),
        ]);
        let found = found(&tree, "# settings\nGlowworm Nursery\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "a.md:2: a name from the list [names]");
    }

    #[test]
    fn a_list_inside_the_repository_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let inside = root.path().join("names.txt");
        std::fs::write(&inside, "Glowworm").unwrap();
        assert!(check(&Tree::of(&[]), root.path(), &inside).is_err());
        let outside = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(
            check(&Tree::of(&[]), root.path(), outside.path()).unwrap(),
            []
        );
    }
}
