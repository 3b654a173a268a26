//! What people are told of, as the queue of messages asks for it: what new lines make, the daily
//! message, and what a message becomes at the moment of sending, if it may still go.

use crate::desk::Desk;
use families::{
    notices::{
        chase,
        entries::{Entry, MailSet, Way, What},
        notice::{Letter, Notice, Reach},
    },
    spine::{
        act::{Actor, Person},
        entry::{self, Entry as AnyEntry, Recorded},
    },
};
use kernel::moment::Moment;
use ledger::{line::Line, store::StoreError};
use std::{collections::BTreeSet, ops::ControlFlow};

/// How long a line is worth telling of, in hours: as long as a message is tried.
const WORTH_HOURS: i64 = 48;
/// The most lines that are looked at in one step.
const LINES_MAX: u64 = 2_000;

/// What lines of the ledger mean for the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The last line that was looked at.
    pub upto: u64,
    /// Messages that they make.
    pub made: Vec<Notice>,
    /// Names of messages that have ended.
    pub ended: Vec<String>,
    /// Whether the way of mail was set anew: what waits may be tried at once.
    pub mail_set: bool,
}

/// A message at the moment of sending.
pub enum Parcel {
    /// It goes by mail.
    Mail {
        /// What goes.
        letter: Letter,
        /// How mail is sent.
        mail: MailSet,
        /// The password for it.
        password: Option<String>,
        /// The name that it comes from.
        from_name: String,
    },
    /// It goes to a device.
    Push {
        /// Where its push service takes messages for it.
        endpoint: String,
        /// The key with which this setting shows who it is.
        secret: String,
        /// Whom a push service can turn to.
        turn_to: String,
        /// Whether it should wake a sleeping device.
        urgent: bool,
    },
    /// It may no longer go.
    Not,
}

impl Desk {
    /// What the lines after `upto` mean; `None`: what the newest lines mean. A long way is gone in
    /// several steps.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn news(&self, upto: Option<u64>, now: Moment) -> Result<News, StoreError> {
        let head = self.head().seq;
        // A ledger that is shorter than what was looked at is another one.
        let after = upto.filter(|upto| *upto <= head);
        let after = after.unwrap_or(head.saturating_sub(LINES_MAX));
        let last = head.min(after.saturating_add(LINES_MAX));
        let worth = now.plus_hours(-WORTH_HOURS);
        let mut lines = Vec::new();
        if after < last {
            self.store().read(after.saturating_add(1), &mut |line| {
                if line.seq > last {
                    return ControlFlow::Break(());
                }
                lines.extend(recorded(line).filter(|line| line.at > worth));
                ControlFlow::Continue(())
            })?;
        }
        let ended = lines.iter().filter_map(ended).collect();
        let mail_set = lines.iter().any(is_mail_set);
        let made = self.view(&Actor::clock(), now, "", None, |view| {
            let reach = Reach::of(view);
            lines
                .iter()
                .flat_map(|line| reach.from_line(line))
                .collect()
        })?;
        Ok(News {
            upto: last,
            made,
            ended,
            mail_set,
        })
    }

    /// The daily messages that are to be made now. `waits`: people for whom one is on its way.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn chase(&self, waits: &BTreeSet<Person>, now: Moment) -> Result<Vec<Notice>, StoreError> {
        self.view(&Actor::clock(), now, "", None, |view| {
            chase::chase(&Reach::of(view), view.standings, waits, now)
        })
    }

    /// Whether a message may still go.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn may_go(&self, notice: &Notice, now: Moment) -> Result<bool, StoreError> {
        self.view(&Actor::clock(), now, "", None, |view| {
            Reach::of(view).may_go(notice)
        })
    }

    /// What a message becomes, if it may still go.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn parcel(&self, notice: &Notice, now: Moment) -> Result<Parcel, StoreError> {
        self.view(&Actor::clock(), now, "", None, |view| {
            let reach = Reach::of(view);
            if !reach.may_go(notice) {
                return Parcel::Not;
            }
            match notice.way {
                Way::Mail => by_mail(&reach, notice),
                Way::Device(number) => to_device(&reach, notice, number),
            }
            .unwrap_or(Parcel::Not)
        })
    }
}

fn by_mail(reach: &Reach<'_>, notice: &Notice) -> Option<Parcel> {
    let mail = reach.setting.notices.mail()?.clone();
    let password = mail
        .password
        .as_ref()
        .and_then(|sealed| reach.keys.open(sealed));
    Some(Parcel::Mail {
        letter: reach.letter(notice)?,
        password,
        mail,
        from_name: reach.setting.place.name().to_owned(),
    })
}

fn to_device(reach: &Reach<'_>, notice: &Notice, number: u32) -> Option<Parcel> {
    let notices = &reach.setting.notices;
    let turn_to = notices.mail().map_or_else(
        || "https://stairgate.invalid".to_owned(),
        |mail| format!("mailto:{}", mail.from),
    );
    Some(Parcel::Push {
        endpoint: reach.keys.open(&notices.device(number)?.endpoint)?,
        secret: reach.keys.open(&notices.push()?.secret)?,
        turn_to,
        urgent: notice.what == What::Soon,
    })
}

/// The message that a line says has ended.
fn ended(line: &Recorded) -> Option<String> {
    match &line.entry {
        Some(AnyEntry::Notices(Entry::Sent(fact))) => Some(fact.notice.clone()),
        Some(AnyEntry::Notices(Entry::GivenUp(fact))) => Some(fact.notice.clone()),
        _ => None,
    }
}

fn is_mail_set(line: &Recorded) -> bool {
    matches!(&line.entry, Some(AnyEntry::Notices(Entry::MailSet(_))))
}

fn recorded(line: &Line) -> Option<Recorded> {
    let body = line.body.as_ref()?;
    Some(Recorded {
        seq: line.seq,
        at: Moment::from_micros(line.at),
        by: Actor::from_line(&line.by)?,
        kind: line.kind.clone(),
        entry: Some(entry::read(&line.kind, line.version, body).ok()?),
    })
}
