//! Who sees a low-level concern: the manager and a second person who is not under the manager,
//! unless it is about one of them. Then it goes round them.

use super::register::LowLevel;
use crate::{
    access::administrators::WEIGHTY,
    concerns::controls::roles_named,
    roles::role::Role,
    spine::{
        act::{Actor, Person},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::moment::Date;

/// The control.
pub const CONTROL: &str = "concerns.low-level";

/// Who is asked where nobody else is left, in this order.
const CHAIN: [Role; 4] = [Role::Chair, Role::NamedMember, Role::Lead, Role::DeputyLead];

/// The roles that see low-level concerns by the policy in force; `None` where it knows none.
#[must_use]
pub fn roles(in_force: &InForce) -> Option<Vec<Role>> {
    in_force.find(CONTROL)?;
    let mut roles = vec![Role::Manager];
    // The deputy is under the manager, so never the second person.
    let second = roles_named(in_force, CONTROL, "second");
    roles.extend(
        second
            .into_iter()
            .filter(|role| !matches!(role, Role::Manager | Role::DeputyManager)),
    );
    if roles.len() == 1 {
        roles.push(Role::Chair);
    }
    Some(roles)
}

/// The roles that see a new one about somebody, and whether only those count who hold them already.
#[must_use]
pub fn choose(
    about: Person,
    mut roles: Vec<Role>,
    setting: &Setting,
    today: Date,
) -> (Vec<Role>, bool) {
    let holds = |role: &Role| setting.roles.holds(about, role, today);
    let guarded = WEIGHTY.iter().any(holds);
    let reaches = |role: &Role| {
        let holders = setting.roles.holders(role, today);
        holders.into_iter().any(|person| person != about)
    };
    roles.retain(|role| !holds(role) || reaches(role));
    for next in CHAIN {
        let reached = roles.iter().filter(|role| reaches(role)).count();
        if reached >= 2 {
            break;
        }
        if !roles.contains(&next) && reaches(&next) {
            roles.push(next);
        }
    }
    (roles, guarded)
}

/// Whether somebody sees it. Exceptional access opens none: what is kept of colleagues can wait.
#[must_use]
pub fn is_on(who: &Actor, one: &LowLevel, setting: &Setting, today: Date) -> bool {
    let Some(person) = who.person() else {
        return false;
    };
    if person == one.about || !setting.people.is_here(person, today) {
        return false;
    }
    one.roles.iter().any(|role| {
        let mut held = setting.roles.holdings_of(role);
        held.any(|held| {
            held.person == person && held.is_on(today) && (!one.guarded || held.seq < one.seq)
        })
    })
}

/// Everybody who sees it.
#[must_use]
pub fn people(one: &LowLevel, setting: &Setting, today: Date) -> Vec<Person> {
    let holders = one
        .roles
        .iter()
        .flat_map(|role| setting.roles.holders(role, today));
    let mut all: Vec<Person> = holders
        .filter(|person| is_on(&Actor::person_only(*person), one, setting, today))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
