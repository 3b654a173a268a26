//! Exceptional access: who asked, who agreed, how long, what was looked at meanwhile, and who looked
//! at it afterwards.

use crate::{
    access::entries::{Entry as AccessEntry, exceptions::Entry, looks::Record},
    roles::role::Role,
    spine::{act::Person, setting::At},
};
use kernel::{moment::Moment, sealed::Private};
use serde::{Deserialize, Serialize};

/// How long a request waits for a second person, in minutes.
pub const AGREE_MINUTES: i64 = 30;
/// The most that is kept of what was looked at, for each.
const LOOKS_MAX: usize = 500;

/// Exceptional access, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Exceptions(Vec<Exception>);

/// Exceptional access that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Its number.
    pub number: u32,
    /// Who asked.
    pub by: Person,
    /// In whose place.
    pub role: Role,
    /// Why.
    pub why: Private<String>,
    /// For how many minutes.
    pub minutes: u16,
    /// When it was asked for.
    pub asked: Moment,
    /// The entry.
    pub seq: u64,
    /// Who agreed.
    pub agreed: Option<Agreement>,
    /// When it was ended before its time.
    pub ended: Option<Moment>,
    /// What was looked at meanwhile.
    pub looks: Vec<LookedAt>,
    /// Who looked at it afterwards.
    pub seen: Vec<Review>,
}

/// A second person agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Who.
    pub by: Person,
    /// When.
    pub at: Moment,
    /// Until when it runs.
    pub until: Moment,
    /// The entry.
    pub seq: u64,
}

/// Something that was looked at meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// What.
    pub record: Record,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Somebody looked at it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub by: Person,
    /// In which roles.
    pub roles: Vec<Role>,
    /// What they found.
    pub says: Private<String>,
    /// When.
    pub at: Moment,
}

impl Exception {
    /// Whether it waits for a second person.
    #[must_use]
    pub fn waits(&self, now: Moment) -> bool {
        self.agreed.is_none()
            && self.ended.is_none()
            && now <= self.asked.plus_minutes(AGREE_MINUTES)
    }

    /// Whether it runs.
    #[must_use]
    pub fn runs(&self, now: Moment) -> bool {
        let within = |agreed: Agreement| agreed.at <= now && now < agreed.until;
        self.ended.is_none() && self.agreed.is_some_and(within)
    }

    /// Whether it waits or runs.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        self.waits(now) || self.runs(now)
    }

    /// Whether somebody asked for it or agreed to it.
    #[must_use]
    pub fn took_part(&self, person: Person) -> bool {
        self.by == person || self.agreed.is_some_and(|agreed| agreed.by == person)
    }

    /// When it was over, or will be.
    #[must_use]
    pub fn over(&self) -> Option<Moment> {
        let until = self.agreed?.until;
        Some(self.ended.map_or(until, |ended| ended.min(until)))
    }
}

impl Exceptions {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let Some(by) = at.by.person() else {
            return;
        };
        match entry {
            Entry::Asked(fact) => self.0.push(Exception {
                number: fact.number,
                by,
                role: fact.role.clone(),
                why: fact.why.clone(),
                minutes: fact.minutes,
                asked: at.moment,
                seq: at.seq,
                agreed: None,
                ended: None,
                looks: Vec::new(),
                seen: Vec::new(),
            }),
            Entry::Agreed(fact) => self.change(fact.number, |one| {
                one.agreed = Some(Agreement {
                    by,
                    at: at.moment,
                    until: at.moment.plus_minutes(i64::from(fact.minutes)),
                    seq: at.seq,
                });
            }),
            Entry::Ended(fact) => self.change(fact.number, |one| one.ended = Some(at.moment)),
            Entry::Seen(fact) => self.change(fact.number, |one| {
                one.seen.push(Review {
                    by,
                    roles: fact.roles.clone(),
                    says: fact.says.clone(),
                    at: at.moment,
                });
            }),
        }
    }

    /// What is looked at while it runs is listed with it.
    pub(super) fn hear(&mut self, entry: &AccessEntry, at: At<'_>) {
        let (AccessEntry::Look(looked), Some(by)) = (entry, at.by.person()) else {
            return;
        };
        let running = self
            .0
            .iter_mut()
            .rfind(|one| one.by == by && one.runs(at.moment));
        if let Some(one) = running
            && one.looks.len() < LOOKS_MAX
        {
            one.looks.push(LookedAt {
                record: looked.look().record.clone(),
                at: at.moment,
                seq: at.seq,
            });
        }
    }

    fn change(&mut self, number: u32, how: impl FnOnce(&mut Exception)) {
        if let Some(one) = self.0.iter_mut().rfind(|one| one.number == number) {
            how(one);
        }
    }

    /// All, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Exception] {
        &self.0
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&Exception> {
        self.0.iter().rfind(|one| one.number == number)
    }

    /// Those that somebody asked for.
    pub fn of(&self, person: Person) -> impl Iterator<Item = &Exception> + Clone {
        self.0.iter().filter(move |one| one.by == person)
    }

    /// The one that runs for somebody now.
    #[must_use]
    pub fn running(&self, person: Person, now: Moment) -> Option<&Exception> {
        let mut newest = self.0.iter().rev();
        newest.find(|one| one.by == person && one.runs(now))
    }

    /// The number that the next one gets.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.0
            .last()
            .map_or(1, |last| last.number.saturating_add(1))
    }
}
