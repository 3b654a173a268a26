//! The filter as a whole: who asks, what they are answered, and what happens when something is wrong.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test of its own is made of"
)]

mod client;
mod dns;
mod given;
mod seats;
mod upstream;
