//! The kinds of news. Each is a value of plain words and numbers; who somebody is, is said in the
//! names that the plan has for devices, people, rooms and sessions.

use crate::{
    plan::{Plan, Seat},
    traces::Answer,
};
use jiff::civil::Date;
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The longest words in news, in characters; what is longer is cut there.
const WORDS_MAX: usize = 300;

/// The most findings of a trial, lists and categories that are told.
const ITEMS_MAX: usize = 200;

/// Something that whoever runs the filter has to hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// Something illegal was asked for, and closed.
    Illegal(Illegal),
    /// A device asked that is not in the plan.
    Unknown(Unknown),
    /// Something was asked for that may be a worry.
    Alert(Alert),
    /// The filter was tried.
    Tested(Tested),
    /// How the lists are.
    Lists(Lists),
    /// A day of traces is over.
    Day(Day),
}

/// Who asked, in the names of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Seated {
    /// The device: `device-3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Whom it belonged to, or was signed out to: `person-7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Where it was: `room-2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The session that was on: `session-12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The profile: `children`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// Something illegal was asked for, and closed. What it was stays in the sealed trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Illegal {
    /// When.
    pub at: Moment,
    /// By whom.
    #[serde(flatten)]
    pub seated: Seated,
    /// The list that has it.
    pub list: String,
}

/// A device asked that is not in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// When.
    pub at: Moment,
    /// From where.
    pub address: IpAddr,
}

/// How soon somebody has to look at an alert.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// With the others, at the next look.
    Low,
    /// Today.
    #[default]
    Medium,
    /// At once.
    High,
}

/// What an alert is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// A name.
    Name(String),
    /// The address of a page.
    Page(String),
    /// Words that were searched for.
    Words(String),
}

/// Something was asked for that may be a worry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What tells it from others: news with the same one is about the same alert, and its count is
    /// the newer one.
    pub series: String,
    /// What it may be about, in the plan's word: `self-harm`.
    pub theme: String,
    /// How soon somebody has to look at it.
    pub severity: Severity,
    /// By whom it was asked for.
    #[serde(flatten)]
    pub seated: Seated,
    /// What was asked for, the first time.
    pub asked: Asked,
    /// What was answered, the first time.
    pub answer: Answer,
    /// When it was asked for first.
    pub first: Moment,
    /// When it was asked for last.
    pub at: Moment,
    /// How often.
    pub count: u32,
}

/// Why the filter was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// It began.
    Start,
    /// The plan or the lists changed.
    Change,
    /// It was night.
    #[default]
    Night,
    /// Somebody asked for it.
    Asked,
}

/// Faults that were put in on purpose, to see whether a trial notices them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    /// How many were put in.
    pub seeded: u32,
    /// How many were noticed.
    pub noticed: u32,
}

/// The filter was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// When it was done.
    pub at: Moment,
    /// Why.
    pub occasion: Occasion,
    /// How many questions were asked.
    pub tried: u64,
    /// How many answers were not as they should be.
    pub wrong: u64,
    /// The first of these, in words.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Categories that no list covers.
    #[serde(default)]
    pub not_covered: Vec<String>,
    /// Names that must stay open and would be closed.
    #[serde(default)]
    pub over_blocked: Vec<String>,
    /// How many faults were put in and noticed, where this was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<Faults>,
    /// How it went, for each profile and category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// The number of the plan.
    pub plan: u32,
    /// The number of the file of lists.
    pub lists: u32,
}

/// How a part of a trial went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// For which profile.
    pub profile: String,
    /// Which category; or `ways-round`, `safe-search`, `must-stay-open`.
    pub what: String,
    /// How many questions were asked.
    pub tried: u64,
    /// How many answers were not as they should be.
    pub wrong: u64,
}

/// How the lists are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// When.
    pub at: Moment,
    /// Each of them.
    pub lists: Vec<ListState>,
}

/// How a list is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListState {
    /// What it is called.
    pub name: String,
    /// The category of its names.
    pub category: String,
    /// How many names it has in the file that answers now.
    pub names: u64,
    /// How many of its lines could not be used.
    pub skipped: u64,
    /// When the version that answers now was fetched.
    pub fetched: Option<Moment>,
    /// When its source was asked last.
    pub checked: Option<Moment>,
    /// Why a newer version is not used.
    pub held: Option<String>,
    /// The terms under which it may be used.
    pub licence: Option<String>,
    /// Whom to name.
    pub attribution: Option<String>,
}

/// A day of traces is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub day: Date,
    /// How many things were asked for.
    pub events: u64,
    /// How long its file is, in bytes.
    pub bytes: u64,
    /// SHA-256 of its file, as 64 digits from 0 to f.
    pub digest: String,
    /// How many things were answered and could not be kept.
    pub lost: u64,
    /// Days whose traces were let go since the last such news, because there was no room for more.
    #[serde(default)]
    pub gone: Vec<Date>,
}

impl Seated {
    /// A seat, in the names of the plan that it is of.
    #[must_use]
    pub fn of(seat: Seat, plan: &Plan) -> Seated {
        let device = seat.device.and_then(|at| plan.devices.get(usize::from(at)));
        let session = seat.session;
        let session = session.and_then(|at| plan.sessions.get(usize::from(at)));
        let profile = seat.profile;
        let profile = profile.and_then(|at| plan.profiles.get(usize::from(at)));
        Seated {
            device: device.map(|device| device.name.clone()),
            person: device.and_then(|device| device.person.clone().or(device.held_by.clone())),
            room: device.and_then(|device| device.room.clone()),
            session: session.map(|session| session.name.clone()),
            profile: profile.map(|profile| profile.name.clone()),
        }
    }
}

impl News {
    /// The kind, in one word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            News::Illegal(_) => "illegal",
            News::Unknown(_) => "unknown",
            News::Alert(_) => "alert",
            News::Tested(_) => "tested",
            News::Lists(_) => "lists",
            News::Day(_) => "day",
        }
    }

    /// Whether it must not be lost while there is room for others: it is told once, and others come
    /// again.
    #[must_use]
    pub fn is_pressing(&self) -> bool {
        match self {
            News::Illegal(_) | News::Alert(_) | News::Day(_) => true,
            News::Unknown(_) | News::Tested(_) | News::Lists(_) => false,
        }
    }

    /// The same, with words and lists that have an end.
    #[must_use]
    pub fn bounded(mut self) -> News {
        match &mut self {
            News::Illegal(news) => cut(&mut news.list),
            News::Unknown(_) => {}
            News::Alert(news) => {
                cut(&mut news.theme);
                cut(&mut news.series);
                match &mut news.asked {
                    Asked::Name(words) | Asked::Page(words) | Asked::Words(words) => cut(words),
                }
            }
            News::Tested(news) => {
                cut_all(&mut news.findings);
                cut_all(&mut news.not_covered);
                cut_all(&mut news.over_blocked);
                news.parts.truncate(ITEMS_MAX);
                for part in &mut news.parts {
                    cut(&mut part.profile);
                    cut(&mut part.what);
                }
            }
            News::Lists(news) => {
                news.lists.truncate(ITEMS_MAX);
                for list in &mut news.lists {
                    cut(&mut list.name);
                    cut(&mut list.category);
                    let words = [&mut list.held, &mut list.licence, &mut list.attribution];
                    words.into_iter().flatten().for_each(cut);
                }
            }
            News::Day(news) => {
                cut(&mut news.digest);
                news.gone.truncate(ITEMS_MAX * 2);
            }
        }
        self
    }
}

fn cut_all(words: &mut Vec<String>) {
    words.truncate(ITEMS_MAX);
    words.iter_mut().for_each(cut);
}

fn cut(words: &mut String) {
    if let Some((end, _)) = words.char_indices().nth(WORDS_MAX) {
        words.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_has_an_end_however_long_what_was_asked_for_is() {
        let long = "ż".repeat(5_000);
        let news = News::Alert(Alert {
            series: long.clone(),
            theme: long.clone(),
            severity: Severity::High,
            seated: Seated::default(),
            asked: Asked::Words(long),
            answer: Answer::Closed,
            first: Moment::from_micros(0),
            at: Moment::from_micros(0),
            count: 1,
        });
        let text = serde_json::to_string(&news.bounded()).unwrap();
        assert!(text.len() < 2_500, "{}", text.len());
        let many = Lists {
            at: Moment::from_micros(0),
            lists: vec![ListState::default(); 5_000],
        };
        let text = serde_json::to_string(&News::Lists(many).bounded()).unwrap();
        assert!(text.len() < 40_000, "{}", text.len());
    }
}
