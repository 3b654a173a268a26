//! What pages say, judged as it arrives: our own weighted phrases for each theme against phrases that
//! speak of help, learning and news. Reading order: `theme`, `letters`, `markup`, `phrases`, `judge`,
//! `body`, `search`.

mod body;
mod judge;
mod letters;
mod markup;
mod phrases;
mod search;
mod theme;
mod zstd;

pub use body::{BodyJudge, Unread, kind_of};
pub use judge::{Finding, Judge};
pub use markup::Kind;
pub use phrases::{Phrases, PhrasesError};
pub use search::{judge_search, search_words};
pub use theme::Theme;
