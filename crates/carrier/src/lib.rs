//! The file in which a child’s record travels to the next setting: packed, signed by the setting
//! that sends it, and encrypted to the one that is meant to open it. `docs/transfer-format.md` is
//! the format; `opener` reads it with code of its own.
//! Reading order: `pack` (what is inside), `sealed` (how it is closed), `card` and `receipt`.

pub mod card;
pub mod pack;
pub mod receipt;
pub mod sealed;

/// Why a file, a card or a receipt is not taken. The words are for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no file of this format.
    #[error("this is not a file that was sent from one setting to another")]
    NotOne,
    /// It is longer than is taken.
    #[error("this file is too large to be taken")]
    TooLarge,
    /// It does not open. The same words whether the code or the file is wrong, so that trying codes
    /// tells nothing.
    #[error("the code does not open this file, or the file is damaged")]
    Shut,
    /// It opens, but is not whole.
    #[error("the file is not whole: {0}")]
    NotWhole(&'static str),
    /// What is to be packed can't be.
    #[error("the file could not be made: {0}")]
    Unmade(String),
    /// A card that is none.
    #[error("this is not the receiving card of a setting")]
    Card,
    /// A receipt that is none, or of something else.
    #[error("this is not the receipt for this file")]
    Receipt,
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
