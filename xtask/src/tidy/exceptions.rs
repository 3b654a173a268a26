//! The list of exceptions may only shrink: one that is no longer needed has to go, and the count
//! below has to go down with it.

use super::{Finding, Tree};

const LIST: &str = "xtask/tidy-exceptions.txt";

/// How many exceptions there may be. Only ever lower this.
const MOST: usize = 0;

/// Takes out what is excepted, and adds what is wrong with the list itself.
pub(super) fn apply(tree: &Tree, found: &[Finding]) -> Vec<Finding> {
    apply_up_to(MOST, tree, found)
}

fn apply_up_to(most: usize, tree: &Tree, found: &[Finding]) -> Vec<Finding> {
    let list: Vec<(usize, &str, &str)> = exceptions(tree.text(LIST).unwrap_or_default());
    let excepted = |finding: &Finding| {
        list.iter()
            .any(|(_, check, path)| *check == finding.check && *path == finding.path)
    };
    let about_the_list = |line: Option<usize>, says: String| Finding {
        check: "exceptions",
        path: LIST.to_owned(),
        line,
        says,
    };
    let needless = list
        .iter()
        .filter(|(_, check, path)| {
            !found
                .iter()
                .any(|finding| finding.check == *check && finding.path == *path)
        })
        .map(|(line, check, path)| {
            about_the_list(
                Some(*line),
                format!("'{check} {path}' is not needed: take it out"),
            )
        });
    let count = list.len();
    let wrong_count = (count != most).then(|| {
        about_the_list(
            None,
            format!("{count} exceptions, and {most} are agreed: the list may only shrink"),
        )
    });
    let mut left: Vec<Finding> = needless.chain(wrong_count).collect();
    left.extend(found.iter().filter(|finding| !excepted(finding)).cloned());
    left
}

/// Lines of `check path reason`.
fn exceptions(text: &str) -> Vec<(usize, &str, &str)> {
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let mut words = line.split_whitespace();
            (
                number,
                words.next().unwrap_or_default(),
                words.next().unwrap_or_default(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(most: usize, list: &str) -> Vec<String> {
        let tree = Tree::of(&[(LIST, list), ("a.rs", "")]);
        let found = vec![Finding::of("sizes", &tree.files[1], None, "too long")];
        let left = apply_up_to(most, &tree, &found);
        left.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn what_is_excepted_is_not_reported() {
        assert_eq!(left(1, "# why\nsizes a.rs it is a table\n"), [""; 0]);
        assert_eq!(left(0, ""), ["a.rs: too long [sizes]"]);
    }

    #[test]
    fn an_exception_that_is_not_needed_is_reported() {
        let left = left(2, "sizes a.rs\nlinks b.md\n");
        assert_eq!(
            left,
            ["xtask/tidy-exceptions.txt:2: 'links b.md' is not needed: take it out [exceptions]"]
        );
    }

    #[test]
    fn a_list_that_grew_or_shrank_without_its_count_is_reported() {
        assert_eq!(left(0, "sizes a.rs\n").len(), 1);
        assert_eq!(left(2, "sizes a.rs\n").len(), 1);
    }
}
