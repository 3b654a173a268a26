//! filter.inappropriate: unsuitable material is closed by kinds of sites.

use super::{cast, decide, evidence, filter, open_kind, propose};
use crate::{
    devices::kinds::Users,
    filter::{
        acts::{Act, evidence::Act as Evidence},
        entries::{Subscription, What},
        network::{List, Network, NoNetwork, Replay, Standing, State, Way},
        plan, subscriptions,
    },
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::{Date, Moment};

const CLOSED: &str = r#"
[[clause]]
id = "closed"
section = "Filtering"
text = "Terrorist and extremist material, and gambling, stay out of reach of children and staff."
controls = ["filter.inappropriate"]
values = { categories = ["terrorism", "extremism", "gambling"], profiles = ["children", "staff"] }
"#;

fn casinos() -> Subscription {
    Subscription {
        name: "Casinos".to_owned(),
        address: "https://lists.example/casinos.txt".to_owned(),
        kind: "gambling".to_owned(),
        form: "hosts".to_owned(),
        licence: "MIT".to_owned(),
        attribution: "Example Lists".to_owned(),
    }
}

fn change(what: What, until: Option<Date>) -> AnyAct {
    filter(Act::Propose {
        what,
        users: Vec::new(),
        until,
        reason: "It has more of them".to_owned(),
        risk: "We looked at it".to_owned(),
    })
}

fn add(list: Subscription) -> AnyAct {
    change(What::AddList { list }, None)
}

fn lists(scenario: &Scenario) -> Vec<(String, Option<Date>)> {
    let all = subscriptions::of(&scenario.setting.filter, scenario.today());
    all.into_iter()
        .map(|own| (own.list.name, own.rests_until))
        .collect()
}

#[test]
fn what_the_policy_names_is_opened_by_no_change() {
    let (mut scenario, kit, _) = cast(CLOSED);
    scenario.act(kit, propose(open_kind("gambling"), &[Users::Staff]), expect!["refused by filter.inappropriate (closed): Gambling is closed here for children, staff; this would open it for: people who work here. Nobody can allow it. If a single site is on a list by mistake, tell whoever makes the list."]);
    // Weapons are not named, and visitors are not.
    scenario.act(
        kit,
        propose(open_kind("weapons"), &[Users::Staff]),
        expect!["filter.proposed"],
    );
    scenario.act(
        kit,
        propose(open_kind("gambling"), &[Users::Visitors]),
        expect!["filter.proposed"],
    );
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let staff = plan.profiles.iter().find(|own| own.name == "staff");
    let clause = staff.and_then(|own| own.clauses.get("extremism").cloned());
    assert!(clause.unwrap().starts_with("Terrorist"));
}

#[test]
fn a_list_is_added_paused_and_removed_by_two_people() {
    let (mut scenario, kit, tomos) = cast("");
    scenario.act(tomos, add(casinos()), expect!["not allowed: the manager, the deputy manager, the technical lead, the designated safeguarding lead or the deputy safeguarding lead may"]);
    let bad = |change: fn(&mut Subscription)| {
        let mut list = casinos();
        change(&mut list);
        add(list)
    };
    let plain = bad(|list| list.address = "http://lists.example/a".to_owned());
    scenario.act(kit, plain, expect!["mistake in address: Write a whole address that begins with https:// and has a name, not a number"]);
    let form = bad(|list| list.form = "word".to_owned());
    scenario.act(
        kit,
        form,
        expect!["mistake in form: Choose one of the forms in the list"],
    );
    scenario.act(kit, add(casinos()), expect!["filter.proposed"]);
    assert!(lists(&scenario).is_empty());
    scenario.act(
        kit,
        decide(1, true),
        expect!["mistake in change: A second person has to agree"],
    );
    scenario.done(MANAGER, decide(1, true));
    assert_eq!(lists(&scenario), [("Casinos".to_owned(), None)]);
    scenario.act(
        kit,
        add(casinos()),
        expect!["mistake in list: There is a list of this name already"],
    );
    // Nobody takes it away alone.
    let back = filter(Act::TakeBack {
        change: 1,
        why: "Too much".to_owned(),
    });
    scenario.act(
        kit,
        back,
        expect![
            "mistake in change: This closes something. Propose to open it; a second person approves"
        ],
    );
    let pause = |until| {
        let name = "Casinos".to_owned();
        change(What::PauseList { name }, until)
    };
    scenario.act(
        kit,
        pause(None),
        expect!["mistake in until: What is opened ends on a day. Choose one"],
    );
    let until = Some(Date::constant(2026, 9, 8));
    scenario.done(kit, pause(until));
    scenario.later(1);
    scenario.done(MANAGER, decide(2, true));
    assert_eq!(lists(&scenario), [("Casinos".to_owned(), until)]);
    // A pause is taken back with one step, and ends by itself.
    let back = filter(Act::TakeBack {
        change: 2,
        why: "It is needed".to_owned(),
    });
    scenario.done(MANAGER, back);
    assert_eq!(lists(&scenario), [("Casinos".to_owned(), None)]);
    let remove = || {
        let name = "Casinos".to_owned();
        change(What::RemoveList { name }, None)
    };
    scenario.done(kit, remove());
    scenario.later(1);
    scenario.done(MANAGER, decide(3, true));
    assert!(lists(&scenario).is_empty());
    scenario.act(
        kit,
        remove(),
        expect!["mistake in list: There is no such list"],
    );
}

#[test]
fn a_list_that_alone_stands_behind_what_the_policy_closes_is_not_let_go() {
    let (mut scenario, kit, _) = cast(CLOSED);
    scenario.done(kit, add(casinos()));
    scenario.done(MANAGER, decide(1, true));
    let remove = || {
        let name = "Casinos".to_owned();
        change(What::RemoveList { name }, None)
    };
    scenario.act(kit, remove(), expect!["refused by filter.inappropriate (closed): Our policy closes gambling, and no other list here stands behind that. Nobody can allow it. Add another list of this kind first."]);
    let other = Subscription {
        name: "Betting".to_owned(),
        address: "https://lists.example/betting.txt".to_owned(),
        ..casinos()
    };
    scenario.done(kit, add(other));
    scenario.done(MANAGER, decide(2, true));
    scenario.act(kit, remove(), expect!["filter.proposed"]);
    scenario.done(MANAGER, decide(3, true));
    expect!["Betting | Gambling | MIT | Example Lists | - | - | -"]
        .assert_eq(&scenario.registered("filter.inappropriate"));
}

fn report(site: &str) -> AnyAct {
    evidence(Evidence::ReportPage {
        site: site.to_owned(),
        users: Users::Staff,
        why: "It is a casino".to_owned(),
    })
}

#[test]
fn a_page_that_somebody_reports_is_closed_by_a_second_person() {
    let (mut scenario, kit, tomos) = cast(CLOSED);
    scenario.act(
        tomos,
        report("https://cards.example/play"),
        expect!["filter.page-reported"],
    );
    scenario.act(
        tomos,
        report("cards.example"),
        expect!["mistake in site: Somebody has reported this site already. It waits for an answer"],
    );
    expect!["Answer whether cards.example is closed by 2026-09-02: Kit Moor"]
        .assert_eq(&scenario.owed("filter.inappropriate"));
    let told = crate::notices::tells::tells(scenario.lines.last().unwrap(), &scenario.setting);
    assert_eq!(told.len(), 1);
    let answer = |close| {
        evidence(Evidence::AnswerReport {
            report: 1,
            close,
            why: "It is one".to_owned(),
        })
    };
    assert!(
        scenario
            .page(kit, "/filter/requests", &[])
            .contains("/filter/report/answer?report=1")
    );
    scenario.act(kit, answer(true), expect!["filter.report-answered"]);
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let closed = plan
        .exceptions
        .iter()
        .find(|own| own.name == "cards.example");
    assert!(closed.is_some_and(|own| !own.open));
    assert_eq!(scenario.owed("filter.inappropriate"), "");
    scenario.act(
        kit,
        answer(false),
        expect!["mistake in report: This report was answered already"],
    );
    // Whoever reports one does not answer it.
    scenario.done(kit, report("dice.example"));
    let own = evidence(Evidence::AnswerReport {
        report: 2,
        close: true,
        why: "Yes".to_owned(),
    });
    scenario.act(
        kit,
        own,
        expect!["mistake in report: A second person has to agree"],
    );
}

/// A filter with one list that is held back.
struct Running;

impl Network for Running {
    fn standing(&self) -> Option<Standing> {
        Some(Standing {
            made: Some(Moment::on(Date::constant(2026, 9, 1), 2, 0)),
            lists: vec![List {
                name: "Casinos".to_owned(),
                kind: "gambling".to_owned(),
                names: 9_600,
                licence: "MIT".to_owned(),
                attribution: "Example Lists".to_owned(),
                since: Some(Moment::on(Date::constant(2026, 8, 20), 2, 0)),
                state: State::Shrunk,
                why: "It has 12 names and had 9,600".to_owned(),
                ..List::default()
            }],
            names: vec![("gambling".to_owned(), 9_600)],
            must_stay_open: 600,
            ..Standing::default()
        })
    }

    fn ways_round(&self) -> Vec<Way> {
        NoNetwork.ways_round()
    }

    fn doors(&self) -> Vec<crate::filter::network::Came> {
        Vec::new()
    }

    fn replay(&self, _: &What, _: &[Users]) -> Option<Replay> {
        Some(Replay {
            from: Date::constant(2026, 8, 2),
            asked: 5_000,
            opens: vec![crate::filter::network::Effect {
                name: "dice.example".to_owned(),
                users: Users::Staff,
                times: 7,
            }],
            ..Replay::default()
        })
    }
}

#[test]
fn the_page_of_lists_says_how_old_each_is_on_what_terms_and_why_one_is_held_back() {
    let (mut scenario, kit, tomos) = cast("");
    scenario.network = Box::new(Running);
    let page = scenario.page(tomos, "/filter/lists", &[]);
    for words in [
        "Casinos",
        "Gambling",
        "9600",
        "20 August 2026",
        "MIT",
        "Example Lists",
        "Held back: much shorter than before",
        "It has 12 names and had 9,600",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("/filter/lists/shorter"), "{page}");
    let page = scenario.page(kit, "/filter/lists", &[]);
    assert!(
        page.contains("/filter/lists/shorter?list=Casinos"),
        "{page}"
    );
    // Whoever decides sees what a change would have opened.
    scenario.done(kit, propose(open_kind("games"), &[Users::Staff]));
    let params = crate::spine::page::Params([("change".to_owned(), "1".to_owned())].into());
    let shown = |who: Person| {
        scenario.view(who, |view| {
            let form = Scenario::form("filter.decide");
            (form.start)(view, &params).above.unwrap().into_string()
        })
    };
    let page = shown(MANAGER);
    assert!(
        page.contains("dice.example") && page.contains("Would have been opened"),
        "{page}"
    );
}
