//! Exceptional access: who may take part, what is lent to whom at a moment, and who looks at it
//! afterwards. Both doors fill [`Actor::lent`] by [`lend`], and nothing else does.

use super::{administrators::said, register::exceptions::Exception};
use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Actor, Person},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::{
    moment::{Date, Moment},
    value::Value,
};

/// The control.
pub const CONTROL: &str = "access.break-glass";
/// How long it lasts where the policy gives no time, in minutes.
pub const MINUTES: u16 = 60;
/// The longest that any policy can allow, in minutes.
pub const MINUTES_MAX: u16 = 480;
/// Who looks at it afterwards: the first two, or else whoever of the others had no part in it.
pub const WATCHING: [Role; 6] = [
    Role::Lead,
    Role::Chair,
    Role::DeputyLead,
    Role::NamedMember,
    Role::Manager,
    Role::DeputyManager,
];

/// The roles whose holders take part, by the policy in force; `None` where it knows no exceptional
/// access.
#[must_use]
pub fn people(setting: &Setting) -> Option<Vec<Role>> {
    let words = said(setting, CONTROL, "people")?;
    let mut roles: Vec<Role> = words.iter().flat_map(|words| Role::read(words)).collect();
    roles.sort();
    roles.dedup();
    if roles.is_empty() {
        roles = vec![Role::Manager, Role::DeputyManager, Role::Chair];
    }
    Some(roles)
}

/// The longest that the policy in force allows, in minutes.
#[must_use]
pub fn minutes_max(in_force: &InForce) -> u16 {
    let bound = in_force.find(CONTROL).map(|running| &running.bound);
    match bound.and_then(|bound| bound.values.get("minutes")) {
        Some(Value::Number(minutes)) => u16::try_from(*minutes)
            .unwrap_or(MINUTES)
            .clamp(1, MINUTES_MAX),
        _ => MINUTES,
    }
}

/// Whether somebody may take part in what was asked for at a moment: is here, is a grown-up, and has
/// held a role that the policy names since the day before, so that nobody gets one just for this.
#[must_use]
pub fn may_take_part(setting: &Setting, person: Person, asked: Moment, today: Date) -> bool {
    let roles = people(setting).unwrap_or_default();
    let day_before = asked.plus_hours(-24);
    let held = setting.roles.holdings().iter().any(|holding| {
        holding.person == person
            && roles.contains(&holding.role)
            && holding.is_on(today)
            && holding.at <= day_before
    });
    held && setting.people.is_here(person, today)
        && !setting.people.groups(person).contains(&Group::Child)
}

/// The same actor with what is lent to them at this moment.
#[must_use]
pub fn lend(who: &Actor, setting: &Setting, in_force: &InForce, now: Moment) -> Actor {
    let mut actor = who.clone();
    actor.lent = lent(who, setting, in_force, now);
    actor
}

/// What is lent to somebody at this moment: nothing but where the policy in force knows exceptional
/// access, two people who still may have agreed, and the time is not over, by what the policy says
/// now.
#[must_use]
pub fn lent(who: &Actor, setting: &Setting, in_force: &InForce, now: Moment) -> Vec<Role> {
    let Some(person) = who.person() else {
        return Vec::new();
    };
    let Some(running) = setting.access.exceptions().running(person, now) else {
        return Vec::new();
    };
    let Some(agreed) = running.agreed.filter(|_| in_force.find(CONTROL).is_some()) else {
        return Vec::new();
    };
    let longest = agreed.at.plus_minutes(i64::from(minutes_max(in_force)));
    let both = [person, agreed.by]
        .iter()
        .all(|one| may_take_part(setting, *one, running.asked, now.date()));
    if !both || now >= longest {
        return Vec::new();
    }
    vec![running.role.clone()]
}

/// The roles that still have to look at it: lead and chair, or in the place of either whoever had no
/// part in it.
#[must_use]
pub fn watchers(setting: &Setting, exception: &Exception, today: Date) -> Vec<Role> {
    let free = |role: &&Role| {
        let holders = setting.roles.holders(role, today);
        holders.iter().any(|person| !exception.took_part(*person))
    };
    let mut roles: Vec<Role> = WATCHING.iter().filter(free).take(2).cloned().collect();
    if roles.is_empty() {
        roles.push(Role::Chair);
    }
    roles.retain(|role| !exception.seen.iter().any(|seen| seen.roles.contains(role)));
    // Two have looked, whatever roles they hold by now.
    let looked: usize = exception.seen.iter().map(|seen| seen.roles.len()).sum();
    roles.truncate(2_usize.saturating_sub(looked));
    roles
}
