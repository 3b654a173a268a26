//! What can be asked for about files that move. Sending is for who is on the case, receiving for
//! who leads, each with a second step; fetching and confirming for whoever has the link and the code.

use super::{
    content::{Content, Parents, To},
    entries::{Confirmed, Entry, Fetched, NotNeeded, Says, Sent, Tried, Withdrawn},
    export,
    incoming::{self, Came},
    leavers,
    register::{Out, State},
};
use crate::{
    concerns::{controls::transfer, entries::Entry as Any, register::subject},
    roles::role::Role,
    spine::{
        act::{Case as Asked, Person, no},
        permit::Need,
        setting::Setting,
    },
};
use kernel::{kept::Loose, moment::plus_days, ruling::Mistake};

/// For how many days a link can be used.
const LINK_DAYS: i64 = 14;
/// Words for whoever has a link that leads nowhere: the same whether it never did or no longer does.
const DEAD: &str = "This link leads to no file, or no longer does. Ask whoever gave it to you";

/// What can be asked for about files that move.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Look whether children have left whose files have to move.
    LookRound,
    /// Write down why no file of a case moves.
    NotNeeded {
        /// The case.
        case: u32,
        /// Why.
        why: String,
    },
    /// Send the file of a child.
    Send(Box<Sending>),
    /// Fetch a file at its link.
    Fetch {
        /// SHA-256 of the secret in the link.
        link: String,
        /// SHA-256 of the code.
        gate: String,
    },
    /// Confirm that a file has arrived.
    Confirm {
        /// Which.
        which: Which,
        /// What is kept of the receipt that was given; empty: it was not right.
        receipt: String,
        /// The name of the key that signed it.
        signed: Option<String>,
        /// Who confirms it.
        by: String,
    },
    /// Call a file back that was sent.
    Withdraw {
        /// Its number.
        case: u32,
        /// Why.
        why: String,
    },
    /// Take in a file that came, to look at it.
    Receive(Box<Came>),
    /// Make a case of a file that came in.
    TakeIn {
        /// Its number.
        case: u32,
        /// The child here.
        child: Option<Person>,
        /// What it says.
        content: Box<Content>,
    },
    /// Turn a file away that came in.
    TurnAway {
        /// Its number.
        case: u32,
        /// Why.
        why: String,
    },
    /// Take in papers of another system as a case.
    TakeInPapers {
        /// The child.
        child: Person,
        /// From where.
        from: String,
        /// What they say, in short.
        summary: String,
        /// The papers.
        file: Loose,
    },
}

/// What is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// The case from which it is sent.
    pub case: u32,
    /// The child.
    pub child: Person,
    /// To whom.
    pub to: To,
    /// Whether parents know.
    pub parents: Parents,
    /// What the receiver was told before the file.
    pub at_once: String,
    /// The cases that were packed.
    pub cases: Vec<u32>,
    /// The file that was made.
    pub file: Loose,
    /// The digest of what is in it.
    pub name: String,
    /// SHA-256 of the code.
    pub gate: String,
    /// The secret in the link, and its SHA-256.
    pub link: (String, String),
    /// What is kept of the words of the receipt.
    pub receipt: String,
    /// The key that has to sign the receipt.
    pub signs: Option<String>,
}

/// Which file is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this link.
    Link(String),
    /// The one with this number.
    Number(u32),
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::LookRound => "concerns.look-for-files",
            Act::NotNeeded { .. } => "concerns.send-no-file",
            Act::Send(_) => "concerns.send-file",
            Act::Fetch { .. } => "concerns.fetch-file",
            Act::Confirm {
                which: Which::Link(_),
                ..
            } => "concerns.confirm-at-link",
            Act::Confirm { .. } => "concerns.confirm-file",
            Act::Withdraw { .. } => "concerns.call-file-back",
            Act::Receive(_) => "concerns.receive-file",
            Act::TakeIn { .. } => "concerns.take-in-file",
            Act::TurnAway { .. } => "concerns.turn-file-away",
            Act::TakeInPapers { .. } => "concerns.take-in-papers",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        let proven = |case: u32| Need::Proven(Box::new(Need::OnCase(case)));
        match self {
            Act::LookRound => Need::Machine,
            Act::NotNeeded { case, .. } => Need::OnCase(*case),
            Act::Send(sending) => proven(sending.case),
            Act::Fetch { .. }
            | Act::Confirm {
                which: Which::Link(_),
                ..
            } => Need::Anyone,
            Act::Confirm {
                which: Which::Number(case),
                ..
            }
            | Act::Withdraw { case, .. } => Need::OnCase(*case),
            Act::Receive(_) | Act::TakeInPapers { .. } => need_to_receive(),
            Act::TakeIn { case, .. } | Act::TurnAway { case, .. } => proven(*case),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
        match self {
            Act::LookRound => Ok(leavers::look(asked)),
            Act::NotNeeded { case, why } => {
                if asked.setting.concerns.transfers().owes(*case).is_none() {
                    return no("case", "No file has to move");
                }
                let why = seal_words(&subject(*case), why, asked)?;
                one(Entry::NotNeeded(NotNeeded { case: *case, why }))
            }
            Act::Send(sending) => send(sending, asked),
            Act::Fetch { link, gate } => fetch(link, gate, asked),
            Act::Confirm {
                which,
                receipt,
                signed,
                by,
            } => confirm(which, receipt, signed.as_deref(), by, asked),
            Act::Withdraw { case, why } => {
                let out = sent(*case, asked.setting)?;
                if matches!(out.state(asked.today), State::Confirmed | State::Withdrawn) {
                    return no("case", "It has arrived, or was called back already");
                }
                let why = seal_words(&out.sent.says.of, why, asked)?;
                one(Entry::Withdrawn(Withdrawn { case: *case, why }))
            }
            Act::Receive(came) => incoming::receive(came, asked),
            Act::TakeIn {
                case,
                child,
                content,
            } => incoming::take_in(*case, *child, content, asked),
            Act::TurnAway { case, why } => {
                let inward = incoming::waiting(*case, asked.setting)?;
                let why = seal_words(&inward.arrived.about.of, why, asked)?;
                one(Entry::TurnedAway(Withdrawn { case: *case, why }))
            }
            Act::TakeInPapers {
                child,
                from,
                summary,
                file,
            } => incoming::papers(*child, from, summary, file, asked),
        }
    }
}

/// Who may take files in: whoever leads on safeguarding, with a second step.
#[must_use]
pub fn need_to_receive() -> Need {
    let leads = Need::Holds(vec![Role::Lead, Role::DeputyLead]);
    Need::Proven(Box::new(leads))
}

fn one(entry: Entry) -> Result<Vec<Any>, Vec<Mistake>> {
    Ok(vec![Any::Transfer(entry)])
}

pub(super) fn seal_words(
    subject: &str,
    words: &str,
    asked: &Asked<'_>,
) -> Result<kernel::sealed::Private, Vec<Mistake>> {
    let sealed = asked.sealer.seal_words(subject, words);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

fn sent(number: u32, setting: &Setting) -> Result<&Out, Vec<Mistake>> {
    match setting.concerns.transfers().out(number) {
        Some(out) => Ok(out),
        None => no("case", "There is no such file"),
    }
}

fn send(sending: &Sending, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
    let open = |report: &_| asked.sealer.open(report);
    let cases = export::about(sending.child, asked.who, asked.setting, asked.today, &open);
    if !cases.contains(&sending.case) {
        return no("child", "The case is not about this child");
    }
    if cases != sending.cases {
        return no(
            "child",
            "Something has changed in the meantime. Send it again",
        );
    }
    // A child may have several cases; the file belongs to the first of them.
    let first = cases.first().copied().unwrap_or(sending.case);
    let of = subject(first);
    let name = asked.setting.people.name(sending.child);
    let says = Says {
        child: sending.child,
        name: name
            .and_then(|name| asked.sealer.open(name))
            .unwrap_or_default(),
        to: sending.to.clone(),
        parents: sending.parents.clone(),
        at_once: sending.at_once.clone(),
        link: sending.link.0.clone(),
    };
    let erased = |erased| vec![Mistake::from(erased)];
    let transfers = asked.setting.concerns.transfers();
    let owed = cases.iter().filter_map(|case| transfers.owes(*case));
    let owed = owed.map(|owing| owing.due).max();
    let within = transfer::within(asked.in_force);
    let due = within.after(asked.today, asked.setting.place.calendar());
    let fact = Sent {
        case: transfers.next(),
        cases,
        says: asked.sealer.seal(&of, &says).map_err(erased)?,
        file: sending.file.seal(asked.sealer, &of).map_err(erased)?,
        name: sending.name.clone(),
        gate: sending.gate.clone(),
        link: sending.link.1.clone(),
        receipt: sending.receipt.clone(),
        signs: sending.signs.clone(),
        until: plus_days(asked.today, LINK_DAYS),
        due: owed.map_or(due, |owed| owed.max(asked.today)),
    };
    one(Entry::Sent(Box::new(fact)))
}

fn fetch(link: &str, gate: &str, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
    let found = asked.setting.concerns.transfers().linked(link);
    let Some(out) = found.filter(|out| out.state(asked.today) == State::Open) else {
        return no("code", DEAD);
    };
    let case = out.sent.case;
    if gate == out.sent.gate {
        one(Entry::Fetched(Fetched { case }))
    } else {
        one(Entry::Tried(Tried { case }))
    }
}

fn confirm(
    which: &Which,
    receipt: &str,
    signed: Option<&str>,
    by: &str,
    asked: &Asked<'_>,
) -> Result<Vec<Any>, Vec<Mistake>> {
    let transfers = asked.setting.concerns.transfers();
    let found = match which {
        Which::Link(link) => transfers.linked(link),
        Which::Number(number) => transfers.out(*number),
    };
    let Some(out) = found else {
        return no("receipt", DEAD);
    };
    match (out.state(asked.today), which) {
        (State::Confirmed, _) => return no("receipt", "It has been confirmed already"),
        // Somebody on the case may be told late, and over the telephone.
        (State::Open, _) | (State::Over | State::Shut, Which::Number(_)) => {}
        (State::Over | State::Shut | State::Withdrawn, _) => return no("receipt", DEAD),
    }
    let case = out.sent.case;
    let is_right = receipt == out.sent.receipt && (out.sent.signs.is_none() || signed.is_some());
    if !is_right {
        return match which {
            Which::Link(_) => one(Entry::Tried(Tried { case })),
            Which::Number(_) => no("receipt", "This is not the receipt for this file"),
        };
    }
    let by = seal_words(&out.sent.says.of, by, asked)?;
    one(Entry::Confirmed(Confirmed {
        case,
        by,
        signed: signed.map(str::to_owned),
    }))
}
