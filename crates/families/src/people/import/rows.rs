//! Rows of a table as children and adults. What can't be read is said with the number of the row
//! and left out; the rest of the row goes on.

use super::{
    Handed, Read,
    meaning::{ADULTS_MAX, CHILDREN_MAX, Mapping, What, Whose},
    table::Row,
    values::{self, Day, DayOrder},
};
use crate::people::{entries::Relation, group::Group};
use jiff::ToSpan;
use kernel::moment::{Date, date_in_words};

/// A child of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// The name.
    pub name: String,
    /// The date of birth.
    pub born: Option<Date>,
    /// The rooms, by name.
    pub rooms: Vec<String>,
    /// The first day.
    pub since: Option<Date>,
}

/// An adult of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adult {
    /// The name.
    pub name: String,
    /// The groups; none where the table does not say.
    pub groups: Vec<Group>,
    /// The rooms, by name.
    pub rooms: Vec<String>,
    /// The first day.
    pub since: Option<Date>,
    /// The email address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// What they are to the children of the row.
    pub relation: Option<Relation>,
    /// Whether they have parental responsibility.
    pub responsibility: Option<bool>,
}

/// The people of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// Where the row stands, counted from 1.
    pub row: usize,
    /// Its children.
    pub children: Vec<Child>,
    /// Its adults: each cares for each of the children.
    pub adults: Vec<Adult>,
}

/// What can't be taken in, or not without a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row.
    pub row: usize,
    /// What is wrong, in words.
    pub says: String,
}

/// All rows of a table as families, with what could not be read.
pub(super) struct Rows<'a> {
    read: &'a Read,
    handed: &'a Handed,
    order: DayOrder,
    today: Date,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
}

/// Which order the days of a table have: sure when one of them can be read in one way only.
/// `None`: they can be read in both.
#[must_use]
pub fn order(read: &Read, this_year: i16) -> Option<DayOrder> {
    let mut any = false;
    for (place, column) in read.mapping.columns.iter().enumerate() {
        let is_day = column
            .is_some_and(|column| matches!(column.what, What::Born | What::Since | What::Left));
        if !is_day {
            continue;
        }
        for row in &read.table.rows {
            let cell = row.cells.get(place).map(String::as_str).unwrap_or_default();
            let Some(Day::Slashed(first, second, _)) = values::day(cell, this_year) else {
                continue;
            };
            if first > 12 {
                return Some(DayOrder::DayFirst);
            }
            if second > 12 {
                return Some(DayOrder::MonthFirst);
            }
            any |= first != second;
        }
    }
    (!any).then_some(DayOrder::DayFirst)
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        read: &'a Read,
        handed: &'a Handed,
        order: DayOrder,
        today: Date,
    ) -> Rows<'a> {
        Rows {
            read,
            handed,
            order,
            today,
            problems: Vec::new(),
        }
    }

    /// The people of every row.
    pub(super) fn families(&mut self) -> Vec<Family> {
        let read = self.read;
        read.table
            .rows
            .iter()
            .filter_map(|row| self.family(row))
            .collect()
    }

    fn mapping(&self) -> &'a Mapping {
        &self.read.mapping
    }

    fn cell(&self, row: &'a Row, whose: Whose, what: What) -> &'a str {
        let place = self.mapping().column(whose, what);
        let cell = place.and_then(|place| row.cells.get(place));
        cell.map(String::as_str).unwrap_or_default()
    }

    fn problem(&mut self, row: &Row, says: impl Into<String>) {
        self.problems.push(Problem {
            row: row.number,
            says: says.into(),
        });
    }

    fn family(&mut self, row: &'a Row) -> Option<Family> {
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let mapped = self.mapping().columns.iter().flatten().count();
        if filled == 1 && mapped > 2 {
            self.problem(
                row,
                "Only one cell is filled in, so this row is not about a person. It is left out",
            );
            return None;
        }
        if let Some(last) = self.left(row) {
            self.problem(
                row,
                format!(
                    "The last day here was {}, so this row is left out",
                    date_in_words(last)
                ),
            );
            return None;
        }
        let mut family = Family {
            row: row.number,
            ..Family::default()
        };
        for number in 1..=CHILDREN_MAX {
            let children = self.children(row, number);
            family.children.extend(children);
        }
        for number in 1..=ADULTS_MAX {
            let adults = self.adults(row, number, !family.children.is_empty());
            family.adults.extend(adults);
        }
        if family.children.is_empty() && self.mapping().has_children() && !family.adults.is_empty()
        {
            self.problem(
                row,
                "There is no name of a child in this row, so nobody of it is taken in",
            );
            return None;
        }
        if family.children.is_empty() && family.adults.is_empty() {
            self.problem(row, "There is no name in this row");
            return None;
        }
        Some(family)
    }

    fn left(&mut self, row: &'a Row) -> Option<Date> {
        let whose = if self.mapping().has_children() {
            Whose::Child(1)
        } else {
            Whose::Adult(1)
        };
        let last = self.date(row, whose, What::Left, "last day")?;
        if last < self.today {
            return Some(last);
        }
        self.problem(row, format!("The last day, {}, is still to come. It is not taken over: record it on the record of the person", date_in_words(last)));
        None
    }

    /// The names of a child or an adult, whole or in two cells.
    fn names(&mut self, row: &'a Row, whose: Whose) -> Vec<String> {
        let first = self.cell(row, whose, What::First);
        let last = self.cell(row, whose, What::Last);
        let whole = self.cell(row, whose, What::Name);
        let all = match (first.is_empty(), last.is_empty()) {
            (false, _) => values::names(&format!("{first} {last}").replace(',', " ")),
            (true, true) => values::names(whole),
            (true, false) if whole.is_empty() => {
                self.problem(
                    row,
                    "There is a surname without a first name, so this person is left out",
                );
                return Vec::new();
            }
            (true, false) => values::names(&format!("{} {last}", values::name(whole))),
        };
        let (good, bad): (Vec<String>, Vec<String>) =
            all.into_iter().partition(|name| values::is_name(name));
        if !bad.is_empty() {
            self.problem(
                row,
                "What stands for a name can’t be one, so this person is left out",
            );
        }
        good
    }

    fn children(&mut self, row: &'a Row, number: u8) -> Vec<Child> {
        let whose = Whose::Child(number);
        let names = self.names(row, whose);
        if names.is_empty() {
            return Vec::new();
        }
        let born = self.born(row, whose);
        let since = self.since(row, whose);
        let rooms = rooms(self.cell(row, whose, What::Room));
        let single = names.len() == 1;
        let child = |name| Child {
            name,
            born: born.filter(|_| single),
            rooms: rooms.clone(),
            since,
        };
        names.into_iter().map(child).collect()
    }

    fn adults(&mut self, row: &'a Row, number: u8, with_children: bool) -> Vec<Adult> {
        let whose = Whose::Adult(number);
        let names = self.names(row, whose);
        let email = self.email(row, whose);
        let phone = self.phone(row, whose);
        if names.is_empty() {
            if email.is_some() || phone.is_some() {
                self.problem(row, "There is an email address or a telephone number without a name. It is left out");
            }
            return Vec::new();
        }
        let groups = self.groups(row, whose, with_children);
        let relation = self.cell(row, whose, What::Relation);
        let headed = self
            .mapping()
            .relations
            .get(usize::from(number.saturating_sub(1)));
        let relation = match values::relation(relation) {
            Some(relation) => Some(relation),
            None if relation.is_empty() => headed.copied().flatten(),
            None => Some(Relation::Other),
        };
        let said = values::yes(self.cell(row, whose, What::Responsibility));
        let responsibility = said.or(self.handed.responsibility);
        let since = self.since(row, whose);
        let rooms = rooms(self.cell(row, whose, What::Room));
        let mut all = Vec::new();
        for (place, name) in names.into_iter().enumerate() {
            all.push(Adult {
                name,
                groups: groups.clone(),
                rooms: rooms.clone(),
                since,
                email: email.clone().filter(|_| place == 0),
                phone: phone.clone().filter(|_| place == 0),
                relation,
                responsibility,
            });
        }
        all
    }

    fn groups(&mut self, row: &'a Row, whose: Whose, with_children: bool) -> Vec<Group> {
        if with_children {
            return vec![Group::Parent];
        }
        let cell = self.cell(row, whose, What::Group);
        if cell.is_empty() {
            return self.handed.everybody.into_iter().collect();
        }
        match values::group(cell) {
            Some(group) => vec![group],
            None if self.mapping().is_team => vec![Group::Staff],
            None => self.handed.everybody.into_iter().collect(),
        }
    }

    fn date(&mut self, row: &'a Row, whose: Whose, what: What, words: &str) -> Option<Date> {
        let cell = self.cell(row, whose, what);
        if cell.is_empty() {
            return None;
        }
        let day = values::day(cell, self.today.year()).and_then(|day| day.date(self.order));
        if day.is_none() {
            self.problem(
                row,
                format!("The {words} can’t be read as a day, so it is left out"),
            );
        }
        day
    }

    fn born(&mut self, row: &'a Row, whose: Whose) -> Option<Date> {
        let born = self.date(row, whose, What::Born, "date of birth")?;
        let oldest = self.today.checked_sub(18.years()).unwrap_or(Date::MIN);
        if born > self.today || born < oldest {
            self.problem(
                row,
                format!(
                    "{} can’t be the date of birth of a child here, so it is left out",
                    date_in_words(born)
                ),
            );
            return None;
        }
        Some(born)
    }

    fn since(&mut self, row: &'a Row, whose: Whose) -> Option<Date> {
        let since = self.date(row, whose, What::Since, "first day")?;
        let far = self.today.checked_add(2.years()).unwrap_or(Date::MAX);
        if since > far {
            self.problem(
                row,
                "The first day is more than two years away, so it is left out",
            );
            return None;
        }
        Some(since)
    }

    fn email(&mut self, row: &'a Row, whose: Whose) -> Option<String> {
        let cell = self.cell(row, whose, What::Email);
        if is_nothing(cell) {
            return None;
        }
        let email = values::email(cell);
        if email.is_none() {
            self.problem(row, "An email address can’t be read, so it is left out");
        }
        email
    }

    fn phone(&mut self, row: &'a Row, whose: Whose) -> Option<String> {
        let cell = self.cell(row, whose, What::Phone);
        if is_nothing(cell) {
            return None;
        }
        let phone = values::phone(cell);
        if phone.is_none() {
            self.problem(row, "A telephone number can’t be read, so it is left out");
        }
        phone
    }
}

/// Whether a cell says that there is nothing.
fn is_nothing(cell: &str) -> bool {
    ["", "-", "–", "n/a", "na", "none", "no", "x", "?"].contains(&cell.to_lowercase().as_str())
}

/// The rooms of a cell, by name.
fn rooms(cell: &str) -> Vec<String> {
    let parts = cell.split([',', ';', '/', '\n', '&']).map(str::trim);
    let said = parts.filter(|part| !is_nothing(part) && part.chars().count() <= 60);
    said.map(str::to_owned).collect()
}
