//! procedure.radicalisation: told at once, help asked for, staff by the allegations way.

use super::{answered, cast, done};
use crate::{
    concerns::kinds::Kind,
    procedure::{run::State, sheet::Waits},
};
use expect_test::expect;

#[test]
fn a_worry_that_somebody_is_drawn_into_extremism_goes_to_prevent() {
    let mut cast = cast();
    cast.reported(Kind::Radicalisation, None);
    cast.started("radicalisation", "");
    expect!["7 September 2026, 23:59"].assert_eq(&cast.due("police"));
    let page = cast.page(cast.lead);
    assert!(
        page.contains("Action Counters Terrorism") && page.contains("having it can be a crime")
    );
    // The policy tells the lead at once, and the manager where it is about staff.
    let own = cast.course(1).item("tell").unwrap().own.clone();
    assert!(own.iter().any(|own| own.clause == "s003-11.7-b"), "{own:?}");
    assert_eq!(cast.state("parents"), State::Waiting(Waits::Police));
    cast.scenario.done(cast.lead, answered("police", "yes"));
    cast.scenario
        .act(cast.lead, done("parents"), expect!["procedure.marked"]);
}
