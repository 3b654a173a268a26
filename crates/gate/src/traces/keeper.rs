//! Where the filter tells what it answered: each answer becomes an event, with the numbers that the
//! setting and the folder of traces have for who asked and on what grounds; and what may be a worry is
//! handed on at once.

use super::{
    because::code,
    event::{Event, Grounds, Who},
    known::{Known, Numbers},
    recorder::{Recorder, Sender},
};
use crate::{
    alerts::Watch,
    dns::{Told, Trace},
    plan::{Because, Plan},
};
use std::sync::Arc;

/// Added to the place of what the plan names without a number.
const UNNUMBERED: u32 = 0x8000_0000;

/// Keeps what one thread of the filter answers.
pub struct Keeper {
    sender: Sender,
    numbering: Numbering,
    watch: Option<Watch>,
}

/// Makes events of answers.
pub struct Numbering {
    known: Arc<Known>,
    gate: u64,
    numbers: Numbers,
    devices: Vec<Who>,
    sessions: Vec<u32>,
}

impl Keeper {
    /// A place for one thread to tell what it answers; `watch` is told what may be a worry.
    #[must_use]
    pub fn new(recorder: &Recorder, known: &Arc<Known>, watch: Option<Watch>) -> Keeper {
        Keeper {
            sender: recorder.sender(),
            numbering: Numbering::new(known),
            watch,
        }
    }
}

impl Trace for Keeper {
    fn answered(&mut self, told: &Told<'_>) {
        self.sender.add(&self.numbering.event(told));
        if let Some(watch) = &mut self.watch {
            watch.see(told);
        }
    }

    fn searched(&mut self, told: &Told<'_>, theme: crate::content::Theme) {
        if let Some(watch) = &mut self.watch {
            watch.searched(told, theme);
        }
    }
}

impl Numbering {
    /// With the numbers that are known.
    #[must_use]
    pub fn new(known: &Arc<Known>) -> Numbering {
        Numbering {
            known: Arc::clone(known),
            gate: 0,
            numbers: Numbers::default(),
            devices: Vec::new(),
            sessions: Vec::new(),
        }
    }

    /// What was answered, as an event.
    pub fn event<'a>(&mut self, told: &Told<'a>) -> Event<'a> {
        self.turn(told);
        Event {
            at: told.at.micros().div_euclid(1_000),
            who: self.who(told),
            grounds: self.grounds(told),
            asked: told.name,
        }
    }

    /// The numbers of the gate that answers now.
    fn turn(&mut self, told: &Told<'_>) {
        let gate = told.gate;
        if self.gate == gate.serial() {
            return;
        }
        self.gate = gate.serial();
        let (plan, file) = (gate.plan(), gate.file());
        self.numbers = self
            .known
            .number(plan, file.about(), &file.sum_in_words(), told.at);
        self.devices = devices(plan);
        let sessions = plan.sessions.iter().enumerate();
        self.sessions = sessions.map(|(at, own)| number(at, &own.name)).collect();
    }

    fn who(&self, told: &Told<'_>) -> Who {
        let seat = told.seat;
        let device = seat.device.map(usize::from);
        let who = device.and_then(|at| self.devices.get(at)).copied();
        let session = seat.session.map(usize::from);
        Who {
            session: session
                .and_then(|at| self.sessions.get(at).copied())
                .unwrap_or(0),
            profile: seat.profile.map_or(0, |at| u32::from(at) + 1),
            ..who.unwrap_or_default()
        }
    }

    fn grounds(&self, told: &Told<'_>) -> Grounds {
        let category = category(told);
        let category = category.and_then(|at| self.numbers.categories.get(at));
        let list = told.origin.map(|origin| usize::from(origin.list));
        let list = list.and_then(|at| self.numbers.lists.get(at));
        Grounds {
            door: told.door,
            answer: told.answer,
            because: code(told.decision.because),
            category: category.copied().unwrap_or(0),
            list: list.copied().unwrap_or(0),
            line: told.origin.map_or(0, |origin| origin.line),
            plan: self.numbers.plan,
            lists: self.numbers.lists_file,
        }
    }
}

/// The category of the file that decided, or else the first of what was found.
fn category(told: &Told<'_>) -> Option<usize> {
    match told.decision.because {
        Because::Category(number) => Some(number),
        Because::Illegal => Some(0),
        _ => told.decision.hit?.categories.numbers().next(),
    }
}

fn devices(plan: &Plan) -> Vec<Who> {
    let own = |name: &Option<String>| {
        let name = name.as_deref();
        name.map_or(0, |name| number_in(name).unwrap_or(UNNUMBERED))
    };
    let all = plan.devices.iter().enumerate();
    let all = all.map(|(at, device)| Who {
        device: number(at, &device.name),
        person: match &device.person {
            Some(name) => person(plan, name),
            None => own(&device.held_by),
        },
        room: own(&device.room),
        ..Who::default()
    });
    all.collect()
}

fn person(plan: &Plan, name: &str) -> u32 {
    let mut all = plan.people.iter();
    let place = all.position(|person| person.name == name);
    number(place.unwrap_or_default(), name)
}

/// The number of something that is called `device-3`; by its place, where its name has none.
fn number(place: usize, name: &str) -> u32 {
    let place = u32::try_from(place).unwrap_or(UNNUMBERED);
    number_in(name).unwrap_or(UNNUMBERED | place)
}

fn number_in(name: &str) -> Option<u32> {
    let (_, digits) = name.rsplit_once('-')?;
    let number = digits.parse().ok()?;
    (number < UNNUMBERED).then_some(number)
}
