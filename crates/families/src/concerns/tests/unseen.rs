//! Who is not on a case gets the same answer whether there is one or not: on every page, for every
//! act, for every reader.

use super::report::{cast, report};
use crate::{
    concerns::{
        acts::Act,
        note::{Note, Sort},
    },
    families,
    spine::{
        act::{Act as AnyAct, Person, Who},
        judge::No,
        scenario::MANAGER,
    },
};
use kernel::moment::Date;

#[test]
fn with_a_case_and_without_one_everybody_else_sees_the_same_pages() {
    let without = cast();
    let mut with = cast();
    with.scenario
        .done(Who::Nobody, report("A bruise on the arm", None, None));
    with.scenario
        .done(with.lead, AnyAct::Concerns(Act::TakeOn { case: 1 }));
    let note = Note::new("Spoke to the mother");
    let write = Act::Write {
        case: 1,
        sort: Sort::Fact,
        note,
        corrects: None,
    };
    with.scenario.done(with.lead, AnyAct::Concerns(write));
    let readers = [
        Who::Person(MANAGER),
        Who::Person(with.chair),
        Who::Person(with.rosa),
        Who::Person(with.tomos),
        Who::Nobody,
    ];
    let mut compared = 0;
    for page in families::pages() {
        for reader in readers {
            let mut params: Vec<(&str, &str)> = Vec::new();
            for part in page.path.split('/').filter(|part| part.starts_with('{')) {
                params.push((part.trim_matches(['{', '}']), "1"));
            }
            let (one, two) = match reader {
                Who::Person(person) => (
                    without.scenario.page(person, page.path, &params),
                    with.scenario.page(person, page.path, &params),
                ),
                _ => (
                    without.scenario.page(Who::Nobody, page.path, &params),
                    with.scenario.page(Who::Nobody, page.path, &params),
                ),
            };
            assert_eq!(one, two, "{} for {reader:?}", page.path);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn an_act_in_a_case_is_not_allowed_to_others_whether_there_is_one_or_not() {
    let mut cast = cast();
    cast.scenario
        .done(Who::Nobody, report("A bruise", None, None));
    let words = || "because".to_owned();
    let acts = |case: u32| {
        [
            Act::TakeOn { case },
            Act::Write {
                case,
                sort: Sort::Fact,
                note: Note::new("x"),
                corrects: None,
            },
            Act::Share {
                case,
                person: Person(1),
                why: words(),
            },
            Act::Unshare {
                case,
                person: Person(1),
            },
            Act::SetTask {
                case,
                what: words(),
                owner: Person(1),
                due: Date::constant(2026, 10, 1),
            },
            Act::FinishTask {
                case,
                task: 1,
                how: words(),
            },
            Act::Link { case, other: 2 },
            Act::Close {
                case,
                outcome: Note::new("x"),
            },
            Act::Reopen { case, why: words() },
            Act::SetLesson {
                case,
                what: words(),
                owner: Person(1),
                due: Date::constant(2026, 10, 1),
            },
            Act::FinishLesson {
                lesson: case,
                how: words(),
            },
        ]
    };
    for who in [MANAGER, cast.chair, cast.rosa] {
        for (there, not_there) in acts(1).into_iter().zip(acts(99)) {
            let one = cast.scenario.try_act(who, &AnyAct::Concerns(there));
            let two = cast.scenario.try_act(who, &AnyAct::Concerns(not_there));
            assert!(matches!(one, Err(No::NotAllowed(_))), "{one:?}");
            assert_eq!(one, two);
        }
    }
}
