//! concerns.mandatory-report: who reports is shown what the law asks of them, says what they did,
//! and nobody stops it.

use super::report::{Cast, cast_with, report};
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
        matter::OWN_DUTY,
        note::Report,
        own_duty::acts::{Act as OwnDuty, Answer},
    },
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Who},
        scenario::MANAGER,
    },
};
use expect_test::expect;
use kernel::moment::Date;

const CLAUSE: &str = r#"
[[clause]]
id = "law"
section = "If you are worried"
text = "Whoever the law asks to report tells the police or the council themselves."
controls = ["concerns.mandatory-report"]
values = { from = "2026-09-01", to = ["the police", "children’s social care"] }
"#;

const ONE: u32 = OWN_DUTY + 1;

fn cast() -> Cast {
    cast_with(CLAUSE)
}

fn answer(what: Answer) -> AnyAct {
    AnyAct::Concerns(Act::OwnDuty(OwnDuty::Answer { case: ONE, what }))
}

fn told() -> AnyAct {
    answer(Answer::Reported {
        to: "the police, 101".to_owned(),
        on: Date::constant(2026, 9, 2),
        reference: "P-17".to_owned(),
    })
}

fn owed(cast: &Cast, who: crate::spine::act::Person) -> String {
    cast.scenario.view(who, |view| {
        let mine = view.my_duties();
        let own = mine
            .iter()
            .filter(|owed| owed.control == "concerns.mandatory-report");
        own.map(|owed| format!("{} by {}", owed.duty.what, owed.duty.due))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

#[test]
fn who_reports_is_asked_at_once_and_says_what_they_did() {
    let mut cast = cast();
    cast.scenario.act(
        cast.rosa,
        report("He told me what his uncle does", None, None),
        expect!["concerns.reported, concerns.own-duty-asked"],
    );
    expect!["Look at your own duty to report, and write down what you did by 2026-09-02"]
        .assert_eq(&owed(&cast, cast.rosa));
    assert_eq!(owed(&cast, cast.tomos), "");
    assert_eq!(cast.scenario.owed("concerns.mandatory-report"), "");
    let at = [("case", "20000001")];
    let page = cast
        .scenario
        .page(cast.rosa, "/concerns/own-duty/{case}", &at);
    assert!(page.contains("Child sexual abuse") && page.contains("Female genital mutilation"));
    assert!(page.contains("commits an offence") && page.contains("you need nobody’s leave"));
    cast.scenario
        .act(cast.rosa, told(), expect!["concerns.own-duty-answered"]);
    assert_eq!(owed(&cast, cast.rosa), "");
    // Who is on the case sees what was done; nobody else learns of it.
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/own-duty/{case}", &at);
    assert!(page.contains("P-17") && page.contains("the police, 101"));
    for other in [MANAGER, cast.tomos, cast.chair] {
        let page = cast.scenario.page(other, "/concerns/own-duty/{case}", &at);
        assert_eq!(page, "not allowed");
    }
}

#[test]
fn it_is_theirs_alone_and_nothing_stops_it() {
    let mut cast = cast();
    cast.scenario.done(cast.rosa, report("A worry", None, None));
    for other in [cast.lead, MANAGER, cast.tomos] {
        let said = cast.scenario.try_act(other, &told());
        let said = cast.scenario.in_words(&said);
        assert_eq!(said, "not allowed: the person whom it is about may");
    }
    // Whoever still has to sign an agreement can write it down all the same.
    assert!(crate::spine::door::is_open_to_held(
        &told(),
        &cast.scenario.setting
    ));
    let chance = kernel::chance::Chance::from_seed([1; 32]);
    let sealer = kernel::sealed::Sealer::new(&cast.scenario.keys, &chance);
    let rosa = crate::spine::act::Actor::person_only(cast.rosa);
    let case = crate::spine::act::Case {
        who: &rosa,
        now: cast.scenario.now(),
        today: cast.scenario.today(),
        setting: &cast.scenario.setting,
        in_force: &cast.scenario.in_force,
        sealer: &sealer,
        confirmed: &[],
    };
    for running in cast.scenario.in_force.running() {
        let ruling = running.control.judge(&told(), &case);
        assert_eq!(ruling, kernel::ruling::Ruling::Silent, "{}", running.id);
    }
}

#[test]
fn only_reasons_that_the_law_knows_are_taken_and_waiting_has_an_end() {
    let mut cast = cast();
    cast.scenario.done(cast.rosa, report("A worry", None, None));
    let not_asked = |reason: &str| {
        answer(Answer::NotAsked {
            reason: reason.to_owned(),
            words: "I saw a bruise and know no more".to_owned(),
        })
    };
    cast.scenario.act(cast.rosa, not_asked("excuse"), expect!["mistake in reason: That is no reason that each of these laws knows. Choose another, or report it"]);
    let waits = |day| {
        answer(Answer::Waits {
            until: Date::constant(2026, 9, day),
            words: "The father is in the house".to_owned(),
        })
    };
    cast.scenario.act(cast.rosa, waits(20), expect!["mistake in until: Choose a day after today, and not after 9 September 2026: the law allows no longer"]);
    cast.scenario
        .act(cast.rosa, waits(7), expect!["concerns.own-duty-answered"]);
    expect!["Look at your own duty to report, and write down what you did by 2026-09-07"]
        .assert_eq(&owed(&cast, cast.rosa));
    cast.scenario.act(
        cast.rosa,
        not_asked("not-known"),
        expect!["concerns.own-duty-answered"],
    );
    assert_eq!(owed(&cast, cast.rosa), "");
}

#[test]
fn before_the_day_of_a_duty_and_of_parents_and_unnamed_nobody_is_asked() {
    let later = CLAUSE.replace("2026-09-01", "2027-01-01");
    let mut cast = cast_with(&later);
    let grooming = |unnamed| {
        let report = Report {
            what: "A man writes to her".to_owned(),
            kind: Kind::Grooming,
            ..Report::default()
        };
        AnyAct::Concerns(Act::Report(Box::new(NewReport {
            report,
            unnamed,
            ..NewReport::default()
        })))
    };
    cast.scenario
        .act(cast.rosa, grooming(false), expect!["concerns.reported"]);
    let page = cast.scenario.page(cast.rosa, "/concerns/own-duty", &[]);
    assert!(page.contains("From 1 January 2027 on"), "{page}");
    cast.scenario.on(2027, 1, 4);
    cast.scenario.act(
        cast.rosa,
        grooming(false),
        expect!["concerns.reported, concerns.own-duty-asked"],
    );
    let parent = cast.scenario.person("Ada Finch", &[Group::Parent]);
    cast.scenario
        .act(parent, grooming(false), expect!["concerns.reported"]);
    cast.scenario
        .act(Who::Nobody, grooming(true), expect!["concerns.reported"]);
}
