//! Invented names, lists of them, and questions.

use super::{
    Outcome,
    load::{Question, question},
};
use gate::{
    compiled::{Builder, List, Survey},
    plan::Plan,
};
use std::path::Path;

/// A small generator, so that every run asks the same.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (value ^ (value >> 31)) % limit.max(1)
    }
}

const PARTS: &[&str] = &[
    "play", "best", "on", "line", "shop", "ra", "mi", "ko", "ta", "net", "go", "web", "free", "my",
    "la", "ser", "ver", "in", "pro", "san", "x", "24", "7", "tech", "cas", "bet", "hub",
];

const ENDINGS: &[&str] = &[
    "com", "com", "com", "com", "net", "org", "co.uk", "ru", "de", "info", "xyz", "top", "com.br",
];

/// So many names; the first are the same for every count.
fn names(count: u64) -> impl Iterator<Item = String> {
    let mut dice = Dice(1);
    (0..count).map(move |number| {
        let mut name = String::new();
        for _ in 0..=dice.below(3) {
            name.push_str(pick(PARTS, &mut dice));
        }
        name.push_str(&number.to_string());
        name.push('.');
        name.push_str(pick(ENDINGS, &mut dice));
        name
    })
}

fn pick<'a>(words: &[&'a str], dice: &mut Dice) -> &'a str {
    let count = u64::try_from(words.len()).unwrap_or(1);
    let at = usize::try_from(dice.below(count)).unwrap_or(0);
    words.get(at).copied().unwrap_or_default()
}

/// Compiles so many names into a file; every so often one comes back, at most a million.
pub(super) fn compile_names(folder: &Path, count: u64, file: &str) -> Outcome<Vec<String>> {
    let mut survey = Survey::new();
    names(count)
        .step_by(13)
        .for_each(|name| survey.learn(&name));
    survey.expect(count);
    let list = List {
        name: "adult.txt".to_owned(),
        category: "adult".to_owned(),
        ..List::default()
    };
    let mut builder = Builder::begin(vec![list], &survey)?;
    let every = (count / 1_000_000).max(1);
    let mut kept = Vec::new();
    for (line, name) in (1..).zip(names(count)) {
        builder.add(0, line, &name);
        if u64::from(line - 1).is_multiple_of(every) || line <= 10_000 {
            kept.push(name);
        }
    }
    builder.sorted().finish(&folder.join(file))?;
    Ok(kept)
}

/// Names, so many in a hundred of them open.
pub(super) fn mixed_names(names: &[String], count: usize, open_percent: u64) -> Vec<String> {
    let mut dice = Dice(2);
    let closed = u64::try_from(names.len()).unwrap_or(1);
    let one = |_| {
        if dice.below(100) < open_percent {
            return format!("www.open{}.example.org", dice.below(10_000));
        }
        let at = usize::try_from(dice.below(closed)).unwrap_or(0);
        let name = names.get(at).cloned().unwrap_or_default();
        if dice.below(3) == 0 {
            format!("cdn.{name}")
        } else {
            name
        }
    };
    (0..count).map(one).collect()
}

/// The same, as questions.
pub(super) fn questions(names: &[String], count: usize, open_percent: u64) -> Vec<Question> {
    let all = mixed_names(names, count, open_percent).into_iter();
    all.map(|name| question(&name, if name.ends_with(".example.org") { 0 } else { 3 }))
        .collect()
}

/// A plan in which there is much to look at.
pub(super) fn busy_plan() -> Outcome<Plan> {
    let mut text = String::from("strangers = \"staff\"\n");
    for profile in ["staff", "children", "pupils", "guests"] {
        text.push_str(&format!(
            "[[profile]]\nname = \"{profile}\"\nclosed = [\"adult\"]\nchildren = {}\n\
             [[profile.hours]]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\n\
             from = \"00:00\"\nuntil = \"23:59\"\n",
            profile == "pupils"
        ));
    }
    text.push_str(
        "[[floor]]\nby = \"council\"\nclosed = [\"adult\"]\nnames = [\"rumours.example\"]\n",
    );
    for number in 0..200 {
        text.push_str(&format!(
            "[[person]]\nname = \"{number}\"\nprofile = \"staff\"\n"
        ));
        text.push_str(&format!(
            "[[device]]\nname = \"d{number}\"\naddresses = [\"192.0.2.{number}\"]\nprofile = \"pupils\"\nperson = \"{number}\"\n"
        ));
    }
    for number in 0..20 {
        text.push_str(&format!(
            "[[session]]\nname = \"s{number}\"\ndevices = [\"d{number}\"]\nfrom = \"2026-01-01T00:00:00Z\"\n\
             until = \"2027-01-01T00:00:00Z\"\nprofile = \"pupils\"\nnames = [\"songs.example\"]\n"
        ));
    }
    for number in 0..200 {
        text.push_str(&format!(
            "[[exception]]\nname = \"e{number}.example\"\nopen = false\nreason = \"x\"\n"
        ));
    }
    Ok(Plan::read(&text)?)
}
