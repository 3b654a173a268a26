//! The controls of this family that this build has.

pub mod attempts;
mod own_account;
mod password_strength;
pub mod unattended;

use crate::spine::control::Kind;

/// The list.
pub const CONTROLS: &[Kind] = &[
    Kind::of::<own_account::OwnAccount>("access.own-account"),
    Kind::of::<password_strength::PasswordStrength>("access.password-strength"),
    Kind::of::<attempts::Attempts>("access.attempts"),
    Kind::of::<unattended::Unattended>("access.unattended"),
];
