//! What is asked of traces: some of them, the newest first, and counts by day, hour and the rest.

use super::{
    day::Broken,
    event::{Answer, Event, Grounds, Who},
    store::Reader,
};
use jiff::civil::Date;
use kernel::moment::Moment;
use std::collections::{BTreeMap, VecDeque};

/// The most days that one question may span: those of a year and a month.
const DAYS_MAX: usize = 400;

/// The most names that are counted one by one in a report.
const NAMES_MAX: usize = 100_000;

/// Which traces. What is left out is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Only of this device.
    pub device: Option<u32>,
    /// Only of this person.
    pub person: Option<u32>,
    /// Only of this room.
    pub room: Option<u32>,
    /// Only of this supervised session.
    pub session: Option<u32>,
    /// Only of this category, as grounds have it.
    pub category: Option<u32>,
    /// Only what was closed, or only what was open.
    pub open: Option<bool>,
    /// Only names that have this in them, in small letters.
    pub has: String,
    /// The most rows; counts are of all.
    pub most: usize,
}

/// One trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub at: Moment,
    /// For whom.
    pub who: Who,
    /// What came of it, and why.
    pub grounds: Grounds,
    /// What was asked for.
    pub asked: String,
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
#[derive(Debug, Default)]
pub struct Report {
    /// The newest rows, the newest first.
    pub rows: Vec<Row>,
    /// Of all.
    pub total: Count,
    /// By day.
    pub by_day: BTreeMap<Date, Count>,
    /// By hour of the day in the United Kingdom, from 0.
    pub by_hour: [Count; 24],
    /// By category, as grounds have it.
    pub by_category: BTreeMap<u32, Count>,
    /// By room.
    pub by_room: BTreeMap<u32, Count>,
    /// By device.
    pub by_device: BTreeMap<u32, Count>,
    /// By person.
    pub by_person: BTreeMap<u32, Count>,
    /// By what was asked for; when there are very many, the later ones are only in the other counts.
    pub by_name: BTreeMap<String, Count>,
    /// What could not be read: the counts are without it.
    pub broken: Vec<Broken>,
}

impl Count {
    fn add(&mut self, answer: Answer) {
        self.all += 1;
        self.closed += u64::from(!answer.is_open());
    }
}

impl Query {
    /// Whether an event is asked for.
    #[must_use]
    pub fn wants(&self, event: &Event<'_>) -> bool {
        let is = |wanted: Option<u32>, is: u32| wanted.is_none_or(|wanted| wanted == is);
        is(self.device, event.who.device)
            && is(self.person, event.who.person)
            && is(self.room, event.who.room)
            && is(self.session, event.who.session)
            && is(self.category, event.grounds.category)
            && self
                .open
                .is_none_or(|open| open == event.grounds.answer.is_open())
            && (self.has.is_empty() || event.asked.contains(&self.has))
    }

    /// Asks it of the days from `first` to `last`; of more than four hundred, the latest.
    #[must_use]
    pub fn ask(&self, reader: &Reader, first: Date, last: Date) -> Report {
        let mut report = Report::default();
        let mut days = match reader.days() {
            Ok(days) => days,
            Err(error) => {
                let name = "the folder".to_owned();
                report.broken.push(Broken::Unreadable(name, error));
                return report;
            }
        };
        days.retain(|day| (first..=last).contains(day));
        let too_many = days.len().saturating_sub(DAYS_MAX);
        let mut rows = VecDeque::new();
        for day in days.into_iter().skip(too_many) {
            let hours = Hours::of(day);
            let read = reader.each(day, |event| {
                if self.wants(event) {
                    report.count(day, hours.hour(event.at), event);
                    self.keep(event, &mut rows);
                }
            });
            report.broken.extend(read.err());
        }
        report.rows = rows.into_iter().rev().collect();
        report
    }

    fn keep(&self, event: &Event<'_>, rows: &mut VecDeque<Row>) {
        if self.most == 0 {
            return;
        }
        if rows.len() == self.most {
            rows.pop_front();
        }
        rows.push_back(Row {
            at: event.moment(),
            who: event.who,
            grounds: event.grounds,
            asked: event.asked.to_owned(),
        });
    }
}

impl Report {
    fn count(&mut self, day: Date, hour: usize, event: &Event<'_>) {
        let answer = event.grounds.answer;
        self.total.add(answer);
        self.by_day.entry(day).or_default().add(answer);
        if let Some(count) = self.by_hour.get_mut(hour) {
            count.add(answer);
        }
        let by = [
            (&mut self.by_category, event.grounds.category),
            (&mut self.by_room, event.who.room),
            (&mut self.by_device, event.who.device),
            (&mut self.by_person, event.who.person),
        ];
        for (counts, number) in by {
            counts.entry(number).or_default().add(answer);
        }
        if let Some(count) = self.by_name.get_mut(event.asked) {
            count.add(answer);
        } else if self.by_name.len() < NAMES_MAX {
            let count = self.by_name.entry(event.asked.to_owned());
            count.or_default().add(answer);
        }
    }
}

/// When each hour of a day begins: on the days of the clock change it is not every sixty minutes.
struct Hours([i64; 24]);

impl Hours {
    fn of(day: Date) -> Hours {
        let mut starts = [i64::MAX; 24];
        for (start, hour) in starts.iter_mut().zip(0_i8..) {
            *start = Moment::on(day, hour, 0).micros().div_euclid(1_000);
        }
        // Of an hour that there is twice, the second half belongs to it too.
        Hours(starts)
    }

    fn hour(&self, at: i64) -> usize {
        let begun = self.0.iter().filter(|start| **start <= at).count();
        begun.saturating_sub(1)
    }
}
