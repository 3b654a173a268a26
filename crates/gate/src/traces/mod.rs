//! What the filter saw: each name or page that was asked for, by which device, for whom, and what
//! was answered on what grounds. Kept apart from the ledger, packed and sealed by the day, up to a
//! size and for a time. Reading order: `event`, `block`, `day`, `store`, `query`, `recorder`,
//! `known`, `keeper`, `because`.

mod because;
mod block;
mod day;
mod event;
mod keeper;
mod known;
mod query;
mod recorder;
mod store;
mod varint;

pub use because::{Explained, explain};
pub use day::Broken;
pub use event::{Answer, Batch, Door, Event, Grounds, Who};
pub use keeper::{Keeper, Numbering};
pub use known::{Kept, Known, ListName};
pub use query::{Count, Query, Report, Row};
pub use recorder::{Recorder, Sender};
pub use store::{Closed, Fill, Gone, Limits, Reader, Store, StoreError, Why};
