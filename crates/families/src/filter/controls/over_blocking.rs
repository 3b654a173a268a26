//! filter.over-blocking: closing too much is noticed and put right. Whoever finds something closed
//! asks for it; it is answered in time by whoever keeps the filter.

use crate::{
    roles::role::Role,
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
    value::Value,
};
use serde::Deserialize;

/// Within how many days a request is answered, where the policy does not say.
const ANSWER_WITHIN_DAYS: i64 = 2;
/// Who answers, where somebody holds the role; else the manager.
const ANSWERING: [Role; 2] = [Role::TechnicalLead, Role::OnlineSafetyLead];

/// Closing too much is put right.
#[derive(Deserialize)]
pub(super) struct OverBlocking {
    /// Within how many days a request is answered.
    #[serde(default)]
    answer_within: Option<Value>,
}

impl Control for OverBlocking {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let filter = &from.setting.filter;
        let rows = filter.requests().map(|request| {
            let (answer, when) = match &request.answer {
                Some(answer) if answer.change.is_some() => ("Opened", Some(answer.at)),
                Some(answer) => ("Left closed", Some(answer.at)),
                None => ("Waits", None),
            };
            Row {
                cells: vec![
                    Cell::Said(request.asked.site.clone()),
                    Cell::Text(request.asked.users.in_words().to_owned()),
                    request.by.map_or(Cell::Empty, Cell::Person),
                    Cell::Moment(request.at),
                    Cell::Text(answer.to_owned()),
                    when.map_or(Cell::Empty, Cell::Moment),
                ],
                seq: request.seq,
                at: request.at,
            }
        });
        Some(Register {
            title: "What was found closed and asked for".to_owned(),
            columns: vec!["Site", "For whom", "Asked by", "When", "Answer", "Answered"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let waiting = from.setting.filter.requests();
        let waiting = waiting.filter(|request| request.answer.is_none());
        let owner = from.setting.roles.first_held(&ANSWERING, from.today);
        waiting
            .map(|request| {
                // Nobody answers themselves.
                let own = owner.filter(|role| {
                    let by = request.by;
                    by.is_none_or(|by| !from.setting.roles.holds(by, role, from.today))
                });
                let role = own.unwrap_or(&Role::Manager);
                let asked = request.at.date();
                Duty::new(
                    format!("Answer whether {} is opened", request.asked.site),
                    Owner::role(role.key()),
                    plus_days(asked, self.days()),
                )
                .opens(asked)
                .at("/filter/requests")
                .about(format!("request:{}", request.asked.request))
                .from([request.seq])
            })
            .collect()
    }
}

impl OverBlocking {
    fn days(&self) -> i64 {
        let said = self.answer_within.as_ref();
        let days = match said {
            Some(Value::Number(days)) => Some(*days),
            Some(other) => Every::read(&other.in_words()).map(|every| every.about_days().into()),
            None => None,
        };
        days.unwrap_or(ANSWER_WITHIN_DAYS).max(0)
    }
}
