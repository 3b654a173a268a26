//! What all families stand on: acts, entries, the setting, controls, a policy in force, the
//! judge, standing, permission, pages. It names every family and holds no rule of any.

pub mod act;
pub mod answers;
pub mod catalogue;
pub mod control;
pub mod door;
pub mod draw;
pub mod entry;
pub mod in_force;
pub mod judge;
pub mod keeping;
#[cfg(test)]
mod matrices;
#[cfg(test)]
mod nonsense;
pub mod page;
pub mod permit;
#[cfg(any(test, feature = "scenario"))]
#[expect(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "a kit for tests: what is not as a test says ends it, and acts are made on the spot"
)]
pub mod scenario;
pub mod setting;
pub mod standing;
#[cfg(test)]
mod tests;
pub mod tongue;
#[cfg(test)]
mod unformed;
pub mod view;
pub mod wakes;
