//! What stands between the program and whoever means harm.

use crate::{
    program::{Program, mark},
    signing_in::plain,
};

#[test]
fn whoever_has_not_signed_in_is_asked_to_and_comes_back_to_where_they_were() {
    let (program, _) = Program::set_up();
    let mut stranger = program.browser();
    for path in [
        "/",
        "/policy",
        "/people",
        "/people/1",
        "/roles",
        "/settings",
        "/activity",
    ] {
        let answer = stranger.get(path);
        assert_eq!(
            (
                answer.status,
                answer.header("location").starts_with("/sign-in?then=")
            ),
            (303, true),
            "{path}"
        );
    }
}

#[test]
fn a_form_without_the_mark_of_our_own_page_does_nothing() {
    let (program, mut browser) = Program::set_up();
    let answer = browser.post("/rooms/open", &[("name", "Robins")]);
    assert_eq!(answer.status, 403);
    let of_a_stranger = mark(&program.browser().get("/sign-in").body).unwrap();
    let answer = browser.post(
        "/rooms/open",
        &[("csrf", &of_a_stranger), ("name", "Robins")],
    );
    assert_eq!(answer.status, 403);
    assert!(!browser.get("/rooms").body.contains("Robins"));
    assert_eq!(
        browser.send("/rooms/open", &[("name", "Robins")]).status,
        303
    );
    assert!(browser.get("/rooms").body.contains("Robins"));
}

#[test]
fn every_answer_carries_a_policy_that_lets_no_foreign_script_run() {
    let (program, mut browser) = Program::set_up();
    for path in ["/", "/sign-in", "/nowhere", "/policy", "/people/add"] {
        let answer = browser.get(path);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(
            !answer.body.contains("<script>") && !answer.body.contains("style=\""),
            "{path}"
        );
    }
    drop(program);
}

#[test]
fn a_session_ends_with_signing_out_and_its_mark_is_worth_nothing_afterwards() {
    let (_program, mut browser) = Program::set_up();
    assert_eq!(browser.get("/").status, 200);
    let mark = mark(&browser.get("/").body).unwrap();
    assert_eq!(browser.post("/sign-out", &[("csrf", &mark)]).status, 303);
    assert_eq!(browser.get("/").status, 303);
    // The mark of the session that ended is worth nothing.
    assert_eq!(
        browser
            .post("/rooms/open", &[("csrf", &mark), ("name", "Wrens")])
            .status,
        403
    );
}

#[test]
fn guessing_is_slowed_and_tells_nobody_who_has_an_account() {
    let (program, _) = Program::set_up();
    let mut guesser = program.browser();
    let known = guesser.send("/sign-in", &[("user", "maya"), ("password", "wrong")]);
    let unknown = guesser.send("/sign-in", &[("user", "nobody"), ("password", "wrong")]);
    assert_eq!((known.status, unknown.status), (422, 422));
    assert_eq!(
        plain(&known.body).replace("maya", ""),
        plain(&unknown.body).replace("nobody", "")
    );
    for _ in 0..6 {
        guesser.send("/sign-in", &[("user", "maya"), ("password", "wrong")]);
    }
    let slowed = guesser.send(
        "/sign-in",
        &[("user", "maya"), ("password", crate::program::PASSWORD)],
    );
    assert!(
        slowed.body.contains("Too many wrong passwords"),
        "{}",
        slowed.body
    );
}

#[test]
fn nobody_is_sent_to_another_site_after_signing_in() {
    let (program, _) = Program::set_up();
    let mut browser = program.browser();
    let fields = [
        ("user", "maya"),
        ("password", crate::program::PASSWORD),
        ("then", "https://elsewhere.example/"),
    ];
    let answer = browser.send("/sign-in", &fields);
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
}

#[test]
fn an_address_that_is_spelled_out_goes_before_one_that_is_filled_in() {
    let (_program, mut browser) = Program::set_up();
    for path in [
        "/people/add",
        "/roles/give",
        "/roles/reach",
        "/rooms/open",
        "/settings/place",
        "/settings/terms/set",
        "/settings/accounts/open",
        "/account/password",
        "/reports/make",
    ] {
        let answer = browser.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.body.contains(&format!("<form action=\"{path}\"")),
            "{path}"
        );
    }
}
