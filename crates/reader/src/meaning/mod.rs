//! What a clause speaks of: known examples and one rule per control, with the reasons.
//!
//! Reading order: `words`, `lexicon`, `features`, `space`, `train`, `model`, `corpus`.

pub(crate) mod binding;
pub mod corpus;
pub(crate) mod features;
pub(crate) mod lexicon;
pub(crate) mod model;
pub mod pack;
pub(crate) mod space;
pub(crate) mod train;
pub(crate) mod words;

use corpus::Example;
use model::Model;
use std::sync::OnceLock;

/// What the reader knows: examples, and the rules learned from them.
pub struct Knowledge {
    pub(crate) model: Model,
}

impl Knowledge {
    /// The knowledge that ships with the program, opened once.
    pub fn shipped() -> &'static Knowledge {
        static ONCE: OnceLock<Knowledge> = OnceLock::new();
        ONCE.get_or_init(|| {
            // INVARIANT: the file is part of the program, and a test opens it.
            let model = pack::unpack(SHIPPED)
                .unwrap_or_else(|| Model::of(Vec::new(), Vec::new(), Vec::new()));
            debug_assert!(
                !model.ids.is_empty(),
                "the learned rules are packed by the `learn` example"
            );
            Knowledge { model }
        })
    }

    /// Learns anew from examples.
    #[must_use]
    pub fn learn(ids: &[String], examples: &[Example]) -> Knowledge {
        Knowledge {
            model: Model::learn(ids, examples),
        }
    }

    /// The knowledge as the file that ships.
    ///
    /// # Errors
    /// Only when memory can't be written to, which does not happen.
    pub fn packed(&self, fingerprint: [u8; 32]) -> std::io::Result<Vec<u8>> {
        pack::pack(&self.model, fingerprint)
    }
}

/// The learned rules, packed.
pub const SHIPPED: &[u8] = include_bytes!("../../learned/rules.bin");
