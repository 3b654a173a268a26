//! access.unattended: screens that nobody sits at lock. A session locks when nothing was asked for
//! so many minutes, opens again with PIN, passkey or password, and ends after so many hours.

use crate::{
    access::acts::{Act as Access, steps::Act as Step},
    people::group::Group,
    spine::{
        act::{Act, Case},
        control::{Audience, Control, Notice, Standpoint},
        in_force::InForce,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Value,
};
use serde::Deserialize;

/// How long a session may be idle where the policy names no time: about as long as a room’s tablet
/// lies on the side while children are changed or fed.
pub const IDLE_MINUTES: i64 = 15;
/// How long a session lasts at most where the policy names no time: a long day.
pub const LONGEST_HOURS: i64 = 12;

/// Unattended screens lock.
#[derive(Deserialize)]
pub(super) struct Unattended {
    /// The longest idle time, in minutes.
    #[serde(default)]
    idle: Option<u16>,
    /// How long a session lasts at most, in hours.
    #[serde(default)]
    longest: Option<u16>,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest idle time, in minutes.
    pub idle_minutes: i64,
    /// How long a session lasts at most, in hours.
    pub longest_hours: i64,
}

impl Limits {
    /// As the policy in force chose, else as it is usual.
    #[must_use]
    pub fn of(in_force: &InForce) -> Limits {
        let chosen = |param: &str, most: i64| {
            let control = in_force.find("access.unattended")?;
            match control.bound.values.get(param)? {
                Value::Number(number) => Some((*number).clamp(1, most)),
                _ => None,
            }
        };
        Limits {
            idle_minutes: chosen("idle", 24 * 60).unwrap_or(IDLE_MINUTES),
            longest_hours: chosen("longest", 7 * 24).unwrap_or(LONGEST_HOURS),
        }
    }
}

impl Control for Unattended {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Access(Access::Step(Step::RecordUnlocked { began, .. })) = act else {
            return Ruling::Silent;
        };
        let longest = self.longest.map_or(LONGEST_HOURS, i64::from).max(1);
        if case.now <= began.plus_hours(longest) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            format!("This session began more than {longest} hours ago, so it is over."),
            AllowedBy::Nobody,
            "Sign in again.",
        )
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let idle = self.idle.map_or(IDLE_MINUTES, i64::from);
        let says = vec![
            "Lock the screen or sign out before you walk away. The button stands at the top of each page.".to_owned(),
            format!("After {idle} minutes without you the screen locks by itself. Your PIN, passkey or password opens it again, and nothing that you typed is lost."),
        ];
        let clauses: Vec<String> = from
            .bound
            .clauses
            .iter()
            .map(|clause| clause.id.clone())
            .collect();
        let notice = |group: &Group| Notice {
            to: Audience::Group(*group),
            title: "Lock before you walk away".to_owned(),
            says: says.clone(),
            clauses: clauses.clone(),
        };
        Group::TEAM.iter().map(notice).collect()
    }
}
