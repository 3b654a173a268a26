//! filter.closed-on-failure: when the filter fails, it fails closed, and says so.

use super::{cast, decide, evidence, filter};
use crate::{
    filter::{
        acts::{Act, evidence::Act as Evidence},
        entries::{
            Subscription, What,
            evidence::{ListFound, ListsFound},
        },
        subscriptions,
    },
    notices::tells::tells,
    spine::{
        act::{Act as AnyAct, Person, Who},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const FAILS: &str = r#"
[[clause]]
id = "fails"
section = "Filtering"
text = "When the filter fails nothing is open, and the lead is told."
controls = ["filter.closed-on-failure"]
"#;

fn change(what: What) -> AnyAct {
    filter(Act::Propose {
        what,
        users: Vec::new(),
        until: None,
        reason: "It is so".to_owned(),
        risk: "We looked at it".to_owned(),
    })
}

fn with_list(scenario: &mut Scenario, kit: Person) {
    let list = Subscription {
        name: "Casinos".to_owned(),
        address: "https://lists.example/casinos.txt".to_owned(),
        kind: "gambling".to_owned(),
        licence: "MIT".to_owned(),
        ..Subscription::default()
    };
    scenario.done(kit, change(What::AddList { list }));
    scenario.done(MANAGER, decide(1, true));
}

fn found(scenario: &Scenario, held: Option<&str>) -> AnyAct {
    let now = scenario.now();
    let list = ListFound {
        name: "Casinos".to_owned(),
        kind: "gambling".to_owned(),
        names: 9_600,
        fetched: Some(now),
        checked: Some(now),
        held: held.map(str::to_owned),
    };
    evidence(Evidence::RecordLists(Box::new(ListsFound {
        at: now,
        lists: vec![list],
    })))
}

fn shorter() -> AnyAct {
    change(What::TakeShorter {
        name: "Casinos".to_owned(),
    })
}

#[test]
fn a_shorter_list_is_let_in_by_two_people_and_a_broken_one_by_nobody() {
    let (mut scenario, kit, _) = cast(FAILS);
    with_list(&mut scenario, kit);
    scenario.act(kit, shorter(), expect!["refused by filter.closed-on-failure (fails): No newer version of this list is held back. Nobody can allow it. The page of the lists says how each stands."]);
    let broken = found(&scenario, Some("The file ends in the middle of a line"));
    scenario.act(Who::Clock, broken, expect!["filter.lists-found"]);
    assert_eq!(
        tells(scenario.lines.last().unwrap(), &scenario.setting).len(),
        1
    );
    scenario.act(kit, shorter(), expect!["refused by filter.closed-on-failure (fails): This list is not held back for being shorter: The file ends in the middle of a line. Nobody can allow it. The last good one stays in use. Tell whoever makes the list, or choose another."]);
    expect!["See why a newer version of the list Casinos is not used by 2026-09-02: Maya Lin"]
        .assert_eq(&scenario.owed("filter.closed-on-failure"));
    let short = found(
        &scenario,
        Some("It is much shorter: 12 names, and had 9,600"),
    );
    scenario.done(Who::Clock, short);
    scenario.act(kit, shorter(), expect!["filter.proposed"]);
    let may = |scenario: &Scenario| {
        subscriptions::may_be_shorter(&scenario.setting.filter, scenario.today())
    };
    assert!(may(&scenario).is_empty());
    scenario.done(MANAGER, decide(2, true));
    assert_eq!(may(&scenario), ["Casinos"]);
    let fine = found(&scenario, None);
    scenario.done(Who::Clock, fine);
    assert_eq!(scenario.owed("filter.closed-on-failure"), "");
    // What was allowed once is not allowed for ever.
    scenario.on(2026, 9, 20);
    assert!(may(&scenario).is_empty());
}

#[test]
fn how_the_lists_stand_is_written_down_when_it_changes_and_once_a_day() {
    let (mut scenario, ..) = cast(FAILS);
    let first = found(&scenario, None);
    scenario.act(Who::Clock, first, expect!["filter.lists-found"]);
    scenario.later(60);
    let same = found(&scenario, None);
    scenario.act(Who::Clock, same, expect![""]);
    scenario.later(25 * 60);
    let later = found(&scenario, None);
    scenario.act(Who::Clock, later, expect!["filter.lists-found"]);
}

#[test]
fn the_lead_is_told_when_the_filter_stands_still_and_it_is_on_record() {
    let (mut scenario, kit, tomos) = cast(FAILS);
    let still = || {
        evidence(Evidence::RecordStill {
            since: kernel::moment::Moment::on(kernel::moment::Date::constant(2026, 9, 1), 8, 50),
            why: "The program that answers has ended".to_owned(),
        })
    };
    scenario.act(kit, still(), expect!["not allowed: the program itself may"]);
    scenario.act(Who::Clock, still(), expect!["filter.stood-still"]);
    scenario.act(Who::Clock, still(), expect![""]);
    assert_eq!(
        tells(scenario.lines.last().unwrap(), &scenario.setting).len(),
        1
    );
    expect![
        "Get the filter going again: it stands still, and nothing is open by 2026-09-01: Maya Lin"
    ]
    .assert_eq(&scenario.owed("filter.closed-on-failure"));
    let page = scenario.page(tomos, "/filter", &[]);
    assert!(page.contains("The filter has stood still since"), "{page}");
    scenario.later(5);
    scenario.act(
        Who::Clock,
        evidence(Evidence::RecordRuns),
        expect!["filter.ran-again"],
    );
    assert_eq!(scenario.owed("filter.closed-on-failure"), "");
    expect![
        "1 September 2026, 08:50 | 1 September 2026, 09:12 | The program that answers has ended"
    ]
    .assert_eq(&scenario.registered("filter.closed-on-failure"));
}
