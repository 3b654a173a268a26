//! Slows guessing of passwords: after five wrong ones for an account, or twenty from an address,
//! the next has to wait, longer each time. Kept in memory and bounded.

use kernel::moment::Moment;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Wrong passwords for one account before waiting begins.
const FREE: u32 = 5;
/// Wrong passwords from one address before waiting begins.
const FREE_ADDRESS: u32 = 20;
/// The longest wait, in minutes.
const WAIT_MINUTES_MAX: i64 = 15;
/// How many accounts and addresses are remembered.
const REMEMBERED_MAX: usize = 20_000;

/// Wrong passwords, by what was tried.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Wrong>>);

struct Wrong {
    count: u32,
    until: Moment,
}

impl Attempts {
    /// How many minutes somebody has to wait before the next try; 0: none.
    pub(crate) fn wait_minutes(&self, keys: &[String], now: Moment) -> i64 {
        let wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |key: &String| {
            let until = wrong.get(key)?.until;
            (until > now).then(|| (until.micros() - now.micros()) / 60_000_000 + 1)
        };
        keys.iter().filter_map(left).max().unwrap_or(0)
    }

    /// Notes a wrong password.
    pub(crate) fn note(&self, keys: &[String], now: Moment) {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() > REMEMBERED_MAX {
            wrong.retain(|_, one| one.until > now);
        }
        for key in keys {
            let one = wrong.entry(key.clone()).or_insert(Wrong {
                count: 0,
                until: now,
            });
            one.count = one.count.saturating_add(1);
            let free = if key.starts_with("address:") {
                FREE_ADDRESS
            } else {
                FREE
            };
            let over = i64::from(one.count.saturating_sub(free));
            if over > 0 {
                one.until = now.plus_minutes((1_i64 << over.min(4)).min(WAIT_MINUTES_MAX));
            }
        }
    }

    /// Forgets what was wrong: the right one came.
    pub(crate) fn forget(&self, key: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_wrong_password_has_to_wait_and_longer_each_time() {
        let attempts = Attempts::default();
        let keys = ["account:maya".to_owned()];
        let now = Moment::START;
        (0..5).for_each(|_| attempts.note(&keys, now));
        assert_eq!(attempts.wait_minutes(&keys, now), 0);
        attempts.note(&keys, now);
        let first = attempts.wait_minutes(&keys, now);
        attempts.note(&keys, now);
        assert!(first > 0 && attempts.wait_minutes(&keys, now) > first);
        assert_eq!(attempts.wait_minutes(&keys, now.plus_minutes(30)), 0);
        attempts.forget("account:maya");
        assert_eq!(attempts.wait_minutes(&keys, now), 0);
    }
}
