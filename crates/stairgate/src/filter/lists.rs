//! The lists that the setting has chosen: looked after by a program of its own at the lowest priority,
//! so that nobody waits for it, and nothing of it stays in this one.

use super::Folder;
use crate::{commands::filter::secret, web::app::App};
use anyhow::Context;
use families::filter::subscriptions;
use gate::{
    lists::{Form, Subscription},
    traces::{Query, Reader},
};
use kernel::moment::minus_days;
use serde::Serialize;
use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

/// How often it is looked which lists are due.
const LOOK: Duration = Duration::from_secs(600);

/// For how many days what was used is not closed by a list without somebody looking at it.
const USED_DAYS: i64 = 30;

/// By how many in a hundred a list may shrink.
const SHRINK_PERCENT: u64 = 20;

#[derive(Serialize)]
struct Catalogue {
    list: Vec<Subscription>,
}

/// Looks after the lists for ever.
pub(super) async fn keep(app: Arc<App>, folder: Folder) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let (app, folder) = (Arc::clone(&app), folder.clone());
        let looked = tokio::task::spawn_blocking(move || look(&app, &folder)).await;
        match looked {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the filter’s lists could not be fetched"),
            Err(error) => tracing::error!(%error, "the filter’s lists could not be fetched"),
        }
    }
}

fn look(app: &App, folder: &Folder) -> anyhow::Result<()> {
    let chosen = chosen(app);
    if chosen.is_empty() {
        return Ok(());
    }
    let (root, names) = (folder.lists(), folder.names());
    std::fs::create_dir_all(&root)?;
    let catalogue = root.join(".chosen.toml");
    std::fs::write(&catalogue, toml::to_string(&Catalogue { list: chosen })?)?;
    let used = root.join(".used");
    std::fs::write(&used, used_lately(app, folder))?;
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let mut fetching = Command::new("nice");
    fetching.args(["-n", "19"]).arg(own);
    fetching.args(["filter", "fetch"]).arg(&catalogue);
    for (word, path) in [
        ("--folder", root.as_path()),
        ("--file", names.as_path()),
        ("--used", used.as_path()),
        ("--news", folder.news().as_path()),
    ] {
        fetching.arg(word).arg(path);
    }
    let nothing = [Stdio::null(), Stdio::null(), Stdio::null()];
    let [input, output, errors] = nothing;
    // What is held back is told as news; the program says it by its end too.
    fetching
        .stdin(input)
        .stdout(output)
        .stderr(errors)
        .status()?;
    remove(&used);
    Ok(())
}

/// Names that were used are personal enough not to lie about.
fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(%error, "names that were used could not be removed");
    }
}

/// The lists that two people agreed on and that do not rest.
fn chosen(app: &App) -> Vec<Subscription> {
    let state = app.desk.state();
    let (register, today) = (&state.setting.filter, app.now().date());
    let shorter = subscriptions::may_be_shorter(register, today);
    let all = subscriptions::of(register, today).into_iter();
    let all = all.filter(|one| one.rests_until.is_none_or(|until| until < today));
    let said = |words: &String| Some(words.clone()).filter(|words| !words.is_empty());
    all.map(|one| {
        let may_shrink = shorter
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&one.list.name));
        Subscription {
            name: file_name(&one.list.name),
            url: one.list.address.clone(),
            category: one.list.kind.clone(),
            form: Form::of_word(&one.list.form),
            licence: said(&one.list.licence),
            attribution: said(&one.list.attribution),
            every_hours: 24,
            shrink_percent: if may_shrink { 100 } else { SHRINK_PERCENT },
            let_through: None,
        }
    })
    .collect()
}

/// What a list is called as a file: small letters, digits, dots and dashes.
fn file_name(name: &str) -> String {
    let letter = |letter: char| match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '0'..='9' | '.' | '-' | '_') => letter,
        _ => '-',
    };
    let own: String = name.chars().map(letter).take(60).collect();
    own.trim_start_matches('.').to_owned()
}

/// Names that were open and used in the last days, one a line.
fn used_lately(app: &App, folder: &Folder) -> String {
    let traces = folder.traces();
    let Ok(key) = secret(&folder.secret(), false) else {
        return String::new();
    };
    if !traces.exists() {
        return String::new();
    }
    let query = Query {
        open: Some(true),
        ..Query::default()
    };
    let today = app.now().date();
    let reader = Reader::of_folder(&traces, &key);
    let found = query.ask(&reader, minus_days(today, USED_DAYS), today);
    let names = found
        .by_name
        .into_keys()
        .filter(|name| gate::names::normal(name).is_ok());
    names.map(|name| name + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_file_whatever_it_is_called() {
        assert_eq!(file_name("Adult sites: (UT1)"), "adult-sites---ut1-");
        assert_eq!(file_name("../../etc"), "-..-etc");
        assert_eq!(file_name("games.txt"), "games.txt");
    }
}
