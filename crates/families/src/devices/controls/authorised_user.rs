//! devices.authorised-user: a device is used by the person it was handed to, for work. Handing out
//! and back are recorded and confirmed; personal use is off unless those allow it whom the policy
//! names. Who had a device when ties what happens on the network to a person.

use crate::{
    devices::acts::Act as Devices,
    people::group::Group,
    policy::approver::Approver,
    spine::{
        act::{Act, Case},
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// A device is used by whom it was handed to.
#[derive(Deserialize)]
pub(super) struct AuthorisedUser {
    /// No, or who can allow it.
    #[serde(default)]
    personal_use: Words,
}

impl Control for AuthorisedUser {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Devices(Devices::AllowPersonalUse { .. }) = act else {
            return Ruling::Silent;
        };
        let allowing = self.allowing();
        let may = |one: &Approver| {
            permit::permit(case.who, &one.need(), case.setting, case.today).is_ok()
        };
        if allowing.iter().any(may) {
            return Ruling::Silent;
        }
        if allowing.is_empty() {
            return Ruling::refuse(
                "Devices of the setting are for work only.",
                AllowedBy::Nobody,
                "Leave it at work, or change the policy.",
            );
        }
        Ruling::refuse(
            "Personal use is not yours to allow.",
            AllowedBy::Roles(allowing.iter().map(Approver::in_words).collect()),
            "Ask them. They allow it on the page of the device, until a day.",
        )
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let devices = from.setting.devices.all();
        let hands = devices.flat_map(|device| {
            device.hands.iter().map(|hand| Row {
                cells: vec![
                    Cell::Said(device.about.name.clone()),
                    Cell::Person(hand.person),
                    Cell::Moment(hand.from),
                    hand.until.map_or(Cell::Empty, Cell::Day),
                    hand.acknowledged.map_or(Cell::Empty, Cell::Moment),
                    hand.back.map_or(Cell::Empty, Cell::Moment),
                ],
                seq: hand.seq,
                at: hand.from,
            })
        });
        let mut rows: Vec<Row> = hands.collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Who had which device".to_owned(),
            columns: vec!["Device", "Who", "From", "Lent until", "Confirmed", "Back"],
            rows,
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let allowing: Vec<String> = self.allowing().iter().map(Approver::in_words).collect();
        let personal = if allowing.is_empty() {
            "It is for nothing personal.".to_owned()
        } else {
            format!(
                "It is for nothing personal, unless {} allowed it before.",
                permit::or(allowing)
            )
        };
        vec![Notice {
            to: Audience::Group(Group::Staff),
            title: "A device that was handed to you".to_owned(),
            says: vec![
                "A device that was handed to you is used by you and by nobody else, for work."
                    .to_owned(),
                personal,
                "Confirm that you have it, and hand it back when you no longer need it.".to_owned(),
            ],
            clauses: from
                .bound
                .clauses
                .iter()
                .map(|clause| clause.id.clone())
                .collect(),
        }]
    }
}

impl AuthorisedUser {
    fn allowing(&self) -> Vec<Approver> {
        let named = self.personal_use.iter();
        named
            .filter(|words| !words.trim().eq_ignore_ascii_case("no"))
            .map(Approver::read)
            .collect()
    }
}
