//! Search engines and video sites, and whether each can be made safe: the list that the filter has.

use super::names::is_within;
use serde::Deserialize;
use std::sync::LazyLock;

/// One engine.
#[derive(Clone, Debug, Deserialize)]
pub struct Engine {
    /// What people call it.
    pub title: String,
    /// Its names. One that begins with `*.` means all below it.
    pub names: Vec<String>,
    /// How it is made safe.
    safe: toml::Value,
}

#[derive(Deserialize)]
struct File {
    engine: Vec<Engine>,
}

static ENGINES: LazyLock<Vec<Engine>> = LazyLock::new(|| {
    let text = include_str!("../../../../spec/filter/search-engines.toml");
    // INVARIANT: the file is part of the build, and a test below reads it.
    toml::from_str::<File>(text)
        .map(|file| file.engine)
        .unwrap_or_default()
});

impl Engine {
    /// Whether it can be made safe for children.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.safe.as_str() != Some("closed")
    }
}

/// The engine that has a name.
#[must_use]
pub fn of_name(name: &str) -> Option<&'static Engine> {
    ENGINES.iter().find(|engine| {
        let mut names = engine.names.iter();
        names.any(|own| is_within(name, own.trim_start_matches("*.")))
    })
}

/// Those that can be made safe, by what people call them.
pub fn safe() -> impl Iterator<Item = &'static Engine> {
    ENGINES.iter().filter(|engine| engine.is_safe())
}

/// One that is called so.
#[must_use]
pub fn called(title: &str) -> Option<&'static Engine> {
    let same = |engine: &&Engine| engine.title.eq_ignore_ascii_case(title.trim());
    ENGINES.iter().find(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_engines_is_read_and_knows_those_that_are_not_safe() {
        assert!(ENGINES.len() > 5);
        assert!(of_name("www.google.com").is_some_and(Engine::is_safe));
        assert!(ENGINES.iter().any(|engine| !engine.is_safe()));
        assert!(of_name("example.org").is_none());
    }
}
