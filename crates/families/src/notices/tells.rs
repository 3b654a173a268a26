//! Who is told at once of what happened: one short list, by entry. A family that has something
//! urgent to tell adds its line here; the message itself never says what it is about.

use super::entries::{Entry, What};
use crate::{
    access::{
        entries::{Entry as Access, exceptions::Entry as Exception, files::Entry as File},
        exceptions,
    },
    concerns::{circle, entries::Entry as Concern},
    devices::entries::{Entry as Device, custody::Entry as Custody},
    filter::entries::{
        Entry as Filter,
        evidence::{Came, Entry as Evidence},
    },
    monitor::{circle as watching, entries::Entry as Monitor},
    people::group::Group,
    procedure::entries::Entry as Procedure,
    roles::role::Role,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Recorded},
        setting::Setting,
    },
};
use std::collections::BTreeSet;

/// Somebody to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// Whom.
    pub to: To,
    /// Of what.
    pub what: What,
}

/// Whom to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// One person.
    Person(Person),
    /// Whoever holds a role.
    Role(Role),
}

impl Tell {
    /// Tells one person.
    #[must_use]
    pub fn person(person: Person, what: What) -> Tell {
        let to = To::Person(person);
        Tell { to, what }
    }

    /// Tells whoever holds a role.
    #[must_use]
    pub fn role(role: Role, what: What) -> Tell {
        let to = To::Role(role);
        Tell { to, what }
    }
}

/// Who is told at once of a line; `setting` is how things stand after it.
#[must_use]
pub fn tells(line: &Recorded, setting: &Setting) -> Vec<Tell> {
    match &line.entry {
        Some(AnyEntry::Access(entry)) => access(entry, line, setting),
        Some(AnyEntry::Notices(entry)) => notices(entry),
        Some(AnyEntry::Concerns(Concern::Handed(_))) => committee(line, setting),
        Some(AnyEntry::Concerns(entry)) => concerns(entry, setting),
        Some(AnyEntry::Devices(entry)) => devices(entry, line, setting),
        Some(AnyEntry::Filter(entry)) => filter(entry),
        Some(AnyEntry::Monitor(entry)) => monitor(entry, line, setting),
        Some(AnyEntry::Procedure(entry)) => procedure(entry, line, setting),
        Some(
            AnyEntry::Place(_)
            | AnyEntry::People(_)
            | AnyEntry::Data(_)
            | AnyEntry::Policy(_)
            | AnyEntry::Roles(_)
            | AnyEntry::Agreements(_)
            | AnyEntry::Education(_)
            | AnyEntry::Internet(_),
        )
        | None => Vec::new(),
    }
}

/// What changes how somebody signs in is told to that person, who may not have done it.
fn access(entry: &Access, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    match entry {
        // The first password comes with the account, and is no news.
        Access::PasswordChosen(fact) if is_changed(fact.person, line, setting) => {
            vec![Tell::person(fact.person, What::Soon)]
        }
        Access::TokenMade(fact) => vec![Tell::person(fact.person, What::Soon)],
        Access::SessionsEnded(fact) => vec![Tell::person(fact.person, What::Soon)],
        // Whoever's files a manager can open now is told who asked, and why, when they sign in.
        Access::File(File::Asked(fact)) => vec![Tell::person(fact.owner, What::Soon)],
        Access::Oidc(entry) => {
            let own = entry.told().map(|person| Tell::person(person, What::Soon));
            let leaders = entry.told_to_leaders().iter().cloned();
            own.into_iter()
                .chain(leaders.map(|role| Tell::role(role, What::Soon)))
                .collect()
        }
        Access::Step(entry) => {
            let own = entry.told().map(|person| Tell::person(person, What::Soon));
            let leaders = entry.told_to_leaders().iter().cloned();
            own.into_iter()
                .chain(leaders.map(|role| Tell::role(role, What::Soon)))
                .collect()
        }
        Access::CodeGiven(fact) => vec![Tell::person(fact.person, What::Soon)],
        Access::Code(entry) => {
            let own = Tell::person(entry.person(), What::Soon);
            let others = entry.told_to().iter().cloned();
            let others = others.map(|role| Tell::role(role, What::Soon));
            std::iter::once(own).chain(others).collect()
        }
        Access::AccountOpened(_)
        | Access::PasswordChosen(_)
        | Access::HashedAnew(_)
        | Access::AccountClosed(_)
        | Access::SignedIn
        | Access::SignedOut
        | Access::SignInFailed(_)
        | Access::TokenRevoked(_)
        | Access::Kiosk(_)
        | Access::System(_)
        | Access::File(_)
        | Access::Look(_) => Vec::new(),
        Access::Exception(entry) => exception(entry, line, setting),
    }
}

/// Whoever gets a device, or is to sign for one, and the lead when something is unknown on the network.
fn devices(entry: &Device, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    match entry {
        // Whoever takes it themselves knows.
        Device::HandedOut(fact) if line.by.person() == Some(fact.person) => Vec::new(),
        Device::HandedOut(fact) => vec![Tell::person(fact.person, What::Soon)],
        Device::Custody(Custody::Passed(fact)) => {
            let told = fact.to.map(|person| Tell::person(person, What::Soon));
            told.into_iter().collect()
        }
        Device::BroughtBack(fact) => brought_back(fact.device, line, setting),
        Device::UnknownSeen(_) => vec![Tell::role(Role::Lead, What::Soon)],
        _ => Vec::new(),
    }
}

/// What is wrong with the filter, and what somebody saw that it let through, is told to the lead.
fn filter(entry: &Filter) -> Vec<Tell> {
    let Filter::Evidence(entry) = entry else {
        return Vec::new();
    };
    let is_urgent = match entry {
        Evidence::Tested(fact) => fact.wrong > 0,
        Evidence::StepTaken(fact) => fact.came == Came::Wrong,
        Evidence::ListsFound(fact) => fact.lists.iter().any(|list| list.held.is_some()),
        Evidence::ListOld(_) | Evidence::StoodStill(_) | Evidence::PageReported(_) => true,
        _ => false,
    };
    if is_urgent {
        return vec![Tell::role(Role::Lead, What::Soon)];
    }
    Vec::new()
}

/// Somebody who does not know that it is secured brought it back into use: who knows is told.
fn brought_back(device: u32, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    let today = line.at.date();
    let secured = setting.devices.custodies().of_device(device);
    let who = secured.flat_map(|custody| {
        let case = custody.case.and_then(|case| setting.concerns.case(case));
        let on_case = case.map(|case| circle::on_case(case, setting, today));
        on_case.unwrap_or_else(|| custody.hands().collect())
    });
    let who: BTreeSet<Person> = who
        .filter(|person| setting.people.is_here(*person, today))
        .collect();
    who.into_iter()
        .map(|person| Tell::person(person, What::Soon))
        .collect()
}

/// A new concern is told to whoever is on the case; so it never reaches whom it is about.
fn concerns(entry: &Concern, setting: &Setting) -> Vec<Tell> {
    let told = match entry {
        Concern::Reported(_) | Concern::Escalated(_) => setting.concerns.case(entry.case()),
        _ => None,
    };
    let on_case = told.map(|case| circle::on_case(case, setting, case.last.date()));
    let people = on_case.unwrap_or_default().into_iter();
    people
        .map(|person| Tell::person(person, What::Soon))
        .collect()
}

/// That there is a report to read is told to whoever sits on the committee, but for who handed it over.
fn committee(line: &Recorded, setting: &Setting) -> Vec<Tell> {
    let all = setting.people.of(Group::Committee, line.at.date());
    all.filter(|person| line.by.person() != Some(*person))
        .map(|person| Tell::person(person, What::Soon))
        .collect()
}

/// That a clock is about to end or has ended is told to whoever is on the case.
fn procedure(entry: &Procedure, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    let (Procedure::Near(clock) | Procedure::Ended(clock)) = entry else {
        return Vec::new();
    };
    let found = setting.concerns.case(clock.case);
    let on_case = found.map(|case| circle::on_case(case, setting, line.at.date()));
    let people = on_case.unwrap_or_default().into_iter();
    people
        .map(|person| Tell::person(person, What::Soon))
        .collect()
}

/// An alert is told to whom it is for; so it never reaches whom it is about.
fn monitor(entry: &Monitor, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    let Monitor::Raised(fact) = entry else {
        return Vec::new();
    };
    let alert = setting.monitor.alert(fact.case);
    let people = alert.map(|alert| watching::people(alert, setting, line.at.date()));
    let people = people.unwrap_or_default().into_iter();
    people
        .map(|person| Tell::person(person, What::Soon))
        .collect()
}

/// Exceptional access is told to those who look at it afterwards as soon as it begins.
fn exception(entry: &Exception, line: &Recorded, setting: &Setting) -> Vec<Tell> {
    let Exception::Agreed(fact) = entry else {
        return Vec::new();
    };
    let found = setting.access.exceptions().find(fact.number);
    let roles = found.map(|found| exceptions::watchers(setting, found, line.at.date()));
    let roles = roles.unwrap_or_default().into_iter();
    roles.map(|role| Tell::role(role, What::Soon)).collect()
}

/// Whether a password took the place of another: somebody signed in chose it, or somebody with a
/// code for an account that was in use.
fn is_changed(person: Person, line: &Recorded, setting: &Setting) -> bool {
    line.by.person().is_some() || setting.access.last_sign_in(person).is_some()
}

fn notices(entry: &Entry) -> Vec<Tell> {
    match entry {
        Entry::TestAsked(fact) => vec![Tell::person(fact.person, What::Test)],
        Entry::MailSet(_)
        | Entry::MailStopped
        | Entry::Chosen(_)
        | Entry::PushStarted(_)
        | Entry::PushStopped
        | Entry::DeviceAdded(_)
        | Entry::DeviceRemoved(_)
        | Entry::FeedMade(_)
        | Entry::FeedEnded(_)
        | Entry::Sent(_)
        | Entry::GivenUp(_)
        | Entry::Settled(_) => Vec::new(),
    }
}
