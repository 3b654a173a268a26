//! The setting's own calendar: its nation, its terms, and the days on which it is closed.
//! Counts working days and terms. It always answers: what the setting has not said yet is assumed
//! (see `plus_terms`), and is counted afresh once the setting has said it.

use crate::{bank_holidays, moment::Date};
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// A nation of the United Kingdom: each has its own bank holidays.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Nation {
    /// England.
    #[default]
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Nation {
    /// All four.
    pub const ALL: [Nation; 4] = [
        Nation::England,
        Nation::Wales,
        Nation::Scotland,
        Nation::NorthernIreland,
    ];

    /// As people write it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Nation::England => "England",
            Nation::Wales => "Wales",
            Nation::Scotland => "Scotland",
            Nation::NorthernIreland => "Northern Ireland",
        }
    }
}

/// A term of the setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What the setting calls it: "Autumn 2026".
    pub name: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// Days on which the setting is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The first closed day.
    pub first: Date,
    /// The last closed day.
    pub last: Date,
    /// Why.
    pub why: String,
}

/// The calendar of a setting. One without terms and closures answers too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Calendar {
    /// Whose bank holidays count.
    pub nation: Nation,
    /// The terms that are known, in any order.
    pub terms: Vec<Term>,
    /// When the setting is closed, in any order.
    pub closures: Vec<Closure>,
}

impl Calendar {
    /// Whether it is a working day: Monday to Friday and no bank holiday of the nation. Closures of
    /// the setting don't count here, because the clocks of the law run on while it is closed.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            && self.bank_holiday(day).is_none()
    }

    /// The name of the bank holiday, when it is one on a Monday to Friday.
    #[must_use]
    pub fn bank_holiday(&self, day: Date) -> Option<&'static str> {
        bank_holidays::name(self.nation, day)
    }

    /// Whether the setting is open: a working day without a closure. A setting that opens in term
    /// time only enters its holidays as closures.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let closed = |closure: &Closure| closure.first <= day && day <= closure.last;
        self.is_working_day(day) && !self.closures.iter().any(closed)
    }

    /// The `count`th working day after `from`; with nought, `from` itself.
    #[must_use]
    pub fn plus_working_days(&self, from: Date, count: u16) -> Date {
        let mut day = from;
        for _ in 0..count {
            day = self.next_working_day(day);
        }
        day
    }

    /// The first working day after `day`.
    #[must_use]
    pub fn next_working_day(&self, day: Date) -> Date {
        let mut next = day;
        while let Ok(tomorrow) = next.tomorrow() {
            next = tomorrow;
            if self.is_working_day(next) {
                return next;
            }
        }
        Date::MAX
    }

    /// How many working days lie after `from` up to and with `to`: what `plus_working_days` has to
    /// add to come from one to the other. Nought when `to` is not later; 65,535 when it is more.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> u16 {
        let mut count: u16 = 0;
        let mut day = self.next_working_day(from);
        while day <= to && count < u16::MAX && self.is_working_day(day) {
            count += 1;
            day = match self.next_working_day(day) {
                next if next > day => next,
                _ => break,
            };
        }
        count
    }

    /// The term that a day lies in.
    #[must_use]
    pub fn term_of(&self, day: Date) -> Option<&Term> {
        self.terms
            .iter()
            .find(|term| term.first <= day && day <= term.last)
    }

    /// The last day of the term that lies `count` terms after the one of `from`; a day between two
    /// terms belongs to the one that follows. With nought, the last day of that term itself.
    ///
    /// Where the setting has not entered its terms, three usual ones a year are assumed: in England
    /// and Wales 1 September to 20 December, 4 January to 31 March, 15 April to 22 July; in Scotland
    /// from 16 August and until 28 June; in Northern Ireland until 30 June. An assumed term is left
    /// out where one of the setting's own covers more than two weeks of it, so that a setting with
    /// two or six terms a year is counted in its own.
    #[must_use]
    pub fn plus_terms(&self, from: Date, count: u16) -> Date {
        let mut own: Vec<&Term> = self
            .terms
            .iter()
            .filter(|term| term.first <= term.last)
            .collect();
        own.sort_by_key(|term| term.last);
        own.dedup_by_key(|term| term.last);
        let own_ends = own.last().map_or(Date::MIN, |term| term.last);
        let mut assumed = Usual::from(self.nation, from)
            .filter(|usual| usual.first > own_ends || !own.iter().any(|own| usual.is_covered(own)))
            .map(|usual| usual.last)
            .peekable();
        let mut entered = own
            .iter()
            .map(|term| term.last)
            .filter(|last| *last >= from)
            .peekable();
        let mut end = from;
        for _ in 0..=count {
            let next = match (entered.peek(), assumed.peek()) {
                (Some(own), Some(usual)) if own > usual => assumed.next(),
                (Some(_), _) => entered.next(),
                (None, _) => assumed.next(),
            };
            let Some(next) = next else { return Date::MAX };
            end = next;
        }
        end
    }
}

/// Usual terms of a nation, one after the other.
struct Usual {
    nation: Nation,
    year: i16,
    term: u8,
}

/// One usual term.
struct UsualTerm {
    first: Date,
    last: Date,
}

impl Usual {
    /// Those that end on `day` or later.
    fn from(nation: Nation, day: Date) -> impl Iterator<Item = UsualTerm> {
        let all = Usual {
            nation,
            year: day.year(),
            term: 0,
        };
        all.skip_while(move |usual| usual.last < day)
    }
}

impl Iterator for Usual {
    type Item = UsualTerm;

    fn next(&mut self) -> Option<UsualTerm> {
        let ((first_month, first_day), (last_month, last_day)) = match (self.term, self.nation) {
            (0, _) => ((1, 4), (3, 31)),
            (1, Nation::England | Nation::Wales) => ((4, 15), (7, 22)),
            (1, Nation::Scotland) => ((4, 15), (6, 28)),
            (1, Nation::NorthernIreland) => ((4, 15), (6, 30)),
            (_, Nation::Scotland) => ((8, 16), (12, 20)),
            (_, _) => ((9, 1), (12, 20)),
        };
        let first = Date::new(self.year, first_month, first_day).ok()?;
        let last = Date::new(self.year, last_month, last_day).ok()?;
        self.term = (self.term + 1) % 3;
        if self.term == 0 {
            self.year = self.year.checked_add(1)?;
        }
        Some(UsualTerm { first, last })
    }
}

impl UsualTerm {
    /// Whether a term of the setting covers more than two weeks of it.
    fn is_covered(&self, own: &Term) -> bool {
        let (first, last) = (self.first.max(own.first), self.last.min(own.last));
        first
            .checked_add(jiff::Span::new().weeks(2))
            .is_ok_and(|two_weeks| two_weeks <= last)
    }
}

#[cfg(test)]
mod tests;
