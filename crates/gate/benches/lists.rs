//! How long the file takes to make, how much of memory it needs, and how quickly it answers, beside
//! a plain table and an automaton (`fst`) of the same names.
//!
//! `cargo bench -p gate` makes 5,000,000 names up. `cargo bench -p gate -- FOLDER` takes lists of a
//! folder instead, and `-- FOLDER EXPECTED` also compares every verdict with a table of them:
//! name, `block` or `allow`, kind, listed name, categories.

use gate::{
    compiled::{Compiled, ILLEGAL},
    lists::{Asked, Compiling, compile},
    names::upwards,
    plan::{Gate, Plan},
};
use kernel::moment::Moment;
use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const NAMES: u64 = 5_000_000;
const LOOK_UPS: usize = 2_000_000;

fn main() -> Outcome<()> {
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"));
    let (lists, expected) = (words.next(), words.next());
    let folder = tempfile::tempdir()?;
    let lists = match lists {
        Some(lists) => PathBuf::from(lists),
        None => made_up(folder.path())?,
    };
    let path = folder.path().join("names");
    let what = Compiling {
        lists: vec![Asked {
            path: lists.clone(),
            ..Asked::default()
        }],
        with_ours: false,
        shrink_percent_max: 20,
        may_shrink: Vec::new(),
    };
    let (begun, worked) = (Instant::now(), processor_seconds());
    let report = compile(&what, &path)?;
    let names = report.names;
    say(&format!(
        "made: {names} names in {:.2} s, {:.2} s of one processor",
        begun.elapsed().as_secs_f64(),
        processor_seconds() - worked
    ))?;
    drop(report);
    let before = resident()?;
    let begun = Instant::now();
    let file = Compiled::open(&path)?;
    say(&format!(
        "opened and checked in {:.0} ms; {:.2} bytes a name for answers; {:.2} with the lines",
        millis(begun.elapsed()),
        ratio(file.hot_bytes(), names),
        ratio(std::fs::metadata(&path)?.len(), names)
    ))?;
    let (own, mapped) = resident()?;
    say(&format!(
        "resident once open: {:.1} MB of mapped files with the program, {:.1} MB of its own more than before",
        mapped / 1e6,
        (own - before.0) / 1e6
    ))?;
    let asked = questions(&lists)?;
    let ours = timed("compiled", &asked, |name| {
        file.look(name).is_ok_and(|found| !found.hits.is_empty())
    })?;
    let (_, mapped) = resident()?;
    say(&format!(
        "resident after all questions: {:.1} MB of mapped files with the program",
        mapped / 1e6
    ))?;
    if let Some(expected) = expected {
        compare(&file, Path::new(&expected))?;
    }
    whole_decision(Arc::new(file), &asked)?;
    beside(&lists, &asked, ours)
}

fn say(words: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{words}")?)
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Memory of this process in bytes: its own, and of mapped files.
fn resident() -> Outcome<(f64, f64)> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |word: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(word));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        number.unwrap_or(0.0) * 1024.0
    };
    Ok((of("RssAnon:"), of("RssFile:")))
}

/// How long this process has worked: other work on the machine does not count.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|word| word.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// A small generator, so that every run asks the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (value ^ (value >> 31)) % limit.max(1)
    }
}

/// Lists of invented names, with syllables and endings as real ones have them.
fn made_up(folder: &Path) -> Outcome<PathBuf> {
    const PARTS: &[&str] = &[
        "play", "best", "on", "line", "shop", "ra", "mi", "ko", "ta", "net", "go", "web", "free",
        "my", "la", "ser", "ver", "in", "pro", "san", "x", "24", "7", "tech", "cas", "bet", "hub",
    ];
    const ENDINGS: &[&str] = &[
        "com",
        "com",
        "com",
        "com",
        "net",
        "org",
        "co.uk",
        "ru",
        "de",
        "info",
        "xyz",
        "top",
        "blogspot.com",
        "pages.dev",
        "com.br",
    ];
    let lists = folder.join("lists");
    std::fs::create_dir(&lists)?;
    let mut dice = Dice(1);
    for list in 0..20 {
        let mut out = BufWriter::new(std::fs::File::create(
            lists.join(format!("list-{list}.txt")),
        )?);
        for _ in 0..NAMES / 20 {
            let mut name = String::new();
            for _ in 0..=dice.below(3) {
                name.push_str(pick(PARTS, &mut dice));
            }
            name.push_str(&dice.below(100_000_000).to_string());
            if dice.below(4) == 0 {
                name.insert_str(0, "www.");
            }
            writeln!(out, "{name}.{}", pick(ENDINGS, &mut dice))?;
        }
        out.flush()?;
    }
    Ok(lists)
}

fn pick<'a>(words: &[&'a str], dice: &mut Dice) -> &'a str {
    let count = u64::try_from(words.len()).unwrap_or(1);
    let at = usize::try_from(dice.below(count)).unwrap_or(0);
    words.get(at).copied().unwrap_or_default()
}

fn each_name(lists: &Path, mut take: impl FnMut(&str, &str)) -> Outcome<()> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(lists)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.is_file()) {
        let list = file.file_stem().unwrap_or_default().to_string_lossy();
        for line in BufReader::new(std::fs::File::open(file)?).lines() {
            take(&list, &line?);
        }
    }
    Ok(())
}

/// Seven of ten are open, three closed, some of them below what is listed.
fn questions(lists: &Path) -> Outcome<Vec<String>> {
    let mut listed = Vec::new();
    let mut number = 0_u64;
    each_name(lists, |_, name| {
        number += 1;
        if number.is_multiple_of(37) {
            listed.push(name.to_owned());
        }
    })?;
    let mut dice = Dice(2);
    let count = u64::try_from(listed.len())?;
    let asked = (0..LOOK_UPS).map(|_| {
        let at = usize::try_from(dice.below(count)).unwrap_or(0);
        let name = listed.get(at).map_or("example.com", String::as_str);
        match dice.below(10) {
            0 | 1 => name.to_owned(),
            2 => format!("cdn.{name}"),
            3..=5 => format!("zq{name}"),
            _ => format!("www.open{}.example.org", dice.below(1_000_000)),
        }
    });
    Ok(asked.collect())
}

/// Looks all names up: how many a second, and how long the slowest hundredth takes.
fn timed(what: &str, asked: &[String], look: impl Fn(&str) -> bool) -> Outcome<f64> {
    let mut best = f64::MAX;
    let mut closed = 0;
    for _ in 0..3 {
        let begun = Instant::now();
        closed = asked.iter().filter(|name| look(name)).count();
        best = best.min(begun.elapsed().as_secs_f64());
    }
    let mut each: Vec<Duration> = asked
        .iter()
        .step_by(10)
        .map(|name| {
            let begun = Instant::now();
            std::hint::black_box(look(name));
            begun.elapsed()
        })
        .collect();
    each.sort_unstable();
    let slow = each.get(each.len() * 99 / 100).copied().unwrap_or_default();
    let each_nanos = best * 1e9 / f64::from(u32::try_from(asked.len())?);
    say(&format!(
        "{what}: {each_nanos:.0} ns a look-up, {:.2} million a second, p99 {} ns; {closed} of {} closed",
        1e3 / each_nanos,
        slow.as_nanos(),
        asked.len()
    ))?;
    Ok(each_nanos)
}

fn whole_decision(file: Arc<Compiled>, asked: &[String]) -> Outcome<()> {
    let gate = Gate::new(file, Plan::strict());
    let at = Moment::START;
    timed("whole decision", asked, |name| {
        let name = gate::names::normal(name);
        !name.is_ok_and(|name| gate.decide(Some(0), &name, at).open)
    })?;
    Ok(())
}

fn beside(lists: &Path, asked: &[String], ours: f64) -> Outcome<()> {
    let before = resident()?;
    let mut table: HashMap<String, u64> = HashMap::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    each_name(lists, |list, name| {
        let next = u32::try_from(numbers.len()).unwrap_or(0);
        let number = *numbers.entry(list.to_owned()).or_insert(next);
        *table.entry(name.to_owned()).or_default() |= 1_u64.checked_shl(number).unwrap_or(0);
    })?;
    let bytes = resident()?.0 - before.0;
    let theirs = timed("table", asked, |name| {
        upwards(name).any(|above| table.contains_key(above))
    })?;
    let count = u64::try_from(table.len())?;
    say(&format!(
        "the table needs {:.1} MB; a look-up of the file takes {:.2} of the table's time",
        bytes / 1e6,
        ours / theirs
    ))?;
    let mut turned: Vec<(String, u64)> = table
        .drain()
        .map(|(name, set)| (name.split('.').rev().collect::<Vec<_>>().join("."), set))
        .collect();
    turned.sort_unstable();
    let begun = Instant::now();
    let automaton = fst::Map::from_iter(turned)?;
    let took = begun.elapsed().as_secs_f64();
    let theirs = timed("fst", asked, |name| {
        let turned = name.split('.').rev().collect::<Vec<_>>().join(".");
        let dots = turned.match_indices('.').map(|(at, _)| at);
        dots.chain([turned.len()]).any(|end| {
            turned
                .get(..end)
                .is_some_and(|front| automaton.contains_key(front))
        })
    })?;
    say(&format!(
        "fst has {:.2} bytes a name, made in {took:.1} s after sorting; a look-up of the file takes {:.2} of its time",
        ratio(u64::try_from(automaton.as_fst().as_bytes().len())?, count),
        ours / theirs
    ))
}

/// Every verdict of a table, and its categories.
fn compare(file: &Compiled, expected: &Path) -> Outcome<()> {
    let (mut right, mut wrong) = (0_u64, 0_u64);
    for line in BufReader::new(std::fs::File::open(expected)?).lines() {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, verdict, _, listed, categories] = cells.as_slice() else {
            continue;
        };
        if name.starts_with('#') {
            continue;
        }
        let normal = gate::names::normal(name).unwrap_or_default();
        let found = file.look(&normal)?;
        let own = found.categories.numbers();
        let own = own.filter_map(|at| file.about().categories.get(at));
        let own: Vec<&str> = own
            .map(String::as_str)
            .filter(|name| *name != ILLEGAL)
            .collect();
        let own = if own.is_empty() {
            "-".to_owned()
        } else {
            own.join(",")
        };
        let covered = found
            .hits
            .iter()
            .any(|hit| normal.get(hit.begins..) == Some(listed));
        let fine = (*verdict == "block") != found.hits.is_empty()
            && own == *categories
            && (covered || *listed == "-");
        if fine {
            right += 1;
            continue;
        }
        wrong += 1;
        if wrong <= 10 {
            say(&format!("differs: {line}; here {own}"))?;
        }
    }
    say(&format!("expected verdicts: {right} right, {wrong} wrong"))
}
