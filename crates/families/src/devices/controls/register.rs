//! devices.register: every device is known. What can’t be told from another is not handed out; what
//! is seen on the network and not known is told to the lead, who says what it is; what somebody has
//! who leaves is asked back.

use crate::{
    devices::{acts::Act as Devices, register::Device},
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{minus_days, plus_days},
    ruling::{AllowedBy, Ruling},
};
use serde::Deserialize;

/// How many days before somebody’s last day a device is asked back.
const BACK_BEFORE_DAYS: i64 = 7;

/// Every device is known.
#[derive(Deserialize)]
pub(super) struct Known {
    /// The profile for devices that are not known; read when the filter’s plan is made.
    #[serde(default)]
    unknown: Option<String>,
}

impl Control for Known {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let device = match act {
            Act::Devices(Devices::HandOut { device, .. } | Devices::Enrol { device }) => *device,
            Act::Internet(act) => match act.opens_on() {
                Some(device) => device,
                None => return Ruling::Silent,
            },
            _ => return Ruling::Silent,
        };
        let found = case.setting.devices.find(device);
        if found.is_none_or(|device| device.about.is_told_apart()) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Nobody can tell this device from another: its record has no serial number and no label.",
            AllowedBy::Nobody,
            "Add the serial number or the number of our label to its record first.",
        )
        .at("device")
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let rows = from.setting.devices.all().map(row);
        let unknown = match &self.unknown {
            Some(profile) => format!("Devices; what is not known gets what is for {profile}"),
            None => "Devices".to_owned(),
        };
        Some(Register {
            title: unknown,
            columns: vec![
                "Device", "Kind", "Whose", "Used by", "Room", "Label", "Stands", "Since",
            ],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let devices = &from.setting.devices;
        let unknown = devices
            .unknown()
            .filter(|(_, unknown)| unknown.settled.is_none())
            .map(|(address, unknown)| {
                let seen = unknown.at.date();
                Duty::new(
                    format!("Find out what the unknown device {address} on the network is"),
                    Owner::role(Role::Lead.key()),
                    plus_days(seen, 1),
                )
                .opens(seen)
                .at("/devices/unknown")
                .about(format!("unknown:{address}"))
                .from([unknown.seq])
            });
        let leaving = devices.kept().filter_map(|device| {
            let hand = device.holder()?;
            let last = from.setting.people.last_day(hand.person)?;
            let keeper = match device.about.keeper {
                Some(keeper)
                    if keeper != hand.person && from.setting.people.is_team(keeper, from.today) =>
                {
                    Owner::Person(keeper.0)
                }
                _ => Owner::role(Role::Manager.key()),
            };
            let what = format!(
                "Take {} back from {}, who leaves",
                device.about.name,
                hand.person.mark()
            );
            let duty = Duty::new(what, keeper, last)
                .opens(minus_days(last, BACK_BEFORE_DAYS))
                .at(format!("/devices/{}", device.number))
                .about(format!("back:{}", hand.seq))
                .from([hand.seq]);
            Some(duty)
        });
        unknown.chain(leaving).collect()
    }
}

fn row(device: &Device) -> Row {
    let about = &device.about;
    let room = about.room.map(|room| kernel::naming::room(room.0));
    let text = |words: &str| match words {
        "" => Cell::Empty,
        words => Cell::Said(words.to_owned()),
    };
    Row {
        cells: vec![
            text(&about.name),
            Cell::Text(about.kind.in_words().to_owned()),
            Cell::Text(about.owner.in_words()),
            Cell::Text(about.users.in_words().to_owned()),
            room.map_or(Cell::Empty, Cell::Text),
            text(&about.tag),
            Cell::Text(device.in_words().to_owned()),
            Cell::Day(device.at.date()),
        ],
        seq: device.seq,
        at: device.at,
    }
}
