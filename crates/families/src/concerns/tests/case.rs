//! concerns.case, confidential, parents, childs-voice, lessons: from taking on to what was learned.

use super::report::{Cast, cast, report, sees};
use crate::{
    concerns::{
        acts::Act,
        note::{Note, Sort},
    },
    spine::{
        act::{Act as AnyAct, Person},
        scenario::MANAGER,
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn on(act: Act) -> AnyAct {
    AnyAct::Concerns(act)
}

fn write(sort: Sort, words: &str, corrects: Option<u32>) -> AnyAct {
    on(Act::Write {
        case: 1,
        sort,
        note: Note::new(words),
        corrects,
    })
}

fn close() -> AnyAct {
    on(Act::Close {
        case: 1,
        outcome: Note::new("No further action").with("told", "the room leader"),
    })
}

fn mine(cast: &Cast, who: Person) -> String {
    cast.scenario.view(who, |view| {
        let duties = view.my_duties();
        let lines: Vec<String> = duties
            .iter()
            .filter(|owed| owed.control.starts_with("concerns."))
            .map(|owed| format!("{} by {}", owed.duty.what, owed.duty.due))
            .collect();
        lines.join("\n")
    })
}

/// The reference is drawn by chance, so tests leave it out.
fn without_reference(words: &str) -> String {
    let parts = words.split(' ').map(|word| {
        let looks = word.len() == 6
            && word
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if looks { "REF" } else { word }
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_case_is_closed_only_when_it_is_complete() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario.act(cast.lead, close(), expect!["refused by concerns.case (case): The case is not complete: nobody has taken it on; no decision is written down, with its reason; it does not say whether parents were told, or why not. Nobody can allow it. Write down what is missing, then close the case. What you wrote here is kept in the form."]);
    cast.scenario.done(cast.lead, on(Act::TakeOn { case: 1 }));
    cast.scenario.done(
        cast.lead,
        write(Sort::Decision, "Watch and talk to the mother", None),
    );
    cast.scenario.act(cast.lead, close(), expect!["refused by concerns.case (case): The case is not complete: it does not say whether parents were told, or why not. Nobody can allow it. Write down what is missing, then close the case. What you wrote here is kept in the form."]);
    cast.scenario
        .done(cast.lead, write(Sort::Parents, "Told at pick-up", None));
    let task = on(Act::SetTask {
        case: 1,
        what: "Ask the room leader".to_owned(),
        owner: cast.deputy,
        due: Date::constant(2026, 9, 4),
    });
    cast.scenario.done(cast.lead, task);
    cast.scenario.act(cast.lead, close(), expect!["refused by concerns.case (case): The case is not complete: a task is still open. Nobody can allow it. Write down what is missing, then close the case. What you wrote here is kept in the form."]);
    let done = on(Act::FinishTask {
        case: 1,
        task: 1,
        how: "Asked".to_owned(),
    });
    cast.scenario.done(cast.deputy, done.clone());
    cast.scenario.act(
        cast.deputy,
        done,
        expect!["mistake in task: There is no such task that is still open"],
    );
    cast.scenario
        .act(cast.lead, close(), expect!["concerns.closed"]);
    cast.scenario.act(
        cast.lead,
        write(Sort::Fact, "More", None),
        expect!["mistake in case: The case is closed. Open it again first"],
    );
    cast.scenario.done(
        cast.lead,
        on(Act::Reopen {
            case: 1,
            why: "Another mark".to_owned(),
        }),
    );
    cast.scenario.act(
        cast.lead,
        write(Sort::Fact, "More", None),
        expect!["concerns.written"],
    );
}

#[test]
fn nothing_is_changed_but_put_right_and_the_correction_comes_first() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario
        .done(cast.lead, write(Sort::Fact, "On the left arm", None));
    cast.scenario
        .done(cast.lead, write(Sort::Fact, "On the right arm", Some(1)));
    cast.scenario.act(
        cast.lead,
        write(Sort::Fact, "No such note", Some(9)),
        expect!["mistake in corrects: There is no such note to put right"],
    );
    cast.scenario.act(
        cast.lead,
        write(Sort::Opinion, "Of another sort", Some(1)),
        expect!["mistake in corrects: There is no such note to put right"],
    );
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &[("case", "1")]);
    assert!(page.find("On the right arm").unwrap() < page.find("On the left arm").unwrap());
    let print = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}/print", &[("case", "1")]);
    assert!(print.contains("On the left arm") && print.contains("puts note 1 right"));
}

#[test]
fn a_case_is_shared_with_who_has_to_act_and_by_those_whom_it_goes_to() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    let share = |person| {
        on(Act::Share {
            case: 1,
            person,
            why: "Works in the room".to_owned(),
        })
    };
    cast.scenario.act(
        cast.rosa,
        share(cast.tomos),
        expect!["not allowed: people whom it concerns may"],
    );
    cast.scenario.done(cast.lead, share(cast.rosa));
    assert!(sees(&cast, cast.rosa, "1"));
    cast.scenario.act(cast.rosa, share(cast.tomos), expect!["refused by concerns.confidential (case): This case was shared with you. Whom else it is shared with, when it ends, and how long it is kept is decided by others. Designated safeguarding lead or deputy safeguarding lead can allow it. Tell them what you think, and why."]);
    cast.scenario.act(
        cast.lead,
        share(cast.rosa),
        expect!["mistake in person: This person is on the case already"],
    );
    cast.scenario.done(
        cast.lead,
        on(Act::Unshare {
            case: 1,
            person: cast.rosa,
        }),
    );
    assert!(!sees(&cast, cast.rosa, "1"));
}

#[test]
fn what_is_owed_in_a_case_is_seen_by_who_is_on_it_only() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    expect!["Read concern REF and take it on by 2026-09-02"]
        .assert_eq(&without_reference(&mine(&cast, cast.lead)));
    assert_eq!(mine(&cast, MANAGER), "");
    assert_eq!(cast.scenario.owed("concerns.case"), "");
    cast.scenario.on(2026, 9, 5);
    // Late, and still no clause says so to others.
    assert_eq!(
        cast.scenario.standing("case"),
        kernel::standing::Standing::Met
    );
    cast.scenario.done(cast.lead, on(Act::TakeOn { case: 1 }));
    assert_eq!(mine(&cast, cast.lead), "");
    cast.scenario.on(2026, 9, 20);
    expect!["Look at case REF again, go on or close it by 2026-09-19"]
        .assert_eq(&without_reference(&mine(&cast, cast.lead)));
}

#[test]
fn what_was_learned_becomes_an_action_that_is_followed() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("Something on a tablet", None, None));
    cast.scenario.done(cast.lead, on(Act::TakeOn { case: 1 }));
    cast.scenario
        .done(cast.lead, write(Sort::Decision, "No further action", None));
    cast.scenario
        .done(cast.lead, write(Sort::Parents, "Told", None));
    cast.scenario.done(
        cast.lead,
        write(Sort::Voice, "Wants to know who helps", None),
    );
    cast.scenario.done(cast.lead, close());
    expect!["Talk case REF over: what is to change? by 2026-09-30"]
        .assert_eq(&without_reference(&mine(&cast, cast.lead)));
    let lesson = on(Act::SetLesson {
        case: 1,
        what: "Close the video site on the tablets".to_owned(),
        owner: cast.tomos,
        due: Date::constant(2026, 9, 30),
    });
    cast.scenario.done(cast.lead, lesson);
    assert_eq!(mine(&cast, cast.lead), "");
    let page = cast
        .scenario
        .page(cast.tomos, "/concerns/actions/{lesson}", &[("lesson", "1")]);
    assert!(page.contains("Close the video site") && !page.contains("/concerns/cases/1"));
    let other = cast
        .scenario
        .page(cast.rosa, "/concerns/actions/{lesson}", &[("lesson", "1")]);
    assert_eq!(other, "not allowed");
    let done = on(Act::FinishLesson {
        lesson: 1,
        how: "Closed".to_owned(),
    });
    cast.scenario
        .act(cast.tomos, done, expect!["concerns.lesson-done"]);
    assert_eq!(cast.scenario.owed("concerns.lessons"), "");
    let voice = [("control", "concerns.childs-voice")];
    let kept = cast
        .scenario
        .page(cast.tomos, "/policy/controls/{control}", &voice);
    assert!(!kept.contains("Wants to know who helps"));
}

#[test]
fn cases_that_belong_together_are_linked_by_who_is_on_both() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario
        .done(cast.rosa, report("Rough", Some(cast.deputy), None));
    let link = |other| on(Act::Link { case: 1, other });
    cast.scenario.act(
        cast.deputy,
        link(2),
        expect!["mistake in other: There is no such case"],
    );
    cast.scenario.act(
        cast.deputy,
        link(7),
        expect!["mistake in other: There is no such case"],
    );
    cast.scenario
        .act(cast.lead, link(2), expect!["concerns.linked"]);
    let at = [("case", "1")];
    assert!(
        cast.scenario
            .page(cast.lead, "/concerns/cases/{case}", &at)
            .contains("/concerns/cases/2")
    );
    assert!(
        !cast
            .scenario
            .page(cast.deputy, "/concerns/cases/{case}", &at)
            .contains("/concerns/cases/2")
    );
}

#[test]
fn whoever_holds_several_roles_is_asked_once() {
    let mut cast = cast();
    let also = crate::roles::acts::Act::Give {
        role: crate::roles::role::Role::DeputyLead,
        person: MANAGER,
        from: None,
    };
    cast.scenario.done(MANAGER, AnyAct::Roles(also));
    cast.scenario
        .done(cast.rosa, report("A remark", Some(cast.lead), None));
    assert_eq!(mine(&cast, MANAGER).lines().count(), 1);
    assert_eq!(mine(&cast, cast.deputy).lines().count(), 1);
}

#[test]
fn a_case_says_how_long_it_is_kept_on_what_that_rests_and_what_stops_it() {
    let mut cast = cast();
    let new = crate::people::acts::NewPerson {
        name: "Wren Finch".to_owned(),
        groups: vec![crate::people::group::Group::Child],
        born: Some(Date::constant(2023, 3, 14)),
        ..crate::people::acts::NewPerson::default()
    };
    let child = cast.scenario.setting.people.next_person();
    cast.scenario
        .done(MANAGER, AnyAct::People(crate::people::acts::Act::Add(new)));
    let told = crate::concerns::acts::NewReport {
        report: crate::concerns::note::Report {
            what: "A bruise".to_owned(),
            children: vec![child],
            ..crate::concerns::note::Report::default()
        },
        ..crate::concerns::acts::NewReport::default()
    };
    cast.scenario
        .done(cast.rosa, on(Act::Report(Box::new(told))));
    let page = |cast: &Cast| {
        let at = [("case", "1")];
        cast.scenario.page(cast.lead, "/concerns/cases/{case}", &at)
    };
    let seen = page(&cast);
    assert!(
        seen.contains("14 March 2048, then it is looked at"),
        "{seen}"
    );
    assert!(seen.contains("25 years after the child’s birth") && !seen.contains("A hold stops"));
    let hold = crate::data::acts::Act::Hold {
        person: child,
        why: "A complaint".to_owned(),
        review: Date::constant(2026, 12, 1),
    };
    cast.scenario.done(cast.lead, AnyAct::Data(hold));
    assert!(
        page(&cast).contains("A hold on somebody whom it is about stops that it goes. It is looked at again on 1 December 2026")
    );
}
