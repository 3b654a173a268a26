//! data.hold: a hold stops retention and erasure.

use super::{erase, hold, leaver, release};
use crate::{
    people::group::Group,
    roles::role::Role,
    spine::scenario::{MANAGER, Scenario},
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const BY_THE_LEAD: &str = r#"
[[clause]]
id = "hold"
section = "Keeping records"
text = "While a case is open, the designated safeguarding lead may order that nothing about a child is erased."
controls = ["data.hold"]
values = { set_by = ["designated safeguarding lead"] }
"#;

#[test]
fn nothing_is_erased_under_a_hold_and_the_clause_says_so() {
    let mut scenario = Scenario::with_clauses(BY_THE_LEAD);
    let tomos = leaver(&mut scenario);
    scenario.done(MANAGER, hold(tomos, Date::constant(2027, 1, 8)));
    scenario.on(2026, 9, 2);
    scenario.act(MANAGER, erase(tomos), expect!["refused by data.hold (hold): A hold stops the erasure. It is looked at again on 8 January 2027. The designated safeguarding lead can allow it. Ask them to lift the hold when it is no longer needed, and go on after that."]);
    scenario.done(MANAGER, release(tomos));
    scenario.act(MANAGER, erase(tomos), expect!["data.erased"]);
}

#[test]
fn holds_are_set_by_those_whom_the_policy_names() {
    let mut scenario = Scenario::with_clauses(BY_THE_LEAD);
    let tomos = leaver(&mut scenario);
    let deputy = scenario.holder("Sam Reed", Group::Staff, Role::DeputyManager);
    let later = Date::constant(2027, 1, 8);
    scenario.act(deputy, hold(tomos, later), expect!["refused by data.hold (hold): Holds are set and lifted by others here. The designated safeguarding lead can allow it. Tell them why, and they do it."]);
    scenario.act(MANAGER, hold(tomos, later), expect!["data.held"]);
    scenario.act(deputy, release(tomos), expect!["refused by data.hold (hold): Holds are set and lifted by others here. The designated safeguarding lead can allow it. Tell them why, and they do it."]);
}

#[test]
fn a_hold_is_looked_at_again_on_its_day_by_whoever_set_it() {
    let mut scenario = Scenario::with_clauses(BY_THE_LEAD);
    let tomos = leaver(&mut scenario);
    scenario.done(MANAGER, hold(tomos, Date::constant(2027, 1, 8)));
    assert_eq!(scenario.standing("hold"), Standing::Met);
    scenario.on(2027, 1, 4);
    assert_eq!(scenario.standing("hold"), Standing::Due);
    expect!["Look again at a hold: is it still needed? by 2027-01-08: Maya Lin"]
        .assert_eq(&scenario.owed("data.hold"));
    scenario.on(2027, 1, 9);
    assert_eq!(scenario.standing("hold"), Standing::Breached);
    scenario.done(MANAGER, hold(tomos, Date::constant(2027, 7, 8)));
    assert_eq!(scenario.standing("hold"), Standing::Met);
    scenario.done(MANAGER, release(tomos));
    assert_eq!(scenario.owed("data.hold"), "");
}

#[test]
fn neither_duty_nor_register_tells_about_whom_a_hold_is() {
    let mut scenario = Scenario::with_clauses(BY_THE_LEAD);
    let tomos = leaver(&mut scenario);
    scenario.done(MANAGER, hold(tomos, Date::constant(2026, 9, 8)));
    let at = [("control", "data.hold")];
    let page = scenario.page(MANAGER, "/policy/controls/{control}", &at);
    assert!(
        page.contains("8 September 2026") && !page.contains("Tomos"),
        "{page}"
    );
    assert!(!scenario.owed("data.hold").contains("Tomos"));
}
