//! Every clause about agreements that the templates have: it is read, and its group has points.

use crate::{
    agreements::bound, people::group::Group, policy::templates::TEMPLATES,
    spine::scenario::Scenario,
};

#[test]
fn every_template_that_asks_for_agreements_has_points_for_each_of_its_groups() {
    for template in TEMPLATES {
        let s = Scenario::with_template(template.name);
        let Some(running) = s.in_force.find(bound::CONTROL) else {
            continue;
        };
        for group in bound::with_agreement(&running.bound) {
            let points = bound::points(&s.setting, &s.in_force.document, group);
            assert!(!points.is_empty(), "{} {}", template.name, group.key());
            assert!(
                points.len() < 120,
                "{} {} {}",
                template.name,
                group.key(),
                points.len()
            );
            assert!(
                !bound::covers(&running.bound, group).is_empty(),
                "{} {}",
                template.name,
                group.key()
            );
        }
        assert!(
            bound::asked(&running.bound).contains(&Group::Staff),
            "{}",
            template.name
        );
    }
}
