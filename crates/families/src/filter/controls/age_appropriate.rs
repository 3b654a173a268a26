//! filter.age-appropriate: different people get different filtering. Each profile says what is closed;
//! who a device belongs to, or has it, or what is open on it, chooses the profile. For children single
//! sites are opened, never a kind of sites.

use crate::{
    devices::kinds::Users,
    filter::{
        acts::Act as Filter,
        entries::What,
        kinds::{self, ALL},
        named,
        profiles::{self, EVERYBODY},
    },
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
        in_force::InForce,
    },
};
use kernel::{
    moment::Moment,
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Different people get different filtering.
#[derive(Deserialize)]
pub(super) struct AgeAppropriate {
    /// The profiles that the policy names.
    #[serde(default)]
    profiles: Words,
}

impl Control for AgeAppropriate {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let is_kind = match act {
            Act::Filter(Filter::Propose { what, .. }) => matches!(what, What::OpenKind { .. }),
            _ => false,
        };
        let for_children =
            named::opens(act, case).is_some_and(|(_, users)| users.contains(&Users::Children));
        if !is_kind || !for_children {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "For children single sites are opened, never a kind of sites.",
            AllowedBy::Nobody,
            "Propose the one site that is needed, with what it needs to work.",
        )
        .at("users")
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let newest = from.setting.filter.in_force(from.today).last();
        let (seq, at) = newest.map_or((0, Moment::start_of(from.today)), |one| (one.seq, one.at));
        let named: Vec<&str> = self.profiles.iter().collect();
        let rows = EVERYBODY.map(|users| {
            // What the policy itself closes stands on the page of profiles.
            let profile = profiles::of(from.setting, &InForce::default(), users, from.today);
            let closed: Vec<&str> = if profile.closed.contains(ALL) {
                vec!["All kinds; single sites are opened"]
            } else {
                let words = profile.closed.iter().map(|kind| kinds::in_words(kind));
                words.filter(|words| !words.is_empty()).collect()
            };
            let devices = from.setting.devices.kept();
            let devices = devices.filter(|device| device.about.users == users).count();
            Row {
                cells: vec![
                    Cell::Text(users.in_words().to_owned()),
                    Cell::Text(closed.join(", ")),
                    Cell::Number(i64::try_from(devices).unwrap_or(i64::MAX)),
                ],
                seq,
                at,
            }
        });
        Some(Register {
            title: match named.as_slice() {
                [] => "What is closed for whom".to_owned(),
                all => format!(
                    "What is closed for whom; our policy names {}",
                    all.join(", ")
                ),
            },
            columns: vec!["For whom", "Closed", "Devices"],
            rows: rows.to_vec(),
        })
    }
}
