//! Scenarios, named as sentences.

mod event_photography;
mod held;
mod induction;
mod issuing;
mod pages;
mod signing;
mod templates;

use crate::{
    access::{self, acts::Act as Access},
    agreements::acts::{Act as Agreements, Hand},
    people::group::Group,
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};

/// A policy that asks staff, parents and children to sign, and visitors who come often.
pub(super) const CLAUSES: &str = r#"
[[clause]]
id = "sign"
section = "Agreements"
text = "Staff read the acceptable use agreement and sign it before they use our systems."
controls = ["agreements.acceptable-use"]
values = { groups = ["staff", "children", "regular visitors"], grace = "10 days" }

[[clause]]
id = "phones"
section = "Phones"
text = "Phones of staff are put away while children are here."
controls = ["phones.staff"]

[[clause]]
id = "kind"
section = "Online"
text = "Everybody is kind online and posts nothing that hurts somebody."
controls = ["agreements.acceptable-use", "social.staff-conduct"]
values = { groups = ["everyone"] }

[[clause]]
id = "aims"
section = "Aims"
text = "We want every child to be safe online."
controls = ["policy.statement"]
"#;

pub(super) fn act(act: Agreements) -> Act {
    Act::Agreements(act)
}

pub(super) fn issue(group: Group) -> Act {
    act(Agreements::Issue {
        group,
        intro: "Please read this.".to_owned(),
    })
}

pub(super) fn hand(name: &str) -> Hand {
    Hand {
        name: Some(name.to_owned()),
        drawn: None,
        language: "en".to_owned(),
    }
}

pub(super) fn sign(group: Group, version: u32) -> Act {
    act(Agreements::Sign {
        group,
        version,
        hand: hand("As I sign"),
    })
}

pub(super) fn open_account(person: Person, user: &str) -> Act {
    Act::Access(Access::OpenAccount {
        person,
        user: user.to_owned(),
        code: "0".repeat(64),
    })
}

pub(super) fn with_account(s: &mut Scenario, name: &str, user: &str, group: Group) -> Person {
    let person = s.person(name, &[group]);
    s.done(MANAGER, open_account(person, user));
    person
}

/// Opens the first kiosk.
pub(super) fn open_kiosk(s: &mut Scenario) {
    let open = access::acts::kiosks::Act::Open {
        name: "At the door".to_owned(),
        purpose: access::entries::kiosks::Purpose::Signing,
        code: "9".repeat(64),
    };
    s.done(MANAGER, Act::Access(Access::Kiosk(open)));
}
