//! procedure.bullying: what was written is kept, parents are spoken to, and somebody asks again.

use super::{answered, cast, done, mark};
use crate::{
    concerns::kinds::Kind,
    procedure::run::{Outcome, State},
};
use expect_test::expect;

#[test]
fn bullying_is_followed_until_somebody_has_asked_again() {
    let mut cast = cast();
    cast.reported(Kind::Bullying, None);
    cast.started("bullying", "");
    let page = cast.page(cast.lead);
    assert!(page.contains("Do not delete messages"));
    expect!["7 September 2026, 23:59"].assert_eq(&cast.due("parents"));
    expect!["2 October 2026, 23:59"].assert_eq(&cast.due("follow"));
    for step in ["listen", "keep", "parents", "others", "platform", "support"] {
        cast.scenario.done(cast.lead, done(step));
    }
    // Telling the police may be passed over by one person here: most of it is no crime.
    cast.scenario.done(
        cast.lead,
        mark("crime", Outcome::NotNeeded, "Unkind words, no threat"),
    );
    assert_eq!(cast.state("crime"), State::NotNeeded);
    assert!(cast.course(1).left() >= 1);
    cast.settle();
}

#[test]
fn parents_are_pointed_to_places_that_help() {
    let scenario = crate::spine::scenario::Scenario::with_template("preschool");
    let mut cast = super::cast_in(scenario);
    cast.reported(Kind::Bullying, None);
    cast.started("bullying", "");
    let course = cast.course(1);
    let parents = course.item("parents").unwrap();
    assert!(
        !parents.own.is_empty(),
        "the policy says to talk with the parents"
    );
    let page = cast.page(cast.lead);
    assert!(page.contains("/help-directory?topic=bullying"), "{page}");
    cast.scenario.done(cast.lead, answered("crime", "yes"));
    assert_eq!(cast.state("crime"), State::Done);
}
