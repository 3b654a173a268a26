//! Lists that are fetched: when each is due, whether what came may take the place of what is there,
//! and how each stands. What is held back waits beside it until two people let it through.

use super::{
    Asked, CompileError, Compiling, Entry, Form, Report, Tally, compile, detect,
    fetch::{Came, Fetching, Known},
    read,
};
use crate::{
    names::{normal, upwards},
    news::ListState,
    ours::must_stay_open,
};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};
use xxhash_rust::xxh3::xxh3_64;

/// How often a list is asked for, in hours, where nothing is said; and at most.
const EVERY_HOURS: u32 = 24;
const EVERY_HOURS_MAX: u32 = 24 * 14;

/// By how many in a hundred a list may shrink, where nothing is said.
const SHRINK_PERCENT: u64 = 20;

/// How long one waits that failed, in minutes: twice as long each time.
const AGAIN_MINUTES: i64 = 10;

/// Endings of the files beside a list.
const BESIDE: [&str; 3] = [".next", ".held", ".state.json"];

/// Names that are told of those that would be closed.
const TOLD: usize = 3;

/// A list that is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// What it is called: small letters, digits, dots and dashes. Its file is called so too.
    pub name: String,
    /// Where it is: `https://…`.
    pub url: String,
    /// What its names are.
    pub category: String,
    /// Its form; found out where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// On what terms it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Who is to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// How often it is asked for, in hours.
    #[serde(default = "every_hours")]
    pub every_hours: u32,
    /// By how many in a hundred it may shrink.
    #[serde(default = "shrink_percent")]
    pub shrink_percent: u64,
    /// The SHA-256 of a version that was held back and that two people let through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub let_through: Option<String>,
}

fn every_hours() -> u32 {
    EVERY_HOURS
}

fn shrink_percent() -> u64 {
    SHRINK_PERCENT
}

/// What is known of a list between two looks; a file beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct State {
    etag: Option<String>,
    modified: Option<String>,
    sum: Option<String>,
    names: u64,
    skipped: u64,
    fetched: Option<Moment>,
    checked: Option<Moment>,
    failed: u32,
    held: Option<String>,
    held_sum: Option<String>,
}

/// Why lists could not be looked after.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// A name can't be that of a file.
    #[error("'{0}' can't be the name of a list: small letters, digits, dots and dashes are")]
    Name(String),
    /// The folder can't be used.
    #[error("the folder of lists can't be used")]
    Folder(#[from] io::Error),
    /// The file can't be made.
    #[error(transparent)]
    Compile(#[from] CompileError),
}

/// What came of a round.
#[derive(Debug, Default)]
pub struct Round {
    /// How each list stands.
    pub lists: Vec<ListState>,
    /// How the new file was made, where one was.
    pub made: Option<Report>,
}

/// A folder of lists that are fetched.
pub struct Subscribed<'a> {
    /// Where the lists lie.
    pub folder: &'a Path,
    /// The file that is made of them.
    pub file: &'a Path,
    /// Names that were used here in the last 30 days: an update that would close one is held back.
    pub used: &'a HashSet<String>,
}

impl Subscription {
    /// Whether it is asked for now: not all at the same hour.
    fn is_due(&self, state: &State, now: Moment) -> bool {
        let Some(checked) = state.checked else {
            return true;
        };
        let hours = i64::from(self.every_hours.clamp(1, EVERY_HOURS_MAX));
        let chance = i64::try_from(xxh3_64(self.name.as_bytes()) % 100).unwrap_or(0);
        let usual = hours * 54 + hours * 12 * chance / 100;
        let again = AGAIN_MINUTES << state.failed.min(8);
        let minutes = match state.failed {
            0 => usual,
            _ => usual.min(again),
        };
        now < checked || now >= checked.plus_minutes(minutes)
    }

    fn fits(&self) -> bool {
        let letters = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
        (1..=60).contains(&self.name.len())
            && !self.name.starts_with('.')
            && self.name.bytes().all(letters)
            && !BESIDE.iter().any(|ending| self.name.ends_with(ending))
    }
}

impl Subscribed<'_> {
    /// Asks for each list that is due, takes what may be taken, and makes the file anew where
    /// something changed.
    ///
    /// # Errors
    ///
    /// Where a name or the folder can't be used, or the file can't be made. What is in use stays.
    pub async fn look(
        &self,
        all: &[Subscription],
        fetching: &Fetching,
        now: Moment,
    ) -> Result<Round, SubscribeError> {
        if let Some(one) = all.iter().find(|one| !one.fits()) {
            return Err(SubscribeError::Name(one.name.clone()));
        }
        fs::create_dir_all(self.folder)?;
        let mut round = Round::default();
        let mut changed = !self.file.exists();
        for one in all {
            let mut state = self.state(one);
            if one.is_due(&state, now) {
                changed |= self.ask(one, &mut state, fetching, now).await?;
            } else if one.let_through.is_some() && one.let_through == state.held_sum {
                changed |= self.let_through(one, &mut state, now)?;
            }
            self.keep(one, &state)?;
            round.lists.push(told(one, &state));
        }
        if changed {
            round.made = self.make(all)?;
        }
        Ok(round)
    }

    fn place(&self, one: &Subscription, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", one.name))
    }

    fn state(&self, one: &Subscription) -> State {
        let text = fs::read_to_string(self.place(one, ".state.json"));
        let state = text.ok().and_then(|text| serde_json::from_str(&text).ok());
        // A list that is not there is fetched whole, whatever is known of it.
        let is_there = self.place(one, "").exists();
        state.filter(|_| is_there).unwrap_or_default()
    }

    fn keep(&self, one: &Subscription, state: &State) -> io::Result<()> {
        let file = tempfile::NamedTempFile::new_in(self.folder)?;
        serde_json::to_writer_pretty(&file, state)?;
        file.as_file().sync_all()?;
        file.persist(self.place(one, ".state.json"))
            .map_err(|error| error.error)?;
        Ok(())
    }

    /// Whether there is another version in use now.
    async fn ask(
        &self,
        one: &Subscription,
        state: &mut State,
        fetching: &Fetching,
        now: Moment,
    ) -> Result<bool, SubscribeError> {
        let next = self.place(one, ".next");
        let known = Known {
            etag: state.etag.clone(),
            modified: state.modified.clone(),
        };
        let came = fetching.fetch(one, &known, &next).await;
        state.checked = Some(now);
        let (known, sum) = match came {
            Ok(Came::Same) => {
                state.failed = 0;
                return Ok(false);
            }
            Err(error) => {
                state.failed = state.failed.saturating_add(1);
                state.held = Some(error.to_string());
                return Ok(false);
            }
            Ok(Came::New { known, sum }) => (known, sum),
        };
        state.failed = 0;
        if state.sum.as_ref() == Some(&sum) {
            fs::remove_file(&next)?;
            (state.etag, state.modified) = (known.etag, known.modified);
            state.held = None;
            return Ok(false);
        }
        let tally = match self.judged(one, state, &next)? {
            Ok(tally) => tally,
            Err(_) if one.let_through.as_ref() == Some(&sum) => self.counted(one, &next)?.1,
            Err(why) => {
                state.held = Some(format!("{why} (version {sum:.12})"));
                state.held_sum = Some(sum);
                fs::rename(&next, self.place(one, ".held"))?;
                return Ok(false);
            }
        };
        (state.etag, state.modified) = (known.etag, known.modified);
        self.take(one, state, (&next, sum, &tally), now)?;
        Ok(true)
    }

    /// Takes a version that was held back and that two people let through.
    fn let_through(
        &self,
        one: &Subscription,
        state: &mut State,
        now: Moment,
    ) -> Result<bool, SubscribeError> {
        let held = self.place(one, ".held");
        let (Some(sum), true) = (state.held_sum.clone(), held.exists()) else {
            return Ok(false);
        };
        let (_, tally) = self.counted(one, &held)?;
        self.take(one, state, (&held, sum, &tally), now)?;
        Ok(true)
    }

    fn take(
        &self,
        one: &Subscription,
        state: &mut State,
        (from, sum, tally): (&Path, String, &Tally),
        now: Moment,
    ) -> io::Result<()> {
        fs::rename(from, self.place(one, ""))?;
        state.sum = Some(sum);
        state.names = tally.names;
        state.skipped = tally.not_used();
        state.fetched = Some(now);
        (state.held, state.held_sum) = (None, None);
        Ok(())
    }

    /// The names of a list, and how its lines were read.
    fn counted(&self, one: &Subscription, path: &Path) -> io::Result<(HashSet<String>, Tally)> {
        let form = match one.form {
            Some(form) => form,
            None => detect(path)?,
        };
        let missed = self.missed();
        let mut names = HashSet::new();
        // Only names that somebody may miss have to be remembered.
        let tally = read(path, form, |_, entry| {
            if let Entry::Name(name) = entry
                && (missed.contains(name) || must_stay_open().covers(name).is_some())
            {
                names.insert(name.to_owned());
            }
        })?;
        Ok((names, tally))
    }

    /// Every name by which one would be closed that somebody may miss: those, and all above them.
    fn missed(&self) -> HashSet<&str> {
        let used = self.used.iter().map(String::as_str);
        let all = used.chain(must_stay_open().names());
        all.flat_map(upwards).collect()
    }

    /// Whether a version may take the place of the one that is there, or why not.
    fn judged(
        &self,
        one: &Subscription,
        state: &State,
        next: &Path,
    ) -> io::Result<Result<Tally, String>> {
        let (missed, tally) = self.counted(one, next)?;
        if tally.names == 0 {
            return Ok(Err("none of its lines names a site".to_owned()));
        }
        let kept = 100_u64.saturating_sub(one.shrink_percent);
        let least = state.names.saturating_mul(kept) / 100;
        if tally.names < least {
            let words = format!("it has {} names and had {}", tally.names, state.names);
            return Ok(Err(words));
        }
        let now = self.place(one, "");
        let before = match now.exists() {
            true => self.counted(one, &now)?.0,
            false => HashSet::new(),
        };
        let mut closed: Vec<&str> = missed
            .iter()
            .map(String::as_str)
            .filter(|name| !before.contains(*name))
            .filter(|name| normal(name).is_ok())
            .collect();
        closed.sort_unstable();
        if closed.is_empty() {
            return Ok(Ok(tally));
        }
        let some = closed.iter().take(TOLD).copied().collect::<Vec<_>>();
        let count = closed.len();
        let words = format!(
            "it would close {count} names that are used here or must stay open: {}",
            some.join(", ")
        );
        Ok(Err(words))
    }

    /// Makes the file of all lists that are there.
    fn make(&self, all: &[Subscription]) -> Result<Option<Report>, SubscribeError> {
        let there = all.iter().map(|one| (one, self.place(one, "")));
        let there = there.filter(|(_, path)| path.exists());
        let lists: Vec<Asked> = there
            .map(|(one, path)| Asked {
                path,
                category: Some(one.category.clone()),
                form: one.form,
                licence: one.licence.clone(),
                attribution: one.attribution.clone(),
            })
            .collect();
        // Each list was looked at on its own; one that is gone on purpose is no shrinking.
        let what = Compiling {
            lists,
            with_ours: true,
            shrink_percent_max: 100,
            may_shrink: Vec::new(),
        };
        Ok(Some(compile(&what, self.file)?))
    }
}

fn told(one: &Subscription, state: &State) -> ListState {
    ListState {
        name: one.name.clone(),
        category: one.category.clone(),
        names: state.names,
        skipped: state.skipped,
        fetched: state.fetched,
        checked: state.checked,
        held: state.held.clone(),
        licence: one.licence.clone(),
        attribution: one.attribution.clone(),
    }
}
