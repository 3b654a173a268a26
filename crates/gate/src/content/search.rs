//! Words that somebody searches for, out of the address of an engine, and what they may be about.

use super::{
    judge::{Finding, Judge},
    letters::words_of,
    markup::Kind,
};
use crate::{ours::Engine, plan::Thresholds};
use std::borrow::Cow;

/// The most letters of a search that are looked at.
const LETTERS_MAX: usize = 400;
/// A search is short: what would be a part of a page is enough for it, in percent.
const SHARE: u16 = 45;
/// The least weight that is a finding in a search.
const LEAST: u16 = 30;

/// What was searched for, where an address is one of a known engine or video site.
#[must_use]
pub fn search_words(host: &str, query: Option<&str>) -> Option<String> {
    let engine = Engine::of_name(host)?;
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    let mut said = pairs.filter(|(name, _)| engine.words.iter().any(|own| own == name));
    let words = said.find_map(|(_, value)| {
        let value = plain(value);
        let value = value.trim();
        (!value.is_empty()).then(|| value.chars().take(LETTERS_MAX).collect::<String>())
    })?;
    Some(words)
}

/// What a search may be about.
#[must_use]
pub fn judge_search(words: &str, thresholds: &Thresholds) -> Option<Finding> {
    let lower = |weight: &u16| (u32::from(*weight) * u32::from(SHARE) / 100).max(u32::from(LEAST));
    let thresholds: Thresholds = thresholds
        .iter()
        .map(|(theme, weight)| (*theme, u16::try_from(lower(weight)).unwrap_or(u16::MAX)))
        .collect();
    let mut judge = Judge::begin(Kind::Plain, &thresholds)?;
    judge.take(&words_of(words));
    judge.end();
    judge.finding()
}

/// Undoes how a browser writes words in an address.
fn plain(value: &str) -> Cow<'_, str> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let pair = behind.first_chunk::<2>().filter(|_| *first == b'%');
        let value = pair.and_then(|pair| {
            let digits = core::str::from_utf8(pair).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        match (value, first) {
            (Some(value), _) => {
                bytes.push(value);
                rest = behind.get(2..).unwrap_or_default();
            }
            (None, b'+') => bytes.push(b' '),
            (None, other) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Theme;

    #[test]
    fn words_are_read_from_engines_and_from_nothing_else() {
        let words = |host: &str, query: &str| search_words(host, Some(query));
        let said = words("www.google.co.uk", "hl=en&q=pond+dipping%20caf%C3%A9&x=1");
        assert_eq!(said.as_deref(), Some("pond dipping café"));
        assert_eq!(
            words("www.youtube.com", "search_query=ducks").as_deref(),
            Some("ducks")
        );
        assert_eq!(words("www.google.co.uk", "hl=en"), None);
        assert_eq!(words("ponds.example", "q=ducks"), None);
        assert_eq!(words("www.bing.com", "q=%"), Some("%".to_owned()));
    }

    #[test]
    fn a_search_that_may_be_a_worry_is_found_and_others_are_not() {
        let all: Thresholds = Theme::ALL.into_iter().map(|theme| (theme, 100)).collect();
        for (words, theme) in [
            ("how to kill myself", Theme::Suicide),
            ("best way to cut myself", Theme::SelfHarm),
            ("pro ana tips", Theme::EatingDisorders),
            ("free porn videos", Theme::Sexual),
            ("buy weed online uk", Theme::Drugs),
        ] {
            assert_eq!(
                judge_search(words, &all).map(|finding| finding.theme),
                Some(theme),
                "{words}"
            );
        }
        for words in [
            "phonics games",
            "duck pond",
            "how to cut a pineapple",
            "safeguarding policy template",
            "self harm signs in children",
            "what is an eating disorder",
            "helpline suicide bereavement",
            "burn first aid toddler",
            "messy play ideas",
            "nursery near me",
            "gambling harm support",
        ] {
            assert_eq!(judge_search(words, &all), None, "{words}");
        }
    }
}
