//! Files that people keep for themselves, to whom they are given, and which managers asked for them
//! with a reason. Who may open or change a file is answered here, whatever the policy says.

use crate::{
    access::entries::files::{Entry, File},
    roles::role::Role,
    spine::{
        act::Person,
        setting::{At, Setting},
    },
};
use kernel::{
    kept::Kept,
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most requests of managers that are kept at hand. The ledger keeps all of them.
const ASKED_MAX: usize = 1_000;

/// Files of people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Files {
    owners: BTreeMap<Person, Own>,
    /// Oldest first.
    asked: Vec<Asked>,
}

/// The files of one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Own {
    files: BTreeMap<u32, One>,
    last: u32,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct One {
    /// The file itself.
    pub kept: Kept,
    /// What its owner notes about it.
    pub note: Option<Private<String>>,
    /// To whom it is given, and whether they may change it.
    pub given: BTreeMap<Person, bool>,
    /// Who last put a file here, and when.
    pub changed: (Person, Moment),
}

/// That a manager asked for somebody's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who asked.
    pub by: Person,
    /// Whose files.
    pub owner: Person,
    /// Why.
    pub why: Private<String>,
    /// When.
    pub at: Moment,
    /// The day on which the files may be opened.
    pub day: Date,
}

impl Files {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let by = at.by.person();
        match entry {
            Entry::Kept(fact) => {
                let own = self.owners.entry(fact.file.owner).or_default();
                own.last = own.last.max(fact.file.number);
                let one = One {
                    kept: fact.kept.clone(),
                    note: fact.note.clone(),
                    given: BTreeMap::new(),
                    changed: (by.unwrap_or(fact.file.owner), at.moment),
                };
                own.files.insert(fact.file.number, one);
            }
            Entry::Shared(fact) => self.change(fact.file, |one| {
                one.given.insert(fact.person, fact.change);
            }),
            Entry::Unshared(fact) => self.change(fact.file, |one| {
                one.given.remove(&fact.person);
            }),
            Entry::Replaced(fact) => self.change(fact.file, |one| {
                one.kept = fact.kept.clone();
                one.changed = (by.unwrap_or(fact.file.owner), at.moment);
            }),
            Entry::Removed(fact) => {
                if let Some(own) = self.owners.get_mut(&fact.file.owner) {
                    own.files.remove(&fact.file.number);
                }
            }
            Entry::Asked(fact) => {
                let Some(by) = by else {
                    return;
                };
                if self.asked.len() >= ASKED_MAX {
                    self.asked.remove(0);
                }
                self.asked.push(Asked {
                    by,
                    owner: fact.owner,
                    why: fact.why.clone(),
                    at: at.moment,
                    day: at.day,
                });
            }
        }
    }

    fn change(&mut self, file: File, change: impl FnOnce(&mut One)) {
        let own = self.owners.get_mut(&file.owner);
        if let Some(one) = own.and_then(|own| own.files.get_mut(&file.number)) {
            change(one);
        }
    }

    /// A file, whoever asks: for those alone who have found that the reader may know of it.
    #[must_use]
    pub fn find(&self, file: File) -> Option<&One> {
        self.owners.get(&file.owner)?.files.get(&file.number)
    }

    /// The files of somebody, oldest first.
    pub fn of(&self, owner: Person) -> impl Iterator<Item = (File, &One)> {
        let own = self.owners.get(&owner).into_iter();
        own.flat_map(move |own| {
            own.files.iter().map(move |(number, one)| {
                (
                    File {
                        owner,
                        number: *number,
                    },
                    one,
                )
            })
        })
    }

    /// The files that others have given to somebody, and whether they may change them.
    pub fn given_to(&self, person: Person) -> impl Iterator<Item = (File, &One, bool)> {
        let all = self.owners.keys().flat_map(|owner| self.of(*owner));
        all.filter_map(move |(file, one)| {
            let change = one.given.get(&person)?;
            Some((file, one, *change))
        })
    }

    /// The number that the next file of somebody gets.
    #[must_use]
    pub fn next(&self, owner: Person) -> u32 {
        let last = self.owners.get(&owner).map_or(0, |own| own.last);
        last.saturating_add(1)
    }

    /// Whether somebody may put another file in the place of this one: its owner, and whom the
    /// owner has let.
    #[must_use]
    pub fn may_change(&self, file: File, person: Person) -> bool {
        self.find(file)
            .is_some_and(|one| file.owner == person || one.given.get(&person) == Some(&true))
    }

    /// Who asked for the files of somebody, oldest first.
    pub fn asked_for(&self, owner: Person) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(move |asked| asked.owner == owner)
    }

    /// What somebody has asked for on a day.
    pub fn asked_by(&self, by: Person, today: Date) -> impl Iterator<Item = &Asked> {
        let own = self.asked.iter();
        own.filter(move |asked| asked.by == by && asked.day == today)
    }
}

/// Whether somebody has asked for these files today with a reason, and is a manager still.
#[must_use]
pub fn has_asked(setting: &Setting, by: Person, owner: Person, today: Date) -> bool {
    let manages = [Role::Manager, Role::DeputyManager]
        .iter()
        .any(|role| setting.roles.holds(by, role, today));
    let files = setting.access.files();
    manages && files.asked_by(by, today).any(|asked| asked.owner == owner)
}

/// The file, if this reader may open it: its owner, whom the owner gave it to, and a manager who has
/// asked today. `None` too when there is none.
#[must_use]
pub fn to_open(setting: &Setting, file: File, reader: Person, today: Date) -> Option<&One> {
    let one = setting.access.files().find(file)?;
    let may = file.owner == reader
        || one.given.contains_key(&reader)
        || has_asked(setting, reader, file.owner, today);
    may.then_some(one)
}
