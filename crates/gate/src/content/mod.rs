//! What pages say, judged as it arrives: our own weighted phrases for each theme against phrases that
//! speak of help, learning and news. Reading order: `theme`.

mod theme;

pub use theme::Theme;
