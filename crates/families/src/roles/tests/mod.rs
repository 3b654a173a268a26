//! Scenarios of this family, one file for each control, and what holds for all of them.

mod capacity;
mod leads;
mod one_truth;
mod oversight;
mod pages;
mod responsibilities;

use super::{
    acts::{Act, NewMeeting, NewReport},
    entries::Listener,
    role::Role,
};
use crate::spine::act::{Act as AnyAct, Person};
use kernel::moment::Date;

fn give(role: Role, person: Person) -> AnyAct {
    give_from(role, person, None)
}

fn give_from(role: Role, person: Person, from: Option<Date>) -> AnyAct {
    AnyAct::Roles(Act::Give { role, person, from })
}

fn end(role: Role, person: Person) -> AnyAct {
    end_on(role, person, None)
}

fn end_on(role: Role, person: Person, last: Option<Date>) -> AnyAct {
    AnyAct::Roles(Act::End { role, person, last })
}

fn leave(person: Person, last: Date) -> AnyAct {
    AnyAct::People(crate::people::acts::Act::RecordLeaving { person, last })
}

fn come_back(person: Person, since: Date) -> AnyAct {
    AnyAct::People(crate::people::acts::Act::RecordReturn { person, since })
}

fn report() -> NewReport {
    NewReport::default()
}

fn make(new: NewReport) -> AnyAct {
    AnyAct::Roles(Act::MakeReport(new))
}

fn present(report: u32, to: Listener, decided: &str) -> AnyAct {
    AnyAct::Roles(Act::PresentReport {
        report,
        on: None,
        to,
        decided: decided.to_owned(),
    })
}

fn meeting(lead: Person, with: Person) -> NewMeeting {
    NewMeeting {
        on: None,
        lead,
        with,
        talked: "How the new tablets are used.".to_owned(),
        agreed: None,
        suffices: None,
        missing: None,
    }
}

fn meet(new: NewMeeting) -> AnyAct {
    AnyAct::Roles(Act::RecordMeeting(new))
}
