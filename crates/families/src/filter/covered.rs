//! What the filter covers and what it does not: for each kind of sites and profile, what stands
//! behind it; for each device, how far the filter sees; and everything that it does not see.

use super::{
    entries::evidence::Door,
    kinds::{ALL, ILLEGAL, KINDS},
    network::{Came, List, Standing},
    profiles,
    themes::THEMES,
};
use crate::{
    devices::{kinds::Users, register::Device},
    spine::view::View,
};
use kernel::moment::{Moment, date_in_words};

/// What stands behind a kind of sites for some people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The kind.
    pub kind: &'static str,
    /// In words.
    pub words: &'static str,
    /// Whether it is closed for them.
    pub closed: bool,
    /// How many names stand behind it, where that is known.
    pub names: Option<u64>,
    /// How many phrases judge what pages say about it.
    pub phrases: u64,
    /// When the oldest list behind it was fetched; nothing where all come with the program.
    pub since: Option<Moment>,
    /// How many of the last trial’s questions about it were asked, and answered wrongly.
    pub trial: Option<(u64, u64)>,
}

/// How far the filter sees what a device does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The device.
    pub device: u32,
    /// How far.
    pub door: Door,
    /// How that is known, in words.
    pub how: String,
    /// Whether it is on no network at all.
    pub apart: bool,
}

/// What stands behind each kind of sites for some people.
#[must_use]
pub fn behind(view: &View<'_>, users: Users) -> Vec<Behind> {
    let standing = view.network.standing();
    let profile = profiles::of(view.setting, view.in_force, users, view.today);
    let trial = view.setting.filter.evidence().parts();
    let one = |(kind, words): &(&'static str, &'static str)| {
        let lists =
            |standing: &Standing| -> Vec<List> { standing.lists_of(kind).cloned().collect() };
        let own = standing.as_ref().map(lists).unwrap_or_default();
        let parts = trial
            .map(|trial| trial.parts.as_slice())
            .unwrap_or_default();
        let part = parts
            .iter()
            .find(|part| part.profile == users.key() && part.what == *kind);
        Behind {
            kind,
            words,
            closed: profile.closed.contains(kind) || profile.closed.contains(ALL),
            names: standing.as_ref().map(|standing| standing.names_of(kind)),
            phrases: phrases(standing.as_ref(), kind),
            since: own
                .iter()
                .filter(|list| !list.ours)
                .filter_map(|list| list.since)
                .min(),
            trial: part.map(|part| (part.tried, part.wrong)),
        }
    };
    KINDS.iter().map(one).collect()
}

/// The phrases of the themes that a kind of sites is about.
fn phrases(standing: Option<&Standing>, kind: &str) -> u64 {
    let themes: &[&str] = match kind {
        "pornography" => &["sexual"],
        "self-harm" => &["self-harm", "suicide", "eating-disorders"],
        "violence" => &["violence-against-women"],
        "hate" | "extremism" | "drugs" | "gambling" => &[kind],
        "chat" => &["bullying"],
        _ => &[],
    };
    let all = standing
        .map(|standing| standing.phrases.as_slice())
        .unwrap_or_default();
    let own = all
        .iter()
        .filter(|(theme, _)| themes.contains(&theme.as_str()));
    own.fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// How far the filter sees what each device does: what it saw, else what somebody wrote down, else
/// what follows from the register.
#[must_use]
pub fn devices(view: &View<'_>) -> Vec<Seen> {
    let came = view.network.doors();
    let kept = view.setting.devices.kept();
    kept.map(|device| {
        let live = came.iter().find(|came| came.device == device.number);
        one(view, device, live)
    })
    .collect()
}

fn one(view: &View<'_>, device: &Device, live: Option<&Came>) -> Seen {
    let seen = |door: Door, how: String| Seen {
        device: device.number,
        door,
        how,
        apart: false,
    };
    if let Some(came) = live {
        let doors = [
            (Door::Inspected, came.inspected),
            (Door::Proxy, came.proxy),
            (Door::Names, came.names),
        ];
        let last = doors.into_iter().find_map(|(door, at)| Some((door, at?)));
        if let Some((door, at)) = last {
            return seen(door, format!("Seen on {}", date_in_words(at.date())));
        }
    }
    if let Some(own) = view.setting.filter.evidence().door(device.number) {
        let day = date_in_words(own.at.date());
        let note = if own.recorded.note.is_empty() {
            format!("Written down on {day}")
        } else {
            format!("{} (written down on {day})", own.recorded.note)
        };
        return seen(own.recorded.door, note);
    }
    if !device.about.addresses.is_empty() {
        return seen(Door::Names, "By its address on the network".to_owned());
    }
    Seen {
        apart: true,
        ..seen(
            Door::Not,
            "No address is on the register: on no network, or not filtered".to_owned(),
        )
    }
}

/// Whether a list of what is illegal is in use here, or a provider closes it.
#[must_use]
pub fn has_illegal_list(view: &View<'_>) -> bool {
    let standing = view.network.standing();
    let here = standing.is_some_and(|standing| {
        let mut lists = standing.lists_of(ILLEGAL);
        lists.any(|list| list.names > 0)
    });
    here || provider_stands(view, "iwf-list")
        || view
            .setting
            .filter
            .lists()
            .any(|list| list.recorded.until >= view.today)
}

/// Whether a provider stands for something today.
#[must_use]
pub fn provider_stands(view: &View<'_>, what: &str) -> bool {
    let known = view.setting.filter.evidence();
    known.providers().any(|own| own.stands(what, view.today))
}

/// Everything that the filter does not cover, plainly.
#[must_use]
pub fn gaps(view: &View<'_>) -> Vec<String> {
    let standing = view.network.standing();
    let known = view.setting.filter.evidence();
    let mut gaps = Vec::new();
    if !has_illegal_list(view) {
        gaps.push("No licensed list of what is illegal is here, and no provider is on record that closes it.".to_owned());
    }
    let empty: Vec<&str> = behind(view, Users::Children)
        .into_iter()
        .filter(|own| own.names == Some(0) && own.phrases == 0)
        .map(|own| own.words)
        .collect();
    if !empty.is_empty() {
        gaps.push(format!(
            "No list stands behind: {}. For children this matters little, since only what adults opened is open; for others it is not closed by name.",
            empty.join(", ").to_lowercase()
        ));
    }
    match &standing {
        None => gaps.push("No filter runs with this program at the moment, or it is another’s.".to_owned()),
        Some(standing) if !standing.proxy => gaps.push(
            "The web proxy is not in use: whole sites are open or closed, not single pages, and nobody judges what pages say.".to_owned(),
        ),
        Some(standing) if !standing.inspects => gaps.push(
            "Pages are not looked into: what stands on an encrypted page is not seen, only which site it is of.".to_owned(),
        ),
        Some(_) => {}
    }
    let devices = devices(view);
    let not: Vec<&str> = devices
        .iter()
        .filter(|own| own.door == Door::Not)
        .map(|own| view.setting.devices.name(own.device))
        .collect();
    if !not.is_empty() {
        gaps.push(format!("Not filtered here: {}.", not.join(", ")));
    }
    for line in known.lines() {
        let line = &line.recorded;
        if line.filtered == "not" {
            gaps.push(format!("Not filtered at all: {}. {}", line.name, line.how));
        }
    }
    gaps.push("What an app does that has the names of its servers built in, a phone on its own mobile data, and pictures on a site that is open are not seen. An adult stays with the children.".to_owned());
    gaps
}

/// The themes that pages are judged for, with how many phrases stand behind each.
#[must_use]
pub fn themes(view: &View<'_>, users: Users) -> Vec<(&'static str, u16, Option<u64>)> {
    let standing = view.network.standing();
    let thresholds = super::themes::thresholds(view.in_force, users);
    let phrases = |theme: &str| {
        let all = standing.as_ref()?.phrases.iter();
        let mut own = all.filter(|(key, _)| key == theme);
        own.next().map(|(_, count)| *count)
    };
    THEMES
        .iter()
        .filter_map(|(key, words)| Some((*words, *thresholds.get(key)?, phrases(key))))
        .collect()
}
