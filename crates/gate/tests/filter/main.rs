//! The filter as a whole: who asks, what they are answered, and what happens when something is wrong.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test of its own is made of"
)]

mod client;
mod dns;
mod faults;
mod given;
mod hostile;
mod inside;
mod proxy;
mod seats;
mod upstream;

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
