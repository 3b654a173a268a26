//! A new report: who gets to know, under which key, and what the reporter refers to.

use super::{
    super::{
        circle,
        entries::{Entry, Reported},
        note::Report,
        register::subject,
    },
    NewReport,
};
use crate::{
    roles::role::Role,
    spine::act::{Case as Asked, Person, no},
};
use kernel::{ruling::Mistake, sealed::Private, value::Words};

/// The most cases that one setting keeps.
const CASES_MAX: u32 = 1_000_000;

/// Whether this very report is there already: sent again because its answer was lost, or twice by
/// an impatient hand. One with other words is another report, whatever it is called.
pub(super) fn has_arrived(new: &NewReport, asked: &Asked<'_>) -> bool {
    if new.once.is_empty() {
        return false;
    }
    let mut called = asked.setting.concerns.called(&new.once);
    called.any(|case| {
        let known: Option<Report> = asked.sealer.open(&case.report);
        known.is_some_and(|known| {
            // Their names came in when it was taken.
            let plain = Report {
                names: new.report.names.clone(),
                ..known
            };
            plain == new.report
        })
    })
}

pub(super) fn report(new: &NewReport, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let concerns = &asked.setting.concerns;
    let case = concerns.next_case();
    if case > CASES_MAX {
        return no(
            "what",
            "No more cases can be kept. Tell the safeguarding lead in person",
        );
    }
    if let Some(day) = new.report.day
        && day > asked.today
    {
        return no("day", "Choose a day that is not in the future");
    }
    let told = named(asked, "tell");
    let circle = circle::choose(
        &told,
        new.report.adult,
        new.about_role.as_ref(),
        asked.setting,
        asked.today,
        &named(asked, "about_lead"),
    );
    let people = new.report.children.iter().chain(&new.report.adult);
    let name = |person: &Person| {
        let sealed = asked.setting.people.name(*person)?;
        asked.sealer.open(sealed).map(|name| (person.0, name))
    };
    let report = Report {
        names: people.filter_map(name).collect(),
        ..new.report.clone()
    };
    let report = asked
        .sealer
        .seal(&subject(case), &report)
        .map_err(|erased| vec![Mistake::from(erased)])?;
    Ok(Entry::Reported(Reported {
        case,
        reference: reference(&report),
        report,
        roles: circle.roles,
        excluded: circle.excluded,
        once: new.once.clone(),
    }))
}

/// The roles that the policy in force names.
fn named(asked: &Asked<'_>, param: &str) -> Vec<Role> {
    let Some(running) = asked.in_force.find("concerns.report") else {
        return Vec::new();
    };
    let named = running
        .bound
        .values
        .get(param)
        .map(|value| Words(value.words()));
    let mut roles: Vec<Role> = named
        .unwrap_or_default()
        .iter()
        .flat_map(Role::recognise)
        .filter(|role| !matches!(role, Role::Other(_)))
        .collect();
    // The deputies stand in for the lead, and both are told at the same time.
    if roles.contains(&Role::Lead) && !roles.contains(&Role::DeputyLead) {
        roles.push(Role::DeputyLead);
    }
    roles.dedup();
    roles
}

/// What the reporter refers to. The seal begins with chance, so it tells nothing about how many
/// cases there are.
pub(in crate::concerns) fn reference(report: &Private<Report>) -> String {
    let letters = report.sealed.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|c| c.to_ascii_uppercase())
        .filter(|c| !"O0I1L".contains(*c))
        .take(6)
        .collect()
}
