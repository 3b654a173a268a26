//! Files that are kept, encrypted under a random key each and named by the SHA-256 of what lies on
//! the disk. The vault knows neither names nor people: entries of the ledger hold the keys.
//!
//! Reading order: `look` (what is taken), `vault` (keeping and opening), `shelf` (where the bytes
//! lie), `stream` (how they are encrypted), `scan` (an optional check for viruses).

pub mod look;
pub mod scan;
pub mod shelf;
pub mod stream;
pub mod vault;

pub use look::{NotTaken, look};
pub use shelf::{Found, Shelf};
pub use vault::{Vault, VaultError};
