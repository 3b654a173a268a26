//! What a role may read, as JSON. Each address has the need of the page that shows the same.

use super::{App, json, says};
use crate::report;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use families::{
    people::group::Group,
    spine::{
        act::{Actor, Person},
        page::{Lines, Params},
        permit::{self, Need},
        view::View,
    },
};
use serde_json::{Value, json as value};

/// Addresses that can be read, with what they give.
pub(super) const READS: &[(&str, &str)] = &[
    ("acts", "The acts that can be asked for, with their fields"),
    ("controls", "The controls of this build"),
    (
        "standing",
        "How every clause of the policy stands, on what evidence",
    ),
    (
        "duties",
        "What the reader owes; with all=yes and the right to see it, what everybody owes",
    ),
    ("policy", "The policy in force"),
    ("roles", "Who holds which role today"),
    ("people", "The people whom the reader may know"),
    (
        "activity",
        "Lines of the ledger, newest first: before, most, kind, by",
    ),
    ("registers/{control}", "The register that a control keeps"),
    ("me", "Who the token acts as"),
];

pub(super) fn read(app: &App, actor: &Actor, path: &str, query: &Params) -> Response<Body> {
    // Whoever is held at the door of the pages is held here too.
    if app.desk.instead_of("/api", actor, app.now()).is_some() {
        return nothing();
    }
    let need = need(path);
    let state = app.desk.state();
    if permit::permit(actor, &need, &state.setting, app.now().date()).is_err() {
        return nothing();
    }
    let wanted = (path == "activity").then(|| lines(actor, query, app));
    let read = app
        .desk
        .view(actor, app.now(), "", wanted.as_ref(), |view| {
            value_at(view, path, query)
        });
    match read {
        Ok(Some(found)) => json(StatusCode::OK, &found),
        Ok(None) => nothing(),
        Err(error) => says(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

/// The same whether there is nothing or the reader may not see it.
fn nothing() -> Response<Body> {
    says(
        StatusCode::NOT_FOUND,
        "There is nothing at this address for you",
    )
}

fn need(path: &str) -> Need {
    match path {
        "standing" => Need::AnyOf(vec![
            Need::Team,
            Need::leadership(),
            Need::Of(vec![Group::Committee]),
        ]),
        path if path.starts_with("registers/") => Need::leadership(),
        _ => Need::SignedIn,
    }
}

fn sees_all(view: &View<'_>) -> bool {
    view.has(&Need::leadership())
}

fn lines(actor: &Actor, query: &Params, app: &App) -> Lines {
    let all = permit::permit(
        actor,
        &Need::leadership(),
        &app.desk.state().setting,
        app.now().date(),
    )
    .is_ok();
    let own = actor.person().map(|person| person.0);
    Lines {
        before: query.number("before").unwrap_or(0),
        most: query.number("most").unwrap_or(50).min(500),
        only: Vec::new(),
        kind: query.get("kind").to_owned(),
        by: if all { query.number("by") } else { own },
        mine: !all,
        ..Lines::default()
    }
}

fn value_at(view: &View<'_>, path: &str, query: &Params) -> Option<Value> {
    Some(match path {
        "acts" => super::describe::acts(),
        "controls" => report::controls(),
        "standing" => report::standing(view),
        "duties" => report::duties(view, !(query.get("all") == "yes" && sees_all(view))),
        "policy" => serde_json::to_value(&view.in_force.document).ok()?,
        "roles" => roles(view),
        "people" => people(view),
        "activity" => activity(view),
        "me" => value!({ "person": view.person()?.0, "name": view.name(view.person()?) }),
        path => report::register(view, view.in_force, path.strip_prefix("registers/")?)?,
    })
}

fn roles(view: &View<'_>) -> Value {
    let today = view.today;
    let held = view.setting.roles.holdings().iter().filter(|holding| {
        view.setting
            .roles
            .holds(holding.person, &holding.role, today)
    });
    let each = held.map(|holding| {
        value!({ "role": holding.role.key(), "person": holding.person.0, "name": view.name(holding.person), "from": holding.from.to_string() })
    });
    Value::Array(each.collect())
}

fn people(view: &View<'_>) -> Value {
    let known =
        |person: &Person| view.has(&permit::need_to_know(*person, view.setting, view.today));
    let each = view
        .setting
        .people
        .here(view.today)
        .filter(known)
        .map(|person| {
            let groups: Vec<&str> = view
                .setting
                .people
                .groups(person)
                .iter()
                .map(|group| group.key())
                .collect();
            value!({ "person": person.0, "name": view.name(person), "groups": groups })
        });
    Value::Array(each.collect())
}

fn activity(view: &View<'_>) -> Value {
    let each = view.lines.iter().map(|line| {
        let what = line
            .entry
            .as_ref()
            .map_or("the details are no longer kept".to_owned(), |entry| {
                view.words(&entry.in_words())
            });
        value!({
            "seq": line.seq,
            "at": line.at.to_text(),
            "by": line.by.person().map(|person| person.0),
            "device": line.by.device,
            "kind": line.kind,
            "says": what,
        })
    });
    Value::Array(each.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_described_can_be_read_by_somebody() {
        for (path, _) in READS {
            assert_ne!(need(path), Need::Nobody, "{path}");
        }
    }
}
