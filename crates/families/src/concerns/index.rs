//! Which notes of a case may hold words, told without opening them: for some notes at a time a filter
//! over the runs of three letters in them. It is made in small steps after a start, or when a case is
//! first searched, and is part of no entry and no snapshot. It never says no to what is there; a yes
//! is looked at. The keys that open the notes lie in the same memory: it gives away no more than they.

use super::register::{Register, Written};
use kernel::sealed::Keys;
use std::sync::{Arc, OnceLock};

/// So many notes share a filter: a new one makes no more than these be opened again.
const PART: usize = 32;
/// Bits for each letter. People write the same runs again and again, so few of them are set.
const BITS_EACH: usize = 4;
/// More letters than these make a filter no larger.
const LETTERS_MAX: usize = 20_000;
/// So many letters are one run.
const RUN: usize = 3;

/// The filters of one case, one for each part of its notes.
#[derive(Clone, Debug, Default)]
pub struct Index(OnceLock<Vec<Filter>>);

/// Shared by all copies of a case, so that it is made once.
type Filter = Arc<OnceLock<Box<[u64]>>>;

impl Index {
    /// Notes in which these words, in small letters, may stand. `texts` opens a note.
    pub(super) fn may_hold<'a, T>(
        &'a self,
        words: &'a str,
        notes: &'a [T],
        texts: &'a impl Fn(&T) -> Vec<String>,
    ) -> impl Iterator<Item = &'a T> {
        let filters = self.filters(notes.len());
        let parts = notes.chunks(PART).enumerate();
        let may = move |(place, part): &(usize, &'a [T])| {
            // Words of one or two letters are no run: they may be anywhere.
            filters.get(*place).is_none_or(|filter| {
                let bits = filter.get_or_init(|| filled(part, texts));
                runs(words).all(|run| marks(run, bits.len()).all(|mark| has(bits, mark)))
            })
        };
        parts.filter(may).flat_map(|(_, part)| part)
    }

    /// Makes the first filter that is missing. Whether one was.
    fn make_one<T>(&self, notes: &[T], texts: &impl Fn(&T) -> Vec<String>) -> bool {
        let parts = self.filters(notes.len()).iter().zip(notes.chunks(PART));
        let mut missing = parts.filter(|(filter, _)| filter.get().is_none());
        let found = missing.next().map(|(filter, part)| {
            filter.get_or_init(|| filled(part, texts));
        });
        found.is_some()
    }

    fn is_made(&self, notes: usize) -> bool {
        let mut filters = self.filters(notes).iter();
        filters.all(|filter| filter.get().is_some())
    }

    /// Another note follows after so many: what was known of its neighbours is no longer whole.
    pub(super) fn grow(&mut self, notes: usize) {
        if let Some(filters) = self.0.get_mut() {
            filters.truncate(notes / PART);
            filters.push(Filter::default());
        }
    }

    fn filters(&self, notes: usize) -> &[Filter] {
        let empty = || (0..notes.div_ceil(PART)).map(|_| Filter::default());
        self.0.get_or_init(|| empty().collect())
    }
}

impl Register {
    /// One small step towards quick searching, in the first case from this number on that has one
    /// left; the number of that case, and none when all are ready.
    #[must_use]
    pub fn make_ready(&self, keys: &Keys, from: u32) -> Option<u32> {
        let said = |written: &Written| texts(keys, written);
        let mut cases = self.cases().skip_while(|case| case.number < from);
        let case = cases.find(|case| case.index.make_one(&case.notes, &said))?;
        Some(case.number)
    }

    /// Whether no search has to open notes to know where to look.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let mut cases = self.cases();
        cases.all(|case| case.index.is_made(case.notes.len()))
    }
}

/// What stands in a note, in small letters; nothing when it can no longer be opened.
pub(super) fn texts(keys: &Keys, written: &Written) -> Vec<String> {
    let Some(note) = keys.open(&written.words) else {
        return Vec::new();
    };
    let all = std::iter::once(note.words).chain(note.more.into_values());
    all.map(|words| words.to_lowercase()).collect()
}

fn has(bits: &[u64], (word, bit): (usize, u64)) -> bool {
    bits.get(word).is_some_and(|word| word & bit != 0)
}

fn filled<T>(notes: &[T], texts: &impl Fn(&T) -> Vec<String>) -> Box<[u64]> {
    let texts: Vec<String> = notes.iter().flat_map(texts).collect();
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

/// Where a run sets its two bits: which word, and which bit in it.
fn marks(run: u64, words: usize) -> impl Iterator<Item = (usize, u64)> {
    // A step of splitmix64: plain, quick, and well spread.
    let mut spread = run.wrapping_add(0x9e37_79b9_7f4a_7c15);
    spread = (spread ^ (spread >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    spread = (spread ^ (spread >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    spread ^= spread >> 31;
    [spread & 0xffff_ffff, spread >> 32]
        .into_iter()
        .map(move |half| {
            let place = usize::try_from(half >> 6).unwrap_or_default();
            (place & words.saturating_sub(1), 1 << (half & 63))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    #[test]
    fn notes_are_opened_once_and_most_that_do_not_hold_words_are_told() {
        let opened = Cell::new(0);
        let open = |note: &String| {
            opened.set(opened.get() + 1);
            vec![note.clone()]
        };
        let said = "on the left arm, seen at nap time; the mother rang at noon and came by herself";
        let notes: Vec<String> = (0..100).map(|number| format!("{said} {number}")).collect();
        let index = Index::default();
        let held = |words: &str| index.may_hold(words, &notes, &open).count();
        assert_eq!((held("nap time"), held("ar"), held("")), (100, 100, 100));
        let wrong = (0..1_000).filter(|number| held(&format!("word {number}xq")) > 0);
        assert!(wrong.count() < 20);
        assert_eq!(opened.get(), 100);
    }

    #[test]
    fn a_new_note_has_its_neighbours_opened_again_and_no_others() {
        let opened = Cell::new(0);
        let open = |note: &String| {
            opened.set(opened.get() + 1);
            vec![note.clone()]
        };
        let mut notes = Vec::new();
        let mut index = Index::default();
        for number in 0..PART * 3 + 5 {
            index.grow(notes.len());
            notes.push(format!("note of the day {number} was green"));
            let of_it = format!("day {number} was");
            assert!(
                index
                    .may_hold(&of_it, &notes, &open)
                    .any(|note| note.contains(&of_it))
            );
        }
        opened.set(0);
        let other = index.clone();
        while other.make_one(&notes, &open) {}
        index.grow(notes.len());
        notes.push("the last of them".to_owned());
        assert!(index.may_hold("last of", &notes, &open).count() <= PART);
        assert_eq!(opened.get(), 6, "what a copy knew is known");
    }

    proptest! {
        #[test]
        fn what_is_there_is_never_missed(
            notes in prop::collection::vec("\\PC{0,60}", 1..80),
            which in any::<prop::sample::Index>(),
            from in any::<prop::sample::Index>(),
            length in 0_usize..12,
        ) {
            let notes: Vec<String> = notes.iter().map(|note| note.to_lowercase()).collect();
            let letters: Vec<char> = which.get(&notes).chars().collect();
            let start = if letters.is_empty() { 0 } else { from.index(letters.len()) };
            let words: String = letters.iter().skip(start).take(length).collect();
            let open = |note: &String| vec![note.clone()];
            let index = Index::default();
            let mut held = index.may_hold(&words, &notes, &open);
            prop_assert!(held.any(|note| note == which.get(&notes)));
        }
    }
}
