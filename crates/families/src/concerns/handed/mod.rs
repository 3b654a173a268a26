//! Reports for the committee that were handed over here: read through by whoever made them, with no
//! child in them, and kept for those who watch over the setting.

pub mod acts;
pub mod entries;
pub mod pages;
pub mod register;

use crate::{people::group::Group, roles::role::Role, spine::permit::Need};

/// Who reads them: the committee, and whoever leads.
#[must_use]
pub fn readers() -> Need {
    let watching = Need::Holds(vec![Role::Chair, Role::NamedMember]);
    let committee = Need::Of(vec![Group::Committee]);
    Need::AnyOf(vec![watching, committee, Need::leadership()])
}

/// The subject under whose key one is sealed.
#[must_use]
pub fn subject(number: u32) -> String {
    format!("committee-report:{number}")
}
