//! How long signing in takes with Argon2id at the cost that the program has, what 50 people who sign
//! in at once do to the pages of others, and how long the bare hashes take in the same run.
//!
//! Run: `cargo bench -p stairgate --bench signing_in`. It prints figures; it never fails on time. The
//! machine may do other work, so the ratio to the bare hashes says more than the milliseconds.

#[expect(dead_code, reason = "the other measurement takes cookies along")]
mod client;

use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash::PasswordHasher};
use client::{Client, Outcome};
use desk::folder::Folder;
use families::{
    access::acts::{Act as Access, SetUp},
    people::{
        acts::{Act as People, NewPerson},
        group::Group,
    },
    place::entries::Described,
    spine::act::{Act, Actor, Person},
};
use kernel::{
    calendar::Nation,
    moment::{Date, Moment},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

const PASSWORD: &str = "three quiet herons";
/// People who sign in at once.
const AT_ONCE: u32 = 50;
/// The cost, as `web/passwords.rs` has it: KiB, and passes.
const COST: (u32, u32) = (9 * 1024, 4);
/// How often 50 sign in.
const ROUNDS: usize = 5;

fn main() -> Outcome<()> {
    if !std::env::args().any(|word| word == "--bench") {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    make(folder.path())?;
    let (mut program, address) = serve(folder.path())?;
    let mut alone: Vec<Duration> = Vec::new();
    for round in 0..100_u32 {
        alone.push(sign_in(address, round % AT_ONCE)?);
    }
    say("signing in, one after the other", &mut alone);
    let mut reader = Client::connect(address)?;
    reader.sign_in("maya", PASSWORD)?;
    let mut quiet = pages(&mut reader, &AtomicBool::new(false), Duration::from_secs(3))?;
    let (mut together, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let bare = bare()?;
        let (mut round, mut pages) = at_once(address, &mut reader)?;
        say("signing in, 50 at once", &mut round);
        let ratio = last(&round) / bare;
        drop(writeln!(
            std::io::stdout(),
            "  {ratio:.2} of 50 bare hashes, {:.0} ms; load {}",
            bare * 1000.0,
            load()
        ));
        together.append(&mut round);
        busy.append(&mut pages);
    }
    say("all rounds of 50", &mut together);
    say("a page meanwhile", &mut busy);
    say("a page otherwise", &mut quiet);
    let ratio = middle(&busy) / middle(&quiet).max(1e-9);
    drop(writeln!(
        std::io::stdout(),
        "a page takes {ratio:.1} times as long while 50 sign in"
    ));
    program.kill()?;
    program.wait()?;
    Ok(())
}

/// Fifty people sign in at once, while somebody reads.
fn at_once(address: SocketAddr, reader: &mut Client) -> Outcome<(Vec<Duration>, Vec<Duration>)> {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..AT_ONCE)
            .map(|number| scope.spawn(move || sign_in(address, number)))
            .collect();
        let others = scope.spawn(|| pages(reader, &over, Duration::from_secs(60)));
        let mut together = Vec::new();
        for one in all {
            together.push(one.join().map_err(|_| "a thread stopped")??);
        }
        over.store(true, Ordering::Relaxed);
        Ok((together, others.join().map_err(|_| "a thread stopped")??))
    })
}

/// Seconds that as many bare hashes take on all processors.
fn bare() -> Outcome<f64> {
    let processors = std::thread::available_parallelism()?.get();
    let (argon, left) = (argon()?, AtomicUsize::new(usize::try_from(AT_ONCE)?));
    let begun = Instant::now();
    std::thread::scope(|scope| -> Outcome<()> {
        let all: Vec<_> = (0..processors)
            .map(|_| scope.spawn(|| hashes(&argon, &left)))
            .collect();
        for one in all {
            one.join().map_err(|_| "a thread stopped")??;
        }
        Ok(())
    })?;
    Ok(begun.elapsed().as_secs_f64())
}

fn hashes(argon: &Argon2<'_>, left: &AtomicUsize) -> Outcome<()> {
    let mut blocks = vec![Block::new(); argon.params().block_count()];
    let mut out = [0; 32];
    let one_less = |left: usize| left.checked_sub(1);
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
        .is_ok()
    {
        argon.hash_password_into_with_memory(
            PASSWORD.as_bytes(),
            &[7; 16],
            &mut out,
            blocks.as_mut_slice(),
        )?;
    }
    Ok(())
}

fn argon() -> Outcome<Argon2<'static>> {
    let params = Params::new(COST.0, COST.1, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What the machine says of how much it has to do.
fn load() -> String {
    std::fs::read_to_string("/proc/loadavg")
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn middle(times: &[Duration]) -> f64 {
    times
        .get(times.len() / 2)
        .map_or(0.0, Duration::as_secs_f64)
}

fn last(times: &[Duration]) -> f64 {
    times.iter().max().map_or(0.0, Duration::as_secs_f64)
}

/// Prints the middle and the slowest of a hundred.
fn say(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |part: usize| {
        let place = (times.len().saturating_sub(1)) * part / 100;
        times
            .get(place)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    drop(writeln!(
        std::io::stdout(),
        "{what:32} p50 {:7.1} ms  p99 {:7.1} ms",
        at(50),
        at(99)
    ));
}

fn sign_in(address: SocketAddr, number: u32) -> Outcome<Duration> {
    let mut client = Client::connect(address)?;
    client.get("/sign-in")?;
    let begun = Instant::now();
    client.sign_in(&format!("person-{number}"), PASSWORD)?;
    Ok(begun.elapsed())
}

/// Asks for a page again and again, fifty times a second.
fn pages(client: &mut Client, over: &AtomicBool, most: Duration) -> Outcome<Vec<Duration>> {
    let (begun, mut times) = (Instant::now(), Vec::new());
    while !over.load(Ordering::Relaxed) && begun.elapsed() < most {
        let asked = Instant::now();
        client.get("/account")?;
        times.push(asked.elapsed());
        client::wait_until(asked + Duration::from_millis(20));
    }
    Ok(times)
}

/// A setting with an account for each of those who sign in.
fn make(path: &Path) -> Outcome<()> {
    let desk = Folder::at(path, None).open()?;
    let start = Moment::on(Date::constant(2026, 9, 1), 8, 0);
    let hash = hash()?;
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
        password: hash.clone().into(),
    };
    let maya = Actor::person_only(Person(1));
    let mut acts = vec![(
        Actor::nobody(),
        Act::Access(Access::SetUp(Box::new(set_up))),
    )];
    for number in 0..AT_ONCE {
        let new = NewPerson {
            name: format!("Invented Name {number}"),
            groups: vec![Group::Staff],
            ..NewPerson::default()
        };
        let (user, code) = (format!("person-{number}"), "c0de".to_owned());
        let person = Person(number + 2);
        acts.push((maya.clone(), Act::People(People::Add(new))));
        let open = Access::OpenAccount {
            person,
            user: user.clone(),
            code: code.clone(),
        };
        acts.push((maya.clone(), Act::Access(open)));
        let password = hash.clone().into();
        let take_up = Access::TakeUp {
            user,
            code,
            password,
        };
        acts.push((Actor::nobody(), Act::Access(take_up)));
    }
    for (who, act) in acts {
        desk.perform(&who, act, &[], start)
            .map_err(|failed| format!("{failed:?}"))?;
    }
    Ok(())
}

fn hash() -> Outcome<String> {
    let made = argon()?.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]);
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
    let out = child.stdout.take().ok_or("no output")?;
    BufReader::new(out).read_line(&mut line)?;
    let address = line
        .split("http://")
        .nth(1)
        .map(|rest| rest.trim().trim_end_matches('/'))
        .ok_or("no address")?;
    Ok((child, address.parse()?))
}
