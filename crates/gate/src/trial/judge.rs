//! What a plan says, read once more in the plainest way: names are compared letter by letter, and
//! nothing is prepared. The trial holds what the filter answers against this.

use crate::{
    compiled::ILLEGAL,
    names::upwards,
    ours::{Engine, Safe, WAYS_ROUND, must_stay_open},
    plan::{ALL, Asker, Device, Exception, Plan, Profile, Session, is_open_at, trial_address},
};
use kernel::moment::Moment;
use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
};

/// Categories of what harms the device.
const HARM: [&str; 2] = ["malware", "phishing"];

/// Somebody who asks.
#[derive(Clone)]
pub(super) struct Who<'a> {
    /// For findings.
    pub(super) words: String,
    /// How they are known.
    pub(super) asker: Asker<'a>,
    /// What the plan has for them.
    pub(super) profile: Option<&'a Profile>,
    /// What is on for them.
    pub(super) session: Option<&'a Session>,
    /// Nothing but help is open.
    pub(super) shut: bool,
}

/// Judges.
pub(super) struct Judge<'a> {
    plan: &'a Plan,
    exceptions: HashMap<&'a str, Vec<&'a Exception>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(plan: &'a Plan) -> Judge<'a> {
        let mut exceptions: HashMap<&str, Vec<&Exception>> = HashMap::new();
        for exception in &plan.exceptions {
            exceptions
                .entry(&exception.name)
                .or_default()
                .push(exception);
        }
        Judge { plan, exceptions }
    }

    /// Somebody with a profile, who has no device of the plan; nobody's, without one.
    pub(super) fn of_profile(&self, number: Option<u8>) -> Who<'a> {
        let profile = number.and_then(|at| self.plan.profiles.get(usize::from(at)));
        Who {
            words: profile.map_or_else(|| "nobody".to_owned(), |own| format!("'{}'", own.name)),
            asker: Asker::At(IpAddr::V4(trial_address(number))),
            profile,
            session: None,
            shut: false,
        }
    }

    /// A device at a moment, by one of its addresses or by its key.
    pub(super) fn of_device(&self, device: &'a Device, by: Asker<'a>, at: Moment) -> Who<'a> {
        let person = device.person.as_ref();
        let profile = match person {
            Some(person) => {
                let mut people = self.plan.people.iter();
                people
                    .find(|own| own.name == *person)
                    .map(|own| &own.profile)
            }
            None => Some(&device.profile),
        };
        let sessions = self.plan.sessions.iter();
        let on = sessions.filter(|own| own.devices.contains(&device.name));
        let on = on.filter(|own| own.from <= at && at < own.until);
        let session = on.reduce(|one, other| if other.from > one.from { other } else { one });
        let profile = session.and_then(|own| own.profile.as_ref()).or(profile);
        Who {
            words: format!("the device '{}'", device.name),
            asker: by,
            profile: profile.and_then(|name| self.profile(name)),
            session,
            shut: device.cut_off || device.sessions_only && session.is_none(),
        }
    }

    /// What is not in the plan and asks from here.
    pub(super) fn of_stranger(&self, at: IpAddr) -> Who<'a> {
        Who {
            words: "a device that is not in the plan".to_owned(),
            asker: Asker::At(at),
            profile: self
                .plan
                .strangers
                .as_ref()
                .and_then(|name| self.profile(name)),
            session: None,
            shut: false,
        }
    }

    /// Whoever has a key that is nobody's.
    pub(super) fn of_key(key: &'a str) -> Who<'a> {
        Who {
            words: "a key that is nobody's".to_owned(),
            asker: Asker::Key(key),
            profile: None,
            session: None,
            shut: false,
        }
    }

    fn profile(&self, name: &str) -> Option<&'a Profile> {
        self.plan.profiles.iter().find(|own| own.name == name)
    }

    /// Whether somebody may have a name that is in these categories.
    pub(super) fn is_open(
        &self,
        who: &Who<'_>,
        name: &str,
        own: &BTreeSet<String>,
        at: Moment,
    ) -> bool {
        if own.contains(ILLEGAL) {
            return false;
        }
        let must = must_stay_open().covers(name);
        if must.is_some_and(|group| group.always) {
            return true;
        }
        let Some(profile) = who.profile else {
            return false;
        };
        if who.shut || !profile.hours.is_empty() && !is_open_at(profile, at) {
            return false;
        }
        let in_limited = who.session.is_some_and(|session| session.limited);
        if must.is_some() && !profile.limited && !in_limited {
            return true;
        }
        let closes = |category: &str| {
            let mut closed = profile.closed.iter();
            closed.any(|one| one == category || one == ALL)
        };
        let is_nobodys = |category: &&str| own.contains(*category);
        let nobodys = [WAYS_ROUND, HARM[0], HARM[1]];
        let guarded = profile.children || who.session.is_some();
        if guarded
            && nobodys
                .iter()
                .filter(|one| is_nobodys(one))
                .any(|one| profile.children || closes(one))
        {
            return false;
        }
        if let Some(session) = who.session {
            if covers(&session.names, name) {
                return true;
            }
            if in_limited {
                return false;
            }
        }
        let exception = self.exception(profile, name, at);
        if exception == Some(false) || self.is_below_floor(profile, name, own) {
            return false;
        }
        if exception == Some(true) {
            return true;
        }
        if profile.limited {
            return covers(&profile.approved, name);
        }
        let is_unsafe = Engine::of_name(name).is_some_and(|engine| engine.safe == Safe::Closed);
        if profile.children && (is_unsafe || own.contains(WAYS_ROUND)) {
            return false;
        }
        !own.iter().any(|category| closes(category))
    }

    /// What an exception says of a name.
    fn exception(&self, profile: &Profile, name: &str, at: Moment) -> Option<bool> {
        let holds = |one: &&&Exception| {
            one.until.is_none_or(|until| at < until)
                && (one.profiles.is_empty() || one.profiles.contains(&profile.name))
        };
        upwards(name).find_map(|above| {
            let own = self.exceptions.get(above)?.iter().filter(holds);
            own.map(|one| one.open).min()
        })
    }

    fn is_below_floor(&self, profile: &Profile, name: &str, own: &BTreeSet<String>) -> bool {
        self.plan.floors.iter().any(|floor| {
            let applies = floor.profiles.is_empty() || floor.profiles.contains(&profile.name);
            let closes = |category: &String| floor.closed.iter().any(|c| c == category || c == ALL);
            applies && (covers(&floor.names, name) || own.iter().any(closes))
        })
    }

    /// The most seconds for which somebody's device may keep an answer.
    pub(super) fn seconds(who: &Who<'_>) -> u32 {
        let Some(profile) = who.profile else {
            return 5;
        };
        let short = profile.children || who.session.is_some();
        profile
            .keep_seconds_max
            .unwrap_or(if short { 5 } else { 300 })
    }
}

/// Whether one of these names is this name or above it.
pub(super) fn covers(names: &[String], name: &str) -> bool {
    names.iter().any(|own| {
        let rest = name.strip_suffix(own.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}
