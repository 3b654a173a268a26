//! The controls of this family, in the order of the catalogue.

mod authorised_user;
mod quarantine;
mod register;
mod setting_owned;
mod wireless;

use crate::spine::control::Kind;

pub(super) use quarantine::{NEVER, steps};
pub(crate) use wireless::is_off;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[
    Kind::of::<register::Known>("devices.register"),
    Kind::of::<setting_owned::SettingOwned>("devices.setting-owned"),
    Kind::of::<authorised_user::AuthorisedUser>("devices.authorised-user"),
    Kind::of::<quarantine::Quarantine>("devices.quarantine"),
    Kind::of::<wireless::Wireless>("devices.wireless"),
];
