//! HTTP. It turns the families' lists of pages and forms into addresses, knows who is signed in,
//! and holds no rules.
//!
//! Reading order: `app`, `routes`, `visitor`, `sessions`, `sign_in`, `show`, `send`, `frame`, `api`.

mod anew;
pub(crate) mod api;
pub(crate) mod app;
mod app_codes;
mod attempts;
mod calendar;
mod codes;
mod codes_on_paper;
mod devices;
pub(crate) mod filter;
mod frame;
mod halfway;
mod help;
pub(crate) mod kept;
mod kiosk;
mod late;
pub(crate) mod listen;
mod lock;
pub(crate) mod made;
mod memory;
mod oidc;
mod open;
pub(crate) mod passkeys;
pub(crate) mod passwords;
pub(crate) mod routes;
mod say;
mod send;
mod sessions;
mod show;
mod sign_in;
mod spent;
mod steps;
mod strength;
mod transfer_link;
pub(crate) mod transfers;
mod upload;
pub(crate) mod visitor;
