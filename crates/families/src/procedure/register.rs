//! The procedures at work as they stand. What they are and what was done stays sealed; only a page
//! or an act of who is on the case opens it.

use super::{
    entries::{Clock, Entry, Left},
    run::{Mark, Marked, Plan},
};
use crate::spine::{act::Person, setting::At};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The procedures at work.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    runs: BTreeMap<u32, Vec<Run>>,
    /// For whom access is suspended, and by which cases.
    suspended: BTreeMap<Person, BTreeSet<u32>>,
    looked: Option<LookedThrough>,
}

/// A procedure at work in a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// Its number in the case.
    pub number: u32,
    /// Which, and from when its clocks run.
    pub plan: Private<Plan>,
    /// When it was begun.
    pub at: Moment,
    /// By whom.
    pub by: Option<Person>,
    /// What was said of its steps, in order.
    pub marks: Vec<Kept>,
    /// What is left.
    pub left: Left,
    /// What was told of its clocks: when each ends, and whether it has ended.
    pub told: BTreeSet<(Moment, bool)>,
    /// The entry.
    pub seq: u64,
}

/// What was said of a step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its number in the procedure.
    pub number: u32,
    /// Which step, and how it stands.
    pub says: Private<Mark>,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The second person, and when they agreed.
    pub agreed: Option<(Person, Moment)>,
    /// The entry.
    pub seq: u64,
}

/// When the register of breaches was last looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedThrough {
    /// When.
    pub at: Moment,
    /// The day.
    pub day: Date,
    /// By whom.
    pub by: Option<Person>,
    /// What was found.
    pub found: String,
    /// The entry.
    pub seq: u64,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let by = at.by.person();
        match entry {
            Entry::Started(fact) => self.runs.entry(fact.case).or_default().push(Run {
                number: fact.run,
                plan: fact.plan.clone(),
                at: at.moment,
                by,
                marks: Vec::new(),
                left: fact.left.clone(),
                told: BTreeSet::new(),
                seq: at.seq,
            }),
            Entry::Marked(fact) => self.change(fact.case, fact.run, &fact.left, |run| {
                run.marks.push(Kept {
                    number: fact.mark,
                    says: fact.says.clone(),
                    by,
                    at: at.moment,
                    agreed: None,
                    seq: at.seq,
                });
            }),
            Entry::Agreed(fact) => self.change(fact.case, fact.run, &fact.left, |run| {
                let mark = run.marks.iter_mut().find(|mark| mark.number == fact.mark);
                if let Some(mark) = mark {
                    mark.agreed = by.map(|by| (by, at.moment));
                }
            }),
            Entry::Near(fact) => self.tell(fact, false),
            Entry::Ended(fact) => self.tell(fact, true),
            Entry::Suspended(fact) => {
                let cases = self.suspended.entry(fact.person).or_default();
                cases.insert(fact.case);
            }
            Entry::Restored(fact) => {
                if let Some(cases) = self.suspended.get_mut(&fact.person) {
                    cases.remove(&fact.case);
                    if cases.is_empty() {
                        self.suspended.remove(&fact.person);
                    }
                }
            }
            Entry::LookedThrough(fact) => {
                self.looked = Some(LookedThrough {
                    at: at.moment,
                    day: at.day,
                    by,
                    found: fact.found.clone(),
                    seq: at.seq,
                });
            }
        }
    }

    fn tell(&mut self, clock: &Clock, ended: bool) {
        let runs = self.runs.get_mut(&clock.case);
        let run = runs.and_then(|runs| runs.iter_mut().find(|one| one.number == clock.run));
        if let Some(run) = run {
            run.told.insert((clock.ends, ended));
        }
    }

    fn change(&mut self, case: u32, run: u32, left: &Left, how: impl FnOnce(&mut Run)) {
        let runs = self.runs.get_mut(&case);
        let run = runs.and_then(|runs| runs.iter_mut().find(|one| one.number == run));
        if let Some(run) = run {
            run.left.clone_from(left);
            how(run);
        }
    }

    /// The procedures of a case, in the order in which they were begun.
    #[must_use]
    pub fn of(&self, case: u32) -> &[Run] {
        self.runs.get(&case).map_or(&[], Vec::as_slice)
    }

    /// One of them.
    #[must_use]
    pub fn run(&self, case: u32, run: u32) -> Option<&Run> {
        self.of(case).iter().find(|one| one.number == run)
    }

    /// All cases in which one was begun.
    pub fn cases(&self) -> impl Iterator<Item = u32> {
        self.runs.keys().copied()
    }

    /// Whether somebody’s access is suspended.
    #[must_use]
    pub fn is_suspended(&self, person: Person) -> bool {
        self.suspended.contains_key(&person)
    }

    /// Whether it is suspended by this case.
    #[must_use]
    pub fn is_suspended_in(&self, person: Person, case: u32) -> bool {
        let cases = self.suspended.get(&person);
        cases.is_some_and(|cases| cases.contains(&case))
    }

    /// When the register of breaches was last looked through.
    #[must_use]
    pub fn looked_through(&self) -> Option<&LookedThrough> {
        self.looked.as_ref()
    }

    /// What keeps a case from being closed.
    #[must_use]
    pub fn missing(&self, case: u32) -> Option<&'static str> {
        let open = self.of(case).iter().any(|run| run.left.steps > 0);
        open.then_some("a step of what has to be done is still open")
    }
}

impl Run {
    /// What was said of its steps, opened.
    #[must_use]
    pub fn marks(&self, open: impl Fn(&Private<Mark>) -> Option<Mark>) -> Vec<Marked> {
        let opened = |kept: &Kept| {
            Some(Marked {
                number: kept.number,
                mark: open(&kept.says)?,
                by: kept.by,
                at: kept.at,
                agreed: kept.agreed,
                seq: kept.seq,
            })
        };
        self.marks.iter().filter_map(opened).collect()
    }

    /// When something was last said of its steps.
    #[must_use]
    pub fn last(&self) -> Moment {
        self.marks.last().map_or(self.at, |mark| mark.at)
    }

    /// The number of the next mark.
    #[must_use]
    pub fn next_mark(&self) -> u32 {
        self.marks
            .last()
            .map_or(1, |mark| mark.number.saturating_add(1))
    }
}
