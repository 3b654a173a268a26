//! agreements.induction: whoever starts here goes through a list with dates: the policy, the
//! agreement, training, phones, social media, reporting, and what the policy names. What the program
//! sees by itself is ticked by itself; the manager sees that it is complete.

use crate::{
    agreements::induction::{self, About, Item},
    roles::role::Role,
    spine::{
        act::Person,
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, plus_days},
    value::Words,
};
use serde::Deserialize;

/// How long a starter has, in days.
pub(crate) const WITHIN_DAYS: i64 = 28;
/// How long the manager has to see that it is complete, in days.
const SEEN_WITHIN_DAYS: i64 = 7;

/// Induction covers online safety.
#[derive(Deserialize)]
pub(super) struct Induction {
    /// The list.
    #[serde(default)]
    items: Words,
}

impl Control for Induction {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let started = from.setting.agreements.started();
        let row = |person, what: String, seq, at: kernel::moment::Moment| Row {
            cells: vec![Cell::Day(at.date()), Cell::Person(person), Cell::Text(what)],
            seq,
            at,
        };
        let done = started.all_done();
        let mut rows: Vec<Row> = done
            .map(|(person, item, seq, at)| row(person, format!("Did: {item}"), seq, at))
            .collect();
        let seen = started.all_seen();
        rows.extend(seen.map(|(person, seen)| {
            row(person, "Seen to be complete".to_owned(), seen.seq, seen.at)
        }));
        let items = induction::items(&self.items);
        for (person, _) in induction::starters(from.setting, from.today) {
            let of = induction::of(from.setting, &items, person, from.today);
            let by_itself = of.iter().filter(|item| item.by_itself);
            rows.extend(by_itself.filter_map(|item| {
                let (seq, at) = item.done?;
                Some(row(person, format!("Did: {}", item.words), seq, at))
            }));
        }
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Induction of new starters".to_owned(),
            columns: vec!["Day", "Who", "What"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let items = induction::items(&self.items);
        let starters = induction::starters(from.setting, from.today).into_iter();
        starters
            .filter(|(person, _)| from.setting.agreements.started().seen(*person).is_none())
            .filter_map(|(person, since)| {
                let of = induction::of(from.setting, &items, person, from.today);
                owed(person, since, &of, from)
            })
            .collect()
    }
}

fn owed(person: Person, since: Date, items: &[Item], from: &Standpoint<'_>) -> Option<Duty> {
    let due = plus_days(since, WITHIN_DAYS);
    let at = format!("/induction/{person}");
    if items.iter().any(|item| item.done.is_none()) {
        let own = from.setting.access.has_account(person);
        let (what, owner) = if own {
            let about = items.iter().filter(|item| item.done.is_none());
            let open: Vec<&str> = about.map(|item| item.words.as_str()).collect();
            let what = format!("Finish your induction: {}", open.join(", "));
            (what, Owner::Person(person.0))
        } else {
            let what = format!("Go through the induction of {}", person.mark());
            (what, manager())
        };
        let duty = Duty::new(what, owner, due)
            .opens(since)
            .at(at)
            .about(format!("induction:{person}"));
        return Some(duty);
    }
    let last = items
        .iter()
        .filter_map(|item| item.done)
        .map(|(_, at)| at)
        .max()?;
    let day = last.date();
    Some(
        Duty::new(
            format!("See that the induction of {} is complete", person.mark()),
            manager(),
            due.max(plus_days(day, SEEN_WITHIN_DAYS)),
        )
        .opens(day)
        .at(at)
        .about(format!("induction-seen:{person}")),
    )
}

fn manager() -> Owner {
    Owner::role(Role::Manager.key())
}

/// Where an item is done, when the program has a page for it.
pub(crate) fn place(about: About) -> Option<&'static str> {
    match about {
        About::Policy => Some("/policy/read"),
        About::Agreement => Some("/agreements"),
        About::Training | About::Phones | About::SocialMedia | About::Reporting | About::Other => {
            None
        }
    }
}
