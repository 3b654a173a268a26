//! concerns.case: a case is taken on, worked on, and closed only when it is complete; what has been
//! kept long enough is decided on. What is owed in a case is shown to who is on it and nobody else.

use crate::{
    concerns::{
        acts::Act as Concern, circle, keeping::acts::Act as Keep, matter, note::Sort,
        register::Case,
    },
    policy::approver::Approver,
    roles::role::Role,
    spine::{
        act::{Act, Case as Asked},
        control::{Control, Register, Standpoint},
        permit,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// After how many days without an entry an open case is looked at again.
const QUIET_DAYS: i64 = 14;
/// Within how many days it is decided whether a case that was kept long enough is kept on.
const DECIDE_DAYS: i64 = 28;

/// A case is complete before it is closed.
#[derive(Deserialize)]
pub(super) struct Cases {
    /// For how long cases are kept, where the policy says it.
    #[serde(default)]
    keep: Option<Every>,
    /// Who agrees when a case is let go; empty: anybody on it beside who asks.
    #[serde(default)]
    let_go_by: Words,
}

impl Control for Cases {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        if let Act::Concerns(Concern::Keeping(Keep::LetGo { case: number })) = act {
            return self.judge_letting_go(*number, case);
        }
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
        let each = |case: &Case| match case.is_closed() {
            false => owed(case, from),
            true => self.over(case, from),
        };
        from.setting.concerns.cases().flat_map(each).collect()
    }
}

impl Cases {
    /// The second person is one of those whom the policy names for it.
    fn judge_letting_go(&self, number: u32, asked: &Asked<'_>) -> Ruling {
        let named: Vec<Approver> = self.let_go_by.iter().map(Approver::read).collect();
        let may = |one: &Approver| {
            permit::permit(asked.who, &one.need(), asked.setting, asked.today).is_ok()
        };
        if !matter::is_case(number) || named.is_empty() || named.iter().any(may) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "What was kept long enough is let go only when others agree to it.",
            AllowedBy::Roles(named.iter().map(Approver::in_words).collect()),
            "Share the case with them, and ask them to read it and to agree.",
        )
    }

    /// What is owed once a case has been kept long enough: a decision, and a second person’s word.
    fn over(&self, case: &Case, from: &Standpoint<'_>) -> Vec<Duty> {
        let at = format!("/concerns/cases/{}", case.number);
        let Some((since, seq)) = case.keeping.is_due(from.today) else {
            return Vec::new();
        };
        if case.keeping.hold.is_some() {
            return Vec::new();
        }
        let Some(asked) = &case.keeping.asked else {
            let duty = Duty::new(
                format!(
                    "Look whether case {} is still kept, or let it go",
                    case.reference
                ),
                owner(case, from),
                plus_days(since, DECIDE_DAYS),
            );
            let duty = duty.opens(since).at(at).from([seq]);
            let about = format!("kept:{}:{since}", case.number);
            return vec![duty.about(about).in_case(case.number)];
        };
        let on = circle::on_case(case, from.setting, from.today);
        let others = on.into_iter().filter(|person| Some(*person) != asked.by);
        let each = others.map(|person| {
            let day = asked.at.date();
            let duty = Duty::new(
                format!("Say whether case {} may be let go", case.reference),
                Owner::Person(person.0),
                plus_days(day, DECIDE_DAYS),
            );
            let about = format!("let-go:{}:{person}", case.number);
            duty.opens(day)
                .at(&at)
                .about(about)
                .from([asked.seq])
                .in_case(case.number)
        });
        each.collect()
    }
}

/// The role that looks after a case that nobody works on.
fn owner(case: &Case, from: &Standpoint<'_>) -> Owner {
    let lead = from.setting.roles.first_held(&[Role::Lead], from.today);
    let role = lead
        .filter(|role| case.roles.contains(role))
        .or(case.roles.first())
        .unwrap_or(&Role::Lead);
    Owner::role(role.key())
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
        let duty = Duty::new(
            format!("Look at case {} again, go on or close it", case.reference),
            owner(case, from),
            due,
        );
        let about = format!("quiet:{}:{}", case.number, case.last.date());
        duties.push(duty.opens(plus_days(due, -3)).at(&at).about(about));
    }
    duties.extend(crate::procedure::owed(case, from));
    duties
        .into_iter()
        .map(|duty| duty.in_case(case.number).from([case.seq]))
        .collect()
}
