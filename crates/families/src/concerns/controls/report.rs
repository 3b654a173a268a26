//! concerns.report: anybody reports a worry in under a minute, and it reaches whoever is meant to
//! know. When nobody answers within the set minutes, the next in the chain is asked.

use crate::{
    concerns::{circle, register::Case},
    spine::{
        control::{Audience, Control, Notice, Procedure, Register, Standpoint},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::{moment::Moment, value::Words};
use serde::Deserialize;

/// After how many minutes the next is asked, where the policy does not say.
const ESCALATE_AFTER_MINUTES: i64 = 30;

/// Anybody reports a worry.
#[derive(Deserialize)]
pub(crate) struct Reports {
    /// Who is told; read when a report is routed.
    #[serde(default)]
    tell: Words,
    /// After how many minutes without an answer the next is asked; read by the clock.
    #[serde(default)]
    escalate_after: Option<i64>,
    /// Who is told of a report about the lead; read when a report is routed.
    #[serde(default)]
    about_lead: Words,
}

impl Control for Reports {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Reports of concerns"))
    }

    fn procedure(&self) -> Option<Procedure> {
        let told = list(&self.tell, "the designated safeguarding lead");
        let about = list(
            &self.about_lead,
            "the manager or the chair of the committee",
        );
        let minutes = self.escalate_after.unwrap_or(ESCALATE_AFTER_MINUTES);
        Some(Procedure {
            title: "When you are worried about a child".to_owned(),
            steps: vec![
                "If somebody is in danger now, ring 999 first.".to_owned(),
                "Listen. Let the child tell it in their own words, and do not promise to keep it secret.".to_owned(),
                "Report it on the page “Report a concern”, on the same day. It takes a minute; you need not be sure.".to_owned(),
                format!("It goes to {told} at once. If nobody has taken it on after {minutes} minutes, the next person is asked."),
                format!("If it is about the lead, it goes round them to {about} by itself."),
                "You see on the page that it has arrived, and who has it. If you are still worried, say so again, or ring social care or the police yourself.".to_owned(),
            ],
            never: vec![
                "Do not question the child beyond what you need to know.".to_owned(),
                "Do not look for proof on a device, and do not copy, send or print a picture.".to_owned(),
                "Do not talk to the person whom it is about.".to_owned(),
            ],
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        vec![Notice {
            to: Audience::Everyone,
            title: "Report a concern".to_owned(),
            says: vec![
                "Whoever you are, you can tell us of a worry about a child: on the page “Report a concern”, with or without your name, or in person.".to_owned(),
                "If somebody is in danger now, ring 999.".to_owned(),
            ],
            clauses: super::super::clause_ids(from),
        }]
    }
}

fn list(words: &Words, otherwise: &str) -> String {
    let named: Vec<&str> = words.iter().collect();
    if named.is_empty() {
        otherwise.to_owned()
    } else {
        named.join(" and ")
    }
}

/// The cases about which the next in the chain has to be asked now: nobody has taken them on in the
/// minutes that the policy gives.
#[must_use]
pub(crate) fn unanswered(setting: &Setting, in_force: &InForce, now: Moment) -> Vec<u32> {
    let Some(running) = in_force.find("concerns.report") else {
        return Vec::new();
    };
    let minutes = running.bound.values.get("escalate_after");
    let minutes = minutes
        .and_then(|value| value.words().first().and_then(|word| word.parse().ok()))
        .unwrap_or(ESCALATE_AFTER_MINUTES)
        .max(1);
    let waits = |case: &&Case| {
        let asked = case.escalated.last().map_or(case.at, |(_, at)| *at);
        case.taken.is_none()
            && !case.is_closed()
            && asked.plus_minutes(minutes) <= now
            && circle::next(case, setting, now.date()).is_some()
    };
    setting
        .concerns
        .cases()
        .filter(waits)
        .map(|case| case.number)
        .collect()
}
