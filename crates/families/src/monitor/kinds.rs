//! Themes of alerts: what each may be about, how soon it has to be looked at, the kinds of sites that
//! raise it, and what a concern about it is called. The network’s side calls its sets of phrases so too.

use crate::{concerns::kinds::Kind, spine::in_force::InForce};
use kernel::value::Words;
use serde::{Deserialize, Serialize};

/// How soon somebody has to look at an alert.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// With the others, at the next look.
    Low,
    /// Today.
    #[default]
    Medium,
    /// At once.
    High,
}

impl Severity {
    /// As the plan of the filter has it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }

    /// With this key; one that nobody knows counts as the usual one.
    #[must_use]
    pub fn from_key(key: &str) -> Severity {
        match key {
            "low" => Severity::Low,
            "high" => Severity::High,
            _ => Severity::Medium,
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Severity::Low => "At the next look",
            Severity::Medium => "Today",
            Severity::High => "Now",
        }
    }
}

/// A theme.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Its key.
    pub key: &'static str,
    /// For people.
    pub title: &'static str,
    /// How soon.
    pub severity: Severity,
    /// The kinds of sites that raise it when they are asked for and closed.
    pub kinds: &'static [&'static str],
    /// What a concern about it is.
    pub concern: Kind,
    /// Whether it is watched whatever the policy names.
    pub always: bool,
    /// Words by which policies mean it.
    means: &'static [&'static str],
}

/// All of them, the most urgent first.
pub const THEMES: [Theme; 14] = [
    theme(
        "suicide",
        "Suicide",
        Severity::High,
        Kind::Harm,
        &["suicid"],
    ),
    theme(
        "self-harm",
        "Self-harm",
        Severity::High,
        Kind::Harm,
        &["self-harm", "self harm"],
    )
    .of(&["self-harm"]),
    theme(
        "bullying",
        "Bullying or grooming",
        Severity::High,
        Kind::Grooming,
        &["bully", "groom", "abuse", "exploit"],
    ),
    theme(
        "extremism",
        "Extremism",
        Severity::High,
        Kind::Radicalisation,
        &["extrem", "terror", "radical"],
    )
    .of(&["extremism"]),
    theme(
        "illegal",
        "Illegal material",
        Severity::High,
        Kind::IndecentImage,
        &["illegal", "unlawful", "criminal"],
    ),
    theme(
        "violence-against-women",
        "Violence against women and girls",
        Severity::Medium,
        Kind::Harm,
        &["women", "misogyn"],
    ),
    theme(
        "eating-disorders",
        "Eating disorders",
        Severity::Medium,
        Kind::Harm,
        &["eating"],
    ),
    theme(
        "hate",
        "Hate",
        Severity::Medium,
        Kind::Hate,
        &["hate", "discriminat", "racis"],
    )
    .of(&["hate"]),
    theme(
        "sexual",
        "Sexual content",
        Severity::Medium,
        Kind::Unsuitable,
        &["sexual", "pornograph", "indecent"],
    )
    .of(&["pornography"]),
    theme(
        "violence",
        "Violence and weapons",
        Severity::Medium,
        Kind::Unsuitable,
        &["violence", "violent", "weapon"],
    )
    .of(&["violence", "weapons"]),
    theme(
        "ways-round",
        "Ways round the filter",
        Severity::Medium,
        Kind::Unsuitable,
        &[
            "way round",
            "ways round",
            "bypass",
            "circumvent",
            "proxy",
            "vpn",
        ],
    )
    .of(&["ways-round"]),
    theme("drugs", "Drugs", Severity::Low, Kind::Unsuitable, &["drug"])
        .of(&["drugs"])
        .when_named(),
    theme(
        "gambling",
        "Gambling",
        Severity::Low,
        Kind::Money,
        &["gambl"],
    )
    .of(&["gambling"])
    .when_named(),
    theme(
        "unusual",
        "Unusual activity",
        Severity::Low,
        Kind::Unsuitable,
        &["unusual", "suspicious"],
    )
    .when_named(),
];

const fn theme(
    key: &'static str,
    title: &'static str,
    severity: Severity,
    concern: Kind,
    means: &'static [&'static str],
) -> Theme {
    Theme {
        key,
        title,
        severity,
        kinds: &[],
        concern,
        always: true,
        means,
    }
}

impl Theme {
    const fn of(self, kinds: &'static [&'static str]) -> Theme {
        Theme { kinds, ..self }
    }

    const fn when_named(self) -> Theme {
        Theme {
            always: false,
            ..self
        }
    }
}

/// For forms: key and label.
pub const KEYS: &[(&str, &str)] = &[
    ("suicide", "Suicide"),
    ("self-harm", "Self-harm"),
    ("bullying", "Bullying or grooming"),
    ("extremism", "Extremism"),
    ("violence-against-women", "Violence against women and girls"),
    ("eating-disorders", "Eating disorders"),
    ("hate", "Hate"),
    ("sexual", "Sexual content"),
    ("violence", "Violence and weapons"),
    ("drugs", "Drugs"),
    ("gambling", "Gambling"),
];

/// The theme with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Theme> {
    THEMES.iter().find(|theme| theme.key == key)
}

/// A theme for people; one that this program does not know has its key.
#[must_use]
pub fn in_words(key: &str) -> &str {
    find(key).map_or(key, |theme| theme.title)
}

/// The themes that are watched: those of every policy, and what this one names of the rest. None
/// where the policy asks for no alerts.
#[must_use]
pub fn watched(in_force: &InForce) -> Vec<&'static Theme> {
    let Some(running) = in_force.find(super::ALERTS) else {
        return Vec::new();
    };
    let named = running.bound.values.get("themes");
    let named = Words(named.map(kernel::value::Value::words).unwrap_or_default());
    let is_meant = |theme: &&Theme| theme.always || named.iter().any(|words| theme.is_meant(words));
    THEMES.iter().filter(is_meant).collect()
}

impl Theme {
    /// Whether a policy means it by these words.
    #[must_use]
    pub fn is_meant(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        self.means.iter().any(|part| words.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_policy_means_a_theme_and_each_choice_is_one() {
        for (words, key) in [
            ("grooming", "bullying"),
            ("Unusual activity", "unusual"),
            ("extremism and terrorism", "extremism"),
            ("attempts to bypass the filter", "ways-round"),
        ] {
            let found = THEMES.iter().find(|theme| theme.is_meant(words));
            assert_eq!(found.map(|theme| theme.key), Some(key), "{words}");
        }
        for (key, title) in KEYS {
            assert_eq!(find(key).map(|theme| theme.title), Some(*title));
        }
    }

    #[test]
    fn a_severity_is_read_as_it_was_written() {
        for severity in [Severity::Low, Severity::Medium, Severity::High] {
            assert_eq!(Severity::from_key(severity.key()), severity);
        }
    }
}
