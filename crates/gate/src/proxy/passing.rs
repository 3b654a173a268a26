//! An answer on its way to somebody: what it says is judged before it goes far. The beginning is
//! held back, which for most pages is all of them; what comes later is judged piece by piece, before
//! the piece goes on.

use super::closed::{Body, BodyError};
use crate::{
    content::{BodyJudge, Finding, Unread},
    plan::Because,
};
use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// So many bytes of an answer are held back at most, as they came.
const HELD_MAX: usize = 128 << 10;
/// So long an answer is held back at most, so that what comes bit by bit is shown.
const HELD_FOR: Duration = Duration::from_millis(1_500);

/// What closed an answer that was on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// What it says.
    Says(Finding),
    /// It can't be read.
    Unread(Unread),
}

impl Stop {
    pub(super) fn because(&self) -> Because {
        match self {
            Stop::Says(finding) => Because::Words(finding.theme),
            Stop::Unread(_) => Because::NotLookedInto,
        }
    }
}

/// Told when something stops an answer after its beginning.
pub(super) type OnStop = Box<dyn FnOnce(&Stop) + Send>;

/// How an answer is judged.
pub(super) struct Judging {
    pub(super) judge: BodyJudge,
    /// What can't be read is closed, too.
    pub(super) strict: bool,
    /// Told when it stops on its way.
    pub(super) on_stop: OnStop,
}

/// Holds back the beginning of an answer and judges it. What is open goes on; `cut` ends it.
pub(super) async fn pass(
    mut body: Incoming,
    mut judging: Judging,
    cut: impl Future<Output = ()> + Send + 'static,
) -> Result<Body, Stop> {
    let mut held = VecDeque::new();
    let mut bytes = 0;
    let until = Instant::now() + HELD_FOR;
    let mut over = false;
    while bytes < HELD_MAX {
        let Ok(next) = timeout_at(until, body.frame()).await else {
            break;
        };
        let frame = match next {
            None => {
                over = true;
                break;
            }
            // What broke off is handed on as broken off.
            Some(Err(error)) => {
                held.push_back(Err(BodyError::from(error)));
                over = true;
                break;
            }
            Some(Ok(frame)) => frame,
        };
        if let Some(data) = frame.data_ref() {
            bytes += data.len();
            judging.take(data)?;
        }
        held.push_back(Ok(frame));
    }
    judging.look(over)?;
    let passing = Passing {
        held,
        body: (!over).then_some(body),
        judging: Some(judging),
        cut: Box::pin(cut),
    };
    Ok(passing.boxed_unsync())
}

impl Judging {
    fn take(&mut self, data: &Bytes) -> Result<(), Stop> {
        let taken = self.judge.take(data);
        self.stop_for(taken)
    }

    /// What has come so far; all of it, where it is over.
    fn look(&mut self, over: bool) -> Result<(), Stop> {
        let read = if over {
            self.judge.end()
        } else {
            self.judge.flush()
        };
        self.stop_for(read)?;
        self.judge
            .finding()
            .map_or(Ok(()), |finding| Err(Stop::Says(finding)))
    }

    fn stop_for(&self, read: Result<(), Unread>) -> Result<(), Stop> {
        match read {
            Err(unread) if self.strict || unread == Unread::Grows => Err(Stop::Unread(unread)),
            Err(_) | Ok(()) => Ok(()),
        }
    }
}

/// An answer behind its beginning.
struct Passing<F> {
    held: VecDeque<Result<Frame<Bytes>, BodyError>>,
    body: Option<Incoming>,
    judging: Option<Judging>,
    cut: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> hyper::body::Body for Passing<F> {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Some(frame) = self.held.pop_front() {
            return Poll::Ready(Some(frame));
        }
        let this = &mut *self;
        let Some(body) = &mut this.body else {
            return Poll::Ready(None);
        };
        if this.cut.as_mut().poll(context).is_ready() {
            this.body = None;
            return Poll::Ready(Some(Err("it was closed meanwhile".into())));
        }
        let next = match Pin::new(body).poll_frame(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(next) => next,
        };
        let Some(judging) = &mut this.judging else {
            return Poll::Ready(next.map(|frame| frame.map_err(BodyError::from)));
        };
        let judged = match &next {
            None => judging.look(true),
            Some(Err(_)) => Ok(()),
            Some(Ok(frame)) => frame.data_ref().map_or(Ok(()), |data| {
                judging.take(data).and_then(|()| judging.look(false))
            }),
        };
        let Err(stop) = judged else {
            return Poll::Ready(next.map(|frame| frame.map_err(BodyError::from)));
        };
        if let Some(judging) = this.judging.take() {
            (judging.on_stop)(&stop);
        }
        this.body = None;
        Poll::Ready(Some(Err("it was closed by what it says".into())))
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_empty() && self.body.as_ref().is_none_or(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let held = self.held.iter().filter_map(|frame| frame.as_ref().ok());
        let held = held
            .filter_map(Frame::data_ref)
            .map(Bytes::len)
            .sum::<usize>();
        let held = u64::try_from(held).unwrap_or(u64::MAX);
        let rest = self
            .body
            .as_ref()
            .map_or(SizeHint::with_exact(0), Incoming::size_hint);
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(held));
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(held));
        }
        hint
    }
}
