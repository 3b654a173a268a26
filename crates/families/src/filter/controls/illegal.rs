//! filter.illegal: known illegal material is closed for everybody and nobody opens it. No change of
//! the filter speaks of it; each time that it is asked for, the lead is told by a concern. A list that
//! has not been renewed for a day is owed at once.

use crate::{
    filter::{acts::Act as Filter, kinds::ILLEGAL, named},
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Control, Procedure, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Known illegal material is closed for everybody.
#[derive(Deserialize)]
pub(super) struct Illegal {
    /// The lists that the policy names.
    #[serde(default)]
    lists: Words,
}

impl Control for Illegal {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let opens = named::opens(act, case);
        if opens.is_some_and(|(kinds, _)| kinds.iter().any(|kind| kind == ILLEGAL)) {
            return Ruling::refuse(
                "What is illegal is closed for everybody. Nobody here can open it.",
                AllowedBy::Nobody,
                "If you think that a list is wrong, tell whoever issues it.",
            )
            .at("kind");
        }
        // A list that the policy names is ended only when another takes its place.
        if let Act::Filter(Filter::EndList { name }) = act {
            let same = |own: &str| own.eq_ignore_ascii_case(name);
            let others = case.setting.filter.lists().count() > 1;
            if self.lists.iter().any(same) && !others {
                return Ruling::refuse(
                    format!("Our policy names the list {name}, and it is the only one here."),
                    AllowedBy::Nobody,
                    "Record the list that takes its place first.",
                );
            }
        }
        Ruling::Silent
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let old = from.setting.filter.evidence().old();
        old.map(|(name, noticed)| {
            Duty::new(
                format!("Find out why the list {name} of what is illegal is not renewed"),
                Owner::role(Role::Lead.key()),
                noticed.date(),
            )
            .at("/filter/lists")
            .about(format!("old:{name}"))
        })
        .collect()
    }

    fn procedure(&self) -> Option<Procedure> {
        let lists: Vec<&str> = self.lists.iter().collect();
        let lists = match lists.as_slice() {
            [] => "The lists of what is illegal are closed for everybody.".to_owned(),
            all => format!(
                "{} is closed for everybody, on every device.",
                all.join(", ")
            ),
        };
        Some(Procedure {
            title: "Something illegal was asked for".to_owned(),
            steps: vec![
                lists,
                "It was closed: nobody saw it. A concern is opened by itself and goes to the designated safeguarding lead, with the device, who had it, and the time.".to_owned(),
                "Secure the device, and ring the police before anything else is done with it.".to_owned(),
                "If somebody came upon it by accident elsewhere, report the address to the Internet Watch Foundation. Nothing is sent but the address.".to_owned(),
                "The designated officer of the council is told within one working day when it may be about an adult who works here.".to_owned(),
            ],
            never: vec![
                "Do not open the address, not even to see whether it is really there.".to_owned(),
                "Do not copy, print or send what was seen.".to_owned(),
                "Do not speak to the person who had the device before the police have said so.".to_owned(),
            ],
        })
    }
}
