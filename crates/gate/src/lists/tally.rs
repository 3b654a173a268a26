//! How a list was read: every line is counted once, as used or as skipped for a reason.

use crate::names::NoName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many skipped lines are shown for each reason.
const SHOWN_MAX: usize = 3;

/// How much of a skipped line is shown.
const SHOWN_LETTERS_MAX: usize = 80;

/// Why a line is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Nothing is on it.
    Blank,
    /// It is for people.
    Comment,
    /// It sets something up in the program that the form is from.
    Setting,
    /// It names pages, not a whole site.
    Page,
    /// It is a pattern, not a name.
    Pattern,
    /// It is words of pages.
    Phrase,
    /// It applies in some circumstances only.
    Conditional,
    /// It hides parts of pages.
    PartOfPage,
    /// It leads to another list.
    OtherList,
    /// It answers with an address instead of closing.
    Answer,
    /// A name of the own computer.
    OwnMachine,
    /// A whole ending such as `co.uk`.
    WholeEnding,
    /// A hash, but not SHA-256.
    OtherHash,
    /// What is there is not a name.
    NoName(NoName),
    /// Too long a line.
    LongLine,
    /// Bytes that are not text.
    NotText,
    /// Nothing that this form has.
    NotInForm,
}

impl Why {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Why::Blank => "blank",
            Why::Comment => "a comment",
            Why::Setting => "a setting of another program",
            Why::Page => "pages of a site, not a whole site: for the web proxy",
            Why::Pattern => "a pattern, not a name: for the web proxy",
            Why::Phrase => "words of pages: for the web proxy",
            Why::Conditional => "only in some circumstances: for the web proxy",
            Why::PartOfPage => "hides a part of pages",
            Why::OtherList => "leads to another list: add that list by itself",
            Why::Answer => "answers with an address, and does not close",
            Why::OwnMachine => "a name of the own computer",
            Why::WholeEnding => "a whole ending, under which anybody has names",
            Why::OtherHash => "a hash, but not SHA-256",
            Why::NoName(why) => why.words(),
            Why::LongLine => "too long a line",
            Why::NotText => "not text",
            Why::NotInForm => "not in the form of this list",
        }
    }
}

/// Lines skipped for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// How many.
    pub count: u64,
    /// The first of them: number and beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<(u32, String)>,
}

/// How a list was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// All lines.
    pub lines: u64,
    /// Lines of which at least one name was taken, or an exception.
    pub used: u64,
    /// Names that were taken; one that is said twice counts twice.
    pub names: u64,
    /// Names that the list itself takes out again.
    pub exceptions: u64,
    /// Names that were not taken because the list takes them out.
    pub taken_out: u64,
    /// Names under which strangers have theirs, such as those of a blog host.
    pub shared: u64,
    /// Lines that were not used, by reason.
    pub skipped: BTreeMap<String, Skipped>,
}

impl Tally {
    /// Counts a line that is not used.
    pub(super) fn skip(&mut self, line: u32, why: Why, text: &[u8]) {
        let skipped = match self.skipped.get_mut(why.words()) {
            Some(skipped) => skipped,
            None => self.skipped.entry(why.words().to_owned()).or_default(),
        };
        skipped.count += 1;
        if skipped.first.len() < SHOWN_MAX && !matches!(why, Why::Blank | Why::Comment) {
            let text = text.get(..SHOWN_LETTERS_MAX).unwrap_or(text);
            let text = String::from_utf8_lossy(text);
            let shown: String = text.chars().filter(|letter| !letter.is_control()).collect();
            skipped.first.push((line, shown));
        }
    }

    /// Lines that were not used.
    #[must_use]
    pub fn not_used(&self) -> u64 {
        self.skipped.values().map(|skipped| skipped.count).sum()
    }

    /// Whether every line is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.lines == self.used + self.not_used()
    }
}
