//! What the tests share: drafts, a source of bytes, and lines in memory that can be falsified.

use ledger::{
    line::{Draft, Head, Line},
    store::{AppendError, Store, StoreError},
};
use std::ops::ControlFlow;

pub(crate) fn draft(number: u64) -> Draft {
    Draft {
        at: 1_795_000_000_000_000 + i64::try_from(number).unwrap(),
        by: format!("person:{}", number % 5),
        kind: "images.consent-given".to_owned(),
        version: 1,
        body: format!("{{\"n\":{number},\"words\":\"a \\\"quoted\\\" line\\n – é\"}}").into_bytes(),
    }
}

pub(crate) fn drafts(count: u64) -> Vec<Draft> {
    (1..=count).map(draft).collect()
}

pub(crate) fn all(store: &dyn Store) -> Vec<Line> {
    let mut lines = Vec::new();
    store
        .read(1, &mut |line| {
            lines.push(line.clone());
            ControlFlow::Continue(())
        })
        .unwrap();
    lines
}

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Bytes that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        bytes
            .iter_mut()
            .for_each(|byte| *byte = u8::try_from(self.roll(256)).unwrap());
    }
}

/// Lines in memory, which say whatever they were made to say.
pub(crate) struct Memory(pub(crate) Vec<Line>);

impl Memory {
    /// Reckons all digests and links from number `from` on anew, as a forger would.
    pub(crate) fn forge(&mut self, from: usize) {
        for place in from..self.0.len() {
            let previous = place
                .checked_sub(1)
                .map_or([0; 32], |before| self.0[before].link);
            let line = &mut self.0[place];
            line.seq = u64::try_from(place).unwrap() + 1;
            if let Some(body) = &line.body {
                line.digest = ledger::line::digest(body);
            }
            line.link = line.link_after(&previous);
        }
    }
}

impl Store for Memory {
    fn head(&self) -> Result<Head, StoreError> {
        Ok(self.0.last().map_or(Head::EMPTY, Line::head))
    }

    fn append(&self, after: &Head, _: &[Draft]) -> Result<Head, AppendError> {
        Err(AppendError::Moved(*after))
    }

    fn append_lines(&self, after: &Head, _: &[Line]) -> Result<Head, AppendError> {
        Err(AppendError::Moved(*after))
    }

    fn read(
        &self,
        from: u64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        for line in self.0.iter().filter(|line| line.seq >= from) {
            if see(line).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn spend(&self, _: &[u64]) -> Result<u64, StoreError> {
        Ok(0)
    }
}
