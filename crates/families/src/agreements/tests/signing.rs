//! agreements.acceptable-use: signing, in each of its ways, and what is kept of it.

use super::{CLAUSES, act, hand, issue, open_account, open_kiosk, sign, with_account};
use crate::{
    agreements::acts::{Act as Agreements, Hand},
    people::{acts::Act as People, group::Group},
    roles::role::Role,
    spine::{
        act::{Act, Person, Who},
        page::Shown,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn issued() -> Scenario {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    s
}

fn code(digit: &str) -> String {
    digit.repeat(64)
}

fn with_code(group: Group, hand: Hand) -> Act {
    act(Agreements::SignWithCode {
        code: code("7"),
        group,
        version: 1,
        hand,
    })
}

#[test]
fn somebody_signs_with_their_own_log_in_and_is_told_kindly_when_they_do_it_twice() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ivo = with_account(&mut s, "Ivo Marsh", "ivo", Group::Staff);
    s.done(MANAGER, issue(Group::Staff));
    let owed = s.owed("agreements.acceptable-use");
    assert!(
        owed.contains("Read and sign the agreement for staff by 2026-09-11: Ivo Marsh"),
        "{owed}"
    );
    s.act(ivo, sign(Group::Staff, 2), expect!["mistake in version: A newer version was issued meanwhile. Go back, read that one, and sign it"]);
    s.act(ivo, sign(Group::Staff, 1), expect!["agreements.signed"]);
    s.act(
        ivo,
        sign(Group::Staff, 1),
        expect![
            "mistake: This was signed on 1 September 2026 already. There is nothing more to do"
        ],
    );
    s.act(
        ivo,
        sign(Group::Committee, 1),
        expect!["mistake in person: This agreement is for the committee"],
    );
    let owed = s.owed("agreements.acceptable-use");
    assert!(!owed.contains("Ivo"), "{owed}");
    expect![[r#"
        2026-09-01 | Maya Lin | Issued version 1 of the agreement for staff | 3 points
        2026-09-01 | Ivo Marsh | Signed version 1 for staff | with their own log-in"#]]
    .assert_eq(&s.registered("agreements.acceptable-use"));
}

#[test]
fn a_name_or_a_drawing_is_enough_and_both_are_sealed() {
    let mut s = issued();
    let empty = Hand::default();
    let own = |hand: Hand| {
        act(Agreements::Sign {
            group: Group::Staff,
            version: 1,
            hand,
        })
    };
    s.act(
        MANAGER,
        own(empty),
        expect!["mistake in name: Type your name, or draw your signature"],
    );
    let drawn = |path: &str| Hand {
        drawn: Some(path.to_owned()),
        ..Hand::default()
    };
    s.act(
        MANAGER,
        own(drawn("<svg>")),
        expect![
            "mistake in drawn: The drawing did not arrive whole. Draw it again, or type your name"
        ],
    );
    s.act(
        MANAGER,
        own(drawn("1,1 20,30;40,2 50,60")),
        expect!["agreements.signed"],
    );
    let line = s.lines.last().unwrap().entry.as_ref().unwrap().write();
    let body = String::from_utf8(line.body).unwrap();
    assert!(!body.contains("20,30") && body.contains("sealed"), "{body}");
}

#[test]
fn a_code_is_worth_nothing_once_whoever_gave_it_has_left_or_whose_it_is() {
    let mut s = issued();
    let owen = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let [ivo, tess] = ["Ivo Marsh", "Tess Hale"].map(|name| s.person(name, &[Group::Staff]));
    let give = |person| {
        act(Agreements::GiveCode {
            person,
            code: code("7"),
        })
    };
    let whose = |s: &Scenario| {
        let (agreements, people) = (&s.setting.agreements, &s.setting.people);
        agreements.whose_code(&code("7"), people, s.today())
    };
    let leaves_at_once = |person, last| Act::People(People::RecordLeavingAtOnce { person, last });
    s.done(owen, give(ivo));
    assert_eq!(whose(&s), Some(ivo));
    let today = s.today();
    s.done(MANAGER, leaves_at_once(owen, today));
    assert_eq!(whose(&s), None);
    s.act(Who::Nobody, with_code(Group::Staff, hand("Ivo")), expect!["mistake in code: This code does not fit, or it is too old. Ask the manager for a new one"]);
    // Somebody who is here gives another, until its owner goes.
    s.done(MANAGER, give(tess));
    assert_eq!(whose(&s), Some(tess));
    s.done(MANAGER, leaves_at_once(tess, today));
    assert_eq!(whose(&s), None);
    s.done(MANAGER, give(ivo));
    s.act(
        Who::Nobody,
        with_code(Group::Staff, hand("Ivo")),
        expect!["agreements.signed"],
    );
}

#[test]
fn nobody_gets_an_account_before_they_have_signed_with_a_code_on_their_own_phone() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    s.act(MANAGER, open_account(ivo, "ivo"), expect!["refused by agreements.acceptable-use (sign, kind): Ivo Marsh has not signed the agreement for staff (version 1). Nobody can allow it. Give them a code to sign with on their own phone or at the kiosk, or record that they signed on paper. Then do this again."]);
    s.act(Who::Nobody, with_code(Group::Staff, hand("Ivo")), expect!["mistake in code: This code does not fit, or it is too old. Ask the manager for a new one"]);
    s.done(
        MANAGER,
        act(Agreements::GiveCode {
            person: ivo,
            code: code("7"),
        }),
    );
    s.act(
        Who::Nobody,
        with_code(Group::Staff, hand("Ivo")),
        expect!["agreements.signed"],
    );
    s.act(
        MANAGER,
        open_account(ivo, "ivo"),
        expect!["access.account-opened"],
    );
    s.act(
        MANAGER,
        act(Agreements::GiveCode {
            person: ivo,
            code: code("7"),
        }),
        expect!["mistake in person: There is nothing for this person to sign"],
    );
}

#[test]
fn a_code_runs_out_after_fourteen_days_and_when_its_owner_leaves() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    s.done(
        MANAGER,
        act(Agreements::GiveCode {
            person: ivo,
            code: code("7"),
        }),
    );
    s.on(2026, 9, 16);
    s.act(Who::Nobody, with_code(Group::Staff, hand("Ivo")), expect!["mistake in code: This code does not fit, or it is too old. Ask the manager for a new one"]);
    s.done(MANAGER, sign(Group::Staff, 1));
    let ada = s.person("Ada Wick", &[Group::Staff]);
    s.done(
        MANAGER,
        act(Agreements::GiveCode {
            person: ada,
            code: code("7"),
        }),
    );
    s.done(
        MANAGER,
        Act::People(crate::people::acts::Act::RecordLeaving {
            person: ada,
            last: s.today(),
        }),
    );
    s.act(Who::Nobody, with_code(Group::Staff, hand("Ada")), expect!["mistake in code: This code does not fit, or it is too old. Ask the manager for a new one"]);
}

#[test]
fn at_the_kiosk_a_visitor_whom_nobody_knows_signs_and_is_taken_in() {
    let mut s = issued();
    open_kiosk(&mut s);
    s.done(MANAGER, issue(Group::Visitor));
    let kiosk = |group, code, hand| {
        act(Agreements::SignAtKiosk {
            code,
            group,
            version: 1,
            hand,
        })
    };
    s.act(
        Who::Nobody,
        kiosk(Group::Visitor, None, hand("Sol Reed")),
        expect!["not allowed: somebody at a kiosk may"],
    );
    s.act(
        Who::Kiosk(1),
        kiosk(Group::Staff, None, hand("Sol Reed")),
        expect!["mistake in code: Enter your code. You get one from the manager"],
    );
    s.act(
        Who::Kiosk(1),
        kiosk(Group::Visitor, None, Hand::default()),
        expect!["mistake in name: Type your name, so that we know who you are"],
    );
    s.act(
        Who::Kiosk(1),
        kiosk(Group::Visitor, None, hand("Sol Reed")),
        expect!["people.added, agreements.signed"],
    );
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    s.done(
        MANAGER,
        act(Agreements::GiveCode {
            person: ivo,
            code: code("7"),
        }),
    );
    s.act(
        Who::Kiosk(1),
        kiosk(Group::Staff, Some(code("7")), hand("Ivo")),
        expect!["agreements.signed"],
    );
    let rows = s.registered("agreements.acceptable-use");
    assert!(
        rows.contains("Sol Reed | Signed version 1 for visitors | at the kiosk"),
        "{rows}"
    );
}

#[test]
fn a_signature_on_paper_is_of_the_version_that_counts() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let paper = |on| {
        act(Agreements::RecordPaper {
            person: ivo,
            group: Group::Staff,
            on,
            scan: None,
        })
    };
    s.act(MANAGER, paper(Date::constant(2026, 8, 1)), expect!["mistake in on: The version that counts was issued on 1 September 2026. Paper from before that day was another version"]);
    s.act(
        MANAGER,
        paper(Date::constant(2026, 9, 2)),
        expect!["mistake in on: Choose a day that is not in the future"],
    );
    s.act(
        MANAGER,
        paper(Date::constant(2026, 9, 1)),
        expect!["agreements.signed"],
    );
    let seq = s.lines.len().to_string();
    let copy = s.page(MANAGER, "/agreements/signatures/{seq}", &[("seq", &seq)]);
    assert!(
        copy.contains("on paper") && copy.contains("Maya Lin"),
        "{copy}"
    );
    let ada = s.person("Ada Wick", &[Group::Staff]);
    assert_eq!(
        s.page(ada, "/agreements/signatures/{seq}", &[("seq", &seq)]),
        "nothing here"
    );
}

#[test]
fn a_child_goes_through_the_agreement_with_a_parent_and_chooses_a_picture() {
    let mut s = issued();
    s.done(MANAGER, issue(Group::Child));
    let wren = s.person("Wren Finch", &[Group::Child]);
    let ada = s.person("Ada Finch", &[Group::Parent]);
    let together = |picture: &str| {
        act(Agreements::SignTogether {
            child: wren,
            version: 1,
            picture: Some(picture.to_owned()),
            drawn: None,
        })
    };
    let owed = s.owed("agreements.acceptable-use");
    assert!(
        owed.contains("Go through the agreement with the children who have not by 2026-09-11"),
        "{owed}"
    );
    s.act(ada, together("sun"), expect!["not allowed: the child’s parents and carers, people who work in the room, the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    let tie = crate::people::entries::Tied {
        parent: ada,
        child: wren,
        relation: crate::people::entries::Relation::Parent,
        responsibility: true,
    };
    s.done(MANAGER, Act::People(crate::people::acts::Act::Tie(tie)));
    s.act(
        ada,
        together("dragon"),
        expect!["mistake in picture: Let the child choose a picture, or draw a mark"],
    );
    s.act(ada, together("sun"), expect!["agreements.signed"]);
    let page = s.page(ada, "/agreements/{group}", &[("group", "child")]);
    assert!(
        page.contains("<svg") && page.contains("I am kind."),
        "{page}"
    );
}

/// A signed copy, as this reader sees it.
fn copy(s: &Scenario, who: Person, seq: u64) -> String {
    let seq = seq.to_string();
    s.page(who, "/agreements/signatures/{seq}", &[("seq", &seq)])
}

/// The lines of the ledger that a signed copy rests on.
fn rests_on(s: &Scenario, who: Person, seq: u64) -> Vec<u64> {
    let seq = seq.to_string();
    match s.shown(who, "/agreements/signatures/{seq}", &[("seq", &seq)]) {
        Some(Shown::Document(document)) => document.rests_on,
        _ => Vec::new(),
    }
}

fn last(s: &Scenario) -> u64 {
    s.lines.last().expect("a line").seq
}

#[test]
fn the_signed_copy_shows_what_was_drawn_or_typed_under_the_text() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let other = s.person("Sol Reed", &[Group::Staff]);
    let drawn = Agreements::Sign {
        group: Group::Staff,
        version: 1,
        hand: Hand {
            name: None,
            drawn: Some("10,20 30,40;50,60 70,80".to_owned()),
            language: "en".to_owned(),
        },
    };
    s.done(ivo, act(drawn));
    let page = copy(&s, ivo, last(&s));
    assert!(
        page.contains("aria-label=\"Signature of Ivo Marsh, drawn by hand\""),
        "{page}"
    );
    assert!(
        page.contains("d=\"M10 20L30 40\"") && page.contains("d=\"M50 60L70 80\""),
        "{page}"
    );
    assert_eq!(copy(&s, other, last(&s)), "nothing here");
    let nia = s.person("Nia Frost", &[Group::Staff]);
    s.done(nia, sign(Group::Staff, 1));
    let page = copy(&s, nia, last(&s));
    assert!(
        !page.contains("<svg") && page.contains("As I sign"),
        "{page}"
    );
}

#[test]
fn the_signed_copy_rests_on_the_translation_that_was_read_and_not_on_a_later_one() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let issued = s.setting.agreements.current(Group::Staff).unwrap();
    let (issued, count) = (issued.seq, issued.says.points.len());
    let translate = |intro: &str| {
        act(Agreements::Translate {
            group: Group::Staff,
            version: 1,
            language: "pl".to_owned(),
            intro: intro.to_owned(),
            points: vec![format!("{intro} punkt"); count],
        })
    };
    s.done(MANAGER, translate("Pierwsze"));
    let first = last(&s);
    let polish = Hand {
        language: "pl".to_owned(),
        ..hand("Ivo Marsh")
    };
    let signs = Agreements::Sign {
        group: Group::Staff,
        version: 1,
        hand: polish,
    };
    s.done(ivo, act(signs));
    let signed = last(&s);
    s.done(MANAGER, translate("Drugie"));
    assert_eq!(rests_on(&s, ivo, signed), [issued, first, signed]);
    let page = copy(&s, ivo, signed);
    assert!(page.contains("Pierwsze punkt"), "{page}");
    assert!(!page.contains("Drugie"), "{page}");
    // Whoever reads it in English rests on no translation.
    let nia = s.person("Nia Frost", &[Group::Staff]);
    s.done(nia, sign(Group::Staff, 1));
    assert_eq!(rests_on(&s, nia, last(&s)), [issued, last(&s)]);
}

#[test]
fn a_scan_of_the_paper_is_kept_for_who_signed_and_who_leads() {
    let mut s = issued();
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let other = s.person("Sol Reed", &[Group::Staff]);
    let scan = kernel::kept::Loose {
        digest: "00".repeat(32),
        size: 4,
        key: kernel::sealed::Key::default(),
        name: "paper.pdf".to_owned(),
        kind: kernel::kept::Kind::Pdf,
    };
    let paper = act(Agreements::RecordPaper {
        person: ivo,
        group: Group::Staff,
        on: Date::constant(2026, 9, 1),
        scan: Some(Box::new(scan)),
    });
    s.done(MANAGER, paper);
    let seq = s.lines.last().expect("a line").seq.to_string();
    let get =
        |s: &Scenario, who| s.page(who, "/agreements/signatures/{seq}/scan", &[("seq", &seq)]);
    assert_eq!(get(&s, other), "nothing here");
    assert_ne!(get(&s, ivo), "nothing here");
    assert_ne!(get(&s, MANAGER), "nothing here");
}
