//! People are told: by a real mail server, a push service and a calendar, and no longer than they
//! may be.

use crate::{
    program::{Browser, PASSWORD, Program},
    servers::Running,
};
use std::time::{Duration, Instant};

const MAIL: &str = "received.jsonl";
const PUSHES: &str = "pushes.jsonl";
const ENDPOINT: &str = "https://push.example.org/send/abc";

/// Waits until it is so.
#[expect(
    clippy::disallowed_methods,
    reason = "another program is waited for, and asked in between"
)]
pub(crate) fn until(says: &str, so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{says}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn done(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.send(path, fields);
    assert!(
        matches!(answer.status, 200 | 303),
        "{path}: {}",
        answer.body
    );
    answer.body
}

/// The manager sets up mail, and has an address.
pub(crate) fn set_mail(browser: &mut Browser, mail: &Running, security: &str) {
    let port = mail.port.to_string();
    let mut fields = vec![
        ("host", "localhost"),
        ("port", port.as_str()),
        ("security", security),
        ("from", "office@larkrise.example"),
        ("address", "https://stairgate.larkrise.example"),
        ("hour", "8"),
    ];
    if security != "none" {
        fields.extend([("user", "stairgate"), ("password", "plum tree hat")]);
    }
    done(browser, "/settings/mail/set", &fields);
    let contact = [("email", "maya@larkrise.example")];
    // The second time it is what is kept already.
    browser.send("/people/1/contact", &contact);
}

pub(crate) fn ask_test(browser: &mut Browser) {
    done(browser, "/settings/mail", &[("act", "notices.ask-test")]);
}

pub(crate) fn change_password(browser: &mut Browser, old: &str, new: &str) {
    let fields = [("current", old), ("password", new), ("again", new)];
    done(browser, "/account/password", &fields);
}

#[test]
fn a_test_arrives_encrypted_and_the_password_of_the_mail_server_is_nowhere_to_be_read() {
    let mail = Running::mail("starttls");
    let believed = mail.certificate().display().to_string();
    let program = Program::start_with(&["--believe", &believed], |_| ());
    let mut manager = program.set_up_here();
    set_mail(&mut manager, &mail, "starttls");
    ask_test(&mut manager);
    until("the test did not arrive", || mail.got(MAIL).len() == 1);
    let got = mail.got(MAIL).remove(0);
    assert!(got.contains("maya@larkrise.example") && got.contains("\"encrypted\": true"));
    assert!(!got.contains("Maya"), "{got}");
    let page = manager.get("/settings/mail").body;
    assert!(page.contains("Kept, and not shown again") && !page.contains("plum tree"));
    let form = manager.get("/settings/mail/set").body;
    assert!(form.contains("mail.") && !form.contains("plum tree"));
    assert!(!program.log().contains("plum tree"));
    for name in ["ledger.db", "ledger.db-wal", "running.db", "running.db-wal"] {
        let bytes = std::fs::read(program.folder.path().join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("plum tree"), "{name}");
        let in_queue = name.starts_with("running") && text.contains("larkrise.example");
        assert!(!in_queue, "an address waits in {name}");
    }
}

#[test]
fn what_could_not_be_sent_goes_as_soon_as_the_settings_are_put_right() {
    let mail = Running::mail("starttls");
    let believed = mail.certificate().display().to_string();
    let program = Program::start_with(&["--believe", &believed], |_| ());
    let mut manager = program.set_up_here();
    // The server asks for encryption and a password, and is not asked in that way.
    set_mail(&mut manager, &mail, "none");
    ask_test(&mut manager);
    let other = manager.again(&program);
    until("no trouble was told", || {
        let page = other.again(&program).get("/settings/mail").body;
        page.contains("the mail server answered 530")
    });
    set_mail(&mut manager, &mail, "starttls");
    until("it did not arrive", || !mail.got(MAIL).is_empty());
}

#[test]
fn killed_between_sending_and_noting_one_message_comes_twice_at_most() {
    let mail = Running::mail("plain");
    let (mut program, mut manager) = Program::set_up();
    set_mail(&mut manager, &mail, "none");
    mail.does("mode", "taken-then-slow");
    ask_test(&mut manager);
    until("the test did not arrive", || mail.got(MAIL).len() == 1);
    program.kill();
    mail.does("mode", "");
    program.start_again();
    manager.at(&program);
    let noted = |browser: &Browser, times: usize| {
        let mut again = browser.again(&program);
        again.get("/activity").body.matches("by mail").count() >= times
    };
    until("it was not noted", || noted(&manager, 1));
    ask_test(&mut manager);
    until("the next did not arrive", || mail.got(MAIL).len() >= 3);
    until("the next was not noted", || noted(&manager, 2));
    let got = mail.got(MAIL);
    assert_eq!(got.len(), 3, "{got:?}");
    let id = |message: &str| {
        let after = message.split("Message-ID: ").nth(1).unwrap();
        after.split("\\r").next().unwrap().to_owned()
    };
    assert_eq!(
        id(&got[0]),
        id(&got[1]),
        "a mail program can tell that it is the same"
    );
    assert_ne!(id(&got[1]), id(&got[2]));
}

#[test]
fn a_device_is_told_of_a_changed_password_until_its_push_service_says_that_it_is_gone() {
    let push = Running::push();
    let believed = push.certificate().display().to_string();
    let through = format!("127.0.0.1:{}", push.port);
    let flags = ["--believe", &believed, "--push-through", &through];
    let program = Program::start_with(&flags, |_| ());
    let mut manager = program.set_up_here();
    done(&mut manager, "/settings/mail/devices", &[]);
    let page = manager.get("/account/notices/devices/add").body;
    assert!(page.contains("class=\"sg-tell\" data-key=\"B"), "{page}");
    let add = "/account/notices/devices/add";
    assert_eq!(manager.send(add, &[]).status, 422);
    let inside = [("endpoint", "https://127.0.0.1/send")];
    assert_eq!(manager.send(add, &inside).status, 422);
    done(&mut manager, add, &[("endpoint", ENDPOINT)]);
    change_password(&mut manager, PASSWORD, "four quiet herons");
    until("no push came", || push.got(PUSHES).len() == 1);
    let got = push.got(PUSHES).remove(0);
    assert!(
        got.contains("\"length\": 0") && got.contains("vapid t="),
        "{got}"
    );

    push.does("push-mode", "410");
    manager.sign_in("maya", "four quiet herons");
    assert!(manager.get("/account/notices").body.contains("Take away"));
    change_password(&mut manager, "four quiet herons", "five quiet herons");
    until("no push came", || push.got(PUSHES).len() == 2);
    manager.sign_in("maya", "five quiet herons");
    let other = manager.again(&program);
    until("the device is still told", || {
        let mut other = other.again(&program);
        !other.get("/account/notices").body.contains("Take away")
    });
}

#[test]
fn a_calendar_feed_is_read_without_signing_in_until_it_is_taken_back_or_the_password_changes() {
    let (program, mut manager) = Program::set_up();
    let feed = |browser: &mut Browser| {
        let said = done(browser, "/account/notices/calendar", &[]);
        let from = said.find("/calendar/").expect("an address");
        let rest = said.get(from..).unwrap();
        rest.split(".ics").next().unwrap().to_owned() + ".ics"
    };
    let first = feed(&mut manager);
    let mut calendar = program.browser();
    let answer = calendar.get(&first);
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    assert!(answer.body.starts_with("BEGIN:VCALENDAR\r\n"));
    assert!(!answer.body.contains("Maya"));
    let tag = answer.header("etag").to_owned();
    let known = ureq::get(format!("{}{first}", program.address()))
        .header("if-none-match", &tag)
        .call();
    assert_eq!(known.unwrap().status(), 304);

    let second = feed(&mut manager);
    let gone = calendar.get(&first);
    assert_eq!((gone.status, calendar.get(&second).status), (404, 200));
    let wrong = calendar.get("/calendar/00000000000000000000000000000000.ics");
    assert_eq!((wrong.status, &wrong.body), (404, &gone.body));
    done(&mut manager, "/account/notices/calendar/end", &[]);
    assert_eq!(calendar.get(&second).status, 404);
    let third = feed(&mut manager);
    change_password(&mut manager, PASSWORD, "four quiet herons");
    assert_eq!(calendar.get(&third).status, 404);
}
