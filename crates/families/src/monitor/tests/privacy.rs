//! monitor.privacy: monitoring respects privacy and data protection law.

use super::{Memory, cast, look, look_at, monitor, trace};
use crate::{
    monitor::{acts::Act, entries::Assessed},
    spine::scenario::MANAGER,
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

pub(super) const PRIVACY: &str = r#"
[[clause]]
id = "privacy"
section = "Monitoring"
text = "Monitoring keeps to the law on privacy, data protection and human rights."
controls = ["monitor.privacy"]
values = { laws = ["data protection", "human rights", "privacy"] }
"#;

fn assessed(review: Date) -> Assessed {
    let words = |words: &str| words.to_owned();
    Assessed {
        purpose: words("Keeping children safe; public task"),
        need: words("Names only, and only on our network"),
        risks: words("Somebody looks out of curiosity"),
        measures: words("A reason for each look, looked through by the chair"),
        asked: words("The team and the committee"),
        review,
    }
}

#[test]
fn nobody_looks_at_their_own_and_the_manager_is_looked_at_by_somebody_else() {
    let (mut s, cast) = cast(PRIVACY);
    let day = s.today();
    s.act(cast.lead, look(look_at(Some(cast.lead), None, day)), expect!["refused by monitor.privacy (privacy): Nobody looks at what they asked for themselves. The deputy safeguarding lead, the manager, the deputy manager, the chair of the committee or the committee member for safeguarding can allow it. Ask them to look, and tell them why. What is kept about you stands on the page “What is kept about me”."]);
    s.act(MANAGER, look(look_at(Some(MANAGER), None, day)), expect!["refused by monitor.privacy (privacy): Nobody looks at what they asked for themselves. The designated safeguarding lead, the deputy safeguarding lead, the deputy manager, the chair of the committee or the committee member for safeguarding can allow it. Ask them to look, and tell them why. What is kept about you stands on the page “What is kept about me”."]);
    s.act(
        cast.chair,
        look(look_at(Some(MANAGER), None, day)),
        expect!["monitor.looked"],
    );
    // The chair looks at who leads, and at nobody else.
    s.act(cast.chair, look(look_at(Some(cast.tomos), None, day)), expect!["refused by monitor.privacy (privacy): Somebody else looks at what whoever leads here asked for. The designated safeguarding lead, the deputy safeguarding lead, the manager or the deputy manager can allow it. Ask them to look, and tell them why. What is kept about you stands on the page “What is kept about me”."]);
    s.act(
        cast.lead,
        look(look_at(None, Some(1), day)),
        expect!["monitor.looked"],
    );
}

#[test]
fn it_holds_without_a_clause_too() {
    let (mut s, cast) = cast(super::use_::USE);
    let day = s.today();
    s.act(
        cast.lead,
        look(look_at(Some(cast.lead), None, day)),
        expect!["mistake in person: You may not look at this yourself. Ask the deputy safeguarding lead, the manager, the deputy manager, the chair of the committee or the committee member for safeguarding"],
    );
}

#[test]
fn who_was_looked_at_does_not_learn_of_it() {
    let (mut s, cast) = cast(PRIVACY);
    let at = s.now();
    s.traces = Box::new(Memory {
        all: vec![trace(at, Some(MANAGER), "quillon.example")],
    });
    let paths = [
        "/",
        "/monitor",
        "/monitor/watching",
        "/monitor/looks",
        "/monitor/mine",
        "/activity",
    ];
    let see = |s: &crate::spine::scenario::Scenario| {
        let pages = paths.iter().map(|path| s.page(MANAGER, path, &[]));
        pages.collect::<Vec<String>>()
    };
    let before = see(&s);
    s.done(cast.chair, look(look_at(Some(MANAGER), None, at.date())));
    s.back_to(at);
    assert_eq!(see(&s), before);
    let number = s.setting.monitor.looks().next().unwrap().number.to_string();
    let page = s.page(MANAGER, "/monitor/looks/{case}", &[("case", &number)]);
    assert_eq!(page, "not allowed");
    let page = s.page(cast.chair, "/monitor/looks/{case}", &[("case", &number)]);
    assert!(page.contains("quillon.example"), "{page}");
}

#[test]
fn people_see_what_is_kept_about_themselves_and_nobody_else() {
    let (mut s, cast) = cast(PRIVACY);
    let at = s.now();
    s.traces = Box::new(Memory {
        all: vec![
            trace(at, Some(cast.tomos), "quillon.example"),
            trace(at, Some(cast.rosa), "frogs.example"),
        ],
    });
    let day = at.date().to_string();
    let page = s.page(cast.tomos, "/monitor/mine", &[("day", &day)]);
    assert!(
        page.contains("quillon.example") && !page.contains("frogs.example"),
        "{page}"
    );
    assert!(page.contains("90 days"), "{page}");
    // What was kept for longer, for a concern, is not told here.
    s.on(2026, 12, 20);
    let page = s.page(cast.tomos, "/monitor/mine", &[("day", &day)]);
    assert!(!page.contains("quillon.example"), "{page}");
}

#[test]
fn the_impact_assessment_is_written_down_and_looked_at_again() {
    let (mut s, cast) = cast(PRIVACY);
    assert_eq!(
        s.owed("monitor.privacy"),
        "Write down the impact assessment of monitoring by 2026-09-29: Maya Lin"
    );
    let assess = |review| monitor(Act::Assess(Box::new(assessed(review))));
    s.act(
        MANAGER,
        assess(Date::constant(2026, 8, 1)),
        expect!["mistake in review: Choose a day in the future"],
    );
    s.done(MANAGER, assess(Date::constant(2027, 9, 1)));
    assert_eq!(s.standing("privacy"), Standing::Met);
    let page = s.page(cast.tomos, "/monitor/assessment", &[]);
    assert!(page.contains("looked through by the chair"), "{page}");
    s.on(2027, 9, 3);
    assert_eq!(s.standing("privacy"), Standing::Breached);
}

#[test]
fn the_team_is_told_of_the_laws_that_the_policy_names() {
    let (s, cast) = cast(PRIVACY);
    let page = s.page(
        cast.tomos,
        "/policy/controls/{control}",
        &[("control", "monitor.privacy")],
    );
    assert!(
        page.contains("data protection, human rights, privacy"),
        "{page}"
    );
}
