//! Fetches lists that are due, and makes the file of lists anew where one of them changed.

use super::super::{complain, say};
use crate::clock;
use anyhow::Context;
use gate::{
    lists::{Bounds, Fetching, Subscribed, Subscription},
    news::{ListState, Lists, News, Spool},
};
use serde::Deserialize;
use std::{collections::HashSet, path::PathBuf, process::ExitCode};

/// The largest file of subscriptions, and of names that were used.
const TEXT_BYTES_MAX: u64 = 64 << 20;

/// What to fetch, and where it goes.
#[derive(clap::Args)]
pub(crate) struct Asked {
    /// The lists, as TOML: a part [[list]] for each, with name, url, category, and if you like form,
    /// licence, attribution, every_hours, shrink_percent and let_through.
    lists: PathBuf,
    /// The folder in which the lists lie.
    #[arg(long)]
    folder: PathBuf,
    /// The file to make of them. One that is there is replaced only when all is well.
    #[arg(short = 'o', long = "file")]
    file: PathBuf,
    /// Names that were used here in the last 30 days, one a line: an update that would close one of
    /// them is held back.
    #[arg(long)]
    used: Option<PathBuf>,
    /// Further authorities that may vouch for places of lists, as PEM.
    #[arg(long)]
    authorities: Option<PathBuf>,
    /// The folder of news, in which it is told how the lists are.
    #[arg(long)]
    news: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    #[serde(rename = "list")]
    lists: Vec<Subscription>,
}

pub(super) fn run(asked: &Asked) -> anyhow::Result<ExitCode> {
    let text = read(&asked.lists)?;
    let catalogue: Catalogue = toml::from_str(&text)
        .with_context(|| format!("{} could not be read", asked.lists.display()))?;
    let used = match &asked.used {
        None => HashSet::new(),
        Some(path) => used(&read(path)?),
    };
    let fetching = Fetching::new(asked.authorities.as_deref(), Bounds::default())?;
    let subscribed = Subscribed {
        folder: &asked.folder,
        file: &asked.file,
        used: &used,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let now = clock::now();
    let round = runtime.block_on(subscribed.look(&catalogue.lists, &fetching, now))?;
    for list in &round.lists {
        tell(list);
    }
    if let Some(report) = &round.made {
        let file = asked.file.display();
        say(&format!("{} names in {file}", report.names));
    }
    let is_held = round.lists.iter().any(|list| list.held.is_some());
    // Nothing is told where nothing was due.
    let is_news = round.lists.iter().any(|list| list.checked == Some(now));
    if let (Some(folder), true) = (&asked.news, is_news) {
        let news = News::Lists(Lists {
            at: now,
            lists: round.lists,
        });
        Spool::open(folder)?.tell(news, now, getrandom::u64().unwrap_or(0))?;
    }
    Ok(match is_held {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

fn read(path: &PathBuf) -> anyhow::Result<String> {
    let bytes = std::fs::metadata(path)
        .with_context(|| path.display().to_string())?
        .len();
    anyhow::ensure!(bytes <= TEXT_BYTES_MAX, "{} is too large", path.display());
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn used(text: &str) -> HashSet<String> {
    let names = text
        .lines()
        .filter_map(|line| gate::names::normal(line).ok());
    names.map(std::borrow::Cow::into_owned).collect()
}

fn tell(list: &ListState) {
    say(&format!(
        "{}: {} names, {} lines not used",
        list.name, list.names, list.skipped
    ));
    if let Some(why) = &list.held {
        complain(&format!(
            "{}: the version of before stays: {why}",
            list.name
        ));
    }
}
