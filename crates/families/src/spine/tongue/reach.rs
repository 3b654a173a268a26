//! Everything that families, visitors and whoever has not signed in may reach is in every language:
//! the texts of pages and forms, and what the pages say.

use super::{Tongue, cast, named};
use crate::{
    families,
    spine::{
        act::Actor,
        draw,
        page::{Field, FieldKind, Form, Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::form::Problems;
use std::collections::{BTreeMap, BTreeSet};

/// Which of all pages and forms somebody of them reaches.
fn reached(cast: &cast::Cast) -> (Vec<&'static Page>, Vec<&'static Form>) {
    let (mut pages, mut forms) = (BTreeSet::new(), BTreeSet::new());
    for who in &cast.who {
        cast.scenario.view(*who, |view| {
            let setting = view.setting;
            for params in &cast.params {
                let may = families::pages().filter(|page| view.has(&(page.need)(params, setting)));
                pages.extend(may.map(|page| page.path));
                let may = families::forms().filter(|form| view.has(&(form.need)(params, setting)));
                forms.extend(may.map(|form| form.act));
            }
        });
    }
    let pages = families::pages().filter(|page| pages.contains(page.path));
    let forms = families::forms().filter(|form| forms.contains(form.act));
    (pages.collect(), forms.collect())
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
    let cast = cast::cast();
    let (pages, forms) = reached(&cast);
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

/// What stays in English in a page: names, addresses of the web, and the words of the policy and of
/// what was written in the setting are no sentences of the program.
fn is_left(cast: &cast::Cast, words: &str) -> bool {
    let words = words.replace("&amp;", "&");
    let words = words.trim_matches(['“', '”', '…', '(', ')', ' ']);
    let is_address =
        !words.contains(' ') && words.contains(|c: char| c == '.' || c.is_ascii_digit());
    let words = words.to_lowercase();
    !is_address && !cast.own_words.iter().any(|own| own.contains(&words))
}

fn left_in(cast: &cast::Cast, html: &str) -> BTreeSet<String> {
    html.split("<span lang=\"en\" dir=\"ltr\">")
        .skip(1)
        .filter_map(|part| part.split("</span>").next())
        .filter(|words| is_left(cast, words))
        .map(str::to_owned)
        .collect()
}

/// What a page says to somebody, in Ukrainian.
fn page_says(view: &View<'_>, page: &Page, params: &Params) -> String {
    match (page.show)(view, params) {
        Shown::Page(_, content) => Tongue::Uk.anew(&content.into_string()),
        Shown::Document(document) => {
            let document = Tongue::Uk.document(*document);
            Tongue::Uk.anew(&kit::document::to_html(&document).into_string())
        }
        Shown::File { .. } | Shown::Kept(_) | Shown::NotHere => String::new(),
    }
}

/// What a form says to somebody, with what stands above it.
fn form_says(view: &View<'_>, form: &'static Form, params: &Params) -> String {
    let start = (form.start)(view, params);
    if start.not_here {
        return String::new();
    }
    let above = start.above.map(kit::Markup::into_string);
    let asks = draw::form(form, view, form.path, &start.answers, &Problems::none());
    let html = above.unwrap_or_default() + &asks.into_string();
    Tongue::Uk.anew(&html)
}

/// Names and the words of the policy stay in English; all else that a page or form says, which
/// families reach, is a sentence for `said.ftl`.
#[test]
fn no_page_or_form_that_families_reach_says_anything_in_english() {
    let cast = cast::cast();
    let (pages, forms) = reached(&cast);
    let mut left: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for who in &cast.who {
        cast.scenario.view(*who, |view| {
            let who = Actor {
                tongue: Tongue::Uk,
                ..view.who.clone()
            };
            let view = &View { who: &who, ..*view };
            for params in &cast.params {
                let may = |need: &Need| view.has(need);
                for page in pages
                    .iter()
                    .filter(|page| may(&(page.need)(params, view.setting)))
                {
                    let said = left_in(&cast, &page_says(view, page, params));
                    left.entry(page.path).or_default().extend(said);
                }
                for form in forms
                    .iter()
                    .filter(|form| may(&(form.need)(params, view.setting)))
                {
                    let said = left_in(&cast, &form_says(view, form, params));
                    left.entry(form.act).or_default().extend(said);
                }
            }
        });
    }
    let mut list = String::new();
    for (name, left) in left.into_iter().filter(|(_, left)| !left.is_empty()) {
        let lines: Vec<String> = left.into_iter().collect();
        list.push_str(&format!("{name}\n    {}\n", lines.join("\n    ")));
    }
    assert!(list.is_empty(), "\n{list}");
}
