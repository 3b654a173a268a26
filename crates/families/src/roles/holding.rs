//! A role that somebody holds or held, and for which days that is true. A role ends with its own
//! last day or when its holder leaves, whichever comes first; coming back does not bring it back.

use super::role::Role;
use crate::spine::act::Person;
use jiff::ToSpan;
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// A role that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The first day.
    pub from: Date,
    /// The last day in the role, when it was ended.
    pub(super) last: Option<Date>,
    /// The last day of the person here, when it is known.
    pub(super) leaves: Option<Date>,
    /// The entry that gave it.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
}

impl Holding {
    /// The last day, when there is one.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        match (self.last, self.leaves) {
            (Some(last), Some(leaves)) => Some(last.min(leaves)),
            (last, leaves) => last.or(leaves),
        }
    }

    /// Whether it is held on this day.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        self.from <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// Whether it is held on this day or will be.
    #[must_use]
    pub fn is_on_or_ahead(&self, day: Date) -> bool {
        !self.is_empty() && self.last_day().is_none_or(|last| day <= last)
    }

    /// Whether it was taken back before it began.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last_day().is_some_and(|last| last < self.from)
    }

    /// Its holder's last day here is known.
    pub(super) fn leaves(&mut self, last: Date) {
        self.leaves = Some(last);
    }

    /// Its holder is back. The role goes on only if there was no day between.
    pub(super) fn returns(&mut self, since: Date) {
        let Some(left) = self.leaves.take() else {
            return;
        };
        if next(left).is_none_or(|next| since > next) {
            self.last = Some(self.last.map_or(left, |last| last.min(left)));
        }
    }
}

/// The first day from `day` on which none of these is held; `None` when there is always one.
pub fn first_day_without<'a>(
    holdings: &(impl Iterator<Item = &'a Holding> + Clone),
    day: Date,
) -> Option<Date> {
    let mut day = day;
    loop {
        // For ever is later than any last day.
        let last = |holding: &Holding| holding.last_day().unwrap_or(Date::MAX);
        let longest = holdings
            .clone()
            .filter(|holding| holding.is_on(day))
            .map(last)
            .max();
        match longest.and_then(next) {
            Some(after) => day = after,
            None if longest.is_some() => return None,
            None => return Some(day),
        }
    }
}

/// The day after.
pub(super) fn next(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn holding(from: Date, last: Option<Date>) -> Holding {
        Holding {
            role: Role::Manager,
            person: Person(1),
            from,
            last,
            leaves: None,
            seq: 1,
            at: Moment::START,
        }
    }

    #[test]
    fn the_first_day_without_is_found_over_times_that_follow_each_other() {
        let first = holding(date(2026, 9, 1), Some(date(2026, 12, 31)));
        let second = holding(date(2027, 1, 1), Some(date(2027, 3, 31)));
        let without = |all: &[&Holding]| first_day_without(&all.iter().copied(), date(2026, 10, 1));
        assert_eq!(without(&[]), Some(date(2026, 10, 1)));
        assert_eq!(without(&[&second, &first]), Some(date(2027, 4, 1)));
        assert_eq!(without(&[&first, &holding(date(2027, 1, 1), None)]), None);
        assert_eq!(
            without(&[&first, &holding(date(2027, 1, 2), None)]),
            Some(date(2027, 1, 1))
        );
    }

    #[test]
    fn a_role_ends_when_its_holder_leaves_and_does_not_come_back_with_them() {
        let mut held = holding(date(2026, 9, 1), None);
        held.leaves(date(2026, 12, 31));
        assert!(held.is_on(date(2026, 12, 31)) && !held.is_on(date(2027, 1, 1)));
        held.returns(date(2027, 2, 1));
        assert!(!held.is_on(date(2027, 2, 1)));
        held.leaves(date(2028, 2, 1));
        assert_eq!(held.last_day(), Some(date(2026, 12, 31)));
    }

    #[test]
    fn a_role_goes_on_when_its_holder_stays_after_all() {
        let mut held = holding(date(2026, 9, 1), None);
        held.leaves(date(2026, 12, 31));
        held.returns(date(2027, 1, 1));
        assert!(held.is_on(date(2027, 1, 1)));
    }
}
