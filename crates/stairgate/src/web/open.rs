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

/// How many may come from one network in a span.
const FROM_ONE_MAX: usize = 20;
/// How many may come from all strangers together.
const IN_ALL_MAX: usize = 120;
/// The span, in minutes.
const SPAN_MINUTES: i64 = 10;

/// When strangers sent something lately, by network.
#[derive(Default)]
pub(crate) struct Open(Mutex<HashMap<String, VecDeque<Moment>>>);

impl Open {
    /// Whether one more may come from a network; then it counts.
    pub(crate) fn takes(&self, from: &str, now: Moment) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.plus_minutes(-SPAN_MINUTES);
        all.retain(|_, times| {
            times.retain(|at| *at > since);
            !times.is_empty()
        });
        let count: usize = all.values().map(VecDeque::len).sum();
        if count >= IN_ALL_MAX || all.get(from).is_some_and(|own| own.len() >= FROM_ONE_MAX) {
            return false;
        }
        all.entry(from.to_owned()).or_default().push_back(now);
        true
    }
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
    match super::late::ticket(app, &visitor.actor) {
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
    } else if app.open.takes(from, app.now()) {
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

    #[test]
    fn one_network_is_held_up_and_then_all_and_after_a_while_nobody() {
        let open = Open::default();
        let now = Moment::START;
        let from_one = (0..50).filter(|_| open.takes("address:192.0.2.1", now));
        assert_eq!(from_one.count(), FROM_ONE_MAX);
        let others = (0..500).filter(|n| open.takes(&format!("address:198.51.100.{n}"), now));
        assert_eq!(others.count(), IN_ALL_MAX - FROM_ONE_MAX);
        let later = now.plus_minutes(SPAN_MINUTES + 1);
        assert!(open.takes("address:192.0.2.1", later));
        assert_eq!(open.0.lock().unwrap().len(), 1, "what is old is forgotten");
    }
}
