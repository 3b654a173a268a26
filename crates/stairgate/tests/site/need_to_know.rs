//! Nobody reads or does by an address, a form or a call what they have no right to, and the answer
//! does not tell whether there is something.

use crate::{
    api::{call, token},
    nonsense::{forms, lines},
    people::{CHILD, OUTSIDE, PARENT, SECRETS, done, setting, signed_in},
    program::{Answer, Browser, mark},
};

/// Every address of a page, and of each form.
pub(crate) const PAGES: [&str; 49] = [
    "/",
    "/account",
    "/activity",
    "/activity/{seq}",
    "/people",
    "/people?name=Ash",
    "/people?room=2",
    "/people?group=child",
    "/people?left=yes",
    "/people/{person}",
    "/policy",
    "/policy?as=csv",
    "/policy/choices",
    "/policy/clauses/{clause}",
    "/policy/compare",
    "/policy/consultation",
    "/policy/controls",
    "/policy/controls/policy.review",
    "/policy/draft",
    "/policy/draft/file",
    "/policy/draft/clauses/{clause}",
    "/policy/linked",
    "/policy/linked/read",
    "/policy/print",
    "/policy/print?as=csv",
    "/policy/public",
    "/policy/read",
    "/policy/registers/roles.leads",
    "/policy/registers/policy.publication",
    "/policy/reviews",
    "/policy/sanctions",
    "/policy/start",
    "/policy/versions",
    "/policy/versions/1",
    "/policy/versions/1/file",
    "/reports",
    "/reports/oversight/1",
    "/reports/oversight/1?as=csv",
    "/roles",
    "/roles/capacity",
    "/roles/meetings",
    "/roles/mine",
    "/roles/room-leader",
    "/rooms",
    "/rooms/{room}",
    "/settings",
    "/settings/accounts",
    "/settings/holds",
    "/settings/terms",
];

/// Acts about oneself: no form is shown without saying which, and everybody may ask.
const OWN: [&str; 7] = [
    "access.make-recovery-codes",
    "access.remove-app",
    "access.remove-passkey",
    "access.rename-passkey",
    "access.remove-pin",
    "access.revoke-token",
    "roles.acknowledge",
];

const READS: [&str; 12] = [
    "acts",
    "controls",
    "standing",
    "duties?all=yes",
    "policy",
    "roles",
    "people",
    "activity?most=500",
    "activity?most=500&by=9",
    "registers/roles.leads",
    "registers/policy.publication",
    "me",
];

#[test]
fn nobody_reads_of_a_family_who_need_not_know_of_it() {
    let (program, mut maya) = setting();
    let clause = adopt(&mut maya);
    let patterns: Vec<String> = PAGES
        .iter()
        .map(|path| (*path).to_owned())
        .chain(forms().into_iter().map(|(path, ..)| path))
        .map(|path| path.replace("{clause}", &clause))
        .collect();
    for (user, own) in OUTSIDE {
        let mut browser = signed_in(&program, user);
        for path in addresses(&patterns, own) {
            let answer = browser.get(&path);
            assert!(answer.status < 500, "{user} {path}: {}", answer.status);
            hides(&answer, &format!("{user} at {path}"));
        }
        let token = token(&mut browser);
        for path in READS {
            let (status, found) = call(&program, &token, path, None);
            assert!(status < 500, "{path}");
            let found = found.to_string();
            for secret in SECRETS {
                assert!(!found.contains(secret), "{user} reads {path}: {found}");
            }
        }
    }
    // The test can fail: those who may know it see it.
    for (user, path) in [
        ("rhys", "/people/8"),
        ("orsolya", "/people/8"),
        ("maya", "/people"),
    ] {
        let page = signed_in(&program, user).get(path);
        assert!(page.body.contains("Quillon"), "{user}: {}", page.body);
    }
}

/// A policy in force, with an outcome whose words name the child; gives a clause.
fn adopt(maya: &mut Browser) -> String {
    done(&maya.send("/policy/start/template", &[("template", "council-centres")]));
    let mark = mark(&maya.get("/policy").body).unwrap();
    let adopt = [("csrf", mark.as_str()), ("act", "policy.adopt")];
    done(&maya.post("/policy/draft", &adopt));
    let page = maya.get("/policy").body;
    let clause = page.split("/policy/clauses/").nth(1).expect("a clause");
    let clause = clause.split(['"', '?', '#']).next().unwrap().to_owned();
    let page = maya.get("/policy/outcome").body;
    let sanction = page.split("name=\"sanction\"").nth(1).expect("sanctions");
    let value = |rest: &str| rest.split('"').next().unwrap().to_owned();
    let sanction = sanction.split("value=\"").map(value);
    let sanction = sanction.skip(1).find(|word| !word.is_empty()).unwrap();
    let outcome = [
        ("sanction", sanction.as_str()),
        ("person", PARENT),
        ("what", "Quillon was filmed"),
        ("decided_by", "1"),
    ];
    done(&maya.send("/policy/outcome", &outcome));
    done(&maya.send("/reports/make", &[("says", "A quiet term")]));
    let kept = maya.get("/policy/sanctions").body;
    assert!(kept.contains("Quillon was filmed"), "{kept}");
    clause
}

#[test]
fn an_answer_is_the_same_whether_there_is_something_or_not() {
    let (program, _maya) = setting();
    for (user, _) in OUTSIDE {
        let mut browser = signed_in(&program, user);
        for (there, nowhere) in [
            (format!("/people/{CHILD}"), "/people/99999".to_owned()),
            (format!("/people/{PARENT}"), "/people/99999".to_owned()),
            (
                format!("/people/{CHILD}/contact"),
                "/people/99999/contact".to_owned(),
            ),
            (
                format!("/roles/reach?person={CHILD}"),
                "/roles/reach?person=99999".to_owned(),
            ),
        ] {
            let (there, nowhere) = (browser.get(&there), browser.get(&nowhere));
            assert_eq!(alike(&there), alike(&nowhere), "{user}");
        }
        let mark = mark(&browser.get("/account").body).unwrap();
        let mut change = |person: &str| {
            let fields = [
                ("csrf", mark.as_str()),
                ("person", person),
                ("phone", "01632 960 666"),
            ];
            browser.post(&format!("/people/{person}/contact"), &fields)
        };
        let (there, nowhere) = (change(CHILD), change("99999"));
        assert_eq!(there.status, 404);
        assert_eq!(alike(&there), alike(&nowhere), "{user}");
        let token = token(&mut browser);
        for act in [
            "people.change-contact",
            "people.change",
            "roles.set-reach",
            "data.hold",
            "access.give-code",
            "people.tie",
            "people.place",
        ] {
            let ask = |person: &str| {
                let body = format!(
                    r#"{{"person":{person},"child":{person},"parent":9,"relation":"parent","responsibility":"yes","name":"A B","phone":"01632 960 666","reach":"x","why":"because","review":"2027-01-01"}}"#
                );
                call(&program, &token, &format!("acts/{act}"), Some(&body))
            };
            let answers = [CHILD, PARENT, "3", "99999"].map(ask);
            assert!(
                answers.iter().all(|one| *one == answers[3]),
                "{user} {act}: {answers:?}"
            );
        }
    }
}

#[test]
fn no_form_does_anything_for_somebody_without_the_right() {
    let (program, _maya) = setting();
    let forms = forms();
    for (user, own) in OUTSIDE {
        let mut browser = signed_in(&program, user);
        let token = token(&mut browser);
        let before = lines(program.folder.path());
        let mark = mark(&browser.get("/account").body).unwrap();
        let nowhere = browser.post("/nowhere", &[("csrf", &mark)]);
        let mut tried = 0;
        for (path, act, fields) in &forms {
            let address = path.replace("{person}", CHILD).replace("{room}", "2");
            let address = address
                .replace("{clause}", "1")
                .replace("{control}", "roles.leads");
            if browser.get(&address).status != 404 || OWN.contains(&act.as_str()) {
                continue;
            }
            tried += 1;
            let mut all: Vec<(&str, &str)> = vec![
                ("csrf", &mark),
                ("act", act),
                ("confirmed", "roles.leads"),
                ("made-hash", "x"),
                ("made-code", "x"),
                ("made-token", "x"),
            ];
            all.extend(
                fields
                    .iter()
                    .map(|field| (field.as_str(), plausible(field))),
            );
            let answer = browser.post(&address, &all);
            assert_eq!(answer.status, 404, "{user} {act}");
            assert_eq!(alike(&answer), alike(&nowhere), "{user} {act}");
            // The act of a form that one may not open, sent to one's own forms.
            for own_address in [
                format!("/people/{own}/contact"),
                "/account/password".to_owned(),
            ] {
                let answer = browser.post(&own_address, &all);
                assert_ne!(answer.status, 303, "{user} {act} at {own_address}");
            }
            let body: serde_json::Map<String, serde_json::Value> = fields
                .iter()
                .map(|field| (field.clone(), plausible(field).into()))
                .collect();
            let body = serde_json::Value::Object(body).to_string();
            let (status, said) = call(&program, &token, &format!("acts/{act}"), Some(&body));
            assert_ne!(status, 200, "{user} {act}: {said}");
        }
        assert!(tried > 15, "{user}: {tried}");
        // Somebody else's number in a form of one's own.
        for (address, fields) in [
            (
                format!("/people/{own}/contact"),
                vec![("person", CHILD), ("phone", "01632 960 666")],
            ),
            (
                format!("/roles/reach?person={own}"),
                vec![("person", "1"), ("reach", "nowhere")],
            ),
        ] {
            let mut all = vec![("csrf", mark.as_str())];
            all.extend(fields);
            let answer = browser.post(&address, &all);
            assert_eq!(answer.status, 404, "{user} {address}");
        }
        assert_eq!(lines(program.folder.path()), before, "{user}");
    }
}

/// A word that the field would take from somebody who may.
fn plausible(field: &str) -> &'static str {
    match field {
        "person" | "child" => CHILD,
        "parent" => PARENT,
        "room" | "rooms" => "2",
        "group" | "groups" => "staff",
        "role" => "manager",
        "relation" => "parent",
        "from" | "on" | "first" | "since" => "2026-11-01",
        "last" | "to" | "until" | "review" | "review_on" => "2027-02-01",
        "responsibility" | "suffices" | "understood" | "confirm" | "taken_up" => "yes",
        "nation" => "england",
        "kind" => "preschool",
        "phone" => "01632 960 666",
        "email" => "a@example.org",
        "user" => "intruder",
        "hours" => "3",
        "why" => "asked-for",
        "password" | "again" => "seven green apples",
        _ => "words",
    }
}

fn addresses(patterns: &[String], own: &str) -> Vec<String> {
    let mut all = Vec::new();
    for pattern in patterns {
        let pattern = pattern
            .replace("{clause}", "1")
            .replace("{control}", "roles.leads");
        if pattern.contains("{person}") {
            for person in [own, CHILD, PARENT] {
                all.push(pattern.replace("{person}", person));
            }
        } else if pattern.contains("{room}") {
            all.extend(["1", "2"].map(|room| pattern.replace("{room}", room)));
        } else if pattern.contains("{seq}") {
            all.extend((1..60).map(|seq| pattern.replace("{seq}", &seq.to_string())));
        } else {
            all.push(format!(
                "{pattern}{}person={CHILD}&child={CHILD}&parent={PARENT}",
                if pattern.contains('?') { '&' } else { '?' }
            ));
            all.push(pattern);
        }
    }
    all
}

fn hides(answer: &Answer, at: &str) {
    let headers = format!("{:?}", answer.headers);
    for secret in SECRETS {
        // What was asked for in the address may stand in the box for searching.
        assert!(
            !answer.body.contains(secret) && !headers.contains(secret),
            "{at} shows {secret}: {}",
            answer.body
        );
    }
}

/// What could tell two answers apart: status, headers, words. The clock aside.
fn alike(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    (answer.status, headers, answer.body.clone())
}

#[test]
fn a_search_does_not_tell_whether_somebody_is_there() {
    let (program, _maya) = setting();
    for (user, _) in OUTSIDE {
        let mut browser: Browser = signed_in(&program, user);
        let there = browser.get("/people?name=Quillon").body;
        let nowhere = browser.get("/people?name=Quallon").body;
        assert_eq!(there.replace("Quillon", "Quallon"), nowhere, "{user}");
    }
}

#[test]
fn what_a_clause_rests_on_and_what_others_owe_is_for_whoever_leads() {
    let (program, mut maya) = setting();
    drop(adopt(&mut maya));
    let read = |token: &str| {
        let (status, found) = call(&program, token, "standing", None);
        assert_eq!(status, 200);
        found["clauses"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|clause| clause["controls"].as_array().unwrap().clone())
            .fold((0, 0), |(entries, duties), one| {
                let count = |list: &serde_json::Value| list.as_array().unwrap().len();
                (
                    entries + count(&one["evidence"]["entries"]),
                    duties + count(&one["duties"]),
                )
            })
    };
    let (entries, duties) = read(&token(&mut maya));
    assert!(entries > 0 && duties > 0, "{entries} {duties}");
    let mut una = signed_in(&program, "una");
    let of_una = token(&mut una);
    let own = call(&program, &of_una, "duties", None).1;
    let (entries, own_duties) = read(&of_una);
    assert_eq!(entries, 0);
    assert!(own_duties < duties, "{own_duties} {duties}");
    let (_, all) = call(&program, &of_una, "duties?all=yes", None);
    assert_eq!(all, own);
}
