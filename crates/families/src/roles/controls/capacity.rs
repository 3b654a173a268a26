//! roles.capacity: leads are given the time and means. Keeps what is set aside for the lead, the
//! deputies and the online safety lead, asks each term whether it suffices (at the meeting where
//! there is one), and puts what is missing before the committee until it is there.

use crate::{
    roles::{holding::Holding, role::Role, since::adopted},
    spine::{
        act::Person,
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{minus_days, plus_days},
};
use serde::Deserialize;

/// How long a setting has to set time aside for a new lead, in days.
const SET_WITHIN_DAYS: i64 = 28;
/// How long the committee has to meet a need, in days.
const MEET_WITHIN_DAYS: i64 = 28;
/// How often it is asked whether time and means suffice.
const ASK_EVERY: Every = Every::Terms(1);
/// How long before its day the question is shown, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// Leads are given the time and means.
#[derive(Deserialize)]
pub(super) struct Capacity {
    /// Hours a week at least.
    #[serde(default)]
    hours: Option<f64>,
}

impl Control for Capacity {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let roles = &from.setting.roles;
        let mut rows: Vec<Row> = Vec::new();
        rows.extend(roles.capacity().iter().map(|set| Row {
            cells: vec![
                Cell::Text(format!("Set aside for the {}", set.role.in_words())),
                Cell::Person(set.person),
                Cell::Text(format!("{} hours a week", set.hours)),
            ],
            seq: set.seq,
            at: set.at,
        }));
        rows.extend(roles.answers().iter().map(|answer| Row {
            cells: vec![
                Cell::Text("Asked whether it suffices".to_owned()),
                answer.by.map_or(Cell::Empty, Cell::Person),
                Cell::Text(if answer.suffices { "it does" } else { "it does not" }.to_owned()),
            ],
            seq: answer.seq,
            at: answer.at,
        }));
        for need in roles.needs() {
            let cells = |what: &str| {
                vec![
                    Cell::Text(format!("Need {}", need.number)),
                    Cell::Empty,
                    Cell::Text(what.to_owned()),
                ]
            };
            rows.push(Row {
                cells: cells("raised"),
                seq: need.seq,
                at: need.at,
            });
            if let Some((_, seq, at)) = &need.met {
                rows.push(Row {
                    cells: cells("met"),
                    seq: *seq,
                    at: *at,
                });
            }
        }
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Time and means of those who lead".to_owned(),
            columns: vec!["What", "Who", "How much"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let roles = &from.setting.roles;
        let supported = |holding: &&Holding| {
            Role::SUPPORTED.contains(&holding.role) && holding.is_on(from.today)
        };
        let held = roles.holdings().iter().filter(supported);
        let mut duties: Vec<Duty> = held
            .filter_map(|holding| self.set_aside(holding, from))
            .collect();
        duties.extend(ask(from));
        duties.extend(unmet(from));
        duties
    }
}

impl Capacity {
    /// Time for one who leads, when none is set aside or less than the policy says.
    fn set_aside(&self, holding: &Holding, from: &Standpoint<'_>) -> Option<Duty> {
        let Holding { role, person, .. } = holding;
        let set = from.setting.roles.capacity_of(*person, role);
        let began = holding.from.max(adopted(from));
        let (what, opens) = match (set, self.hours) {
            (None, _) => (
                format!(
                    "Set hours aside for {} as {}",
                    person.mark(),
                    role.in_words()
                ),
                began,
            ),
            (Some(set), Some(least)) if f64::from(set.hours) < least => (
                format!(
                    "Set at least {least} hours a week aside for {} as {}",
                    person.mark(),
                    role.in_words()
                ),
                set.at.date().max(began),
            ),
            (Some(_), _) => return None,
        };
        Some(
            Duty::new(
                what,
                Owner::role(Role::Manager.key()),
                plus_days(opens, SET_WITHIN_DAYS),
            )
            .opens(opens)
            .at(set_at(role, *person))
            .about(format!("set:{}:{person}", role.key()))
            .from(set.map(|set| set.seq)),
        )
    }
}

fn set_at(role: &Role, person: Person) -> String {
    format!("/roles/capacity/set?role={}&person={person}", role.key())
}

/// The question whether time and means suffice.
fn ask(from: &Standpoint<'_>) -> Option<Duty> {
    let roles = &from.setting.roles;
    let role = roles.first_held(&Role::SUPPORTED, from.today)?;
    let last = roles.answers().last();
    let since = last.map_or_else(|| adopted(from), |last| last.at.date());
    // Whoever has only just begun, after a time without anybody, is not late on the first day.
    let held = roles
        .holdings_of(role)
        .filter(|held| held.is_on(from.today));
    let began = held.map(|held| held.from).min().unwrap_or(since);
    let due = ASK_EVERY
        .after(since, from.calendar())
        .max(plus_days(began, OPENS_BEFORE_DAYS));
    Some(
        Duty::new(
            "Say whether your time and means suffice, at the next meeting or here",
            Owner::role(role.key()),
            due,
        )
        .opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
        .at("/roles/capacity/answer")
        .about(format!("ask:{since}"))
        .from(last.map(|last| last.seq)),
    )
}

/// What is missing, for the committee.
fn unmet(from: &Standpoint<'_>) -> Vec<Duty> {
    let roles = &from.setting.roles;
    let owner = [Role::Chair, Role::NamedMember, Role::Manager];
    let owner = roles.first_held(&owner, from.today).unwrap_or(&Role::Chair);
    let each = roles.unmet().map(|need| {
        let opens = need.at.date();
        Duty::new(
            format!("Meet need {} of those who lead", need.number),
            Owner::role(owner.key()),
            plus_days(opens, MEET_WITHIN_DAYS),
        )
        .opens(opens)
        .at(format!("/roles/capacity/meet-need?need={}", need.number))
        .about(format!("need:{}", need.number))
        .from([need.seq])
    });
    each.collect()
}
