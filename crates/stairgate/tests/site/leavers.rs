//! Whoever leaves loses everything at that moment: each way in and each thread that leads outside is
//! cut by one press of the manager, and tried here one by one.

use crate::{
    api::{call, token},
    passkeys::Device,
    people::{done, setting, shown, signed_in},
    program::{Browser, PASSWORD, Program, mark},
    servers::Running,
    signing_in::{half_signed_in, hidden, with_app},
    told::{ask_test, change_password, set_mail, until},
};

/// Una leaves at once.
fn leave(maya: &mut Browser) {
    let today = super::sessions::day(0);
    let fields = [("last", today.as_str()), ("access", "now")];
    done(&maya.send("/people/2/leaving", &fields));
}

#[test]
fn the_sessions_of_a_leaver_end_on_every_device_and_pages_that_were_open_lead_nowhere() {
    let (program, mut maya) = setting();
    let (mut tablet, mut phone) = (signed_in(&program, "una"), signed_in(&program, "una"));
    let page = tablet.get("/people/10");
    assert!(page.body.contains("Kit Vale"));
    let open = mark(&phone.get("/account/tokens/make").body).unwrap();
    leave(&mut maya);
    for path in ["/", "/people", "/people/10", "/account", "/files"] {
        let answer = tablet.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(!answer.body.contains("Kit"), "{path}");
    }
    // The form that was open already is worth nothing.
    let answer = phone.post("/account/tokens/make", &[("csrf", &open), ("name", "late")]);
    assert_eq!(answer.status, 403);
    let mut again = program.browser();
    let answer = again.send("/sign-in", &[("user", "una"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 422);
    assert!(!maya.get("/activity").body.contains("made a token"));
}

#[test]
fn the_tokens_of_a_leaver_are_worth_nothing() {
    let (program, mut maya) = setting();
    let token = token(&mut signed_in(&program, "una"));
    assert_eq!(call(&program, &token, "me", None).0, 200);
    leave(&mut maya);
    for path in ["me", "people", "acts", "duties"] {
        assert_eq!(call(&program, &token, path, None).0, 401, "{path}");
    }
    let body = Some(r#"{"what":"x","kind":"harm"}"#);
    assert_eq!(call(&program, &token, "acts/concerns.report", body).0, 401);
}

#[test]
fn codes_that_a_leaver_gave_or_took_along_open_neither_a_kiosk_nor_an_account() {
    let (program, mut maya) = setting();
    let give = [("role", "deputy-manager"), ("person", "2")];
    done(&maya.send("/roles/give", &give));
    let mut una = signed_in(&program, "una");
    let fields = [("name", "Front door"), ("purpose", "door")];
    let kiosk = shown(&una.send("/settings/kiosks/open", &fields));
    let code = shown(&una.send("/settings/accounts/3/code", &[]));
    leave(&mut maya);
    let begun = program.browser().send("/kiosk/begin", &[("code", &kiosk)]);
    assert_eq!(begun.status, 422, "{}", begun.body);
    let fields = [
        ("user", "rhys"),
        ("code", code.as_str()),
        ("password", "seven green apples"),
        ("again", "seven green apples"),
    ];
    assert_eq!(program.browser().send("/take-up", &fields).status, 422);
    // The account of the other one is as it was.
    assert_eq!(signed_in(&program, "rhys").get("/").status, 200);
}

#[test]
fn the_calendar_of_a_leaver_is_no_longer_there() {
    let (program, mut maya) = setting();
    let said = signed_in(&program, "una").send("/account/notices/calendar", &[]);
    let from = said.body.find("/calendar/").expect("an address");
    let feed = said.body.get(from..).unwrap();
    let feed = feed.split(".ics").next().unwrap().to_owned() + ".ics";
    assert_eq!(program.browser().get(&feed).status, 200);
    leave(&mut maya);
    let gone = program.browser().get(&feed);
    let never = program
        .browser()
        .get("/calendar/00000000000000000000000000000000.ics");
    assert_eq!((gone.status, &gone.body), (404, &never.body));
}

#[test]
fn mail_that_waits_for_a_leaver_is_never_sent() {
    let mail = Running::mail("starttls");
    let believed = mail.certificate().display().to_string();
    let program = Program::start_with(&["--believe", &believed], |_| ());
    let mut maya = program.set_up_here();
    with_una(&program, &mut maya);
    // The server asks for encryption, and is not asked in that way: everything waits.
    set_mail(&mut maya, &mail, "none");
    drop(token(&mut signed_in(&program, "una")));
    ask_test(&mut maya);
    let other = maya.again(&program);
    until("no trouble was told", || {
        let page = other.again(&program).get("/settings/mail").body;
        page.contains("the mail server answered 530")
    });
    leave(&mut maya);
    set_mail(&mut maya, &mail, "starttls");
    until("it did not arrive", || {
        !mail.got("received.jsonl").is_empty()
    });
    ask_test(&mut maya);
    until("the next did not arrive", || {
        mail.got("received.jsonl").len() > 1
    });
    let got = mail.got("received.jsonl").join("\n");
    assert!(
        got.contains("maya@larkrise.example") && !got.contains("una@"),
        "{got}"
    );
}

#[test]
fn pushes_that_wait_for_a_leaver_are_never_sent() {
    let push = Running::push();
    let believed = push.certificate().display().to_string();
    let through = format!("127.0.0.1:{}", push.port);
    let flags = ["--believe", &believed, "--push-through", &through];
    let program = Program::start_with(&flags, |_| ());
    let mut maya = program.set_up_here();
    with_una(&program, &mut maya);
    maya.send("/settings/mail/devices", &[]);
    let mut una = signed_in(&program, "una");
    for (browser, whose) in [(&mut maya, "maya"), (&mut una, "una")] {
        let endpoint = format!("https://push.example.org/send/{whose}");
        done(&browser.send("/account/notices/devices/add", &[("endpoint", &endpoint)]));
    }
    push.does("push-mode", "503");
    drop(token(&mut una));
    until("no push was tried", || !push.got("pushes.jsonl").is_empty());
    leave(&mut maya);
    let before = push.got("pushes.jsonl").len();
    push.does("push-mode", "201");
    change_password(&mut maya, PASSWORD, "four quiet herons");
    until("no push came", || push.got("pushes.jsonl").len() > before);
    let after = push.got("pushes.jsonl").split_off(before).join("\n");
    assert!(
        after.contains("send/maya") && !after.contains("send/una"),
        "{after}"
    );
}

#[test]
fn a_form_that_is_kept_at_a_locked_screen_is_not_sent_after_its_owner_left() {
    let (program, mut maya) = setting();
    let mut una = signed_in(&program, "una");
    let pin = [("pin", "194027"), ("pin-again", "194027")];
    done(&una.send("/account/pin", &pin));
    let mark = mark(&una.get("/account").body).unwrap();
    done(&una.post("/lock", &[("csrf", &mark)]));
    let typed = una.post("/account/tokens/make", &[("csrf", &mark), ("name", "held")]);
    assert!(
        typed.body.contains("What you typed is kept"),
        "{}",
        typed.body
    );
    let (at, held) = (hidden(&typed.body, "at"), hidden(&typed.body, "typed"));
    leave(&mut maya);
    for key in ["194027", PASSWORD] {
        let fields = [
            ("csrf", mark.as_str()),
            ("at", &at),
            ("typed", &held.replace("&amp;", "&")),
            ("key", key),
        ];
        let answer = una.post("/unlock", &fields);
        assert!(matches!(answer.status, 303 | 403), "{}", answer.body);
        assert_eq!(una.get("/account").status, 303, "{key}");
    }
    assert!(!maya.get("/activity").body.contains("made a token"));
}

#[test]
fn neither_passkey_nor_recovery_code_lets_a_leaver_in() {
    let (program, mut maya) = setting();
    let mut una = signed_in(&program, "una");
    let device = Device::new(&program);
    let made = device.make(&mut una);
    assert!(made.body.contains("Your recovery codes"), "{}", made.body);
    let (_, codes) = with_app(&mut una);
    // Half signed in before, and the second step after.
    let mut half = half_signed_in(&program, "una");
    leave(&mut maya);
    let answer = half.send("/sign-in/step", &[("code", &codes[0])]);
    assert_ne!(half.get("/account").status, 200, "{}", answer.body);
    let mut other = program.browser();
    drop(device.sign_in(&mut other));
    assert_eq!(other.get("/account").status, 303);
    let page = maya.get("/activity").body;
    assert!(!page.contains("used up a recovery code"), "{page}");
}

/// Una Field, who works here, has an address and an account.
fn with_una(program: &Program, maya: &mut Browser) {
    let fields = [
        ("name", "Una Field"),
        ("groups", "staff"),
        ("email", "una@larkrise.example"),
    ];
    done(&maya.send("/people/add", &fields));
    crate::people::account(program, maya, "una", "2");
}
