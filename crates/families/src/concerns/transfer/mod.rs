//! A child’s file moves safely to the next setting: what goes, to whom, who knows of it, until it is
//! confirmed; and files that come in, looked at before they become a case. How a file is packed,
//! signed and closed is for the rim (`crates/carrier`); here stands what is in it, and what happened.

pub mod acts;
pub mod content;
pub mod entries;
pub mod export;
pub mod incoming;
pub mod leavers;
pub mod made;
pub mod pages;
pub mod register;
