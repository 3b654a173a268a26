//! The filter as a name server beside others: unbound, dnsmasq, knot-resolver and pdns-recursor where
//! they are installed, and a bare loop that sends each packet back, which is the limit. All get the
//! same lists, questions and resolver, one processor each turn; rounds are interleaved.
//!
//! `cargo bench -p gate --bench dns` does all; `-- alone` leaves the others out;
//! `-- NAMES SECONDS ROUNDS` says how many names the others get, how long a round takes, how many.

mod load;
mod made;
mod peers;
mod servers;

use load::{Load, Paced};
use made::{Dice, compile_names};
use servers::{Server, ours};
use std::{
    error::Error,
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const PLAN: &str = "strangers = \"staff\"\n[[profile]]\nname = \"staff\"\nclosed = [\"adult\"]\n\
                    keep_seconds_max = 3600\n# end\n";

const MANY: u64 = 5_000_000;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder, listen, upstream] => {
            return servers::serve(Path::new(folder), listen.parse()?, upstream.parse()?);
        }
        ["echo", listen] => return servers::echo(listen.parse()?),
        ["resolver", listen] => return servers::resolver(listen.parse()?),
        _ => {}
    }
    let numbers: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let number = |at: usize, usual: u64| numbers.get(at).copied().unwrap_or(usual);
    let rounds = Rounds {
        names: number(0, 250_000),
        each: Duration::from_millis(number(1, 1) * 1000),
        count: usize::try_from(number(2, 3))?,
        with_others: !words.contains(&"alone"),
    };
    servers::stay_on("1")?;
    many_names()?;
    decisions()?;
    side_by_side(&rounds)
}

struct Rounds {
    names: u64,
    each: Duration,
    count: usize,
    with_others: bool,
}

fn say(words: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{words}")?)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Five million names: how soon the first answer, how much memory, and a change under load.
fn many_names() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let names = compile_names(folder.path(), MANY, "names")?;
    std::fs::write(folder.path().join("plan.toml"), PLAN)?;
    let resolver = Server::resolver()?;
    let closed = made::questions(&names, 200_000, 0);
    let begun = Instant::now();
    let server = ours("0,1", folder.path(), resolver.at)?;
    let first = closed.first().ok_or("there is a name")?;
    let ready = server.until_right(first, 3, begun)?;
    say(&format!(
        "{MANY} names: first right closed answer {:.0} ms after exec",
        millis(ready)
    ))?;
    say(&format!("resident then: {:.1} MB", server.resident()?))?;
    let open = made::questions(&names, 2_000, 100);
    for questions in [&closed, &open] {
        let done = Load::new(server.at)?.run(questions, Duration::from_millis(2500))?;
        say(&format!(
            "{:.0} questions a second, {} wrong, {} lost",
            done.a_second(),
            done.wrong,
            done.lost
        ))?;
    }
    say(&format!("resident after all: {:.1} MB", server.resident()?))?;
    change_under_load(folder.path(), &server, &names)
}

/// Ten thousand questions a second while the lists and the plan are replaced.
fn change_under_load(folder: &Path, server: &Server, names: &[String]) -> Outcome<()> {
    let mixed = made::questions(names, 20_000, 70);
    let quiet = Paced::new(server.at)?.run(&mixed, 10_000, Duration::from_secs(3), |_| Ok(()))?;
    compile_names(folder, MANY, "next")?;
    let (next, path, plan) = (
        folder.join("next"),
        folder.join("names"),
        folder.join("plan.toml"),
    );
    let copies: Vec<_> = (0..3)
        .map(|number| folder.join(format!("copy-{number}")))
        .collect();
    for copy in &copies {
        std::fs::copy(&next, copy)?;
    }
    let mut left = copies.iter();
    let busy = Paced::new(server.at)?.run(&mixed, 10_000, Duration::from_secs(4), |turn| {
        if turn % 1000 == 500
            && let Some(copy) = left.next()
        {
            std::fs::rename(copy, &path)?;
        }
        if turn % 300 == 0 {
            let text = format!("# {turn}\n{PLAN}");
            let next = plan.with_extension("next");
            std::fs::write(&next, text)?;
            std::fs::rename(&next, &plan)?;
        }
        Ok(())
    })?;
    for (what, done) in [
        ("undisturbed", &quiet),
        ("while 3 files and 13 plans took their places", &busy),
    ] {
        say(&format!(
            "10,000 a second, {what}: {} asked, {} lost, {} unfiltered, p50 {:.2} ms, p99 {:.2} ms, longest {:.1} ms",
            done.asked,
            done.lost,
            done.unfiltered,
            done.part(50),
            done.part(99),
            done.part(100)
        ))?;
    }
    let begun = Instant::now();
    let shut = format!(
        "{}[[exception]]\nname = \"open1.example.org\"\nopen = false\nreason = \"x\"\n# end\n",
        PLAN.trim_end_matches("# end\n")
    );
    let next = plan.with_extension("next");
    std::fs::write(&next, shut)?;
    std::fs::rename(&next, &plan)?;
    let asked = load::question("www.open1.example.org", 3);
    let live = server.until_right(&asked, 3, begun)?;
    say(&format!(
        "one changed line is live after {:.0} ms",
        millis(live)
    ))
}

/// The whole decision in this process: device, person, session, profile, exceptions, categories,
/// list and line.
fn decisions() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let names = compile_names(folder.path(), MANY, "names")?;
    let file = gate::compiled::Compiled::open(&folder.path().join("names"))?;
    let gate = gate::plan::Gate::new(std::sync::Arc::new(file), made::busy_plan()?);
    let at = kernel::moment::Moment::from_micros(1_790_000_000_000_000);
    let mut dice = Dice(7);
    let asked: Vec<(std::net::IpAddr, String)> = made::mixed_names(&names, 300_000, 70)
        .into_iter()
        .map(|name| {
            let last = u8::try_from(dice.below(250)).unwrap_or(0);
            (std::net::IpAddr::from([192, 0, 2, last]), name)
        })
        .collect();
    let mut batch = gate::traces::Batch::default();
    let mut times: Vec<Duration> = Vec::with_capacity(asked.len());
    for (address, name) in &asked {
        let begun = Instant::now();
        let seat = gate.seat(gate::plan::Asker::At(*address), at);
        let decision = gate.decide_for(seat, name, at);
        batch.push(&gate::traces::Event {
            at: at.micros() / 1000,
            who: gate::traces::Who::default(),
            grounds: gate::traces::Grounds {
                line: u32::from(decision.open),
                ..gate::traces::Grounds::default()
            },
            asked: name,
        });
        times.push(begun.elapsed());
        if batch.len() >= 512 {
            batch.clear();
        }
    }
    times.sort_unstable();
    let part = |percent: usize| {
        times
            .get(times.len() * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    say(&format!(
        "whole decision with {MANY} names, 250 devices, hours, sessions, floors: p50 {} ns, p99 {} ns",
        part(50).as_nanos(),
        part(99).as_nanos()
    ))
}

/// Ours, the limit, and the others, in interleaved rounds.
fn side_by_side(rounds: &Rounds) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let names = compile_names(folder.path(), rounds.names, "names")?;
    std::fs::write(folder.path().join("plan.toml"), PLAN)?;
    let resolver = Server::resolver()?;
    let mut all = vec![Server::echo()?, ours("0", folder.path(), resolver.at)?];
    for size in [1_000, MANY] {
        let own = folder.path().join(size.to_string());
        std::fs::create_dir(&own)?;
        // The names that are asked for come first in every file.
        compile_names(&own, size, "names")?;
        std::fs::write(own.join("plan.toml"), PLAN)?;
        let mut server = ours("0", &own, resolver.at)?;
        server.name = format!("ours, {size} names");
        all.push(server);
    }
    if rounds.with_others {
        all.extend(peers::begin(folder.path(), &names, resolver.at)?);
    }
    let few: Vec<String> = names.iter().take(1000).cloned().collect();
    let kinds = [
        ("closed", made::questions(&few, 1_000, 0)),
        ("kept", made::questions(&few, 1_000, 100)),
        ("mixed", made::questions(&few, 10_000, 70)),
    ];
    let first = kinds
        .first()
        .and_then(|(_, all)| all.first())
        .ok_or("there is a name")?;
    for server in all.iter().filter(|server| !server.is_limit) {
        let took = server.until_right(first, 3, server.begun)?;
        say(&format!(
            "{}: ready in {:.1} s, {:.0} MB",
            server.name,
            took.as_secs_f64(),
            server.resident()?
        ))?;
    }
    // Once before, so that what is open is kept.
    for server in &all {
        for (_, questions) in &kinds {
            Load::new(server.at)?.run(questions, Duration::from_millis(400))?;
        }
    }
    for (kind, questions) in &kinds {
        let mut measured: Vec<Vec<(f64, f64)>> = vec![Vec::new(); all.len()];
        let mut wrong = vec![(0, 0); all.len()];
        for _ in 0..rounds.count {
            for ((server, own), wrong) in all.iter().zip(&mut measured).zip(&mut wrong) {
                let worked = server.processor_seconds()?;
                let done = Load::new(server.at)?.run(questions, rounds.each)?;
                let worked = server.processor_seconds()? - worked;
                own.push((done.a_second(), worked * 1e6 / done.answered.max(1.0)));
                wrong.0 += if server.is_limit { 0 } else { done.wrong };
                wrong.1 += done.lost;
            }
        }
        let medians: Vec<(f64, f64)> = measured
            .iter()
            .map(|all| (median(all, |one| one.0), median(all, |one| one.1)))
            .collect();
        let (limit, work) = medians.first().copied().unwrap_or((1.0, 1.0));
        for ((server, (rate, micros)), wrong) in all.iter().zip(&medians).zip(&wrong) {
            say(&format!(
                "{kind}: {}: {rate:.0} a second, {:.2} of the limit; {micros:.2} µs of the processor each, {:.2} of the limit; {} wrong, {} lost",
                server.name,
                rate / limit,
                work / micros,
                wrong.0,
                wrong.1
            ))?;
        }
    }
    Ok(())
}

fn median(all: &[(f64, f64)], of: impl Fn(&(f64, f64)) -> f64) -> f64 {
    let mut all: Vec<f64> = all.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

/// An address of this machine that is free now, and that the system gives to nobody by chance: some
/// servers read their lists for many seconds before they take it.
fn free() -> Outcome<SocketAddr> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = u16::try_from(std::process::id() % 8000)?;
    for _ in 0..1000 {
        let port = 20_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000;
        let at = SocketAddr::from(([127, 0, 0, 1], port));
        if std::net::UdpSocket::bind(at).is_ok() && std::net::TcpListener::bind(at).is_ok() {
            return Ok(at);
        }
    }
    Err("no address is free".into())
}
