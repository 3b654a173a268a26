//! Controls, standing and duties.

use super::{open, say};
use crate::{clock, report};
use desk::folder::Folder;
use families::spine::{act::Actor, standing::shortened, view::View};
use kernel::standing::Standing;
use serde_json::Value;
use std::process::ExitCode;

/// Lists the controls of this build.
pub(crate) fn controls(json: bool) -> anyhow::Result<ExitCode> {
    let all = report::controls();
    if json {
        say(&serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    for control in all.as_array().into_iter().flatten() {
        let text = |key: &str| {
            control
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        say(&format!("{:28} {}", text("id"), text("title")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the forms.
pub(crate) fn forms(json: bool) -> anyhow::Result<ExitCode> {
    let all = crate::web::api::acts();
    if json {
        say(&serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    for form in all.as_array().into_iter().flatten() {
        let text = |key: &str| {
            form.get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        say(&format!("{:30} {}", text("act"), text("path")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says how every clause stands.
pub(crate) fn standing(folder: &Folder, json: bool) -> anyhow::Result<ExitCode> {
    look(folder, |view| {
        if json {
            return serde_json::to_string_pretty(&report::standing(view)).unwrap_or_default();
        }
        let mut lines = Vec::new();
        let counts = view.standings.counts();
        for standing in Standing::ALL {
            lines.push(format!("{:4} {}", counts.of(standing), standing.in_words()));
        }
        for (clause, stands) in view
            .in_force
            .document
            .clauses
            .iter()
            .zip(&view.standings.clauses)
        {
            lines.push(format!(
                "{:24} {:22} {}",
                clause.id,
                stands.standing.in_words(),
                shortened(&clause.text)
            ));
        }
        lines.join("\n")
    })
}

/// Says what is owed.
pub(crate) fn duties(folder: &Folder, json: bool) -> anyhow::Result<ExitCode> {
    look(folder, |view| {
        if json {
            return serde_json::to_string_pretty(&report::duties(view, false)).unwrap_or_default();
        }
        let open = view
            .standings
            .duties
            .iter()
            .filter(|owed| owed.duty.is_open(view.today));
        let each = open.map(|owed| {
            let late = if owed.duty.is_late(view.today) {
                " LATE"
            } else {
                ""
            };
            format!(
                "{}{late}  {}  ({})",
                owed.duty.due,
                view.words(&owed.duty.what),
                view.owner(&owed.duty.owner)
            )
        });
        each.collect::<Vec<_>>().join("\n")
    })
}

/// Looks as whoever keeps the machine: people stay without names.
fn look(folder: &Folder, see: impl FnOnce(&View<'_>) -> String) -> anyhow::Result<ExitCode> {
    let desk = open(folder)?;
    let seen = desk.view(&Actor::keeper(), clock::now(), "", None, see)?;
    say(&seen);
    Ok(ExitCode::SUCCESS)
}
