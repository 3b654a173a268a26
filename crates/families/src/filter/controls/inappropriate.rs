//! filter.inappropriate: unsuitable material is closed by kinds of sites. What the policy names is
//! opened by no change; a list that alone stands behind such a kind is not let go; and a page that
//! somebody reports is looked at by a second person.

use crate::{
    filter::{
        acts::Act as Filter,
        entries::What,
        kinds, named, profiles,
        subscriptions::{self, Subscribed},
    },
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::plus_days,
    ruling::{AllowedBy, Ruling},
    value::{Value, Words},
};
use serde::Deserialize;

/// Within how many days somebody answers who has reported a page.
const ANSWER_DAYS: i64 = 1;
/// Who answers, where somebody holds the role; else the manager.
const ANSWERING: [Role; 3] = [Role::TechnicalLead, Role::OnlineSafetyLead, Role::Lead];

/// Unsuitable material is closed.
#[derive(Deserialize)]
pub(super) struct Inappropriate {
    /// The kinds of sites that the policy names, or for each profile.
    #[serde(default)]
    categories: Option<Value>,
    /// For whom; read when a profile is made.
    #[serde(default)]
    profiles: Words,
}

impl Control for Inappropriate {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        if let Some((kind, users)) = named::against(act, case, &profiles::NAMED) {
            let whom: Vec<&str> = self.profiles.iter().collect();
            let whom = match whom.as_slice() {
                [] => "everybody".to_owned(),
                all => all.join(", "),
            };
            return Ruling::refuse(
                format!(
                    "{} is closed here for {whom}; this would open it for: {}.",
                    kinds::in_words(&kind),
                    users.in_words().to_lowercase()
                ),
                AllowedBy::Nobody,
                "If a single site is on a list by mistake, tell whoever makes the list.",
            );
        }
        let change = match act {
            Act::Filter(Filter::Propose { what, .. }) => Some(what),
            Act::Filter(Filter::Decide {
                change,
                approve: true,
                ..
            }) => {
                let found = case.setting.filter.change(*change);
                found.map(|change| &change.proposed.what)
            }
            _ => None,
        };
        match change.and_then(|what| self.alone(what, case)) {
            Some(list) => Ruling::refuse(
                format!(
                    "Our policy closes {}, and no other list here stands behind that.",
                    kinds::in_words(&list.list.kind).to_lowercase()
                ),
                AllowedBy::Nobody,
                "Add another list of this kind first.",
            )
            .at("list"),
            None => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let filter = &from.setting.filter;
        let found = filter.evidence().lists();
        let rows = subscriptions::of(filter, from.today)
            .into_iter()
            .filter_map(|own| {
                let change = filter.change(own.change)?;
                let state = found.and_then(|lists| {
                    let lists = &lists.found.lists;
                    lists.iter().find(|list| list.name == own.list.name)
                });
                Some(Row {
                    cells: vec![
                        Cell::Said(own.list.name),
                        Cell::Text(kinds::in_words(&own.list.kind).to_owned()),
                        Cell::Said(own.list.licence),
                        Cell::Said(own.list.attribution),
                        state.map_or(Cell::Empty, |list| {
                            Cell::Number(i64::try_from(list.names).unwrap_or(i64::MAX))
                        }),
                        state
                            .and_then(|list| list.fetched)
                            .map_or(Cell::Empty, Cell::Moment),
                        own.rests_until.map_or(Cell::Empty, Cell::Day),
                    ],
                    seq: change.seq,
                    at: change.at,
                })
            });
        Some(Register {
            title: "Lists that we chose".to_owned(),
            columns: vec![
                "List",
                "Kind",
                "Terms",
                "By",
                "Names",
                "Fetched",
                "Rests until",
            ],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let reports = from.setting.filter.evidence().reports();
        let waiting = reports.filter(|report| report.answer.is_none());
        let owner = from.setting.roles.first_held(&ANSWERING, from.today);
        waiting
            .map(|report| {
                let own = owner.filter(|role| {
                    let by = report.by;
                    by.is_none_or(|by| !from.setting.roles.holds(by, role, from.today))
                });
                let role = own.unwrap_or(&Role::Manager);
                let day = report.at.date();
                Duty::new(
                    format!("Answer whether {} is closed", report.said.site),
                    Owner::role(role.key()),
                    plus_days(day, ANSWER_DAYS),
                )
                .opens(day)
                .at("/filter/requests")
                .about(format!("report:{}", report.said.report))
                .from([report.seq])
            })
            .collect()
    }
}

impl Inappropriate {
    /// The list that a change would let go, when it alone stands behind a kind that the policy names.
    fn alone(&self, what: &What, case: &Case<'_>) -> Option<Subscribed> {
        let (What::RemoveList { name } | What::PauseList { name }) = what else {
            return None;
        };
        let all = subscriptions::of(&case.setting.filter, case.today);
        let own = all.iter().find(|own| own.list.name == *name)?;
        let words = self.categories.as_ref().map(Value::words);
        let named = profiles::kinds_named(&words.unwrap_or_default());
        let others = all.iter().filter(|other| {
            other.list.kind == own.list.kind
                && other.change != own.change
                && other.rests_until.is_none_or(|until| until < case.today)
        });
        let is_named = named.contains(&kinds::known(&own.list.kind)?);
        (is_named && others.count() == 0).then(|| own.clone())
    }
}
