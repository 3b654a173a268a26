//! What is asked of who reports, and what they say that they did. No control says no to it.

use super::{
    entries::{Answered, Asked as AskedOf, Entry},
    register::OwnDuty,
    rules::{self, CONTROL, Rule},
};
use crate::{
    concerns::{entries::Entry as Any, matter, note::Report, register::subject},
    spine::{
        act::{Case as Asked, Person, no},
        permit::Need,
        setting::Setting,
    },
};
use kernel::{
    moment::{Date, plus_days},
    ruling::Mistake,
};
use std::collections::BTreeMap;

/// What can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Say what one did about one’s own duty to report.
    Answer {
        /// The number of the matter.
        case: u32,
        /// What.
        what: Answer,
    },
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// They reported it.
    Reported {
        /// To whom.
        to: String,
        /// When.
        on: Date,
        /// Under which reference.
        reference: String,
    },
    /// The law does not ask it of them here.
    NotAsked {
        /// The lawful reason, by key.
        reason: String,
        /// In their words.
        words: String,
    },
    /// They wait, because telling now would put the child in danger.
    Waits {
        /// Until when.
        until: Date,
        /// Why.
        words: String,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Answer { .. } => "concerns.answer-own-duty",
        }
    }

    /// Who may ask for it: whose duty it is, and nobody in their place.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        let Act::Answer { case, .. } = self;
        need(*case, setting)
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
        let Act::Answer { case, what } = self;
        let Some(one) = asked.setting.concerns.own_duties().find(*case) else {
            return no("case", "There is no such duty");
        };
        let waits = check(one, what, asked)?;
        let words = asked.sealer.seal(&one.rules.of, &in_words(what));
        let words = words.map_err(|erased| vec![Mistake::from(erased)])?;
        let fact = Answered {
            case: *case,
            words,
            waits,
        };
        Ok(vec![Any::OwnDuty(Entry::Answered(fact))])
    }
}

/// Whose duty it is. One that is not there needs somebody who is not there.
#[must_use]
pub fn need(case: u32, setting: &Setting) -> Need {
    let found = setting.concerns.own_duties().find(case);
    Need::Oneself(found.map_or(Person(u32::MAX), |one| one.person))
}

fn check(one: &OwnDuty, what: &Answer, asked: &Asked<'_>) -> Result<Option<Date>, Vec<Mistake>> {
    match what {
        Answer::Reported { to, on, .. } => {
            if to.is_empty() {
                return no("to", "Write to whom you reported it");
            }
            if *on > asked.today {
                return no("on", "Choose a day that is not in the future");
            }
            Ok(None)
        }
        Answer::NotAsked { reason, words } => {
            let rules: Vec<String> = asked.sealer.open(&one.rules).unwrap_or_default();
            let mut all = rules.iter().filter_map(|id| rules::find(id));
            if !all.all(|rule| rule.exceptions.contains(reason)) {
                return no(
                    "reason",
                    "That is no reason that each of these laws knows. Choose another, or report it",
                );
            }
            if words.is_empty() {
                return no("words", "Write in your words why");
            }
            Ok(None)
        }
        Answer::Waits { until, words } => {
            if *until <= asked.today || *until > one.last {
                let last = kernel::moment::date_in_words(one.last);
                return no(
                    "until",
                    format!(
                        "Choose a day after today, and not after {last}: the law allows no longer"
                    ),
                );
            }
            if words.is_empty() {
                return no(
                    "words",
                    "Write why telling now would put the child in danger",
                );
            }
            Ok(Some(*until))
        }
    }
}

fn in_words(what: &Answer) -> BTreeMap<String, String> {
    let pairs: Vec<(&str, String)> = match what {
        Answer::Reported { to, on, reference } => vec![
            ("to", to.clone()),
            ("on", on.to_string()),
            ("reference", reference.clone()),
        ],
        Answer::NotAsked { reason, words } => {
            vec![("reason", reason.clone()), ("words", words.clone())]
        }
        Answer::Waits { until, words } => {
            vec![("until", until.to_string()), ("words", words.clone())]
        }
    };
    let said = pairs.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(key, words)| (key.to_owned(), words)).collect()
}

/// What is asked of who makes this report, if anything: whoever works here and gives their name.
///
/// # Errors
/// It can't be sealed.
pub fn asked_of(
    report: &Report,
    unnamed: bool,
    case: u32,
    asked: &Asked<'_>,
) -> Result<Option<Any>, Vec<Mistake>> {
    let Some(person) = asked.person().filter(|_| !unnamed) else {
        return Ok(None);
    };
    let nation = asked.setting.place.calendar().nation;
    let known = asked.in_force.find(CONTROL).is_some();
    if !known || !asked.setting.people.is_team(person, asked.today) {
        return Ok(None);
    }
    let rules: Vec<&Rule> =
        rules::asking(nation, report.kind, asked.in_force, asked.today).collect();
    let calendar = asked.setting.place.calendar();
    let due = |rule: &&Rule| match rule.days {
        0 => asked.today,
        days => calendar.plus_working_days(asked.today, days),
    };
    let Some(first) = rules.iter().map(due).min() else {
        return Ok(None);
    };
    // The strictest of them says how long waiting is possible.
    let delay = rules.iter().map(|rule| rule.delay_days).min();
    let last = plus_days(asked.today, i64::from(delay.unwrap_or_default())).max(first);
    let names: Vec<String> = rules.iter().map(|rule| rule.id.clone()).collect();
    let sealed = asked.sealer.seal(&subject(case), &names);
    let fact = AskedOf {
        case: matter::OWN_DUTY + case,
        person,
        rules: sealed.map_err(|erased| vec![Mistake::from(erased)])?,
        due: first,
        last,
    };
    Ok(Some(Any::OwnDuty(Entry::Asked(fact))))
}
