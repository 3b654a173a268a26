//! roles.leads: named people lead on online safety.

use super::{come_back, end, end_on, give, give_from, leave};
use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act, Person},
        control::{Audience, Cell, Standpoint},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use jiff::civil::date;
use kernel::standing::Standing;

const TWO_LEADS: &str = r#"
[[clause]]
id = "lead"
section = "Who leads"
text = "Two people share the post of designated safeguarding lead."
controls = ["roles.leads"]
values = { roles = ["designated safeguarding lead"], holders = 2 }
"#;

const LEAD_AND_DEPUTY: &str = r#"
[[clause]]
id = "lead"
section = "Who leads"
text = "Our manager and our deputy manager are the designated persons."
controls = ["roles.leads"]
values = { roles = ["designated person (manager)", "designated person (deputy)"], deputies = 1 }

[[clause]]
id = "chair"
section = "Who leads"
text = "The chair of the committee is told of everything."
controls = ["roles.leads"]
values = { roles = ["committee chair"] }
"#;

#[test]
fn a_vacant_role_is_work_for_the_manager_and_late_after_two_weeks() {
    let mut scenario = Scenario::with_clauses(LEAD_AND_DEPUTY);
    expect![[r#"
        Give somebody the role of deputy safeguarding lead by 2026-09-15: Maya Lin
        Give somebody the role of deputy manager by 2026-09-15: Maya Lin
        Give somebody the role of chair of the committee by 2026-09-15: Maya Lin"#]]
    .assert_eq(&scenario.owed("roles.leads"));
    assert_eq!(scenario.standing("lead"), Standing::Due);
    scenario.on(2026, 9, 15);
    assert_eq!(scenario.standing("lead"), Standing::Due);
    scenario.on(2026, 9, 16);
    assert_eq!(scenario.standing("lead"), Standing::Breached);
    let sam = scenario.person("Sam Reed", &[Group::Staff]);
    scenario.done(MANAGER, give(Role::DeputyLead, sam));
    scenario.done(MANAGER, give(Role::DeputyManager, sam));
    assert_eq!(scenario.standing("lead"), Standing::Met);
    assert_eq!(scenario.standing("chair"), Standing::Breached);
}

#[test]
fn a_new_version_of_the_policy_does_not_give_the_time_afresh() {
    let mut scenario = Scenario::with_clauses(TWO_LEADS);
    scenario.on(2026, 9, 10);
    scenario.adopt(&format!(
        "[policy]\ntitle = \"Online safety policy\"\n{TWO_LEADS}"
    ));
    scenario.on(2026, 9, 16);
    assert_eq!(scenario.standing("lead"), Standing::Breached);
}

#[test]
fn a_post_that_two_people_share_is_not_filled_by_one() {
    let mut scenario = Scenario::with_clauses(TWO_LEADS);
    expect![[r#"Give the role of designated safeguarding lead to more people: the policy asks for 2 by 2026-09-15: Maya Lin"#]]
        .assert_eq(&scenario.owed("roles.leads"));
    scenario.holder("Sam Reed", Group::Staff, Role::Lead);
    assert_eq!(scenario.standing("lead"), Standing::Met);
}

#[test]
fn roles_that_one_person_is_to_hold_are_not_held_by_two() {
    let mut scenario = Scenario::with_clauses(
        r#"
        [[clause]]
        id = "lead"
        section = "Who leads"
        text = "Our designated safeguarding lead is also the online safety lead."
        controls = ["roles.leads"]
        values = { roles = ["designated safeguarding lead", "online safety lead"], same_person = true }
        "#,
    );
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::OnlineSafetyLead);
    expect![[r#"Give these roles to one person: designated safeguarding lead, online safety lead by 2026-09-15: Maya Lin"#]]
        .assert_eq(&scenario.owed("roles.leads"));
    scenario.done(MANAGER, end(Role::Lead, MANAGER));
    scenario.on(2026, 9, 2);
    scenario.done(MANAGER, give(Role::Lead, sam));
    assert_eq!(scenario.standing("lead"), Standing::Met);
}

#[test]
fn a_lead_whose_last_day_is_known_is_replaced_in_time() {
    let mut scenario = Scenario::with_clauses(TWO_LEADS);
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::Lead);
    scenario.done(MANAGER, leave(sam, date(2026, 12, 18)));
    assert_eq!(scenario.owed("roles.leads"), "");
    scenario.on(2026, 11, 21);
    expect![[r#"Find somebody for the role of designated safeguarding lead: the policy asks for 2 by 2027-01-02: Maya Lin"#]]
        .assert_eq(&scenario.owed("roles.leads"));
}

#[test]
fn the_last_manager_cannot_be_ended_and_a_vacancy_falls_to_the_chair() {
    let mut scenario = Scenario::with_clauses(LEAD_AND_DEPUTY);
    let chair = scenario.holder("Ada Moss", Group::Committee, Role::Chair);
    scenario.act(MANAGER, end(Role::Manager, MANAGER), expect!["mistake in person: From 2 September 2026 there would be no manager. Give the role of manager to somebody else first, so that the setting is never without one"]);
    scenario.act(
        chair,
        end_on(Role::Manager, MANAGER, Some(date(2026, 12, 31))),
        expect!["mistake in person: From 1 January 2027 there would be no manager. Give the role of manager to somebody else first, so that the setting is never without one"],
    );
    let sam = scenario.person("Sam Reed", &[Group::Staff]);
    scenario.act(
        chair,
        give_from(Role::Manager, sam, Some(date(2027, 1, 1))),
        expect!["roles.given"],
    );
    scenario.act(
        chair,
        end_on(Role::Manager, MANAGER, Some(date(2026, 12, 31))),
        expect!["roles.ended"],
    );
    assert_eq!(
        scenario
            .setting
            .roles
            .first_day_without(&Role::Manager, scenario.today()),
        None
    );
}

#[test]
fn a_role_is_given_to_a_grown_up_who_is_here_and_suits_it_and_only_once() {
    let mut scenario = Scenario::new();
    let anna = scenario.person("Anna Fell", &[Group::Child]);
    let joe = scenario.person("Joe Fell", &[Group::Parent]);
    let sam = scenario.person("Sam Reed", &[Group::Staff]);
    scenario.act(MANAGER, give(Role::Lead, anna), expect!["mistake in person: The designated safeguarding lead has to be somebody who works here. Choose somebody else"]);
    scenario.act(MANAGER, give(Role::Lead, joe), expect!["mistake in person: The designated safeguarding lead has to be somebody who works here. Choose somebody else"]);
    scenario.act(MANAGER, give(Role::Chair, sam), expect!["mistake in person: The chair of the committee has to be a member of the committee. Choose somebody else"]);
    scenario.act(
        MANAGER,
        give(Role::Lead, Person(99)),
        expect!["mistake in person: There is no such person here"],
    );
    scenario.act(
        MANAGER,
        give(Role::Lead, MANAGER),
        expect!["mistake in person: This person holds this role already"],
    );
    scenario.act(MANAGER, give(Role::DeputyLead, MANAGER), expect!["mistake in person: This person is the designated safeguarding lead, and nobody is their own deputy. End that role first, or choose somebody else"]);
    scenario.act(
        sam,
        give(Role::Lead, sam),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        give_from(Role::Lead, sam, Some(date(2026, 8, 31))),
        expect![
            "mistake in from: This person came on 1 September 2026. Choose that day or a later one"
        ],
    );
    scenario.act(
        MANAGER,
        give_from(Role::Lead, sam, Some(date(2036, 8, 31))),
        expect!["mistake in from: The first day is more than a year away. Check the year"],
    );
    scenario.done(MANAGER, leave(sam, date(2026, 10, 1)));
    scenario.act(
        MANAGER,
        give_from(Role::Lead, sam, Some(date(2026, 10, 2))),
        expect!["mistake in person: This person has left, or will have left by then"],
    );
    scenario.act(
        MANAGER,
        give(Role::Other("  ".to_owned()), sam),
        expect!["mistake in role: Choose one of the roles in the list"],
    );
}

#[test]
fn a_role_that_has_not_begun_can_be_taken_back_and_given_anew() {
    let mut scenario = Scenario::new();
    let sam = scenario.person("Sam Reed", &[Group::Staff]);
    let day = date(2026, 11, 2);
    scenario.act(
        MANAGER,
        give_from(Role::DeputyLead, sam, Some(day)),
        expect!["roles.given"],
    );
    scenario.act(
        MANAGER,
        give_from(Role::DeputyLead, sam, Some(day)),
        expect!["mistake in person: This person holds this role from 2 November 2026 already"],
    );
    scenario.act(MANAGER, end(Role::DeputyLead, sam), expect!["roles.ended"]);
    scenario.act(
        MANAGER,
        end(Role::DeputyLead, sam),
        expect!["mistake in person: This person does not hold this role"],
    );
    scenario.act(
        MANAGER,
        give_from(Role::DeputyLead, sam, Some(day)),
        expect!["roles.given"],
    );
    scenario.on(2026, 11, 3);
    assert!(
        scenario
            .setting
            .roles
            .holds(sam, &Role::DeputyLead, scenario.today())
    );
    scenario.act(
        MANAGER,
        end_on(Role::DeputyLead, sam, Some(date(2026, 11, 1))),
        expect!["mistake in last: This person holds the role since 2 November 2026. Choose that day or a later one"],
    );
}

#[test]
fn somebody_who_comes_back_does_not_get_the_role_back() {
    let mut scenario = Scenario::new();
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::DeputyManager);
    scenario.done(MANAGER, leave(sam, date(2026, 9, 1)));
    scenario.on(2026, 10, 1);
    assert!(
        scenario
            .setting
            .roles
            .holders(&Role::DeputyManager, scenario.today())
            .is_empty()
    );
    scenario.done(MANAGER, come_back(sam, date(2026, 10, 1)));
    assert!(
        scenario
            .setting
            .roles
            .holders(&Role::DeputyManager, scenario.today())
            .is_empty()
    );
    scenario.act(
        MANAGER,
        give(Role::DeputyManager, sam),
        expect!["roles.given"],
    );
}

#[test]
fn everyone_is_told_who_leads_and_the_register_keeps_who_did() {
    let mut scenario = Scenario::with_clauses(TWO_LEADS);
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::Lead);
    scenario.on(2026, 10, 1);
    scenario.done(MANAGER, end(Role::Lead, sam));
    scenario.on(2026, 10, 2);
    let running = scenario.in_force.find("roles.leads").unwrap();
    let from = Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    };
    let notices = running.control.notices(&from);
    assert_eq!(notices[0].to, Audience::Everyone);
    let says = scenario.view(sam, |view| view.words(&notices[0].says.join(" ")));
    expect!["Maya Lin is our designated safeguarding lead. How to reach them stands at the foot of each page. You can also call 01632 960 001."]
        .assert_eq(&says);
    let register = running.control.register(&from).unwrap();
    let last = register.rows.last().unwrap();
    assert_eq!(last.cells[1], Cell::Person(sam));
    assert_eq!(last.cells[3], Cell::Day(date(2026, 10, 1)));
}

#[test]
fn how_a_lead_is_reached_is_written_by_the_lead_or_the_manager_and_read_by_all() {
    let mut scenario = Scenario::new();
    let sam = scenario.holder("Sam Reed", Group::Staff, Role::DeputyLead);
    let mum = scenario.person("Joe Fell", &[Group::Parent]);
    let reach = |person, reach: &str| {
        Act::Roles(crate::roles::acts::Act::SetReach {
            person,
            reach: Some(reach.to_owned()),
        })
    };
    scenario.act(
        mum,
        reach(sam, "at home"),
        expect!["not allowed: the person whom it is about, the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        reach(mum, "at home"),
        expect!["mistake in person: This person holds no role. Give them one first"],
    );
    scenario.act(
        sam,
        reach(sam, "in the blue room"),
        expect!["roles.reach-set"],
    );
    let told = scenario.view(mum, |view| {
        let contacts = crate::roles::contacts::contacts(view);
        let lines = contacts
            .iter()
            .map(|c| format!("{} ({}): {}", c.name, c.role, c.reach));
        lines.collect::<Vec<_>>().join("\n")
    });
    expect![[r#"
        Maya Lin (Designated safeguarding lead): ask in the setting, or call 01632 960 001
        Sam Reed (Deputy safeguarding lead): in the blue room"#]]
    .assert_eq(&told);
}
