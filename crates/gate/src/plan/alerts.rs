//! What is told at once to whoever looks after people: themes, how soon they matter, for whom, and
//! what is quiet for a while because it is meant to be asked for. Nothing here opens or closes.

use super::{Plan, PlanError};
use crate::news::Severity;
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};

const THEMES_MAX: usize = 64;
const QUIET_MAX: usize = 256;
const WORDS_MAX: usize = 64;
const WORD_LETTERS_MAX: usize = 100;

/// For how many minutes repeats are one alert, where nothing is said.
const FOLD_MINUTES: u32 = 10;

/// The longest that repeats are one alert, in minutes.
const FOLD_MINUTES_MAX: u32 = 24 * 60;

/// What is told at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alerts {
    /// The themes; what belongs to none is never an alert.
    #[serde(rename = "theme", default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// What is quiet for a while.
    #[serde(rename = "quiet", default, skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<Quiet>,
    /// For how many minutes repeats by the same device about the same theme are one alert.
    #[serde(default = "fold_minutes")]
    pub fold_minutes: u32,
}

/// A theme that may be a worry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// What it is called: `self-harm`. The sets of phrases are called so too.
    pub name: String,
    /// Categories of the lists whose names belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// How soon somebody has to look at it.
    #[serde(default)]
    pub severity: Severity,
    /// For which profiles; for all, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// What is open is told too, and not only what was closed.
    #[serde(default)]
    pub when_open: bool,
}

/// Something that is meant to be asked for until a time: a topic of the week, a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// Until when.
    pub until: Moment,
    /// Themes that are quiet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Words: what is asked for and has one of them is quiet, in small letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Only in these rooms; everywhere, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<String>,
    /// Only for these profiles; for all, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
}

fn fold_minutes() -> u32 {
    FOLD_MINUTES
}

impl Default for Alerts {
    fn default() -> Self {
        Alerts {
            themes: Vec::new(),
            quiet: Vec::new(),
            fold_minutes: FOLD_MINUTES,
        }
    }
}

impl Alerts {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.themes.is_empty() && self.quiet.is_empty()
    }
}

impl Quiet {
    /// Whether what was asked for, in small letters, about a theme is quiet at a moment.
    #[must_use]
    pub fn covers(
        &self,
        theme: &str,
        asked: &str,
        (room, profile): (Option<&str>, Option<&str>),
        at: Moment,
    ) -> bool {
        let is_there = |only: &[String], own: Option<&str>| {
            only.is_empty() || own.is_some_and(|own| only.iter().any(|one| one == own))
        };
        at < self.until
            && is_there(&self.rooms, room)
            && is_there(&self.profiles, profile)
            && (self.themes.iter().any(|own| own == theme)
                || self.words.iter().any(|word| asked.contains(word.as_str())))
    }
}

/// Checks what is told, and brings words into small letters.
pub(super) fn checked(plan: &mut Plan) -> Result<(), PlanError> {
    let wrong = |words: String| Err(PlanError::Content(words));
    let alerts = &plan.alerts;
    if alerts.themes.len() > THEMES_MAX || alerts.quiet.len() > QUIET_MAX {
        return wrong(format!(
            "it has more than {THEMES_MAX} themes or {QUIET_MAX} that are quiet"
        ));
    }
    if !(1..=FOLD_MINUTES_MAX).contains(&alerts.fold_minutes) {
        return wrong(format!(
            "repeats are one alert for 1 to {FOLD_MINUTES_MAX} minutes"
        ));
    }
    let known = |name: &String| plan.profiles.iter().any(|profile| profile.name == *name);
    for theme in &alerts.themes {
        if theme.name.is_empty() || theme.name.chars().count() > WORD_LETTERS_MAX {
            return wrong("a theme has no name, or a very long one".to_owned());
        }
        if let Some(other) = theme.profiles.iter().find(|name| !known(name)) {
            let name = &theme.name;
            return wrong(format!("the theme '{name}' names no profile: '{other}'"));
        }
    }
    for quiet in &mut plan.alerts.quiet {
        if quiet.words.len() > WORDS_MAX {
            return wrong(format!("more than {WORDS_MAX} words are quiet at once"));
        }
        for word in &mut quiet.words {
            *word = word.trim().to_lowercase();
        }
        // An empty word would be in everything that is asked for.
        quiet.words.retain(|word| !word.is_empty());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(alerts: &str) -> Result<Plan, PlanError> {
        let profiles = "[[profile]]\nname = \"children\"\n[[profile]]\nname = \"staff\"\n";
        Plan::read(&format!("{profiles}{alerts}\n"))
    }

    #[test]
    fn a_theme_is_for_profiles_that_are_there() {
        let known = "[[alerts.theme]]\nname = \"self-harm\"\nprofiles = [\"staff\"]";
        assert_eq!(plan(known).unwrap().alerts.themes.len(), 1);
        assert!(plan(&known.replace("staff", "nobody")).is_err());
        assert!(plan("[alerts]\nfold_minutes = 0").is_err());
        assert!(plan("").unwrap().alerts.is_nothing());
    }

    #[test]
    fn what_is_meant_to_be_asked_for_is_quiet_there_and_until_then_only() {
        let quiet = r#"[[alerts.quiet]]
until = "2026-10-02T22:59:59Z"
words = [" Self-Harm", ""]
rooms = ["room-2"]"#;
        let plan = plan(quiet).unwrap();
        let quiet = &plan.alerts.quiet[0];
        let (before, after) = (quiet.until.plus_minutes(-1), quiet.until.plus_minutes(1));
        let here = (Some("room-2"), None);
        let is_quiet = |asked: &str, place, at| quiet.covers("self-harm", asked, place, at);
        assert!(is_quiet("self-harm.example", here, before));
        assert!(!is_quiet("self-harm.example", here, after));
        assert!(!is_quiet(
            "self-harm.example",
            (Some("room-3"), None),
            before
        ));
        assert!(!is_quiet("other.example", here, before));
    }
}
