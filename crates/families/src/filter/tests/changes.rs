//! filter.changes: changes of filtering are assessed, approved and logged.

use super::{answer_with, cast, decide, filter, open_kind, open_site, propose, request};
use crate::{
    devices::kinds::Users,
    filter::{acts::Act, entries::What, plan},
    spine::{
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

const BY_LEADERS: &str = r#"
[[clause]]
id = "changes"
section = "Filtering"
text = "The management team consents to each change of filtering."
controls = ["filter.changes"]
values = { approved_by = ["management team"] }
"#;

fn in_force(scenario: &Scenario) -> usize {
    scenario.setting.filter.in_force(scenario.today()).count()
}

#[test]
fn nobody_changes_the_filter_alone() {
    let (mut scenario, kit, tomos) = cast(BY_LEADERS);
    scenario.act(tomos, propose(open_site("ponds.example"), &[Users::Staff]), expect!["not allowed: the manager, the deputy manager, the technical lead, the designated safeguarding lead or the deputy safeguarding lead may"]);
    scenario.act(
        MANAGER,
        propose(open_site("ponds.example"), &[Users::Staff]),
        expect!["filter.proposed"],
    );
    assert_eq!(in_force(&scenario), 0);
    scenario.act(MANAGER, decide(1, true), expect!["refused by filter.changes (changes): You proposed or asked for it, so somebody else has to approve it. The management team can allow it. Ask them to look at it. It waits on the page of the filter."]);
    scenario.act(kit, decide(1, true), expect!["refused by filter.changes (changes): Changes of the filter are approved by others here. The management team can allow it. Tell them that it waits on the page of the filter."]);
    scenario.act(
        kit,
        propose(open_site("trains.example"), &[Users::Staff]),
        expect!["filter.proposed"],
    );
    scenario.act(MANAGER, decide(2, true), expect!["filter.decided"]);
    assert_eq!(in_force(&scenario), 1);
    scenario.act(
        MANAGER,
        decide(2, false),
        expect!["mistake in change: This change was decided on already"],
    );
    expect![[r#"
        open ponds.example | People who work here | It is needed for planning | We read all of it | Maya Lin | - | 2026-09-30 | Waits for a second person
        open trains.example | People who work here | It is needed for planning | We read all of it | Kit Moor | Maya Lin | 2026-09-30 | In force"#]]
    .assert_eq(&scenario.registered("filter.changes"));
}

#[test]
fn a_change_is_taken_back_with_one_step_and_ends_by_itself() {
    let (mut scenario, kit, _) = cast(BY_LEADERS);
    scenario.done(kit, propose(open_site("ponds.example"), &[Users::Staff]));
    scenario.done(MANAGER, decide(1, true));
    let back = filter(Act::TakeBack {
        change: 1,
        why: "It has advertisements".to_owned(),
    });
    scenario.act(kit, back.clone(), expect!["filter.taken-back"]);
    assert_eq!(in_force(&scenario), 0);
    scenario.act(
        kit,
        back,
        expect!["mistake in change: This change is not in force"],
    );
    scenario.done(kit, propose(open_site("ponds.example"), &[Users::Staff]));
    scenario.done(MANAGER, decide(2, true));
    scenario.on(2026, 9, 30);
    assert_eq!(in_force(&scenario), 1);
    scenario.on(2026, 10, 1);
    assert_eq!(in_force(&scenario), 0);
}

#[test]
fn without_a_policy_it_takes_two_people_and_a_last_day_too() {
    let mut scenario = Scenario::new();
    let forever = filter(Act::Propose {
        what: open_site("ponds.example"),
        users: vec![Users::Staff],
        until: None,
        reason: "Because".to_owned(),
        risk: "None".to_owned(),
    });
    scenario.act(
        MANAGER,
        forever,
        expect!["mistake in until: What is opened ends on a day. Choose one"],
    );
    let long = filter(Act::Propose {
        what: open_site("ponds.example"),
        users: vec![Users::Staff],
        until: Some(Date::constant(2036, 1, 1)),
        reason: "Because".to_owned(),
        risk: "None".to_owned(),
    });
    scenario.act(
        MANAGER,
        long,
        expect!["mistake in until: Choose a day within the next 366 days"],
    );
    let close = filter(Act::Propose {
        what: What::CloseSite {
            site: "cards.example".to_owned(),
        },
        users: vec![Users::Staff],
        until: None,
        reason: "It is a casino".to_owned(),
        risk: "None".to_owned(),
    });
    scenario.act(MANAGER, close, expect!["filter.proposed"]);
    scenario.act(
        MANAGER,
        decide(1, true),
        expect!["mistake in change: A second person has to agree"],
    );
    scenario.act(
        MANAGER,
        propose(open_kind("ways-round"), &[Users::Staff]),
        expect!["mistake in kind: This kind is closed for everybody"],
    );
}

/// What the plan says to a name for those who work here: open, closed or nothing.
fn single(scenario: &Scenario, name: &str) -> Vec<bool> {
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let own = plan.exceptions.iter().filter(|one| one.name == name);
    own.map(|one| one.open).collect()
}

#[test]
fn what_two_people_closed_takes_two_people_to_open() {
    let (mut scenario, kit, _) = cast(BY_LEADERS);
    let close = What::CloseSite {
        site: "cards.example".to_owned(),
    };
    scenario.done(kit, propose(close, &[Users::Staff]));
    scenario.done(MANAGER, decide(1, true));
    let page = scenario.page(kit, "/filter", &[]);
    assert!(!page.contains("/filter/take-back?change=1"), "{page}");
    let back = filter(Act::TakeBack {
        change: 1,
        why: "I need it".to_owned(),
    });
    scenario.act(
        kit,
        back,
        expect![
            "mistake in change: This closes something. Propose to open it; a second person approves"
        ],
    );
    assert_eq!(single(&scenario, "cards.example"), [false]);
    // Two people open it, for as long as they say.
    scenario.done(kit, propose(open_site("cards.example"), &[Users::Staff]));
    assert_eq!(single(&scenario, "cards.example"), [false]);
    scenario.later(1);
    scenario.done(MANAGER, decide(2, true));
    assert_eq!(single(&scenario, "cards.example"), [true]);
    let back = filter(Act::TakeBack {
        change: 2,
        why: "We have the card".to_owned(),
    });
    scenario.act(MANAGER, back, expect!["filter.taken-back"]);
    assert_eq!(single(&scenario, "cards.example"), [false]);
}

#[test]
fn what_a_site_needs_from_elsewhere_is_agreed_on_by_two() {
    let (mut scenario, _, tomos) = cast(BY_LEADERS);
    let until = Some(Date::constant(2026, 9, 30));
    scenario.done(tomos, request("ponds.example", Users::Staff));
    let needs = ["films.ponds.example", "pictures.example"];
    scenario.act(
        MANAGER,
        answer_with(1, until, &needs),
        expect!["filter.answered, filter.proposed"],
    );
    // What was asked for is open, with what is below it; the rest waits.
    assert_eq!(single(&scenario, "ponds.example"), [true]);
    assert_eq!(single(&scenario, "films.ponds.example"), [true]);
    assert!(single(&scenario, "pictures.example").is_empty());
    scenario.act(MANAGER, decide(2, true), expect!["refused by filter.changes (changes): You proposed or asked for it, so somebody else has to approve it. The management team can allow it. Ask them to look at it. It waits on the page of the filter."]);
    let deputy = scenario.holder(
        "Ines Marsh",
        crate::people::group::Group::Staff,
        crate::roles::role::Role::DeputyManager,
    );
    let params = Params([("change".to_owned(), "2".to_owned())].into());
    let start = scenario.view(deputy, |view| {
        (Scenario::form("filter.decide").start)(view, &params)
    });
    let page = start.above.expect("the change is shown").into_string();
    assert!(page.contains("With what it needs"), "{page}");
    assert!(page.contains("pictures.example"), "{page}");
    scenario.act(deputy, decide(2, true), expect!["filter.decided"]);
    assert_eq!(single(&scenario, "pictures.example"), [true]);
    expect![[r#"
        open ponds.example, with films.ponds.example | People who work here | For the story of the week | We looked at it | Tomos Reed | Maya Lin | 2026-09-30 | In force
        open ponds.example, with pictures.example | People who work here | For the story of the week | We looked at it | Maya Lin | Ines Marsh | 2026-09-30 | In force"#]]
    .assert_eq(&scenario.registered("filter.changes"));
}
