//! What the network’s side of the filter knows and the ledger does not: the lists as they are in use
//! now, the ways round that are known, which devices came by which door, and what a change would have
//! opened and closed. Plain words, counted and cut here, so that a page can’t be made endless.

use super::entries::What;
use crate::devices::kinds::Users;
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// The most lists that are told of.
pub const LISTS_MAX: usize = 200;
/// The most ways round that are told of.
pub const WAYS_MAX: usize = 1_000;
/// The most devices that are told of.
pub const DOORS_MAX: usize = 2_000;
/// The most names that a change is shown to open or close.
pub const EFFECTS_MAX: usize = 50;
/// The longest word of any of these, in characters; what is longer is cut.
pub const WORD_MAX: usize = 300;

/// What the network’s side of the filter knows. The program implements it; where no filter runs,
/// each answer is that nothing is known.
pub trait Network: Send + Sync {
    /// The filter and its lists, as they are in use now. Nothing: no filter runs here.
    fn standing(&self) -> Option<Standing>;

    /// The ways round that are known, by name or by kind.
    fn ways_round(&self) -> Vec<Way>;

    /// By which doors the devices of the register came in the last days.
    fn doors(&self) -> Vec<Came>;

    /// What a change would have opened and closed, over what was asked in the last days. Nothing:
    /// it is not known here, or not yet.
    fn replay(&self, what: &What, users: &[Users]) -> Option<Replay>;
}

/// Where no filter runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNetwork;

/// The filter and its lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When this was so.
    #[serde(default)]
    pub at: Option<Moment>,
    /// The number that the file of lists has; a new one has another.
    #[serde(default)]
    pub file: String,
    /// When that file was made.
    #[serde(default)]
    pub made: Option<Moment>,
    /// The lists that stand behind it.
    #[serde(default)]
    pub lists: Vec<List>,
    /// How many names stand behind each kind of sites, each name counted once.
    #[serde(default)]
    pub names: Vec<(String, u64)>,
    /// How many weighted phrases stand behind each theme.
    #[serde(default)]
    pub phrases: Vec<(String, u64)>,
    /// Whether the web proxy listens.
    #[serde(default)]
    pub proxy: bool,
    /// Whether the proxy looks into pages on devices that are set up for it.
    #[serde(default)]
    pub inspects: bool,
    /// How many names have to stay open, and are tried at each change of a list.
    #[serde(default)]
    pub must_stay_open: u64,
}

/// A list that stands behind the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What it is called; a list that the setting fetches has the name of its subscription.
    pub name: String,
    /// The kind of its names; `illegal` for what is illegal.
    pub kind: String,
    /// How many names it has, each counted once; of a list of addresses, how many addresses.
    #[serde(default)]
    pub names: u64,
    /// On what terms it may be used.
    #[serde(default)]
    pub licence: String,
    /// Who is to be named for it.
    #[serde(default)]
    pub attribution: String,
    /// Whether it is shipped with this program, and so as old as the program.
    #[serde(default)]
    pub ours: bool,
    /// When what is in use now was fetched or handed in.
    #[serde(default)]
    pub since: Option<Moment>,
    /// When its source was last asked and answered, changed or not.
    #[serde(default)]
    pub asked: Option<Moment>,
    /// How it stands.
    #[serde(default)]
    pub state: State,
    /// Why a newer one is held back or could not be fetched, in words.
    #[serde(default)]
    pub why: String,
}

/// How a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// What is in use is what its source has.
    #[default]
    Current,
    /// Its source does not answer, or not with a list; the last good one is in use.
    Unreached,
    /// A newer one is much shorter; the last good one is in use until two people let it.
    Shrunk,
    /// A newer one would close what has to stay open; the last good one is in use.
    OverBlocking,
    /// A newer one is broken; the last good one is in use.
    Broken,
    /// It was asked for and has never been there.
    Missing,
}

/// A way round the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Its name or address; empty where it has none, such as a hot spot.
    #[serde(default)]
    pub name: String,
    /// What it is, in words.
    pub what: String,
    /// The kind of way: `vpn`, `encrypted-dns`.
    pub kind: String,
    /// Whether it is closed for children. What can’t be closed is raised when it is seen.
    pub closed: bool,
    /// How it is closed, or how it is noticed, in words.
    #[serde(default)]
    pub how: String,
}

/// By which doors a device came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The device.
    pub device: u32,
    /// When it last asked for a name.
    #[serde(default)]
    pub names: Option<Moment>,
    /// When a page last went through the proxy, known by its host.
    #[serde(default)]
    pub proxy: Option<Moment>,
    /// When a page last went through the proxy that was looked into.
    #[serde(default)]
    pub inspected: Option<Moment>,
}

/// What a change would have opened and closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The first day that was looked at.
    pub from: Date,
    /// How many questions were looked at.
    pub asked: u64,
    /// What was closed and would have been open, the most asked first.
    #[serde(default)]
    pub opens: Vec<Effect>,
    /// What was open and would have been closed, the most asked first.
    #[serde(default)]
    pub closes: Vec<Effect>,
    /// How many more names than these would have been opened.
    #[serde(default)]
    pub opens_more: u64,
    /// How many more would have been closed.
    #[serde(default)]
    pub closes_more: u64,
}

/// A name that would have been opened or closed. Who asked is not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The name.
    pub name: String,
    /// For whom.
    pub users: Users,
    /// How often it was asked for.
    pub times: u64,
}

impl Network for NoNetwork {
    fn standing(&self) -> Option<Standing> {
        None
    }

    fn ways_round(&self) -> Vec<Way> {
        Vec::new()
    }

    fn doors(&self) -> Vec<Came> {
        Vec::new()
    }

    fn replay(&self, _: &What, _: &[Users]) -> Option<Replay> {
        None
    }
}

impl Standing {
    /// As much of it as is told of.
    #[must_use]
    pub fn bounded(mut self) -> Standing {
        self.lists.truncate(LISTS_MAX);
        self.names.truncate(LISTS_MAX);
        self.phrases.truncate(LISTS_MAX);
        for list in &mut self.lists {
            for word in [
                &mut list.name,
                &mut list.kind,
                &mut list.licence,
                &mut list.attribution,
                &mut list.why,
            ] {
                cut(word);
            }
        }
        self
    }

    /// How many names stand behind a kind of sites.
    #[must_use]
    pub fn names_of(&self, kind: &str) -> u64 {
        let own = self.names.iter().find(|(own, _)| own == kind);
        own.map_or(0, |(_, names)| *names)
    }

    /// The lists behind a kind of sites.
    pub fn lists_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a List> {
        self.lists.iter().filter(move |list| list.kind == kind)
    }
}

impl Replay {
    /// As much of it as is shown.
    #[must_use]
    pub fn bounded(mut self) -> Replay {
        for (effects, more) in [
            (&mut self.opens, &mut self.opens_more),
            (&mut self.closes, &mut self.closes_more),
        ] {
            let over = effects.len().saturating_sub(EFFECTS_MAX);
            *more = more.saturating_add(u64::try_from(over).unwrap_or(u64::MAX));
            effects.truncate(EFFECTS_MAX);
            effects.iter_mut().for_each(|effect| cut(&mut effect.name));
        }
        self
    }
}

impl State {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            State::Current => "Current",
            State::Unreached => "Its source does not answer",
            State::Shrunk => "Held back: much shorter than before",
            State::OverBlocking => "Held back: it would close what has to stay open",
            State::Broken => "Held back: broken",
            State::Missing => "Not there yet",
        }
    }

    /// Whether a newer one is held back.
    #[must_use]
    pub fn is_held_back(self) -> bool {
        match self {
            State::Shrunk | State::OverBlocking | State::Broken => true,
            State::Current | State::Unreached | State::Missing => false,
        }
    }
}

/// Cuts a word to what is shown.
pub(super) fn cut(word: &mut String) {
    if let Some((at, _)) = word.char_indices().nth(WORD_MAX) {
        word.truncate(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_network_says_is_cut_and_counted() {
        let effect = |number: usize| Effect {
            name: format!("{number}.example{}", "é".repeat(400)),
            users: Users::Staff,
            times: 1,
        };
        let replay = Replay {
            opens: (0..EFFECTS_MAX + 7).map(effect).collect(),
            opens_more: 3,
            ..Replay::default()
        };
        let bounded = replay.bounded();
        assert_eq!((bounded.opens.len(), bounded.opens_more), (EFFECTS_MAX, 10));
        assert!(
            bounded
                .opens
                .iter()
                .all(|own| own.name.chars().count() == WORD_MAX)
        );
        let lists = vec![List::default(); LISTS_MAX + 1];
        let standing = Standing {
            lists,
            names: vec![("gambling".to_owned(), 7)],
            ..Standing::default()
        };
        let standing = standing.bounded();
        assert_eq!(standing.lists.len(), LISTS_MAX);
        assert_eq!(
            (standing.names_of("gambling"), standing.names_of("hate")),
            (7, 0)
        );
    }
}
