//! Search engines and video sites, and how each is made safe.

use crate::{names::upwards, quick::Quick};
use serde::Deserialize;
use std::{collections::HashMap, sync::OnceLock};

const TEXT: &str = include_str!("../../../../spec/filter/search-engines.toml");

/// How an engine is made safe.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safe {
    /// Its names are answered with the address of this one.
    Answer(String),
    /// It is safe by itself.
    Itself,
    /// It can't be made safe by its name: closed for children.
    Closed,
}

/// One engine.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// What people call it.
    pub title: String,
    /// Its names. A name that begins with `*.` means all below it.
    pub names: Vec<String>,
    /// How it is made safe.
    pub safe: Safe,
    /// The words that its page takes for strict search, for the web proxy.
    #[serde(default)]
    pub strict: Option<String>,
    /// What its addresses call the words that somebody searches for.
    #[serde(default = "usual_words")]
    pub words: Vec<String>,
}

fn usual_words() -> Vec<String> {
    vec!["q".to_owned()]
}

/// All engines.
pub fn search_engines() -> &'static [Engine] {
    static ENGINES: OnceLock<Vec<Engine>> = OnceLock::new();
    ENGINES.get_or_init(|| {
        #[derive(Deserialize)]
        struct File {
            engine: Vec<Engine>,
        }
        // INVARIANT: the text is part of the program, and a test reads it.
        let file = toml::from_str::<File>(TEXT);
        debug_assert!(file.is_ok(), "{:?}", file.err());
        file.map(|file| file.engine).unwrap_or_default()
    })
}

impl Engine {
    /// Its number among all.
    #[must_use]
    pub fn number(&self) -> usize {
        let all = search_engines().iter();
        all.take_while(|engine| engine.title != self.title).count()
    }

    /// The engine that has this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<&'static Engine> {
        static NAMES: OnceLock<HashMap<&'static str, (bool, &'static Engine), Quick>> =
            OnceLock::new();
        let names = NAMES.get_or_init(|| {
            let names = search_engines()
                .iter()
                .flat_map(|engine| engine.names.iter().map(move |name| (name.as_str(), engine)));
            let mut all = HashMap::with_hasher(Quick::default());
            for (name, engine) in names {
                let (below, name) = match name.strip_prefix("*.") {
                    Some(name) => (true, name),
                    None => (false, name),
                };
                all.entry(name).or_insert((below, engine)).0 |= below;
            }
            all
        });
        upwards(name).find_map(|above| {
            let (below, engine) = names.get(above)?;
            (*below || above.len() == name.len()).then_some(*engine)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::normal;

    #[test]
    fn at_least_twelve_engines_are_known_and_each_is_safe_or_closed() {
        assert!(search_engines().len() >= 12);
        for engine in search_engines() {
            for name in &engine.names {
                let name = name.strip_prefix("*.").unwrap_or(name);
                assert_eq!(normal(name).unwrap(), name);
            }
            if let Safe::Answer(name) = &engine.safe {
                assert_eq!(normal(name).unwrap(), *name);
            }
        }
    }

    #[test]
    fn google_is_answered_with_its_safe_name() {
        let engine = Engine::of_name("www.google.co.uk").unwrap();
        assert_eq!(
            engine.safe,
            Safe::Answer("forcesafesearch.google.com".to_owned())
        );
        assert!(Engine::of_name("docs.google.com").is_none());
        assert!(Engine::of_name("example.com").is_none());
    }
}
