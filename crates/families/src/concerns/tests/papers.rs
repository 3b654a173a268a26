//! Files in a case, and what was written in the wrong one.

use super::report::{Cast, cast, report};
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
        note::{Note, Report, Sort},
        papers::acts::Act as Papers,
    },
    procedure::acts::Act as Procedure,
    spine::{
        act::{Act as AnyAct, Who},
        page::Params,
        scenario::MANAGER,
    },
};
use expect_test::expect;
use kernel::{
    kept::{Kind as FileKind, Loose},
    sealed::Key,
};

const AT: &str = "/concerns/cases/{case}";
const FILE: &str = "/concerns/cases/{case}/files/{paper}";

fn paper(act: Papers) -> AnyAct {
    AnyAct::Concerns(Act::Paper(act))
}

fn add(case: u32) -> AnyAct {
    paper(Papers::Add {
        case,
        what: "A letter from the hospital".to_owned(),
        file: Box::new(Loose {
            digest: "5a".repeat(32),
            size: 2_000,
            key: Key::default(),
            name: "Letter.pdf".to_owned(),
            kind: FileKind::Pdf,
        }),
    })
}

fn of_kind(kind: Kind) -> AnyAct {
    let report = Report {
        what: "Something was found".to_owned(),
        kind,
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    AnyAct::Concerns(Act::Report(Box::new(new)))
}

fn write(case: u32, words: &str, corrects: Option<u32>) -> AnyAct {
    AnyAct::Concerns(Act::Write {
        case,
        sort: Sort::Fact,
        note: Note::new(words),
        corrects,
    })
}

fn move_note(case: u32, note: u32, other: u32) -> AnyAct {
    let why = "It is about the other child".to_owned();
    paper(Papers::Move {
        case,
        note,
        other,
        why,
    })
}

#[test]
fn a_file_is_sealed_under_the_key_of_its_case_and_is_not_there_for_who_is_not_on_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario
        .act(cast.lead, add(1), expect!["concerns.file-added"]);
    let page = cast.scenario.page(cast.lead, AT, &[("case", "1")]);
    assert!(
        page.contains("A letter from the hospital") && page.contains("/concerns/cases/1/files/1")
    );
    let print = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}/print", &[("case", "1")]);
    assert!(print.contains("A letter from the hospital"));
    let at = [("case", "1"), ("paper", "1")];
    assert!(
        cast.scenario
            .page(cast.deputy, FILE, &at)
            .contains(&"5a".repeat(32))
    );
    for other in [MANAGER, cast.chair, cast.rosa] {
        assert_eq!(cast.scenario.page(other, FILE, &at), "not allowed");
        assert!(cast.scenario.try_act(other, &add(1)).is_err());
    }
    assert_eq!(
        cast.scenario
            .page(cast.lead, FILE, &[("case", "1"), ("paper", "2")]),
        "nothing here"
    );
    // With the key of the case, the file is gone in every copy.
    cast.scenario.keys.destroy("case:1");
    assert_eq!(cast.scenario.page(cast.lead, FILE, &at), "nothing here");
}

#[test]
fn in_a_case_about_an_indecent_image_no_file_is_taken_or_offered() {
    let mut cast = cast();
    cast.scenario.done(cast.rosa, of_kind(Kind::IndecentImage));
    let answer = cast.scenario.try_act(cast.lead, &add(1));
    assert!(
        format!("{answer:?}").contains("No files are taken"),
        "{answer:?}"
    );
    let page = cast.scenario.page(cast.lead, AT, &[("case", "1")]);
    assert!(page.contains("No files are taken in this case") && !page.contains("add-file"));
    let form = crate::concerns::papers::pages::ADD;
    let there = |cast: &Cast, case: &str| {
        let params = Params([("case".to_owned(), case.to_owned())].into());
        let lead = Who::Person(cast.lead);
        cast.scenario
            .view(lead, |view| !(form.start)(view, &params).not_here)
    };
    cast.scenario.done(cast.rosa, of_kind(Kind::Unsure));
    assert!(!there(&cast, "1") && there(&cast, "2"));
}

#[test]
fn a_file_that_came_before_anybody_knew_is_sealed_unseen() {
    let mut cast = cast();
    cast.scenario.done(cast.rosa, of_kind(Kind::Unsure));
    cast.scenario.done(cast.lead, add(1));
    let way = |way: &str| {
        AnyAct::Procedure(Procedure::Start {
            case: 1,
            sheet: "indecent-images".to_owned(),
            way: way.to_owned(),
            kinds: Vec::new(),
            heard: None,
        })
    };
    let ways = ["seen", "device", "staff"];
    let begun = ways
        .iter()
        .any(|one| cast.scenario.try_act(cast.lead, &way(one)).is_ok());
    assert!(begun, "the procedure begins in one of its ways");
    let at = [("case", "1"), ("paper", "1")];
    assert_eq!(cast.scenario.page(cast.lead, FILE, &at), "nothing here");
    let page = cast.scenario.page(cast.lead, AT, &[("case", "1")]);
    assert!(page.contains("It is sealed, and opened by nobody") && !page.contains("/files/1"));
    assert!(cast.scenario.try_act(cast.lead, &add(1)).is_err());
}

#[test]
fn what_was_written_about_the_wrong_child_is_sealed_and_moved_with_who_wrote_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario.done(cast.rosa, report("A fall", None, None));
    cast.scenario
        .done(cast.deputy, write(1, "He fel from the swing", None));
    cast.scenario
        .done(cast.deputy, write(1, "He fell from the swing", Some(1)));
    cast.scenario.act(
        cast.lead,
        move_note(1, 1, 2),
        expect!["mistake in note: This note was put right. Move the newer one"],
    );
    let came = expect!["concerns.note-moved, concerns.written"];
    cast.scenario.act(cast.lead, move_note(1, 2, 2), came);
    let from = cast.scenario.page(cast.lead, AT, &[("case", "1")]);
    assert!(
        !from.contains("from the swing"),
        "neither as it stands nor as it was: {from}"
    );
    assert!(from.contains("belongs to another case") && from.contains("about the other child"));
    let print = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}/print", &[("case", "1")]);
    assert!(!print.contains("from the swing"));
    let to = cast.scenario.page(cast.lead, AT, &[("case", "2")]);
    assert!(to.contains("He fell from the swing") && to.contains("Dov Marsh"));
    let search = [("words", "from the swing")];
    let found = cast.scenario.page(cast.lead, "/concerns", &search);
    assert_eq!(
        found.matches("href=\"/concerns/cases/").count(),
        1,
        "{found}"
    );
    cast.scenario.act(
        cast.lead,
        write(1, "Again", Some(2)),
        expect!["mistake in corrects: There is no such note to put right"],
    );
    cast.scenario.act(
        cast.lead,
        move_note(1, 2, 2),
        expect!["mistake in note: There is no such note in this case"],
    );
}

#[test]
fn nobody_moves_a_note_into_a_case_that_they_are_not_on_or_learns_of_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario
        .done(cast.rosa, report("Rough", Some(cast.deputy), None));
    cast.scenario.done(cast.deputy, write(1, "He fell", None));
    let there = cast.scenario.try_act(cast.deputy, &move_note(1, 1, 2));
    let not_there = cast.scenario.try_act(cast.deputy, &move_note(1, 1, 99));
    assert!(there.is_err());
    assert_eq!(there, not_there);
    // Who was on the first case only sees that it went, not where to.
    cast.scenario.done(cast.lead, move_note(1, 1, 2));
    let page = cast.scenario.page(cast.deputy, AT, &[("case", "1")]);
    assert!(page.contains("belongs to another case") && !page.contains("/concerns/cases/2"));
    let lines = cast.scenario.page(cast.deputy, "/activity", &[]);
    assert!(!lines.contains("case 2"), "{lines}");
}
