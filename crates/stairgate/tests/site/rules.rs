//! What every answer tells browsers, and what the program believes of what it is told.

use crate::{
    need_to_know::PAGES,
    people::{done, setting, shown, signed_in},
    program::{Answer, Browser, PASSWORD, Program, mark},
    signing_in::with_app,
};

fn cookies(answer: &Answer) -> Vec<&str> {
    let set = answer.headers.iter();
    set.filter(|(name, _)| name == "set-cookie")
        .map(|(_, cookie)| cookie.as_str())
        .collect()
}

fn sign_in(browser: &mut Browser) -> Answer {
    let mark = mark(&browser.get("/sign-in").body).unwrap();
    let fields = [
        ("csrf", mark.as_str()),
        ("user", "maya"),
        ("password", PASSWORD),
    ];
    browser.post("/sign-in", &fields)
}

#[test]
fn behind_https_cookies_belong_to_this_very_host_and_to_https_alone() {
    let program = Program::start_with(&["--behind-https"], |_| ());
    drop(program.set_up_here());
    let mut browser = program.browser();
    let first = browser.get("/sign-in");
    let signed = sign_in(&mut browser);
    assert_eq!(signed.status, 303, "{}", signed.body);
    let mut all = cookies(&first);
    all.extend(cookies(&signed));
    assert!(all.len() >= 2, "{all:?}");
    for cookie in all {
        assert!(cookie.starts_with("__Host-stairgate"), "{cookie}");
        for part in ["; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    let page = browser.get("/account");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    // What another host could have set, under the plain name, signs nobody in.
    let mut other = program.browser();
    for cookie in browser.cookies().split("; ") {
        let (name, value) = cookie.split_once('=').unwrap();
        other.cookie(name.trim_start_matches("__Host-"), value);
    }
    assert_eq!(other.get("/account").status, 303);
}

#[test]
fn every_answer_says_what_it_is_and_what_a_browser_may_do_with_it() {
    let (program, mut maya) = setting();
    let mut stranger = program.browser();
    let more = [
        "/nowhere",
        "/help",
        "/health",
        "/assets/nowhere.css",
        "/calendar/x.ics",
    ];
    for path in PAGES.iter().chain(&more) {
        for browser in [&mut maya, &mut stranger] {
            let answer = browser.get(path);
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(answer.header(name), value, "{path} {name}");
            }
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
            let asset = path.starts_with("/assets/");
            assert!(
                asset || answer.header("cache-control") == "no-store",
                "{path}"
            );
            if !answer.body.is_empty() {
                let kind = answer.header("content-type");
                let known = ["text/html; charset=utf-8", "text/csv; charset=utf-8"];
                let file = answer
                    .header("content-disposition")
                    .starts_with("attachment");
                assert!(known.contains(&kind) || file, "{path}: {kind}");
            }
        }
    }
}

#[test]
fn a_file_is_sent_to_keep_and_never_to_be_shown_as_a_page() {
    let (_program, mut maya) = setting();
    done(&maya.send("/policy/start/template", &[("template", "council-centres")]));
    let mark = mark(&maya.get("/policy").body).unwrap();
    let adopt = [("csrf", mark.as_str()), ("act", "policy.adopt")];
    done(&maya.post("/policy/draft", &adopt));
    for path in [
        "/policy/versions/1/file",
        "/policy/print?as=csv",
        "/access-register/print?as=csv",
    ] {
        let answer = maya.get(path);
        assert_eq!(answer.status, 200, "{path}");
        let how = answer.header("content-disposition");
        assert!(how.starts_with("attachment; filename="), "{path}: {how}");
        assert!(!answer.header("content-type").contains("html"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

/// Guesses a code again and again; whether it was slowed down.
fn guess(program: &Program, forwarded: impl Fn(usize) -> String) -> bool {
    let fields = [
        ("user", "maya"),
        ("code", "AAAA-AAAA-AAAA"),
        ("password", "seven green apples"),
        ("again", "seven green apples"),
    ];
    (0..40).any(|number| {
        let mut guesser = program.browser();
        guesser.extra = vec![("x-forwarded-for".to_owned(), forwarded(number))];
        guesser.send("/take-up", &fields).status == 429
    })
}

#[test]
fn nobody_goes_round_the_slowing_by_saying_that_they_come_from_elsewhere() {
    let (program, _maya) = Program::set_up();
    assert!(guess(&program, |number| format!("192.0.2.{number}")));
    // Behind a server for HTTPS its own word is the last; whatever stands before is anybody's.
    let program = Program::start_with(&["--behind-https"], |_| ());
    drop(program.set_up_here());
    assert!(guess(&program, |number| format!(
        "198.51.100.{number}, 192.0.2.7"
    )));
    assert!(!guess(&program, |number| format!("2001:db8:{number}::1")));
}

#[test]
fn a_new_password_asks_for_the_one_of_now_and_every_sign_of_it_counts() {
    let (program, mut maya) = Program::set_up();
    let long = format!("Ünder {} nine {}", "herons and ".repeat(6), "x ".repeat(20));
    assert!(long.chars().count() > 100);
    let mut change = |current: &str| {
        let fields = [
            ("current", current),
            ("password", long.as_str()),
            ("again", long.as_str()),
        ];
        maya.send("/account/password", &fields)
    };
    let wrong = change("not this one");
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("This is not your password"));
    done(&change(PASSWORD));
    for wrong in [
        long.to_lowercase(),
        long.trim().to_owned(),
        long.chars().take(90).collect(),
    ] {
        let mut browser = program.browser();
        let answer = browser.send("/sign-in", &[("user", "maya"), ("password", &wrong)]);
        assert_eq!(answer.status, 422, "{wrong}");
    }
    program.browser().sign_in("maya", &long);
    let page = program.browser().get("/sign-in").body;
    assert!(page.contains("autocomplete=\"current-password\""), "{page}");
}

#[test]
fn a_new_code_changes_the_password_and_does_not_go_round_the_second_step() {
    let (program, mut maya) = setting();
    let mut una = signed_in(&program, "una");
    with_app(&mut una);
    let code = shown(&maya.send("/settings/accounts/2/code", &[]));
    let fresh = "seven green apples";
    let fields = [
        ("user", "una"),
        ("code", code.as_str()),
        ("password", fresh),
        ("again", fresh),
    ];
    done(&program.browser().send("/take-up", &fields));
    let mut browser = program.browser();
    let answer = browser.send("/sign-in", &[("user", "una"), ("password", fresh)]);
    assert_eq!(answer.header("location"), "/sign-in/step");
    assert_eq!(browser.get("/account").status, 303);
}

#[test]
fn a_code_for_the_chair_waits_for_a_second_person() {
    let (program, mut maya) = setting();
    let code = shown(&maya.send("/settings/accounts/6/code", &[]));
    let fields = [
        ("user", "chair"),
        ("code", code.as_str()),
        ("password", "seven green apples"),
        ("again", "seven green apples"),
    ];
    let answer = program.browser().send("/take-up", &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("This code waits"), "{}", answer.body);
    let mut chair = signed_in(&program, "chair");
    assert!(chair.get("/").body.contains("a new code for your account"));
    done(&chair.send("/settings/accounts/6/stop-code", &[]));
    let answer = program.browser().send("/take-up", &fields);
    assert!(
        !answer.body.contains("This code waits"),
        "it is worth nothing"
    );
    assert_eq!(answer.status, 422);
    assert_eq!(signed_in(&program, "chair").get("/").status, 200);
}

#[test]
fn the_secrets_of_sessions_and_tokens_are_long_and_never_the_same() {
    let (program, mut maya) = Program::set_up();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let mut browser = program.browser();
        let signed = sign_in(&mut browser);
        let cookies = cookies(&signed);
        let session = cookies
            .iter()
            .find_map(|one| one.strip_prefix("stairgate="));
        seen.push(session.unwrap().split(';').next().unwrap().to_owned());
        seen.push(crate::api::token(&mut maya));
    }
    for secret in &seen {
        // In hex: 48 signs are 192 bits.
        assert!(secret.len() >= 48, "{secret}");
        assert!(secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

#[test]
fn nobody_has_an_account_to_begin_with_and_what_strangers_may_ask_says_nothing() {
    let program = Program::start();
    let mut browser = program.browser();
    for (user, password) in [("admin", "admin"), ("root", "root"), ("maya", PASSWORD)] {
        let answer = browser.send("/sign-in", &[("user", user), ("password", password)]);
        assert_ne!(answer.header("location"), "/", "{user}");
        assert_eq!(browser.get("/account").status, 303, "{user}");
    }
    let (program, _maya) = setting();
    let mut stranger = program.browser();
    assert_eq!(stranger.get("/health").body, "Stairgate is running.");
    let described = stranger.get("/api/v1/openapi.json").body;
    for secret in ["Larkrise", "Maya", "Una", "una"] {
        assert!(!described.contains(secret), "{secret}");
    }
}

#[test]
fn of_a_name_that_is_given_twice_the_first_counts_and_an_address_does_not_fill_in_a_form() {
    let (_program, mut maya) = Program::set_up();
    let mark = mark(&maya.get("/rooms/open").body).unwrap();
    let fields = [
        ("csrf", mark.as_str()),
        ("name", "Robins"),
        ("name", "Wrens"),
    ];
    done(&maya.post("/rooms/open", &fields));
    let fields = [("csrf", mark.as_str()), ("name", "Finches")];
    done(&maya.post("/rooms/open?name=Owls", &fields));
    let fields = [("csrf", "00"), ("csrf", mark.as_str()), ("name", "Larks")];
    assert_eq!(maya.post("/rooms/open", &fields).status, 403);
    let page = maya.get("/rooms").body;
    assert!(page.contains("Robins") && page.contains("Finches"));
    for never in ["Wrens", "Owls", "Larks"] {
        assert!(!page.contains(never), "{never}");
    }
}

/// Every script that is sent to browsers.
fn scripts() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/files");
    let all = std::fs::read_dir(folder).unwrap().map(|one| one.unwrap());
    let scripts = all.filter(|one| one.path().extension().is_some_and(|end| end == "js"));
    scripts
        .map(|one| {
            let name = one.file_name().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(one.path()).unwrap())
        })
        .collect()
}

#[test]
fn our_scripts_write_words_only_hinder_no_pasting_and_mix_no_objects() {
    let scripts = scripts();
    assert!(scripts.len() >= 5, "{scripts:?}");
    for (name, script) in &scripts {
        for part in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "srcdoc",
            "paste",
            "__proto__",
            "Object.assign",
            "prototype",
        ] {
            assert!(!script.contains(part), "{part} in {name}");
        }
    }
}

#[test]
fn a_browser_keeps_how_many_reports_wait_and_those_sealed_and_nothing_else() {
    for (name, script) in scripts() {
        for part in ["sessionStorage", "document.cookie", "caches.open"] {
            let is_offline_form = part == "caches.open" && name == "offline.js";
            assert!(
                is_offline_form || !script.contains(part),
                "{part} in {name}"
            );
        }
        let kept = script.matches("localStorage").count();
        let waits = script
            .matches("localStorage.setItem(\"stairgate-waits\", String(")
            .count()
            + script
                .matches("localStorage.getItem(\"stairgate-waits\")")
                .count();
        assert_eq!(kept, waits, "{name}");
        assert!(
            !script.contains("indexedDB.open") || name == "kept.js",
            "{name}"
        );
    }
}

#[test]
fn password_fields_say_what_they_are_for_so_that_a_manager_of_passwords_fills_them_in() {
    let (program, mut maya) = setting();
    let signing_in = program.browser().get("/sign-in").body;
    assert!(
        signing_in.contains("autocomplete=\"username\""),
        "{signing_in}"
    );
    assert!(signing_in.contains("autocomplete=\"current-password\""));
    let changing = maya.get("/account/password").body;
    for what in ["current-password", "new-password"] {
        assert!(
            changing.contains(&format!("autocomplete=\"{what}\"")),
            "{what}: {changing}"
        );
    }
}

#[test]
fn an_address_is_decoded_once() {
    let (_program, mut maya) = setting();
    let found = maya.get("/people?name=%2541dam").body;
    assert!(
        found.contains("value=\"%41dam\"") && !found.contains("Adam"),
        "{found}"
    );
    assert_eq!(maya.get("/people").status, 200);
    for odd in ["/%2570eople", "/people%252f1", "/people/%2531"] {
        assert_eq!(maya.get(odd).status, 404, "{odd}");
    }
}

#[test]
fn words_that_look_like_commands_to_a_database_are_words() {
    let (mut program, mut maya) = setting();
    let words = "Ann'); DROP TABLE signed_in; --";
    done(&maya.send("/people/add", &[("name", words), ("groups", "staff")]));
    let tries = [("user", "maya' OR '1'='1"), ("password", PASSWORD)];
    assert_eq!(program.browser().send("/sign-in", &tries).status, 422);
    let mut odd = program.browser();
    odd.cookie("stairgate", "x' OR '1'='1");
    odd.cookie("stairgate-device", "x'); DELETE FROM known_devices; --");
    assert_eq!(odd.get("/people").status, 303);
    program.kill();
    program.start_again();
    maya.at(&program);
    let people = maya.get("/people?name=DROP").body;
    assert!(
        people.contains("Ann&#39;); DROP TABLE signed_in; --") || people.contains(words),
        "{people}"
    );
}
