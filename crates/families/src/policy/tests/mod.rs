//! Scenarios, named as sentences.

mod consultation;
mod draft;
mod files;
mod pages;
mod publication;
mod review;
mod running;
mod sanctions;
mod scope;
mod statement;

use crate::{
    policy::acts::Act as Policy,
    spine::{
        act::Act,
        control::{Audience, Cell, Notice, Standpoint},
        scenario::Scenario,
    },
};

/// A policy with every control of this family.
pub(super) const CLAUSES: &str = r#"
[[clause]]
id = "aims"
section = "What it is for"
text = "We want every child to be safe online."
controls = ["policy.statement"]

[[clause]]
id = "scope"
section = "What it is for"
text = "It is for staff, volunteers and parents, on our tablets and on their own phones."
controls = ["policy.scope"]
values = { people = ["staff", "volunteers", "parents"], devices = ["tablets", "own phones"], places = ["here and on outings"] }

[[clause]]
id = "review"
section = "Keeping it up to date"
text = "We review it every six months, and at once after a child protection concern. The chair agrees to changes."
controls = ["policy.review"]
values = { every = "6 months", triggers = ["child protection concern"], approvers = ["chair", "staff team"] }

[[clause]]
id = "ask"
section = "Keeping it up to date"
text = "Staff and parents help to shape it."
controls = ["policy.consultation"]
values = { who = ["staff", "parents"] }

[[clause]]
id = "read"
section = "Reading it"
text = "Staff and parents read it."
controls = ["policy.publication"]
values = { audiences = ["staff", "parents"] }

[[clause]]
id = "beside"
section = "Reading it"
text = "Read it with our complaints policy."
controls = ["policy.publication"]
values = { linked = ["complaints"] }

[[clause]]
id = "rules"
section = "If rules are broken"
text = "Misuse can lead to a warning or to disciplinary action."
controls = ["policy.sanctions"]
values = { sanctions = ["a warning", "disciplinary action"] }

[[clause]]
id = "kind"
section = "If rules are broken"
text = "We are kind to each other."
"#;

pub(super) fn act(act: Policy) -> Act {
    Act::Policy(act)
}

/// The notices of a control.
pub(super) fn notices(scenario: &Scenario, control: &str) -> Vec<Notice> {
    let running = scenario.in_force.find(control).expect("it is in force");
    running.control.notices(&Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    })
}

/// The notices of a control in words: for whom, title and text.
pub(super) fn noticed(scenario: &Scenario, control: &str) -> String {
    let to = |audience: &Audience| match audience {
        Audience::Everyone => "everyone".to_owned(),
        Audience::Group(group) => group.in_words().to_owned(),
        Audience::Role(role) => role.in_words(),
        Audience::Person(person) => person.to_string(),
    };
    let all = notices(scenario, control);
    let line = |notice: &Notice| {
        format!(
            "to {}: {}: {} [{}]",
            to(&notice.to),
            notice.title,
            notice.says.join(" "),
            notice.clauses.join(", ")
        )
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The register of a control, a line for each row.
pub(super) fn registered(scenario: &Scenario, control: &str) -> String {
    let running = scenario.in_force.find(control).expect("it is in force");
    let register = running.control.register(&Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    });
    let register = register.expect("it keeps a register");
    let cell = |cell: &Cell| match cell {
        Cell::Text(words) => scenario.view(crate::spine::scenario::MANAGER, |v| v.words(words)),
        Cell::Said(words) => words.clone(),
        Cell::Person(person) => scenario.view(crate::spine::scenario::MANAGER, |v| v.name(*person)),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.in_words(),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => "-".to_owned(),
    };
    let rows = register.rows.iter().map(|row| {
        assert_eq!(row.cells.len(), register.columns.len());
        row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
    });
    rows.collect::<Vec<_>>().join("\n")
}
