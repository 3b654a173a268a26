//! roles.leads: named people lead on online safety. Keeps who holds each role, makes a vacant role
//! work for the manager (of the manager's own role, for the chair), and tells everyone who leads.

use crate::spine::page::encoded;
use crate::{
    roles::{holding::Holding, report::facts::VACANT, role::Role, since::adopted},
    spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, minus_days, plus_days},
    value::{Value, Words},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How long a role that the policy requires may be vacant, in days.
const FILL_WITHIN_DAYS: i64 = 14;
/// How long before a known last day the search for somebody else begins, in days.
const LOOK_AHEAD_DAYS: i64 = 28;

/// Named people lead on online safety.
#[derive(Deserialize)]
pub(super) struct Leads {
    /// The roles that the policy requires.
    #[serde(default)]
    roles: Words,
    /// How many deputies at least.
    #[serde(default)]
    deputies: u16,
    /// How many people share the roles of a clause at least.
    #[serde(default)]
    holders: u16,
    /// Whether one person holds all roles of a clause.
    #[serde(default)]
    same_person: bool,
}

/// A role that the policy requires.
struct Required {
    role: Role,
    /// How many people at least.
    least: usize,
    /// The clauses that say so; none when the setting chose it itself.
    clauses: Vec<String>,
    /// Other roles whose holder will do: a team.
    or: Vec<Role>,
}

impl Control for Leads {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let mut holdings: Vec<&Holding> = from.setting.roles.holdings().iter().collect();
        holdings.sort_by_key(|holding| (holding.from, holding.seq));
        Some(Register {
            title: "Who holds which role".to_owned(),
            columns: vec!["Role", "Who", "From", "Until"],
            rows: holdings.into_iter().map(row).collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let vacant = self
            .required(from)
            .into_iter()
            .filter_map(|required| vacancy(&required, from));
        vacant.chain(self.not_the_same(from)).collect()
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let contacts = from.setting.roles.contacts(from.today);
        let place = from.setting.place.described();
        let phone = place
            .map(|described| described.phone.clone())
            .unwrap_or_default();
        let mut says: Vec<String> = contacts
            .iter()
            .map(|contact| {
                format!(
                    "{} is our {}.",
                    contact.person.mark(),
                    contact.role.in_words()
                )
            })
            .collect();
        if says.is_empty() {
            says.push("Nobody is named yet. Turn to the manager.".to_owned());
        }
        says.push(if phone.is_empty() {
            "How to reach them stands at the foot of each page.".to_owned()
        } else {
            format!("How to reach them stands at the foot of each page. You can also call {phone}.")
        });
        vec![Notice {
            to: Audience::Everyone,
            title: "Who leads on safeguarding and online safety".to_owned(),
            says,
            clauses: from
                .bound
                .clauses
                .iter()
                .map(|clause| clause.id.clone())
                .collect(),
        }]
    }
}

impl Leads {
    /// The roles that the policy requires, each once. A setting always needs a manager.
    fn required(&self, from: &Standpoint<'_>) -> Vec<Required> {
        let mut all: Vec<Required> = Vec::new();
        for words in self.roles.iter() {
            let behind: Vec<_> = from
                .bound
                .clauses
                .iter()
                .filter(|clause| names(clause, words))
                .collect();
            let shared = behind
                .iter()
                .any(|clause| clause.values.contains_key("holders"));
            let least = if shared {
                usize::from(self.holders).max(1)
            } else {
                1
            };
            let clauses: Vec<String> = behind.iter().map(|clause| clause.id.clone()).collect();
            let roles = Role::read(words);
            let team = Role::is_team(words) && roles.len() > 1;
            let (asked, or) = match roles.split_first() {
                Some((first, others)) if team => (vec![first.clone()], others.to_vec()),
                _ => (roles.clone(), Vec::new()),
            };
            for role in asked {
                add(
                    &mut all,
                    Required {
                        role,
                        least,
                        clauses: clauses.clone(),
                        or: or.clone(),
                    },
                );
            }
        }
        if self.deputies > 0 {
            let says =
                |clause: &&crate::policy::document::Clause| clause.values.contains_key("deputies");
            let behind = from.bound.clauses.iter().filter(says);
            let clauses = behind.map(|clause| clause.id.clone()).collect();
            let least = usize::from(self.deputies);
            add(
                &mut all,
                Required {
                    role: Role::DeputyLead,
                    least,
                    clauses,
                    or: Vec::new(),
                },
            );
        }
        add(
            &mut all,
            Required {
                role: Role::Manager,
                least: 1,
                clauses: Vec::new(),
                or: Vec::new(),
            },
        );
        all
    }

    /// Where one person is to hold several roles and does not: a duty for the manager.
    fn not_the_same(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        if !self.same_person {
            return Vec::new();
        }
        let said = from
            .bound
            .clauses
            .iter()
            .filter(|clause| clause.values.get("same_person") == Some(&Value::Yes(true)));
        said.filter_map(|clause| {
            let words = clause
                .values
                .get("roles")
                .map(Value::words)
                .unwrap_or_default();
            let roles: Vec<Role> = words.iter().flat_map(|words| Role::read(words)).collect();
            let held: Vec<BTreeSet<_>> = roles
                .iter()
                .map(|role| {
                    from.setting
                        .roles
                        .holders(role, from.today)
                        .into_iter()
                        .collect()
                })
                .filter(|held: &BTreeSet<_>| !held.is_empty())
                .collect();
            let first = held.first()?;
            let shared = held
                .iter()
                .skip(1)
                .fold(first.clone(), |sum, one| &sum & one);
            if held.len() < 2 || !shared.is_empty() {
                return None;
            }
            let since = last_given(&roles, from);
            let names: Vec<String> = roles.iter().map(Role::in_words).collect();
            Some(
                Duty::new(
                    format!("Give these roles to one person: {}", names.join(", ")),
                    owner(&Role::Lead, from),
                    plus_days(since, FILL_WITHIN_DAYS),
                )
                .opens(since)
                .at("/roles")
                .about(format!("same:{}", clause.id))
                .clauses([clause.id.clone()]),
            )
        })
        .collect()
    }
}

/// The day on which the newest of these roles began, or the policy when that is later.
fn last_given(roles: &[Role], from: &Standpoint<'_>) -> Date {
    let began = from
        .setting
        .roles
        .holdings()
        .iter()
        .filter(|held| held.is_on(from.today) && roles.contains(&held.role))
        .map(|held| held.from)
        .max();
    began.unwrap_or(Date::MIN).max(adopted(from))
}

fn names(clause: &crate::policy::document::Clause, words: &str) -> bool {
    let own = clause
        .values
        .get("roles")
        .map(Value::words)
        .unwrap_or_default();
    own.iter()
        .any(|own| own.to_lowercase() == words.to_lowercase())
}

/// Adds a role, or to what is asked of it already.
fn add(all: &mut Vec<Required>, new: Required) {
    match all.iter_mut().find(|old| old.role == new.role) {
        Some(old) => {
            old.least = old.least.max(new.least);
            old.clauses.extend(new.clauses);
            old.clauses.dedup();
            // Who must hold it is not met by a team.
            old.or.retain(|role| new.or.contains(role));
        }
        None => all.push(new),
    }
}

/// The duty to fill a role that is vacant, or will be within weeks.
fn vacancy(required: &Required, from: &Standpoint<'_>) -> Option<Duty> {
    let since = first_day_short(required, from)?;
    let adopted = adopted(from);
    let opens = minus_days(since, LOOK_AHEAD_DAYS).max(adopted);
    if opens > from.today {
        return None;
    }
    let held = held(required, from.today, from);
    let role = required.role.in_words();
    let what = match (required.least, held) {
        (_, 0) => format!("Give somebody the role of {role}"),
        (1, _) => format!("Find somebody for the role of {role}: its holder’s last day is known"),
        (least, held) if held < least => {
            format!("Give the role of {role} to more people: the policy asks for {least}")
        }
        (least, _) => format!("Find somebody for the role of {role}: the policy asks for {least}"),
    };
    let duty = Duty::new(
        what,
        owner(&required.role, from),
        plus_days(since.max(adopted), FILL_WITHIN_DAYS),
    )
    .opens(opens)
    .at(format!("/roles/give?role={}", encoded(required.role.key())))
    .about(format!("{VACANT}{}", required.role.key()))
    .clauses(required.clauses.iter().cloned());
    Some(duty)
}

/// The first day since which too few people hold a role, or from which too few will. The days from
/// the adoption of the policy on are looked at; what was vacant before is vacant since then.
fn first_day_short(required: &Required, from: &Standpoint<'_>) -> Option<Date> {
    if held(required, from.today, from) < required.least {
        // Since the last day on which there were enough.
        let ends = ends(required, from).filter(|day| *day <= from.today);
        let enough = |day: &Date| held(required, *day, from) >= required.least;
        let last = ends.filter(enough).max();
        return Some(last.map_or(Date::MIN, |last| plus_days(last, 1)));
    }
    let after = ends(required, from)
        .filter(|day| *day >= from.today)
        .map(|day| plus_days(day, 1));
    after
        .filter(|day| held(required, *day, from) < required.least)
        .min()
}

fn ends(required: &Required, from: &Standpoint<'_>) -> impl Iterator<Item = Date> {
    let roles = &from.setting.roles;
    let own = roles.holdings_of(&required.role);
    let others = required.or.iter().flat_map(|role| roles.holdings_of(role));
    own.chain(others).filter_map(Holding::last_day)
}

/// How many people hold a role on a day; of a team, anybody of it counts.
fn held(required: &Required, day: Date, from: &Standpoint<'_>) -> usize {
    let roles = &from.setting.roles;
    let mut people: BTreeSet<_> = roles.holders(&required.role, day).into_iter().collect();
    for role in &required.or {
        people.extend(roles.holders(role, day));
    }
    people.len()
}

/// Whose work it is: the manager's; the chair's when there is no manager.
fn owner(role: &Role, from: &Standpoint<'_>) -> Owner {
    let no_manager = from
        .setting
        .roles
        .holders(&Role::Manager, from.today)
        .is_empty();
    match role {
        Role::Manager => Owner::role(Role::Chair.key()),
        _ if no_manager => Owner::role(Role::Chair.key()),
        _ => Owner::role(Role::Manager.key()),
    }
}

fn row(holding: &Holding) -> Row {
    let until = match holding.last_day() {
        _ if holding.is_empty() => Cell::Text("taken back before it began".to_owned()),
        Some(last) => Cell::Day(last),
        None => Cell::Empty,
    };
    Row {
        cells: vec![
            Cell::Text(holding.role.in_words()),
            Cell::Person(holding.person),
            Cell::Day(holding.from),
            until,
        ],
        seq: holding.seq,
        at: holding.at,
    }
}
