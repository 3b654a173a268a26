//! filter.provider: the connection and its filtering are provided and maintained by named parties.
//! Each that the policy names is on record; what it is a member of or accredited for, and its
//! contract, are looked at before they end; each is looked back on once a year.

use crate::{
    filter::{
        register::evidence::Known,
        words::{self, SERVICES, STANDINGS},
    },
    roles::{role::Role, since::adopted},
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{date_in_words, minus_days, plus_days},
    value::{Value, Words},
};
use serde::Deserialize;

/// How often a provider is looked back on, where the policy does not say.
const EVERY: Every = Every::Years(1);
/// For how many days before something ends it is shown.
const AHEAD_DAYS: i64 = 42;
/// Within how many days a provider that the policy names is put on record.
const NAME_WITHIN_DAYS: i64 = 14;

/// The connection and its filtering are provided by named parties.
#[derive(Deserialize)]
pub(super) struct Provider {
    /// The providers that the policy names.
    #[serde(default)]
    providers: Words,
    /// How often they are looked back on.
    #[serde(default)]
    review_every: Option<Value>,
    /// By whom the policy says that the filtering is accredited.
    #[serde(default)]
    accredited_by: Words,
}

impl Control for Provider {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let known = from.setting.filter.evidence().all_providers();
        let rows = known.map(|known| {
            let does = known.about.does.iter().map(|key| words::of(SERVICES, key));
            let standings = known.about.standings.iter().map(|one| {
                let until = date_in_words(one.until);
                format!("{}, until {until}", words::of(STANDINGS, &one.what))
            });
            Row {
                cells: vec![
                    Cell::Said(known.about.name.clone()),
                    Cell::Text(does.collect::<Vec<_>>().join("; ")),
                    Cell::Said(known.about.contact.clone()),
                    Cell::Said(known.about.contract.clone()),
                    known.about.until.map_or(Cell::Empty, Cell::Day),
                    Cell::Said(standings.collect::<Vec<_>>().join("; ")),
                    known
                        .reviewed
                        .as_ref()
                        .map_or(Cell::Empty, |(at, ..)| Cell::Moment(*at)),
                    known
                        .ended
                        .as_ref()
                        .map_or(Cell::Empty, |(at, _)| Cell::Moment(*at)),
                ],
                seq: known.seq,
                at: known.at,
            }
        });
        Some(Register {
            title: "Providers".to_owned(),
            columns: vec![
                "Provider",
                "Provides",
                "Contact",
                "Contract",
                "Until",
                "Member of, accredited for",
                "Reviewed",
                "Ended",
            ],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let known = from.setting.filter.evidence();
        let mut duties = Vec::new();
        for words in self.providers.iter() {
            if known.providers().any(|own| answers(own, words)) {
                continue;
            }
            let since = adopted(from);
            duties.push(
                Duty::new(
                    format!("Record who our “{words}” is"),
                    owner(),
                    plus_days(since, NAME_WITHIN_DAYS),
                )
                .opens(since)
                .at("/filter/providers/add")
                .about(format!("provider:{words}")),
            );
        }
        for own in known.providers() {
            duties.push(self.review(own, from));
            duties.extend(self.endings(own));
        }
        duties
    }
}

impl Provider {
    fn review(&self, own: &Known, from: &Standpoint<'_>) -> Duty {
        let said = self.review_every.as_ref().map(Value::in_words);
        let every = said.and_then(|words| Every::read(&words)).unwrap_or(EVERY);
        let last = own.reviewed.as_ref().map(|(at, ..)| at.date());
        let since = last.unwrap_or_else(|| own.at.date());
        let due = every.after(since, from.calendar());
        Duty::new(
            format!(
                "Review the connection and its filtering with {}",
                own.about.name
            ),
            owner(),
            due,
        )
        .opens(minus_days(due, AHEAD_DAYS).max(since))
        .at(format!("/filter/providers/review?provider={}", own.number))
        .about(format!("provider-review:{}:{since}", own.number))
        .from([own.seq])
    }

    /// What ends soon or has ended: the contract, and what the provider is accredited for.
    fn endings(&self, own: &Known) -> Vec<Duty> {
        let contract = own
            .about
            .until
            .map(|until| ("the contract".to_owned(), until));
        let standings = own
            .about
            .standings
            .iter()
            .map(|one| (words::within(STANDINGS, &one.what), one.until));
        let mut duties: Vec<Duty> = contract
            .into_iter()
            .chain(standings)
            .map(|(what, until)| {
                Duty::new(
                    format!("Ask {} whether it goes on: {what}", own.about.name),
                    owner(),
                    until,
                )
                .opens(minus_days(until, AHEAD_DAYS))
                .at(format!("/filter/providers/add?provider={}", own.number))
                .about(format!("provider-ends:{}:{what}:{until}", own.number))
                .from([own.seq])
            })
            .collect();
        let filters = own.about.does.iter().any(|key| key == "filtering");
        let named: Vec<&str> = self.accredited_by.iter().collect();
        if filters && !named.is_empty() && own.about.standings.is_empty() {
            let since = own.at.date();
            duties.push(
                Duty::new(
                    format!(
                        "Record what {} is accredited for now; our policy speaks of {}",
                        own.about.name,
                        named.join(", ")
                    ),
                    owner(),
                    plus_days(since, NAME_WITHIN_DAYS),
                )
                .opens(since)
                .at(format!("/filter/providers/add?provider={}", own.number))
                .about(format!("accredited:{}", own.number))
                .from([own.seq]),
            );
        }
        duties
    }
}

fn owner() -> Owner {
    Owner::role(Role::Manager.key())
}

/// Whether a provider is the one that the policy speaks of.
fn answers(own: &Known, words: &str) -> bool {
    let same = |text: &str| text.trim().eq_ignore_ascii_case(words.trim());
    same(&own.about.named) || same(&own.about.name)
}
