//! How each clause stands, reckoned once from what its controls say: nothing open is met; an open
//! duty is due; past its date it is breached; an open duty to give one's word needs a person; a
//! control that is switched off is not in use; one that this build does not have is never met.

use super::{
    catalogue,
    control::Standpoint,
    in_force::{InForce, OpenChoice, Running},
    setting::Setting,
};
use crate::{families, policy::document::Clause, roles::role::Role};
use jiff::ToSpan;
use kernel::{
    duty::{Duty, Owner, Work},
    moment::Date,
    standing::{Evidence, Standing},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

/// How long a setting has to choose a value that its policy leaves open, in days.
const CHOOSE_WITHIN_DAYS: i64 = 28;
/// How long a setting has to give its word on a clause that no control answers, in days.
const GIVE_WORD_WITHIN_DAYS: i64 = 90;

/// Everything reckoned for one setting on one day.
#[derive(Clone, Debug, Default)]
pub struct Standings {
    /// One for each clause, in the order of the document.
    pub clauses: Vec<ClauseStanding>,
    /// Everything owed, the most urgent first; those that are not open yet, last.
    pub duties: Vec<Owed>,
    /// What is owed in cases, the most urgent first: for who is on the case, and part of no
    /// standing, so that nobody else learns that there is one.
    pub in_cases: Vec<Owed>,
}

/// How one clause stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseStanding {
    /// The clause's id.
    pub clause: String,
    /// The worst of its parts.
    pub standing: Standing,
    /// How each control of it stands.
    pub parts: Vec<Part>,
    /// What all of it rests on.
    pub evidence: Evidence,
}

/// How one control of a clause stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The control; empty for a clause that none answers.
    pub control: String,
    /// How it stands.
    pub standing: Standing,
    /// What that rests on.
    pub evidence: Evidence,
    /// The open duties, as places in [`Standings::duties`].
    pub duties: Vec<usize>,
}

/// Something owed, with the control and clauses that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// The control; empty for a clause that none answers.
    pub control: String,
    /// The clauses that it concerns.
    pub clauses: Vec<String>,
    /// What, who, by when.
    pub duty: Duty,
}

/// How many clauses stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Nothing open.
    pub met: u32,
    /// Open and in time.
    pub due: u32,
    /// Late.
    pub breached: u32,
    /// Switched off.
    pub not_in_use: u32,
    /// A person has to say.
    pub needs_word: u32,
    /// Not in this version.
    pub not_in_version: u32,
}

/// What one control in force says on one day.
struct Said {
    evidence: Evidence,
    /// The places of its duties.
    duties: Range<usize>,
}

/// Reckons how every clause stands on this day.
#[must_use]
pub fn reckon(setting: &Setting, in_force: &InForce, today: Date) -> Standings {
    let mut duties = Vec::new();
    let mut in_cases: Vec<Owed> = Vec::new();
    let mut said: BTreeMap<&str, Said> = BTreeMap::new();
    for running in in_force.running() {
        let from = Standpoint {
            setting,
            bound: &running.bound,
            today,
        };
        let mut evidence = running
            .control
            .register(&from)
            .map(|register| register.evidence())
            .unwrap_or_default();
        if let Some((seq, at)) = in_force.adopted {
            evidence.add(seq, at);
        }
        let (own, apart): (Vec<Owed>, Vec<Owed>) = owed(running, &from, in_force)
            .into_iter()
            .partition(|owed| owed.duty.case.is_none());
        in_cases.extend(apart);
        let places = duties.len()..duties.len().saturating_add(own.len());
        duties.extend(own);
        said.insert(
            running.id,
            Said {
                evidence,
                duties: places,
            },
        );
    }
    let open = open_by_clause(&duties, today);
    let mut words = Vec::new();
    let mut clauses = Vec::new();
    for clause in &in_force.document.clauses {
        let reckoned = if clause.controls.is_empty() {
            let place = duties.len().saturating_add(words.len());
            let (reckoned, owed) = by_word(setting, in_force, clause, today, place);
            words.push(owed);
            reckoned
        } else {
            let open = open.get(clause.id.as_str()).map(Vec::as_slice);
            by_controls(
                in_force,
                clause,
                today,
                &said,
                &duties,
                open.unwrap_or_default(),
            )
        };
        clauses.push(reckoned);
    }
    duties.extend(words);
    in_cases.sort_by_key(|owed| owed.duty.due);
    let mut standings = Standings {
        clauses,
        duties,
        in_cases,
    };
    sort(&mut standings, today);
    standings
}

/// The places of the open duties that concern each clause, so that a long policy is not looked
/// through for each of them.
fn open_by_clause(duties: &[Owed], today: Date) -> HashMap<String, Vec<usize>> {
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, owed) in duties.iter().enumerate() {
        if !owed.duty.is_open(today) {
            continue;
        }
        for clause in &owed.clauses {
            match open.get_mut(clause) {
                Some(places) if places.last() == Some(&place) => {}
                Some(places) => places.push(place),
                None => {
                    open.insert(clause.clone(), vec![place]);
                }
            }
        }
    }
    open
}

fn owed(running: &Running, from: &Standpoint<'_>, in_force: &InForce) -> Vec<Owed> {
    let mut duties = running.control.duties(from);
    duties.extend(running.bound.open.iter().map(|open| choose(open, in_force)));
    let all: Vec<String> = running
        .bound
        .clauses
        .iter()
        .map(|clause| clause.id.clone())
        .collect();
    let with_clauses = |duty: Duty| {
        let clauses = if duty.clauses.is_empty() {
            all.clone()
        } else {
            duty.clauses.clone()
        };
        Owed {
            control: running.id.to_owned(),
            clauses,
            duty,
        }
    };
    duties.into_iter().map(with_clauses).collect()
}

/// The duty to choose a value that the clauses leave open.
fn choose(open: &OpenChoice, in_force: &InForce) -> Duty {
    let meaning = catalogue::find(open.control)
        .and_then(|described| described.params.get(&open.param).cloned())
        .unwrap_or_else(|| open.param.clone());
    let title = catalogue::find(open.control).map_or(open.control, |found| found.title.as_str());
    let clauses = open.found.iter().map(|(clause, _)| in_force.since(clause));
    let since = clauses.max().unwrap_or_else(|| in_force.since(""));
    let due = since
        .checked_add(CHOOSE_WITHIN_DAYS.days())
        .unwrap_or(Date::MAX);
    Duty::new(
        format!("Choose the {meaning} for “{title}”"),
        Owner::Role(Role::Manager.key().to_owned()),
        due,
    )
    .opens(since)
    .at("/policy/choices")
    .about(format!("choose:{}.{}", open.control, open.param))
    .clauses(open.found.iter().map(|(clause, _)| clause.clone()))
    .from(in_force.adopted.map(|(seq, _)| seq))
}

fn by_controls(
    in_force: &InForce,
    clause: &Clause,
    today: Date,
    said: &BTreeMap<&str, Said>,
    duties: &[Owed],
    open: &[usize],
) -> ClauseStanding {
    let mut parts = Vec::new();
    for control in &clause.controls {
        let part = match said.get(control.as_str()) {
            Some(said) => of_control(control, said, duties, open, today),
            None if in_force.switched_off(control).is_some() && families::has(control) => {
                Part::bare(control, Standing::NotInUse)
            }
            None => Part::bare(control, Standing::NotInVersion),
        };
        parts.push(part);
    }
    ClauseStanding::of(&clause.id, parts)
}

fn of_control(control: &str, said: &Said, duties: &[Owed], open: &[usize], today: Date) -> Part {
    let mut part = Part::bare(control, Standing::Met);
    part.evidence = said.evidence.clone();
    for place in open.iter().filter(|place| said.duties.contains(place)) {
        if let Some(owed) = duties.get(*place) {
            part.standing = part.standing.and(of_duty(&owed.duty, today));
            part.duties.push(*place);
        }
    }
    part
}

fn of_duty(duty: &Duty, today: Date) -> Standing {
    match (duty.is_late(today), duty.work) {
        (true, _) => Standing::Breached,
        (false, Work::GiveWord) => Standing::NeedsWord,
        (false, Work::Do) => Standing::Due,
    }
}

/// A clause that no control answers stands by a person's word.
fn by_word(
    setting: &Setting,
    in_force: &InForce,
    clause: &Clause,
    today: Date,
    place: usize,
) -> (ClauseStanding, Owed) {
    let mut part = Part::bare("", Standing::Met);
    let since = in_force.since(&clause.id);
    let (opens, due) = match setting.policy.word_on(&clause.id) {
        Some(word) => {
            part.evidence.add(word.seq, word.at);
            (
                word.until,
                word.until.checked_add(28.days()).unwrap_or(Date::MAX),
            )
        }
        None => (
            since,
            since
                .checked_add(GIVE_WORD_WITHIN_DAYS.days())
                .unwrap_or(Date::MAX),
        ),
    };
    let duty = Duty::new(
        format!("Say how “{}” is met", shortened(&clause.text)),
        Owner::Role(Role::Manager.key().to_owned()),
        due,
    )
    .opens(opens)
    .give_word()
    .at(format!("/policy/clauses/{}", clause.id))
    .about(format!("word:{}", clause.id))
    .clauses([clause.id.clone()]);
    if duty.is_open(today) {
        part.standing = of_duty(&duty, today);
        part.duties.push(place);
    }
    let owed = Owed {
        control: String::new(),
        clauses: vec![clause.id.clone()],
        duty,
    };
    (ClauseStanding::of(&clause.id, vec![part]), owed)
}

/// The first words of a text, at most some sixty characters.
#[must_use]
pub fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() > 60 {
            return format!("{short} …");
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// Puts the most urgent duty first and lets the parts point to the new places.
fn sort(standings: &mut Standings, today: Date) {
    let mut order: Vec<usize> = (0..standings.duties.len()).collect();
    order.sort_by_key(|place| {
        standings
            .duties
            .get(*place)
            .map(|owed| (!owed.duty.is_open(today), owed.duty.due, *place))
    });
    let mut moved = vec![0; order.len()];
    let mut sorted = Vec::with_capacity(order.len());
    for (to, from) in order.iter().enumerate() {
        if let Some(place) = moved.get_mut(*from) {
            *place = to;
        }
        sorted.extend(standings.duties.get(*from).cloned());
    }
    standings.duties = sorted;
    let parts = standings
        .clauses
        .iter_mut()
        .flat_map(|clause| &mut clause.parts);
    for place in parts.flat_map(|part| &mut part.duties) {
        *place = moved.get(*place).copied().unwrap_or(*place);
    }
}

impl Part {
    fn bare(control: &str, standing: Standing) -> Part {
        Part {
            control: control.to_owned(),
            standing,
            evidence: Evidence::default(),
            duties: Vec::new(),
        }
    }
}

impl ClauseStanding {
    fn of(clause: &str, parts: Vec<Part>) -> ClauseStanding {
        let worst = |sum: Option<Standing>, part: &Part| match sum {
            Some(sum) => Some(sum.and(part.standing)),
            None => Some(part.standing),
        };
        let standing = parts
            .iter()
            .fold(None, worst)
            .unwrap_or(Standing::NeedsWord);
        let mut evidence = Evidence::default();
        parts.iter().for_each(|part| evidence.join(&part.evidence));
        ClauseStanding {
            clause: clause.to_owned(),
            standing,
            parts,
            evidence,
        }
    }
}

impl Owed {
    /// Whether it is something that is to change because of what was learned: whoever owes it may
    /// know, and learns nothing of the case.
    #[must_use]
    pub fn is_lesson(&self) -> bool {
        self.control == "concerns.lessons" && self.duty.about.starts_with("lesson:")
    }
}

impl Standings {
    /// How many clauses stand how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.clauses
            .iter()
            .for_each(|clause| counts.add(clause.standing));
        counts
    }

    /// How the clause with this id stands.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&ClauseStanding> {
        self.clauses.iter().find(|clause| clause.clause == id)
    }
}

impl Counts {
    fn add(&mut self, standing: Standing) {
        let count = match standing {
            Standing::Met => &mut self.met,
            Standing::Due => &mut self.due,
            Standing::Breached => &mut self.breached,
            Standing::NotInUse => &mut self.not_in_use,
            Standing::NeedsWord => &mut self.needs_word,
            Standing::NotInVersion => &mut self.not_in_version,
        };
        *count = count.saturating_add(1);
    }

    /// The count of one standing.
    #[must_use]
    pub fn of(&self, standing: Standing) -> u32 {
        match standing {
            Standing::Met => self.met,
            Standing::Due => self.due,
            Standing::Breached => self.breached,
            Standing::NotInUse => self.not_in_use,
            Standing::NeedsWord => self.needs_word,
            Standing::NotInVersion => self.not_in_version,
        }
    }

    /// All clauses.
    #[must_use]
    pub fn all(&self) -> u32 {
        Standing::ALL
            .iter()
            .map(|standing| self.of(*standing))
            .sum()
    }
}
