//! access.administrators: only named people manage accounts and security. Keeps that to the roles
//! that the policy names, never leaves a setting without one of them, and shows each change.

use crate::{
    access::{
        acts::{Act as Access, kiosks::Act as Kiosk, systems::Act as System},
        administrators::{self, WEIGHTY, holders},
    },
    people::acts::Act as People,
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act, Case, Person},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Only named people manage accounts and security.
#[derive(Deserialize)]
pub(super) struct Administrators {
    /// The roles that manage accounts and security.
    #[serde(default)]
    roles: Words,
    /// Who directs them, and so may do the same.
    #[serde(default)]
    directed_by: Words,
}

impl Control for Administrators {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        if let Some(person) = leaves_nobody(act, case) {
            return Ruling::refuse(
                format!(
                    "Nobody would be left who manages accounts: {} is the last.",
                    person.mark()
                ),
                AllowedBy::Nobody,
                "Give the role to somebody else who has an account first.",
            )
            .at("person");
        }
        let Some(person) = case.person() else {
            return Ruling::Silent;
        };
        if !is_theirs(act) || self.may(act, person, case) {
            return Ruling::Silent;
        }
        let roles = administrators::today(case.setting, case.today);
        Ruling::refuse(
            "Accounts, roles and security are managed by named people only.",
            AllowedBy::Roles(roles.iter().map(Role::in_words).collect()),
            "Ask one of them to do it.",
        )
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let access = &from.setting.access;
        let mut rows: Vec<Row> = Vec::new();
        for (person, account) in access.systems().accounts() {
            rows.push(Row {
                cells: vec![
                    Cell::Moment(account.at),
                    Cell::Text("Account opened".to_owned()),
                    Cell::Person(person),
                    account.by.map_or(Cell::Empty, Cell::Person),
                ],
                seq: account.seq,
                at: account.at,
            });
        }
        let named = administrators::named(from.setting);
        for holding in from.setting.roles.holdings() {
            if named.contains(&holding.role) {
                rows.push(Row {
                    cells: vec![
                        Cell::Moment(holding.at),
                        Cell::Text(format!("Became {}", holding.role.in_words())),
                        Cell::Person(holding.person),
                        Cell::Empty,
                    ],
                    seq: holding.seq,
                    at: holding.at,
                });
            }
        }
        rows.sort_by_key(|row| row.seq);
        let who: Vec<&str> = self.roles.iter().chain(self.directed_by.iter()).collect();
        let title = if who.is_empty() {
            "Who manages accounts and security".to_owned()
        } else {
            format!("Who manages accounts and security: {}", who.join(", "))
        };
        Some(Register {
            title,
            columns: vec!["When", "What", "Who", "By"],
            rows,
        })
    }
}

impl Administrators {
    fn may(&self, act: &Act, person: Person, case: &Case<'_>) -> bool {
        let holds = |roles: &[Role]| {
            let mut roles = roles.iter();
            roles.any(|role| case.setting.roles.holds(person, role, case.today))
        };
        let roles = administrators::today(case.setting, case.today);
        match act {
            // Roles that those who lead give, whoever manages accounts: nobody makes a lead of
            // themselves by keeping the accounts.
            Act::Roles(Roles::Give { role, .. } | Roles::End { role, .. })
                if WEIGHTY.contains(role) =>
            {
                let keeps = roles.iter().any(|role| WEIGHTY.contains(role));
                !keeps || holds(&roles) || holds(&[Role::Chair])
            }
            _ => holds(&roles),
        }
    }
}

/// Whether an act is about accounts, roles or security settings.
fn is_theirs(act: &Act) -> bool {
    match act {
        Act::Access(
            Access::OpenAccount { .. }
            | Access::GiveCode { .. }
            | Access::CloseAccount { .. }
            | Access::Kiosk(Kiosk::Open { .. } | Kiosk::End { .. }),
        )
        | Act::Roles(Roles::Give { .. } | Roles::End { .. }) => true,
        Act::Access(Access::System(act)) => matches!(
            act,
            System::Add { .. }
                | System::Retire { .. }
                | System::Grant { .. }
                | System::Withdraw { .. }
        ),
        Act::Notices(_) => matches!(
            act.name(),
            "notices.set-mail" | "notices.stop-mail" | "notices.start-push" | "notices.stop-push"
        ),
        Act::Place(_)
        | Act::People(_)
        | Act::Access(_)
        | Act::Data(_)
        | Act::Policy(_)
        | Act::Roles(_)
        | Act::Agreements(_)
        | Act::Concerns(_)
        | Act::Education(_)
        | Act::Procedure(_)
        | Act::Devices(_)
        | Act::Internet(_)
        | Act::Filter(_)
        | Act::Monitor(_) => false,
    }
}

/// The person with whose account, role or place here the last administrator would go.
fn leaves_nobody(act: &Act, case: &Case<'_>) -> Option<Person> {
    let (person, role) = match act {
        Act::Access(Access::CloseAccount { person }) => (*person, None),
        Act::People(
            People::RecordLeaving { person, .. } | People::RecordLeavingAtOnce { person, .. },
        ) => (*person, None),
        Act::Roles(Roles::End { role, person, .. }) => (*person, Some(role)),
        _ => return None,
    };
    let setting = case.setting;
    let named = administrators::named(setting);
    let before = administrators::today(setting, case.today);
    let is_one = holders(setting, &before, case.today).contains(&person);
    if !is_one || role.is_some_and(|role| !before.contains(role)) {
        return None;
    }
    let left = |roles: &[Role]| {
        let each = roles.iter().flat_map(|own| {
            let one = std::slice::from_ref(own);
            let loses = role.is_none_or(|role| role == own);
            let mut all = holders(setting, one, case.today);
            all.retain(|holder| *holder != person || !loses);
            all
        });
        each.count() > 0
    };
    let somebody = left(&named) || left(&[Role::Manager, Role::DeputyManager]);
    (!somebody).then_some(person)
}
