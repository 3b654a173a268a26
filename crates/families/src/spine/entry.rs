//! What came of an act: facts, in shapes that load for ever. A shape is never edited or removed;
//! `tests/shapes.txt` lists every one, and each has a sample that is read in the tests.

use super::act::Actor;
use crate::{
    access, agreements, concerns, data, devices, education, families, filter, internet, monitor,
    notices, people, place, policy, procedure, roles,
};
use kernel::moment::Moment;
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, sync::LazyLock};

/// A fact that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// About the place.
    Place(place::entries::Entry),
    /// About people, families, rooms.
    People(people::entries::Entry),
    /// About accounts and signing in.
    Access(access::entries::Entry),
    /// About holds and erasure.
    Data(data::entries::Entry),
    /// About the policy itself.
    Policy(policy::entries::Entry),
    /// About roles.
    Roles(roles::entries::Entry),
    /// About agreements, induction and events.
    Agreements(agreements::entries::Entry),
    /// About how people are told.
    Notices(notices::entries::Entry),
    /// About concerns and cases.
    Concerns(concerns::entries::Entry),
    /// About where help is found.
    Education(education::entries::Entry),
    /// About procedures at work.
    Procedure(procedure::entries::Entry),
    /// About devices.
    Devices(devices::entries::Entry),
    /// About the internet with children.
    Internet(internet::entries::Entry),
    /// About the filter.
    Filter(filter::entries::Entry),
    /// About monitoring.
    Monitor(monitor::entries::Entry),
}

/// An entry that has its place in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom, from which device.
    pub by: Actor,
    /// The kind of entry: `policy.adopted`.
    pub kind: String,
    /// The fact; `None` when its body was spent by retention.
    pub entry: Option<Entry>,
}

/// One stored form of an entry.
pub struct Shape {
    /// The kind's own name, never a Rust name.
    pub kind: &'static str,
    /// Its version, from 1.
    pub version: u16,
    /// Reads a body.
    pub read: fn(&[u8]) -> Result<Entry, serde_json::Error>,
    /// A body as it was written, read by the tests for ever.
    pub sample: &'static str,
}

impl Shape {
    /// A stored form.
    #[must_use]
    pub const fn new(
        kind: &'static str,
        version: u16,
        read: fn(&[u8]) -> Result<Entry, serde_json::Error>,
        sample: &'static str,
    ) -> Shape {
        Shape {
            kind,
            version,
            read,
            sample,
        }
    }
}

/// An entry as it goes into the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The kind.
    pub kind: &'static str,
    /// The version of its shape.
    pub version: u16,
    /// JSON.
    pub body: Vec<u8>,
}

impl Written {
    /// Writes a body of today's version.
    #[must_use]
    pub fn of<T: Serialize>(kind: &'static str, version: u16, fact: &T) -> Written {
        // INVARIANT: facts have string keys and finite numbers, so writing them can't fail.
        let body = serde_json::to_vec(fact).unwrap_or_default();
        debug_assert!(!body.is_empty(), "{kind} could not be written");
        Written {
            kind,
            version,
            body,
        }
    }
}

/// Reads a body of today's version; for the `read` of a shape.
///
/// # Errors
/// The body is not of this shape.
pub fn now<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body)
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Place(entry) => entry.write(),
            Entry::People(entry) => entry.write(),
            Entry::Access(entry) => entry.write(),
            Entry::Data(entry) => entry.write(),
            Entry::Policy(entry) => entry.write(),
            Entry::Roles(entry) => entry.write(),
            Entry::Agreements(entry) => entry.write(),
            Entry::Notices(entry) => entry.write(),
            Entry::Concerns(entry) => entry.write(),
            Entry::Education(entry) => entry.write(),
            Entry::Procedure(entry) => entry.write(),
            Entry::Devices(entry) => entry.write(),
            Entry::Internet(entry) => entry.write(),
            Entry::Filter(entry) => entry.write(),
            Entry::Monitor(entry) => entry.write(),
        }
    }

    /// What happened, as the rest of a sentence that begins with who did it: "adopted version 2 of
    /// the policy". People are marks ([`super::act::Person::mark`]).
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Place(entry) => entry.in_words(),
            Entry::People(entry) => entry.in_words(),
            Entry::Access(entry) => entry.in_words(),
            Entry::Data(entry) => entry.in_words(),
            Entry::Policy(entry) => entry.in_words(),
            Entry::Roles(entry) => entry.in_words(),
            Entry::Agreements(entry) => entry.in_words(),
            Entry::Notices(entry) => entry.in_words(),
            Entry::Concerns(entry) => entry.in_words(),
            Entry::Education(entry) => entry.in_words(),
            Entry::Procedure(entry) => entry.in_words(),
            Entry::Devices(entry) => entry.in_words(),
            Entry::Internet(entry) => entry.in_words(),
            Entry::Filter(entry) => entry.in_words(),
            Entry::Monitor(entry) => entry.in_words(),
        }
    }
}

/// Why a line can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A kind or version that this build does not know: written by a later release.
    Unknown,
    /// The body is not of the shape that it claims.
    Damaged(String),
}

type ByKind = HashMap<&'static str, Vec<&'static Shape>>;

static BY_KIND: LazyLock<ByKind> = LazyLock::new(|| {
    let mut by_kind: ByKind = HashMap::new();
    for shape in families::shapes() {
        by_kind.entry(shape.kind).or_default().push(shape);
    }
    by_kind
});

/// Reads an entry from the ledger.
///
/// # Errors
/// The kind is unknown to this build, or the body is damaged.
pub fn read(kind: &str, version: u16, body: &[u8]) -> Result<Entry, Unread> {
    let shapes = BY_KIND.get(kind).ok_or(Unread::Unknown)?;
    let shape = shapes
        .iter()
        .find(|shape| shape.version == version)
        .ok_or(Unread::Unknown)?;
    (shape.read)(body).map_err(|error| Unread::Damaged(error.to_string()))
}
