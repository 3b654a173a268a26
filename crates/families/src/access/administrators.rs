//! Who manages accounts and security: the roles that the policy names, and whoever directs them.
//! Where nobody who has an account holds one of them, the management does, so that the door is
//! never shut for all.

use crate::{
    policy::document::Document,
    roles::role::Role,
    spine::{act::Person, permit::Need, setting::Setting},
};
use kernel::moment::{Date, plus_days};

/// The control.
pub const CONTROL: &str = "access.administrators";

/// Roles whose holders lead, or watch over those who do: a code for one of their accounts opens what
/// its giver may not see.
pub const WEIGHTY: [Role; 6] = [
    Role::Manager,
    Role::DeputyManager,
    Role::Lead,
    Role::DeputyLead,
    Role::Chair,
    Role::NamedMember,
];

/// How long after the end of such a role an account counts as one of them, in days: a role that is
/// taken away for an hour is no way in.
const WEIGHTY_FOR_DAYS: i64 = 30;

/// Whether somebody holds one of those roles, will, or did until lately.
#[must_use]
pub fn is_weighty(setting: &Setting, person: Person, today: Date) -> bool {
    let mut all = setting.roles.holdings().iter();
    all.any(|holding| {
        let lately = |last| today <= plus_days(last, WEIGHTY_FOR_DAYS);
        holding.person == person
            && WEIGHTY.contains(&holding.role)
            && !holding.is_empty()
            && holding.last_day().is_none_or(lately)
    })
}

/// The words of a param in the policy in force: what its clauses say, or else what the setting chose.
pub(crate) fn said(setting: &Setting, control: &str, param: &str) -> Option<Vec<String>> {
    let document: &Document = &setting.policy.adopted()?.document;
    if setting.policy.off(control).is_some() {
        return None;
    }
    let named = |controls: &[String]| controls.iter().any(|own| own == control);
    let clauses = || {
        document
            .clauses
            .iter()
            .filter(|clause| named(&clause.controls))
    };
    clauses().next()?;
    let values = clauses().filter_map(|clause| clause.values.get(param));
    let words: Vec<String> = values.flat_map(kernel::value::Value::words).collect();
    if !words.is_empty() {
        return Some(words);
    }
    let chosen = document.choice(control, param);
    Some(chosen.map(kernel::value::Value::words).unwrap_or_default())
}

/// The roles that the policy names for this; none where it names none, or no policy is in force.
#[must_use]
pub fn named(setting: &Setting) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for param in ["roles", "directed_by"] {
        for words in said(setting, CONTROL, param).unwrap_or_default() {
            for role in Role::read(&words) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
    }
    roles
}

/// Who may manage accounts and the access register: management, and the roles that the policy
/// names. Whether the policy keeps it to those is judged by its control.
#[must_use]
pub fn administering(setting: &Setting) -> Need {
    let mut roles = vec![Role::Manager, Role::DeputyManager];
    for role in named(setting) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Need::Holds(roles)
}

/// The roles whose holders are the administrators today: those of the policy, where somebody who can
/// sign in holds one of them, else the management.
#[must_use]
pub fn today(setting: &Setting, today: Date) -> Vec<Role> {
    let named = named(setting);
    if holders(setting, &named, today).is_empty() {
        return vec![Role::Manager, Role::DeputyManager];
    }
    named
}

/// Everybody who is here, can sign in, and holds one of these roles.
#[must_use]
pub fn holders(setting: &Setting, roles: &[Role], today: Date) -> Vec<Person> {
    let each = roles
        .iter()
        .flat_map(|role| setting.roles.holders(role, today));
    let mut all: Vec<Person> = each
        .filter(|person| {
            setting.access.has_account(*person) && setting.people.is_here(*person, today)
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The role that work on accounts is for.
#[must_use]
pub fn owner(setting: &Setting, day: Date) -> Role {
    let roles = today(setting, day);
    let held = setting.roles.first_held(&roles, day);
    held.cloned().unwrap_or(Role::Manager)
}
