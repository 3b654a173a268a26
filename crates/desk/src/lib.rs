//! The two doors: `perform`, to write, and `view`, to read. Behind them one writer judges acts in
//! the order in which they come, keeps what is accepted in the ledger (many acts, one sync), and
//! shows the new state; around them a folder with ledger, keys, checkpoints and backups.
//!
//! Reading order: `desk`, `writer`, `work`, `state`, `checking`, `ready`, `recorded`, `folder`, `files`,
//! `witness`, `rehearsal`, `housekeeping`, `telling`.

mod batch;
pub mod checking;
pub mod desk;
pub mod files;
pub mod folder;
pub mod housekeeping;
mod ready;
mod recorded;
pub mod rehearsal;
mod shared;
pub mod state;
pub mod telling;
pub mod witness;
mod work;
mod writer;
