//! The state that lines of the ledger fold into, with what is derived along the way: the policy in
//! force, and how many clauses stood how at the beginning of each week.

use families::spine::{
    act::Actor,
    entry::{self, Entry, Unread},
    in_force::InForce,
    setting::{At, Setting},
    standing::{self, Counts},
};
use jiff::{ToSpan, civil::Weekday};
use kernel::moment::{Date, Moment};
use ledger::{
    line::{Head, Line},
    spent,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most weeks for which standing is reckoned when nothing happened in between.
const QUIET_WEEKS_MAX: usize = 520;

/// How things stand after the line `head`.
#[derive(Clone)]
pub struct State {
    /// The setting.
    pub setting: Setting,
    /// The policy in force.
    pub in_force: Arc<InForce>,
    /// The last line that was taken in.
    pub head: Head,
    /// How many clauses stood how on past Mondays, oldest first.
    pub history: Arc<Vec<(Date, Counts)>>,
    day: Day,
    /// The day up to which time has passed for the history.
    passed: Option<Date>,
}

/// What of a state is kept in a snapshot; the rest follows from it.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    setting: std::borrow::Cow<'a, Setting>,
    history: std::borrow::Cow<'a, [(Date, Counts)]>,
    passed: Option<Date>,
}

/// Why a line could not be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Strange {
    /// It was written by a later release: open read-only, say so.
    #[error(
        "line {seq} ({kind}) was written by a newer Stairgate, so this one can only show what it knows"
    )]
    Newer {
        /// Its number.
        seq: u64,
        /// Its kind.
        kind: String,
    },
    /// It is not what it claims to be.
    #[error("line {seq} ({kind}) can’t be read: {why}")]
    Damaged {
        /// Its number.
        seq: u64,
        /// Its kind.
        kind: String,
        /// What is wrong.
        why: String,
    },
}

/// The day that it is in the United Kingdom, found once for all moments of one day.
#[derive(Clone, Copy, Default)]
struct Day {
    from: i64,
    until: i64,
    date: Option<Date>,
}

impl Default for State {
    fn default() -> State {
        State {
            setting: Setting::default(),
            in_force: Arc::default(),
            head: Head::EMPTY,
            history: Arc::default(),
            day: Day::default(),
            passed: None,
        }
    }
}

impl State {
    /// Takes in one line of the ledger. A line whose body was spent, or that is the ledger's own,
    /// lets time pass and changes nothing else.
    ///
    /// # Errors
    /// The line is of a later release, or damaged.
    pub fn take_in(&mut self, line: &Line) -> Result<(), Strange> {
        let damaged = |why: &str| Strange::Damaged {
            seq: line.seq,
            kind: line.kind.clone(),
            why: why.to_owned(),
        };
        let by = Actor::from_line(&line.by).ok_or_else(|| damaged("it does not say by whom"))?;
        let at = Moment::from_micros(line.at);
        let is_an_entry = line.kind != spent::KIND;
        match line.body.as_deref().filter(|_| is_an_entry) {
            Some(body) => {
                let entry =
                    entry::read(&line.kind, line.version, body).map_err(|unread| match unread {
                        Unread::Unknown => Strange::Newer {
                            seq: line.seq,
                            kind: line.kind.clone(),
                        },
                        Unread::Damaged(why) => damaged(&why),
                    })?;
                self.fold(&entry, line.seq, at, &by);
            }
            None => {
                self.pass_to(at);
            }
        }
        self.head = line.head();
        Ok(())
    }

    /// Takes in one entry; the head is set by whoever knows it.
    pub fn fold(&mut self, entry: &Entry, seq: u64, at: Moment, by: &Actor) {
        let day = self.pass_to(at);
        let changed = self.setting.policy.changed();
        self.setting.fold(
            entry,
            At {
                seq,
                moment: at,
                day,
                by,
            },
        );
        if self.setting.policy.changed() != changed {
            self.in_force = Arc::new(InForce::of(&self.setting));
        }
    }

    /// Lets time pass until `at`: at the beginning of each week in between, standing is counted.
    /// A clock that went back takes the weeks with it that had not come yet; a time before the
    /// policy was adopted can't be, and changes nothing.
    fn pass_to(&mut self, at: Moment) -> Date {
        let day = self.day.of(at);
        if self.passed == Some(day) {
            return day;
        }
        match self.passed {
            Some(passed) if passed < day => self.count_weeks(passed, day),
            Some(_) => {
                let adopted = self.in_force.adopted.map(|(_, at)| at.date());
                if adopted.is_some_and(|adopted| day < adopted) {
                    return day;
                }
                if self.history.last().is_some_and(|(monday, _)| *monday > day) {
                    Arc::make_mut(&mut self.history).retain(|(monday, _)| *monday <= day);
                }
            }
            None => {}
        }
        self.passed = Some(day);
        day
    }

    fn count_weeks(&mut self, after: Date, until: Date) {
        if self.in_force.version == 0 {
            return;
        }
        let mut monday = monday_after(after);
        let mut counted = 0;
        while monday <= until && counted < QUIET_WEEKS_MAX {
            let counts = standing::reckon(&self.setting, &self.in_force, monday).counts();
            Arc::make_mut(&mut self.history).push((monday, counts));
            monday = monday.checked_add(1.week()).unwrap_or(Date::MAX);
            counted += 1;
        }
    }

    /// As bytes for a snapshot that is good for this build only.
    ///
    /// # Errors
    /// The state can't be written; no snapshot is kept then.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Kept {
            setting: std::borrow::Cow::Borrowed(&self.setting),
            history: std::borrow::Cow::Borrowed(&self.history),
            passed: self.passed,
        })
    }

    /// The state that a snapshot holds.
    ///
    /// # Errors
    /// It is not a snapshot of this build; fold the ledger from its start then.
    pub fn from_bytes(head: Head, bytes: &[u8]) -> Result<State, serde_json::Error> {
        let kept: Kept<'_> = serde_json::from_slice(bytes)?;
        let setting = kept.setting.into_owned();
        Ok(State {
            in_force: Arc::new(InForce::of(&setting)),
            setting,
            head,
            history: Arc::new(kept.history.into_owned()),
            day: Day::default(),
            passed: kept.passed,
        })
    }
}

impl Day {
    fn of(&mut self, at: Moment) -> Date {
        let micros = at.micros();
        if let Some(date) = self
            .date
            .filter(|_| (self.from..self.until).contains(&micros))
        {
            return date;
        }
        let date = at.date();
        let next = date.checked_add(1.day()).unwrap_or(Date::MAX);
        *self = Day {
            from: Moment::on(date, 0, 0).micros(),
            until: Moment::on(next, 0, 0).micros(),
            date: Some(date),
        };
        date
    }
}

fn monday_after(day: Date) -> Date {
    day.nth_weekday(1, Weekday::Monday).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_united_kingdom_over_a_clock_change() {
        let mut day = Day::default();
        for (micros_from, hours) in [
            (Moment::on(Date::constant(2026, 3, 28), 22, 0), 12),
            (Moment::on(Date::constant(2026, 10, 24), 22, 0), 12),
        ] {
            for hour in 0..hours {
                let at = micros_from.plus_hours(hour);
                assert_eq!(day.of(at), at.date());
            }
        }
    }

    #[test]
    fn a_week_begins_on_the_monday_that_follows() {
        assert_eq!(
            monday_after(Date::constant(2026, 11, 22)),
            Date::constant(2026, 11, 23)
        );
        assert_eq!(
            monday_after(Date::constant(2026, 11, 23)),
            Date::constant(2026, 11, 30)
        );
    }
}
