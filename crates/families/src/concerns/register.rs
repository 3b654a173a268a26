//! The cases as they stand. What they say stays sealed; only a page opens it for who is on the case.

use super::{
    entries::{Closed, Entry, Noted},
    handed,
    index::Index,
    keeping::{self, Gone, Keeping},
    low_level,
    note::{Note, Report, Sort},
    own_duty, papers, transfer,
};
use crate::{
    roles::role::Role,
    spine::{act::Person, setting::At},
};
use kernel::{
    kept::Kept,
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The cases.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    cases: BTreeMap<u32, Case>,
    gone: BTreeMap<u32, Gone>,
    keeping_looked: Option<Date>,
    handed: handed::register::Register,
    lessons: BTreeMap<u32, Lesson>,
    low_level: low_level::register::Register,
    own_duties: own_duty::register::Register,
    transfers: transfer::register::Register,
    /// The cases by what a form or device called their reports.
    once: BTreeMap<String, Vec<u32>>,
}

/// A case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Its number.
    pub number: u32,
    /// What the reporter refers to.
    pub reference: String,
    /// The report.
    pub report: Private<Report>,
    /// Who reported it; `None`: without a name.
    pub by: Option<Person>,
    /// When it was reported.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// The roles that it goes to.
    pub roles: Vec<Role>,
    /// Who must not learn of it.
    pub excluded: Vec<Person>,
    /// Who sees it by sharing.
    pub shared: Vec<Person>,
    /// Who took it on first, and when.
    pub taken: Option<(Person, Moment)>,
    /// Who was asked when nobody answered, and when.
    pub escalated: Vec<(Role, Moment)>,
    /// What was written down, in order.
    pub notes: Vec<Written>,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// Cases that belong to it.
    pub links: Vec<u32>,
    /// Documents and pictures.
    pub papers: Vec<Paper>,
    /// What came of it, when it is closed.
    pub outcome: Option<Ended>,
    /// When something last happened in it.
    pub last: Moment,
    /// How the end of keeping stands.
    pub keeping: Keeping,
    /// Which words its notes may hold.
    #[serde(skip)]
    pub index: Index,
}

/// Something that was written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Its number in the case.
    pub number: u32,
    /// What sort of thing.
    pub sort: Sort,
    /// The words.
    pub words: Private<Note>,
    /// The number of the note that it puts right.
    pub corrects: Option<u32>,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// That it belongs to another case, and is sealed here.
    pub moved: Option<Moved>,
}

/// That a note belongs to another case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// Why.
    pub why: Private,
    /// Who moved it.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

/// A document or picture in a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Paper {
    /// Its number in the case.
    pub number: u32,
    /// What it is.
    pub what: Private,
    /// The file.
    pub file: Kept,
    /// By whom it was added.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Something to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// Its number in the case.
    pub number: u32,
    /// What.
    pub what: Private,
    /// By whom.
    pub owner: Person,
    /// The last day.
    pub due: Date,
    /// How it was done.
    pub done: Option<Private>,
    /// The entry.
    pub seq: u64,
}

/// How a case ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ended {
    /// What came of it, and who was told.
    pub outcome: Private<Note>,
    /// By whom it was closed.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Something that is to change because of what was learned.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lesson {
    /// Its number.
    pub number: u32,
    /// The case.
    pub case: u32,
    /// What is to change.
    pub what: Private,
    /// By whom.
    pub owner: Person,
    /// The last day.
    pub due: Date,
    /// How it was done.
    pub done: Option<Private>,
    /// The entry.
    pub seq: u64,
    /// When it was set.
    pub at: Moment,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let by = at.by.person();
        if let Some(case) = self.cases.get_mut(&entry.case()) {
            case.last = at.moment;
        }
        match entry {
            Entry::Reported(fact) => {
                let case = Case {
                    number: fact.case,
                    reference: fact.reference.clone(),
                    report: fact.report.clone(),
                    by,
                    at: at.moment,
                    seq: at.seq,
                    roles: fact.roles.clone(),
                    excluded: fact.excluded.clone(),
                    shared: Vec::new(),
                    taken: None,
                    escalated: Vec::new(),
                    notes: Vec::new(),
                    tasks: Vec::new(),
                    links: Vec::new(),
                    papers: Vec::new(),
                    outcome: None,
                    last: at.moment,
                    keeping: Keeping::default(),
                    index: Index::default(),
                };
                self.cases.insert(fact.case, case);
                if !fact.once.is_empty() {
                    let called = self.once.entry(fact.once.clone()).or_default();
                    called.push(fact.case);
                }
            }
            Entry::Acknowledged(fact) => self.change(fact.case, |case| {
                case.taken = case.taken.or(by.map(|by| (by, at.moment)));
            }),
            Entry::Escalated(fact) => self.change(fact.case, |case| {
                case.roles.push(fact.to.clone());
                case.escalated.push((fact.to.clone(), at.moment));
            }),
            Entry::Written(fact) => self.write(fact, by, at),
            Entry::Shared(fact) => self.change(fact.case, |case| {
                case.shared.retain(|person| *person != fact.person);
                case.shared.push(fact.person);
            }),
            Entry::Unshared(fact) => self.change(fact.case, |case| {
                case.shared.retain(|person| *person != fact.person);
            }),
            Entry::TaskSet(fact) => self.change(fact.case, |case| {
                case.tasks.push(Task {
                    number: fact.task,
                    what: fact.what.clone(),
                    owner: fact.owner,
                    due: fact.due,
                    done: None,
                    seq: at.seq,
                });
            }),
            Entry::TaskDone(fact) => self.change(fact.case, |case| {
                let task = case.tasks.iter_mut().find(|task| task.number == fact.task);
                if let Some(task) = task {
                    task.done = Some(fact.how.clone());
                }
            }),
            Entry::Linked(fact) => {
                self.change(fact.case, |case| case.links.push(fact.other));
                self.change(fact.other, |case| case.links.push(fact.case));
            }
            Entry::Closed(fact) => self.close(fact, by, at),
            Entry::Reopened(fact) => self.change(fact.case, |case| {
                case.outcome = None;
                case.keeping.begin_anew();
            }),
            Entry::LessonSet(fact) => {
                let lesson = Lesson {
                    number: fact.lesson,
                    case: fact.case,
                    what: fact.what.clone(),
                    owner: fact.owner,
                    due: fact.due,
                    done: None,
                    seq: at.seq,
                    at: at.moment,
                };
                self.lessons.insert(fact.lesson, lesson);
            }
            Entry::LessonDone(fact) => {
                if let Some(lesson) = self.lessons.get_mut(&fact.lesson) {
                    lesson.done = Some(fact.how.clone());
                }
            }
            Entry::LowLevel(entry) => self.low_level.fold(entry, at),
            Entry::OwnDuty(entry) => self.own_duties.fold(entry, at),
            Entry::Paper(entry) => {
                self.change(entry.case(), |case| papers::fold(case, entry, by, at));
            }
            Entry::Transfer(entry) => self.transfers.fold(entry, at),
            Entry::Keeping(entry) => self.keep(entry, at),
            Entry::Handed(fact) => self.handed.fold(fact, at),
        }
    }

    fn keep(&mut self, entry: &keeping::entries::Entry, at: At<'_>) {
        use keeping::entries::Entry as Fact;
        match entry {
            Fact::LookedThrough(fact) => self.keeping_looked = Some(fact.month),
            Fact::LetGo(fact) => {
                if let Some(case) = self.cases.remove(&fact.case) {
                    self.gone.insert(fact.case, Gone::of(case, fact, at));
                    self.own_duties.let_go(fact.case);
                    self.lessons.retain(|_, lesson| lesson.case != fact.case);
                }
                self.low_level.keep(entry, at);
            }
            Fact::Asked(_) | Fact::Over(_) | Fact::KeptOn(_) | Fact::Held(_) | Fact::Lifted(_) => {
                self.change(entry.case(), |case| case.keeping.fold(entry, at));
                self.low_level.keep(entry, at);
            }
        }
    }

    fn change(&mut self, case: u32, how: impl FnOnce(&mut Case)) {
        if let Some(case) = self.cases.get_mut(&case) {
            how(case);
        }
    }

    fn write(&mut self, fact: &Noted, by: Option<Person>, at: At<'_>) {
        self.change(fact.case, |case| {
            case.index.grow(case.notes.len());
            case.notes.push(Written {
                number: fact.note,
                sort: fact.sort,
                words: fact.words.clone(),
                corrects: fact.corrects,
                by,
                at: at.moment,
                seq: at.seq,
                moved: None,
            });
        });
    }

    fn close(&mut self, fact: &Closed, by: Option<Person>, at: At<'_>) {
        self.change(fact.case, |case| {
            case.outcome = Some(Ended {
                outcome: fact.outcome.clone(),
                by,
                at: at.moment,
                seq: at.seq,
            });
        });
    }

    /// Low-level concerns about adults.
    #[must_use]
    pub fn low_level(&self) -> &low_level::register::Register {
        &self.low_level
    }

    /// What the law asks of people themselves, after what they reported.
    #[must_use]
    pub fn own_duties(&self) -> &own_duty::register::Register {
        &self.own_duties
    }

    /// Files that move from one setting to another.
    #[must_use]
    pub fn transfers(&self) -> &transfer::register::Register {
        &self.transfers
    }

    /// A case.
    #[must_use]
    pub fn case(&self, number: u32) -> Option<&Case> {
        self.cases.get(&number)
    }

    /// A case that was let go.
    #[must_use]
    pub fn gone(&self, number: u32) -> Option<&Gone> {
        self.gone.get(&number)
    }

    /// All that were let go.
    pub fn all_gone(&self) -> impl DoubleEndedIterator<Item = &Gone> {
        self.gone.values()
    }

    /// Reports that were handed to the committee.
    #[must_use]
    pub fn handed(&self) -> &handed::register::Register {
        &self.handed
    }

    /// The month for which the clock looked last which cases have been kept long enough.
    #[must_use]
    pub fn keeping_looked(&self) -> Option<Date> {
        self.keeping_looked
    }

    /// Under which keys stands what was let go, and since when: whoever keeps the keys makes sure that
    /// these are destroyed. A file that came in goes with the last of the cases that it became.
    pub fn let_go(&self) -> impl Iterator<Item = (String, Moment)> {
        let cases = self.gone.values();
        let cases = cases.map(|gone| (gone.case.subject(), gone.at));
        let low_level = self.low_level.gone();
        let low_level = low_level.map(|(number, at)| (subject(number), at));
        let files = self.transfers.all_inward().filter_map(|inward| {
            let gone = inward.into.iter().map(|case| self.gone.get(case));
            let gone: Option<Vec<&Gone>> = gone.collect();
            let last = gone?.iter().map(|gone| gone.at).max()?;
            Some((subject(inward.arrived.case), last))
        });
        cases.chain(low_level).chain(files)
    }

    /// All cases that are kept, in the order in which they were reported.
    pub fn cases(&self) -> impl DoubleEndedIterator<Item = &Case> {
        self.cases.values()
    }

    /// The cases whose reports a form or device called so.
    pub fn called<'a>(&'a self, once: &str) -> impl Iterator<Item = &'a Case> + use<'a> {
        let numbers = self.once.get(once).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(|number| self.cases.get(number))
    }

    /// The number of the next case.
    #[must_use]
    pub fn next_case(&self) -> u32 {
        let last = self.cases.keys().next_back();
        let last = last.max(self.gone.keys().next_back());
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// Everything that is to change because of what was learned.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.values()
    }

    /// One of them.
    #[must_use]
    pub fn lesson(&self, number: u32) -> Option<&Lesson> {
        self.lessons.get(&number)
    }

    /// The number of the next.
    #[must_use]
    pub fn next_lesson(&self) -> u32 {
        self.lessons
            .keys()
            .next_back()
            .map_or(1, |last| last.saturating_add(1))
    }
}

impl Case {
    /// Whether it is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.outcome.is_some()
    }

    /// Whether something of this sort was written down.
    #[must_use]
    pub fn has(&self, sort: Sort) -> bool {
        let standing = |note: &Written| note.sort == sort && note.moved.is_none();
        self.notes.iter().any(standing)
    }

    /// The number of the next note.
    #[must_use]
    pub fn next_note(&self) -> u32 {
        self.notes
            .last()
            .map_or(1, |note| note.number.saturating_add(1))
    }

    /// The number of the next file.
    #[must_use]
    pub fn next_paper(&self) -> u32 {
        self.papers
            .last()
            .map_or(1, |paper| paper.number.saturating_add(1))
    }

    /// The number of the next task.
    #[must_use]
    pub fn next_task(&self) -> u32 {
        self.tasks
            .last()
            .map_or(1, |task| task.number.saturating_add(1))
    }

    /// The subject under whose key the case is sealed.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.number)
    }
}

/// The subject under whose key a case is sealed: `case:3`.
#[must_use]
pub fn subject(case: u32) -> String {
    format!("case:{case}")
}
