//! The page of evidence under a signed copy: who signed, how and when, and where that stands in the
//! ledger.

use crate::{
    agreements::entries::How,
    spine::{act::Person, tongue::Tongue, view::View},
};
use kernel::sealed::Private;
use kit::document::Block;

/// What is known, each with what it is called.
pub(super) type Facts = Vec<(String, String)>;

/// Who signed, how, and when that was recorded.
pub(super) fn whose(view: &View<'_>, person: Person, how: How, seq: u64) -> Facts {
    let how = view.say(&format!("agreement-how-{}", how.key()));
    let mut facts = vec![
        (view.say("agreement-copy-by"), view.name(person)),
        (view.say("agreement-copy-how"), how),
    ];
    let line = view.lines.iter().find(|line| line.seq == seq);
    facts.extend(line.map(|line| (view.say("agreement-copy-recorded-at"), view.moment(line.at))));
    facts
}

/// What was typed, and that something was drawn.
pub(super) fn hand(view: &View<'_>, typed: Option<&Private>, drawn: Option<&Private>) -> Facts {
    let typed = typed.and_then(|name| view.open(name));
    let typed = typed.map(|typed| (view.say("agreement-copy-typed"), typed));
    let drawn = drawn.map(|_| {
        (
            view.say("agreement-copy-signature"),
            view.say("agreement-copy-drawn"),
        )
    });
    typed.into_iter().chain(drawn).collect()
}

/// In which language it was read.
pub(super) fn read_in(view: &View<'_>, language: &str) -> Facts {
    let language = Tongue::from_code(language).unwrap_or_default();
    vec![(
        view.say("agreement-copy-language"),
        named(language, view.tongue()),
    )]
}

/// Where it stands in the ledger, and what of that was signed last.
pub(super) fn ledger(view: &View<'_>, seq: u64) -> Facts {
    let mut facts = vec![(view.say("agreement-copy-entry"), seq.to_string())];
    if let Some(checkpoint) = &view.keeping.checkpoint {
        let count = i64::try_from(checkpoint.entries).unwrap_or(i64::MAX);
        let values = [
            ("count", count.into()),
            ("words", (&checkpoint.words).into()),
        ];
        facts.push((
            view.say("agreement-copy-checkpoint"),
            view.say_with("agreement-copy-entries", &values),
        ));
    }
    facts
}

/// The page.
pub(super) fn page(view: &View<'_>, facts: Facts) -> Vec<Block> {
    vec![
        Block::Heading(view.say("agreement-copy-heading")),
        Block::Facts(facts),
        Block::Note(view.say("agreement-copy-note")),
    ]
}

/// A language as the reader calls it: by its English name, or by its own.
fn named(language: Tongue, reader: Tongue) -> String {
    match reader {
        Tongue::En => language.english_name().to_owned(),
        Tongue::Pl | Tongue::Ur | Tongue::Ar | Tongue::Ro | Tongue::Uk => {
            language.own_name().to_owned()
        }
    }
}
