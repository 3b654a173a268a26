//! The report for the committee has no child in it, and the charts are for who is on the cases.

use super::report::{Cast, cast};
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
        note::{Note, Report, Sort},
    },
    notices::tells::{To, tells},
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        permit::need_for_line,
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::Date;

const AT: &str = "/concerns/for-the-committee";

fn of_case(act: Act) -> AnyAct {
    AnyAct::Concerns(act)
}

fn reported(cast: &mut Cast, child: Person, kind: Kind, place: &str) {
    let report = Report {
        what: "Ada Finch said that Orla pushed her".to_owned(),
        kind,
        children: vec![child],
        place: place.to_owned(),
        device: "Tablet Kingfisher".to_owned(),
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    cast.scenario
        .done(cast.rosa, of_case(Act::Report(Box::new(new))));
}

/// Thirteen cases, one of them worked on to its end, with a lesson that names everybody.
fn many() -> (Cast, Vec<String>) {
    let mut cast = cast();
    let child = cast.scenario.person("Ada Finch", &[Group::Child]);
    for number in 0..13 {
        let kind = match number {
            0..=6 => Kind::Bullying,
            7..=9 => Kind::Harm,
            _ => Kind::Money,
        };
        let place = if number % 2 == 0 {
            "at Ada’s home"
        } else {
            "the garden"
        };
        reported(&mut cast, child, kind, place);
    }
    cast.scenario
        .done(cast.lead, of_case(Act::TakeOn { case: 1 }));
    let decided = Act::Write {
        case: 1,
        sort: Sort::Decision,
        note: Note::new("Ada stays").with("reason", "Lena Hart said so"),
        corrects: None,
    };
    cast.scenario.done(cast.lead, of_case(decided));
    let reference = cast
        .scenario
        .setting
        .concerns
        .case(1)
        .unwrap()
        .reference
        .clone();
    let lesson = Act::SetLesson {
        case: 1,
        what: format!(
            "Since {reference} of 3 September 2026 (03/09/2026), sit with Ada and Rosa Field’s group at lunch for 6 weeks"
        ),
        owner: cast.rosa,
        due: Date::constant(2026, 12, 1),
    };
    cast.scenario.done(cast.lead, of_case(lesson));
    let concerns = &cast.scenario.setting.concerns;
    let references = concerns.cases().map(|case| case.reference.clone());
    let references = references.collect();
    (cast, references)
}

#[test]
fn no_name_no_reference_and_no_day_stands_in_the_report_for_the_committee() {
    let (cast, references) = many();
    let report = cast.scenario.page(cast.lead, AT, &[]);
    assert!(
        report.contains("sit with") && report.contains("for 6 weeks"),
        "{report}"
    );
    for name in [
        "Ada",
        "Finch",
        "Orla",
        "Rosa",
        "Field’s",
        "Lena",
        "Hart",
        "Kingfisher",
        "pushed",
    ] {
        assert!(!report.contains(name), "{name} stands in it: {report}");
    }
    for reference in references {
        assert!(!report.contains(&reference), "{reference}");
    }
    for day in ["3 September", "03/09", "2026-", "September 2026 ("] {
        assert!(!report.contains(day), "{day} stands in it: {report}");
    }
    assert!(!report.contains("/concerns/cases/"));
}

#[test]
fn every_number_in_it_is_coarse() {
    let (cast, _) = many();
    let report = cast.scenario.page(cast.lead, AT, &[]);
    let cells = report.split("--numeric\">").skip(1);
    let cells: Vec<&str> = cells.filter_map(|cell| cell.split('<').next()).collect();
    assert!(cells.len() > 20, "{cells:?}");
    for cell in &cells {
        let fine = *cell == "below 5"
            || cell.is_empty()
            || cell
                .parse::<u64>()
                .map_or(!cell.contains(char::is_numeric), |number| number % 5 == 0);
        assert!(fine, "{cell}");
    }
    // Seven of bullying, three of each other, thirteen in all.
    assert!(cells.contains(&"5") && cells.contains(&"15") && cells.contains(&"below 5"));
    assert!(!cells.contains(&"13") && !cells.contains(&"7") && !cells.contains(&"3"));
    assert!(!report.contains("Nothing was reported of"), "{report}");
}

#[test]
fn the_first_case_of_a_kind_and_a_place_does_not_show_in_it() {
    let (before, _) = many();
    let (mut after, _) = many();
    let child = after.scenario.person("Bo Wren", &[Group::Child]);
    reported(&mut after, child, Kind::Grooming, "the toilet");
    after
        .scenario
        .done(after.lead, of_case(Act::TakeOn { case: 14 }));
    assert_eq!(
        before.scenario.page(before.lead, AT, &[]),
        after.scenario.page(after.lead, AT, &[])
    );
}

#[test]
fn cases_about_an_adult_here_are_not_in_it_nor_what_was_learned_from_them() {
    let (before, _) = many();
    let (mut after, _) = many();
    for _ in 0..8 {
        let report = Report {
            what: "She was alone with them".to_owned(),
            kind: Kind::Harm,
            adult: Some(after.rosa),
            place: "the garden".to_owned(),
            ..Report::default()
        };
        let new = NewReport {
            report,
            ..NewReport::default()
        };
        after
            .scenario
            .done(after.chair, of_case(Act::Report(Box::new(new))));
    }
    let case = after.scenario.setting.concerns.case(14).unwrap();
    assert_eq!(case.excluded, [after.rosa]);
    after
        .scenario
        .done(after.lead, of_case(Act::TakeOn { case: 14 }));
    let lesson = Act::SetLesson {
        case: 14,
        what: "Two adults at each nap".to_owned(),
        owner: after.lead,
        due: Date::constant(2026, 12, 1),
    };
    after.scenario.done(after.lead, of_case(lesson));
    assert_eq!(
        before.scenario.page(before.lead, AT, &[]),
        after.scenario.page(after.lead, AT, &[])
    );
}

#[test]
fn it_is_made_by_who_is_on_the_cases_and_is_not_there_for_others() {
    let (cast, _) = many();
    for other in [MANAGER, cast.chair, cast.rosa] {
        assert_eq!(
            cast.scenario.page(other, AT, &[]),
            "nothing here",
            "{other:?}"
        );
    }
}

#[test]
fn who_is_on_the_cases_sees_where_when_on_what_and_in_which_room() {
    let (cast, _) = many();
    let page = cast.scenario.page(cast.lead, "/concerns/figures", &[]);
    for words in [
        "Where",
        "At home",
        "Outside",
        "Tablet Kingfisher",
        "Rooms of the children",
        "When it was reported",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn it_is_handed_over_here_and_read_by_the_committee_and_who_leads_only() {
    let (mut cast, _) = many();
    let form = Scenario::form("concerns.hand-to-committee");
    let start = |who| {
        let none = crate::spine::page::Params::default();
        cast.scenario.view(who, |view| (form.start)(view, &none))
    };
    // It begins with the report as it was made, for who can make it.
    let words = start(cast.lead).answers.text("words").unwrap_or_default();
    assert!(
        words.contains("Numbers are rounded") && words.contains("Bullying"),
        "{words}"
    );
    assert!(
        !words.contains("Ada") && !words.contains("Finch"),
        "{words}"
    );
    assert!(start(cast.rosa).not_here);
    let answers = Answers::default()
        .with("words", "Ten concerns, all looked into")
        .with("read", "yes");
    let act = form.act(&answers).unwrap();
    let refused = cast.scenario.try_act(cast.rosa, &act);
    assert_eq!(
        cast.scenario.in_words(&refused),
        "mistake in words: There is no case that you are on"
    );
    cast.scenario.done(cast.lead, act);
    let line = cast.scenario.lines.last().unwrap().clone();
    let told: Vec<To> = tells(&line, &cast.scenario.setting)
        .into_iter()
        .map(|tell| tell.to)
        .collect();
    assert_eq!(told, [To::Person(cast.chair)]);
    let at = [("report", "1")];
    for (who, reads) in [
        (cast.chair, true),
        (MANAGER, true),
        (cast.rosa, false),
        (cast.tomos, false),
    ] {
        let page = cast
            .scenario
            .page(who, "/concerns/handed-over/{report}", &at);
        assert_eq!(page.contains("Ten concerns"), reads, "{page}");
        let sees = cast
            .scenario
            .view(who, |view| view.has(&need_for_line(&line)));
        assert_eq!(sees, reads);
    }
    let list = cast.scenario.page(cast.chair, "/concerns", &[]);
    assert!(list.contains("/concerns/handed-over"), "{list}");
}
