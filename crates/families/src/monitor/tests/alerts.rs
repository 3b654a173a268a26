//! monitor.alerts: worrying activity reaches the lead quickly.

use super::{Memory, cast, monitor, raise, raised, trace};
use crate::{
    monitor::{
        acts::{Act, Raise},
        kinds::{Severity, watched},
        unusual,
    },
    notices::tells::{self, To},
    spine::{
        act::{Person, Who},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

pub(super) const ALERTS: &str = r#"
[[clause]]
id = "alerts"
section = "Monitoring"
text = "What may be a worry reaches the safeguarding lead within 15 minutes."
controls = ["monitor.alerts"]
values = { themes = ["unusual activity"], within = "15 minutes" }
"#;

fn of(s: &Scenario) -> u32 {
    s.setting.monitor.alerts().next_back().unwrap().number
}

fn told(s: &Scenario) -> Vec<Person> {
    let line = s.lines.last().unwrap();
    let told = tells::tells(line, &s.setting).into_iter();
    told.filter_map(|tell| match tell.to {
        To::Person(person) => Some(person),
        To::Role(_) => None,
    })
    .collect()
}

fn dismiss(case: u32) -> crate::spine::act::Act {
    monitor(Act::Dismiss {
        case,
        why: "It came with an advertisement".to_owned(),
    })
}

#[test]
fn an_alert_reaches_the_lead_and_becomes_a_concern_with_what_is_known() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    let number = raised(&mut s, raise("a", Some(cast.tomos), at));
    assert_eq!(told(&s), [cast.lead, cast.deputy]);
    let case = number.to_string();
    let page = s.page(cast.lead, "/monitor/alerts/{case}", &[("case", &case)]);
    for said in ["quillon.example", "Laptop 1", "Tomos Reed", "It was closed"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let what = "He was on his break".to_owned();
    s.act(
        cast.lead,
        monitor(Act::TakeUp { case: number, what }),
        expect!["concerns.reported, monitor.alert-became"],
    );
    let concern = s.page(cast.lead, "/concerns/cases/{case}", &[("case", "1")]);
    for said in [
        "quillon.example",
        "Laptop 1",
        "He was on his break",
        "An alert of the filter",
    ] {
        assert!(concern.contains(said), "{said}: {concern}");
    }
    s.act(
        cast.lead,
        dismiss(number),
        expect!["mistake in case: Somebody has said already what comes of it"],
    );
}

#[test]
fn the_clock_of_an_alert_runs_by_the_policy_and_the_lead_owes_it() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    let urgent = Raise {
        severity: Severity::High,
        ..raise("a", Some(cast.tomos), at)
    };
    raised(&mut s, urgent);
    let page = s.page(cast.lead, "/monitor", &[]);
    assert!(page.contains("minutes left"), "{page}");
    let mine = s.view(cast.lead, |view| {
        let duties = view.my_duties();
        duties
            .iter()
            .map(|owed| owed.duty.what.clone())
            .collect::<Vec<_>>()
    });
    assert_eq!(mine, ["Look at an alert of the filter"]);
    let today = s.page(cast.lead, "/", &[]);
    assert!(today.contains("An alert of the filter waits"), "{today}");
    s.later(20);
    let page = s.page(cast.lead, "/monitor", &[]);
    assert!(page.contains("Late by"), "{page}");
}

#[test]
fn what_goes_on_is_one_alert_and_told_twice_it_is_taken_once() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    raised(&mut s, raise("a", Some(cast.tomos), at));
    let again = |count| {
        let more = Raise {
            count,
            ..raise("a", Some(cast.tomos), at)
        };
        monitor(Act::Raise(Box::new(more)))
    };
    s.act(Who::Clock, again(1), expect![""]);
    s.act(Who::Clock, again(4), expect!["monitor.alert-repeated"]);
    assert_eq!(s.setting.monitor.alerts().count(), 1);
    let case = of(&s).to_string();
    let page = s.page(cast.lead, "/monitor/alerts/{case}", &[("case", &case)]);
    assert!(page.contains("4 times"), "{page}");
    s.act(
        cast.tomos,
        again(9),
        expect!["not allowed: the program itself may"],
    );
}

#[test]
fn whoever_it_is_about_learns_nothing_of_it_even_the_lead() {
    for about in ["the lead", "somebody here"] {
        let (mut s, cast) = cast(ALERTS);
        let at = s.now();
        let person = if about == "the lead" {
            cast.lead
        } else {
            cast.tomos
        };
        let before: Vec<String> = pages(&s, person);
        let number = raised(&mut s, raise("a", Some(person), at));
        s.back_to(at);
        assert_eq!(pages(&s, person), before, "{about}");
        let case = number.to_string();
        let page = s.page(person, "/monitor/alerts/{case}", &[("case", &case)]);
        assert_eq!(page, "not allowed");
        assert!(!told(&s).contains(&person));
        assert!(!told(&s).is_empty());
    }
}

/// All that somebody sees at the addresses that could tell of an alert.
fn pages(s: &Scenario, who: Person) -> Vec<String> {
    let at = [
        "/",
        "/monitor",
        "/monitor/alerts",
        "/monitor/watching",
        "/activity",
        "/monitor/mine",
    ];
    at.iter().map(|path| s.page(who, path, &[])).collect()
}

#[test]
fn an_urgent_alert_that_was_dismissed_is_looked_at_again_by_somebody_else() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    let urgent = Raise {
        severity: Severity::High,
        ..raise("a", None, at)
    };
    let case = raised(&mut s, urgent);
    s.act(cast.lead, dismiss(case), expect!["monitor.alert-dismissed"]);
    let again = |right| {
        let why = "It came up on every site of that kind".to_owned();
        monitor(Act::SecondLook { case, right, why })
    };
    s.act(
        cast.lead,
        again(true),
        expect!["mistake in case: Somebody else than who dismissed it looks again"],
    );
    s.act(
        cast.chair,
        again(false),
        expect!["monitor.alert-second-looked"],
    );
    assert!(s.setting.monitor.alert(case).unwrap().waits());
    s.done(cast.deputy, dismiss(case));
    s.act(
        cast.lead,
        again(true),
        expect!["monitor.alert-second-looked"],
    );
    assert_eq!(
        s.setting.monitor.alert(case).unwrap().in_words(),
        "Dismissed"
    );
}

#[test]
fn chance_picks_some_of_the_others_for_a_second_look() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    let mut picked = 0;
    for number in 0..40 {
        let case = raised(&mut s, raise(&format!("a{number}"), Some(cast.tomos), at));
        s.done(cast.lead, dismiss(case));
        let alert = s.setting.monitor.alert(case).unwrap();
        picked += u32::from(alert.waits_again());
    }
    assert!((1..40).contains(&picked), "{picked}");
}

#[test]
fn an_alert_is_dismissed_only_with_a_reason() {
    let (mut s, cast) = cast(ALERTS);
    let at = s.now();
    let case = raised(&mut s, raise("a", Some(cast.tomos), at));
    let why = String::new();
    s.act(
        cast.lead,
        monitor(Act::Dismiss { case, why }),
        expect!["mistake in why: Write something here"],
    );
    s.act(
        MANAGER,
        dismiss(case),
        expect!["not allowed: people whom it concerns may"],
    );
}

#[test]
fn a_device_that_asks_for_far_more_that_is_closed_than_usual_is_told_once_a_day() {
    let (mut s, cast) = cast(ALERTS);
    let mut all = Vec::new();
    for day in 3..=8 {
        s.on(2026, 9, day);
        let at = s.now();
        let times = if day == 8 { 80 } else { 4 };
        all.extend((0..times).map(|_| trace(at, Some(cast.tomos), "quillon.example")));
        s.traces = Box::new(Memory { all: all.clone() });
        let found = s.view(Who::Clock, unusual::found);
        assert_eq!(found.len(), usize::from(day == 8), "{day}");
    }
    let found = s.view(Who::Clock, unusual::found);
    for raise in found {
        assert!(raise.what.contains("80 times") && raise.what.contains("4 is usual"));
        let act = monitor(Act::Raise(Box::new(raise)));
        s.act(Who::Clock, act.clone(), expect!["monitor.alert-raised"]);
        s.act(Who::Clock, act, expect![""]);
    }
    assert!(!told(&s).contains(&cast.tomos));
    s.in_force = Scenario::new().in_force;
    assert!(s.view(Who::Clock, unusual::found).is_empty());
}

#[test]
fn a_topic_keeps_adults_alerts_quiet_until_its_day_and_the_lead_sees_it() {
    use crate::{devices::kinds::Users, filter::acts::Act as Filter, monitor::plan};
    let (mut s, cast) = cast(ALERTS);
    let note = Filter::NoteTopic {
        topic: "Training on self-harm".to_owned(),
        words: vec!["Helpline".to_owned(), "a".to_owned()],
        themes: vec!["self-harm".to_owned(), "moon".to_owned()],
        until: Date::constant(2026, 9, 10),
    };
    s.done(cast.tomos, crate::spine::act::Act::Filter(note));
    let alerts = plan::alerts(&s.setting, &s.in_force, s.now());
    let quiet = &alerts.quiet[0];
    assert_eq!(quiet.themes, ["self-harm"]);
    assert_eq!(quiet.words, ["helpline"]);
    assert!(!quiet.profiles.contains(&Users::Children.key()));
    let page = s.page(cast.lead, "/monitor", &[]);
    assert!(
        page.contains("Training on self-harm") && page.contains("10 September 2026"),
        "{page}"
    );
    s.on(2026, 9, 11);
    assert!(
        plan::alerts(&s.setting, &s.in_force, s.now())
            .quiet
            .is_empty()
    );
    let nothing = plan::alerts(&s.setting, &Scenario::new().in_force, s.now());
    assert!(nothing.is_nothing());
}

#[test]
fn what_the_policy_names_is_watched_beside_what_always_is() {
    let (s, _) = cast(ALERTS);
    let keys: Vec<&str> = watched(&s.in_force).iter().map(|theme| theme.key).collect();
    assert!(keys.contains(&"unusual") && keys.contains(&"self-harm"));
    assert!(!keys.contains(&"gambling"));
    assert!(watched(&Scenario::new().in_force).is_empty());
    let page = s.page(
        MANAGER,
        "/policy/controls/{control}",
        &[("control", "monitor.alerts")],
    );
    assert!(
        page.contains("within 15 minutes") && page.contains("unusual activity"),
        "{page}"
    );
}
