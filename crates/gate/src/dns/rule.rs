//! What is done with a question: answered here, or asked upstream. Whatever a plan says, what is
//! illegal is looked at first.

use super::{
    kept::{Asked, Kept, leads_to_addresses},
    question::{Question, kind},
    say::{Own, Why},
};
use crate::{
    names::{normal, upwards},
    plan::{Because, Closed, Decision, Gate, Seat},
    seam::{Fault, broken},
    traces::Answer,
};
use kernel::moment::Moment;
use std::net::{Ipv4Addr, Ipv6Addr};

/// For how long a closed name is believed to be closed, where nothing is said.
const CLOSED_SECONDS: u32 = 60;

/// For how long a child's device keeps an answer.
const CHILD_SECONDS: u32 = 5;

/// For how long another device does.
const OTHER_SECONDS: u32 = 300;

/// Names by which devices ask whether they may go round: no such name means no.
const CANARIES: &[&str] = &[
    "use-application-dns.net",
    "mask.icloud.com",
    "mask-h2.icloud.com",
    "mask-canary.icloud.com",
];

/// Endings that belong to no network but one's own.
const OWN_ENDINGS: &[&str] = &[
    "local",
    "localhost",
    "test",
    "invalid",
    "onion",
    "alt",
    "internal",
];

/// Addresses turned into names whose networks are private: nobody else knows them.
const OWN_REVERSE: &[&str] = &[
    "10.in-addr.arpa",
    "127.in-addr.arpa",
    "168.192.in-addr.arpa",
    "254.169.in-addr.arpa",
    "d.f.ip6.arpa",
    "8.e.f.ip6.arpa",
    "9.e.f.ip6.arpa",
    "a.e.f.ip6.arpa",
    "b.e.f.ip6.arpa",
];

/// What was decided about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruled {
    /// Whether it is open, and why.
    pub(super) decision: Decision,
    /// What is done.
    pub(super) step: Step,
    /// For how many seconds the answer may be kept.
    pub(super) seconds_max: u32,
    /// For the trace.
    pub(super) answer: Answer,
    /// For other programs.
    pub(super) why: Why,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is answered here.
    Say(Own),
    /// It is asked upstream.
    Ask {
        /// The name whose answer is taken, so that it is safe.
        safe: Option<&'static str>,
        /// Whether it may have addresses of the setting's own network.
        at_home: bool,
    },
}

/// Rules on a question. Hosts of which single pages are illegal lead to the web proxy.
pub(super) fn rule(gate: &Gate, seat: Seat, question: &Question, at: Moment) -> Ruled {
    let ruled = rule_past_pages(gate, seat, question, at);
    if matches!(ruled.step, Step::Ask { .. }) && gate.pages().has_host(question.text()) {
        return to_proxy(gate, seat, question.kind, ruled);
    }
    ruled
}

/// The same for the web proxy itself, which looks at each page.
pub(super) fn rule_past_pages(gate: &Gate, seat: Seat, question: &Question, at: Moment) -> Ruled {
    let name = question.text();
    if name.is_empty() {
        return itself(Own::Refused);
    }
    if !question.is_name() || normal(name).is_err() {
        return itself(Own::NoName);
    }
    let decision = gate.decide_for(seat, name, at);
    if matches!(decision.because, Because::Illegal | Because::Damaged) {
        return closed(gate, seat, question.kind, decision);
    }
    if let Some(own) = own(gate, name, question.kind) {
        return itself(own);
    }
    let asked = question.kind;
    let other_type = [kind::A, kind::AAAA]
        .iter()
        .any(|own| broken(|| Fault::OnlyType(*own)) && *own != asked);
    if !decision.open && !other_type {
        return closed(gate, seat, question.kind, decision);
    }
    let safe = gate.answered_as(seat, name);
    let seconds_max = seconds(gate, seat);
    let ruled = |step: Step, answer: Answer| Ruled {
        decision,
        step,
        seconds_max,
        answer,
        why: Why::None,
    };
    match safe {
        Some(_) if leads_to_addresses(question.kind) => {
            let at_home = false;
            ruled(Step::Ask { safe, at_home }, Answer::MadeSafe)
        }
        // Other ways to its addresses would lead past the safe name.
        Some(_)
            if matches!(question.kind, kind::HTTPS | kind::SVCB)
                && !broken(|| Fault::SafeByServices) =>
        {
            ruled(Step::Say(Own::NoData), Answer::MadeSafe)
        }
        Some(_) | None => {
            let at_home = is_at_home(gate, name);
            ruled(
                Step::Ask {
                    safe: None,
                    at_home,
                },
                Answer::Open,
            )
        }
    }
}

/// Rules on what came from upstream: it may lead to what is closed.
pub(super) fn rule_answer(
    gate: &Gate,
    seat: Seat,
    ruled: Ruled,
    (kept, asked): (&Kept, u16),
    at: Moment,
) -> Ruled {
    let from = ruled.decision.because;
    let first_only = broken(|| Fault::FirstAliasOnly);
    let none = broken(|| Fault::AliasesFree);
    let looked_at = match (none, first_only) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => usize::MAX,
    };
    for alias in kept.aliases.iter().take(looked_at) {
        let decision = gate.may_lead(seat, from, alias, at);
        if !decision.open {
            return Ruled {
                answer: Answer::AnswerClosed,
                ..closed(gate, seat, asked, decision)
            };
        }
    }
    if kept.leads_round
        && from == Because::Nothing
        && gate.closes_ways_round(seat)
        && !broken(|| Fault::RoundFree)
    {
        let decision = Decision {
            open: false,
            because: Because::LeadsRound,
            hit: None,
        };
        return Ruled {
            answer: Answer::AnswerClosed,
            ..closed(gate, seat, asked, decision)
        };
    }
    if kept.has_private && kept.answers == 0 {
        return Ruled {
            step: Step::Say(Own::NoData),
            seconds_max: ruled.seconds_max.min(CLOSED_SECONDS),
            answer: Answer::AnswerClosed,
            why: Why::Filtered,
            ..ruled
        };
    }
    ruled
}

/// What nobody upstream could say.
pub(super) fn failed(ruled: Ruled) -> Ruled {
    Ruled {
        step: Step::Say(Own::Failed),
        answer: Answer::Failed,
        why: Why::Unreachable,
        ..ruled
    }
}

/// What is asked upstream.
pub(super) fn asked<'a>(
    name: &'a str,
    kind: u16,
    safe: Option<&'static str>,
    at_home: bool,
) -> Asked<'a> {
    Asked {
        name,
        kind,
        safe,
        at_home,
    }
}

fn itself(own: Own) -> Ruled {
    let decision = Decision {
        open: own != Own::Refused,
        because: Because::Itself,
        hit: None,
    };
    Ruled {
        decision,
        step: Step::Say(own),
        seconds_max: CLOSED_SECONDS,
        answer: Answer::Open,
        why: Why::None,
    }
}

fn closed(gate: &Gate, seat: Seat, asked: u16, decision: Decision) -> Ruled {
    let closing = &gate.plan().closing;
    let page = closing.answer == Closed::Page;
    let own = match (page, asked) {
        (true, kind::A) if broken(|| Fault::PageElsewhere) => Own::Four(Ipv4Addr::LOCALHOST),
        (true, kind::AAAA) if broken(|| Fault::PageElsewhereSix) => Own::Six(Ipv6Addr::LOCALHOST),
        (_, _) if broken(|| Fault::ClosedIsEmpty) => Own::NoData,
        (false, _) => Own::NoName,
        (true, kind::A) => closing.page4.map_or(Own::NoData, Own::Four),
        (true, kind::AAAA) => closing.page6.map_or(Own::NoData, Own::Six),
        (true, _) => Own::NoData,
    };
    let keep = closing.keep_seconds.unwrap_or(CLOSED_SECONDS);
    Ruled {
        decision,
        step: Step::Say(if decision.because == Because::Damaged {
            Own::Failed
        } else {
            own
        }),
        seconds_max: if broken(|| Fault::ClosedLong) {
            OTHER_SECONDS
        } else {
            keep.min(seconds(gate, seat))
        },
        answer: Answer::Closed,
        why: if decision.because == Because::Illegal {
            Why::Censored
        } else {
            Why::Filtered
        },
    }
}

/// Leads to the web proxy; where there is none, the host is closed.
fn to_proxy(gate: &Gate, seat: Seat, asked: u16, ruled: Ruled) -> Ruled {
    let closing = &gate.plan().closing;
    let own = match asked {
        _ if closing.proxy4.is_none() && closing.proxy6.is_none() => {
            let decision = Decision {
                open: false,
                because: Because::Illegal,
                hit: None,
            };
            return closed(gate, seat, asked, decision);
        }
        kind::A => closing.proxy4.map_or(Own::NoData, Own::Four),
        kind::AAAA => closing.proxy6.map_or(Own::NoData, Own::Six),
        _ => Own::NoData,
    };
    Ruled {
        step: Step::Say(own),
        seconds_max: ruled.seconds_max.min(CLOSED_SECONDS),
        ..ruled
    }
}

/// For how many seconds somebody's device keeps an answer.
fn seconds(gate: &Gate, seat: Seat) -> u32 {
    let number = seat.profile.map(usize::from);
    let profile = number.and_then(|at| gate.plan().profiles.get(at));
    let Some(profile) = profile else {
        return CHILD_SECONDS;
    };
    if broken(|| Fault::KeptLong) {
        return OTHER_SECONDS;
    }
    let usual = if profile.children || seat.session.is_some() {
        CHILD_SECONDS
    } else {
        OTHER_SECONDS
    };
    profile.keep_seconds_max.unwrap_or(usual)
}

fn is_at_home(gate: &Gate, name: &str) -> bool {
    let own = &gate.plan().at_home;
    !own.is_empty() && upwards(name).any(|above| own.iter().any(|name| name == above))
}

/// What the filter answers itself, whoever asks.
fn own(gate: &Gate, name: &str, asked: u16) -> Option<Own> {
    let canary = CANARIES.iter().position(|canary| *canary == name);
    if canary.is_some_and(|number| !broken(|| Fault::CanaryAsked(number))) {
        return Some(Own::NoName);
    }
    // Devices ask here for an encrypted way past; ours is told to them by whoever sets them up.
    let designated = name == "_dns.resolver.arpa" || name == "resolver.arpa";
    if designated && !broken(|| Fault::DesignatedAsked) {
        return Some(Own::NoData);
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    if last == "localhost" {
        return Some(match asked {
            kind::A => Own::Four(Ipv4Addr::LOCALHOST),
            kind::AAAA => Own::Six(Ipv6Addr::LOCALHOST),
            _ => Own::NoData,
        });
    }
    let is_own = OWN_ENDINGS.contains(&last)
        || (asked == kind::PTR && upwards(name).any(|above| OWN_REVERSE.contains(&above)));
    let is_own = is_own && !broken(|| Fault::OwnEndingsAsked);
    (is_own && !is_at_home(gate, name)).then_some(Own::NoName)
}
