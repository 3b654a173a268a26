//! How monitoring stands: alerts and what came of them, who looked at what, which days are over, checks
//! by hand, the assessment, and the reviews of all this. Traces themselves are not here.

use super::{
    entries::{
        Assessed, CheckPicked, Checked, DayClosed, Entry, Looked, Raised, Said, Talked, Thing,
        Wanted,
    },
    kinds::Severity,
};
use crate::{
    concerns::matter,
    roles::role::Role,
    spine::{
        act::{Person, Room},
        setting::At,
    },
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many alerts and looks are kept in the state; the ledger has all.
const EACH_MAX: usize = 20_000;
/// How many days, checks, talks and reviews.
const OTHERS_MAX: usize = 2_000;

/// How monitoring stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    alerts: BTreeMap<u32, Alert>,
    looks: BTreeMap<u32, Look>,
    days: BTreeMap<Date, Day>,
    checks: BTreeMap<u32, Check>,
    talks: Vec<Talk>,
    assessments: Vec<Assessment>,
    uses: Vec<UseReview>,
    reviews: Vec<Review>,
    supports: Vec<Support>,
}

/// An alert.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// Its number, among those of alerts.
    pub number: u32,
    /// What tells it from others while it goes on.
    pub series: String,
    /// The theme.
    pub theme: String,
    /// How soon.
    pub severity: Severity,
    /// The device.
    pub device: Option<u32>,
    /// Whom it belonged to, or was signed out to.
    pub person: Option<Person>,
    /// Where it was.
    pub room: Option<Room>,
    /// The opening of the internet that was on.
    pub session: Option<u32>,
    /// What was asked for.
    pub asked: Private<Wanted>,
    /// Who is told.
    pub roles: Vec<Role>,
    /// Who is not.
    pub excluded: Vec<Person>,
    /// When it was asked for first.
    pub first: Moment,
    /// When last.
    pub last: Moment,
    /// How often.
    pub count: u32,
    /// When it came.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// The concern that it became, by whom, and when.
    pub became: Option<(u32, Option<Person>, Moment)>,
    /// It was dismissed.
    pub dismissed: Option<Dismissal>,
}

/// An alert was dismissed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dismissal {
    /// Why.
    pub why: Private,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// Whether chance picked it for a second look.
    pub picked: bool,
    /// Who looked again, when, and what they say.
    pub again: Option<(Option<Person>, Moment, Private)>,
}

/// Somebody looked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Look {
    /// Its number, among those of looks.
    pub number: u32,
    /// Whose.
    pub person: Option<Person>,
    /// On which device.
    pub device: Option<u32>,
    /// Everybody whom it is about as far as it is known.
    pub people: Vec<Person>,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why.
    pub said: Private<Said>,
    /// Until when it is open to whoever looked.
    pub until: Moment,
    /// The concern for which the trace was kept.
    pub concern: Option<u32>,
    /// Whether chance picked it.
    pub picked: bool,
    /// Who looked.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Whether it was looked through, and when.
    pub reviewed: Option<Moment>,
}

/// A day of traces that is over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Day {
    /// What was said of it.
    pub closed: DayClosed,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// A check by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Check {
    /// What chance picked.
    pub picked: CheckPicked,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// How it went, by whom, when, and the entry.
    pub done: Option<(Checked, Option<Person>, Moment, u64)>,
}

/// Online safety was talked over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Talk {
    /// What was said of it.
    pub talked: Talked,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// The impact assessment, as it was written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assessment {
    /// What it says.
    pub assessed: Assessed,
    /// By whom.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// The reports were looked through.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UseReview {
    /// What comes of it.
    pub found: String,
    /// By whom.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// The work of those who monitor was looked through.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Review {
    /// What was found.
    pub found: Private,
    /// By whom.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// Support was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Support {
    /// To whom.
    pub person: Person,
    /// How.
    pub how: Private,
    /// By whom.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let (by, seq, moment) = (at.by.person(), at.seq, at.moment);
        match entry {
            Entry::Raised(fact) => {
                self.alerts.insert(fact.case, Alert::of(fact, at));
                bound(&mut self.alerts, EACH_MAX);
            }
            Entry::Repeated(fact) => self.change(fact.case, |alert| {
                alert.count = fact.count;
                alert.last = fact.last;
            }),
            Entry::Became(fact) => self.change(fact.case, |alert| {
                alert.became = Some((fact.concern, by, moment));
            }),
            Entry::Dismissed(fact) => self.change(fact.case, |alert| {
                alert.dismissed = Some(Dismissal {
                    why: fact.why.clone(),
                    by,
                    at: moment,
                    picked: fact.picked,
                    again: None,
                });
            }),
            Entry::SecondLooked(fact) => self.change(fact.case, |alert| {
                if !fact.right {
                    alert.dismissed = None;
                } else if let Some(dismissed) = &mut alert.dismissed {
                    dismissed.again = Some((by, moment, fact.why.clone()));
                }
            }),
            Entry::Looked(fact) => {
                self.looks.insert(fact.case, Look::of(fact, at));
                bound(&mut self.looks, EACH_MAX);
            }
            Entry::DayClosed(fact) => {
                let closed = fact.clone();
                let day = Day {
                    closed,
                    seq,
                    at: moment,
                };
                self.days.insert(fact.day, day);
                bound(&mut self.days, OTHERS_MAX);
            }
            Entry::CheckPicked(fact) => {
                let check = Check {
                    picked: fact.clone(),
                    at: moment,
                    seq,
                    done: None,
                };
                self.checks.insert(fact.check, check);
                bound(&mut self.checks, OTHERS_MAX);
            }
            Entry::Checked(fact) => {
                if let Some(check) = self.checks.get_mut(&fact.check) {
                    check.done = Some((fact.clone(), by, moment, seq));
                }
            }
            Entry::Talked(_)
            | Entry::Assessed(_)
            | Entry::UseReviewed(_)
            | Entry::MonitorsReviewed(_)
            | Entry::Supported(_) => self.fold_reviews(entry, at),
        }
    }

    /// What people wrote down about monitoring itself.
    fn fold_reviews(&mut self, entry: &Entry, at: At<'_>) {
        let (by, seq, at) = (at.by.person(), at.seq, at.moment);
        match entry {
            Entry::Talked(fact) => {
                let talked = fact.clone();
                push(&mut self.talks, Talk { talked, seq, at });
            }
            Entry::Assessed(fact) => {
                let assessed = fact.clone();
                let assessment = Assessment {
                    assessed,
                    by,
                    seq,
                    at,
                };
                push(&mut self.assessments, assessment);
            }
            Entry::UseReviewed(fact) => {
                let found = fact.found.clone();
                push(&mut self.uses, UseReview { found, by, seq, at });
            }
            Entry::MonitorsReviewed(fact) => {
                for number in &fact.looks {
                    if let Some(look) = self.looks.get_mut(number) {
                        look.reviewed = Some(at);
                    }
                }
                let found = fact.found.clone();
                push(&mut self.reviews, Review { found, by, seq, at });
            }
            Entry::Supported(fact) => {
                let support = Support {
                    person: fact.person,
                    how: fact.how.clone(),
                    by,
                    seq,
                    at,
                };
                push(&mut self.supports, support);
            }
            Entry::Raised(_)
            | Entry::Repeated(_)
            | Entry::Became(_)
            | Entry::Dismissed(_)
            | Entry::SecondLooked(_)
            | Entry::Looked(_)
            | Entry::DayClosed(_)
            | Entry::CheckPicked(_)
            | Entry::Checked(_) => {}
        }
    }

    fn change(&mut self, number: u32, how: impl FnOnce(&mut Alert)) {
        if let Some(alert) = self.alerts.get_mut(&number) {
            how(alert);
        }
    }

    /// All alerts, in the order in which they came.
    pub fn alerts(&self) -> impl DoubleEndedIterator<Item = &Alert> {
        self.alerts.values()
    }

    /// One of them.
    #[must_use]
    pub fn alert(&self, number: u32) -> Option<&Alert> {
        self.alerts.get(&number)
    }

    /// The alert of a series that is going on.
    #[must_use]
    pub fn of_series(&self, series: &str) -> Option<&Alert> {
        let own = |alert: &&Alert| alert.series == series;
        self.alerts.values().rev().take(200).find(own)
    }

    /// The number of the next alert.
    #[must_use]
    pub fn next_alert(&self) -> u32 {
        next(&self.alerts, matter::ALERT)
    }

    /// All looks, in their order.
    pub fn looks(&self) -> impl DoubleEndedIterator<Item = &Look> {
        self.looks.values()
    }

    /// One of them.
    #[must_use]
    pub fn look(&self, number: u32) -> Option<&Look> {
        self.looks.get(&number)
    }

    /// The number of the next look.
    #[must_use]
    pub fn next_look(&self) -> u32 {
        next(&self.looks, matter::LOOK)
    }

    /// The days that are over, the earliest first.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = &Day> {
        self.days.values()
    }

    /// One of them.
    #[must_use]
    pub fn day(&self, day: Date) -> Option<&Day> {
        self.days.get(&day)
    }

    /// The checks by hand, in their order.
    pub fn checks(&self) -> impl DoubleEndedIterator<Item = &Check> {
        self.checks.values()
    }

    /// One of them.
    #[must_use]
    pub fn check(&self, number: u32) -> Option<&Check> {
        self.checks.get(&number)
    }

    /// The number of the next check.
    #[must_use]
    pub fn next_check(&self) -> u32 {
        next(&self.checks, 0)
    }

    /// When online safety was talked over, the latest last.
    #[must_use]
    pub fn talks(&self) -> &[Talk] {
        &self.talks
    }

    /// The impact assessment as it stands, and those before it, the latest last.
    #[must_use]
    pub fn assessments(&self) -> &[Assessment] {
        &self.assessments
    }

    /// When the reports were looked through, the latest last.
    #[must_use]
    pub fn use_reviews(&self) -> &[UseReview] {
        &self.uses
    }

    /// When the work of those who monitor was looked through, the latest last.
    #[must_use]
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// The support that was given, the latest last.
    #[must_use]
    pub fn supports(&self) -> &[Support] {
        &self.supports
    }
}

fn next<T>(all: &BTreeMap<u32, T>, before: u32) -> u32 {
    let last = all.last_key_value().map(|(number, _)| *number);
    last.unwrap_or(before).saturating_add(1)
}

fn bound<K: Ord, T>(all: &mut BTreeMap<K, T>, most: usize) {
    if all.len() > most {
        all.pop_first();
    }
}

fn push<T>(all: &mut Vec<T>, one: T) {
    if all.len() >= OTHERS_MAX {
        all.remove(0);
    }
    all.push(one);
}

impl Alert {
    fn of(fact: &Raised, at: At<'_>) -> Alert {
        Alert {
            number: fact.case,
            series: fact.series.clone(),
            theme: fact.theme.clone(),
            severity: fact.severity,
            device: fact.device,
            person: fact.person,
            room: fact.room,
            session: fact.session,
            asked: fact.asked.clone(),
            roles: fact.roles.clone(),
            excluded: fact.excluded.clone(),
            first: fact.first,
            last: fact.first,
            count: fact.count,
            at: at.moment,
            seq: at.seq,
            became: None,
            dismissed: None,
        }
    }

    /// Whether nobody has said yet what it is.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.became.is_none() && self.dismissed.is_none()
    }

    /// Whether it was dismissed, and somebody else has to look at it again.
    #[must_use]
    pub fn waits_again(&self) -> bool {
        let dismissed = self.dismissed.as_ref();
        dismissed.is_some_and(|one| one.picked && one.again.is_none())
    }

    /// How it stands, in words.
    #[must_use]
    pub fn in_words(&self) -> &'static str {
        match (&self.became, &self.dismissed) {
            (Some(_), _) => "Became a concern",
            (None, None) => "Waits",
            (None, Some(_)) if self.waits_again() => "Dismissed, waits for a second look",
            (None, Some(_)) => "Dismissed",
        }
    }
}

impl Look {
    fn of(fact: &Looked, at: At<'_>) -> Look {
        Look {
            number: fact.case,
            person: fact.person,
            device: fact.device,
            people: fact.people.clone(),
            first: fact.first,
            last: fact.last,
            said: fact.said.clone(),
            until: fact.until,
            concern: fact.concern,
            picked: fact.picked,
            by: at.by.person(),
            at: at.moment,
            seq: at.seq,
            reviewed: None,
        }
    }
}

impl Thing {
    /// For people; a person and a device as the register has them.
    #[must_use]
    pub fn in_words(&self, setting: &crate::spine::setting::Setting) -> String {
        match self {
            Thing::Device(device) => setting.devices.name(*device).to_owned(),
            Thing::Account(person) => format!("The account of {}", person.mark()),
            Thing::Named(words) => words.clone(),
        }
    }
}
