//! How people are told: the way to the mail server, the devices, the calendar feeds, who was told of
//! what, and what could not be delivered. Addresses and secrets stay sealed.

use super::entries::{Entry, MailSet, PushStarted, Way, What, Why};
use crate::spine::{
    act::Person,
    setting::{At, Setting},
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long it is remembered that a message was sent, in hours: longer than any waits.
const REMEMBERED_HOURS: i64 = 96;
/// The most messages that could not be delivered and are listed.
const UNDELIVERED_MAX: usize = 50;

/// How people are told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    mail: Option<MailSet>,
    undaily: BTreeSet<Person>,
    push: Option<PushStarted>,
    devices: BTreeMap<u32, Device>,
    last_device: u32,
    feeds: BTreeMap<Person, Feed>,
    told: BTreeMap<Person, BTreeSet<String>>,
    chased: BTreeMap<Person, Date>,
    ended: BTreeMap<String, Moment>,
    undelivered: Vec<Undelivered>,
    last_sent: Option<Moment>,
}

/// A browser that is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Whose it is.
    pub person: Person,
    /// Where its push service takes messages for it.
    pub endpoint: Private,
    /// What kind of device it is.
    pub kind: String,
    /// Since when.
    pub since: Moment,
}

/// An address for calendar programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// SHA-256 of the secret in the address, in hex.
    pub digest: String,
    /// Since when.
    pub since: Moment,
    epoch: u32,
}

/// A message that could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The line that says so.
    pub seq: u64,
    /// When it was given up.
    pub at: Moment,
    /// For whom it was.
    pub person: Person,
    /// By which way.
    pub way: Way,
    /// Of what.
    pub what: What,
    /// Why.
    pub why: Why,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::MailSet(fact) => self.mail = Some(fact.clone()),
            Entry::MailStopped => self.mail = None,
            Entry::TestAsked(_) => {}
            Entry::Chosen(fact) if fact.daily => {
                self.undaily.remove(&fact.person);
            }
            Entry::Chosen(fact) => {
                self.undaily.insert(fact.person);
            }
            Entry::PushStarted(fact) => self.push = Some(fact.clone()),
            Entry::PushStopped => {
                // A new key means new subscriptions: those of the old one are of no more use.
                self.push = None;
                self.devices.clear();
            }
            Entry::DeviceAdded(fact) => {
                let device = Device {
                    person: fact.person,
                    endpoint: fact.endpoint.clone(),
                    kind: fact.kind.clone(),
                    since: at.moment,
                };
                self.devices.insert(fact.device, device);
                self.last_device = self.last_device.max(fact.device);
            }
            Entry::DeviceRemoved(fact) => {
                self.devices.remove(&fact.device);
            }
            Entry::FeedMade(fact) => {
                let feed = Feed {
                    digest: fact.digest.clone(),
                    since: at.moment,
                    epoch: fact.epoch,
                };
                self.feeds.insert(fact.person, feed);
            }
            Entry::FeedEnded(fact) => {
                self.feeds.remove(&fact.person);
            }
            Entry::Sent(fact) => {
                self.end(&fact.notice, at.moment);
                self.last_sent = Some(at.moment);
                if matches!(fact.what, What::Work | What::Sign) {
                    let told = self.told.entry(fact.person).or_default();
                    told.extend(fact.about.iter().cloned());
                    self.chased.insert(fact.person, at.day);
                }
            }
            Entry::GivenUp(fact) => {
                self.end(&fact.notice, at.moment);
                self.undelivered.push(Undelivered {
                    seq: at.seq,
                    at: at.moment,
                    person: fact.person,
                    way: fact.way,
                    what: fact.what,
                    why: fact.why,
                });
                let over = self.undelivered.len().saturating_sub(UNDELIVERED_MAX);
                self.undelivered.drain(..over);
            }
            Entry::Settled(fact) => self.undelivered.retain(|one| one.seq > fact.upto),
        }
    }

    fn end(&mut self, notice: &str, now: Moment) {
        self.ended
            .retain(|_, at| *at > now.plus_hours(-REMEMBERED_HOURS));
        self.ended.insert(notice.to_owned(), now);
    }

    /// How mail is sent; `None`: it is not.
    #[must_use]
    pub fn mail(&self) -> Option<&MailSet> {
        self.mail.as_ref()
    }

    /// The key with which this setting shows who it is to push services; `None`: none is told.
    #[must_use]
    pub fn push(&self) -> Option<&PushStarted> {
        self.push.as_ref()
    }

    /// Whether somebody has not turned the daily message off.
    #[must_use]
    pub fn wants_daily(&self, person: Person) -> bool {
        !self.undaily.contains(&person)
    }

    /// Every device that is told, by number.
    pub fn devices(&self) -> impl Iterator<Item = (u32, &Device)> {
        self.devices
            .iter()
            .map(|(number, device)| (*number, device))
    }

    /// The devices of one person, by number.
    pub fn devices_of(&self, person: Person) -> impl Iterator<Item = (u32, &Device)> {
        self.devices()
            .filter(move |(_, device)| device.person == person)
    }

    /// A device that is told.
    #[must_use]
    pub fn device(&self, number: u32) -> Option<&Device> {
        self.devices.get(&number)
    }

    /// The number that the next device gets.
    #[must_use]
    pub fn next_device(&self) -> u32 {
        self.last_device.saturating_add(1)
    }

    /// Whether a message was sent or given up lately.
    #[must_use]
    pub fn has_ended(&self, notice: &str) -> bool {
        self.ended.contains_key(notice)
    }

    /// Whether somebody was told of this work before.
    #[must_use]
    pub fn was_told(&self, person: Person, mark: &str) -> bool {
        self.told
            .get(&person)
            .is_some_and(|told| told.contains(mark))
    }

    /// The last day on which somebody got the daily message.
    #[must_use]
    pub fn last_chased(&self, person: Person) -> Option<Date> {
        self.chased.get(&person).copied()
    }

    /// What could not be delivered and nobody has looked at, oldest first.
    #[must_use]
    pub fn undelivered(&self) -> &[Undelivered] {
        &self.undelivered
    }

    /// When the last message was sent.
    #[must_use]
    pub fn last_sent(&self) -> Option<Moment> {
        self.last_sent
    }
}

/// Whether something that somebody was given at a moment still stands: the person is here and has
/// been all along, with the same account.
#[must_use]
pub(super) fn stands(person: Person, since: Moment, setting: &Setting, today: Date) -> bool {
    let (people, access) = (&setting.people, &setting.access);
    setting.lets_in(person, today)
        && people.since(person).is_some_and(|day| day <= since.date())
        && access.opened(person).is_some_and(|at| at <= since)
}

/// Somebody's calendar feed, while it stands: another password ends it, too.
#[must_use]
pub fn feed_of(person: Person, setting: &Setting, today: Date) -> Option<&Feed> {
    let feed = setting.notices.feeds.get(&person)?;
    let same = setting.access.epoch(person) == Some(feed.epoch);
    (same && stands(person, feed.since, setting, today)).then_some(feed)
}

/// Whose feed has this digest, while it stands.
#[must_use]
pub fn whose_feed(digest: &str, setting: &Setting, today: Date) -> Option<Person> {
    let has = |(_, feed): &(&Person, &Feed)| feed.digest == digest;
    let (person, _) = setting.notices.feeds.iter().find(has)?;
    feed_of(*person, setting, today).map(|_| *person)
}
