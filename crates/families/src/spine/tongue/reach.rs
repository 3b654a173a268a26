//! Everything that families, visitors and whoever has not signed in may reach is in every language:
//! the texts of pages and forms, and what the pages say.

use super::{
    Tongue,
    named::{self, NOT_YET},
};
use crate::{
    families,
    people::{
        acts::{Act as People, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act, Actor, Person, Room, Who},
        page::{Field, FieldKind, Form, Page, Params, Shown},
        scenario::{MANAGER, Scenario},
        view::View,
    },
};
use std::collections::BTreeSet;

/// A setting with a family, and who of it reads: nobody in particular, a parent, a kiosk.
fn cast() -> (Scenario, [Who; 3], Vec<Params>) {
    let mut scenario = Scenario::with_template("preschool");
    let name = "Robins".to_owned();
    scenario.done(MANAGER, Act::People(People::OpenRoom { name }));
    let child = scenario.setting.people.next_person();
    let new = NewPerson {
        name: "Wren Finch".to_owned(),
        groups: vec![Group::Child],
        rooms: vec![Room(1)],
        ..NewPerson::default()
    };
    scenario.done(MANAGER, Act::People(People::Add(new)));
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let tied = Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    };
    scenario.done(MANAGER, Act::People(People::Tie(tied)));
    let params = [parent, child].map(|person: Person| {
        let clause = scenario
            .in_force
            .document
            .clauses
            .first()
            .map(|clause| clause.id.clone());
        let words = [
            ("person", person.to_string()),
            ("room", "1".to_owned()),
            ("seq", "1".to_owned()),
            ("group", "parents".to_owned()),
            ("version", "1".to_owned()),
            ("clause", clause.unwrap_or_default()),
        ];
        Params(words.map(|(name, word)| (name.to_owned(), word)).into())
    });
    let who = [Who::Nobody, Who::Person(parent), Who::Kiosk(1)];
    (scenario, who, params.to_vec())
}

/// What somebody of them sees, in a language.
fn seen<T>(scenario: &Scenario, who: Who, tongue: Tongue, see: impl FnOnce(&View<'_>) -> T) -> T {
    scenario.view(who, |view| {
        let who = Actor {
            tongue,
            ..view.who.clone()
        };
        see(&View { who: &who, ..*view })
    })
}

fn reached_pages(scenario: &Scenario, who: &[Who], params: &[Params]) -> Vec<&'static Page> {
    families::pages()
        .filter(|page| !NOT_YET.contains(&page.path))
        .filter(|page| {
            who.iter().any(|who| {
                params.iter().any(|params| {
                    let need = (page.need)(params, &scenario.setting);
                    scenario.view(*who, |view| view.has(&need))
                })
            })
        })
        .collect()
}

fn reached_forms(scenario: &Scenario, who: &[Who], params: &[Params]) -> Vec<&'static Form> {
    families::forms()
        .filter(|form| !NOT_YET.contains(&form.act))
        .filter(|form| {
            who.iter().any(|who| {
                params.iter().any(|params| {
                    let need = (form.need)(params, &scenario.setting);
                    scenario.view(*who, |view| view.has(&need))
                })
            })
        })
        .collect()
}

/// The names of a page's texts, with their English.
fn page_texts(page: &Page) -> Vec<(String, &'static str)> {
    let id = named::page(page.path);
    vec![(format!("{id}.help"), page.help), (id, page.title)]
}

/// The names of a form's texts, with their English.
fn form_texts(form: &Form) -> Vec<(String, &'static str)> {
    let id = named::form(form.act);
    let mut texts = vec![
        (format!("{id}.button"), form.button),
        (format!("{id}.help"), form.help),
        (id, form.title),
    ];
    for field in form.fields {
        texts.extend(field_texts(form, field));
    }
    texts
}

fn field_texts(form: &Form, field: &Field) -> Vec<(String, &'static str)> {
    let id = named::field(form.act, field.name);
    if matches!(field.kind, FieldKind::Hidden) {
        return Vec::new();
    }
    let mut texts = vec![(format!("{id}.label"), field.label)];
    if !field.hint.is_empty() {
        texts.push((format!("{id}.hint"), field.hint));
    }
    // Languages are offered in their own names.
    if form.act == "people.choose-language" {
        return texts;
    }
    if let FieldKind::Choice(options) | FieldKind::Several(options) = field.kind {
        for (key, label) in options {
            texts.push((format!("{id}.{}", named::choice(key)), label));
        }
    }
    texts
}

#[test]
fn all_pages_and_forms_that_families_reach_have_their_texts_in_every_language() {
    let (scenario, who, params) = cast();
    let pages = reached_pages(&scenario, &who, &params);
    let forms = reached_forms(&scenario, &who, &params);
    let texts = pages.into_iter().flat_map(page_texts);
    let texts: Vec<_> = texts
        .chain(forms.into_iter().flat_map(form_texts))
        .collect();
    let mut missing = Vec::new();
    for tongue in Tongue::ALL.into_iter().skip(1) {
        for (id, english) in &texts {
            if !tongue.has(id) {
                missing.push(format!("{} {id} = {english}", tongue.code()));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn no_text_of_a_page_or_form_is_kept_for_one_that_is_gone() {
    let pages = families::pages().flat_map(page_texts);
    let forms = families::forms().flat_map(form_texts);
    let mut known: BTreeSet<String> = pages.chain(forms).map(|(id, _)| id).collect();
    known.extend(super::tests::texts(Tongue::En).into_keys());
    for tongue in Tongue::ALL {
        for id in super::tests::texts(tongue).into_keys() {
            assert!(known.contains(&id), "{} {id}", tongue.code());
        }
    }
}

#[test]
fn what_is_not_translated_yet_is_there() {
    for name in NOT_YET {
        let is_page = families::pages().any(|page| page.path == *name);
        let is_form = families::forms().any(|form| form.act == *name);
        assert!(is_page || is_form, "{name}");
    }
}

/// What pages that families reach still say in English. Names and the words of the policy stay; all
/// else is a sentence for `phrases.ftl`. Run with `UPDATE_EXPECT=1` and read what changed.
#[test]
fn what_pages_still_say_in_english_is_as_the_list_says() {
    let (scenario, who, params) = cast();
    let mut list = String::new();
    for page in reached_pages(&scenario, &who, &params) {
        let mut left = BTreeSet::new();
        for (who, params) in who
            .iter()
            .flat_map(|who| params.iter().map(move |one| (who, one)))
        {
            let need = (page.need)(params, &scenario.setting);
            let html = seen(&scenario, *who, Tongue::Uk, |view| {
                if !view.has(&need) {
                    return String::new();
                }
                match (page.show)(view, params) {
                    Shown::Page(_, content) => Tongue::Uk.anew(&content.into_string()),
                    Shown::Document(document) => {
                        let document = Tongue::Uk.document(*document);
                        Tongue::Uk.anew(&kit::document::to_html(&document).into_string())
                    }
                    _ => String::new(),
                }
            });
            left.extend(
                html.split("<span lang=\"en\" dir=\"ltr\">")
                    .skip(1)
                    .filter_map(|part| part.split("</span>").next())
                    .map(str::to_owned),
            );
        }
        if !left.is_empty() {
            let lines: Vec<String> = left.into_iter().collect();
            list.push_str(&format!("{}\n    {}\n", page.path, lines.join("\n    ")));
        }
    }
    expect_test::expect_file!["../../../tests/in-english.txt"].assert_eq(&list);
}
