//! The ledger: lines that are chained by their hashes, kept in SQLite or PostgreSQL, signed at
//! checkpoints, exported, checked and backed up; and, apart from it, the keys whose destruction
//! erases. It knows no family: a body is opaque bytes. Nothing here is asynchronous, reads a
//! clock or draws randomness: those are arguments.
//!
//! Reading order: `line`, `store`, `sqlite`, `postgres`, `check`, `spent`, `tree`, `checkpoint`,
//! `checkpoints`, `export`, `signed`, `keys`, `snapshot`, `backup`. The bytes are described in `docs/decisions/ledger-format.md`.

pub mod backup;
pub mod check;
pub mod checkpoint;
pub mod checkpoints;
mod container;
pub mod durable;
pub mod export;
pub mod hex;
pub mod keys;
pub mod line;
pub mod postgres;
pub mod server;
pub mod signed;
pub mod snapshot;
pub mod spent;
pub mod sqlite;
pub mod store;
pub mod tree;
pub mod words;

/// Fills a buffer with randomness of the system; handed in by whoever calls.
pub type Fill<'a> = dyn FnMut(&mut [u8]) + 'a;
