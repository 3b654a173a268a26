//! Breaks the filter on purpose, in more than two hundred ways, and counts how many of them its trial
//! notices: faults of the code, of the file and of the plan.

use super::{rehearsal, tested};
use crate::{
    check,
    compiled::{Builder, Compiled, List, Survey},
    news::{Occasion, Tested},
    ours::{Safe, search_engines, sets},
    plan::{Closed, Gate, Plan},
    seam::{Fault, with},
};
use jiff::civil::date;
use kernel::moment::Moment;
use std::{collections::BTreeMap, sync::Arc};

/// A Monday morning.
fn clock() -> Moment {
    Moment::on(date(2026, 11, 23), 10, 10)
}

const PLAN: &str = r#"
strangers = "guests"
[closing]
answer = "page"
page4 = "192.0.2.80"
page6 = "2001:db8::80"
[[profile]]
name = "children"
children = true
closed = ["adult", "games", "gambling", "social", "chat", "ai", "weapons"]
[[profile]]
name = "staff"
closed = ["adult", "gambling", "malware", "phishing", "ways-round", "drugs"]
[[profile]]
name = "guests"
safe_search = true
closed = ["adult", "games", "gambling", "personal-mail", "drugs"]
keep_seconds_max = 30
[[profile]]
name = "cook"
limited = true
approved = ["recipes.example", "shop.example"]
[[profile]]
name = "office"
closed = ["all"]
[[profile.hours]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "08:00"
until = "17:00"
[[profile]]
name = "evening"
closed = ["adult"]
[[profile.hours]]
days = ["mon"]
from = "18:00"
until = "20:00"
[[floor]]
by = "the council"
profiles = ["staff", "guests"]
closed = ["weapons"]
names = ["rumours.example", "play.example"]
[[device]]
name = "tablet"
addresses = ["192.0.2.7", "2001:db8::7"]
key = "tablet-4f2a91c07b"
profile = "children"
sessions_only = true
[[device]]
name = "tablet two"
addresses = ["192.0.2.8"]
profile = "children"
sessions_only = true
[[device]]
name = "screen"
addresses = ["192.0.2.12"]
profile = "children"
[[device]]
name = "office"
addresses = ["192.0.2.64/28"]
profile = "children"
person = "17"
[[device]]
name = "printer"
addresses = ["192.0.2.64/30"]
profile = "cook"
[[device]]
name = "lost"
addresses = ["192.0.2.9"]
profile = "staff"
cut_off = true
[[person]]
name = "17"
profile = "staff"
[[session]]
name = "songs"
devices = ["tablet"]
from = "2026-11-23T10:00:00Z"
until = "2026-11-23T10:20:00Z"
names = ["songs.example", "toys.example"]
limited = true
[[session]]
name = "pictures"
devices = ["screen"]
from = "2026-11-23T10:00:00Z"
until = "2026-11-23T10:30:00Z"
names = ["game-1.example", "dns.google"]
[[exception]]
name = "adult-2.example"
open = true
profiles = ["staff"]
until = "2026-11-23T11:00:00Z"
reason = "A training"
[[exception]]
name = "play.example"
open = true
until = "2027-01-01T00:00:00Z"
reason = "A fair"
[[exception]]
name = "gossip.example"
open = false
reason = "Not here"
[[exception]]
name = "both.example"
open = true
until = "2027-01-01T00:00:00Z"
reason = "Somebody asked"
[[exception]]
name = "both.example"
open = false
reason = "Somebody else said no"
"#;

/// Lists by category: names of our own, and what we ship.
type Lists = BTreeMap<String, Vec<String>>;

fn lists() -> Lists {
    let words = [
        "illegal", "adult", "game", "gambling", "drug", "weapon", "malware", "phishing",
    ];
    let own = words.iter().map(|word| {
        let names = (1..=20).map(|number| format!("{word}-{number}.example"));
        let category = match *word {
            "game" | "drug" | "weapon" => format!("{word}s"),
            word => word.to_owned(),
        };
        (category, names.collect())
    });
    let ours = sets().iter().map(|set| {
        let names = set.names.iter().map(|name| name.name.clone());
        (set.list.category.clone(), names.collect())
    });
    own.chain(ours).collect()
}

fn file(lists: &Lists) -> Arc<Compiled> {
    let about = lists.keys().map(|category| List {
        name: format!("{category}.txt"),
        category: category.clone(),
        ..List::default()
    });
    let mut builder = Builder::begin(about.collect(), &Survey::new()).unwrap();
    for (number, names) in (0..).zip(lists.values()) {
        for (line, name) in (1..).zip(names) {
            builder.add(number, line, name);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    builder.sorted().finish(&path).unwrap();
    Arc::new(Compiled::open(&path).unwrap())
}

fn plan() -> Plan {
    Plan::read(PLAN).unwrap()
}

/// What is wrong with something.
enum Seed {
    Code(Fault),
    Plan(Box<dyn Fn(&mut Plan)>),
    File(Box<dyn Fn(&mut Lists)>),
}

/// What stays the same for all.
struct Right {
    file: Arc<Compiled>,
    plan: Plan,
}

impl Right {
    /// What the trial finds with something wrong.
    fn try_with(&self, seed: Option<&Seed>) -> Tested {
        let (mut plan, mut file) = (self.plan.clone(), Arc::clone(&self.file));
        let mut fault = None;
        match seed {
            None => {}
            Some(Seed::Code(code)) => fault = Some(*code),
            Some(Seed::Plan(change)) => {
                change(&mut plan);
                plan = plan.checked().unwrap();
            }
            Some(Seed::File(change)) => {
                let mut own = lists();
                change(&mut own);
                file = self::file(&own);
            }
        }
        with(fault, || {
            let gate = Arc::new(Gate::new(file, plan));
            let checked = check::check_quickly(&gate, clock()).unwrap();
            let mut found = tested(checked, Occasion::Change, clock());
            let wanted = (&self.plan, self.file.about());
            rehearsal::run(&gate, wanted, clock, &mut found).unwrap();
            found
        })
    }
}

fn code() -> Vec<(String, Seed)> {
    use Fault as F;
    let mut all = vec![
        F::IllegalByPlan,
        F::HelpByPlan,
        F::MustStayByPlan,
        F::NobodyHasAll,
        F::NotCutOff,
        F::NoHours,
        F::NoWaiting,
        F::SessionUnlimited,
        F::SessionShut,
        F::SessionEndless,
        F::ExceptionEndless,
        F::ExceptionForAll,
        F::ExceptionOpens,
        F::NoExceptions,
        F::NoFloors,
        F::FloorLast,
        F::Unlimited,
        F::SafeByServices,
        F::WaysOpen,
        F::HarmOpen,
        F::OnlyWhole,
        F::Beside,
        F::AliasesFree,
        F::FirstAliasOnly,
        F::RoundFree,
        F::PrivateFree,
        F::KeysStay,
        F::OwnEndingsAsked,
        F::DesignatedAsked,
        F::OnlyType(1),
        F::OnlyType(28),
        F::PageElsewhere,
        F::PageElsewhereSix,
        F::ClosedIsEmpty,
        F::KeptLong,
        F::ClosedLong,
        F::KeptAsUpstream,
        F::TableAcrossProfiles,
        F::TableAcrossSessions,
        F::TableAcrossTypes,
        F::TableForEver,
        F::KeptAcrossSafety,
        F::DeviceBefore,
        F::PersonForgotten,
        F::WidestNetwork,
        F::StrangerIsFirst,
        F::KeyIsStranger,
        F::CapitalsDiffer,
        F::StreamsFree,
        F::StreamAliasesFree,
    ];
    all.extend((0..4).map(F::CanaryAsked));
    for profile in 0..6 {
        all.push(F::IllegalOpenFor(profile));
        // Where everything is closed, or all but a few names, the mask says nothing.
        if [0, 1, 2].contains(&profile) {
            all.push(F::BitShifted(profile));
            let others = (0..6).filter(|other| *other != profile);
            all.extend(others.map(|other| F::MaskOfOther(profile, other)));
        }
    }
    for (number, engine) in search_engines().iter().enumerate() {
        all.push(match engine.safe {
            Safe::Closed => F::EngineOpen(number),
            Safe::Answer(_) => F::EngineUnsafe(number),
            Safe::Itself => continue,
        });
    }
    all.iter()
        .map(|fault| (format!("code: {fault:?}"), Seed::Code(*fault)))
        .collect()
}

/// Each category that a profile closes is missing for it, by the number that the file gives it.
fn masks(right: &Right) -> Vec<(String, Seed)> {
    let words = &right.file.about().categories;
    // Ways round and harm are closed for children whatever the mask says.
    let profiles = right.plan.profiles.iter().enumerate().take(3);
    let pairs = profiles.flat_map(|(number, profile)| {
        profile
            .closed
            .iter()
            .map(move |category| (number, category))
    });
    let faults = pairs.map(|(number, category)| {
        let at = words.iter().position(|word| word == category).unwrap();
        let words = format!("code: '{category}' is missing for profile {number}");
        (words, Seed::Code(Fault::CategoryMissing(number, at)))
    });
    faults.collect()
}

fn plans() -> Vec<(String, Seed)> {
    let mut all: Vec<(String, Seed)> = Vec::new();
    let mut add = |words: &str, change: Box<dyn Fn(&mut Plan)>| {
        all.push((format!("plan: {words}"), Seed::Plan(change)));
    };
    let count = plan().profiles.len();
    for at in 0..count {
        let own = plan().profiles[at].clone();
        for category in 0..own.closed.len() {
            // Ways round are closed for children whatever is said.
            let words = format!(
                "'{}' is not closed for '{}'",
                own.closed[category], own.name
            );
            add(
                &words,
                Box::new(move |plan| {
                    plan.profiles[at].closed.remove(category);
                }),
            );
        }
        if own.limited {
            continue;
        }
        add(
            &format!("'{}' closes everything", own.name),
            Box::new(move |plan| {
                let own = &mut plan.profiles[at];
                own.closed = vec!["all".to_owned()];
                own.limited = true;
                own.hours.clear();
            }),
        );
        add(
            &format!("'{}' keeps answers for an hour", own.name),
            Box::new(move |plan| plan.profiles[at].keep_seconds_max = Some(3600)),
        );
        if own.name != "evening" {
            add(
                &format!("'{}' is never open", own.name),
                Box::new(move |plan| {
                    let hours = plan.profiles[5].hours.clone();
                    plan.profiles[at].hours = hours;
                }),
            );
        }
    }
    add(
        "children are no children",
        Box::new(|plan| plan.profiles[0].children = false),
    );
    add(
        "guests search unsafely",
        Box::new(|plan| plan.profiles[2].safe_search = false),
    );
    add(
        "the cook has all",
        Box::new(|plan| plan.profiles[3].limited = false),
    );
    for at in 0..2 {
        add(
            &format!("the cook’s site {at} is missing"),
            Box::new(move |plan| {
                plan.profiles[3].approved.remove(at);
            }),
        );
    }
    for at in [4, 5] {
        add(
            &format!("hours of profile {at} are missing"),
            Box::new(move |plan| plan.profiles[at].hours.clear()),
        );
    }
    add(
        "strangers are staff",
        Box::new(|plan| plan.strangers = Some("staff".to_owned())),
    );
    add(
        "strangers are nobody",
        Box::new(|plan| plan.strangers = None),
    );
    add("no floor", Box::new(|plan| plan.floors.clear()));
    add(
        "a floor without names",
        Box::new(|plan| plan.floors[0].names.clear()),
    );
    add(
        "a floor without categories",
        Box::new(|plan| plan.floors[0].closed.clear()),
    );
    add(
        "a floor for staff alone",
        Box::new(|plan| plan.floors[0].profiles.truncate(1)),
    );
    add(
        "a floor for everybody",
        Box::new(|plan| plan.floors[0].profiles.clear()),
    );
    for at in 0..plan().devices.len() {
        let name = plan().devices[at].name.clone();
        add(
            &format!("'{name}' has another profile"),
            Box::new(move |plan| {
                let device = &mut plan.devices[at];
                device.person = None;
                device.sessions_only = false;
                device.cut_off = false;
                device.profile = match device.profile.as_str() {
                    "guests" => "staff".to_owned(),
                    _ => "guests".to_owned(),
                };
                plan.sessions.clear();
            }),
        );
        // A device that waits for a session is closed anyhow.
        if name != "tablet two" {
            add(
                &format!("'{name}' is cut off, or is not"),
                Box::new(move |plan| plan.devices[at].cut_off ^= true),
            );
        }
        add(
            &format!("'{name}' is at another address"),
            Box::new(move |plan| {
                plan.devices[at].addresses = vec!["198.51.100.200".to_owned().try_into().unwrap()];
            }),
        );
    }
    add(
        "the tablet needs no session",
        Box::new(|plan| plan.devices[1].sessions_only = false),
    );
    add(
        "the key is another",
        Box::new(|plan| {
            plan.devices[0].key = Some("tablet-4f2a91c07c".to_owned());
        }),
    );
    for at in 0..2 {
        add(
            &format!("session {at} is missing"),
            Box::new(move |plan| {
                plan.sessions.remove(at);
            }),
        );
        add(
            &format!("session {at} is for another device"),
            Box::new(move |plan| plan.sessions[at].devices = vec!["tablet two".to_owned()]),
        );
        add(
            &format!("session {at} has no sites"),
            Box::new(move |plan| plan.sessions[at].names.clear()),
        );
        add(
            &format!("session {at} is limited, or is not"),
            Box::new(move |plan| plan.sessions[at].limited ^= true),
        );
        add(
            &format!("session {at} is an hour longer"),
            Box::new(move |plan| {
                plan.sessions[at].until = plan.sessions[at].until.plus_hours(1);
            }),
        );
        add(
            &format!("session {at} has not begun"),
            Box::new(move |plan| plan.sessions[at].from = clock().plus_minutes(1)),
        );
    }
    for at in 0..plan().exceptions.len() - 2 {
        let name = plan().exceptions[at].name.clone();
        add(
            &format!("the exception for {name} is missing"),
            Box::new(move |plan| {
                plan.exceptions.remove(at);
            }),
        );
    }
    add(
        "an exception for everybody",
        Box::new(|plan| plan.exceptions[0].profiles.clear()),
    );
    add(
        "an exception that goes on",
        Box::new(|plan| {
            plan.exceptions[0].until = Some(clock().plus_hours(40));
        }),
    );
    add(
        "an exception that has ended",
        Box::new(|plan| {
            plan.exceptions[0].until = Some(clock());
        }),
    );
    add(
        "what one person closed is open",
        Box::new(|plan| {
            plan.exceptions
                .retain(|one| one.name != "both.example" || one.open);
        }),
    );
    add(
        "the page has another address",
        Box::new(|plan| {
            plan.closing.page4 = Some([192, 0, 2, 81].into());
        }),
    );
    add(
        "the page has none in version 6",
        Box::new(|plan| plan.closing.page6 = None),
    );
    add(
        "there is no page",
        Box::new(|plan| plan.closing.answer = Closed::NoName),
    );
    all
}

fn files() -> Vec<(String, Seed)> {
    let mut all: Vec<(String, Seed)> = Vec::new();
    let mut add = |words: String, change: Box<dyn Fn(&mut Lists)>| {
        all.push((format!("file: {words}"), Seed::File(change)));
    };
    // What nobody closes may as well not be there.
    let nobodys = |own: &String| own == "search" || own == "video";
    let own: Vec<String> = lists().into_keys().filter(|own| !nobodys(own)).collect();
    for category in own {
        let (a, b, c, d) = (
            category.clone(),
            category.clone(),
            category.clone(),
            category.clone(),
        );
        add(
            format!("'{category}' is missing"),
            Box::new(move |lists| {
                lists.remove(&a);
            }),
        );
        add(
            format!("'{category}' is of yesterday, before its last names were added"),
            Box::new(move |lists| {
                let names = lists.get_mut(&b).unwrap();
                names.truncate(3);
            }),
        );
        add(
            format!("names of '{category}' have lost a letter"),
            Box::new(move |lists| {
                for name in lists.get_mut(&c).unwrap() {
                    name.insert(1, 'q');
                }
            }),
        );
        add(
            format!("'{category}' has the names of search engines"),
            Box::new(move |lists| {
                let others = lists.get("search").unwrap().clone();
                let mine = lists.insert(d.clone(), others).unwrap();
                lists.insert("search".to_owned(), mine);
            }),
        );
    }
    add(
        "nothing is in it".to_owned(),
        Box::new(|lists| {
            for names in lists.values_mut() {
                names.truncate(0);
            }
        }),
    );
    all
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let file = file(&lists());
    let no_page = PLAN.replacen("answer = \"page\"", "answer = \"no-name\"", 1);
    for text in [PLAN, &no_page] {
        let plan = Plan::read(text).unwrap();
        let right = Right {
            file: Arc::clone(&file),
            plan,
        };
        let found = right.try_with(None);
        assert_eq!(found.findings, Vec::<String>::new());
        assert!(found.tried > 10_000, "{}", found.tried);
    }
}

#[test]
fn of_more_than_two_hundred_faults_at_least_ninety_nine_in_a_hundred_are_noticed() {
    let right = Right {
        file: file(&lists()),
        plan: plan(),
    };
    let seeds = code().into_iter().chain(masks(&right)).chain(plans());
    let seeds: Vec<(String, Seed)> = seeds.chain(files()).collect();
    let mut missed = Vec::new();
    for (words, seed) in &seeds {
        let found = right.try_with(Some(seed));
        if found.wrong == 0 {
            missed.push(words);
        }
    }
    let noticed = seeds.len() - missed.len();
    let words = format!(
        "{noticed} of {} faults were noticed; missed: {missed:#?}",
        seeds.len()
    );
    eprintln!("{words}");
    assert!(seeds.len() >= 200, "{words}");
    assert!(noticed * 100 >= seeds.len() * 99, "{words}");
}
