//! The questions to providers of filtering.

use super::{Checklist, Row, Stands, ask, asked, not, partly, traced, yes};
use crate::{
    devices::kinds::Users,
    filter::{
        covered::{self, has_illegal_list, provider_stands},
        entries::evidence::Door,
        kinds::{ALL, ILLEGAL, WAYS_ROUND},
        profiles::{self, EVERYBODY},
    },
    spine::view::View,
};
use kernel::moment::{date_in_words, plus_days};

/// The questions to providers of filtering.
pub(super) const FILTERING: Checklist = Checklist {
    title: "Appropriate filtering",
    from: "After the UK Safer Internet Centre’s questions to providers of filtering, as they stood for 2025 with the changes announced for 2026; read in November 2026. The words are ours.",
    rows: &[
        Row {
            title: "Internet Watch Foundation: member",
            asks: "Whoever provides the filtering belongs to the Internet Watch Foundation.",
            stands: member,
        },
        Row {
            title: "Internet Watch Foundation: list",
            asks: "Its list of addresses is in use and renewed often.",
            stands: list,
        },
        Row {
            title: "Terrorist material",
            asks: "The list of unlawful terrorist material that the police assess is in use.",
            stands: terrorist,
        },
        Row {
            title: "Nobody switches it off",
            asks: "Nobody, at any level, can disable, override or change the closing of what is illegal.",
            stands: |_| {
                yes(
                    "The plan that this program gives the filter has no words for what is illegal, and the filter looks for it before anything else. No act, role or setting reaches it.",
                )
            },
        },
        Row {
            title: "Inappropriate content",
            asks: "For each type of content it is said how it is managed.",
            stands: content,
        },
        Row {
            title: "The approach is published",
            asks: "How sites are put into kinds, how too much closing is dealt with and how long logs live is written down.",
            stands: approach,
        },
        Row {
            title: "Fits the age and the need",
            asks: "Filtering differs by age, vulnerability, risk and role, for staff as well.",
            stands: profiles_differ,
        },
        Row {
            title: "Ways round",
            asks: "Private networks, proxies, encrypted names and the like are noticed and stopped.",
            stands: ways,
        },
        Row {
            title: "Control, with a trail",
            asks: "The setting opens and closes by itself; every change is logged; nobody changes anything alone.",
            stands: changes,
        },
        Row {
            title: "What pages say as they come",
            asks: "Pages are judged by meaning as they arrive, also what users and AI tools make; it is said what encryption prevents.",
            stands: pages,
        },
        Row {
            title: "How it is put in",
            asks: "It is said in which ways it is put in and what each needs.",
            stands: put_in,
        },
        Row {
            title: "The policy is published",
            asks: "The reasons for what is closed can be read.",
            stands: policy,
        },
        Row {
            title: "Groups of settings",
            asks: "Several settings can be led together.",
            stands: |_| {
                ask(
                    "This page speaks of one setting. What a council sets for all of its settings is not part of this record.",
                )
            },
        },
        Row {
            title: "Who it was",
            asks: "What was asked for leads to a person or a device.",
            stands: who,
        },
        Row {
            title: "Mobile devices and apps",
            asks: "It is said what is filtered inside apps and on mobile devices.",
            stands: apps,
        },
        Row {
            title: "Languages",
            asks: "It works in the languages that people here use.",
            stands: |_| {
                partly(
                    "Names of sites are closed in any language and script. Phrases that judge pages are in English first; ask before you rely on others.",
                )
            },
        },
        Row {
            title: "Devices elsewhere",
            asks: "The setting’s own devices are filtered away from the setting, too.",
            stands: |_| {
                ask(
                    "Devices that ask this filter by its encrypted address are filtered anywhere. Say for each device that leaves the setting whether it does.",
                )
            },
        },
        Row {
            title: "Reporting",
            asks: "Anybody can say that something should be closed or should be open.",
            stands: reporting,
        },
        Row {
            title: "Reports",
            asks: "What was visited and tried can be read clearly.",
            stands: reports,
        },
        Row {
            title: "Safe search",
            asks: "Searches are made safe.",
            stands: search,
        },
        Row {
            title: "Links to safeguarding records",
            asks: "What the filter notices reaches the records of concerns.",
            stands: |_| {
                yes(
                    "What is illegal, and each “We saw something”, opens a concern by itself, for whoever is meant to know.",
                )
            },
        },
        Row {
            title: "The setting tests it",
            asks: "The setting satisfies itself on all devices that it works.",
            stands: tested,
        },
    ],
};

fn member(view: &View<'_>) -> Stands {
    if provider_stands(view, "iwf") {
        return yes("A provider on record is a member, and its day has not passed.");
    }
    not(
        "No provider is on record as a member. Ask yours, and write it down with the day until which it holds.",
    )
}

fn list(view: &View<'_>) -> Stands {
    let standing = view.network.standing();
    let own = standing
        .iter()
        .flat_map(|standing| standing.lists_of(ILLEGAL));
    let own: Vec<String> = own
        .filter(|list| list.names > 0)
        .map(|list| {
            let asked = list.asked.or(list.since);
            let asked = asked.map_or("not known".to_owned(), |at| at.in_words());
            format!("{}, last renewed: {asked}", list.name)
        })
        .collect();
    if !own.is_empty() {
        return yes(format!("In use here: {}.", own.join("; ")));
    }
    if has_illegal_list(view) {
        return partly(
            "A provider closes it, by what is on record. The test page shows whether it does: see the checks.",
        );
    }
    not("No licensed list is here, and no provider is on record that closes it.")
}

fn terrorist(view: &View<'_>) -> Stands {
    if provider_stands(view, "ctiru") {
        return yes("A provider on record uses it, and its day has not passed.");
    }
    not("No provider is on record that uses it. The police give it to providers of filtering only.")
}

fn content(view: &View<'_>) -> Stands {
    let all = covered::behind(view, Users::Children);
    let with: Vec<&str> = all
        .iter()
        .filter(|own| own.names.is_some_and(|names| names > 0) || own.phrases > 0)
        .map(|own| own.words)
        .collect();
    let without: Vec<&str> = all
        .iter()
        .filter(|own| own.names.unwrap_or(0) == 0 && own.phrases == 0)
        .map(|own| own.words)
        .collect();
    let children =
        "For children every kind is closed, and only what adults have looked at is opened.";
    if without.is_empty() {
        return yes(format!(
            "{children} Names or phrases stand behind each kind."
        ));
    }
    partly(format!(
        "{children} Behind these stand names or phrases: {}. Behind these nothing does: {}.",
        or_none(&with),
        or_none(&without)
    ))
}

fn or_none(words: &[&str]) -> String {
    if words.is_empty() {
        return "none".to_owned();
    }
    words.join(", ").to_lowercase()
}

fn approach(view: &View<'_>) -> Stands {
    let answered = view
        .setting
        .filter
        .requests()
        .filter(|one| one.answer.is_some());
    let all = view.setting.filter.requests().count();
    let kept = traced(view);
    let logs = kept.map_or(
        "No traces are kept here at the moment.".to_owned(),
        |kept| format!("Traces of {} days are kept.", kept.days),
    );
    yes(format!(
        "The pages of the filter say what is closed for whom and by which words of the policy, and which lists stand behind it. Of {all} requests to open something, {} were answered. {logs}",
        answered.count()
    ))
}

fn profiles_differ(view: &View<'_>) -> Stands {
    let counts = EVERYBODY.map(|users| {
        let profile = profiles::of(view.setting, view.in_force, users, view.today);
        let closed = if profile.closed.contains(ALL) {
            "all kinds".to_owned()
        } else {
            format!("{} kinds", profile.closed.len())
        };
        format!("{}: {closed}", users.in_words())
    });
    yes(format!(
        "Closed for {}. Who has a device, and what an adult opened on it, chooses at each moment.",
        counts.join("; ")
    ))
}

fn ways(view: &View<'_>) -> Stands {
    let known = view.network.ways_round();
    let trial = view.setting.filter.evidence().parts();
    let wrong: u64 = trial
        .map(|trial| trial.parts.as_slice())
        .unwrap_or_default()
        .iter()
        .filter(|part| part.what == WAYS_ROUND)
        .map(|part| part.wrong)
        .sum();
    if known.is_empty() {
        return not("No filter runs here that would close them.");
    }
    if wrong > 0 {
        return not(format!("{wrong} tries got through in the last trial."));
    }
    let words = format!(
        "{} are known; for children each is closed or told.",
        known.len()
    );
    match trial {
        Some(trial) => yes(format!("{words} Last tried: {}.", trial.at.in_words())),
        None => partly(format!(
            "{words} The filter has not said yet how trying them went."
        )),
    }
}

fn changes(view: &View<'_>) -> Stands {
    let all = view.setting.filter.changes();
    let by_two = all
        .filter(|change| change.decided.is_some_and(|(yes, ..)| yes))
        .count();
    yes(format!(
        "{by_two} changes were proposed by one person and approved by another; each is in the ledger with its reason, what was weighed up and its last day. Nobody changes the filter alone."
    ))
}

fn pages(view: &View<'_>) -> Stands {
    if !asked(view, "filter.content") {
        return not(
            "Our policy does not ask for it. Sites are closed by name; what an encrypted page says is not seen.",
        );
    }
    let devices = covered::devices(view);
    let own = devices.iter().filter(|own| own.door == Door::Inspected);
    let count = own.count();
    let words = "Pages are judged on devices that are set up for it, while an adult has opened the internet for children. What an encrypted page says is not seen anywhere else.";
    match count {
        0 => not(format!("No device is set up for it yet. {words}")),
        _ => partly(format!(
            "{count} of {} devices are set up for it. {words}",
            devices.len()
        )),
    }
}

fn put_in(view: &View<'_>) -> Stands {
    let all = covered::devices(view);
    let count = |door: Door| all.iter().filter(|own| own.door == door).count();
    yes(format!(
        "By names: {}. Through the web proxy: {}. With pages looked into: {}. Not filtered: {}. The page on what the filter covers has each device.",
        count(Door::Names),
        count(Door::Proxy),
        count(Door::Inspected),
        count(Door::Not)
    ))
}

fn policy(view: &View<'_>) -> Stands {
    if asked(view, "policy.publication") {
        return yes(
            "The policy is published by this program, with the clauses that close each kind.",
        );
    }
    partly(
        "The page of the filter quotes the words of the policy for each kind; the policy does not say how it is published.",
    )
}

fn who(view: &View<'_>) -> Stands {
    if view.network.standing().is_none() {
        return not("No filter runs here at the moment.");
    }
    let unknown = view.setting.devices.unknown();
    let unknown = unknown.filter(|(_, own)| own.settled.is_none()).count();
    yes(format!(
        "Each trace names the device of the register and, where it is signed out or belongs to somebody, the person; else it says “unknown device”. {unknown} unknown devices wait to be settled."
    ))
}

fn apps(view: &View<'_>) -> Stands {
    let not_seen = covered::devices(view);
    let count = not_seen.iter().filter(|own| own.door == Door::Not).count();
    partly(format!(
        "The names that apps ask for are filtered as those of pages are. What an app does with servers whose addresses are built in is not seen. {count} devices are not filtered here."
    ))
}

fn reporting(view: &View<'_>) -> Stands {
    let reports = view.setting.filter.evidence().reports().count();
    let requests = view.setting.filter.requests().count();
    yes(format!(
        "Whoever works here can report a page that should be closed ({reports} so far) and ask for one that should be open ({requests} so far). A second person answers."
    ))
}

fn reports(view: &View<'_>) -> Stands {
    match traced(view) {
        Some(kept) => yes(format!(
            "Traces of {} days are kept; reports are by day, kind, room, device and person.",
            kept.days
        )),
        None => not("No traces are kept here at the moment."),
    }
}

fn search(view: &View<'_>) -> Stands {
    let trial = view.setting.filter.evidence().parts();
    let parts = trial
        .map(|trial| trial.parts.as_slice())
        .unwrap_or_default();
    let own = parts.iter().filter(|part| part.what == "safe-search");
    let wrong: u64 = own.map(|part| part.wrong).sum();
    let words = "Search engines and film sites are made safe for children and visitors; one that can’t be made safe is closed for children.";
    match (trial, wrong) {
        (Some(trial), 0) => yes(format!("{words} Last tried: {}.", trial.at.in_words())),
        (Some(_), wrong) => not(format!("{words} In the last trial {wrong} were not.")),
        (None, _) => partly(format!(
            "{words} It has not been tried yet, as far as is known here."
        )),
    }
}

fn tested(view: &View<'_>) -> Stands {
    let known = view.setting.filter.evidence();
    let since = plus_days(view.today, -92);
    let done = known
        .checks()
        .filter_map(|check| Some((check.done()?, check)));
    let lately: Vec<_> = done.filter(|(at, _)| at.date() >= since).collect();
    let wrong: usize = lately.iter().map(|(_, check)| check.wrong().count()).sum();
    let trial =
        known
            .last_trial()
            .map_or("The filter has not tried itself yet.".to_owned(), |last| {
                format!(
                    "The filter last tried itself on {}: {} questions, {} wrong.",
                    date_in_words(last.at.date()),
                    last.tried,
                    last.wrong
                )
            });
    if lately.is_empty() {
        return partly(format!(
            "Nobody has checked a device in the last three months. {trial}"
        ));
    }
    yes(format!(
        "{} devices were checked by hand in the last three months; {wrong} steps were not right. {trial}",
        lately.len()
    ))
}
