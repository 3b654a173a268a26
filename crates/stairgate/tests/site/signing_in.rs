//! Signing in, attacked: second steps, locked screens, devices, guessing, kiosks.

use crate::{
    people::{done, setting, shown, signed_in},
    program::{Browser, PASSWORD, Program, mark, shell},
};
use std::time::{Duration, Instant, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

/// What stands in a field that goes along unseen.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let after = after.unwrap_or_else(|| panic!("no {name} in {page}"));
    after.split('"').next().unwrap().to_owned()
}

/// The code that an app shows now, and so many steps of time later.
fn code(secret: &str, steps: u64) -> String {
    let seconds = UNIX_EPOCH.elapsed().unwrap().as_secs();
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    totp.generate(seconds + 30 * steps).to_string()
}

/// Sets up an app, and gives its secret and the recovery codes.
pub(crate) fn with_app(browser: &mut Browser) -> (String, Vec<String>) {
    let page = browser.get("/account/app").body;
    let (secret, mark) = (hidden(&page, "secret"), mark(&page).unwrap());
    let fields = [
        ("csrf", mark.as_str()),
        ("secret", &secret),
        ("code", &code(&secret, 0)),
    ];
    let answer = browser.post("/account/app", &fields);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let codes = answer.body.split("sg-code\">").skip(1);
    let codes = codes.map(|part| part.split('<').next().unwrap().to_owned());
    (secret, codes.collect())
}

/// Shows the password, and stops at the second step.
pub(crate) fn half_signed_in(program: &Program, user: &str) -> Browser {
    let mut browser = program.browser();
    let answer = browser.send("/sign-in", &[("user", user), ("password", PASSWORD)]);
    assert_eq!(answer.header("location"), "/sign-in/step");
    browser
}

#[test]
fn a_password_alone_opens_nothing_where_there_is_a_second_step() {
    let (program, mut maya) = Program::set_up();
    let (secret, codes) = with_app(&mut maya);
    assert_eq!(codes.len(), 10);
    let mut half = half_signed_in(&program, "maya");
    for path in ["/", "/account", "/account/app", "/account/devices"] {
        assert_eq!(half.get(path).status, 303, "{path}");
    }
    let wrong = half.send("/sign-in/step", &[("code", "000000")]);
    assert_eq!(wrong.status, 422);
    done(&half.send("/sign-in/step", &[("code", &code(&secret, 1))]));
    assert_eq!(half.get("/account").status, 200);
}

#[test]
fn a_code_of_an_app_is_good_once() {
    let (program, mut maya) = Program::set_up();
    let (secret, _) = with_app(&mut maya);
    let now = code(&secret, 0);
    let mut half = half_signed_in(&program, "maya");
    let again = half.send("/sign-in/step", &[("code", &now)]);
    assert_eq!(again.status, 422, "the code that set it up is spent");
    let next = code(&secret, 1);
    done(&half.send("/sign-in/step", &[("code", &next)]));
    let mut other = half_signed_in(&program, "maya");
    assert_eq!(other.send("/sign-in/step", &[("code", &next)]).status, 422);
}

#[test]
fn a_recovery_code_signs_in_once_and_five_wrong_codes_ask_for_the_password_again() {
    let (program, mut maya) = Program::set_up();
    let (_, codes) = with_app(&mut maya);
    let mut half = half_signed_in(&program, "maya");
    let typed = codes[0].to_lowercase().replace('-', " ");
    done(&half.send("/sign-in/step", &[("code", &typed)]));
    let mut half = half_signed_in(&program, "maya");
    for _ in 0..5 {
        let answer = half.send("/sign-in/step", &[("code", &codes[0])]);
        assert_eq!(answer.status, 422);
    }
    assert_eq!(
        half.send("/sign-in/step", &[("code", &codes[1])]).status,
        429
    );
    assert_eq!(half.get("/sign-in/step").header("location"), "/sign-in");
}

#[test]
fn weak_and_earlier_passwords_are_refused_with_what_to_do() {
    let (_program, mut maya) = Program::set_up();
    let mut change = |password: &str| {
        let fields = [
            ("current", PASSWORD),
            ("password", password),
            ("again", password),
        ];
        maya.send("/account/password", &fields)
    };
    for (password, says) in [
        ("short one", "at least 10 characters"),
        ("Password123", "tried first"),
        ("aaaaaaaaaaaa", "repeats itself"),
        ("larkrise2026", "your name or the setting"),
        (PASSWORD, "had this password before"),
    ] {
        let answer = change(password);
        assert_eq!(answer.status, 422, "{password}");
        assert!(answer.body.contains(says), "{password}: {}", answer.body);
    }
    done(&change("seven green apples"));
}

#[test]
fn a_locked_screen_opens_with_pin_or_password_and_sends_what_was_typed() {
    let (_program, mut maya) = Program::set_up();
    done(&maya.send(
        "/account/pin",
        &[("pin", "194027"), ("pin-again", "194027")],
    ));
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    done(&maya.post("/lock", &[("csrf", &mark)]));
    let locked = maya.get("/people");
    assert!(
        locked.body.contains("This screen is locked"),
        "{}",
        locked.body
    );
    let typed = maya.post("/rooms/open", &[("csrf", &mark), ("name", "Robins")]);
    assert!(
        typed.body.contains("What you typed is kept"),
        "{}",
        typed.body
    );
    let fields = [
        ("csrf", mark.as_str()),
        ("at", &hidden(&typed.body, "at")),
        ("typed", &hidden(&typed.body, "typed").replace("&amp;", "&")),
        ("key", "194027"),
    ];
    done(&maya.post("/unlock", &fields));
    assert!(maya.get("/rooms").body.contains("Robins"));
    done(&maya.post("/lock", &[("csrf", &mark)]));
    let fields = [
        ("csrf", mark.as_str()),
        ("at", "/people"),
        ("key", PASSWORD),
    ];
    assert_eq!(maya.post("/unlock", &fields).header("location"), "/people");
}

#[test]
fn a_pin_signs_nobody_in_and_five_wrong_ones_end_the_session() {
    let (program, mut maya) = Program::set_up();
    done(&maya.send(
        "/account/pin",
        &[("pin", "194027"), ("pin-again", "194027")],
    ));
    let mut other = program.browser();
    let answer = other.send("/sign-in", &[("user", "maya"), ("password", "194027")]);
    assert_eq!(answer.status, 422);
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    done(&maya.post("/lock", &[("csrf", &mark)]));
    let unlock = |maya: &mut Browser, key: &str, at: &str| {
        maya.post("/unlock", &[("csrf", &mark), ("at", at), ("key", key)])
    };
    for _ in 0..4 {
        assert_eq!(unlock(&mut maya, "000001", "/").status, 422);
    }
    assert_eq!(
        unlock(&mut maya, "000001", "/").header("location"),
        "/sign-in"
    );
    assert_eq!(maya.get("/people").status, 303);
}

#[test]
fn unlocking_leads_nowhere_else() {
    let (_program, mut maya) = Program::set_up();
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    for outside in ["https://x.example/", "//x.example", "/\\x.example"] {
        done(&maya.post("/lock", &[("csrf", &mark)]));
        let fields = [("csrf", mark.as_str()), ("at", outside), ("key", PASSWORD)];
        assert_eq!(
            maya.post("/unlock", &fields).header("location"),
            "/",
            "{outside}"
        );
    }
}

#[test]
fn a_session_is_seen_and_ended_by_its_owner_and_is_worth_nothing_elsewhere() {
    let (program, _maya) = setting();
    let mut desk = signed_in(&program, "una");
    let mut tablet = signed_in(&program, "una");
    assert!(tablet.get("/").body.contains("signed in on another device"));
    let page = desk.get("/account/devices").body;
    assert_eq!(page.matches("name=\"session\"").count(), 3, "{page}");
    let mark = mark(&page).unwrap();
    done(&desk.post(
        "/account/devices/end",
        &[("csrf", &mark), ("session", "others")],
    ));
    assert_eq!(tablet.get("/policy").status, 303);
    assert_eq!(desk.get("/policy").status, 200);
    // The cookie of the session without the cookie of its device.
    let mut thief = program.browser();
    let session = desk.cookies();
    let session = session
        .split("; ")
        .find(|cookie| cookie.starts_with("stairgate="))
        .unwrap();
    thief.cookie("stairgate", session.trim_start_matches("stairgate="));
    assert_eq!(thief.get("/policy").status, 303);
    // Somebody else’s session can’t be ended.
    let mut rhys = signed_in(&program, "rhys");
    let name = hidden(&desk.get("/account/devices").body, "session");
    let fields = [("session", name.as_str())];
    let mark = crate::program::mark(&rhys.get("/account/devices").body).unwrap();
    rhys.post(
        "/account/devices/end",
        &[("csrf", mark.as_str()), fields[0]],
    );
    assert_eq!(desk.get("/policy").status, 200);
}

#[test]
fn a_session_survives_a_restart_with_its_proof_and_its_lock() {
    let (mut program, mut maya) = Program::set_up();
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    done(&maya.post("/lock", &[("csrf", &mark)]));
    program.kill();
    program.start_again();
    let mut maya = maya.again(&program);
    assert!(maya.get("/people").body.contains("This screen is locked"));
}

#[test]
fn a_stranger_who_guesses_does_not_lock_the_owner_out_of_a_known_device() {
    let (program, _maya) = setting();
    let mut own = signed_in(&program, "una");
    let mut stranger = program.browser();
    let mut last = String::new();
    for _ in 0..8 {
        last = stranger
            .send("/sign-in", &[("user", "una"), ("password", "wrong words")])
            .body;
    }
    assert!(last.contains("Too many wrong passwords"), "{last}");
    let right = stranger.send("/sign-in", &[("user", "una"), ("password", PASSWORD)]);
    assert_eq!(
        right.status, 422,
        "the stranger waits even with the right one"
    );
    let mark = mark(&own.get("/rooms/open").body)
        .or(mark(&own.get("/account").body))
        .unwrap();
    done(&own.post("/sign-out", &[("csrf", &mark)]));
    own.sign_in("una", PASSWORD);
    assert!(
        own.get("/")
            .body
            .contains("wrong passwords were tried for your account")
    );
}

/// A page without what is new in each: the mark, and the challenge for passkeys.
pub(crate) fn plain(page: &str) -> String {
    let mark = mark(page).unwrap_or_default();
    let mut parts = page.split("data-challenge=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('"').map_or("", |(_, after)| after));
    rest.fold(first, |page, part| page + part)
        .replace(&mark, "")
}

#[test]
fn who_has_an_account_is_told_neither_by_words_nor_by_time() {
    let (program, _maya) = setting();
    let time = |user: &str| {
        let mut browser = program.browser();
        browser.get("/sign-in");
        let began = Instant::now();
        let answer = browser.send("/sign-in", &[("user", user), ("password", "wrong words")]);
        (began.elapsed(), plain(&answer.body).replace(user, ""))
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for (one, other) in [
        ("una", "nobody"),
        ("rhys", "noone"),
        ("carol", "nemo"),
        ("petra", "nil"),
    ] {
        known.push(time(one));
        unknown.push(time(other));
    }
    assert_eq!(known[0].1, unknown[0].1);
    // Other tests run beside this one; without hashing the difference would be a hundredfold.
    let best = |tries: &[(Duration, String)]| tries.iter().map(|(time, _)| *time).min().unwrap();
    let (known, unknown) = (best(&known), best(&unknown));
    assert!(
        known < unknown * 3 && unknown < known * 3,
        "{known:?} {unknown:?}"
    );
}

#[test]
fn every_page_of_signing_in_refuses_to_be_framed_or_forged() {
    let (program, mut maya) = Program::set_up();
    for path in [
        "/sign-in",
        "/account/app",
        "/account/passkeys/make",
        "/account/devices",
        "/kiosk/begin",
    ] {
        let answer = maya.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    for path in [
        "/lock",
        "/unlock",
        "/sign-in/step",
        "/sign-in/passkey",
        "/account/app",
        "/account/passkeys/make",
        "/account/devices/end",
        "/kiosk/begin",
    ] {
        assert_eq!(maya.post(path, &[("code", "1")]).status, 403, "{path}");
    }
    assert_eq!(maya.get("/people").status, 200, "it was not locked");
    drop(program);
}

#[test]
fn a_kiosk_gets_nowhere_but_to_its_own_pages_and_its_token_is_worth_nothing_elsewhere() {
    let (program, mut maya) = setting();
    let fields = [("name", "Front door"), ("purpose", "door")];
    let code = shown(&maya.send("/settings/kiosks/open", &fields));
    let mut tablet = signed_in(&program, "una");
    done(&tablet.send("/kiosk/begin", &[("code", &code)]));
    let home = tablet.get("/kiosk");
    assert_eq!(home.status, 200, "{}", home.body);
    assert!(home.body.contains("data-clear-after=\"60\""));
    assert!(home.body.contains("/visitors/sign-in"), "{}", home.body);
    assert_eq!(tablet.get("/visitors/sign-in").status, 200);
    // Whoever comes signs in, and out again by the name that they typed; nobody by a number.
    done(&tablet.send("/visitors/sign-in", &[("name", "Otis Vale")]));
    assert_eq!(tablet.get("/visitors/12/out").status, 404);
    let out =
        |tablet: &mut Browser, name: &str| tablet.send("/visitors/sign-out", &[("name", name)]);
    assert_eq!(out(&mut tablet, "Otis Vole").status, 422);
    assert!(maya.get("/visitors").body.contains("1 visitor"));
    let gone = out(&mut tablet, "otis vale");
    assert_eq!((gone.status, gone.header("location")), (303, "/kiosk"));
    assert!(
        maya.get("/visitors")
            .body
            .contains("No visitor is signed in")
    );
    // A worry is taken at the front desk, too.
    assert!(home.body.contains("/concerns/tell"), "{}", home.body);
    let worry = [("what", "A child cries at the gate"), ("danger", "no")];
    done(&tablet.send("/concerns/report", &worry));
    assert_eq!(tablet.get("/concerns/sent").status, 200);
    for path in [
        "/",
        "/people",
        "/people/8",
        "/account",
        "/sign-in",
        "/settings/kiosks",
        "/help",
        "/activity",
        "/kiosk/begin",
        "/kiosk/sign",
        "/visitors",
        "/take-up",
        "/concerns",
        "/concerns/complaints",
        "/policy",
        "/health",
    ] {
        let answer = tablet.get(path);
        assert_eq!(
            answer.header("location"),
            "/kiosk",
            "{path}: {}",
            answer.status
        );
    }
    let mark = mark(&home.body).or(mark(&tablet.get("/kiosk").body));
    let mark = mark.unwrap_or_default();
    for path in [
        "/sign-in",
        "/rooms/open",
        "/settings/kiosks/1/end",
        "/people/add",
    ] {
        let answer = tablet.post(
            path,
            &[("csrf", &mark), ("user", "maya"), ("password", PASSWORD)],
        );
        assert_ne!(answer.status, 200, "{path}");
        assert_ne!(answer.header("location"), "/", "{path}");
    }
    let cookies = tablet.cookies();
    let token = cookies
        .split("; ")
        .find(|cookie| cookie.starts_with("stairgate-kiosk="))
        .unwrap();
    let mut thief = program.browser();
    thief.cookie(
        "stairgate-kiosk",
        token.trim_start_matches("stairgate-kiosk="),
    );
    assert_ne!(thief.get("/kiosk").status, 200);
    assert_ne!(
        program
            .browser()
            .send("/kiosk/begin", &[("code", &code)])
            .status,
        303
    );
    done(&maya.send("/settings/kiosks/1/end", &[]));
    assert_ne!(tablet.get("/kiosk").status, 200, "it ends at once");
    assert_eq!(tablet.get("/people").status, 303);
}

#[test]
fn the_last_manager_is_let_in_from_the_machine_with_a_code_that_is_good_once() {
    let (mut program, mut maya) = Program::set_up();
    with_app(&mut maya);
    program.kill();
    let folder = program.folder.path().to_str().unwrap().to_owned();
    let (done_, said) = shell(&["account", "recover", "maya", "--data", &folder]);
    assert!(done_, "{said}");
    let code = said
        .split("the code ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    program.start_again();
    let mut again = maya.again(&program);
    assert_eq!(again.get("/people").status, 303, "every session is over");
    let fresh = "seven green apples";
    let fields = [
        ("user", "maya"),
        ("code", &code),
        ("password", fresh),
        ("again", fresh),
    ];
    done(&program.browser().send("/take-up", &fields));
    assert_eq!(program.browser().send("/take-up", &fields).status, 422);
    let mut browser = program.browser();
    browser.sign_in("maya", fresh);
    assert!(
        browser
            .get("/account")
            .body
            .contains("Your second step was taken away")
    );
}
