//! One way to speak to the person at the terminal.

use std::io::Write;

/// Writes a line. A closed terminal is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _closed = writeln!(out, "{line}").and_then(|()| out.flush());
}
