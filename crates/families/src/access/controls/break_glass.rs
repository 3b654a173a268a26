//! access.break-glass: exceptional access needs two people and is short. It opens concerns, in the
//! place of a lead who can't be reached, and nothing else; the lead and the chair look at it
//! afterwards.

use crate::{
    access::{
        acts::{Act as Access, exceptions::Act as Exception},
        exceptions::{self, minutes_max, watchers},
    },
    concerns::acts::Act as Concern,
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act, Actor, Case},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::plus_days,
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// How long the lead and the chair have to look at it, in days.
const LOOK_WITHIN_DAYS: i64 = 3;

/// Exceptional access needs two people and is short.
#[derive(Deserialize)]
pub(super) struct BreakGlass {
    /// The roles whose holders take part.
    #[serde(default)]
    people: Words,
    /// The longest time.
    #[serde(default)]
    minutes: Option<u16>,
}

impl Control for BreakGlass {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        if let Act::Access(Access::Exception(Exception::Ask { minutes, .. })) = act {
            return self.is_short(*minutes, case);
        }
        if let Act::Roles(Roles::Give { role, person, .. }) = act {
            return not_for_oneself(role, case.person() == Some(*person), case);
        }
        if case.who.lent.is_empty() || is_for_lent(act) {
            return Ruling::Silent;
        }
        let without = Actor {
            lent: Vec::new(),
            ..case.who.clone()
        };
        let need = act.need(case.setting);
        if permit::permit(&without, &need, case.setting, case.today).is_ok() {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Exceptional access is for reading concerns and writing in them, and for nothing else.",
            AllowedBy::Roles(vec![Role::Lead.in_words(), Role::DeputyLead.in_words()]),
            "Leave this to the lead. If a child is in danger, call 999.",
        )
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let all = from.setting.access.exceptions().all().iter();
        let rows = all.map(|one| Row {
            cells: vec![
                Cell::Number(i64::from(one.number)),
                Cell::Moment(one.asked),
                Cell::Person(one.by),
                one.agreed
                    .map_or(Cell::Empty, |agreed| Cell::Person(agreed.by)),
                one.over().map_or(Cell::Empty, Cell::Moment),
                Cell::Number(i64::try_from(one.seen.len()).unwrap_or(i64::MAX)),
            ],
            seq: one.seq,
            at: one.asked,
        });
        let who: Vec<&str> = self.people.iter().collect();
        let title = if who.is_empty() {
            "Exceptional access".to_owned()
        } else {
            format!("Exceptional access, by two of these: {}", who.join(", "))
        };
        Some(Register {
            title,
            columns: vec!["Number", "Asked", "By", "Agreed by", "Over", "Looked at by"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let mut duties = Vec::new();
        for one in from.setting.access.exceptions().all() {
            let Some(agreed) = one.agreed else {
                continue;
            };
            let opens = agreed.at.date();
            for role in watchers(from.setting, one, from.today) {
                duties.push(
                    Duty::new(
                        format!(
                            "Look at what exceptional access {} was used for",
                            one.number
                        ),
                        Owner::role(role.key()),
                        plus_days(opens, LOOK_WITHIN_DAYS),
                    )
                    .opens(opens)
                    .at(format!("/exceptions/{}/see", one.number))
                    .about(format!("exception:{}:{}", one.number, role.key()))
                    .from([one.seq, agreed.seq]),
                );
            }
        }
        duties
    }
}

impl BreakGlass {
    fn is_short(&self, minutes: u16, case: &Case<'_>) -> Ruling {
        let most = minutes_max(case.in_force).min(self.minutes.unwrap_or(u16::MAX));
        if minutes <= most {
            return Ruling::Silent;
        }
        Ruling::refuse(
            format!("Exceptional access lasts at most {most} minutes."),
            AllowedBy::Nobody,
            "Ask for less. You can ask again when it is over.",
        )
        .at("minutes")
    }
}

/// What may be done with what is lent. Letting others in, or keeping what one was lent, is not part
/// of it.
fn is_for_lent(act: &Act) -> bool {
    matches!(
        act,
        Act::Concerns(Concern::Write { .. } | Concern::TakeOn { .. } | Concern::Report(_))
    )
}

/// A manager gives roles, and so could make a lead of themselves and need no second person.
fn not_for_oneself(role: &Role, oneself: bool, case: &Case<'_>) -> Ruling {
    let leads = [Role::Lead, Role::DeputyLead];
    let somebody = case.setting.roles.first_held(&leads, case.today).is_some();
    if !oneself || !leads.contains(role) || !somebody {
        return Ruling::Silent;
    }
    let may = exceptions::WATCHING
        .iter()
        .filter(|role| matches!(role, Role::Manager | Role::DeputyManager));
    Ruling::refuse(
        "Nobody makes themselves a safeguarding lead where there is one.",
        AllowedBy::Roles(may.map(Role::in_words).collect()),
        "Ask another manager to give you the role.",
    )
    .at("person")
}
