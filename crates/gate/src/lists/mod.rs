//! Lists in the public forms: read from files, every line counted as used or skipped with its
//! reason. A line that can't be used never costs the list.

mod compile;
mod detect;
mod fetch;
mod form;
mod forms;
mod json;
mod read;
mod subscribe;
mod tally;

pub use compile::{Asked, CompileError, Compiling, ListReport, MustStayOpen, Report, compile};
pub use detect::detect;
pub use fetch::{Bounds, Fetching, NotFetched};
pub use form::Form;
pub use read::{Entry, LINE_BYTES_MAX, read};
pub use subscribe::{Round, SubscribeError, Subscribed, Subscription};
pub use tally::{Skipped, Tally, Why};
