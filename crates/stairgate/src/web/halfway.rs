//! People who are half signed in: the password was right, the second step is still to come. Kept in
//! memory for some minutes and bounded; a restart asks for the password again.

use super::{passwords::digest, sign_in::Shown};
use families::spine::act::Person;
use kernel::moment::Moment;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How long the second step may take, in minutes.
const MINUTES: i64 = 10;
/// Wrong codes before the password is asked for again.
const TRIES_MAX: u32 = 5;
/// How many are remembered.
const REMEMBERED_MAX: usize = 2_000;

/// Those who are half signed in.
#[derive(Default)]
pub(crate) struct Halfway(Mutex<HashMap<String, Half>>);

/// Somebody who is half signed in.
#[derive(Clone, Debug)]
pub(crate) struct Half {
    pub(crate) person: Person,
    pub(crate) epoch: u32,
    /// Whether it was an account somewhere else that was shown first.
    pub(crate) elsewhere: bool,
    pub(crate) then: String,
    made: Moment,
    tries: u32,
}

impl Halfway {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Half>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins for the holder of this secret. Whether there was room.
    pub(crate) fn begin(&self, secret: &str, shown: &Shown, then: &str, now: Moment) -> bool {
        let mut halves = self.lock();
        halves.retain(|_, half| now <= half.made.plus_minutes(MINUTES));
        if halves.len() >= REMEMBERED_MAX {
            return false;
        }
        let half = Half {
            person: shown.person,
            epoch: shown.epoch,
            elsewhere: shown.elsewhere,
            then: then.to_owned(),
            made: now,
            tries: 0,
        };
        halves.insert(digest(secret), half);
        true
    }

    /// Who holds this secret.
    pub(crate) fn find(&self, secret: &str, now: Moment) -> Option<Half> {
        let halves = self.lock();
        let half = halves.get(&digest(secret))?;
        (now <= half.made.plus_minutes(MINUTES)).then(|| half.clone())
    }

    /// Notes a try before it is checked, so that many at once get no further. Whether it may be made.
    pub(crate) fn try_one(&self, secret: &str) -> bool {
        let mut halves = self.lock();
        let Some(half) = halves.get_mut(&digest(secret)) else {
            return false;
        };
        half.tries = half.tries.saturating_add(1);
        half.tries <= TRIES_MAX
    }

    /// It is over, one way or the other.
    pub(crate) fn end(&self, secret: &str) {
        self.lock().remove(&digest(secret));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use families::spine::act::Proof;

    #[test]
    fn the_second_step_has_ten_minutes_and_five_tries() {
        let halfway = Halfway::default();
        let now = Moment::START;
        let shown = Shown {
            person: Person(3),
            epoch: 1,
            proof: Proof::One,
            elsewhere: false,
        };
        assert!(halfway.begin("secret", &shown, "/", now));
        assert!(halfway.find("secret", now.plus_minutes(9)).is_some());
        assert!(halfway.find("secret", now.plus_minutes(11)).is_none());
        assert!(halfway.find("other", now).is_none());
        assert!((0..5).all(|_| halfway.try_one("secret")));
        assert!(!halfway.try_one("secret"));
    }
}
