//! procedure.staff-misuse: told outside at once; the person learns nothing here.

use super::{Cast, answered, cast, cast_in, done, mark, on, small, start};
use crate::{
    concerns::{
        acts::{Act as Concern, NewReport},
        kinds::Kind,
    },
    families,
    people::group::Group,
    place::{acts::Act as Place, entries::Described},
    policy::approver::Approver,
    procedure::{
        acts::Act,
        run::{Outcome, State},
        sheet::Waits,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Actor, Person, Who},
        judge::No,
        permit,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::calendar::Nation;

fn begun() -> Cast {
    let mut cast = cast();
    let tomos = cast.tomos;
    cast.reported(Kind::Adult, Some(tomos));
    cast.started("staff-misuse", "");
    cast
}

#[test]
fn the_designated_officer_has_one_working_day_and_the_regulator_fourteen_days() {
    let cast = begun();
    // Heard on a Friday: the working day is the Monday.
    expect!["7 September 2026, 23:59"].assert_eq(&cast.due("officer"));
    expect!["18 September 2026, 23:59"].assert_eq(&cast.due("regulator"));
    // The barring service's clock begins with the outcome.
    expect!["no clock"].assert_eq(&cast.due("bar"));
    let mut cast = cast;
    cast.scenario.on(2026, 9, 25);
    cast.scenario.done(
        cast.lead,
        mark(
            "outcome",
            Outcome::Done,
            "Substantiated; resigned before the hearing",
        ),
    );
    expect!["9 October 2026, 23:59"].assert_eq(&cast.due("bar"));
}

#[test]
fn each_nation_has_its_own_bodies_and_times() {
    for (nation, officer, regulator, due, bar) in [
        (
            Nation::England,
            "officer",
            "regulator",
            "18 September 2026, 23:59",
            "bar",
        ),
        (
            Nation::Wales,
            "officer-wales",
            "regulator-wales",
            "18 September 2026, 23:59",
            "bar",
        ),
        (
            Nation::Scotland,
            "officer-scotland",
            "regulator-scotland",
            "5 September 2026, 09:00",
            "bar-scotland",
        ),
        (
            Nation::NorthernIreland,
            "officer-northern-ireland",
            "regulator-northern-ireland",
            "7 September 2026, 23:59",
            "bar",
        ),
    ] {
        let mut scenario = Scenario::with_template("county-preschool");
        let described = scenario.setting.place.described().unwrap().clone();
        if nation != described.nation {
            let there = Place::Describe(Described {
                nation,
                ..described
            });
            scenario.done(MANAGER, AnyAct::Place(there));
        }
        let mut cast = cast_in(scenario);
        let tomos = cast.tomos;
        cast.reported(Kind::Adult, Some(tomos));
        cast.started("staff-misuse", "");
        let course = cast.course(1);
        assert!(
            course.item(officer).is_some() && course.item(bar).is_some(),
            "{nation:?}"
        );
        assert_eq!(cast.due(regulator), due, "{nation:?}");
        let others = course
            .items
            .iter()
            .filter(|item| item.key.starts_with("regulator"));
        assert_eq!(others.count(), 1, "{nation:?}");
    }
}

#[test]
fn a_shorter_time_of_the_area_wins() {
    let clauses = r#"
[[clause]]
id = "lado"
section = "Allegations"
text = "The designated officer of our county is told within 24 hours."
controls = ["procedure.staff-misuse", "concerns.report", "concerns.case"]
values = { officer_within = "24 hours" }
"#;
    let mut cast = cast_in(Scenario::with_clauses(clauses));
    let tomos = cast.tomos;
    cast.reported(Kind::Adult, Some(tomos));
    cast.started("staff-misuse", "");
    expect!["5 September 2026, 09:00"].assert_eq(&cast.due("officer"));
    let shown = cast.scenario.page(
        cast.lead,
        "/policy/controls/{control}",
        &[("control", "procedure.staff-misuse")],
    );
    assert!(shown.contains("Our area asks that the designated officer is told"));
}

#[test]
fn the_person_is_told_only_as_the_designated_officer_advises() {
    let mut cast = begun();
    assert_eq!(cast.state("person"), State::Waiting(Waits::Officer));
    let answer = cast.scenario.try_act(cast.lead, &done("person"));
    let says = cast.scenario.in_words(&answer);
    assert!(says.contains("refused by procedure.staff-misuse"), "{says}");
    assert!(
        says.contains("waits for the designated officer’s advice"),
        "{says}"
    );
    cast.scenario.done(
        cast.lead,
        mark(
            "officer",
            Outcome::Done,
            "Wait until the strategy meeting; then the chair tells",
        ),
    );
    cast.scenario
        .act(cast.lead, done("person"), expect!["procedure.marked"]);
}

#[test]
fn suspending_ends_what_the_person_can_do_here_and_nobody_else_sees_it() {
    let mut cast = small();
    let about = cast.tomos;
    cast.reported(Kind::Adult, Some(about));
    cast.started("staff-misuse", "");
    let suspend = |person: Person| {
        on(Act::Suspend {
            case: 1,
            person,
            why: "Children are at risk".to_owned(),
        })
    };
    let (lead, tomos, rosa) = (cast.lead, cast.tomos, cast.rosa);
    cast.scenario.act(
        rosa,
        suspend(tomos),
        expect!["not allowed: people whom it concerns may"],
    );
    cast.scenario.act(
        lead,
        suspend(rosa),
        expect!["mistake in person: The case is not about this person"],
    );
    let before: Vec<String> = pages(&cast, rosa);
    cast.scenario.act(
        lead,
        suspend(tomos),
        expect!["procedure.suspended, procedure.marked"],
    );
    assert_eq!(cast.state("suspend"), State::Done);
    assert_eq!(before, pages(&cast, rosa));
    assert_eq!(cast.scenario.page(tomos, "/", &[]), "not allowed");
    let report = AnyAct::Concerns(Concern::TakeOn { case: 1 });
    assert!(matches!(
        cast.scenario.try_act(tomos, &report),
        Err(No::NotAllowed(_))
    ));
    cast.scenario.act(
        lead,
        suspend(tomos),
        expect!["mistake in person: Their access is suspended already"],
    );
    let restore = on(Act::Restore {
        case: 1,
        person: tomos,
        why: "Unfounded".to_owned(),
    });
    cast.scenario
        .act(lead, restore, expect!["procedure.restored"]);
    assert_ne!(cast.scenario.page(tomos, "/", &[]), "not allowed");
}

#[test]
fn what_others_may_do_does_not_tell_them_that_somebody_is_suspended() {
    let mut cast = small();
    let ines = cast
        .scenario
        .holder("Ines Marsh", Group::Staff, Role::RoomLeader);
    cast.reported(Kind::Adult, Some(ines));
    cast.started("staff-misuse", "");
    let suspend = on(Act::Suspend {
        case: 1,
        person: ines,
        why: "Children are at risk".to_owned(),
    });
    cast.scenario.done(cast.lead, suspend);
    let (setting, today) = (&cast.scenario.setting, cast.scenario.today());
    let approver = Approver::read("room leader");
    assert!(approver.has_anybody(setting, today));
    let who = Actor::person_only(ines);
    assert!(permit::permit(&who, &approver.need(), setting, today).is_err());
}

/// All pages as somebody sees them.
fn pages(cast: &Cast, who: Person) -> Vec<String> {
    families::pages()
        .map(|page| {
            let named = page.path.split('/').filter(|part| part.starts_with('{'));
            let params: Vec<(&str, &str)> = named
                .map(|part| (part.trim_matches(['{', '}']), "1"))
                .collect();
            cast.scenario.page(who, page.path, &params)
        })
        .collect()
}

#[test]
fn nothing_tips_the_person_off_not_even_when_they_manage_the_setting() {
    // Twice the same setting; in one of them there is an allegation about the manager, and the
    // chair works on it.
    let mut without = small();
    let mut with = small();
    let mut new = NewReport::default();
    new.report.what = "Rough with a child".to_owned();
    new.report.kind = Kind::Adult;
    new.report.adult = Some(MANAGER);
    let report = AnyAct::Concerns(Concern::Report(Box::new(new)));
    with.scenario.done(Who::Nobody, report);
    let (chair, lead) = (with.chair, with.lead);
    with.scenario.done(chair, start("staff-misuse", "", &[]));
    with.scenario.done(chair, answered("police", "yes"));
    with.scenario
        .done(lead, mark("officer", Outcome::Done, "Tell nobody yet"));
    for day in [5, 20] {
        with.scenario.on(2026, 9, day);
        without.scenario.on(2026, 9, day);
        for who in [MANAGER, with.tomos] {
            for (one, two) in pages(&without, who).into_iter().zip(pages(&with, who)) {
                let begins: String = two.chars().take(60).collect();
                assert!(one == two, "{who}: {begins}");
            }
        }
        let duties = |cast: &Cast| {
            cast.scenario.view(MANAGER, |view| {
                let all = view.my_duties().into_iter();
                all.map(|owed| owed.duty.what.clone()).collect::<Vec<_>>()
            })
        };
        assert_eq!(duties(&without), duties(&with));
    }
    // The lines of the ledger that the manager sees name no procedure.
    let lines = with.scenario.page(MANAGER, "/activity", &[]);
    assert!(!lines.contains("procedure") && !lines.contains("suspended"));
    assert_ne!(with.page(chair), "not allowed");
    assert_eq!(with.page(MANAGER), "not allowed");
}

#[test]
fn the_calendar_of_a_suspended_person_ends_and_comes_back() {
    let mut cast = small();
    let digest = "aa".to_owned();
    let feed = AnyAct::Notices(crate::notices::acts::Act::MakeFeed { digest });
    cast.scenario.done(MANAGER, feed);
    cast.reported(Kind::Adult, Some(MANAGER));
    cast.started("staff-misuse", "");
    let whose = |cast: &Cast| {
        let scenario = &cast.scenario;
        crate::notices::register::whose_feed("aa", &scenario.setting, scenario.today())
    };
    assert_eq!(whose(&cast), Some(MANAGER));
    let why = || "Children are at risk".to_owned();
    let (case, person) = (1, MANAGER);
    let suspend = on(Act::Suspend {
        case,
        person,
        why: why(),
    });
    cast.scenario.done(cast.lead, suspend);
    assert_eq!(whose(&cast), None);
    let restore = on(Act::Restore {
        case,
        person,
        why: why(),
    });
    cast.scenario.done(cast.lead, restore);
    assert_eq!(whose(&cast), Some(MANAGER));
}
