//! policy.review: the policy is looked at again on schedule and after events; a new version is
//! adopted only once those whom the policy names have agreed to it.

use crate::{
    policy::{
        acts::Act as PolicyAct,
        approver::Approver,
        entries::Outcome,
        register::{Register as Policy, Version},
    },
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{minus_days, plus_days},
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// How long before it is due a review opens, in days.
const OPENS_BEFORE_DAYS: i64 = 28;
/// How long a setting has to decide after an event, in days.
const DECIDE_WITHIN_DAYS: i64 = 14;
/// How long a setting has to adopt the version that a review asked for, in days.
const ADOPT_WITHIN_DAYS: i64 = 56;
/// How long approvers have, in days.
const APPROVE_WITHIN_DAYS: i64 = 14;

/// The policy is reviewed on time and after events.
#[derive(Deserialize)]
pub(super) struct Review {
    #[serde(default)]
    every: Option<Every>,
    #[serde(default)]
    triggers: Words,
    #[serde(default)]
    approvers: Words,
}

impl Control for Review {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Policy(act) = act else {
            return Ruling::Silent;
        };
        match act {
            PolicyAct::Adopt => self.judge_draft(case),
            PolicyAct::AdoptAtOnce(_) if case.setting.policy.adopted().is_some() => Ruling::refuse(
                "A new version of the policy is written as a draft and approved before it is adopted.",
                AllowedBy::Roles(self.approvers().iter().map(Approver::in_words).collect()),
                "Begin a draft from this document, and ask for approval of it.",
            ),
            _ => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let policy = &from.setting.policy;
        let mut rows: Vec<Row> = policy.versions().iter().map(version_row).collect();
        rows.extend(policy.triggers().iter().map(|trigger| Row {
            cells: vec![
                Cell::Day(trigger.at.date()),
                Cell::Text(format!("Something happened: {}", trigger.kind)),
                Cell::Text(match trigger.review {
                    Some(review) => format!("answered by review {review}"),
                    None => "not answered yet".to_owned(),
                }),
                trigger.by.map_or(Cell::Empty, Cell::Person),
            ],
            seq: trigger.seq,
            at: trigger.at,
        }));
        rows.extend(policy.reviews().iter().map(|review| {
            let took_part: Vec<String> = review.took_part.iter().map(|p| p.mark()).collect();
            Row {
                cells: vec![
                    Cell::Day(review.at.date()),
                    Cell::Text(format!(
                        "Review {} of version {}: {}",
                        review.number,
                        review.version,
                        review.outcome.in_words().to_lowercase()
                    )),
                    Cell::Text(format!("took part: {}", took_part.join(", "))),
                    review.by.map_or(Cell::Empty, Cell::Person),
                ],
                seq: review.seq,
                at: review.at,
            }
        }));
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Versions and reviews of the policy".to_owned(),
            columns: vec!["Day", "What", "What came of it", "Recorded by"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let policy = &from.setting.policy;
        let Some(current) = policy.adopted() else {
            return Vec::new();
        };
        let mut duties = vec![self.on_schedule(current, from)];
        duties.extend(self.after_events(policy));
        duties.extend(next_version(policy, current));
        duties.extend(self.approvals(policy));
        duties
    }
}

impl Review {
    fn approvers(&self) -> Vec<Approver> {
        if self.approvers.is_empty() {
            return vec![Approver::read(Role::Manager.key())];
        }
        self.approvers.iter().map(Approver::read).collect()
    }

    /// A draft is adopted once every approver has agreed to it as it is now.
    fn judge_draft(&self, case: &Case<'_>) -> Ruling {
        let policy = &case.setting.policy;
        let (Some(draft), Some(_)) = (policy.draft(), policy.adopted()) else {
            return Ruling::Silent;
        };
        let missing: Vec<Approver> = self
            .approvers()
            .into_iter()
            .filter(|approver| !draft.is_approved_by(&approver.words))
            .collect();
        if missing.is_empty() {
            return Ruling::Silent;
        }
        let names: Vec<String> = missing.iter().map(Approver::in_words).collect();
        let all = and(&names);
        let vacant: Vec<String> = missing
            .iter()
            .filter(|approver| !approver.has_anybody(case.setting, case.today))
            .map(Approver::in_words)
            .collect();
        let what_now = if vacant.is_empty() {
            "Ask them to read the draft and approve it on the page of the draft.".to_owned()
        } else {
            format!(
                "Today nobody here is {}. Give the role to somebody on the Roles page, who can then approve the draft.",
                permit::or(vacant)
            )
        };
        let changed = draft
            .approvals
            .iter()
            .any(|approval| approval.revision != draft.revision);
        let says = if changed {
            format!(
                "The draft has changed since it was approved, and {all} must approve it as it is now."
            )
        } else {
            format!("The draft has not been approved by {all} yet.")
        };
        Ruling::refuse(says, AllowedBy::Roles(names), what_now)
    }

    /// The next review by the calendar: a year after the last where the policy names no period.
    fn on_schedule(&self, current: &Version, from: &Standpoint<'_>) -> Duty {
        let every = self.every.unwrap_or(Every::Years(1));
        let policy = &from.setting.policy;
        let last = policy.reviews().last();
        let (since, entry) = match last {
            Some(review) if review.at > current.at => (review.at.date(), review.seq),
            Some(_) | None => (current.at.date(), current.seq),
        };
        let due = every.after(since, from.calendar());
        Duty::new("Review the policy", manager(), due)
            .opens(minus_days(due, OPENS_BEFORE_DAYS))
            .at("/policy/reviews")
            .about(format!("review:{due}"))
            .from([entry])
    }

    /// A review at once after each event that no review has answered.
    fn after_events(&self, policy: &Policy) -> Vec<Duty> {
        let named = |kind: &str| {
            let kind = kind.to_lowercase();
            self.triggers.iter().any(|own| own.to_lowercase() == kind)
        };
        policy
            .open_triggers()
            .filter(|trigger| named(&trigger.kind))
            .map(|trigger| {
                let day = trigger.at.date();
                Duty::new(
                    format!("Decide whether the policy has to change: {}", trigger.kind),
                    manager(),
                    plus_days(day, DECIDE_WITHIN_DAYS),
                )
                .opens(day)
                .at("/policy/reviews")
                .about(format!("trigger:{}", trigger.number))
                .from([trigger.seq])
            })
            .collect()
    }

    /// What the approvers owe once they have been asked.
    fn approvals(&self, policy: &Policy) -> Vec<Duty> {
        let Some((draft, (seq, day))) = policy
            .draft()
            .and_then(|draft| Some((draft, draft.asked?)))
            .filter(|(draft, (seq, _))| *seq > draft.revision)
        else {
            return Vec::new();
        };
        let duty = |approver: &Approver| {
            Duty::new(
                format!(
                    "Read the draft of the policy and approve it for {}",
                    approver.in_words()
                ),
                approver.owner(),
                plus_days(day, APPROVE_WITHIN_DAYS),
            )
            .opens(day)
            .at("/policy/draft")
            .about(format!("approve:{}:{}", draft.number, approver.words))
            .from([seq])
        };
        self.approvers()
            .iter()
            .filter(|approver| !draft.is_approved_by(&approver.words))
            .map(duty)
            .collect()
    }
}

/// A review asked for a new version, and none was adopted since.
fn next_version(policy: &Policy, current: &Version) -> Option<Duty> {
    let review = policy.reviews().last()?;
    if review.outcome != Outcome::NewVersion || review.at < current.at {
        return None;
    }
    let day = review.at.date();
    let duty = Duty::new(
        "Adopt the new version that the review asked for",
        manager(),
        plus_days(day, ADOPT_WITHIN_DAYS),
    );
    Some(
        duty.opens(day)
            .at("/policy/draft")
            .about(format!("new-version:{}", review.number))
            .from([review.seq]),
    )
}

fn version_row(version: &Version) -> Row {
    let approved: Vec<String> = version
        .approved
        .iter()
        .map(|approved| format!("{} for {}", approved.person.mark(), approved.approver))
        .collect();
    let came = if approved.is_empty() {
        "adopted as it had been agreed before".to_owned()
    } else {
        format!("approved by {}", approved.join(", "))
    };
    Row {
        cells: vec![
            Cell::Day(version.at.date()),
            Cell::Text(format!("Version {} adopted", version.number)),
            Cell::Text(came),
            version.by.map_or(Cell::Empty, Cell::Person),
        ],
        seq: version.seq,
        at: version.at,
    }
}

fn manager() -> Owner {
    Owner::role(Role::Manager.key())
}

/// "a, b and c".
fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
