//! What the filter keeps, for the pages of monitoring: the folder of traces is read as it is now, and
//! the numbers in it become kinds, lists and words.

use super::{Asked, Folder, child::State};
use crate::{commands::filter::secret, web::app::App};
use families::{
    monitor::traces::{
        Answer, Asked as Wanted, Count, DAYS_MAX, Grounds, Kept, NAMES_MAX, ROWS_MAX, Report,
        Trace, Traces,
    },
    spine::act::{Person, Room},
};
use gate::traces as kept;
use kernel::moment::{Date, minus_days};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// Hands the pages where traces are asked for.
pub(super) fn hand_out(
    app: &App,
    folder: &Folder,
    asked: &Asked,
    state: Option<Arc<Mutex<State>>>,
) {
    app.desk.note_traces(Arc::new(Stored {
        traces: folder.traces(),
        secret: folder.secret(),
        bytes_max: u64::from(asked.filter_traces_megabytes) << 20,
        state,
    }));
}

/// The folder of traces.
struct Stored {
    traces: PathBuf,
    secret: PathBuf,
    bytes_max: u64,
    /// How the filter is, where this program runs it.
    state: Option<Arc<Mutex<State>>>,
}

/// The folder, opened to read.
struct Opened {
    reader: kept::Reader,
    known: kept::Known,
}

impl Stored {
    fn open(&self) -> Option<Opened> {
        if !self.traces.exists() {
            return None;
        }
        let key = secret(&self.secret, false).ok()?;
        Some(Opened {
            reader: kept::Reader::of_folder(&self.traces, &key),
            known: kept::Known::open(&self.traces, &key).ok()?,
        })
    }

    /// What is wrong with the filter, where this program runs it.
    fn trouble(&self) -> Option<String> {
        let state = self.state.as_ref()?;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.runs {
            return None;
        }
        let last = state.said.last().map_or("", String::as_str);
        let words = "The filter does not run. Nothing is answered on the network until it does, and it is started again by itself.";
        Some(match last {
            "" => words.to_owned(),
            last => format!("{words} It said last: {last}"),
        })
    }
}

impl Traces for Stored {
    fn kept(&self) -> Option<Kept> {
        let Some(opened) = self.open() else {
            return self.trouble().map(|trouble| Kept {
                bytes_max: self.bytes_max,
                trouble: Some(trouble),
                ..Kept::default()
            });
        };
        let days = opened.reader.days().ok()?;
        Some(Kept {
            first: days.first().copied(),
            days: days.len(),
            bytes: opened.reader.bytes().unwrap_or(0),
            bytes_max: self.bytes_max,
            trouble: self.trouble(),
        })
    }

    fn ask(&self, asked: &Wanted) -> Report {
        self.open()
            .map_or_else(Report::default, |opened| opened.ask(asked))
    }

    fn explain(&self, trace: &Trace) -> Option<Grounds> {
        Some(self.open()?.explain(trace))
    }

    fn is_whole(&self, day: Date, digest: &str) -> Option<bool> {
        let opened = self.open()?;
        if !opened.reader.days().ok()?.contains(&day) {
            return None;
        }
        let closed = opened.reader.closed(day);
        Some(closed.is_ok_and(|closed| ledger::hex::encode(&closed.digest) == digest))
    }
}

impl Opened {
    fn ask(&self, asked: &Wanted) -> Report {
        let category = match asked.kind.as_deref() {
            None => None,
            Some("") => Some(0),
            // A kind that nothing was of: nothing has this number.
            Some(kind) => Some(self.known.category_number(kind).unwrap_or(u32::MAX)),
        };
        let query = kept::Query {
            device: asked.device,
            person: asked.person.map(|person| person.0),
            room: asked.room.map(|room| room.0),
            session: asked.session,
            category,
            open: asked.open,
            has: asked.has.to_lowercase(),
            most: asked.rows.min(ROWS_MAX),
        };
        let first = asked.first.max(minus_days(asked.last, DAYS_MAX));
        let found = query.ask(&self.reader, first, asked.last);
        let count = |own: &kept::Count| Count {
            all: own.all,
            closed: own.closed,
        };
        let kind = |number: u32| self.known.category(number).unwrap_or_default();
        let mut report = Report {
            total: count(&found.total),
            by_hour: found.by_hour.each_ref().map(count),
            rows: found.rows.iter().map(|row| self.trace(row)).collect(),
            unread: found.broken.iter().map(ToString::to_string).collect(),
            ..Report::default()
        };
        let days = found.by_day.iter();
        report.by_day = days.map(|(day, own)| (*day, count(own))).collect();
        for (number, own) in &found.by_category {
            let sum = report.by_kind.entry(kind(*number)).or_default();
            sum.all += own.all;
            sum.closed += own.closed;
        }
        let rooms = found.by_room.iter();
        report.by_room = rooms.map(|(own, all)| (Room(*own), count(all))).collect();
        let devices = found.by_device.iter();
        report.by_device = devices.map(|(own, all)| (*own, count(all))).collect();
        let people = found.by_person.iter();
        report.by_person = people
            .map(|(own, all)| (Person(*own), count(all)))
            .collect();
        let names = found.by_name.iter();
        let mut names: Vec<(String, Count)> =
            names.map(|(own, all)| (own.clone(), count(all))).collect();
        names.sort_by(|(one, first), (other, second)| {
            second.all.cmp(&first.all).then_with(|| one.cmp(other))
        });
        names.truncate(NAMES_MAX);
        report.by_name = names;
        report
    }

    fn trace(&self, row: &kept::Row) -> Trace {
        let some = |number: u32| (number > 0).then_some(number);
        Trace {
            at: row.at,
            device: some(row.who.device),
            person: some(row.who.person).map(Person),
            room: some(row.who.room).map(Room),
            session: some(row.who.session),
            door: match row.grounds.door {
                kept::Door::Dns | kept::Door::Dot | kept::Door::Doh => "Name",
                kept::Door::Tunnel => "Tunnel",
                kept::Door::Page => "Page",
            }
            .to_owned(),
            asked: row.asked.clone(),
            answer: match row.grounds.answer {
                kept::Answer::Open => Answer::Open,
                kept::Answer::Closed => Answer::Closed,
                kept::Answer::MadeSafe => Answer::MadeSafe,
                kept::Answer::AnswerClosed => Answer::LedToClosed,
                kept::Answer::Failed => Answer::Failed,
            },
            kind: self
                .known
                .category(row.grounds.category)
                .unwrap_or_default(),
            because: row.grounds.because,
            list: row.grounds.list,
            line: row.grounds.line,
            plan: row.grounds.plan,
            lists: row.grounds.lists,
        }
    }

    fn explain(&self, trace: &Trace) -> Grounds {
        let profile = self.profile(trace);
        let row = kept::Row {
            at: trace.at,
            who: kept::Who {
                device: trace.device.unwrap_or(0),
                profile,
                ..kept::Who::default()
            },
            grounds: kept::Grounds {
                because: trace.because,
                category: self.known.category_number(&trace.kind).unwrap_or(0),
                list: trace.list,
                line: trace.line,
                plan: trace.plan,
                lists: trace.lists,
                ..kept::Grounds::default()
            },
            asked: trace.asked.clone(),
        };
        let explained = kept::explain(&row, &self.known);
        Grounds {
            because: explained.because,
            profile: explained.profile,
            clause: explained.clause,
            plan_of: explained.plan_since,
            list: explained.list,
            line: explained.line,
            lists_of: explained.lists_since,
        }
    }

    /// The profile that held, as the plan of that time has it: the session's, or the device's.
    fn profile(&self, trace: &Trace) -> u32 {
        let find = || {
            let plan = self.known.plan(trace.plan)?.plan;
            let session = trace.session.and_then(|own| {
                let name = format!("session-{own}");
                let mut all = plan.sessions.iter();
                all.find(|session| session.name == name)?.profile.clone()
            });
            let device = trace.device.and_then(|own| {
                let name = format!("device-{own}");
                let mut all = plan.devices.iter();
                Some(all.find(|device| device.name == name)?.profile.clone())
            });
            let name = session.or(device).or(plan.strangers.clone())?;
            let mut profiles = plan.profiles.iter();
            let place = profiles.position(|profile| profile.name == name)?;
            u32::try_from(place.checked_add(1)?).ok()
        };
        find().unwrap_or(0)
    }
}
