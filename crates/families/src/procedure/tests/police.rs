//! procedure.police: the policy's kinds make telling the police a step that is not passed over.

use super::{agree, cast, mark, start};
use crate::{
    concerns::kinds::Kind,
    procedure::{
        own,
        run::{Outcome, State},
    },
};

#[test]
fn a_kind_of_the_policy_makes_telling_the_police_a_step_for_two() {
    let mut cast = cast();
    cast.reported(Kind::Bullying, None);
    let kinds = own::police_kinds(&cast.scenario.in_force);
    let kind = kinds
        .iter()
        .find(|kind| kind.contains("suspected illegal"))
        .unwrap();
    let begin = start("bullying", "", &[kind]);
    cast.scenario.done(cast.lead, begin);
    let not = mark("crime", Outcome::NotNeeded, "We think not");
    cast.scenario.done(cast.lead, not);
    assert_eq!(cast.state("crime"), State::NeedsSecond);
    assert!(cast.page(cast.lead).contains(kind.as_str()));
    cast.scenario.done(cast.deputy, agree(1));
    assert_eq!(cast.state("crime"), State::NotNeeded);
}

#[test]
fn what_goes_to_the_police_stands_with_the_clause_and_leaves_each_reporters_own_duty() {
    let mut cast = cast();
    cast.reported(Kind::Unsure, None);
    cast.started("police", "");
    let page = cast.page(cast.lead);
    assert!(page.contains("nobody may keep them from it"), "{page}");
    let control = [("control", "procedure.police")];
    let shown = cast
        .scenario
        .page(cast.rosa, "/policy/controls/{control}", &control);
    assert!(shown.contains("Our policy says that these go to the police"));
}
