//! Policies to start from, one for each kind of setting, worded for invented settings.

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
