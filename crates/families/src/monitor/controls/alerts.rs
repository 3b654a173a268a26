//! monitor.alerts: worrying activity reaches the lead quickly. An alert is told at once and waits until
//! it becomes a concern or is dismissed with a reason; some are looked at again by somebody else. It
//! goes round whom it is about, and nobody else learns that there is one.

use crate::{
    monitor::{
        ALERTS, circle,
        kinds::{self, Severity},
        register::Alert,
    },
    roles::role::Role,
    spine::{
        control::{Control, Procedure, Register, Standpoint},
        in_force::InForce,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, plus_days},
    value::{Value, Words},
};
use serde::Deserialize;

/// Within how many minutes somebody looks at an alert, where the policy gives no figure.
const WITHIN_MINUTES: i64 = 60;
/// The same in a day, for a second look.
const AGAIN_DAYS: i64 = 14;
/// Days for what can wait until the next look.
const LOW_DAYS: i64 = 7;

/// Worrying activity reaches the lead quickly.
#[derive(Deserialize)]
pub(super) struct Alerts {
    /// What is watched beside what always is.
    #[serde(default)]
    themes: Words,
    /// Within how many minutes somebody looks.
    #[serde(default)]
    within: Option<Value>,
}

/// Within how many minutes somebody looks at an alert that can’t wait, by the policy in force.
#[must_use]
pub(in crate::monitor) fn within_minutes(in_force: &InForce) -> i64 {
    let running = in_force.find(ALERTS);
    let said = running.and_then(|running| running.bound.values.get("within"));
    said.and_then(minutes).unwrap_or(WITHIN_MINUTES)
}

/// Minutes of a policy: 15, "15 minutes", "an hour".
fn minutes(value: &Value) -> Option<i64> {
    if let Value::Number(minutes) = value {
        return (*minutes > 0).then_some(*minutes);
    }
    let words = value.in_words().to_lowercase();
    let digits: String = words.chars().filter(char::is_ascii_digit).take(5).collect();
    let hours = words.contains("hour");
    let count = match digits.parse::<i64>() {
        Ok(count) => count,
        Err(_) if hours => 1,
        Err(_) => return None,
    };
    let minutes = if hours { count * 60 } else { count };
    (minutes > 0).then_some(minutes)
}

impl Control for Alerts {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Alerts of the filter"))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let alerts = from.setting.monitor.alerts();
        alerts.filter_map(|alert| duty(alert, from)).collect()
    }

    fn procedure(&self) -> Option<Procedure> {
        let named: Vec<&str> = self.themes.iter().collect();
        let watched = match named.as_slice() {
            [] => String::new(),
            all => format!(" Our policy also names: {}.", all.join(", ")),
        };
        let within = self.within.as_ref().and_then(minutes);
        let within = within.map_or_else(
            || "as soon as you can".to_owned(),
            |minutes| format!("within {minutes} minutes"),
        );
        let themes: Vec<String> = kinds::THEMES
            .iter()
            .filter(|theme| theme.always)
            .map(|theme| theme.title.to_lowercase())
            .collect();
        Some(Procedure {
            title: "When an alert comes".to_owned(),
            steps: vec![
                format!(
                    "The filter tells the safeguarding lead when something is asked for that may be a sign of risk: {}.{watched}",
                    themes.join(", ")
                ),
                format!(
                    "Open the alert {within}: it says what was asked for, on which device, when, and whose the device was then."
                ),
                "Think of the child first. Is somebody in danger now? Ring 999.".to_owned(),
                "Make it a concern, which begins with what is known; or dismiss it, and say why."
                    .to_owned(),
                "Some that were dismissed are looked at again by somebody else, as chance has it."
                    .to_owned(),
            ],
            never: vec![
                "Do not open what was asked for, to see what it is.".to_owned(),
                "Do not ask the person about it before you know whether it is a concern."
                    .to_owned(),
                "Do not look at more of what they asked for than you need.".to_owned(),
            ],
        })
    }
}

fn duty(alert: &Alert, from: &Standpoint<'_>) -> Option<Duty> {
    let (what, due, owner) = if alert.waits() {
        let day = alert.at.date();
        let due = match alert.severity {
            Severity::High | Severity::Medium => day,
            Severity::Low => plus_days(day, LOW_DAYS),
        };
        (
            "Look at an alert of the filter",
            due,
            first_held(alert, from),
        )
    } else if alert.waits_again() {
        let dismissed = alert.dismissed.as_ref()?;
        let due: Date = plus_days(dismissed.at.date(), AGAIN_DAYS);
        let role = circle::second(alert, from.setting, from.today)?;
        (
            "Look again at an alert that was dismissed",
            due,
            Owner::role(role.key()),
        )
    } else {
        return None;
    };
    Some(
        Duty::new(what, owner, due)
            .at(format!("/monitor/alerts/{}", alert.number))
            .about(format!("alert:{}", alert.number))
            .from([alert.seq])
            .in_case(alert.number),
    )
}

/// The first of those who are told that somebody holds whom it is not about.
fn first_held(alert: &Alert, from: &Standpoint<'_>) -> Owner {
    let held = alert.roles.iter().find(|role| {
        let holders = from.setting.roles.holders(role, from.today);
        holders.iter().any(|one| !alert.excluded.contains(one))
    });
    Owner::role(held.unwrap_or(&Role::Lead).key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_as_policies_write_them() {
        let of = |words: &str| minutes(&Value::Text(words.to_owned()));
        assert_eq!(of("15 minutes"), Some(15));
        assert_eq!(of("an hour"), Some(60));
        assert_eq!(of("2 hours"), Some(120));
        assert_eq!(of("quickly"), None);
        assert_eq!(minutes(&Value::Number(5)), Some(5));
        assert_eq!(minutes(&Value::Number(0)), None);
    }
}
