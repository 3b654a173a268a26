//! How things stand, as JSON: the same for the API and for the command line.

use families::{
    families as all,
    spine::{
        catalogue,
        control::{Cell, Register, Standpoint},
        in_force::InForce,
        permit,
        standing::Part,
        view::View,
    },
};
use kernel::{duty::Owner, standing::Evidence};
use serde_json::{Value, json};

/// The scenarios of each control, as `tests/scenarios.txt` of the families lists them.
const SCENARIOS: &str = include_str!("../../families/tests/scenarios.txt");

/// The controls of this build.
pub(crate) fn controls() -> Value {
    let all = all::controls()
        .filter_map(|kind| catalogue::find(kind.id))
        .map(|control| {
            let aspects: Vec<&str> = control.aspects.iter().map(|aspect| aspect.key()).collect();
            json!({
                "id": control.id,
                "family": control.family(),
                "title": control.title,
                "aspects": aspects,
                "scenarios": scenarios(&control.id),
            })
        });
    Value::Array(all.collect())
}

fn scenarios(control: &str) -> Vec<&'static str> {
    let named = SCENARIOS.lines().filter_map(|line| line.split_once(' '));
    named
        .filter(|(id, _)| *id == control)
        .map(|(_, name)| name.trim())
        .collect()
}

/// How every clause stands.
pub(crate) fn standing(view: &View<'_>) -> Value {
    let counts = view.standings.counts();
    let by_standing: serde_json::Map<String, Value> = kernel::standing::Standing::ALL
        .iter()
        .map(|standing| (standing.key().to_owned(), json!(counts.of(*standing))))
        .collect();
    let clauses: Vec<Value> = view
        .in_force
        .document
        .clauses
        .iter()
        .zip(&view.standings.clauses)
        .map(|(clause, stands)| {
            json!({
                "clause": clause.id,
                "section": clause.section,
                "text": clause.text,
                "standing": stands.standing.key(),
                "evidence": evidence(view, &stands.evidence),
                "controls": stands.parts.iter().map(|one| part(view, one)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "setting": view.setting.place.name(),
        "on": view.today.to_string(),
        "policy": { "version": view.in_force.version, "title": view.in_force.document.policy.title },
        "counts": by_standing,
        "clauses": clauses,
    })
}

fn part(view: &View<'_>, part: &Part) -> Value {
    let duties: Vec<&str> = part
        .duties
        .iter()
        .filter_map(|place| view.standings.duties.get(*place))
        .filter(|owed| sees_all(view) || view.is_mine(&owed.duty.owner))
        .map(|owed| owed.duty.about.as_str())
        .collect();
    json!({
        "control": part.control,
        "standing": part.standing.key(),
        "in_this_version": all::has(&part.control),
        "evidence": evidence(view, &part.evidence),
        "duties": duties,
    })
}

/// Which lines of the ledger it rests on, and what others owe, is for whoever may look through the
/// ledger, as on the pages.
fn sees_all(view: &View<'_>) -> bool {
    view.has(&permit::need_for_activity())
}

fn evidence(view: &View<'_>, evidence: &Evidence) -> Value {
    let entries = if sees_all(view) {
        evidence.entries.as_slice()
    } else {
        &[]
    };
    json!({
        "entries": entries,
        "count": evidence.count,
        "newest": evidence.newest.map(kernel::moment::Moment::to_text),
    })
}

/// What is owed; only what the reader owes when `mine`.
pub(crate) fn duties(view: &View<'_>, mine: bool) -> Value {
    let all = view
        .standings
        .duties
        .iter()
        .filter(|owed| !mine || view.is_mine(&owed.duty.owner));
    let each = all.map(|owed| {
        let duty = &owed.duty;
        let owner = match &duty.owner {
            Owner::Role(role) => json!({ "role": role }),
            Owner::Person(person) => json!({ "person": person }),
        };
        json!({
            "about": duty.about,
            "what": view.words(&duty.what),
            "control": owed.control,
            "clauses": owed.clauses,
            "owner": owner,
            "opens": duty.opens.to_string(),
            "due": duty.due.to_string(),
            "open": duty.is_open(view.today),
            "late": duty.is_late(view.today),
            "at": duty.at,
            "from": duty.from,
        })
    });
    Value::Array(each.collect())
}

/// The registers that the controls in force keep.
pub(crate) fn register(view: &View<'_>, in_force: &InForce, control: &str) -> Option<Value> {
    let running = in_force.find(control)?;
    let from = Standpoint {
        setting: view.setting,
        bound: &running.bound,
        today: view.today,
    };
    let register: Register = running.control.register(&from)?;
    let rows: Vec<Value> = register
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = row
                .cells
                .iter()
                .map(|cell| json!(cell_in_words(view, cell)))
                .collect();
            json!({ "entry": row.seq, "at": row.at.to_text(), "cells": cells })
        })
        .collect();
    Some(
        json!({ "control": control, "title": register.title, "columns": register.columns, "rows": rows }),
    )
}

fn cell_in_words(view: &View<'_>, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => view.words(text),
        Cell::Said(said) => said.clone(),
        Cell::Person(person) => view.name(*person),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => moment.to_text(),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}
