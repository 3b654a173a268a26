//! The learned rules as one small file that ships with the program: examples, rules, and the hash of
//! the sources that they were learned from, so that a test can tell when they are out of date.

use super::corpus::{Control, Example};
use super::model::{Known, Model};
use super::train::Rule;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

const MARK: &[u8; 8] = b"reader 1";
/// Raised whenever features or learning change, so that stale rules are noticed.
const WAY_OF_LEARNING: &str = "4";
/// The most that the packed file may hold.
const UNPACKED_MAX: u64 = 32 * 1024 * 1024;
const STEPS: f32 = 2048.0;

/// What the rules were learned from, as a hash.
#[must_use]
pub fn fingerprint(controls: &[Control], examples: &[Example]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut eat = |part: &str| {
        hash.update(part.as_bytes());
        hash.update([0xff]);
    };
    eat(WAY_OF_LEARNING);
    for control in controls {
        eat(&control.id);
    }
    for example in examples {
        eat(&example.text);
        eat(&example.section);
        for control in &example.controls {
            eat(control);
        }
        eat("");
    }
    hash.finalize().into()
}

/// The hash that a packed file names.
#[must_use]
pub fn fingerprint_of(packed: &[u8]) -> Option<[u8; 32]> {
    packed.get(MARK.len()..MARK.len() + 32)?.try_into().ok()
}

/// Packs a model.
pub(crate) fn pack(model: &Model, fingerprint: [u8; 32]) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    number(&mut body, model.ids.len());
    for id in &model.ids {
        words(&mut body, id);
    }
    number(&mut body, model.examples.len());
    for example in &model.examples {
        words(&mut body, &example.text);
        words(&mut body, &example.section);
        body.push(u8::from(example.catalogue));
        body.push(u8::try_from(example.controls.len()).unwrap_or(u8::MAX));
        for control in example.controls.iter().take(255) {
            body.extend(control.to_le_bytes());
        }
    }
    for rule in &model.rules {
        body.extend(rule.bias.to_le_bytes());
        number(&mut body, rule.support.len());
        let mut last = 0;
        for (example, _) in &rule.support {
            let step = u16::try_from(example - last).unwrap_or(u16::MAX);
            last = *example;
            body.extend(step.to_le_bytes());
        }
        for (_, weight) in &rule.support {
            body.extend(in_steps(*weight).to_le_bytes());
        }
    }
    let mut packed = MARK.to_vec();
    packed.extend(fingerprint);
    let mut encoder = ZlibEncoder::new(packed, Compression::best());
    encoder.write_all(&body)?;
    encoder.finish()
}

/// Opens a packed model. `None`: it is not one.
pub(crate) fn unpack(packed: &[u8]) -> Option<Model> {
    if !packed.starts_with(MARK) {
        return None;
    }
    let mut body = Vec::new();
    ZlibDecoder::new(packed.get(MARK.len() + 32..)?)
        .take(UNPACKED_MAX)
        .read_to_end(&mut body)
        .ok()?;
    let mut from = Bytes(&body);
    let ids = (0..from.number()?)
        .map(|_| from.words())
        .collect::<Option<Vec<String>>>()?;
    let examples = (0..from.number()?)
        .map(|_| from.known())
        .collect::<Option<Vec<Known>>>()?;
    let rules = (0..=ids.len())
        .map(|_| from.rule())
        .collect::<Option<Vec<Rule>>>()?;
    Some(Model::of(ids, examples, rules))
}

/// A weight in whole steps. Weights beyond sixteen do not happen: the soft margin bounds them.
fn in_steps(weight: f32) -> i16 {
    let steps = (weight * STEPS).round().clamp(-32_767.0, 32_767.0);
    // INVARIANT: the clamp keeps it within an i16, and there is no other way from a float to a whole number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped to the range just above"
    )]
    let whole = steps as i16;
    whole
}

fn number(body: &mut Vec<u8>, n: usize) {
    body.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn words(body: &mut Vec<u8>, text: &str) {
    number(body, text.len());
    body.extend(text.as_bytes());
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(front)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)).ok()
    }

    fn words(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn known(&mut self) -> Option<Known> {
        let text = self.words()?;
        let section = self.words()?;
        let [catalogue, count] = self.take(2)? else {
            return None;
        };
        let controls = (0..*count)
            .map(|_| self.short())
            .collect::<Option<Vec<u16>>>()?;
        Some(Known {
            text,
            section,
            controls,
            catalogue: *catalogue == 1,
        })
    }

    fn rule(&mut self) -> Option<Rule> {
        let bias = f32::from_le_bytes(self.take(4)?.try_into().ok()?);
        let count = self.number()?;
        let mut example = 0_u32;
        let mut numbers = Vec::new();
        for _ in 0..count {
            example += u32::from(self.short()?);
            numbers.push(example);
        }
        let mut support = Vec::with_capacity(numbers.len());
        for number in numbers {
            let steps = i16::from_le_bytes(self.take(2)?.try_into().ok()?);
            support.push((number, f32::from(steps) / STEPS));
        }
        Some(Rule { bias, support })
    }
}
