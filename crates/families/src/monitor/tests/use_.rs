//! monitor.use: use is monitored and can be traced.

use super::{Memory, cast, look, look_at, monitor, trace};
use crate::{
    monitor::{acts::Act, circle, entries::DayClosed, keep_days},
    roles::role::Role,
    spine::{
        act::Who,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

pub(super) const USE: &str = r#"
[[clause]]
id = "use"
section = "Monitoring"
text = "Internet use is monitored on each device, kept for two months and looked through every month."
controls = ["monitor.use"]
values = { keep = "2 months", review_every = "month" }

[[clause]]
id = "games"
section = "Filtering"
text = "Games are closed."
controls = ["filter.age-appropriate"]
"#;

fn closed(day: Date, digest: &str) -> DayClosed {
    DayClosed {
        day,
        events: 4_120,
        bytes: 31_200,
        digest: digest.to_owned(),
        lost: 0,
        gone: Vec::new(),
    }
}

#[test]
fn what_was_asked_for_is_counted_and_who_asked_takes_a_reason() {
    let (mut s, cast) = cast(USE);
    let at = s.now();
    s.traces = Box::new(Memory {
        all: vec![
            trace(at, Some(cast.tomos), "quillon.example"),
            trace(at, Some(cast.rosa), "frogs.example"),
        ],
    });
    let page = s.page(cast.lead, "/monitor", &[]);
    for said in [
        "2 things were asked for",
        "Tomos Reed",
        "Laptop 1",
        "Games",
        "quillon.example",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(s.page(cast.tomos, "/monitor", &[]), "not allowed");
    s.act(
        cast.lead,
        look(crate::monitor::acts::NewLook {
            why: " ".to_owned(),
            ..look_at(Some(cast.tomos), None, at.date())
        }),
        expect!["mistake in why: Write something here"],
    );
    s.act(
        cast.lead,
        look(look_at(Some(cast.tomos), None, at.date())),
        expect!["monitor.looked"],
    );
    let number = s.setting.monitor.looks().next().unwrap().number.to_string();
    let params = [("case", number.as_str())];
    let page = s.page(cast.lead, "/monitor/looks/{case}", &params);
    assert!(
        page.contains("quillon.example") && !page.contains("frogs.example"),
        "{page}"
    );
    assert!(page.contains("The tablet was out of the room"), "{page}");
    // Who did not look sees nothing, and tomorrow it is closed.
    assert_eq!(
        s.page(cast.deputy, "/monitor/looks/{case}", &params),
        "not allowed"
    );
    s.later(24 * 60);
    let page = s.page(cast.lead, "/monitor/looks/{case}", &params);
    assert!(
        !page.contains("quillon.example") && page.contains("no longer open"),
        "{page}"
    );
}

#[test]
fn why_something_was_closed_is_told_with_list_line_plan_and_policy_of_that_time() {
    let (mut s, cast) = cast(USE);
    let at = s.now();
    s.traces = Box::new(Memory {
        all: vec![trace(at, Some(cast.tomos), "quillon.example")],
    });
    s.done(cast.lead, look(look_at(Some(cast.tomos), None, at.date())));
    let number = s.setting.monitor.looks().next().unwrap().number.to_string();
    let micros = at.micros().to_string();
    let params = [
        ("case", number.as_str()),
        ("at", micros.as_str()),
        ("asked", "quillon.example"),
    ];
    let page = s.page(cast.lead, "/monitor/looks/{case}/explain", &params);
    for said in [
        "games-list, line 7",
        "Version 1",
        "Number 5",
        "Games are closed.",
        "Filtering",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let before = [
        ("case", number.as_str()),
        ("at", "1000"),
        ("asked", "quillon.example"),
    ];
    let page = s.page(cast.lead, "/monitor/looks/{case}/explain", &before);
    assert_eq!(page, "nothing here");
}

#[test]
fn traces_of_longer_ago_than_they_are_kept_are_not_looked_at() {
    let (mut s, cast) = cast(USE);
    s.on(2026, 12, 1);
    assert_eq!(keep_days(&s.setting, &s.in_force, s.today()), 62);
    s.act(
        cast.lead,
        look(look_at(Some(cast.tomos), None, Date::constant(2026, 9, 2))),
        expect!["mistake in first: Traces are kept for 62 days"],
    );
    let without = Scenario::new();
    let days = keep_days(&without.setting, &without.in_force, without.today());
    assert_eq!(days, 90);
}

#[test]
fn each_day_that_is_over_has_its_digest_in_the_ledger_once() {
    let (mut s, cast) = cast(USE);
    let day = s.today();
    let close = |digest| monitor(Act::CloseDay(closed(day, digest)));
    s.act(Who::Clock, close("00ff"), expect!["monitor.day-closed"]);
    s.act(Who::Clock, close("00ff"), expect![""]);
    assert!(s.registered("monitor.use").contains("4120 | 0 | 00ff"));
    s.traces = Box::new(Memory::default());
    let page = s.page(cast.lead, "/monitor/kept", &[]);
    assert!(
        page.contains("As it was") && page.contains("61 days"),
        "{page}"
    );
    s.done(Who::Clock, close("1234"));
    let page = s.page(cast.lead, "/monitor/kept", &[]);
    assert!(page.contains("Changed"), "{page}");
}

#[test]
fn the_reports_are_looked_through_as_often_as_the_policy_says() {
    let (mut s, cast) = cast(USE);
    s.on(2026, 9, 28);
    assert_eq!(
        s.owed("monitor.use"),
        "Look through the reports of monitoring by 2026-10-01: Ines Marsh"
    );
    s.on(2026, 10, 5);
    assert_eq!(s.standing("use"), Standing::Breached);
    let found = "Games are asked for at noon".to_owned();
    s.done(cast.lead, monitor(Act::ReviewUse { found }));
    assert_eq!(s.standing("use"), Standing::Met);
}

#[test]
fn a_policy_may_open_monitoring_to_fewer_people() {
    let narrow = USE.replace(
        "review_every = \"month\"",
        "review_every = \"month\", opened_to = [\"designated safeguarding lead\", \"deputy lead\"]",
    );
    let (s, cast) = cast(&narrow);
    assert_eq!(circle::watching(&s.setting), [Role::Lead, Role::DeputyLead]);
    assert_eq!(s.page(MANAGER, "/monitor", &[]), "not allowed");
    assert!(s.page(cast.deputy, "/monitor", &[]).contains("Monitoring"));
}

#[test]
fn the_report_is_taken_along_as_tables() {
    let (mut s, cast) = cast(USE);
    let at = s.now();
    s.traces = Box::new(Memory {
        all: vec![trace(at, Some(cast.tomos), "quillon.example")],
    });
    let report = s.page(cast.lead, "/monitor/print", &[("days", "7")]);
    assert!(
        report.contains("By person") && report.contains("Tomos Reed"),
        "{report}"
    );
    let found = s.page(cast.lead, "/monitor/search", &[("has", "Quillon")]);
    assert!(
        found.contains("quillon.example") && !found.contains("Tomos"),
        "{found}"
    );
}

#[test]
fn what_was_kept_for_a_concern_is_looked_at_by_who_is_on_it_however_long_ago() {
    use crate::filter::acts::{Act as Filter, Sight};
    let (mut s, cast) = cast(USE);
    let at = s.now().plus_minutes(-5);
    let early = s.now().plus_minutes(-300);
    s.traces = Box::new(Memory {
        all: vec![
            trace(early, Some(cast.tomos), "earlier.example"),
            trace(at, Some(cast.tomos), "quillon.example"),
        ],
    });
    let sight = Sight {
        device: Some(1),
        what: "A film of a fight".to_owned(),
        ..Sight::default()
    };
    let saw = crate::spine::act::Act::Filter(Filter::SawSomething(Box::new(sight)));
    s.done(cast.rosa, saw);
    s.on(2027, 3, 1);
    let page = s.page(cast.lead, "/monitor/looks", &[]);
    assert!(page.contains("Concern 1: Laptop 1"), "{page}");
    assert!(
        !s.page(cast.chair, "/monitor/looks", &[])
            .contains("Concern 1")
    );
    let kept = |concern| crate::monitor::acts::NewLook {
        concern,
        ..look_at(None, Some(1), at.date())
    };
    s.act(
        cast.lead,
        look(kept(None)),
        expect!["mistake in first: Traces are kept for 61 days"],
    );
    s.act(
        MANAGER,
        look(kept(Some(1))),
        expect!["mistake in concern: No trace of these days and this device is kept for it"],
    );
    s.act(cast.lead, look(kept(Some(1))), expect!["monitor.looked"]);
    let number = s.setting.monitor.looks().next().unwrap().number.to_string();
    let params = [("case", number.as_str())];
    let page = s.page(cast.lead, "/monitor/looks/{case}", &params);
    assert!(
        page.contains("quillon.example") && !page.contains("earlier.example"),
        "{page}"
    );
    assert_eq!(
        s.page(cast.chair, "/monitor/looks/{case}", &params),
        "not allowed"
    );
}
