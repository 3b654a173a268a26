//! What would be done with a table: who is new, who is here already, what changes, who cares for
//! whom. A person is only taken for somebody who is here when nothing speaks against it, because a
//! parent who is taken for another would see a child who is not theirs.

use super::{
    Handed, Read,
    rows::{self, Adult, Child, Problem, Rows},
    values::{self, DayOrder},
};
use crate::{
    people::{entries::Relation, group::Group},
    spine::{
        act::{Person, Room},
        setting::Setting,
    },
};
use kernel::{moment::Date, sealed::Private};
use std::collections::{BTreeMap, BTreeSet};

/// The most rooms that one table opens.
const ROOMS_NEW_MAX: usize = 20;
/// How often a table is gone through at most.
const PASSES_MAX: usize = 8;

/// What is to be answered before a table can be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether the day or the month stands first.
    Days,
    /// Whether parents have parental responsibility.
    Responsibility,
    /// Who the adults are.
    Everybody,
}

/// Somebody of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// The person, when they are here already.
    pub person: Option<Person>,
    /// The name.
    pub name: String,
    /// The groups, all of them.
    pub groups: BTreeSet<Group>,
    /// The rooms, by name.
    pub rooms: Vec<String>,
    /// The first day.
    pub since: Option<Date>,
    /// The date of birth of a child.
    pub born: Option<Date>,
    /// The email address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// What becomes different, for somebody who is here already.
    pub changes: BTreeSet<&'static str>,
    /// The first row about them.
    pub row: usize,
    /// What the table has said about them so far.
    said: BTreeSet<&'static str>,
    has_left: bool,
    is_erased: bool,
}

/// Somebody cares for a child: their places among the people of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedTie {
    /// The place of the parent or carer.
    pub parent: usize,
    /// The place of the child.
    pub child: usize,
    /// What they are to the child.
    pub relation: Relation,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
}

/// What would be done with a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Everybody: those who are here, and those who are new.
    pub people: Vec<Planned>,
    /// The places of those whom the table names, in its order.
    pub named: Vec<usize>,
    /// New ties.
    pub ties: Vec<PlannedTie>,
    /// Rooms that are not here yet.
    pub rooms: Vec<String>,
    /// What can't be taken in.
    pub problems: Vec<Problem>,
    /// What is to be answered first.
    pub questions: Vec<Question>,
    /// The order that the days were read in.
    pub days: Option<DayOrder>,
}

/// Opens sealed words and days.
pub struct Opens<'a> {
    /// Words.
    pub words: &'a dyn Fn(&Private<String>) -> Option<String>,
    /// Days.
    pub day: &'a dyn Fn(&Private<Date>) -> Option<Date>,
}

/// What would be done with a table.
#[must_use]
pub fn plan(
    read: &Read,
    handed: &Handed,
    setting: &Setting,
    opens: &Opens<'_>,
    today: Date,
) -> Plan {
    let sure = handed.days.or_else(|| rows::order(read, today.year()));
    let order = sure.unwrap_or(DayOrder::DayFirst);
    let mut rows = Rows::new(read, handed, order, today);
    let families = rows.families();
    let mut planning = Planning::new(setting, opens, today);
    planning.plan.days = sure;
    // What a later row says counts for an earlier one, too; so the table is gone through until it
    // says nothing new. Taking it in a second time then changes nothing.
    for _ in 0..PASSES_MAX {
        let before = planning.outcome();
        planning.begin(&rows.problems);
        for family in &families {
            planning.take_in(family);
        }
        if planning.outcome() == before {
            break;
        }
    }
    let mut plan = planning.plan;
    let unsaid = |adult: &Adult| adult.responsibility.is_none();
    let with_children = families.iter().filter(|family| !family.children.is_empty());
    let parents_unsaid = with_children.flat_map(|family| &family.adults).any(unsaid);
    if sure.is_none() {
        plan.questions.push(Question::Days);
    }
    if parents_unsaid && !plan.ties.is_empty() {
        plan.questions.push(Question::Responsibility);
    }
    let nobody = |place: &usize| {
        plan.people
            .get(*place)
            .is_some_and(|one| one.groups.is_empty())
    };
    if plan.named.iter().any(nobody) {
        plan.questions.push(Question::Everybody);
    }
    plan.problems.sort_by_key(|problem| problem.row);
    plan
}

impl Plan {
    /// Those who are new.
    pub fn new_people(&self) -> impl Iterator<Item = &Planned> {
        self.named().filter(|one| one.person.is_none())
    }

    /// Those who are here already and about whom something changes.
    pub fn changed(&self) -> impl Iterator<Item = &Planned> {
        self.named()
            .filter(|one| one.person.is_some() && !one.changes.is_empty())
    }

    /// How many are here already and stay as they are.
    #[must_use]
    pub fn same(&self) -> usize {
        self.named()
            .filter(|one| one.person.is_some() && one.changes.is_empty())
            .count()
    }

    fn named(&self) -> impl Iterator<Item = &Planned> {
        self.named
            .iter()
            .filter_map(|place| self.people.get(*place))
    }

    /// Whether nothing would be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ties.is_empty()
            && self.new_people().next().is_none()
            && self.changed().next().is_none()
    }
}

struct Planning<'a> {
    plan: Plan,
    by_name: BTreeMap<String, Vec<usize>>,
    ties: BTreeSet<(usize, usize)>,
    rooms: BTreeMap<String, String>,
    row: usize,
    setting: &'a Setting,
}

impl<'a> Planning<'a> {
    fn new(setting: &'a Setting, opens: &Opens<'_>, today: Date) -> Planning<'a> {
        let people = &setting.people;
        let rooms = people.rooms();
        let rooms = rooms
            .map(|(_, name)| (values::room(name), name.to_owned()))
            .collect();
        let mut planning = Planning {
            plan: Plan::default(),
            by_name: BTreeMap::new(),
            ties: BTreeSet::new(),
            rooms,
            row: 0,
            setting,
        };
        let mut places = BTreeMap::new();
        for person in people.all() {
            let words = |sealed: Option<&Private<String>>| {
                sealed
                    .and_then(|sealed| (opens.words)(sealed))
                    .filter(|words| !words.is_empty())
            };
            let name = |room: &Room| people.room_name(*room).map(str::to_owned);
            places.insert(person, planning.plan.people.len());
            planning.add(Planned {
                person: Some(person),
                name: words(people.name(person)).unwrap_or_default(),
                groups: people.groups(person),
                rooms: people.rooms_of(person).iter().filter_map(name).collect(),
                since: people.since(person),
                born: people.born(person).and_then(|born| (opens.day)(born)),
                email: words(people.email(person)),
                phone: words(people.phone(person)),
                has_left: people.has_left(person, today),
                is_erased: setting.data.is_erased(person),
                ..Planned::default()
            });
        }
        for (person, place) in &places {
            let children = people.children_of(*person);
            let children = children.filter_map(|child| places.get(&child));
            planning.ties.extend(children.map(|child| (*place, *child)));
        }
        planning
    }

    /// Everything that the table has come to so far.
    fn outcome(&self) -> (Vec<Planned>, Vec<PlannedTie>, Vec<String>) {
        (
            self.plan.people.clone(),
            self.plan.ties.clone(),
            self.plan.rooms.clone(),
        )
    }

    /// Begins to go through the table, or goes through it once more.
    fn begin(&mut self, problems: &[Problem]) {
        self.plan.problems = problems.to_vec();
        self.plan.people.iter_mut().for_each(|one| one.said.clear());
    }

    fn add(&mut self, one: Planned) -> usize {
        let place = self.plan.people.len();
        if !one.is_erased && !one.name.is_empty() {
            self.by_name
                .entry(values::same(&one.name))
                .or_default()
                .push(place);
        }
        self.plan.people.push(one);
        place
    }

    fn one(&self, place: usize) -> Option<&Planned> {
        self.plan.people.get(place)
    }

    fn problem(&mut self, says: impl Into<String>) {
        self.plan.problems.push(Problem {
            row: self.row,
            says: says.into(),
        });
    }

    fn take_in(&mut self, family: &rows::Family) {
        self.row = family.row;
        let mut children = Vec::new();
        for child in &family.children {
            match self.child(child) {
                Ok(place) => children.push(place),
                Err(says) => {
                    self.problem(says);
                    // Without the child, nobody of the row can be told apart for sure.
                    return;
                }
            }
        }
        for adult in &family.adults {
            match self.adult(adult, &children) {
                Ok(place) => self.tie(place, &children, adult),
                Err(says) => self.problem(says),
            }
        }
    }

    fn named(&mut self, place: usize) {
        if !self.plan.named.contains(&place) {
            self.plan.named.push(place);
        }
        let row = self.row;
        if let Some(one) = self.plan.people.get_mut(place)
            && one.row == 0
        {
            one.row = row;
        }
    }

    fn candidates(&self, name: &str, children: bool) -> Vec<usize> {
        let all = self
            .by_name
            .get(&values::same(name))
            .cloned()
            .unwrap_or_default();
        let fits = |place: &usize| {
            self.one(*place)
                .is_some_and(|one| one.groups.contains(&Group::Child) == children)
        };
        all.into_iter().filter(fits).collect()
    }

    /// The place of a child, new or known.
    fn child(&mut self, child: &Child) -> Result<usize, String> {
        let same_name = self.candidates(&child.name, true);
        let agrees = |place: &&usize| {
            let born = self.one(**place).and_then(|one| one.born);
            born.is_none() || child.born.is_none() || born == child.born
        };
        let fit: Vec<usize> = same_name.iter().filter(agrees).copied().collect();
        let place = match (fit.as_slice(), same_name.is_empty()) {
            ([place], _) => *place,
            ([], true) => self.add(Planned {
                name: child.name.clone(),
                groups: BTreeSet::from([Group::Child]),
                ..Planned::default()
            }),
            ([], false) => {
                return Err(format!(
                    "There is a child of the name {} with another date of birth. If this is another child, add them by hand; if a date is wrong, correct it",
                    child.name
                ));
            }
            _ => {
                return Err(format!(
                    "There are several children of the name {}, and the date of birth does not tell which",
                    child.name
                ));
            }
        };
        self.check_here(place)?;
        self.named(place);
        self.set_born(place, child.born);
        self.set_since(place, child.since);
        self.set_rooms(place, &child.rooms);
        Ok(place)
    }

    fn check_here(&self, place: usize) -> Result<(), String> {
        match self.one(place) {
            Some(one) if one.has_left => Err(format!(
                "{} has left. Record the return on their record first",
                one.name
            )),
            _ => Ok(()),
        }
    }

    /// The place of an adult, new or known.
    fn adult(&mut self, adult: &Adult, children: &[usize]) -> Result<usize, String> {
        let same_name = self.candidates(&adult.name, false);
        let tied = same_name.iter().copied().find(|place| {
            children
                .iter()
                .any(|child| self.ties.contains(&(*place, *child)))
        });
        let reached = same_name
            .iter()
            .copied()
            .find(|place| self.reaches(*place, adult));
        let place = match (tied, reached, same_name.as_slice()) {
            (Some(place), _, _) | (None, Some(place), _) => place,
            (None, None, []) => self.add(Planned {
                name: adult.name.clone(),
                groups: adult.groups.iter().copied().collect(),
                ..Planned::default()
            }),
            (None, None, [place]) if self.may_be(*place, adult, children) => *place,
            _ => {
                return Err(format!(
                    "There is somebody of the name {} already, and neither email nor telephone tells whether it is the same person. This one is left out",
                    adult.name
                ));
            }
        };
        self.check_here(place)?;
        self.named(place);
        self.set_email(place, adult.email.as_deref());
        self.set_phone(place, adult.phone.as_deref());
        self.set_since(place, adult.since);
        self.set_rooms(place, &adult.rooms);
        if let Some(one) = self.plan.people.get_mut(place) {
            for group in &adult.groups {
                if one.groups.insert(*group) && one.person.is_some() {
                    one.changes.insert("group");
                }
            }
        }
        Ok(place)
    }

    /// Whether an adult is reached in the same way.
    fn reaches(&self, place: usize, adult: &Adult) -> bool {
        let Some(one) = self.one(place) else {
            return false;
        };
        let email = |one: &String, other: &String| one.eq_ignore_ascii_case(other);
        let phone = |one: &String, other: &String| values::digits(one) == values::digits(other);
        let same =
            |one: &Option<String>, other: &Option<String>, equal: fn(&String, &String) -> bool| {
                one.as_ref()
                    .zip(other.as_ref())
                    .is_some_and(|(one, other)| equal(one, other))
            };
        same(&one.email, &adult.email, email) || same(&one.phone, &adult.phone, phone)
    }

    /// Whether the only one of this name may be taken for the same person without being reached in
    /// the same way: for those who work here, or when a child of the same surname is theirs.
    fn may_be(&self, place: usize, adult: &Adult, children: &[usize]) -> bool {
        let Some(one) = self.one(place) else {
            return false;
        };
        let differs =
            |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some();
        if differs(&one.email, &adult.email) && differs(&one.phone, &adult.phone) {
            return false;
        }
        if children.is_empty() {
            let shared = adult.groups.is_empty()
                || adult.groups.iter().any(|group| one.groups.contains(group));
            return shared && !one.groups.contains(&Group::Parent);
        }
        let surname = |place: usize| {
            let name = self
                .one(place)
                .map(|one| values::same(&one.name))
                .unwrap_or_default();
            name.rsplit_once(' ').map(|(_, last)| last.to_owned())
        };
        let own: Vec<Option<String>> = self
            .ties
            .iter()
            .filter(|(parent, _)| *parent == place)
            .map(|(_, child)| surname(*child))
            .collect();
        children
            .iter()
            .any(|child| surname(*child).is_some() && own.contains(&surname(*child)))
    }

    fn tie(&mut self, parent: usize, children: &[usize], adult: &Adult) {
        for child in children {
            if self.ties.insert((parent, *child)) {
                self.plan.ties.push(PlannedTie {
                    parent,
                    child: *child,
                    relation: adult.relation.unwrap_or(Relation::Parent),
                    responsibility: adult.responsibility.unwrap_or(false),
                });
            }
        }
    }

    /// Whether the table may say something about somebody: only once, and the first word counts.
    fn may_set(&mut self, place: usize, what: &'static str, differs: bool, words: &str) -> bool {
        let Some(one) = self.plan.people.get_mut(place) else {
            return false;
        };
        let first = one.said.insert(what);
        if !differs {
            return false;
        }
        if first {
            if one.person.is_some() {
                one.changes.insert(what);
            }
            return true;
        }
        let says = format!(
            "The table has two different answers for the {words} of {}. The first one counts",
            one.name
        );
        self.problem(says);
        false
    }

    fn set_born(&mut self, place: usize, born: Option<Date>) {
        if born.is_none() {
            return;
        }
        let differs = self.one(place).is_some_and(|one| one.born != born);
        if self.may_set(place, "born", differs, "date of birth")
            && let Some(one) = self.plan.people.get_mut(place)
        {
            one.born = born;
        }
    }

    /// The first day of somebody who is here already is not touched.
    fn set_since(&mut self, place: usize, since: Option<Date>) {
        if let Some(one) = self.plan.people.get_mut(place)
            && one.person.is_none()
        {
            one.since = one.since.or(since);
        }
    }

    fn set_email(&mut self, place: usize, email: Option<&str>) {
        let Some(email) = email else {
            return;
        };
        let kept = self
            .one(place)
            .and_then(|one| one.email.clone())
            .unwrap_or_default();
        if self.may_set(
            place,
            "email",
            !kept.eq_ignore_ascii_case(email),
            "email address",
        ) && let Some(one) = self.plan.people.get_mut(place)
        {
            one.email = Some(email.to_owned());
        }
    }

    fn set_phone(&mut self, place: usize, phone: Option<&str>) {
        let Some(phone) = phone else {
            return;
        };
        let kept = self
            .one(place)
            .and_then(|one| one.phone.clone())
            .unwrap_or_default();
        let differs = values::digits(&kept) != values::digits(phone);
        if self.may_set(place, "phone", differs, "telephone number")
            && let Some(one) = self.plan.people.get_mut(place)
        {
            one.phone = Some(phone.to_owned());
        }
    }

    fn set_rooms(&mut self, place: usize, rooms: &[String]) {
        let mut names = Vec::new();
        for room in rooms {
            names.extend(self.room(room));
        }
        let has_all = |one: &Planned| names.iter().all(|name| one.rooms.contains(name));
        if names.is_empty() {
            return;
        }
        let differs = self.one(place).is_some_and(|one| !has_all(one));
        if self.may_set(place, "rooms", differs, "room")
            && let Some(one) = self.plan.people.get_mut(place)
        {
            one.rooms = names;
        }
    }

    /// The room as it is called here; one that is not here yet is opened.
    fn room(&mut self, words: &str) -> Option<String> {
        let key = values::room(words);
        if let Some(name) = self.rooms.get(&key) {
            return Some(name.clone());
        }
        let room_for_more = self.setting.people.rooms().count() + self.plan.rooms.len() < 100;
        if self.plan.rooms.len() >= ROOMS_NEW_MAX || !room_for_more {
            self.problem(format!(
                "There is no room “{words}” here, and too many would be opened. It is left out"
            ));
            return None;
        }
        self.rooms.insert(key, words.to_owned());
        self.plan.rooms.push(words.to_owned());
        Some(words.to_owned())
    }
}
