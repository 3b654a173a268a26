//! The catalogue of controls, as `spec/controls.toml` has it: titles, aspects, what each does, and
//! the values that a policy may choose for it.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// One control of the catalogue.
#[derive(Clone, Debug, Deserialize)]
pub struct Described {
    /// Its id: `policy.review`.
    pub id: String,
    /// What it asks for, as a sentence.
    pub title: String,
    /// Its aspects.
    pub aspects: Vec<Aspect>,
    /// What the program does for it.
    pub does: String,
    /// The values that a policy may choose: key and meaning.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

/// What a control can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Refuses what the policy forbids.
    Guard,
    /// Keeps a register.
    Record,
    /// Makes work that is owed.
    Duty,
    /// Walks through what to do.
    Procedure,
    /// Puts words in front of people.
    Notice,
}

#[derive(Deserialize)]
struct File {
    control: Vec<Described>,
}

static CATALOGUE: LazyLock<Vec<Described>> = LazyLock::new(|| {
    let text = include_str!("../../../../spec/controls.toml");
    // INVARIANT: the file is part of the build, and a test below reads it.
    toml::from_str::<File>(text)
        .map(|file| file.control)
        .unwrap_or_default()
});

/// All controls, in the order of the file.
#[must_use]
pub fn all() -> &'static [Described] {
    &CATALOGUE
}

/// The control with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Described> {
    CATALOGUE.iter().find(|described| described.id == id)
}

impl Described {
    /// The family: what stands before the dot.
    #[must_use]
    pub fn family(&self) -> &str {
        self.id
            .split_once('.')
            .map_or(self.id.as_str(), |(family, _)| family)
    }

    /// Whether a param takes several values, which clauses add to, by what the catalogue says of it.
    #[must_use]
    pub fn takes_several(&self, param: &str) -> bool {
        const SEVERAL: [&str; 14] = [
            "list",
            "roles",
            "groups",
            "kinds",
            "events",
            "policies",
            "names",
            "entries",
            "places",
            "agencies",
            "documents",
            "who",
            "acts",
            "responsibilities",
        ];
        self.params.get(param).is_some_and(|meaning| {
            // "places" say "on and off site".
            param == "places"
                || meaning
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| SEVERAL.contains(&word))
        })
    }
}

/// The name of a family for people.
#[must_use]
pub fn family_in_words(family: &str) -> &'static str {
    match family {
        "roles" => "People and roles",
        "policy" => "The policy itself",
        "agreements" => "Agreements",
        "access" => "Access to systems",
        "devices" => "Devices",
        "internet" => "Supervised internet",
        "filter" => "Filtering",
        "monitor" => "Monitoring",
        "images" => "Pictures and recordings",
        "phones" => "Phones, watches and visitors",
        "messages" => "Messages and mail",
        "social" => "Social media",
        "data" => "Personal data",
        "website" => "Website",
        "journal" => "Learning journals",
        "education" => "Learning and awareness",
        "training" => "Training",
        "concerns" => "Concerns",
        "procedure" => "Procedures",
        "risk" => "Risk and improvement",
        _ => "Other",
    }
}

/// The names of an aspect.
impl Aspect {
    /// As the catalogue writes it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Aspect::Guard => "guard",
            Aspect::Record => "record",
            Aspect::Duty => "duty",
            Aspect::Procedure => "procedure",
            Aspect::Notice => "notice",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_read_whole_and_each_family_has_a_name() {
        assert_eq!(all().len(), 157);
        for control in all() {
            assert_ne!(family_in_words(control.family()), "Other", "{}", control.id);
            assert!(!control.aspects.is_empty(), "{}", control.id);
        }
        assert!(find("roles.leads").unwrap().takes_several("roles"));
        assert!(find("policy.scope").unwrap().takes_several("places"));
        assert!(!find("policy.review").unwrap().takes_several("every"));
    }
}
