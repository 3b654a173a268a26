//! What we ship ourselves, written and reviewed by us: names that must stay open, sets of social,
//! chat, mail, video and other sites, ways round a filter, and search engines with how each is made
//! safe. The texts are in `spec/filter`.

mod must;
mod never;
mod phrases;
mod round;
mod search;
mod sets;

pub use must::{Group, MustStay, must_stay_open};
pub use never::never_looked_into;
pub use phrases::{Phrase, phrases};
pub use round::{Kind, Way, ways_round};
pub use search::{Engine, Safe, search_engines};
pub use sets::{Name, Set, sets};

/// The category of ways round.
pub const WAYS_ROUND: &str = "ways-round";

/// The line of a text on which a word stands in quotes.
fn line_of(text: &str, word: &str) -> u32 {
    let quoted = format!("\"{word}\"");
    let found = (1..)
        .zip(text.lines())
        .find(|(_, line)| line.contains(&quoted));
    found.map_or(0, |(number, _)| number)
}
