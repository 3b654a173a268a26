//! procedure.abuse: online abuse of a child, step by step, with the policy's own seven steps.

use super::{Cast, agree, answered, cast, done, mark, start};
use crate::{
    concerns::{
        acts::Act as Concern,
        kinds::Kind,
        note::{Note, Sort},
    },
    procedure::run::{Outcome, State},
    spine::act::Act as AnyAct,
};
use expect_test::expect;

fn grooming() -> Cast {
    let mut cast = cast();
    cast.reported(Kind::Grooming, None);
    cast
}

#[test]
fn the_kind_of_a_concern_suggests_what_has_to_be_done_and_it_begins_by_hand_too() {
    let mut cast = grooming();
    let case = [("case", "1")];
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &case);
    assert!(
        page.contains("/procedure/start?case=1&amp;procedure=abuse"),
        "{page}"
    );
    cast.scenario.act(
        cast.lead,
        start("abuse", "", &[]),
        expect!["procedure.started"],
    );
    cast.scenario.act(
        cast.lead,
        start("abuse", "", &[]),
        expect!["mistake in procedure: It is at work in this case already"],
    );
    cast.scenario.act(
        cast.lead,
        start("bullying", "", &[]),
        expect!["procedure.started"],
    );
    cast.scenario.act(
        cast.lead,
        start("burglary", "", &[]),
        expect!["mistake in procedure: There is no such procedure"],
    );
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &case);
    assert!(!page.contains("procedure=abuse") && page.contains("/procedure/cases/1/1"));
}

#[test]
fn each_step_shows_what_to_do_and_not_whom_to_ring_and_what_our_policy_says() {
    let mut cast = grooming();
    cast.started("abuse", "");
    let page = cast.page(cast.lead);
    assert!(page.contains("href=\"tel:999\"") && page.contains("Ring 101"));
    assert!(page.contains("Do not look through it."));
    assert!(page.contains("href=\"/devices/secure?case=1\""));
    assert!(page.contains("Ask for a reference"));
    // The policy's own steps stand beside the sheet's, each with its clause.
    let course = cast.course(1);
    let clauses = |step: &str| {
        let item = course.item(step).unwrap();
        let own = item.own.iter().map(|own| own.clause.clone());
        own.collect::<Vec<_>>().join(" ")
    };
    assert!(
        clauses("device").contains("s003-11.3-i"),
        "{}",
        clauses("device")
    );
    assert!(
        clauses("police").contains("s003-11.3-j"),
        "{}",
        clauses("police")
    );
    assert!(
        clauses("parents").contains("s003-11.3-l"),
        "{}",
        clauses("parents")
    );
    // A step that only the policy has is a step of the case.
    assert!(course.item("own:s003-11.3-h").is_some());
    assert!(page.contains("/policy/clauses/s003-11.3-j"));
}

#[test]
fn the_stricter_time_wins_and_working_days_leave_the_weekend_out() {
    let mut cast = grooming();
    cast.started("abuse", "");
    // Heard on Friday 4 September at nine. The sheet gives 24 hours for social care; the policy
    // says at once.
    expect!["4 September 2026, 09:00"].assert_eq(&cast.due("referral"));
    // One working day ends with the Monday.
    expect!["7 September 2026, 23:59"].assert_eq(&cast.due("risk"));
    expect!["2 October 2026, 23:59"].assert_eq(&cast.due("review"));
}

#[test]
fn a_step_that_may_not_be_passed_over_needs_a_second_person() {
    let mut cast = grooming();
    cast.started("abuse", "");
    cast.scenario.act(
        cast.lead,
        mark("referral", Outcome::NotNeeded, ""),
        expect!["mistake in words: Say why"],
    );
    let not = mark(
        "referral",
        Outcome::NotNeeded,
        "Social care referred it to us",
    );
    cast.scenario
        .act(cast.lead, not, expect!["procedure.marked"]);
    assert_eq!(cast.state("referral"), State::NeedsSecond);
    cast.scenario.act(cast.lead, agree(1), expect!["mistake in mark: It takes a second person. Share the case with somebody who can judge it, if nobody else is on it"]);
    let duties = cast.scenario.view(cast.deputy, |view| {
        let all = view.my_duties();
        all.iter().any(|owed| {
            owed.duty
                .what
                .starts_with("Say whether a step may be passed over")
        })
    });
    assert!(duties);
    cast.scenario
        .act(cast.deputy, agree(1), expect!["procedure.agreed"]);
    assert_eq!(cast.state("referral"), State::NotNeeded);
    cast.scenario.act(
        cast.deputy,
        agree(1),
        expect!["mistake in mark: Nobody’s agreement is asked for here"],
    );
    // One that may be passed over needs no second person, and can be taken up again.
    cast.scenario.done(
        cast.lead,
        mark("intelligence", Outcome::NotNeeded, "Nothing is known"),
    );
    assert_eq!(cast.state("intelligence"), State::NotNeeded);
    cast.scenario.done(
        cast.lead,
        mark("intelligence", Outcome::NotYet, "A name came up"),
    );
    assert_eq!(cast.state("intelligence"), State::Open);
}

#[test]
fn a_case_is_not_closed_while_a_step_is_open() {
    let mut cast = grooming();
    cast.started("abuse", "");
    for sort in [Sort::Decision, Sort::Parents, Sort::Voice] {
        let write = Concern::Write {
            case: 1,
            sort,
            note: Note::new("Written down"),
            corrects: None,
        };
        cast.scenario.done(cast.lead, AnyAct::Concerns(write));
    }
    let close = || {
        AnyAct::Concerns(Concern::Close {
            case: 1,
            outcome: Note::new("Done").with("told", "the room leader"),
        })
    };
    let answer = cast.scenario.try_act(cast.lead, &close());
    let says = cast.scenario.in_words(&answer);
    assert!(
        says.contains("a step of what has to be done is still open"),
        "{says}"
    );
    cast.scenario.done(cast.lead, answered("police", "yes"));
    cast.settle();
    cast.scenario
        .act(cast.lead, close(), expect!["concerns.closed"]);
    cast.scenario.act(
        cast.lead,
        done("device"),
        expect!["mistake in case: The case is closed. Open it again first"],
    );
    let print = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}/print", &[("case", "1")]);
    assert!(print.contains("CR/4471") && print.contains("Agreed by"));
}

#[test]
fn the_clocks_are_work_of_the_case_and_say_nothing_of_what_it_is_about() {
    let mut cast = grooming();
    cast.started("abuse", "");
    let mine = |cast: &Cast, who| {
        cast.scenario.view(who, |view| {
            let all = view.my_duties().into_iter();
            let found = all.filter(|owed| owed.duty.at.starts_with("/procedure"));
            found
                .map(|owed| (owed.duty.what.clone(), owed.duty.due))
                .collect::<Vec<_>>()
        })
    };
    let before = mine(&cast, cast.lead);
    // Each clock is a duty of its own, the first one first.
    assert!(before.len() > 3, "{before:?}");
    let (what, due) = &before[0];
    assert!(
        what.ends_with("in time until 4 September 2026, 09:00"),
        "{what}"
    );
    assert!(!what.to_lowercase().contains("groom") && !what.contains("abuse"));
    assert_eq!(due.to_string(), "2026-09-04");
    assert!(before.is_sorted_by_key(|(_, due)| *due));
    assert!(mine(&cast, cast.tomos).is_empty() && mine(&cast, cast.rosa).is_empty());
    cast.scenario.done(cast.lead, answered("police", "yes"));
    for item in cast.course(1).items {
        if item.state == State::Open
            && item
                .due
                .is_some_and(|due| due.date().to_string() == "2026-09-04")
        {
            cast.scenario.done(cast.lead, done(&item.key));
        }
    }
    let after = mine(&cast, cast.lead);
    assert!(after[0].1 > *due, "{after:?}");
}
