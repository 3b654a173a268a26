//! Through a real running program: whatever comes that somebody need not know, nothing that they get
//! changes: no status, no header, no length, no byte of any page, form, search or call.

use crate::{
    api::{call, token},
    nonsense::forms,
    people::{OUTSIDE, done, setting, signed_in},
    program::{Answer, Browser, Program, mark},
};
use std::collections::BTreeMap;

/// What of an answer could tell something.
type Got = (u16, Vec<(String, String)>, String);

/// Calls that read.
const READS: [&str; 8] = [
    "acts",
    "standing",
    "duties?all=yes",
    "policy",
    "roles",
    "people",
    "registers/roles.leads",
    "me",
];

/// Everything that somebody gets: every page and every form, about everybody and nobody, and every
/// call that reads.
fn everything(program: &Program, browser: &mut Browser, token: &str) -> BTreeMap<String, Got> {
    let mut all = BTreeMap::new();
    for pattern in patterns() {
        for path in filled(&pattern) {
            let answer = browser.get(&path);
            assert!(answer.status < 500, "{path}: {}", answer.body);
            all.insert(path, told(&answer));
        }
    }
    for path in READS {
        let (status, found) = call(program, token, path, None);
        all.insert(
            format!("api {path}"),
            (status, Vec::new(), found.to_string()),
        );
    }
    all
}

/// The address of each page and of each form.
fn patterns() -> Vec<String> {
    let pages = crate::need_to_know::PAGES.iter();
    let mut all: Vec<String> = pages.map(|path| (*path).to_owned()).collect();
    all.extend(
        [
            "/concerns",
            "/concerns/figures",
            "/concerns/sent",
            "/concerns/cases/{number}",
            "/visitors",
            "/access-register",
            "/exceptions",
            "/agreements",
            "/agreements/signatures",
            "/events",
            "/induction",
            "/files",
            "/people?name=Quillon",
            "/people?name=e",
        ]
        .map(str::to_owned),
    );
    all.extend(forms().into_iter().map(|(path, ..)| path));
    all.sort();
    all.dedup();
    // What one did oneself, and codes that are made anew each time, are not about others.
    all.retain(|path| !matches!(path.as_str(), "/account" | "/account/app"));
    all
}

fn filled(pattern: &str) -> Vec<String> {
    let pattern = pattern
        .replace("{room}", "2")
        .replace("{seq}", "9")
        .replace("{clause}", "1")
        .replace("{control}", "roles.leads")
        .replace("{group}", "staff")
        .replace("{role}", "manager");
    let other = ["{person}", "{child}", "{parent}"];
    if other.iter().any(|part| pattern.contains(part)) {
        let with = |number: &str| {
            let each = other.iter();
            each.fold(pattern.clone(), |path, part| path.replace(part, number))
        };
        return ["8", "12", "13", "99"].map(with).into();
    }
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((_, after)) = rest.split_once('}')
    {
        let with = |number: &str| format!("{before}{number}{after}");
        return ["1", "2"].map(with).into();
    }
    vec![pattern]
}

/// An answer without what is new in each: the clock, and the challenge for passkeys.
fn told(answer: &Answer) -> Got {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    let mut body = answer.body.clone();
    for new in [
        "data-challenge=\"",
        "name=\"once\" value=\"",
        "name=\"ticket\" value=\"",
    ] {
        body = without(&body, new);
    }
    (answer.status, headers, body)
}

/// The same page without what stands between these words and the next quotation mark.
fn without(page: &str, words: &str) -> String {
    let mut parts = page.split(words);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| {
        page + part.split_once('"').map_or("", |(_, rest)| rest)
    })
}

/// A child and a parent in a room of others, tied; a worry about it that nobody signed; a new
/// telephone number, a visitor who has gone, an account, a hold.
fn something_comes(program: &Program, maya: &mut Browser) {
    let people = [("Quillon Ash", "child", "2"), ("Orsolya Ash", "parent", "")];
    for (name, group, room) in people {
        let mut fields = vec![("name", name), ("groups", group), ("since", "2024-01-08")];
        if !room.is_empty() {
            fields.push(("rooms", room));
        }
        done(&maya.send("/people/add", &fields));
    }
    let fields = [
        ("child", "12"),
        ("parent", "13"),
        ("relation", "parent"),
        ("responsibility", "yes"),
    ];
    done(&maya.send("/people/12/tie", &fields));
    let contact = [("phone", "01632 960 778")];
    done(&maya.send("/people/9/contact", &contact));
    let hold = [("why", "asked-for"), ("review", "2027-01-04")];
    done(&maya.send("/people/8/hold", &hold));
    let worry = [
        ("kind", "harm"),
        ("danger", "no"),
        ("what", "Quillon has marks on both arms"),
        ("unnamed", "yes"),
    ];
    let mut stranger = program.browser();
    let answer = stranger.send("/concerns/report", &worry);
    assert!(matches!(answer.status, 200 | 303), "{}", answer.body);
}

/// What changes by right: the chair looks through the ledger, where lines about others have no names.
const MAY: [(&str, &str); 1] = [("chair", "/activity")];

/// Where two answers differ first.
fn apart(one: &Got, other: &Got) -> String {
    if (one.0, &one.1) != (other.0, &other.1) && one.2.len() == other.2.len() {
        return format!("{} {:?} | {} {:?}", one.0, one.1, other.0, other.1);
    }
    let same = one.2.bytes().zip(other.2.bytes());
    let same = same.take_while(|(one, other)| one == other).count();
    let part = |text: &str| -> String {
        let bytes = text.as_bytes().iter().skip(same.saturating_sub(60));
        String::from_utf8_lossy(&bytes.take(160).copied().collect::<Vec<u8>>()).into_owned()
    };
    format!("{} | {}", part(&one.2), part(&other.2))
}

#[test]
fn nothing_that_somebody_gets_changes_when_something_comes_that_they_need_not_know() {
    let (program, mut maya) = setting();
    let mut readers: Vec<(&str, Browser, String)> = Vec::new();
    for (user, _) in OUTSIDE {
        let mut browser = signed_in(&program, user);
        let token = token(&mut browser);
        readers.push((user, browser, token));
    }
    let mut stranger = program.browser();
    drop(stranger.get("/sign-in"));
    readers.push(("nobody", stranger, "00".repeat(24)));
    let mut before = Vec::new();
    for (_, browser, token) in &mut readers {
        before.push(everything(&program, browser, token));
    }
    let own = everything(&program, &mut maya, "00");
    something_comes(&program, &mut maya);
    let (mut compared, mut different) = (0, Vec::new());
    for ((user, browser, token), before) in readers.iter_mut().zip(before) {
        let after = everything(&program, browser, token);
        for (path, one) in before {
            let other = &after[&path];
            if one != *other && !MAY.contains(&(*user, path.as_str())) {
                different.push(format!("{user} {path}: {}", apart(&one, other)));
            }
            compared += 1;
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    eprintln!("{compared} answers compared");
    assert!(compared > 1_500, "{compared}");
    // The test can fail: whoever may know it gets something else.
    let after = everything(&program, &mut maya, "00");
    for path in [
        "/people",
        "/people/12",
        "/concerns",
        "/concerns/cases/1",
        "/settings/holds",
    ] {
        assert_ne!(own[path], after[path], "{path}");
    }
}

#[test]
fn what_is_sent_about_somebody_unknown_is_answered_as_if_nobody_was_there() {
    let (program, mut maya) = setting();
    something_comes(&program, &mut maya);
    for (user, _) in OUTSIDE {
        let mut browser = signed_in(&program, user);
        let mark = mark(&browser.get("/account").body).unwrap();
        for (path, _, fields) in forms() {
            let own = [
                "/account",
                "/take-up",
                "/set-up",
                "/concerns/report",
                "/kiosk",
            ];
            if own.iter().any(|part| path.starts_with(part)) || !path.contains("{person}") {
                continue;
            }
            let mut send = |person: &str| {
                let mut all = vec![("csrf", mark.as_str())];
                let words = |field: &String| match field.as_str() {
                    "person" | "child" | "parent" => String::new(),
                    _ => "words".to_owned(),
                };
                let words: Vec<(String, String)> = fields
                    .iter()
                    .map(|field| (field.clone(), words(field)))
                    .filter(|(_, word)| !word.is_empty())
                    .collect();
                all.extend(
                    words
                        .iter()
                        .map(|(name, word)| (name.as_str(), word.as_str())),
                );
                let (status, headers, body) =
                    told(&browser.post(&path.replace("{person}", person), &all));
                (status, headers, body.replace(&format!("/{person}/"), "/N/"))
            };
            let (there, nowhere) = (send("12"), send("99"));
            assert!(there == nowhere, "{user} {path}: {there:?} {nowhere:?}");
        }
    }
}
