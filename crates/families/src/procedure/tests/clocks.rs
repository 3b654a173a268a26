//! Clocks of a procedure: each is a duty of its own, and whoever is on the case is told before one
//! ends and at the minute at which it does.

use super::{Cast, cast_in, done, more};
use crate::{
    concerns::kinds::Kind,
    notices::tells::{To, tells},
    procedure::{acts::Act, run::Outcome},
    spine::{
        act::{Act as AnyAct, Who},
        permit::need_for_line,
        scenario::Scenario,
        wakes::wakes,
    },
};
use expect_test::expect;
use kernel::moment::{Date, Moment};

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
    let says = [
        ("whose", "Parents"),
        ("count", "34"),
        ("risk", "high"),
        ("why", "Addresses"),
    ];
    let assessed = more("assess", Outcome::Done, "A mail to all", &says);
    cast.scenario.done(cast.lead, assessed);
    cast
}

fn owed(cast: &Cast) -> String {
    cast.scenario.view(cast.lead, |view| {
        let duties = view.my_duties();
        let runs = duties
            .iter()
            .filter(|owed| owed.duty.about.starts_with("run:"));
        let words = runs.map(|owed| {
            let words = owed.duty.what.split(" in case ").next().unwrap_or_default();
            let until = owed.duty.what.split("until ").last().unwrap_or_default();
            format!("{words} until {until}")
        });
        words.collect::<Vec<String>>().join("\n")
    })
}

/// When the time to tell the Commissioner ends.
fn ends() -> Moment {
    Moment::on(Date::constant(2026, 9, 7), 9, 0)
}

/// What the clock says at a moment of the time to tell the Commissioner; all of it is done.
fn tick(cast: &mut Cast, now: Moment) -> Vec<String> {
    cast.scenario.at(now);
    let s = &cast.scenario;
    let acts = wakes(&s.setting, &s.in_force, now);
    let mut said = Vec::new();
    for act in acts {
        let (AnyAct::Procedure(Act::ClockNear(clock)) | AnyAct::Procedure(Act::ClockEnded(clock))) =
            act
        else {
            continue;
        };
        cast.scenario.done(Who::Clock, act);
        if clock.ends == ends() {
            said.push(cast.scenario.lines.last().unwrap().kind.clone());
        }
    }
    said
}

#[test]
fn each_clock_that_runs_is_a_duty_of_its_own() {
    let mut cast = begun();
    expect![[r#"
        Do a step of what has to be done until 4 September 2026, 09:00
        Do 2 steps of what has to be done until 5 September 2026, 09:00
        Do a step of what has to be done until 7 September 2026, 09:00
        Do a step of what has to be done until 7 September 2026, 23:59
        Do a step of what has to be done until 2 October 2026, 23:59"#]]
    .assert_eq(&owed(&cast));
    cast.scenario.done(cast.lead, done("regulator"));
    let left = owed(&cast);
    assert!(!left.contains("7 September 2026, 09:00"), "{left}");
}

#[test]
fn who_is_on_the_case_is_told_before_a_clock_ends_and_at_its_minute() {
    let mut cast = begun();
    // 72 hours: told beforehand in the last 18 of them.
    let sunday = |hour, minute| Moment::on(Date::constant(2026, 9, 6), hour, minute);
    assert!(tick(&mut cast, sunday(14, 0)).is_empty());
    assert_eq!(tick(&mut cast, sunday(15, 30)), ["procedure.clock-near"]);
    assert!(tick(&mut cast, sunday(15, 31)).is_empty());
    let mut lines = cast.scenario.lines.iter().rev();
    let near = lines.find(|line| line.kind == "procedure.clock-near");
    let near = near.unwrap().clone();
    let told: Vec<To> = tells(&near, &cast.scenario.setting)
        .into_iter()
        .map(|tell| tell.to)
        .collect();
    assert_eq!(told, [To::Person(cast.lead), To::Person(cast.deputy)]);
    let sees = |who| {
        cast.scenario
            .view(who, |view| view.has(&need_for_line(&near)))
    };
    assert!(sees(cast.lead) && !sees(cast.rosa));
    assert!(tick(&mut cast, ends().plus_minutes(-1)).is_empty());
    assert_eq!(tick(&mut cast, ends()), ["procedure.clock-ended"]);
    assert!(tick(&mut cast, ends().plus_minutes(1)).is_empty());
}

#[test]
fn nothing_is_told_of_a_step_that_is_settled_in_time() {
    let mut cast = begun();
    cast.scenario.done(cast.lead, done("regulator"));
    assert!(tick(&mut cast, ends().plus_minutes(-30)).is_empty());
    assert!(tick(&mut cast, ends()).is_empty());
}
