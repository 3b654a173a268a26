//! Scenarios, named as sentences.

mod age_appropriate;
mod breach;
mod changes;
mod checks;
mod closed_on_failure;
mod content;
mod coverage;
mod email_and_spam;
mod illegal;
mod inappropriate;
mod over_blocking;
mod personal_mail;
mod plan;
mod provider;
mod social_media;
mod ways_round;

use crate::{
    devices::kinds::Users,
    filter::{acts::Act, entries::What},
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        scenario::Scenario,
    },
};
use kernel::moment::Date;

pub(crate) fn filter(act: Act) -> AnyAct {
    AnyAct::Filter(act)
}

fn evidence(act: crate::filter::acts::evidence::Act) -> AnyAct {
    filter(Act::Evidence(act))
}

fn open_site(site: &str) -> What {
    What::OpenSite {
        site: site.to_owned(),
        needs: Vec::new(),
    }
}

fn open_kind(kind: &str) -> What {
    What::OpenKind {
        kind: kind.to_owned(),
    }
}

fn propose(what: What, users: &[Users]) -> AnyAct {
    filter(Act::Propose {
        what,
        users: users.to_vec(),
        until: Some(Date::constant(2026, 9, 30)),
        reason: "It is needed for planning".to_owned(),
        risk: "We read all of it".to_owned(),
    })
}

fn decide(change: u32, approve: bool) -> AnyAct {
    filter(Act::Decide {
        change,
        approve,
        why: String::new(),
    })
}

fn request(site: &str, users: Users) -> AnyAct {
    filter(Act::Request {
        site: site.to_owned(),
        users,
        why: "For the story of the week".to_owned(),
    })
}

fn answer(request: u32, open_until: Option<Date>) -> AnyAct {
    filter(Act::Answer {
        request,
        open_until,
        needs: Vec::new(),
        why: "We looked at it".to_owned(),
    })
}

fn answer_with(request: u32, open_until: Option<Date>, needs: &[&str]) -> AnyAct {
    filter(Act::Answer {
        request,
        open_until,
        needs: needs.iter().map(|name| (*name).to_owned()).collect(),
        why: "We looked at it".to_owned(),
    })
}

/// The manager, who looks after technology, and who works here.
fn cast(clauses: &str) -> (Scenario, Person, Person) {
    let mut scenario = match clauses {
        "" => Scenario::new(),
        clauses => Scenario::with_clauses(clauses),
    };
    let kit = scenario.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    (scenario, kit, tomos)
}
