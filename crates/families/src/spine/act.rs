//! What a person asks for. One arm for each family; a family's own enum says the rest.

use super::{entry::Entry, in_force::InForce, permit::Need, setting::Setting, tongue::Tongue};
use crate::{
    access, agreements, concerns, data, devices, education, filter, internet, monitor, notices,
    people, place, policy, procedure,
    roles::{self, role::Role},
};
use kernel::{
    kept::{Kept, Loose},
    moment::{Date, Moment},
    ruling::Mistake,
    sealed::{Private, Sealer},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The place: its name, nation, calendar.
    Place(place::acts::Act),
    /// People, families, rooms.
    People(people::acts::Act),
    /// Accounts and signing in.
    Access(access::acts::Act),
    /// Holds and erasure.
    Data(data::acts::Act),
    /// The policy itself.
    Policy(policy::acts::Act),
    /// Who leads, and what each role answers for.
    Roles(roles::acts::Act),
    /// Agreements, induction and events.
    Agreements(agreements::acts::Act),
    /// How people are told.
    Notices(notices::acts::Act),
    /// Concerns and cases.
    Concerns(concerns::acts::Act),
    /// Where help is found.
    Education(education::acts::Act),
    /// Procedures at work.
    Procedure(procedure::acts::Act),
    /// Devices.
    Devices(devices::acts::Act),
    /// The internet with children.
    Internet(internet::acts::Act),
    /// The filter.
    Filter(filter::acts::Act),
    /// Monitoring.
    Monitor(monitor::acts::Act),
}

impl Act {
    /// The act's name: `policy.adopt`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Place(act) => act.name(),
            Act::People(act) => act.name(),
            Act::Access(act) => act.name(),
            Act::Data(act) => act.name(),
            Act::Policy(act) => act.name(),
            Act::Roles(act) => act.name(),
            Act::Agreements(act) => act.name(),
            Act::Notices(act) => act.name(),
            Act::Concerns(act) => act.name(),
            Act::Education(act) => act.name(),
            Act::Procedure(act) => act.name(),
            Act::Devices(act) => act.name(),
            Act::Internet(act) => act.name(),
            Act::Filter(act) => act.name(),
            Act::Monitor(act) => act.name(),
        }
    }

    /// Who may ask for it: a relation in the setting's words.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Place(act) => act.need(),
            Act::People(act) => act.need(setting),
            Act::Access(act) => act.need(setting),
            Act::Data(act) => act.need(),
            Act::Policy(act) => act.need(setting),
            Act::Roles(act) => act.need(setting),
            Act::Agreements(act) => act.need(setting),
            Act::Notices(act) => act.need(),
            Act::Concerns(act) => act.need(setting),
            Act::Education(act) => act.need(),
            Act::Procedure(act) => act.need(),
            Act::Devices(act) => act.need(setting),
            Act::Internet(act) => act.need(setting),
            Act::Filter(act) => act.need(setting),
            Act::Monitor(act) => act.need(setting),
        }
    }

    /// Whether it is asked for without a name: then neither who asks nor the device is recorded.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        matches!(self, Act::Concerns(concerns::acts::Act::Report(new)) if new.unnamed)
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now, by field.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<Entry>, Vec<Mistake>> {
        match self {
            Act::Place(act) => act.entries(case),
            Act::People(act) => act.entries(case),
            Act::Access(act) => act.entries(case),
            Act::Data(act) => act.entries(case),
            Act::Policy(act) => act.entries(case),
            Act::Roles(act) => act.entries(case),
            Act::Agreements(act) => act.entries(case),
            Act::Notices(act) => act.entries(case),
            Act::Concerns(act) => act.entries(case),
            Act::Education(act) => act.entries(case),
            Act::Procedure(act) => act.entries(case),
            Act::Devices(act) => act.entries(case),
            Act::Internet(act) => act.entries(case),
            Act::Filter(act) => act.entries(case),
            Act::Monitor(act) => act.entries(case),
        }
    }
}

/// Everything that judging an act may look at.
pub struct Case<'a> {
    /// Who asks.
    pub who: &'a Actor,
    /// When.
    pub now: Moment,
    /// The day that it is in the United Kingdom.
    pub today: Date,
    /// How things stand.
    pub setting: &'a Setting,
    /// The policy that is in force.
    pub in_force: &'a InForce,
    /// Opens and seals words about people; collects the keys that this act needs.
    pub sealer: &'a Sealer<'a>,
    /// The controls whose questions the person has answered with yes.
    pub confirmed: &'a [String],
}

impl Case<'_> {
    /// The person who asks, when it is one.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        self.who.person()
    }

    /// Seals what is kept about a person.
    ///
    /// # Errors
    /// What was kept about the person has been erased.
    pub fn seal<T: Serialize>(&self, about: Person, value: &T) -> Result<Private<T>, Vec<Mistake>> {
        let sealed = self.sealer.seal(&about.subject(), value);
        sealed.map_err(|erased| vec![erased.into()])
    }

    /// Seals the reference to a file under the key of the person whom it is about.
    ///
    /// # Errors
    /// What was kept about the person has been erased.
    pub fn seal_file(&self, about: Person, file: &Loose) -> Result<Kept, Vec<Mistake>> {
        let sealed = file.seal(self.sealer, &about.subject());
        sealed.map_err(|erased| vec![erased.into()])
    }

    /// Seals words about a person.
    ///
    /// # Errors
    /// What was kept about the person has been erased.
    pub fn seal_words(&self, about: Person, words: &str) -> Result<Private, Vec<Mistake>> {
        let sealed = self.sealer.seal_words(&about.subject(), words);
        sealed.map_err(|erased| vec![erased.into()])
    }
}

/// One mistake, about one field of the form.
///
/// # Errors
/// Always.
pub fn no<T>(field: &str, says: impl Into<String>) -> Result<T, Vec<Mistake>> {
    Err(vec![Mistake::at(field, says)])
}

/// A person, by the number that they keep for ever.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Person(pub u32);

/// A room, by its number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Room(pub u32);

impl Person {
    /// The subject under whose key words about this person are sealed: `person:17`.
    #[must_use]
    pub fn subject(self) -> String {
        format!("person:{}", self.0)
    }

    /// A mark that stands for the name; a page puts the name there if the reader may know it.
    #[must_use]
    pub fn mark(self) -> String {
        kernel::naming::person(self.0)
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who asks, and from which device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// The device, as the rim tells devices apart; no personal data in it.
    pub device: Option<String>,
    /// How they have shown who they are. Not written into the ledger's lines.
    pub proof: Proof,
    /// Whether they have shown it within the last minutes: see `door::asks_anew`.
    pub fresh: bool,
    /// Whether they signed in with an account somewhere else, and not with their password here.
    pub elsewhere: bool,
    /// Roles that are lent to them at this moment by exceptional access; the two doors fill it in.
    pub lent: Vec<Role>,
    /// The language in which they read what families and visitors read.
    pub tongue: Tongue,
}

/// How somebody has shown who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Not at all.
    #[default]
    None,
    /// With a program's token.
    Token,
    /// With one thing: a password, or an account somewhere else.
    One,
    /// With two: a passkey, or a password and a second step.
    Two,
}

/// Who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// A person who has signed in.
    Person(Person),
    /// Somebody who has not signed in.
    #[default]
    Nobody,
    /// A tablet at the door or on a table, that stands for nobody: its number.
    Kiosk(u32),
    /// The program itself, because the time has come.
    Clock,
    /// Whoever keeps the machine: first set-up and repair from the command line.
    Keeper,
}

impl Actor {
    /// A person, without a device.
    #[must_use]
    pub fn person_only(person: Person) -> Actor {
        Actor {
            who: Who::Person(person),
            device: None,
            ..Actor::default()
        }
    }

    /// Somebody who has not signed in.
    #[must_use]
    pub fn nobody() -> Actor {
        Actor {
            who: Who::Nobody,
            device: None,
            ..Actor::default()
        }
    }

    /// The program itself.
    #[must_use]
    pub fn clock() -> Actor {
        Actor {
            who: Who::Clock,
            device: None,
            ..Actor::default()
        }
    }

    /// Whoever keeps the machine.
    #[must_use]
    pub fn keeper() -> Actor {
        Actor {
            who: Who::Keeper,
            device: None,
            ..Actor::default()
        }
    }

    /// The person, when it is one.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        match self.who {
            Who::Person(person) => Some(person),
            Who::Nobody | Who::Kiosk(_) | Who::Clock | Who::Keeper => None,
        }
    }

    /// As a line of the ledger says it: `person:17@tablet-2`.
    #[must_use]
    pub fn to_line(&self) -> String {
        let who = match self.who {
            Who::Person(person) => person.subject(),
            Who::Nobody => "nobody".to_owned(),
            Who::Kiosk(number) => format!("kiosk:{number}"),
            Who::Clock => "clock".to_owned(),
            Who::Keeper => "keeper".to_owned(),
        };
        match &self.device {
            Some(device) => format!("{who}@{device}"),
            None => who,
        }
    }

    /// Reads what [`Actor::to_line`] wrote.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Actor> {
        let (who, device) = match line.split_once('@') {
            Some((who, device)) => (who, Some(device.to_owned())),
            None => (line, None),
        };
        let who = match who {
            "nobody" => Who::Nobody,
            "clock" => Who::Clock,
            "keeper" => Who::Keeper,
            other => match other.strip_prefix("kiosk:") {
                Some(number) => Who::Kiosk(number.parse().ok()?),
                None => Who::Person(Person(other.strip_prefix("person:")?.parse().ok()?)),
            },
        };
        Some(Actor {
            who,
            device,
            ..Actor::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_read_back_from_the_line_that_it_wrote() {
        for who in [
            Who::Person(Person(17)),
            Who::Nobody,
            Who::Clock,
            Who::Keeper,
            Who::Kiosk(2),
        ] {
            for device in [None, Some("tablet-2".to_owned())] {
                let actor = Actor {
                    who,
                    device,
                    ..Actor::default()
                };
                assert_eq!(Actor::from_line(&actor.to_line()), Some(actor));
            }
        }
        assert_eq!(Actor::from_line("person:x"), None);
    }
}
