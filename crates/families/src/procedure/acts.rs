//! What can be asked for about procedures.

use super::{
    entries::{Agreed, Clock, Entry, Left, LookedThrough, MarkMade, Restored, Started, Suspended},
    register::Run,
    run::{Course, Mark, Marked, Outcome, Plan, State},
    sheet::{self, Part, Waits},
};
use crate::{
    concerns::register::Case,
    spine::{
        act::{Case as Asked, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
    },
};
use kernel::{
    moment::{Date, Moment},
    ruling::Mistake,
    sealed::Private,
};

/// The most procedures of one case.
const RUNS_MAX: usize = 20;
/// The most marks of one procedure.
const MARKS_MAX: usize = 2_000;

/// What can be asked for about procedures.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Begin a procedure in a case.
    Start {
        /// The case.
        case: u32,
        /// Which.
        sheet: String,
        /// How it came about, where the steps differ.
        way: String,
        /// Which of the policy’s kinds for the police it is.
        kinds: Vec<String>,
        /// When the setting first heard, if that was before the report.
        heard: Option<Date>,
    },
    /// Say how a step stands.
    Mark {
        /// The case.
        case: u32,
        /// The procedure’s number in the case.
        run: u32,
        /// The step, and how it stands.
        mark: Mark,
    },
    /// Agree, as a second person, that a step is passed over.
    Agree {
        /// The case.
        case: u32,
        /// The procedure’s number in the case.
        run: u32,
        /// The mark’s number in the procedure.
        mark: u32,
    },
    /// Suspend the access of somebody whom a case is about.
    Suspend {
        /// The case.
        case: u32,
        /// Whose.
        person: Person,
        /// Why.
        why: String,
    },
    /// Give it back.
    Restore {
        /// The case.
        case: u32,
        /// Whose.
        person: Person,
        /// Why.
        why: String,
    },
    /// Say that a clock is about to end.
    ClockNear(Clock),
    /// Say that a clock has ended.
    ClockEnded(Clock),
    /// Look the register of breaches through.
    LookThrough {
        /// What was found, without anybody’s name.
        found: String,
    },
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Start { .. } => "procedure.start",
            Act::Mark { mark, .. } if mark.more.contains_key("advised") => "procedure.answer",
            Act::Mark { mark, .. } if mark.more.contains_key("risk") => "procedure.assess",
            Act::Mark { .. } => "procedure.mark",
            Act::Agree { .. } => "procedure.agree",
            Act::Suspend { .. } => "procedure.suspend",
            Act::Restore { .. } => "procedure.restore",
            Act::ClockNear(_) => "procedure.clock-near",
            Act::ClockEnded(_) => "procedure.clock-ended",
            Act::LookThrough { .. } => "procedure.look-through",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Start { case, .. }
            | Act::Mark { case, .. }
            | Act::Agree { case, .. }
            | Act::Suspend { case, .. }
            | Act::Restore { case, .. } => Need::OnCase(*case),
            Act::ClockNear(_) | Act::ClockEnded(_) => Need::Machine,
            Act::LookThrough { .. } => Need::leadership(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Answer {
        let entries = match self {
            Act::Start { .. } => vec![start(self, asked)?],
            Act::Mark { case, run, mark } => vec![marked(*case, *run, mark, asked)?],
            Act::Agree { case, run, mark } => vec![agree(*case, *run, *mark, asked)?],
            Act::Suspend { case, person, why } => suspend(*case, *person, why, asked)?,
            Act::Restore { case, person, why } => vec![restore(*case, *person, why, asked)?],
            Act::ClockNear(clock) => vec![Entry::Near(is_running(*clock, asked)?)],
            Act::ClockEnded(clock) => vec![Entry::Ended(is_running(*clock, asked)?)],
            Act::LookThrough { found } => vec![Entry::LookedThrough(LookedThrough {
                found: found.clone(),
            })],
        };
        Ok(entries.into_iter().map(AnyEntry::Procedure).collect())
    }
}

fn open_case<'a>(case: u32, asked: &Asked<'a>) -> Result<&'a Case, Vec<Mistake>> {
    match asked.setting.concerns.case(case) {
        None => no("case", "There is no such case"),
        Some(case) if case.is_closed() => no("case", "The case is closed. Open it again first"),
        Some(case) => Ok(case),
    }
}

fn start(act: &Act, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let Act::Start {
        case,
        sheet,
        way,
        kinds,
        heard,
    } = act
    else {
        return no("case", "This is asked for elsewhere");
    };
    let case = open_case(*case, asked)?;
    let nation = asked.setting.place.calendar().nation;
    let Some(sheet) = sheet::find(sheet) else {
        return no("procedure", "There is no such procedure");
    };
    if !way.is_empty() && sheet.way(way).is_none() || way.is_empty() && !sheet.ways.is_empty() {
        return no("way", "Say how it came about: the steps differ");
    }
    let runs = asked.setting.procedure.of(case.number);
    if runs.len() >= RUNS_MAX {
        return no("procedure", "There are too many procedures in this case");
    }
    let same = |run: &&Run| {
        let plan = asked.sealer.open(&run.plan);
        plan.is_some_and(|plan| plan.sheet == sheet.id && plan.way == *way)
    };
    if runs.iter().find(same).is_some_and(|run| run.left.steps > 0) {
        return no("procedure", "It is at work in this case already");
    }
    let heard = match heard {
        Some(day) if *day > asked.today => {
            return no("heard", "Choose a day that is not in the future");
        }
        Some(day) if *day < case.at.date() => Moment::start_of(*day),
        _ => case.at,
    };
    let plan = Plan {
        sheet: sheet.id.clone(),
        way: way.clone(),
        nation,
        version: sheet.on(nation, asked.today).map(sheet::Version::day),
        kinds: kinds.clone(),
        heard,
    };
    let left = left(&plan.course(&[], asked.in_force, asked.setting.place.calendar()));
    Ok(Entry::Started(Started {
        case: case.number,
        run: runs.last().map_or(1, |run| run.number.saturating_add(1)),
        plan: seal(case, &plan, asked)?,
        left,
    }))
}

/// What a procedure at work says, opened for who is on the case.
struct Opened<'a> {
    case: &'a Case,
    run: &'a Run,
    plan: Plan,
    marks: Vec<Marked>,
}

impl Opened<'_> {
    fn course(&self, asked: &Asked<'_>) -> Course {
        let calendar = asked.setting.place.calendar();
        self.plan.course(&self.marks, asked.in_force, calendar)
    }
}

fn opened<'a>(case: u32, run: u32, asked: &Asked<'a>) -> Result<Opened<'a>, Vec<Mistake>> {
    let case = open_case(case, asked)?;
    let Some(run) = asked.setting.procedure.run(case.number, run) else {
        return no("run", "There is no such procedure in this case");
    };
    let Some(plan) = asked.sealer.open(&run.plan) else {
        return no("run", "What was kept about this case has been erased");
    };
    let marks = run.marks(|says| asked.sealer.open(says));
    Ok(Opened {
        case,
        run,
        plan,
        marks,
    })
}

/// The course of a procedure as it stands, for who judges an act in it.
pub(super) fn course(case: u32, run: u32, asked: &Asked<'_>) -> Option<(Plan, Course)> {
    let opened = opened(case, run, asked).ok()?;
    let course = opened.course(asked);
    Some((opened.plan, course))
}

fn marked(case: u32, run: u32, mark: &Mark, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let mut opened = opened(case, run, asked)?;
    if opened.run.marks.len() >= MARKS_MAX {
        return no("step", "This procedure is full. Write it in the case");
    }
    let course = opened.course(asked);
    let Some(item) = course.item(&mark.step) else {
        return no("step", "There is no such step");
    };
    let done = mark.outcome == Outcome::Done;
    if let State::Waiting(waits) = item.state
        && done
    {
        return no("outcome", waiting(waits));
    }
    if !done && mark.words.is_empty() {
        return no("words", "Say why");
    }
    if done && item.part() == Part::Police && !mark.more.contains_key("advised") {
        return no(
            "outcome",
            "Write down what the police answered, on the form for it: steps wait for it",
        );
    }
    if done && item.part() == Part::Breach && !mark.more.contains_key("risk") {
        return no(
            "outcome",
            "Write down the breach and its risk, on the form for it",
        );
    }
    let says = seal(opened.case, mark, asked)?;
    let number = opened.run.next_mark();
    opened.marks.push(Marked {
        number,
        mark: mark.clone(),
        by: asked.person(),
        at: asked.now,
        agreed: None,
        seq: 0,
    });
    Ok(Entry::Marked(MarkMade {
        case: opened.case.number,
        run: opened.run.number,
        mark: number,
        says,
        left: left(&opened.course(asked)),
    }))
}

/// Why a step can't be done yet.
pub(super) fn waiting(waits: Waits) -> &'static str {
    match waits {
        Waits::Police => {
            "This step waits for the police’s answer: done before, it could destroy evidence or warn somebody. Write down what the police answered first"
        }
        Waits::Officer => {
            "This step waits for the designated officer’s advice. Write down that they were told, and what they advised, first"
        }
    }
}

fn agree(case: u32, run: u32, mark: u32, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let mut opened = opened(case, run, asked)?;
    let course = opened.course(asked);
    let waits = |item: &&super::run::Item| {
        let last = item.last.as_ref();
        item.state == State::NeedsSecond && last.is_some_and(|last| last.number == mark)
    };
    if !course.items.iter().any(|item| waits(&item)) {
        return no("mark", "Nobody’s agreement is asked for here");
    }
    let Some(person) = asked.person() else {
        return no("mark", "Only a person can agree");
    };
    let place = opened.marks.iter_mut().find(|own| own.number == mark);
    let Some(place) = place.filter(|own| own.by != Some(person)) else {
        return no(
            "mark",
            "It takes a second person. Share the case with somebody who can judge it, if nobody else is on it",
        );
    };
    place.agreed = Some((person, asked.now));
    Ok(Entry::Agreed(Agreed {
        case: opened.case.number,
        run: opened.run.number,
        mark,
        left: left(&opened.course(asked)),
    }))
}

fn suspend(
    case: u32,
    person: Person,
    why: &str,
    asked: &Asked<'_>,
) -> Result<Vec<Entry>, Vec<Mistake>> {
    let found = open_case(case, asked)?;
    if !found.excluded.contains(&person) {
        return no("person", "The case is not about this person");
    }
    if asked.setting.procedure.is_suspended_in(person, case) {
        return no("person", "Their access is suspended already");
    }
    let suspends = |run: &Run| {
        let (_, course) = course(case, run.number, asked)?;
        let item = course
            .items
            .iter()
            .find(|item| item.part() == Part::Suspend);
        item.map(|item| (run.number, item.key.clone()))
    };
    let runs = asked.setting.procedure.of(case);
    let Some((run, step)) = runs.iter().find_map(suspends) else {
        return no(
            "person",
            "Begin the procedure about allegations in this case first",
        );
    };
    let mark = Mark {
        step,
        outcome: Outcome::Done,
        words: why.to_owned(),
        more: std::collections::BTreeMap::new(),
    };
    let suspended = Entry::Suspended(Suspended {
        case,
        person,
        why: seal_words(found, why, asked)?,
    });
    Ok(vec![suspended, marked(case, run, &mark, asked)?])
}

fn restore(case: u32, person: Person, why: &str, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let Some(found) = asked.setting.concerns.case(case) else {
        return no("case", "There is no such case");
    };
    if !asked.setting.procedure.is_suspended_in(person, case) {
        return no("person", "Their access is not suspended by this case");
    }
    Ok(Entry::Restored(Restored {
        case,
        person,
        why: seal_words(found, why, asked)?,
    }))
}

/// The clock still runs: nobody has settled its step since.
fn is_running(clock: Clock, asked: &Asked<'_>) -> Result<Clock, Vec<Mistake>> {
    let run = asked.setting.procedure.run(clock.case, clock.run);
    match run.filter(|run| run.left.clocks.contains(&clock.ends)) {
        Some(_) => Ok(clock),
        None => no("case", "There is no such clock"),
    }
}

fn left(course: &Course) -> Left {
    Left {
        steps: course.left(),
        next: course.next(),
        second: course.needs_second(),
        clocks: course.clocks(),
    }
}

fn seal<T: serde::Serialize>(
    case: &Case,
    value: &T,
    asked: &Asked<'_>,
) -> Result<Private<T>, Vec<Mistake>> {
    let sealed = asked.sealer.seal(&case.subject(), value);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

fn seal_words(case: &Case, words: &str, asked: &Asked<'_>) -> Result<Private, Vec<Mistake>> {
    let sealed = asked.sealer.seal_words(&case.subject(), words);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}
