//! roles.responsibilities: each role knows what it is responsible for.

use super::give;
use crate::{
    people::group::Group,
    roles::{acts::Act, lists, role::Role},
    spine::{
        act::Act as AnyAct,
        control::{Audience, Standpoint},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

const CLAUSES: &str = r#"
[[clause]]
id = "lead-a"
section = "4.2 Designated safeguarding lead"
text = "The lead writes up every concern."
controls = ["roles.responsibilities"]
values = { role = "designated safeguarding lead" }

[[clause]]
id = "lead-b"
section = "4.2 Designated safeguarding lead"
text = "The lead looks for patterns."
controls = ["roles.responsibilities"]
values = { role = "designated safeguarding lead" }

[[clause]]
id = "shared"
section = "Phones"
text = "Everybody keeps watch, and concerns are acted on."
controls = ["roles.responsibilities"]
values = { list = ["all staff: keep watch and report concerns", "technical staff: keep systems up to date"] }

[[clause]]
id = "heading"
section = "Parents"
text = "They talk with their children about the internet."
controls = ["roles.responsibilities"]
"#;

fn acknowledge(scenario: &Scenario, role: Role) -> AnyAct {
    let list = lists::of_role(&scenario.in_force, &role).expect("a list");
    AnyAct::Roles(Act::Acknowledge {
        role,
        digest: list.digest(),
    })
}

#[test]
fn each_role_and_group_has_its_list_with_the_clause_behind_each_line() {
    let scenario = Scenario::with_clauses(CLAUSES);
    let lines: Vec<String> = lists::in_force(&scenario.in_force)
        .iter()
        .flat_map(|list| {
            let of = list.bearer.slug();
            let line = move |item: &lists::Item| format!("{of}: {} ({})", item.says, item.clause);
            list.items.iter().map(line).collect::<Vec<_>>()
        })
        .collect();
    expect![[r#"
        lead: The lead writes up every concern. (lead-a)
        lead: The lead looks for patterns. (lead-b)
        technical-lead: Keep systems up to date (shared)
        staff: Keep watch and report concerns (shared)
        parent: They talk with their children about the internet. (heading)"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn a_person_given_a_role_reads_the_list_and_the_clauses_behind_it_wait_for_that() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    expect![[r#"
        Read what the designated safeguarding lead answers for by 2026-09-15: Maya Lin
        Say who is the technical lead: the policy gives this role work by 2026-09-29: Maya Lin"#]]
    .assert_eq(&scenario.owed("roles.responsibilities"));
    assert_eq!(scenario.standing("lead-a"), Standing::Due);
    assert_eq!(scenario.standing("heading"), Standing::Met);
    scenario.on(2026, 9, 16);
    assert_eq!(scenario.standing("lead-a"), Standing::Breached);
    assert_eq!(scenario.standing("heading"), Standing::Met);
    let act = acknowledge(&scenario, Role::Lead);
    scenario.act(MANAGER, act.clone(), expect!["roles.acknowledged"]);
    assert_eq!(scenario.standing("lead-a"), Standing::Met);
    scenario.act(
        MANAGER,
        act,
        expect!["mistake in role: You have said already that you have read this list"],
    );
}

#[test]
fn a_changed_list_asks_for_a_fresh_acknowledgement_and_an_unchanged_one_does_not() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    let old = acknowledge(&scenario, Role::Lead);
    scenario.done(MANAGER, old.clone());
    scenario.on(2026, 10, 1);
    let head = "[policy]\ntitle = \"Online safety policy\"\n";
    let elsewhere = CLAUSES.replace("They talk with", "They speak with");
    scenario.adopt(&format!("{head}{elsewhere}"));
    assert_eq!(scenario.standing("lead-a"), Standing::Met);
    scenario.on(2026, 11, 2);
    scenario.adopt(&format!(
        "{head}{}",
        CLAUSES.replace("patterns", "patterns and gaps")
    ));
    expect![[r#"
        Say who is the technical lead: the policy gives this role work by 2026-09-29: Maya Lin (late)
        Read again what the designated safeguarding lead answers for by 2026-11-16: Maya Lin"#]].assert_eq(&scenario.owed("roles.responsibilities"));
    scenario.act(MANAGER, old, expect!["mistake in digest: The list has changed since you opened it. Read it again, then say so"]);
}

#[test]
fn a_new_version_with_the_same_list_does_not_give_the_time_afresh() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    scenario.on(2026, 9, 10);
    scenario.adopt(&format!(
        "[policy]\ntitle = \"Online safety policy\"\n{CLAUSES}"
    ));
    scenario.on(2026, 9, 16);
    assert_eq!(scenario.standing("lead-a"), Standing::Breached);
}

#[test]
fn only_a_holder_acknowledges_the_list_of_a_role() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    let sam = scenario.person("Sam Reed", &[Group::Staff]);
    let act = acknowledge(&scenario, Role::Lead);
    scenario.act(
        sam,
        act.clone(),
        expect!["mistake in role: You do not hold this role"],
    );
    scenario.done(MANAGER, give(Role::Lead, sam));
    scenario.act(sam, act, expect!["roles.acknowledged"]);
    let none = AnyAct::Roles(Act::Acknowledge {
        role: Role::Manager,
        digest: String::new(),
    });
    scenario.act(
        MANAGER,
        none,
        expect!["mistake in role: The policy in force gives this role no list of responsibilities"],
    );
}

#[test]
fn everybody_whom_the_policy_binds_is_told_their_list_and_the_register_keeps_who_read() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    let act = acknowledge(&scenario, Role::Lead);
    scenario.done(MANAGER, act);
    let running = scenario.in_force.find("roles.responsibilities").unwrap();
    let from = Standpoint {
        setting: &scenario.setting,
        bound: &running.bound,
        today: scenario.today(),
    };
    let notices = running.control.notices(&from);
    let to: Vec<&Audience> = notices.iter().map(|notice| &notice.to).collect();
    assert_eq!(
        to,
        [
            &Audience::Role(Role::Lead),
            &Audience::Role(Role::TechnicalLead),
            &Audience::Group(Group::Staff),
            &Audience::Group(Group::Parent)
        ]
    );
    assert_eq!(notices[0].clauses, ["lead-a", "lead-b"]);
    let register = running.control.register(&from).unwrap();
    assert_eq!(register.rows.len(), 1);
}

#[test]
fn every_clause_of_the_templates_that_gives_a_responsibility_is_in_a_list() {
    for template in crate::policy::templates::TEMPLATES {
        let scenario = Scenario::with_template(template.name);
        let lists = lists::in_force(&scenario.in_force);
        let listed: Vec<String> = lists.iter().flat_map(lists::List::clauses).collect();
        for clause in &scenario.in_force.document.clauses {
            if clause
                .controls
                .iter()
                .any(|control| control == lists::CONTROL)
            {
                assert!(listed.contains(&clause.id), "{}", clause.id);
            }
        }
    }
}

#[test]
fn the_lists_of_the_templates_belong_to_whom_their_clauses_name() {
    let mut lines = Vec::new();
    for template in crate::policy::templates::TEMPLATES {
        let scenario = Scenario::with_template(template.name);
        let lists = lists::in_force(&scenario.in_force);
        let each = lists
            .iter()
            .map(|list| format!("{} {}", list.bearer.slug(), list.items.len()));
        lines.push(format!(
            "{}: {}",
            template.name,
            each.collect::<Vec<_>>().join(", ")
        ));
    }
    expect![[r#"
        preschool: lead 7
        hall-preschool: manager 4, deputy-manager 4, staff 1
        early-years-centre: manager 1, room-leader 1, staff 5
        council-centres: manager 11, deputy-manager 11, lead 7, ict-provider 2, reception-staff 1, staff 7, parent 4, everyone 1
        county-preschool: manager 10, deputy-manager 9, lead 13, technical-lead 6, staff 9, parent 8, child 7, everyone 2"#]].assert_eq(&lines.join("\n"));
}
