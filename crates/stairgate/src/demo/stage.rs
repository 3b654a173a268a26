//! The acts of the demo, one after the other. Each is asked for at its time by the person who would
//! ask for it, through the same door as everybody's acts; whatever is not done ends the demo with
//! the act and its day. Acts that look at nothing are asked for in a row and written together.

use super::names;
use anyhow::Context;
use desk::desk::{Answer, Desk, Failed};
use families::{
    people::acts::{Act as PeopleAct, NewPerson},
    spine::{
        act::{Act, Actor, Person, Proof, Who},
        judge::No,
        view::View,
    },
};
use kernel::moment::Moment;
use std::{collections::BTreeMap, sync::mpsc};

/// Who is who, by name.
#[derive(Default)]
pub(super) struct Cast {
    people: BTreeMap<&'static str, Person>,
}

impl Cast {
    /// The person of this name, who has to be known by now.
    pub(super) fn of(&self, name: &str) -> anyhow::Result<Person> {
        self.people
            .get(name)
            .copied()
            .with_context(|| format!("{name} has not come yet"))
    }
}

/// Who asks.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// Somebody who has not signed in.
    Nobody,
    /// The filter.
    Filter,
    /// Somebody by name.
    Person(&'static str),
}

/// An act once names have become people.
type Made = Box<dyn FnOnce(&Cast) -> anyhow::Result<Act>>;
/// Acts that depend on how things stand.
type Looked = Box<dyn FnOnce(&View<'_>, &Cast) -> anyhow::Result<Vec<Act>>>;

/// What is asked for.
enum What {
    /// Take somebody in under this name.
    Add(&'static str, Box<NewPerson>),
    /// Something that needs no look.
    Do(Made),
    /// Something that needs one.
    Look(Looked),
}

/// One step of the story.
pub(super) struct Step {
    at: Moment,
    by: By,
    what: What,
}

/// The story: steps in any order, performed in the order of their times.
#[derive(Default)]
pub(super) struct Story {
    steps: Vec<Step>,
}

impl Story {
    /// Somebody is taken in by the manager.
    pub(super) fn add(&mut self, at: Moment, name: &'static str, new: NewPerson) {
        let new = NewPerson {
            name: name.to_owned(),
            ..new
        };
        self.push(
            at,
            By::Person(names::MANAGER),
            What::Add(name, Box::new(new)),
        );
    }

    /// An act that only needs to know who is who.
    pub(super) fn act(
        &mut self,
        at: Moment,
        by: By,
        act: impl FnOnce(&Cast) -> anyhow::Result<Act> + 'static,
    ) {
        self.push(at, by, What::Do(Box::new(act)));
    }

    /// Acts that depend on how things stand by then.
    pub(super) fn look(
        &mut self,
        at: Moment,
        by: By,
        acts: impl FnOnce(&View<'_>, &Cast) -> anyhow::Result<Vec<Act>> + 'static,
    ) {
        self.push(at, by, What::Look(Box::new(acts)));
    }

    fn push(&mut self, at: Moment, by: By, what: What) {
        self.steps.push(Step { at, by, what });
    }

    /// Performs all of it. What is still to come is left to the people who try the demo.
    pub(super) fn perform(
        mut self,
        desk: &Desk,
        manager: Person,
        now: Moment,
    ) -> anyhow::Result<()> {
        self.steps.retain(|step| step.at <= now);
        self.steps.sort_by_key(|step| step.at);
        let mut stage = Stage::new(desk, manager);
        for step in self.steps {
            stage.perform(step)?;
        }
        stage.flush()
    }
}

/// What was asked for and when, for the words of an error.
type Asked = (&'static str, Moment);

struct Stage<'a> {
    desk: &'a Desk,
    cast: Cast,
    next: u32,
    waiting: usize,
    tell: mpsc::Sender<(Asked, Answer)>,
    answers: mpsc::Receiver<(Asked, Answer)>,
}

impl Stage<'_> {
    fn new(desk: &Desk, manager: Person) -> Stage<'_> {
        let (tell, answers) = mpsc::channel();
        let mut cast = Cast::default();
        cast.people.insert(names::MANAGER, manager);
        Stage {
            desk,
            cast,
            next: manager.0.saturating_add(1),
            waiting: 0,
            tell,
            answers,
        }
    }

    fn perform(&mut self, step: Step) -> anyhow::Result<()> {
        let who = self.actor(step.by)?;
        let at = step.at;
        match step.what {
            What::Add(name, new) => {
                // People are numbered in the order in which they come.
                self.cast.people.insert(name, Person(self.next));
                self.next = self.next.saturating_add(1);
                self.ask(&who, Act::People(PeopleAct::Add(*new)), at);
            }
            What::Do(made) => {
                let act = made(&self.cast).with_context(|| on(at))?;
                self.ask(&who, act, at);
            }
            What::Look(looked) => {
                self.flush()?;
                let cast = &self.cast;
                let acts = self
                    .desk
                    .view(&who, at, "", None, |view| looked(view, cast))?
                    .with_context(|| on(at))?;
                acts.into_iter().for_each(|act| self.ask(&who, act, at));
            }
        }
        Ok(())
    }

    fn ask(&mut self, who: &Actor, act: Act, at: Moment) {
        let tell = self.tell.clone();
        let asked = (act.name(), at);
        self.waiting += 1;
        let reply = Box::new(move |answer| drop(tell.send((asked, answer))));
        self.desk.ask(who, act, &[], at, reply);
    }

    /// Waits until all that was asked for is on disk.
    fn flush(&mut self) -> anyhow::Result<()> {
        while self.waiting > 0 {
            let ((name, at), answer) = self.answers.recv()?;
            self.waiting -= 1;
            if let Err(failed) = answer {
                anyhow::bail!("{name} {} was not done: {}", on(at), why(&failed));
            }
        }
        Ok(())
    }

    fn actor(&self, by: By) -> anyhow::Result<Actor> {
        let name = match by {
            By::Person(name) => name,
            By::Filter => {
                return Ok(Actor {
                    device: Some("filter".to_owned()),
                    ..Actor::clock()
                });
            }
            By::Nobody => {
                return Ok(Actor {
                    who: Who::Nobody,
                    device: Some("android-5d20e7".to_owned()),
                    ..Actor::default()
                });
            }
        };
        let person = self.cast.of(name)?;
        let at_work = names::TEAM.iter().find(|one| one.0 == name);
        let device = at_work.map_or_else(|| own_device(person), |one| one.1.to_owned());
        Ok(Actor {
            who: Who::Person(person),
            device: Some(device),
            proof: Proof::Two,
            fresh: true,
            ..Actor::default()
        })
    }
}

/// A device that is always the same for the same person.
fn own_device(person: Person) -> String {
    let kind = if person.0.is_multiple_of(3) {
        "iphone"
    } else {
        "android"
    };
    format!(
        "{kind}-{:06x}",
        person.0.wrapping_mul(0x9e_3779) & 0xff_ffff
    )
}

fn on(at: Moment) -> String {
    format!("on {}", at.in_words())
}

pub(super) fn why(failed: &Failed) -> String {
    match failed {
        Failed::Unavailable(says) => says.clone(),
        Failed::No(No::NotAllowed(no)) => format!("only {} may", no.who_may),
        Failed::No(No::Mistakes(mistakes)) => {
            let all: Vec<String> = mistakes.iter().map(|one| format!("{one:?}")).collect();
            all.join("; ")
        }
        Failed::No(No::Refused(refusals)) => {
            let all: Vec<&str> = refusals.iter().map(|one| one.reason.as_str()).collect();
            all.join("; ")
        }
        Failed::No(No::Ask(asked)) => {
            let all: Vec<&str> = asked.iter().map(|one| one.control).collect();
            format!("it is asked first by {}", all.join(", "))
        }
    }
}
