//! The file in use. A new one takes its place between two answers; what can't be used does not.

use super::{Compiled, FileError};
use arc_swap::{ArcSwap, Guard};
use std::{path::Path, sync::Arc};

/// The file that answers are given from.
pub struct Served(ArcSwap<Compiled>);

impl Served {
    /// Begins with a file. There is no beginning without one: nothing is answered unfiltered.
    ///
    /// # Errors
    ///
    /// Says why the file can't be used.
    pub fn begin(path: &Path) -> Result<Served, FileError> {
        Ok(Served(ArcSwap::from_pointee(Compiled::open(path)?)))
    }

    /// The file of now, for as long as one answer takes.
    #[must_use]
    pub fn now(&self) -> Guard<Arc<Compiled>> {
        self.0.load()
    }

    /// Goes over to another file once it is whole and `passes` says yes to it. Until then, and when
    /// it does not, the one of before answers.
    ///
    /// # Errors
    ///
    /// Says why the other file can't be used.
    pub fn change<E: From<FileError>>(
        &self,
        path: &Path,
        passes: impl FnOnce(&Compiled) -> Result<(), E>,
    ) -> Result<(), E> {
        let next = Compiled::open(path)?;
        passes(&next)?;
        self.0.store(Arc::new(next));
        Ok(())
    }
}
