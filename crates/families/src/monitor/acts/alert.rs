//! Alerts: one is raised and goes the way of a concern, becomes one, or is dismissed with a reason;
//! some of those that were dismissed are looked at again by somebody else, picked by chance.

use super::{Answer, LINE_MAX, Raise, WORDS_MAX, by_chance, one};
use crate::{
    concerns::{
        acts::{Act as Concerns, NewReport},
        circle as of_concerns,
        entries::Entry as Concern,
        kinds::Kind,
        note::Report,
        register::subject,
    },
    devices::acts::said,
    monitor::{
        entries::{Became, Dismissed, Entry, Raised, Repeated, SecondLooked, Wanted},
        kinds::{self, Severity},
        register::Alert,
    },
    spine::{
        act::{Case, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::{ruling::Mistake, sealed::Private};

/// One of so many that were dismissed is looked at again; of the most urgent, each.
const AGAIN_ONE_OF: u64 = 4;
/// The most alerts that are kept.
const MOST: u32 = 9_000_000;

pub(super) fn raise(raise: &Raise, case: &Case<'_>) -> Answer {
    let monitor = &case.setting.monitor;
    let series = cut(&raise.series);
    if let Some(alert) = monitor.of_series(&series) {
        // Told twice, it is one alert.
        if raise.count <= alert.count {
            return Ok(Vec::new());
        }
        return one(Entry::Repeated(Repeated {
            case: alert.number,
            count: raise.count,
            last: raise.last,
        }));
    }
    let number = monitor.next_alert();
    if number >= crate::concerns::matter::ALERT + MOST {
        return no("series", "No more alerts can be kept");
    }
    let setting = case.setting;
    let circle = of_concerns::choose(&[], raise.person, None, setting, case.today, &[]);
    let wanted = Wanted {
        what: cut(&raise.what),
        words: raise.words,
        open: raise.open,
    };
    one(Entry::Raised(Raised {
        case: number,
        series,
        theme: cut(&raise.theme),
        severity: raise.severity,
        device: raise
            .device
            .filter(|one| setting.devices.find(*one).is_some()),
        person: raise.person.filter(|one| setting.people.is_known(*one)),
        room: raise.room,
        session: raise.session,
        asked: seal(number, &wanted, case)?,
        roles: circle.roles,
        excluded: circle.excluded,
        first: raise.first.min(case.now),
        count: raise.count.max(1),
    }))
}

fn cut(words: &str) -> String {
    words.chars().take(LINE_MAX).collect()
}

fn seal<T: serde::Serialize>(
    number: u32,
    value: &T,
    case: &Case<'_>,
) -> Result<Private<T>, Vec<Mistake>> {
    let sealed = case.sealer.seal(&subject(number), value);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

/// One that waits for somebody to say what it is.
fn waiting<'a>(number: u32, case: &Case<'a>) -> Result<&'a Alert, Vec<Mistake>> {
    match case.setting.monitor.alert(number) {
        Some(alert) if alert.waits() => Ok(alert),
        Some(_) => no("case", "Somebody has said already what comes of it"),
        None => no("case", "There is no such alert"),
    }
}

pub(super) fn take_up(number: u32, what: &str, case: &Case<'_>) -> Answer {
    let alert = waiting(number, case)?;
    if what.chars().count() > WORDS_MAX {
        return no("what", format!("Write at most {WORDS_MAX} characters here"));
    }
    let new = NewReport {
        report: report(alert, what.trim(), case),
        ..NewReport::default()
    };
    let mut entries = Concerns::Report(Box::new(new)).entries(case)?;
    let concern = entries.iter().find_map(|entry| match entry {
        AnyEntry::Concerns(Concern::Reported(fact)) => Some(fact.case),
        _ => None,
    });
    let Some(concern) = concern else {
        return no("what", "It could not be reported. Report it as a concern");
    };
    entries.push(AnyEntry::Monitor(Entry::Became(Became {
        case: number,
        concern,
    })));
    Ok(entries)
}

/// The concern that an alert becomes, with what is known filled in.
fn report(alert: &Alert, what: &str, case: &Case<'_>) -> Report {
    let setting = case.setting;
    let wanted: Wanted = case.sealer.open(&alert.asked).unwrap_or_default();
    let asked = if wanted.words {
        format!("Somebody searched for “{}”", wanted.what)
    } else {
        format!("Somebody asked for {}", wanted.what)
    };
    let answer = if wanted.open {
        "It was open."
    } else {
        "It was closed."
    };
    let often = match alert.count {
        0 | 1 => String::new(),
        more => format!(
            " It was asked for {more} times, the last time on {}.",
            alert.last.in_words()
        ),
    };
    let title = kinds::in_words(&alert.theme);
    let mut all = format!("An alert of the filter: {title}. {asked}. {answer}{often}");
    if !what.is_empty() {
        all.push_str("\n\n");
        all.push_str(what);
    }
    let room = alert.room.and_then(|room| setting.people.room_name(room));
    let device = alert.device.map(|device| setting.devices.name(device));
    let time = alert.first.in_words();
    Report {
        what: all,
        kind: kinds::find(&alert.theme).map_or(Kind::Unsure, |theme| theme.concern),
        adult: alert.person,
        day: Some(alert.first.date()),
        sure: "exact".to_owned(),
        time: time.rsplit(", ").next().unwrap_or_default().to_owned(),
        place: room.unwrap_or_default().to_owned(),
        device: device
            .unwrap_or("A device that is not on the register")
            .to_owned(),
        address: if wanted.words {
            String::new()
        } else {
            wanted.what
        },
        ..Report::default()
    }
}

pub(super) fn dismiss(number: u32, why: &str, case: &Case<'_>) -> Answer {
    let alert = waiting(number, case)?;
    let why = said("why", why, WORDS_MAX)?;
    let picked = alert.severity == Severity::High || by_chance(case, AGAIN_ONE_OF);
    one(Entry::Dismissed(Dismissed {
        case: number,
        why: seal(number, &why, case)?,
        picked,
    }))
}

pub(super) fn second_look(number: u32, right: bool, why: &str, case: &Case<'_>) -> Answer {
    let alert = case.setting.monitor.alert(number);
    let Some(alert) = alert.filter(|alert| alert.waits_again()) else {
        return no("case", "It does not wait for a second look");
    };
    let by = alert.dismissed.as_ref().and_then(|dismissed| dismissed.by);
    if by.is_some() && by == case.person() {
        return no("case", "Somebody else than who dismissed it looks again");
    }
    let why = said("why", why, WORDS_MAX)?;
    one(Entry::SecondLooked(SecondLooked {
        case: number,
        right,
        why: seal(number, &why, case)?,
    }))
}
