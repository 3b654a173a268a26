//! What the ledger asks of a place that keeps lines: five questions, answered by SQLite and by
//! PostgreSQL. An append names the head that it follows; when somebody else was faster it is
//! refused with the new head, so a chain never forks.

use crate::{
    check::Fault,
    line::{Draft, Head, Line, Unfit},
};
use std::ops::ControlFlow;

/// A place that keeps the lines of one setting. All of it may be called from many threads.
pub trait Store: Send + Sync {
    /// Where the ledger ends now.
    ///
    /// # Errors
    /// The store can't be read.
    fn head(&self) -> Result<Head, StoreError>;

    /// Appends all of `drafts` after `after`, or none of them. When this returns `Ok`, they are on
    /// disk. The head then.
    ///
    /// # Errors
    /// Somebody else appended; a draft can't be kept; the store can't be written. When the
    /// connection to a server broke, the outcome is not known: ask for the head before trying again.
    fn append(&self, after: &Head, drafts: &[Draft]) -> Result<Head, AppendError>;

    /// Appends lines as they are (an import or a restore), spent ones too, after checking that
    /// each follows from the one before.
    ///
    /// # Errors
    /// As [`Store::append`]; a line does not follow.
    fn append_lines(&self, after: &Head, lines: &[Line]) -> Result<Head, AppendError>;

    /// Shows the lines from number `from` on, in order, until the end or until `see` breaks off.
    /// The line is lent: its buffers are used again for the next one. `see` may append.
    ///
    /// # Errors
    /// The store can't be read, or a line in it isn't one.
    fn read(
        &self,
        from: u64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// Drops the bodies of these lines for good; the lines stay and the chain still checks.
    /// How many bodies went. Ask [`crate::spent::spend`] instead, which appends the line that
    /// accounts for them: without one, every check finds a fault.
    ///
    /// # Errors
    /// The store can't be written.
    fn spend(&self, seqs: &[u64]) -> Result<u64, StoreError>;
}

/// The store itself is in trouble.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk, the server or the way there.
    #[error("{doing} failed: {why}")]
    Outside {
        /// What was being done.
        doing: String,
        /// What the system said.
        why: String,
    },
    /// What lies there can't be read as a ledger.
    #[error("{place} is damaged: {why}")]
    Damaged {
        /// File or table.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// Written by a later release.
    #[error("{place} was written by a newer Stairgate (format {found}, this one knows {known})")]
    Newer {
        /// File or table.
        place: String,
        /// Its format.
        found: i64,
        /// The format that this build writes.
        known: i64,
    },
    /// Something else lies there.
    #[error("{place} is not {what}")]
    NotOurs {
        /// File or table.
        place: String,
        /// What it should have been.
        what: &'static str,
    },
}

/// An append that did not happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Somebody else appended first; the head as it is now.
    #[error("somebody else wrote first: the ledger now ends with line {}", .0.seq)]
    Moved(Head),
    /// A draft can't be kept.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A line does not follow from the one before.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The line with this number, if there is one.
///
/// # Errors
/// The store can't be read.
pub fn line_at(store: &dyn Store, seq: u64) -> Result<Option<Line>, StoreError> {
    let mut found = None;
    store.read(seq, &mut |line| {
        found = (line.seq == seq).then(|| line.clone());
        ControlFlow::Break(())
    })?;
    Ok(found)
}
