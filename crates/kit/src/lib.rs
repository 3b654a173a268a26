//! Page parts as typed functions. Pages are put together from these parts only, so that every page
//! looks, speaks and works the same. Pure: no files, no network, no clock.
//!
//! Reading order: `page`, `text`, `form`, `field`, `choice`, then the parts one by one; `document`
//! is what goes to a page, to a spreadsheet and to paper alike.

pub mod page;
pub mod text;
pub mod words;

pub mod button;
pub mod choice;
pub mod field;
pub mod form;

pub mod facts;
pub mod filter;
pub mod guide;
pub mod keeping;
pub mod navigation;
pub mod notice;
pub mod picture;
pub mod table;
pub mod tag;
pub mod tasks;
pub mod timeline;

pub mod difference;
pub mod refusal;

pub mod chart;
pub mod code;
pub mod csv;
pub mod document;
pub mod drawn;

mod icon;

pub use maud::{Markup, Render, html};
