//! roles.capacity: leads are given the time and means.

use super::{meet, meeting};
use crate::{
    people::group::Group,
    roles::{
        acts::{Act, NewMeeting},
        role::Role,
    },
    spine::{
        act::{Act as AnyAct, Person},
        control::Standpoint,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

const CLAUSE: &str = r#"
[[clause]]
id = "time"
section = "Management team"
text = "The management team gives the lead and deputies at least four hours a week."
controls = ["roles.capacity"]
values = { hours = 4 }
"#;

fn set(role: Role, person: Person, hours: u16) -> AnyAct {
    AnyAct::Roles(Act::SetCapacity {
        role,
        person,
        hours,
        means: Some("a laptop".to_owned()),
    })
}

fn answer(suffices: bool, missing: Option<&str>) -> AnyAct {
    AnyAct::Roles(Act::AnswerCapacity {
        suffices,
        missing: missing.map(str::to_owned),
    })
}

fn met(need: u32) -> AnyAct {
    AnyAct::Roles(Act::MeetNeed {
        need,
        how: "Bought one.".to_owned(),
    })
}

#[test]
fn hours_are_set_aside_for_each_lead_and_not_fewer_than_the_policy_says() {
    let mut scenario = Scenario::with_clauses(CLAUSE);
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::DeputyLead);
    expect![[r#"
        Set hours aside for Maya Lin as designated safeguarding lead by 2026-09-29: Maya Lin
        Set hours aside for Sam Reed as deputy safeguarding lead by 2026-09-29: Maya Lin"#]]
    .assert_eq(&scenario.owed("roles.capacity"));
    scenario.act(
        MANAGER,
        set(Role::Lead, sam, 4),
        expect!["mistake in person: This person does not hold this role"],
    );
    scenario.act(
        MANAGER,
        set(Role::Manager, MANAGER, 4),
        expect!["mistake in role: Choose the lead, a deputy or the online safety lead"],
    );
    scenario.act(
        sam,
        set(Role::DeputyLead, sam, 4),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        set(Role::Lead, MANAGER, 99),
        expect!["mistake in hours: Enter at most 60 hours a week"],
    );
    scenario.act(
        MANAGER,
        set(Role::Lead, MANAGER, 5),
        expect!["roles.capacity-set"],
    );
    scenario.act(
        MANAGER,
        set(Role::DeputyLead, sam, 2),
        expect!["roles.capacity-set"],
    );
    expect!["Set at least 4 hours a week aside for Sam Reed as deputy safeguarding lead by 2026-09-29: Maya Lin"].assert_eq(&scenario.owed("roles.capacity"));
    scenario.done(MANAGER, set(Role::DeputyLead, sam, 4));
    assert_eq!(scenario.standing("time"), Standing::Met);
}

#[test]
fn an_unmet_need_stays_before_the_chair_until_it_is_met() {
    let mut scenario = Scenario::with_clauses(CLAUSE);
    scenario.done(MANAGER, set(Role::Lead, MANAGER, 5));
    let chair = scenario.holder("Ada Moss", Group::Committee, Role::Chair);
    scenario.act(
        MANAGER,
        answer(false, None),
        expect!["mistake in missing: Write what is missing, so that the committee can see to it"],
    );
    scenario.act(chair, answer(true, None), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    scenario.act(
        MANAGER,
        answer(false, Some("Cover on Tuesdays")),
        expect!["roles.capacity-answered, roles.need-raised"],
    );
    expect!["Meet need 1 of those who lead by 2026-09-29: Ada Moss"]
        .assert_eq(&scenario.owed("roles.capacity"));
    scenario.on(2026, 9, 30);
    assert_eq!(scenario.standing("time"), Standing::Breached);
    scenario.act(
        chair,
        met(2),
        expect!["mistake in need: There is no need of this number"],
    );
    scenario.act(chair, met(1), expect!["roles.need-met"]);
    scenario.act(
        chair,
        met(1),
        expect!["mistake in need: It is recorded already that this need was met"],
    );
    assert_eq!(scenario.standing("time"), Standing::Met);
}

#[test]
fn each_meeting_asks_whether_time_and_means_suffice() {
    let mut scenario = Scenario::with_clauses(CLAUSE);
    let named = scenario.holder("Ada Moss", Group::Committee, Role::NamedMember);
    let new = meeting(MANAGER, named);
    scenario.act(named, meet(new.clone()), expect!["mistake in suffices: Choose yes or no: do the hours and means that are set aside suffice"]);
    let asked = NewMeeting {
        suffices: Some(false),
        missing: Some("A quiet place".to_owned()),
        ..new
    };
    scenario.act(
        named,
        meet(asked),
        expect!["roles.meeting-recorded, roles.capacity-answered, roles.need-raised"],
    );
    assert_eq!(scenario.setting.roles.answers()[0].meeting, Some(1));
    let running = scenario.in_force.find("roles.capacity").unwrap();
    let register = running
        .control
        .register(&Standpoint {
            setting: &scenario.setting,
            bound: &running.bound,
            today: scenario.today(),
        })
        .unwrap();
    assert_eq!(register.rows.len(), 2);
}

#[test]
fn the_question_comes_back_each_term() {
    let mut scenario = Scenario::with_clauses(CLAUSE);
    scenario.done(MANAGER, set(Role::Lead, MANAGER, 5));
    scenario.done(MANAGER, answer(true, None));
    assert_eq!(scenario.standing("time"), Standing::Met);
    scenario.on(2027, 3, 10);
    expect!["Say whether your time and means suffice, at the next meeting or here by 2027-03-31: Maya Lin"].assert_eq(&scenario.owed("roles.capacity"));
    scenario.on(2027, 4, 1);
    assert_eq!(scenario.standing("time"), Standing::Breached);
}

#[test]
fn whoever_leads_after_a_time_without_anybody_is_not_late_on_the_first_day() {
    let mut scenario = Scenario::with_clauses(CLAUSE);
    scenario.done(
        MANAGER,
        AnyAct::Roles(Act::End {
            role: Role::Lead,
            person: MANAGER,
            last: None,
        }),
    );
    scenario.on(2027, 10, 4);
    scenario.holder("Sam Reed", Group::Staff, Role::Lead);
    let owed = scenario.owed("roles.capacity");
    assert!(
        owed.contains("at the next meeting or here by 2027-11-01: Sam Reed"),
        "{owed}"
    );
    assert_eq!(scenario.standing("time"), Standing::Due);
}
