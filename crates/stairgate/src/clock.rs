//! The one place where the program asks what time it is.

use kernel::moment::Moment;

/// The moment that it is now.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the rim; everywhere else time is handed in"
)]
pub(crate) fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment::from_micros(since.map_or(0, |since| {
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    }))
}
