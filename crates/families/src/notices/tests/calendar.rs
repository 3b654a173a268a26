//! Calendar feeds: what is in them, and when they end.

use super::*;
use crate::{
    notices::{calendar::feed, register::whose_feed},
    people::acts::Act as People,
};
use expect_test::expect;

fn make(scenario: &mut Scenario, person: Person, digest: &str) {
    let digest = digest.to_owned();
    scenario.done(person, act(Act::MakeFeed { digest }));
}

fn whose(scenario: &Scenario, digest: &str) -> Option<Person> {
    whose_feed(digest, &scenario.setting, scenario.today())
}

#[test]
fn a_feed_shows_what_is_owed_by_its_day_and_names_nobody() {
    let scenario = scenario();
    let text = scenario.view(MANAGER, feed);
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    assert!(!text.contains("Maya"));
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Stairgate//Duties//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Stairgate\, Larkrise Preschool
        REFRESH-INTERVAL;VALUE=DURATION:PT6H
        X-PUBLISHED-TTL:PT6H
        BEGIN:VEVENT
        UID:af9b207d9e8f@stairgate.larkrise.example
        DTSTAMP:20260901T000000Z
        DTSTART;VALUE=DATE:20260915
        DTEND;VALUE=DATE:20260916
        SUMMARY:Named people lead on online safety
        URL:https://stairgate.larkrise.example/
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&text.replace("\r\n", "\n"));
}

#[test]
fn a_feed_is_the_same_until_something_changes() {
    let mut scenario = scenario();
    let first = scenario.view(MANAGER, feed);
    scenario.on(2026, 9, 2);
    assert_eq!(scenario.view(MANAGER, feed), first);
}

#[test]
fn a_new_address_takes_the_place_of_the_old_one_and_can_be_taken_back() {
    let mut scenario = scenario();
    make(&mut scenario, MANAGER, "aa");
    make(&mut scenario, MANAGER, "bb");
    assert_eq!(
        (whose(&scenario, "aa"), whose(&scenario, "bb")),
        (None, Some(MANAGER))
    );
    scenario.act(MANAGER, act(Act::EndFeed), expect!["notices.feed-ended"]);
    assert_eq!(whose(&scenario, "bb"), None);
}

#[test]
fn a_feed_ends_with_a_new_password() {
    let mut scenario = scenario();
    make(&mut scenario, MANAGER, "aa");
    let password = "$argon2id$another".to_owned();
    scenario.done(
        MANAGER,
        AnyAct::Access(Access::ChangePassword {
            password: password.into(),
        }),
    );
    assert_eq!(whose(&scenario, "aa"), None);
}

#[test]
fn a_feed_ends_when_its_person_leaves_or_the_account_is_closed_and_does_not_come_back() {
    let mut scenario = scenario();
    let ada = reached(&mut scenario, "ada", Group::Staff);
    make(&mut scenario, ada, "aa");
    let last = scenario.today();
    scenario.done(
        MANAGER,
        AnyAct::People(People::RecordLeaving { person: ada, last }),
    );
    scenario.on(2026, 9, 2);
    assert_eq!(whose(&scenario, "aa"), None);
    scenario.on(2026, 10, 1);
    let since = scenario.today();
    scenario.done(
        MANAGER,
        AnyAct::People(People::RecordReturn { person: ada, since }),
    );
    assert_eq!(whose(&scenario, "aa"), None);
    make(&mut scenario, ada, "cc");
    assert_eq!(whose(&scenario, "cc"), Some(ada));
    let close = Access::CloseAccount { person: ada };
    scenario.done(MANAGER, AnyAct::Access(close));
    assert_eq!(whose(&scenario, "cc"), None);
    let open = Access::OpenAccount {
        person: ada,
        user: "ada".to_owned(),
        code: "00ff".to_owned(),
    };
    scenario.done(MANAGER, AnyAct::Access(open));
    assert_eq!(whose(&scenario, "cc"), None);
}
