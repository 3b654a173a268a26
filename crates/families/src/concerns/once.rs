//! A report is taken once, however often it is sent, and is not lost while there is no network: the
//! names of the hidden fields that the form and the device fill in, and the words for whoever waits.

use crate::spine::{answers::Answers, view::View};
use kernel::moment::Moment;
use kit::keeping::{Keeping, keeping as draw};
use maud::Markup;

/// The field for what the form or the device calls a report.
pub const ONCE: &str = "once";
/// The field that says to whom the form was given.
pub const TICKET: &str = "ticket";
/// The field that says when it was written, where it had to wait.
pub const WRITTEN: &str = "written";
/// Where a report goes that had to wait.
pub const LATE: &str = "/concerns/late";
/// The longest name of a report.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 16..=64;

/// What a report is called; empty when it is called nothing, or something that is no chance.
#[must_use]
pub(super) fn called(answers: &Answers) -> String {
    let once = answers.text(ONCE).unwrap_or_default();
    let fits = NAME_CHARS.contains(&once.len())
        && once.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { once } else { String::new() }
}

/// When a report was written that had to wait.
#[must_use]
pub(super) fn written(answers: &Answers) -> Option<Moment> {
    let millis: i64 = answers.number(WRITTEN)?;
    millis.checked_mul(1_000).map(Moment::from_micros)
}

/// What the script says while there is no network; `then`: the page that follows.
#[must_use]
pub(super) fn keeping(view: &View<'_>, then: &str) -> Markup {
    draw(&Keeping {
        sent_to: LATE.to_owned(),
        then: then.to_owned(),
        title: view.say("keep-title"),
        kept: view.say("keep-kept"),
        waiting: view.say("keep-waiting"),
        offline: view.say("keep-offline"),
        missing: view.say("keep-missing"),
        later: view.say("keep-later"),
    })
}
