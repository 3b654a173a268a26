//! Checks a ledger line by line: each number follows the last, each body has its digest, each
//! link follows from the link before, a line accounts for each body that is gone, and the whole
//! agrees with what was signed. Streams; the first fault is named in words.

use crate::{
    checkpoint::Checkpoint,
    line::{Head, Line, digest},
    spent::Account,
    store::{Store, StoreError},
    tree::Tree,
};
use std::ops::ControlFlow;

/// What is wrong with a ledger, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A number is missing, twice, or out of order.
    #[error("line {expected} is missing: line {found} stands in its place")]
    Order {
        /// The number that should be here.
        expected: u64,
        /// The number that is.
        found: u64,
    },
    /// A body isn't the one that was written.
    #[error("line {seq}: the body is not the one that was written")]
    Body {
        /// Number of the line.
        seq: u64,
    },
    /// A link does not follow.
    #[error("line {seq} does not follow from the line before it: one of the two was changed")]
    Link {
        /// Number of the line.
        seq: u64,
    },
    /// A body is gone, and nothing says that it was to go.
    #[error("the body of line {seq} is gone, and no line says that it was spent")]
    Unaccounted {
        /// Number of the line.
        seq: u64,
    },
    /// A body that can't be spent.
    #[error("the body of line {seq} can't be spent: there is no such line, or it is an account")]
    NotToSpend {
        /// Number of the line.
        seq: u64,
    },
    /// A checkpoint is of more lines than there are.
    #[error("{size} lines were signed and only {found} are here: the newest are missing")]
    Short {
        /// Lines when it was signed.
        size: u64,
        /// Lines that are here.
        found: u64,
    },
    /// A checkpoint has another root.
    #[error("the first {size} lines are not the ones that were signed")]
    Root {
        /// Lines when it was signed.
        size: u64,
    },
}

/// Why a ledger did not check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The ledger was changed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A ledger that checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Where it ends.
    pub head: Head,
    /// Lines whose body was spent.
    pub spent: u64,
    /// The tree over its links, whose root a checkpoint signs.
    pub tree: Tree,
}

/// How far a chain has been followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The last line that was seen to follow.
    pub head: Head,
    /// How many bodies were spent.
    pub spent: u64,
}

impl Chain {
    /// To follow what comes after `head`, which is trusted.
    #[must_use]
    pub fn after(head: Head) -> Chain {
        Chain { head, spent: 0 }
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// It does not follow; the chain stays where it was.
    pub fn follow(&mut self, line: &Line) -> Result<(), Fault> {
        let expected = self.head.seq.saturating_add(1);
        if line.seq != expected {
            return Err(Fault::Order {
                expected,
                found: line.seq,
            });
        }
        if line
            .body
            .as_ref()
            .is_some_and(|body| digest(body) != line.digest)
        {
            return Err(Fault::Body { seq: line.seq });
        }
        if line.link_after(&self.head.link) != line.link {
            return Err(Fault::Link { seq: line.seq });
        }
        self.head = line.head();
        self.spent = self.spent.saturating_add(u64::from(line.body.is_none()));
        Ok(())
    }
}

/// Shows every line after `after` (which is trusted) that follows, and stops at the first that
/// does not. The head at the end.
///
/// # Errors
/// The first fault, or the store can't be read. Lines before the fault were shown.
pub fn read_checked(
    store: &dyn Store,
    after: Head,
    see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
) -> Result<Head, CheckError> {
    let mut chain = Chain::after(after);
    let mut fault = None;
    store.read(
        after.seq.saturating_add(1),
        &mut |line| match chain.follow(line) {
            Ok(()) => see(line),
            Err(found) => {
                fault = Some(found);
                ControlFlow::Break(())
            }
        },
    )?;
    fault.map_or(Ok(chain.head), |fault| Err(fault.into()))
}

/// Checks a whole ledger, and that it is the one that these checkpoints were signed for
/// (whose signatures were checked when they were read).
///
/// # Errors
/// The first fault, or the store can't be read.
pub fn check(store: &dyn Store, checkpoints: &[Checkpoint]) -> Result<Checked, CheckError> {
    let mut tree = Tree::default();
    let (mut spent, mut account) = (0_u64, Account::default());
    let mut fault = signed(&tree, checkpoints).err();
    let head = read_checked(store, Head::EMPTY, &mut |line| {
        tree.push(&line.link);
        account.see(line);
        spent = spent.saturating_add(u64::from(line.body.is_none()));
        fault = fault.take().or_else(|| signed(&tree, checkpoints).err());
        if fault.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    account.settle()?;
    if let Some(short) = checkpoints.iter().find(|signed| signed.size > head.seq) {
        return Err(Fault::Short {
            size: short.size,
            found: head.seq,
        }
        .into());
    }
    Ok(Checked { head, spent, tree })
}

/// Whether the tree, at its size, is the one of every checkpoint of that size.
fn signed(tree: &Tree, checkpoints: &[Checkpoint]) -> Result<(), Fault> {
    let size = tree.size();
    match checkpoints
        .iter()
        .find(|signed| signed.size == size && signed.root != tree.root())
    {
        Some(_) => Err(Fault::Root { size }),
        None => Ok(()),
    }
}
