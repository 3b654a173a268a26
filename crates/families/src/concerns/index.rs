//! Which cases may hold words, told without opening them: for each case a filter over the runs of
//! three letters in its notes. It is made when a case is first searched and is part of no entry and
//! no snapshot. It never says no to what is there; a yes is looked at. The keys that open the notes
//! lie in the same memory, so it gives nothing away that they do not.

use std::sync::OnceLock;

/// Bits for each letter. People write the same runs again and again, so few of them are set.
const BITS_EACH: usize = 4;
/// More letters than these make a filter no larger.
const LETTERS_MAX: usize = 40_000;
/// How many bits a run of letters sets.
const MARKS: u32 = 2;
/// So many letters are one run.
const RUN: usize = 3;

/// The filter of one case.
#[derive(Clone, Debug, Default)]
pub struct Index(OnceLock<Box<[u64]>>);

impl Index {
    /// Whether these words, in small letters, may stand in one of the texts, which are asked for
    /// once, in small letters too.
    #[must_use]
    pub fn may_hold(&self, words: &str, texts: impl FnOnce() -> Vec<String>) -> bool {
        let bits = self.0.get_or_init(|| filled(&texts()));
        // Words of one or two letters are no run: they may be anywhere.
        runs(words).all(|run| marks(run, bits.len()).all(|(word, bit)| has(bits, word, bit)))
    }
}

fn has(bits: &[u64], word: usize, bit: u64) -> bool {
    bits.get(word).is_some_and(|word| word & bit != 0)
}

fn filled(texts: &[String]) -> Box<[u64]> {
    let letters: usize = texts.iter().map(String::len).sum();
    let words = (letters.min(LETTERS_MAX) * BITS_EACH)
        .div_ceil(64)
        .next_power_of_two();
    let mut bits = vec![0; words].into_boxed_slice();
    for run in texts.iter().flat_map(|text| runs(text)) {
        for (word, bit) in marks(run, words) {
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
    }
    bits
}

/// The runs of letters of a text, each as a number.
fn runs(text: &str) -> impl Iterator<Item = u64> + '_ {
    let letters = text.chars().map(u64::from);
    let mut last = (0_u64, 0_u64);
    letters.enumerate().filter_map(move |(place, letter)| {
        // A letter has 21 bits, so three of them fit.
        let run = (last.0 << 42) | (last.1 << 21) | letter;
        last = (last.1, letter);
        (place + 1 >= RUN).then_some(run)
    })
}

/// Where a run sets its bits: which word, and which bit in it.
fn marks(run: u64, words: usize) -> impl Iterator<Item = (usize, u64)> {
    let mut mixed = run;
    (0..MARKS).map(move |_| {
        // A step of splitmix64: plain, quick, and well spread.
        mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut spread = mixed;
        spread = (spread ^ (spread >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        spread = (spread ^ (spread >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        spread ^= spread >> 31;
        let place = usize::try_from(spread >> 6).unwrap_or(usize::MAX);
        (place & words.saturating_sub(1), 1 << (spread & 63))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_asked_for_once_and_most_words_that_are_not_there_are_told() {
        let index = Index::default();
        let text = "on the left arm, seen at nap time; the mother rang at noon and came by herself"
            .to_owned();
        assert!(index.may_hold("nap time", || vec![text]));
        assert!(index.may_hold("ar", || panic!("asked for again")));
        assert!(index.may_hold("", || panic!("asked for again")));
        let wrong = (0..1_000).filter(|number| {
            let words = format!("word {number}xq");
            index.may_hold(&words, Vec::new)
        });
        assert!(wrong.count() < 20);
    }

    proptest! {
        #[test]
        fn what_is_there_is_never_missed(
            texts in prop::collection::vec("\\PC{0,60}", 1..8),
            which in any::<prop::sample::Index>(),
            from in any::<prop::sample::Index>(),
            length in 0_usize..12,
        ) {
            let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
            let letters: Vec<char> = which.get(&texts).chars().collect();
            let start = if letters.is_empty() { 0 } else { from.index(letters.len()) };
            let words: String = letters.iter().skip(start).take(length).collect();
            prop_assert!(Index::default().may_hold(&words, || texts.clone()));
        }
    }
}
