//! What the network’s side has to know of alerts: the themes that are watched, and the topics that are
//! coming up, for which adults’ alerts are quiet until their day. In the form that the gate reads.

use super::kinds::{Severity, watched};
use crate::{
    devices::kinds::Users,
    filter::profiles::EVERYBODY,
    spine::{in_force::InForce, setting::Setting},
};
use kernel::moment::Moment;
use serde::Serialize;

/// For how many minutes repeats are one alert.
const FOLD_MINUTES: u32 = 10;
/// A word of a topic that is shorter would keep too much quiet, in letters.
const WORD_LETTERS_MIN: usize = 3;

/// What is told at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alerts {
    /// The themes.
    #[serde(rename = "theme", skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// What is quiet for a while.
    #[serde(rename = "quiet", skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<Quiet>,
    /// For how many minutes repeats are one alert.
    pub fold_minutes: u32,
}

/// A theme that is watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// Its key.
    pub name: &'static str,
    /// The kinds of sites that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<&'static str>,
    /// How soon it has to be looked at.
    pub severity: Severity,
}

/// A topic that is coming up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quiet {
    /// Until when.
    pub until: Moment,
    /// Themes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Words, in small letters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// For which profiles: never for children’s.
    pub profiles: Vec<&'static str>,
}

impl Default for Alerts {
    fn default() -> Alerts {
        Alerts {
            themes: Vec::new(),
            quiet: Vec::new(),
            fold_minutes: FOLD_MINUTES,
        }
    }
}

impl Alerts {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.themes.is_empty()
    }
}

/// What is told at once, at a moment; nothing where the policy asks for no alerts.
#[must_use]
pub fn alerts(setting: &Setting, in_force: &InForce, now: Moment) -> Alerts {
    let themes: Vec<Theme> = watched(in_force)
        .into_iter()
        .map(|theme| Theme {
            name: theme.key,
            categories: theme.kinds.to_vec(),
            severity: theme.severity,
        })
        .collect();
    if themes.is_empty() {
        return Alerts::default();
    }
    let adults = EVERYBODY
        .into_iter()
        .filter(|users| *users != Users::Children);
    let adults: Vec<&'static str> = adults.map(Users::key).collect();
    let quiet = setting.filter.topics(now.date()).map(|topic| {
        let noted = &topic.noted;
        let words = noted.words.iter().map(|word| word.trim().to_lowercase());
        Quiet {
            until: Moment::end_of(noted.until),
            themes: noted.themes.clone(),
            words: words
                .filter(|word| word.chars().count() >= WORD_LETTERS_MIN)
                .collect(),
            profiles: adults.clone(),
        }
    });
    let quiet = quiet.filter(|quiet| !quiet.themes.is_empty() || !quiet.words.is_empty());
    Alerts {
        themes,
        quiet: quiet.collect(),
        fold_minutes: FOLD_MINUTES,
    }
}
