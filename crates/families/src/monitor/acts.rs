//! What can be asked for about monitoring.

mod alert;
mod care;
mod look;

pub use care::is_own;
pub use care::to_pick;

use super::{
    circle,
    entries::{Assessed, DayClosed, Entry, Outcome},
    kinds::Severity,
};
use crate::spine::{
    act::{Case, Person, Room},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
};
use kernel::{
    moment::{Date, Moment},
    ruling::Mistake,
};

/// The longest words, in characters.
pub const WORDS_MAX: usize = 2_000;
/// The longest line, in characters.
pub const LINE_MAX: usize = 300;
/// The most days of one look.
pub const LOOK_DAYS_MAX: i64 = 31;

/// What can be asked for about monitoring.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Tell that something was asked for that may be a worry.
    Raise(Box<Raise>),
    /// Tell that a day of traces is over.
    CloseDay(DayClosed),
    /// Let chance pick what is looked at by hand.
    PickCheck,
    /// Look at what was asked for.
    Look(Box<NewLook>),
    /// Make a concern of an alert.
    TakeUp {
        /// The alert.
        case: u32,
        /// What is known beyond it.
        what: String,
    },
    /// Say that an alert is no worry.
    Dismiss {
        /// The alert.
        case: u32,
        /// Why.
        why: String,
    },
    /// Look again at an alert that was dismissed.
    SecondLook {
        /// The alert.
        case: u32,
        /// Whether it was rightly dismissed.
        right: bool,
        /// Why.
        why: String,
    },
    /// Say how a check by hand went.
    Check {
        /// Which.
        check: u32,
        /// How it went.
        outcome: Outcome,
        /// What was seen.
        note: String,
    },
    /// Say that online safety was talked over.
    Talk {
        /// In what.
        place: String,
        /// On which day.
        on: Date,
        /// About what.
        about: String,
    },
    /// Write the impact assessment down.
    Assess(Box<Assessed>),
    /// Say that the reports were looked through.
    ReviewUse {
        /// What comes of it.
        found: String,
    },
    /// Say that the work of those who monitor was looked through.
    ReviewMonitors {
        /// What was found.
        found: String,
    },
    /// Say that somebody who monitors was given support.
    Support {
        /// Who.
        person: Person,
        /// How.
        how: String,
    },
}

/// Something was asked for that may be a worry.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    /// What tells it from others while it goes on.
    pub series: String,
    /// The theme.
    pub theme: String,
    /// How soon it has to be looked at.
    pub severity: Severity,
    /// The device.
    pub device: Option<u32>,
    /// Whom it belonged to, or was signed out to, then.
    pub person: Option<Person>,
    /// Where it was.
    pub room: Option<Room>,
    /// The opening of the internet with children that was on.
    pub session: Option<u32>,
    /// What was asked for: a name, an address, or words.
    pub what: String,
    /// Whether these are words that were searched for.
    pub words: bool,
    /// Whether it was open.
    pub open: bool,
    /// When it was asked for first.
    pub first: Moment,
    /// When it was asked for last.
    pub last: Moment,
    /// How often.
    pub count: u32,
}

/// Somebody wants to look at what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLook {
    /// Whose.
    pub person: Option<Person>,
    /// On which device.
    pub device: Option<u32>,
    /// Only what has these words in it.
    pub has: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why.
    pub why: String,
    /// The concern for which the trace was kept.
    pub concern: Option<u32>,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Raise(_) => "monitor.raise",
            Act::CloseDay(_) => "monitor.close-day",
            Act::PickCheck => "monitor.pick-check",
            Act::Look(_) => "monitor.look",
            Act::TakeUp { .. } => "monitor.take-up",
            Act::Dismiss { .. } => "monitor.dismiss",
            Act::SecondLook { .. } => "monitor.second-look",
            Act::Check { .. } => "monitor.check",
            Act::Talk { .. } => "monitor.talk",
            Act::Assess(_) => "monitor.assess",
            Act::ReviewUse { .. } => "monitor.review-use",
            Act::ReviewMonitors { .. } => "monitor.review-monitors",
            Act::Support { .. } => "monitor.support",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Raise(_) | Act::CloseDay(_) | Act::PickCheck => Need::Machine,
            Act::Look(_) => circle::looking(setting),
            Act::TakeUp { case, .. } | Act::Dismiss { case, .. } | Act::SecondLook { case, .. } => {
                Need::OnCase(*case)
            }
            Act::Check { .. } | Act::Talk { .. } => circle::checking(setting),
            Act::Assess(_) => Need::leadership(),
            Act::ReviewUse { .. } => circle::seeing(setting),
            Act::ReviewMonitors { .. } | Act::Support { .. } => {
                Need::Holds(circle::watching_over(setting))
            }
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::Raise(raise) => alert::raise(raise, case),
            Act::CloseDay(closed) => Ok(care::close_day(closed, case)),
            Act::PickCheck => care::pick(case),
            Act::Look(look) => look::look(look, case),
            Act::TakeUp { case: number, what } => alert::take_up(*number, what, case),
            Act::Dismiss { case: number, why } => alert::dismiss(*number, why, case),
            Act::SecondLook {
                case: number,
                right,
                why,
            } => alert::second_look(*number, *right, why, case),
            Act::Check {
                check,
                outcome,
                note,
            } => care::check(*check, *outcome, note, case),
            Act::Talk { place, on, about } => care::talk(place, *on, about, case),
            Act::Assess(assessed) => care::assess(assessed, case),
            Act::ReviewUse { found } => care::review_use(found),
            Act::ReviewMonitors { found } => care::review_monitors(found, case),
            Act::Support { person, how } => care::support(*person, how, case),
        }
    }
}

fn one(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Monitor(entry)])
}

/// Whether chance says yes, one time of so many.
fn by_chance(case: &Case<'_>, one_of: u64) -> bool {
    drawn(case).is_multiple_of(one_of.max(1))
}

/// A number that nobody could foresee.
fn drawn(case: &Case<'_>) -> u64 {
    let bytes = case.sealer.draw();
    let first = bytes.iter().take(8);
    first.fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
