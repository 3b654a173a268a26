//! What can be asked for about devices.

pub mod custody;
mod hands;
mod record;

use super::{
    kinds::{About, Internet},
    register::Device,
    seeing, tending,
};
use crate::spine::{
    act::{Case, Person, Room, no},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
};
use kernel::{moment::Date, ruling::Mistake};

/// The longest name of a device, in characters.
pub const NAME_MAX: usize = 60;
/// The longest words about a device, in characters.
pub const WORDS_MAX: usize = 1_000;

/// What can be asked for about devices.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Put a device on the register.
    Add(Box<About>),
    /// Put right what is known about it.
    Change {
        /// The device.
        device: u32,
        /// What is known.
        about: Box<About>,
    },
    /// Say that it is lost.
    RecordLost {
        /// The device.
        device: u32,
        /// How.
        how: String,
    },
    /// Say that it was found.
    RecordFound {
        /// The device.
        device: u32,
        /// How.
        how: String,
    },
    /// Say that it went for good.
    Dispose {
        /// The device.
        device: u32,
        /// How, by key.
        how: String,
        /// What shows it.
        evidence: String,
    },
    /// Take it out of use.
    TakeOut {
        /// The device.
        device: u32,
        /// Why.
        why: String,
    },
    /// Bring it back into use.
    BringBack {
        /// The device.
        device: u32,
    },
    /// Hand it to somebody.
    HandOut {
        /// The device.
        device: u32,
        /// To whom.
        person: Person,
        /// What for.
        what_for: String,
        /// The last day.
        until: Option<Date>,
    },
    /// Say that one has it.
    Acknowledge {
        /// The device.
        device: u32,
    },
    /// Say that it is back.
    HandBack {
        /// The device.
        device: u32,
    },
    /// Make the browser in which this is asked known as a device.
    Enrol {
        /// The device.
        device: u32,
    },
    /// End that any browser is known as it.
    Unenrol {
        /// The device.
        device: u32,
    },
    /// Allow something that is not the setting’s to be used for a time.
    AllowUse {
        /// The device.
        device: u32,
        /// What for.
        what_for: String,
        /// The last day.
        until: Date,
    },
    /// Allow whoever has it personal use.
    AllowPersonalUse {
        /// The device.
        device: u32,
        /// Why.
        why: String,
        /// The last day.
        until: Date,
    },
    /// End that.
    EndPersonalUse {
        /// The device.
        device: u32,
    },
    /// Set whether the internet is there for a device.
    SetInternet {
        /// The device.
        device: u32,
        /// Whether.
        internet: Internet,
    },
    /// Set whether the internet is there for the devices of a room.
    SetRoomInternet {
        /// The room.
        room: Room,
        /// Whether.
        internet: Internet,
    },
    /// Tell of something unknown on the network.
    SeeUnknown {
        /// Its address.
        address: String,
    },
    /// Say what it is.
    SettleUnknown {
        /// Its address.
        address: String,
        /// What it is, and what was done.
        what: String,
    },
    /// The custody of what may be evidence.
    Custody(custody::Act),
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Add(_) => "devices.add",
            Act::Change { .. } => "devices.change",
            Act::RecordLost { .. } => "devices.record-lost",
            Act::RecordFound { .. } => "devices.record-found",
            Act::Dispose { .. } => "devices.dispose",
            Act::TakeOut { .. } => "devices.take-out",
            Act::BringBack { .. } => "devices.bring-back",
            Act::HandOut { .. } => "devices.hand-out",
            Act::Acknowledge { .. } => "devices.acknowledge",
            Act::HandBack { .. } => "devices.hand-back",
            Act::Enrol { .. } => "devices.enrol",
            Act::Unenrol { .. } => "devices.unenrol",
            Act::AllowUse { .. } => "devices.allow-use",
            Act::AllowPersonalUse { .. } => "devices.allow-personal-use",
            Act::EndPersonalUse { .. } => "devices.end-personal-use",
            Act::SetInternet { .. } => "devices.set-internet",
            Act::SetRoomInternet { .. } => "devices.set-room-internet",
            Act::SeeUnknown { .. } => "devices.see-unknown",
            Act::SettleUnknown { .. } => "devices.settle-unknown",
            Act::Custody(act) => act.name(),
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Add(_)
            | Act::Change { .. }
            | Act::RecordFound { .. }
            | Act::Dispose { .. }
            | Act::Enrol { .. }
            | Act::Unenrol { .. }
            | Act::SetInternet { .. }
            | Act::SetRoomInternet { .. } => tending(),
            Act::AllowUse { .. } | Act::AllowPersonalUse { .. } | Act::EndPersonalUse { .. } => {
                Need::AnyOf(vec![tending(), Need::leadership()])
            }
            Act::SettleUnknown { .. } => Need::AnyOf(vec![tending(), Need::leadership()]),
            Act::RecordLost { .. } | Act::TakeOut { .. } => seeing(),
            Act::BringBack { device } => need_to_bring_back(*device, setting),
            Act::HandOut { person, .. } => Need::AnyOf(vec![
                tending(),
                Need::AllOf(vec![Need::Team, Need::Oneself(*person)]),
            ]),
            Act::Acknowledge { device } => Need::Oneself(holder(*device, setting)),
            Act::HandBack { device } => {
                Need::AnyOf(vec![tending(), Need::Oneself(holder(*device, setting))])
            }
            Act::SeeUnknown { .. } => Need::Machine,
            Act::Custody(act) => act.need(setting),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::Custody(act) => act.entries(case),
            Act::HandOut { .. }
            | Act::Acknowledge { .. }
            | Act::HandBack { .. }
            | Act::AllowUse { .. }
            | Act::AllowPersonalUse { .. }
            | Act::EndPersonalUse { .. } => hands::entries(self, case),
            _ => record::entries(self, case),
        }
    }
}

/// Who has a device; somebody who is nobody when it is with no one.
fn holder(device: u32, setting: &Setting) -> Person {
    let found = setting.devices.find(device).and_then(Device::holder);
    found.map_or(Person(u32::MAX), |hand| hand.person)
}

/// Who brings a device back into use: whoever took it out; when they leave, who leads, whether or not
/// it hangs on a case, so that nobody learns from it that it does. Who is on the case may ask, too.
fn need_to_bring_back(device: u32, setting: &Setting) -> Need {
    let out = setting
        .devices
        .find(device)
        .and_then(|device| device.out.as_ref());
    let by = out.and_then(|out| out.by);
    let has_left = |by: Person| setting.people.last_day(by).is_some();
    let custodies = setting.devices.custodies().of_device(device);
    let mut cases: Vec<u32> = custodies.filter_map(|custody| custody.case).collect();
    cases.extend(setting.filter.case_of(device).filter(|_| out.is_some()));
    let mut needs = vec![Need::Oneself(by.unwrap_or(Person(u32::MAX)))];
    if by.map_or(cases.is_empty(), has_left) {
        needs.push(Need::leadership());
    }
    if cases.is_empty() {
        cases.push(0);
    }
    needs.extend(cases.into_iter().map(Need::OnCase));
    Need::AnyOf(needs)
}

/// A device that is still kept.
pub(crate) fn find<'a>(device: u32, case: &Case<'a>) -> Result<&'a Device, Vec<Mistake>> {
    match case.setting.devices.find(device) {
        Some(found) if !found.is_gone() => Ok(found),
        Some(_) => no("device", "This device went for good. Choose another one"),
        None => no("device", "There is no such device on the register"),
    }
}

/// Words of a length.
pub(crate) fn said(field: &'static str, words: &str, most: usize) -> Result<String, Vec<Mistake>> {
    let words = words.trim();
    match words.chars().count() {
        0 => no(field, "Write something here"),
        count if count > most => no(field, format!("Write at most {most} characters here")),
        _ => Ok(words.to_owned()),
    }
}
