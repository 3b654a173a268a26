//! The space in which clauses are compared: every feature of the known examples with its rarity,
//! and for each feature the examples that have it.

use super::features::{Around, Counts, WEIGHTS, counts};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A clause in the space: features in order, with their weight.
pub(crate) type Vector = Vec<(u32, f32)>;

/// The keys are hashes already.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A feature that more than this share of the examples has tells nothing, and costs the most time.
const OFTEN: f32 = 0.25;

/// The features of the known examples.
pub(crate) struct Space {
    ids: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    rarity: Vec<f32>,
}

impl Space {
    /// The space of these examples.
    pub(crate) fn of(examples: &[Counts]) -> Space {
        let mut ids: HashMap<u64, u32, BuildHasherDefault<AsItIs>> = HashMap::default();
        let mut seen: Vec<u32> = Vec::new();
        for example in examples {
            for features in example {
                for (key, _) in features {
                    let next = u32::try_from(seen.len()).unwrap_or(u32::MAX);
                    let id = *ids.entry(*key).or_insert(next);
                    if id == next {
                        seen.push(0);
                    }
                    if let Some(count) = usize::try_from(id).ok().and_then(|id| seen.get_mut(id)) {
                        *count += 1;
                    }
                }
            }
        }
        let all = count(examples.len());
        let often = all * OFTEN;
        let rarity = seen
            .iter()
            .map(|n| {
                let too_often = all > 100.0 && small(*n) > often;
                if too_often {
                    0.0
                } else {
                    ((1.0 + all) / (1.0 + small(*n))).ln() + 1.0
                }
            })
            .collect();
        Space { ids, rarity }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.rarity.len()
    }

    /// The number of a feature, and how rare it is.
    pub(crate) fn feature(&self, key: u64) -> Option<(u32, f32)> {
        let id = *self.ids.get(&key)?;
        let rarity = usize::try_from(id)
            .ok()
            .and_then(|id| self.rarity.get(id))?;
        Some((id, *rarity))
    }

    /// A text in the space.
    pub(crate) fn vector(&self, text: &str, around: Around<'_>) -> Vector {
        self.place(&counts(text, around))
    }

    /// Counted features in the space: each group has length one, times its weight.
    pub(crate) fn place(&self, counts: &Counts) -> Vector {
        let mut vector: Vector = Vec::new();
        for (features, weight) in counts.iter().zip(WEIGHTS) {
            let from = vector.len();
            let mut square = 0.0_f32;
            for (key, count) in features {
                let Some((id, rarity)) = self.feature(*key) else {
                    square += count * count * 4.0;
                    continue;
                };
                if rarity <= 0.0 {
                    continue;
                }
                let value = count * rarity;
                square += value * value;
                vector.push((id, value));
            }
            let scale = if square > 0.0 {
                weight / square.sqrt()
            } else {
                0.0
            };
            for (_, value) in vector.iter_mut().skip(from) {
                *value *= scale;
            }
        }
        vector.sort_unstable_by_key(|(id, _)| *id);
        vector
    }
}

/// For each feature, the examples that have it.
pub(crate) struct Postings {
    from: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    /// The postings of these vectors over so many features.
    pub(crate) fn of(vectors: &[Vector], features: usize) -> Postings {
        let mut from = vec![0_u32; features + 1];
        for vector in vectors {
            for (id, _) in vector {
                if let Some(slot) = at(*id).and_then(|id| from.get_mut(id + 1)) {
                    *slot += 1;
                }
            }
        }
        let mut sum = 0;
        for slot in &mut from {
            sum += *slot;
            *slot = sum;
        }
        let mut next = from.clone();
        let mut entries = vec![(0, 0.0); at(sum).unwrap_or(0)];
        for (number, vector) in (0_u32..).zip(vectors) {
            for (id, value) in vector {
                let Some(place) = at(*id).and_then(|id| next.get_mut(id)) else {
                    continue;
                };
                if let Some(entry) = at(*place).and_then(|p| entries.get_mut(p)) {
                    *entry = (number, *value);
                }
                *place += 1;
            }
        }
        Postings { from, entries }
    }

    /// The examples that have this feature, and how much of it.
    pub(crate) fn with(&self, id: u32) -> &[(u32, f32)] {
        let bounds = at(id).and_then(|id| Some((*self.from.get(id)?, *self.from.get(id + 1)?)));
        bounds
            .and_then(|(from, to)| self.entries.get(at(from)?..at(to)?))
            .unwrap_or_default()
    }
}

/// A count as a number to reckon with; counts here are far below what a `f32` holds exactly.
pub(crate) fn count(n: usize) -> f32 {
    u32::try_from(n).map_or(f32::MAX, small)
}

pub(crate) fn small(n: u32) -> f32 {
    let high = u16::try_from(n >> 16).unwrap_or(u16::MAX);
    let low = u16::try_from(n & 0xffff).unwrap_or(u16::MAX);
    f32::from(high) * 65_536.0 + f32::from(low)
}

/// A feature's or example's number as a place in a list.
pub(crate) fn at(id: u32) -> Option<usize> {
    usize::try_from(id).ok()
}
