//! Devices that were secured because they may hold evidence: where each is, who had it when, what
//! the police said, and who released it.

use crate::{
    devices::{
        entries::custody::{Advice, Entry, Handing, Note},
        register::Device,
    },
    spine::{act::Person, permit::Need, setting::At},
};
use kernel::{moment::Moment, sealed::Private};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Numbers of custody records begin here.
const FIRST_NUMBER: u32 = 100_000;
/// And there are so many.
const NUMBERS: u32 = 900_000;

/// The custody records.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Custodies(BTreeMap<u32, Custody>);

/// A custody record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Custody {
    /// Its number.
    pub number: u32,
    /// The device.
    pub device: u32,
    /// The case that it hangs on.
    pub case: Option<u32>,
    /// Who had the device, answers for it or owns it when it was secured: it may be about them, and
    /// leading alone does not show it to them.
    #[serde(default)]
    pub apart: Vec<Person>,
    /// What was written down at the beginning.
    pub note: Private<Note>,
    /// Who secured it.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// Each time that it was given on.
    pub passed: Vec<Passing>,
    /// What the police said, newest last.
    pub advice: Vec<Advised>,
    /// Who asks for its release.
    pub asked: Option<Asked>,
    /// Who released it, and when.
    pub ended: Option<(Option<Person>, Moment)>,
}

/// It was given on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Passing {
    /// By whom.
    pub by: Option<Person>,
    /// To whom here; nobody: to somebody from outside.
    pub to: Option<Person>,
    /// What was written down.
    pub note: Private<Handing>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// When whoever it was given to said that they have it.
    pub received: Option<Moment>,
}

/// What the police said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Advised {
    /// Whether it may be released.
    pub allows: bool,
    /// What they said.
    pub note: Private<Advice>,
    /// By whom it was written down.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Somebody asks for its release.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Who.
    pub by: Option<Person>,
    /// Why, and what happens to the device.
    pub why: Private<String>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

impl Custodies {
    pub(super) fn fold(&mut self, entry: &Entry, device: Option<&Device>, at: At<'_>) {
        let by = at.by.person();
        if let Entry::Begun(fact) = entry {
            let custody = Custody {
                number: fact.custody,
                device: fact.device,
                case: fact.case,
                apart: device.map(Device::people).unwrap_or_default(),
                note: fact.note.clone(),
                by,
                at: at.moment,
                seq: at.seq,
                passed: Vec::new(),
                advice: Vec::new(),
                asked: None,
                ended: None,
            };
            self.0.insert(fact.custody, custody);
            return;
        }
        let Some(custody) = self.0.get_mut(&entry.of().0) else {
            return;
        };
        match entry {
            Entry::Begun(_) => {}
            Entry::Passed(fact) => custody.passed.push(Passing {
                by,
                to: fact.to,
                note: fact.note.clone(),
                at: at.moment,
                seq: at.seq,
                received: fact.to.is_none().then_some(at.moment),
            }),
            Entry::Received(_) => {
                if let Some(passing) = custody.passed.last_mut() {
                    passing.received = Some(at.moment);
                }
            }
            Entry::Advised(fact) => {
                custody.advice.push(Advised {
                    allows: fact.allows,
                    note: fact.note.clone(),
                    by,
                    at: at.moment,
                    seq: at.seq,
                });
                // What was asked for on other advice is asked for anew.
                custody.asked = None;
            }
            Entry::ReleaseAsked(fact) => {
                custody.asked = Some(Asked {
                    by,
                    why: fact.why.clone(),
                    at: at.moment,
                    seq: at.seq,
                });
            }
            Entry::Ended(_) => custody.ended = Some((by, at.moment)),
        }
    }

    /// All of them, the first one first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Custody> {
        let mut all: Vec<&Custody> = self.0.values().collect();
        all.sort_by_key(|custody| custody.seq);
        all.into_iter()
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&Custody> {
        self.0.get(&number)
    }

    /// Those in which a device is now. There may be two, where one is not known to all.
    pub fn of_device(&self, device: u32) -> impl Iterator<Item = &Custody> {
        let open = move |custody: &&Custody| custody.device == device && custody.ended.is_none();
        self.0.values().filter(open)
    }

    /// Those that hang on a case.
    pub fn of_case(&self, case: u32) -> impl Iterator<Item = &Custody> {
        self.0
            .values()
            .filter(move |custody| custody.case == Some(case))
    }

    /// The number of a new one, drawn by chance: numbers in a row would tell whoever knows of two that
    /// there is a third between them.
    #[must_use]
    pub fn drawn(&self, chance: [u8; 32]) -> u32 {
        let [first, second, third, fourth, ..] = chance;
        let drawn = u32::from_be_bytes([first, second, third, fourth]) % NUMBERS;
        let around = (0..NUMBERS).map(|step| FIRST_NUMBER + (drawn + step) % NUMBERS);
        let mut free = around.filter(|number| !self.0.contains_key(number));
        free.next().unwrap_or(FIRST_NUMBER)
    }
}

impl Custody {
    /// The subject under whose key it is sealed.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.number, self.case)
    }

    /// Who may see it: who is on the case. Without a case, whoever has had it, and who leads but had
    /// nothing to do with the device.
    #[must_use]
    pub fn need(&self) -> Need {
        self.case.map_or(Need::Secured(self.number), Need::OnCase)
    }

    /// Who secured it, and all here to whom it was given on.
    pub fn hands(&self) -> impl Iterator<Item = Person> {
        let had = self.passed.iter().filter_map(|passing| passing.to);
        self.by.into_iter().chain(had)
    }

    /// The last time it was given on.
    #[must_use]
    pub fn last(&self) -> Option<&Passing> {
        self.passed.last()
    }

    /// Who here has it now; nobody: somebody from outside has.
    #[must_use]
    pub fn holder(&self) -> Option<Person> {
        let mut now = self.by;
        for passing in self.passed.iter().filter(|one| one.received.is_some()) {
            now = passing.to;
        }
        now
    }

    /// The handing over that waits for whoever is to take it.
    #[must_use]
    pub fn waiting(&self) -> Option<&Passing> {
        self.last().filter(|passing| passing.received.is_none())
    }

    /// Whether the last word of the police lets it go.
    #[must_use]
    pub fn may_go(&self) -> bool {
        self.advice.last().is_some_and(|advice| advice.allows)
    }
}

/// The subject under whose key a custody record is sealed: its case, or one of its own.
#[must_use]
pub fn subject(custody: u32, case: Option<u32>) -> String {
    match case {
        Some(case) => crate::concerns::register::subject(case),
        None => format!("custody:{custody}"),
    }
}
