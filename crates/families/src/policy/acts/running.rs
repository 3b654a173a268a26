//! How the policy runs here: values that its clauses leave open, controls that are not in use, words
//! on clauses that no control answers, and what follows from misuse.

use super::{Came, MisuseOutcome, consulting::number, in_force, no};
use crate::{
    families,
    policy::{
        asks,
        document::Clause,
        entries::{Chosen, Entry, OutcomeRecorded, SwitchedOff, SwitchedOn, WordGiven},
    },
    spine::{act::Case, catalogue, standing::shortened},
};
use jiff::ToSpan;
use kernel::{
    every::Every,
    moment::Date,
    value::{Value, Values},
};

pub(super) fn outcome(outcome: &MisuseOutcome, case: &Case<'_>) -> Came {
    in_force(case)?;
    let people = &case.setting.people;
    if !people.is_known(outcome.person) {
        return no("person", "There is no such person here");
    }
    if !people.is_known(outcome.decided_by) {
        return no("decided_by", "There is no such person here");
    }
    if outcome.person == outcome.decided_by {
        return no(
            "decided_by",
            "Nobody decides about their own case. Choose somebody else",
        );
    }
    let sanction = match &outcome.sanction {
        None => None,
        Some(words) => {
            let small = words.trim().to_lowercase();
            let named = asks::sanctions(case.in_force)
                .into_iter()
                .find(|sanction| sanction.to_lowercase() == small);
            let Some(named) = named else {
                return no(
                    "sanction",
                    "The policy in force does not name this consequence. Choose one that it names",
                );
            };
            Some(named)
        }
    };
    let on = outcome.on.unwrap_or(case.today);
    if on > case.today {
        return no("on", "This day is in the future. Check it");
    }
    let outcomes = case.setting.policy.outcomes();
    Ok(Entry::OutcomeRecorded(OutcomeRecorded {
        outcome: number(outcomes.last().map(|last| last.number)),
        on,
        person: outcome.person,
        what: case.seal_words(outcome.person, &outcome.what)?,
        sanction,
        decided_by: outcome.decided_by,
    }))
}

pub(super) fn switch_off(control: &str, reason: &str, case: &Case<'_>) -> Came {
    named(control, case)?;
    if case.setting.policy.off(control).is_some() {
        return no("control", "This control is switched off already");
    }
    Ok(Entry::SwitchedOff(SwitchedOff {
        control: control.to_owned(),
        reason: reason.to_owned(),
    }))
}

pub(super) fn switch_on(control: &str, case: &Case<'_>) -> Came {
    if case.setting.policy.off(control).is_none() {
        return no("control", "This control is not switched off");
    }
    Ok(Entry::SwitchedOn(SwitchedOn {
        control: control.to_owned(),
    }))
}

/// A control of this build that a clause of the policy in force names.
fn named(control: &str, case: &Case<'_>) -> Came<()> {
    let version = in_force(case)?;
    let has =
        |clause: &crate::policy::document::Clause| clause.controls.iter().any(|own| own == control);
    if families::has(control) && version.document.clauses.iter().any(has) {
        return Ok(());
    }
    no(
        "control",
        "No clause of the policy in force names this control, or this version of Stairgate does not have it yet",
    )
}

pub(super) fn choose(control: &str, param: &str, value: &Value, case: &Case<'_>) -> Came {
    named(control, case)?;
    let Some(described) = catalogue::find(control) else {
        return no("control", "There is no such control");
    };
    let Some(meaning) = described.params.get(param) else {
        return no("param", "This control has no such value to choose");
    };
    if let Some(clause) = says_itself(control, param, case) {
        return no(
            "param",
            format!(
                "The clause “{}” says this itself. Change the clause in a draft",
                shortened(&clause.text)
            ),
        );
    }
    let value = match value {
        Value::Text(text) if described.takes_several(param) => {
            let parts = text
                .split(';')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Value::List(parts.map(|part| Value::Text(part.to_owned())).collect())
        }
        value => value.clone(),
    };
    if matches!(&value, Value::Text(text) if Every::is_vague(text)) {
        return no(
            "value",
            "This says no figure. Choose one, such as year, term or 6 months",
        );
    }
    if value.words().iter().all(|word| word.trim().is_empty()) {
        return no("value", "Fill in a value");
    }
    let alone = Values::from([(param.to_owned(), value.clone())]);
    let kind = families::controls().find(|kind| kind.id == control);
    if kind.is_some_and(|kind| (kind.build)(&alone).is_err()) {
        return no(
            "value",
            format!("This can’t be used as {meaning}. Check it"),
        );
    }
    Ok(Entry::Chosen(Chosen {
        control: control.to_owned(),
        param: param.to_owned(),
        value,
    }))
}

/// The clause that decides a value, so that there is nothing to choose.
fn says_itself<'a>(control: &str, param: &str, case: &'a Case<'_>) -> Option<&'a Clause> {
    let bound = &case.in_force.find(control)?.bound;
    if bound.open.iter().any(|open| open.param == param) {
        return None;
    }
    let id = bound.from.get(param)?.first()?;
    bound.clauses.iter().find(|clause| clause.id == *id)
}

pub(super) fn give_word(clause: &str, says: &str, until: Date, case: &Case<'_>) -> Came {
    let version = in_force(case)?;
    let Some(found) = version.document.clause(clause) else {
        return no("clause", "The policy in force has no such clause");
    };
    if !found.controls.is_empty() {
        return no(
            "clause",
            "Controls answer this clause, so nobody needs to give their word on it",
        );
    }
    let far = case.today.checked_add(1.years()).unwrap_or(Date::MAX);
    if until <= case.today || until > far {
        return no(
            "until",
            "Your word holds until a day from tomorrow on, at most a year away",
        );
    }
    Ok(Entry::WordGiven(WordGiven {
        clause: clause.to_owned(),
        says: says.to_owned(),
        until,
    }))
}
