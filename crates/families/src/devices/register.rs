//! The devices as they stand: what is known of each, who has it, whether it is in use and what the
//! network gives it. The rest of the program asks here; the filter’s plan does too.

pub mod custody;

use super::{
    entries::{Described, Entry, HandedOut, custody::Entry as Custody},
    kinds::{About, Internet, Owner, Users},
};
use crate::spine::{
    act::{Person, Room},
    setting::At,
};
use custody::Custodies;
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many hands of one device are kept in the state; the ledger has all.
const HANDS_MAX: usize = 200;

/// The devices.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    devices: BTreeMap<u32, Device>,
    rooms: BTreeMap<Room, Internet>,
    unknown: BTreeMap<String, Unknown>,
    custodies: Custodies,
}

/// A device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Device {
    /// Its number.
    pub number: u32,
    /// What is known about it.
    pub about: About,
    /// Where it is.
    pub state: State,
    /// By whom it was taken out of use, when it is.
    pub out: Option<Out>,
    /// Who had it when, newest last.
    pub hands: Vec<Hand>,
    /// The browsers that are known as it, as the program tells them apart.
    pub enrolled: Vec<String>,
    /// Until when it may be used although it is not the setting’s.
    pub allowed: Option<Allowed>,
    /// Who may use it for themselves, too.
    pub personal: Option<Personal>,
    /// What was set for its internet.
    pub internet: Option<Internet>,
    /// The entry that last said something about it, and when.
    pub seq: u64,
    /// When that was.
    pub at: Moment,
}

/// Where a device is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum State {
    /// Here.
    Here,
    /// Nobody knows.
    Lost {
        /// How.
        how: Private<String>,
        /// Since when.
        at: Moment,
    },
    /// Gone for good.
    Gone {
        /// How, by key.
        how: String,
        /// What shows it.
        evidence: Private<String>,
        /// Since when.
        at: Moment,
    },
}

/// Taken out of use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Out {
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// Why, where that was said.
    pub why: Option<Private<String>>,
}

/// Somebody has or had it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub person: Person,
    /// By whom it was handed out.
    pub by: Option<Person>,
    /// What for.
    pub what_for: Private<String>,
    /// Since when.
    pub from: Moment,
    /// Until when it was lent.
    pub until: Option<Date>,
    /// When they said that they have it.
    pub acknowledged: Option<Moment>,
    /// When it came back.
    pub back: Option<Moment>,
    /// The entry.
    pub seq: u64,
}

/// It may be used although it is not the setting’s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allowed {
    /// What for.
    pub what_for: Private<String>,
    /// The last day.
    pub until: Date,
    /// By whom.
    pub by: Option<Person>,
}

/// Somebody may use it for themselves, too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Personal {
    /// Who.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
    /// The last day.
    pub until: Date,
    /// By whom it was allowed.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
}

/// Something unknown on the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unknown {
    /// When it was first seen.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// What it is, once that was said.
    pub settled: Option<Private<String>>,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Added(fact) => self.add(fact, at),
            Entry::Changed(fact) => {
                self.settle(&fact.about);
                self.change(fact.device, at, |device| device.about = fact.about.clone());
            }
            Entry::Lost(fact) => self.change(fact.device, at, |device| {
                device.state = State::Lost {
                    how: fact.how.clone(),
                    at: at.moment,
                };
            }),
            Entry::Found(fact) => {
                self.change(fact.device, at, |device| device.state = State::Here);
            }
            Entry::Disposed(fact) => self.change(fact.device, at, |device| {
                device.state = State::Gone {
                    how: fact.how.clone(),
                    evidence: fact.evidence.clone(),
                    at: at.moment,
                };
                device.end_hand(at.moment);
                device.enrolled.clear();
            }),
            Entry::TakenOut(fact) => self.change(fact.device, at, |device| {
                device.out = Some(Out {
                    by: at.by.person(),
                    at: at.moment,
                    why: fact.why.clone(),
                });
            }),
            Entry::BroughtBack(fact) => self.change(fact.device, at, |device| device.out = None),
            Entry::HandedOut(fact) => self.change(fact.device, at, |device| device.hand(fact, at)),
            Entry::Acknowledged(fact) => self.change(fact.device, at, |device| {
                if let Some(hand) = device.open_hand() {
                    hand.acknowledged = Some(at.moment);
                }
            }),
            Entry::HandedBack(fact) => {
                self.change(fact.device, at, |device| device.end_hand(at.moment));
            }
            Entry::Enrolled(fact) => {
                for device in self.devices.values_mut() {
                    device.enrolled.retain(|label| *label != fact.label);
                }
                self.change(fact.device, at, |device| {
                    device.enrolled.push(fact.label.clone());
                });
            }
            Entry::Unenrolled(fact) => {
                self.change(fact.device, at, |device| device.enrolled.clear());
            }
            Entry::UseAllowed(fact) => self.change(fact.device, at, |device| {
                device.allowed = Some(Allowed {
                    what_for: fact.what_for.clone(),
                    until: fact.until,
                    by: at.by.person(),
                });
            }),
            Entry::PersonalUseAllowed(fact) => self.change(fact.device, at, |device| {
                device.personal = Some(Personal {
                    person: fact.person,
                    why: fact.why.clone(),
                    until: fact.until,
                    by: at.by.person(),
                    seq: at.seq,
                });
            }),
            Entry::PersonalUseEnded(fact) => {
                self.change(fact.device, at, |device| device.personal = None);
            }
            Entry::InternetSet(fact) => self.change(fact.device, at, |device| {
                device.internet = Some(fact.internet);
            }),
            Entry::RoomInternetSet(fact) => {
                self.rooms.insert(fact.room, fact.internet);
            }
            Entry::UnknownSeen(fact) => {
                let unknown = Unknown {
                    at: at.moment,
                    seq: at.seq,
                    settled: None,
                };
                self.unknown.insert(fact.address.clone(), unknown);
            }
            Entry::UnknownSettled(fact) => {
                if let Some(unknown) = self.unknown.get_mut(&fact.address) {
                    unknown.settled = Some(fact.what.clone());
                }
            }
            Entry::Custody(entry) => {
                let device = match entry {
                    Custody::Begun(fact) => self.devices.get(&fact.device),
                    _ => None,
                };
                self.custodies.fold(entry, device, at);
            }
        }
    }

    fn add(&mut self, fact: &Described, at: At<'_>) {
        self.settle(&fact.about);
        let device = Device {
            number: fact.device,
            about: fact.about.clone(),
            state: State::Here,
            out: None,
            hands: Vec::new(),
            enrolled: Vec::new(),
            allowed: None,
            personal: None,
            internet: None,
            seq: at.seq,
            at: at.moment,
        };
        self.devices.insert(fact.device, device);
    }

    /// An address that is on the register is no longer unknown.
    fn settle(&mut self, about: &About) {
        self.unknown
            .retain(|address, _| !about.addresses.contains(address));
    }

    fn change(&mut self, number: u32, at: At<'_>, how: impl FnOnce(&mut Device)) {
        if let Some(device) = self.devices.get_mut(&number) {
            device.seq = at.seq;
            device.at = at.moment;
            how(device);
        }
    }

    /// All devices, also those that are gone, by number.
    pub fn all(&self) -> impl Iterator<Item = &Device> {
        self.devices.values()
    }

    /// Those that are not gone for good.
    pub fn kept(&self) -> impl Iterator<Item = &Device> {
        self.all().filter(|device| !device.is_gone())
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&Device> {
        self.devices.get(&number)
    }

    /// What a device is called.
    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        self.find(number)
            .map_or("A device", |device| device.about.name.as_str())
    }

    /// The number that the next one gets.
    #[must_use]
    pub fn next_device(&self) -> u32 {
        let last = self.devices.last_key_value().map(|(number, _)| *number);
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// The device that has an address on the network.
    #[must_use]
    pub fn at_address(&self, address: &str) -> Option<&Device> {
        let has = |device: &&Device| device.about.addresses.iter().any(|own| own == address);
        self.kept().find(has)
    }

    /// The device that a browser is known as.
    #[must_use]
    pub fn enrolled(&self, label: &str) -> Option<&Device> {
        let has = |device: &&Device| device.enrolled.iter().any(|own| own == label);
        self.kept().find(has)
    }

    /// Whether a browser is known as a device of the setting that is in use.
    #[must_use]
    pub fn is_ours(&self, label: &str) -> bool {
        self.enrolled(label)
            .is_some_and(|device| device.about.is_ours() && !device.is_out_of_use())
    }

    /// Whether a device is out of use: then it is off the network too. What is not on the register
    /// is not in use, and what is secured stays off, whatever the register says of it.
    #[must_use]
    pub fn is_out_of_use(&self, number: u32) -> bool {
        let is_out = self.find(number).is_none_or(Device::is_out_of_use);
        is_out || self.custodies.of_device(number).next().is_some()
    }

    /// Whether the internet is there for a device by itself: what was set for it, else for its room,
    /// else what the policy says (`off`) for what children use.
    #[must_use]
    pub fn internet(&self, device: &Device, off: bool) -> Internet {
        let room = device.about.room.and_then(|room| self.rooms.get(&room));
        let set = device.internet.or(room.copied());
        set.unwrap_or(if off && device.about.users == Users::Children {
            Internet::Opened
        } else {
            Internet::Always
        })
    }

    /// What was set for the devices of a room.
    #[must_use]
    pub fn internet_of_room(&self, room: Room) -> Option<Internet> {
        self.rooms.get(&room).copied()
    }

    /// What was seen on the network and is not known, by address.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &Unknown)> {
        self.unknown
            .iter()
            .map(|(address, unknown)| (address.as_str(), unknown))
    }

    /// What is known of an address that is on no device.
    #[must_use]
    pub fn unknown_at(&self, address: &str) -> Option<&Unknown> {
        self.unknown.get(address)
    }

    /// The custody records.
    #[must_use]
    pub fn custodies(&self) -> &Custodies {
        &self.custodies
    }
}

impl Device {
    fn hand(&mut self, fact: &HandedOut, at: At<'_>) {
        self.end_hand(at.moment);
        let by = at.by.person();
        let hand = Hand {
            person: fact.person,
            by,
            what_for: fact.what_for.clone(),
            from: at.moment,
            until: fact.until,
            acknowledged: (by == Some(fact.person)).then_some(at.moment),
            back: None,
            seq: at.seq,
        };
        if self.hands.len() >= HANDS_MAX {
            self.hands.remove(0);
        }
        self.hands.push(hand);
    }

    fn open_hand(&mut self) -> Option<&mut Hand> {
        self.hands.last_mut().filter(|hand| hand.back.is_none())
    }

    fn end_hand(&mut self, at: Moment) {
        if let Some(hand) = self.open_hand() {
            hand.back = Some(at);
        }
    }

    /// Who has it now.
    #[must_use]
    pub fn holder(&self) -> Option<&Hand> {
        self.hands.last().filter(|hand| hand.back.is_none())
    }

    /// Everybody who has to do with it now: who has it, who answers for it, whose it is, and who may
    /// use it for themselves.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let owner = match self.about.owner {
            Owner::Person(person) => Some(person),
            Owner::Setting | Owner::Other(_) => None,
        };
        let holder = self.holder().map(|hand| hand.person);
        let personal = self.personal.as_ref().map(|personal| personal.person);
        let all = [holder, self.about.keeper, owner, personal];
        all.into_iter().flatten().collect()
    }

    /// Who had it at a moment: what ties activity on the network to a person.
    #[must_use]
    pub fn held_at(&self, at: Moment) -> Option<Person> {
        let had = |hand: &&Hand| hand.from <= at && hand.back.is_none_or(|back| at < back);
        self.hands.iter().rev().find(had).map(|hand| hand.person)
    }

    /// Whether it is gone for good.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self.state, State::Gone { .. })
    }

    /// Whether it is out of use, for whatever reason.
    #[must_use]
    pub fn is_out_of_use(&self) -> bool {
        self.out.is_some() || self.state != State::Here
    }

    /// Whether it may be used although it is not the setting’s.
    #[must_use]
    pub fn may_be_used(&self, today: Date) -> bool {
        self.about.is_ours()
            || self
                .allowed
                .as_ref()
                .is_some_and(|allowed| today <= allowed.until)
    }

    /// How it stands, in words, and the same for everybody.
    #[must_use]
    pub fn in_words(&self) -> &'static str {
        match (&self.state, &self.out, self.holder()) {
            (State::Gone { .. }, ..) => "Gone for good",
            (State::Lost { .. }, ..) => "Lost",
            (State::Here, Some(_), _) => "Out of use",
            (State::Here, None, Some(_)) => "Handed out",
            (State::Here, None, None) => "In use",
        }
    }

    /// The subject under whose key words about it are sealed.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.number)
    }
}

/// The subject under whose key words about a device are sealed: `device:3`.
#[must_use]
pub fn subject(device: u32) -> String {
    format!("device:{device}")
}
