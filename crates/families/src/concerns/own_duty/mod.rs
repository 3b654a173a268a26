//! A person’s own duty to report: what the law asks of whoever knows something, themselves, whatever
//! the setting does. They see it after their report, write down what they did, and nobody stops them.

pub mod acts;
pub mod entries;
pub mod pages;
pub mod register;
pub mod rules;
