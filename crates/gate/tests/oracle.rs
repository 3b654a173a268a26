//! The compiled file beside the simplest thing that can be right: a table that is asked for every
//! name above. A long run: `STAIRGATE_NAMES=100000000 cargo test -p gate --release --test oracle`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what a test of its own is made of"
)]

use gate::compiled::{Builder, Categories, Compiled, List, Survey};
use std::collections::HashMap;

/// A small generator, so that a run is told by its seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn label(&mut self) -> String {
        const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-_";
        // Few letters make many names that differ by one.
        let letters = [2, 4, 38][self.below(3)];
        let length = match self.below(40) {
            0 => 63,
            1..=4 => 20,
            _ => 1 + self.below(6),
        };
        (0..length)
            .map(|_| char::from(LETTERS[self.below(letters)]))
            .collect()
    }

    fn name(&mut self) -> String {
        const ENDINGS: &[&str] = &[
            "com",
            "co.uk",
            "org",
            "a",
            "aa",
            "zz.aa",
            "blog.example.com",
        ];
        let mut name = ENDINGS[self.below(ENDINGS.len())].to_owned();
        for _ in 0..=self.below(4) {
            let longer = format!("{}.{name}", self.label());
            if longer.len() > 253 {
                break;
            }
            name = longer;
        }
        name
    }

    /// A name that is nearly a listed one.
    fn near(&mut self, listed: &str) -> String {
        let name = match self.below(9) {
            0 => listed.to_owned(),
            1 => format!("{}.{listed}", self.label()),
            2 => format!("{}.{}.{listed}", self.label(), self.label()),
            3 => format!("{}{listed}", self.label()),
            4 => listed.get(1..).unwrap_or_default().to_owned(),
            5 => listed.replacen('.', "-", 1),
            6 => format!("{listed}.{}", self.label()),
            7 => listed
                .split_once('.')
                .map_or(listed, |(_, above)| above)
                .to_owned(),
            _ => {
                let at = self.below(listed.len());
                let mut bytes = listed.as_bytes().to_vec();
                bytes[at] = b'q';
                String::from_utf8(bytes).unwrap()
            }
        };
        match gate::names::normal(&name) {
            Ok(name) => name.into_owned(),
            Err(_) => self.name(),
        }
    }
}

struct Both {
    compiled: Compiled,
    table: HashMap<String, (u64, Vec<(u16, u32)>)>,
    listed: Vec<String>,
    _folder: tempfile::TempDir,
}

const LISTS: u16 = 70;

fn both(dice: &mut Dice, names: usize) -> Both {
    let lists = (0..LISTS)
        .map(|number| List {
            name: format!("list {number}"),
            category: format!("c{:02}", number % 63),
            ..List::default()
        })
        .collect();
    let added: Vec<(u16, u32, String)> = (1..)
        .take(names)
        .map(|line| {
            let list = u16::try_from(dice.below(usize::from(LISTS))).unwrap();
            (list, line, dice.name())
        })
        .collect();
    let mut survey = Survey::new();
    survey.expect(u64::try_from(names).unwrap());
    for (_, _, name) in added.iter().step_by(7) {
        survey.learn(name);
    }
    let mut builder = Builder::begin(lists, &survey).unwrap();
    let mut table: HashMap<String, (u64, Vec<(u16, u32)>)> = HashMap::new();
    for (list, line, name) in &added {
        builder.add(*list, *line, name);
        let entry = table.entry(name.clone()).or_default();
        entry.0 |= 2 << (list % 63);
        entry.1.push((*list, *line));
    }
    for (_, origins) in table.values_mut() {
        origins.sort_unstable();
        origins.dedup_by_key(|(list, _)| *list);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    builder.sorted().finish(&path).unwrap();
    Both {
        compiled: Compiled::open(&path).unwrap(),
        listed: added.into_iter().map(|(_, _, name)| name).collect(),
        table,
        _folder: folder,
    }
}

impl Both {
    fn agree(&self, name: &str, origins: bool) {
        let found = self.compiled.look(name).unwrap();
        let mut hits = found.hits.iter();
        let mut all = 0;
        for above in gate::names::upwards(name) {
            let Some((set, lines)) = self.table.get(above) else {
                continue;
            };
            all |= set;
            let hit = hits
                .next()
                .unwrap_or_else(|| panic!("{above} is missing for {name}"));
            assert_eq!(name.get(hit.begins..), Some(above));
            assert_eq!(hit.categories, Categories(*set), "{name}");
            if origins {
                let own = self.compiled.origins(hit).unwrap();
                let own: Vec<(u16, u32)> = own.iter().map(|it| (it.list, it.line)).collect();
                assert_eq!(own, *lines, "{name}");
            }
        }
        assert_eq!(hits.next(), None, "{name}");
        assert_eq!(found.categories, Categories(all), "{name}");
    }
}

#[test]
fn a_million_names_get_the_verdict_of_a_plain_table() {
    let asked: usize = option_env!("STAIRGATE_NAMES")
        .and_then(|count| count.parse().ok())
        .unwrap_or(1_000_000);
    for (seed, names) in [(1, 0), (2, 1), (3, 40), (4, 3_000), (5, 200_000)] {
        let mut dice = Dice(seed);
        let both = both(&mut dice, names);
        assert_eq!(
            both.compiled.names(),
            u64::try_from(both.table.len()).unwrap()
        );
        for turn in 0..asked / 5 {
            let name = match (turn % 4, both.listed.len()) {
                (0, _) | (_, 0) => dice.name(),
                (_, listed) => {
                    let at = dice.below(listed);
                    dice.near(&both.listed[at])
                }
            };
            both.agree(&name, turn % 64 == 0);
        }
    }
}

#[test]
fn every_name_is_read_back_from_the_file() {
    let both = both(&mut Dice(9), 5_000);
    let samples = both.compiled.samples(usize::MAX).unwrap();
    for (category, names) in samples.iter().enumerate() {
        let mut own: Vec<&str> = names.iter().map(String::as_str).collect();
        own.sort_unstable();
        let mut wanted: Vec<&str> = both
            .table
            .iter()
            .filter(|(_, (set, _))| set >> category & 1 == 1)
            .map(|(name, _)| name.as_str())
            .collect();
        wanted.sort_unstable();
        assert_eq!(own, wanted);
    }
}

#[test]
fn the_same_names_make_the_same_file() {
    let one = both(&mut Dice(3), 1000);
    let other = both(&mut Dice(3), 1000);
    assert_eq!(
        std::fs::read(one.compiled.path()).unwrap(),
        std::fs::read(other.compiled.path()).unwrap()
    );
}
