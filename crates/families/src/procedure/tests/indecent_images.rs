//! procedure.indecent-images: nobody looks, nothing is destroyed, no files are taken.

use super::{Cast, answered, cast, done, mark, start};
use crate::{
    concerns::{acts::Act as Concern, kinds::Kind, papers::acts::Act as Papers},
    families,
    procedure::{
        own,
        run::{Outcome, State},
        sheet::{Part, Waits},
    },
    spine::{act::Act as AnyAct, page::FieldKind},
};
use expect_test::expect;
use kernel::{
    kept::{Kind as FileKind, Loose},
    sealed::Key,
};

fn begun(way: &str) -> Cast {
    let mut cast = cast();
    cast.reported(Kind::IndecentImage, None);
    cast.started("indecent-images", way);
    cast
}

#[test]
fn the_steps_differ_by_how_it_came_about_and_that_has_to_be_said() {
    let mut cast = cast();
    cast.reported(Kind::IndecentImage, None);
    cast.scenario.act(
        cast.lead,
        start("indecent-images", "", &[]),
        expect!["mistake in way: Say how it came about: the steps differ"],
    );
    for (way, there, not_there) in [
        ("seen", "iwf", "officer"),
        ("device", "device", "officer"),
        ("staff", "officer", "iwf"),
    ] {
        let cast = begun(way);
        let course = cast.course(1);
        assert!(course.item(there).is_some(), "{way}");
        assert!(course.item(not_there).is_none(), "{way}");
        let page = cast.page(cast.lead);
        assert!(page.contains("Do not copy, print, send, save or photograph it"));
    }
}

#[test]
fn the_policys_own_order_to_delete_waits_for_the_police_and_says_so() {
    let mut cast = begun("seen");
    // The county policy deletes copies as its third step, before anybody has asked the police.
    let item = cast.course(1).item("copies").unwrap().clone();
    let clauses: Vec<&str> = item.own.iter().map(|own| own.clause.as_str()).collect();
    assert!(clauses.contains(&"s003-11.4-o"), "{clauses:?}");
    assert_eq!(item.state, State::Waiting(Waits::Police));
    assert!(
        cast.page(cast.lead)
            .contains("This waits for the police’s answer.")
    );
    cast.scenario.act(cast.lead, done("copies"), expect![[r#"refused by procedure.indecent-images (s003-11.4-b, s003-11.4-g, s003-11.4-h, s003-11.4-i, s003-11.4-j, s003-11.4-k, s003-11.4-l, s003-11.4-m, s003-11.4-n, s003-11.4-o, s003-11.4-p, s003-11.4-q, s003-11.4-r, s003-11.4-s, s003-11.4-t, s003-11.4-u, s003-11.4-v, s003-11.4-w, s003-11.4-x, s003-11.4-y, s003-11.4-z, s003-11.4-aa): This step waits for the police’s answer: done before, it could destroy evidence or warn somebody. Write down what the police answered first. Nobody can allow it. Say that it is not done yet, with the reason, and go on with the other steps."#]]);
    // An answer that does not free it leaves it waiting.
    cast.scenario.done(cast.lead, answered("police", "no"));
    assert_eq!(cast.state("copies"), State::Waiting(Waits::Police));
    cast.scenario.done(cast.lead, answered("police", "yes"));
    assert_eq!(cast.state("copies"), State::Open);
    cast.scenario
        .act(cast.lead, done("copies"), expect!["procedure.marked"]);
}

#[test]
fn telling_the_police_is_written_down_with_what_they_advised() {
    let mut cast = begun("device");
    cast.scenario.act(cast.lead, done("police"), expect!["mistake in outcome: Write down what the police answered, on the form for it: steps wait for it"]);
    cast.scenario.done(cast.lead, answered("police", "yes"));
    let page = cast.page(cast.lead);
    for kept in ["CR/4471", "Keep the tablet", "office safe"] {
        assert!(page.contains(kept), "{kept}");
    }
    // Passed over with nobody told, nothing that waits goes on until a second person has agreed.
    let mut cast = begun("device");
    cast.scenario.done(
        cast.lead,
        mark("police", Outcome::NotNeeded, "They rang us"),
    );
    assert_eq!(cast.state("release"), State::Waiting(Waits::Police));
    cast.scenario.done(cast.deputy, super::agree(1));
    assert_eq!(cast.state("release"), State::Open);
}

#[test]
fn no_form_of_a_procedure_takes_a_file() {
    let mut looked_at = 0;
    for form in families::forms().filter(|form| form.act.starts_with("procedure.")) {
        for field in form.fields {
            let takes = matches!(
                field.kind,
                FieldKind::File(_) | FieldKind::Keep(_) | FieldKind::Drawn(_)
            );
            assert!(!takes, "{} {}", form.act, field.name);
            looked_at += 1;
        }
    }
    assert!(looked_at > 30, "{looked_at}");
    let cast = begun("seen");
    assert!(
        cast.page(cast.lead)
            .contains("No files are taken here, by whatever way")
    );
}

#[test]
fn no_file_comes_into_such_a_case_by_any_form_and_none_of_before_is_shown() {
    let mut cast = cast();
    // Reported as something else, with a paper; then it turns out to be about an image.
    cast.reported(Kind::Unsuitable, None);
    let paper = || {
        AnyAct::Concerns(Concern::Paper(Papers::Add {
            case: 1,
            what: "A print of the page".to_owned(),
            file: Box::new(Loose {
                digest: "5a".repeat(32),
                size: 2_000,
                key: Key::default(),
                name: "Page.pdf".to_owned(),
                kind: FileKind::Pdf,
            }),
        }))
    };
    cast.scenario.done(cast.lead, paper());
    let file = |cast: &Cast| {
        let at = [("case", "1"), ("paper", "1")];
        cast.scenario
            .page(cast.lead, "/concerns/cases/{case}/files/{paper}", &at)
    };
    assert_ne!(file(&cast), "nothing here");
    cast.started("indecent-images", "device");
    assert_eq!(file(&cast), "nothing here");
    let answer = cast.scenario.try_act(cast.lead, &paper());
    let says = cast.scenario.in_words(&answer);
    assert!(
        says.starts_with("refused by procedure.indecent-images"),
        "{says}"
    );
    assert!(says.contains("Nobody can allow it"), "{says}");
    // Whatever other form takes a file is about no case.
    for form in families::forms() {
        let takes = form
            .fields
            .iter()
            .any(|field| matches!(field.kind, FieldKind::File(_) | FieldKind::Keep(_)));
        let in_case = form.fields.iter().any(|field| field.name == "case");
        let into_old = form.act == "concerns.add-file";
        assert!(!(takes && in_case) || into_old, "{}", form.act);
    }
}

#[test]
fn words_that_would_destroy_or_show_evidence_are_known() {
    for words in [
        "copies deleted",
        "Print the page for the file",
        "wipe the device",
        "confront the member of staff",
        "a copy is kept only if the police ask",
        "View the image to confirm it",
    ] {
        assert!(own::destroys(words), "{words}");
    }
    for words in [
        "review the handling",
        "lead or deputy informed",
        "devices put away securely",
        "parents told as appropriate",
        "an interview with the head",
    ] {
        assert!(!own::destroys(words), "{words}");
    }
}

#[test]
fn what_the_policy_says_of_one_way_does_not_stand_with_another() {
    let clauses = |way: &str| {
        let cast = begun(way);
        let course = cast.course(1);
        let items = course.items.iter().flat_map(|item| &item.own);
        let all = items.chain(&course.also).map(|own| own.clause.clone());
        all.collect::<Vec<_>>()
    };
    let has = |way: &str, clause: &str| clauses(way).iter().any(|own| own == clause);
    // Deleting copies: once by accident (o), once on the setting’s device (t).
    assert!(has("seen", "s003-11.4-o") && !has("seen", "s003-11.4-t"));
    assert!(has("device", "s003-11.4-t") && !has("device", "s003-11.4-o"));
    assert!(has("staff", "s003-11.4-y") && !has("staff", "s003-11.4-o"));
    // What is said of any case stands with each.
    for way in ["seen", "device", "staff"] {
        assert!(has(way, "s003-11.4-k"), "{way}");
    }
    // Every step that would destroy something waits.
    for way in ["seen", "device", "staff"] {
        let cast = begun(way);
        for item in cast.course(1).items {
            if item.own.iter().any(|own| own.destroys) && item.part() != Part::Police {
                assert_eq!(
                    item.state,
                    State::Waiting(Waits::Police),
                    "{way} {}",
                    item.key
                );
            }
        }
    }
}
