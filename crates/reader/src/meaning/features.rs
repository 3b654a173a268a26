//! A clause as numbers: its words, pairs of words, parts of words and classes of words.
//! Two texts are near when these meet; each group counts with its own weight.

use super::lexicon::classes;
use super::words::{Word, is_empty, words};

/// More words of one clause are not looked at.
const WORDS_MAX: usize = 300;

/// The groups of features, each brought to length one before they are added up.
pub(crate) const GROUPS: usize = 3;
/// How much each group counts.
pub(crate) const WEIGHTS: [f32; GROUPS] = [1.0, 0.9, 0.7];

/// What stands around a clause: the title above it and the line that leads into its list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around<'a> {
    /// The title of the section.
    pub(crate) section: &'a str,
    /// The line above a list ("Staff must not:").
    pub(crate) lead: &'a str,
}

/// How much a word around the clause counts beside one in it.
pub(crate) const SECTION: f32 = 0.35;
/// The same for the line above the list.
pub(crate) const LEAD: f32 = 0.5;

/// Counted features, by group: key and weight, each key once, in the order of keys.
pub(crate) type Counts = [Vec<(u64, f32)>; GROUPS];

/// The features of a text with what stands around it.
pub(crate) fn counts(text: &str, around: Around<'_>) -> Counts {
    let mut raw: Counts = [Vec::new(), Vec::new(), Vec::new()];
    add(&mut raw, &words(text, WORDS_MAX), 1.0);
    if !around.section.is_empty() {
        add(&mut raw, &words(around.section, 20), SECTION);
    }
    if !around.lead.is_empty() {
        add(&mut raw, &words(around.lead, 40), LEAD);
    }
    for group in &mut raw {
        group.sort_unstable_by_key(|(key, _)| *key);
        group.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
        for (_, count) in group.iter_mut() {
            *count = if *count > 1.0 {
                1.0 + count.ln()
            } else {
                *count
            };
        }
    }
    raw
}

/// The key of a single word, to ask what it says for a control.
pub(crate) fn word_key(word: &Word) -> u64 {
    key(0, &[&word.stem])
}

fn add(raw: &mut Counts, found: &[Word], weight: f32) {
    let [single, parts, meant] = raw;
    let full: Vec<&Word> = found.iter().filter(|word| !is_empty(word)).collect();
    for word in &full {
        single.push((word_key(word), weight));
    }
    for pair in full.windows(2) {
        if let [one, two] = pair {
            single.push((key(1, &[&one.stem, &two.stem]), weight));
        }
    }
    for word in found {
        add_parts(parts, &word.written, weight);
    }
    let classes = classes(found);
    for (at, one) in classes.iter().enumerate() {
        meant.push((key(3, &[one]), weight));
        for two in classes.iter().skip(at + 1) {
            meant.push((key(4, &[one, two]), weight));
        }
    }
}

/// Runs of three to five letters inside the word, with its edges.
fn add_parts(parts: &mut Vec<(u64, f32)>, word: &str, weight: f32) {
    let edged: Vec<char> = std::iter::once(' ')
        .chain(word.chars().take(24))
        .chain(std::iter::once(' '))
        .collect();
    let mut run = String::new();
    for length in 3..=5 {
        for window in edged.windows(length) {
            run.clear();
            run.extend(window);
            parts.push((key(2, &[&run]), weight));
        }
    }
}

/// FNV-1a: the same on every machine and in every release.
pub(crate) fn key(kind: u8, parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    eat(kind);
    for part in parts {
        part.bytes().for_each(&mut eat);
        eat(0xff);
    }
    hash
}
