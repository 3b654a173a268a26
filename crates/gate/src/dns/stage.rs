//! A filter that nobody reaches, for trials: it answers by the same code as the one that runs, from a
//! thread's table and through a stream, and asks a resolver that is made up.

use super::{
    filter::{Filter, Untold},
    question::{Came, Question},
    rule::{self, Step},
    say::Way,
    udp::{Deciding, Done},
    upstream::Upstream,
};
use crate::{
    plan::{Asker, Gate},
    traces::Door,
};
use kernel::moment::Moment;
use std::{io, sync::Arc};
use tokio::runtime::Runtime;

/// Memory for answers that are kept.
const CACHE_BYTES: usize = 1 << 20;

/// A filter that nobody reaches.
pub(crate) struct Stage {
    filter: Arc<Filter>,
    deciding: Deciding,
    runtime: Runtime,
}

impl Stage {
    /// Puts a gate in front of answers that are made up.
    pub(crate) fn new(
        gate: &Arc<Gate>,
        answers: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
        clock: fn() -> Moment,
    ) -> io::Result<Stage> {
        let upstream = Upstream::made_up(Arc::new(answers));
        let traces = Box::new(Untold);
        let filter = Filter::untried(Arc::clone(gate), CACHE_BYTES, upstream, traces, clock);
        filter.open();
        let filter = Arc::new(filter);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        Ok(Stage {
            deciding: Deciding::new(&filter),
            filter,
            runtime,
        })
    }

    /// What somebody gets who asks in a packet at a moment. Moments go on, never back.
    pub(crate) fn packet(
        &mut self,
        message: &[u8],
        asker: Asker<'_>,
        at: Moment,
    ) -> Option<Vec<u8>> {
        self.deciding.turn_to(at);
        let mut out = Vec::with_capacity(512);
        for _ in 0..2 {
            match self
                .deciding
                .answer(message, asker, at, &mut out, &mut Untold)
            {
                Done::Answered | Done::AnsweredForNow => return Some(out),
                Done::Nothing => return None,
                Done::Later => self.ask_upstream(message, asker, at),
            }
        }
        None
    }

    /// What somebody gets now who asks in a stream.
    pub(crate) fn stream(&self, message: &[u8], asker: Asker<'_>) -> Option<Vec<u8>> {
        let answer = self.filter.answer(message, asker, Door::Dns, Way::Stream);
        self.runtime.block_on(answer)
    }

    /// Asks upstream, so that the answer is kept.
    fn ask_upstream(&self, message: &[u8], asker: Asker<'_>, at: Moment) {
        let Came::Question(question) = Question::read(message) else {
            return;
        };
        let gate = self.filter.gate();
        let ruled = rule::rule(&gate, gate.seat(asker, at), &question, at);
        let Step::Ask { safe, at_home } = ruled.step else {
            return;
        };
        let asked = rule::asked(question.text(), question.kind, safe, at_home);
        drop(self.runtime.block_on(self.filter.resolve(asked)));
    }
}
