//! Who is not on a case learns nothing of its procedures: same pages, same answers.

use super::{agree, answered, cast, done, mark, on, small, start};
use crate::{
    concerns::{
        acts::{Act as Concern, NewReport},
        kinds::Kind,
    },
    families,
    procedure::{acts::Act, run::Outcome},
    spine::{
        act::{Act as AnyAct, Person, Who},
        judge::No,
    },
};

fn report() -> AnyAct {
    let mut new = NewReport::default();
    new.report.what = "A stranger writes".to_owned();
    new.report.kind = Kind::Grooming;
    AnyAct::Concerns(Concern::Report(Box::new(new)))
}

#[test]
fn with_a_procedure_and_without_one_everybody_else_sees_the_same_pages() {
    let without = small();
    let mut with = small();
    with.scenario.done(Who::Nobody, report());
    let (lead, deputy) = (with.lead, with.deputy);
    with.scenario.done(lead, start("abuse", "", &[]));
    with.scenario.done(lead, answered("police", "yes"));
    with.scenario
        .done(lead, mark("referral", Outcome::NotNeeded, "They rang us"));
    with.scenario.done(deputy, agree(2));
    let readers = [
        Who::Person(with.tomos),
        Who::Person(with.chair),
        Who::Person(with.rosa),
        Who::Nobody,
    ];
    let mut compared = 0;
    for page in families::pages() {
        let named = page.path.split('/').filter(|part| part.starts_with('{'));
        let params: Vec<(&str, &str)> = named
            .map(|part| match part {
                "{procedure}" => ("procedure", "abuse"),
                part => (part.trim_matches(['{', '}']), "1"),
            })
            .collect();
        for reader in readers {
            let one = without.scenario.page(reader, page.path, &params);
            let two = with.scenario.page(reader, page.path, &params);
            assert!(one == two, "{} for {reader:?}", page.path);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn an_act_in_a_procedure_is_not_allowed_to_others_whether_there_is_one_or_not() {
    let mut cast = cast();
    cast.scenario.done(Who::Nobody, report());
    cast.scenario.done(cast.lead, start("abuse", "", &[]));
    let in_case = |case: u32| {
        let other = |act: AnyAct| match act {
            AnyAct::Procedure(Act::Start {
                sheet,
                way,
                kinds,
                heard,
                ..
            }) => on(Act::Start {
                case,
                sheet,
                way,
                kinds,
                heard,
            }),
            AnyAct::Procedure(Act::Mark { run, mark, .. }) => on(Act::Mark { case, run, mark }),
            AnyAct::Procedure(Act::Agree { run, mark, .. }) => on(Act::Agree { case, run, mark }),
            act => act,
        };
        let why = || "because".to_owned();
        [
            other(start("abuse", "", &[])),
            other(done("device")),
            other(answered("police", "yes")),
            other(agree(1)),
            on(Act::Suspend {
                case,
                person: Person(1),
                why: why(),
            }),
            on(Act::Restore {
                case,
                person: Person(1),
                why: why(),
            }),
        ]
    };
    for who in [cast.tomos, cast.chair, cast.rosa] {
        for (there, not_there) in in_case(1).into_iter().zip(in_case(99)) {
            let one = cast.scenario.try_act(who, &there);
            let two = cast.scenario.try_act(who, &not_there);
            assert!(matches!(one, Err(No::NotAllowed(_))), "{one:?}");
            assert_eq!(one, two);
        }
    }
}

#[test]
fn the_ledger_says_in_the_clear_neither_what_it_is_nor_what_was_done() {
    let mut cast = cast();
    cast.scenario.done(Who::Nobody, report());
    cast.scenario
        .done(cast.lead, start("abuse", "", &["grooming"]));
    cast.scenario.done(cast.lead, answered("police", "yes"));
    let mut looked_at = 0;
    for line in &cast.scenario.lines {
        let Some(entry) = line
            .entry
            .as_ref()
            .filter(|_| line.kind.starts_with("procedure."))
        else {
            continue;
        };
        let body = String::from_utf8(entry.write().body).unwrap();
        for word in ["abuse", "groom", "police", "CR/4471", "England", "england"] {
            assert!(!body.contains(word), "{word} in {body}");
        }
        looked_at += 1;
    }
    assert_eq!(looked_at, 2);
}
