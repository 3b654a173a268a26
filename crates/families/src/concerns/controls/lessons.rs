//! concerns.lessons: after a case the people who worked on it talk it over; what is to change
//! becomes an action with an owner and a day, and is followed until it is done.

use crate::{
    concerns::note::Sort,
    spine::control::{Control, Register, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    moment::plus_days,
};
use serde::Deserialize;

/// Within how many days after closing it is talked over.
const TALK_WITHIN_DAYS: i64 = 28;

/// What was learned is put into practice.
#[derive(Deserialize)]
pub(super) struct Lessons {}

impl Control for Lessons {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Actions from what was learned"))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let concerns = &from.setting.concerns;
        let mut duties = Vec::new();
        for case in concerns.cases() {
            let Some(ended) = &case.outcome else { continue };
            let learned = concerns.lessons().any(|lesson| lesson.case == case.number);
            if learned || case.has(Sort::Debrief) {
                continue;
            }
            let Some(role) = case.roles.first() else {
                continue;
            };
            let duty = Duty::new(
                format!("Talk case {} over: what is to change?", case.reference),
                Owner::role(role.key()),
                plus_days(ended.at.date(), TALK_WITHIN_DAYS),
            );
            duties.push(
                duty.opens(ended.at.date())
                    .at(format!("/concerns/cases/{}", case.number))
                    .about(format!("talk:{}", case.number))
                    .from([ended.seq])
                    .in_case(case.number),
            );
        }
        for lesson in concerns.lessons().filter(|lesson| lesson.done.is_none()) {
            let duty = Duty::new(
                format!("Finish action {} from what was learned", lesson.number),
                Owner::Person(lesson.owner.0),
                lesson.due,
            );
            duties.push(
                duty.opens(lesson.at.date())
                    .at(format!("/concerns/actions/{}", lesson.number))
                    .about(format!("lesson:{}", lesson.number))
                    .from([lesson.seq])
                    .in_case(lesson.case),
            );
        }
        duties
    }
}
