//! Where a name leads, for the web proxy: by the same rules as for whoever asks the name server.

use super::{
    filter::{Filter, Told, origin},
    kept::{Kept, is_private},
    made,
    question::{Came, Question, kind},
    rule::{self, Ruled, Step},
    say::{self, Way, Why},
};
use crate::{
    plan::{Asker, Because, Decision, Gate, Seat},
    traces::{Answer, Door},
};
use hickory_proto::{op::Message, rr::RData};
use kernel::moment::Moment;
use std::{
    net::IpAddr,
    sync::{Arc, PoisonError},
};

/// What came of a name.
pub(crate) struct Led {
    /// What decided.
    pub(crate) gate: Arc<Gate>,
    /// Where whoever asked stands.
    pub(crate) seat: Seat,
    /// When.
    pub(crate) at: Moment,
    /// Whether the name is open, and why.
    pub(crate) decision: Decision,
    /// What was answered.
    pub(crate) answer: Answer,
    /// Where it leads; none where it is closed or nobody knows.
    pub(crate) addresses: Vec<IpAddr>,
}

impl Filter {
    /// Where a name in its normal form leads, for somebody.
    pub(crate) async fn lead(self: &Arc<Filter>, name: &str, asker: Asker<'_>) -> Led {
        let four = self.lead_kind(name, kind::A, asker).await;
        if !four.decision.open || !four.answer.is_open() && four.answer != Answer::Failed {
            return four;
        }
        let six = self.lead_kind(name, kind::AAAA, asker).await;
        let mut led = if six.decision.open && four.answer.is_open() {
            Led {
                addresses: Vec::new(),
                ..four
            }
        } else {
            return six;
        };
        led.addresses = four.addresses.into_iter().chain(six.addresses).collect();
        led
    }

    async fn lead_kind(self: &Arc<Filter>, name: &str, kind: u16, asker: Asker<'_>) -> Led {
        let message = made::question(name, kind, None);
        let (gate, at) = (self.gate(), self.now());
        let seat = gate.seat(asker, at);
        let Came::Question(question) = Question::read(&message) else {
            return Led {
                decision: gate.decide_for(Seat::NOBODY, name, at),
                answer: Answer::Failed,
                addresses: Vec::new(),
                gate,
                seat,
                at,
            };
        };
        let ruled = rule::rule_past_pages(&gate, seat, &question, at);
        let Step::Ask { safe, at_home } = ruled.step else {
            return led(gate, seat, at, ruled, Vec::new());
        };
        let kept = self.resolve(rule::asked(name, kind, safe, at_home)).await;
        // While it was waited for, it may have been closed.
        let (gate, at) = (self.gate(), self.now());
        let seat = gate.seat(asker, at);
        let before = ruled.step;
        let ruled = rule::rule_past_pages(&gate, seat, &question, at);
        let Some(kept) = kept.filter(|_| ruled.step == before) else {
            let failed = match ruled.step {
                Step::Ask { .. } => rule::failed(ruled),
                Step::Say(_) => ruled,
            };
            return led(gate, seat, at, failed, Vec::new());
        };
        let ruled = rule::rule_answer(&gate, seat, ruled, (&kept, kind), at);
        let addresses = match ruled.step {
            Step::Ask { .. } => addresses(&message, &question, &kept),
            Step::Say(_) => Vec::new(),
        };
        led(gate, seat, at, ruled, addresses)
    }

    /// How an address that somebody named themselves is treated: it may be a way round.
    pub(crate) fn lead_address(&self, address: IpAddr, asker: Asker<'_>) -> Led {
        let (gate, at) = (self.gate(), self.now());
        let seat = gate.seat(asker, at);
        let mut decision = gate.decide_for(seat, &address.to_string(), at);
        if decision.open && (gate.closes_ways_round(seat) || is_private(address)) {
            decision = no(Because::LeadsRound);
        }
        let answer = match decision.open {
            true => Answer::Open,
            false => Answer::Closed,
        };
        let addresses = decision.open.then_some(address).into_iter().collect();
        Led {
            gate,
            seat,
            at,
            decision,
            answer,
            addresses,
        }
    }

    /// An illegal page, whoever asks for it.
    pub(crate) fn illegal(&self, asker: Asker<'_>) -> Led {
        let (gate, at) = (self.gate(), self.now());
        Led {
            seat: gate.seat(asker, at),
            gate,
            at,
            decision: no(Because::Illegal),
            answer: Answer::Closed,
            addresses: Vec::new(),
        }
    }

    /// Whether a name, or an address as words, is open for somebody now.
    pub(crate) fn is_open(&self, host: &str, asker: Asker<'_>) -> bool {
        let (gate, at) = (self.gate(), self.now());
        gate.decide_for(gate.seat(asker, at), host, at).open
    }

    /// Whether ways round are closed for somebody now.
    pub(crate) fn closes_ways_round(&self, asker: Asker<'_>) -> bool {
        let gate = self.gate();
        gate.closes_ways_round(gate.seat(asker, self.now()))
    }

    /// Tells what was answered, as the name server does.
    pub(crate) fn tell(&self, led: &Led, door: Door, asked: &str) {
        if led.seat.trial {
            return;
        }
        let told = Told {
            at: led.at,
            door,
            // Who uses the proxy asks for names as well, by their address.
            from: None,
            seat: led.seat,
            name: asked,
            kind: kind::A,
            decision: led.decision,
            origin: origin(&led.gate, led.decision),
            answer: led.answer,
            gate: &led.gate,
        };
        let mut traces = self.traces.lock().unwrap_or_else(PoisonError::into_inner);
        traces.answered(&told);
    }
}

fn no(because: Because) -> Decision {
    Decision {
        open: false,
        because,
        hit: None,
    }
}

fn led(gate: Arc<Gate>, seat: Seat, at: Moment, ruled: Ruled, addresses: Vec<IpAddr>) -> Led {
    Led {
        gate,
        seat,
        at,
        decision: ruled.decision,
        answer: ruled.answer,
        addresses,
    }
}

fn addresses(message: &[u8], question: &Question, kept: &Kept) -> Vec<IpAddr> {
    let mut out = Vec::with_capacity(512);
    let times = (kept.made, kept.seconds);
    say::kept(
        &mut out,
        message,
        question,
        kept,
        times,
        Way::Stream,
        Why::None,
    );
    let Ok(answer) = Message::from_vec(&out) else {
        return Vec::new();
    };
    let address = |data: &RData| match data {
        RData::A(address) => Some(IpAddr::V4(address.0)),
        RData::AAAA(address) => Some(IpAddr::V6(address.0)),
        _ => None,
    };
    answer
        .answers
        .iter()
        .filter_map(|record| address(&record.data))
        .collect()
}
