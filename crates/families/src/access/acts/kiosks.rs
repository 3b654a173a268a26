//! What can be asked for about kiosks.

use crate::{
    access::entries::{
        Entry as AccessEntry,
        kiosks::{Ended, Entry, Opened, Purpose, TakenUp},
    },
    spine::{
        act::{Case, no},
        entry::Entry as AnyEntry,
        permit::Need,
    },
};
use kernel::{moment::plus_days, ruling::Mistake};

/// How long the code is good that makes a tablet the kiosk, in days.
const CODE_DAYS: i64 = 1;
/// The most kiosks at a time.
const KIOSKS_MAX: usize = 20;

/// What can be asked for about kiosks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Open a kiosk.
    Open {
        /// What it is called, and so where it stands.
        name: String,
        /// What it is for.
        purpose: Purpose,
        /// SHA-256 of the code, in hex.
        code: String,
    },
    /// Make a tablet the kiosk, with the code.
    TakeUp {
        /// SHA-256 of the code, in hex.
        code: String,
        /// SHA-256 of the token that the tablet keeps, in hex.
        token: String,
        /// SHA-256 of the number that tells the tablet from others, in hex.
        device: String,
    },
    /// End a kiosk.
    End {
        /// Its number.
        kiosk: u32,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Open { .. } => "access.open-kiosk",
            Act::TakeUp { .. } => "access.take-up-kiosk",
            Act::End { .. } => "access.end-kiosk",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Open { .. } | Act::End { .. } => Need::management(),
            Act::TakeUp { .. } => Need::Anyone,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let kiosks = case.setting.access.kiosks();
        let entry = match self {
            Act::Open {
                name,
                purpose,
                code,
            } => {
                if kiosks.open().count() >= KIOSKS_MAX {
                    return no("name", "There are 20 kiosks. End one first");
                }
                if kiosks.open().any(|(_, kiosk)| kiosk.name == *name) {
                    return no("name", "There is a kiosk of this name. Choose another name");
                }
                Entry::Opened(Opened {
                    kiosk: kiosks.next(),
                    name: name.clone(),
                    purpose: *purpose,
                    code: code.clone(),
                    until: plus_days(case.today, CODE_DAYS),
                })
            }
            Act::TakeUp {
                code,
                token,
                device,
            } => {
                // Whoever opened it knows the code, and takes it along when they leave.
                let here = |by| case.setting.people.is_here(by, case.today);
                let open = |kiosk: &u32| {
                    let by = kiosks.find(*kiosk).and_then(|kiosk| kiosk.by);
                    by.is_none_or(here)
                };
                let Some(kiosk) = kiosks.with_code(code, case.today).filter(open) else {
                    return no(
                        "code",
                        "This code opens no kiosk, or it was used before. Ask a manager for a new one",
                    );
                };
                Entry::TakenUp(TakenUp {
                    kiosk,
                    token: token.clone(),
                    device: device.clone(),
                })
            }
            Act::End { kiosk } => {
                if !kiosks.is_open(*kiosk) {
                    return no("kiosk", "This kiosk was ended already");
                }
                Entry::Ended(Ended { kiosk: *kiosk })
            }
        };
        Ok(vec![AnyEntry::Access(AccessEntry::Kiosk(entry))])
    }
}
