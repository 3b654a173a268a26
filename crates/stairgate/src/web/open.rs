//! The forms that are open to everybody: how many of them strangers may send, from one network and
//! in all, so that nobody drowns those who read them. Whoever is held up loses nothing: the form
//! comes back with what was typed, or the device tries again by itself.

use super::{
    app::App,
    say, send,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use families::{
    concerns::once,
    spine::{
        answers::Answers,
        draw::{TRAP_FIELD, is_open},
        judge::No,
        page::{Form, Params},
    },
};
use kernel::{moment::Moment, ruling::Mistake};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

/// The size that counts as one report, in bytes; a longer one counts as several.
const PART_BYTES: usize = 8 << 10;
/// What the shortest report takes up, in bytes.
const SENT_BYTES_MIN: usize = 1 << 10;
/// How many may come from one network in a span.
const FROM_ONE_MAX: usize = 20;
/// How many may come from all strangers together, besides the first ones of each network.
const IN_ALL_MAX: usize = 120;
/// The first ones of a network in a span do not count against the whole: others can’t use up what
/// somebody needs who reports once.
const FIRST: usize = 2;
/// The span, in minutes.
const SPAN_MINUTES: i64 = 10;
/// How much may come from one network in a day besides its first ones of each span, in bytes.
const FROM_ONE_BYTES_MAX: usize = 1 << 20;
/// How much may come from all strangers in a day, in bytes; a quarter of it is for first ones.
const IN_ALL_BYTES_MAX: usize = 32 << 20;
/// A day, in hours.
const DAY_HOURS: i64 = 24;

/// What strangers sent lately, by network.
#[derive(Default)]
pub(crate) struct Open(Mutex<HashMap<String, VecDeque<Sent>>>);

/// Something that was sent.
struct Sent {
    at: Moment,
    from: String,
    parts: usize,
    bytes: usize,
    is_first: bool,
}

impl Open {
    /// Whether one more of this size may come from a network; then it counts.
    pub(crate) fn takes(&self, from: &str, bytes: usize, now: Moment) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = now.plus_hours(-DAY_HOURS);
        all.retain(|_, sent| {
            sent.retain(|one| one.at > day);
            !sent.is_empty()
        });
        let since = now.plus_minutes(-SPAN_MINUTES);
        let parts = bytes.div_ceil(PART_BYTES).max(1);
        let bytes = bytes.max(SENT_BYTES_MIN);
        let wide = wide(from);
        let near = || all.get(wide).into_iter().flatten();
        let parts_of = |one: &Sent| if one.at > since { one.parts } else { 0 };
        let is_own = |one: &&Sent| one.from == from;
        let is_first = near().map(parts_of).sum::<usize>() + parts <= FIRST;
        let own: usize = near().filter(is_own).map(parts_of).sum();
        let own_bytes: usize = near().filter(is_own).map(|one| one.bytes).sum();
        let besides = all.values().flatten().filter(|one| !one.is_first);
        let in_all: usize = besides.map(parts_of).sum();
        let all_bytes: usize = all.values().flatten().map(|one| one.bytes).sum();
        let fits = if is_first {
            all_bytes + bytes <= IN_ALL_BYTES_MAX
        } else {
            own + parts <= FROM_ONE_MAX
                && in_all + parts <= IN_ALL_MAX
                && own_bytes + bytes <= FROM_ONE_BYTES_MAX
                && all_bytes + bytes <= IN_ALL_BYTES_MAX / 4 * 3
        };
        if fits {
            all.entry(wide.to_owned()).or_default().push_back(Sent {
                at: now,
                from: from.to_owned(),
                parts,
                bytes,
                is_first,
            });
        }
        fits
    }
}

/// The network of which first ones are counted: where somebody may have many small ones (IPv6 /64),
/// the large one that they are in (/48).
fn wide(from: &str) -> &str {
    let small = from.strip_suffix("::/64");
    let large = small.and_then(|small| Some(small.rsplit_once(':')?.0));
    large.unwrap_or(from)
}

/// How much was written, in bytes.
pub(crate) fn size(answers: &Answers) -> usize {
    let words = answers.iter().flat_map(|(_, words)| words);
    words.map(String::len).sum()
}

/// Puts what an open form needs among the words of its address: what it is called, and to whom it
/// was given. Nobody else says either.
pub(crate) fn prepare(app: &App, visitor: &Visitor, form: &Form, params: &mut Params) {
    if !is_open(form.act) {
        return;
    }
    let once = visitor::secret(16);
    params.0.insert(once::ONCE.to_owned(), once);
    params.0.remove(once::WRITTEN);
    match super::late::ticket(app, form, &visitor.actor) {
        Some(ticket) => params.0.insert(once::TICKET.to_owned(), ticket),
        None => params.0.remove(once::TICKET),
    };
}

/// What is answered instead of taking an open form from a stranger: the form again, with all that
/// was typed.
pub(crate) fn held(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    params: &Params,
    answers: &Answers,
    address: &str,
    from: &str,
) -> Option<Response<Body>> {
    if !is_open(form.act) || visitor.actor.person().is_some() {
        return None;
    }
    let (says, status) = if answers.text(TRAP_FIELD).is_some() {
        // A program, or a browser that fills in too much: a person presses again.
        ("send-once-more", StatusCode::UNPROCESSABLE_ENTITY)
    } else if app.open.takes(from, size(answers), app.now()) {
        return None;
    } else {
        ("keep-later", StatusCode::TOO_MANY_REQUESTS)
    };
    let mistake = Mistake::new(visitor.actor.tongue.say(says));
    let no = No::Mistakes(vec![mistake]);
    let mut answer = send::again(app, visitor, form, params, answers, address, &no);
    *answer.status_mut() = status;
    Some(answer)
}

/// A short answer to a script.
pub(crate) fn short(status: StatusCode) -> Response<Body> {
    say::html(status, status.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "address:192.0.2.1";

    fn small(number: usize) -> String {
        format!("address:2001:db8:1:{number:x}::/64")
    }

    #[test]
    fn one_network_is_held_up_and_then_all_and_after_a_while_nobody() {
        let open = Open::default();
        let now = Moment::START;
        let from_one = (0..50).filter(|_| open.takes(ONE, 100, now));
        assert_eq!(from_one.count(), FROM_ONE_MAX);
        let others = (0..500).filter(|n| open.takes(&small(*n), 100, now));
        assert_eq!(others.count(), IN_ALL_MAX + FIRST - (FROM_ONE_MAX - FIRST));
        let later = now.plus_minutes(SPAN_MINUTES + 1);
        assert!(open.takes(ONE, 100, later));
        assert!(open.takes(ONE, 100, later.plus_hours(DAY_HOURS)));
        assert_eq!(open.0.lock().unwrap().len(), 1, "what is old is forgotten");
    }

    #[test]
    fn somebody_who_reports_once_is_taken_however_much_others_send() {
        let open = Open::default();
        let now = Moment::START;
        let flood = (0..500).filter(|n| open.takes(&small(*n), 100, now));
        assert_eq!(flood.count(), IN_ALL_MAX + FIRST);
        assert!(open.takes(ONE, 4_000, now) && open.takes(ONE, 4_000, now));
        assert!(!open.takes(ONE, 4_000, now));
    }

    #[test]
    fn a_long_report_counts_as_several_and_a_day_has_its_bytes() {
        let open = Open::default();
        let (long, mut now) = (PART_BYTES * 5, Moment::START);
        let taken = (0..50).filter(|_| open.takes(ONE, long, now));
        assert_eq!(taken.count(), FROM_ONE_MAX / 5);
        let mut bytes = long * (FROM_ONE_MAX / 5);
        for _ in 0..60 {
            now = now.plus_minutes(SPAN_MINUTES + 1);
            while open.takes(ONE, long, now) {
                bytes += long;
            }
        }
        assert!(bytes <= FROM_ONE_BYTES_MAX, "{bytes}");
        assert!(open.takes(ONE, 4_000, now), "one who reports is heard");
        now = now.plus_hours(DAY_HOURS);
        assert!(open.takes(ONE, long, now), "the next day it begins anew");
    }
}
