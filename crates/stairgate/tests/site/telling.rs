//! Reports of concerns from outside: taken from anybody, once, within bounds, and never lost.

use crate::{
    program::{Answer, Browser, Program, mark, shell},
    servers::Running,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const LATE: &str = "/concerns/late";
const REPORT: &str = "/concerns/report";

/// A value that a page carries in a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = after.and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

fn name(number: usize) -> String {
    format!("{number:032x}")
}

fn late(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("act", "concerns.report"), ("danger", "no")];
    all.extend_from_slice(fields);
    browser.post(LATE, &all)
}

/// How often each report is in the ledger, by what it was called.
fn kept(program: &Program) -> BTreeMap<String, usize> {
    let folder = program.folder.path().display().to_string();
    let (done, said) = shell(&["ledger", "export", "--data", &folder]);
    assert!(done, "{said}");
    let mut kept = BTreeMap::new();
    for line in said
        .lines()
        .filter(|line| line.contains("concerns.reported"))
    {
        let from = line.rfind("once").expect("each was called something");
        let rest = line.get(from..).unwrap_or_default();
        let called: String = rest
            .chars()
            .skip(4)
            .skip_while(|c| !c.is_ascii_hexdigit())
            .take_while(char::is_ascii_hexdigit)
            .collect();
        *kept.entry(called).or_default() += 1;
    }
    kept
}

#[test]
fn a_stranger_who_sends_too_many_is_held_up_and_loses_nothing() {
    let (program, mut maya) = Program::set_up();
    let mut stranger = program.browser();
    let mut taken = 0;
    let held = loop {
        let what = format!("The {taken}th worry");
        let answer = stranger.send(REPORT, &[("what", &what), ("danger", "no")]);
        if answer.status != 303 {
            break answer;
        }
        taken += 1;
        assert!(taken < 100, "nothing holds it up");
    };
    assert_eq!((held.status, taken), (429, 20));
    assert!(held.body.contains("The 20th worry") && held.body.contains("Wait a few minutes"));
    // Who works here is not held up by it.
    let own = maya.send(REPORT, &[("what", "A bruise"), ("danger", "no")]);
    assert_eq!(own.status, 303);
    let mut device = program.browser();
    assert_eq!(late(&mut device, &[("what", "Another")]).status, 429);
}

#[test]
fn what_a_program_fills_in_is_asked_again_and_a_person_presses_once_more() {
    let (program, _) = Program::set_up();
    let mut stranger = program.browser();
    let fields = [
        ("what", "A worry"),
        ("danger", "no"),
        ("website", "x.example"),
    ];
    let again = stranger.send(REPORT, &fields);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("A worry") && again.body.contains("once more"));
    assert!(!again.body.contains("x.example"), "the trap is empty again");
    let mark = mark(&again.body).unwrap();
    let once = hidden(&again.body, "once");
    let fields = [
        ("csrf", mark.as_str()),
        ("once", &once),
        ("what", "A worry"),
        ("danger", "no"),
    ];
    assert_eq!(stranger.post(REPORT, &fields).status, 303);
    assert_eq!(kept(&program).len(), 1);
}

#[test]
fn a_report_that_waited_counts_as_whose_form_it_was_and_as_nobodys_where_that_is_forged() {
    let (program, mut maya) = Program::set_up();
    let page = maya.get(REPORT).body;
    let ticket = hidden(&page, "ticket");
    assert!(ticket.starts_with("1."), "{ticket}");
    let mut device = program.browser();
    assert!(hidden(&device.get(REPORT).body, "ticket").is_empty());
    let (one, two, three) = (name(1), name(2), name(3));
    let fields = [("what", "Hers"), ("ticket", &*ticket), ("once", &one)];
    assert_eq!(late(&mut device, &fields).status, 200);
    assert_eq!(late(&mut device, &fields).status, 200, "twice is the same");
    let forged = format!("2{}", ticket.strip_prefix('1').unwrap());
    let fields = [("what", "Forged"), ("ticket", &*forged), ("once", &two)];
    assert_eq!(late(&mut device, &fields).status, 200);
    let fields = [
        ("what", "No name"),
        ("ticket", &*ticket),
        ("once", &three),
        ("unnamed", "yes"),
    ];
    assert_eq!(late(&mut device, &fields).status, 200);
    assert!(kept(&program).values().all(|times| *times == 1));
    let case =
        |maya: &mut Browser, number: u32| maya.get(&format!("/concerns/cases/{number}")).body;
    assert!(case(&mut maya, 1).contains("Reported by Maya Lin"));
    for number in [2, 3] {
        let body = case(&mut maya, number);
        assert!(body.contains("somebody who gave no name"), "{number}");
    }
}

#[test]
fn nothing_that_waited_is_lost_because_a_part_of_it_can_not_be_read() {
    let (program, mut maya) = Program::set_up();
    let mut device = program.browser();
    let fields = [
        ("what", "A bruise"),
        ("day", "2199-01-01"),
        ("kind", "nonsense"),
    ];
    assert_eq!(late(&mut device, &fields).status, 200);
    let body = maya.get("/concerns/cases/1").body;
    assert!(body.contains("A bruise") && body.contains("2199-01-01") && body.contains("nonsense"));
    assert_eq!(late(&mut device, &[]).status, 422, "no words are no report");
    let long = "x".repeat(70_000);
    assert_eq!(late(&mut device, &[("what", &long)]).status, 413);
    let other = [("act", "people.add"), ("name", "Ada")];
    assert_eq!(
        device.post(LATE, &other).status,
        404,
        "no other act comes in here"
    );
    device
        .extra
        .push(("sec-fetch-site".into(), "cross-site".into()));
    assert_eq!(late(&mut device, &[("what", "Elsewhere")]).status, 403);
}

#[test]
fn what_can_not_be_read_is_sent_again_and_again_without_holding_up_what_can() {
    let (program, _) = Program::set_up();
    let mut device = program.browser();
    for _ in 0..25 {
        assert_eq!(late(&mut device, &[]).status, 422);
    }
    assert_eq!(late(&mut device, &[("what", "A bruise")]).status, 200);
    assert_eq!(kept(&program).len(), 1);
}

#[test]
fn a_child_tells_without_signing_in_and_the_code_on_the_wall_leads_to_the_form() {
    let (program, mut maya) = Program::set_up();
    let mut tablet = program.browser();
    let told = tablet.send("/concerns/tell", &[("what", "screen"), ("feel", "scared")]);
    assert_eq!(
        (told.status, told.header("location")),
        (303, "/concerns/told")
    );
    assert!(maya.get("/concerns/cases/1").body.contains("Scared"));
    let poster = maya.get("/concerns/poster").body;
    assert!(poster.contains("class=\"sg-qr\"") && poster.contains("/concerns/tell"));
    let paper = ureq::get(format!("{}/concerns/poster?as=pdf", program.address()))
        .header("cookie", maya.cookies())
        .call()
        .unwrap()
        .body_mut()
        .read_to_vec()
        .unwrap();
    assert!(paper.starts_with(b"%PDF") && paper.len() > 10_000);
    assert_eq!(tablet.get("/concerns/poster").status, 303, "to sign in");
    // The program that stands in without a network may do so for these pages alone.
    let page = tablet.get(REPORT).body;
    let app = page
        .split("src=\"")
        .find_map(|part| part.strip_prefix("/assets/app."));
    let app = format!("/assets/app.{}", app.unwrap().split('"').next().unwrap());
    let script = tablet.get(&app).body;
    let from = script.find("/assets/offline.").expect("it is named");
    let path = script
        .get(from..)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let worker = tablet.get(&path);
    assert_eq!(worker.header("service-worker-allowed"), "/concerns/");
    assert_eq!(tablet.get(&app).header("service-worker-allowed"), "");
}

#[test]
fn the_lead_is_told_within_three_seconds() {
    let mail = Running::mail("plain");
    let (program, mut maya) = Program::set_up();
    let port = mail.port.to_string();
    let fields = [
        ("host", "localhost"),
        ("port", port.as_str()),
        ("security", "none"),
        ("from", "office@larkrise.example"),
        ("address", "https://stairgate.larkrise.example"),
        ("hour", "8"),
    ];
    assert_eq!(maya.send("/settings/mail/set", &fields).status, 303);
    maya.send("/people/1/contact", &[("email", "maya@larkrise.example")]);
    let mut slowest = Duration::ZERO;
    for number in 0..5 {
        let before = mail.got("received.jsonl").len();
        let mut stranger = program.browser();
        let what = format!("A bruise {number}");
        let began = Instant::now();
        let sent = stranger.send(REPORT, &[("what", &what), ("danger", "no")]);
        assert_eq!(sent.status, 303);
        while mail.got("received.jsonl").len() == before {
            assert!(began.elapsed() < Duration::from_secs(20), "nobody was told");
            std::thread::park_timeout(Duration::from_millis(10));
        }
        slowest = slowest.max(began.elapsed());
    }
    println!("the slowest of five: {slowest:?}");
    assert!(slowest <= Duration::from_secs(3), "{slowest:?}");
    let got = mail.got("received.jsonl").join("\n");
    assert!(
        !got.contains("bruise") && !got.contains("/concerns/cases/"),
        "{got}"
    );
}

/// A report, sent by hand so that the line can be cut before the answer is heard.
fn send_raw(address: &str, body: &str, listens: bool) -> Option<bool> {
    let host = address.strip_prefix("http://")?;
    let mut line = TcpStream::connect(host).ok()?;
    line.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!(
        "POST {LATE} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).ok()?;
    line.write_all(body.as_bytes()).ok()?;
    if !listens {
        return None;
    }
    let mut answer = String::new();
    line.read_to_string(&mut answer).ok()?;
    answer
        .starts_with("HTTP/1.1 ")
        .then(|| answer.starts_with("HTTP/1.1 200"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a long run is asked for from outside"
)]
fn asked_for() -> Option<String> {
    std::env::var("STAIRGATE_REPORTS").ok()
}

/// `STAIRGATE_REPORTS` names how many: 10,000 is what was promised, and takes a while.
#[test]
fn no_report_is_lost_or_doubled_by_power_cuts_and_lost_answers() {
    let many: usize = asked_for().map_or(240, |many| many.parse().unwrap());
    let (mut program, mut maya) = Program::set_up();
    let ticket = hidden(&maya.get(REPORT).body, "ticket");
    let address = Arc::new(Mutex::new(program.address().to_owned()));
    let (next, arrived) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let resent = Arc::new(AtomicUsize::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let devices: Vec<_> = (0..4)
        .map(|_| {
            let (address, next, arrived) = (address.clone(), next.clone(), arrived.clone());
            let (resent, ticket) = (resent.clone(), ticket.clone());
            std::thread::spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= many {
                        return;
                    }
                    let body = format!(
                        "act=concerns.report&danger=no&ticket={ticket}&once={}&what=Report+{number}",
                        name(number)
                    );
                    // Every seventh answer is lost on its way, the first time.
                    let mut listens = number % 7 != 0;
                    loop {
                        let at = address.lock().unwrap().clone();
                        match send_raw(&at, &body, listens) {
                            Some(true) => break,
                            Some(false) => panic!("report {number} was refused"),
                            None if listens => {
                                resent.fetch_add(1, Ordering::SeqCst);
                                std::thread::park_timeout(Duration::from_millis(20));
                            }
                            None => {
                                resent.fetch_add(1, Ordering::SeqCst);
                                listens = true;
                            }
                        }
                    }
                    arrived.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let watcher = {
        let (over, devices) = (over.clone(), devices);
        std::thread::spawn(move || {
            let all: Vec<_> = devices.into_iter().map(|one| one.join()).collect();
            over.store(true, Ordering::SeqCst);
            assert!(all.iter().all(Result::is_ok), "a device gave up");
        })
    };
    let mut cuts: u64 = 0;
    let each = (many / 100).clamp(20, 400);
    let mut at = each;
    let began = Instant::now();
    while !over.load(Ordering::SeqCst) {
        assert!(
            began.elapsed() < Duration::from_secs(3_600),
            "it takes too long"
        );
        if arrived.load(Ordering::SeqCst) >= at {
            // Somewhere within the next few reports.
            std::thread::park_timeout(Duration::from_micros(cuts * 1_733 % 9_000));
            program.kill();
            program.start_again();
            *address.lock().unwrap() = program.address().to_owned();
            cuts += 1;
            at += each;
        }
        std::thread::park_timeout(Duration::from_millis(2));
    }
    watcher.join().unwrap();
    let resent = resent.load(Ordering::SeqCst);
    println!(
        "{many} reports, {cuts} power cuts, {resent} sent again, {:?}",
        began.elapsed()
    );
    let kept = kept(&program);
    let wanted: BTreeSet<String> = (0..many).map(name).collect();
    let found: BTreeSet<String> = kept.keys().cloned().collect();
    let lost: Vec<_> = wanted.difference(&found).collect();
    let doubled: Vec<_> = kept.iter().filter(|(_, times)| **times != 1).collect();
    assert!(
        lost.is_empty() && doubled.is_empty(),
        "lost {lost:?}, doubled {doubled:?}"
    );
    assert!(cuts >= 3 && resent >= many / 7);
}
