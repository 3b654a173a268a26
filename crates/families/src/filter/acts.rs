//! What can be asked for about the filter.

mod change;
pub mod evidence;
mod lists;
mod seen;

use super::{
    entries::{Entry, ListEnded, ListRecorded, TopicNoted, What},
    keeping,
};
use crate::{
    devices::{acts::said, kinds::Users},
    monitor,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Date, ruling::Mistake};

/// The longest words, in characters.
pub const WORDS_MAX: usize = 1_000;
/// The longest line, in characters.
pub const LINE_MAX: usize = 200;
/// The most lists of what is illegal.
pub(super) const LISTS_MAX: usize = 20;
/// The longest that a topic is coming up, in days.
const TOPIC_DAYS_MAX: i64 = 31;

/// What can be asked for about the filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Propose a change.
    Propose {
        /// What.
        what: What,
        /// For whom.
        users: Vec<Users>,
        /// The last day.
        until: Option<Date>,
        /// Why.
        reason: String,
        /// What could go wrong, and what was weighed up.
        risk: String,
    },
    /// Approve a change, or not.
    Decide {
        /// Which.
        change: u32,
        /// Whether.
        approve: bool,
        /// Why.
        why: String,
    },
    /// Take a change back that opens something.
    TakeBack {
        /// Which.
        change: u32,
        /// Why.
        why: String,
    },
    /// Ask for something that is closed.
    Request {
        /// The site.
        site: String,
        /// For whom.
        users: Users,
        /// Why it is needed.
        why: String,
    },
    /// Answer a request.
    Answer {
        /// Which.
        request: u32,
        /// Until when it is open; nothing: it stays closed.
        open_until: Option<Date>,
        /// What the site needs to work.
        needs: Vec<String>,
        /// Why.
        why: String,
    },
    /// Say that a topic is coming up.
    NoteTopic {
        /// What it is.
        topic: String,
        /// Words that people are going to look for.
        words: Vec<String>,
        /// Themes of alerts that it may look like.
        themes: Vec<String>,
        /// Until when.
        until: Date,
    },
    /// Say that a list of what is illegal is there.
    RecordList {
        /// What it is called.
        name: String,
        /// Who supplies it, under which licence.
        supplier: String,
        /// The last day of the licence.
        until: Date,
    },
    /// Say that it no longer is.
    EndList {
        /// What it is called.
        name: String,
    },
    /// Say that something was seen that should not have been there.
    SawSomething(Box<Sight>),
    /// Tell that something illegal was asked for, and closed.
    HitIllegal {
        /// The device.
        device: Option<u32>,
        /// The list.
        list: String,
    },
    /// Something about whether the filter does what it says.
    Evidence(evidence::Act),
}

/// What somebody saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The device; none: all for which the internet is open there.
    pub device: Option<u32>,
    /// What was open.
    pub session: Option<u32>,
    /// What was seen, in words.
    pub what: String,
    /// The address, as far as it is known.
    pub address: String,
    /// The children who saw it.
    pub children: Vec<Person>,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Propose { what, .. } => match what {
                What::AddList { .. } => "filter.add-list",
                What::PauseList { .. } => "filter.pause-list",
                What::RemoveList { .. } => "filter.remove-list",
                What::TakeShorter { .. } => "filter.take-shorter",
                What::OpenSite { .. }
                | What::CloseSite { .. }
                | What::OpenKind { .. }
                | What::CloseKind { .. } => "filter.propose",
            },
            Act::Decide { .. } => "filter.decide",
            Act::TakeBack { .. } => "filter.take-back",
            Act::Request { .. } => "filter.request",
            Act::Answer { .. } => "filter.answer",
            Act::NoteTopic { .. } => "filter.note-topic",
            Act::RecordList { .. } => "filter.record-list",
            Act::EndList { .. } => "filter.end-list",
            Act::SawSomething(_) => "filter.saw-something",
            Act::HitIllegal { .. } => "filter.hit-illegal",
            Act::Evidence(act) => act.name(),
        }
    }

    /// Who may ask for it. What is open is closed again in one
    /// step, by each who keeps the filter.
    #[must_use]
    pub fn need(&self, _setting: &Setting) -> Need {
        match self {
            Act::Propose { .. }
            | Act::Decide { .. }
            | Act::TakeBack { .. }
            | Act::Answer { .. }
            | Act::RecordList { .. }
            | Act::EndList { .. } => keeping(),
            Act::Request { .. } | Act::NoteTopic { .. } | Act::SawSomething(_) => {
                Need::AnyOf(vec![Need::Team, keeping()])
            }
            Act::HitIllegal { .. } => Need::Machine,
            Act::Evidence(act) => act.need(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::NoteTopic {
                topic,
                words,
                themes,
                until,
            } => {
                in_days(*until, TOPIC_DAYS_MAX, case)?;
                let is_known = |key: &&String| monitor::kinds::find(key).is_some();
                one(Entry::TopicNoted(TopicNoted {
                    topic: said("topic", topic, LINE_MAX)?,
                    words: words.iter().take(50).cloned().collect(),
                    themes: themes.iter().filter(is_known).cloned().collect(),
                    until: *until,
                }))
            }
            Act::RecordList {
                name,
                supplier,
                until,
            } => {
                if case.setting.filter.lists().count() >= LISTS_MAX {
                    return no("name", "There are too many lists. End one first");
                }
                if *until < case.today {
                    return no("until", "Choose a day that is not in the past");
                }
                one(Entry::ListRecorded(ListRecorded {
                    name: said("name", name, LINE_MAX)?,
                    supplier: said("supplier", supplier, LINE_MAX)?,
                    until: *until,
                }))
            }
            Act::EndList { name } => {
                if case.setting.filter.list(name).is_none() {
                    return no("name", "There is no such list");
                }
                one(Entry::ListEnded(ListEnded { name: name.clone() }))
            }
            Act::SawSomething(sight) => seen::saw(sight, case),
            Act::HitIllegal { device, list } => seen::hit(*device, list, case),
            Act::Evidence(act) => act.entries(case),
            Act::Propose { .. }
            | Act::Decide { .. }
            | Act::TakeBack { .. }
            | Act::Request { .. }
            | Act::Answer { .. } => change::entries(self, case),
        }
    }
}

fn one(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Filter(entry)])
}

/// A day from today on, not too far off.
fn in_days(until: Date, most: i64, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if until < case.today {
        return no("until", "Choose a day that is not in the past");
    }
    if until > kernel::moment::plus_days(case.today, most) {
        return no("until", format!("Choose a day within the next {most} days"));
    }
    Ok(())
}
