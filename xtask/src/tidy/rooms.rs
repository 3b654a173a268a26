//! Which of our crates may use which: nothing points back (ARCHITECTURE.md).

use super::{File, Finding, Tree};

/// A crate and what it may use of ours.
const ROOMS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("verify", &[]),
    ("opener", &["verify"]),
    ("assets", &[]),
    ("ledger", &["kernel"]),
    ("vault", &["kernel"]),
    ("carrier", &["kernel", "ledger"]),
    ("gate", &["kernel"]),
    ("reader", &["kernel"]),
    ("post", &[]),
    ("kit", &["kernel", "assets"]),
    ("paper", &["kernel", "kit", "assets"]),
    ("families", &["kernel", "kit"]),
    (
        "desk",
        &[
            "kernel", "kit", "families", "ledger", "vault", "gate", "reader", "paper",
        ],
    ),
    (
        "stairgate",
        &[
            "kernel", "kit", "families", "desk", "ledger", "vault", "gate", "reader", "paper",
            "assets", "post", "carrier",
        ],
    ),
    ("xtask", &[]),
];

/// What the tests of any crate may use as well.
const FOR_TESTS: &[&str] = &["verify", "opener"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.files.iter().filter(|file| is_manifest(&file.path));
    manifests.flat_map(room).collect()
}

fn is_manifest(path: &str) -> bool {
    path.strip_suffix("/Cargo.toml").is_some_and(|folder| {
        folder == "xtask"
            || folder
                .strip_prefix("crates/")
                .is_some_and(|name| !name.contains('/'))
    })
}

fn room(file: &File) -> Vec<Finding> {
    let finding = |says: String| Finding::of("rooms", file, None, says);
    let Ok(table) = file.text.parse::<toml::Table>() else {
        return vec![finding("cannot be read as TOML".to_owned())];
    };
    let name = table.get("package").and_then(|package| package.get("name"));
    let name = name.and_then(toml::Value::as_str).unwrap_or_default();
    let Some((_, may)) = ROOMS.iter().find(|(room, _)| *room == name) else {
        let says = format!("'{name}' is not in the list of rooms (xtask/src/tidy/rooms.rs)");
        return vec![finding(says)];
    };
    uses(&table)
        .into_iter()
        .filter(|(used, _)| ROOMS.iter().any(|(room, _)| room == used))
        .filter(|(used, test)| {
            !(may.contains(&used.as_str()) || *test && FOR_TESTS.contains(&used.as_str()))
        })
        .map(|(used, _)| finding(format!("'{name}' may not use '{used}'")))
        .collect()
}

/// What a manifest names as a dependency, and whether only for tests.
fn uses(table: &toml::Table) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let targets = table.get("target").and_then(toml::Value::as_table);
    let targets = targets.into_iter().flat_map(toml::Table::values);
    for table in targets.filter_map(toml::Value::as_table).chain([table]) {
        for (section, test) in [
            ("dependencies", false),
            ("build-dependencies", false),
            ("dev-dependencies", true),
        ] {
            let Some(needs) = table.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for (key, about) in needs {
                let renamed = about.get("package").and_then(toml::Value::as_str);
                found.push((renamed.unwrap_or(key).to_owned(), test));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(name: &str, needs: &str) -> Vec<String> {
        let path = format!("crates/{name}/Cargo.toml");
        let text = format!("package.name = \"{name}\"\n{needs}");
        let found = check(&Tree::of(&[(&path, &text)]));
        found.into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn the_way_that_is_agreed_is_fine() {
        assert_eq!(
            says(
                "desk",
                "[dependencies]\nfamilies.workspace = true\nserde = \"1\""
            ),
            [""; 0]
        );
        assert_eq!(
            says(
                "ledger",
                "[dev-dependencies]\nverify = { path = \"../verify\" }"
            ),
            [""; 0]
        );
    }

    #[test]
    fn what_points_back_is_found() {
        assert_eq!(
            says("kernel", "[dependencies]\nkit.workspace = true"),
            ["'kernel' may not use 'kit'"]
        );
        assert_eq!(
            says("ledger", "[build-dependencies]\nfamilies.workspace = true"),
            ["'ledger' may not use 'families'"]
        );
        assert_eq!(
            says("verify", "[dev-dependencies]\nledger.workspace = true"),
            ["'verify' may not use 'ledger'"]
        );
    }

    #[test]
    fn another_name_or_a_target_hides_nothing() {
        let renamed = "[dependencies]\nwords = { package = \"families\", path = \"../families\" }";
        assert_eq!(says("reader", renamed), ["'reader' may not use 'families'"]);
        let target = "[target.'cfg(unix)'.dependencies]\ndesk.workspace = true";
        assert_eq!(says("kit", target), ["'kit' may not use 'desk'"]);
    }

    #[test]
    fn a_room_that_is_not_in_the_list_is_found() {
        assert_eq!(says("attic", "").len(), 1);
    }
}
