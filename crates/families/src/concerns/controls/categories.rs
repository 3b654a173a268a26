//! concerns.categories: each case has its kind, and so its risk: content, contact, conduct,
//! commerce. Search, charts and reports go by them.

use crate::spine::control::{Control, Register, Standpoint};
use serde::Deserialize;

/// Each case has its kind.
#[derive(Deserialize)]
pub(super) struct Categories {}

impl Control for Categories {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Cases by kind and risk"))
    }
}
