//! What can be asked for about concerns.

mod case;
mod report;

pub(super) use report::reference;

use super::{
    entries::Entry,
    handed, keeping, low_level,
    note::{Note, Report, Sort},
    own_duty, papers, transfer,
};
use crate::{
    roles::role::Role,
    spine::{
        act::{Case as Asked, Person},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Date, ruling::Mistake};

/// What can be asked for about concerns.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Report a concern.
    Report(Box<NewReport>),
    /// Take a case on: say that one has read it and acts.
    TakeOn {
        /// The case.
        case: u32,
    },
    /// Ask the next in the chain, because nobody has answered.
    AskNext {
        /// The case.
        case: u32,
    },
    /// Write something down.
    Write {
        /// The case.
        case: u32,
        /// What sort of thing.
        sort: Sort,
        /// The words.
        note: Note,
        /// The number of the note that it puts right.
        corrects: Option<u32>,
    },
    /// Let somebody else see the case.
    Share {
        /// The case.
        case: u32,
        /// Who.
        person: Person,
        /// Why.
        why: String,
    },
    /// Let somebody see the case no longer.
    Unshare {
        /// The case.
        case: u32,
        /// Who.
        person: Person,
    },
    /// Give somebody on the case something to do.
    SetTask {
        /// The case.
        case: u32,
        /// What.
        what: String,
        /// Who.
        owner: Person,
        /// The last day.
        due: Date,
    },
    /// Say that it is done.
    FinishTask {
        /// The case.
        case: u32,
        /// Its number.
        task: u32,
        /// How.
        how: String,
    },
    /// Say that another case belongs to this one.
    Link {
        /// The case.
        case: u32,
        /// The other.
        other: u32,
    },
    /// Close the case.
    Close {
        /// The case.
        case: u32,
        /// What came of it, and who was told.
        outcome: Note,
    },
    /// Open the case again.
    Reopen {
        /// The case.
        case: u32,
        /// Why.
        why: String,
    },
    /// Set what is to change because of what was learned.
    SetLesson {
        /// The case.
        case: u32,
        /// What is to change, without anybody's name.
        what: String,
        /// Who changes it.
        owner: Person,
        /// The last day.
        due: Date,
    },
    /// Say that it has changed.
    FinishLesson {
        /// Its number.
        lesson: u32,
        /// How.
        how: String,
    },
    /// About low-level concerns.
    LowLevel(low_level::acts::Act),
    /// About one's own duty to report.
    OwnDuty(own_duty::acts::Act),
    /// About documents in a case, and what stands in the wrong one.
    Paper(papers::acts::Act),
    /// About files that move from one setting to another.
    Transfer(transfer::acts::Act),
    /// About the end of keeping, and holds on cases.
    Keeping(keeping::acts::Act),
    /// Hand a report to the committee.
    HandOver(handed::acts::HandOver),
}

/// A new report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReport {
    /// What is reported.
    pub report: Report,
    /// It is about how whoever holds this role behaves.
    pub about_role: Option<Role>,
    /// Whether the reporter's name is left out: then the ledger keeps neither who asks nor the device.
    pub unnamed: bool,
    /// What the form or the device calls this report, so that it is taken once however often it is
    /// sent; empty: nothing.
    pub once: String,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Report(new) if new.report.pictures => "concerns.tell",
            Act::Report(_) => "concerns.report",
            Act::TakeOn { .. } => "concerns.take-on",
            Act::AskNext { .. } => "concerns.ask-next",
            Act::Write { sort, .. } => match sort {
                Sort::Decision => "concerns.decide",
                Sort::Agency | Sort::Advice => "concerns.contact",
                Sort::Parents => "concerns.tell-parents",
                Sort::Voice => "concerns.hear-child",
                Sort::Debrief => "concerns.talk-over",
                Sort::Fact | Sort::Opinion | Sort::Said => "concerns.write",
            },
            Act::Share { .. } => "concerns.share",
            Act::Unshare { .. } => "concerns.unshare",
            Act::SetTask { .. } => "concerns.set-task",
            Act::FinishTask { .. } => "concerns.finish-task",
            Act::Link { .. } => "concerns.link",
            Act::Close { .. } => "concerns.close",
            Act::Reopen { .. } => "concerns.reopen",
            Act::SetLesson { .. } => "concerns.set-lesson",
            Act::FinishLesson { .. } => "concerns.finish-lesson",
            Act::LowLevel(act) => act.name(),
            Act::OwnDuty(act) => act.name(),
            Act::Paper(act) => act.name(),
            Act::Transfer(act) => act.name(),
            Act::Keeping(act) => act.name(),
            Act::HandOver(act) => act.name(),
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Report(_) => Need::Anyone,
            Act::AskNext { .. } => Need::Machine,
            Act::TakeOn { case }
            | Act::Write { case, .. }
            | Act::Share { case, .. }
            | Act::Unshare { case, .. }
            | Act::SetTask { case, .. }
            | Act::FinishTask { case, .. }
            | Act::Link { case, .. }
            | Act::Close { case, .. }
            | Act::Reopen { case, .. }
            | Act::SetLesson { case, .. } => Need::OnCase(*case),
            Act::FinishLesson { lesson, .. } => need_for_lesson(*lesson, setting),
            Act::LowLevel(act) => act.need(),
            Act::OwnDuty(act) => act.need(setting),
            Act::Paper(act) => act.need(),
            Act::Transfer(act) => act.need(),
            Act::Keeping(act) => act.need(),
            Act::HandOver(act) => act.need(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Answer {
        let entries = match self {
            // What has arrived already is not taken a second time, and the answer is the same.
            Act::Report(new) if report::has_arrived(new, asked) => return Ok(Vec::new()),
            Act::Report(new) => {
                let reported = report::report(new, asked)?;
                let (case, report) = (reported.case(), &new.report);
                let own = own_duty::acts::asked_of(report, new.unnamed, case, asked)?;
                let file = transfer::leavers::owed_by(report, case, asked);
                [Some(reported), own, file].into_iter().flatten().collect()
            }
            Act::LowLevel(act) => act.entries(asked)?,
            Act::OwnDuty(act) => act.entries(asked)?,
            Act::Paper(act) => act.entries(asked)?,
            Act::Transfer(act) => act.entries(asked)?,
            Act::Keeping(act) => act.entries(asked)?,
            Act::HandOver(act) => act.entries(asked)?,
            _ => vec![case::entry(self, asked)?],
        };
        Ok(entries.into_iter().map(AnyEntry::Concerns).collect())
    }
}

/// The entry of a case that another matter opens: it goes round whom it is about like any other.
///
/// # Errors
/// Why it can't be opened.
pub(super) fn opened(new: &NewReport, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    report::report(new, asked)
}

/// Who may see what is to change and say that it has: whoever does it, and who is on the case. One
/// that is not there needs the same, so that nobody learns which are.
#[must_use]
pub fn need_for_lesson(lesson: u32, setting: &Setting) -> Need {
    let found = setting.concerns.lesson(lesson);
    let (owner, case) = found.map_or((Person(u32::MAX), 0), |lesson| (lesson.owner, lesson.case));
    Need::AnyOf(vec![Need::Oneself(owner), Need::OnCase(case)])
}
