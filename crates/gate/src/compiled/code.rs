//! A name as its place and what is kept there. Its first bits are mixed with the rest so that they
//! spread evenly, and the mixing can be undone: the upper part is the bucket, and only the lower
//! part and the rest are kept. So a place needs no room, and what is found is the name itself.

use super::model::{Before, Model, byte_of, letter_of};
use crate::names::NAME_BYTES_MAX;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Bits that are kept of the first part; the others are the number of the bucket.
pub(super) const LOW_BITS: u32 = 16;

/// Bytes before the rest: the first part ends on a byte.
const FRONT: usize = 8;

/// The most bytes of a name's code: 15 bits a letter.
const CODE_BYTES_MAX: usize = FRONT + NAME_BYTES_MAX * 15 / 8 + 16;

const ODD_1: u64 = 0x9E37_79B9_7F4A_7C15;
const ODD_2: u64 = 0xD6E8_FEB8_6659_FD93;

/// What names are mixed with, and over how many buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mix {
    /// Buckets are two to the power of this.
    pub(super) bucket_bits: u32,
    pub(super) seed: u64,
}

/// Where a name belongs, and what is kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// Bucket and low part in one number.
    pub(super) mixed: u64,
    /// The bytes after the first part, but for the last.
    pub(super) rest: &'a [u8],
    /// The last byte, where there is a rest.
    pub(super) last: Option<u8>,
}

impl Spot<'_> {
    /// No place.
    pub(super) const NONE: Spot<'static> = Spot {
        mixed: 0,
        rest: &[],
        last: None,
    };

    pub(super) fn bucket(self) -> u64 {
        self.mixed >> LOW_BITS
    }

    pub(super) fn low(self) -> [u8; 2] {
        let [.., high, low] = self.mixed.to_be_bytes();
        [high, low]
    }

    pub(super) fn rest_bytes(self) -> usize {
        self.rest.len() + usize::from(self.last.is_some())
    }

    /// Whether these kept bytes are this rest.
    pub(super) fn is(self, kept: &[u8]) -> bool {
        match self.last {
            None => kept.is_empty(),
            Some(last) => kept
                .split_last()
                .is_some_and(|(end, front)| *end == last && front == self.rest),
        }
    }
}

impl Mix {
    fn first_bits(self) -> u32 {
        self.bucket_bits + LOW_BITS
    }

    fn mask(self) -> u64 {
        (1_u64 << self.first_bits()) - 1
    }

    fn mixed(self, first: u64, rest: &[u8], last: Option<u8>) -> u64 {
        let (mask, shift) = (self.mask(), self.first_bits().div_ceil(2));
        let mut value = (first ^ self.of_rest(rest, last)) & mask;
        value = value.wrapping_mul(ODD_1) & mask;
        value ^= value >> shift;
        value = value.wrapping_mul(ODD_2) & mask;
        value ^ (value >> shift)
    }

    fn unmixed(self, mixed: u64, rest: &[u8], last: Option<u8>) -> u64 {
        let (mask, shift) = (self.mask(), self.first_bits().div_ceil(2));
        let mut value = mixed ^ (mixed >> shift);
        value = value.wrapping_mul(inverse(ODD_2)) & mask;
        value ^= value >> shift;
        value = value.wrapping_mul(inverse(ODD_1)) & mask;
        (value ^ self.of_rest(rest, last)) & mask
    }

    fn of_rest(self, rest: &[u8], last: Option<u8>) -> u64 {
        let end = last.map_or(0, |last| u64::from(last).wrapping_add(1));
        xxh3_64_with_seed(rest, self.seed.wrapping_add(end.wrapping_mul(ODD_2)))
    }
}

/// The number that undoes a multiplication by an odd one.
const fn inverse(odd: u64) -> u64 {
    let mut found = odd;
    let mut round = 0;
    while round < 6 {
        found = found.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(found)));
        round += 1;
    }
    found
}

/// A name written from its end, with the places where a label begins.
pub(super) struct Written {
    bytes: [u8; CODE_BYTES_MAX],
    /// The bit after each label, from the last label, with the byte of the name where it begins.
    ends: [(u16, u16); 128],
    labels: usize,
}

impl Written {
    /// Room for a name.
    pub(super) fn new() -> Written {
        Written {
            bytes: [0; CODE_BYTES_MAX],
            ends: [(0, 0); 128],
            labels: 0,
        }
    }

    /// Writes a name.
    pub(super) fn of(name: &[u8], model: &Model, mix: Mix) -> Written {
        let mut written = Written::new();
        written.write(name, model, mix);
        written
    }

    /// Writes a name in place of the one before. What comes before a byte that no name has is left
    /// out: the labels after it stand.
    pub(super) fn write(&mut self, name: &[u8], model: &Model, mix: Mix) {
        self.labels = 0;
        let mut bits = 64 - mix.first_bits();
        let (mut waiting, mut waiting_bits, mut at) = (0_u64, bits, 0_usize);
        let mut before = Before::START;
        for (place, byte) in name.iter().enumerate().rev().take(NAME_BYTES_MAX) {
            let Some(letter) = letter_of(*byte) else {
                break;
            };
            if *byte == b'.' {
                self.end(bits, place.saturating_add(1));
            }
            let (code, length) = model.code(before, letter);
            before = before.then(letter);
            waiting = (waiting << length) | code;
            waiting_bits += length;
            bits += length;
            while waiting_bits >= 8 {
                waiting_bits -= 8;
                if let Some(byte) = self.bytes.get_mut(at) {
                    *byte = low_byte(waiting >> waiting_bits);
                }
                at += 1;
            }
            if place == 0 {
                self.end(bits, 0);
            }
        }
        // More is left only where no letter was written at all.
        let Some(room) = 8_u32.checked_sub(waiting_bits) else {
            return;
        };
        if let Some(byte) = self.bytes.get_mut(at) {
            *byte = low_byte(waiting << room);
        }
    }

    fn end(&mut self, bits: u32, begins: usize) {
        let (Ok(bits), Ok(begins)) = (u16::try_from(bits), u16::try_from(begins)) else {
            return;
        };
        if let Some(end) = self.ends.get_mut(self.labels) {
            *end = (bits, begins);
            self.labels += 1;
        }
    }

    /// The name itself and each name above it, the longest first: the byte of the name where each
    /// begins, and its place.
    pub(super) fn upwards(&self, mix: Mix) -> impl Iterator<Item = (usize, Spot<'_>)> {
        let ends = self.ends.get(..self.labels).unwrap_or_default();
        ends.iter()
            .rev()
            .map(move |(bits, begins)| (usize::from(*begins), self.spot(usize::from(*bits), mix)))
    }

    /// How many labels could be written.
    pub(super) fn labels(&self) -> usize {
        self.labels
    }

    /// The place of the whole name; nothing where a part of it could not be written.
    pub(super) fn whole(&self, mix: Mix) -> Option<Spot<'_>> {
        self.upwards(mix)
            .next()
            .filter(|(begins, _)| *begins == 0)
            .map(|(_, spot)| spot)
    }

    /// The bits up to here, then a one, then zeros to the end of the byte.
    fn spot(&self, bits: usize, mix: Mix) -> Spot<'_> {
        let mut front = [0_u8; FRONT];
        for (to, from) in front.iter_mut().zip(&self.bytes) {
            *to = *from;
        }
        let front = u64::from_be_bytes(front);
        if bits < 64 {
            let one = 1_u64 << (63 - bits);
            let first = (front & !(one | (one - 1))) | one;
            return Spot {
                mixed: mix.mixed(first, &[], None),
                rest: &[],
                last: None,
            };
        }
        let rest = self.bytes.get(FRONT..bits / 8).unwrap_or_default();
        let one = 0x80_u8 >> (bits % 8);
        let last = self.bytes.get(bits / 8).copied().unwrap_or(0);
        let last = (last & !(one | (one - 1))) | one;
        Spot {
            mixed: mix.mixed(front, rest, Some(last)),
            rest,
            last: Some(last),
        }
    }
}

/// The name whose place and kept bytes these are; nothing where they are none's.
pub(super) fn read_back(mixed: u64, kept: &[u8], model: &Model, mix: Mix) -> Option<String> {
    let (rest, last) = match kept.split_last() {
        Some((last, rest)) => (rest, Some(*last)),
        None => (kept, None),
    };
    let first = mix.unmixed(mixed, rest, last) << (64 - mix.first_bits());
    let mut bytes = first.to_be_bytes().to_vec();
    // The first part is left-justified now; what follows it may begin within a byte.
    bytes.extend_from_slice(kept);
    let bit = |at: usize| {
        let first_bits = usize::try_from(mix.first_bits()).ok()?;
        let at = if at < first_bits {
            at
        } else {
            at - first_bits + 64
        };
        let byte = bytes.get(at / 8)?;
        Some((byte >> (7 - at % 8)) & 1)
    };
    let all = usize::try_from(mix.first_bits()).ok()? + kept.len() * 8;
    let end = (0..all).rev().find(|at| bit(*at) == Some(1))?;
    let mut name = Vec::new();
    let mut before = Before::START;
    let mut at = 0;
    while at < end {
        let window = (0..16).fold(0_u16, |bits, next| {
            let inside = at + next < end;
            (bits << 1) | u16::from(inside && bit(at + next) == Some(1))
        });
        let (letter, length) = model.letter(before, window)?;
        name.push(byte_of(letter)?);
        before = before.then(letter);
        at += usize::try_from(length).ok()?;
    }
    name.reverse();
    (at == end).then(|| String::from_utf8(name).ok()).flatten()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the low byte is what is wanted"
)]
fn low_byte(value: u64) -> u8 {
    value as u8
}

#[cfg(test)]
mod tests {
    use super::{super::model::Counts, *};
    use proptest::prelude::*;

    fn model() -> Model {
        let mut counts = Counts::new();
        counts.learn(b"www.example.com");
        counts.learn(b"glow-worm.example.co.uk");
        counts.model()
    }

    proptest! {
        #[test]
        fn a_name_is_read_back_from_its_place(
            name in "[a-z0-9_-]{1,30}(\\.[a-z0-9_-]{1,20}){0,8}",
            bucket_bits in 0_u32..=24,
            seed: u64,
        ) {
            let (model, mix) = (model(), Mix { bucket_bits, seed });
            let written = Written::of(name.as_bytes(), &model, mix);
            let spot = written.whole(mix).unwrap();
            let mut kept = spot.rest.to_vec();
            kept.extend(spot.last);
            prop_assert!(spot.is(&kept));
            prop_assert!(spot.bucket() < 1 << bucket_bits);
            prop_assert_eq!(read_back(spot.mixed, &kept, &model, mix), Some(name.clone()));
            // Each name above has the place that it has by itself.
            for (begins, above) in written.upwards(mix) {
                let alone = Written::of(&name.as_bytes()[begins..], &model, mix);
                prop_assert_eq!(Some(above), alone.whole(mix));
            }
            prop_assert_eq!(written.upwards(mix).count(), name.split('.').count());
        }
    }

    #[test]
    fn the_longest_name_fits() {
        let name = format!(
            "{}.{}.{}.{}",
            "_".repeat(63),
            "_".repeat(63),
            "_".repeat(63),
            "_".repeat(61)
        );
        let (model, mix) = (
            model(),
            Mix {
                bucket_bits: 0,
                seed: 1,
            },
        );
        let written = Written::of(name.as_bytes(), &model, mix);
        let spot = written.whole(mix).unwrap();
        let mut kept = spot.rest.to_vec();
        kept.extend(spot.last);
        assert_eq!(read_back(spot.mixed, &kept, &model, mix), Some(name));
    }

    #[test]
    fn labels_after_a_strange_byte_stand() {
        let (model, mix) = (
            model(),
            Mix {
                bucket_bits: 4,
                seed: 1,
            },
        );
        let written = Written::of(b"x*y.example.com", &model, mix);
        assert_eq!(written.whole(mix), None);
        let begins: Vec<usize> = written.upwards(mix).map(|(begins, _)| begins).collect();
        assert_eq!(begins, [4, 12]);
    }
}
