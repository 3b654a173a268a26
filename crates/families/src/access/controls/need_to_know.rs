//! access.need-to-know: information is shared on a need-to-know basis. Who sees what is answered in
//! one place for all (`permit`); this adds that a concern is shared only with who works here or
//! watches over it, and that refused looks are recorded.

use crate::{
    concerns::acts::Act as Concern,
    people::group::Group,
    roles::role::Role,
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

impl NeedToKnow {
    /// The roles with which concerns may be shared, where the policy names them so: “concerns:
    /// designated safeguarding lead, manager”. Empty: with whoever works here or watches over it.
    fn sharers(&self) -> Vec<Role> {
        let concerns = self.who.iter().filter_map(|words| {
            let (kind, roles) = words.split_once(':')?;
            kind.to_lowercase().contains("concern").then_some(roles)
        });
        let mut roles: Vec<Role> = concerns
            .flat_map(|roles| roles.split([',', ';']))
            .flat_map(|role| Role::read(role.trim()))
            .collect();
        roles.sort();
        roles.dedup();
        roles
    }
}

impl Control for NeedToKnow {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Concerns(Concern::Share { person, .. }) = act else {
            return Ruling::Silent;
        };
        let sharers = self.sharers();
        let roles = &case.setting.roles;
        if !sharers.is_empty()
            && !sharers
                .iter()
                .any(|role| roles.holds(*person, role, case.today))
        {
            let names: Vec<String> = sharers.iter().map(Role::in_words).collect();
            return Ruling::refuse(
                format!(
                    "The policy shares concerns with these roles only: {}.",
                    names.join(", ")
                ),
                AllowedBy::Nobody,
                "Share it with one of them, who decides what else has to be known.",
            )
            .at("person");
        }
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

    /// Refused looks. What the policy says beyond the roles for concerns stands in the title: who sees
    /// children, families and staff follows rooms, ties and roles, whatever words name them. Of a concern nobody learns here which one it was, or whether there is one.
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
