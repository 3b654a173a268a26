//! The end of keeping: what has been kept long enough is looked at, and is kept on or let go by two
//! people. Nothing goes by itself. What is let go loses its key, so nobody reads it any more; that it
//! was there, who asked and who agreed stays. A hold on a case stops it.

pub mod acts;
pub mod entries;
pub mod look;
pub mod pages;
pub mod register;

pub use register::{Gone, Keeping};
