//! Words that mean the same in a policy ("phone", "mobile", "handset"), as classes.

use super::words::{Word, stem, words};
use std::collections::HashMap;
use std::sync::OnceLock;

const LEXICON: &str = include_str!("lexicon.txt");

struct Lexicon {
    single: HashMap<String, Vec<u16>>,
    phrases: HashMap<String, Vec<(Vec<String>, u16)>>,
    names: Vec<&'static str>,
}

/// The names of the classes that the words speak of, each once, in the order of the lexicon.
pub(crate) fn classes(found: &[Word]) -> Vec<&'static str> {
    let lexicon = lexicon();
    let mut hit = vec![false; lexicon.names.len()];
    let mut mark = |class: u16| {
        if let Some(slot) = hit.get_mut(usize::from(class)) {
            *slot = true;
        }
    };
    for (at, word) in found.iter().enumerate() {
        for class in lexicon.single.get(&word.stem).into_iter().flatten() {
            mark(*class);
        }
        for (phrase, class) in lexicon.phrases.get(&word.stem).into_iter().flatten() {
            let follows = found.get(at..).unwrap_or_default();
            if follows.len() >= phrase.len()
                && phrase.iter().zip(follows).all(|(p, w)| *p == w.stem)
            {
                mark(*class);
            }
        }
    }
    lexicon
        .names
        .iter()
        .zip(hit)
        .filter(|(_, hit)| *hit)
        .map(|(name, _)| *name)
        .collect()
}

fn lexicon() -> &'static Lexicon {
    static ONCE: OnceLock<Lexicon> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut lexicon = Lexicon {
            single: HashMap::new(),
            phrases: HashMap::new(),
            names: Vec::new(),
        };
        for line in LEXICON.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, list)) = line.split_once(':') else {
                continue;
            };
            let Ok(class) = u16::try_from(lexicon.names.len()) else {
                break;
            };
            lexicon.names.push(name.trim());
            for entry in list.split(',') {
                let stems: Vec<String> =
                    words(entry, 8).into_iter().map(|word| word.stem).collect();
                match stems.as_slice() {
                    [] => {}
                    [one] => lexicon.single.entry(one.clone()).or_default().push(class),
                    [first, ..] => {
                        lexicon
                            .phrases
                            .entry(first.clone())
                            .or_default()
                            .push((stems.clone(), class));
                    }
                }
            }
        }
        debug_assert_eq!(
            stem("phones"),
            "phon",
            "the lexicon is written in plain words"
        );
        lexicon
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handsets_are_phones_and_carers_are_parents() {
        let found = classes(&words(
            "Carers leave their handsets with the safeguarding lead",
            50,
        ));
        for name in ["phone", "parent", "lead"] {
            assert!(found.contains(&name), "{name} in {found:?}");
        }
        assert!(!found.contains(&"watch"));
    }
}
