//! policy.publication: everybody whom the policy binds can read it; who has read it is kept, and the
//! policies beside it are on file.

use super::clause_ids;
use crate::{
    people::group::Group,
    policy::{
        asks,
        entries::groups_in_words,
        register::{Linked, Version},
    },
    roles::role::Role,
    spine::{
        act::Person,
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{date_in_words, plus_days},
    value::Words,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How long people have to read a new version, in days.
const READ_WITHIN_DAYS: i64 = 28;
/// How long a setting has to send out a version or to put a linked policy on file, in days.
const FILE_WITHIN_DAYS: i64 = 28;

/// Everyone bound by the policy can read it.
#[derive(Deserialize)]
pub(super) struct Publication {
    #[serde(default)]
    audiences: Words,
    #[serde(default)]
    linked: Words,
}

impl Control for Publication {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let policy = &from.setting.policy;
        let current = policy.adopted().map_or(0, |version| version.number);
        let mut rows: Vec<Row> = policy
            .readings()
            .map(|(person, version, seq, at)| Row {
                cells: vec![
                    Cell::Day(at.date()),
                    Cell::Text(format!("Read version {version}")),
                    Cell::Person(person),
                    Cell::Text(if version == current {
                        "in force".to_owned()
                    } else {
                        "earlier version".to_owned()
                    }),
                ],
                seq,
                at,
            })
            .collect();
        rows.extend(policy.sent().iter().map(|sent| Row {
            cells: vec![
                Cell::Day(sent.on),
                Cell::Text(format!(
                    "Version {} sent to {}",
                    sent.version,
                    groups_in_words(&sent.groups)
                )),
                Cell::Empty,
                Cell::Said(sent.way.clone()),
            ],
            seq: sent.seq,
            at: sent.at,
        }));
        rows.extend(policy.all_linked().map(linked_row));
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Who has read the policy, how it was sent out, and the policies beside it"
                .to_owned(),
            columns: vec!["Day", "What", "Who", "More"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let Some(current) = from.setting.policy.adopted() else {
            return Vec::new();
        };
        let groups = asks::groups(self.audiences.iter());
        let mut duties = reading(&groups, current, from);
        duties.extend(sending(&groups, current, from));
        duties.extend(self.filing(current, from));
        duties
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let policy = &from.setting.policy;
        let Some(current) = policy.adopted() else {
            return Vec::new();
        };
        let mut says = vec![format!(
            "Version {} of our policy has been in force since {}. You can read it here at any time.",
            current.number,
            date_in_words(current.at.date())
        )];
        if !self.linked.is_empty() {
            says.push(format!(
                "It is to be read together with these policies: {}.",
                self.linked.iter().collect::<Vec<_>>().join("; ")
            ));
        }
        let groups = asks::groups(self.audiences.iter());
        if !groups.is_empty() {
            says.push(format!(
                "We ask {} to read it and to say that they have.",
                groups_in_words(&groups)
            ));
        }
        vec![Notice {
            to: Audience::Everyone,
            title: "Read our policy".to_owned(),
            says,
            clauses: clause_ids(from),
        }]
    }
}

impl Publication {
    /// Each policy that clauses name is on file, and is looked at again on its day.
    fn filing(&self, current: &Version, from: &Standpoint<'_>) -> Vec<Duty> {
        let policy = &from.setting.policy;
        let duty = |name: &str| {
            let clauses = clauses_that(from, |clause| {
                asks::linked_by(clause)
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(name))
            });
            match policy.linked(name) {
                Some(on_file) => Duty::new(
                    format!("Look again at the policy “{}”", on_file.name),
                    Owner::role(on_file.owner.as_str()),
                    plus_days(on_file.review_on, FILE_WITHIN_DAYS),
                )
                .opens(on_file.review_on)
                .from([on_file.seq]),
                None => Duty::new(
                    format!("Put the policy “{name}” on file, or say where it is kept"),
                    manager(),
                    plus_days(current.at.date(), FILE_WITHIN_DAYS),
                )
                .opens(current.at.date())
                .from([current.seq]),
            }
            .at("/policy/linked")
            .about(format!("linked:{name}"))
            .clauses(clauses)
        };
        self.linked.iter().map(duty).collect()
    }
}

/// Those of the team and the committee who have an account read the version in force themselves.
fn reading(groups: &[Group], current: &Version, from: &Standpoint<'_>) -> Vec<Duty> {
    let (people, access) = (&from.setting.people, &from.setting.access);
    let own: Vec<Group> = groups
        .iter()
        .copied()
        .filter(|group| reads_here(*group))
        .collect();
    let asked: BTreeSet<Person> = own
        .iter()
        .flat_map(|group| people.of(*group, from.today))
        .filter(|person| access.has_account(*person))
        .filter(|person| {
            from.setting
                .policy
                .has_read(*person, current.number)
                .is_none()
        })
        .collect();
    let clauses = clauses_that(from, |clause| clause.values.contains_key("audiences"));
    let duty = |person: Person| {
        let since = [
            Some(current.at.date()),
            people.since(person),
            access.opened(person).map(|at| at.date()),
        ];
        let day = since.into_iter().flatten().max().unwrap_or(from.today);
        Duty::new(
            format!("Read version {} of the policy", current.number),
            Owner::Person(person.0),
            plus_days(day, READ_WITHIN_DAYS),
        )
        .opens(day)
        .at("/policy/read")
        .about(format!("read:{}:{person}", current.number))
        .clauses(clauses.iter().cloned())
        .from([current.seq])
    };
    asked.into_iter().map(duty).collect()
}

/// The version in force is sent to those who can't be asked here: families, and people without an
/// account.
fn sending(groups: &[Group], current: &Version, from: &Standpoint<'_>) -> Vec<Duty> {
    let (people, access) = (&from.setting.people, &from.setting.access);
    let sent = |group: Group| {
        let sent = from.setting.policy.sent().iter();
        sent.filter(|sent| sent.version == current.number)
            .any(|sent| sent.groups.contains(&group))
    };
    let needs = |group: &Group| {
        let mut all = people.of(*group, from.today).peekable();
        let has_people = all.peek().is_some();
        let unreached = all.any(|person| !access.has_account(person));
        *group != Group::Child && has_people && (unreached || !reads_here(*group)) && !sent(*group)
    };
    let clauses = clauses_that(from, |clause| clause.values.contains_key("audiences"));
    let duty = |group: &Group| {
        // Where nobody of the group was here yet, since the first of them came.
        let first = people
            .of(*group, from.today)
            .filter_map(|p| people.since(p));
        let day = first
            .min()
            .map_or(from.today, |first| first.max(current.at.date()));
        Duty::new(
            format!(
                "Send version {} of the policy to {}, such as with a newsletter",
                current.number,
                group.in_words()
            ),
            manager(),
            plus_days(day, FILE_WITHIN_DAYS),
        )
        .opens(day)
        .at("/policy/read")
        .about(format!("send:{}:{}", current.number, group.key()))
        .clauses(clauses.iter().cloned())
        .from([current.seq])
    };
    groups
        .iter()
        .filter(|group| needs(group))
        .map(duty)
        .collect()
}

/// Whether people of a group read the policy here as part of their work.
fn reads_here(group: Group) -> bool {
    Group::TEAM.contains(&group) || group == Group::Committee
}

/// The clauses that a duty is about; all of them where none is meant in particular.
fn clauses_that(
    from: &Standpoint<'_>,
    is_meant: impl Fn(&crate::policy::document::Clause) -> bool,
) -> Vec<String> {
    let clauses = from.bound.clauses.iter();
    clauses
        .filter(|clause| is_meant(clause))
        .map(|clause| clause.id.clone())
        .collect()
}

fn linked_row(linked: &Linked) -> Row {
    Row {
        cells: vec![
            Cell::Day(linked.at.date()),
            Cell::Text(format!("Policy “{}” put on file", linked.name)),
            Cell::Text(Role::from_key(&linked.owner).in_words()),
            Cell::Text(format!(
                "to be looked at on {}",
                date_in_words(linked.review_on)
            )),
        ],
        seq: linked.seq,
        at: linked.at,
    }
}

fn manager() -> Owner {
    Owner::role(Role::Manager.key())
}
