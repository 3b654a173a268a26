//! concerns.case, concerns.low-level, data.hold: what has been kept long enough is looked at, kept on
//! with a reason, or let go by two people; a hold stops it; nothing goes by itself.

use super::report::{Cast, cast, cast_with, report};
use crate::{
    concerns::{
        acts::Act,
        keeping::{
            acts::Act as Keep,
            entries::{Ground, Why},
        },
        note::{Note, Sort},
    },
    data::acts::Act as Data,
    spine::{
        act::{Act as AnyAct, Who},
        permit::{Need, need_for_line},
        wakes::wakes,
    },
};
use expect_test::expect;
use kernel::moment::Date;

const HOLDS: &str = r#"
[[clause]]
id = "hold"
section = "Keeping records"
text = "The designated safeguarding lead may order that nothing about a case goes."
controls = ["data.hold"]
values = { set_by = ["designated safeguarding lead"] }
"#;

fn on(act: Act) -> AnyAct {
    AnyAct::Concerns(act)
}

fn keep(act: Keep) -> AnyAct {
    on(Act::Keeping(act))
}

fn ask() -> AnyAct {
    keep(Keep::AskLetGo {
        case: 1,
        ground: Ground::LongEnough,
        why: "Nobody has asked for it since".to_owned(),
    })
}

fn let_go() -> AnyAct {
    keep(Keep::LetGo { case: 1 })
}

fn keep_on(year: i16) -> AnyAct {
    keep(Keep::KeepOn {
        case: 1,
        until: Date::constant(year, 1, 31),
        why: Why {
            basis: "inquiry".to_owned(),
            words: "The county looks into it".to_owned(),
        },
    })
}

/// A closed case of which nobody knows when the child was born.
fn closed(mut cast: Cast) -> Cast {
    let s = &mut cast.scenario;
    s.done(cast.rosa, report("A bruise", None, None));
    s.done(cast.lead, on(Act::TakeOn { case: 1 }));
    for sort in [Sort::Decision, Sort::Parents] {
        let note = Note::new("Talked about");
        let write = Act::Write {
            case: 1,
            sort,
            note,
            corrects: None,
        };
        s.done(cast.lead, on(write));
    }
    let outcome = Note::new("No further action");
    s.done(cast.lead, on(Act::Close { case: 1, outcome }));
    cast
}

/// What the clock asks for and does on this day.
fn tick(cast: &mut Cast) -> usize {
    let s = &cast.scenario;
    let acts = wakes(&s.setting, &s.in_force, s.now());
    let kept = |act: &AnyAct| matches!(act, AnyAct::Concerns(Act::Keeping(_)));
    let acts: Vec<AnyAct> = acts.into_iter().filter(kept).collect();
    let count = acts.len();
    for act in acts {
        cast.scenario.done(Who::Clock, act);
    }
    count
}

fn owed(cast: &Cast, who: crate::spine::act::Person) -> String {
    cast.scenario.view(who, |view| {
        let duties = view.my_duties();
        let kept = |about: &str| about.starts_with("kept") || about.starts_with("let-go");
        let lines: Vec<String> = duties
            .iter()
            .filter(|owed| kept(&owed.duty.about))
            .map(|owed| format!("{} by {}", owed.duty.about, owed.duty.due))
            .collect();
        lines.join("\n")
    })
}

#[test]
fn a_case_that_was_kept_long_enough_is_owed_a_decision_and_stays_until_two_people_let_it_go() {
    let mut cast = closed(cast());
    cast.scenario.on(2026, 10, 1);
    assert_eq!(tick(&mut cast), 1);
    assert_eq!(owed(&cast, cast.lead), "");
    cast.scenario.act(
        cast.lead,
        ask(),
        expect!["mistake in case: It is kept until 2 September 2051"],
    );
    // Once in each month, and no more.
    assert_eq!(tick(&mut cast), 0);
    cast.scenario.on(2051, 10, 1);
    assert_eq!(tick(&mut cast), 1);
    assert_eq!(owed(&cast, cast.lead), "kept:1:2051-10-01 by 2051-10-29");
    assert_eq!(owed(&cast, cast.rosa), "");
    cast.scenario.act(
        cast.lead,
        let_go(),
        expect!["mistake in case: Nobody has asked to let it go"],
    );
    cast.scenario
        .act(cast.lead, ask(), expect!["concerns.letting-go-asked"]);
    cast.scenario.act(
        cast.lead,
        let_go(),
        expect!["mistake in case: A second person has to agree to it"],
    );
    cast.scenario.act(
        cast.rosa,
        let_go(),
        expect!["not allowed: people whom it concerns may"],
    );
    let deputy = owed(&cast, cast.deputy);
    assert_eq!(deputy, format!("let-go:1:{} by 2051-10-29", cast.deputy));
    assert_eq!(owed(&cast, cast.lead), "");
    let at = [("case", "1")];
    let page = cast
        .scenario
        .page(cast.deputy, "/concerns/cases/{case}", &at);
    assert!(page.contains("Agree to let it go"), "{page}");
    cast.scenario
        .act(cast.deputy, let_go(), expect!["concerns.let-go"]);
    assert_eq!(owed(&cast, cast.deputy), "");
}

#[test]
fn what_was_let_go_is_there_for_nobody_and_that_it_was_stays_for_who_could_read_it() {
    let mut cast = closed(cast());
    let reference = cast
        .scenario
        .setting
        .concerns
        .case(1)
        .unwrap()
        .reference
        .clone();
    cast.scenario.on(2051, 10, 1);
    cast.scenario.done(cast.lead, ask());
    cast.scenario.done(cast.deputy, let_go());
    let gone: Vec<String> = cast.scenario.setting.erased().map(|(of, _)| of).collect();
    assert_eq!(gone, ["case:1"]);
    gone.iter().for_each(|of| cast.scenario.keys.destroy(of));
    let at = [("case", "1")];
    for path in ["/concerns/cases/{case}", "/concerns/cases/{case}/print"] {
        assert_eq!(cast.scenario.page(cast.lead, path, &at), "nothing here");
    }
    let list = cast
        .scenario
        .page(cast.lead, "/concerns", &[("which", "all")]);
    assert!(!list.contains(&reference) && list.contains("/concerns/let-go"));
    let page = cast.scenario.page(cast.lead, "/concerns/let-go", &[]);
    assert!(
        page.contains(&reference) && page.contains("Lena Hart"),
        "{page}"
    );
    let others = cast.scenario.page(cast.rosa, "/concerns/let-go", &[]);
    assert!(!others.contains(&reference), "{others}");
    let line = cast.scenario.lines.last().unwrap();
    let sees = |who| {
        cast.scenario
            .view(who, |view| view.has(&need_for_line(line)))
    };
    assert!(sees(cast.lead) && !sees(cast.rosa));
    // Its number is never given again.
    cast.scenario.done(cast.rosa, report("Another", None, None));
    assert!(cast.scenario.setting.concerns.case(2).is_some());
    let reopen = on(Act::Reopen {
        case: 1,
        why: "More".to_owned(),
    });
    cast.scenario.act(
        cast.lead,
        reopen,
        expect!["mistake in case: There is no such case"],
    );
}

#[test]
fn keeping_on_takes_a_later_day_and_a_reason_and_is_looked_at_again() {
    let mut cast = closed(cast());
    cast.scenario.act(
        cast.lead,
        keep_on(2050),
        expect!["mistake in until: It is kept until 2 September 2051 anyway. Choose a later day"],
    );
    cast.scenario.on(2051, 10, 1);
    tick(&mut cast);
    cast.scenario.done(cast.lead, ask());
    // The second person does not agree.
    cast.scenario
        .act(cast.deputy, keep_on(2055), expect!["concerns.kept-on"]);
    assert_eq!(owed(&cast, cast.lead), "");
    cast.scenario.act(
        cast.lead,
        ask(),
        expect!["mistake in case: It is kept until 31 January 2055"],
    );
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &[("case", "1")]);
    assert!(page.contains("The county looks into it"), "{page}");
    cast.scenario.on(2055, 2, 1);
    assert_eq!(owed(&cast, cast.lead), "kept:1:2055-01-31 by 2055-02-28");
}

#[test]
fn a_hold_on_a_case_shows_on_it_stops_letting_go_and_is_looked_at_again() {
    let mut cast = closed(cast_with(HOLDS));
    cast.scenario.on(2051, 10, 1);
    tick(&mut cast);
    let hold = keep(Keep::Hold {
        case: 1,
        why: "A court has asked".to_owned(),
        review: Date::constant(2052, 1, 8),
    });
    cast.scenario.act(cast.deputy, hold.clone(), expect!["refused by data.hold (hold): Holds are set and lifted by others here. The designated safeguarding lead can allow it. Tell them why, and they do it."]);
    cast.scenario.act(cast.lead, hold, expect!["concerns.held"]);
    assert_eq!(owed(&cast, cast.lead), "");
    cast.scenario.act(cast.lead, ask(), expect!["refused by data.hold (hold): A hold stops this. It is looked at again on 8 January 2052. The designated safeguarding lead can allow it. Ask them to lift the hold when it is no longer needed, and go on after that."]);
    let at = [("case", "1")];
    let page = cast
        .scenario
        .page(cast.deputy, "/concerns/cases/{case}", &at);
    assert!(page.contains("A court has asked"), "{page}");
    cast.scenario.on(2052, 1, 4);
    let mine = cast.scenario.view(cast.lead, |view| {
        let duties = view.my_duties();
        duties
            .iter()
            .any(|owed| owed.duty.what.starts_with("Look again at the hold on case"))
    });
    assert!(mine);
    // Who is not on the case learns of no hold.
    assert_eq!(cast.scenario.owed("data.hold"), "");
    let lift = keep(Keep::Lift {
        case: 1,
        why: "The court has decided".to_owned(),
    });
    cast.scenario
        .act(cast.lead, lift, expect!["concerns.hold-lifted"]);
    cast.scenario
        .act(cast.lead, ask(), expect!["concerns.letting-go-asked"]);
}

#[test]
fn a_hold_on_somebody_whom_a_case_is_about_stops_it_too() {
    let mut cast = cast();
    let child = cast
        .scenario
        .person("Nia Cole", &[crate::people::group::Group::Child]);
    let mut about = crate::concerns::acts::NewReport::default();
    about.report.what = "A bruise".to_owned();
    about.report.children = vec![child];
    let first = AnyAct::Concerns(Act::Report(Box::new(about)));
    cast.scenario.done(cast.rosa, first);
    let mut cast = {
        let s = &mut cast.scenario;
        s.done(cast.lead, on(Act::TakeOn { case: 1 }));
        for sort in [Sort::Decision, Sort::Parents] {
            let note = Note::new("Talked about");
            let write = Act::Write {
                case: 1,
                sort,
                note,
                corrects: None,
            };
            s.done(cast.lead, on(write));
        }
        let outcome = Note::new("No further action");
        s.done(cast.lead, on(Act::Close { case: 1, outcome }));
        cast
    };
    let hold = AnyAct::Data(Data::Hold {
        person: child,
        why: "A claim may come".to_owned(),
        review: Date::constant(2060, 1, 8),
    });
    cast.scenario.done(cast.lead, hold);
    cast.scenario.on(2051, 10, 1);
    cast.scenario.act(
        cast.lead,
        ask(),
        expect!["mistake in case: A hold stops this. It is looked at again on 8 January 2060"],
    );
}

#[test]
fn the_second_person_is_one_whom_the_policy_names() {
    let chair = r#"
[[clause]]
id = "end"
section = "Keeping records"
text = "The chair agrees before the record of a concern is destroyed."
controls = ["concerns.case"]
values = { let_go_by = ["chair of the committee"] }
"#;
    let mut cast = closed(cast_with(chair));
    cast.scenario.on(2051, 10, 1);
    cast.scenario.done(cast.lead, ask());
    cast.scenario.act(cast.deputy, let_go(), expect!["refused by concerns.case (end, case): What was kept long enough is let go only when others agree to it. The chair of the committee can allow it. Share the case with them, and ask them to read it and to agree."]);
    let share = on(Act::Share {
        case: 1,
        person: cast.chair,
        why: "To read it and agree".to_owned(),
    });
    cast.scenario.done(cast.lead, share);
    cast.scenario
        .act(cast.chair, let_go(), expect!["concerns.let-go"]);
}

#[test]
fn whoever_was_let_in_neither_asks_nor_keeps_on_nor_holds() {
    let mut cast = closed(cast());
    let share = on(Act::Share {
        case: 1,
        person: cast.tomos,
        why: "To read it".to_owned(),
    });
    cast.scenario.done(cast.lead, share);
    cast.scenario.on(2051, 10, 1);
    let hold = keep(Keep::Hold {
        case: 1,
        why: "Because".to_owned(),
        review: Date::constant(2052, 1, 8),
    });
    for act in [ask(), keep_on(2060), hold] {
        let answer = cast.scenario.try_act(cast.tomos, &act);
        let words = cast.scenario.in_words(&answer);
        assert!(
            words.starts_with("refused by concerns.confidential"),
            "{words}"
        );
    }
    assert!(
        cast.scenario
            .view(cast.tomos, |view| view.has(&Need::OnCase(1)))
    );
}
