//! The days of the story, all counted from today: when it begins, its terms and holidays, and when
//! children start and leave.

use families::place::entries::{Closed, TermSet};
use jiff::{
    ToSpan,
    civil::{Weekday, date},
};
use kernel::{
    calendar::{Calendar, Closure, Nation, Term},
    moment::{Date, Moment},
};

/// How long ago the story begins, in days.
const STORY_DAYS: i64 = 550;

/// The days of the story.
#[derive(Clone)]
pub(super) struct Days {
    pub(super) today: Date,
    /// The Monday on which it begins.
    pub(super) start: Date,
}

/// One school year.
pub(super) struct Year {
    /// Autumn, spring and summer.
    pub(super) terms: Vec<TermSet>,
    pub(super) closures: Vec<Closed>,
}

impl Days {
    pub(super) fn until(now: Moment) -> Days {
        let today = now.date();
        let start = on_or_before(minus(today, STORY_DAYS), Weekday::Monday);
        Days { today, start }
    }

    /// So many days after the beginning, at this time of day.
    pub(super) fn after(&self, days: i64, hour: i8, minute: i8) -> Moment {
        Moment::on(weekday(plus(self.start, days)), hour, minute)
    }

    /// So many days ago, or the Friday before when that is a weekend.
    pub(super) fn ago(&self, days: i64, hour: i8, minute: i8) -> Moment {
        Moment::on(self.day_ago(days), hour, minute)
    }

    pub(super) fn day_ago(&self, days: i64) -> Date {
        weekday(minus(self.today, days))
    }

    /// The school years that the story touches, by the calendar year in which they begin, and one more.
    pub(super) fn years(&self) -> impl Iterator<Item = i16> + use<> {
        school_year(self.start)..=school_year(self.today).saturating_add(1)
    }

    /// The first days of children, newest first: in September and in January.
    pub(super) fn starts(&self) -> Vec<Date> {
        let mut starts: Vec<Date> = (school_year(self.start) - 2..=school_year(self.today))
            .flat_map(year_starts)
            .filter(|day| *day < minus(self.today, 8))
            .collect();
        starts.sort_by_key(|day| std::cmp::Reverse(*day));
        starts
    }

    /// The last days of children in July, newest first.
    pub(super) fn leavings(&self) -> Vec<Date> {
        let years = self.start.year()..=self.today.year();
        let mut last: Vec<Date> = years
            .map(last_of_summer)
            .filter(|day| plus(self.start, 14) < *day && *day < self.today)
            .collect();
        last.reverse();
        last
    }

    /// The last 1 September.
    pub(super) fn september(&self) -> Date {
        date(school_year(self.today), 9, 1)
    }

    /// Every day on which the setting was open, up to yesterday.
    pub(super) fn open_days(&self) -> Vec<Date> {
        let calendar = self.calendar();
        let mut open = Vec::new();
        let mut day = self.start;
        while day < self.today {
            if calendar.is_open(day) {
                open.push(day);
            }
            day = plus(day, 1);
        }
        open
    }

    /// The terms that have a middle or an end behind us and after the beginning.
    pub(super) fn terms(&self) -> Vec<TermSet> {
        let all = self.years().flat_map(|start| year(start).terms);
        all.filter(|term| term.last > plus(self.start, 30) && term.first < self.today)
            .collect()
    }

    fn calendar(&self) -> Calendar {
        let years: Vec<Year> = self.years().map(year).collect();
        let term = |term: &TermSet| Term {
            name: term.name.clone(),
            first: term.first,
            last: term.last,
        };
        let closure = |closed: &Closed| Closure {
            first: closed.first,
            last: closed.last,
            why: closed.why.clone(),
        };
        Calendar {
            nation: Nation::England,
            terms: years.iter().flat_map(|y| &y.terms).map(term).collect(),
            closures: years
                .iter()
                .flat_map(|y| &y.closures)
                .map(closure)
                .collect(),
        }
    }
}

/// The terms and holidays of the school year that begins in this year.
pub(super) fn year(start: i16) -> Year {
    let next = start.saturating_add(1);
    let term = |name: &str, year: i16, first, last| TermSet {
        name: format!("{name} term {year}"),
        first,
        last,
    };
    let autumn = term(
        "Autumn",
        start,
        on_or_after(date(start, 9, 2), Weekday::Tuesday),
        on_or_before(date(start, 12, 20), Weekday::Friday),
    );
    let spring = term(
        "Spring",
        next,
        on_or_after(date(next, 1, 4), Weekday::Tuesday),
        on_or_before(date(next, 3, 31), Weekday::Friday),
    );
    let summer = term(
        "Summer",
        next,
        on_or_after(date(next, 4, 15), Weekday::Monday),
        last_of_summer(next),
    );
    let following = on_or_after(date(next, 9, 2), Weekday::Tuesday);
    let closed = |first, last, why: &str| Closed {
        first,
        last,
        why: why.to_owned(),
    };
    let half = |day| {
        let monday = on_or_before(day, Weekday::Monday);
        closed(monday, plus(monday, 4), "Half-term")
    };
    let closures = vec![
        half(date(start, 10, 28)),
        closed(
            plus(autumn.last, 1),
            minus(spring.first, 1),
            "Christmas holiday",
        ),
        half(date(next, 2, 18)),
        closed(
            plus(spring.last, 1),
            minus(summer.first, 1),
            "Easter holiday",
        ),
        half(date(next, 5, 30)),
        closed(plus(summer.last, 1), minus(following, 1), "Summer holiday"),
    ];
    Year {
        terms: vec![autumn, spring, summer],
        closures,
    }
}

/// The year in which the school year of this day began.
pub(super) fn school_year(day: Date) -> i16 {
    if day.month() >= 9 {
        day.year()
    } else {
        day.year().saturating_sub(1)
    }
}

fn year_starts(start: i16) -> Vec<Date> {
    let terms = year(start).terms;
    terms.iter().take(2).map(|term| term.first).collect()
}

fn last_of_summer(year: i16) -> Date {
    on_or_before(date(year, 7, 23), Weekday::Friday)
}

fn on_or_before(day: Date, wanted: Weekday) -> Date {
    let back = wanted.until(day.weekday());
    minus(day, i64::from(back))
}

fn on_or_after(day: Date, wanted: Weekday) -> Date {
    plus(day, i64::from(day.weekday().until(wanted)))
}

/// The day, or the Friday before it at a weekend.
fn weekday(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => on_or_before(day, Weekday::Friday),
        Weekday::Monday
        | Weekday::Tuesday
        | Weekday::Wednesday
        | Weekday::Thursday
        | Weekday::Friday => day,
    }
}

pub(super) fn plus(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}

pub(super) fn minus(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(Date::MIN)
}
