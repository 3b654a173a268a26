//! The checker as a stranger meets it: small, apart, strict, and with clear answers.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn golden(name: &str) -> PathBuf {
    Path::new(HERE).join("../ledger/tests/golden").join(name)
}

fn vkeys() -> Vec<String> {
    let text = std::fs::read_to_string(golden("format-1.vkeys")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn run(ledger: &Path, more: &[&str]) -> (i32, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_verify"))
        .arg(ledger)
        .args(more)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

#[test]
fn it_is_at_most_500_lines_and_depends_on_none_of_our_crates() {
    let count = |name: &str| {
        let text = std::fs::read_to_string(Path::new(HERE).join(name)).unwrap();
        text.lines().count()
    };
    assert_eq!(
        std::fs::read_dir(Path::new(HERE).join("src"))
            .unwrap()
            .count(),
        3
    );
    let lines = count("src/lib.rs") + count("src/main.rs");
    assert!(lines <= 500, "{lines} lines");
    // Signed documents are another question, in a file of its own.
    let lines = count("src/signed.rs");
    assert!(lines <= 250, "{lines} lines");
    let manifest = std::fs::read_to_string(Path::new(HERE).join("Cargo.toml")).unwrap();
    let (_, needed) = manifest.split_once("[dependencies]").unwrap();
    let (needed, _) = needed.split_once("\n[").unwrap();
    let names: Vec<&str> = needed
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect();
    assert_eq!(names, ["base64", "ed25519-dalek", "sha2"]);
}

#[test]
fn a_whole_ledger_is_said_to_be_in_order_with_its_counts() {
    let (ledger, checkpoint) = (golden("format-1.jsonl"), golden("format-1.checkpoint"));
    let checkpoint = checkpoint.to_str().unwrap();
    let keys = vkeys();
    let asked = [
        "--checkpoint",
        checkpoint,
        "--key",
        &keys[0],
        "--key",
        &keys[1],
    ];
    let (code, said) = run(&ledger, &asked);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with(
        "OK: 7 lines follow one from the other, 1 of them without a body (spent); \
         1 checkpoints agree; the last link is "
    ));
    assert!(
        said.contains("0 lines are after every checkpoint given"),
        "{said}"
    );
    let (code, said) = run(&ledger, &[]);
    assert!(
        code == 0 && said.contains("7 lines are after every checkpoint"),
        "{said}"
    );
}

#[test]
fn a_changed_a_shorter_and_a_wrongly_signed_ledger_are_named_with_code_1() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (ledger, checkpoint) = (folder.join("ledger.jsonl"), golden("format-1.checkpoint"));
    let text = std::fs::read_to_string(golden("format-1.jsonl")).unwrap();
    let keys = vkeys();
    let asked = [
        "--checkpoint",
        checkpoint.to_str().unwrap(),
        "--key",
        &keys[1],
    ];
    std::fs::write(&ledger, text.replacen("person:2", "person:9", 1)).unwrap();
    let (code, said) = run(&ledger, &asked);
    assert!(code == 1 && said.contains("FAULT in line 3"), "{said}");
    let shorter: String = text.split_inclusive('\n').take(7).collect();
    std::fs::write(&ledger, shorter).unwrap();
    let (code, said) = run(&ledger, &[]);
    let quietly = "FAULT in line 5 of ";
    assert!(
        code == 1 && said.contains(quietly),
        "the account of a body is gone: {said}"
    );
    let forged = folder.join("forged.checkpoint");
    let signed = std::fs::read_to_string(&checkpoint).unwrap();
    std::fs::write(&forged, signed.replacen("\n7\n", "\n6\n", 1)).unwrap();
    let (code, said) = run(
        &golden("format-1.jsonl"),
        &["--checkpoint", forged.to_str().unwrap(), "--key", &keys[1]],
    );
    assert!(
        code == 1 && said.contains("FAULT in the checkpoint"),
        "{said}"
    );
}

#[test]
fn what_was_not_asked_rightly_is_told_with_code_2() {
    let ledger = golden("format-1.jsonl");
    let checkpoint = golden("format-1.checkpoint");
    let keyless = ["--checkpoint", checkpoint.to_str().unwrap()];
    for asked in [
        keyless.as_slice(),
        &["--key", "x"],
        &["--other"],
        &["second.jsonl"],
    ] {
        let (code, said) = run(&ledger, asked);
        assert!(
            code == 2 && said.starts_with("usage: verify"),
            "{asked:?}: {said}"
        );
    }
    let (code, said) = run(Path::new("--signed"), &["a.pdf"]);
    assert!(
        code == 2 && said.starts_with("usage: verify --signed"),
        "{said}"
    );
    let (code, said) = run(Path::new("none.jsonl"), &[]);
    assert!(
        code == 2 && said.starts_with("none.jsonl can't be read"),
        "{said}"
    );
}

#[test]
fn a_document_is_looked_at_when_it_is_asked_for() {
    let keys = vkeys();
    let asked = |path: &str| run(Path::new("--signed"), &[path, "--key", &keys[0]]);
    let (code, said) = asked(golden("format-1.jsonl").to_str().unwrap());
    assert!(
        code == 1 && said.contains("it carries no proof"),
        "{code} {said}"
    );
    let (code, said) = asked("none.pdf");
    assert!(
        code == 2 && said.starts_with("none.pdf can't be read"),
        "{code} {said}"
    );
}

#[test]
fn no_line_can_be_written_in_any_other_way() {
    let text = std::fs::read_to_string(golden("format-1.jsonl")).unwrap();
    let found = |changed: String| {
        assert_ne!(changed, text);
        matches!(
            verify::verify(&mut changed.as_bytes(), &[]),
            Err(verify::Error::Fault(..))
        )
    };
    let others = [
        ("\"seq\":2,", "\"seq\":02,"),
        ("\"seq\":2,", "\"seq\": 2,"),
        ("\"seq\":2,", "\"seq\":+2,"),
        ("\"seq\":2,", "\"seq\":2.0,"),
        ("\"seq\":2,", "\"seq\":2,\"more\":1,"),
        ("\"seq\":2,", "\"seq\":18446744073709551618,"),
        ("\"at\":1", "\"at\":-0,\"at\":1"),
        ("person:2", "\\u0070erson:2"),
        ("\\n", "\\u000a"),
        ("\\n", "\\u000A"),
        ("}\n", "}\r\n"),
        ("}\n", "} \n"),
        ("}\n", "}\n\n"),
        ("null", "\"\""),
        ("null", "Null"),
        ("\"version\":1}", "\"version\":2}"),
    ];
    for (one, other) in others {
        assert!(found(text.replacen(one, other, 1)), "{one} as {other}");
        let (start, end) = text.rsplit_once(one).unwrap();
        assert!(
            found(format!("{start}{other}{end}")),
            "the last {one} as {other}"
        );
    }
    let digits = text.find("\"digest\":\"").unwrap() + 10;
    let (start, rest) = text.split_at(digits);
    let (hash, end) = rest.split_at(64);
    assert!(found(format!("{start}{}{end}", hash.to_uppercase())));
    assert!(found(format!("{text}{{}}\n")));
    assert!(found(text.trim_end().to_owned()));
    assert!(found(String::new()));
}

#[test]
fn an_endless_line_is_refused_in_bounded_memory() {
    let mut endless = std::io::BufReader::new(std::io::repeat(b'x'));
    let refused = verify::verify(&mut endless, &[]);
    assert!(matches!(refused, Err(verify::Error::Fault(1, _))));
}
