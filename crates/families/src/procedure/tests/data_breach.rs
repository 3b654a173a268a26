//! procedure.data-breach: 72 hours, the people concerned, and every breach in the register.

use super::{Cast, agree, cast_in, done, mark, more, on};
use crate::{
    concerns::kinds::Kind,
    procedure::{
        acts::Act,
        run::{Outcome, State},
    },
    spine::scenario::{MANAGER, Scenario},
};
use expect_test::expect;

const CLAUSES: &str = r#"
[[clause]]
id = "breach"
section = "Personal data"
text = "Personal data that is lost or shown is dealt with at once, and the Commissioner is told."
controls = ["procedure.data-breach", "concerns.case", "concerns.report"]
"#;

fn begun() -> Cast {
    let mut cast = cast_in(Scenario::with_clauses(CLAUSES));
    cast.reported(Kind::Data, None);
    cast.started("data-breach", "");
    cast
}

fn assessed(risk: &str) -> crate::spine::act::Act {
    let says = [
        ("whose", "Parents"),
        ("count", "34"),
        ("risk", risk),
        ("why", "Addresses only"),
    ];
    more(
        "assess",
        Outcome::Done,
        "The list of addresses was in a mail to all",
        &says,
    )
}

#[test]
fn the_commissioner_has_72_hours_by_the_clock_weekend_or_not() {
    let mut cast = begun();
    expect!["7 September 2026, 09:00"].assert_eq(&cast.due("regulator"));
    cast.scenario.act(
        cast.lead,
        done("assess"),
        expect!["mistake in outcome: Write down the breach and its risk, on the form for it"],
    );
    cast.scenario.done(cast.lead, assessed("some"));
    // With a risk, not telling takes a second person.
    let not = mark(
        "regulator",
        Outcome::NotNeeded,
        "All have deleted it unread",
    );
    cast.scenario.done(cast.lead, not);
    assert_eq!(cast.state("regulator"), State::NeedsSecond);
    cast.scenario.done(cast.deputy, agree(2));
    assert_eq!(cast.state("regulator"), State::NotNeeded);
}

#[test]
fn where_a_risk_is_unlikely_the_reason_is_kept_and_nobody_has_to_be_told() {
    let mut cast = begun();
    cast.scenario.done(cast.lead, assessed("none"));
    let not = mark("regulator", Outcome::NotNeeded, "Unlikely to harm anybody");
    cast.scenario.done(cast.lead, not);
    assert_eq!(cast.state("regulator"), State::NotNeeded);
    let mut cast = begun();
    cast.scenario.done(cast.lead, assessed("high"));
    cast.scenario.done(
        cast.lead,
        mark("people", Outcome::NotNeeded, "They know already"),
    );
    assert_eq!(cast.state("people"), State::NeedsSecond);
}

#[test]
fn every_breach_stands_in_the_register_for_who_is_on_its_case() {
    let mut cast = begun();
    cast.scenario.done(cast.lead, assessed("none"));
    cast.scenario.done(
        cast.lead,
        mark("regulator", Outcome::NotNeeded, "Unlikely to harm anybody"),
    );
    let print = "/procedure/breaches/print";
    let shown = cast.scenario.page(cast.lead, print, &[]);
    for part in [
        "34",
        "Parents",
        "Unlikely. Addresses only",
        "Not told: Unlikely to harm anybody",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // The manager is not on the case, and sees that there is a register and nothing in it.
    let empty = cast.scenario.page(MANAGER, print, &[]);
    assert!(!empty.contains("Parents") && !empty.contains("34"));
    let kept = cast.scenario.page(
        MANAGER,
        "/policy/controls/{control}",
        &[("control", "procedure.data-breach")],
    );
    assert!(kept.contains("kept apart"));
}

#[test]
fn the_register_is_looked_through_once_a_year() {
    let mut cast = begun();
    assert_eq!(cast.scenario.owed("procedure.data-breach"), "");
    cast.scenario.on(2027, 8, 20);
    expect!["Look through the register of breaches: is each decided, and what has changed? by 2027-09-01: Maya Lin"].assert_eq(&cast.scenario.owed("procedure.data-breach"));
    let look = on(Act::LookThrough {
        found: "Lists are checked before they are sent".to_owned(),
    });
    cast.scenario.act(cast.rosa, look.clone(), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    cast.scenario
        .act(MANAGER, look, expect!["procedure.looked-through"]);
    assert_eq!(cast.scenario.owed("procedure.data-breach"), "");
    let page = cast.scenario.page(MANAGER, "/procedure/breaches", &[]);
    assert!(page.contains("Lists are checked"));
}
