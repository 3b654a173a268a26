//! Events, who signed how they use pictures of them, and what parents said about pictures of their
//! children at events.

use crate::{
    agreements::entries::{Entry, EventPlanned, How},
    spine::{act::Person, setting::At},
};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Events.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Events {
    events: BTreeMap<u32, Event>,
    permissions: BTreeMap<Person, BTreeMap<Person, Permission>>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What was planned.
    pub says: EventPlanned,
    /// Whether it was called off.
    pub called_off: bool,
    /// Who signed how they use pictures.
    pub photographers: Vec<Photographer>,
    /// That the announcement was read out, when, and by whom.
    pub announced: Option<(u64, Moment, Option<Person>)>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// Somebody who signed how they use pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photographer {
    /// Who.
    pub person: Person,
    /// How.
    pub how: How,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// What a parent said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Whether the child may be in pictures.
    pub allowed: bool,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

impl Events {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::EventPlanned(fact) => {
                let event = Event {
                    says: fact.clone(),
                    called_off: false,
                    photographers: Vec::new(),
                    announced: None,
                    seq: at.seq,
                    at: at.moment,
                };
                self.events.insert(fact.event, event);
            }
            Entry::EventCalledOff(fact) => {
                self.change(fact.event, |event| event.called_off = true);
            }
            Entry::PermissionAnswered(fact) => {
                let permission = Permission {
                    allowed: fact.allowed,
                    seq: at.seq,
                    at: at.moment,
                };
                let of_child = self.permissions.entry(fact.child).or_default();
                of_child.insert(fact.parent, permission);
            }
            Entry::PhotographySigned(fact) => self.change(fact.event, |event| {
                event.photographers.push(Photographer {
                    person: fact.person,
                    how: fact.how,
                    seq: at.seq,
                    at: at.moment,
                });
            }),
            Entry::AnnouncementRead(fact) => self.change(fact.event, |event| {
                event.announced = Some((at.seq, at.moment, at.by.person()));
            }),
            Entry::PointChosen(_)
            | Entry::Issued(_)
            | Entry::Translated(_)
            | Entry::Signed(_)
            | Entry::CodeGiven(_)
            | Entry::InductionDone(_)
            | Entry::InductionSeen(_) => {}
        }
    }

    fn change(&mut self, event: u32, how: impl FnOnce(&mut Event)) {
        if let Some(event) = self.events.get_mut(&event) {
            how(event);
        }
    }

    /// The number that the next event gets.
    #[must_use]
    pub fn next(&self) -> u32 {
        let last = self.events.keys().next_back();
        last.map_or(1, |last| last.saturating_add(1))
    }

    /// An event by its number.
    #[must_use]
    pub fn event(&self, number: u32) -> Option<&Event> {
        self.events.get(&number)
    }

    /// All events, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }

    /// The signature that an entry recorded, and at which event.
    #[must_use]
    pub fn signed_at(&self, seq: u64) -> Option<(&Event, &Photographer)> {
        self.all().find_map(|event| {
            let signed = event.photographers.iter().find(|one| one.seq == seq);
            Some((event, signed?))
        })
    }

    /// What the parents of a child said, by parent.
    pub fn said_about(&self, child: Person) -> impl Iterator<Item = (Person, Permission)> {
        let of_child = self.permissions.get(&child).into_iter().flatten();
        of_child.map(|(parent, permission)| (*parent, *permission))
    }

    /// What one parent said about a child.
    #[must_use]
    pub fn said(&self, child: Person, parent: Person) -> Option<Permission> {
        self.permissions.get(&child)?.get(&parent).copied()
    }

    /// Everything that parents said: child, parent, what.
    pub fn permissions(&self) -> impl Iterator<Item = (Person, Person, Permission)> {
        self.permissions.iter().flat_map(|(child, of_child)| {
            let each = of_child.iter();
            each.map(|(parent, permission)| (*child, *parent, *permission))
        })
    }
}
