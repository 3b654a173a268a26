//! Low-level concerns: how an adult behaves who works here, below what would be an allegation.
//! They are kept apart from cases, and seen by the manager and a second person who is not under the
//! manager: never by whom they are about. What they show over time is what they are kept for.

pub mod acts;
pub mod circle;
pub mod entries;
pub mod pages;
pub mod register;
