//! Kiosks: which are open, for what, and by which token their tablets are known.

use crate::{
    access::entries::kiosks::{Entry, Purpose},
    spine::{act::Person, setting::At},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kiosks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kiosks {
    open: BTreeMap<u32, Kiosk>,
    last: u32,
}

/// A kiosk that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kiosk {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was opened.
    pub opened: Moment,
    /// By whom: they know the code.
    #[serde(default)]
    pub by: Option<Person>,
    /// The digest of the code, and until when it is good; `None` once a tablet took it up.
    code: Option<(String, Date)>,
    /// The digests of the tablet's token and of its number.
    tablet: Option<(String, String)>,
}

impl Kiosk {
    /// Whether a tablet has become this kiosk.
    #[must_use]
    pub fn is_taken_up(&self) -> bool {
        self.tablet.is_some()
    }

    /// Until when the code for the tablet is good.
    #[must_use]
    pub fn code_until(&self) -> Option<Date> {
        self.code.as_ref().map(|(_, until)| *until)
    }
}

impl Kiosks {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Opened(fact) => {
                self.last = self.last.max(fact.kiosk);
                let kiosk = Kiosk {
                    name: fact.name.clone(),
                    purpose: fact.purpose,
                    opened: at.moment,
                    by: at.by.person(),
                    code: Some((fact.code.clone(), fact.until)),
                    tablet: None,
                };
                self.open.insert(fact.kiosk, kiosk);
            }
            Entry::TakenUp(fact) => {
                if let Some(kiosk) = self.open.get_mut(&fact.kiosk) {
                    kiosk.code = None;
                    kiosk.tablet = Some((fact.token.clone(), fact.device.clone()));
                }
            }
            Entry::Ended(fact) => {
                self.open.remove(&fact.kiosk);
            }
        }
    }

    /// Those that are open, by number.
    pub fn open(&self) -> impl Iterator<Item = (u32, &Kiosk)> {
        self.open.iter().map(|(number, kiosk)| (*number, kiosk))
    }

    /// One that is open.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&Kiosk> {
        self.open.get(&number)
    }

    /// Whether a kiosk is open and a tablet stands for it.
    #[must_use]
    pub fn is_open(&self, number: u32) -> bool {
        self.open.contains_key(&number)
    }

    /// The number that the next one gets.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.last.saturating_add(1)
    }

    /// The kiosk that this code makes a tablet.
    #[must_use]
    pub fn with_code(&self, code: &str, today: Date) -> Option<u32> {
        let fits = |kiosk: &Kiosk| {
            let kept = kiosk.code.as_ref();
            kept.is_some_and(|(digest, until)| digest == code && today <= *until)
        };
        let mut found = self.open().filter(|(_, kiosk)| fits(kiosk));
        found.next().map(|(number, _)| number)
    }

    /// The kiosk that this tablet is: both its token and its own number have to fit, so that a
    /// token is worth nothing elsewhere.
    #[must_use]
    pub fn of_tablet(&self, token: &str, device: &str) -> Option<u32> {
        let fits = |kiosk: &Kiosk| {
            let tablet = kiosk.tablet.as_ref();
            tablet.is_some_and(|(kept, own)| kept == token && own == device)
        };
        let mut found = self.open().filter(|(_, kiosk)| fits(kiosk));
        found.next().map(|(number, _)| number)
    }
}
