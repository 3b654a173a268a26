//! The record of a device: on the register, off it, out of use, and what the network gives it.

use super::{Act, Answer, NAME_MAX, WORDS_MAX, find, said};
use crate::{
    devices::{
        entries::{
            Described, Disposed, Enrolled, Entry, InternetSet, Of, RoomInternetSet, Seen, Settled,
            TakenOut, Went,
        },
        kinds::{About, DISPOSALS, Owner, address},
        register::{Device, State, custody::Custody},
    },
    spine::{
        act::{Case, no},
        entry::Entry as AnyEntry,
        permit,
    },
};
use kernel::{ruling::Mistake, sealed::Private};

/// The most devices on the register.
const DEVICES_MAX: usize = 5_000;
/// The most addresses of one device.
const ADDRESSES_MAX: usize = 8;
/// The most unknown addresses that are kept.
const UNKNOWN_MAX: usize = 1_000;
/// The subject under whose key words about the network are sealed.
const NETWORK: &str = "devices";

pub(super) fn entries(act: &Act, case: &Case<'_>) -> Answer {
    let entry = match act {
        Act::Add(about) => {
            if case.setting.devices.kept().count() >= DEVICES_MAX {
                return no("name", "There are too many devices on the register");
            }
            let about = checked(about, None, case)?;
            let device = case.setting.devices.next_device();
            Entry::Added(Described { device, about })
        }
        Act::Change { device, about } => {
            let found = find(*device, case)?;
            let about = checked(about, Some(found), case)?;
            if about == found.about {
                return no(
                    "name",
                    "This is what is known already. There is nothing to change",
                );
            }
            let device = *device;
            Entry::Changed(Described { device, about })
        }
        Act::RecordLost { device, how } => {
            let found = find(*device, case)?;
            if found.state != State::Here {
                return no("device", "It is recorded as lost already");
            }
            Entry::Lost(went(found, how, case)?)
        }
        Act::RecordFound { device, how } => {
            let found = find(*device, case)?;
            if found.state == State::Here {
                return no("device", "It is not recorded as lost");
            }
            Entry::Found(went(found, how, case)?)
        }
        Act::Dispose {
            device,
            how,
            evidence,
        } => dispose(*device, how, evidence, case)?,
        Act::TakeOut { device, why } => {
            let found = find(*device, case)?;
            if found.out.is_some() {
                return no("device", "It is out of use already");
            }
            let why = why.trim();
            let why = (!why.is_empty()).then(|| sealed(found, why, case));
            Entry::TakenOut(TakenOut {
                device: *device,
                why: why.transpose()?,
            })
        }
        Act::BringBack { device } => bring_back(*device, case)?,
        Act::Enrol { device } => enrol(*device, case)?,
        Act::Unenrol { device } => {
            if find(*device, case)?.enrolled.is_empty() {
                return no("device", "No browser is known as this device");
            }
            Entry::Unenrolled(Of { device: *device })
        }
        Act::SetInternet { device, internet } => {
            if find(*device, case)?.internet == Some(*internet) {
                return no("internet", "It is set so already");
            }
            Entry::InternetSet(InternetSet {
                device: *device,
                internet: *internet,
            })
        }
        Act::SetRoomInternet { room, internet } => {
            if case.setting.people.room_name(*room).is_none() {
                return no("room", "There is no such room");
            }
            if case.setting.devices.internet_of_room(*room) == Some(*internet) {
                return no("internet", "It is set so already");
            }
            Entry::RoomInternetSet(RoomInternetSet {
                room: *room,
                internet: *internet,
            })
        }
        Act::SeeUnknown { address } => see(address, case)?,
        Act::SettleUnknown { address, what } => {
            let unknown = case.setting.devices.unknown_at(address);
            if unknown.is_none_or(|unknown| unknown.settled.is_some()) {
                return no("address", "Nothing unknown has this address any more");
            }
            let what = said("what", what, WORDS_MAX)?;
            let what = case.sealer.seal(NETWORK, &what);
            Entry::UnknownSettled(Settled {
                address: address.clone(),
                what: what.map_err(|erased| vec![Mistake::from(erased)])?,
            })
        }
        _ => return no("device", "This is not about the record of a device"),
    };
    Ok(vec![AnyEntry::Devices(entry)])
}

/// What is known about a device, in its normal form.
fn checked(about: &About, own: Option<&Device>, case: &Case<'_>) -> Result<About, Vec<Mistake>> {
    let mut about = about.clone();
    about.name = said("name", &about.name, NAME_MAX)?;
    let others = || {
        let own = own.map(|device| device.number);
        let kept = case.setting.devices.kept();
        kept.filter(move |device| Some(device.number) != own)
    };
    let name = about.name.to_lowercase();
    if others().any(|other| other.about.name.to_lowercase() == name) {
        return no("name", "Another device is called so. Choose another name");
    }
    if !about.tag.is_empty() && others().any(|other| other.about.tag == about.tag) {
        return no("tag", "This number is on another device. Look at its label");
    }
    if about.addresses.len() > ADDRESSES_MAX {
        return no("addresses", "Write at most eight addresses");
    }
    let mut addresses = Vec::new();
    for own in &about.addresses {
        let Some(one) = address(own) else {
            return no(
                "addresses",
                "An address is six pairs such as aa:bb:cc:00:11:22, or four numbers such as 192.168.1.20",
            );
        };
        if others().any(|other| other.about.addresses.contains(&one)) {
            return no("addresses", format!("Another device has the address {one}"));
        }
        if !addresses.contains(&one) {
            addresses.push(one);
        }
    }
    about.addresses = addresses;
    if let Some(room) = about.room
        && case.setting.people.room_name(room).is_none()
    {
        return no("room", "There is no such room");
    }
    let people = &case.setting.people;
    if let Some(keeper) = about.keeper
        && own.and_then(|own| own.about.keeper) != Some(keeper)
        && !people.is_here(keeper, case.today)
    {
        return no("keeper", "There is no such person here");
    }
    match &about.owner {
        Owner::Person(person) if !people.is_known(*person) => {
            return no("owner-person", "There is no such person here");
        }
        Owner::Other(words) if words.trim().is_empty() => {
            return no("owner-other", "Say whose it is");
        }
        Owner::Setting | Owner::Person(_) | Owner::Other(_) => {}
    }
    if about.bought.is_some_and(|day| day > case.today) {
        return no("bought", "Choose a day that is not in the future");
    }
    Ok(about)
}

fn went(found: &Device, how: &str, case: &Case<'_>) -> Result<Went, Vec<Mistake>> {
    let how = said("how", how, WORDS_MAX)?;
    Ok(Went {
        device: found.number,
        how: sealed(found, &how, case)?,
    })
}

/// Seals words about a device under its own key.
pub(super) fn sealed(
    device: &Device,
    words: &str,
    case: &Case<'_>,
) -> Result<Private<String>, Vec<Mistake>> {
    let sealed = case.sealer.seal(&device.subject(), &words.to_owned());
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

fn dispose(device: u32, how: &str, evidence: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let found = find(device, case)?;
    if !DISPOSALS.iter().any(|(key, _)| *key == how) {
        return no("how", "Choose how it went");
    }
    // What is out of use is kept until somebody has brought it back: it may be wanted.
    if found.out.is_some() {
        return no(
            "device",
            "It is out of use. Whoever took it out of use has to bring it back first",
        );
    }
    let evidence = said("evidence", evidence, WORDS_MAX)?;
    Ok(Entry::Disposed(Disposed {
        device,
        how: how.to_owned(),
        evidence: sealed(found, &evidence, case)?,
    }))
}

fn bring_back(device: u32, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let found = find(device, case)?;
    if found.out.is_none() {
        return no("device", "It is not out of use");
    }
    let setting = case.setting;
    // Whoever does not know that it is secured is not stopped, and so learns nothing: it is locked away
    // and stays off the network, and who knows of it is told.
    let knows =
        |custody: &Custody| permit::permit(case.who, &custody.need(), setting, case.today).is_ok();
    let is_secured = setting.devices.custodies().of_device(device).any(knows);
    // One sentence for both: it does not say that something was reported, nor about whom.
    if is_secured || setting.is_unread(setting.filter.case_of(device)) {
        return no(
            "device",
            "It can’t be brought back just now. Ask who looks after the devices",
        );
    }
    Ok(Entry::BroughtBack(Of { device }))
}

fn enrol(device: u32, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let found = find(device, case)?;
    if found.is_out_of_use() {
        return no("device", "It is out of use");
    }
    let Some(label) = &case.who.device else {
        return no("device", "Open this page on the device itself");
    };
    if found.enrolled.contains(label) {
        return no("device", "This browser is known as this device already");
    }
    Ok(Entry::Enrolled(Enrolled {
        device,
        label: label.clone(),
    }))
}

fn see(text: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let devices = &case.setting.devices;
    let Some(address) = address(text) else {
        return no("address", "This is no address of a network");
    };
    if devices.at_address(&address).is_some() || devices.unknown_at(&address).is_some() {
        return no("address", "This address is known");
    }
    if devices.unknown().count() >= UNKNOWN_MAX {
        return no("address", "Too many unknown devices are open already");
    }
    Ok(Entry::UnknownSeen(Seen { address }))
}
