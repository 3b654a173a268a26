//! What the filter has to tell whoever runs it: something illegal was asked for, a device that nobody
//! knows, an alert, how a trial went, how the lists are, a day that is over. A folder in between, so
//! that either side may stop at any moment and nothing is lost or told twice. `kinds` says what is
//! told, `spool` how it is kept until it was heard.

mod kinds;
mod spool;

pub use kinds::{
    Alert, Asked, Day, Faults, Illegal, ListState, Lists, News, Occasion, Part, Seated, Severity,
    Tested, Unknown,
};
pub use spool::{Id, Spool, SpoolError, Told, Waiting};
