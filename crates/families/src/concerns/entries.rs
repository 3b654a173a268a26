//! Facts about concerns. Words are sealed under the key of their case; what stands in the clear
//! says neither what a case is about nor about which child.

use super::{
    handed::entries::Handed,
    keeping,
    low_level::{self, entries::Entry as LowLevel},
    note::{Note, Report, Sort},
    own_duty::{self, entries::Entry as OwnDuty},
    papers,
    transfer::{self, entries::Entry as Transfer},
};
use crate::{
    roles::role::Role,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about concerns.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody reported a concern.
    Reported(Reported),
    /// Somebody on the case has read it and acts.
    Acknowledged(Acknowledged),
    /// Nobody answered in time, so others were asked too.
    Escalated(Escalated),
    /// Something was written down.
    Written(Noted),
    /// Somebody else may see the case.
    Shared(Shared),
    /// Somebody may see the case no longer.
    Unshared(Unshared),
    /// Something is to be done.
    TaskSet(TaskSet),
    /// It was done.
    TaskDone(TaskDone),
    /// Two cases belong together.
    Linked(Linked),
    /// The case was closed.
    Closed(Closed),
    /// The case was opened again.
    Reopened(Reopened),
    /// Something is to change because of what was learned.
    LessonSet(LessonSet),
    /// It has changed.
    LessonDone(LessonDone),
    /// About low-level concerns.
    LowLevel(low_level::entries::Entry),
    /// About somebody's own duty to report.
    OwnDuty(own_duty::entries::Entry),
    /// About files that move from one setting to another.
    Transfer(transfer::entries::Entry),
    /// About documents in a case, and what stood in the wrong one.
    Paper(papers::entries::Entry),
    /// About the end of keeping.
    Keeping(keeping::entries::Entry),
    /// A report was handed to the committee.
    Handed(Handed),
}

/// Somebody reported a concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The number of the case.
    pub case: u32,
    /// What the reporter is told to refer to.
    pub reference: String,
    /// The report.
    pub report: Private<Report>,
    /// The roles that it goes to.
    pub roles: Vec<Role>,
    /// Who must not learn of it.
    #[serde(default)]
    pub excluded: Vec<Person>,
    /// What the form or the device calls it: chance, which says nothing of either.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub once: String,
}

/// Somebody acts on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The case.
    pub case: u32,
}

/// Others were asked too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// The case.
    pub case: u32,
    /// The role that is asked now.
    pub to: Role,
}

/// Something was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The case.
    pub case: u32,
    /// Its number in the case.
    pub note: u32,
    /// What sort of thing.
    pub sort: Sort,
    /// The words.
    pub words: Private<Note>,
    /// The number of the note that it puts right.
    #[serde(default)]
    pub corrects: Option<u32>,
}

/// Somebody else may see the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The case.
    pub case: u32,
    /// With whom.
    pub person: Person,
    /// Why.
    pub why: Private,
}

/// Somebody may see it no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unshared {
    /// The case.
    pub case: u32,
    /// Who.
    pub person: Person,
}

/// Something is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSet {
    /// The case.
    pub case: u32,
    /// Its number in the case.
    pub task: u32,
    /// What.
    pub what: Private,
    /// By whom.
    pub owner: Person,
    /// The last day.
    pub due: Date,
}

/// It was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDone {
    /// The case.
    pub case: u32,
    /// Its number in the case.
    pub task: u32,
    /// How.
    pub how: Private,
}

/// Two cases belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// One.
    pub case: u32,
    /// The other.
    pub other: u32,
}

/// The case was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The case.
    pub case: u32,
    /// What came of it, and who was told.
    pub outcome: Private<Note>,
}

/// The case was opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// The case.
    pub case: u32,
    /// Why.
    pub why: Private,
}

/// Something is to change because of what was learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonSet {
    /// The case; 0: it came from several.
    pub case: u32,
    /// Its number.
    pub lesson: u32,
    /// What is to change, without anybody's name.
    pub what: Private,
    /// By whom.
    pub owner: Person,
    /// The last day.
    pub due: Date,
}

/// It has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonDone {
    /// The case.
    pub case: u32,
    /// Its number.
    pub lesson: u32,
    /// How.
    pub how: Private,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Reported(fact) => Written::of("concerns.reported", 1, fact),
            Entry::Acknowledged(fact) => Written::of("concerns.acknowledged", 1, fact),
            Entry::Escalated(fact) => Written::of("concerns.escalated", 1, fact),
            Entry::Written(fact) => Written::of("concerns.written", 1, fact),
            Entry::Shared(fact) => Written::of("concerns.shared", 1, fact),
            Entry::Unshared(fact) => Written::of("concerns.unshared", 1, fact),
            Entry::TaskSet(fact) => Written::of("concerns.task-set", 1, fact),
            Entry::TaskDone(fact) => Written::of("concerns.task-done", 1, fact),
            Entry::Linked(fact) => Written::of("concerns.linked", 1, fact),
            Entry::Closed(fact) => Written::of("concerns.closed", 1, fact),
            Entry::Reopened(fact) => Written::of("concerns.reopened", 1, fact),
            Entry::LessonSet(fact) => Written::of("concerns.lesson-set", 1, fact),
            Entry::LessonDone(fact) => Written::of("concerns.lesson-done", 1, fact),
            Entry::LowLevel(LowLevel::Told(fact)) => {
                Written::of("concerns.low-level-told", 1, fact)
            }
            Entry::LowLevel(LowLevel::Decided(fact)) => {
                Written::of("concerns.low-level-decided", 1, fact)
            }
            Entry::LowLevel(LowLevel::Reviewed(fact)) => {
                Written::of("concerns.low-level-reviewed", 1, fact)
            }
            Entry::OwnDuty(OwnDuty::Asked(fact)) => Written::of("concerns.own-duty-asked", 1, fact),
            Entry::OwnDuty(OwnDuty::Answered(fact)) => {
                Written::of("concerns.own-duty-answered", 1, fact)
            }
            Entry::Paper(entry) => entry.write(),
            Entry::Keeping(entry) => entry.write(),
            Entry::Handed(fact) => fact.write(),
            Entry::Transfer(Transfer::LookedRound(fact)) => {
                Written::of("concerns.files-looked-for", 1, fact)
            }
            Entry::Transfer(Transfer::Owed(fact)) => Written::of("concerns.file-owed", 1, fact),
            Entry::Transfer(Transfer::NotNeeded(fact)) => {
                Written::of("concerns.file-not-needed", 1, fact)
            }
            Entry::Transfer(Transfer::Sent(fact)) => Written::of("concerns.file-sent", 1, fact),
            Entry::Transfer(Transfer::Tried(fact)) => Written::of("concerns.file-tried", 1, fact),
            Entry::Transfer(Transfer::Fetched(fact)) => {
                Written::of("concerns.file-fetched", 1, fact)
            }
            Entry::Transfer(Transfer::Confirmed(fact)) => {
                Written::of("concerns.file-confirmed", 1, fact)
            }
            Entry::Transfer(Transfer::Withdrawn(fact)) => {
                Written::of("concerns.file-called-back", 1, fact)
            }
            Entry::Transfer(Transfer::Arrived(fact)) => {
                Written::of("concerns.file-arrived", 1, fact)
            }
            Entry::Transfer(Transfer::TakenIn(fact)) => {
                Written::of("concerns.file-taken-in", 1, fact)
            }
            Entry::Transfer(Transfer::TurnedAway(fact)) => {
                Written::of("concerns.file-turned-away", 1, fact)
            }
            Entry::Transfer(Transfer::CameFrom(fact)) => {
                Written::of("concerns.case-came-from", 1, fact)
            }
        }
    }

    /// What happened. Only who is on the case sees the line at all.
    #[must_use]
    pub fn in_words(&self) -> String {
        let case = self.case();
        match self {
            Entry::Reported(_) => format!("reported a concern, case {case}"),
            Entry::Acknowledged(_) => format!("took case {case} on"),
            Entry::Escalated(fact) => format!("asked the {} about case {case}", fact.to.in_words()),
            Entry::Written(fact) => {
                format!(
                    "wrote in case {case}: {}",
                    fact.sort.in_words().to_lowercase()
                )
            }
            Entry::Shared(fact) => format!("shared case {case} with {}", fact.person.mark()),
            Entry::Unshared(fact) => format!(
                "ended the sharing of case {case} with {}",
                fact.person.mark()
            ),
            Entry::TaskSet(fact) => format!("gave {} a task in case {case}", fact.owner.mark()),
            Entry::TaskDone(fact) => format!("finished task {} of case {case}", fact.task),
            Entry::Linked(fact) => format!("linked case {case} with case {}", fact.other),
            Entry::Closed(_) => format!("closed case {case}"),
            Entry::Reopened(_) => format!("opened case {case} again"),
            Entry::LessonSet(fact) => format!("set action {} from what was learned", fact.lesson),
            Entry::LessonDone(fact) => {
                format!("finished action {} from what was learned", fact.lesson)
            }
            Entry::LowLevel(entry) => entry.in_words(),
            Entry::OwnDuty(entry) => entry.in_words(),
            Entry::Paper(entry) => entry.in_words(),
            Entry::Keeping(entry) => entry.in_words(),
            Entry::Handed(fact) => fact.in_words(),
            Entry::Transfer(entry) => entry.in_words(),
        }
    }

    /// The case that it belongs to.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::Reported(fact) => fact.case,
            Entry::Acknowledged(fact) => fact.case,
            Entry::Escalated(fact) => fact.case,
            Entry::Written(fact) => fact.case,
            Entry::Shared(fact) => fact.case,
            Entry::Unshared(fact) => fact.case,
            Entry::TaskSet(fact) => fact.case,
            Entry::TaskDone(fact) => fact.case,
            Entry::Linked(fact) => fact.case,
            Entry::Closed(fact) => fact.case,
            Entry::Reopened(fact) => fact.case,
            Entry::LessonSet(fact) => fact.case,
            Entry::LessonDone(fact) => fact.case,
            Entry::LowLevel(entry) => entry.case(),
            Entry::OwnDuty(entry) => entry.case(),
            Entry::Paper(entry) => entry.case(),
            Entry::Keeping(entry) => entry.case(),
            // It belongs to no case: `need_for_line` says who reads it.
            Entry::Handed(_) => 0,
            Entry::Transfer(entry) => entry.case(),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Concerns)
}

fn kept<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> keeping::entries::Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Concerns(Entry::Keeping(entry)))
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "concerns.reported",
        1,
        |body| of(body, Entry::Reported),
        r#"{"case":3,"reference":"K7QM2P","report":{"of":"case:3","sealed":"AAAA"},"roles":["lead","deputy-lead"],"excluded":[12]}"#,
    ),
    Shape::new(
        "concerns.acknowledged",
        1,
        |body| of(body, Entry::Acknowledged),
        r#"{"case":3}"#,
    ),
    Shape::new(
        "concerns.escalated",
        1,
        |body| of(body, Entry::Escalated),
        r#"{"case":3,"to":"manager"}"#,
    ),
    Shape::new(
        "concerns.written",
        1,
        |body| of(body, Entry::Written),
        r#"{"case":3,"note":1,"sort":"fact","words":{"of":"case:3","sealed":"AAAA"},"corrects":null}"#,
    ),
    Shape::new(
        "concerns.shared",
        1,
        |body| of(body, Entry::Shared),
        r#"{"case":3,"person":9,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.unshared",
        1,
        |body| of(body, Entry::Unshared),
        r#"{"case":3,"person":9}"#,
    ),
    Shape::new(
        "concerns.task-set",
        1,
        |body| of(body, Entry::TaskSet),
        r#"{"case":3,"task":1,"what":{"of":"case:3","sealed":"AAAA"},"owner":9,"due":"2026-10-01"}"#,
    ),
    Shape::new(
        "concerns.task-done",
        1,
        |body| of(body, Entry::TaskDone),
        r#"{"case":3,"task":1,"how":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.linked",
        1,
        |body| of(body, Entry::Linked),
        r#"{"case":3,"other":2}"#,
    ),
    Shape::new(
        "concerns.closed",
        1,
        |body| of(body, Entry::Closed),
        r#"{"case":3,"outcome":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.reopened",
        1,
        |body| of(body, Entry::Reopened),
        r#"{"case":3,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.lesson-set",
        1,
        |body| of(body, Entry::LessonSet),
        r#"{"case":3,"lesson":1,"what":{"of":"case:3","sealed":"AAAA"},"owner":9,"due":"2026-10-01"}"#,
    ),
    Shape::new(
        "concerns.lesson-done",
        1,
        |body| of(body, Entry::LessonDone),
        r#"{"case":3,"lesson":1,"how":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.low-level-told",
        1,
        |body| of(body, |fact| Entry::LowLevel(LowLevel::Told(fact))),
        r#"{"case":10000001,"about":9,"words":{"of":"case:10000001","sealed":"AAAA"},"roles":["manager","chair"],"guarded":true}"#,
    ),
    Shape::new(
        "concerns.low-level-decided",
        1,
        |body| of(body, |fact| Entry::LowLevel(LowLevel::Decided(fact))),
        r#"{"case":10000001,"outcome":"raised","why":{"of":"case:10000001","sealed":"AAAA"},"became":4}"#,
    ),
    Shape::new(
        "concerns.low-level-reviewed",
        1,
        |body| of(body, |fact| Entry::LowLevel(LowLevel::Reviewed(fact))),
        r#"{"case":10000001,"keep":"2030-10-01","why":{"of":"case:10000001","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.own-duty-asked",
        1,
        |body| of(body, |fact| Entry::OwnDuty(OwnDuty::Asked(fact))),
        r#"{"case":20000003,"person":9,"rules":{"of":"case:3","sealed":"AAAA"},"due":"2026-10-01","last":"2026-10-08"}"#,
    ),
    Shape::new(
        "concerns.own-duty-answered",
        1,
        |body| of(body, |fact| Entry::OwnDuty(OwnDuty::Answered(fact))),
        r#"{"case":20000003,"words":{"of":"case:3","sealed":"AAAA"},"waits":"2026-10-05"}"#,
    ),
    Shape::new(
        "concerns.files-looked-for",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::LookedRound(fact))),
        r#"{"left":[[7,"2026-07-21"]]}"#,
    ),
    Shape::new(
        "concerns.file-owed",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Owed(fact))),
        r#"{"case":3,"due":"2026-07-28"}"#,
    ),
    Shape::new(
        "concerns.file-not-needed",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::NotNeeded(fact))),
        r#"{"case":3,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.file-sent",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Sent(fact))),
        r#"{"case":30000001,"cases":[3,5],"says":{"of":"case:3","sealed":"AAAA"},"file":{"digest":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","size":3,"sealed":{"of":"case:3","sealed":"AAAA"}},"name":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","gate":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","link":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","receipt":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","signs":"larch-lane+00000000+AAAA","until":"2026-08-10","due":"2026-07-28"}"#,
    ),
    Shape::new(
        "concerns.file-tried",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Tried(fact))),
        r#"{"case":30000001}"#,
    ),
    Shape::new(
        "concerns.file-fetched",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Fetched(fact))),
        r#"{"case":30000001}"#,
    ),
    Shape::new(
        "concerns.file-confirmed",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Confirmed(fact))),
        r#"{"case":30000001,"by":{"of":"case:3","sealed":"AAAA"},"signed":"larch-lane"}"#,
    ),
    Shape::new(
        "concerns.file-called-back",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Withdrawn(fact))),
        r#"{"case":30000001,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.file-arrived",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::Arrived(fact))),
        r#"{"case":30000001,"name":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","key":"larch-lane+00000000+AAAA","about":{"of":"case:30000001","sealed":"AAAA"},"content":{"digest":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","size":3,"sealed":{"of":"case:30000001","sealed":"AAAA"}},"files":[{"title":{"of":"case:30000001","sealed":"AAAA"},"of":12,"file":{"digest":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff","size":3,"sealed":{"of":"case:30000001","sealed":"AAAA"}}}],"roles":["lead","deputy-lead"]}"#,
    ),
    Shape::new(
        "concerns.file-taken-in",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::TakenIn(fact))),
        r#"{"case":30000001,"into":[6,7]}"#,
    ),
    Shape::new(
        "concerns.file-turned-away",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::TurnedAway(fact))),
        r#"{"case":30000001,"why":{"of":"case:30000001","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.case-came-from",
        1,
        |body| of(body, |fact| Entry::Transfer(Transfer::CameFrom(fact))),
        r#"{"case":6,"origin":{"of":"case:6","sealed":"AAAA"},"taken":[120,121]}"#,
    ),
    Shape::new(
        "concerns.file-added",
        1,
        |body| {
            of(body, |fact| {
                Entry::Paper(papers::entries::Entry::Added(fact))
            })
        },
        r#"{"case":3,"paper":1,"what":{"of":"case:3","sealed":"AAAA"},"file":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","size":5,"sealed":{"of":"case:3","sealed":"AAAA"}}}"#,
    ),
    Shape::new(
        "concerns.note-moved",
        1,
        |body| {
            of(body, |fact| {
                Entry::Paper(papers::entries::Entry::MovedAway(fact))
            })
        },
        r#"{"case":3,"note":1,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.keeping-looked-through",
        1,
        |body| kept(body, keeping::entries::Entry::LookedThrough),
        r#"{"month":"2051-12-01"}"#,
    ),
    Shape::new(
        "concerns.keeping-over",
        1,
        |body| kept(body, keeping::entries::Entry::Over),
        r#"{"case":3}"#,
    ),
    Shape::new(
        "concerns.kept-on",
        1,
        |body| kept(body, keeping::entries::Entry::KeptOn),
        r#"{"case":3,"until":"2061-12-01","why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.letting-go-asked",
        1,
        |body| kept(body, keeping::entries::Entry::Asked),
        r#"{"case":3,"ground":"long-enough","why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.let-go",
        1,
        |body| kept(body, keeping::entries::Entry::LetGo),
        r#"{"case":3,"ground":"kept-elsewhere","asked_by":9}"#,
    ),
    Shape::new(
        "concerns.held",
        1,
        |body| kept(body, keeping::entries::Entry::Held),
        r#"{"case":3,"why":{"of":"case:3","sealed":"AAAA"},"review":"2051-12-01"}"#,
    ),
    Shape::new(
        "concerns.hold-lifted",
        1,
        |body| kept(body, keeping::entries::Entry::Lifted),
        r#"{"case":3,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "concerns.handed-to-committee",
        1,
        |body| of(body, Entry::Handed),
        r#"{"number":1,"words":{"of":"committee-report:1","sealed":"AAAA"}}"#,
    ),
];
