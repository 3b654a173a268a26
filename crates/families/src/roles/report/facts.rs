//! How things stand, gathered for a report. Only what the program knows; nothing is made up.

use crate::{
    people::group::Group,
    roles::{
        entries::{Facts, OwedThen, Tally},
        lists,
        role::Role,
    },
    spine::{
        act::Person,
        in_force::InForce,
        setting::Setting,
        standing::{self, Part, Standings},
    },
};
use kernel::{
    moment::Date,
    naming::{self, Mark},
    standing::Standing,
};
use std::collections::BTreeMap;

/// At most so many duties are listed by name; all are counted.
const OWED_MAX: usize = 40;
/// What a duty to fill a role is about begins so.
pub const VACANT: &str = "vacant:";

/// How things stand today, for a report about these days.
#[must_use]
pub fn gather(setting: &Setting, in_force: &InForce, today: Date, from: Date, to: Date) -> Facts {
    let standings = standing::reckon(setting, in_force, today);
    let open: Vec<_> = standings
        .duties
        .iter()
        .filter(|owed| owed.duty.is_open(today))
        .collect();
    let late = open.iter().filter(|owed| owed.duty.is_late(today)).count();
    let (lists_read, lists_unread) = lists_read(setting, in_force, today);
    let (came, left) = came_and_left(setting, from, to);
    Facts {
        policy: in_force.version,
        clauses: tally(standings.clauses.iter().map(|clause| clause.standing)),
        families: by_family(&standings),
        open: count(open.len().saturating_sub(late)),
        late: count(late),
        owed: open
            .iter()
            .take(OWED_MAX)
            .map(|owed| OwedThen {
                what: without_families(&owed.duty.what, setting),
                owner: owed.duty.owner.clone(),
                due: owed.duty.due,
            })
            .collect(),
        vacant: open
            .iter()
            .filter_map(|owed| owed.duty.about.strip_prefix(VACANT).map(Role::from_key))
            .collect(),
        holders: holders(setting, today),
        lists_read,
        lists_unread,
        here: Group::ALL
            .into_iter()
            .map(|group| (group, count(setting.people.of(group, today).count())))
            .filter(|(_, many)| *many > 0)
            .collect(),
        came,
        left,
    }
}

/// How the clauses of each family stand: of a clause, the parts of that family count.
fn by_family(standings: &Standings) -> BTreeMap<String, Tally> {
    let mut families: BTreeMap<String, Tally> = BTreeMap::new();
    for clause in &standings.clauses {
        let mut own: BTreeMap<&str, Standing> = BTreeMap::new();
        for part in &clause.parts {
            let worst = own.entry(family(part)).or_insert(part.standing);
            *worst = worst.and(part.standing);
        }
        for (family, standing) in own {
            let many = families
                .entry(family.to_owned())
                .or_default()
                .entry(standing)
                .or_default();
            *many = many.saturating_add(1);
        }
    }
    families
}

fn family(part: &Part) -> &str {
    part.control
        .split_once('.')
        .map_or("", |(family, _)| family)
}

fn tally(standings: impl Iterator<Item = Standing>) -> Tally {
    let mut tally = Tally::new();
    for standing in standings {
        let many = tally.entry(standing).or_default();
        *many = many.saturating_add(1);
    }
    tally
}

/// Of those who hold a role with a list: how many have read it, how many have not.
fn lists_read(setting: &Setting, in_force: &InForce, today: Date) -> (u32, u32) {
    let (mut read, mut unread) = (0_u32, 0_u32);
    for list in lists::in_force(in_force) {
        let Some(role) = list.role() else { continue };
        let digest = list.digest();
        for person in setting.roles.holders(role, today) {
            if setting.roles.has_read(person, role, &digest) {
                read = read.saturating_add(1);
            } else {
                unread = unread.saturating_add(1);
            }
        }
    }
    (read, unread)
}

fn holders(setting: &Setting, today: Date) -> Vec<(Role, Person)> {
    let mut holders: Vec<(Role, Person)> = setting
        .roles
        .holdings()
        .iter()
        .filter(|holding| holding.is_on(today))
        .map(|holding| (holding.role.clone(), holding.person))
        .collect();
    holders.sort();
    holders
}

fn came_and_left(setting: &Setting, from: Date, to: Date) -> (u32, u32) {
    let people = &setting.people;
    let within = |day: Option<Date>| day.is_some_and(|day| from <= day && day <= to);
    let grown: Vec<Person> = people
        .all()
        .filter(|person| !people.groups(*person).contains(&Group::Child))
        .collect();
    let came = grown
        .iter()
        .filter(|person| within(people.since(**person)))
        .count();
    let left = grown
        .iter()
        .filter(|person| within(people.last_day(**person)))
        .count();
    (count(came), count(left))
}

/// Words of the program in which only those who work here or sit on the committee keep their mark;
/// children, parents and others are "a child", "a parent or carer".
#[must_use]
pub fn without_families(text: &str, setting: &Setting) -> String {
    naming::fill(text, |mark| match mark {
        Mark::Person(number) if may_be_named(Person(number), setting) => naming::person(number),
        Mark::Person(number) => setting.people.what_is(Person(number)).to_owned(),
        Mark::Room(number) => naming::room(number),
    })
}

/// Whether a report may name somebody: those who work here and the committee.
#[must_use]
pub fn may_be_named(person: Person, setting: &Setting) -> bool {
    let groups = setting.people.groups(person);
    !groups.contains(&Group::Child)
        && [
            Group::Staff,
            Group::Volunteer,
            Group::Committee,
            Group::Contractor,
        ]
        .iter()
        .any(|group| groups.contains(group))
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
