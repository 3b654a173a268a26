//! What can be asked for about agreements, induction and events.

mod events;
mod induction;
mod issuing;
mod signing;

pub use signing::Hand;

use super::entries::{How, Point};
use crate::{
    people::group::Group,
    spine::{
        act::{Case, Person, Room},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{kept::Loose, moment::Date, ruling::Mistake};
use std::collections::BTreeMap;

/// What can be asked for about agreements, induction and events.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Leave a clause out of a group's agreement.
    LeaveOut {
        /// Whose agreement.
        group: Group,
        /// The clause.
        clause: String,
        /// Why.
        why: String,
    },
    /// Put a clause into a group's agreement.
    PutIn {
        /// Whose agreement.
        group: Group,
        /// The clause.
        clause: String,
    },
    /// Issue a version of a group's agreement.
    Issue {
        /// Whose agreement.
        group: Group,
        /// What stands before the points.
        intro: String,
    },
    /// Put a version into another language.
    Translate {
        /// Whose agreement.
        group: Group,
        /// The version.
        version: u32,
        /// The language, by its code.
        language: String,
        /// What stands before the points.
        intro: String,
        /// The points in the order of the version, one for each.
        points: Vec<String>,
    },
    /// Sign with one's own log-in.
    Sign {
        /// As one of which group.
        group: Group,
        /// The version that was read.
        version: u32,
        /// The name or the strokes.
        hand: Hand,
    },
    /// Give somebody a code to sign with on their own phone or at the kiosk.
    GiveCode {
        /// To whom.
        person: Person,
        /// SHA-256 of the code, in hex.
        code: String,
    },
    /// Sign with a code.
    SignWithCode {
        /// SHA-256 of the code, in hex.
        code: String,
        /// As one of which group.
        group: Group,
        /// The version that was read.
        version: u32,
        /// The name or the strokes.
        hand: Hand,
    },
    /// Sign at the kiosk: with a code, or as somebody new.
    SignAtKiosk {
        /// SHA-256 of the code, in hex; `None` for somebody new.
        code: Option<String>,
        /// As one of which group.
        group: Group,
        /// The version that was read.
        version: u32,
        /// The name or the strokes.
        hand: Hand,
    },
    /// Record that somebody signed on paper.
    RecordPaper {
        /// Who.
        person: Person,
        /// As one of which group.
        group: Group,
        /// The day.
        on: Date,
        /// The paper as it was scanned.
        scan: Option<Box<Loose>>,
    },
    /// Record that a child went through the agreement with whoever records it.
    SignTogether {
        /// The child.
        child: Person,
        /// The version.
        version: u32,
        /// The picture that the child chose.
        picture: Option<String>,
        /// What the child drew.
        drawn: Option<String>,
    },
    /// Record that an item of somebody's induction is done.
    InductionDone {
        /// Whose.
        person: Person,
        /// The item, in the words of the list.
        item: String,
    },
    /// Record that somebody's induction is complete.
    InductionSeen {
        /// Whose.
        person: Person,
    },
    /// Plan an event.
    PlanEvent {
        /// What it is called.
        name: String,
        /// The day.
        day: Date,
        /// The rooms that take part; none: all.
        rooms: Vec<Room>,
    },
    /// Call an event off.
    CallOffEvent {
        /// Which.
        event: u32,
    },
    /// Say whether one's child may be in pictures of events.
    AnswerPermission {
        /// The child.
        child: Person,
        /// Whether.
        allowed: bool,
    },
    /// Record what a parent or carer said about it.
    RecordPermission {
        /// The child.
        child: Person,
        /// The parent or carer.
        parent: Person,
        /// What they said.
        allowed: bool,
    },
    /// Sign how one uses pictures of an event.
    SignPhotography {
        /// The event.
        event: u32,
        /// The name or the strokes.
        hand: Hand,
    },
    /// The same with a code.
    SignPhotographyWithCode {
        /// The event.
        event: u32,
        /// SHA-256 of the code, in hex.
        code: String,
        /// The name or the strokes.
        hand: Hand,
    },
    /// The same at the kiosk: with a code, or as a guest of that day.
    SignPhotographyAtKiosk {
        /// The event.
        event: u32,
        /// SHA-256 of the code, in hex; `None` for a guest.
        code: Option<String>,
        /// The name or the strokes.
        hand: Hand,
    },
    /// Record that somebody signed it on paper.
    RecordPhotographyPaper {
        /// The event.
        event: u32,
        /// Who.
        person: Person,
    },
    /// Record that the announcement was read out.
    ReadAnnouncement {
        /// At which event.
        event: u32,
    },
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::LeaveOut { .. } => "agreements.leave-out",
            Act::PutIn { .. } => "agreements.put-in",
            Act::Issue { .. } => "agreements.issue",
            Act::Translate { .. } => "agreements.translate",
            Act::Sign { .. } => "agreements.sign",
            Act::GiveCode { .. } => "agreements.give-signing-code",
            Act::SignWithCode { .. } => "agreements.sign-with-code",
            Act::SignAtKiosk { .. } => "agreements.sign-at-kiosk",
            Act::RecordPaper { .. } => "agreements.record-paper",
            Act::SignTogether { .. } => "agreements.sign-together",
            Act::InductionDone { .. } => "agreements.induction-done",
            Act::InductionSeen { .. } => "agreements.induction-seen",
            Act::PlanEvent { .. } => "agreements.plan-event",
            Act::CallOffEvent { .. } => "agreements.call-off-event",
            Act::AnswerPermission { .. } => "agreements.answer-permission",
            Act::RecordPermission { .. } => "agreements.record-permission",
            Act::SignPhotography { .. } => "agreements.sign-photography",
            Act::SignPhotographyWithCode { .. } => "agreements.sign-photography-with-code",
            Act::SignPhotographyAtKiosk { .. } => "agreements.sign-photography-at-kiosk",
            Act::RecordPhotographyPaper { .. } => "agreements.record-photography-paper",
            Act::ReadAnnouncement { .. } => "agreements.announcement-read",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, _setting: &Setting) -> Need {
        match self {
            Act::LeaveOut { .. }
            | Act::PutIn { .. }
            | Act::Issue { .. }
            | Act::Translate { .. }
            | Act::GiveCode { .. }
            | Act::InductionSeen { .. }
            | Act::PlanEvent { .. }
            | Act::CallOffEvent { .. } => Need::management(),
            Act::Sign { .. } | Act::SignPhotography { .. } => Need::SignedIn,
            Act::SignWithCode { .. } | Act::SignPhotographyWithCode { .. } => Need::Anyone,
            Act::SignAtKiosk { .. } | Act::SignPhotographyAtKiosk { .. } => Need::Kiosk,
            Act::RecordPaper { .. } | Act::RecordPermission { .. } => Need::leadership(),
            Act::RecordPhotographyPaper { .. } | Act::ReadAnnouncement { .. } => Need::Team,
            Act::AnswerPermission { child, .. } => Need::ParentOf(*child),
            Act::InductionDone { person, .. } => {
                Need::AnyOf(vec![Need::Oneself(*person), Need::leadership()])
            }
            Act::SignTogether { child, .. } => with_child(*child),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::LeaveOut { group, clause, why } => {
                issuing::choose(*group, clause, false, why, case)
            }
            Act::PutIn { group, clause } => issuing::choose(*group, clause, true, "", case),
            Act::Issue { group, intro } => issuing::issue(*group, intro, case),
            Act::Translate {
                group,
                version,
                language,
                intro,
                points,
            } => issuing::translate(*group, *version, language, intro, points, case),
            Act::Sign {
                group,
                version,
                hand,
            } => signing::sign(*group, *version, hand, case),
            Act::GiveCode { person, code } => signing::give_code(*person, code, case),
            Act::SignWithCode {
                code,
                group,
                version,
                hand,
            } => signing::with_code(code, *group, *version, hand, How::Code, case),
            Act::SignAtKiosk {
                code,
                group,
                version,
                hand,
            } => match code {
                Some(code) => signing::with_code(code, *group, *version, hand, How::Kiosk, case),
                None => signing::as_somebody_new(*group, *version, hand, case),
            },
            Act::RecordPaper {
                person,
                group,
                on,
                scan,
            } => signing::on_paper(*person, *group, *on, scan.as_deref(), case),
            Act::SignTogether {
                child,
                version,
                picture,
                drawn,
            } => signing::together(*child, *version, picture.as_deref(), drawn.as_deref(), case),
            Act::InductionDone { person, item } => induction::done(*person, item, case),
            Act::InductionSeen { person } => induction::seen(*person, case),
            Act::PlanEvent { .. }
            | Act::CallOffEvent { .. }
            | Act::AnswerPermission { .. }
            | Act::RecordPermission { .. }
            | Act::SignPhotography { .. }
            | Act::SignPhotographyWithCode { .. }
            | Act::SignPhotographyAtKiosk { .. }
            | Act::RecordPhotographyPaper { .. }
            | Act::ReadAnnouncement { .. } => events::entries(self, case),
        }
    }
}

/// Who goes through the agreement with a child: a parent or carer, whoever works in the child's
/// room, whoever leads.
#[must_use]
pub fn with_child(child: Person) -> Need {
    Need::AnyOf(vec![
        Need::ParentOf(child),
        Need::RoomsOf(child),
        Need::leadership(),
    ])
}

/// The words of points by clause; empty ones are left out.
fn by_clause(points: &[Point], words: &[String]) -> BTreeMap<String, String> {
    points
        .iter()
        .zip(words)
        .map(|(point, words)| (point.clause.clone(), words.trim().to_owned()))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}
