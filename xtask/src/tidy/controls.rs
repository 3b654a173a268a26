//! One control, one file: `images.no-names` is `images/controls/no_names.rs`, is registered in the
//! `mod.rs` beside it, and stands in the catalogue. Checked both ways.

use super::{File, Finding, Tree};
use std::collections::BTreeSet;

const CATALOGUE: &str = "spec/controls.toml";
const FAMILIES: &str = "crates/families/src/";

/// Words that a Rust file can't be named by; such a control's file has a `_` after its name.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in",
    "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// `Kind::of::<module::Type>("id")`
#[derive(Debug, PartialEq, Eq)]
struct Registered {
    module: String,
    id: String,
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let catalogue = catalogue(tree);
    let lists = tree.files.iter().filter_map(|file| {
        let family = file
            .path
            .strip_prefix(FAMILIES)?
            .strip_suffix("/controls/mod.rs")?;
        (!family.contains('/')).then_some((family, file))
    });
    lists
        .flat_map(|(family, list)| one_family(tree, family, list, &catalogue))
        .collect()
}

fn catalogue(tree: &Tree) -> BTreeSet<String> {
    let table: toml::Table = tree
        .text(CATALOGUE)
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let controls = table.get("control").and_then(toml::Value::as_array);
    let id = |control: &toml::Value| Some(control.get("id")?.as_str()?.to_owned());
    controls.into_iter().flatten().filter_map(id).collect()
}

fn one_family(
    tree: &Tree,
    family: &str,
    list: &File,
    catalogue: &BTreeSet<String>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |file: &File, says: String| found.push(Finding::of("controls", file, None, says));
    let registered = registered(&list.text);
    let mut seen = BTreeSet::new();
    for Registered { module, id } in &registered {
        if !seen.insert(id) {
            say(list, format!("'{id}' is registered twice"));
        }
        if !catalogue.contains(id) {
            say(list, format!("'{id}' is not in {CATALOGUE}"));
        }
        let Some(name) = id.strip_prefix(&format!("{}.", family.replace('_', "-"))) else {
            say(
                list,
                format!("'{id}' belongs to another family than '{family}'"),
            );
            continue;
        };
        let wanted = file_name(name);
        if *module != wanted {
            say(
                list,
                format!("'{id}' has to be in {wanted}.rs, not in {module}"),
            );
        }
        let base = format!("{FAMILIES}{family}/controls/{wanted}");
        if !tree.has(&format!("{base}.rs")) && !tree.has(&format!("{base}/mod.rs")) {
            say(list, format!("'{id}' has no file {wanted}.rs"));
        }
    }
    for (file, module) in modules(tree, family) {
        if !registered.iter().any(|one| one.module == module) {
            say(file, format!("is not registered in {}", list.path));
        }
    }
    found
}

/// The files of a family's controls, each with its name as a module.
fn modules<'a>(tree: &'a Tree, family: &str) -> Vec<(&'a File, String)> {
    let folder = format!("{FAMILIES}{family}/controls/");
    let module = |file: &'a File| {
        let rest = file.path.strip_prefix(&folder)?;
        let name = match rest.split_once('/') {
            Some((name, "mod.rs")) => name,
            Some(_) => return None,
            None => rest.strip_suffix(".rs")?,
        };
        (!matches!(name, "mod" | "tests")).then(|| (file, name.to_owned()))
    };
    tree.files.iter().filter_map(module).collect()
}

fn file_name(name: &str) -> String {
    let name = name.replace('-', "_");
    if KEYWORDS.contains(&name.as_str()) {
        return format!("{name}_");
    }
    name
}

fn registered(list: &str) -> Vec<Registered> {
    let lines = list
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines
        .flat_map(str::chars)
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let mut found = Vec::new();
    for rest in code.split("Kind::of::<").skip(1) {
        let Some((path, rest)) = rest.split_once(">(\"") else {
            continue;
        };
        let Some((id, _)) = rest.split_once('"') else {
            continue;
        };
        let path = path.trim_start_matches("self::");
        let module = path.split("::").next().unwrap_or_default();
        found.push(Registered {
            module: module.to_owned(),
            id: id.to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: (&str, &str) = (
        CATALOGUE,
        "[[control]]\nid = \"images.no-names\"\n[[control]]\nid = \"images.use\"\n[[control]]\nid = \"phones.staff\"",
    );
    const LIST: &str = "crates/families/src/images/controls/mod.rs";
    const NO_NAMES: (&str, &str) = ("crates/families/src/images/controls/no_names.rs", "");
    const USE: (&str, &str) = ("crates/families/src/images/controls/use_.rs", "");
    const BOTH: &str = "Kind::of::<no_names::NoNames>(\"images.no-names\"),\n\
        // Kind::of::<old::Old>(\"images.old\")\n\
        Kind::of::<\n    use_::Use,\n>(\"images.use\"),";

    fn says(files: &[(&str, &str)]) -> Vec<String> {
        let found = check(&Tree::of(files));
        found
            .iter()
            .map(|finding| {
                format!(
                    "{}: {}",
                    finding.path.rsplit('/').next().unwrap(),
                    finding.says
                )
            })
            .collect()
    }

    #[test]
    fn controls_in_their_files_are_fine() {
        assert_eq!(says(&[SPEC, (LIST, BOTH), NO_NAMES, USE]), [""; 0]);
    }

    #[test]
    fn no_families_yet_is_fine() {
        assert_eq!(says(&[SPEC]), [""; 0]);
    }

    #[test]
    fn a_control_without_its_file_is_found() {
        assert_eq!(
            says(&[SPEC, (LIST, BOTH), USE]),
            ["mod.rs: 'images.no-names' has no file no_names.rs"]
        );
    }

    #[test]
    fn a_file_that_is_not_registered_is_found() {
        let list = "Kind::of::<use_::Use>(\"images.use\"),";
        assert_eq!(
            says(&[SPEC, (LIST, list), NO_NAMES, USE]),
            [format!("no_names.rs: is not registered in {LIST}")]
        );
    }

    #[test]
    fn a_control_that_the_catalogue_does_not_have_is_found() {
        let list = "Kind::of::<glitter::Glitter>(\"images.glitter\"),";
        let file = ("crates/families/src/images/controls/glitter.rs", "");
        assert_eq!(
            says(&[SPEC, (LIST, list), file]),
            ["mod.rs: 'images.glitter' is not in spec/controls.toml"]
        );
    }

    #[test]
    fn a_control_in_another_file_or_family_is_found() {
        let list = "Kind::of::<no_names::NoNames>(\"images.use\"), Kind::of::<no_names::Staff>(\"phones.staff\")";
        assert_eq!(
            says(&[SPEC, (LIST, list), NO_NAMES, USE]),
            [
                "mod.rs: 'images.use' has to be in use_.rs, not in no_names",
                "mod.rs: 'phones.staff' belongs to another family than 'images'",
                "use_.rs: is not registered in crates/families/src/images/controls/mod.rs",
            ]
        );
    }

    #[test]
    fn a_control_registered_twice_is_found() {
        let list = format!("{BOTH}{BOTH}");
        assert_eq!(says(&[SPEC, (LIST, &list), NO_NAMES, USE]).len(), 2);
    }
}
