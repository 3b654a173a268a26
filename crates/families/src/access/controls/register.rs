//! access.register: a record of who is granted access to what, by whom, when and why. Nothing is
//! granted that is not on it, and a mailbox only to those whom the policy lets read it.

use crate::{
    access::{
        acts::{Act as Access, systems::Act as System},
        administrators,
        entries::systems::Kind,
    },
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register as Table, Row, Standpoint},
        in_force::Bound,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::{Value, Words},
};
use serde::Deserialize;

/// A record of who is granted access to what.
#[derive(Deserialize)]
pub(super) struct Register {
    /// The systems that the policy names.
    #[serde(default)]
    systems: Words,
}

impl Control for Register {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Access(Access::System(System::Grant { system, person, .. })) = act else {
            return Ruling::Silent;
        };
        let Some(found) = case.setting.access.systems().find(*system) else {
            return Ruling::refuse(
                "Nothing is used that is not on the access register.",
                AllowedBy::Nobody,
                "Put the system on the register first.",
            )
            .at("system");
        };
        let bound = case.in_force.find("access.register").map(|own| &own.bound);
        let readers = match bound {
            Some(bound) if found.kind == Kind::Mailbox => {
                readers(bound, |words| found.is_meant(words))
            }
            Some(_) | None => None,
        };
        let Some(readers) = readers else {
            return Ruling::Silent;
        };
        let allowed = readers
            .iter()
            .cloned()
            .chain(administrators::named(case.setting));
        let mut allowed = allowed;
        if allowed.any(|role| case.setting.roles.holds(*person, &role, case.today)) {
            return Ruling::Silent;
        }
        let who: Vec<String> = readers.iter().map(Role::in_words).collect();
        Ruling::refuse(
            format!("{} is read by these only: {}.", found.name, who.join(", ")),
            AllowedBy::Nobody,
            "Forward what this person needs to know, or change the policy.",
        )
        .at("person")
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Table> {
        let systems = from.setting.access.systems();
        let own = systems.accounts().map(|(person, account)| Row {
            cells: vec![
                Cell::Text("This Stairgate".to_owned()),
                Cell::Text("Account".to_owned()),
                Cell::Person(person),
                account.by.map_or(Cell::Empty, Cell::Person),
                Cell::Day(account.at.date()),
                account
                    .closed
                    .map_or(Cell::Empty, |at| Cell::Day(at.date())),
            ],
            seq: account.seq,
            at: account.at,
        });
        let granted = systems.grants().map(|grant| Row {
            cells: vec![
                Cell::Text(systems.name(grant.system).to_owned()),
                Cell::Text(systems.kind(grant.system).to_owned()),
                Cell::Person(grant.person),
                grant.by.map_or(Cell::Empty, Cell::Person),
                Cell::Day(grant.at.date()),
                grant
                    .closed
                    .map_or(Cell::Empty, |(at, _)| Cell::Day(at.date())),
            ],
            seq: grant.seq,
            at: grant.at,
        });
        let mut rows: Vec<Row> = own.chain(granted).collect();
        rows.sort_by_key(|row| row.seq);
        let named: Vec<&str> = self.systems.iter().collect();
        let title = if named.is_empty() {
            "Who is granted access to what".to_owned()
        } else {
            format!(
                "Who is granted access to what; our policy names {}",
                named.join(", ")
            )
        };
        Some(Table {
            title,
            columns: vec!["System", "Kind", "Who", "Granted by", "Since", "Closed"],
            rows,
        })
    }
}

/// The roles that read a mailbox, where a clause names it; its name is compared by `is_meant`.
pub(in crate::access) fn readers(
    bound: &Bound,
    is_meant: impl Fn(&str) -> bool,
) -> Option<Vec<Role>> {
    let boxes = bound
        .clauses
        .iter()
        .filter_map(|clause| clause.values.get("mailboxes"));
    let tables = boxes.flat_map(|value| match value {
        Value::List(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    });
    let mut found: Option<Vec<Role>> = None;
    for table in tables {
        let Value::Table(parts) = table else {
            continue;
        };
        let name = parts.get("name").map(Value::in_words).unwrap_or_default();
        if !is_meant(&name) {
            continue;
        }
        let words = parts.get("readers").map(Value::words).unwrap_or_default();
        let roles = words.iter().flat_map(|words| Role::read(words));
        found.get_or_insert_default().extend(roles);
    }
    found
}
