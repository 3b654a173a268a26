//! One thing that was asked for, and many of them together.

use kernel::moment::Moment;
use serde::{Deserialize, Serialize};

/// The longest name or address that is kept, in bytes; what is longer is cut there.
pub(super) const ASKED_MAX: usize = 2_048;

/// For whom something was asked. Numbers are those of the setting; 0 is nobody known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Who {
    /// The device.
    pub device: u32,
    /// Whom the device belongs to, or is signed out to, at that time.
    pub person: u32,
    /// The room.
    pub room: u32,
    /// The supervised session.
    pub session: u32,
    /// The profile, by its place in the plan, and one more; 0 is none.
    pub profile: u32,
}

/// By which way it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Door {
    /// DNS over UDP or TCP.
    #[default]
    Dns,
    /// DNS over TLS.
    Dot,
    /// DNS over HTTPS.
    Doh,
    /// A tunnel through the proxy, known by its host.
    Tunnel,
    /// A page through the proxy, known by its address.
    Page,
}

/// What was answered.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It was open.
    #[default]
    Open,
    /// It was closed.
    Closed,
    /// Open, in its safe form.
    MadeSafe,
    /// Open, but what it led to was closed: an alias, a private address.
    AnswerClosed,
    /// The filter could not say, so it was closed.
    Failed,
}

impl Door {
    const ALL: [Door; 5] = [Door::Dns, Door::Dot, Door::Doh, Door::Tunnel, Door::Page];

    pub(super) fn code(self) -> u32 {
        match self {
            Door::Dns => 0,
            Door::Dot => 1,
            Door::Doh => 2,
            Door::Tunnel => 3,
            Door::Page => 4,
        }
    }

    pub(super) fn of_code(code: u32) -> Option<Door> {
        Door::ALL.into_iter().find(|door| door.code() == code)
    }
}

impl Answer {
    const ALL: [Answer; 5] = [
        Answer::Open,
        Answer::Closed,
        Answer::MadeSafe,
        Answer::AnswerClosed,
        Answer::Failed,
    ];

    pub(super) fn code(self) -> u32 {
        match self {
            Answer::Open => 0,
            Answer::Closed => 1,
            Answer::MadeSafe => 2,
            Answer::AnswerClosed => 3,
            Answer::Failed => 4,
        }
    }

    pub(super) fn of_code(code: u32) -> Option<Answer> {
        Answer::ALL.into_iter().find(|answer| answer.code() == code)
    }

    /// Whether who asked got what they asked for, in its safe form at least.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Answer::Open | Answer::MadeSafe)
    }
}

/// On what grounds: enough to say later why, from the plan and the lists of that time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grounds {
    /// By which way it was asked.
    pub door: Door,
    /// What was answered.
    pub answer: Answer,
    /// What decided, as a number of the plan's reasons.
    pub because: u32,
    /// The category, and one more; 0 is none.
    pub category: u32,
    /// The list that named it, and one more; 0 is none.
    pub list: u32,
    /// The line of that list, from 1.
    pub line: u32,
    /// The number of the plan.
    pub plan: u32,
    /// The number of the file of lists.
    pub lists: u32,
}

/// One thing that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// When, in milliseconds.
    pub at: i64,
    /// For whom.
    pub who: Who,
    /// What came of it, and why.
    pub grounds: Grounds,
    /// What: a name, or the address of a page.
    pub asked: &'a str,
}

impl Event<'_> {
    /// When.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::from_micros(self.at.saturating_mul(1_000))
    }
}

/// Many events, without an allocation for each.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    rows: Vec<Kept>,
    asked: String,
}

#[derive(Clone, Copy, Debug)]
struct Kept {
    at: i64,
    who: Who,
    grounds: Grounds,
    end: usize,
}

impl Batch {
    /// Adds one.
    pub fn push(&mut self, event: &Event<'_>) {
        let asked = event.asked;
        let cut = (0..=asked.len().min(ASKED_MAX))
            .rev()
            .find(|at| asked.is_char_boundary(*at));
        self.asked
            .push_str(cut.and_then(|cut| asked.get(..cut)).unwrap_or_default());
        self.rows.push(Kept {
            at: event.at,
            who: event.who,
            grounds: event.grounds,
            end: self.asked.len(),
        });
    }

    /// Adds all of another.
    pub fn extend(&mut self, other: &Batch) {
        for event in other.iter() {
            self.push(&event);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Forgets them, and keeps the room for more.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.asked.clear();
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Event<'_>> {
        let mut start = 0;
        self.rows.iter().map(move |row| {
            let asked = self.asked.get(start..row.end).unwrap_or_default();
            start = row.end;
            Event {
                at: row.at,
                who: row.who,
                grounds: row.grounds,
                asked,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_gives_back_what_was_put_in() {
        let mut batch = Batch::default();
        for (at, asked) in [(1, "one.example"), (2, ""), (3, "ż.example")] {
            batch.push(&Event {
                at,
                who: Who::default(),
                grounds: Grounds::default(),
                asked,
            });
        }
        let asked: Vec<&str> = batch.iter().map(|event| event.asked).collect();
        assert_eq!(asked, ["one.example", "", "ż.example"]);
        assert_eq!(batch.len(), 3);
        batch.clear();
        assert!(batch.is_empty() && batch.iter().next().is_none());
    }

    #[test]
    fn a_long_address_is_cut_between_letters() {
        let mut batch = Batch::default();
        let long = "ż".repeat(ASKED_MAX);
        batch.push(&Event {
            at: 0,
            who: Who::default(),
            grounds: Grounds::default(),
            asked: &format!("x{long}"),
        });
        let kept = batch.iter().next().unwrap().asked.len();
        assert_eq!(kept, ASKED_MAX - 1);
    }

    #[test]
    fn codes_are_read_as_what_they_were_written_for() {
        for door in Door::ALL {
            assert_eq!(Door::of_code(door.code()), Some(door));
        }
        for answer in Answer::ALL {
            assert_eq!(Answer::of_code(answer.code()), Some(answer));
        }
        assert_eq!((Door::of_code(5), Answer::of_code(5)), (None, None));
    }
}
