//! concerns.transfer: a file has to move when its child has left, goes out with a second step, is
//! chased until it is confirmed; one that came in is looked at, taken in once, and keeps its seals.

use super::report::{Cast, cast_with};
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
        matter::TRANSFER,
        note::{Note, Report, Sort},
        transfer::{
            acts::{Act as Transfer, Sending, Which},
            content::{Content, Parents, To},
            export::{self, Wanted},
            incoming::Came,
            leavers,
        },
    },
    families,
    people::{acts::Act as People, group::Group},
    spine::{
        act::{Act as AnyAct, Person, Proof, Who},
        scenario::{By, MANAGER},
    },
};
use expect_test::expect;
use kernel::{
    kept::{Kind as FileKind, Loose},
    moment::Date,
};

const CLAUSE: &str = r#"
[[clause]]
id = "move"
section = "When a child moves on"
text = "A child’s file goes to the next setting within five working days."
controls = ["concerns.transfer"]
values = { within = "5 working days" }
"#;

const ONE: u32 = TRANSFER + 1;

fn on(act: Act) -> AnyAct {
    AnyAct::Concerns(act)
}

fn moves(act: Transfer) -> AnyAct {
    on(Act::Transfer(act))
}

fn loose(name: &str, kind: FileKind) -> Loose {
    Loose {
        digest: "0a".repeat(32),
        size: 5,
        key: kernel::sealed::Key::new([3; 32]),
        name: name.to_owned(),
        kind,
    }
}

/// A child about whom there is a case with a decision, a correction and what the child said.
fn with_case() -> (Cast, Person) {
    let mut cast = cast_with(CLAUSE);
    let child = cast.scenario.person("Wren Finch", &[Group::Child]);
    let report = Report {
        what: "A bruise on the arm".to_owned(),
        kind: Kind::Harm,
        children: vec![child],
        said: "It was the door".to_owned(),
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    cast.scenario
        .done(cast.rosa, on(Act::Report(Box::new(new))));
    let notes = [
        (Sort::Fact, "On the left arm", None),
        (Sort::Fact, "On the right arm", Some(1)),
        (Sort::Said, "“It was the door.”", None),
        (Sort::Decision, "Talk to the mother", None),
    ];
    for (sort, words, corrects) in notes {
        let note = Note::new(words).with("reason", "To be sure");
        let act = Act::Write {
            case: 1,
            sort,
            note,
            corrects,
        };
        cast.scenario.done(cast.lead, on(act));
    }
    (cast, child)
}

fn send(child: Person) -> AnyAct {
    let sending = Sending {
        case: 1,
        child,
        to: To {
            name: "Birch Row Nursery".to_owned(),
            person: "Ola Birch".to_owned(),
            reach: "01632 960 777".to_owned(),
        },
        parents: Parents::default(),
        at_once: "Rang her: nothing that can’t wait".to_owned(),
        cases: vec![1],
        file: loose("file", FileKind::Transfer),
        name: "11".repeat(32),
        gate: "the-gate".to_owned(),
        link: ("secret".to_owned(), "the-link".to_owned()),
        receipt: "the-receipt".to_owned(),
        signs: None,
    };
    moves(Transfer::Send(Box::new(sending)))
}

fn fetch(link: &str, gate: &str) -> AnyAct {
    moves(Transfer::Fetch {
        link: link.to_owned(),
        gate: gate.to_owned(),
    })
}

fn confirm(which: Which, receipt: &str) -> AnyAct {
    moves(Transfer::Confirm {
        which,
        receipt: receipt.to_owned(),
        signed: None,
        by: "Ola Birch".to_owned(),
    })
}

fn at_link() -> Which {
    Which::Link("the-link".to_owned())
}

fn owed(cast: &Cast, who: Person) -> String {
    cast.scenario.view(who, |view| {
        let mine = view.my_duties();
        let own = mine
            .iter()
            .filter(|owed| owed.control == "concerns.transfer");
        let lines = own.map(|owed| format!("{} by {}", owed.duty.what, owed.duty.due));
        let lines: Vec<String> = lines.collect();
        // References are drawn by chance.
        let mut all = lines.join("\n");
        for case in view.setting.concerns.cases() {
            all = all.replace(&case.reference, "REF");
        }
        all
    })
}

fn content(cast: &Cast, child: Person) -> Content {
    let wanted = Wanted {
        child,
        receipt: "one two three four five six".to_owned(),
        ..Wanted::default()
    };
    let bytes = cast.scenario.view(cast.lead, |view| {
        let export = export::export(view, &wanted);
        assert_eq!(export.papers.len(), export.content.cases.len());
        serde_json::to_vec(&export.content).unwrap()
    });
    Content::read(&bytes).unwrap()
}

fn came(content: &Content, name: &str) -> AnyAct {
    let came = Came {
        name: name.to_owned(),
        key: "larch-lane+00000000+AAAA".to_owned(),
        content: content.clone(),
        file: loose("content.json", FileKind::Text),
        files: vec![loose("case-1.pdf", FileKind::Pdf)],
    };
    moves(Transfer::Receive(Box::new(came)))
}

fn take_in(number: u32, content: &Content) -> AnyAct {
    moves(Transfer::TakeIn {
        case: number,
        child: None,
        content: Box::new(content.clone()),
    })
}

#[test]
fn when_a_child_has_left_its_file_has_to_move_and_nobody_else_learns_of_it() {
    let (mut cast, child) = with_case();
    let other = cast.scenario.person("Moss Field", &[Group::Child]);
    let wake = |cast: &Cast| {
        let scenario = &cast.scenario;
        leavers::wake(&scenario.setting, &scenario.in_force, scenario.now())
    };
    assert_eq!(wake(&cast), None);
    for person in [child, other] {
        let leave = People::RecordLeaving {
            person,
            last: Date::constant(2026, 9, 4),
        };
        cast.scenario.done(MANAGER, AnyAct::People(leave));
    }
    assert_eq!(wake(&cast), None, "the last day is still to come");
    cast.scenario.on(2026, 9, 7);
    let act = wake(&cast).unwrap();
    cast.scenario.act(
        Who::Clock,
        act,
        expect!["concerns.files-looked-for, concerns.file-owed"],
    );
    assert_eq!(wake(&cast), None, "once is enough");
    expect!["Send the file of case REF to the next setting by 2026-09-11"]
        .assert_eq(&owed(&cast, cast.lead));
    assert_eq!(owed(&cast, MANAGER), "");
    assert_eq!(cast.scenario.owed("concerns.transfer"), "");
    cast.scenario.on(2026, 9, 30);
    assert_eq!(
        cast.scenario.standing("move"),
        kernel::standing::Standing::Met,
        "what is late in a case is no standing that others see"
    );
    let none = moves(Transfer::NotNeeded {
        case: 1,
        why: "Moved abroad; the council has it".to_owned(),
    });
    cast.scenario
        .act(cast.lead, none, expect!["concerns.file-not-needed"]);
    assert_eq!(owed(&cast, cast.lead), "");
}

#[test]
fn only_who_is_on_the_case_sends_and_with_a_second_step() {
    let (mut cast, child) = with_case();
    for who in [
        By::from(cast.rosa),
        By::from(MANAGER),
        By::from((cast.lead, Proof::One)),
        By::from(Who::Nobody),
    ] {
        let said = cast.scenario.try_act(who, &send(child));
        let said = cast.scenario.in_words(&said);
        assert_eq!(
            said,
            "not allowed: people whom it concerns, with a second step may"
        );
    }
    let other = cast.scenario.person("Moss Field", &[Group::Child]);
    cast.scenario.act(
        cast.lead,
        send(other),
        expect!["mistake in child: The case is not about this child"],
    );
    cast.scenario
        .act(cast.lead, send(child), expect!["concerns.file-sent"]);
    let number = ONE.to_string();
    let at = [("case", number.as_str())];
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/transfers/{case}", &at);
    assert!(page.contains("Birch Row Nursery") && page.contains("/transfer/secret"));
    for other in [cast.rosa, MANAGER, cast.chair] {
        let page = cast.scenario.page(other, "/concerns/transfers/{case}", &at);
        assert_eq!(page, "not allowed");
        let page = cast.scenario.page(other, "/concerns/transfers", &[]);
        assert_eq!(page, "nothing here");
    }
}

#[test]
fn a_link_counts_wrong_codes_ends_and_leads_nowhere_for_others() {
    let (mut cast, child) = with_case();
    cast.scenario.done(cast.lead, send(child));
    let dead = "mistake in code: This link leads to no file, or no longer does. Ask whoever gave it to you";
    let try_at = |cast: &mut Cast, link: &str, gate: &str| {
        let said = cast.scenario.try_act(Who::Nobody, &fetch(link, gate));
        cast.scenario.in_words(&said)
    };
    assert_eq!(try_at(&mut cast, "another", "the-gate"), dead);
    assert_eq!(
        try_at(&mut cast, "the-link", "the-gate"),
        "concerns.file-fetched"
    );
    for _ in 0..10 {
        assert_eq!(
            try_at(&mut cast, "the-link", "wrong"),
            "concerns.file-tried"
        );
    }
    assert_eq!(try_at(&mut cast, "the-link", "the-gate"), dead);
    expect!["Send a child’s file anew: too many wrong codes were tried at its link by 2026-09-09"]
        .assert_eq(&{
            cast.scenario.on(2026, 9, 4);
            owed(&cast, cast.lead)
        });

    let (mut cast, child) = with_case();
    cast.scenario.done(cast.lead, send(child));
    cast.scenario.on(2026, 9, 16);
    assert_eq!(
        try_at(&mut cast, "the-link", "the-gate"),
        "concerns.file-fetched"
    );
    cast.scenario.on(2026, 9, 17);
    assert_eq!(try_at(&mut cast, "the-link", "the-gate"), dead);

    let (mut cast, child) = with_case();
    cast.scenario.done(cast.lead, send(child));
    let back = moves(Transfer::Withdraw {
        case: ONE,
        why: "The wrong setting".to_owned(),
    });
    cast.scenario
        .act(cast.lead, back, expect!["concerns.file-called-back"]);
    assert_eq!(try_at(&mut cast, "the-link", "the-gate"), dead);
    assert_eq!(owed(&cast, cast.lead), "");
}

#[test]
fn it_is_chased_until_the_right_receipt_comes_and_that_counts_once() {
    let (mut cast, child) = with_case();
    cast.scenario.done(cast.lead, send(child));
    cast.scenario.on(2026, 9, 3);
    expect!["Ask whether a child’s file has arrived by 2026-09-09"]
        .assert_eq(&owed(&cast, cast.lead));
    cast.scenario.act(
        Who::Nobody,
        confirm(at_link(), "forged"),
        expect!["concerns.file-tried"],
    );
    cast.scenario.act(
        cast.lead,
        confirm(Which::Number(ONE), "forged"),
        expect!["mistake in receipt: This is not the receipt for this file"],
    );
    cast.scenario.act(
        cast.rosa,
        confirm(Which::Number(ONE), "the-receipt"),
        expect!["not allowed: people whom it concerns may"],
    );
    cast.scenario.act(
        Who::Nobody,
        confirm(at_link(), "the-receipt"),
        expect!["concerns.file-confirmed"],
    );
    assert_eq!(owed(&cast, cast.lead), "");
    cast.scenario.act(
        Who::Nobody,
        confirm(at_link(), "the-receipt"),
        expect!["mistake in receipt: It has been confirmed already"],
    );
    let page = cast.scenario.page(cast.lead, "/concerns/transfers", &[]);
    assert!(page.contains("Has arrived") && page.contains("Ola Birch"));
}

#[test]
fn taken_in_elsewhere_the_chronology_and_its_seals_are_the_same_and_nothing_is_doubled() {
    let (mut there, child) = with_case();
    let sent = content(&there, child);
    let mut here = cast_with(CLAUSE);
    let one = came(&sent, "aa");
    for who in [By::from(MANAGER), By::from((here.lead, Proof::One))] {
        assert!(here.scenario.try_act(who, &one).is_err());
    }
    here.scenario
        .act(here.lead, one.clone(), expect!["concerns.file-arrived"]);
    here.scenario.act(
        here.lead,
        one,
        expect!["mistake in file: This very file came in already. Nothing was taken in twice"],
    );
    expect!["Look at a child’s file that came in by 2026-09-03"].assert_eq(&owed(&here, here.lead));
    let number = ONE.to_string();
    let at = [("case", number.as_str())];
    let page = here
        .scenario
        .page(here.deputy, "/concerns/transfers/in/{case}", &at);
    assert!(
        page.contains("Wren Finch") && page.contains("1 cases, 4 notes, 1 files"),
        "{page}"
    );
    let page = here
        .scenario
        .page(MANAGER, "/concerns/transfers/in/{case}", &at);
    assert_eq!(page, "not allowed");
    here.scenario.act(here.lead, take_in(ONE, &sent), expect!["concerns.reported, concerns.written, concerns.written, concerns.written, concerns.written, concerns.case-came-from, concerns.file-added, concerns.file-taken-in"]);
    here.scenario.act(
        here.lead,
        take_in(ONE, &sent),
        expect!["mistake in case: There is no such file that still has to be looked at"],
    );
    let case = [("case", "1")];
    let page = here
        .scenario
        .page(here.lead, "/concerns/cases/{case}", &case);
    for words in [
        "A bruise on the arm",
        "On the right arm",
        "What it said before",
        "Written there by",
        "This case came from Larkrise",
        "The case as a document",
    ] {
        assert!(page.contains(words), "{words}");
    }

    // Sent on, it says the same as it did when it came.
    let wren = here.scenario.person("Wren Finch", &[Group::Child]);
    let on = here.scenario.view(here.lead, |view| {
        let mut case = view.setting.concerns.case(1).unwrap().clone();
        let mut report: Report = view.open(&case.report).unwrap();
        report.children = vec![wren];
        case.outcome = None;
        let again = export::case_file(view, &case, wren);
        (again.notes, again.reported, again.by)
    });
    let [case] = sent.cases.as_slice() else {
        panic!("one case");
    };
    assert_eq!(on.0, case.notes);
    assert_eq!((on.1, on.2), (case.reported.clone(), case.by.clone()));

    // A later file of the same case brings only what is new.
    let more = Act::Write {
        case: 1,
        sort: Sort::Fact,
        note: Note::new("The mother rang"),
        corrects: None,
    };
    there.scenario.done(there.lead, AnyAct::Concerns(more));
    let later = content(&there, child);
    here.scenario.done(here.lead, came(&later, "bb"));
    here.scenario.act(
        here.lead,
        take_in(ONE + 1, &later),
        expect![
            "concerns.written, concerns.case-came-from, concerns.file-added, concerns.file-taken-in"
        ],
    );
    assert_eq!(
        here.scenario.setting.concerns.case(1).unwrap().notes.len(),
        5
    );
    assert!(here.scenario.setting.concerns.case(2).is_none());
}

#[test]
fn a_content_that_was_changed_or_is_too_large_is_refused() {
    let (cast, child) = with_case();
    let good = content(&cast, child);
    let refused = |change: &dyn Fn(&mut Content)| {
        let mut bad = good.clone();
        change(&mut bad);
        Content::read(&serde_json::to_vec(&bad).unwrap()).unwrap_err()
    };
    expect!["a seal in it is not right: it was changed before it was sent"]
        .assert_eq(refused(&|bad| bad.cases[0].notes[0].words.push('!')));
    expect!["a seal in it is not right: it was changed before it was sent"]
        .assert_eq(refused(&|bad| drop(bad.cases[0].notes.pop())));
    expect!["it was written by a later version. Update Stairgate and try again"]
        .assert_eq(refused(&|bad| bad.version = 2));
    expect!["a text in it is longer than can be taken in"]
        .assert_eq(refused(&|bad| bad.child.name = "x".repeat(30_000)));
    expect!["there is no case in it, or too many"].assert_eq(refused(&|bad| bad.cases.clear()));
    expect!["what is in it can’t be read"].assert_eq(Content::read(b"{\"cases\":7}").unwrap_err());
}

#[test]
fn a_report_about_a_child_who_has_left_makes_its_file_move_too() {
    let mut cast = cast_with(CLAUSE);
    let wren = cast.scenario.person("Wren Finch", &[Group::Child]);
    let leave = People::RecordLeaving {
        person: wren,
        last: Date::constant(2026, 9, 4),
    };
    cast.scenario.done(MANAGER, AnyAct::People(leave));
    cast.scenario.on(2026, 9, 7);
    let look = leavers::wake(
        &cast.scenario.setting,
        &cast.scenario.in_force,
        cast.scenario.now(),
    );
    cast.scenario.done(Who::Clock, look.unwrap());
    cast.scenario.on(2026, 9, 10);
    let report = Report {
        what: "Her uncle rang: she was hurt here in July".to_owned(),
        children: vec![wren],
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    cast.scenario.act(
        cast.rosa,
        AnyAct::Concerns(Act::Report(Box::new(new))),
        expect!["concerns.reported, concerns.file-owed"],
    );
    let due = cast.scenario.setting.concerns.transfers().owes(1);
    assert_eq!(due.unwrap().due, Date::constant(2026, 9, 17));
}

#[test]
fn names_of_other_children_are_left_out() {
    let mut cast = cast_with(CLAUSE);
    let wren = cast.scenario.person("Wren Finch", &[Group::Child]);
    let moss = cast.scenario.person("Moss Field", &[Group::Child]);
    let report = Report {
        what: "They saw it on a tablet".to_owned(),
        children: vec![wren, moss],
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    cast.scenario
        .done(cast.rosa, on(Act::Report(Box::new(new))));
    let sent = serde_json::to_string(&content(&cast, wren)).unwrap();
    assert!(sent.contains("Wren Finch") && sent.contains("and another child"));
    assert!(!sent.contains("Moss"));
}

#[test]
fn papers_of_another_system_become_a_case_with_a_summary() {
    let mut cast = cast_with(CLAUSE);
    let child = cast.scenario.person("Wren Finch", &[Group::Child]);
    let papers = moves(Transfer::TakeInPapers {
        child,
        from: "Birch Row Nursery".to_owned(),
        summary: "Two visits by social care in 2025".to_owned(),
        file: loose("old file.pdf", FileKind::Pdf),
    });
    cast.scenario.act(
        cast.deputy,
        papers,
        expect!["concerns.reported, concerns.file-added"],
    );
    let case = [("case", "1")];
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &case);
    assert!(page.contains("Two visits by social care"));
    let kept = &cast.scenario.setting.concerns.case(1).unwrap().papers;
    assert_eq!(kept.len(), 1);
    assert!(page.contains("Papers from Birch Row Nursery"));
    assert_eq!(
        cast.scenario.page(MANAGER, "/concerns/cases/{case}", &case),
        "not allowed"
    );
}

#[test]
fn with_a_file_and_without_one_everybody_else_sees_the_same_pages() {
    let (without, _) = with_case();
    let (mut with, child) = with_case();
    with.scenario.done(with.lead, send(child));
    let sent = content(&with, child);
    with.scenario.done(with.lead, came(&sent, "aa"));
    let number = ONE.to_string();
    let mut compared = 0;
    for page in families::pages() {
        let parts = page.path.split('/').filter(|part| part.starts_with('{'));
        let params: Vec<(&str, &str)> = parts
            .map(|part| {
                let name = part.trim_matches(['{', '}']);
                (name, if name == "case" { number.as_str() } else { "1" })
            })
            .collect();
        for who in [MANAGER, with.chair, with.rosa, with.tomos] {
            let one = without.scenario.page(who, page.path, &params);
            let two = with.scenario.page(who, page.path, &params);
            assert_eq!(one, two, "{} for {who:?}", page.path);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}
