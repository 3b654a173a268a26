//! access.password-rotation: passwords are changed on schedule, only where the policy asks for it.
//! Those of accounts here at the next sign-in; those of other systems by whoever has them, and at
//! once when somebody who knew one is gone.

use crate::{
    access::{
        acts::{Act as Access, oidc::Act as Oidc},
        administrators::owner,
        register::systems::{System, gone_on},
    },
    roles::since::adopted,
    spine::{
        act::{Act, Case, Person},
        control::{Control, Standpoint},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{Date, date_in_words, minus_days},
    ruling::{AllowedBy, Ruling},
    value::{Value, Words},
};
use serde::{Deserialize, Deserializer, de::Error};

/// How long before its day a change is shown, in days.
const AHEAD_DAYS: i64 = 14;
const CONTROL: &str = "access.password-rotation";

/// What national guidance says, for pages where this is in force.
pub const GUIDANCE: &str = "National cyber guidance (NCSC) advises against changing passwords on a schedule: people choose weaker ones, and write them down. Change a password when somebody who should not have it may know it. Your policy asks for a schedule, so it is kept here.";

/// Passwords are changed on schedule.
#[derive(Deserialize)]
pub(super) struct PasswordRotation {
    /// How often; nothing while the policy gives no period.
    #[serde(default)]
    every: Option<Period>,
    /// The systems that the policy names; none: those with one password for several people.
    #[serde(default)]
    systems: Words,
}

/// A period in words, or in days.
#[derive(Clone, Copy)]
struct Period(Every);

impl Period {
    fn read(value: &Value) -> Option<Period> {
        let every = match value {
            Value::Number(days) => u16::try_from(*days)
                .ok()
                .filter(|days| *days > 0)
                .map(Every::Days),
            other => Every::read(&other.in_words()),
        };
        every.map(Period)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Period::read(&value)
            .ok_or_else(|| D::Error::custom("this gives no period such as \"term\" or \"90 days\""))
    }
}

/// How often passwords are changed, where the policy in force asks for it and gives a period.
#[must_use]
pub fn period(in_force: &InForce) -> Option<Every> {
    let running = in_force.find(CONTROL)?;
    let value = running.bound.values.get("every")?;
    Period::read(value).map(|period| period.0)
}

/// The last day of somebody's password, where the policy in force gives it one.
#[must_use]
pub fn good_until(setting: &Setting, in_force: &InForce, person: Person) -> Option<Date> {
    let every = period(in_force)?;
    let bound = &in_force.find(CONTROL)?.bound;
    let asking = bound
        .clauses
        .iter()
        .map(|clause| in_force.since(&clause.id));
    let chosen = setting.access.systems().chosen(person)?.date();
    let from = chosen.max(asking.min().unwrap_or(Date::MIN));
    Some(every.after(from, setting.place.calendar()))
}

/// Whether somebody has to choose another password before anything else: asked at sign-in.
#[must_use]
pub fn must_change(setting: &Setting, in_force: &InForce, person: Person, today: Date) -> bool {
    good_until(setting, in_force, person).is_some_and(|last| last < today)
}

/// The last day of the password of somebody who has signed in since with it, and has to choose another
/// before anything else.
#[must_use]
pub fn held_since(setting: &Setting, in_force: &InForce, person: Person) -> Option<Date> {
    let last = good_until(setting, in_force, person)?;
    let signed_in = setting.access.last_sign_in(person)?;
    (signed_in.date() > last).then_some(last)
}

impl Control for PasswordRotation {
    /// Whoever signed in with a password that is too old does nothing here before choosing another.
    /// Who signed in without it is not held: the old one opens nothing, whenever it is used.
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let asks = self.every.is_some() && !case.who.elsewhere;
        let Some(person) = case.person().filter(|_| asks) else {
            return Ruling::Silent;
        };
        let held = held_since(case.setting, case.in_force, person);
        let Some(last) = held.filter(|_| !is_open(act)) else {
            return Ruling::Silent;
        };
        Ruling::refuse(
            format!("Your password was good until {}.", date_in_words(last)),
            AllowedBy::Nobody,
            "Choose another password under Your account, then go on.",
        )
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let systems = from.setting.access.systems();
        let asked = systems.in_use().filter(|system| self.is_asked(system));
        asked
            .filter_map(|system| self.change(system, from))
            .collect()
    }
}

impl PasswordRotation {
    fn is_asked(&self, system: &System) -> bool {
        if self.systems.is_empty() {
            return system.one_password;
        }
        self.systems.iter().any(|words| system.is_meant(words))
    }

    fn change(&self, system: &System, from: &Standpoint<'_>) -> Option<Duty> {
        let changed = system.changed.map_or(system.added, |(at, ..)| at);
        let knew = system.one_password.then(|| gone(system, from)).flatten();
        let every = self.every.map(|every| {
            let since = changed.date().max(adopted(from));
            every.0.after(since, from.calendar())
        });
        let (due, why) = match (knew, every) {
            (Some(day), every) if every.is_none_or(|due| day <= due) => {
                (day, ": somebody who knew it is gone")
            }
            (_, Some(due)) => (due, ""),
            (_, None) => return None,
        };
        let opens = if why.is_empty() {
            minus_days(due, AHEAD_DAYS)
        } else {
            due
        };
        let role = owner(from.setting, from.today);
        Some(
            Duty::new(
                format!("Change the password of {}{why}", system.name),
                Owner::role(role.key()),
                due,
            )
            .opens(opens)
            .at(format!(
                "/access-register/password?system={}",
                system.system
            ))
            .about(format!("password:{}:{due}", system.system))
            .from(system.changed.map(|(.., seq)| seq)),
        )
    }
}

/// The day since which somebody who knew the password of now is gone or has no access any more.
fn gone(system: &System, from: &Standpoint<'_>) -> Option<Date> {
    let changed = system.changed.map_or(system.added, |(at, ..)| at);
    let grants = from.setting.access.systems().grants();
    let knew = grants.filter(|grant| grant.system == system.system);
    let ended = knew.filter_map(|grant| {
        let left = gone_on(from.setting, grant.person, from.today)
            .filter(|day| *day > changed.date() && *day <= from.today);
        let closed = grant.closed.filter(|(at, _)| *at > changed);
        match (left, closed.map(|(at, _)| at.date())) {
            (Some(left), Some(closed)) => Some(left.min(closed)),
            (left, closed) => left.or(closed),
        }
    });
    ended.min()
}

/// What stays open to whoever has to choose another password: doing so, signing in and out, second
/// steps, and reporting a concern.
fn is_open(act: &Act) -> bool {
    match act {
        Act::Access(access) => matches!(
            access,
            Access::ChangePassword { .. }
                | Access::HashAnew { .. }
                | Access::TakeUp { .. }
                | Access::RecordSignIn
                | Access::RecordSignOut
                | Access::RecordFailedSignIn { .. }
                | Access::RevokeToken { .. }
                | Access::Step(_)
                | Access::Oidc(Oidc::RecordSignIn)
                | Access::Look(_)
        ),
        _ => act.name() == "concerns.report",
    }
}
