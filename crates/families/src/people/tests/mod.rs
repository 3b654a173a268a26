//! Scenarios, named as sentences.

mod families;
mod here;
mod rooms;
mod unseen;
