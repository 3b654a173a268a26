//! Whatever is given, ended, left and returned to, in whatever order: there is always a manager, and
//! every question about who holds a role has the same answer.

use super::{come_back, end_on, give_from, leave};
use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use jiff::ToSpan;
use kernel::moment::Date;
use proptest::prelude::*;

/// One thing that somebody tries, days after the last.
#[derive(Clone, Debug)]
struct Try {
    after: u8,
    what: u8,
    role: Role,
    person: u32,
    day: i8,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let role = prop_oneof![
        4 => Just(Role::Manager),
        1 => Just(Role::DeputyManager),
        1 => Just(Role::Lead),
        1 => Just(Role::DeputyLead),
    ];
    let one = (0_u8..40, 0_u8..5, role, 1_u32..6, -20_i8..60).prop_map(
        |(after, what, role, person, day)| Try {
            after,
            what,
            role,
            person,
            day,
        },
    );
    prop::collection::vec(one, 1..60)
}

fn act(one: &Try, today: Date) -> Act {
    let day = today.checked_add(i64::from(one.day).days()).unwrap();
    let person = Person(one.person);
    match one.what {
        0 | 1 => give_from(one.role.clone(), person, Some(day)),
        2 => end_on(one.role.clone(), person, Some(day)),
        3 => leave(person, day.min(today)),
        _ => come_back(person, day),
    }
}

/// Whoever may act: a manager, else the chair.
fn who(scenario: &Scenario) -> Person {
    let managers = scenario
        .setting
        .roles
        .holders(&Role::Manager, scenario.today());
    *managers.first().expect("a manager")
}

fn check(scenario: &Scenario) {
    let today = scenario.today();
    let roles = &scenario.setting.roles;
    let people = &scenario.setting.people;
    assert_eq!(
        roles.first_day_without(&Role::Manager, today),
        None,
        "always a manager"
    );
    for role in Role::KNOWN {
        let held: Vec<Person> = people
            .all()
            .filter(|p| roles.holds(*p, &role, today))
            .collect();
        let mut holders = roles.holders(&role, today);
        holders.sort();
        // The same answer, and nobody twice.
        assert_eq!(held, holders, "{role:?}");
        for person in &holders {
            assert!(
                people.is_here(*person, today),
                "{role:?} of {person} who is not here"
            );
            assert!(roles.roles_of(*person, today).contains(&role));
        }
    }
    for one in roles.holdings() {
        let other = |other: &&crate::roles::holding::Holding| {
            other.seq != one.seq && other.role == one.role && other.person == one.person
        };
        let on = |day: Date| one.is_on(day);
        for other in roles.holdings().iter().filter(other) {
            assert!(
                other.is_empty() || !on(other.from),
                "{:?} of {} twice",
                one.role,
                one.person
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_is_always_a_manager_and_one_truth_about_every_role(tries in tries()) {
        let mut scenario = Scenario::new();
        for name in ["Sam Reed", "Ada Moss", "Ivy Hart", "Noor Khan"] {
            scenario.person(name, &[Group::Staff]);
        }
        prop_assert_eq!(who(&scenario), MANAGER);
        for one in &tries {
            let then = scenario.today().checked_add(i64::from(one.after).days()).unwrap();
            if then > scenario.today() {
                scenario.on(then.year(), then.month(), then.day());
            }
            check(&scenario);
            let today = scenario.today();
            let _ = scenario.try_act(who(&scenario), &act(one, today));
            check(&scenario);
        }
    }
}
