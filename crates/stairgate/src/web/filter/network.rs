//! How the filter stands, from its file of lists, what it told of them, and the traces.

use crate::web::app::App;
use families::{
    devices::kinds::Users,
    filter::{
        entries::{What, evidence::ListFound},
        network::{Came, DOORS_MAX, List, Network, Replay, Standing, State, Way},
    },
    monitor::traces::Report,
};
use gate::{
    compiled::Compiled,
    content::{Phrases, Theme},
    ours::{self, Kind, must_stay_open, search_engines, ways_round},
};
use kernel::moment::Moment;
use std::{collections::BTreeMap, path::Path};

/// For how many hours a source may be silent before it is said.
const SILENT_HOURS: i64 = 48;

/// What is known at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Live {
    pub(super) standing: Option<Standing>,
    pub(super) doors: Vec<Came>,
}

impl Network for Live {
    fn standing(&self) -> Option<Standing> {
        self.standing.clone()
    }

    fn ways_round(&self) -> Vec<Way> {
        if self.standing.is_none() {
            return Vec::new();
        }
        ways()
    }

    fn doors(&self) -> Vec<Came> {
        self.doors.clone()
    }

    fn replay(&self, _what: &What, _users: &[Users]) -> Option<Replay> {
        None
    }
}

/// How the filter and its lists stand; nothing where the file of lists can't be read.
pub(super) fn standing(folder: &Path, app: &App) -> Option<Standing> {
    let path = folder.join("stairgate.names");
    let file = Compiled::open(&path).ok()?;
    let state = app.desk.state();
    let told = state.setting.filter.evidence().lists();
    let told = told.map(|lists| lists.found.lists.as_slice());
    let found = told.unwrap_or_default();
    let mut names: BTreeMap<String, u64> = BTreeMap::new();
    let lists = file.about().lists.iter().map(|list| {
        let count = names.entry(list.category.clone()).or_default();
        *count = count.saturating_add(list.names);
        let own = found.iter().find(|own| own.name == list.name);
        made(list, own, app.now())
    });
    let lists: Vec<List> = lists.collect();
    let plan = std::fs::read_to_string(folder.join("says.txt")).unwrap_or_default();
    let standing = Standing {
        at: None,
        file: file.sum_in_words(),
        made: changed(&path),
        lists,
        names: names.into_iter().collect(),
        phrases: phrases(),
        proxy: plan.contains("web proxy at"),
        inspects: false,
        must_stay_open: u64::try_from(must_stay_open().names().count()).unwrap_or(u64::MAX),
    };
    Some(standing.bounded())
}

fn made(list: &gate::compiled::List, own: Option<&ListFound>, now: Moment) -> List {
    let ours = ours::sets().iter().any(|set| set.list.name == list.name);
    let held = own.and_then(|own| own.held.clone()).unwrap_or_default();
    let asked = own.and_then(|own| own.checked);
    let silent = asked.is_some_and(|at| now > at.plus_hours(SILENT_HOURS));
    List {
        name: list.name.clone(),
        kind: list.category.clone(),
        names: list.names,
        licence: list.licence.clone().unwrap_or_default(),
        attribution: list.attribution.clone().unwrap_or_default(),
        ours,
        since: own.and_then(|own| own.fetched),
        asked,
        state: match (held.is_empty(), silent) {
            (false, _) => state_of(&held),
            (true, true) => State::Unreached,
            (true, false) => State::Current,
        },
        why: held,
    }
}

/// Why a list is held back, from the words of whatever fetches it.
fn state_of(why: &str) -> State {
    let why = why.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| why.contains(word));
    if says(&["short", "shrunk", "fewer"]) {
        return State::Shrunk;
    }
    if says(&["stay open"]) {
        return State::OverBlocking;
    }
    if says(&["answer", "reach", "fetch"]) {
        return State::Unreached;
    }
    State::Broken
}

fn changed(path: &Path) -> Option<Moment> {
    let at = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment::from_micros(i64::try_from(since.as_micros()).ok()?))
}

fn phrases() -> Vec<(String, u64)> {
    let Ok(ours) = Phrases::ours() else {
        return Vec::new();
    };
    Theme::ALL
        .into_iter()
        .map(|theme| {
            let count = u64::try_from(ours.count(theme)).unwrap_or(u64::MAX);
            (theme.key().to_owned(), count)
        })
        .collect()
}

/// The ways round that are known by name, and those that have none.
fn ways() -> Vec<Way> {
    let named = ways_round().iter().map(|way| Way {
        name: way.name.clone(),
        what: way.what.clone(),
        kind: kind(way.kind).to_owned(),
        closed: true,
        how: if way.addresses.is_empty() {
            "Its name is closed.".to_owned()
        } else {
            "Its name is closed; close its addresses in the router, too.".to_owned()
        },
    });
    let engines = search_engines()
        .iter()
        .filter(|engine| engine.safe == ours::Safe::Closed)
        .map(|engine| Way {
            name: engine.names.first().cloned().unwrap_or_default(),
            what: engine.title.clone(),
            kind: "unsafe-search".to_owned(),
            closed: true,
            how: "It can’t be made safe, so it is closed.".to_owned(),
        });
    named.chain(engines).chain(nameless()).collect()
}

fn nameless() -> Vec<Way> {
    let all: [(&str, &str, bool, &str); 6] = [
        (
            "number",
            "An address as a number instead of a name",
            true,
            "The web proxy closes it; without the proxy the router has to close what asks no name.",
        ),
        (
            "alias",
            "A harmless name that leads to a closed one",
            true,
            "What a name leads to is looked at, too.",
        ),
        (
            "hidden-name",
            "The name of the site is hidden when a page is opened",
            true,
            "What would make it possible is taken out of the answers.",
        ),
        (
            "look-alike",
            "Letters of other scripts that look like those of a known name",
            true,
            "Only what an adult has looked at opens, and its name is compared letter by letter.",
        ),
        (
            "unknown-device",
            "A device that nobody has put on the register",
            false,
            "It gets the strictest rules, and the safeguarding lead is told.",
        ),
        (
            "hot-spot",
            "The mobile data of a phone, or its hot spot",
            false,
            "No filter here sees it. Phones are put away, and lines are written down on the page of what is covered.",
        ),
    ];
    all.map(|(kind, what, closed, how)| Way {
        name: String::new(),
        what: what.to_owned(),
        kind: kind.to_owned(),
        closed,
        how: how.to_owned(),
    })
    .into()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EncryptedDns => "encrypted-dns",
        Kind::Relay => "relay",
        Kind::Vpn => "vpn",
        Kind::WebProxy => "web-proxy",
        Kind::Translator => "translator",
        Kind::Archive => "archive",
        Kind::Onion => "onion",
        Kind::Tunnel => "tunnel",
        Kind::RemoteScreen => "remote-screen",
    }
}

/// By which doors devices came, from the newest of what was asked for.
pub(super) fn doors(report: &Report) -> Vec<Came> {
    let mut all: BTreeMap<u32, Came> = BTreeMap::new();
    for trace in &report.rows {
        let Some(device) = trace.device.filter(|device| *device != 0) else {
            continue;
        };
        let own = all.entry(device).or_insert_with(|| Came {
            device,
            ..Came::default()
        });
        // A page whose address was seen and a tunnel both went through the proxy.
        let door = match trace.door.as_str() {
            "Page" | "Tunnel" => &mut own.proxy,
            _ => &mut own.names,
        };
        *door = (*door).max(Some(trace.at));
    }
    all.into_values().take(DOORS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_way_round_is_closed_or_told_with_how() {
        let all = ways();
        assert!(all.len() >= 120, "{}", all.len());
        assert!(
            all.iter()
                .all(|way| !way.how.is_empty() && !way.what.is_empty())
        );
        let told: Vec<&str> = all
            .iter()
            .filter(|way| !way.closed)
            .map(|way| way.kind.as_str())
            .collect();
        assert_eq!(told, ["unknown-device", "hot-spot"]);
    }

    #[test]
    fn a_list_says_why_a_newer_one_is_held_back_and_when_its_source_is_silent() {
        let now = Moment::on(date(2026, 9, 3), 10, 0);
        let list = gate::compiled::List {
            name: "casinos".to_owned(),
            category: "gambling".to_owned(),
            licence: Some("MIT".to_owned()),
            names: 9_600,
            ..gate::compiled::List::default()
        };
        let found = |held: Option<&str>, hours: i64| ListFound {
            name: "casinos".to_owned(),
            kind: "gambling".to_owned(),
            names: 9_600,
            fetched: Some(now.plus_hours(-hours)),
            checked: Some(now.plus_hours(-hours)),
            held: held.map(str::to_owned),
        };
        let state =
            |held: Option<&str>, hours: i64| made(&list, Some(&found(held, hours)), now).state;
        assert_eq!(state(None, 3), State::Current);
        assert_eq!(state(None, 49), State::Unreached);
        assert_eq!(state(Some("It is much shorter"), 3), State::Shrunk);
        assert_eq!(
            state(Some("3 names that must stay open are on it"), 3),
            State::OverBlocking
        );
        assert_eq!(state(Some("Line 4 is cut off"), 3), State::Broken);
        let own = made(&list, None, now);
        assert_eq!(
            (own.licence.as_str(), own.since, own.ours),
            ("MIT", None, false)
        );
    }

    #[test]
    fn each_theme_of_the_plan_has_the_words_of_the_families() {
        let ours: Vec<&str> = Theme::ALL.into_iter().map(Theme::key).collect();
        let theirs: Vec<&str> = families::filter::themes::THEMES
            .iter()
            .map(|(key, _)| *key)
            .collect();
        assert_eq!(ours, theirs);
    }
}
