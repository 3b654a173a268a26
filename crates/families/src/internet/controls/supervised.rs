//! internet.supervised: children use the internet only with an adult. What is opened is as long, as
//! wide and as near as the policy says; whoever has to sit beside a child opens one thing at a time.

use crate::{
    internet::{
        acts::{Act as Internet, Opening},
        entries::Near,
    },
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Children use the internet only with an adult.
#[derive(Deserialize)]
pub(super) struct Supervised {
    /// The most minutes.
    #[serde(default)]
    longest: Option<i64>,
    /// Approved only, or filtered.
    #[serde(default)]
    sites: Words,
    /// Beside, or in view.
    #[serde(default)]
    adult: Words,
}

impl Control for Supervised {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        match act {
            Act::Internet(Internet::Open(opening)) => self.judge_opening(opening, case),
            Act::Internet(Internet::Extend { session, minutes }) => {
                let Some(found) = case.setting.internet.session(*session) else {
                    return Ruling::Silent;
                };
                let until = case.now.plus_minutes(*minutes);
                let all = until.micros().saturating_sub(found.from.micros()) / 60_000_000;
                self.judge_length(all)
            }
            _ => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let rows = from.setting.internet.sessions().map(|session| {
            let place = match (session.device, session.room) {
                (Some(device), _) => Cell::Said(from.setting.devices.name(device).to_owned()),
                (None, Some(room)) => Cell::Text(kernel::naming::room(room.0)),
                (None, None) => Cell::Empty,
            };
            let how = session.ended.map(|(how, _)| how.in_words().to_owned());
            Row {
                cells: vec![
                    Cell::Moment(session.from),
                    place,
                    session.by.map_or(Cell::Empty, Cell::Person),
                    Cell::Said(session.purpose.clone()),
                    Cell::Text(session.near.in_words().to_owned()),
                    Cell::Moment(session.ended.map_or(session.until, |(_, at)| at)),
                    how.map_or(Cell::Empty, Cell::Text),
                ],
                seq: session.seq,
                at: session.from,
            }
        });
        Some(Register {
            title: "When the internet was open for children".to_owned(),
            columns: vec![
                "From",
                "Where",
                "Adult",
                "What for",
                "Adult is",
                "Until",
                "How it ended",
            ],
            rows: rows.collect(),
        })
    }
}

impl Supervised {
    fn judge_length(&self, minutes: i64) -> Ruling {
        let Some(longest) = self.longest.filter(|longest| minutes > *longest) else {
            return Ruling::Silent;
        };
        Ruling::refuse(
            format!("The internet is open for children for at most {longest} minutes at a time."),
            AllowedBy::Nobody,
            "Choose fewer minutes.",
        )
        .at("minutes")
    }

    fn judge_opening(&self, opening: &Opening, case: &Case<'_>) -> Ruling {
        let length = self.judge_length(opening.minutes);
        if length != Ruling::Silent {
            return length;
        }
        let approved = ["approved", "links", "named", "list"];
        let says = |words: &Words, any: &[&str]| {
            words.iter().any(|own| {
                let own = own.to_lowercase();
                any.iter().any(|part| own.contains(part))
            })
        };
        if opening.filtered && says(&self.sites, &approved) {
            return Ruling::refuse(
                "Children open only what adults have approved.",
                AllowedBy::Nobody,
                "Choose from what was looked at, or look at a site first and add it.",
            )
            .at("filtered");
        }
        if !says(&self.adult, &["beside", "alongside", "next to"]) {
            return Ruling::Silent;
        }
        if opening.near != Near::Beside {
            return Ruling::refuse(
                "An adult sits beside the child while the internet is open.",
                AllowedBy::Nobody,
                "Sit beside the child, or open it when you can.",
            )
            .at("near");
        }
        let mut open = case.setting.internet.open(case.now);
        if open.any(|session| session.by == case.person()) {
            return Ruling::refuse(
                "You have opened the internet somewhere else, and can’t be beside two children.",
                AllowedBy::Nobody,
                "Close the other first, or ask a colleague to open this one.",
            );
        }
        Ruling::Silent
    }
}
