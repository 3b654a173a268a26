//! filter.checks: filtering is checked to be working.

use super::{cast, evidence};
use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{About, Users},
    },
    filter::{
        acts::evidence::Act,
        entries::evidence::{Came, Part, Tested},
    },
    notices::tells::tells,
    spine::{
        act::{Act as AnyAct, Person, Who},
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Moment;

const CHECKED: &str = r#"
[[clause]]
id = "checked"
section = "Filtering"
text = "Each month the deputy manager checks that filtering and monitoring work, and that safety settings are on."
controls = ["filter.checks"]
values = { every = "month", by = ["deputy manager"], checks = ["safety settings on"], checked = ["filtering", "monitoring"] }
"#;

fn device(scenario: &mut Scenario, name: &str, users: Users) {
    let about = About {
        name: name.to_owned(),
        serial: name.to_owned(),
        users,
        ..About::default()
    };
    scenario.done(MANAGER, AnyAct::Devices(Devices::Add(Box::new(about))));
}

pub(super) fn tested(at: Moment, wrong: u64) -> Tested {
    Tested {
        at,
        occasion: "night".to_owned(),
        tried: 5_000,
        wrong,
        findings: (0..wrong)
            .map(|number| format!("way-{number}.example is open for children"))
            .collect(),
        not_covered: vec!["hate".to_owned()],
        over_blocked: Vec::new(),
        faults: Some((200, 199)),
        parts: vec![Part {
            profile: "children".to_owned(),
            what: "ways-round".to_owned(),
            tried: 240,
            wrong,
        }],
        millis: 4_000,
        lists: 7,
    }
}

fn trial(scenario: &Scenario, wrong: u64) -> AnyAct {
    evidence(Act::RecordTrial(Box::new(tested(scenario.now(), wrong))))
}

fn step(scenario: &mut Scenario, who: Person, check: u32, came: Came) {
    let open = scenario.setting.filter.evidence().check(check).unwrap();
    let step = open.next_step().unwrap().to_owned();
    let note = "It was so".to_owned();
    let act = evidence(Act::TakeStep {
        check,
        step,
        came,
        note,
    });
    scenario.done(who, act);
}

#[test]
fn a_person_is_led_through_a_check_and_what_is_wrong_is_owed_until_it_is_right() {
    let (mut scenario, _, tomos) = cast(CHECKED);
    device(&mut scenario, "Robins tablet", Users::Children);
    let begin = evidence(Act::BeginCheck { device: 1 });
    scenario.act(tomos, begin.clone(), expect!["filter.check-begun"]);
    let form = Scenario::form("filter.take-step");
    let shown = |scenario: &Scenario, who: Person| {
        scenario.view(who, |view| {
            let start = (form.start)(view, &Params::default());
            start.above.map(maud::PreEscaped::into_string)
        })
    };
    let words = shown(&scenario, tomos).unwrap();
    assert!(
        words.contains("Illegal images") && words.contains("1 of 13"),
        "{words}"
    );
    // Nobody else goes on with it.
    let page = shown(&scenario, MANAGER);
    assert_eq!(page, None);
    let other = evidence(Act::TakeStep {
        check: 1,
        step: "illegal-page".to_owned(),
        came: Came::Right,
        note: String::new(),
    });
    scenario.act(
        MANAGER,
        other,
        expect!["mistake in check: Somebody else makes this check. Begin your own"],
    );
    let silent = evidence(Act::TakeStep {
        check: 1,
        step: "illegal-page".to_owned(),
        came: Came::Wrong,
        note: String::new(),
    });
    scenario.act(
        tomos,
        silent,
        expect!["mistake in note: Write something here"],
    );
    step(&mut scenario, tomos, 1, Came::Wrong);
    // The lead hears of it at once, and it is owed.
    assert_eq!(
        tells(scenario.lines.last().unwrap(), &scenario.setting).len(),
        1
    );
    expect!["See to what check 1 found, and check again by 2026-09-01: deputy manager"]
        .assert_eq(&scenario.owed("filter.checks"));
    for _ in 0..12 {
        step(&mut scenario, tomos, 1, Came::Right);
    }
    assert_eq!(shown(&scenario, tomos), None);
    let page = scenario.page(tomos, "/filter/checks/{check}", &[("check", "1")]);
    assert!(page.contains("Our policy: safety settings on"), "{page}");
    // A later check on the same device finds it right.
    scenario.on(2026, 9, 2);
    scenario.done(MANAGER, begin);
    for _ in 0..13 {
        step(&mut scenario, MANAGER, 2, Came::Right);
    }
    assert_eq!(scenario.owed("filter.checks"), "");
    expect![[r#"
        1 September 2026, 09:06 | Tomos Reed | Robins tablet | 13 | 1 | It was so
        2 September 2026, 09:00 | Maya Lin | Robins tablet | 13 | 0 | -"#]]
    .assert_eq(&scenario.registered("filter.checks"));
}

#[test]
fn a_check_is_due_each_period_and_names_what_is_checked() {
    let (mut scenario, ..) = cast(CHECKED);
    scenario.on(2026, 9, 25);
    expect!["Check on a device that filtering and monitoring works, with what our policy asks of each device by 2026-10-01: deputy manager"]
        .assert_eq(&scenario.owed("filter.checks"));
}

#[test]
fn what_the_filter_finds_wrong_with_itself_is_owed_until_it_finds_itself_right() {
    let (mut scenario, kit, tomos) = cast(CHECKED);
    let bad = trial(&scenario, 1);
    scenario.act(
        kit,
        bad.clone(),
        expect!["not allowed: the program itself may"],
    );
    scenario.act(Who::Clock, bad, expect!["filter.tested"]);
    assert_eq!(
        tells(scenario.lines.last().unwrap(), &scenario.setting).len(),
        1
    );
    expect!["See to what the filter found wrong with itself by 2026-09-01: deputy manager"]
        .assert_eq(&scenario.owed("filter.checks"));
    let page = scenario.page(tomos, "/filter/checks", &[]);
    assert!(
        page.contains("way-0.example is open for children"),
        "{page}"
    );
    assert!(page.contains("199 of 200 faults"), "{page}");
    scenario.later(60);
    let good = trial(&scenario, 0);
    scenario.done(Who::Clock, good);
    assert_eq!(
        tells(scenario.lines.last().unwrap(), &scenario.setting).len(),
        0
    );
    assert_eq!(scenario.owed("filter.checks"), "");
    // When it no longer tries itself, somebody looks why.
    scenario.on(2026, 9, 4);
    expect!["Find out why the filter no longer tries itself by 2026-09-03: deputy manager (late)"]
        .assert_eq(&scenario.owed("filter.checks"));
}
