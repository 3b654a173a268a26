//! The plan: for whom what is closed, when, and by which clause. It is a value that is made elsewhere
//! and read here; what it can't say is that something illegal is open, or help closed.

mod alerts;
mod file;
mod floor;
mod gate;
mod look;
mod times;
mod verdict;
mod who;

pub use alerts::{Alerts, Quiet, Theme};
pub use file::{PlanFileError, read_file, write_file};
pub use floor::{Closed, Closing, Floor};
pub use gate::{Because, Decision, Gate};
pub use look::{LooksInto, THRESHOLD, Thresholds};
pub(crate) use times::is_open_at;
pub use verdict::Verdict;
pub(crate) use who::trial_address;
pub use who::{Address, Asker, Device, Person, Seat, Session};

use crate::{
    names::{is_ending, normal},
    ours::must_stay_open,
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const TEXT_BYTES_MAX: usize = 8 << 20;
const PROFILES_MAX: usize = 64;
const NAMES_MAX: usize = 50_000;

/// For how many days traces are kept, where nothing is said.
const KEEP_DAYS: u16 = 90;

/// The most days for which traces are kept, and the most that are held.
const KEEP_DAYS_MAX: u16 = 2_000;

/// Every category of the file, in a profile's list of what is closed.
pub const ALL: &str = "all";

/// For whom what is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The profiles; each device has one at each moment.
    #[serde(rename = "profile", default)]
    pub profiles: Vec<Profile>,
    /// The profile of devices that are not in the plan; without it, all but help is closed for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strangers: Option<String>,
    /// How closed names are answered.
    #[serde(default)]
    pub closing: Closing,
    /// Names of the setting's own network, which may have addresses of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_home: Vec<String>,
    /// What others close here, which no exception of the setting opens.
    #[serde(rename = "floor", default, skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<Floor>,
    /// The devices.
    #[serde(rename = "device", default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
    /// The people.
    #[serde(rename = "person", default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// The sessions that are on, or will be.
    #[serde(rename = "session", default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Names that are open or closed apart from their categories.
    #[serde(rename = "exception", default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
    /// Sites that the web proxy never looks into, beside those that are ours: banks, health, public
    /// bodies. What is below them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_looked_into: Vec<String>,
    /// The web proxy asks whoever it does not know to log in.
    #[serde(default, skip_serializing_if = "is_false")]
    pub log_in: bool,
    /// What is told at once.
    #[serde(default, skip_serializing_if = "Alerts::is_nothing")]
    pub alerts: Alerts,
    /// How long traces are kept.
    #[serde(default)]
    pub traces: Keep,
}

/// How long traces are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Days, today among them.
    #[serde(default = "keep_days")]
    pub days: u16,
    /// Days that stay whatever their age, because somebody holds what was seen on them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub held: BTreeSet<Date>,
    /// People of whom nothing is kept any longer, in the plan's names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub forgotten: BTreeSet<String>,
}

fn keep_days() -> u16 {
    KEEP_DAYS
}

impl Default for Keep {
    fn default() -> Self {
        Keep {
            days: KEEP_DAYS,
            held: BTreeSet::new(),
            forgotten: BTreeSet::new(),
        }
    }
}

/// What is closed for some people or devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What it is called: `children`, `staff`.
    pub name: String,
    /// For children: ways round and engines that can't be made safe are closed, whatever else is said.
    #[serde(default)]
    pub children: bool,
    /// Searches and videos are made safe; for children they always are.
    #[serde(default)]
    pub safe_search: bool,
    /// The most seconds for which a device keeps an answer; 5 for children, 300 for others, where
    /// nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_seconds_max: Option<u32>,
    /// Open are only the approved names.
    #[serde(default)]
    pub limited: bool,
    /// Categories that are closed, or `all`.
    #[serde(default)]
    pub closed: Vec<String>,
    /// Names that are approved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approved: Vec<String>,
    /// When it is open at all; always, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The words of the policy that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The words for a category, or for a theme of `content`, where they are others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clauses: BTreeMap<String, String>,
    /// What pages are closed for that say it, where the web proxy sees what they say: themes, each
    /// with the weight from which a page is closed. 100 is usual; more closes less.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub content: Thresholds,
    /// When pages under TLS are looked into.
    #[serde(default, skip_serializing_if = "LooksInto::is_nothing")]
    pub looks_into: LooksInto,
    /// Downloads that nobody could scan are closed; for children they always are, where a scanner is
    /// set up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub scanned_only: bool,
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// A part of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On which days: `mon`, `tue` …
    pub days: Vec<Day>,
    /// From this time in the United Kingdom, such as `08:00`.
    pub from: Time,
    /// Until this time.
    pub until: Time,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "days need no words")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// A time of day, in hours and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time {
    pub(crate) hour: i8,
    pub(crate) minute: i8,
}

/// A name that is open or closed for some profiles for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The name, and all below it.
    pub name: String,
    /// Whether it is open or closed.
    pub open: bool,
    /// For which profiles; for all, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// When it ends. What opens has to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Why.
    pub reason: String,
    /// The words of the policy that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// Why a plan can't be used. The one before stays in use.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is not TOML or JSON, or has words that a plan does not have.
    #[error("the plan can't be read: {0}")]
    Form(String),
    /// Something that it says does not hold.
    #[error("the plan can't be used: {0}")]
    Content(String),
}

impl Plan {
    /// Reads a plan from TOML, or from JSON where it begins with a brace, and checks it.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
    pub fn read(text: &str) -> Result<Plan, PlanError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(PlanError::Form("it is larger than 8 MB".to_owned()));
        }
        let plan = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| PlanError::Form(error.to_string()))
        } else {
            toml::from_str(text).map_err(|error| PlanError::Form(error.to_string()))
        };
        Plan::checked(plan?)
    }

    /// Checks a plan and brings its names into their normal form.
    ///
    /// # Errors
    ///
    /// Says what does not hold.
    pub fn checked(mut self) -> Result<Plan, PlanError> {
        let wrong = |words: String| Err(PlanError::Content(words));
        if self.profiles.is_empty() || self.profiles.len() > PROFILES_MAX {
            return wrong(format!("it has to have 1 to {PROFILES_MAX} profiles"));
        }
        if self.names() > NAMES_MAX {
            return wrong(format!("it has more than {NAMES_MAX} names"));
        }
        let mut seen = BTreeSet::new();
        for profile in &mut self.profiles {
            if !seen.insert(profile.name.clone()) {
                return wrong(format!("the profile '{}' is there twice", profile.name));
            }
            for name in &mut profile.approved {
                *name = site(name)?;
            }
            for hours in &profile.hours {
                if hours.days.is_empty() || !hours.from.is_before(hours.until) {
                    return wrong(format!("hours of '{}' have no length", profile.name));
                }
            }
        }
        for name in &mut self.at_home {
            *name = normal(name)
                .map_err(|why| PlanError::Content(format!("'{name}': {}", why.words())))?
                .into_owned();
        }
        look::checked(&mut self)?;
        if !(1..=KEEP_DAYS_MAX).contains(&self.traces.days) {
            return wrong(format!("traces are kept for 1 to {KEEP_DAYS_MAX} days"));
        }
        if self.traces.held.len() > usize::from(KEEP_DAYS_MAX) {
            return wrong(format!("more than {KEEP_DAYS_MAX} days are held"));
        }
        alerts::checked(&mut self)?;
        who::checked(&mut self)?;
        floor::checked(&mut self)?;
        self.check_exceptions(&seen)?;
        Ok(self)
    }

    /// How many names it has in all.
    fn names(&self) -> usize {
        let approved = self.profiles.iter().map(|profile| profile.approved.len());
        let floors = self.floors.iter().map(|floor| floor.names.len());
        let sessions = self.sessions.iter().map(|session| session.names.len());
        let lists = approved.chain(floors).chain(sessions);
        lists.fold(
            self.exceptions.len() + self.at_home.len() + self.never_looked_into.len(),
            usize::saturating_add,
        )
    }

    fn check_exceptions(&mut self, seen: &BTreeSet<String>) -> Result<(), PlanError> {
        let wrong = |words: String| Err(PlanError::Content(words));
        for exception in &mut self.exceptions {
            exception.name = site(&exception.name)?;
            let name = &exception.name;
            if let Some(unknown) = exception.profiles.iter().find(|one| !seen.contains(*one)) {
                return wrong(format!(
                    "the exception for {name} names no profile: '{unknown}'"
                ));
            }
            if exception.open && exception.until.is_none() {
                return wrong(format!("the exception that opens {name} has no end"));
            }
            if let (false, Some(group)) = (exception.open, must_stay_open().covers(name)) {
                return wrong(format!("{name} must stay open: {}", group.title));
            }
        }
        Ok(())
    }

    /// A plan with one profile for which every category is closed.
    #[must_use]
    pub fn strict() -> Plan {
        Plan {
            profiles: vec![Profile {
                name: "everyone".to_owned(),
                closed: vec![ALL.to_owned()],
                ..Profile::default()
            }],
            strangers: Some("everyone".to_owned()),
            ..Plan::default()
        }
    }
}

fn site(text: &str) -> Result<String, PlanError> {
    let name = normal(text)
        .map_err(|why| PlanError::Content(format!("'{text}': {}", why.words())))?
        .into_owned();
    if is_ending(&name) {
        let words = format!("'{name}' is a whole ending, under which anybody has names");
        return Err(PlanError::Content(words));
    }
    Ok(name)
}

impl Time {
    fn is_before(self, other: Time) -> bool {
        (self.hour, self.minute) < (other.hour, other.minute)
    }
}

impl TryFrom<String> for Time {
    type Error = String;

    fn try_from(text: String) -> Result<Time, String> {
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
            let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && text.len() == 5;
            fits.then_some(Time { hour, minute })
        };
        read().ok_or(format!("'{text}' is not a time such as 08:30"))
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        format!("{:02}:{:02}", time.hour, time.minute)
    }
}
