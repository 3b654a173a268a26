//! Who gets to know of a concern: the lead and deputies, unless it is about them. Then it goes
//! round them by itself, to the manager or the chair. Nobody is on a case that is about them.

use super::{
    low_level,
    matter::{self, Matter},
    own_duty::register::OwnDuty,
    register::Case,
    transfer::register::Inward,
};
use crate::{
    roles::role::Role,
    spine::{
        act::{Actor, Person, Who},
        setting::Setting,
    },
};
use kernel::moment::Date;

/// The roles that a new concern goes to, and who among their holders must not learn of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// The roles.
    pub roles: Vec<Role>,
    /// People whom it is about.
    pub excluded: Vec<Person>,
}

/// Who may be asked next when nobody answers, in this order.
const CHAIN: [Role; 6] = [
    Role::Lead,
    Role::DeputyLead,
    Role::Manager,
    Role::DeputyManager,
    Role::Chair,
    Role::NamedMember,
];

/// Whom a concern goes to: the roles that the policy names (`told`; the lead and deputies where it
/// names none), without those whom it is about. `adult`: the person; `about`: everybody who holds
/// this role; `about_lead`: who gets to know when it is about the lead. Where nobody is left, or it is about the manager, the chain goes on upward.
#[must_use]
pub fn choose(
    told: &[Role],
    adult: Option<Person>,
    about: Option<&Role>,
    setting: &Setting,
    today: Date,
    about_lead: &[Role],
) -> Circle {
    let mut excluded: Vec<Person> = adult.into_iter().collect();
    if let Some(role) = about {
        excluded.extend(setting.roles.holders(role, today));
    }
    excluded.sort_unstable();
    excluded.dedup();
    let mut roles = if told.is_empty() {
        vec![Role::Lead, Role::DeputyLead]
    } else {
        told.to_vec()
    };
    let leads = |person: &Person| setting.roles.holds(*person, &Role::Lead, today);
    if excluded.iter().any(leads) {
        roles.extend(about_lead.iter().cloned());
    }
    let manages = |person: &Person| setting.roles.holds(*person, &Role::Manager, today);
    if excluded.iter().any(manages) {
        roles.push(Role::Chair);
    }
    let reaches = |roles: &[Role]| {
        let holders = roles
            .iter()
            .flat_map(|role| setting.roles.holders(role, today));
        holders
            .into_iter()
            .any(|person| !excluded.contains(&person))
    };
    for next in &CHAIN {
        if reaches(&roles) {
            break;
        }
        if !roles.contains(next) {
            roles.push(next.clone());
        }
    }
    Circle { roles, excluded }
}

/// The role that is asked next when nobody has answered yet: the first of the chain that is not
/// asked already and reaches somebody new.
#[must_use]
pub fn next(case: &Case, setting: &Setting, today: Date) -> Option<Role> {
    let known = on_case(case, setting, today);
    CHAIN.into_iter().find(|role| {
        !case.roles.contains(role)
            && holders(case, role, setting, today)
                .any(|person| !case.excluded.contains(&person) && !known.contains(&person))
    })
}

/// Who is on a case by holding a role. Where it is about somebody here, only those count who held
/// the role before it was reported: nobody whom it is about can put a friend on it.
fn holders<'a>(
    case: &'a Case,
    role: &'a Role,
    setting: &'a Setting,
    today: Date,
) -> impl Iterator<Item = Person> + 'a {
    let held = setting.roles.holdings_of(role);
    held.filter(move |held| held.is_on(today) && (case.excluded.is_empty() || held.seq < case.seq))
        .map(|held| held.person)
}

/// Everybody who is on a case today.
#[must_use]
pub fn on_case(case: &Case, setting: &Setting, today: Date) -> Vec<Person> {
    let by_role = case
        .roles
        .iter()
        .flat_map(|role| holders(case, role, setting, today));
    let mut all: Vec<Person> = by_role.chain(case.shared.iter().copied()).collect();
    all.retain(|person| !case.excluded.contains(person) && setting.people.is_here(*person, today));
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether somebody is on a case: by role, by sharing, or by exceptional access in the place of
/// the lead; never when it is about them.
#[must_use]
pub fn is_on(who: &Actor, case: u32, setting: &Setting, today: Date) -> bool {
    let Who::Person(person) = who.who else {
        return false;
    };
    let case = match matter::of(case) {
        Matter::Case(case) => case,
        Matter::Alert(_) | Matter::Look(_) => {
            return crate::monitor::circle::is_on(who, case, setting, today);
        }
        Matter::LowLevel(_) => {
            let found = setting.concerns.low_level().find(case);
            return found.is_some_and(|one| low_level::circle::is_on(who, one, setting, today));
        }
        // Whose duty it is, and who is on the case that they reported.
        Matter::OwnDuty(of) => {
            let found = setting.concerns.own_duties().find(case);
            let own = |person| setting.people.is_here(person, today) && is_own(found, person);
            return found.is_some() && (own(person) || is_on(who, of, setting, today));
        }
        // One that was sent: who is on all cases in it. One that came in: who leads.
        Matter::Transfer(_) => {
            let transfers = setting.concerns.transfers();
            let on = |case: &u32| matter::is_case(*case) && is_on(who, *case, setting, today);
            let out = transfers.out(case);
            let sent = out.is_some_and(|out| out.sent.cases.iter().all(on));
            let inward = transfers.inward(case);
            let came = inward.is_some_and(|inward| leads(who, person, inward, setting, today));
            return sent || came;
        }
    };
    // What was let go is known, and nothing more, to who could read it before.
    let gone = || setting.concerns.gone(case).map(|gone| &gone.case);
    let Some(case) = setting.concerns.case(case).or_else(gone) else {
        return false;
    };
    if case.excluded.contains(&person) || !setting.people.is_here(person, today) {
        return false;
    }
    // What a lead is kept out of is not opened in the lead's place either.
    let lends = |role: &Role| {
        let kept_out = |person: &Person| setting.roles.holds(*person, role, today);
        who.lent.contains(role) && !case.excluded.iter().any(kept_out)
    };
    case.shared.contains(&person)
        || case
            .roles
            .iter()
            .any(|role| holders(case, role, setting, today).any(|one| one == person) || lends(role))
}

fn is_own(found: Option<&OwnDuty>, person: Person) -> bool {
    found.is_some_and(|one| one.person == person)
}

fn leads(who: &Actor, person: Person, inward: &Inward, setting: &Setting, today: Date) -> bool {
    let holds = |role: &Role| setting.roles.holds(person, role, today) || who.lent.contains(role);
    setting.people.is_here(person, today) && inward.arrived.roles.iter().any(holds)
}
