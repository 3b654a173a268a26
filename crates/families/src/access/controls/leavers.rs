//! access.leavers: leavers lose access at once. The program itself shuts at that moment, since it
//! asks who is here each time; what lies outside becomes work, and so does what they borrowed.

use crate::{
    access::{
        acts::{Act as Access, systems::Act as System},
        administrators::owner,
        register::systems::gone_on,
    },
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Control, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{date_in_words, minus_days},
    ruling::{AllowedBy, Ruling},
};
use serde::Deserialize;

/// How long before the day the work is shown, in days.
const AHEAD_DAYS: i64 = 7;

/// Leavers lose access at once.
#[derive(Deserialize)]
pub(super) struct Leavers {}

impl Control for Leavers {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let person = match act {
            Act::Access(
                Access::OpenAccount { person, .. }
                | Access::GiveCode { person, .. }
                | Access::System(System::Grant { person, .. } | System::Lend { person, .. }),
            ) => *person,
            _ => return Ruling::Silent,
        };
        match gone_on(case.setting, person, case.today) {
            Some(day) if day <= case.today => Ruling::refuse(
                format!("This person has been gone since {}.", date_in_words(day)),
                AllowedBy::Nobody,
                "If they have come back, record that first.",
            )
            .at("person"),
            Some(_) | None => Ruling::Silent,
        }
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let setting = from.setting;
        let systems = setting.access.systems();
        let closes = owner(setting, from.today);
        let grants = systems.open_grants().filter_map(|grant| {
            let due = gone_on(setting, grant.person, from.today)?;
            let what = format!(
                "Close the access of {} to {}",
                grant.person.mark(),
                systems.name(grant.system)
            );
            let duty = Duty::new(what, Owner::role(closes.key()), due)
                .opens(minus_days(due, AHEAD_DAYS))
                .at(format!("/access-register/withdraw?grant={}", grant.grant))
                .about(format!("close:{}", grant.grant))
                .from([grant.seq]);
            Some(duty)
        });
        let things = systems.lent().filter_map(|thing| {
            let due = gone_on(setting, thing.person, from.today)?;
            let what = format!("Take back {} from {}", thing.what, thing.person.mark());
            let duty = Duty::new(what, Owner::role(Role::Manager.key()), due)
                .opens(minus_days(due, AHEAD_DAYS))
                .at(format!("/access-register/take-back?thing={}", thing.thing))
                .about(format!("back:{}", thing.thing))
                .from([thing.seq]);
            Some(duty)
        });
        grants.chain(things).collect()
    }
}
