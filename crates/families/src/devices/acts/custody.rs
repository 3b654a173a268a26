//! What can be asked for about the custody of a device that may hold evidence: secure it, give it
//! on, write down what the police said, and release it by two people.

use super::{WORDS_MAX, find, said};
use crate::{
    devices::{
        entries::{
            Entry as DevicesEntry, TakenOut,
            custody::{Advice, Advised, Begun, Entry, Handing, Note, Of, Passed, ReleaseAsked},
        },
        register::custody::{Custody, subject},
        seeing,
    },
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::{self, Need},
        setting::Setting,
    },
};
use kernel::{ruling::Mistake, sealed::Private};
use serde::Serialize;

/// The most times that one device is given on.
const PASSED_MAX: usize = 500;
/// The longest line, in characters.
pub const LINE_MAX: usize = 200;

/// What can be asked for about custody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Secure a device.
    Secure {
        /// The device.
        device: u32,
        /// The case that it hangs on.
        case: Option<u32>,
        /// What is written down.
        note: Note,
    },
    /// Give it on.
    PassOn {
        /// The custody record.
        custody: u32,
        /// To whom here; nobody: to somebody from outside.
        to: Option<Person>,
        /// What is written down.
        note: Handing,
    },
    /// Say that one has it.
    Receive {
        /// The custody record.
        custody: u32,
    },
    /// Write down what the police said.
    RecordAdvice {
        /// The custody record.
        custody: u32,
        /// Whether it may be released.
        allows: bool,
        /// What they said.
        note: Advice,
    },
    /// Ask for its release.
    AskRelease {
        /// The custody record.
        custody: u32,
        /// Why, and what happens to the device.
        why: String,
    },
    /// Release it, as the second person.
    Release {
        /// The custody record.
        custody: u32,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Secure { .. } => "devices.secure",
            Act::PassOn { .. } => "devices.pass-on",
            Act::Receive { .. } => "devices.receive",
            Act::RecordAdvice { .. } => "devices.record-advice",
            Act::AskRelease { .. } => "devices.ask-release",
            Act::Release { .. } => "devices.release",
        }
    }

    /// Who may ask for it. A record that is not there needs what nobody has, so that nobody learns
    /// which are.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Secure {
                case: Some(case), ..
            } => Need::OnCase(*case),
            Act::Secure { case: None, .. } => seeing(),
            Act::PassOn { custody, .. }
            | Act::Receive { custody }
            | Act::RecordAdvice { custody, .. }
            | Act::AskRelease { custody, .. }
            | Act::Release { custody } => need_for(*custody, setting),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        match self {
            Act::Secure {
                device,
                case: hangs_on,
                note,
            } => secure(*device, *hangs_on, note, case),
            Act::PassOn { custody, to, note } => {
                one(pass_on(open(*custody, case)?, *to, note, case)?)
            }
            Act::Receive { custody } => one(receive(open(*custody, case)?, case)?),
            Act::RecordAdvice {
                custody,
                allows,
                note,
            } => {
                let found = open(*custody, case)?;
                said("words", &note.words, WORDS_MAX)?;
                said("who", &note.who, LINE_MAX)?;
                one(Entry::Advised(Advised {
                    custody: found.number,
                    case: found.case,
                    allows: *allows,
                    note: seal(&found.subject(), note, case)?,
                }))
            }
            Act::AskRelease { custody, why } => {
                let found = open(*custody, case)?;
                is_free(found)?;
                let why = said("why", why, WORDS_MAX)?;
                one(Entry::ReleaseAsked(ReleaseAsked {
                    custody: found.number,
                    case: found.case,
                    why: seal(&found.subject(), &why, case)?,
                }))
            }
            Act::Release { custody } => release(open(*custody, case)?, case),
        }
    }
}

/// Who may see a custody record and act on it.
#[must_use]
pub fn need_for(custody: u32, setting: &Setting) -> Need {
    let found = setting.devices.custodies().find(custody);
    found.map_or(Need::OnCase(0), Custody::need)
}

fn one(entry: Entry) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
    Ok(vec![AnyEntry::Devices(DevicesEntry::Custody(entry))])
}

fn open<'a>(custody: u32, case: &Case<'a>) -> Result<&'a Custody, Vec<Mistake>> {
    match case.setting.devices.custodies().find(custody) {
        Some(found) if found.ended.is_none() => Ok(found),
        Some(_) => no("custody", "This device was released already"),
        None => no("custody", "There is no such custody record"),
    }
}

fn seal<T: Serialize>(
    subject: &str,
    value: &T,
    case: &Case<'_>,
) -> Result<Private<T>, Vec<Mistake>> {
    let sealed = case.sealer.seal(subject, value);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

/// Out of use first, in the same words as for any other reason; the custody after it.
fn secure(
    device: u32,
    hangs_on: Option<u32>,
    note: &Note,
    case: &Case<'_>,
) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
    let found = find(device, case)?;
    let custodies = case.setting.devices.custodies();
    // Who does not know that it is secured begins a record of their own, and learns nothing.
    let knows =
        |there: &Custody| permit::permit(case.who, &there.need(), case.setting, case.today).is_ok();
    if custodies.of_device(device).any(knows) {
        return no("device", "It is secured already");
    }
    said("why", &note.why, WORDS_MAX)?;
    said("place", &note.place, LINE_MAX)?;
    said("seal", &note.seal, LINE_MAX)?;
    let custody = custodies.drawn(case.sealer.draw());
    let begun = Entry::Begun(Begun {
        custody,
        device,
        case: hangs_on,
        note: seal(&subject(custody, hangs_on), note, case)?,
    });
    let mut entries = Vec::new();
    if found.out.is_none() {
        let out = TakenOut { device, why: None };
        entries.push(AnyEntry::Devices(DevicesEntry::TakenOut(out)));
    }
    entries.push(AnyEntry::Devices(DevicesEntry::Custody(begun)));
    Ok(entries)
}

fn is_free(custody: &Custody) -> Result<(), Vec<Mistake>> {
    if custody.waiting().is_some() {
        return no(
            "custody",
            "It was given on, and whoever takes it has not signed yet",
        );
    }
    Ok(())
}

fn pass_on(
    custody: &Custody,
    to: Option<Person>,
    note: &Handing,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    is_free(custody)?;
    if custody.passed.len() >= PASSED_MAX {
        return no("custody", "This record is full. Keep on on paper");
    }
    said("place", &note.place, LINE_MAX)?;
    said("seal", &note.seal, LINE_MAX)?;
    match to {
        Some(person) => {
            if Some(person) == case.person() {
                return no("to", "Give it to somebody else than yourself");
            }
            if custody.case.is_none() && custody.apart.contains(&person) {
                return no("to", "Give it to somebody who has not used this device");
            }
            let need = custody.case.map_or_else(seeing, Need::OnCase);
            if !permit::is_one_of(person, &need, case.setting, case.today) {
                return no(
                    "to",
                    "Choose somebody who may know of it, or share the case with them first",
                );
            }
        }
        None => {
            said("name", &note.name, LINE_MAX)?;
            said("body", &note.body, LINE_MAX)?;
            let signed = said("signed", &note.signed, LINE_MAX)?;
            if signed.to_lowercase() != note.name.trim().to_lowercase() {
                return no("signed", "They sign with the name that stands above");
            }
        }
    }
    Ok(Entry::Passed(Passed {
        custody: custody.number,
        case: custody.case,
        to,
        note: seal(&custody.subject(), note, case)?,
    }))
}

fn receive(custody: &Custody, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let Some(waiting) = custody.waiting() else {
        return no("custody", "Nobody is giving it on just now");
    };
    if waiting.to != case.person() {
        return no("custody", "Whoever takes it signs for it themselves");
    }
    Ok(Entry::Received(Of {
        custody: custody.number,
        case: custody.case,
    }))
}

/// Only with the word of the police, and by somebody else than who asked.
fn release(custody: &Custody, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
    is_free(custody)?;
    if !custody.may_go() {
        return no(
            "custody",
            "The police have not said yet that it may be released",
        );
    }
    let Some(asked) = &custody.asked else {
        return no("custody", "Nobody has asked for its release");
    };
    if asked.by == case.person() {
        return no("custody", "A second person has to release it");
    }
    let of = Of {
        custody: custody.number,
        case: custody.case,
    };
    let device = custody.device;
    let mut entries = one(Entry::Ended(of))?;
    let devices = &case.setting.devices;
    let is_out = devices.find(device).is_some_and(|one| one.out.is_some());
    let others = devices.custodies().of_device(device);
    if is_out && others.count() == 1 {
        let back = DevicesEntry::BroughtBack(crate::devices::entries::Of { device });
        entries.push(AnyEntry::Devices(back));
    }
    Ok(entries)
}
