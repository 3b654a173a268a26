//! How long it takes to judge a page of 100 kB, beside the bare automaton over its bytes and a bare
//! search for one byte, which nothing can be quicker than. `cargo bench -p gate --bench content`.

use gate::{
    content::{BodyJudge, Phrases, Theme},
    plan::Thresholds,
};
use std::{
    error::Error,
    hint::black_box,
    io::Write,
    time::{Duration, Instant},
};

const GOOD: &str = include_str!("../tests/content/pages/good.txt");
const BYTES: usize = 100_000;
const TIMES: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let phrases = Phrases::ours()?;
    let built = begun.elapsed();
    let mut page = String::from("<!doctype html><html><body>");
    for line in GOOD.lines().filter(|line| !line.starts_with('#')).cycle() {
        if page.len() >= BYTES {
            break;
        }
        page.push_str("<div class=\"text\"><p>");
        page.push_str(line);
        page.push_str("</p></div>\n");
    }
    let all: Thresholds = Theme::ALL.into_iter().map(|theme| (theme, 100)).collect();
    let judged = each(|| {
        let judge = BodyJudge::begin(&all, "text/html; charset=utf-8", "");
        let Ok(Some(mut judge)) = judge else { return };
        for piece in page.as_bytes().chunks(16 << 10) {
            let _taken = black_box(judge.take(piece));
        }
        let _ended = black_box(judge.end());
        drop(black_box(judge.finding()));
    });
    let bare = each(|| {
        black_box(phrases.matches_alone(black_box(page.as_bytes())));
    });
    let memory = each(|| {
        black_box(memchr::memchr_iter(b'<', black_box(page.as_bytes())).count());
    });
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    writeln!(
        std::io::stdout().lock(),
        "{} ways to say something, built in {:.0} ms\n{} bytes of a page: {:.0} µs; the automaton alone {:.0} µs ({:.2} ×); a search for one byte {:.1} µs",
        phrases.ways(),
        built.as_secs_f64() * 1e3,
        page.len(),
        micros(judged),
        micros(bare),
        judged.as_secs_f64() / bare.as_secs_f64(),
        micros(memory),
    )?;
    Ok(())
}

/// The time of the processor that one of many runs takes: a machine that is shared stops clocks.
fn each(mut run: impl FnMut()) -> Duration {
    let begun = worked();
    for _ in 0..TIMES {
        run();
    }
    (worked() - begun) / u32::try_from(TIMES).unwrap_or(u32::MAX)
}

/// How long this process has worked.
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
