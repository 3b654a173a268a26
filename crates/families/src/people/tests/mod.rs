//! Scenarios, named as sentences.

mod families;
mod here;
mod import;
mod leaving;
mod rooms;
mod shapes;
mod unseen;
mod visitors;
