//! What may come once only, for as long as it would still be taken: challenges that were answered.

use kernel::moment::Moment;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How long something is remembered, in minutes: longer than anything is good.
const REMEMBERED_MINUTES: i64 = 15;
/// How much is remembered before the oldest is looked through.
const REMEMBERED_MAX: usize = 10_000;

/// What was spent.
#[derive(Default)]
pub(crate) struct Spent(Mutex<HashMap<String, Moment>>);

impl Spent {
    /// Spends something. Whether it had not been spent before; when too much is remembered at
    /// once, nothing more is taken until some of it is old.
    pub(crate) fn spend(&self, what: &str, now: Moment) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= REMEMBERED_MAX {
            spent.retain(|_, at| now <= at.plus_minutes(REMEMBERED_MINUTES));
        }
        spent.len() < REMEMBERED_MAX && spent.insert(what.to_owned(), now).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_spent_once_and_what_is_remembered_is_bounded() {
        let spent = Spent::default();
        let now = Moment::START;
        assert!(spent.spend("one", now));
        assert!(!spent.spend("one", now));
        for number in 0..REMEMBERED_MAX {
            spent.spend(&format!("n{number}"), now);
        }
        assert!(!spent.spend("one more", now));
        assert!(spent.spend("later", now.plus_minutes(20)));
    }
}
