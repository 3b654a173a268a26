//! Files that move, as they stand: what is owed, what was sent and fetched and confirmed, what came
//! in, and where cases came from. What they say stays sealed.

use super::entries::{Arrived, Entry, Origin, Sent};
use crate::{
    concerns::matter,
    spine::{act::Person, setting::At},
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// After so many wrong codes a link is shut.
pub const TRIES_MAX: u32 = 10;

/// Files that move.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    out: BTreeMap<u32, Out>,
    inward: BTreeMap<u32, Inward>,
    owed: BTreeMap<u32, Owing>,
    origins: BTreeMap<u32, (Private<Origin>, BTreeSet<u64>)>,
    links: BTreeMap<String, u32>,
    looked: BTreeMap<Person, Date>,
}

/// A file that has to move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owing {
    /// The last day.
    pub due: Date,
    /// The entry.
    pub seq: u64,
    /// When it was found.
    pub at: Moment,
}

/// A file that was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Out {
    /// What was sent.
    pub sent: Sent,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Wrong codes that were tried.
    pub tries: u32,
    /// When it was fetched, each time.
    pub fetched: Vec<Moment>,
    /// Who confirmed it, by which key, and when.
    pub confirmed: Option<(Private, Option<String>, Moment)>,
    /// Why it was called back, and when.
    pub withdrawn: Option<(Private, Moment)>,
}

/// How a file stands that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be fetched.
    Open,
    /// It has arrived.
    Confirmed,
    /// It was called back.
    Withdrawn,
    /// Too many wrong codes were tried.
    Shut,
    /// The day of the link is over.
    Over,
}

/// A file that came in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inward {
    /// What came in.
    pub arrived: Arrived,
    /// Who took it in.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// The cases that it became.
    pub into: Vec<u32>,
    /// Why it was turned away.
    pub turned: Option<Private>,
}

impl Out {
    /// How it stands on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> State {
        if self.confirmed.is_some() {
            State::Confirmed
        } else if self.withdrawn.is_some() {
            State::Withdrawn
        } else if self.tries >= TRIES_MAX {
            State::Shut
        } else if today > self.sent.until {
            State::Over
        } else {
            State::Open
        }
    }
}

impl Inward {
    /// Whether it still has to be looked at.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.into.is_empty() && self.turned.is_none()
    }
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::LookedRound(fact) => self.looked.extend(fact.left.iter().copied()),
            Entry::Owed(fact) => {
                let owing = Owing {
                    due: fact.due,
                    seq: at.seq,
                    at: at.moment,
                };
                self.owed.insert(fact.case, owing);
            }
            Entry::NotNeeded(fact) => {
                self.owed.remove(&fact.case);
            }
            Entry::Sent(fact) => self.send(fact, at),
            Entry::Tried(fact) => self.change(fact.case, |out| {
                out.tries = out.tries.saturating_add(1);
            }),
            Entry::Fetched(fact) => self.change(fact.case, |out| out.fetched.push(at.moment)),
            Entry::Confirmed(fact) => self.change(fact.case, |out| {
                out.confirmed = Some((fact.by.clone(), fact.signed.clone(), at.moment));
            }),
            Entry::Withdrawn(fact) => self.change(fact.case, |out| {
                out.withdrawn = Some((fact.why.clone(), at.moment));
            }),
            Entry::Arrived(fact) => {
                let inward = Inward {
                    arrived: Arrived::clone(fact),
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    into: Vec::new(),
                    turned: None,
                };
                self.inward.insert(fact.case, inward);
            }
            Entry::TakenIn(fact) => {
                if let Some(inward) = self.inward.get_mut(&fact.case) {
                    inward.into.clone_from(&fact.into);
                }
            }
            Entry::TurnedAway(fact) => {
                if let Some(inward) = self.inward.get_mut(&fact.case) {
                    inward.turned = Some(fact.why.clone());
                }
            }
            Entry::CameFrom(fact) => {
                let origin = self.origins.entry(fact.case);
                let (_, taken) = origin.or_insert_with(|| (fact.origin.clone(), BTreeSet::new()));
                taken.extend(&fact.taken);
            }
        }
    }

    fn send(&mut self, fact: &Sent, at: At<'_>) {
        let out = Out {
            sent: fact.clone(),
            by: at.by.person(),
            at: at.moment,
            seq: at.seq,
            tries: 0,
            fetched: Vec::new(),
            confirmed: None,
            withdrawn: None,
        };
        for case in &fact.cases {
            self.owed.remove(case);
        }
        self.links.insert(fact.link.clone(), fact.case);
        self.out.insert(fact.case, out);
    }

    fn change(&mut self, number: u32, how: impl FnOnce(&mut Out)) {
        if let Some(out) = self.out.get_mut(&number) {
            how(out);
        }
    }

    /// A file that was sent.
    #[must_use]
    pub fn out(&self, number: u32) -> Option<&Out> {
        self.out.get(&number)
    }

    /// All that were sent.
    pub fn all_out(&self) -> impl DoubleEndedIterator<Item = &Out> {
        self.out.values()
    }

    /// The file that a link is for, by the SHA-256 of its secret.
    #[must_use]
    pub fn linked(&self, link: &str) -> Option<&Out> {
        self.out.get(self.links.get(link)?)
    }

    /// A file that came in.
    #[must_use]
    pub fn inward(&self, number: u32) -> Option<&Inward> {
        self.inward.get(&number)
    }

    /// All that came in.
    pub fn all_inward(&self) -> impl DoubleEndedIterator<Item = &Inward> {
        self.inward.values()
    }

    /// Cases whose files have to move.
    pub fn owed(&self) -> impl Iterator<Item = (u32, &Owing)> {
        self.owed.iter().map(|(case, owing)| (*case, owing))
    }

    /// Whether the file of a case has to move.
    #[must_use]
    pub fn owes(&self, case: u32) -> Option<&Owing> {
        self.owed.get(&case)
    }

    /// Cases that came from elsewhere: what each was there, and which lines of it are here.
    pub fn origins(&self) -> impl Iterator<Item = (u32, &(Private<Origin>, BTreeSet<u64>))> {
        self.origins.iter().map(|(case, origin)| (*case, origin))
    }

    /// What a case was elsewhere.
    #[must_use]
    pub fn origin(&self, case: u32) -> Option<&Private<Origin>> {
        self.origins.get(&case).map(|(origin, _)| origin)
    }

    /// Whether it was looked for a child with this last day.
    #[must_use]
    pub fn has_looked(&self, child: Person, last: Date) -> bool {
        self.looked.get(&child) == Some(&last)
    }

    /// Whether the file of a case was sent and not called back.
    #[must_use]
    pub fn is_sent(&self, case: u32) -> bool {
        let all = self.out.values();
        all.filter(|out| out.withdrawn.is_none())
            .any(|out| out.sent.cases.contains(&case))
    }

    /// The number of the next.
    #[must_use]
    pub fn next(&self) -> u32 {
        let last = self.out.keys().chain(self.inward.keys()).max().copied();
        last.unwrap_or(matter::TRANSFER).saturating_add(1)
    }
}
