//! What can be asked for about roles, and about the reports, meetings and means of those who lead.

mod capacity;
mod holding;
mod oversight;

use super::{
    entries::{Entry, Listener},
    role::Role,
};
use crate::{
    people::group::Group,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Date, ruling::Mistake, sealed::Private};

/// The longest text that a person writes here, in characters.
pub const TEXT_MAX: usize = 4_000;
/// The longest line, in characters.
pub const LINE_MAX: usize = 160;

/// What can be asked for about roles.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Give a role to somebody.
    Give {
        /// Which role.
        role: Role,
        /// To whom.
        person: Person,
        /// From which day; today when `None`.
        from: Option<Date>,
    },
    /// End somebody's role, or take it back before it begins.
    End {
        /// Which role.
        role: Role,
        /// Whose.
        person: Person,
        /// The last day; today when `None`.
        last: Option<Date>,
    },
    /// Write down how somebody who holds a role is reached.
    SetReach {
        /// Who.
        person: Person,
        /// In words; `None`: as the setting is.
        reach: Option<String>,
    },
    /// Say that one has read what one's role answers for.
    Acknowledge {
        /// Which role.
        role: Role,
        /// The digest of the list that was read.
        digest: String,
    },
    /// Make a report for the committee.
    MakeReport(NewReport),
    /// Record that a report was presented.
    PresentReport {
        /// Which report.
        report: u32,
        /// When; today when `None`.
        on: Option<Date>,
        /// To whom.
        to: Listener,
        /// What was decided.
        decided: String,
    },
    /// Record that a lead and a committee member met.
    RecordMeeting(NewMeeting),
    /// Set hours and means aside for somebody who leads.
    SetCapacity {
        /// For which role.
        role: Role,
        /// For whom.
        person: Person,
        /// Hours a week.
        hours: u16,
        /// What else.
        means: Option<String>,
    },
    /// Say whether hours and means suffice.
    AnswerCapacity {
        /// Whether they do.
        suffices: bool,
        /// What is missing, when they don't.
        missing: Option<String>,
    },
    /// Record how a need was met.
    MeetNeed {
        /// Which need.
        need: u32,
        /// How.
        how: String,
    },
}

/// A report to make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReport {
    /// The first day; the one after the last report when `None`.
    pub from: Option<Date>,
    /// The last day; today when `None`.
    pub to: Option<Date>,
    /// What its maker says about incidents and outcomes.
    pub says: Option<String>,
    /// The decisions that it asks for.
    pub asks: Option<String>,
}

/// A meeting to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeeting {
    /// When; today when `None`.
    pub on: Option<Date>,
    /// Who leads.
    pub lead: Person,
    /// The committee member.
    pub with: Person,
    /// What they talked about.
    pub talked: String,
    /// What they agreed to do.
    pub agreed: Option<String>,
    /// Whether hours and means suffice, when it was asked.
    pub suffices: Option<bool>,
    /// What is missing, when they don't.
    pub missing: Option<String>,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Give { .. } => "roles.give",
            Act::End { .. } => "roles.end",
            Act::SetReach { .. } => "roles.set-reach",
            Act::Acknowledge { .. } => "roles.acknowledge",
            Act::MakeReport(_) => "roles.make-report",
            Act::PresentReport { .. } => "roles.present-report",
            Act::RecordMeeting(_) => "roles.record-meeting",
            Act::SetCapacity { .. } => "roles.set-capacity",
            Act::AnswerCapacity { .. } => "roles.answer-capacity",
            Act::MeetNeed { .. } => "roles.meet-need",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, _setting: &Setting) -> Need {
        match self {
            Act::Give { role, .. } | Act::End { role, .. } => giving(role),
            Act::SetReach { person, .. } => {
                Need::AnyOf(vec![Need::Oneself(*person), Need::management()])
            }
            Act::Acknowledge { .. } => Need::SignedIn,
            Act::MakeReport(_) | Act::PresentReport { .. } | Act::RecordMeeting(_) => reporting(),
            Act::SetCapacity { .. } => Need::management(),
            Act::AnswerCapacity { .. } => Need::leadership(),
            Act::MeetNeed { .. } => Need::AnyOf(vec![
                Need::management(),
                Need::Holds(vec![Role::Chair, Role::NamedMember]),
            ]),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::Give { role, person, from } => holding::give(role, *person, *from, case),
            Act::End { role, person, last } => holding::end(role, *person, *last, case),
            Act::SetReach { person, reach } => holding::set_reach(*person, reach.as_deref(), case),
            Act::Acknowledge { role, digest } => holding::acknowledge(role, digest, case),
            Act::MakeReport(new) => oversight::make(new, case),
            Act::PresentReport {
                report,
                on,
                to,
                decided,
            } => oversight::present(*report, *on, *to, decided, case),
            Act::RecordMeeting(new) => oversight::meet(new, case),
            Act::SetCapacity {
                role,
                person,
                hours,
                means,
            } => capacity::set(role, *person, *hours, means.as_deref(), case),
            Act::AnswerCapacity { suffices, missing } => {
                capacity::answer(*suffices, missing.as_deref(), None, case)
            }
            Act::MeetNeed { need, how } => capacity::meet(*need, how, case),
        }
    }
}

/// Who gives a role and ends it: the manager and the deputy manager; the chair too where it is about
/// who manages or sits on the committee, so that a setting without a manager can get one.
#[must_use]
pub fn giving(role: &Role) -> Need {
    match role {
        Role::Manager | Role::DeputyManager | Role::Chair | Role::NamedMember => {
            Need::AnyOf(vec![Need::management(), Need::Holds(vec![Role::Chair])])
        }
        Role::Lead
        | Role::DeputyLead
        | Role::OnlineSafetyLead
        | Role::TechnicalLead
        | Role::RoomLeader
        | Role::Other(_) => Need::management(),
    }
}

/// Who makes reports and records meetings: those who lead, and the committee's own two.
#[must_use]
pub fn reporting() -> Need {
    Need::AnyOf(vec![
        Need::leadership(),
        Need::Holds(vec![Role::Chair, Role::NamedMember]),
    ])
}

/// Who reads reports, meetings and what is set aside: those who lead, and the committee.
#[must_use]
pub fn overseeing() -> Need {
    Need::AnyOf(vec![Need::leadership(), Need::Of(vec![Group::Committee])])
}

fn done(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Roles(entry)])
}

/// Words of a person, bounded and sealed under what they are about.
fn seal(
    case: &Case<'_>,
    of: &str,
    field: &'static str,
    words: &str,
) -> Result<Private<String>, Vec<Mistake>> {
    let words = words.trim();
    if words.chars().count() > TEXT_MAX {
        return no(field, format!("Write at most {TEXT_MAX} characters here"));
    }
    case.sealer
        .seal(of, &words.to_owned())
        .map_err(|erased| vec![erased.into()])
}

/// As [`seal`], for words that may be left out.
fn seal_if_any(
    case: &Case<'_>,
    of: &str,
    field: &'static str,
    words: Option<&str>,
) -> Result<Option<Private<String>>, Vec<Mistake>> {
    words
        .filter(|words| !words.trim().is_empty())
        .map(|words| seal(case, of, field, words))
        .transpose()
}
