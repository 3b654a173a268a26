//! Requests as no browser sends them: slow, huge, malformed, many.

use crate::{
    people::{setting, signed_in},
    program::{PASSWORD, Program, mark},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

/// Sends bytes as they are and gives what comes back until the line is closed or quiet.
fn raw(program: &Program, bytes: &[u8]) -> String {
    let mut stream = connect(program);
    // The other side may close before it has read all: what it said is still read.
    drop(stream.write_all(bytes));
    let mut said = Vec::new();
    let mut some = [0; 4096];
    while let Ok(count) = stream.read(&mut some) {
        if count == 0 {
            break;
        }
        said.extend_from_slice(&some[..count]);
    }
    String::from_utf8_lossy(&said).into_owned()
}

fn connect(program: &Program) -> TcpStream {
    let stream = TcpStream::connect(program.address().trim_start_matches("http://")).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(1_500)))
        .unwrap();
    stream
}

fn status(said: &str) -> u16 {
    let code = said.split(' ').nth(1);
    code.and_then(|code| code.parse().ok()).unwrap_or(0)
}

#[test]
fn malformed_requests_are_refused_and_the_program_goes_on() {
    let (program, mut maya) = Program::set_up();
    let long = "x".repeat(200_000);
    let many: String = (0..2_000).map(|n| format!("h{n}: x\r\n")).collect();
    for (what, request) in [
        ("nonsense", "\u{0}\u{1}\u{2}\r\n\r\n".to_owned()),
        ("no version", "GET /\r\n\r\n".to_owned()),
        (
            "two lengths",
            "POST /sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nuser=a"
                .to_owned(),
        ),
        (
            "bad chunk",
            "POST /sign-in HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        ),
        (
            "long line",
            format!("GET /{long} HTTP/1.1\r\nhost: a\r\n\r\n"),
        ),
        (
            "long header",
            format!("GET / HTTP/1.1\r\nhost: a\r\ncookie: {long}\r\n\r\n"),
        ),
        (
            "many headers",
            format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n"),
        ),
    ] {
        let code = status(&raw(&program, request.as_bytes()));
        assert!(
            code == 0 || (400..500).contains(&code),
            "{what}: {code}"
        );
        assert_eq!(maya.get("/policy").status, 200, "after {what}");
    }
}

#[test]
fn odd_methods_and_addresses_are_answered_in_words() {
    let (program, mut maya) = Program::set_up();
    for method in [
        "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO",
    ] {
        let request = format!("{method} /people HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let said = raw(&program, request.as_bytes());
        assert!((400..500).contains(&status(&said)), "{method}: {said}");
        assert!(!said.contains("access-control-allow"), "{method}");
    }
    for path in [
        "/%00",
        "/..",
        "/../../etc/passwd",
        "//elsewhere.example/",
        "/people/%2e%2e/1",
        "/people/1%00",
        "/people//1",
        "/assets/%2e%2e/keys/wrapping.key",
        "/assets//etc/passwd",
        "/help/../people",
        "/help/%3Cscript%3E",
        "/policy/%ff",
        "http://elsewhere.example/nowhere",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let said = raw(&program, request.as_bytes());
        let code = status(&said);
        assert!([303, 400, 404].contains(&code), "{path}: {code}");
        assert!(!said.contains("<script>alert"), "{path}");
        let location = said.lines().find(|line| line.starts_with("location:"));
        assert!(
            location.is_none_or(|line| line.starts_with("location: /sign-in?then=/")),
            "{path}: {location:?}"
        );
    }
    let head = raw(
        &program,
        b"HEAD /sign-in HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
    );
    assert!(status(&head) == 200 && head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(maya.get("/policy").status, 200);
}

#[test]
fn two_requests_in_one_line_are_answered_each_for_its_own_reader() {
    let (program, maya) = Program::set_up();
    let request = format!(
        "GET /people HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\nGET /people HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        maya.cookies()
    );
    let said = raw(&program, request.as_bytes());
    assert_eq!(said.matches("HTTP/1.1 200").count(), 1, "{said}");
    assert_eq!(said.matches("HTTP/1.1 303").count(), 1, "{said}");
}

#[test]
fn a_stranger_may_send_little_and_a_form_is_bounded() {
    let (program, mut maya) = Program::set_up();
    let mut stranger = program.browser();
    let page = stranger.get("/sign-in").body;
    let mark = mark(&page).unwrap();
    let long = "x".repeat(100_000);
    let answer = stranger.post(
        "/sign-in",
        &[("csrf", &mark), ("user", "maya"), ("password", &long)],
    );
    assert_eq!(answer.status, 400, "{}", answer.body);
    let many: Vec<(&str, &str)> = vec![("x", "y"); 60_000];
    let answer = maya.send("/rooms/open", &many);
    assert!([400, 422].contains(&answer.status), "{}", answer.status);
    for (kind, body) in [
        ("multipart/form-data", "--x\r\n"),
        ("multipart/form-data; boundary=x", "--x\r\nnonsense"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n",
        ),
        ("multipart/form-data; boundary=\"", ""),
        ("text/plain", "csrf=1"),
        ("application/json", "{}"),
    ] {
        let answer = maya.post_as("/policy/upload", kind, body.as_bytes());
        assert!(
            (400..500).contains(&answer.status),
            "{kind}: {}",
            answer.status
        );
    }
}

#[test]
fn whoever_holds_lines_open_keeps_nobody_else_out() {
    let (program, mut maya) = Program::set_up();
    let mut held: Vec<TcpStream> = (0..450).map(|_| connect(&program)).collect();
    for stream in &mut held {
        drop(stream.write_all(b"GET / HTTP/1.1\r\nhost"));
    }
    // One address may hold so many; it is let in again as soon as some of its lines are closed.
    let begun = Instant::now();
    held.clear();
    let answer = (0..50).find_map(|_| {
        std::thread::park_timeout(Duration::from_millis(50));
        (maya.try_get("/health")? == 200).then_some(())
    });
    assert!(answer.is_some() && begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_request_whose_head_does_not_come_is_given_up() {
    let (program, _maya) = Program::set_up();
    let mut stream = connect(&program);
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").unwrap();
    let begun = Instant::now();
    let mut said = Vec::new();
    drop(stream.read_to_end(&mut said));
    assert!(begun.elapsed() < Duration::from_secs(30), "still open");
}

#[test]
fn many_who_sign_in_at_once_do_not_hold_up_the_pages_of_others() {
    let (program, mut maya) = setting();
    drop(maya.get("/"));
    let storm: Vec<_> = (0..50)
        .map(|number| {
            let mut browser = program.browser();
            let user = if number % 2 == 0 { "una" } else { "rhys" };
            let mark = mark(&browser.get("/sign-in").body).unwrap();
            std::thread::spawn(move || {
                browser
                    .post(
                        "/sign-in",
                        &[("csrf", &mark), ("user", user), ("password", PASSWORD)],
                    )
                    .status
            })
        })
        .collect();
    let mut times = Vec::new();
    while storm.iter().any(|one| !one.is_finished()) && times.len() < 2_000 {
        let begun = Instant::now();
        assert_eq!(maya.get("/").status, 200);
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let late = times
        .get(times.len() * 99 / 100)
        .copied()
        .unwrap_or_default();
    eprintln!("{} pages, p99 {late:?}", times.len());
    assert!(late < Duration::from_secs(1), "{late:?}");
    let answers: Vec<u16> = storm.into_iter().map(|one| one.join().unwrap()).collect();
    assert!(
        answers.iter().all(|status| [303, 422].contains(status)),
        "{answers:?}"
    );
    assert!(answers.contains(&303), "{answers:?}");
    assert_eq!(signed_in(&program, "petra").get("/").status, 200);
}

#[test]
fn many_guesses_at_once_get_no_further_than_one_after_the_other() {
    let (program, _maya) = Program::set_up();
    let storm: Vec<_> = (0..40)
        .map(|_| {
            let mut browser = program.browser();
            let mark = mark(&browser.get("/sign-in").body).unwrap();
            std::thread::spawn(move || {
                let fields = [
                    ("csrf", mark.as_str()),
                    ("user", "maya"),
                    ("password", "wrong"),
                ];
                browser.post("/sign-in", &fields).body
            })
        })
        .collect();
    let tried = storm
        .into_iter()
        .map(|one| one.join().unwrap())
        .filter(|body| !body.contains("Too many wrong passwords"))
        .count();
    assert!(tried <= 6, "{tried} guesses were checked");
}

#[test]
fn guessing_codes_is_slowed() {
    let (program, _maya) = Program::set_up();
    let mut guesser = program.browser();
    let fields = [
        ("user", "maya"),
        ("code", "AAAA-AAAA-AAAA"),
        ("password", "seven green apples"),
        ("again", "seven green apples"),
    ];
    let slowed = (0..30).any(|_| guesser.send("/take-up", &fields).status == 429);
    assert!(slowed);
}

#[test]
fn bombs_and_odd_tokens_are_answered_in_words() {
    let (program, mut maya) = Program::set_up();
    let token = crate::api::token(&mut maya);
    let deep = format!(
        "{{\"name\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let wide = format!(
        "{{{}}}",
        (0..20_000)
            .map(|n| format!("\"f{n}\":1"))
            .collect::<Vec<_>>()
            .join(",")
    );
    let digits = format!("{{\"name\":{}}}", "9".repeat(50_000));
    for body in [
        deep.as_str(),
        wide.as_str(),
        digits.as_str(),
        "{\"name\":1e999}",
        "{\"name\":\"a\",\"name\":[]}",
    ] {
        let (status, said) =
            crate::api::call(&program, &token, "acts/people.open-room", Some(body));
        assert!((400..500).contains(&status), "{status} {said}");
    }
    let upper = token.to_uppercase();
    let padded = format!(" {token}");
    for odd in [
        "",
        "x",
        upper.as_str(),
        padded.as_str(),
        token.get(..40).unwrap(),
        "../../x",
    ] {
        assert_eq!(crate::api::call(&program, odd, "me", None).0, 401, "{odd}");
    }
    assert_eq!(crate::api::call(&program, &token, "me", None).0, 200);
}

#[test]
fn nothing_that_people_typed_or_asked_for_is_logged() {
    let (program, mut maya) = setting();
    let token = crate::api::token(&mut maya);
    drop(maya.get("/people?name=Quillon&x=%ff"));
    drop(maya.get("/people/8/nowhere?name=Quillon"));
    let mut stranger = program.browser();
    drop(stranger.send(
        "/sign-in",
        &[("user", "una"), ("password", "not this Orsolya")],
    ));
    drop(stranger.get("/people/8?name=Quillon"));
    drop(crate::api::call(
        &program,
        &token,
        "acts/people.add",
        Some("{\"name\":\"Quillon\"}"),
    ));
    drop(raw(
        &program,
        b"GET /?name=Quillon HTTP/9\r\nQuillon\r\n\r\n",
    ));
    let log = program.log();
    for secret in [
        "Quillon",
        "Orsolya",
        "una",
        PASSWORD,
        token.as_str(),
        "name=",
        "csrf",
    ] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    assert!(!log.contains("panicked"), "{log}");
}
