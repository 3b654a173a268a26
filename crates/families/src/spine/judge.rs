//! May this person? Does a control forbid it? Does it make sense now? Asked in this order; the
//! first kind of "no" is the answer, and all reasons of that kind are given, not only the first.

use super::{
    act::{Act, Case},
    door,
    entry::Entry,
    permit::{self, NotAllowed},
};
use kernel::ruling::{Mistake, Question, Refusal, Ruling};

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum No {
    /// This person may not ask for it.
    NotAllowed(NotAllowed),
    /// It makes no sense now, by field.
    Mistakes(Vec<Mistake>),
    /// The policy refuses it.
    Refused(Vec<Refusal>),
    /// It may be done once the person has answered these with yes.
    Ask(Vec<Asked>),
}

/// A question that a control asks before an act is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The control: sent back in `confirmed` when the answer is yes.
    pub control: &'static str,
    /// The question.
    pub question: Question,
}

/// Judges an act.
///
/// # Errors
/// Why it was not done.
pub fn decide(act: &Act, case: &Case<'_>) -> Result<Vec<Entry>, No> {
    permit::permit(case.who, &act.need(case.setting), case.setting, case.today)
        .map_err(No::NotAllowed)?;
    door::check_anew(act, case.who, case.setting).map_err(No::Mistakes)?;
    rule(act, case)?;
    act.entries(case).map_err(No::Mistakes)
}

/// What the controls in force say to an act.
///
/// # Errors
/// Refusals, else questions that are still to be answered.
pub fn rule(act: &Act, case: &Case<'_>) -> Result<(), No> {
    let mut refused = Vec::new();
    let mut asked = Vec::new();
    for running in case.in_force.running() {
        match running.control.judge(act, case) {
            Ruling::Silent => {}
            Ruling::Refuse(reason) => refused.push(case.in_force.refusal(running, reason)),
            Ruling::Ask(question) => {
                if !case.confirmed.iter().any(|control| control == running.id) {
                    asked.push(Asked {
                        control: running.id,
                        question,
                    });
                }
            }
        }
    }
    match (refused.is_empty(), asked.is_empty()) {
        (true, true) => Ok(()),
        (true, false) => Err(No::Ask(asked)),
        (false, _) => Err(No::Refused(refused)),
    }
}
