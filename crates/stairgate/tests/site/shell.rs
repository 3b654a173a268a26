//! The command line: the same acts and figures as the pages.

use crate::program::{Program, shell};
use serde_json::Value;

#[test]
fn controls_are_listed_with_the_scenarios_that_show_them() {
    let (fine, said) = shell(&["controls", "--json"]);
    assert!(fine, "{said}");
    let controls: Value = serde_json::from_str(&said).unwrap();
    let controls = controls.as_array().unwrap();
    assert!(controls.len() >= 10);
    for control in controls {
        assert!(
            !control["scenarios"].as_array().unwrap().is_empty(),
            "{control}"
        );
        assert!(
            !control["aspects"].as_array().unwrap().is_empty(),
            "{control}"
        );
    }
}

#[test]
fn an_act_from_the_shell_is_judged_as_that_person() {
    let (program, mut browser) = Program::set_up();
    let data = program.folder.path().to_str().unwrap().to_owned();
    let (fine, said) = shell(&[
        "act",
        "--data",
        &data,
        "--as",
        "maya",
        "people.open-room",
        "--name",
        "Robins",
    ]);
    assert!(fine, "{said}");
    let (fine, said) = shell(&[
        "act",
        "--data",
        &data,
        "--as",
        "maya",
        "people.open-room",
        "--name",
        "Robins",
    ]);
    assert!(
        !fine && said.contains("Another room has this name"),
        "{said}"
    );
    let (fine, said) = shell(&[
        "act",
        "--data",
        &data,
        "--as",
        "nobody",
        "people.open-room",
        "--name",
        "Wrens",
    ]);
    assert!(!fine && said.contains("nobody has the user name"), "{said}");
    drop(browser.get("/"));
}

#[test]
fn standing_and_duties_are_said_as_json() {
    let (program, _) = Program::set_up();
    let data = program.folder.path().to_str().unwrap().to_owned();
    for command in ["standing", "duties"] {
        let (fine, said) = shell(&[command, "--data", &data, "--json"]);
        assert!(fine, "{said}");
        assert!(serde_json::from_str::<Value>(&said).is_ok(), "{said}");
    }
}

#[test]
fn a_backup_is_written_rehearsed_and_restored() {
    let (program, browser) = Program::set_up();
    drop(browser);
    let data = program.folder.path().to_str().unwrap().to_owned();
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("backups");
    let (fine, said) = shell(&[
        "backup",
        "--data",
        &data,
        "--to",
        to.to_str().unwrap(),
        "--rehearse",
    ]);
    assert!(fine && said.contains("came back as they were"), "{said}");
    let file = std::fs::read_dir(&to)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|kind| kind != "copy"))
        .unwrap();
    let into = place.path().join("restored");
    let key = program.folder.path().join("keys/backup.key");
    let (fine, said) = shell(&[
        "restore",
        file.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
        "--key",
        key.to_str().unwrap(),
    ]);
    assert!(fine, "{said}");
    let (fine, said) = shell(&["ledger", "check", "--data", into.to_str().unwrap()]);
    assert!(fine && said.contains("whole"), "{said}");
    let (fine, said) = shell(&[
        "act",
        "--data",
        into.to_str().unwrap(),
        "--as",
        "maya",
        "people.open-room",
        "--name",
        "Wrens",
    ]);
    assert!(fine, "{said}");
}

#[test]
fn a_place_without_a_ledger_is_said_in_words() {
    let (fine, said) = shell(&["standing", "--data", "/nonexistent"]);
    assert!(!fine && said.contains("there is no ledger"), "{said}");
}
