//! A setting with an account of each kind, and a family that only few may know of.

use crate::program::{Answer, Browser, PASSWORD, Program};

/// What nobody may read who need not: the words about one family.
pub(crate) const SECRETS: [&str; 5] = [
    "Quillon",
    "Orsolya",
    "01632 960 777",
    "orsolya@example.org",
    "4 April 2023",
];
/// The child that only few may know of.
pub(crate) const CHILD: &str = "8";
/// That child's parent.
pub(crate) const PARENT: &str = "9";

/// Accounts that may know nothing of that family: user name, number.
pub(crate) const OUTSIDE: [(&str, &str); 6] = [
    ("una", "2"),
    ("petra", "4"),
    ("carol", "5"),
    ("chair", "6"),
    ("tech", "7"),
    ("former", "11"),
];

/// A setting with everybody in it, and its manager signed in.
pub(crate) fn setting() -> (Program, Browser) {
    let (program, mut maya) = Program::set_up();
    for room in ["Robins", "Wrens"] {
        done(&maya.send("/rooms/open", &[("name", room)]));
    }
    let people = [
        ("Una Field", "staff", "1"),
        ("Rhys Marsh", "staff", "2"),
        ("Petra Vale", "parent", ""),
        ("Carol Heath", "committee", ""),
        ("Chris Brook", "committee", ""),
        ("Tess Mead", "staff", ""),
        ("Quillon Ashdown", "child", "2"),
        ("Orsolya Ashdown", "parent", ""),
        ("Kit Vale", "child", "1"),
        ("Fern Oldham", "staff", "1"),
    ];
    for (name, group, room) in people {
        let mut fields = vec![("name", name), ("groups", group), ("since", "2024-01-08")];
        if !room.is_empty() {
            fields.push(("rooms", room));
        }
        if name.starts_with("Quillon") {
            fields.push(("born", "2023-04-04"));
        }
        if name.starts_with("Orsolya") {
            fields.extend([("phone", "01632 960 777"), ("email", "orsolya@example.org")]);
        }
        done(&maya.send("/people/add", &fields));
    }
    for (child, parent) in [(CHILD, PARENT), ("10", "4")] {
        let fields = [
            ("child", child),
            ("parent", parent),
            ("relation", "parent"),
            ("responsibility", "yes"),
        ];
        done(&maya.send(&format!("/people/{child}/tie"), &fields));
    }
    for (role, person) in [
        ("chair", "6"),
        ("technical-lead", "7"),
        ("room-leader", "3"),
    ] {
        done(&maya.send("/roles/give", &[("role", role), ("person", person)]));
    }
    for (user, person) in OUTSIDE
        .into_iter()
        .chain([("rhys", "3"), ("orsolya", PARENT)])
    {
        account(&program, &mut maya, user, person);
    }
    (program, maya)
}

/// Opens an account, whose holder chooses the password of these tests.
pub(crate) fn account(program: &Program, maya: &mut Browser, user: &str, person: &str) {
    let opened = maya.send(
        "/settings/accounts/open",
        &[("person", person), ("user", user)],
    );
    take_up(program, user, &shown(&opened));
}

/// Chooses the password of these tests with a code.
pub(crate) fn take_up(program: &Program, user: &str, code: &str) {
    let fields = [
        ("user", user),
        ("code", code),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    done(&program.browser().send("/take-up", &fields));
}

/// What is shown once: a code or a token.
pub(crate) fn shown(answer: &Answer) -> String {
    let after = answer.body.split("sg-code\">").nth(1);
    let after = after.unwrap_or_else(|| panic!("{} {}", answer.status, answer.body));
    after.split('<').next().unwrap().to_owned()
}

/// A browser in which somebody has signed in.
pub(crate) fn signed_in(program: &Program, user: &str) -> Browser {
    let mut browser = program.browser();
    browser.sign_in(user, PASSWORD);
    browser
}

pub(crate) fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
}
