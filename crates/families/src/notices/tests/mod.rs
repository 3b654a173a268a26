//! What people can rely on when they are told.

mod calendar;
mod devices;
mod mail;
mod property;

use super::{
    acts::{Act, Mail, Secret},
    chase::chase,
    entries::Security,
    notice::{Notice, Reach},
};
use crate::{
    access::acts::Act as Access,
    people::{acts::NewPerson, group::Group},
    spine::{
        act::{Act as AnyAct, Person, Who},
        scenario::{MANAGER, Scenario},
    },
};
use std::collections::BTreeSet;

/// Work for a manager and for whoever is named as lead.
const CLAUSES: &str = r#"
[[clause]]
id = "leads"
section = "Who leads"
text = "We name a deputy safeguarding lead."
controls = ["roles.leads"]
values = { roles = ["designated safeguarding lead"], deputies = 1 }
"#;

fn act(act: Act) -> AnyAct {
    AnyAct::Notices(act)
}

fn mail() -> Mail {
    Mail {
        host: "mail.larkrise.example".to_owned(),
        port: 465,
        security: Security::Tls,
        user: "stairgate".to_owned(),
        password: Some(Secret("plum tree hat".to_owned())),
        from: "office@larkrise.example".to_owned(),
        address: "https://stairgate.larkrise.example/".to_owned(),
        hour: 8,
    }
}

/// A setting that sends mail.
fn scenario() -> Scenario {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    scenario.done(MANAGER, act(Act::SetMail(Box::new(mail()))));
    change_email(&mut scenario, MANAGER, "maya@larkrise.example");
    scenario
}

fn change_email(scenario: &mut Scenario, person: Person, email: &str) {
    let change = crate::people::acts::Act::ChangeContact(crate::people::acts::Contact {
        person,
        email: Some(email.to_owned()),
        phone: None,
    });
    scenario.done(person, AnyAct::People(change));
}

/// Somebody with an account and an address.
fn reached(scenario: &mut Scenario, user: &str, group: Group) -> Person {
    let person = scenario.setting.people.next_person();
    let new = NewPerson {
        name: format!("{user} of the tests"),
        groups: vec![group],
        email: Some(format!("{user}@finch.example")),
        ..NewPerson::default()
    };
    scenario.done(MANAGER, AnyAct::People(crate::people::acts::Act::Add(new)));
    let open = Access::OpenAccount {
        person,
        user: user.to_owned(),
        code: "00ff".to_owned(),
    };
    scenario.done(MANAGER, AnyAct::Access(open));
    scenario.done(
        Who::Nobody,
        AnyAct::Access(Access::TakeUp {
            user: user.to_owned(),
            code: "00ff".to_owned(),
            password: "$argon2id$invented".into(),
        }),
    );
    person
}

/// How people can be reached now.
fn reach(scenario: &Scenario) -> Reach<'_> {
    Reach {
        setting: &scenario.setting,
        keys: &scenario.keys,
        today: scenario.today(),
    }
}

/// The messages that the last act made.
fn made(scenario: &Scenario) -> Vec<Notice> {
    let last = scenario.lines.last().expect("a line");
    reach(scenario).from_line(last)
}

/// The daily messages that are to be made now.
fn daily(scenario: &Scenario) -> Vec<Notice> {
    let standings = scenario.standings();
    chase(
        &reach(scenario),
        &standings,
        &BTreeSet::new(),
        scenario.now(),
    )
}

/// The message is sent, and that is noted.
fn send(scenario: &mut Scenario, notice: &Notice) {
    scenario.done(Who::Clock, act(Act::NoteSent(notice.sent())));
}
