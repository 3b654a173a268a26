//! What somebody searched for, as the web proxy sees it, for whoever traces and alerts.

use super::{addresses::Led, filter::Filter, filter::Told};
use crate::{content::Theme, dns::question::kind, traces::Door};
use std::sync::PoisonError;

impl Filter {
    /// Tells that words were searched for that may be about a theme, whether they were let through
    /// or not.
    pub(crate) fn tell_search(&self, led: &Led, theme: Theme, words: &str) {
        if led.seat.trial {
            return;
        }
        let told = Told {
            at: led.at,
            door: Door::Page,
            from: None,
            seat: led.seat,
            name: words,
            kind: kind::A,
            decision: led.decision,
            origin: None,
            answer: led.answer,
            gate: &led.gate,
        };
        let mut traces = self.traces.lock().unwrap_or_else(PoisonError::into_inner);
        traces.searched(&told, theme);
    }
}
