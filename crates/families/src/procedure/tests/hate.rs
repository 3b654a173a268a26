//! procedure.hate: kept as it is, the police where it may be a crime, the platform after them.

use super::{answered, cast, done};
use crate::{
    concerns::kinds::Kind,
    procedure::{run::State, sheet::Waits},
};
use expect_test::expect;

#[test]
fn hate_is_reported_to_the_platform_only_when_the_police_need_it_no_longer() {
    let mut cast = cast();
    cast.reported(Kind::Hate, None);
    cast.started("hate", "");
    assert_eq!(cast.state("report"), State::Waiting(Waits::Police));
    cast.scenario.act(cast.lead, done("report"), expect!["mistake in outcome: This step waits for the police’s answer: done before, it could destroy evidence or warn somebody. Write down what the police answered first"]);
    cast.scenario.done(cast.lead, answered("police", "yes"));
    cast.scenario
        .act(cast.lead, done("report"), expect!["procedure.marked"]);
    // The policy sends hate that may be criminal to the police.
    let own = cast.course(1).item("police").unwrap().own.len();
    assert!(own > 0);
    assert!(cast.page(cast.lead).contains("True Vision"));
}
