//! Weighted phrases as one automaton. A phrase is words beside each other, with ways to say it in
//! brackets: `how to (hide|cover) (cuts|scars)`. Parts with ` + ` between them are near each other in
//! any order. A star ends a word that goes on: `starv*`.

use super::{Theme, letters::words_of};
use crate::ours;
use aho_corasick::{Anchored, automaton::Automaton, nfa::contiguous::NFA};
use std::{collections::HashMap, sync::OnceLock};

/// The most ways in which one phrase is said.
const WAYS_MAX: usize = 4_096;

/// States of the automaton so near its beginning are laid out for speed.
const DENSE: usize = 5;

/// The most parts of a phrase that are near each other.
pub(super) const PARTS_MAX: usize = 4;

/// What a phrase speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// For a theme.
    For(Theme),
    /// For help, learning, news: against all themes.
    Against,
}

/// A phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) speaks: Speaks,
    pub(super) weight: u16,
    /// As it stands in the file.
    pub(super) text: String,
}

/// What a match is: the part of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) phrase: u32,
    pub(super) part: u8,
    /// How many parts the phrase has.
    pub(super) of: u8,
}

/// All phrases.
pub struct Phrases {
    pub(super) automaton: NFA,
    pub(super) phrases: Vec<Phrase>,
    /// The parts that patterns are, one pattern behind the other.
    parts: Vec<Part>,
    /// Where those of each pattern end.
    ends: Vec<u32>,
    ways: usize,
}

/// Why phrases can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PhrasesError {
    /// A phrase says nothing, or too many things.
    #[error("the phrase '{0}' has no words, too many parts or too many ways to be said")]
    Phrase(String),
    /// There are too many of them.
    #[error("the phrases make no automaton: {0}")]
    Build(#[from] aho_corasick::BuildError),
}

impl Phrases {
    /// What we ship.
    ///
    /// # Errors
    ///
    /// They can't be used; a test sees to it that they can.
    pub fn ours() -> Result<&'static Phrases, &'static PhrasesError> {
        static OURS: OnceLock<Result<Phrases, PhrasesError>> = OnceLock::new();
        OURS.get_or_init(|| Phrases::build(ours::phrases()))
            .as_ref()
    }

    fn build(given: &[ours::Phrase]) -> Result<Phrases, PhrasesError> {
        let mut of_pattern: HashMap<String, usize> = HashMap::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut parts: Vec<Vec<Part>> = Vec::new();
        let mut phrases = Vec::with_capacity(given.len());
        for (number, one) in (0_u32..).zip(given) {
            let wrong = || PhrasesError::Phrase(one.text.clone());
            let said: Vec<&str> = one.text.split(" + ").collect();
            if said.len() > PARTS_MAX {
                return Err(wrong());
            }
            for (part, text) in (0_u8..).zip(&said) {
                for pattern in ways(text).ok_or_else(wrong)? {
                    let at = *of_pattern.entry(pattern.clone()).or_insert(patterns.len());
                    if at == patterns.len() {
                        patterns.push(pattern);
                        parts.push(Vec::new());
                    }
                    if let Some(own) = parts.get_mut(at) {
                        let part = Part {
                            phrase: number,
                            part,
                            of: u8::try_from(said.len()).unwrap_or(u8::MAX),
                        };
                        if !own.contains(&part) {
                            own.push(part);
                        }
                    }
                }
            }
            phrases.push(Phrase {
                speaks: one.theme.map_or(Speaks::Against, Speaks::For),
                weight: one.weight,
                text: one.text.clone(),
            });
        }
        let mut all = 0_u32;
        let ends = parts.iter().map(|own| {
            all = all.saturating_add(u32::try_from(own.len()).unwrap_or(u32::MAX));
            all
        });
        Ok(Phrases {
            automaton: NFA::builder().dense_depth(DENSE).build(&patterns)?,
            ways: patterns.len(),
            phrases,
            ends: ends.collect(),
            parts: parts.into_iter().flatten().collect(),
        })
    }

    /// The parts that a pattern is, by its number.
    pub(super) fn parts_of(&self, pattern: usize) -> &[Part] {
        let end = |at: usize| {
            self.ends
                .get(at)
                .map_or(0, |end| usize::try_from(*end).unwrap_or(0))
        };
        let start = pattern.checked_sub(1).map_or(0, end);
        self.parts.get(start..end(pattern)).unwrap_or_default()
    }

    /// How many ways to say something are known.
    #[must_use]
    pub fn ways(&self) -> usize {
        self.ways
    }

    /// How often the bare automaton matches in some bytes: what judging is measured by.
    #[must_use]
    pub fn matches_alone(&self, bytes: &[u8]) -> usize {
        let Ok(mut state) = self.automaton.start_state(Anchored::No) else {
            return 0;
        };
        let mut matches = 0;
        for byte in bytes {
            state = self.automaton.next_state(Anchored::No, state, *byte);
            if self.automaton.is_special(state) && self.automaton.is_match(state) {
                matches += self.automaton.match_len(state);
            }
        }
        matches
    }

    /// How many phrases speak for a theme.
    #[must_use]
    pub fn count(&self, theme: Theme) -> usize {
        let all = self.phrases.iter();
        all.filter(|phrase| phrase.speaks == Speaks::For(theme))
            .count()
    }
}

/// All ways in which a part is said, with a space before it, and one behind it where its last word is
/// whole.
fn ways(text: &str) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('(') {
        let (choices, after) = behind.split_once(')')?;
        all = all
            .iter()
            .flat_map(|begun| {
                choices
                    .split('|')
                    .map(move |one| format!("{begun}{before}{one}"))
            })
            .collect();
        if all.len() > WAYS_MAX {
            return None;
        }
        rest = after;
    }
    let mut done: Vec<String> = Vec::with_capacity(all.len());
    for begun in all {
        let whole = format!("{begun}{rest}");
        let words = words_of(whole.trim_end_matches('*'));
        if words.is_empty() {
            return None;
        }
        let end = if whole.ends_with('*') { "" } else { " " };
        done.push(format!(" {words}{end}"));
    }
    Some(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_that_we_ship_can_be_used() {
        let phrases = Phrases::ours().unwrap();
        for theme in Theme::ALL {
            assert!(
                phrases.count(theme) >= 40,
                "{theme:?}: {}",
                phrases.count(theme)
            );
        }
        assert!(phrases.ways() >= 3_000, "{}", phrases.ways());
    }

    #[test]
    fn ways_to_say_a_phrase_are_written_out() {
        let all = ways("how to (hide|cover) (my |)scars*").unwrap();
        assert_eq!(
            all,
            [
                " how to hide my scars",
                " how to hide scars",
                " how to cover my scars",
                " how to cover scars"
            ]
        );
        assert_eq!(ways("Don't").unwrap(), [" dont "]);
        assert_eq!(ways("( )"), None);
    }
}
