//! What the network’s side keeps of what was asked for, as the pages of monitoring ask it: counts,
//! rows, and why one of them was open or closed. Plain words and numbers of the register, with an end
//! to each; the program implements it, and where no filter runs there is nothing to see.

use crate::spine::act::{Person, Room};
use kernel::moment::{Date, Moment};
use std::collections::BTreeMap;

/// The most rows that one question gives.
pub const ROWS_MAX: usize = 2_000;
/// The most names that are counted one by one.
pub const NAMES_MAX: usize = 50;
/// The most days that one question spans.
pub const DAYS_MAX: i64 = 400;

/// What the network’s side keeps. It answers within a second or two, whatever is asked; a page asks
/// once. None of it may be called where acts are judged: judging asks no network.
pub trait Traces: Send + Sync {
    /// Whether anything is kept, since when, and how much. Nothing: no filter runs here.
    fn kept(&self) -> Option<Kept>;

    /// Counts, and the newest rows where some are asked for.
    fn ask(&self, asked: &Asked) -> Report;

    /// Why one of them was open or closed: from the plan and the lists of that time, where they are
    /// still there.
    fn explain(&self, trace: &Trace) -> Option<Grounds>;

    /// Whether the traces of a day are still what was said of them when it was over. Nothing: they
    /// are no longer kept, or the day is not over.
    fn is_whole(&self, day: Date, digest: &str) -> Option<bool>;
}

/// Where no filter runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTraces;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The first day of which there is anything.
    pub first: Option<Date>,
    /// How many days there are.
    pub days: usize,
    /// Bytes in all.
    pub bytes: u64,
    /// The most that may be kept, in bytes; then the oldest day goes.
    pub bytes_max: u64,
    /// What is wrong with it, in words without a name or an address.
    pub trouble: Option<String>,
}

/// Which of them. What is left out is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Only of this device.
    pub device: Option<u32>,
    /// Only of this person.
    pub person: Option<Person>,
    /// Only of this room.
    pub room: Option<Room>,
    /// Only of this opening of the internet with children.
    pub session: Option<u32>,
    /// Only of this kind of sites, by its key.
    pub kind: Option<String>,
    /// Only what was open, or only what was closed.
    pub open: Option<bool>,
    /// Only what has this in it, in small letters.
    pub has: String,
    /// How many rows at most, the newest; counts are of all.
    pub rows: usize,
}

/// How many were asked for, and how many of these were closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub all: u64,
    /// Those that were closed.
    pub closed: u64,
}

/// What a question gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Of all.
    pub total: Count,
    /// By day.
    pub by_day: BTreeMap<Date, Count>,
    /// By hour of the day in the United Kingdom, from 0.
    pub by_hour: [Count; 24],
    /// By kind of sites, by its key; what is of no kind is under "".
    pub by_kind: BTreeMap<String, Count>,
    /// By room; 0 is none.
    pub by_room: BTreeMap<Room, Count>,
    /// By device of the register; 0 is one that is not on it.
    pub by_device: BTreeMap<u32, Count>,
    /// By person; 0 is nobody known.
    pub by_person: BTreeMap<Person, Count>,
    /// What was asked for most, at most [`NAMES_MAX`] names, the most often first.
    pub by_name: Vec<(String, Count)>,
    /// The newest, the newest first.
    pub rows: Vec<Trace>,
    /// What could not be read, in words; the counts are without it.
    pub unread: Vec<String>,
}

/// One thing that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// When.
    pub at: Moment,
    /// The device of the register.
    pub device: Option<u32>,
    /// Whom it belonged to, or was signed out to, then.
    pub person: Option<Person>,
    /// Where it was.
    pub room: Option<Room>,
    /// The opening of the internet with children that was on.
    pub session: Option<u32>,
    /// By which way: "Name", "Page", "Tunnel".
    pub door: String,
    /// What: a name, or the address of a page.
    pub asked: String,
    /// What was answered.
    pub answer: Answer,
    /// The kind of sites, by its key; empty for none.
    pub kind: String,
    /// What decided, as the network’s side numbers it.
    pub because: u32,
    /// The list that named it, and one more; 0 is none.
    pub list: u32,
    /// The line of that list.
    pub line: u32,
    /// The number of the plan.
    pub plan: u32,
    /// The number of the file of lists.
    pub lists: u32,
}

/// What was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// It was open.
    #[default]
    Open,
    /// It was closed.
    Closed,
    /// It was open in its safe form.
    MadeSafe,
    /// What it led to was closed.
    LedToClosed,
    /// The filter could not say, so it was closed.
    Failed,
}

/// Why something was open or closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// What decided, as a sentence: "It is of a kind that is closed for this profile".
    pub because: String,
    /// The profile that held.
    pub profile: String,
    /// The words of the policy that the plan of that time quoted.
    pub clause: Option<String>,
    /// When that plan was made, where it is still there.
    pub plan_of: Option<Moment>,
    /// The list that named it, with its licence as far as it is known.
    pub list: Option<String>,
    /// The line of that list.
    pub line: Option<u32>,
    /// When the file of lists of that time was made.
    pub lists_of: Option<Moment>,
}

impl Asked {
    /// Everything of these days, counted.
    #[must_use]
    pub fn days(first: Date, last: Date) -> Asked {
        Asked {
            first,
            last,
            device: None,
            person: None,
            room: None,
            session: None,
            kind: None,
            open: None,
            has: String::new(),
            rows: 0,
        }
    }
}

impl Answer {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Answer::Open => "Open",
            Answer::Closed => "Closed",
            Answer::MadeSafe => "Open, made safe",
            Answer::LedToClosed => "Closed: it led to something closed",
            Answer::Failed => "Closed: the filter could not say",
        }
    }

    /// Whether who asked got what they asked for, in its safe form at least.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Answer::Open | Answer::MadeSafe)
    }
}

impl Traces for NoTraces {
    fn kept(&self) -> Option<Kept> {
        None
    }

    fn ask(&self, _asked: &Asked) -> Report {
        Report::default()
    }

    fn explain(&self, _trace: &Trace) -> Option<Grounds> {
        None
    }

    fn is_whole(&self, _day: Date, _digest: &str) -> Option<bool> {
        None
    }
}
