//! The one list of families. A family is in the program when it is here, and nowhere else.

use crate::spine::{
    control::Kind,
    entry::Shape,
    page::{Form, Page},
};
use crate::{
    access, agreements, concerns, data, devices, education, filter, internet, monitor, notices,
    people, place, policy, procedure, roles, social, today,
};

/// What a family brings.
pub struct Family {
    /// Its name: the prefix of its acts, entries and controls.
    pub name: &'static str,
    /// The controls that this build has, in the order of the catalogue.
    pub controls: &'static [Kind],
    /// Every stored form of its entries.
    pub shapes: &'static [Shape],
    /// Its pages.
    pub pages: &'static [Page],
    /// Its forms: one for each act that a person can ask for.
    pub forms: &'static [Form],
}

/// All families, those without controls first.
pub const FAMILIES: &[&Family] = &[
    &today::FAMILY,
    &place::FAMILY,
    &people::FAMILY,
    &access::FAMILY,
    &notices::FAMILY,
    &data::FAMILY,
    &policy::FAMILY,
    &roles::FAMILY,
    &agreements::FAMILY,
    &concerns::FAMILY,
    &procedure::FAMILY,
    &education::FAMILY,
    &social::FAMILY,
    &devices::FAMILY,
    &internet::FAMILY,
    &filter::FAMILY,
    &monitor::FAMILY,
];

/// Every control of this build.
pub fn controls() -> impl Iterator<Item = &'static Kind> {
    FAMILIES.iter().flat_map(|family| family.controls)
}

/// Whether this build has the control.
#[must_use]
pub fn has(control: &str) -> bool {
    controls().any(|kind| kind.id == control)
}

/// Every stored form of an entry.
pub fn shapes() -> impl Iterator<Item = &'static Shape> {
    FAMILIES.iter().flat_map(|family| family.shapes)
}

/// Every page.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    FAMILIES.iter().flat_map(|family| family.pages)
}

/// Every form.
pub fn forms() -> impl Iterator<Item = &'static Form> {
    FAMILIES.iter().flat_map(|family| family.forms)
}
