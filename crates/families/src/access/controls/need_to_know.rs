//! access.need-to-know: information is shared on a need-to-know basis. Who sees what is answered in
//! one place for all (`permit`); this adds that a concern is shared only with who works here or
//! watches over it, and that refused looks are recorded.

use crate::{
    concerns::acts::Act as Concern,
    people::group::Group,
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

/// Its id.
pub const NEED_TO_KNOW: &str = "access.need-to-know";

/// Information is shared on a need-to-know basis.
#[derive(Deserialize)]
pub(super) struct NeedToKnow {
    /// Who needs to know what, in the words of the policy.
    #[serde(default)]
    who: Words,
}

impl Control for NeedToKnow {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Concerns(Concern::Share { person, .. }) = act else {
            return Ruling::Silent;
        };
        let people = &case.setting.people;
        if people.is_team(*person, case.today)
            || people.is_of(*person, Group::Committee, case.today)
        {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "A concern is shared only with those who work here or sit on the committee.",
            AllowedBy::Nobody,
            "Tell the person what they need to know, and write down in the case what you said.",
        )
        .at("person")
    }

    /// Refused looks. Of a concern nobody learns here which one it was, or whether there is one.
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let refused = from.setting.access.looks().refused();
        let rows = refused.map(|seen| Row {
            cells: vec![
                Cell::Moment(seen.at),
                Cell::Person(seen.by),
                Cell::Text(match seen.record.case {
                    Some(_) => "a concern".to_owned(),
                    None => seen.record.in_words(),
                }),
            ],
            seq: seen.seq,
            at: seen.at,
        });
        let who: Vec<&str> = self.who.iter().collect();
        let title = if who.is_empty() {
            "Looks that were refused".to_owned()
        } else {
            format!("Looks that were refused ({})", who.join("; "))
        };
        Some(Register {
            title,
            columns: vec!["When", "Who", "What they tried to open"],
            rows: rows.collect(),
        })
    }
}
