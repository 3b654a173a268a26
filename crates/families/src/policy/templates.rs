//! Policies to start from, one for each kind of setting, worded for invented settings.

use super::document::{Document, NotAPolicy};

/// A policy to start from.
pub struct Template {
    /// Its short name.
    pub name: &'static str,
    /// For whom it is.
    pub title: &'static str,
    /// The policy in its file form.
    pub text: &'static str,
}

/// All templates, the shortest first.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "preschool",
        title: "A small preschool where children seldom go online",
        text: include_str!("../../../../spec/templates/preschool.toml"),
    },
    Template {
        name: "hall-preschool",
        title: "A preschool that meets in a hall",
        text: include_str!("../../../../spec/templates/hall-preschool.toml"),
    },
    Template {
        name: "early-years-centre",
        title: "An early years centre on the council’s network",
        text: include_str!("../../../../spec/templates/early-years-centre.toml"),
    },
    Template {
        name: "council-centres",
        title: "Children’s centres of a council",
        text: include_str!("../../../../spec/templates/council-centres.toml"),
    },
    Template {
        name: "county-preschool",
        title: "A preschool run by a committee, with everything spelled out",
        text: include_str!("../../../../spec/templates/county-preschool.toml"),
    },
];

/// The template with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}

impl Template {
    /// The template for a setting of this name: its name stands where the invented one stood.
    ///
    /// # Errors
    /// The template is not a policy; a test holds them all to it.
    pub fn for_setting(&self, name: &str) -> Result<Document, NotAPolicy> {
        let mut document = Document::from_toml(self.text)?;
        let invented = std::mem::replace(&mut document.policy.setting, name.to_owned());
        document.policy.id = String::new();
        document.policy.meant_for = String::new();
        let first = invented.split(' ').next().unwrap_or_default().to_owned();
        if invented.is_empty() || first.chars().count() < 5 {
            return Ok(document);
        }
        for clause in &mut document.clauses {
            for words in [&mut clause.text, &mut clause.section] {
                if words.contains(&first) {
                    *words = words.replace(&invented, name).replace(&first, name);
                }
            }
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_policy_and_takes_the_name_of_the_setting() {
        for template in TEMPLATES {
            let document = template.for_setting("Wrens’ Nest").unwrap();
            assert_eq!(document.policy.setting, "Wrens’ Nest");
            let original = Document::from_toml(template.text).unwrap();
            assert_eq!(document.clauses.len(), original.clauses.len());
            let invented = original.policy.setting.split(' ').next().unwrap();
            assert!(
                document
                    .clauses
                    .iter()
                    .all(|clause| !clause.text.contains(invented)),
                "{}",
                template.name
            );
        }
    }
}
