//! Who may look. Reports and traces: the roles that the policy names, or whoever leads; nobody looks
//! at their own, and whoever leads is looked at by somebody else. An alert goes the way of a concern,
//! round whom it is about. Who looked and why is seen by who did, and by who watches over them.

use super::{
    MONITORS, USE,
    register::{Alert, Look},
};
use crate::{
    access::administrators::said,
    roles::role::Role,
    spine::{
        act::{Actor, Person},
        permit::Need,
        setting::Setting,
    },
};
use kernel::moment::Date;

/// Who watches over those who monitor, where the policy names nobody.
const OVER_ALL: [Role; 2] = [Role::Chair, Role::NamedMember];
/// Words by which a policy means the management.
const MANAGEMENT: [&str; 4] = ["leadership", "management", "senior", "leaders"];

fn roles_of(setting: &Setting, control: &str, param: &str) -> Vec<Role> {
    let mut roles = Vec::new();
    for words in said(setting, control, param).unwrap_or_default() {
        let mut meant = Role::recognise(&words);
        meant.retain(|role| !matches!(role, Role::Other(_)));
        let small = words.to_lowercase();
        if meant.is_empty() && MANAGEMENT.iter().any(|part| small.contains(part)) {
            meant = vec![Role::Manager, Role::DeputyManager];
        }
        for role in meant {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles
}

/// The roles that look at reports and traces.
#[must_use]
pub fn watching(setting: &Setting) -> Vec<Role> {
    let named = roles_of(setting, USE, "opened_to");
    if named.is_empty() {
        return vec![
            Role::Lead,
            Role::DeputyLead,
            Role::Manager,
            Role::DeputyManager,
        ];
    }
    named
}

/// The roles that watch over those who monitor; the committee is always among them.
#[must_use]
pub fn watching_over(setting: &Setting) -> Vec<Role> {
    let mut roles = roles_of(setting, MONITORS, "by");
    if roles.is_empty() {
        roles = roles_of(setting, MONITORS, "role");
    }
    for role in OVER_ALL {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// Who sees reports.
#[must_use]
pub fn seeing(setting: &Setting) -> Need {
    Need::Holds(watching(setting))
}

/// Who sees who looked at what, each as far as it is for them.
#[must_use]
pub fn seeing_over(setting: &Setting) -> Need {
    let mut roles = watching(setting);
    roles.extend(watching_over(setting));
    Need::Holds(roles)
}

/// Who can be asked to look at a trace at all; of whom is asked by [`may_look_at`].
#[must_use]
pub fn looking(setting: &Setting) -> Need {
    let mut roles = watching(setting);
    roles.extend(OVER_ALL);
    Need::Holds(roles)
}

fn holds(who: &Actor, role: &Role, setting: &Setting, today: Date) -> bool {
    let held = |person| setting.roles.holds(person, role, today);
    who.lent.contains(role) || who.person().is_some_and(held)
}

/// Whether somebody may look at what another asked for; `None`: at what nobody is known for.
#[must_use]
pub fn may_look_at(who: &Actor, about: Option<Person>, setting: &Setting, today: Date) -> bool {
    let Some(reader) = who.person() else {
        return false;
    };
    let any = |roles: &[Role]| roles.iter().any(|role| holds(who, role, setting, today));
    let roles = watching(setting);
    let Some(about) = about else {
        return any(&roles);
    };
    if about == reader {
        return false;
    }
    let holds = |role: &Role| setting.roles.holds(about, role, today);
    let leads = leading(&roles).iter().any(holds);
    let others: Vec<Role> = roles.into_iter().filter(|role| !holds(role)).collect();
    any(&others) || (leads && any(&OVER_ALL))
}

/// Whoever looks, and whoever leads: they are looked at by the committee, too.
fn leading(watching: &[Role]) -> Vec<Role> {
    let mut roles = watching.to_vec();
    roles.extend([
        Role::Manager,
        Role::DeputyManager,
        Role::Lead,
        Role::DeputyLead,
    ]);
    roles
}

/// The roles that may look at what somebody asked for, as phrases.
#[must_use]
pub fn may_in_words(about: Option<Person>, setting: &Setting, today: Date) -> Vec<String> {
    let holds = |role: &Role| about.is_some_and(|one| setting.roles.holds(one, role, today));
    let roles = watching(setting);
    let leads = leading(&roles).iter().any(holds);
    let mut may: Vec<Role> = roles.into_iter().filter(|role| !holds(role)).collect();
    if leads {
        may.extend(OVER_ALL);
    }
    may.iter()
        .map(|role| format!("the {}", role.in_words()))
        .collect()
}

/// Whether somebody may see an alert, or that somebody looked, by its number.
#[must_use]
pub fn is_on(who: &Actor, number: u32, setting: &Setting, today: Date) -> bool {
    let Some(person) = who.person() else {
        return false;
    };
    if !setting.people.is_here(person, today) {
        return false;
    }
    if let Some(alert) = setting.monitor.alert(number) {
        return sees_alert(who, person, alert, setting, today);
    }
    let look = setting.monitor.look(number);
    look.is_some_and(|look| sees_look(who, person, look, setting, today))
}

fn sees_alert(who: &Actor, person: Person, alert: &Alert, setting: &Setting, today: Date) -> bool {
    if alert.excluded.contains(&person) {
        return false;
    }
    // Where it is about somebody here, a role counts that was held before.
    let held = |role: &Role| {
        let mut all = setting.roles.holdings_of(role);
        all.any(|held| {
            held.person == person
                && held.is_on(today)
                && (alert.excluded.is_empty() || held.seq < alert.seq)
        })
    };
    let lent = |role: &Role| {
        let kept_out = |one: &Person| setting.roles.holds(*one, role, today);
        who.lent.contains(role) && !alert.excluded.iter().any(kept_out)
    };
    if alert.roles.iter().any(|role| held(role) || lent(role)) {
        return true;
    }
    // What was dismissed and picked for a second look is seen by who watches over it.
    let picked = alert.dismissed.as_ref().filter(|one| one.picked);
    picked.is_some_and(|one| one.by != Some(person)) && watching_over(setting).iter().any(held)
}

fn sees_look(who: &Actor, person: Person, look: &Look, setting: &Setting, today: Date) -> bool {
    if let Some(concern) = look.concern {
        let on = crate::concerns::circle::is_on(who, concern, setting, today);
        return look.by == Some(person) && on;
    }
    if look.by == Some(person) {
        return true;
    }
    let over = watching_over(setting);
    !look.people.contains(&person) && over.iter().any(|role| holds(who, role, setting, today))
}

/// Everybody who sees an alert, so that they are told.
#[must_use]
pub fn people(alert: &Alert, setting: &Setting, today: Date) -> Vec<Person> {
    let holders = alert
        .roles
        .iter()
        .flat_map(|role| setting.roles.holders(role, today));
    let mut all: Vec<Person> = holders
        .filter(|person| is_on(&Actor::person_only(*person), alert.number, setting, today))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Who looks a second time at an alert that was dismissed: the first of those who watch over it that
/// somebody other than who dismissed it holds.
#[must_use]
pub fn second(alert: &Alert, setting: &Setting, today: Date) -> Option<Role> {
    let by = alert.dismissed.as_ref()?.by;
    let mut roles = alert.roles.clone();
    roles.extend(watching_over(setting));
    roles.into_iter().find(|role| {
        let holders = setting.roles.holders(role, today);
        holders
            .iter()
            .any(|one| Some(*one) != by && !alert.excluded.contains(one))
    })
}

/// Who looks by hand: whoever leads, and the roles that the policy names.
#[must_use]
pub fn checking(setting: &Setting) -> Need {
    let named = roles_of(setting, super::HAND_CHECKS, "by");
    Need::AnyOf(vec![Need::leadership(), Need::Holds(named)])
}

/// The role that looks by hand: the first that the policy names, else the manager's.
#[must_use]
pub fn checker(setting: &Setting) -> Role {
    let mut named = roles_of(setting, super::HAND_CHECKS, "by").into_iter();
    named.next().unwrap_or(Role::Manager)
}
