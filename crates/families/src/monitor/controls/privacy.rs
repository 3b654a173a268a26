//! monitor.privacy: monitoring respects privacy and data protection law. An impact assessment is
//! written down and looked at again; nobody looks at their own trace, and whoever leads is looked at
//! by somebody else; people are told what is kept about them.

use super::{clause_ids, owner};
use crate::{
    monitor::{KEEP_DAYS, acts::Act as Monitor, circle},
    people::group::Group,
    roles::{role::Role, since::adopted},
    spine::{
        act::{Act, Case, Person},
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::Duty,
    moment::{minus_days, plus_days},
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// How long a setting has to write the assessment down, in days.
const ASSESS_WITHIN_DAYS: i64 = 28;
/// How long before its day a new look at it is shown as work, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// Monitoring respects privacy and data protection law.
#[derive(Deserialize)]
pub(super) struct Privacy {
    /// The laws that the policy names.
    #[serde(default)]
    laws: Words,
}

impl Control for Privacy {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Monitor(Monitor::Look(look)) = act else {
            return Ruling::Silent;
        };
        let holder = || {
            let device = case.setting.devices.find(look.device?)?;
            device.holder().map(|hand| hand.person)
        };
        let about: Option<Person> = look.person.or_else(holder);
        let Some(about) = about else {
            return Ruling::Silent;
        };
        if circle::may_look_at(case.who, Some(about), case.setting, case.today) {
            return Ruling::Silent;
        }
        let field = if look.person.is_some() {
            "person"
        } else {
            "device"
        };
        let says = if case.person() == Some(about) {
            "Nobody looks at what they asked for themselves."
        } else {
            "Somebody else looks at what whoever leads here asked for."
        };
        Ruling::refuse(
            says,
            AllowedBy::Roles(circle::may_in_words(
                Some(about),
                case.setting,
                case.today,
            )),
            "Ask them to look, and tell them why. What is kept about you stands on the page “What is kept about me”.",
        )
        .at(field)
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let all = from.setting.monitor.assessments().iter();
        let rows = all.map(|one| Row {
            cells: vec![
                Cell::Day(one.at.date()),
                Cell::Said(one.assessed.purpose.clone()),
                Cell::Day(one.assessed.review),
                one.by.map_or(Cell::Empty, Cell::Person),
            ],
            seq: one.seq,
            at: one.at,
        });
        Some(Register {
            title: "Impact assessments of monitoring".to_owned(),
            columns: vec!["Written down", "What for", "To be looked at again", "By"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let last = from.setting.monitor.assessments().last();
        let roles = [Role::Manager, Role::Lead];
        let duty = match last {
            None => {
                let since = adopted(from);
                Duty::new(
                    "Write down the impact assessment of monitoring",
                    owner(&roles, from),
                    plus_days(since, ASSESS_WITHIN_DAYS),
                )
                .opens(since)
                .about("assess")
            }
            Some(last) => {
                let due = last.assessed.review;
                Duty::new(
                    "Look again at the impact assessment of monitoring",
                    owner(&roles, from),
                    due,
                )
                .opens(minus_days(due, OPENS_BEFORE_DAYS))
                .about(format!("assess:{due}"))
                .from([last.seq])
            }
        };
        vec![duty.at("/monitor/assess")]
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let laws: Vec<&str> = self.laws.iter().collect();
        let laws = match laws.as_slice() {
            [] => "data protection law".to_owned(),
            all => all.join(", "),
        };
        let notice = |group: &Group| Notice {
            to: Audience::Group(*group),
            title: "Monitoring and your privacy".to_owned(),
            says: vec![
                format!(
                    "Monitoring keeps to {laws}. What is kept is what was asked for, not what you read or write."
                ),
                format!(
                    "It goes after the time that our policy sets, or else after {KEEP_DAYS} days. Who looks at it writes down why, and a second person looks through that."
                ),
                "What is kept about you stands on the page “What is kept about me”.".to_owned(),
            ],
            clauses: clause_ids(from),
        };
        Group::TEAM.iter().map(notice).collect()
    }
}
