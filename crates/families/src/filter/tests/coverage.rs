//! filter.coverage: the filter says what it covers and what it does not.

use super::{cast, evidence};
use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{About, Users},
    },
    filter::{
        acts::evidence::Act,
        checklist::{Answer, CHECKLISTS},
        entries::{What, evidence::Door},
        network::{Came, List, Network, Replay, Standing, Way},
    },
    spine::{
        act::Act as AnyAct,
        control::Standpoint,
        page::Shown,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::{Date, Moment};

const COVERED: &str = r#"
[[clause]]
id = "covered"
section = "Filtering"
text = "We know what our filter covers, and review it."
controls = ["filter.coverage"]
"#;

/// A filter that saw two devices.
struct Running;

fn at() -> Moment {
    Moment::on(Date::constant(2026, 8, 30), 10, 0)
}

impl Network for Running {
    fn standing(&self) -> Option<Standing> {
        Some(Standing {
            lists: vec![List {
                name: "Casinos".to_owned(),
                kind: "gambling".to_owned(),
                names: 9_600,
                since: Some(at()),
                ..List::default()
            }],
            names: vec![("gambling".to_owned(), 9_600)],
            phrases: vec![("self-harm".to_owned(), 310)],
            proxy: true,
            must_stay_open: 600,
            ..Standing::default()
        })
    }

    fn ways_round(&self) -> Vec<Way> {
        Vec::new()
    }

    fn doors(&self) -> Vec<Came> {
        vec![Came {
            device: 1,
            names: Some(at()),
            proxy: Some(at()),
            inspected: None,
        }]
    }

    fn replay(&self, _: &What, _: &[Users]) -> Option<Replay> {
        None
    }
}

fn device(scenario: &mut Scenario, name: &str, address: &str) {
    let about = About {
        name: name.to_owned(),
        serial: name.to_owned(),
        users: Users::Staff,
        addresses: Some(address.to_owned())
            .filter(|own| !own.is_empty())
            .into_iter()
            .collect(),
        ..About::default()
    };
    scenario.done(MANAGER, AnyAct::Devices(Devices::Add(Box::new(about))));
}

#[test]
fn the_page_says_what_stands_behind_each_kind_and_what_is_not_covered() {
    let (mut scenario, kit, tomos) = cast(COVERED);
    scenario.network = Box::new(Running);
    device(&mut scenario, "Laptop", "10.0.0.20");
    device(&mut scenario, "Old phone", "");
    let line = evidence(Act::RecordLine {
        name: "Office hot spot".to_owned(),
        kind: "hotspot".to_owned(),
        filtered: "not".to_owned(),
        how: "Switched off; for the office only".to_owned(),
    });
    scenario.act(tomos, line.clone(), expect!["not allowed: the manager, the deputy manager, the technical lead, the designated safeguarding lead or the deputy safeguarding lead may"]);
    scenario.act(kit, line, expect!["filter.line-recorded"]);
    let not = evidence(Act::RecordDoor {
        device: 2,
        door: Door::Not,
        note: String::new(),
    });
    scenario.act(kit, not, expect!["mistake in note: Write something here"]);
    let page = scenario.page(tomos, "/filter/coverage", &[]);
    for words in [
        "9600",
        "310",
        "30 August 2026",
        "Through the web proxy",
        "Seen on 30 August 2026",
        "Not filtered here: Old phone.",
        "Not filtered at all: Office hot spot. Switched off; for the office only",
        "No licensed list of what is illegal is here",
        "No list stands behind: pornography, violence",
        "Pages are not looked into",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    expect![
        "Office hot spot | The hot spot of a phone | Not at all | Switched off; for the office only"
    ]
    .assert_eq(&scenario.registered("filter.coverage"));
}

fn rows(scenario: &Scenario, list: usize) -> Vec<(&'static str, Answer)> {
    scenario.view(MANAGER, |view| {
        let rows = CHECKLISTS[list].rows.iter();
        rows.map(|row| (row.title, (row.stands)(view).answer))
            .collect()
    })
}

#[test]
fn every_row_of_the_national_checklists_is_answered_from_what_is_so() {
    let (mut scenario, kit, tomos) = cast(COVERED);
    assert_eq!(CHECKLISTS.map(|list| list.rows.len()), [22, 17, 11]);
    let answer = |rows: &[(&str, Answer)], title: &str| {
        rows.iter()
            .find(|(own, _)| *own == title)
            .map(|(_, answer)| *answer)
    };
    // Without filter or provider most is not so, and says it.
    let bare = rows(&scenario, 0);
    assert_eq!(
        answer(&bare, "Internet Watch Foundation: list"),
        Some(Answer::No)
    );
    assert_eq!(answer(&bare, "Ways round"), Some(Answer::No));
    assert_eq!(answer(&bare, "Reports"), Some(Answer::No));
    assert_eq!(answer(&rows(&scenario, 2), "Review"), Some(Answer::No));
    let provider = crate::filter::entries::evidence::Provider {
        name: "Vale Broadband".to_owned(),
        does: vec!["broadband".to_owned(), "filtering".to_owned()],
        contact: "01632 960 500".to_owned(),
        standings: ["iwf", "iwf-list", "ctiru"]
            .map(|what| crate::filter::entries::evidence::Accredited {
                what: what.to_owned(),
                until: Date::constant(2026, 12, 31),
            })
            .into(),
        ..crate::filter::entries::evidence::Provider::default()
    };
    let name = evidence(Act::NameProvider {
        provider: None,
        about: Box::new(provider),
    });
    scenario.done(kit, name);
    let review = evidence(Act::Review {
        people: vec![MANAGER, tomos],
        found: "All rows were read".to_owned(),
        changes: "A second check each month".to_owned(),
    });
    scenario.act(kit, review.clone(), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    scenario.done(MANAGER, review);
    let now = rows(&scenario, 0);
    assert_eq!(
        answer(&now, "Internet Watch Foundation: member"),
        Some(Answer::Yes)
    );
    assert_eq!(
        answer(&now, "Internet Watch Foundation: list"),
        Some(Answer::Partly)
    );
    assert_eq!(answer(&now, "Terrorist material"), Some(Answer::Yes));
    assert_eq!(answer(&rows(&scenario, 2), "Review"), Some(Answer::Yes));
    // What a provider is accredited for ends by its day.
    scenario.on(2027, 1, 1);
    assert_eq!(
        answer(&rows(&scenario, 0), "Terrorist material"),
        Some(Answer::No)
    );
    for page in ["/filter/checklists", "/filter/review-pack"] {
        let shown = scenario.shown(MANAGER, page, &[]);
        assert!(matches!(shown, Some(Shown::Document(_))), "{page}");
    }
}

#[test]
fn a_review_is_due_each_year_and_when_an_ai_tool_comes() {
    let (mut scenario, kit, _) = cast(COVERED);
    assert_eq!(scenario.owed("filter.coverage"), "");
    let ask = evidence(Act::AskReview {
        why: "ai-tool".to_owned(),
        what: "A tool that writes observations".to_owned(),
    });
    scenario.act(kit, ask, expect!["filter.review-asked"]);
    expect!["Review filtering and monitoring: an AI tool is introduced by 2026-09-15: Maya Lin"]
        .assert_eq(&scenario.owed("filter.coverage"));
    let review = evidence(Act::Review {
        people: vec![MANAGER],
        found: "The tool sees no names".to_owned(),
        changes: "None".to_owned(),
    });
    scenario.on(2026, 9, 10);
    scenario.done(MANAGER, review);
    assert_eq!(scenario.owed("filter.coverage"), "");
    scenario.on(2027, 8, 20);
    expect!["Review filtering and monitoring by 2027-09-10: Maya Lin"]
        .assert_eq(&scenario.owed("filter.coverage"));
    let running = scenario.in_force.find("filter.coverage").unwrap();
    let notices = running.control.notices(&Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    });
    assert!(notices.iter().all(|notice| notice.says.len() == 3));
}
