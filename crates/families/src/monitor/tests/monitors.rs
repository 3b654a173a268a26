//! monitor.monitors: those who monitor are themselves looked after.

use super::{cast, look, look_at, monitor};
use crate::{
    monitor::{acts::Act, circle},
    roles::role::Role,
    spine::scenario::MANAGER,
};
use expect_test::expect;
use kernel::standing::Standing;

const MONITORS: &str = r#"
[[clause]]
id = "monitors"
section = "Monitoring"
text = "The chair looks through the work of those who monitor each term, and sees that they are well."
controls = ["monitor.monitors"]
values = { by = "chair of the committee", every = "term" }
"#;

#[test]
fn the_chair_sees_who_looked_at_what_and_why_and_looks_through_what_chance_picked() {
    let (mut s, cast) = cast(MONITORS);
    let day = s.today();
    for _ in 0..30 {
        s.done(cast.lead, look(look_at(Some(cast.tomos), None, day)));
    }
    let picked = s.setting.monitor.looks().filter(|look| look.picked).count();
    assert!((1..30).contains(&picked), "{picked}");
    let page = s.page(cast.chair, "/monitor/watching", &[]);
    assert!(
        page.contains("Ines Marsh") && page.contains("out of the room"),
        "{page}"
    );
    let found = "The reasons hold".to_owned();
    s.act(
        cast.lead,
        monitor(Act::ReviewMonitors {
            found: found.clone(),
        }),
        expect![
            "not allowed: the chair of the committee or the committee member for safeguarding may"
        ],
    );
    s.on(2027, 5, 10);
    assert_eq!(s.standing("monitors"), Standing::Breached);
    s.done(cast.chair, monitor(Act::ReviewMonitors { found }));
    assert_eq!(s.standing("monitors"), Standing::Met);
    let open = s.setting.monitor.looks();
    let open = open.filter(|look| look.picked && look.reviewed.is_none());
    assert_eq!(open.count(), 0);
}

#[test]
fn whoever_looked_sees_their_own_looks_and_no_others() {
    let (mut s, cast) = cast(MONITORS);
    let day = s.today();
    s.done(cast.lead, look(look_at(Some(cast.tomos), None, day)));
    let page = s.page(cast.deputy, "/monitor/watching", &[]);
    assert!(!page.contains("out of the room"), "{page}");
    let page = s.page(cast.lead, "/monitor/watching", &[]);
    assert!(page.contains("out of the room"), "{page}");
    assert_eq!(s.page(cast.tomos, "/monitor/watching", &[]), "not allowed");
}

#[test]
fn support_for_who_sees_distressing_material_is_written_down_and_seen_by_few() {
    let (mut s, cast) = cast(MONITORS);
    let support = |person| {
        let how = "An hour with the counsellor of the council".to_owned();
        monitor(Act::Support { person, how })
    };
    s.act(
        cast.chair,
        support(cast.tomos),
        expect!["mistake in person: Choose somebody who monitors"],
    );
    s.done(cast.chair, support(cast.lead));
    let sees = |who| {
        s.page(who, "/monitor/watching", &[])
            .contains("the counsellor")
    };
    assert!(sees(cast.lead) && sees(cast.chair));
    assert!(!sees(MANAGER) && !sees(cast.deputy));
    let activity = s.page(MANAGER, "/activity", &[]);
    assert!(!activity.contains("gave support"), "{activity}");
}

#[test]
fn a_clause_that_names_a_role_only_says_who_looks_through_it() {
    let (s, _) = cast(&MONITORS.replace(
        "by = \"chair of the committee\", every = \"term\"",
        "role = \"senior leadership team\"",
    ));
    let roles = circle::watching_over(&s.setting);
    assert!(
        roles.starts_with(&[Role::Manager, Role::DeputyManager]),
        "{roles:?}"
    );
    assert!(roles.contains(&Role::Chair));
}
