//! The API: the same acts and the same refusals as on the pages, as JSON.

use crate::program::{Browser, Program};
use serde_json::{Value, json};

pub(crate) fn token(browser: &mut Browser) -> String {
    let answer = browser.send(
        "/account/tokens/make",
        &[("name", "payroll"), ("act", "access.make-token")],
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    let after = answer
        .body
        .split("sg-code\">")
        .nth(1)
        .expect("a token is shown once");
    after.split('<').next().unwrap().to_owned()
}

pub(crate) fn call(program: &Program, token: &str, path: &str, body: Option<&str>) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let address = format!("{}/api/v1/{path}", program.address());
    let bearer = format!("Bearer {token}");
    let mut answer = match body {
        Some(body) => agent
            .post(&address)
            .header("authorization", &bearer)
            .send(body)
            .unwrap(),
        None => agent
            .get(&address)
            .header("authorization", &bearer)
            .call()
            .unwrap(),
    };
    let text = answer.body_mut().read_to_string().unwrap();
    (
        answer.status().as_u16(),
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}")),
    )
}

#[test]
fn an_act_is_asked_for_and_read_back_with_a_token_until_it_is_taken_back() {
    let (program, mut browser) = Program::set_up();
    let token = token(&mut browser);
    let (status, answer) = call(
        &program,
        &token,
        "acts/people.open-room",
        Some(r#"{"name":"Robins"}"#),
    );
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["entries"][0]["kind"], "people.room-named");
    let (status, again) = call(
        &program,
        &token,
        "acts/people.open-room",
        Some(r#"{"name":"Robins"}"#),
    );
    assert_eq!(
        (status, &again["mistakes"][0]["field"]),
        (422, &json!("name"))
    );
    let (status, lines) = call(&program, &token, "activity?most=5", None);
    assert_eq!(status, 200);
    assert!(
        lines
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["kind"] == "people.room-named")
    );
    for path in [
        "standing", "duties", "controls", "acts", "policy", "roles", "people", "me",
    ] {
        assert_eq!(call(&program, &token, path, None).0, 200, "{path}");
    }
    assert_eq!(call(&program, "00112233445566778899", "me", None).0, 401);
}

#[test]
fn bad_calls_are_answered_in_words() {
    let (program, mut browser) = Program::set_up();
    let token = token(&mut browser);
    for body in [
        "",
        "[]",
        "{",
        "null",
        "{\"name\":{\"a\":1}}",
        "{\"name\":[[1]]}",
        "{\"name\":\"\"}",
        "\u{0}",
    ] {
        let (status, answer) = call(&program, &token, "acts/people.open-room", Some(body));
        assert!((400..500).contains(&status), "{body}: {status} {answer}");
    }
    assert_eq!(
        call(&program, &token, "acts/nothing.at-all", Some("{}")).0,
        404
    );
    assert_eq!(call(&program, &token, "nothing", None).0, 404);
}

#[test]
fn the_description_names_every_act() {
    let (program, _) = Program::set_up();
    let (status, described) = call(&program, "", "openapi.json", None);
    assert_eq!(status, 200);
    assert_eq!(described["openapi"], "3.1.0");
    assert!(described["paths"]["/api/v1/acts/people.add"]["post"].is_object());
}
