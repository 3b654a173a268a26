//! How quick the Today and Policy pages are with 400 people, the largest template and a million
//! entries: requests per second against an empty handler that returns the same bytes, and how long
//! the slowest of a hundred takes at 200 requests a second. A number says how many entries.
//!
//! Run: `cargo bench -p stairgate --bench pages`. It prints ratios; it never fails on time.

mod client;

use axum::{Router, body::Bytes, routing::get};
use client::{Client, Outcome};
use desk::folder::Folder;
use families::{
    access::acts::{Act as Access, SetUp},
    people::{
        acts::{Act as People, NewPerson},
        group::Group,
    },
    place::entries::Described,
    policy::{self, document::Document},
    spine::act::{Act, Actor, Person},
};
use kernel::{
    calendar::Nation,
    moment::{Date, Moment},
};
use ledger::line::Draft;
use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const PEOPLE: u32 = 400;
const PASSWORD: &str = "three quiet herons";
/// Connections that ask at the same time.
const AT_ONCE: usize = 8;
/// How long each measurement takes.
const FOR: Duration = Duration::from_secs(4);

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().collect();
    if !words.iter().any(|word| word == "--bench") {
        return Ok(());
    }
    let lines: u64 = words
        .iter()
        .find_map(|word| word.parse().ok())
        .unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    say(&format!("making {lines} entries …"));
    make(folder.path(), lines)?;
    // The first start folds and saves a snapshot when it stops; the second starts from it.
    stop(serve(folder.path())?.0);
    let begun = Instant::now();
    let (program, address) = serve(folder.path())?;
    say(&format!(
        "started from a snapshot in {:.2} s",
        begun.elapsed().as_secs_f64()
    ));
    let mut session = Client::connect(address)?;
    session.sign_in("maya", PASSWORD)?;
    for path in ["/", "/policy"] {
        let page = session.get(path)?;
        let ours = rate(address, path, session.cookies())?;
        let empty = rate(empty_handler(page.clone())?, path, "")?;
        say(&format!(
            "{path:8} {:6} kB  ours {ours:7.0}/s  empty handler {empty:7.0}/s  ratio {:.2}  target 0.30",
            page.len() / 1000,
            ours / empty
        ));
        let slow = slowest_of_a_hundred(address, path, session.cookies(), 200)?;
        say(&format!(
            "{path:8} p99 at 200/s: {:.1} ms  target 20 ms",
            slow.as_secs_f64() * 1000.0
        ));
    }
    stop(program);
    Ok(())
}

fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// A setting made by acts, and sign-ins to the number asked for.
fn make(path: &Path, lines: u64) -> Outcome<()> {
    let folder = Folder::at(path, None);
    let desk = folder.open()?;
    let start = Moment::on(Date::constant(2024, 9, 2), 8, 0);
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
        password: hash()?.into(),
    };
    let mut acts = vec![(
        Actor::nobody(),
        Act::Access(Access::SetUp(Box::new(set_up))),
    )];
    let maya = Actor::person_only(Person(1));
    let template = policy::templates::find("county-preschool").ok_or("no template")?;
    let document = Document::from_toml(template.text).map_err(|_| "no policy")?;
    acts.push((
        maya.clone(),
        Act::Policy(policy::acts::Act::adopt_at_once(document)),
    ));
    for number in 0..PEOPLE {
        let groups = match number % 5 {
            0 => vec![Group::Staff],
            1 | 2 => vec![Group::Child],
            _ => vec![Group::Parent],
        };
        let new = NewPerson {
            name: format!("Invented Name {number}"),
            groups,
            ..NewPerson::default()
        };
        acts.push((maya.clone(), Act::People(People::Add(new))));
    }
    for (who, act) in acts {
        desk.perform(&who, act, &[], start)
            .map_err(|failed| format!("{failed:?}"))?;
    }
    let mut head = desk.store().head()?;
    let each = 86_400_000_000 * 365 * 2 / i64::try_from(lines)?;
    while head.seq < lines {
        let many = (lines - head.seq).min(20_000);
        let drafts = (0..many).map(|place| {
            let number = head.seq + place;
            Draft {
                at: start.micros() + i64::try_from(number).unwrap_or(0) * each,
                by: format!("person:{}@tablet-2", 1 + number % u64::from(PEOPLE)),
                kind: if number.is_multiple_of(2) {
                    "access.signed-in"
                } else {
                    "access.signed-out"
                }
                .to_owned(),
                version: 1,
                body: b"{}".to_vec(),
            }
        });
        head = desk.store().append(&head, &drafts.collect::<Vec<_>>())?;
    }
    Ok(())
}

fn hash() -> Outcome<String> {
    use argon2::password_hash::PasswordHasher;
    let made = argon2::Argon2::default().hash_password(PASSWORD.as_bytes());
    made.map(|hash| hash.to_string())
        .map_err(|error| error.to_string().into())
}

fn serve(folder: &Path) -> Outcome<(Child, SocketAddr)> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stairgate"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let address = line.split("http://").nth(1).ok_or("no address")?;
    Ok((child, address.trim().trim_end_matches('/').parse()?))
}

/// Asks it to stop, so that it saves its snapshot.
fn stop(mut program: Child) {
    let pid = program.id().to_string();
    drop(Command::new("kill").args(["-TERM", &pid]).status());
    drop(program.wait());
}

/// A server of its own that returns these bytes.
fn empty_handler(page: Vec<u8>) -> Outcome<SocketAddr> {
    let page = Bytes::from(page);
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || -> Outcome<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let answer = move || std::future::ready(page.clone());
            let site = Router::new().fallback(get(answer));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, site).await?;
            Ok(())
        })
    });
    Ok(address)
}

/// Requests a second over some connections.
fn rate(address: SocketAddr, path: &str, cookies: &str) -> Outcome<f64> {
    let threads: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (path, cookies) = (path.to_owned(), cookies.to_owned());
            std::thread::spawn(move || -> Result<u64, String> {
                let mut client = Client::connect(address).map_err(|error| error.to_string())?;
                client.use_cookies(&cookies);
                let (begun, mut count) = (Instant::now(), 0);
                while begun.elapsed() < FOR {
                    client.get(&path).map_err(|error| error.to_string())?;
                    count += 1;
                }
                Ok(count)
            })
        })
        .collect();
    let mut all = 0;
    for thread in threads {
        all += thread.join().map_err(|_| "a client stopped")??;
    }
    Ok(f64::from(u32::try_from(all)?) / FOR.as_secs_f64())
}

/// How long the slowest of a hundred requests takes when so many come each second.
fn slowest_of_a_hundred(
    address: SocketAddr,
    path: &str,
    cookies: &str,
    a_second: u32,
) -> Outcome<Duration> {
    let each = Duration::from_secs(1) * u32::try_from(AT_ONCE)? / a_second;
    let threads: Vec<_> = (0..AT_ONCE)
        .map(|place| {
            let (path, cookies) = (path.to_owned(), cookies.to_owned());
            std::thread::spawn(move || -> Result<Vec<Duration>, String> {
                let mut client = Client::connect(address).map_err(|error| error.to_string())?;
                client.use_cookies(&cookies);
                let mut next = Instant::now() + each * u32::try_from(place).unwrap_or(0) / 8;
                let (begun, mut took) = (Instant::now(), Vec::new());
                while begun.elapsed() < FOR {
                    client::wait_until(next);
                    client.get(&path).map_err(|error| error.to_string())?;
                    // Counted from when it should have been sent: waiting for a slow one before it counts too.
                    took.push(next.elapsed());
                    next += each;
                }
                Ok(took)
            })
        })
        .collect();
    let mut all = Vec::new();
    for thread in threads {
        all.extend(thread.join().map_err(|_| "a client stopped")??);
    }
    all.sort();
    all.get(all.len() * 99 / 100)
        .copied()
        .ok_or_else(|| "nothing was measured".into())
}
