//! How a bench says what it found.

use std::{error::Error, io::Write};

/// What a bench says when it can't go on.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Prints one result: ours, the reference, how they compare, and what was aimed at.
pub(crate) fn say(
    name: &str,
    ours: &str,
    reference: &str,
    ratio: &str,
    target: &str,
) -> Outcome<()> {
    let line = format!("{name:<44} {ours:>16} {reference:>18} {ratio:>8} {target:>10}");
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
