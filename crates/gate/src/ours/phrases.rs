//! Phrases that speak for a theme, and ones that speak of help, learning and news, with their weights.

use crate::content::Theme;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::OnceLock};

const TEXTS: &[(Option<Theme>, &str)] = &[
    (
        Some(Theme::SelfHarm),
        include_str!("../../../../spec/filter/phrases/self-harm.toml"),
    ),
    (
        Some(Theme::Suicide),
        include_str!("../../../../spec/filter/phrases/suicide.toml"),
    ),
    (
        Some(Theme::EatingDisorders),
        include_str!("../../../../spec/filter/phrases/eating-disorders.toml"),
    ),
    (
        Some(Theme::Hate),
        include_str!("../../../../spec/filter/phrases/hate.toml"),
    ),
    (
        Some(Theme::Extremism),
        include_str!("../../../../spec/filter/phrases/extremism.toml"),
    ),
    (
        Some(Theme::ViolenceAgainstWomen),
        include_str!("../../../../spec/filter/phrases/violence-against-women.toml"),
    ),
    (
        Some(Theme::Sexual),
        include_str!("../../../../spec/filter/phrases/sexual.toml"),
    ),
    (
        Some(Theme::Drugs),
        include_str!("../../../../spec/filter/phrases/drugs.toml"),
    ),
    (
        Some(Theme::Gambling),
        include_str!("../../../../spec/filter/phrases/gambling.toml"),
    ),
    (
        Some(Theme::Bullying),
        include_str!("../../../../spec/filter/phrases/bullying.toml"),
    ),
    (
        None,
        include_str!("../../../../spec/filter/phrases/against.toml"),
    ),
];

/// A phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The theme that it speaks for; none, where it speaks of help, learning or news.
    pub theme: Option<Theme>,
    /// The language: `en`.
    pub language: String,
    /// How much it counts; 100 closes a page alone.
    pub weight: u16,
    /// How it is said, in the form that `content::Phrases` reads.
    pub text: String,
}

/// All phrases.
pub fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let texts = TEXTS.iter().flat_map(|(theme, text)| read(*theme, text));
        texts.collect()
    })
}

#[derive(Deserialize)]
#[serde(transparent)]
struct File {
    /// By language, by weight.
    languages: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

fn read(theme: Option<Theme>, text: &str) -> Vec<Phrase> {
    // INVARIANT: the text is part of the program, and a test reads it.
    let file = toml::from_str::<File>(text);
    debug_assert!(file.is_ok(), "{theme:?}: {:?}", file.err());
    let languages = file.map(|file| file.languages).unwrap_or_default();
    let mut all = Vec::new();
    for (language, weights) in languages {
        for (weight, texts) in weights {
            let weight = weight.parse().ok();
            debug_assert!(weight.is_some(), "{theme:?}: a weight is no number");
            all.extend(texts.into_iter().map(|text| Phrase {
                theme,
                language: language.clone(),
                weight: weight.unwrap_or_default(),
                text,
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_phrase_has_a_weight_and_is_there_once() {
        let mut seen = BTreeSet::new();
        for phrase in phrases() {
            assert!((5..=120).contains(&phrase.weight), "{phrase:?}");
            let words = (phrase.theme, &phrase.text);
            assert!(seen.insert(words), "{phrase:?} is there twice");
        }
    }

    #[test]
    fn the_languages_of_families_have_phrases_for_each_theme() {
        for theme in Theme::ALL {
            for language in ["en", "pl", "ro", "uk", "ur", "ar"] {
                let own = phrases()
                    .iter()
                    .filter(|one| one.theme == Some(theme) && one.language == language);
                assert!(own.count() >= 3, "{theme:?} in {language}");
            }
        }
    }
}
