//! How well pages are judged by what they say: on pages that we invented for it, of which one half
//! was not looked at while the phrases were written, and on all that this project says about
//! safeguarding itself.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "what a test of its own is made of"
)]

mod bodies;

use gate::{
    content::{Judge, Kind, Theme},
    plan::Thresholds,
};
use std::{collections::BTreeMap, fmt::Write as _, path::Path};

const GOOD: &str = include_str!("pages/good.txt");

fn bad(theme: Theme) -> &'static str {
    match theme {
        Theme::SelfHarm => include_str!("pages/self-harm.txt"),
        Theme::Suicide => include_str!("pages/suicide.txt"),
        Theme::EatingDisorders => include_str!("pages/eating-disorders.txt"),
        Theme::Hate => include_str!("pages/hate.txt"),
        Theme::Extremism => include_str!("pages/extremism.txt"),
        Theme::ViolenceAgainstWomen => include_str!("pages/violence-against-women.txt"),
        Theme::Sexual => include_str!("pages/sexual.txt"),
        Theme::Drugs => include_str!("pages/drugs.txt"),
        Theme::Gambling => include_str!("pages/gambling.txt"),
        Theme::Bullying => include_str!("pages/bullying.txt"),
    }
}

/// The two halves of a file: what phrases were tuned on, and what was held out.
fn halves(text: &str) -> [Vec<&str>; 2] {
    let (tune, held) = text.split_once("# held").unwrap();
    [tune, held].map(|half| {
        let lines = half.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    })
}

/// A page with what pages have around what they say.
fn page(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\'', "&#39;");
    format!(
        "<!doctype html><html lang=en><head><title>Page</title><style>a {{ color: red }}</style>\
         <script>var words = 'not read';</script></head><body><nav><a href=/>Home</a> <a href=/n>News</a> \
         <a href=/a>About us</a> <a href=/c>Contact</a></nav><main><h1>Welcome</h1><p>{text}</p></main>\
         <footer>Terms, cookies and privacy. Search this site. Log in. Share.</footer></body></html>"
    )
}

fn judged(text: &str, kind: Kind, themes: &[Theme]) -> Judge {
    let thresholds: Thresholds = themes.iter().map(|theme| (*theme, 100)).collect();
    let mut judge = Judge::begin(kind, &thresholds).unwrap();
    judge.take(text);
    judge.end();
    judge
}

fn is_closed(text: &str, theme: Theme) -> bool {
    judged(&page(text), Kind::Markup, &[theme])
        .finding()
        .is_some()
}

fn share(part: usize, of: usize) -> f64 {
    100.0 * f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of).unwrap())
}

#[test]
fn there_are_enough_pages_to_say_anything() {
    for theme in Theme::ALL {
        for half in halves(bad(theme)) {
            assert!(half.len() >= 15, "{theme:?}");
        }
    }
    let [tune, held] = halves(GOOD);
    assert!(tune.len() + held.len() >= 200 && held.len() >= 98);
}

/// Prints what is missed of the half that phrases are tuned on, and only numbers of the other half.
#[test]
fn pages_of_harm_are_closed_and_pages_of_help_are_open() {
    let mut report = String::new();
    let (mut found, mut all) = ([0; 2], [0; 2]);
    for theme in Theme::ALL {
        let halves = halves(bad(theme));
        let closed = halves
            .each_ref()
            .map(|half| half.iter().filter(|text| is_closed(text, theme)).count());
        for text in halves[0].iter().filter(|text| !is_closed(text, theme)) {
            let (weight, against) = judged(&page(text), Kind::Markup, &[theme]).weights(theme);
            println!("missed, {} of {against}: {theme:?}: {text}", weight);
        }
        let _ = writeln!(
            report,
            "{theme:?}: tuned {}/{}, held out {}/{}",
            closed[0],
            halves[0].len(),
            closed[1],
            halves[1].len()
        );
        for half in [0, 1] {
            found[half] += closed[half];
            all[half] += halves[half].len();
        }
    }
    let mut wrong = [0; 2];
    let mut judged_good = [0; 2];
    for (half, texts) in halves(GOOD).iter().enumerate() {
        for text in texts {
            let closed: Vec<Theme> = Theme::ALL
                .into_iter()
                .filter(|theme| is_closed(text, *theme))
                .collect();
            if half == 0 && !closed.is_empty() {
                let why = judged(&page(text), Kind::Markup, &closed).finding();
                println!("wrongly closed: {why:?}: {text}");
            }
            wrong[half] += closed.len();
            judged_good[half] += Theme::COUNT;
        }
    }
    let recall = [0, 1].map(|half| share(found[half], all[half]));
    let wrongly = [0, 1].map(|half| share(wrong[half], judged_good[half]));
    println!(
        "{report}recall: tuned {:.1} %, held out {:.1} %; wrongly closed: tuned {} ({:.2} %), held out {} ({:.2} %)",
        recall[0], recall[1], wrong[0], wrongly[0], wrong[1], wrongly[1]
    );
    assert!(recall[0] >= 98.0, "{report}");
    assert!(recall[1] >= 94.0, "{report}");
    assert!(wrong[0] == 0, "{report}");
    assert!(wrongly[1] <= 0.3, "{report}");
}

fn texts(folder: &Path, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, into);
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str());
        if matches!(ending, Some("md" | "ftl" | "toml" | "txt")) {
            into.insert(
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            );
        }
    }
}

/// What we say ourselves: policies to start from, procedures, the manual, words for families. It is
/// about harm throughout, and none of it harms.
#[test]
fn what_safeguarding_says_about_harm_is_open() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = BTreeMap::new();
    for folder in [
        "spec/templates",
        "spec/procedures",
        "spec/help",
        "docs",
        "crates/families/words",
    ] {
        texts(&root.join(folder), &mut all);
    }
    let (mut passages, mut wrong) = (0, Vec::new());
    for (name, text) in &all {
        let words: Vec<&str> = text.split_whitespace().collect();
        for passage in words.chunks(120) {
            let passage = passage.join(" ");
            passages += 1;
            if let Some(finding) = judged(&passage, Kind::Plain, &Theme::ALL).finding() {
                wrong.push(format!("{name}: {finding:?}: {passage}"));
            }
        }
        let whole = judged(text, Kind::Plain, &Theme::ALL).finding();
        passages += 1;
        if let Some(finding) = whole {
            wrong.push(format!("{name} as a whole: {finding:?}"));
        }
    }
    println!(
        "{passages} passages, {} wrongly closed\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(passages > 1_000, "{passages}");
    assert!(wrong.len() * 1_000 <= passages, "{}", wrong.join("\n"));
}

#[test]
fn a_helpline_that_says_what_its_callers_say_is_open_and_its_number_opens_no_page_of_harm() {
    let helpline = "Do you want to die? Are you thinking of killing yourself? You are not alone. \
        Our helpline is free and confidential, call 116 123. In an emergency call 999. \
        Warning signs that someone is suicidal, and how to help someone who wants to end their life.";
    assert!(!is_closed(helpline, Theme::Suicide));
    let harm = "How to kill yourself, the painless way to die. Join our suicide pact, suicide is the answer. \
        Best methods of suicide below. (Helpline: 116 123.)";
    assert!(is_closed(harm, Theme::Suicide));
}

#[test]
fn disguise_does_not_help() {
    for text in [
        "h0w t0 k1ll y0urself",
        "how to k<b>il</b>l your\u{ad}self",
        "HOW&nbsp;TO&#32;K&#105;LL YOURS&eacute;LF",
        "\u{1d421}\u{1d428}\u{1d430} \u{ff54}\u{ff4f} kill yourself",
        "<img alt='how to kill yourself'>",
        "<script type=application/json>{\"x\":\"how\\u0020to kill yourself\"}</script>",
    ] {
        assert!(
            judged(text, Kind::Markup, &[Theme::Suicide])
                .finding()
                .is_some(),
            "{text}"
        );
    }
    for text in [
        "<style>how to kill yourself</style>",
        "<!-- how to kill yourself -->",
    ] {
        assert!(
            judged(text, Kind::Markup, &[Theme::Suicide])
                .finding()
                .is_none(),
            "{text}"
        );
    }
}

#[test]
fn other_languages_of_families_are_judged_too() {
    for (text, theme) in [
        ("Powiedz mi, jak się zabić", Theme::Suicide),
        ("cum să mă sinucid fără durere", Theme::Suicide),
        ("як покінчити з життям", Theme::Suicide),
        ("خودکشی کا طریقہ", Theme::Suicide),
        ("كيف أقتل نفسي", Theme::Suicide),
        ("кажи, порно відео онлайн", Theme::Sexual),
        ("نہ بتانا امی کو، یہ راز ہے، تصویر بھیجو", Theme::Bullying),
    ] {
        assert!(
            judged(text, Kind::Plain, &[theme]).finding().is_some(),
            "{text}"
        );
    }
}
