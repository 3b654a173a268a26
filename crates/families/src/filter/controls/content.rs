//! filter.content: pages are judged by what they say, too, where they pass the web proxy. Themes and
//! weights go to the network with the plan; whoever opens more than looked-at sites on a device whose
//! pages nobody judges is asked whether they sit beside.

use crate::{
    devices::kinds::Users,
    filter::{
        entries::evidence::Door,
        themes,
        words::{self, DOORS},
    },
    internet::acts::Act as Internet,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    ruling::Ruling,
    value::{Value, Words},
};
use serde::Deserialize;

/// Pages are judged by what they say.
#[derive(Deserialize)]
pub(super) struct Content {
    /// What pages are closed for; all themes, where the policy names none.
    #[serde(default)]
    themes: Words,
    /// How much of it closes a page, for everybody or for each profile; read when the plan is made.
    #[serde(default)]
    threshold: Option<Value>,
}

impl Control for Content {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Internet(Internet::Open(opening)) = act else {
            return Ruling::Silent;
        };
        if !opening.filtered {
            return Ruling::Silent;
        }
        let judged = |device: u32| {
            let door = case.setting.filter.evidence().door(device);
            door.is_some_and(|own| own.recorded.door == Door::Inspected)
        };
        let in_room = |room| {
            let devices = case.setting.devices.kept();
            devices
                .filter(move |one| {
                    one.about.room == Some(room) && one.about.users == Users::Children
                })
                .map(|one| one.number)
                .collect::<Vec<u32>>()
        };
        let devices = opening.device.map(|one| vec![one]);
        let devices = devices
            .or_else(|| opening.room.map(in_room))
            .unwrap_or_default();
        if devices.into_iter().all(judged) {
            return Ruling::Silent;
        }
        let words = themes::named(&self.themes);
        let first = words.first().map(|(_, words)| *words).unwrap_or_default();
        Ruling::ask(format!(
            "Nobody judges there what pages say, such as about {first}: the filter knows their names only. Do you sit beside the children, and see what they see?"
        ))
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let known = from.setting.filter.evidence();
        let rows = from.setting.devices.kept().filter_map(|device| {
            let door = known.door(device.number)?;
            Some(Row {
                cells: vec![
                    Cell::Said(device.about.name.clone()),
                    Cell::Text(device.about.users.in_words().to_owned()),
                    Cell::Text(words::of(DOORS, door.recorded.door.key())),
                    Cell::Said(door.recorded.note.clone()),
                ],
                seq: door.seq,
                at: door.at,
            })
        });
        Some(Register {
            title: match &self.threshold {
                Some(said) => format!(
                    "On which devices pages are judged by what they say, from: {}",
                    said.in_words()
                ),
                None => "On which devices pages are judged by what they say".to_owned(),
            },
            columns: vec!["Device", "Who uses it", "How it is filtered", "Note"],
            rows: rows.collect(),
        })
    }
}
