//! How long a case is kept: by its kind, with what that rests on and where it stands. At the end it
//! is looked at; nothing goes by itself, and a hold on somebody whom it is about stops it.

use super::{kinds::Kind, note::Report, register::Case};
use crate::spine::{
    act::{Case as Asked, Person},
    in_force::InForce,
    setting::Setting,
    view::View,
};
use jiff::ToSpan;
use kernel::{
    every::Every,
    moment::{Date, date_in_words},
    sealed::Private,
};

/// Years after a child’s birth (IRMS toolkit for schools).
const AFTER_BIRTH_YEARS: i64 = 25;
/// Years that are in use where a case touches child sexual abuse.
const ABUSE_YEARS: i64 = 75;
/// Years for what is about an adult and no child, at the least.
const ADULT_YEARS: i64 = 10;
/// The age to which people work at the most, by the pension ages that are law.
const RETIRE_YEARS: i64 = 68;

/// How long a case is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The day on which it is looked at; `None`: it can’t be reckoned yet.
    pub until: Option<Date>,
    /// What that rests on.
    pub basis: &'static str,
    /// Where that stands.
    pub source: &'static str,
    /// The day on which a hold on somebody whom it is about is looked at again.
    pub held: Option<Date>,
}

/// How long a case is kept, as far as its reader knows of it.
#[must_use]
pub fn of(view: &View<'_>, case: &Case) -> Kept {
    let known = Known::of(
        case,
        view.open(&case.report).unwrap_or_default(),
        view.setting,
        |born| view.open(born),
    );
    let (until, basis, source) = known.line(view.setting, view.in_force);
    Kept {
        until,
        basis,
        source,
        held: held(&known.report, view.setting),
    }
}

/// Until when a case is kept, for who judges an act; `None`: it can’t be reckoned yet.
#[must_use]
pub fn until(asked: &Asked<'_>, case: &Case) -> Option<Date> {
    let known = Known::of(case, report(asked, case)?, asked.setting, |born| {
        asked.sealer.open(born)
    });
    known.line(asked.setting, asked.in_force).0
}

/// Whether a case has been kept long enough.
#[must_use]
pub fn is_over(asked: &Asked<'_>, case: &Case) -> bool {
    until(asked, case).is_some_and(|until| until <= asked.today)
}

/// Everybody whom a case is about.
#[must_use]
pub fn people(asked: &Asked<'_>, case: &Case) -> Vec<Person> {
    let report = report(asked, case).unwrap_or_default();
    report.children.into_iter().chain(report.adult).collect()
}

fn report(asked: &Asked<'_>, case: &Case) -> Option<Report> {
    asked.sealer.open(&case.report)
}

/// What is known of a case that its time depends on.
#[derive(Default)]
struct Known {
    report: Report,
    /// When the youngest child was born.
    born: Option<Date>,
    /// When the adult was born.
    adult: Option<Date>,
    /// When it was closed.
    ended: Option<Date>,
}

type Line = (Option<Date>, &'static str, &'static str);

impl Known {
    fn of(
        case: &Case,
        report: Report,
        setting: &Setting,
        open: impl Fn(&Private<Date>) -> Option<Date>,
    ) -> Known {
        let born = |person: &Person| open(setting.people.born(*person)?);
        Known {
            born: report.children.iter().filter_map(born).max(),
            adult: report.adult.as_ref().and_then(born),
            ended: case.outcome.as_ref().map(|ended| ended.at.date()),
            report,
        }
    }

    fn line(&self, setting: &Setting, in_force: &InForce) -> Line {
        let running = in_force.find("concerns.case");
        let keep = running.and_then(|running| running.bound.values.get("keep"));
        let keep = keep.and_then(|keep| Every::read(&keep.in_words()));
        let calendar = setting.place.calendar();
        let by_policy = keep
            .zip(self.ended)
            .map(|(keep, ended)| keep.after(ended, calendar));
        self.by_kind(keep.is_some(), by_policy)
    }

    fn by_kind(&self, has_policy: bool, by_policy: Option<Date>) -> Line {
        let after_end = |years| self.ended.and_then(|ended| plus_years(ended, years));
        let after = |born: Option<Date>, years| born.and_then(|born| plus_years(born, years));
        // Whose day of birth is not known was born before the case ended.
        let after_birth = after(self.born, AFTER_BIRTH_YEARS).or(after_end(AFTER_BIRTH_YEARS));
        match self.report.kind {
            Kind::IndecentImage | Kind::Grooming => (
                after_end(ABUSE_YEARS),
                "It touches child sexual abuse: 75 years after its end",
                "The inquiry into child sexual abuse asked for long keeping (recommendation 17); 75 years are in use",
            ),
            // The longer one counts.
            _ if has_policy => (
                by_policy.max(after_birth),
                "The time of our policy, or 25 years after the child’s birth if that is later",
                "Our policy; the IRMS toolkit for schools",
            ),
            Kind::Adult if self.report.children.is_empty() => (
                after_end(ADULT_YEARS).max(after(self.adult, RETIRE_YEARS)),
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
                "25 years after the child’s birth, or after the end of the case where that day is not known",
                "The IRMS toolkit for schools; the law gives no number",
            ),
        }
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
        None => "It is reckoned once the case is closed".to_owned(),
    };
    let mut rows = vec![
        ("Kept until", until),
        ("What that rests on", kept.basis.to_owned()),
        ("Where that stands", kept.source.to_owned()),
    ];
    if let Some(held) = kept.held {
        let words = format!(
            "A hold on somebody whom it is about stops that it goes. It is looked at again on {}",
            date_in_words(held)
        );
        rows.push(("Hold", words));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spine::act::Person;

    fn line(kind: Kind, born: Option<Date>, policy: Option<Date>) -> Option<Date> {
        let known = Known {
            report: Report {
                kind,
                children: born.map(|_| Person(7)).into_iter().collect(),
                ..Report::default()
            },
            born,
            ended: Some(Date::constant(2026, 11, 25)),
            ..Known::default()
        };
        known.by_kind(policy.is_some(), policy).0
    }

    #[test]
    fn each_kind_has_its_time_and_the_longer_one_counts() {
        let born = Some(Date::constant(2024, 2, 29));
        let on = |year, month, day| Some(Date::constant(year, month, day));
        assert_eq!(line(Kind::Harm, born, None), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, None, None), on(2051, 11, 25));
        assert_eq!(line(Kind::Grooming, born, None), on(2101, 11, 25));
        assert_eq!(line(Kind::Adult, None, None), on(2036, 11, 25));
        assert_eq!(line(Kind::Adult, born, None), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, born, on(2030, 1, 1)), on(2049, 2, 28));
        assert_eq!(line(Kind::Harm, born, on(2060, 1, 1)), on(2060, 1, 1));
    }

    #[test]
    fn what_is_about_an_adult_is_kept_until_they_retire() {
        let known = Known {
            report: Report {
                kind: Kind::Adult,
                adult: Some(Person(7)),
                ..Report::default()
            },
            adult: Some(Date::constant(1990, 5, 1)),
            ended: Some(Date::constant(2026, 11, 25)),
            ..Known::default()
        };
        let until = known.by_kind(false, None).0;
        assert_eq!(until, Some(Date::constant(2058, 5, 1)));
    }
}
