//! What changes how somebody signs in asks once more who they are, whatever screen was left open; a
//! held form gets no further than one that is sent.

use crate::{
    api::{call, token},
    passkeys::{Device, answer_at},
    people::done,
    program::{Browser, PASSWORD, Program, mark},
    signing_in::hidden,
};
use argon2::password_hash::PasswordHasher;
use desk::folder::Folder;
use families::{
    access::acts::{Act as Access, SetUp, steps::Act as Step},
    place::entries::Described,
    spine::act::{Act, Actor, Person},
};
use kernel::{
    calendar::Nation,
    moment::{Date, Moment},
};

/// Everybody who is signed in showed who they are long ago.
fn long_ago(program: &mut Program, browser: &mut Browser) {
    program.kill();
    let file = rusqlite::Connection::open(program.folder.path().join("running.db")).unwrap();
    file.execute("UPDATE signed_in SET shown = 0", []).unwrap();
    drop(file);
    program.start_again();
    browser.at(program);
}

const ASKING: [&str; 6] = [
    "/account/tokens/make",
    "/account/app",
    "/account/passkeys/make",
    "/account/pin",
    "/people/1/contact",
    "/settings/accounts/1/code",
];

#[test]
fn an_open_screen_is_not_enough_to_change_how_somebody_signs_in() {
    let (mut program, mut maya) = Program::set_up();
    long_ago(&mut program, &mut maya);
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    for path in ASKING {
        let answer = maya.get(path);
        let to = answer.header("location");
        assert!(to.starts_with("/account/anew?then=%2F"), "{path}: {to}");
        let sent = maya.post(
            path,
            &[("csrf", &mark), ("name", "left open"), ("person", "1")],
        );
        assert!(
            sent.body.contains("Show once more that it is you"),
            "{path}"
        );
    }
    assert!(!maya.get("/activity").body.contains("left open"));
    // All else goes on as before.
    assert_eq!(maya.get("/account").status, 200);
    assert_eq!(maya.get("/rooms/open").status, 200);
}

#[test]
fn with_the_password_it_goes_on_where_it_was_and_with_a_pin_or_a_wrong_one_it_does_not() {
    let (mut program, mut maya) = Program::set_up();
    let pin = [("pin", "194027"), ("pin-again", "194027")];
    done(&maya.send("/account/pin", &pin));
    long_ago(&mut program, &mut maya);
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    let typed = maya.post(
        "/account/tokens/make",
        &[("csrf", &mark), ("name", "payroll")],
    );
    assert!(
        typed.body.contains("What you typed is kept"),
        "{}",
        typed.body
    );
    let held = hidden(&typed.body, "typed").replace("&amp;", "&");
    let mut show = |key: &str| {
        let fields = [
            ("csrf", mark.as_str()),
            ("at", "/account/tokens/make"),
            ("typed", &held),
            ("key", key),
        ];
        maya.post("/account/anew", &fields)
    };
    for wrong in ["194027", "wrong words", ""] {
        let answer = show(wrong);
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.body.contains("This is not your password"));
    }
    let made = show(PASSWORD);
    assert!(made.body.contains("sg-code"), "{}", made.body);
    assert_eq!(maya.get("/account/pin").status, 200, "for some minutes");
}

#[test]
fn guessing_there_is_slowed_as_everywhere() {
    let (mut program, mut maya) = Program::set_up();
    long_ago(&mut program, &mut maya);
    let fields = [
        ("at", "/account/pin"),
        ("typed", ""),
        ("key", "wrong words"),
    ];
    let slowed = (0..12).any(|_| maya.send("/account/anew", &fields).status == 429);
    assert!(slowed);
}

#[test]
fn a_passkey_shows_it_too_and_leads_to_no_other_site() {
    let (mut program, mut maya) = Program::set_up();
    let mut device = Device::new(&program);
    assert_eq!(device.make(&mut maya).status, 200);
    long_ago(&mut program, &mut maya);
    device.moved(&program);
    let page = maya.get("/account/anew?then=//elsewhere.example").body;
    let answer = answer_at(&mut maya, "/account/anew", &page, &device);
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    assert_eq!(maya.get("/account/pin").status, 200);
}

#[test]
fn unlocking_with_a_pin_does_not_show_who_it_is_and_a_held_form_is_asked_for_as_any_other() {
    let (mut program, mut maya) = Program::set_up();
    let pin = [("pin", "194027"), ("pin-again", "194027")];
    done(&maya.send("/account/pin", &pin));
    long_ago(&mut program, &mut maya);
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    let mut unlock = |key: &str| {
        done(&maya.post("/lock", &[("csrf", &mark)]));
        let typed = maya.post("/account/tokens/make", &[("csrf", &mark), ("name", "held")]);
        let fields = [
            ("csrf", mark.as_str()),
            ("at", &hidden(&typed.body, "at")),
            ("typed", &hidden(&typed.body, "typed").replace("&amp;", "&")),
            ("key", key),
        ];
        maya.post("/unlock", &fields).body
    };
    assert!(unlock("194027").contains("Show once more that it is you"));
    assert!(
        unlock(PASSWORD).contains("sg-code"),
        "the password shows it"
    );
}

#[test]
fn a_stolen_token_makes_no_way_in_that_outlives_it() {
    let (program, mut maya) = Program::set_up();
    let token = token(&mut maya);
    for (act, body) in [
        ("access.make-token", r#"{"name":"another"}"#),
        (
            "access.choose-pin",
            r#"{"pin":"194027","pin-again":"194027"}"#,
        ),
        (
            "people.change-contact",
            r#"{"person":1,"email":"thief@example.org"}"#,
        ),
    ] {
        let (status, said) = call(&program, &token, &format!("acts/{act}"), Some(body));
        assert_eq!(status, 422, "{act}: {said}");
        assert!(
            said.to_string().contains("Show once more who you are"),
            "{said}"
        );
    }
    let page = maya.get("/account").body;
    assert!(!page.contains("another") && page.contains("You have no PIN"));
}

/// A setting whose manager was to set up a second step long ago.
fn overdue() -> (Program, Browser) {
    of_before(true)
}

/// A setting that an earlier version made, which hashed passwords at another cost; whether it asked
/// people for a second step. The browser is the manager's.
fn of_before(asks: bool) -> (Program, Browser) {
    let program = Program::start_with(&[], |path| {
        let desk = Folder::at(path, None).open().unwrap();
        let hash = argon2::Argon2::default().hash_password(PASSWORD.as_bytes());
        let set_up = SetUp {
            place: Described {
                name: "Larkrise Preschool".to_owned(),
                nation: Nation::England,
                kind: "preschool".to_owned(),
                phone: "01632 960 001".to_owned(),
                email: String::new(),
                address: String::new(),
            },
            manager: "Maya Lin".to_owned(),
            is_lead: true,
            user: "maya".to_owned(),
            password: hash.unwrap().to_string().into(),
        };
        let at = Moment::on(Date::constant(2025, 9, 1), 9, 0);
        let set_up = Act::Access(Access::SetUp(Box::new(set_up)));
        desk.perform(&Actor::nobody(), set_up, &[], at).unwrap();
        if asks {
            let begin = Act::Access(Access::Step(Step::Begin));
            desk.perform(&Actor::clock(), begin, &[], at).unwrap();
        }
    });
    let mut maya = program.browser();
    maya.sign_in("maya", PASSWORD);
    (program, maya)
}

#[test]
fn a_password_of_an_earlier_cost_is_hashed_anew_once_and_signs_in_as_before() {
    let (mut program, mut maya) = of_before(false);
    let mut other = program.browser();
    let wrong = other.send("/sign-in", &[("user", "maya"), ("password", "wrong words")]);
    assert_eq!(wrong.status, 422);
    other.sign_in("maya", PASSWORD);
    // Nobody is thrown out by it, and it is done once.
    let activity = maya.get("/activity").body;
    let anew = activity.matches("kept the same password under a newer hash");
    assert_eq!(anew.count(), 1, "{activity}");
    program.kill();
    let desk = Folder::at(program.folder.path(), None).open().unwrap();
    let now = Moment::on(Date::constant(2026, 9, 1), 9, 0);
    let maya = Actor::person_only(Person(1));
    let hash = desk.view(&maya, now, "", None, |view| {
        let hash = view.setting.access.hash(Person(1));
        hash.and_then(|hash| view.open(hash)).unwrap()
    });
    let hash = hash.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=9216,t=4,p=1$"), "{hash}");
}

#[test]
fn whoever_owes_a_second_step_gets_nowhere_without_it_by_a_held_form_neither() {
    let (_program, mut maya) = overdue();
    assert_eq!(maya.get("/rooms").header("location"), "/account/app");
    let mark = mark(&maya.get("/account/app").body).unwrap();
    let room = [("csrf", mark.as_str()), ("name", "Robins")];
    let sent = maya.post("/rooms/open", &room);
    assert_eq!(sent.header("location"), "/account/app");
    done(&maya.post("/lock", &[("csrf", &mark)]));
    let typed = maya.post("/rooms/open", &room);
    assert!(typed.body.contains("What you typed is kept"));
    let fields = [
        ("csrf", mark.as_str()),
        ("at", &hidden(&typed.body, "at")),
        ("typed", &hidden(&typed.body, "typed").replace("&amp;", "&")),
        ("key", PASSWORD),
    ];
    let unlocked = maya.post("/unlock", &fields);
    assert_eq!(
        unlocked.header("location"),
        "/account/app",
        "{}",
        unlocked.body
    );
    crate::signing_in::with_app(&mut maya);
    let rooms = maya.get("/rooms");
    assert!(rooms.status == 200 && !rooms.body.contains("Robins"));
}
