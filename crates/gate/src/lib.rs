//! What closes and opens names: lists are read (`lists`), made into one file that is mapped
//! (`compiled`), and a plan (`plan`) says for whom what is closed, when, and by which clause.
//! What we ship ourselves is in `ours`; `check` tries every profile against all of it; `dns` answers.
//! What somebody has to hear of goes out as `news`.
//! It is given a plan and a clock, and knows no setting.

pub mod alerts;
pub mod check;
pub mod compiled;
pub mod content;
pub mod dns;
pub mod lists;
pub mod names;
pub mod news;
pub mod ours;
pub mod plan;
pub mod proxy;
mod quick;
mod seam;
pub mod traces;
pub mod trial;
