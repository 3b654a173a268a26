//! Who asks: devices, the people who have them, and the times that an adult opened for them. A device
//! is known by its address at home and by its key elsewhere; one that is not known is a stranger.

use super::{Gate, Plan, PlanError};
use crate::{
    names::normal,
    quick::Quick,
    seam::{Fault, broken},
};
use ipnet::IpNet;
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    net::{IpAddr, Ipv4Addr},
};

const DEVICES_MAX: usize = 4096;
const ADDRESSES_MAX: usize = 32;
const PEOPLE_MAX: usize = 4096;
const SESSIONS_MAX: usize = 1024;

/// The least letters of a key: what is shorter could be guessed.
const KEY_BYTES_MIN: usize = 12;

/// The most letters of a key: it is a label of a name as well.
const KEY_BYTES_MAX: usize = 63;

/// A device, and whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// What it is called; sessions name it so.
    pub name: String,
    /// Its addresses, or the networks of which every address is it: `192.0.2.7`, `192.0.2.0/28`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// How it says who it is from anywhere: the last part of its DNS-over-HTTPS address, the first
    /// label of its DNS-over-TLS name. 12 to 63 small letters, digits and dashes; hard to guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The profile that it has while nobody's is used.
    pub profile: String,
    /// Whoever it belongs to or is signed out to: their profile is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Whoever has it now, where the device's own profile is used all the same; traces and alerts
    /// name them so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    /// Where it is; traces and alerts name it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Nothing is open on it but in a session, apart from help.
    #[serde(default)]
    pub sessions_only: bool,
    /// Cut off: nothing is open on it, not even in a session, apart from help.
    #[serde(default)]
    pub cut_off: bool,
    /// Somebody has installed the setting's own authority on it, so that its pages can be looked into.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub trusts_authority: bool,
}

/// One address, or a network of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(pub IpNet);

/// Somebody who uses devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What they are called in the plan; a number will do.
    pub name: String,
    /// Their profile.
    pub profile: String,
    /// The code with which they log in to the web proxy, in the form of a device's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A time that an adult opened for devices, with what may be used in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What it is called; traces name it so.
    pub name: String,
    /// The devices that it is for.
    pub devices: Vec<String>,
    /// When it begins.
    pub from: Moment,
    /// When it ends, by itself.
    pub until: Moment,
    /// The profile that its devices have in it; their own, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Sites that are open in it, with what each needs; what is below them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Only its sites are open in it.
    #[serde(default)]
    pub limited: bool,
    /// The words of the policy that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// How somebody came to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker<'a> {
    /// From this address.
    At(IpAddr),
    /// With this key.
    Key(&'a str),
}

impl Asker<'_> {
    /// The address, where it is by this that they are known.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Asker::At(address) => Some(address.to_canonical()),
            Asker::Key(_) => None,
        }
    }
}

/// Where somebody stands at a moment: all that a decision needs to know of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seat {
    /// The number of the device.
    pub device: Option<u16>,
    /// The number of the profile.
    pub profile: Option<u16>,
    /// The number of the session that is on.
    pub session: Option<u16>,
    /// Nothing but help: a session is needed and none is on.
    pub waits: bool,
    /// Nothing but help: the device is cut off.
    pub cut_off: bool,
    /// It is the filter itself that asks, to try what it answers: nothing is traced.
    pub trial: bool,
}

impl Seat {
    /// Nobody.
    pub const NOBODY: Seat = Seat {
        device: None,
        profile: None,
        session: None,
        waits: false,
        cut_off: false,
        trial: false,
    };

    /// Somebody with this profile, whatever their device.
    #[must_use]
    pub fn of_profile(profile: Option<usize>) -> Seat {
        Seat {
            profile: profile.and_then(|number| u16::try_from(number).ok()),
            ..Seat::NOBODY
        }
    }
}

/// Finds seats.
#[derive(Default)]
pub(super) struct Seats {
    by_address: HashMap<IpAddr, u16, Quick>,
    by_network: Vec<(IpNet, u16)>,
    by_key: HashMap<String, u16>,
    /// The profile of a person, by their code.
    by_code: HashMap<String, Option<u16>>,
    devices: Vec<Sat>,
    stranger: Option<u16>,
}

/// What is known of a device before anybody asks.
#[derive(Default)]
struct Sat {
    profile: Option<u16>,
    sessions: Vec<Open>,
    sessions_only: bool,
    cut_off: bool,
}

struct Open {
    number: u16,
    from: Moment,
    until: Moment,
    profile: Option<u16>,
}

impl Seats {
    pub(super) fn of(plan: &Plan) -> Seats {
        let profiles = numbered(plan.profiles.iter().map(|profile| profile.name.as_str()));
        let people: HashMap<&str, &str> = plan
            .people
            .iter()
            .map(|person| (person.name.as_str(), person.profile.as_str()))
            .collect();
        let mut seats = Seats {
            stranger: plan
                .strangers
                .as_deref()
                .and_then(|name| profiles.get(name).copied()),
            ..Seats::default()
        };
        for (number, device) in (0_u16..).zip(&plan.devices) {
            for Address(net) in &device.addresses {
                if net.prefix_len() == net.max_prefix_len() {
                    seats.by_address.insert(net.addr(), number);
                } else {
                    seats.by_network.push((*net, number));
                }
            }
            if let Some(key) = &device.key {
                seats.by_key.insert(key.clone(), number);
            }
            let person = device.person.as_deref();
            let person = person.filter(|_| !broken(|| Fault::PersonForgotten));
            // A person whom the plan does not know has no profile: all but help is closed.
            let profile = match person {
                Some(person) => people.get(person).copied(),
                None => Some(device.profile.as_str()),
            };
            seats.devices.push(Sat {
                profile: profile.and_then(|name| profiles.get(name).copied()),
                sessions: sessions(plan, &device.name, &profiles),
                sessions_only: device.sessions_only,
                cut_off: device.cut_off,
            });
        }
        for person in &plan.people {
            if let Some(key) = &person.key {
                let profile = profiles.get(person.profile.as_str()).copied();
                seats.by_code.insert(key.clone(), profile);
            }
        }
        // The narrowest network first.
        seats
            .by_network
            .sort_by_key(|(net, _)| std::cmp::Reverse(net.prefix_len()));
        if broken(|| Fault::WidestNetwork) {
            seats.by_network.reverse();
        }
        seats
    }

    pub(super) fn find(&self, asker: Asker<'_>, at: Moment) -> Seat {
        let device = match asker {
            Asker::At(IpAddr::V4(address)) if trial_profile(address).is_some() => {
                return Seat {
                    profile: trial_profile(address),
                    trial: true,
                    ..Seat::NOBODY
                };
            }
            Asker::At(address) => self.at(address.to_canonical()),
            // Whoever has a key that is not known is not taken for a stranger at home.
            Asker::Key(key) => match self.by_key.get(key) {
                Some(number) => Some(*number),
                None if broken(|| Fault::KeyIsStranger) => None,
                None => {
                    return Seat {
                        profile: self.by_code.get(key).copied().flatten(),
                        ..Seat::NOBODY
                    };
                }
            },
        };
        let device = device.map(|own| {
            let before = broken(|| Fault::DeviceBefore);
            own.saturating_sub(u16::from(before))
        });
        let Some(device) = device else {
            let first = broken(|| Fault::StrangerIsFirst);
            return Seat {
                profile: if first { Some(0) } else { self.stranger },
                ..Seat::NOBODY
            };
        };
        let Some(sat) = self.devices.get(usize::from(device)) else {
            return Seat::NOBODY;
        };
        let mut sessions = sat.sessions.iter();
        let on = sessions
            .find(|open| open.from <= at && (at < open.until || broken(|| Fault::SessionEndless)));
        Seat {
            device: Some(device),
            profile: on.and_then(|open| open.profile).or(sat.profile),
            session: on.map(|open| open.number),
            waits: sat.sessions_only && on.is_none(),
            cut_off: sat.cut_off,
            trial: false,
        }
    }

    fn at(&self, address: IpAddr) -> Option<u16> {
        self.by_address.get(&address).copied().or_else(|| {
            let mut networks = self.by_network.iter();
            networks
                .find(|(net, _)| net.contains(&address))
                .map(|(_, number)| *number)
        })
    }
}

impl Gate {
    /// Whether a device or a person has this key.
    #[must_use]
    pub fn knows_key(&self, key: &str) -> bool {
        self.seats.by_key.contains_key(key) || self.is_persons_key(key)
    }

    /// Whether it is the code of a person.
    #[must_use]
    pub fn is_persons_key(&self, key: &str) -> bool {
        self.seats.by_code.contains_key(key)
    }

    /// Whether a device of the plan is known by this address.
    #[must_use]
    pub fn is_device_at(&self, address: IpAddr) -> bool {
        self.seats.at(address.to_canonical()).is_some()
    }

    /// Where somebody stands at a moment.
    #[must_use]
    pub fn seat(&self, asker: Asker<'_>, at: Moment) -> Seat {
        self.seats.find(asker, at)
    }
}

/// From where the filter asks itself: addresses of this machine, which reach it from nowhere else. The
/// third number is the profile; the last one stands for nobody.
const TRIAL: [u8; 2] = [127, 84];

/// The address from which the filter asks itself for a profile, by its number; for nobody without one.
pub(crate) fn trial_address(profile: Option<u8>) -> Ipv4Addr {
    let [first, second] = TRIAL;
    Ipv4Addr::new(first, second, profile.unwrap_or(u8::MAX), 1)
}

/// The profile of such an address; one that is not there is nobody's.
fn trial_profile(address: Ipv4Addr) -> Option<u16> {
    let [first, second, profile, _] = address.octets();
    ([first, second] == TRIAL).then_some(u16::from(profile))
}

/// The sessions of a device, the one that was opened last first.
fn sessions(plan: &Plan, device: &str, profiles: &HashMap<&str, u16>) -> Vec<Open> {
    let all = (0_u16..).zip(&plan.sessions);
    let own = all.filter(|(_, session)| session.devices.iter().any(|one| one == device));
    let own = own.map(|(number, session)| Open {
        number,
        from: session.from,
        until: session.until,
        profile: session
            .profile
            .as_deref()
            .and_then(|name| profiles.get(name).copied()),
    });
    let mut own: Vec<Open> = own.collect();
    own.sort_by_key(|open| std::cmp::Reverse(open.from));
    own
}

fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<&'a str, u16> {
    names.zip(0_u16..).collect()
}

/// Checks who is in the plan, and brings names into their normal form.
pub(super) fn checked(plan: &mut Plan) -> Result<(), PlanError> {
    let wrong = |words: String| Err(PlanError::Content(words));
    for (what, count, most) in [
        ("devices", plan.devices.len(), DEVICES_MAX),
        ("people", plan.people.len(), PEOPLE_MAX),
        ("sessions", plan.sessions.len(), SESSIONS_MAX),
    ] {
        if count > most {
            return wrong(format!("it has more than {most} {what}"));
        }
    }
    let known = |name: &str| plan.profiles.iter().any(|profile| profile.name == name);
    if let Some(name) = plan.strangers.as_ref().filter(|name| !known(name)) {
        return wrong(format!("strangers have no profile: '{name}'"));
    }
    let mut people = BTreeMap::new();
    for person in &plan.people {
        if people.insert(person.name.as_str(), ()).is_some() {
            return wrong(format!("the person '{}' is there twice", person.name));
        }
        if !known(&person.profile) {
            return wrong(format!("'{}' has no profile that is there", person.name));
        }
    }
    let (mut devices, mut keys, mut places) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for device in &plan.devices {
        let name = device.name.as_str();
        if devices.insert(name, ()).is_some() {
            return wrong(format!("the device '{name}' is there twice"));
        }
        if !known(&device.profile) {
            return wrong(format!("'{name}' has no profile that is there"));
        }
        if let Some(person) = &device.person
            && !people.contains_key(person.as_str())
        {
            return wrong(format!(
                "'{name}' is somebody's who is not there: '{person}'"
            ));
        }
        if device.addresses.len() > ADDRESSES_MAX {
            return wrong(format!("'{name}' has more than {ADDRESSES_MAX} addresses"));
        }
        for Address(net) in &device.addresses {
            if let Some(other) = places.insert(*net, name) {
                return wrong(format!("{net} is '{other}' and '{name}'"));
            }
        }
        if let Some(key) = &device.key {
            if !is_key(key) {
                return wrong(format!("the key of '{name}' is not one"));
            }
            if keys.insert(key.as_str(), ()).is_some() {
                return wrong(format!("the key of '{name}' is there twice"));
            }
        }
    }
    for person in &plan.people {
        let Some(key) = &person.key else {
            continue;
        };
        if !is_key(key) || keys.insert(key.as_str(), ()).is_some() {
            return wrong(format!(
                "the code of '{}' is not one, or is there twice",
                person.name
            ));
        }
    }
    for session in &plan.sessions {
        let name = &session.name;
        if session.from >= session.until {
            return wrong(format!("the session '{name}' has no length"));
        }
        if let Some(other) = session
            .devices
            .iter()
            .find(|one| !devices.contains_key(one.as_str()))
        {
            return wrong(format!("the session '{name}' is for no device: '{other}'"));
        }
        if let Some(profile) = session.profile.as_ref().filter(|one| !known(one)) {
            return wrong(format!("the session '{name}' has no profile: '{profile}'"));
        }
    }
    for session in &mut plan.sessions {
        for name in &mut session.names {
            *name = super::site(name)?;
        }
    }
    Ok(())
}

fn is_key(key: &str) -> bool {
    let letters = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (KEY_BYTES_MIN..=KEY_BYTES_MAX).contains(&key.len())
        && key.bytes().all(letters)
        && normal(&format!("{key}.x")).is_ok()
}

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Address, String> {
        let one = |address: IpAddr| Address(IpNet::from(address.to_canonical()));
        if let Ok(address) = text.parse() {
            return Ok(one(address));
        }
        let net: Result<IpNet, _> = text.parse();
        net.map(|net| Address(net.trunc()))
            .map_err(|_| format!("'{text}' is no address and no network"))
    }
}

impl From<Address> for String {
    fn from(Address(net): Address) -> String {
        if net.prefix_len() == net.max_prefix_len() {
            net.addr().to_string()
        } else {
            net.to_string()
        }
    }
}
