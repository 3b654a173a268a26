//! How long a case is kept: by its kind, with what that rests on and where it stands. At the end it
//! is looked at; nothing goes by itself, and a hold on somebody whom it is about stops it.

use super::{kinds::Kind, note::Report, register::Case};
use crate::spine::{act::Person, setting::Setting, view::View};
use jiff::ToSpan;
use kernel::{
    every::Every,
    moment::{Date, date_in_words},
};

/// Years after a child’s birth (IRMS toolkit for schools).
const AFTER_BIRTH_YEARS: i64 = 25;
/// Years that are in use where a case touches child sexual abuse.
const ABUSE_YEARS: i64 = 75;
/// Years for what is about an adult and no child, at the least.
const ADULT_YEARS: i64 = 10;

/// How long a case is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The day on which it is looked at; `None`: it can’t be reckoned yet.
    pub until: Option<Date>,
    /// What that rests on.
    pub basis: &'static str,
    /// Where that stands.
    pub source: &'static str,
    /// The day on which a hold that stops it is looked at again.
    pub held: Option<Date>,
}

/// How long a case is kept, as far as its reader knows of it.
#[must_use]
pub fn of(view: &View<'_>, case: &Case) -> Kept {
    let report: Report = view.open(&case.report).unwrap_or_default();
    let birthdays = report.children.iter().filter_map(|child| {
        let born = view.setting.people.born(*child)?;
        view.open(born)
    });
    // The youngest decides.
    let born: Option<Date> = birthdays.max();
    let running = view.in_force.find("concerns.case");
    let keep = running.and_then(|running| running.bound.values.get("keep"));
    let keep = keep.and_then(|keep| Every::read(&keep.in_words()));
    let ended = case.outcome.as_ref().map(|ended| ended.at.date());
    let calendar = view.setting.place.calendar();
    let by_policy = keep
        .zip(ended)
        .map(|(keep, ended)| keep.after(ended, calendar));
    let (until, basis, source) = by_kind(&report, born, ended, keep.is_some(), by_policy);
    Kept {
        until,
        basis,
        source,
        held: held(&report, view.setting),
    }
}

type Line = (Option<Date>, &'static str, &'static str);

fn by_kind(
    report: &Report,
    born: Option<Date>,
    ended: Option<Date>,
    has_policy: bool,
    by_policy: Option<Date>,
) -> Line {
    let after_birth = born.and_then(|born| plus_years(born, AFTER_BIRTH_YEARS));
    match report.kind {
        Kind::IndecentImage | Kind::Grooming => (
            ended.and_then(|ended| plus_years(ended, ABUSE_YEARS)),
            "It touches child sexual abuse: 75 years after its end",
            "The inquiry into child sexual abuse asked for long keeping (recommendation 17); 75 years are in use",
        ),
        // The longer one counts.
        _ if has_policy => (
            by_policy.max(after_birth),
            "The time of our policy, or 25 years after the child’s birth if that is later",
            "Our policy; the IRMS toolkit for schools",
        ),
        Kind::Adult if born.is_none() => (
            ended.and_then(|ended| plus_years(ended, ADULT_YEARS)),
            "It is about an adult: to the age at which people retire, or 10 years if that is longer",
            "The IRMS toolkit for schools",
        ),
        Kind::Unsure
        | Kind::Harm
        | Kind::Unsuitable
        | Kind::Bullying
        | Kind::Hate
        | Kind::Radicalisation
        | Kind::Money
        | Kind::Adult
        | Kind::Data => (
            after_birth,
            "25 years after the child’s birth",
            "The IRMS toolkit for schools; the law gives no number",
        ),
    }
}

fn plus_years(day: Date, years: i64) -> Option<Date> {
    day.checked_add(years.years()).ok()
}

/// The last day of the holds on those whom it is about.
fn held(report: &Report, setting: &Setting) -> Option<Date> {
    let people = report.children.iter().chain(&report.adult);
    let holds = people.filter_map(|person: &Person| setting.data.hold(*person));
    holds.map(|hold| hold.review).max()
}

/// As rows of a page: label and words.
#[must_use]
pub fn rows(kept: &Kept) -> Vec<(&'static str, String)> {
    let until = match kept.until {
        Some(until) => format!("{}, then it is looked at", date_in_words(until)),
        None => "It is reckoned once the case is closed and the child’s date of birth is known"
            .to_owned(),
    };
    let mut rows = vec![
        ("Kept until", until),
        ("What that rests on", kept.basis.to_owned()),
        ("Where that stands", kept.source.to_owned()),
    ];
    if let Some(held) = kept.held {
        let words = format!(
            "A hold stops that it goes. It is looked at again on {}",
            date_in_words(held)
        );
        rows.push(("Hold", words));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: Kind, born: Option<Date>, policy: Option<Date>) -> Option<Date> {
        let report = Report {
            kind,
            ..Report::default()
        };
        let ended = Some(Date::constant(2026, 11, 25));
        by_kind(&report, born, ended, policy.is_some(), policy).0
    }

    #[test]
    fn each_kind_has_its_time_and_the_longer_one_counts() {
        let born = Some(Date::constant(2024, 2, 29));
        let on = |year, month, day| Some(Date::constant(year, month, day));
        assert_eq!(line(Kind::Harm, born, None), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, None, None), None);
        assert_eq!(line(Kind::Grooming, born, None), on(2101, 11, 25));
        assert_eq!(line(Kind::Adult, None, None), on(2036, 11, 25));
        assert_eq!(line(Kind::Adult, born, None), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, born, on(2030, 1, 1)), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, born, on(2060, 1, 1)), on(2060, 1, 1));
    }
}
