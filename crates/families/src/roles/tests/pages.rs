//! Pages and forms: who sees what, and that each form reads its act.

use super::{make, meet, meeting, report};
use crate::{
    people::group::Group,
    roles::{acts::Act, pages::FORMS, role::Role},
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

struct Cast {
    chair: Person,
    staff: Person,
    parent: Person,
}

fn county() -> (Scenario, Cast) {
    let mut scenario = Scenario::with_template("county-preschool");
    let cast = Cast {
        chair: scenario.holder("Ada Moss", Group::Committee, Role::Chair),
        staff: scenario.person("Sam Reed", &[Group::Staff]),
        parent: scenario.person("Joe Fell", &[Group::Parent]),
    };
    (scenario, cast)
}

#[test]
fn everybody_who_is_signed_in_sees_who_leads_and_each_list() {
    let (scenario, cast) = county();
    for who in [MANAGER, cast.chair, cast.staff, cast.parent] {
        let page = scenario.page(who, "/roles", &[]);
        assert!(page.contains("Maya Lin") && page.contains("Designated safeguarding lead"));
        assert_eq!(
            page.contains("Give a role"),
            who == MANAGER || who == cast.chair
        );
        let one = scenario.page(who, "/roles/{role}", &[("role", "lead")]);
        assert!(one.contains("/policy/clauses/s003-4.2-a"));
        assert!(
            scenario
                .page(who, "/roles/{role}", &[("role", "parent")])
                .contains("Parents")
        );
    }
    assert_eq!(
        scenario.page(MANAGER, "/roles/{role}", &[("role", "nobody")]),
        "nothing here"
    );
    let nobody = scenario.page(crate::spine::act::Who::Nobody, "/roles", &[]);
    assert_eq!(nobody, "not allowed");
}

#[test]
fn meetings_means_and_reports_are_for_those_who_lead_and_the_committee() {
    let (mut scenario, cast) = county();
    let mut new = meeting(MANAGER, cast.chair);
    new.suffices = Some(false);
    new.missing = Some("A quiet place".to_owned());
    scenario.done(MANAGER, meet(new));
    scenario.done(MANAGER, make(report()));
    for path in ["/roles/meetings", "/roles/capacity", "/reports"] {
        for who in [MANAGER, cast.chair] {
            assert_ne!(scenario.page(who, path, &[]), "not allowed", "{path}");
        }
        for who in [cast.staff, cast.parent] {
            assert_eq!(scenario.page(who, path, &[]), "not allowed", "{path}");
        }
    }
    assert!(
        scenario
            .page(cast.chair, "/roles/meetings", &[])
            .contains("new tablets")
    );
    assert!(
        scenario
            .page(cast.chair, "/roles/capacity", &[])
            .contains("A quiet place")
    );
    let report = "/reports/oversight/{number}";
    assert!(
        scenario
            .page(cast.chair, report, &[("number", "1")])
            .contains("A quiet place")
    );
    assert!(
        scenario
            .page(cast.chair, report, &[("number", "now")])
            .contains("how things stand")
    );
    assert_eq!(
        scenario.page(cast.chair, report, &[("number", "9")]),
        "nothing here"
    );
    assert_eq!(
        scenario.page(cast.staff, report, &[("number", "1")]),
        "not allowed"
    );
}

#[test]
fn a_holder_finds_the_button_to_acknowledge_and_others_do_not() {
    let (scenario, cast) = county();
    let button = "I have read this list";
    assert!(scenario.page(MANAGER, "/roles/mine", &[]).contains(button));
    assert!(
        !scenario
            .page(cast.staff, "/roles/mine", &[])
            .contains(button)
    );
    assert!(
        !scenario
            .page(cast.staff, "/roles/{role}", &[("role", "lead")])
            .contains(button)
    );
    assert!(
        scenario
            .page(cast.staff, "/roles/mine", &[])
            .contains("/roles/staff")
    );
}

#[test]
fn every_form_has_its_act_and_reads_it() {
    let (scenario, _) = county();
    let list = crate::roles::lists::of_role(&scenario.in_force, &Role::Lead).unwrap();
    let filled = [
        ("role", "lead"),
        ("person", "1"),
        ("from-day", "1"),
        ("from-month", "10"),
        ("from-year", "2026"),
        ("last", "2026-12-01"),
        ("reach", "in the office"),
        ("digest", &list.digest()),
        ("report", "1"),
        ("to", "committee"),
        ("decided", "Nothing."),
        ("lead", "1"),
        ("with", "2"),
        ("talked", "Tablets."),
        ("suffices", "no"),
        ("missing", "A laptop"),
        ("hours", "4"),
        ("need", "1"),
        ("how", "Bought one."),
    ];
    for form in FORMS {
        let fields: Vec<&str> = form.fields.iter().map(|field| field.name).collect();
        let mut answers = Answers::default();
        for (name, words) in filled {
            let own = fields
                .iter()
                .any(|field| name == *field || name.starts_with(&format!("{field}-")));
            // The report's last day is no listener.
            if own && !(form.act == "roles.make-report" && name == "to") {
                answers.add(name, words);
            }
        }
        let act = form
            .act(&answers)
            .unwrap_or_else(|wrong| panic!("{}: {wrong:?}", form.act));
        assert_eq!(act.name(), form.act);
        assert!(!(form.then)(&answers).is_empty());
    }
}

#[test]
fn what_a_form_offers_is_what_may_be_chosen() {
    let (scenario, cast) = county();
    let wrong = Scenario::form("roles.set-capacity").act(
        &Answers::default()
            .with("role", "lead")
            .with("person", "1")
            .with("hours", "99"),
    );
    expect![[r#"[Mistake { field: Some("hours"), says: "“Hours a week” must be a whole number from 0 to 60" }]"#]].assert_eq(&format!("{:?}", wrong.unwrap_err()));
    let draw = scenario.view(MANAGER, |view| {
        let form = Scenario::form("roles.give");
        let answers = Answers::default();
        let problems = kit::form::Problems::none();
        crate::spine::draw::form(form, view, form.path, &answers, &problems).into_string()
    });
    assert!(draw.contains("Sam Reed") && !draw.contains("Joe Fell"));
    let reach = AnyAct::Roles(Act::SetReach {
        person: cast.parent,
        reach: None,
    });
    assert!(scenario.view(cast.parent, |view| view.may(&reach)));
}

#[test]
fn the_chair_is_offered_only_the_roles_that_the_chair_may_give() {
    let (scenario, cast) = county();
    let offered = |who: Person| {
        scenario.view(who, |view| {
            let form = Scenario::form("roles.give");
            let answers = Answers::default();
            let problems = kit::form::Problems::none();
            crate::spine::draw::form(form, view, form.path, &answers, &problems).into_string()
        })
    };
    assert!(offered(MANAGER).contains("Designated safeguarding lead"));
    assert!(offered(cast.chair).contains("Deputy manager"));
    assert!(!offered(cast.chair).contains("Designated safeguarding lead"));
}
