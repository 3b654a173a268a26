//! Slows guessing of passwords: after so many wrong ones for an account, or twenty from an address,
//! the next has to wait, longer each time. A device on which somebody has signed in before counts
//! apart, so that a stranger can't lock them out of it. Kept in memory and bounded.

use kernel::moment::Moment;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Wrong passwords for one account before waiting begins, where the policy names no number.
pub(crate) const FREE: u32 = families::access::controls::attempts::FREE;
/// Wrong passwords from one address before waiting begins.
const FREE_ADDRESS: u32 = 20;
/// The longest wait, in minutes.
const WAIT_MINUTES_MAX: i64 = 15;
/// How many accounts and addresses are remembered.
const REMEMBERED_MAX: usize = 20_000;

/// After this long without a wrong one, counting begins anew, in hours: for an account.
const ACCOUNT_HOURS: i64 = 24;
/// And for an address, which many people may share.
const ADDRESS_HOURS: i64 = 1;

/// Wrong passwords, by what was tried.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Wrong>>);

struct Wrong {
    count: u32,
    until: Moment,
    last: Moment,
}

impl Attempts {
    /// Begins a try for an account. It counts as wrong until it was right, so that many tries at
    /// once get no further than one after the other.
    ///
    /// # Errors
    /// How many minutes somebody has to wait before the next try.
    pub(crate) fn begin(&self, account: &str, address: &str, now: Moment) -> Result<(), i64> {
        self.begin_with(account, address, FREE, now).map(drop)
    }

    /// The same, with so many free tries for the account. Whether the next will have to wait, for
    /// the first time, when this one is wrong.
    ///
    /// # Errors
    /// How many minutes somebody has to wait before the next try.
    pub(crate) fn begin_with(
        &self,
        account: &str,
        address: &str,
        free: u32,
        now: Moment,
    ) -> Result<bool, i64> {
        let mut wrong = self.lock();
        let wait = wait(&wrong, account, now).max(wait(&wrong, address, now));
        if wait > 0 {
            return Err(wait);
        }
        let count = note(&mut wrong, account, free, now);
        Ok(count == free.saturating_add(1))
    }

    /// How many minutes an address has to wait before the next try; 0: none.
    pub(crate) fn wait_minutes(&self, address: &str, now: Moment) -> i64 {
        wait(&self.lock(), address, now)
    }

    /// Notes that something wrong came from an address.
    pub(crate) fn note(&self, address: &str, now: Moment) {
        note(&mut self.lock(), address, FREE, now);
    }

    /// Forgets what was wrong for an account: the right one came.
    pub(crate) fn forget(&self, account: &str) {
        self.lock().remove(account);
    }

    /// Takes back a try that was begun and could not be checked.
    pub(crate) fn take_back(&self, account: &str, now: Moment) {
        if let Some(one) = self.lock().get_mut(account) {
            one.count = one.count.saturating_sub(1);
            one.until = now;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait(wrong: &HashMap<String, Wrong>, key: &str, now: Moment) -> i64 {
    let until = wrong.get(key).map_or(now, |one| one.until);
    if until > now {
        (until.micros() - now.micros()) / 60_000_000 + 1
    } else {
        0
    }
}

fn note(wrong: &mut HashMap<String, Wrong>, key: &str, free: u32, now: Moment) -> u32 {
    if wrong.len() >= REMEMBERED_MAX {
        forget_older_half(wrong);
    }
    let (free, hours) = if key.starts_with("address:") {
        (FREE_ADDRESS, ADDRESS_HOURS)
    } else {
        (free, ACCOUNT_HOURS)
    };
    let one = wrong.entry(key.to_owned()).or_insert(Wrong {
        count: 0,
        until: now,
        last: now,
    });
    if now > one.last.plus_hours(hours) {
        one.count = 0;
    }
    one.count = one.count.saturating_add(1);
    one.last = now;
    let over = i64::from(one.count.saturating_sub(free));
    if over > 0 {
        one.until = now.plus_minutes((1_i64 << over.min(4)).min(WAIT_MINUTES_MAX));
    }
    one.count
}

/// Makes room: those that were wrong most lately are remembered.
fn forget_older_half(wrong: &mut HashMap<String, Wrong>) {
    let mut lasts: Vec<Moment> = wrong.values().map(|one| one.last).collect();
    lasts.sort_unstable();
    let middle = lasts.get(lasts.len() / 2).copied();
    wrong.retain(|_, one| Some(one.last) > middle);
}

/// The key of the network that an address belongs to: whoever has one address of the sixth version
/// has the 2⁶⁴ beside it too.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => format!("address:{four}"),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "account:maya";
    const ADDRESS: &str = "address:192.0.2.1";

    #[test]
    fn the_seventh_try_has_to_wait_and_longer_each_time() {
        let attempts = Attempts::default();
        let now = Moment::START;
        // All at once: none of them has been answered yet.
        let begun = (0..50).filter(|_| attempts.begin(ACCOUNT, ADDRESS, now).is_ok());
        assert_eq!(begun.count(), 6);
        let first = attempts.begin(ACCOUNT, ADDRESS, now).unwrap_err();
        let later = now.plus_minutes(first);
        assert_eq!(attempts.begin(ACCOUNT, ADDRESS, later), Ok(()));
        assert!(attempts.begin(ACCOUNT, ADDRESS, later).unwrap_err() > first);
        attempts.forget(ACCOUNT);
        assert_eq!(attempts.begin(ACCOUNT, ADDRESS, later), Ok(()));
    }

    #[test]
    fn a_day_without_a_wrong_password_begins_anew() {
        let attempts = Attempts::default();
        let now = Moment::START;
        (0..6).for_each(|_| attempts.begin(ACCOUNT, ADDRESS, now).unwrap());
        let next = now.plus_hours(25);
        (0..6).for_each(|_| attempts.begin(ACCOUNT, ADDRESS, next).unwrap());
        assert!(attempts.begin(ACCOUNT, ADDRESS, next).is_err());
    }

    #[test]
    fn an_address_waits_whatever_account_it_tries_and_so_does_its_network() {
        let attempts = Attempts::default();
        let now = Moment::START;
        let of = |address: &str| network(address.parse().unwrap());
        let one = of("2001:db8:1:2:3:4:5:6");
        (0..=FREE_ADDRESS).for_each(|_| attempts.note(&one, now));
        assert!(
            attempts
                .begin("account:other", &of("2001:db8:1:2::9"), now)
                .is_err()
        );
        assert!(
            attempts
                .begin("account:other", &of("2001:db8:1:3::9"), now)
                .is_ok()
        );
        assert_eq!(of("::ffff:192.0.2.1"), ADDRESS);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_latest_is_kept() {
        let attempts = Attempts::default();
        for number in 0..50_000_i64 {
            let now = Moment::from_micros(number);
            attempts.note(&format!("account:{number}"), now);
        }
        let kept = attempts.lock();
        assert!(kept.len() <= REMEMBERED_MAX);
        assert!(kept.contains_key("account:49999"));
    }
}
