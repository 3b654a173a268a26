//! The judgement on a page as it comes: what speaks for a theme within a stretch of it, against what
//! speaks of help, learning and news in all of it. Memory does not grow with the page.

use super::{
    Theme,
    letters::Letters,
    markup::{Kind, Markup, Out},
    phrases::{PARTS_MAX, Part, Phrases, Speaks},
};
use crate::plan::Thresholds;
use aho_corasick::{
    Anchored,
    automaton::{Automaton, StateID},
};

/// A stretch of a page is two of these, in letters: so much is read as one thing.
const HALF_STRETCH: u64 = 1_500;
/// Parts of a phrase are so near to each other, in letters.
const NEAR: u32 = 60;
/// So often a phrase counts.
const OFTEN: u8 = 3;
/// The most that speaks against: a page of harm does not get off by the number of a helpline.
const AGAINST_MAX: u32 = 400;
/// The most phrases that are named as grounds.
const GROUNDS_MAX: usize = 6;

/// Why a page is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub theme: Theme,
    /// How much speaks for it.
    pub weight: u32,
    /// From how much it is closed.
    pub threshold: u16,
    /// The phrases that were found.
    pub grounds: Vec<String>,
}

/// Judges a page.
pub struct Judge {
    phrases: &'static Phrases,
    markup: Markup,
    letters: Letters,
    reading: Reading,
}

struct Reading {
    phrases: &'static Phrases,
    state: StateID,
    at: u64,
    /// From how much each theme closes; 0 is never.
    thresholds: [u16; Theme::COUNT],
    half_ends: u64,
    now: [u32; Theme::COUNT],
    before: [u32; Theme::COUNT],
    most: [u32; Theme::COUNT],
    against: u32,
    /// How often each phrase was found.
    found: Vec<u8>,
    /// Where each part of each phrase was found last, and one more.
    last: Vec<[u32; PARTS_MAX]>,
    grounds: Vec<(Theme, u32)>,
}

impl Judge {
    /// Begins a page of a kind. `None`: no theme is judged, or there are no phrases.
    #[must_use]
    pub fn begin(kind: Kind, thresholds: &Thresholds) -> Option<Judge> {
        if thresholds.is_empty() {
            return None;
        }
        let phrases = Phrases::ours().ok()?;
        // INVARIANT: an automaton that was built without anchors begins without one.
        let state = phrases.automaton.start_state(Anchored::No).ok()?;
        let mut own = [0; Theme::COUNT];
        for (theme, weight) in thresholds {
            if let Some(place) = own.get_mut(theme.place()) {
                *place = *weight;
            }
        }
        let mut judge = Judge {
            phrases,
            markup: Markup::new(kind),
            letters: Letters::default(),
            reading: Reading {
                phrases,
                state,
                at: 0,
                thresholds: own,
                half_ends: HALF_STRETCH,
                now: [0; Theme::COUNT],
                before: [0; Theme::COUNT],
                most: [0; Theme::COUNT],
                against: 0,
                found: vec![0; phrases.phrases.len()],
                last: vec![[0; PARTS_MAX]; phrases.phrases.len()],
                grounds: Vec::new(),
            },
        };
        // A phrase begins with a space.
        judge.reading.words(b" ");
        Some(judge)
    }

    /// Takes more of the page.
    pub fn take(&mut self, text: &str) {
        let Judge {
            markup,
            letters,
            reading,
            ..
        } = self;
        markup.take(text, &mut |out| reading.take(letters, out));
    }

    /// The page ends.
    pub fn end(&mut self) {
        let Judge {
            markup,
            letters,
            reading,
            ..
        } = self;
        markup.end(&mut |out| reading.take(letters, out));
    }

    /// The heaviest theme that closes what has come so far.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        let reading = &self.reading;
        let weighed = Theme::ALL.into_iter().filter_map(|theme| {
            let threshold = *reading.thresholds.get(theme.place())?;
            let weight = reading.weight(theme);
            (threshold > 0 && weight >= u32::from(threshold)).then_some((weight, theme, threshold))
        });
        let (weight, theme, threshold) = weighed.max_by_key(|(weight, _, _)| *weight)?;
        let grounds = reading.grounds.iter().filter(|(own, _)| *own == theme);
        let texts = grounds.filter_map(|(_, number)| {
            let at = usize::try_from(*number).ok()?;
            Some(self.phrases.phrases.get(at)?.text.clone())
        });
        Some(Finding {
            theme,
            weight,
            threshold,
            grounds: texts.collect(),
        })
    }

    /// How much speaks for a theme, and how much against all.
    #[must_use]
    pub fn weights(&self, theme: Theme) -> (u32, u32) {
        (self.reading.weight(theme), self.reading.against)
    }
}

impl Reading {
    /// What speaks for a theme, less by what speaks against.
    fn weight(&self, theme: Theme) -> u32 {
        let most = self.most.get(theme.place()).copied().unwrap_or_default();
        most.saturating_mul(100) / (100 + self.against.min(AGAINST_MAX))
    }

    #[inline]
    fn take(&mut self, letters: &mut Letters, out: Out) {
        match out {
            Out::Letter(letter) => letters.take(letter, &mut |words| self.words(words)),
            Out::Gap => letters.end(&mut |words| self.words(words)),
        }
    }

    fn words(&mut self, words: &[u8]) {
        let phrases = self.phrases;
        let automaton = &phrases.automaton;
        let (mut state, begun) = (self.state, self.at);
        for (offset, byte) in (1_u64..).zip(words) {
            state = automaton.next_state(Anchored::No, state, *byte);
            if automaton.is_special(state) && automaton.is_match(state) {
                self.at = begun + offset;
                for number in 0..automaton.match_len(state) {
                    let pattern = automaton.match_pattern(state, number).as_usize();
                    for part in phrases.parts_of(pattern) {
                        self.found_part(*part);
                    }
                }
            }
        }
        self.state = state;
        self.at = begun + u64::try_from(words.len()).unwrap_or_default();
    }

    fn found_part(&mut self, part: Part) {
        let Ok(number) = usize::try_from(part.phrase) else {
            return;
        };
        // What was found often enough counts no more.
        if self.found.get(number).is_none_or(|found| *found >= OFTEN) {
            return;
        }
        if part.of > 1 {
            let Some(last) = self.last.get_mut(number) else {
                return;
            };
            let at = u32::try_from(self.at).unwrap_or(u32::MAX);
            if let Some(own) = last.get_mut(usize::from(part.part)) {
                *own = at;
            }
            let since = at.saturating_sub(NEAR).max(1);
            let mut all = last.iter().take(usize::from(part.of));
            if !all.all(|own| *own >= since) {
                return;
            }
            // Found; the same words don't count again.
            *last = [0; PARTS_MAX];
        }
        self.found_phrase(number, part.phrase);
    }

    fn found_phrase(&mut self, number: usize, own: u32) {
        let (Some(phrase), Some(found)) =
            (self.phrases.phrases.get(number), self.found.get_mut(number))
        else {
            return;
        };
        // Said again it counts less, and then no more.
        let weight = match *found {
            0 => u32::from(phrase.weight),
            1 => u32::from(phrase.weight) / 4,
            2 => u32::from(phrase.weight) / 8,
            _ => return,
        };
        *found += 1;
        let is_new = *found == 1;
        let Speaks::For(theme) = phrase.speaks else {
            self.against = self.against.saturating_add(weight);
            return;
        };
        if self.at >= self.half_ends {
            let halves = (self.at - self.half_ends) / HALF_STRETCH;
            self.before = if halves == 0 {
                self.now
            } else {
                [0; Theme::COUNT]
            };
            self.now = [0; Theme::COUNT];
            self.half_ends += (halves + 1) * HALF_STRETCH;
        }
        let place = theme.place();
        let (Some(now), Some(before), Some(most)) = (
            self.now.get_mut(place),
            self.before.get(place),
            self.most.get_mut(place),
        ) else {
            return;
        };
        *now = now.saturating_add(weight);
        *most = (*most).max(now.saturating_add(*before));
        let known = self.grounds.iter().filter(|(one, _)| *one == theme).count();
        if is_new && known < GROUNDS_MAX {
            self.grounds.push((theme, own));
        }
    }
}
