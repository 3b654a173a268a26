//! What is open now and for how long, what adults have looked at, and the minutes of each room.

use super::entries::{Entry, How, Looked, Near, Opened, ToolChosen};
use crate::spine::{
    act::{Person, Room},
    setting::{At, Setting},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many openings are kept in the state; the ledger has all.
const SESSIONS_MAX: usize = 5_000;
/// How many days of minutes are kept in the state.
const DAYS_MAX: usize = 400;

/// The internet with children.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    bundles: BTreeMap<u32, Bundle>,
    last_bundle: u32,
    tool: Option<Tool>,
    sessions: BTreeMap<u32, Session>,
    last_session: u32,
    /// Seconds of each day, by room.
    spent: BTreeMap<Date, BTreeMap<Room, i64>>,
}

/// Sites that adults have looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// What was said.
    pub about: Looked,
    /// Who looked, when, and the entry; newest last.
    pub looks: Vec<(Option<Person>, Moment, u64)>,
}

/// The search tool.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tool {
    /// What was said.
    pub chosen: ToolChosen,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

/// An adult opened the internet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Its number.
    pub number: u32,
    /// For this device.
    pub device: Option<u32>,
    /// For this room; of a device, where it lives.
    pub room: Option<Room>,
    /// What for.
    pub purpose: String,
    /// The bundles.
    pub bundles: Vec<u32>,
    /// Whether the rest is open too, as the filter lets through.
    pub filtered: bool,
    /// Whether the search tool is open.
    pub searching: bool,
    /// Where the adult is.
    pub near: Near,
    /// The adult.
    pub by: Option<Person>,
    /// Since when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// How and when it was closed.
    pub ended: Option<(How, Moment)>,
    /// The entry.
    pub seq: u64,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::BundleLooked(fact) => {
                self.last_bundle = self.last_bundle.max(fact.bundle);
                let look = (at.by.person(), at.moment, at.seq);
                let bundle = self.bundles.entry(fact.bundle).or_insert_with(|| Bundle {
                    about: fact.clone(),
                    looks: Vec::new(),
                });
                bundle.about = fact.clone();
                bundle.looks.push(look);
            }
            Entry::BundleDropped(fact) => {
                self.bundles.remove(&fact.bundle);
            }
            Entry::ToolChosen(fact) => {
                self.tool = Some(Tool {
                    chosen: fact.clone(),
                    by: at.by.person(),
                    at: at.moment,
                });
            }
            Entry::Opened(fact) => self.opened(fact, at),
            Entry::Extended(fact) => {
                if let Some(session) = self.sessions.get_mut(&fact.session) {
                    session.until = fact.until;
                }
            }
            Entry::Ended(fact) => self.ended(fact.session, fact.how, at.moment),
        }
    }

    fn opened(&mut self, fact: &Opened, at: At<'_>) {
        self.last_session = self.last_session.max(fact.session);
        let session = Session {
            number: fact.session,
            device: fact.device,
            room: fact.room,
            purpose: fact.purpose.clone(),
            bundles: fact.bundles.clone(),
            filtered: fact.filtered,
            searching: fact.searching,
            near: fact.near,
            by: at.by.person(),
            from: at.moment,
            until: fact.until,
            ended: None,
            seq: at.seq,
        };
        self.sessions.insert(fact.session, session);
        if self.sessions.len() > SESSIONS_MAX {
            self.sessions.pop_first();
        }
    }

    fn ended(&mut self, number: u32, how: How, at: Moment) {
        let Some(session) = self.sessions.get_mut(&number) else {
            return;
        };
        // What the clock was late to close was closed at its time all the same.
        let end = at.min(session.until);
        session.ended = Some((how, end));
        let Some(room) = session.room else {
            return;
        };
        let seconds = end.micros().saturating_sub(session.from.micros()) / 1_000_000;
        let day = self.spent.entry(session.from.date()).or_default();
        let spent = day.entry(room).or_default();
        *spent = spent.saturating_add(seconds.max(0));
        if self.spent.len() > DAYS_MAX {
            self.spent.pop_first();
        }
    }

    /// The bundles in use, by number.
    pub fn bundles(&self) -> impl Iterator<Item = &Bundle> {
        self.bundles.values()
    }

    /// One of them.
    #[must_use]
    pub fn bundle(&self, number: u32) -> Option<&Bundle> {
        self.bundles.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_bundle(&self) -> u32 {
        self.last_bundle.saturating_add(1)
    }

    /// The search tool.
    #[must_use]
    pub fn tool(&self) -> Option<&Tool> {
        self.tool.as_ref()
    }

    /// All that was opened, as far as it is kept, by number.
    pub fn sessions(&self) -> impl DoubleEndedIterator<Item = &Session> {
        self.sessions.values()
    }

    /// One of them.
    #[must_use]
    pub fn session(&self, number: u32) -> Option<&Session> {
        self.sessions.get(&number)
    }

    /// The number of the next one.
    #[must_use]
    pub fn next_session(&self) -> u32 {
        self.last_session.saturating_add(1)
    }

    /// What is open at a moment.
    pub fn open(&self, now: Moment) -> impl Iterator<Item = &Session> {
        self.sessions.values().filter(move |one| one.is_open(now))
    }

    /// What has come to its time and is not closed in the ledger yet.
    #[must_use]
    pub fn over(&self, now: Moment) -> Vec<u32> {
        let over = |one: &&Session| one.ended.is_none() && one.until <= now;
        let over = self.sessions.values().filter(over);
        over.map(|one| one.number).collect()
    }

    /// The minutes of a room on each day, oldest first.
    pub fn minutes(&self, room: Room) -> impl Iterator<Item = (Date, i64)> {
        self.spent
            .iter()
            .filter_map(move |(day, rooms)| Some((*day, rooms.get(&room)? / 60)))
    }

    /// Every day that has minutes, with the rooms.
    pub fn days(&self) -> impl Iterator<Item = (Date, impl Iterator<Item = (Room, i64)>)> {
        let rooms = |rooms: &BTreeMap<Room, i64>| {
            let rooms: Vec<_> = rooms.iter().map(|(room, all)| (*room, all / 60)).collect();
            rooms.into_iter()
        };
        self.spent.iter().map(move |(day, all)| (*day, rooms(all)))
    }
}

impl Session {
    /// Whether it is open at a moment. The time alone closes it: nothing has to happen first.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        self.ended.is_none() && now < self.until
    }

    /// The devices that it is for.
    #[must_use]
    pub fn devices(&self, setting: &Setting) -> Vec<u32> {
        match (self.device, self.room) {
            (Some(device), _) if setting.devices.is_out_of_use(device) => Vec::new(),
            (Some(device), _) => vec![device],
            (None, Some(room)) => super::acts::children_s_devices(setting, room)
                .map(|device| device.number)
                .collect(),
            (None, None) => Vec::new(),
        }
    }

    /// The sites that it opens, with what they need.
    #[must_use]
    pub fn names(&self, setting: &Setting) -> Vec<String> {
        let internet = &setting.internet;
        let bundles = self.bundles.iter().filter_map(|one| internet.bundle(*one));
        let mut names: Vec<String> = bundles
            .flat_map(|bundle| bundle.about.sites.iter().chain(&bundle.about.needs))
            .cloned()
            .collect();
        if self.searching
            && let Some(engine) = internet
                .tool()
                .and_then(|tool| super::engines::called(&tool.chosen.tool))
        {
            let plain = |name: &&String| !name.starts_with("*.");
            names.extend(engine.names.iter().filter(plain).cloned());
        }
        names.sort();
        names.dedup();
        names
    }
}

impl Bundle {
    /// Who looked at it last, and when.
    #[must_use]
    pub fn last_look(&self) -> Option<(Option<Person>, Moment)> {
        self.looks.last().map(|(by, at, _)| (*by, *at))
    }
}
