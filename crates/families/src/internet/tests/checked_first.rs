//! internet.checked-first: adults look at content before children see it.

use super::{cast, internet, look, open, opening};
use crate::{
    internet::acts::{Act, Opening},
    people::{acts::Act as People, group::Group},
    roles::role::Role,
    spine::act::Act as AnyAct,
};
use expect_test::expect;

const BY_LEADERS: &str = r#"
[[clause]]
id = "looked"
section = "Internet"
text = "Room leaders look through what children are going to see."
controls = ["internet.checked-first"]
values = { by = ["room leader"] }
"#;

const BY_STAFF: &str = r#"
[[clause]]
id = "looked"
section = "Internet"
text = "Staff look through what they found before they show it."
controls = ["internet.checked-first"]
values = { by = ["staff"] }
"#;

#[test]
fn what_children_open_was_looked_at_by_whom_the_policy_names() {
    let (mut scenario, tomos, rosa) = cast(BY_STAFF);
    scenario.act(tomos, open(opening()), expect!["internet.opened"]);
    scenario.done(tomos, internet(Act::End { session: 1 }));
    // Whoever looked has left: somebody else looks again.
    let last = scenario.today();
    let leaving = People::RecordLeaving {
        person: tomos,
        last,
    };
    scenario.done(crate::spine::scenario::MANAGER, AnyAct::People(leaving));
    scenario.on(2026, 9, 2);
    scenario.act(rosa, open(opening()), expect!["refused by internet.checked-first (looked): Nobody who works here now has looked at Pond life. Staff can allow it. Look at all of it, and say on its page that you did."]);
    let again = Act::LookAt {
        bundle: Some(1),
        name: "Pond life".to_owned(),
        sites: vec!["ponds.example".to_owned()],
        needs: Vec::new(),
        what_for: "Frogs in spring".to_owned(),
        age_from: 4,
    };
    scenario.act(rosa, internet(again), expect!["internet.bundle-looked"]);
    scenario.act(rosa, open(opening()), expect!["internet.opened"]);
    expect![[r#"
        Pond life | ponds.example | Frogs in spring | 4 | Tomos Reed | 1 September 2026, 09:07
        Pond life | ponds.example | Frogs in spring | 4 | Rosa Field | 2 September 2026, 09:00"#]]
    .assert_eq(&scenario.registered("internet.checked-first"));
}

#[test]
fn who_does_not_look_adds_nothing() {
    let (mut scenario, _, rosa) = {
        let (mut scenario, tomos, rosa) = cast(BY_STAFF);
        scenario.adopt(&format!("[policy]\ntitle = \"Policy\"\n{BY_LEADERS}"));
        assert!(scenario.setting.internet.bundle(1).is_some());
        scenario.later(1);
        (scenario, tomos, rosa)
    };
    scenario.act(rosa, look("Trains", &["trains.example"]), expect!["refused by internet.checked-first (looked): What children see is looked at by others here. The room leader can allow it. Tell them which site you need. They look at it and add it."]);
    scenario.act(rosa, open(opening()), expect!["refused by internet.checked-first (looked): Nobody who works here now has looked at Pond life. The room leader can allow it. Look at all of it, and say on its page that you did."]);
    let leader = scenario.holder("Ines Marsh", Group::Staff, Role::RoomLeader);
    scenario.act(
        leader,
        look("Trains", &["trains.example"]),
        expect!["internet.bundle-looked"],
    );
    let trains = Opening {
        bundles: vec![2],
        ..opening()
    };
    scenario.act(rosa, open(trains), expect!["internet.opened"]);
}

#[test]
fn more_than_what_was_looked_at_is_asked_about_first() {
    let (mut scenario, tomos, _) = cast(BY_STAFF);
    let wide = open(Opening {
        filtered: true,
        ..opening()
    });
    scenario.act(tomos, wide.clone(), expect!["internet.checked-first asks: You open more than what was looked at before. Have you looked at what the children are going to see?"]);
    let yes = ["internet.checked-first".to_owned()];
    assert!(scenario.try_confirmed(tomos, &wide, &yes).is_ok());
}

#[test]
fn a_site_is_written_down_under_its_own_name_and_taken_away_again() {
    let (mut scenario, tomos, rosa) = cast(BY_STAFF);
    scenario.act(
        tomos,
        look("Frogs", &["co.uk"]),
        expect!["mistake in sites: “co.uk” is no name of a site, such as frogs.example.org"],
    );
    scenario.act(
        tomos,
        look("pond LIFE", &["frogs.example"]),
        expect!["mistake in name: Another bundle is called so. Choose another name"],
    );
    scenario.act(
        tomos,
        look("Empty", &[]),
        expect!["mistake in sites: Write down at least one site"],
    );
    scenario.done(tomos, open(opening()));
    let drop = internet(Act::Drop {
        bundle: 1,
        why: "It has advertisements now".to_owned(),
    });
    scenario.act(rosa, drop.clone(), expect!["internet.bundle-dropped"]);
    scenario.act(
        rosa,
        drop,
        expect!["mistake in bundle: There is no such bundle any more"],
    );
    // It is closed where it is open at this moment, too.
    let session = scenario.setting.internet.session(1).expect("it is open");
    assert!(session.names(&scenario.setting).is_empty());
}
