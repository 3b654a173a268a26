//! filter.over-blocking: closing too much is noticed and put right.

use super::{answer, cast, request};
use crate::{devices::kinds::Users, spine::scenario::MANAGER};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const ANSWERED: &str = r#"
[[clause]]
id = "open"
section = "Filtering"
text = "Closing too much would hold back teaching, and we avoid it."
controls = ["filter.over-blocking"]
values = { answer_within = 3 }
"#;

#[test]
fn what_is_asked_for_is_answered_in_time_by_somebody_else() {
    let (mut scenario, kit, tomos) = cast(ANSWERED);
    scenario.act(
        tomos,
        request("https://www.ponds.example/frogs", Users::Staff),
        expect!["filter.requested"],
    );
    scenario.act(tomos, request("ponds.example", Users::Staff), expect!["mistake in site: Somebody has asked for this site already. The answer comes to the page of requests"]);
    expect!["Answer whether ponds.example is opened by 2026-09-04: Kit Moor"]
        .assert_eq(&scenario.owed("filter.over-blocking"));
    assert_eq!(scenario.standing("open"), Standing::Due);
    scenario.on(2026, 9, 5);
    assert_eq!(scenario.standing("open"), Standing::Breached);
    let until = Date::constant(2026, 12, 18);
    scenario.act(
        kit,
        answer(1, Some(Date::MIN)),
        expect!["mistake in until: Choose a day that is not in the past"],
    );
    scenario.act(kit, answer(1, Some(until)), expect!["filter.answered"]);
    scenario.act(
        MANAGER,
        answer(1, None),
        expect!["mistake in request: This request was answered already"],
    );
    assert_eq!(scenario.standing("open"), Standing::Met);
    let change = scenario
        .setting
        .filter
        .change(1)
        .cloned()
        .expect("it is opened");
    assert_eq!((change.by, change.holds(until)), (Some(tomos), true));
    expect!["ponds.example | People who work here | Tomos Reed | 1 September 2026, 09:05 | Opened | 5 September 2026, 09:00"]
        .assert_eq(&scenario.registered("filter.over-blocking"));
}

#[test]
fn whoever_asks_does_not_answer_themselves_but_may_be_told_no() {
    let (mut scenario, kit, _) = cast(ANSWERED);
    scenario.done(kit, request("ponds.example", Users::Office));
    // The one who would answer has asked, so the manager does.
    expect!["Answer whether ponds.example is opened by 2026-09-04: Maya Lin"]
        .assert_eq(&scenario.owed("filter.over-blocking"));
    let until = Some(Date::constant(2026, 9, 30));
    scenario.act(
        kit,
        answer(1, until),
        expect!["mistake in change: A second person has to agree"],
    );
    scenario.act(MANAGER, answer(1, None), expect!["filter.answered"]);
    assert_eq!(scenario.setting.filter.changes().count(), 0);
    let page = scenario.page(kit, "/filter/requests", &[]);
    assert!(page.contains("It stays closed. We looked at it"), "{page}");
}
