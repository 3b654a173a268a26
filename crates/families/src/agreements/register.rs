//! How things stand with agreements: the versions of each group, who signed which, what was chosen
//! to go in, and the codes to sign with. Names and strokes stay in the ledger's lines.

mod events;
mod started;

pub use events::{Event, Events, Photographer};
pub use started::Started;

use super::entries::{Entry, How, Issued};
use crate::{
    people::{entries::Entry as PeopleEntry, group::Group, register::Register as Everybody},
    spine::{act::Person, setting::At},
};
use kernel::{
    kept::Kept,
    moment::{Date, Moment},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How things stand with agreements, induction and events.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    versions: BTreeMap<Group, Vec<Version>>,
    chosen: BTreeMap<Group, BTreeMap<String, Chosen>>,
    signed: BTreeMap<Person, Vec<Signature>>,
    joined: BTreeMap<Person, BTreeMap<Group, Date>>,
    codes: BTreeMap<Person, Code>,
    /// Induction and events.
    started: Started,
    events: Events,
}

/// A version of a group's agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it says.
    pub says: Issued,
    /// The same in other languages, oldest first: a later one in the same language counts from
    /// then on, and what was signed before stays what it was.
    pub renderings: Vec<Rendering>,
    /// The entry that issued it.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Option<Person>,
}

/// A version in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendering {
    /// The language, by its code.
    pub language: String,
    /// What stands before the points; may be empty.
    pub intro: String,
    /// The points by clause; one that is not here is in English.
    pub points: BTreeMap<String, String>,
    /// The entry.
    pub seq: u64,
}

impl Version {
    /// As it is now in a language.
    #[must_use]
    pub fn in_language(&self, code: &str) -> Option<&Rendering> {
        self.read_at(code, u64::MAX)
    }

    /// As it was in a language when this entry was made.
    #[must_use]
    pub fn read_at(&self, code: &str, seq: u64) -> Option<&Rendering> {
        let mut newest = self.renderings.iter().rev();
        newest.find(|one| one.language == code && one.seq < seq)
    }
}

/// Whether a clause goes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Whether it goes in.
    pub goes_in: bool,
    /// Why.
    pub why: String,
    /// When that was chosen.
    pub at: Moment,
}

/// That somebody signed; what they typed and drew stands in the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// As which group.
    pub group: Group,
    /// The version.
    pub version: u32,
    /// How.
    pub how: How,
    /// The language that it was read in.
    pub language: String,
    /// The day.
    pub on: Date,
    /// Who saw it, or was with the child.
    pub witness: Option<Person>,
    /// The paper as it was scanned.
    pub scan: Option<Kept>,
    /// The entry.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Code {
    digest: String,
    until: Date,
    /// Who gave it.
    #[serde(default)]
    by: Option<Person>,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::PointChosen(fact) => {
                let chosen = Chosen {
                    goes_in: fact.goes_in,
                    why: fact.why.clone(),
                    at: at.moment,
                };
                let of_group = self.chosen.entry(fact.group).or_default();
                of_group.insert(fact.clause.clone(), chosen);
            }
            Entry::Issued(fact) => {
                let version = Version {
                    says: fact.clone(),
                    renderings: Vec::new(),
                    seq: at.seq,
                    at: at.moment,
                    by: at.by.person(),
                };
                self.versions.entry(fact.group).or_default().push(version);
            }
            Entry::Translated(fact) => {
                let versions = self.versions.entry(fact.group).or_default();
                if let Some(version) = versions
                    .iter_mut()
                    .find(|version| version.says.number == fact.version)
                {
                    version.renderings.push(Rendering {
                        language: fact.language.clone(),
                        intro: fact.intro.clone(),
                        points: fact.points.clone(),
                        seq: at.seq,
                    });
                }
            }
            Entry::Signed(fact) => {
                let signature = Signature {
                    group: fact.group,
                    version: fact.version,
                    how: fact.how,
                    language: fact.language.clone(),
                    on: fact.on.unwrap_or(at.day),
                    witness: fact.witness,
                    scan: fact.scan.clone(),
                    seq: at.seq,
                    at: at.moment,
                };
                self.signed.entry(fact.person).or_default().push(signature);
            }
            Entry::CodeGiven(fact) => {
                let code = Code {
                    digest: fact.code.clone(),
                    until: fact.until,
                    by: at.by.person(),
                };
                self.codes.insert(fact.person, code);
            }
            Entry::InductionDone(_) | Entry::InductionSeen(_) => self.started.fold(entry, at),
            Entry::EventPlanned(_)
            | Entry::EventCalledOff(_)
            | Entry::PermissionAnswered(_)
            | Entry::PhotographySigned(_)
            | Entry::AnnouncementRead(_) => self.events.fold(entry, at),
        }
    }

    /// Induction.
    #[must_use]
    pub fn started(&self) -> &Started {
        &self.started
    }

    /// Events, and what parents said about pictures at them.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// Since when people belong to their groups: nobody is late with what they were not asked for.
    pub(crate) fn hear(&mut self, entry: &PeopleEntry, at: At<'_>) {
        if let PeopleEntry::JoinedGroup(fact) = entry {
            let of_person = self.joined.entry(fact.person).or_default();
            of_person.insert(fact.group, at.day);
        }
        if let PeopleEntry::Left(fact) = entry {
            self.codes.remove(&fact.person);
        }
    }

    /// The versions of a group's agreement, oldest first.
    #[must_use]
    pub fn versions(&self, group: Group) -> &[Version] {
        self.versions
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The version that a group signs now; `None` before the first was issued.
    #[must_use]
    pub fn current(&self, group: Group) -> Option<&Version> {
        self.versions(group).last()
    }

    /// A version by its number.
    #[must_use]
    pub fn version(&self, group: Group, number: u32) -> Option<&Version> {
        self.versions(group)
            .iter()
            .find(|version| version.says.number == number)
    }

    /// What was chosen about a clause for a group.
    #[must_use]
    pub fn chosen(&self, group: Group, clause: &str) -> Option<&Chosen> {
        self.chosen.get(&group)?.get(clause)
    }

    /// When it was last chosen what goes into the agreement of a group.
    #[must_use]
    pub fn last_chosen(&self, group: Group) -> Option<Moment> {
        let of_group = self.chosen.get(&group)?;
        of_group.values().map(|chosen| chosen.at).max()
    }

    /// Everything that somebody has signed, oldest first.
    #[must_use]
    pub fn signed_by(&self, person: Person) -> &[Signature] {
        self.signed
            .get(&person)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Somebody's signature under a version.
    #[must_use]
    pub fn signed(&self, person: Person, group: Group, version: u32) -> Option<&Signature> {
        self.signed_by(person)
            .iter()
            .find(|signature| signature.group == group && signature.version == version)
    }

    /// Whether somebody has signed any version as one of a group.
    #[must_use]
    pub fn signed_any(&self, person: Person, group: Group) -> bool {
        self.signed_by(person)
            .iter()
            .any(|signature| signature.group == group)
    }

    /// Every signature, with who signed.
    pub fn signatures(&self) -> impl Iterator<Item = (Person, &Signature)> {
        self.signed
            .iter()
            .flat_map(|(person, all)| all.iter().map(|signature| (*person, signature)))
    }

    /// The signature that an entry recorded.
    #[must_use]
    pub fn signature_at(&self, seq: u64) -> Option<(Person, &Signature)> {
        self.signatures()
            .find(|(_, signature)| signature.seq == seq)
    }

    /// The day on which somebody joined a group after they had come.
    #[must_use]
    pub fn joined(&self, person: Person, group: Group) -> Option<Date> {
        self.joined.get(&person)?.get(&group).copied()
    }

    /// Whose code to sign with this is, while it is good. Whoever gave it knows it, and takes it
    /// along when they leave.
    #[must_use]
    pub fn whose_code(&self, digest: &str, people: &Everybody, today: Date) -> Option<Person> {
        let given = |code: &Code| code.by.is_none_or(|by| people.is_here(by, today));
        self.codes
            .iter()
            .find(|(_, code)| code.digest == digest && today <= code.until && given(code))
            .map(|(person, _)| *person)
            .filter(|person| !people.has_gone(*person, today))
    }

    /// The last day on which somebody's code is good.
    #[must_use]
    pub fn code_until(&self, person: Person) -> Option<Date> {
        self.codes.get(&person).map(|code| code.until)
    }
}
