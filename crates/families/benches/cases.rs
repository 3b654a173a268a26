//! How quick a case with 2,000 entries opens, and how quick words are found among 100,000 entries,
//! beside the time that opening the same seals alone takes. What a first search would wait for is made
//! ready in small steps after a start; the first search with and without that is measured.
//!
//! Run: `cargo bench -p families --features scenario --bench cases`. It prints figures; it never
//! fails on time.

use families::{
    concerns::{
        acts::{Act, NewReport},
        note::{Note, Report, Sort},
    },
    families as all,
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        page::{Params, Shown},
        scenario::Scenario,
        view::View,
    },
};
use std::{
    io::Write,
    time::{Duration, Instant},
};

const IN_ONE: u32 = 2_000;
const CASES: u32 = 500;
const IN_EACH: u32 = 200;
const ROUNDS: u32 = 10;
const TARGET_MILLIS: u32 = 100;

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let (scenario, lead) = setting(1, IN_ONE);
    scenario.view(lead, |view| {
        let bare = each(|| opened(view));
        let page = each(|| drawn(view, "/concerns/cases/{case}", &[("case", "1")]));
        say("opening 2,000 seals alone", bare, bare);
        say("a case with 2,000 entries", page, bare);
    });
    let (scenario, lead) = setting(CASES, IN_EACH);
    scenario.view(lead, |view| {
        let bare = each(|| opened(view));
        say("opening 100,000 seals alone", bare, bare);
        // As after a start: nothing is known yet of what stands where.
        let kept = serde_json::to_vec(view.setting).unwrap_or_default();
        let Ok(setting) = serde_json::from_slice(&kept) else {
            write("the setting can't be kept");
            return;
        };
        let view = &View {
            setting: &setting,
            ..*view
        };
        let another = serde_json::from_slice(&kept).unwrap_or_default();
        let cold = &View {
            setting: &another,
            ..*view
        };
        let begun = Instant::now();
        std::hint::black_box(drawn(cold, "/concerns", &[("words", "needle 77")]));
        say("a search before it is ready", begun.elapsed(), bare);
        let (steps, longest, whole) = made_ready(view);
        write(&format!(
            "made ready in {steps} steps, the longest {longest:?}, all of them {whole:?}"
        ));
        let begun = Instant::now();
        std::hint::black_box(drawn(view, "/concerns", &[("words", "needle 77")]));
        say("the first search once that is done", begun.elapsed(), bare);
        for (what, words) in [
            ("rare", "needle 77"),
            ("absent", "nowhere"),
            ("common", "arm"),
        ] {
            let found = each(|| drawn(view, "/concerns", &[("words", words)]));
            say(&format!("search in 100,000, {what} words"), found, bare);
        }
    });
}

/// How many steps make searching ready, how long the longest takes, and all of them together.
fn made_ready(view: &View<'_>) -> (usize, Duration, Duration) {
    let (mut from, mut steps) = (0, Vec::new());
    loop {
        let begun = Instant::now();
        let next = view.setting.concerns.make_ready(view.keys, from);
        let Some(next) = next else { break };
        steps.push(begun.elapsed());
        from = next;
    }
    let longest = steps.iter().max().copied().unwrap_or_default();
    (steps.len(), longest, steps.iter().sum())
}

/// Every seal of every case, opened and thrown away.
fn opened(view: &View<'_>) -> usize {
    let cases = view.setting.concerns.cases();
    let notes = cases.flat_map(|case| &case.notes);
    let words = notes.filter_map(|note| view.open(&note.words));
    words.map(|note| note.words.len()).sum()
}

fn drawn(view: &View<'_>, path: &str, params: &[(&str, &str)]) -> usize {
    let words = params
        .iter()
        .map(|(name, word)| ((*name).to_owned(), (*word).to_owned()));
    let params = Params(words.collect());
    let page = all::pages().find(|page| page.path == path);
    page.map_or(0, |page| match (page.show)(view, &params) {
        Shown::Page(_, content) => content.into_string().len(),
        _ => 0,
    })
}

/// The quicker half of some rounds takes at most so long.
fn each(mut what: impl FnMut() -> usize) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(what());
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn say(what: &str, took: Duration, reference: Duration) {
    let ratio = took.as_secs_f64() / reference.as_secs_f64();
    let millis = took.as_secs_f64() * 1000.0;
    let line = format!(
        "{what:36} {millis:8.2} ms  {ratio:5.2} × opening the seals  target {TARGET_MILLIS} ms"
    );
    write(&line);
}

fn write(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// A lead with so many cases of so many entries each.
fn setting(cases: u32, entries: u32) -> (Scenario, Person) {
    let mut scenario = Scenario::new();
    let lead = scenario.holder("Lena Hart", Group::Staff, Role::Lead);
    for case in 1..=cases {
        let report = Report {
            what: format!("Number {case}: a bruise"),
            ..Report::default()
        };
        let new = NewReport {
            report,
            ..NewReport::default()
        };
        scenario.done(lead, AnyAct::Concerns(Act::Report(Box::new(new))));
        for entry in 1..=entries {
            let words = format!(
                "Entry {entry} of case {case}: on the left arm, seen at nap time and written down at once. The mother rang at noon; needle {}.",
                case.wrapping_mul(31).wrapping_add(entry) % 10_000
            );
            let act = Act::Write {
                case,
                sort: Sort::Fact,
                note: Note::new(words),
                corrects: None,
            };
            scenario.done(lead, AnyAct::Concerns(act));
        }
    }
    (scenario, lead)
}
