//! Pages that were drawn, for as long as nothing has happened since: kept by who looked, at what,
//! on which day, after which line of the ledger. Bounded; thrown away whole at every new line.

use axum::body::Bytes;
use kernel::moment::Date;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The most bytes of pages that are kept.
const BYTES_MAX: usize = 12 << 20;

/// What pages depend on besides who looks at what: the last line, the day, and what is known of how
/// the ledger is kept.
pub(crate) type When = (u64, Date, u64);

/// Pages that were drawn.
#[derive(Default)]
pub(crate) struct Memory(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    when: Option<When>,
    bytes: usize,
    pages: HashMap<(String, String), Bytes>,
}

impl Memory {
    /// The page that this visitor was shown at this address, if nothing has happened since.
    pub(crate) fn find(&self, when: When, visitor: &str, address: &str) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.when != Some(when) {
            return None;
        }
        kept.pages
            .get(&(visitor.to_owned(), address.to_owned()))
            .cloned()
    }

    /// Keeps a page.
    pub(crate) fn keep(&self, when: When, visitor: &str, address: &str, page: &Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.when != Some(when) || kept.bytes.saturating_add(page.len()) > BYTES_MAX {
            *kept = Kept {
                when: Some(when),
                ..Kept::default()
            };
        }
        kept.bytes = kept.bytes.saturating_add(page.len());
        kept.pages
            .insert((visitor.to_owned(), address.to_owned()), page.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_forgotten_when_something_happens_and_is_nobody_elses() {
        let memory = Memory::default();
        let day = Date::constant(2026, 11, 25);
        let page = Bytes::from_static(b"page");
        memory.keep((5, day, 0), "a", "/policy", &page);
        assert_eq!(memory.find((5, day, 0), "a", "/policy"), Some(page));
        assert_eq!(memory.find((5, day, 0), "b", "/policy"), None);
        assert_eq!(memory.find((6, day, 0), "a", "/policy"), None);
        assert_eq!(memory.find((5, day, 1), "a", "/policy"), None);
        assert_eq!(
            memory.find((5, Date::constant(2026, 11, 26), 0), "a", "/policy"),
            None
        );
    }
}
