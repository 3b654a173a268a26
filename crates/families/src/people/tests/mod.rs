//! Scenarios, named as sentences.

mod families;
mod here;
mod import;
mod rooms;
mod shapes;
mod unseen;
