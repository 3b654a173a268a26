//! No Rust file over 800 lines, and no file over 2 MB.

use super::{Finding, Tree};

const LINES_MAX: usize = 800;
const BYTES_MAX: u64 = 2_000_000;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        let lines = file.text.lines().count();
        if file.is_rust() && lines > LINES_MAX {
            let says =
                format!("{lines} lines, and {LINES_MAX} is the most: split it by what it is about");
            found.push(Finding::of("sizes", file, None, says));
        }
        if file.bytes > BYTES_MAX {
            let says = format!("{} bytes, and {BYTES_MAX} is the most", file.bytes);
            found.push(Finding::of("sizes", file, None, says));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_rust_file_is_found_and_a_long_list_is_not() {
        let long = "a\n".repeat(801);
        let tree = Tree::of(&[("a.rs", &long), ("b.txt", &long), ("c.rs", "a\n")]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "a.rs");
    }

    #[test]
    fn a_large_file_is_found() {
        let large = "a".repeat(2_000_001);
        assert_eq!(check(&Tree::of(&[("a.png", &large)])).len(), 1);
    }
}
