//! A version as it is read before it is signed: in the reader's language as far as somebody has
//! written it, for children with a picture for each point.

use crate::{
    agreements::{entries::Point, pictures::Theme, register::Version, texts},
    people::group::Group,
    spine::view::View,
};
use kernel::moment::date_in_words;
use kit::{refusal::clause_address, text};
use maud::{Markup, html};

/// The language in which somebody reads.
pub(super) fn language(_view: &View<'_>) -> &'static str {
    "en"
}

/// The whole text of a version.
pub(super) fn whole(view: &View<'_>, version: &Version) -> Markup {
    let language = language(view);
    let says = &version.says;
    let words = version.words.get(language);
    let own = |english: &str, words: Option<&String>| match words {
        Some(words) if !words.is_empty() => (words.clone(), true),
        _ => (english.to_owned(), language == "en"),
    };
    let intro = own(&says.intro, words.map(|(intro, _)| intro));
    let points: Vec<(Markup, bool)> = says
        .points
        .iter()
        .map(|point| {
            let said = words.and_then(|(_, points)| points.get(&point.clause));
            let (words, is_own) = own(&point.text, said);
            (drawn(view, says.group, point, &words, is_own), is_own)
        })
        .collect();
    let some_in_english = points.iter().any(|(_, is_own)| !is_own);
    let points: Vec<Markup> = points.into_iter().map(|(point, _)| point).collect();
    html! {
        @for line in intro.0.lines().filter(|line| !line.trim().is_empty()) { (text::paragraph(line)) }
        @if some_in_english { (text::inset(texts::say(language, "agreement-some-in-english"))) }
        @if says.group == Group::Child { (text::plain_list(&points)) } @else { (text::numbered(&points)) }
        (text::h2(texts::say(language, "agreement-confirm-heading")))
        (text::bullets(&confirms(language, &says.confirms)))
        @if !says.sanctions.is_empty() {
            (text::paragraph(texts::say(language, "agreement-sanctions")))
            (text::bullets(&says.sanctions))
        }
        (text::h2(texts::say(language, "agreement-kept-heading")))
        (text::paragraph(texts::say(language, "agreement-kept")))
    }
}

/// What is confirmed, in the language of the reader where it is one of the program's own sentences.
pub(super) fn confirms(language: &str, lines: &[String]) -> Vec<String> {
    let line = |line: &String| {
        let id = texts::id_of_confirm(line);
        id.map_or_else(|| line.clone(), |id| texts::say(language, id))
    };
    lines.iter().map(line).collect()
}

fn drawn(view: &View<'_>, group: Group, point: &Point, words: &str, is_own: bool) -> Markup {
    let words = if is_own {
        html! { (words) }
    } else {
        text::in_language("en", false, html! { (words) })
    };
    if group == Group::Child {
        return child(language(view), point, words);
    }
    let in_force = view.in_force.document.clause(&point.clause).is_some();
    html! {
        (words)
        @if in_force && view.person().is_some() {
            " " (text::link_about(&clause_address(&point.clause), "Clause", format!("{} of our policy", point.section)))
        }
    }
}

/// A point for children: a picture, what it means in few words, and the clause for the grown-up.
fn child(language: &str, point: &Point, words: Markup) -> Markup {
    let theme = Theme::of(&point.text);
    html! {
        div class="sg-picture-rule" {
            (theme.draw())
            div {
                (text::lead(texts::say(language, theme.says().0)))
                (text::details(texts::say(language, "agreement-child-grown-up"), text::paragraph(words)))
            }
        }
    }
}

/// Which version this is, in a line.
pub(super) fn about(version: &Version) -> String {
    format!(
        "Version {}, issued on {}",
        version.says.number,
        date_in_words(version.at.date())
    )
}

/// Each point on a line of its own, for comparing versions.
pub(super) fn lines(points: &[Point]) -> String {
    let lines: Vec<&str> = points.iter().map(|point| point.text.as_str()).collect();
    lines.join("\n")
}
