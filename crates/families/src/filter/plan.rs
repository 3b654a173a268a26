//! What the network has to know, made from how things stand at a moment: profiles, devices, what is
//! open for children, and single sites. A value of plain words, in the form that the gate reads; it
//! has no word for what is illegal, so nothing here can open that.

use super::{
    entries::{What, evidence::Door},
    profiles::{self, EVERYBODY},
    register::Change,
    themes,
};
use crate::{
    devices::{
        controls::is_off,
        kinds::{Internet, Users},
        register::Device as Known,
    },
    monitor,
    spine::{in_force::InForce, setting::Setting},
};
use core::net::IpAddr;
use kernel::moment::{Date, Moment};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the network has to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The profiles.
    #[serde(rename = "profile")]
    pub profiles: Vec<Profile>,
    /// The profile of what is not on the register.
    pub strangers: String,
    /// The devices that have an address.
    #[serde(rename = "device", skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
    /// What is open for children.
    #[serde(rename = "session", skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Single sites.
    #[serde(rename = "exception", skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
    /// How long what was asked for is kept.
    pub traces: Keep,
    /// What is told at once.
    #[serde(skip_serializing_if = "monitor::plan::Alerts::is_nothing")]
    pub alerts: monitor::plan::Alerts,
}

/// What is closed for some people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// For children.
    pub children: bool,
    /// Searches are made safe.
    pub safe_search: bool,
    /// The kinds that are closed.
    pub closed: Vec<String>,
    /// The words of the policy, by kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub clauses: BTreeMap<String, String>,
    /// Themes, each with the weight from which a page that says it is closed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub content: BTreeMap<&'static str, u16>,
    /// Whether pages are looked into: nothing, in what an adult opened, always.
    pub looks_into: LooksInto,
}

/// When pages are looked into on devices that are set up for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksInto {
    /// Never.
    #[default]
    Nothing,
    /// In what an adult opened.
    Sessions,
}

/// How long what was asked for is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Keep {
    /// Days.
    pub days: i64,
    /// Days that stay whatever their age: something was seen on them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub held: BTreeSet<Date>,
    /// People of whom everything is erased.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub forgotten: BTreeSet<String>,
}

/// A device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Device {
    /// `device-3`.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Its profile.
    pub profile: String,
    /// Who has it: `person-7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    /// Where it is: `room-2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Nothing is open on it but what an adult opens.
    pub sessions_only: bool,
    /// It is out of use: nothing is open on it at all.
    pub cut_off: bool,
    /// It is set up so that the web proxy may look into its pages.
    #[serde(skip_serializing_if = "is_false")]
    pub trusts_authority: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What an adult opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// `session-12`; traces name it so.
    pub name: String,
    /// The devices.
    pub devices: Vec<String>,
    /// Since when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// The profile of its devices.
    pub profile: String,
    /// The sites, with what they need.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Only these.
    pub limited: bool,
    /// The words of the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// A single site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// Its name, with all below it.
    pub name: String,
    /// Whether it is open.
    pub open: bool,
    /// For which profiles.
    pub profiles: Vec<String>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Why.
    pub reason: String,
    /// The words of the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// The plan at a moment.
#[must_use]
pub fn of(setting: &Setting, in_force: &InForce, now: Moment) -> Plan {
    let today = now.date();
    let profiles = EVERYBODY.map(|users| {
        let profile = profiles::of(setting, in_force, users, today);
        let content = themes::thresholds(in_force, users);
        let said = |(kind, text): (&&str, &String)| ((*kind).to_owned(), text.clone());
        Profile {
            name: users.key().to_owned(),
            children: users == Users::Children,
            safe_search: users == Users::Visitors,
            closed: profile
                .closed
                .iter()
                .map(|kind| (*kind).to_owned())
                .collect(),
            clauses: profile
                .clauses
                .iter()
                .map(said)
                .chain(content_clauses(in_force, &content))
                .collect(),
            // Only for children, and only while an adult has opened something: nobody’s own pages.
            looks_into: match (users, content.is_empty()) {
                (Users::Children, false) => LooksInto::Sessions,
                _ => LooksInto::Nothing,
            },
            content,
        }
    });
    let devices: Vec<Device> = setting
        .devices
        .kept()
        .map(|device| made(device, setting, in_force, now))
        .filter(|device| !device.addresses.is_empty())
        .collect();
    Plan {
        profiles: profiles.to_vec(),
        strangers: profiles::of_strangers(in_force).key().to_owned(),
        sessions: sessions(setting, in_force, now, &devices),
        devices,
        exceptions: exceptions(setting, in_force, now),
        traces: keep(setting, in_force, today),
        alerts: monitor::plan::alerts(setting, in_force, now),
    }
}

/// Traces that were frozen because something was seen stay while their case is kept.
fn keep(setting: &Setting, in_force: &InForce, today: Date) -> Keep {
    let frozen = setting.filter.kept();
    let held = frozen.flat_map(|kept| [kept.from.date(), kept.to.date()]);
    let erased = setting.data.erased();
    Keep {
        days: monitor::keep_days(setting, in_force, today),
        held: held.collect(),
        forgotten: erased.map(|(one, _)| format!("person-{}", one.0)).collect(),
    }
}

fn name(device: u32) -> String {
    format!("device-{device}")
}

fn made(device: &Known, setting: &Setting, in_force: &InForce, now: Moment) -> Device {
    let today = now.date();
    let holder = device.holder().map(|hand| hand.person);
    let works_here = holder.is_some_and(|person| setting.people.is_team(person, today));
    let users = match device.about.users {
        // A children's device stays one, whoever carries it.
        Users::Children => Users::Children,
        _ if !device.may_be_used(today) => Users::Visitors,
        _ if holder.is_some() && !works_here => Users::Visitors,
        users => users,
    };
    let is_internet = |address: &&String| address.parse::<IpAddr>().is_ok();
    Device {
        name: name(device.number),
        addresses: device
            .about
            .addresses
            .iter()
            .filter(is_internet)
            .cloned()
            .collect(),
        profile: users.key().to_owned(),
        held_by: holder.map(|person| format!("person-{}", person.0)),
        room: device.about.room.map(|room| format!("room-{}", room.0)),
        sessions_only: setting.devices.internet(device, is_off(in_force)) == Internet::Opened,
        cut_off: device.is_out_of_use(),
        trusts_authority: users == Users::Children
            && setting
                .filter
                .evidence()
                .door(device.number)
                .is_some_and(|own| own.recorded.door == Door::Inspected),
    }
}

/// The words of the policy for themes that no kind of sites has words for.
fn content_clauses(
    in_force: &InForce,
    content: &BTreeMap<&'static str, u16>,
) -> Vec<(String, String)> {
    let Some(clause) = themes::clause(in_force) else {
        return Vec::new();
    };
    let apart = |key: &&&str| super::kinds::known(key).is_none();
    let keys = content.keys().filter(apart);
    keys.map(|key| ((*key).to_owned(), clause.clone()))
        .collect()
}

fn sessions(setting: &Setting, in_force: &InForce, now: Moment, known: &[Device]) -> Vec<Session> {
    let clause = in_force
        .find("internet.supervised")
        .and_then(|running| running.bound.clauses.first())
        .map(|clause| clause.text.clone());
    let open = setting
        .internet
        .open(now)
        .filter(|one| one.from < one.until);
    open.map(|session| {
        let devices = session.devices(setting).into_iter().map(name);
        let devices = devices.filter(|own| known.iter().any(|device| device.name == *own));
        Session {
            name: format!("session-{}", session.number),
            devices: devices.collect(),
            from: session.from,
            until: session.until,
            profile: Users::Children.key().to_owned(),
            names: session.names(setting),
            limited: !session.filtered,
            clause: clause.clone(),
        }
    })
    .collect()
}

/// What a change opens that the policy has closed since is not opened.
fn exceptions(setting: &Setting, in_force: &InForce, now: Moment) -> Vec<Exception> {
    let mut all = Vec::new();
    for change in setting.filter.in_force(now.date()) {
        let proposed = &change.proposed;
        let names: Vec<&String> = match &proposed.what {
            What::OpenSite { site, needs } => std::iter::once(site).chain(needs).collect(),
            What::CloseSite { site } => vec![site],
            What::OpenKind { .. }
            | What::CloseKind { .. }
            | What::AddList { .. }
            | What::PauseList { .. }
            | What::RemoveList { .. }
            | What::TakeShorter { .. } => continue,
        };
        let open = proposed.what.opens();
        for own in names {
            let kind = super::kinds::of_name(own);
            let fits = |users: &&Users| {
                let by_policy = profiles::closed_by_policy(in_force, **users);
                if open {
                    return kind.is_none_or(|kind| !by_policy.contains_key(kind));
                }
                !is_opened_since(setting, change, **users, now.date())
            };
            let users = proposed.users.iter().filter(fits);
            let profiles: Vec<String> = users.map(|users| users.key().to_owned()).collect();
            if profiles.is_empty() {
                continue;
            }
            all.push(Exception {
                name: own.clone(),
                open,
                profiles,
                until: proposed.until.map(Moment::end_of),
                reason: proposed.reason.clone(),
                clause: None,
            });
        }
    }
    all
}

/// Whether two people opened the very site since it was closed, for the same people.
fn is_opened_since(setting: &Setting, closed: &Change, users: Users, today: Date) -> bool {
    let What::CloseSite { site: own } = &closed.proposed.what else {
        return false;
    };
    let decided = |change: &Change| change.decided.map(|(_, _, at)| at);
    setting.filter.in_force(today).any(|change| {
        matches!(&change.proposed.what, What::OpenSite { site, .. } if site == own)
            && change.proposed.users.contains(&users)
            && decided(change) > decided(closed)
    })
}
