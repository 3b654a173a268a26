use super::*;

fn rules() -> Rules {
    rules_of("licenses.allow = [\"MIT\", \"ISC\"]\nbans.deny = [{ crate = \"inventory\" }]")
        .unwrap()
}

fn package(name: &str, licence: Option<&str>, origin: Origin) -> Package {
    Package {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        licence: licence.map(str::to_owned),
        origin,
        wildcards: Vec::new(),
    }
}

#[test]
fn a_crate_with_an_allowed_licence_is_fine() {
    let fine = package("lantern", Some("MIT OR GPL-3.0-only"), Origin::CratesIo);
    assert_eq!(faults(&fine, &rules()), Vec::<String>::new());
}

#[test]
fn a_licence_that_is_not_allowed_or_not_named_is_found() {
    let closed = package("lantern", Some("SSPL-1.0"), Origin::CratesIo);
    assert_eq!(
        faults(&closed, &rules()),
        ["lantern 1.0.0 has the licence SSPL-1.0"]
    );
    let none = package("lantern", None, Origin::CratesIo);
    assert_eq!(faults(&none, &rules()), ["lantern 1.0.0 names no licence"]);
}

#[test]
fn a_banned_crate_is_found() {
    let banned = package("inventory", Some("MIT"), Origin::CratesIo);
    assert_eq!(faults(&banned, &rules()), ["inventory 1.0.0 is banned"]);
}

#[test]
fn a_crate_from_elsewhere_is_found() {
    let git = package(
        "lantern",
        Some("MIT"),
        Origin::Elsewhere("git+https://example.org/lantern".to_owned()),
    );
    assert!(
        faults(&git, &rules())
            .concat()
            .contains("not from crates.io")
    );
}

#[test]
fn a_wildcard_in_one_of_our_crates_is_found() {
    let about = serde_json::json!({
        "name": "kit", "version": "0.1.0", "source": null,
        "dependencies": [
            { "name": "lantern", "req": "*" },
            { "name": "kernel", "req": "*", "path": "crates/kernel" },
            { "name": "maud", "req": "^0.27" },
        ],
    });
    assert_eq!(
        faults(&package_of(&about), &rules()),
        ["kit 0.1.0 asks for any version of lantern"]
    );
}

#[test]
fn npm_packages_are_read_from_a_lock_file() {
    let lock = r#"{"packages": {"": {"name": "us"},
        "node_modules/axe": {"version": "4.0.0", "license": "SSPL-1.0"}}}"#;
    let packages = npm_packages(lock).unwrap();
    assert_eq!(packages.len(), 1);
    assert_eq!(
        faults(packages.first().unwrap(), &rules()),
        ["axe 4.0.0 has the licence SSPL-1.0"]
    );
}

#[test]
fn two_versions_of_a_crate_are_noted() {
    let twice = [
        package("lantern", None, Origin::CratesIo),
        package("lantern", None, Origin::CratesIo),
    ];
    assert_eq!(duplicates(&twice), ["lantern (2)"]);
}

#[test]
fn rules_that_allow_nothing_are_refused() {
    assert!(rules_of("").is_err());
}
