//! HTTP. It turns the families' lists of pages and forms into addresses, knows who is signed in,
//! and holds no rules.
//!
//! Reading order: `app`, `routes`, `visitor`, `sessions`, `sign_in`, `show`, `send`, `frame`, `api`.

pub(crate) mod api;
pub(crate) mod app;
mod attempts;
mod calendar;
mod frame;
mod help;
pub(crate) mod listen;
pub(crate) mod made;
mod memory;
pub(crate) mod passwords;
pub(crate) mod routes;
mod say;
mod send;
mod sessions;
mod show;
mod sign_in;
mod upload;
mod visitor;
