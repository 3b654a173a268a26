//! Mail: who gets which, what is in it, and what becomes of it.

use super::*;
use crate::{
    notices::entries::{Way, What, Why},
    people::acts::Act as People,
    spine::permit::need_for_line,
};
use expect_test::expect;
use kernel::moment::Moment;

#[test]
fn only_whoever_manages_says_how_mail_is_sent() {
    let mut scenario = Scenario::new();
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let set = || act(Act::SetMail(Box::new(mail())));
    scenario.act(
        parent,
        set(),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, set(), expect!["notices.mail-set"]);
}

#[test]
fn what_can_t_be_right_is_said_field_by_field() {
    let mut scenario = Scenario::new();
    let wrong = Mail {
        host: "mail.larkrise.example\r\nX".to_owned(),
        port: 0,
        security: Security::None,
        from: "office@larkrise.example\r\nBcc: eve@evil.example".to_owned(),
        address: "http://stairgate.larkrise.example".to_owned(),
        hour: 3,
        ..mail()
    };
    scenario.act(
        MANAGER,
        act(Act::SetMail(Box::new(wrong))),
        expect![[r#"
            mistake in host: Enter the name of the mail server only, such as mail.example.org
            mistake in port: Enter a port, such as 465 or 587
            mistake in security: Only a server on this same computer may be spoken to without encryption. Choose one of the others
            mistake in from: Enter an email address in the form name@example.org
            mistake in address: Enter the address that people type to sign in, such as https://stairgate.example.org
            mistake in hour: Choose an hour from 6 to 18"#]],
    );
}

#[test]
fn a_password_is_kept_sealed_and_never_handed_to_another_server() {
    let mut scenario = scenario();
    let body = |scenario: &Scenario| {
        let line = scenario
            .lines
            .iter()
            .rfind(|line| line.kind == "notices.mail-set");
        let entry = line.and_then(|line| line.entry.clone()).expect("an entry");
        String::from_utf8(entry.write().body).expect("words")
    };
    assert!(!body(&scenario).contains("plum tree hat"));
    assert!(!format!("{:?}", act(Act::SetMail(Box::new(mail())))).contains("plum"));
    let page = scenario.page(MANAGER, "/settings/mail", &[]);
    assert!(page.contains("mail.larkrise.example") && !page.contains("plum tree hat"));

    let kept = Mail {
        password: None,
        hour: 9,
        ..mail()
    };
    let elsewhere = Mail {
        host: "mail.evil.example".to_owned(),
        ..kept.clone()
    };
    scenario.act(
        MANAGER,
        act(Act::SetMail(Box::new(kept))),
        expect!["notices.mail-set"],
    );
    let sealed = scenario
        .setting
        .notices
        .mail()
        .and_then(|mail| mail.password.clone());
    let opened = sealed.and_then(|sealed| scenario.keys.open(&sealed));
    assert_eq!(opened.as_deref(), Some("plum tree hat"));
    scenario.act(
        MANAGER,
        act(Act::SetMail(Box::new(elsewhere))),
        expect!["mistake in password: Enter the password. It has to be typed again whenever the server, the port, the encryption or the user name changes"],
    );
}

#[test]
fn a_test_goes_to_whoever_asked_for_it_and_says_nothing_about_anybody() {
    let mut scenario = scenario();
    scenario.act(MANAGER, act(Act::AskTest), expect!["notices.test-asked"]);
    let [test] = made(&scenario).try_into().expect("one message");
    assert_eq!(
        (test.person, test.way, test.what),
        (MANAGER, Way::Mail, What::Test)
    );
    let letter = reach(&scenario).letter(&test).expect("a letter");
    assert_eq!(letter.to, "maya@larkrise.example");
    expect![[r#"
        Larkrise Preschool: this is a test

        You asked Stairgate for this message to see whether mail arrives. It does. This is where people sign in:

        https://stairgate.larkrise.example

        This message says no more on purpose, so that nobody else learns what it is about.
        How you are told is under “Your account” in Stairgate.

        Larkrise Preschool
    "#]]
    .assert_eq(&format!("{}\n\n{}", letter.subject, letter.text));
}

#[test]
fn whoever_s_password_is_changed_is_told_at_once_whatever_they_turned_off() {
    let mut scenario = scenario();
    let parent = reached(&mut scenario, "ada", Group::Parent);
    assert_eq!(made(&scenario), [], "the first password is no news");
    scenario.act(
        parent,
        act(Act::Choose { daily: false }),
        expect!["notices.chosen"],
    );
    let password = "$argon2id$another".to_owned();
    scenario.done(
        parent,
        AnyAct::Access(Access::ChangePassword {
            password: password.into(),
        }),
    );
    let [told] = made(&scenario).try_into().expect("one message");
    assert_eq!((told.person, told.what), (parent, What::Soon));
    let letter = reach(&scenario).letter(&told).expect("a letter");
    assert!(!letter.text.contains("ada") && !letter.subject.contains("ada"));
}

#[test]
fn work_is_told_once_a_day_at_most_and_once_for_each_stage() {
    let mut scenario = scenario();
    scenario.on(2026, 9, 2);
    let [first] = daily(&scenario).try_into().expect("one message");
    assert_eq!((first.person, first.what), (MANAGER, What::Work));
    send(&mut scenario, &first);
    assert_eq!(daily(&scenario), []);
    scenario.on(2026, 9, 3);
    assert_eq!(daily(&scenario), [], "nothing is new");
    scenario.on(2026, 12, 8);
    let [late] = daily(&scenario)
        .try_into()
        .expect("one message, because it is late");
    send(&mut scenario, &late);
    scenario.on(2026, 12, 9);
    assert_eq!(daily(&scenario), []);
}

#[test]
fn the_daily_message_waits_for_the_hour_and_for_a_day_on_which_the_setting_is_open() {
    let scenario = scenario();
    let at =
        |day, hour, minute| Moment::on(kernel::moment::Date::constant(2026, 9, day), hour, minute);
    let standings = scenario.standings();
    let count = |now: Moment| {
        chase(
            &Reach {
                today: now.date(),
                ..reach(&scenario)
            },
            &standings,
            &BTreeSet::new(),
            now,
        )
        .len()
    };
    assert_eq!(count(at(2, 7, 59)), 0);
    assert_eq!(count(at(2, 8, 0)), 1);
    assert_eq!(count(at(2, 20, 0)), 0);
    assert_eq!(count(at(5, 9, 0)), 0, "a Saturday");
    let waits = BTreeSet::from([MANAGER]);
    assert_eq!(
        chase(&reach(&scenario), &standings, &waits, at(1, 9, 30)),
        []
    );
}

#[test]
fn whoever_works_here_gets_the_daily_message_until_a_device_tells_them() {
    let mut scenario = scenario();
    scenario.on(2026, 9, 2);
    scenario.done(MANAGER, act(Act::Choose { daily: false }));
    assert_eq!(daily(&scenario).len(), 1);
    devices::start(&mut scenario);
    devices::add(&mut scenario, MANAGER, "a");
    let [on_device] = daily(&scenario).try_into().expect("one message");
    assert_eq!(on_device.way, Way::Device(1));
}

#[test]
fn nothing_goes_to_somebody_who_has_left() {
    let mut scenario = scenario();
    let parent = reached(&mut scenario, "ada", Group::Parent);
    let password = "$argon2id$another".to_owned();
    scenario.done(
        parent,
        AnyAct::Access(Access::ChangePassword {
            password: password.into(),
        }),
    );
    let [told] = made(&scenario).try_into().expect("one message");
    assert!(reach(&scenario).may_go(&told));
    let last = scenario.today();
    scenario.done(
        MANAGER,
        AnyAct::People(People::RecordLeaving {
            person: parent,
            last,
        }),
    );
    scenario.on(2026, 9, 2);
    assert!(!reach(&scenario).may_go(&told));
}

#[test]
fn what_ended_does_not_go_again_and_is_noted_once() {
    let mut scenario = scenario();
    scenario.done(MANAGER, act(Act::AskTest));
    let line = scenario.lines.last().cloned().expect("a line");
    let [test] = made(&scenario).try_into().expect("one message");
    send(&mut scenario, &test);
    assert!(!reach(&scenario).may_go(&test));
    assert_eq!(reach(&scenario).from_line(&line), []);
    scenario.act(
        Who::Clock,
        act(Act::NoteSent(test.sent())),
        expect!["mistake: What came of this message is recorded already"],
    );
}

#[test]
fn a_message_is_tried_for_two_days_with_growing_pauses() {
    let mut scenario = scenario();
    scenario.done(MANAGER, act(Act::AskTest));
    let [test] = made(&scenario).try_into().expect("one message");
    let (mut now, mut tries, mut pauses) = (test.made, 0, Vec::new());
    loop {
        tries += 1;
        let Some(next) = test.again(tries, now) else {
            break;
        };
        pauses.push((next.micros() - now.micros()) / 60_000_000);
        now = next;
    }
    expect!["[1, 5, 15, 60, 180, 360, 720, 720, 720, 99]"].assert_eq(&format!("{pauses:?}"));
    assert_eq!(now, test.made.plus_hours(48));
}

#[test]
fn what_could_not_be_delivered_is_on_today_until_somebody_has_seen_to_it() {
    let mut scenario = scenario();
    let person = reached(&mut scenario, "ada", Group::Staff);
    let password = "$argon2id$another".to_owned();
    scenario.done(
        person,
        AnyAct::Access(Access::ChangePassword {
            password: password.into(),
        }),
    );
    let [told] = made(&scenario).try_into().expect("one message");
    let up = told.given_up(Why::Refused);
    scenario.act(
        Who::Clock,
        act(Act::NoteGivenUp(up)),
        expect!["notices.given-up"],
    );
    let line = "A message could not be delivered";
    assert!(scenario.page(MANAGER, "/", &[]).contains(line));
    assert!(!scenario.page(person, "/", &[]).contains(line));
    let page = scenario.page(MANAGER, "/settings/mail", &[]);
    assert!(
        page.contains("by mail: the server refused it for good") && !page.contains("finch.example")
    );
    let upto = scenario.lines.len() as u64;
    scenario.act(
        MANAGER,
        act(Act::Settle { upto }),
        expect!["notices.settled"],
    );
    assert!(!scenario.page(MANAGER, "/", &[]).contains(line));
}

#[test]
fn nobody_but_the_program_says_what_was_sent() {
    let mut scenario = scenario();
    scenario.done(MANAGER, act(Act::AskTest));
    let [test] = made(&scenario).try_into().expect("one message");
    let expected = expect!["not allowed: the program itself may"];
    scenario.act(MANAGER, act(Act::NoteSent(test.sent())), expected);
}

#[test]
fn a_message_is_in_the_language_of_whoever_gets_it() {
    let mut scenario = scenario();
    let tongue = crate::spine::tongue::Tongue::Pl;
    scenario.done(
        MANAGER,
        AnyAct::People(People::ChooseLanguage(MANAGER, tongue)),
    );
    scenario.done(MANAGER, act(Act::AskTest));
    let [test] = made(&scenario).try_into().expect("one message");
    let letter = reach(&scenario).letter(&test).expect("a letter");
    assert_eq!(letter.subject, "Larkrise Preschool: to jest próba");
}

#[test]
fn that_somebody_was_told_is_theirs_alone_to_see() {
    let mut scenario = scenario();
    let ada = reached(&mut scenario, "ada", Group::Staff);
    let password = "$argon2id$another".into();
    scenario.done(ada, AnyAct::Access(Access::ChangePassword { password }));
    let [told] = made(&scenario).try_into().expect("one message");
    send(&mut scenario, &told);
    let line = scenario.lines.last().cloned().expect("a line");
    let sees = |who| scenario.view(who, |view| view.has(&need_for_line(&line)));
    assert!(sees(ada) && !sees(MANAGER));
}
