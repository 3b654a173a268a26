//! What else is kept as a case is: sealed under a key of its own, seen by who is on it, and not
//! there for anybody else. Each kind has numbers of its own, so that whatever asks who is on a case
//! (pages, acts, lines, looks, duties) asks the same of these, and none can be forgotten.

/// How many of each kind there can be.
pub const EACH: u32 = 10_000_000;
/// Low-level concerns about adults begin after this number.
pub const LOW_LEVEL: u32 = EACH;
/// A reporter’s own duty to report has the number of the case, after this one.
pub const OWN_DUTY: u32 = 2 * EACH;
/// Files that move from one setting to another begin after this number.
pub const TRANSFER: u32 = 3 * EACH;
/// Alerts of the filter begin after this number.
pub const ALERT: u32 = 4 * EACH;
/// Looks at what was asked for on the internet begin after this number.
pub const LOOK: u32 = 5 * EACH;

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A case.
    Case(u32),
    /// A low-level concern about an adult.
    LowLevel(u32),
    /// The own duty of who reported this case.
    OwnDuty(u32),
    /// A file that moves.
    Transfer(u32),
    /// An alert of the filter.
    Alert(u32),
    /// A look at what was asked for.
    Look(u32),
}

/// What a number stands for.
#[must_use]
pub fn of(number: u32) -> Matter {
    let within = number % EACH;
    match number / EACH {
        0 => Matter::Case(number),
        1 => Matter::LowLevel(within),
        2 => Matter::OwnDuty(within),
        3 => Matter::Transfer(within),
        4 => Matter::Alert(within),
        5 => Matter::Look(within),
        // No entry gives such a number.
        _ => Matter::Case(u32::MAX),
    }
}

/// Whether a number stands for a case.
#[must_use]
pub fn is_case(number: u32) -> bool {
    matches!(of(number), Matter::Case(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_for_one_thing_only() {
        assert_eq!(of(7), Matter::Case(7));
        assert_eq!(of(LOW_LEVEL + 7), Matter::LowLevel(7));
        assert_eq!(of(OWN_DUTY + 7), Matter::OwnDuty(7));
        assert_eq!(of(TRANSFER + 7), Matter::Transfer(7));
        assert_eq!(of(ALERT + 7), Matter::Alert(7));
        assert_eq!(of(LOOK + 7), Matter::Look(7));
        assert_eq!(of(u32::MAX), Matter::Case(u32::MAX));
    }
}
