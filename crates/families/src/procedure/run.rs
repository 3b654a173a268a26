//! A procedure at work in a case: which one, since when, and how each of its steps stands. All of
//! it is sealed under the key of the case; what is reckoned here from it is shown to who is on it.

use super::{
    limit::Limit,
    own::{self, Own},
    sheet::{self, Part, Step, Version, Waits},
};
use crate::spine::{act::Person, in_force::InForce};
use kernel::{
    calendar::{Calendar, Nation},
    moment::{Date, Moment},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which procedure is at work, and from when its clocks run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The sheet.
    pub sheet: String,
    /// How it came about; may be empty.
    #[serde(default)]
    pub way: String,
    /// The nation whose steps these are.
    pub nation: Nation,
    /// The day from which the version binds.
    pub version: Option<Date>,
    /// Which of the policy’s kinds for the police it is.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// When the setting first heard of it.
    pub heard: Moment,
}

/// How a step stands, as somebody said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is done.
    Done,
    /// It was tried, or is still to do.
    NotYet,
    /// It is passed over.
    NotNeeded,
}

/// What somebody said of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The step.
    pub step: String,
    /// How it stands.
    pub outcome: Outcome,
    /// What was done, or why not.
    #[serde(default)]
    pub words: String,
    /// More about it, by name: `reference`, `advised`, `risk`.
    #[serde(default)]
    pub more: BTreeMap<String, String>,
}

/// A mark with who made it, and who agreed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its number in the run.
    pub number: u32,
    /// What it says.
    pub mark: Mark,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The second person, and when they agreed.
    pub agreed: Option<(Person, Moment)>,
    /// The entry.
    pub seq: u64,
}

/// How a step stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To do.
    Open,
    /// It waits for an answer.
    Waiting(Waits),
    /// A second person has still to agree that it is passed over.
    NeedsSecond,
    /// Done.
    Done,
    /// Passed over.
    NotNeeded,
}

impl State {
    /// Whether nothing more has to be done.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, State::Done | State::NotNeeded)
    }
}

/// A step with all that is laid over it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name in the case.
    pub key: String,
    /// What to do.
    pub title: String,
    /// The step of the sheet; `None`: it is the policy’s own.
    pub step: Option<&'static Step>,
    /// What the policy says of it.
    pub own: Vec<Own>,
    /// Within what time; the stricter.
    pub within: Option<Limit>,
    /// Until when, where a clock runs.
    pub due: Option<Moment>,
    /// Whether a second person has to agree before it is passed over.
    pub must: bool,
    /// For whose answer it waits.
    pub waits: Option<Waits>,
    /// How it stands.
    pub state: State,
    /// What was said of it last.
    pub last: Option<Marked>,
}

impl Item {
    /// What the program does for it.
    #[must_use]
    pub fn part(&self) -> Part {
        self.step.map_or(Part::None, |step| step.part)
    }
}

/// A procedure as it stands: its steps, and what else the policy says.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// The steps, in order.
    pub items: Vec<Item>,
    /// What the policy says beside its steps.
    pub also: Vec<Own>,
    /// Where the sheet comes from.
    pub source: &'static str,
}

impl Plan {
    /// The version of the sheet that it follows.
    #[must_use]
    pub fn follows(&self) -> Option<&'static Version> {
        let sheet = sheet::find(&self.sheet)?;
        let day = self.version.unwrap_or_else(|| self.heard.date());
        sheet.on(self.nation, day)
    }

    /// Its steps as they stand.
    #[must_use]
    pub fn course(&self, marks: &[Marked], in_force: &InForce, calendar: &Calendar) -> Course {
        let (Some(sheet), Some(version)) = (sheet::find(&self.sheet), self.follows()) else {
            return Course::default();
        };
        let mut course = lay(sheet, version, self.nation, &self.way, in_force);
        course.settle(self, marks);
        // The clocks of the nation that it began in, whatever the setting says of itself since.
        let calendar = Calendar {
            nation: self.nation,
            ..calendar.clone()
        };
        for place in 0..course.items.len() {
            let due = course.due(place, self.heard, marks, &calendar);
            if let Some(item) = course.items.get_mut(place) {
                (item.within, item.due) = due;
            }
        }
        course
    }
}

/// A sheet with the policy laid over it, before anything is done.
#[must_use]
pub fn lay(
    sheet: &'static sheet::Sheet,
    version: &'static Version,
    nation: Nation,
    way: &str,
    in_force: &InForce,
) -> Course {
    let mut course = Course {
        source: &version.source,
        ..Course::default()
    };
    for step in version.steps.iter() {
        let is_here = version.steps(nation, way).any(|one| one.id == step.id);
        if is_here {
            course.items.push(Item {
                key: step.id.clone(),
                title: step.title.clone(),
                step: Some(step),
                own: Vec::new(),
                within: step.within,
                due: None,
                must: step.must,
                waits: step.waits,
                state: State::Open,
                last: None,
            });
        }
    }
    let mut after = 0;
    for own in own::of(sheet, way, in_force) {
        after = course.add(own, after);
    }
    let area = own::officer_within(in_force);
    for item in course.items.iter_mut().filter(|_| area.is_some()) {
        if item.part() == Part::Officer {
            item.within = stricter(item.within, area);
        }
    }
    course
}

impl Course {
    /// Lays something of the policy over the steps; tells after which the next one comes.
    fn add(&mut self, own: Own, after: usize) -> usize {
        let known = |item: &Item| {
            item.step.is_some_and(|step| {
                step.same
                    .iter()
                    .any(|words| own.known_by.contains(words.as_str()))
            })
        };
        let mut fits: Vec<usize> = (0..self.items.len())
            .filter(|place| self.items.get(*place).is_some_and(known))
            .collect();
        if own.destroys {
            // It may only be taken together with a step that waits.
            fits.retain(|place| {
                let item = self.items.get(*place);
                item.is_some_and(|item| item.waits == Some(Waits::Police))
            });
            fits.truncate(1);
        }
        fits.truncate(if own.is_step { 2 } else { 1 });
        let Some(last) = fits.last().copied() else {
            if !own.is_step {
                self.also.push(own);
                return after;
            }
            let place = after.saturating_add(1).min(self.items.len());
            self.items.insert(place, policys(own));
            return place;
        };
        let is_step = own.is_step;
        for place in fits {
            if let Some(item) = self.items.get_mut(place) {
                item.within = stricter(item.within, own.within);
                item.own.push(own.clone());
            }
        }
        if is_step { last } else { after }
    }

    /// Says how each step stands.
    fn settle(&mut self, plan: &Plan, marks: &[Marked]) {
        let risk = self
            .items
            .iter()
            .filter(|item| item.part() == Part::Breach)
            .filter_map(|item| last(marks, &item.key))
            .filter_map(|marked| marked.mark.more.get("risk").cloned())
            .next_back();
        for item in &mut self.items {
            item.must = match (item.part(), risk.as_deref()) {
                (Part::Commissioner, Some("none")) | (Part::People, Some("none" | "some")) => false,
                (Part::Police, _) => item.must || !plan.kinds.is_empty(),
                _ => item.must,
            };
            item.last = last(marks, &item.key).cloned();
            item.state = match &item.last {
                None => State::Open,
                Some(marked) => match marked.mark.outcome {
                    Outcome::Done => State::Done,
                    Outcome::NotYet => State::Open,
                    Outcome::NotNeeded if item.must && marked.agreed.is_none() => {
                        State::NeedsSecond
                    }
                    Outcome::NotNeeded => State::NotNeeded,
                },
            };
        }
        let (police, officer) = (self.answered(Waits::Police), self.answered(Waits::Officer));
        for item in &mut self.items {
            let Some(waits) = item.waits.filter(|_| item.state == State::Open) else {
                continue;
            };
            let answered = match waits {
                Waits::Police => police,
                Waits::Officer => officer,
            };
            if !answered {
                item.state = State::Waiting(waits);
            }
        }
    }

    /// Whether the answer is there that steps wait for, or nobody has to be asked.
    #[must_use]
    pub fn answered(&self, waits: Waits) -> bool {
        let part = match waits {
            Waits::Police => Part::Police,
            Waits::Officer => Part::Officer,
        };
        let mut all = self
            .items
            .iter()
            .filter(|item| item.part() == part)
            .peekable();
        if all.peek().is_none() {
            return true;
        }
        all.all(|item| match (item.state, &item.last) {
            (State::NotNeeded, _) => true,
            (State::Done, Some(marked)) => {
                waits == Waits::Officer
                    || marked
                        .mark
                        .more
                        .get("releases")
                        .is_some_and(|says| says == "yes")
            }
            _ => false,
        })
    }

    /// The time of a step and the moment at which it ends.
    fn due(
        &self,
        place: usize,
        heard: Moment,
        marks: &[Marked],
        calendar: &Calendar,
    ) -> (Option<Limit>, Option<Moment>) {
        let Some(item) = self.items.get(place) else {
            return (None, None);
        };
        let after = item.step.and_then(|step| step.after.as_deref());
        let from = match after {
            None => Some(heard),
            Some(after) => {
                let done = self.items.iter().find(|other| other.key == after);
                let done = done.filter(|other| other.state == State::Done);
                done.and_then(|_| last(marks, after))
                    .map(|marked| marked.at)
            }
        };
        // A step that waits has no clock of its own: nobody may be hurried past the answer.
        let from = from.filter(|_| !matches!(item.state, State::Waiting(_)));
        let due = item.within.zip(from);
        (
            item.within,
            due.map(|(within, from)| within.ends(from, calendar)),
        )
    }

    /// How many steps are not settled.
    #[must_use]
    pub fn left(&self) -> u32 {
        let open = self.items.iter().filter(|item| !item.state.is_settled());
        u32::try_from(open.count()).unwrap_or(u32::MAX)
    }

    /// When the next clock ends.
    #[must_use]
    pub fn next(&self) -> Option<Moment> {
        let open = self.items.iter().filter(|item| !item.state.is_settled());
        open.filter_map(|item| item.due).min()
    }

    /// When each clock ends that runs, the first one first.
    #[must_use]
    pub fn clocks(&self) -> Vec<Moment> {
        let open = self.items.iter().filter(|item| !item.state.is_settled());
        let mut clocks: Vec<Moment> = open.filter_map(|item| item.due).collect();
        clocks.sort_unstable();
        clocks
    }

    /// The step with this name.
    #[must_use]
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// Whether a second person has still to agree to something.
    #[must_use]
    pub fn needs_second(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.state == State::NeedsSecond)
    }
}

/// The words of a step without the number that it has in the policy: here it has another.
fn unnumbered(words: &str) -> &str {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")) {
        Some(rest) if rest.len() + 2 < words.len() => rest.trim_start(),
        _ => words,
    }
}

/// A step that is the policy’s own.
fn policys(own: Own) -> Item {
    Item {
        key: own.key.clone(),
        title: unnumbered(&own.words).to_owned(),
        step: None,
        within: own.within,
        due: None,
        must: false,
        waits: own.destroys.then_some(Waits::Police),
        state: State::Open,
        last: None,
        own: vec![own],
    }
}

/// The shorter of two times, counted from any moment.
#[must_use]
pub fn stricter(one: Option<Limit>, other: Option<Limit>) -> Option<Limit> {
    let (Some(first), Some(second)) = (one, other) else {
        return one.or(other);
    };
    let calendar = Calendar::default();
    // A week in which each kind of day occurs once, far from holidays and clock changes.
    let from = Moment::midday(Date::constant(2027, 6, 14));
    if second.ends(from, &calendar) < first.ends(from, &calendar) {
        other
    } else {
        one
    }
}

fn last<'a>(marks: &'a [Marked], key: &str) -> Option<&'a Marked> {
    marks.iter().rev().find(|marked| marked.mark.step == key)
}
