//! How the filter stands: changes in force, requests that wait, lists of what is illegal, and which
//! traces are kept because something was seen.

pub mod evidence;

use super::entries::{
    Entry, ListRecorded, Proposed, Requested, Seen, TopicNoted, What,
    evidence::{Entry as Told, ReportAnswered},
};
use crate::spine::{act::Person, setting::At};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The filter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    changes: BTreeMap<u32, Change>,
    requests: BTreeMap<u32, Request>,
    topics: Vec<Topic>,
    lists: BTreeMap<String, List>,
    seen: Vec<Kept>,
    #[serde(default)]
    evidence: evidence::Evidence,
}

/// A change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// What was proposed.
    pub proposed: Proposed,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Whether it was approved, by whom, when.
    pub decided: Option<(bool, Option<Person>, Moment)>,
    /// By whom it was taken back, when, and why.
    pub back: Option<(Option<Person>, Moment, String)>,
}

/// Somebody asks for something that is closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// What was asked.
    pub asked: Requested,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// The change that opened it, if one did; by whom, when and why it was answered.
    pub answer: Option<Answer>,
}

/// The answer to a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The change that opened it.
    pub change: Option<u32>,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// Why.
    pub why: String,
}

/// A topic that is coming up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Topic {
    /// What was noted.
    pub noted: TopicNoted,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

/// A list of what is illegal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct List {
    /// What was recorded.
    pub recorded: ListRecorded,
    /// When.
    pub at: Moment,
}

/// A trace that is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The case.
    pub case: u32,
    /// Of these devices.
    pub devices: Vec<u32>,
    /// From here …
    pub from: Moment,
    /// … to here.
    pub to: Moment,
    /// The entry.
    pub seq: u64,
    /// Who said that they saw something; nobody, where the filter found it.
    #[serde(default)]
    pub by: Option<Person>,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let by = at.by.person();
        match entry {
            Entry::Proposed(fact) => self.propose(fact.clone(), by, at),
            Entry::Decided(fact) => {
                if let Some(change) = self.changes.get_mut(&fact.change) {
                    change.decided = Some((fact.approved, by, at.moment));
                }
            }
            Entry::TakenBack(fact) => {
                if let Some(change) = self.changes.get_mut(&fact.change) {
                    change.back = Some((by, at.moment, fact.why.clone()));
                }
            }
            Entry::Requested(fact) => {
                let request = Request {
                    asked: fact.clone(),
                    by,
                    at: at.moment,
                    seq: at.seq,
                    answer: None,
                };
                self.requests.insert(fact.request, request);
            }
            Entry::Answered(fact) => {
                let Some(request) = self.requests.get_mut(&fact.request) else {
                    return;
                };
                request.answer = Some(Answer {
                    change: fact.opens.as_ref().map(|opens| opens.change),
                    by,
                    at: at.moment,
                    why: fact.why.clone(),
                });
                // Who asked has proposed it, who answers approves it.
                if let Some(opens) = &fact.opens {
                    let proposed = Proposed {
                        change: opens.change,
                        what: What::OpenSite {
                            site: request.asked.site.clone(),
                            needs: opens.needs.clone(),
                        },
                        users: vec![request.asked.users],
                        until: Some(opens.until),
                        reason: request.asked.why.clone(),
                        risk: fact.why.clone(),
                    };
                    let asked_by = request.by;
                    self.propose(proposed, asked_by, at);
                    if let Some(change) = self.changes.get_mut(&opens.change) {
                        change.decided = Some((true, by, at.moment));
                    }
                }
            }
            Entry::TopicNoted(fact) => self.topics.push(Topic {
                noted: fact.clone(),
                by,
                at: at.moment,
            }),
            Entry::ListRecorded(fact) => {
                let list = List {
                    recorded: fact.clone(),
                    at: at.moment,
                };
                self.lists.insert(fact.name.clone(), list);
            }
            Entry::ListEnded(fact) => {
                self.lists.remove(&fact.name);
            }
            Entry::Seen(fact) => self.keep(fact, at),
            Entry::IllegalHit(fact) => self.seen.push(Kept {
                case: fact.case,
                devices: fact.device.into_iter().collect(),
                from: fact.from,
                to: fact.to,
                seq: at.seq,
                by: None,
            }),
            Entry::Evidence(entry) => {
                self.evidence.fold(entry, at);
                if let Told::ReportAnswered(fact) = entry {
                    self.close_reported(fact, at);
                }
            }
        }
    }

    /// Who said that a page should be closed has proposed it, who answers approves it.
    fn close_reported(&mut self, fact: &ReportAnswered, at: At<'_>) {
        let (Some(report), Some(number)) = (self.evidence.report(fact.report), fact.closes) else {
            return;
        };
        let proposed = Proposed {
            change: number,
            what: What::CloseSite {
                site: report.said.site.clone(),
            },
            users: vec![report.said.users],
            until: None,
            reason: report.said.why.clone(),
            risk: fact.why.clone(),
        };
        let said_by = report.by;
        self.propose(proposed, said_by, at);
        if let Some(change) = self.changes.get_mut(&number) {
            change.decided = Some((true, at.by.person(), at.moment));
        }
    }

    fn propose(&mut self, proposed: Proposed, by: Option<Person>, at: At<'_>) {
        let change = Change {
            by,
            at: at.moment,
            seq: at.seq,
            decided: None,
            back: None,
            proposed,
        };
        self.changes.insert(change.proposed.change, change);
    }

    fn keep(&mut self, fact: &Seen, at: At<'_>) {
        self.seen.push(Kept {
            case: fact.case,
            devices: fact.devices.clone(),
            from: fact.from,
            to: fact.to,
            seq: at.seq,
            by: at.by.person(),
        });
    }

    /// Whether it does what it says, as far as that is known.
    #[must_use]
    pub fn evidence(&self) -> &evidence::Evidence {
        &self.evidence
    }

    /// All changes, by number.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> {
        self.changes.values()
    }

    /// One of them.
    #[must_use]
    pub fn change(&self, number: u32) -> Option<&Change> {
        self.changes.get(&number)
    }

    /// Those that hold on a day, oldest first.
    pub fn in_force(&self, today: Date) -> impl Iterator<Item = &Change> {
        self.changes().filter(move |change| change.holds(today))
    }

    /// Those that wait for a second person.
    pub fn waiting(&self) -> impl Iterator<Item = &Change> {
        self.changes().filter(|change| change.decided.is_none())
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_change(&self) -> u32 {
        let last = self.changes.last_key_value().map(|(number, _)| *number);
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// All requests, by number.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Request> {
        self.requests.values()
    }

    /// One of them.
    #[must_use]
    pub fn request(&self, number: u32) -> Option<&Request> {
        self.requests.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_request(&self) -> u32 {
        let last = self.requests.last_key_value().map(|(number, _)| *number);
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// The topics that are coming up on a day: alerts about their words are quiet for so long.
    pub fn topics(&self, today: Date) -> impl Iterator<Item = &Topic> {
        let open = move |topic: &&Topic| today <= topic.noted.until;
        self.topics.iter().filter(open)
    }

    /// The lists of what is illegal that the setting has, by name.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.values()
    }

    /// One of them.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.get(name)
    }

    /// The traces that are kept because something was seen: they do not expire while their case
    /// is kept.
    pub fn kept(&self) -> impl Iterator<Item = &Kept> {
        self.seen.iter()
    }

    /// The case that was opened when a device was last cut off because something was seen on it.
    #[must_use]
    pub fn case_of(&self, device: u32) -> Option<u32> {
        let own = |kept: &&Kept| kept.devices.contains(&device);
        self.seen.iter().rev().find(own).map(|kept| kept.case)
    }

    /// Whether somebody said that they saw something on a device, when that was said last.
    #[must_use]
    pub fn saw(&self, device: u32, person: Option<Person>) -> bool {
        let own = |kept: &&Kept| kept.devices.contains(&device);
        let last = self.seen.iter().rev().find(own);
        person.is_some() && last.is_some_and(|kept| kept.by == person)
    }
}

impl Change {
    /// Whether it holds on a day: approved, not over, not taken back.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.decided.is_some_and(|(approved, ..)| approved)
            && self.back.is_none()
            && self.proposed.until.is_none_or(|until| today <= until)
    }

    /// How it stands, in words.
    #[must_use]
    pub fn in_words(&self, today: Date) -> &'static str {
        match (&self.decided, &self.back) {
            (_, Some(_)) => "Taken back",
            (None, None) => "Waits for a second person",
            (Some((false, ..)), None) => "Not approved",
            (Some((true, ..)), None) if self.holds(today) => "In force",
            (Some((true, ..)), None) => "Over",
        }
    }
}
