//! Making and presenting reports, and meetings.

use super::{Answer, NewMeeting, NewReport, capacity, done, no, seal, seal_if_any};
use crate::{
    people::group::Group,
    roles::{
        entries::{Entry, Listener, MeetingRecorded, ReportMade, ReportPresented},
        report::facts,
        role::Role,
    },
    spine::{
        act::{Case, Person},
        entry::Entry as AnyEntry,
    },
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

pub(super) fn make(new: &NewReport, case: &Case<'_>) -> Answer {
    let Some(adopted) = case.in_force.adopted else {
        return Err(vec![Mistake::new(
            "There is no policy yet, so there is nothing to report on. Adopt one first",
        )]);
    };
    let reports = case.setting.roles.reports();
    let to = new.to.unwrap_or(case.today);
    let after_last = reports
        .last()
        .and_then(|last| last.to.checked_add(1.day()).ok());
    let from = new.from.or(after_last).unwrap_or(adopted.1.date());
    if to > case.today {
        return no(
            "to",
            "The last day is in the future. Choose today or an earlier day",
        );
    }
    if reports.last().is_some_and(|last| to <= last.to) {
        return no(
            "to",
            "There is a report up to this day already. Choose a later day",
        );
    }
    if from > to {
        return no(
            "from",
            "The first day is after the last. Choose an earlier day",
        );
    }
    if from.checked_add(3.years()).is_ok_and(|end| end < to) {
        return no(
            "from",
            "A report is about three years at most. Check the year",
        );
    }
    check_no_child(case, "says", new.says.as_deref())?;
    check_no_child(case, "asks", new.asks.as_deref())?;
    let number = next(reports.len());
    let of = format!("report:{number}");
    done(Entry::ReportMade(Box::new(ReportMade {
        number,
        from,
        to,
        facts: facts::gather(case.setting, case.in_force, case.today, from, to),
        says: seal_if_any(case, &of, "says", new.says.as_deref())?,
        asks: seal_if_any(case, &of, "asks", new.asks.as_deref())?,
    })))
}

pub(super) fn present(
    report: u32,
    on: Option<Date>,
    to: Listener,
    decided: &str,
    case: &Case<'_>,
) -> Answer {
    let Some(made) = case.setting.roles.report(report) else {
        return no("report", "There is no report of this number");
    };
    let on = on.unwrap_or(case.today);
    if on > case.today {
        return no(
            "on",
            "The day is in the future. Record it once the report has been presented",
        );
    }
    if on < made.at.date() {
        return no(
            "on",
            format!(
                "The report was made on {}. Choose that day or a later one",
                date_in_words(made.at.date())
            ),
        );
    }
    if made.presented.iter().any(|presented| presented.to == to) {
        return no(
            "to",
            "It is recorded already that this report was presented to them",
        );
    }
    if decided.trim().is_empty() {
        return no("decided", "Write what was decided, or that nothing was");
    }
    check_no_child(case, "decided", Some(decided))?;
    done(Entry::ReportPresented(ReportPresented {
        report,
        on,
        to,
        decided: seal(case, &format!("report:{report}"), "decided", decided)?,
    }))
}

pub(super) fn meet(new: &NewMeeting, case: &Case<'_>) -> Answer {
    let on = new.on.unwrap_or(case.today);
    if on > case.today {
        return no(
            "on",
            "The day is in the future. Record the meeting once it has been",
        );
    }
    if on.checked_add(1.year()).is_ok_and(|end| end < case.today) {
        return no("on", "The meeting is more than a year ago. Check the year");
    }
    check_both(new, on, case)?;
    if new.talked.trim().is_empty() {
        return no("talked", "Write in a sentence or two what you talked about");
    }
    check_no_child(case, "talked", Some(&new.talked))?;
    check_no_child(case, "agreed", new.agreed.as_deref())?;
    let number = next(case.setting.roles.meetings().len());
    let of = format!("meeting:{number}");
    let mut entries = done(Entry::MeetingRecorded(MeetingRecorded {
        number,
        on,
        lead: new.lead,
        with: new.with,
        talked: seal(case, &of, "talked", &new.talked)?,
        agreed: seal_if_any(case, &of, "agreed", new.agreed.as_deref())?,
    }))?;
    entries.extend(asked_about_capacity(new, number, case)?);
    Ok(entries)
}

/// Words that go to the committee name no child who is or was here.
fn check_no_child(
    case: &Case<'_>,
    field: &'static str,
    words: Option<&str>,
) -> Result<(), Vec<Mistake>> {
    let Some(words) = words.map(in_plain_words) else {
        return Ok(());
    };
    let people = &case.setting.people;
    let children = people
        .all()
        .filter(|person| people.groups(*person).contains(&Group::Child));
    for child in children {
        let name = people.name(child).and_then(|name| case.sealer.open(name));
        let name = in_plain_words(&name.unwrap_or_default());
        // A first name alone may be a usual word: “will”, “may”, “rose”.
        if !name.trim().contains(' ') || !words.contains(&name) {
            continue;
        }
        return no(
            field,
            "This names a child. The committee does not need to know who it is: write “a child” instead",
        );
    }
    Ok(())
}

/// Small letters, each word between spaces, so that whole names are found and nothing else.
fn in_plain_words(words: &str) -> String {
    let small = words.to_lowercase();
    let words: Vec<&str> = small
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!(" {} ", words.join(" "))
}

/// One of the two leads and the other oversees.
fn check_both(new: &NewMeeting, on: Date, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let roles = &case.setting.roles;
    let held = |person: Person, any: &[Role]| {
        any.iter()
            .any(|role| roles.holds(person, role, on) || roles.holds(person, role, case.today))
    };
    if !held(new.lead, &Role::LEADING) {
        return no(
            "lead",
            "Choose somebody who leads on safeguarding or online safety, or manages",
        );
    }
    let on_committee = case
        .setting
        .people
        .is_of(new.with, Group::Committee, case.today);
    if !on_committee && !held(new.with, &[Role::Chair, Role::NamedMember]) {
        return no("with", "Choose a member of the committee");
    }
    if new.lead == new.with {
        return no("with", "A meeting takes two. Choose somebody else");
    }
    Ok(())
}

/// Where the policy asks for it, each meeting asks whether hours and means suffice.
fn asked_about_capacity(new: &NewMeeting, meeting: u32, case: &Case<'_>) -> Answer {
    match new.suffices {
        Some(suffices) => capacity::answer(suffices, new.missing.as_deref(), Some(meeting), case),
        None if case.in_force.find("roles.capacity").is_some() => no(
            "suffices",
            "Choose yes or no: do the hours and means that are set aside suffice",
        ),
        None => Ok(Vec::<AnyEntry>::new()),
    }
}

fn next(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1)
}
