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
fn help_for_an_act_names_its_flags_wherever_it_is_asked_for() {
    for words in [
        &["act", "policy.approve"][..],
        &["act", "policy.approve", "--help"],
        &["act", "policy.approve", "-h"],
        &["act", "--help", "policy.approve"],
    ] {
        let (fine, said) = shell(words);
        assert!(fine && said.contains("--approver"), "{words:?}: {said}");
    }
    let (fine, said) = shell(&["act", "--help"]);
    assert!(fine && said.contains("Usage: stairgate act"), "{said}");
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

#[test]
fn a_document_becomes_a_policy_file_and_the_policy_of_a_setting() {
    let (program, mut browser) = Program::set_up();
    let place = tempfile::tempdir().unwrap();
    let document = place.path().join("policy.txt");
    let words = "Online safety policy\n\nWho leads\n\nOur manager is the designated safeguarding lead.\n\n\
        Mobile phones\n\nStaff keep their own phones in a locker while children are here.\n";
    std::fs::write(&document, words).unwrap();
    let (fine, toml) = shell(&["read", document.to_str().unwrap(), "--toml"]);
    assert!(
        fine && toml.contains("keep their own phones in a locker"),
        "{toml}"
    );
    let file = place.path().join("policy.toml");
    std::fs::write(&file, toml).unwrap();
    let data = program.folder.path().to_str().unwrap().to_owned();
    let act = |name: &str, more: &[&str]| {
        let mut words = vec!["act", "--data", &data, "--as", "maya", name];
        words.extend_from_slice(more);
        let (fine, said) = shell(&words);
        assert!(fine, "{name}: {said}");
    };
    act(
        "policy.begin-from-file",
        &["--file", file.to_str().unwrap()],
    );
    act("policy.adopt", &[]);
    let page = browser.get("/policy");
    let seen = (0..20).any(|_| {
        std::thread::park_timeout(std::time::Duration::from_millis(250));
        browser
            .get("/policy")
            .body
            .contains("keep their own phones in a locker")
    });
    assert!(seen, "{}", page.body);
}

#[test]
fn a_document_that_cannot_be_read_is_said_in_words() {
    let place = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("empty.txt", &b""[..]),
        ("scan.pdf", b"%PDF-1.4\n%%EOF"),
        ("old.doc", b"\xd0\xcf\x11\xe0"),
        ("x.docx", b"PK\x03\x04"),
    ] {
        let file = place.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let (fine, said) = shell(&["read", file.to_str().unwrap(), "--json"]);
        assert!(
            !fine && said.len() > 20 && !said.contains("panicked"),
            "{name}: {said}"
        );
    }
}
