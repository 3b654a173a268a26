//! Choices from known lists, places where things are kept, addresses, and what is said or not.

use super::place_of;
use crate::meaning::words::{Word, words};
use kernel::value::Value;
use std::collections::HashMap;

/// Words one after the other, as compared.
pub(super) type Phrase = Vec<String>;

/// What may be chosen for a param.
pub(super) struct Choices {
    /// Whether one is chosen, or all that are found.
    one: bool,
    names: Vec<(String, Vec<Phrase>)>,
}

impl Choices {
    /// What these words choose.
    pub(super) fn of(&self, words: &[Word]) -> Option<Value> {
        let mut found = self
            .names
            .iter()
            .filter(|(_, phrases)| {
                phrases
                    .iter()
                    .any(|phrase| place_of(phrase, words).is_some())
            })
            .map(|(name, _)| Value::Text(name.clone()));
        if self.one {
            return found.next();
        }
        let found: Vec<Value> = found.collect();
        (!found.is_empty()).then_some(Value::List(found))
    }
}

/// The choices of a file of lists, by control and param.
pub(super) fn choices(file: &str) -> HashMap<String, Choices> {
    let mut found = HashMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let Some((param, list)) = line.split_once(':') else {
            continue;
        };
        let one = param.strip_prefix("one ");
        let names = list
            .split('|')
            .filter_map(|choice| choice.split_once('='))
            .map(|(name, phrases)| {
                (
                    name.trim().to_owned(),
                    phrases.split(',').map(stems).collect(),
                )
            })
            .collect();
        found.insert(
            one.unwrap_or(param).to_owned(),
            Choices {
                one: one.is_some(),
                names,
            },
        );
    }
    found
}

/// A phrase as compared.
pub(super) fn stems(phrase: &str) -> Phrase {
    words(phrase, 8).into_iter().map(|word| word.stem).collect()
}

const KEPT: [&str; 30] = [
    "locker",
    "lockers",
    "drawer",
    "drawers",
    "cupboard",
    "cupboards",
    "cabinet",
    "box",
    "boxes",
    "basket",
    "tray",
    "tin",
    "safe",
    "chest",
    "office",
    "kitchen",
    "bag",
    "bags",
    "handbag",
    "handbags",
    "staffroom",
    "room",
    "shelf",
    "pouch",
    "reception",
    "desk",
    "cloakroom",
    "area",
    "space",
    "storage",
];
const SKIPPED: [&str; 12] = [
    "the", "a", "an", "their", "our", "your", "its", "this", "that", "his", "her", "own",
];

/// Where something is kept: "in the locked drawer", "into a locker".
pub(super) fn place(text: &str) -> Option<Value> {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let parts: Vec<&str> = lower.split_whitespace().collect();
    for (at, part) in parts.iter().enumerate() {
        if !matches!(
            *part,
            "in" | "into" | "on" | "inside" | "at" | "within" | "to"
        ) {
            continue;
        }
        let mut phrase: Vec<&str> = Vec::new();
        for word in parts.iter().skip(at + 1).take(6) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
            if phrase.is_empty() && SKIPPED.contains(&bare) {
                continue;
            }
            phrase.push(bare);
            if KEPT.contains(&bare) {
                return Some(Value::Text(phrase.join(" ")));
            }
            let ends = word.ends_with([',', '.', ';', ':', ')']);
            if ends
                || matches!(
                    bare,
                    "and" | "or" | "the" | "in" | "on" | "when" | "while" | "to"
                )
            {
                break;
            }
        }
    }
    None
}

/// A web address.
pub(super) fn address(text: &str) -> Option<Value> {
    let found = text
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | '(' | ')' | '<' | '>' | '"'))
        })
        .find(|word| word.contains("://") || word.starts_with("www."))?;
    Some(Value::Text(found.to_owned()))
}

/// Whether the words say so; silence says nothing.
pub(super) fn said(param: &str, words: &[Word]) -> Option<Value> {
    let saying: &[&str] = match param {
        "announcement" => &["announce", "announcement", "reminded before"],
        "needs_encryption" | "offsite" => &["encrypted", "encryption"],
        "parents" => &["parents", "carers", "parent"],
        "written" => &["written", "in writing"],
        "working_days" => &["working day", "working days", "weekend"],
        "before_access" => &[
            "precedes",
            "before they go online",
            "before access",
            "before going online",
            "before using",
        ],
        "initials_only" => &["initials", "full names"],
        _ => return None,
    };
    let says = saying
        .iter()
        .any(|phrase| place_of(&stems(phrase), words).is_some());
    says.then_some(Value::Yes(true))
}
