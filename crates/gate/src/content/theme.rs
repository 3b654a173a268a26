//! What pages are judged for.

use serde::{Deserialize, Serialize};

/// What a page may be about that is not for the people of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Hurting oneself.
    SelfHarm,
    /// Ending one's life.
    Suicide,
    /// Starving, and being proud of it.
    EatingDisorders,
    /// Hatred of people for what they are.
    Hate,
    /// Winning people for violence.
    Extremism,
    /// Violence against women and girls, and contempt that leads to it.
    ViolenceAgainstWomen,
    /// Sexual content.
    Sexual,
    /// Selling, making and praising drugs.
    Drugs,
    /// Gambling.
    Gambling,
    /// Bullying, and winning a child's trust to harm them.
    Bullying,
}

impl Theme {
    /// How many there are.
    pub const COUNT: usize = 10;

    /// All of them.
    pub const ALL: [Theme; Theme::COUNT] = [
        Theme::SelfHarm,
        Theme::Suicide,
        Theme::EatingDisorders,
        Theme::Hate,
        Theme::Extremism,
        Theme::ViolenceAgainstWomen,
        Theme::Sexual,
        Theme::Drugs,
        Theme::Gambling,
        Theme::Bullying,
    ];

    /// As plans and files have it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Theme::SelfHarm => "self-harm",
            Theme::Suicide => "suicide",
            Theme::EatingDisorders => "eating-disorders",
            Theme::Hate => "hate",
            Theme::Extremism => "extremism",
            Theme::ViolenceAgainstWomen => "violence-against-women",
            Theme::Sexual => "sexual",
            Theme::Drugs => "drugs",
            Theme::Gambling => "gambling",
            Theme::Bullying => "bullying",
        }
    }

    /// As people say it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Theme::SelfHarm => "self-harm",
            Theme::Suicide => "suicide",
            Theme::EatingDisorders => "eating disorders",
            Theme::Hate => "hatred of people",
            Theme::Extremism => "extremism",
            Theme::ViolenceAgainstWomen => "violence against women and girls",
            Theme::Sexual => "sexual content",
            Theme::Drugs => "drugs",
            Theme::Gambling => "gambling",
            Theme::Bullying => "bullying or grooming",
        }
    }

    /// Its place among all of them.
    pub(crate) fn place(self) -> usize {
        let mut all = Theme::ALL.iter();
        // INVARIANT: each theme is among all themes; a test goes through them.
        all.position(|one| *one == self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_theme_has_a_place_and_a_key_that_files_read() {
        for (at, theme) in Theme::ALL.into_iter().enumerate() {
            assert_eq!(theme.place(), at);
            let read: Theme = serde_json::from_value(theme.key().into()).unwrap();
            assert_eq!(read, theme);
        }
    }
}
