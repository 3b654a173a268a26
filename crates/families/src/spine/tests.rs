//! The spine as a whole: a setting is set up, adopts a policy, and each clause has its standing.

use super::scenario::{MANAGER, Scenario};
use crate::{families, spine::catalogue};
use kernel::standing::Standing;
use std::collections::BTreeSet;

#[test]
fn a_clause_of_a_control_that_this_build_does_not_have_never_counts_as_met() {
    for template in crate::policy::templates::TEMPLATES {
        let scenario = Scenario::with_template(template.name);
        let standings = scenario.standings();
        assert_eq!(
            standings.clauses.len(),
            scenario.in_force.document.clauses.len()
        );
        for (clause, stands) in scenario
            .in_force
            .document
            .clauses
            .iter()
            .zip(&standings.clauses)
        {
            let missing = clause
                .controls
                .iter()
                .any(|control| !families::has(control));
            if missing {
                assert_ne!(stands.standing, Standing::Met, "{}", clause.id);
            }
        }
    }
}

#[test]
fn every_kind_in_the_list_is_in_the_catalogue_once() {
    let ids: Vec<&str> = families::controls().map(|kind| kind.id).collect();
    let set: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len());
    assert!(ids.iter().all(|id| catalogue::find(id).is_some()));
}

#[test]
fn every_shape_reads_its_sample_for_ever() {
    for shape in families::shapes() {
        let read = super::entry::read(shape.kind, shape.version, shape.sample.as_bytes());
        let entry =
            read.unwrap_or_else(|error| panic!("{}@{}: {error:?}", shape.kind, shape.version));
        assert!(!entry.in_words().is_empty());
        assert!(!entry.write().body.is_empty());
    }
}

#[test]
fn a_new_setting_has_a_manager_who_can_act_and_nobody_sets_it_up_twice() {
    let mut scenario = Scenario::new();
    let name = scenario.view(MANAGER, |view| view.name(MANAGER));
    assert_eq!(name, "Maya Lin");
    let again = crate::access::acts::SetUp {
        place: scenario.setting.place.described().unwrap().clone(),
        manager: "Somebody Else".to_owned(),
        is_lead: false,
        user: "else".to_owned(),
        password: "x".into(),
    };
    scenario.act(
        super::act::Who::Nobody,
        super::act::Act::Access(crate::access::acts::Act::SetUp(Box::new(again))),
        expect_test::expect!["not allowed: whoever sets up a new Stairgate may"],
    );
}

#[test]
fn the_templates_have_every_clause_and_name_only_controls_of_the_catalogue() {
    let counts: Vec<(&str, usize)> = crate::policy::templates::TEMPLATES
        .iter()
        .map(|template| {
            let document = crate::policy::document::Document::from_toml(template.text).unwrap();
            for control in document.clauses.iter().flat_map(|clause| &clause.controls) {
                assert!(
                    catalogue::find(control).is_some(),
                    "{}: {control}",
                    template.name
                );
            }
            (template.name, document.clauses.len())
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("preschool", 63),
            ("hall-preschool", 79),
            ("early-years-centre", 112),
            ("council-centres", 203),
            ("county-preschool", 384)
        ]
    );
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), 841);
}

#[test]
fn every_page_and_every_form_says_what_it_is_for() {
    for page in families::pages() {
        assert!(page.help.len() > 40, "{} has no help", page.path);
        assert!(!page.title.is_empty(), "{}", page.path);
    }
    for form in families::forms() {
        assert!(
            !form.help.is_empty() && !form.title.is_empty() && !form.button.is_empty(),
            "{}",
            form.act
        );
    }
}
