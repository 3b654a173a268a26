//! Something was seen that should not have been there: closed at once, the device cut off, the trace
//! kept, and a concern opened that goes to whoever is meant to know.

use super::{Answer, LINE_MAX, Sight, WORDS_MAX};
use crate::{
    concerns::{
        acts::{Act as Concerns, NewReport},
        entries::Entry as Concern,
        kinds::Kind,
        note::Report,
        register::subject,
    },
    devices::{
        acts::said,
        entries::{Entry as Devices, TakenOut},
    },
    filter::entries::{Entry, IllegalHit, Seen},
    internet::{acts::ended, entries::How},
    spine::{
        act::{Case, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::ruling::Mistake;

/// How many minutes of the trace before it are kept.
const TRACE_MINUTES: i64 = 15;

pub(super) fn saw(sight: &Sight, case: &Case<'_>) -> Answer {
    let setting = case.setting;
    let what = said("what", &sight.what, WORDS_MAX)?;
    if sight.address.chars().count() > LINE_MAX {
        return no(
            "address",
            format!("Write at most {LINE_MAX} characters here"),
        );
    }
    let session = sight
        .session
        .and_then(|number| setting.internet.session(number));
    let session = session.filter(|session| session.is_open(case.now));
    let devices: Vec<u32> = match (sight.device, session) {
        (Some(device), _) => match setting.devices.find(device) {
            Some(found) if !found.is_gone() => vec![device],
            Some(_) | None => return no("device", "There is no such device on the register"),
        },
        (None, Some(session)) => session.devices(setting),
        (None, None) => return no("device", "Choose the device on which it was seen"),
    };
    let mut entries = Vec::new();
    // What is open for one of the devices is closed.
    for open in setting.internet.open(case.now) {
        let is_it = session.is_some_and(|one| one.number == open.number)
            || open
                .devices(setting)
                .iter()
                .any(|own| devices.contains(own));
        if is_it {
            entries.push(AnyEntry::Internet(ended(open.number, How::Closed)));
        }
    }
    for device in &devices {
        if setting
            .devices
            .find(*device)
            .is_some_and(|one| one.out.is_none())
        {
            let out = TakenOut {
                device: *device,
                why: None,
            };
            entries.push(AnyEntry::Devices(Devices::TakenOut(out)));
        }
    }
    let names: Vec<&str> = devices
        .iter()
        .map(|one| setting.devices.name(*one))
        .collect();
    let report = Report {
        what,
        kind: Kind::Unsuitable,
        children: sight.children.clone(),
        day: Some(case.today),
        sure: "exact".to_owned(),
        device: names.join(", "),
        address: sight.address.clone(),
        ..Report::default()
    };
    let (number, reported) = opened(report, case)?;
    entries.extend(reported);
    let address = case.sealer.seal(&subject(number), &sight.address);
    entries.push(AnyEntry::Filter(Entry::Seen(Seen {
        case: number,
        devices,
        session: session.map(|session| session.number).or(sight.session),
        from: case.now.plus_minutes(-TRACE_MINUTES),
        to: case.now,
        address: address.map_err(|erased| vec![Mistake::from(erased)])?,
    })));
    Ok(entries)
}

pub(super) fn hit(device: Option<u32>, list: &str, case: &Case<'_>) -> Answer {
    let list = said("list", list, LINE_MAX)?;
    let known = device.and_then(|device| case.setting.devices.find(device));
    let name = known.map_or("A device that is not on the register", |one| {
        one.about.name.as_str()
    });
    let person = known.and_then(|device| device.held_at(case.now));
    let report = Report {
        what: format!(
            "The filter closed something that is on the list {list} of what is illegal. Nobody saw it. Do not look for it, and do not switch the device on or off: secure it."
        ),
        kind: Kind::IndecentImage,
        adult: person,
        day: Some(case.today),
        sure: "exact".to_owned(),
        device: name.to_owned(),
        ..Report::default()
    };
    let (number, mut entries) = opened(report, case)?;
    entries.push(AnyEntry::Filter(Entry::IllegalHit(IllegalHit {
        case: number,
        device,
        person,
        list,
        from: case.now.plus_minutes(-TRACE_MINUTES),
        to: case.now,
    })));
    Ok(entries)
}

/// Opens a concern: it goes the way that every report goes.
fn opened(report: Report, case: &Case<'_>) -> Result<(u32, Vec<AnyEntry>), Vec<Mistake>> {
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    let entries = Concerns::Report(Box::new(new)).entries(case)?;
    let number = entries.iter().find_map(|entry| match entry {
        AnyEntry::Concerns(Concern::Reported(fact)) => Some(fact.case),
        _ => None,
    });
    match number {
        Some(number) => Ok((number, entries)),
        None => no(
            "what",
            "It could not be reported. Tell the safeguarding lead in person",
        ),
    }
}
