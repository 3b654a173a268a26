//! internet.screen-time: screen time is looked at. The minutes of each room stand beside what the
//! policy calls right for the age.

use crate::spine::control::{Cell, Control, Register, Row, Standpoint};
use kernel::{moment::Moment, value::Value};
use serde::Deserialize;

/// Screen time is looked at.
#[derive(Deserialize)]
pub(super) struct ScreenTime {
    /// Minutes, by age or for all.
    #[serde(default)]
    guidance: Option<Value>,
}

impl Control for ScreenTime {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let internet = &from.setting.internet;
        let guidance = self.guidance.as_ref().map(Value::in_words);
        let mut last: Option<(u64, Moment)> = None;
        let mut rows = Vec::new();
        for (day, rooms) in internet.days() {
            for (room, minutes) in rooms {
                let own = |one: &&crate::internet::register::Session| {
                    one.room == Some(room) && one.from.date() == day && one.ended.is_some()
                };
                let newest = internet.sessions().rev().find(own);
                let (seq, at) = newest
                    .map(|one| (one.seq, one.from))
                    .or(last)
                    .unwrap_or((0, Moment::start_of(day)));
                last = Some((seq, at));
                rows.push(Row {
                    cells: vec![
                        Cell::Day(day),
                        Cell::Text(kernel::naming::room(room.0)),
                        Cell::Number(minutes),
                        guidance.clone().map_or(Cell::Empty, Cell::Text),
                    ],
                    seq,
                    at,
                });
            }
        }
        Some(Register {
            title: "Minutes that rooms spent on the internet".to_owned(),
            columns: vec!["Day", "Room", "Minutes", "What our policy calls right"],
            rows,
        })
    }
}
