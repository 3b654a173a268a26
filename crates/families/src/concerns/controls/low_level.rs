//! concerns.low-level: what adults do below the threshold of an allegation is kept apart, decided
//! on, and looked at over time; what is more than that is reported as a concern.

use crate::{
    concerns::{
        acts::Act as Concern,
        keeping::register::Asking,
        low_level::{
            acts::Act as LowLevelAct, circle, entries::Outcome, register::LowLevel as One,
        },
    },
    spine::{
        act::{Act, Case as Asked, Person},
        control::{Control, Register, Standpoint},
        setting::Setting,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{Date, minus_days},
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// From how many in a year on it is asked whether they are a pattern, where the policy does not say.
const PATTERN: u16 = 3;
/// Within how many working days it is decided what comes of one.
const DECIDE_WITHIN: u16 = 5;

/// What adults do below the threshold of an allegation.
#[derive(Deserialize)]
pub(crate) struct LowLevel {
    /// Who sees them beside the manager; read when one is told.
    #[serde(default)]
    second: Words,
    /// How long one is kept before it is looked at again.
    #[serde(default)]
    keep: Option<Every>,
    /// From how many in a year on it is asked whether they are a pattern.
    #[serde(default)]
    pattern: Option<u16>,
}

impl Control for LowLevel {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        match act {
            Act::Concerns(Concern::LowLevel(LowLevelAct::Tell { harm: true, .. })) => {
                Ruling::refuse(
                    "A child was hurt, or could have been: that is not a low-level concern.",
                    AllowedBy::Nobody,
                    "Report it as a concern now, on the page “Report a concern”. It goes round whom it is about. What you wrote here is kept in the form.",
                )
            }
            Act::Concerns(Concern::LowLevel(LowLevelAct::Decide {
                case: number,
                outcome,
                ..
            })) if *outcome == Outcome::NoFurther => self.is_pattern(*number, case),
            _ => Ruling::Silent,
        }
    }

    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        let kept = match &self.keep {
            Some(keep) => format!("looked at again after {keep}, as the policy says"),
            None => "looked at again when the person leaves, as the guidance for schools of 2025 advises".to_owned(),
        };
        let second: Vec<&str> = self.second.iter().collect();
        let second = if second.is_empty() {
            "the chair".to_owned()
        } else {
            second.join(", ")
        };
        Some(Register::apart(format!(
            "Low-level concerns about adults, seen by the manager and {second}; {kept}"
        )))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let all = from.setting.concerns.low_level().kept();
        all.flat_map(|one| self.owed(one, from)).collect()
    }
}

impl LowLevel {
    /// Asks whether several about one person in a year are a pattern.
    fn is_pattern(&self, number: u32, case: &Asked<'_>) -> Ruling {
        let Some(one) = case.setting.concerns.low_level().find(number) else {
            return Ruling::Silent;
        };
        let count = in_a_year(one.about, case.setting, case.today);
        if count < usize::from(self.pattern.unwrap_or(PATTERN)) {
            return Ruling::Silent;
        }
        Ruling::ask(format!(
            "There are {count} low-level concerns about this person in the last twelve months. I have looked at them together, and they are no pattern."
        ))
    }

    fn owed(&self, one: &One, from: &Standpoint<'_>) -> Vec<Duty> {
        let at = format!("/concerns/low-level/{}", one.number);
        let told = one.at.date();
        if let Some(asked) = &one.asked {
            return agree(one, asked, from);
        }
        let (what, due, about) = match (&one.decided, self.look_again(one, from)) {
            (None, _) => (
                "Decide on a low-level concern",
                from.calendar().plus_working_days(told, DECIDE_WITHIN),
                format!("low-level:{}", one.number),
            ),
            (Some(_), Some(due)) => (
                "Look whether a low-level concern is still kept",
                due,
                format!("low-level-keep:{}:{due}", one.number),
            ),
            (Some(_), None) => return Vec::new(),
        };
        let people = circle::people(one, from.setting, from.today);
        let each = people.into_iter().map(|person| {
            let duty = Duty::new(what, Owner::Person(person.0), due);
            duty.opens(if one.decided.is_none() { told } else { due })
                .at(&at)
                .about(format!("{about}:{person}"))
                .from([one.seq])
                .in_case(one.number)
        });
        each.collect()
    }

    /// The day on which it is looked at whether it is still kept.
    fn look_again(&self, one: &One, from: &Standpoint<'_>) -> Option<Date> {
        if one.keep.is_some() {
            return one.keep;
        }
        match &self.keep {
            Some(keep) => Some(keep.after(one.at.date(), from.calendar())),
            None => from.setting.people.last_day(one.about),
        }
    }
}

/// The other who sees it says whether it may go.
fn agree(one: &One, asked: &Asking, from: &Standpoint<'_>) -> Vec<Duty> {
    let people = circle::people(one, from.setting, from.today);
    let others = people
        .into_iter()
        .filter(|person| Some(*person) != asked.by);
    let each = others.map(|person| {
        let day = asked.at.date();
        let duty = Duty::new(
            "Say whether a low-level concern may be let go",
            Owner::Person(person.0),
            from.calendar().plus_working_days(day, DECIDE_WITHIN),
        );
        duty.opens(day)
            .at(format!("/concerns/low-level/{}", one.number))
            .about(format!("low-level-let-go:{}:{person}", one.number))
            .from([asked.seq])
            .in_case(one.number)
    });
    each.collect()
}

/// How many there are about somebody in the year up to a day.
pub(crate) fn in_a_year(about: Person, setting: &Setting, today: Date) -> usize {
    let since = minus_days(today, 365);
    let all = setting.concerns.low_level().kept();
    all.filter(|one| one.about == about && one.at.date() > since)
        .count()
}
