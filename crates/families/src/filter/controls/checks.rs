//! filter.checks: filtering is checked to be working. The filter tries itself, at the start, after
//! each change and every night; people check it on devices by hand. What was wrong is owed until a
//! later trial or check found it right.

use crate::{
    filter::{
        entries::evidence::Came,
        register::evidence::{Check, Evidence},
    },
    policy::approver::Approver,
    roles::{role::Role, since::adopted},
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
    value::{Value, Words},
};
use serde::Deserialize;

/// How often a person checks, where the policy does not say.
const EVERY: Every = Every::Months(1);
/// For how many days before it is due a check is shown.
const AHEAD_DAYS: i64 = 7;
/// After how many days without a trial somebody looks why.
const TRIAL_DAYS: i64 = 2;

/// Filtering is checked to be working.
#[derive(Deserialize)]
pub(super) struct Checks {
    /// How often a person checks.
    #[serde(default)]
    every: Option<Value>,
    /// Who sees to it.
    #[serde(default)]
    by: Words,
    /// What else is looked at on each device; the steps of a check hold it.
    #[serde(default)]
    checks: Words,
    /// What is checked: filtering, monitoring.
    #[serde(default)]
    checked: Words,
}

impl Control for Checks {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let known = from.setting.filter.evidence();
        let trials = known.trials().map(|trial| Row {
            cells: vec![
                Cell::Moment(trial.at),
                Cell::Text("The filter itself".to_owned()),
                Cell::Text(occasion(&trial.occasion).to_owned()),
                Cell::Number(number(trial.tried)),
                Cell::Number(number(trial.wrong)),
                trial.first.clone().map_or(Cell::Empty, Cell::Said),
            ],
            seq: trial.seq,
            at: trial.at,
        });
        let by_hand = known.checks().map(|check| {
            let device = check
                .begun
                .device
                .map(|device| from.setting.devices.name(device));
            Row {
                cells: vec![
                    Cell::Moment(check.at),
                    check.by.map_or(Cell::Empty, Cell::Person),
                    Cell::Text(device.unwrap_or("A device").to_owned()),
                    Cell::Number(number(check.steps.len())),
                    Cell::Number(number(check.count(Came::Wrong))),
                    check
                        .wrong()
                        .next()
                        .map_or(Cell::Empty, |step| Cell::Said(step.note.clone())),
                ],
                seq: check.seq,
                at: check.at,
            }
        });
        let mut rows: Vec<Row> = trials.chain(by_hand).collect();
        rows.sort_by_key(|row| row.at);
        Some(Register {
            title: "How the filter was tried".to_owned(),
            columns: vec![
                "When",
                "By",
                "Where or why",
                "Tried",
                "Wrong",
                "What was wrong first",
            ],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let known = from.setting.filter.evidence();
        let mut duties = vec![self.by_hand(known, from)];
        duties.extend(self.trial(known, from));
        let open = known
            .checks()
            .filter_map(|check| self.still_wrong(check, from));
        duties.extend(open);
        duties
    }
}

impl Checks {
    fn owner(&self) -> Owner {
        let first = self.by.iter().next().map(Approver::read);
        first.map_or_else(|| Owner::role(Role::Lead.key()), |one| one.owner())
    }

    fn every(&self) -> Every {
        let said = self.every.as_ref().map(Value::in_words);
        said.and_then(|words| Every::read(&words)).unwrap_or(EVERY)
    }

    /// The next check by a person.
    fn by_hand(&self, known: &Evidence, from: &Standpoint<'_>) -> Duty {
        let done = known
            .checks()
            .filter_map(|check| Some((check.done()?, check.seq)));
        let last = done.max();
        let since = match last {
            Some((at, _)) => at.date(),
            None => adopted(from),
        };
        let due = self.every().after(since, from.calendar());
        let mut what = vec!["filtering"];
        if self
            .checked
            .iter()
            .any(|own| own.to_lowercase().contains("monitor"))
        {
            what.push("monitoring");
        }
        let more = if self.checks.is_empty() {
            ""
        } else {
            ", with what our policy asks of each device"
        };
        let duty = Duty::new(
            format!("Check on a device that {} works{more}", what.join(" and ")),
            self.owner(),
            due,
        )
        .opens(plus_days(due, -AHEAD_DAYS))
        .at("/filter/checks/begin")
        .about(format!("check-after:{since}"));
        match last {
            Some((_, seq)) => duty.from([seq]),
            None => duty,
        }
    }

    /// What the filter found of itself, until it finds itself right; and that it tried itself at all.
    fn trial(&self, known: &Evidence, from: &Standpoint<'_>) -> Option<Duty> {
        let last = known.trials().next_back()?;
        let day = last.at.date();
        if last.wrong > 0 {
            return Some(
                Duty::new(
                    "See to what the filter found wrong with itself",
                    self.owner(),
                    day,
                )
                .at("/filter/checks")
                .about(format!("trial:{}", last.seq))
                .from([last.seq]),
            );
        }
        let due = plus_days(day, TRIAL_DAYS);
        (from.today > due).then(|| {
            Duty::new(
                "Find out why the filter no longer tries itself",
                self.owner(),
                due,
            )
            .at("/filter/checks")
            .about(format!("no-trial:{day}"))
            .from([last.seq])
        })
    }

    /// What a check found wrong, until a later one on the same device found it right.
    fn still_wrong(&self, check: &Check, from: &Standpoint<'_>) -> Option<Duty> {
        let known = from.setting.filter.evidence();
        let device = check.begun.device?;
        // What is gone needs no mending.
        let found = from.setting.devices.find(device)?;
        if found.is_gone() {
            return None;
        }
        let mended = |step: &str| {
            known.checks().any(|other| {
                other.seq > check.seq
                    && other.begun.device == Some(device)
                    && other
                        .steps
                        .get(step)
                        .is_some_and(|(own, _)| own.came == Came::Right)
            })
        };
        let mut wrong = check.wrong().filter(|step| !mended(&step.step));
        wrong.next()?;
        let day = check.at.date();
        Some(
            Duty::new(
                format!(
                    "See to what check {} found, and check again",
                    check.begun.check
                ),
                self.owner(),
                day,
            )
            .at(format!("/filter/checks/{}", check.begun.check))
            .about(format!("check:{}", check.begun.check))
            .from([check.seq]),
        )
    }
}

/// Why the filter tried itself, in words.
pub(in crate::filter) fn occasion(key: &str) -> &'static str {
    match key {
        "start" => "It began",
        "change" => "Something changed",
        "asked" => "Somebody asked for it",
        _ => "Every night",
    }
}

fn number<T: TryInto<i64>>(count: T) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
