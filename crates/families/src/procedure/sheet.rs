//! The sheets that come with the program: one for each kind of thing that can happen, in versions
//! with the day from which they bind and the nations they hold for. They are data; reading them
//! checks everything that the program relies on.

use super::limit::Limit;
use crate::{
    concerns::kinds::Kind,
    education::help::{NATIONAL, Topic},
};
use kernel::{calendar::Nation, moment::Date};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::LazyLock};

/// The longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 10;
/// The most steps of a version.
pub const STEPS_MAX: usize = 40;
/// The most lines of one list.
const LINES_MAX: usize = 12;
/// The longest line, in characters.
const LINE_CHARS_MAX: usize = 900;

/// What to do when one kind of thing has happened.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its id; the control is `procedure.` and this.
    pub id: String,
    /// What has happened.
    pub title: String,
    /// What to say first to whoever reads it.
    pub calm: String,
    /// The kinds of concern that suggest it.
    pub kinds: Vec<Kind>,
    /// How it came about, where the steps differ.
    #[serde(default, rename = "way")]
    pub ways: Vec<Way>,
    /// Its versions, in any order.
    #[serde(rename = "version")]
    pub versions: Vec<Version>,
}

/// How something came about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// Words by which a policy speaks of it.
    #[serde(default)]
    pub same: Vec<String>,
}

/// A version of a sheet. One that was released is never edited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The day from which it binds.
    pub from: toml::value::Datetime,
    /// The nations that it holds for; none: all four.
    #[serde(default)]
    pub nations: Vec<Nation>,
    /// Where it comes from.
    pub source: String,
    /// The steps, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id, one for ever in its sheet.
    pub id: String,
    /// What to do, as an instruction.
    pub title: String,
    /// Who does it.
    pub who: By,
    /// Within what time.
    #[serde(default)]
    pub within: Option<Limit>,
    /// The step from whose end the time is counted; else from when the setting first heard.
    #[serde(default)]
    pub after: Option<String>,
    /// Whether a second person has to agree before it is passed over.
    #[serde(default)]
    pub must: bool,
    /// For whose answer it waits.
    #[serde(default)]
    pub waits: Option<Waits>,
    /// What the program does for it.
    #[serde(default)]
    pub part: Part,
    /// The nations in which it is done; none: all four.
    #[serde(default)]
    pub nations: Vec<Nation>,
    /// The ways for which it is done; none: all.
    #[serde(default)]
    pub ways: Vec<String>,
    /// Whom to call, by their names in the help directory.
    #[serde(default)]
    pub calls: Vec<String>,
    /// Whom else to call: what the help directory has for these topics near by.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// From where on it is done.
    #[serde(default)]
    pub threshold: String,
    /// What to do.
    #[serde(default, rename = "do")]
    pub does: Vec<String>,
    /// What not to do.
    #[serde(default)]
    pub not: Vec<String>,
    /// Words by which a step of a policy is known to be this one.
    #[serde(default)]
    pub same: Vec<String>,
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Whoever notices it.
    Anybody,
    /// The lead or deputy.
    Lead,
    /// The manager, or the chair when it is about the manager.
    Manager,
    /// Whoever looks after personal data.
    Data,
}

/// For whose answer a step waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waits {
    /// The police’s.
    Police,
    /// The designated officer’s.
    Officer,
}

/// What the program does for a step, beyond keeping how it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Nothing more.
    #[default]
    None,
    /// The police’s answer is written down, and frees what waits for it.
    Police,
    /// The designated officer’s answer frees what waits for it.
    Officer,
    /// A device is put out of use.
    Quarantine,
    /// Access is suspended.
    Suspend,
    /// The regulator is told.
    Regulator,
    /// The barring service is told.
    Bar,
    /// A breach of personal data is written down, with its risk.
    Breach,
    /// The Information Commissioner is told, unless there is no risk.
    Commissioner,
    /// People are told, where the risk is high.
    People,
}

impl By {
    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            By::Anybody => "Whoever notices it",
            By::Lead => "The designated safeguarding lead or deputy",
            By::Manager => "The manager, or the chair when it is about the manager",
            By::Data => "Whoever looks after personal data; the manager where nobody does",
        }
    }
}

impl By {
    /// For a sheet on the wall.
    #[must_use]
    pub fn in_short(self) -> &'static str {
        match self {
            By::Anybody => "anybody",
            By::Lead => "lead or deputy",
            By::Manager => "manager or chair",
            By::Data => "data lead",
        }
    }
}

impl Version {
    /// The day from which it binds.
    #[must_use]
    pub fn day(&self) -> Date {
        // INVARIANT: reading the sheet has looked at the date.
        self.from.to_string().parse().unwrap_or(Date::MAX)
    }

    /// Whether it holds for a nation.
    #[must_use]
    pub fn is_in(&self, nation: Nation) -> bool {
        self.nations.is_empty() || self.nations.contains(&nation)
    }

    /// The steps for a nation and a way (empty: any), in order.
    pub fn steps<'a>(&'a self, nation: Nation, way: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| {
            let here = step.nations.is_empty() || step.nations.contains(&nation);
            let so = way.is_empty() || step.ways.is_empty() || step.ways.iter().any(|w| w == way);
            here && so
        })
    }
}

impl Sheet {
    /// The id of its control.
    #[must_use]
    pub fn control(&self) -> String {
        format!("procedure.{}", self.id)
    }

    /// The newest version that binds on a day in a nation; before the first, the first.
    #[must_use]
    pub fn on(&self, nation: Nation, day: Date) -> Option<&Version> {
        let here = || self.versions.iter().filter(|version| version.is_in(nation));
        let binding = here().filter(|version| version.day() <= day);
        binding
            .max_by_key(|version| version.day())
            .or_else(|| here().min_by_key(|version| version.day()))
    }

    /// The way with this id.
    #[must_use]
    pub fn way(&self, id: &str) -> Option<&Way> {
        self.ways.iter().find(|way| way.id == id)
    }
}

const FILES: [&str; 9] = [
    include_str!("../../../../spec/procedures/abuse.toml"),
    include_str!("../../../../spec/procedures/indecent-images.toml"),
    include_str!("../../../../spec/procedures/staff-misuse.toml"),
    include_str!("../../../../spec/procedures/bullying.toml"),
    include_str!("../../../../spec/procedures/hate.toml"),
    include_str!("../../../../spec/procedures/radicalisation.toml"),
    include_str!("../../../../spec/procedures/offensive-material.toml"),
    include_str!("../../../../spec/procedures/police.toml"),
    include_str!("../../../../spec/procedures/data-breach.toml"),
];

static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    // INVARIANT: the files are part of the build, and a test reads each of them.
    FILES.iter().filter_map(|text| read(text).ok()).collect()
});

/// All sheets, in the order of the catalogue.
#[must_use]
pub fn all() -> &'static [Sheet] {
    &SHEETS
}

/// The sheet with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Sheet> {
    SHEETS.iter().find(|sheet| sheet.id == id)
}

/// The sheets that a kind of concern suggests.
pub fn suggested(kind: Kind) -> impl Iterator<Item = &'static Sheet> {
    SHEETS
        .iter()
        .filter(move |sheet| sheet.kinds.contains(&kind))
}

/// The texts of the sheets as they come with the program.
#[must_use]
pub fn files() -> &'static [&'static str] {
    &FILES
}

/// Reads a sheet.
///
/// # Errors
/// What is wrong with it, in one sentence.
pub fn read(text: &str) -> Result<Sheet, String> {
    if text.len() > FILE_BYTES_MAX {
        return Err("The file is too large".to_owned());
    }
    let sheet: Sheet = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    is_id(&sheet.id)?;
    if sheet.versions.is_empty() {
        return Err("There is no version".to_owned());
    }
    let ways: BTreeSet<&str> = sheet.ways.iter().map(|way| way.id.as_str()).collect();
    if ways.len() != sheet.ways.len() {
        return Err("Two ways have the same id".to_owned());
    }
    for nation in Nation::ALL {
        if !sheet.versions.iter().any(|version| version.is_in(nation)) {
            return Err(format!("No version holds for {}", nation.in_words()));
        }
    }
    for version in &sheet.versions {
        check(&sheet, version)?;
    }
    Ok(sheet)
}

fn is_id(id: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c == '-';
    if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
        return Err(format!("“{id}” is no id"));
    }
    Ok(())
}

fn check(sheet: &Sheet, version: &Version) -> Result<(), String> {
    if version.from.to_string().parse::<Date>().is_err() {
        return Err(format!("{} is no day", version.from));
    }
    if version.source.is_empty() || version.steps.is_empty() || version.steps.len() > STEPS_MAX {
        return Err("A version has a source, and 1 to 40 steps".to_owned());
    }
    let mut ids = BTreeSet::new();
    for step in &version.steps {
        is_id(&step.id)?;
        if !ids.insert(step.id.as_str()) {
            return Err(format!("Two steps are called {}", step.id));
        }
        check_step(sheet, version, step)?;
    }
    Ok(())
}

fn check_step(sheet: &Sheet, version: &Version, step: &Step) -> Result<(), String> {
    let wrong = |says: &str| Err(format!("{}: {says}", step.id));
    let lists = [&step.does, &step.not, &step.same];
    if lists.iter().any(|list| list.len() > LINES_MAX) {
        return wrong("a list has more than 12 lines");
    }
    let lines = lists.into_iter().flatten().chain([&step.title]);
    if lines
        .clone()
        .any(|line| line.is_empty() || line.chars().count() > LINE_CHARS_MAX)
    {
        return wrong("a line is empty or too long");
    }
    if step.not.iter().any(|line| !line.starts_with("Do not ")) {
        return wrong("what not to do begins with “Do not”");
    }
    if step.ways.iter().any(|way| sheet.way(way).is_none()) {
        return wrong("it names a way that there is not");
    }
    if step.after.is_some() && step.within.is_none() {
        return wrong("it follows a step without a time");
    }
    for call in &step.calls {
        let Some(help) = NATIONAL.iter().find(|help| help.id == *call) else {
            return Err(format!("{}: the help directory has no {call}", step.id));
        };
        let nations = Nation::ALL
            .into_iter()
            .filter(|nation| step.nations.is_empty() || step.nations.contains(nation));
        if let Some(nation) = nations.into_iter().find(|nation| !help.is_in(*nation)) {
            return Err(format!(
                "{}: {call} does not help in {}",
                step.id,
                nation.in_words()
            ));
        }
    }
    check_reach(sheet, version, step)
}

/// Whatever a step waits for or follows is there wherever the step is.
fn check_reach(sheet: &Sheet, version: &Version, step: &Step) -> Result<(), String> {
    let ways: Vec<&str> = match sheet.ways.is_empty() {
        true => vec![""],
        false => sheet.ways.iter().map(|way| way.id.as_str()).collect(),
    };
    for nation in Nation::ALL
        .into_iter()
        .filter(|nation| version.is_in(*nation))
    {
        for way in &ways {
            let here: Vec<&Step> = version.steps(nation, way).collect();
            if !here.iter().any(|other| other.id == step.id) {
                continue;
            }
            let frees = |part: Part| here.iter().any(|other| other.part == part);
            let answered = match step.waits {
                None => true,
                Some(Waits::Police) => frees(Part::Police),
                Some(Waits::Officer) => frees(Part::Officer),
            };
            let follows = step
                .after
                .as_ref()
                .is_none_or(|after| here.iter().any(|other| other.id == *after));
            if !answered || !follows {
                return Err(format!(
                    "{}: what it waits for or follows is not there in {}",
                    step.id,
                    nation.in_words()
                ));
            }
        }
    }
    Ok(())
}
