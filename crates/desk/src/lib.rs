//! The two doors: `perform`, to write, and `view`, to read. Behind them one writer judges acts in
//! the order in which they come, keeps what is accepted in the ledger (many acts, one sync), and
//! shows the new state; around them a folder with ledger, keys, checkpoints and backups.
//!
//! Reading order: `desk`, `writer`, `state`, `recorded`, `folder`, `witness`, `rehearsal`.

pub mod desk;
pub mod folder;
mod recorded;
pub mod rehearsal;
pub mod state;
pub mod witness;
mod writer;
