//! agreements.event-photography: pictures at events.

use super::{act, hand, open_kiosk, with_account};
use crate::{
    agreements::{acts::Act as Agreements, events},
    people::{
        acts::Act as People,
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act, Person, Who},
        control::Standpoint,
        page::Shown,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const CLAUSES: &str = r#"
[[clause]]
id = "general"
section = "Events"
text = "All parents say whether their children may be in pictures of events."
controls = ["agreements.event-photography"]
values = { permission = "general" }

[[clause]]
id = "private"
section = "Events"
text = "Parents keep pictures of events to themselves."
controls = ["agreements.event-photography"]
values = { announcement = true }
"#;

fn plan(day: Date) -> Act {
    act(Agreements::PlanEvent {
        name: "Sports day".to_owned(),
        day,
        rooms: Vec::new(),
    })
}

fn tie(s: &mut Scenario, parent: Person, child: Person, responsibility: bool) {
    let tied = Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility,
    };
    s.done(MANAGER, Act::People(People::Tie(tied)));
}

fn answer(child: Person, allowed: bool) -> Act {
    act(Agreements::AnswerPermission { child, allowed })
}

#[test]
fn each_parent_is_asked_once_and_may_change_the_answer() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let wren = s.person("Wren Finch", &[Group::Child]);
    expect!["Ask parents who have no account whether their child may be in pictures of events by 2026-09-29: Maya Lin"].assert_eq(&s.owed("agreements.event-photography"));
    let ada = with_account(&mut s, "Ada Finch", "ada", Group::Parent);
    tie(&mut s, ada, wren, true);
    expect!["Say whether Wren Finch may be in pictures of events by 2026-09-29: Ada Finch"]
        .assert_eq(&s.owed("agreements.event-photography"));
    assert_eq!(events::may_be_in_pictures(&s.setting, wren), None);
    s.act(
        ada,
        answer(wren, true),
        expect!["agreements.permission-answered"],
    );
    s.act(
        ada,
        answer(wren, true),
        expect!["mistake in allowed: This is what was said already"],
    );
    assert_eq!(events::may_be_in_pictures(&s.setting, wren), Some(true));
    assert_eq!(s.standing("general"), Standing::Met);
    s.act(
        ada,
        answer(wren, false),
        expect!["agreements.permission-answered"],
    );
    assert_eq!(events::may_be_in_pictures(&s.setting, wren), Some(false));
}

#[test]
fn one_no_is_enough_and_only_those_with_parental_responsibility_say_it() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let wren = s.person("Wren Finch", &[Group::Child]);
    let (ada, sol) = (
        s.person("Ada Finch", &[Group::Parent]),
        s.person("Sol Finch", &[Group::Parent]),
    );
    let nan = s.person("Nan Finch", &[Group::Parent]);
    tie(&mut s, ada, wren, true);
    tie(&mut s, sol, wren, true);
    tie(&mut s, nan, wren, false);
    s.act(nan, answer(wren, true), expect!["mistake in parent: Only somebody with parental responsibility can say this for the child"]);
    s.done(ada, answer(wren, true));
    s.done(
        MANAGER,
        act(Agreements::RecordPermission {
            child: wren,
            parent: sol,
            allowed: false,
        }),
    );
    assert_eq!(events::may_be_in_pictures(&s.setting, wren), Some(false));
    let other = s.person("Lark Reed", &[Group::Child]);
    let answered = s.try_act(ada, &answer(other, true));
    assert!(s.in_words(&answered).starts_with("not allowed"));
}

#[test]
fn a_week_before_an_event_somebody_is_reminded_and_the_announcement_is_recorded() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.act(
        MANAGER,
        plan(Date::constant(2026, 8, 1)),
        expect!["mistake in day: Choose a day from today on, at most two years away"],
    );
    s.done(MANAGER, plan(Date::constant(2026, 10, 9)));
    assert_eq!(s.owed("agreements.event-photography"), "");
    s.on(2026, 10, 2);
    expect!["Read out the announcement at Sports day by 2026-10-09: Maya Lin"]
        .assert_eq(&s.owed("agreements.event-photography"));
    let read = || act(Agreements::ReadAnnouncement { event: 1 });
    s.act(
        MANAGER,
        read(),
        expect!["mistake in event: The event has not begun. Record it on the day"],
    );
    s.on(2026, 10, 9);
    let page = s.page(MANAGER, "/events/{event}", &[("event", "1")]);
    assert!(
        page.contains("Welcome to: Sports day.")
            && page.contains("Parents keep pictures of events to themselves."),
        "{page}"
    );
    s.act(MANAGER, read(), expect!["agreements.announcement-read"]);
    s.act(
        MANAGER,
        read(),
        expect!["mistake in event: It was recorded already that it was read out"],
    );
    assert_eq!(s.owed("agreements.event-photography"), "");
    expect![[r#"
        2026-09-01 | - | Sports day was planned
        2026-10-09 | Maya Lin | read out the announcement at Sports day"#]]
    .assert_eq(&s.registered("agreements.event-photography"));
}

#[test]
fn whoever_takes_pictures_signs_with_a_log_in_at_the_kiosk_or_on_paper() {
    let mut s = Scenario::with_clauses(CLAUSES);
    open_kiosk(&mut s);
    s.done(MANAGER, plan(Date::constant(2026, 9, 9)));
    let own = || {
        act(Agreements::SignPhotography {
            event: 1,
            hand: hand("Maya"),
        })
    };
    s.act(MANAGER, own(), expect!["agreements.photography-signed"]);
    s.act(
        MANAGER,
        own(),
        expect!["mistake: This was signed for this event already. There is nothing more to do"],
    );
    let guest = act(Agreements::SignPhotographyAtKiosk {
        event: 1,
        code: None,
        hand: hand("Nan Reed"),
    });
    s.act(
        Who::Kiosk(1),
        guest,
        expect!["people.added, people.left, agreements.photography-signed"],
    );
    let ada = s.person("Ada Finch", &[Group::Parent]);
    let paper = |person| act(Agreements::RecordPhotographyPaper { event: 1, person });
    s.act(
        MANAGER,
        paper(ada),
        expect!["agreements.photography-signed"],
    );
    let page = s.page(MANAGER, "/events/{event}", &[("event", "1")]);
    assert!(
        page.contains("Nan Reed") && page.contains("on paper"),
        "{page}"
    );
    s.done(MANAGER, act(Agreements::CallOffEvent { event: 1 }));
    let col = s.person("Col Heath", &[Group::Parent]);
    s.act(
        MANAGER,
        paper(col),
        expect!["mistake in event: This event was called off"],
    );
}

#[test]
fn whoever_signed_for_pictures_keeps_a_copy_that_rests_on_the_event_and_the_signature() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, plan(Date::constant(2026, 9, 9)));
    let planned = s.lines.last().unwrap().seq;
    let ada = s.person("Ada Finch", &[Group::Parent]);
    let other = s.person("Col Heath", &[Group::Parent]);
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let own = Agreements::SignPhotography {
        event: 1,
        hand: hand("Ada F."),
    };
    s.done(ada, act(own));
    let signed = s.lines.last().unwrap().seq;
    let number = signed.to_string();
    let page = |who: Person, seq: &str| s.page(who, "/events/signatures/{seq}", &[("seq", seq)]);
    for who in [ada, MANAGER] {
        let page = page(who, &number);
        for part in [
            "Pictures at: Sports day",
            "The pictures that I take here are for me and my family.",
            "Parents keep pictures of events to themselves.",
            "Ada F.",
            "with their own log-in",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    let shown = s.shown(ada, "/events/signatures/{seq}", &[("seq", &number)]);
    let Some(Shown::Document(document)) = shown else {
        panic!("no document");
    };
    assert_eq!(document.rests_on, [planned, signed]);
    // It is not there for others, nor is any other line to be read as one.
    for who in [other, ivo] {
        assert_eq!(page(who, &number), "nothing here");
        assert_eq!(page(who, "999"), "nothing here");
    }
    assert_eq!(page(ada, &planned.to_string()), "nothing here");
    let link = format!("/events/signatures/{signed}");
    let event = |who| s.page(who, "/events/{event}", &[("event", "1")]);
    assert!(event(ada).contains(&link) && event(MANAGER).contains(&link));
    assert!(!event(other).contains(&link) && !event(ivo).contains(&link));
}

#[test]
fn names_of_children_without_permission_are_for_those_who_know_the_children() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, plan(Date::constant(2026, 9, 9)));
    let wren = s.person("Wren Finch", &[Group::Child]);
    let ada = s.person("Ada Finch", &[Group::Parent]);
    tie(&mut s, ada, wren, true);
    s.done(ada, answer(wren, false));
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let lark = s.person("Lark Reed", &[Group::Parent]);
    let page = |who| s.page(who, "/events/{event}", &[("event", "1")]);
    assert!(page(MANAGER).contains("Wren Finch"));
    // Ivo works in another room.
    assert!(!page(ivo).contains("Wren") && page(ivo).contains("must not be in pictures"));
    assert!(!page(lark).contains("must not be in pictures"));
}

#[test]
fn a_policy_can_do_without_permission_and_announcement() {
    let without = CLAUSES
        .replace("permission = \"general\"", "permission = \"none\"")
        .replace("announcement = true", "announcement = false");
    let mut s = Scenario::with_clauses(&without);
    s.person("Wren Finch", &[Group::Child]);
    s.done(MANAGER, plan(Date::constant(2026, 9, 5)));
    expect!["See who may be in pictures at Sports day by 2026-09-05: Maya Lin"]
        .assert_eq(&s.owed("agreements.event-photography"));
    s.on(2026, 9, 6);
    assert_eq!(s.owed("agreements.event-photography"), "");
}

#[test]
fn parents_read_what_the_policy_says_about_pictures_at_events() {
    let s = Scenario::with_clauses(CLAUSES);
    let running = s.in_force.find(events::CONTROL).unwrap();
    let from = Standpoint {
        setting: &s.setting,
        bound: &running.bound,
        today: s.today(),
    };
    let notices = running.control.notices(&from);
    assert_eq!(notices.len(), 1);
    assert!(
        notices[0]
            .says
            .iter()
            .any(|line| line.contains("keep pictures of events to themselves"))
    );
    assert_eq!(notices[0].clauses, ["general", "private"]);
}
