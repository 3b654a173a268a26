//! What is known of whether the filter does what it says: trials and checks, lists, times at which it
//! stood still, providers, lines, mail, pages that were reported, reviews.

use crate::{
    filter::entries::evidence::{
        Came, CheckBegun, DoorRecorded, Entry, LineRecorded, ListFound, ListsFound, MailLookedAt,
        MailNamed, PageReported, Provider, ReviewAsked, Reviewed, SpamReported, StepTaken, Tested,
    },
    spine::{act::Person, setting::At},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many past trials are kept at hand; the ledger has them all.
const TRIALS_MAX: usize = 400;
/// For how many hours a list of what is illegal may go without its source having answered.
pub const ILLEGAL_HOURS_MAX: i64 = 24;

/// What is known of whether the filter does what it says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Evidence {
    trials: Vec<Trial>,
    last: Option<Tested>,
    parts: Option<Tested>,
    lists: Option<Lists>,
    old: BTreeMap<String, Moment>,
    stood: Vec<Stood>,
    checks: BTreeMap<u32, Check>,
    providers: BTreeMap<u32, Known>,
    lines: BTreeMap<u32, Line>,
    doors: BTreeMap<u32, SetUp>,
    mail: Option<MailNamed>,
    looked: Vec<Looked>,
    spam: Vec<Spam>,
    reports: BTreeMap<u32, Report>,
    asked: Vec<Asked>,
    reviews: Vec<Review>,
}

/// A trial that the filter made of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trial {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Why.
    pub occasion: String,
    /// How many questions.
    pub tried: u64,
    /// How many answers were wrong.
    pub wrong: u64,
    /// The first of these, in words.
    pub first: Option<String>,
    /// How many faults were put in on purpose, and noticed.
    pub faults: Option<(u32, u32)>,
}

/// How the lists stood when that last changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lists {
    /// The entry.
    pub seq: u64,
    /// What was found.
    pub found: ListsFound,
}

/// The filter stood still.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stood {
    /// The entry.
    pub seq: u64,
    /// Since when.
    pub since: Moment,
    /// Until when; nothing: it still does.
    pub until: Option<Moment>,
    /// Why.
    pub why: String,
}

/// A check by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Check {
    /// How it began.
    pub begun: CheckBegun,
    /// Who checks.
    pub by: Option<Person>,
    /// When it began.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// What came of each step, and when.
    pub steps: BTreeMap<String, (StepTaken, Moment)>,
}

/// A provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Its number.
    pub number: u32,
    /// What is known of it.
    pub about: Provider,
    /// When that was written down.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Since when it no longer is one, and why.
    pub ended: Option<(Moment, String)>,
    /// When it was last looked back on with it, by whom, and what came of it.
    pub reviewed: Option<(Moment, Option<Person>, String)>,
}

/// A line by which devices reach the internet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// What is known of it.
    pub recorded: LineRecorded,
    /// When that was written down.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Whether it is no longer there.
    pub ended: bool,
}

/// How a device is set up, as somebody wrote it down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetUp {
    /// How.
    pub recorded: DoorRecorded,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// What the domain of the mail said on a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Looked {
    /// What it said.
    pub found: MailLookedAt,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Junk mail that was reported.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spam {
    /// What was reported.
    pub reported: SpamReported,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// A page that should be closed, as somebody says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// What was said.
    pub said: PageReported,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// The change that closed it, if one did; by whom, when and why it was answered.
    pub answer: Option<super::Answer>,
}

/// Something happened for which filtering and monitoring are to be reviewed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// What was asked.
    pub asked: ReviewAsked,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// A review of filtering and monitoring.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Review {
    /// What came of it.
    pub reviewed: Reviewed,
    /// Who wrote it down.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

impl Evidence {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Tested(fact) => self.test(fact, at.seq),
            Entry::ListsFound(fact) => {
                let found = fact.clone();
                self.old.retain(|name, _| is_old(name, fact));
                self.lists = Some(Lists { seq: at.seq, found });
            }
            Entry::ListOld(fact) => {
                self.old.insert(fact.list.clone(), at.moment);
            }
            Entry::StoodStill(fact) => self.stood.push(Stood {
                seq: at.seq,
                since: fact.since,
                until: None,
                why: fact.why.clone(),
            }),
            Entry::RanAgain(fact) => {
                if let Some(stood) = self.stood.last_mut() {
                    stood.until = Some(fact.at);
                }
            }
            Entry::CheckBegun(_) | Entry::StepTaken(_) => self.check_by_hand(entry, at),
            Entry::ProviderNamed(_) | Entry::ProviderEnded(_) | Entry::ProviderReviewed(_) => {
                self.hear_of_provider(entry, at);
            }
            Entry::LineRecorded(fact) => {
                let line = Line {
                    recorded: fact.clone(),
                    at: at.moment,
                    seq: at.seq,
                    ended: false,
                };
                self.lines.insert(fact.line, line);
            }
            Entry::LineEnded(fact) => {
                if let Some(line) = self.lines.get_mut(&fact.line) {
                    line.ended = true;
                }
            }
            Entry::DoorRecorded(fact) => {
                let set_up = SetUp {
                    recorded: fact.clone(),
                    at: at.moment,
                    seq: at.seq,
                };
                self.doors.insert(fact.device, set_up);
            }
            Entry::MailNamed(fact) => self.mail = Some(fact.clone()),
            Entry::MailLookedAt(_) | Entry::SpamReported(_) => self.hear_of_mail(entry, at),
            Entry::PageReported(_) | Entry::ReportAnswered(_) => self.hear_of_page(entry, at),
            Entry::ReviewAsked(fact) => self.asked.push(Asked {
                asked: fact.clone(),
                by: at.by.person(),
                at: at.moment,
                seq: at.seq,
            }),
            Entry::Reviewed(fact) => self.reviews.push(Review {
                reviewed: fact.clone(),
                by: at.by.person(),
                at: at.moment,
                seq: at.seq,
            }),
        }
    }

    fn test(&mut self, fact: &Tested, seq: u64) {
        if self.trials.len() >= TRIALS_MAX {
            self.trials.remove(0);
        }
        self.trials.push(Trial {
            seq,
            at: fact.at,
            occasion: fact.occasion.clone(),
            tried: fact.tried,
            wrong: fact.wrong,
            first: fact.findings.first().cloned(),
            faults: fact.faults,
        });
        if !fact.parts.is_empty() {
            self.parts = Some(fact.clone());
        }
        self.last = Some(fact.clone());
    }

    fn check_by_hand(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::CheckBegun(fact) => {
                let check = Check {
                    begun: fact.clone(),
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    steps: BTreeMap::new(),
                };
                self.checks.insert(fact.check, check);
            }
            Entry::StepTaken(fact) => {
                if let Some(check) = self.checks.get_mut(&fact.check) {
                    let step = (fact.clone(), at.moment);
                    check.steps.insert(fact.step.clone(), step);
                }
            }
            _ => {}
        }
    }

    fn hear_of_provider(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::ProviderNamed(fact) => {
                let before = self.providers.remove(&fact.provider);
                let known = Known {
                    number: fact.provider,
                    about: fact.about.clone(),
                    at: at.moment,
                    seq: at.seq,
                    ended: None,
                    reviewed: before.and_then(|known| known.reviewed),
                };
                self.providers.insert(fact.provider, known);
            }
            Entry::ProviderEnded(fact) => {
                if let Some(known) = self.providers.get_mut(&fact.provider) {
                    known.ended = Some((at.moment, fact.why.clone()));
                }
            }
            Entry::ProviderReviewed(fact) => {
                if let Some(known) = self.providers.get_mut(&fact.provider) {
                    known.reviewed = Some((at.moment, at.by.person(), fact.found.clone()));
                    known.seq = at.seq;
                }
            }
            _ => {}
        }
    }

    fn hear_of_mail(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::MailLookedAt(fact) => self.looked.push(Looked {
                found: fact.clone(),
                at: at.moment,
                seq: at.seq,
            }),
            Entry::SpamReported(fact) => self.spam.push(Spam {
                reported: fact.clone(),
                by: at.by.person(),
                at: at.moment,
                seq: at.seq,
            }),
            _ => {}
        }
    }

    fn hear_of_page(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::PageReported(fact) => {
                let report = Report {
                    said: fact.clone(),
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    answer: None,
                };
                self.reports.insert(fact.report, report);
            }
            Entry::ReportAnswered(fact) => {
                if let Some(report) = self.reports.get_mut(&fact.report) {
                    report.answer = Some(super::Answer {
                        change: fact.closes,
                        by: at.by.person(),
                        at: at.moment,
                        why: fact.why.clone(),
                    });
                }
            }
            _ => {}
        }
    }

    /// The trials, oldest first.
    pub fn trials(&self) -> impl DoubleEndedIterator<Item = &Trial> {
        self.trials.iter()
    }

    /// The last trial.
    #[must_use]
    pub fn last_trial(&self) -> Option<&Tested> {
        self.last.as_ref()
    }

    /// The last trial that says how each part went.
    #[must_use]
    pub fn parts(&self) -> Option<&Tested> {
        self.parts.as_ref()
    }

    /// How the lists stood when that last changed.
    #[must_use]
    pub fn lists(&self) -> Option<&Lists> {
        self.lists.as_ref()
    }

    /// The lists of what is illegal that are too old, by name, with when that was noticed.
    pub fn old(&self) -> impl Iterator<Item = (&str, Moment)> {
        self.old.iter().map(|(name, at)| (name.as_str(), *at))
    }

    /// When the filter stood still, oldest first.
    pub fn stood(&self) -> impl DoubleEndedIterator<Item = &Stood> {
        self.stood.iter()
    }

    /// Whether it stands still.
    #[must_use]
    pub fn stands_still(&self) -> Option<&Stood> {
        self.stood.last().filter(|stood| stood.until.is_none())
    }

    /// The checks by hand, by number.
    pub fn checks(&self) -> impl DoubleEndedIterator<Item = &Check> {
        self.checks.values()
    }

    /// One of them.
    #[must_use]
    pub fn check(&self, number: u32) -> Option<&Check> {
        self.checks.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_check(&self) -> u32 {
        next(&self.checks)
    }

    /// All providers, those that ended among them.
    pub fn all_providers(&self) -> impl Iterator<Item = &Known> {
        self.providers.values()
    }

    /// The providers.
    pub fn providers(&self) -> impl Iterator<Item = &Known> {
        self.all_providers().filter(|known| known.ended.is_none())
    }

    /// One of them.
    #[must_use]
    pub fn provider(&self, number: u32) -> Option<&Known> {
        let known = self.providers.get(&number);
        known.filter(|known| known.ended.is_none())
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_provider(&self) -> u32 {
        next(&self.providers)
    }

    /// The lines by which devices reach the internet.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values().filter(|line| !line.ended)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_line(&self) -> u32 {
        next(&self.lines)
    }

    /// How a device is set up, as somebody wrote it down.
    #[must_use]
    pub fn door(&self, device: u32) -> Option<&SetUp> {
        self.doors.get(&device)
    }

    /// The domain of the mail.
    #[must_use]
    pub fn mail(&self) -> Option<&MailNamed> {
        self.mail.as_ref()
    }

    /// What the domain said, oldest first.
    pub fn looked(&self) -> impl DoubleEndedIterator<Item = &Looked> {
        self.looked.iter()
    }

    /// Junk mail that was reported, oldest first.
    pub fn spam(&self) -> impl DoubleEndedIterator<Item = &Spam> {
        self.spam.iter()
    }

    /// Pages that should be closed, by number.
    pub fn reports(&self) -> impl DoubleEndedIterator<Item = &Report> {
        self.reports.values()
    }

    /// One of them.
    #[must_use]
    pub fn report(&self, number: u32) -> Option<&Report> {
        self.reports.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_report(&self) -> u32 {
        next(&self.reports)
    }

    /// What happened since the last review for which another is due.
    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        let last = self.reviews.last().map_or(0, |review| review.seq);
        self.asked.iter().filter(move |asked| asked.seq > last)
    }

    /// The reviews, oldest first.
    pub fn reviews(&self) -> impl DoubleEndedIterator<Item = &Review> {
        self.reviews.iter()
    }
}

impl Check {
    /// The first step that nobody has taken yet.
    #[must_use]
    pub fn next_step(&self) -> Option<&str> {
        let open = |step: &&String| !self.steps.contains_key(*step);
        self.begun.steps.iter().find(open).map(String::as_str)
    }

    /// When the last step was taken, once all were.
    #[must_use]
    pub fn done(&self) -> Option<Moment> {
        if self.next_step().is_some() {
            return None;
        }
        self.steps.values().map(|(_, at)| *at).max()
    }

    /// How many steps came so.
    #[must_use]
    pub fn count(&self, came: Came) -> usize {
        let so = |(step, _): &&(StepTaken, Moment)| step.came == came;
        self.steps.values().filter(so).count()
    }

    /// What was not as it should be.
    pub fn wrong(&self) -> impl Iterator<Item = &StepTaken> {
        let steps = self.steps.values().map(|(step, _)| step);
        steps.filter(|step| step.came == Came::Wrong)
    }
}

impl ListFound {
    /// Whether it is a list of what is illegal whose source has not answered for too long.
    #[must_use]
    pub fn is_old(&self, now: Moment) -> bool {
        let answered = self.checked.max(self.fetched);
        let fits = answered.is_some_and(|at| now <= at.plus_hours(ILLEGAL_HOURS_MAX));
        self.kind == crate::filter::kinds::ILLEGAL && !fits
    }
}

impl Known {
    /// What it is a member of or accredited for on a day.
    pub fn stands(&self, what: &str, today: Date) -> bool {
        let standings = &self.about.standings;
        standings
            .iter()
            .any(|one| one.what == what && today <= one.until)
    }
}

fn is_old(name: &str, found: &ListsFound) -> bool {
    let own = found.lists.iter().find(|list| list.name == name);
    own.is_some_and(|list| list.is_old(found.at))
}

fn next<T>(all: &BTreeMap<u32, T>) -> u32 {
    let last = all.last_key_value().map(|(number, _)| *number);
    last.map_or(1, |last| last.saturating_add(1))
}
