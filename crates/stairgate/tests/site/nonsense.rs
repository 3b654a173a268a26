//! Bad input to every form, address and call: an answer in words, never a fault of the program, and
//! nothing half-written.

use crate::program::{Program, shell};

const NONSENSE: [&str; 9] = [
    "",
    "-1",
    "99999999999999999999",
    "<script>alert(1)</script>",
    "'; DROP TABLE lines; --",
    "\u{0}\u{1}\u{202e}",
    "\u{e000}1\u{e000}",
    "𝓝𝓸𝓷𝓼𝓮𝓷𝓼𝓮 ñ漢字العربية",
    "2027-02-30",
];

#[test]
fn nonsense_in_every_field_of_every_form_is_answered_in_words() {
    let (program, mut browser) = Program::set_up();
    let forms = forms();
    assert!(forms.len() > 30, "{}", forms.len());
    let lines_before = lines(program.folder.path());
    let mut written = 0;
    for (path, act, fields) in &forms {
        let path = path.replace("{person}", "1").replace("{room}", "1");
        for nonsense in NONSENSE.iter().copied().chain([long().as_str()]) {
            let mut all: Vec<(&str, &str)> = vec![("act", act.as_str())];
            all.extend(fields.iter().map(|field| (field.as_str(), nonsense)));
            let mark = crate::program::mark(&browser.get("/").body).unwrap();
            all.push(("csrf", mark.as_str()));
            let answer = browser.post(&path, &all);
            // Codes can't be tried for ever.
            let expected = [200, 303, 404, 422, 429];
            assert!(
                expected.contains(&answer.status),
                "{act} with {nonsense:?}: {}",
                answer.status
            );
            assert!(
                !answer.body.contains("<script>alert"),
                "{act} lets markup through"
            );
            written += u64::from(answer.status == 303);
            if answer.status == 303 && answer.header("location").starts_with("/sign-in") {
                browser.sign_in("maya", crate::program::PASSWORD);
            }
        }
    }
    drop(browser);
    let grown = lines(program.folder.path()) - lines_before;
    assert!(grown >= written.min(1), "{grown} lines for {written} acts");
    let (fine, said) = shell(&[
        "ledger",
        "check",
        "--data",
        program.folder.path().to_str().unwrap(),
    ]);
    assert!(fine, "{said}");
}

#[test]
fn addresses_that_lead_nowhere_are_answered_alike() {
    let (_program, mut browser) = Program::set_up();
    let nowhere = browser.get("/nowhere");
    assert_eq!(nowhere.status, 404);
    for path in [
        "/people/99999",
        "/people/x",
        "/people/-1",
        "/policy/clauses/none",
        "/activity/0",
        "/roles/%00",
        "/rooms/7",
        "/policy/versions/9",
        "/people/%F0%9F%90%A6",
        "/assets/../keys/wrapping.key",
    ] {
        let answer = browser.get(path);
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[test]
fn odd_requests_do_not_harm() {
    let (_program, mut browser) = Program::set_up();
    for query in [
        "?standing=",
        "?standing=%3Cb%3E",
        "?before=-1",
        "?q=%FF%FE",
        "?a&&==&b=%",
        "?as=exe",
    ] {
        for path in ["/policy", "/people", "/activity", "/reports"] {
            let answer = browser.get(&format!("{path}{query}"));
            assert!(
                [200, 404].contains(&answer.status),
                "{path}{query}: {}",
                answer.status
            );
            assert!(!answer.body.contains("<b>"), "{path}{query}");
        }
    }
}

fn long() -> String {
    "x".repeat(30_000)
}

/// Every form: its address, its act, its fields; from the description that the program gives.
pub(crate) fn forms() -> Vec<(String, String, Vec<String>)> {
    let (fine, said) = shell(&["forms", "--json"]);
    assert!(fine, "{said}");
    let all: serde_json::Value = serde_json::from_str(&said).unwrap();
    all.as_array()
        .unwrap()
        .iter()
        .map(|form| {
            let fields = form["fields"]["properties"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect();
            (
                form["path"].as_str().unwrap().to_owned(),
                form["act"].as_str().unwrap().to_owned(),
                fields,
            )
        })
        .collect()
}

pub(crate) fn lines(folder: &std::path::Path) -> u64 {
    let (_, said) = shell(&["ledger", "check", "--data", folder.to_str().unwrap()]);
    let number = said
        .split("whole: ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(|| panic!("{said}"))
}
