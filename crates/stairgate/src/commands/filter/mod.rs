//! The filter from the shell: makes a file of lists, asks it about a name, tries it, and serves it.

mod fetch;
mod proxy;
mod serve;
pub(crate) mod traces;
mod trials;

pub(crate) use proxy::secret;

use super::say;
use crate::clock;
use anyhow::Context;
use gate::{
    check,
    compiled::Compiled,
    lists::{Asked as List, Compiling, Form, Report, compile},
    plan::{Gate, Plan, Verdict},
};
use kernel::moment::Moment;
use serde::Deserialize;
use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// What to do with the filter.
#[derive(clap::Subcommand)]
pub(crate) enum Asked {
    /// Make one file of many lists.
    Compile {
        /// A list or a folder of lists: PATH, CATEGORY=PATH or CATEGORY:FORM=PATH; or a .toml that
        /// names lists with their licence and attribution.
        #[arg(required_unless_present = "ours_alone")]
        lists: Vec<String>,
        /// The file to make. One that is there is replaced only when all is well.
        #[arg(short = 'o', long = "file")]
        file: PathBuf,
        /// Write how every list was read, as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
        /// Leave out what Stairgate ships itself.
        #[arg(long)]
        without_ours: bool,
        /// Only what Stairgate ships itself.
        #[arg(long, conflicts_with_all = ["without_ours", "lists"])]
        ours_alone: bool,
        /// By how many in a hundred a list may have shrunk.
        #[arg(long, default_value = "20")]
        shrink_percent: u64,
        /// A list that may shrink further, by its name.
        #[arg(long)]
        may_shrink: Vec<String>,
    },
    /// Fetch the lists that are due, and make the file anew where one changed.
    Fetch(fetch::Asked),
    /// Say whether a name is open, and why.
    Ask {
        /// The name; a dash reads one a line.
        name: String,
        /// For which profile; the first of the plan where nothing is said.
        #[arg(long)]
        profile: Option<String>,
        /// At which time: 2026-09-01T10:00:00Z, or 2026-09-01T10:00 in the United Kingdom.
        #[arg(long)]
        at: Option<String>,
        #[command(flatten)]
        with: With,
        /// What the lists say alone: without a plan and without names that must stay open.
        #[arg(long, conflicts_with_all = ["plan", "profile", "at"])]
        lists_alone: bool,
        /// As JSON, one verdict a line.
        #[arg(long)]
        json: bool,
    },
    /// Answer names as a name server does, and pages as a web proxy does.
    Serve(Box<serve::Asked>),
    /// Make the file of single pages that are illegal.
    Pages(proxy::MakePages),
    /// Try every profile against every category and every way round.
    Test {
        #[command(flatten)]
        with: With,
        /// At which time.
        #[arg(long)]
        at: Option<String>,
        /// How many names of each category.
        #[arg(long, default_value = "100")]
        names: usize,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What verdicts stand on.
#[derive(clap::Args)]
pub(crate) struct With {
    /// The plan, as TOML or JSON; where there is none, every category is closed for everyone.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// The file of lists.
    #[arg(long, default_value = "stairgate.names")]
    file: PathBuf,
}

/// Lists with their terms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    list: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    path: PathBuf,
    category: Option<String>,
    form: Option<Form>,
    licence: Option<String>,
    attribution: Option<String>,
}

pub(crate) fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    match asked {
        Asked::Compile {
            lists,
            file,
            json,
            without_ours,
            ours_alone: _,
            shrink_percent,
            may_shrink,
        } => {
            let read: anyhow::Result<Vec<Vec<List>>> =
                lists.iter().map(|word| of_word(word)).collect();
            let what = Compiling {
                lists: read?.into_iter().flatten().collect(),
                with_ours: !without_ours,
                shrink_percent_max: shrink_percent,
                may_shrink,
            };
            make(&what, &file, json.as_deref())
        }
        Asked::Ask {
            name,
            profile,
            at,
            with,
            lists_alone,
            json,
        } => {
            let (gate, at) = (with.gate()?, moment(at.as_deref())?);
            let first = gate.plan().profiles.first().map(|first| first.name.clone());
            let profile = profile.or(first).unwrap_or_default();
            let ask = |name: &str| {
                if lists_alone {
                    lists_say(gate.file(), name)
                } else {
                    Ok(gate.verdict(&profile, name, at))
                }
            };
            tell_all(&name, json, ask)
        }
        Asked::Fetch(asked) => fetch::run(&asked),
        Asked::Serve(asked) => serve::run(*asked),
        Asked::Pages(asked) => proxy::make_pages(&asked),
        Asked::Test {
            with,
            at,
            names,
            json,
        } => test(&with.gate()?, moment(at.as_deref())?, names, json),
    }
}

impl With {
    fn gate(&self) -> anyhow::Result<Gate> {
        let file = Compiled::open(&self.file)?;
        let plan = match &self.plan {
            None => Plan::strict(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("{} could not be read", path.display()))?;
                Plan::read(&text)?
            }
        };
        Ok(Gate::new(Arc::new(file), plan))
    }
}

/// The lists that a word of the command line means.
fn of_word(word: &str) -> anyhow::Result<Vec<List>> {
    let path = Path::new(word);
    if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
        return catalogue(path);
    }
    let Some((what, path)) = word.split_once('=').filter(|_| !path.exists()) else {
        return Ok(vec![List {
            path: path.to_path_buf(),
            ..List::default()
        }]);
    };
    let (category, form) = match what.split_once(':') {
        None => (what, None),
        Some((category, form)) => {
            let known = Form::of_word(form);
            anyhow::ensure!(known.is_some(), "there is no form '{form}'");
            (category, known)
        }
    };
    Ok(vec![List {
        path: PathBuf::from(path),
        category: Some(category.to_owned()),
        form,
        ..List::default()
    }])
}

fn catalogue(path: &Path) -> anyhow::Result<Vec<List>> {
    let text = std::fs::read_to_string(path)?;
    let lists: Catalogue =
        toml_of(&text).with_context(|| format!("{} could not be read", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let lists = lists.list.into_iter().map(|list| List {
        path: folder.join(list.path),
        category: list.category,
        form: list.form,
        licence: list.licence,
        attribution: list.attribution,
    });
    Ok(lists.collect())
}

fn toml_of(text: &str) -> anyhow::Result<Catalogue> {
    Ok(toml::from_str(text)?)
}

fn make(what: &Compiling, file: &Path, json: Option<&Path>) -> anyhow::Result<ExitCode> {
    let report = compile(what, file)?;
    for list in &report.lists {
        say(&format!(
            "{} ({}, {}): {} lines, {} used, {} skipped; {} names",
            list.list.name,
            list.list.category,
            list.form,
            list.lines.lines,
            list.lines.used,
            list.lines.not_used(),
            list.list.names
        ));
        for (why, skipped) in &list.lines.skipped {
            say(&format!("    {} skipped: {why}", skipped.count));
        }
    }
    if !report.must_stay_open.is_empty() {
        say(&format!(
            "{} names that must stay open are in lists; they stay open",
            report.must_stay_open.len()
        ));
    }
    say(&format!(
        "{} names in {}, {} bytes of them for answers",
        report.names,
        file.display(),
        report.hot_bytes
    ));
    if let Some(path) = json {
        write_report(&report, path)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_report(report: &Report, path: &Path) -> anyhow::Result<()> {
    std::fs::write(path, serde_json::to_vec_pretty(report)?)
        .with_context(|| format!("{} could not be written", path.display()))
}

/// The time that was asked for, or now.
fn moment(text: Option<&str>) -> anyhow::Result<Moment> {
    let Some(text) = text else {
        return Ok(clock::now());
    };
    if let Ok(moment) = serde_json::from_value(serde_json::Value::from(text)) {
        return Ok(moment);
    }
    let local: jiff::civil::DateTime = text
        .parse()
        .with_context(|| format!("'{text}' is not a time such as 2026-09-01T10:00"))?;
    Ok(Moment::on(local.date(), local.hour(), local.minute()))
}

/// What the lists say, whatever a plan makes of it.
fn lists_say(file: &Compiled, text: &str) -> anyhow::Result<Verdict> {
    let Ok(name) = gate::names::normal(text) else {
        return Ok(Verdict {
            name: text.to_owned(),
            why: "not a name".to_owned(),
            ..Verdict::default()
        });
    };
    let found = file.look(&name)?;
    let categories = &file.about().categories;
    let own = found.categories.numbers();
    let own: Vec<&str> = own
        .filter_map(|at| categories.get(at))
        .map(String::as_str)
        .collect();
    let first = found.hits.first();
    let origin = match first {
        Some(hit) => file.origins(hit)?.into_iter().next(),
        None => None,
    };
    let list = origin.and_then(|origin| file.about().lists.get(usize::from(origin.list)));
    Ok(Verdict {
        open: own.is_empty(),
        why: if own.is_empty() {
            "in no list"
        } else {
            "in a list"
        }
        .to_owned(),
        category: (!own.is_empty()).then(|| own.join(",")),
        listed: first
            .and_then(|hit| name.get(hit.begins..))
            .map(str::to_owned),
        list: list.map(|list| list.name.clone()),
        line: origin.map(|origin| origin.line),
        name: name.into_owned(),
        ..Verdict::default()
    })
}

/// Tells the verdict on one name, or on every line of the input.
fn tell_all(
    name: &str,
    json: bool,
    ask: impl Fn(&str) -> anyhow::Result<Verdict>,
) -> anyhow::Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut tell = |name: &str| -> anyhow::Result<()> {
        let verdict = ask(name)?;
        let words = if json {
            serde_json::to_string(&verdict)?
        } else {
            in_words(&verdict)
        };
        Ok(writeln!(out, "{words}")?)
    };
    if name != "-" {
        tell(name)?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in std::io::stdin().lock().lines() {
        tell(&line?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(verdict: &Verdict) -> String {
    let state = if verdict.open { "open" } else { "closed" };
    let mut words = format!("{}: {state}: {}", verdict.name, verdict.why);
    let mut add = |label: &str, value: Option<&str>| {
        if let Some(value) = value {
            words.push_str(&format!("\n    {label}: {value}"));
        }
    };
    let line = verdict.line.map(|line| line.to_string());
    add("category", verdict.category.as_deref());
    add("listed", verdict.listed.as_deref());
    add("list", verdict.list.as_deref());
    add("line", line.as_deref());
    add("clause", verdict.clause.as_deref());
    add("answered as", verdict.answered_as.as_deref());
    words
}

fn test(gate: &Gate, at: Moment, names: usize, json: bool) -> anyhow::Result<ExitCode> {
    let checked = check::check(gate, at, names)?;
    if json {
        say(&serde_json::to_string_pretty(&checked)?);
    } else {
        for finding in &checked.findings {
            say(&format!("not as it should be: {finding}"));
        }
        for category in &checked.not_covered {
            say(&format!("no list covers {category}"));
        }
        say(&format!(
            "{} questions, {} wrong answers",
            checked.tried, checked.wrong
        ));
    }
    Ok(if checked.wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
