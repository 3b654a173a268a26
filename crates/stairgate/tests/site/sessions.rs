//! Sessions and tokens end when they must, on all devices at once, and a page that was drawn before
//! is not shown afterwards.

use crate::{
    api::{call, token},
    people::{done, setting, shown, signed_in, take_up},
    program::{PASSWORD, Program, mark},
};

#[test]
fn a_new_password_ends_all_sessions_and_tokens_of_the_person() {
    let (program, _maya) = setting();
    let (mut tablet, mut desk) = (signed_in(&program, "una"), signed_in(&program, "una"));
    let token = token(&mut desk);
    assert_eq!(call(&program, &token, "me", None).0, 200);
    assert_eq!(tablet.get("/policy").status, 200);
    let fields = [
        ("current", PASSWORD),
        ("password", "seven green apples"),
        ("again", "seven green apples"),
    ];
    done(&desk.send("/account/password", &fields));
    assert_eq!(tablet.get("/policy").status, 303);
    assert_eq!(desk.get("/policy").status, 303);
    assert_eq!(call(&program, &token, "me", None).0, 401);
}

#[test]
fn whoever_is_signed_out_by_a_manager_is_out_on_every_device_and_comes_back_as_before() {
    let (program, mut maya) = setting();
    let mut phone = signed_in(&program, "una");
    let mut tablet = signed_in(&program, "una");
    let mut carol = signed_in(&program, "carol");
    let at = "/settings/accounts/2/end-sessions";
    assert_eq!(carol.get(at).status, 404);
    done(&maya.send(at, &[("person", "2")]));
    for browser in [&mut phone, &mut tablet] {
        assert!(
            browser
                .get("/account")
                .header("location")
                .starts_with("/sign-in")
        );
    }
    assert_eq!(carol.get("/account").status, 200);
    assert_eq!(signed_in(&program, "una").get("/account").status, 200);
}

#[test]
fn a_session_of_an_account_that_was_closed_does_not_come_back_with_a_new_account() {
    let (program, mut maya) = setting();
    let mut tablet = signed_in(&program, "una");
    let token = token(&mut tablet);
    done(&maya.send("/settings/accounts/2/close", &[]));
    assert_eq!(tablet.get("/policy").status, 303);
    assert_eq!(call(&program, &token, "me", None).0, 401);
    let opened = maya.send(
        "/settings/accounts/open",
        &[("person", "2"), ("user", "una")],
    );
    assert_eq!(tablet.get("/policy").status, 303);
    take_up(&program, "una", &shown(&opened));
    assert_eq!(tablet.get("/policy").status, 303);
    assert_eq!(signed_in(&program, "una").get("/policy").status, 200);
}

#[test]
fn whoever_has_left_is_signed_out_everywhere_and_may_not_come_back() {
    let (program, mut maya) = setting();
    let mut tablet = signed_in(&program, "una");
    let token = token(&mut tablet);
    let page = tablet.get("/people/10");
    assert!(page.body.contains("Kit Vale"), "{}", page.body);
    done(&maya.send("/people/2/leaving", &[("last", &yesterday())]));
    for path in ["/", "/people/10", "/account", "/people"] {
        let answer = tablet.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(!answer.body.contains("Kit"), "{path}");
    }
    for path in ["me", "people", "acts"] {
        assert_eq!(call(&program, &token, path, None).0, 401, "{path}");
    }
    let mut again = program.browser();
    let answer = again.send("/sign-in", &[("user", "una"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 422);
}

#[test]
fn whoever_is_suspended_is_signed_out_everywhere_and_is_told_only_that_the_password_is_wrong() {
    let (program, mut maya) = setting();
    let mut tablet = signed_in(&program, "una");
    let token = token(&mut tablet);
    assert_eq!(tablet.get("/policy").status, 200);
    let report = [
        ("what", "Rough with a child"),
        ("danger", "no"),
        ("kind", "adult"),
        ("adult-role", "other"),
        ("adult", "2"),
    ];
    done(&maya.send("/concerns/report", &report));
    // The case alone tells her nothing.
    assert_eq!(tablet.get("/policy").status, 200);
    let begin = [("case", "1"), ("procedure", "staff-misuse")];
    done(&maya.send("/concerns/take-on?case=1", &[("case", "1")]));
    done(&maya.send("/procedure/start?case=1", &begin));
    let step = [("step", "child"), ("outcome", "done")];
    done(&maya.send("/procedure/mark?case=1&run=1&step=child", &step));
    assert_eq!(tablet.get("/procedure/cases/1/1").status, 404);
    let suspend = [
        ("case", "1"),
        ("run", "1"),
        ("person", "2"),
        ("why", "Children are at risk"),
    ];
    done(&maya.send("/procedure/suspend?case=1&run=1&person=2", &suspend));
    for path in ["/policy", "/", "/account"] {
        assert_eq!(tablet.get(path).status, 303, "{path}");
    }
    assert_eq!(call(&program, &token, "me", None).0, 401);
    let mut again = program.browser();
    let right = [("user", "una"), ("password", PASSWORD)];
    let wrong = [("user", "una"), ("password", "four loud herons")];
    let (right, wrong) = (
        again.send("/sign-in", &right),
        again.send("/sign-in", &wrong),
    );
    assert_eq!((right.status, wrong.status), (422, 422));
    assert!(!right.body.contains("suspend"), "{}", right.body);
    let restore = [
        ("why", "Unfounded"),
        ("case", "1"),
        ("run", "1"),
        ("person", "2"),
    ];
    done(&maya.send("/procedure/restore?case=1&run=1&person=2", &restore));
    assert_eq!(signed_in(&program, "una").get("/policy").status, 200);
}

#[test]
fn a_page_that_was_shown_before_is_not_shown_when_the_right_is_gone() {
    let (program, mut maya) = setting();
    let give = [
        ("role", "deputy-manager"),
        ("person", "2"),
        ("from", "2024-01-08"),
    ];
    done(&maya.send("/roles/give", &give));
    let mut una = signed_in(&program, "una");
    assert!(una.get("/people").body.contains("Quillon"));
    assert!(una.get("/people/8").body.contains("Quillon"));
    let end = [
        ("role", "deputy-manager"),
        ("person", "2"),
        ("last", &yesterday()),
    ];
    done(&maya.send("/roles/end", &end));
    assert!(!una.get("/people").body.contains("Quillon"));
    assert_eq!(una.get("/people/8").status, 404);
}

#[test]
fn signing_in_takes_no_secret_that_somebody_else_chose() {
    let (program, _maya) = setting();
    let mut browser = program.browser();
    let chosen = "ab".repeat(32);
    browser.cookie("stairgate", &chosen);
    browser.cookie("stairgate-device", &chosen);
    let page = browser.get("/sign-in");
    let mark = mark(&page.body).unwrap();
    let answer = browser.post(
        "/sign-in",
        &[("csrf", &mark), ("user", "una"), ("password", PASSWORD)],
    );
    done(&answer);
    let cookies: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .map(|(_, cookie)| cookie.as_str())
        .collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("stairgate="))
        .expect("a session");
    assert!(!session.contains(&chosen), "{session}");
    for cookie in &cookies {
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
    }
    // The mark of before is worth nothing in the session.
    let answer = browser.post("/account/tokens/make", &[("csrf", &mark), ("name", "x")]);
    assert_eq!(answer.status, 403);
}

#[test]
fn forms_from_elsewhere_do_nothing_even_with_the_right_mark() {
    let (program, mut maya) = Program::set_up();
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    for site in ["cross-site", "same-site"] {
        maya.extra = vec![("sec-fetch-site".to_owned(), site.to_owned())];
        let answer = maya.post("/rooms/open", &[("csrf", &mark), ("name", "Robins")]);
        assert_eq!(answer.status, 403, "{site}");
    }
    maya.extra.clear();
    let answer = maya.post("/rooms/open", &[("csrf", &mark), ("name", "Robins")]);
    done(&answer);
    drop(program);
}

/// Yesterday, as a form takes it.
fn yesterday() -> String {
    day(-1)
}

/// The day so many days from today, as a form takes it.
pub(crate) fn day(from_today: i64) -> String {
    let begun = std::time::UNIX_EPOCH.elapsed().unwrap();
    let days = i64::try_from(begun.as_secs() / 86_400).unwrap() + from_today;
    let first = jiff::civil::date(1970, 1, 1);
    first
        .checked_add(jiff::ToSpan::days(days))
        .unwrap()
        .to_string()
}
