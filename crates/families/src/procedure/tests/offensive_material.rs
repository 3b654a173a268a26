//! procedure.offensive-material: reported by its address, where it belongs.

use super::{answered, cast, done};
use crate::{
    concerns::kinds::Kind,
    procedure::{run::State, sheet::Waits},
};
use expect_test::expect;

#[test]
fn material_is_reported_by_its_address_and_never_sent() {
    let mut cast = cast();
    cast.reported(Kind::Unsuitable, None);
    cast.started("offensive-material", "");
    let page = cast.page(cast.lead);
    assert!(page.contains("Internet Watch Foundation"));
    assert!(page.contains("Do not attach or send the material."));
    // The policy reports what may be illegal at once: stricter than the sheet's 24 hours.
    expect!["4 September 2026, 09:00"].assert_eq(&cast.due("police"));
    assert_eq!(cast.state("clear"), State::Waiting(Waits::Police));
    cast.scenario.done(cast.lead, answered("police", "yes"));
    cast.scenario
        .act(cast.lead, done("clear"), expect!["procedure.marked"]);
    cast.settle();
}
