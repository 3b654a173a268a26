//! The page that holds the program against OWASP ASVS: every test that it names exists, and every
//! row that says "met" names a test or links to the page that shows it. No row is without an answer.

use super::{File, Finding, Tree, code::lines};

/// The page.
const PAGE: &str = "docs/asvs.md";
/// What a row may say of its requirement.
const ANSWERS: &[&str] = &["met", "untested", "partly", "not yet", "n/a"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.files.iter().find(|file| file.path == PAGE) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut say = |line, says: String| found.push(Finding::of("shown", page, Some(line), says));
    for (number, line) in lines(&page.text) {
        for name in names(line).filter(|name| !exists(tree, name)) {
            say(number, format!("there is no test '{name}'"));
        }
        let Some((answer, shown)) = row(line) else {
            continue;
        };
        if !ANSWERS.contains(&answer) {
            say(number, format!("'{answer}' is no answer to a requirement"));
        } else if answer == "met" && names(shown).next().is_none() && !shown.contains("](") {
            say(
                number,
                "it is said to be met, and nothing shows it".to_owned(),
            );
        } else if shown.is_empty() {
            say(number, "there is no reason".to_owned());
        }
    }
    found
}

/// What a row of a requirement answers, and what shows it or why.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let starts_with_digit = |cell: &&str| cell.starts_with(|letter: char| letter.is_ascii_digit());
    cells.next().filter(starts_with_digit)?;
    Some((cells.nth(1)?, cells.next().unwrap_or_default()))
}

/// The names of tests in a line: what stands between backticks and looks like one.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split('`').skip(1).step_by(2);
    code.filter(|name| name.contains("::") || name.ends_with(".test.mjs"))
}

/// Whether there is such a test: a journey by its file, any other by its function in a file whose
/// path has each part of the name before it, in order.
fn exists(tree: &Tree, name: &str) -> bool {
    if name.ends_with(".test.mjs") {
        return tree.has(&format!("tests/browser/{name}"));
    }
    let Some((modules, function)) = name.rsplit_once("::") else {
        return false;
    };
    let rust = tree.files.iter().filter(|file| file.is_rust());
    rust.filter(|file| lies_in(file, modules))
        .any(|file| has_test(&file.text, function))
}

fn lies_in(file: &File, modules: &str) -> bool {
    let path = file.path.strip_suffix(".rs").unwrap_or(&file.path);
    let mut parts = path.split('/');
    modules
        .split("::")
        .all(|module| parts.any(|part| part == module))
}

/// Whether a test of this name is in the source.
fn has_test(source: &str, function: &str) -> bool {
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test = is_test || line.ends_with("test]");
            continue;
        }
        let named = line
            .split_once("fn ")
            .and_then(|(_, rest)| rest.split_once('('));
        if is_test && named.is_some_and(|(name, _)| name == function) {
            return true;
        }
        is_test = is_test && line.starts_with("//");
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "#[test]\n#[ignore = \"slow\"]\nfn it_holds() {}\n\nfn it_helps() {}\n";

    fn says(page: &str) -> Vec<String> {
        let tree = Tree::of(&[
            (PAGE, page),
            ("crates/desk/tests/whole/doors.rs", RUST),
            ("tests/browser/journeys/roles.test.mjs", ""),
        ]);
        check(&tree).into_iter().map(|one| one.says).collect()
    }

    #[test]
    fn tests_that_exist_and_reasons_are_fine() {
        let page = "| no. | what | answer | shown by, or why |\n| --- | --- | --- | --- |\n\
            | 1.1.1 | One | met | `desk::whole::doors::it_holds` |\n\
            | 1.1.2 | Two | met | `journeys/roles.test.mjs` |\n\
            | 1.1.3 | Three | met | [Files](files.md) |\n\
            | 1.1.4 | Four | not yet | nobody has built it |\n";
        assert_eq!(says(page), [""; 0]);
    }

    #[test]
    fn a_test_that_is_not_there_is_found() {
        for name in [
            "desk::whole::doors::it_held",
            "desk::whole::doors::it_helps",
            "desk::whole::disk::it_holds",
            "journeys/rooms.test.mjs",
        ] {
            let page = format!("| 1.1.1 | One | met | `{name}` |");
            assert_eq!(says(&page), [format!("there is no test '{name}'")]);
        }
    }

    #[test]
    fn a_row_without_an_answer_or_a_reason_is_found() {
        assert_eq!(
            says("| 1.1.1 | One | met | we looked |"),
            ["it is said to be met, and nothing shows it"]
        );
        assert_eq!(says("| 1.1.1 | One | n/a | |"), ["there is no reason"]);
        assert_eq!(
            says("| 1.1.1 | One | fine | yes |"),
            ["'fine' is no answer to a requirement"]
        );
    }

    #[test]
    fn the_page_is_there_and_names_tests() {
        let page = include_str!("../../../docs/asvs.md");
        let named: usize = page.lines().map(|line| names(line).count()).sum();
        assert!(named > 80, "{named}");
        assert!(page.lines().filter_map(row).count() > 150);
    }
}
