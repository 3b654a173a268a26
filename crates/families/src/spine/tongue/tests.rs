//! Every language says everything that English says, and nothing of it in English.

use super::{Tongue, bundles};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};

/// The texts of a language: by name, what stands there and which places it has.
pub(super) fn texts(tongue: Tongue) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut all = BTreeMap::new();
    for source in bundles::sources(tongue) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}: {errors:?}", tongue.code()),
        };
        for entry in resource.entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let mut take = |id: String, pattern: &Pattern<&str>| {
                let again = all.insert(id.clone(), read(pattern));
                assert!(again.is_none(), "{} has {id} twice", tongue.code());
            };
            if let Some(value) = &message.value {
                take(message.id.name.to_owned(), value);
            }
            for part in &message.attributes {
                take(format!("{}.{}", message.id.name, part.id.name), &part.value);
            }
        }
    }
    all
}

fn read(pattern: &Pattern<&str>) -> (String, BTreeSet<String>) {
    let (mut words, mut places) = (String::new(), BTreeSet::new());
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => words.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => take_place(inline, &mut places),
                Expression::Select { selector, variants } => {
                    take_place(selector, &mut places);
                    for variant in variants {
                        let (more, others) = read(&variant.value);
                        words.push_str(&more);
                        places.extend(others);
                    }
                }
            },
        }
    }
    (words, places)
}

fn take_place(inline: &InlineExpression<&str>, places: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        places.insert(id.name.to_owned());
    }
}

#[test]
fn every_language_has_the_messages_of_english_with_the_same_places() {
    let english = texts(Tongue::En);
    let mut missing = Vec::new();
    for tongue in Tongue::ALL {
        let here = texts(tongue);
        for (id, (_, places)) in &english {
            match here.get(id) {
                Some((_, others)) if others == places => {}
                Some((_, others)) => missing.push(format!("{} {id}: {others:?}", tongue.code())),
                None => missing.push(format!("{} {id}", tongue.code())),
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_message_is_english_that_was_left_over() {
    let english = texts(Tongue::En);
    let same = [
        "date",
        "moment",
        "list-between",
        "part-menu",
        "p-role-manager",
    ];
    for tongue in Tongue::ALL.into_iter().skip(1) {
        for (id, (words, _)) in texts(tongue) {
            let is_left = english
                .get(&id)
                .is_some_and(|(original, _)| *original == words);
            assert!(
                !is_left || same.contains(&id.as_str()),
                "{} {id}",
                tongue.code()
            );
            let foreign = tongue != Tongue::Pl && tongue != Tongue::Ro;
            let latin = words.chars().filter(char::is_ascii_alphabetic).count();
            let all = words.chars().filter(|c| c.is_alphabetic()).count();
            assert!(
                !foreign || latin * 2 <= all,
                "{} {id}: {words}",
                tongue.code()
            );
        }
    }
}

#[test]
fn a_message_that_is_not_there_is_said_in_english_and_nothing_fails() {
    assert_eq!(Tongue::Ur.say("no-such-message"), "no-such-message");
    assert_eq!(
        Tongue::Ur.say("part-menu.no-such-part"),
        "part-menu.no-such-part"
    );
    assert_eq!(Tongue::Ar.say_or("no-such", "As it was"), "As it was");
    // A place that nothing was given for is not shown half.
    assert_eq!(Tongue::Pl.say("date"), "date");
}

#[test]
fn days_and_lists_are_written_as_each_language_does() {
    let day = date(2026, 11, 22);
    assert_eq!(Tongue::En.date(day), "22 November 2026");
    assert_eq!(Tongue::Pl.date(day), "22 listopada 2026");
    assert_eq!(Tongue::Uk.date(day), "22 листопада 2026 р.");
    let plain = |words: String| words.replace(['\u{2068}', '\u{2069}'], "");
    // A day has no marks of its own, so that it runs its own way inside of a sentence.
    assert_eq!(Tongue::Ar.date(day), "22 نوفمبر 2026");
    let said = Tongue::Ar.phrase("by 22 November 2026");
    assert_eq!(said, "بحلول \u{2068}22 نوفمبر 2026\u{2069}");
    let names = ["A", "B", "C"].map(str::to_owned);
    assert_eq!(Tongue::En.any_of(&names), "A, B or C");
    assert_eq!(Tongue::Ro.all_of(&names), "A, B și C");
    assert_eq!(plain(Tongue::Ar.all_of(&names)), "A، B وC");
    assert_eq!(Tongue::Pl.any_of(&names[..1]), "A");
    assert_eq!(Tongue::Pl.any_of(&[]), "");
}

#[test]
fn the_language_that_a_browser_likes_most_and_we_have_is_taken() {
    assert_eq!(
        Tongue::preferred("pl-PL,pl;q=0.9,en;q=0.8"),
        Some(Tongue::Pl)
    );
    assert_eq!(
        Tongue::preferred("de, ro;q=0.5, ur;q=0.75"),
        Some(Tongue::Ur)
    );
    assert_eq!(Tongue::preferred("pl;q=0, en"), Some(Tongue::En));
    assert_eq!(Tongue::preferred("de"), None);
    assert_eq!(Tongue::preferred(";;q=,,"), None);
}

#[test]
fn the_words_of_the_parts_of_a_page_are_the_same_in_the_kit_and_in_the_files() {
    let english = kit::words::Words::of(|id| {
        let count = if matches!(id, "part-left" | "part-too-many") {
            "%{count}"
        } else {
            "{count}"
        };
        let values = [
            ("name", "{name}".into()),
            ("label", "{label}".into()),
            ("count", count.into()),
        ];
        Tongue::En.say_with(id, &values)
    });
    assert_eq!(&english, kit::words::ENGLISH);
    for tongue in Tongue::ALL {
        let words = super::words(tongue);
        assert!(words.worried.contains("{name}") && words.left.contains("%{count}"));
    }
}
