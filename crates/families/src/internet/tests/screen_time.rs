//! internet.screen-time: screen time is looked at.

use super::{cast, internet, open, opening};
use crate::internet::acts::{Act, Opening};
use expect_test::expect;

const TIME: &str = r#"
[[clause]]
id = "time"
section = "Screen time"
text = "We look at how long each room spends with screens."
controls = ["internet.screen-time"]
values = { guidance = "30 a day from age 3" }
"#;

#[test]
fn the_minutes_of_each_room_stand_beside_what_the_policy_calls_right() {
    let (mut scenario, tomos, rosa) = cast(TIME);
    scenario.done(tomos, open(opening()));
    scenario.later(9);
    scenario.done(rosa, internet(Act::End { session: 1 }));
    scenario.done(tomos, open(opening()));
    // It was forgotten, and counts until its time was over.
    scenario.later(200);
    scenario.done(
        crate::spine::act::Who::Clock,
        internet(Act::EndByTime { session: 2 }),
    );
    expect!["2026-09-01 | Robins | 25 | 30 a day from age 3"]
        .assert_eq(&scenario.registered("internet.screen-time"));
    let page = scenario.page(rosa, "/internet/minutes", &[]);
    assert!(
        page.contains("30 a day from age 3") && page.contains("Robins"),
        "{page}"
    );
    let room = scenario.page(rosa, "/rooms/{room}", &[("room", "1")]);
    assert!(room.contains("25 minutes today"), "{room}");
    scenario.on(2026, 9, 2);
    let second = Opening {
        device: Some(2),
        minutes: 5,
        ..opening()
    };
    scenario.done(tomos, open(second));
    scenario.later(3);
    scenario.done(tomos, internet(Act::End { session: 3 }));
    expect![[r#"
        2026-09-01 | Robins | 25 | 30 a day from age 3
        2026-09-02 | Robins | 4 | 30 a day from age 3"#]]
    .assert_eq(&scenario.registered("internet.screen-time"));
}
