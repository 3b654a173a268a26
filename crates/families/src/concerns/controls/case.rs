//! concerns.case: a case is taken on, worked on, and closed only when it is complete. What is owed
//! in a case is shown to who is on it and to nobody else.

use crate::{
    concerns::{acts::Act as Concern, circle, note::Sort, register::Case},
    roles::role::Role,
    spine::{
        act::{Act, Case as Asked},
        control::{Control, Register, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
    ruling::{AllowedBy, Ruling},
};
use serde::Deserialize;

/// After how many days without an entry an open case is looked at again.
const QUIET_DAYS: i64 = 14;

/// A case is complete before it is closed.
#[derive(Deserialize)]
pub(super) struct Cases {
    /// For how long cases are kept, where the policy says it.
    #[serde(default)]
    keep: Option<Every>,
}

impl Control for Cases {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        let Act::Concerns(Concern::Close { case: number, .. }) = act else {
            return Ruling::Silent;
        };
        let Some(found) = case.setting.concerns.case(*number) else {
            return Ruling::Silent;
        };
        let mut missing = missing(found);
        missing.extend(case.setting.procedure.missing(*number));
        if missing.is_empty() {
            return Ruling::Silent;
        }
        Ruling::refuse(
            format!("The case is not complete: {}.", missing.join("; ")),
            AllowedBy::Nobody,
            "Write down what is missing, then close the case. What you wrote here is kept in the form.",
        )
    }

    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        let title = match &self.keep {
            Some(keep) => format!("Cases, kept for {keep}"),
            None => {
                "Cases, kept until 25 years after the child’s birth and then looked at".to_owned()
            }
        };
        Some(Register::apart(title))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let open = from
            .setting
            .concerns
            .cases()
            .filter(|case| !case.is_closed());
        open.flat_map(|case| owed(case, from)).collect()
    }
}

/// What still has to be written down before a case can be closed.
pub(crate) fn missing(case: &Case) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if case.taken.is_none() {
        missing.push("nobody has taken it on");
    }
    if !case.has(Sort::Decision) {
        missing.push("no decision is written down, with its reason");
    }
    if !case.has(Sort::Parents) {
        missing.push("it does not say whether parents were told, or why not");
    }
    if case.tasks.iter().any(|task| task.done.is_none()) {
        missing.push("a task is still open");
    }
    missing
}

fn owed(case: &Case, from: &Standpoint<'_>) -> Vec<Duty> {
    let at = format!("/concerns/cases/{}", case.number);
    let mut duties = Vec::new();
    let today = case.at.date();
    if case.taken.is_none() {
        // Each of them once, however many roles they hold.
        for person in circle::on_case(case, from.setting, from.today) {
            let duty = Duty::new(
                format!("Read concern {} and take it on", case.reference),
                Owner::Person(person.0),
                today,
            );
            duties.push(
                duty.opens(today)
                    .at(&at)
                    .about(format!("take:{}:{person}", case.number)),
            );
        }
    }
    for task in case.tasks.iter().filter(|task| task.done.is_none()) {
        let duty = Duty::new(
            format!("Do a task in case {}", case.reference),
            Owner::Person(task.owner.0),
            task.due,
        );
        let about = format!("task:{}:{}", case.number, task.number);
        duties.push(duty.at(&at).about(about).from([task.seq]));
    }
    if case.taken.is_some() {
        let due = plus_days(case.last.date(), QUIET_DAYS);
        let owner = from.setting.roles.first_held(&[Role::Lead], from.today);
        let role = owner
            .filter(|role| case.roles.contains(role))
            .or(case.roles.first());
        if let Some(role) = role {
            let duty = Duty::new(
                format!("Look at case {} again, go on or close it", case.reference),
                Owner::role(role.key()),
                due,
            );
            let about = format!("quiet:{}:{}", case.number, case.last.date());
            duties.push(duty.opens(plus_days(due, -3)).at(&at).about(about));
        }
    }
    duties.extend(crate::procedure::owed(case, from));
    duties
        .into_iter()
        .map(|duty| duty.in_case(case.number).from([case.seq]))
        .collect()
}
