//! What a clause chooses: periods, roles, places, ages and lists in its words, as the params of a control.
//! Only what stands in the words is given; a person looks it over before it counts.

mod figures;
mod periods;
mod phrases;
mod roles;

use crate::meaning::corpus::{self, Control};
use crate::meaning::words::{Word, words};
use kernel::value::{Value, Values};
use phrases::{Choices, Phrase};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

const CATALOGUE: &str = include_str!("../../../../spec/controls.toml");
/// More words of a clause are not looked at.
const WORDS_MAX: usize = 300;

/// A clause as its values are looked for: once read for all its controls.
pub(crate) struct Asked<'a> {
    text: &'a str,
    words: Vec<Word>,
    around: Vec<Word>,
}

impl<'a> Asked<'a> {
    /// A clause with the line or heading above it.
    pub(crate) fn of(text: &'a str, above: &str) -> Asked<'a> {
        Asked {
            text,
            words: words(text, WORDS_MAX),
            around: words(above, 40),
        }
    }

    /// What the clause chooses for a control.
    pub(crate) fn values(&self, id: &str) -> Values {
        let Some(params) = known().params.get(id) else {
            return Values::new();
        };
        params
            .iter()
            .filter_map(|(name, meaning)| Some((name.clone(), self.value(id, name, meaning)?)))
            .collect()
    }

    fn value(&self, id: &str, name: &str, meaning: &str) -> Option<Value> {
        if let Some(choices) = known().choices.get(&format!("{id}.{name}")) {
            return choices.of(&self.words);
        }
        if name == "about_lead" {
            // Whom to tell about the lead needs to be understood, not found.
            return None;
        }
        match meaning {
            "period" | "at least, period" | "term, or days" => periods::period(&self.words, name),
            "hours" | "minutes" | "days" | "characters" | "number" | "a week" | "years" => {
                figures::figure(&self.words, name, meaning)
            }
            "how many deputies at least" => figures::deputies(&self.words),
            "role" | "role that can allow" => roles::first(&self.words),
            "roles"
            | "roles that can allow"
            | "the roles that this policy requires"
            | "the roles that give the report" => roles::all(&self.words),
            "the roles and groups that a clause binds" => {
                roles::bound(&self.around).or_else(|| roles::bound(&self.words))
            }
            "no, or role that can allow" => {
                roles::first(&self.words).or_else(|| Some(Value::Text("no".to_owned())))
            }
            "place" | "where they are kept" | "locked place" => phrases::place(self.text),
            "address" => phrases::address(self.text),
            "bool" => phrases::said(name, &self.words),
            _ => None,
        }
    }
}

struct Known {
    params: HashMap<String, BTreeMap<String, String>>,
    choices: HashMap<String, Choices>,
}

fn known() -> &'static Known {
    static ONCE: OnceLock<Known> = OnceLock::new();
    ONCE.get_or_init(|| {
        // INVARIANT: the catalogue is part of the program, and a test reads it.
        let controls: Vec<Control> = corpus::catalogue(CATALOGUE).unwrap_or_default();
        debug_assert!(!controls.is_empty(), "the catalogue can be read");
        let params = controls
            .into_iter()
            .map(|control| (control.id, control.params))
            .collect();
        Known {
            params,
            choices: phrases::choices(include_str!("lists.txt")),
        }
    })
}

/// Whether a phrase stands in the words, and where.
fn place_of(phrase: &Phrase, words: &[Word]) -> Option<usize> {
    (0..words.len()).find(|from| {
        let follows = words.get(*from..).unwrap_or_default();
        follows.len() >= phrase.len()
            && phrase
                .iter()
                .zip(follows)
                .all(|(stem, word)| *stem == word.stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(id: &str, text: &str) -> String {
        let values = Asked::of(text, "").values(id);
        values
            .iter()
            .map(|(name, value)| format!("{name}={}", value.in_words()))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn periods_are_read() {
        for (id, text, found) in [
            (
                "policy.review",
                "We look at this policy at least annually.",
                "every=year",
            ),
            (
                "policy.review",
                "This policy is reviewed every two years.",
                "every=2 years",
            ),
            (
                "access.password-rotation",
                "Change your password every term.",
                "every=term",
            ),
            (
                "access.activity-log",
                "Logs are kept for at least six months.",
                "keep=6 months",
            ),
            ("data.backup", "Backups are made daily.", "every=day"),
            (
                "risk.self-review",
                "We audit our practice once a year.",
                "every=year",
            ),
            (
                "risk.self-review",
                "We audit our practice now and then.",
                "",
            ),
            (
                "filter.checks",
                "It is tested half-termly.",
                "every=6 weeks",
            ),
            (
                "policy.review",
                "We look at it again every academic year.",
                "every=year",
            ),
            ("data.backup", "A copy is made nightly.", "every=day"),
            (
                "policy.review",
                "It is looked at biannually and after an incident.",
                "every=6 months; triggers=child protection concern",
            ),
        ] {
            assert_eq!(values(id, text), found, "{text}");
        }
    }

    #[test]
    fn figures_are_read() {
        for (id, text, found) in [
            (
                "social.watch",
                "Comments are answered within 24 hours.",
                "within=24",
            ),
            (
                "concerns.transfer",
                "The file goes to the next setting within five days.",
                "within=5",
            ),
            (
                "social.underage",
                "We make no accounts for anybody under the age of 13.",
                "age=13",
            ),
            (
                "access.password-strength",
                "Passwords have at least 12 characters.",
                "min_length=12",
            ),
            (
                "access.unattended",
                "Screens lock after five minutes.",
                "idle=5",
            ),
        ] {
            assert_eq!(values(id, text), found, "{text}");
        }
    }

    #[test]
    fn roles_places_and_lists_are_read() {
        for (id, text, found) in [
            (
                "phones.staff",
                "Staff keep their phones in the locked drawer in the office.",
                "may_use=office; place=locked drawer",
            ),
            (
                "phones.children",
                "The phone is put in a locker until home time.",
                "place=locker",
            ),
            (
                "social.press",
                "Journalists are passed on to the chair of the committee.",
                "refer_to=committee chair",
            ),
            (
                "concerns.report",
                "Tell the DSL or the deputy manager at once.",
                "tell=designated safeguarding lead, deputy manager",
            ),
            (
                "concerns.escalation",
                "We ring the police and tell the LADO.",
                "agencies=police, LADO",
            ),
            (
                "filter.breach",
                "Turn off the screen and tell the manager.",
                "first_step=screen off; tell=manager",
            ),
            (
                "devices.donated",
                "A gift is restored to factory settings.",
                "reset=factory reset",
            ),
        ] {
            assert_eq!(values(id, text), found, "{text}");
        }
    }

    #[test]
    fn every_list_is_of_a_param_in_the_catalogue() {
        for name in known().choices.keys() {
            let (id, param) = name.rsplit_once('.').expect("a control and its param");
            assert!(
                known()
                    .params
                    .get(id)
                    .is_some_and(|params| params.contains_key(param)),
                "{name}"
            );
        }
    }
}
