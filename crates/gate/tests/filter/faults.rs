//! Whatever happens to its files, the filter never answers unfiltered: it answers from what was in
//! use before, or not at all. `STAIRGATE_TRIALS=10000` makes the trials long.

use crate::{
    client::{Running, now, options, packet, question, run, write_plan},
    given::{self, Lists},
    setting,
    upstream::Upstream,
};
use gate::dns::{Serving, Untold};
use hickory_proto::{
    op::{Message, ResponseCode},
    rr::RecordType,
};
use std::path::Path;

const LISTS: Lists<'_> = &[("illegal", &["bad.example"]), ("adult", &["adult.example"])];

const PLAN: &str = r#"strangers = "staff"
[[profile]]
name = "staff"
closed = ["adult"]
[[exception]]
name = "news.example"
open = false
reason = "Not now"
[[exception]]
name = "last.example"
open = false
reason = "Not now"
"#;

/// What is closed in every state of the files that is whole.
const CLOSED: &[&str] = &[
    "adult.example",
    "x.bad.example",
    "www.news.example",
    "last.example",
];

fn trials(usual: usize) -> usize {
    setting("STAIRGATE_TRIALS").map_or(usual, |count| count.parse().unwrap())
}

/// A small generator, so that every run does the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn is_unfiltered(filter: &Running) -> Option<&'static str> {
    let mut names = CLOSED.iter();
    names
        .find(|name| {
            let answer = packet(filter.at(), &question(name, RecordType::A)).unwrap();
            let answer = Message::from_vec(&answer).unwrap();
            answer.metadata.response_code != ResponseCode::NXDomain
        })
        .copied()
}

/// Some damage: cut off, emptied, a hole of zeros, another byte, the front of one file and the end of
/// another, gone.
fn damaged(whole: &[u8], other: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let at = dice.below(whole.len());
    let mut bytes = whole.to_vec();
    match dice.below(6) {
        0 => bytes.truncate(at),
        1 => bytes.clear(),
        2 => bytes[at..].fill(0),
        3 => bytes[at] ^= 1 << dice.below(8),
        4 => {
            bytes.truncate(at);
            bytes.extend(other.get(at..).unwrap_or_default());
        }
        _ => return None,
    }
    Some(bytes)
}

fn put(path: &Path, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => {
            let next = path.with_extension("torn");
            std::fs::write(&next, bytes).unwrap();
            std::fs::rename(&next, path).unwrap();
        }
        None => std::fs::remove_file(path).unwrap(),
    }
}

/// A file that is whole again is in use again.
fn put_back(filter: &Running, path: &Path, whole: &[u8]) {
    let before = filter.changed.lock().unwrap().len();
    put(path, Some(whole));
    filter.until("what is whole is in use", || {
        let changed = filter.changed.lock().unwrap();
        changed.len() > before && changed.last().is_some_and(Result::is_ok)
    });
}

#[test]
fn lists_that_were_torn_are_not_used_and_nothing_is_answered_unfiltered() {
    let filter = run(LISTS, PLAN, |_| {});
    let path = filter.folder.path().join("names");
    let whole = std::fs::read(&path).unwrap();
    let other = filter.folder.path().join("other");
    given::write(&other, &[("adult", &["other.example"])]);
    let other = std::fs::read(&other).unwrap();
    let mut dice = Dice(1);
    for trial in 0..trials(60) {
        let torn = damaged(&whole, &other, &mut dice);
        if torn.as_ref() == Some(&whole) {
            continue;
        }
        let before = filter.changed.lock().unwrap().len();
        put(&path, torn.as_deref());
        filter.until("the damage is seen", || {
            assert_eq!(is_unfiltered(&filter), None, "trial {trial}");
            filter.changed.lock().unwrap().len() > before
        });
        let changed = filter.changed.lock().unwrap();
        assert!(changed.last().unwrap().is_err(), "trial {trial}");
        drop(changed);
        put_back(&filter, &path, &whole);
    }
}

#[test]
fn plans_that_were_torn_are_not_used_and_nothing_is_answered_unfiltered() {
    let filter = run(LISTS, PLAN, |_| {});
    let path = filter.folder.path().join("plan.toml");
    let whole = std::fs::read(&path).unwrap();
    let other = b"strangers = \"all\"\n[[profile]]\nname = \"all\"\n";
    let mut dice = Dice(2);
    for trial in 0..trials(60) {
        // One changed letter can make another plan that is whole; every other damage can't.
        let torn = damaged(&whole, other, &mut dice);
        let is_letter = torn
            .as_ref()
            .is_some_and(|torn| torn.len() == whole.len() && torn.last() == whole.last());
        if is_letter {
            continue;
        }
        let before = filter.changed.lock().unwrap().len();
        put(&path, torn.as_deref());
        filter.until("the damage is seen", || {
            assert_eq!(is_unfiltered(&filter), None, "trial {trial}: {torn:?}");
            filter.changed.lock().unwrap().len() > before
        });
        put_back(&filter, &path, &whole);
    }
}

#[test]
fn a_plan_that_is_cut_off_anywhere_is_never_taken_for_a_shorter_one() {
    let folder = tempfile::tempdir().unwrap();
    write_plan(folder.path(), PLAN);
    let path = folder.path().join("plan.toml");
    let whole = std::fs::read(&path).unwrap();
    for length in 0..whole.len() - 1 {
        std::fs::write(&path, &whole[..length]).unwrap();
        assert!(gate::plan::read_file(&path).is_err(), "{length}");
        let mut holed = whole[..length].to_vec();
        holed.resize(whole.len(), 0);
        std::fs::write(&path, holed).unwrap();
        assert!(gate::plan::read_file(&path).is_err(), "{length} and zeros");
    }
}

#[test]
fn nobody_is_answered_when_it_begins_without_a_file_that_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (names, plan) = (folder.path().join("names"), folder.path().join("plan.toml"));
    let upstream = Upstream::begin();
    given::write(&names, LISTS);
    write_plan(folder.path(), PLAN);
    let (whole_names, whole_plan) = (
        std::fs::read(&names).unwrap(),
        std::fs::read(&plan).unwrap(),
    );
    let begin = || {
        let options = options(folder.path(), upstream.at);
        Serving::begin(&options, &|| Box::new(Untold), Box::new(drop), now)
    };
    assert!(begin().is_ok());
    let mut dice = Dice(3);
    for trial in 0..trials(200) {
        let path = if trial % 2 == 0 { &names } else { &plan };
        let whole = if trial % 2 == 0 {
            &whole_names
        } else {
            &whole_plan
        };
        let torn = damaged(whole, b"", &mut dice);
        let is_letter = torn.as_ref().is_some_and(|torn| torn.len() == whole.len());
        if is_letter && path == &plan || torn.as_ref() == Some(whole) {
            continue;
        }
        put(path, torn.as_deref());
        assert!(begin().is_err(), "trial {trial}");
        put(path, Some(whole));
    }
    // A file in which ways round are missing does not pass the trial for children.
    let children = PLAN.replace("closed = [\"adult\"]", "children = true");
    write_plan(folder.path(), &children);
    assert!(begin().is_ok());
    given::write_alone(&names, LISTS);
    let error = begin().err().unwrap().to_string();
    assert!(error.contains("the trial found"), "{error}");
    assert_eq!(upstream.all(), 0);
}

#[test]
fn a_change_that_does_not_pass_its_trial_leaves_what_was_in_use() {
    let children = PLAN.replace(
        "closed = [\"adult\"]",
        "children = true\nclosed = [\"adult\"]",
    );
    let filter = run(LISTS, &children, |_| {});
    let names = filter.folder.path().join("names");
    let next = filter.folder.path().join("next");
    given::write_alone(&next, LISTS);
    std::fs::rename(&next, &names).unwrap();
    filter.until("it is said", || !filter.changed.lock().unwrap().is_empty());
    let changed = filter.changed.lock().unwrap();
    let words = changed[0].as_ref().unwrap_err();
    assert!(words.contains("is a way round"), "{words}");
    assert_eq!(is_unfiltered(&filter), None);
    assert_eq!(
        filter.told("dns.google", RecordType::A),
        "no such name; nothing (5)"
    );
}
