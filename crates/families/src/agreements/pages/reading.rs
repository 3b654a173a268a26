//! A version as it is read before it is signed: in the reader's language as far as somebody has
//! written it, for children with a picture for each point.

use crate::{
    agreements::{entries::Point, pictures::Theme, register::Version, texts},
    people::group::Group,
    spine::{tongue::Tongue, view::View},
};
use kit::{refusal::clause_address, text};
use maud::{Markup, html};

/// The whole text of a version.
pub(super) fn whole(view: &View<'_>, version: &Version) -> Markup {
    let tongue = view.tongue();
    let says = &version.says;
    let rendering = version.in_language(tongue.code());
    let own = |english: &str, words: Option<&String>| match words {
        Some(words) if !words.is_empty() => (words.clone(), true),
        _ => (english.to_owned(), tongue == Tongue::En),
    };
    let intro = own(&says.intro, rendering.map(|own| &own.intro));
    let points: Vec<(Markup, bool)> = says
        .points
        .iter()
        .map(|point| {
            let said = rendering.and_then(|own| own.points.get(&point.clause));
            let (words, is_own) = own(&point.text, said);
            (drawn(view, says.group, point, &words, is_own), is_own)
        })
        .collect();
    let some_in_english = points.iter().any(|(_, is_own)| !is_own);
    let points: Vec<Markup> = points.into_iter().map(|(point, _)| point).collect();
    html! {
        @for line in intro.0.lines().filter(|line| !line.trim().is_empty()) { (text::paragraph(line)) }
        @if some_in_english { (text::inset(view.say("agreement-some-in-english"))) }
        @if says.group == Group::Child { (text::plain_list(&points)) } @else { (text::numbered(&points)) }
        (text::h2(view.say("agreement-confirm-heading")))
        (text::bullets(&texts::confirmed(tongue, &says.confirms)))
        @if !says.sanctions.is_empty() {
            (text::paragraph(view.say("agreement-sanctions")))
            (text::bullets(&says.sanctions))
        }
        (text::h2(view.say("agreement-kept-heading")))
        (text::paragraph(view.say("agreement-kept")))
    }
}

fn drawn(view: &View<'_>, group: Group, point: &Point, words: &str, is_own: bool) -> Markup {
    let words = if is_own {
        html! { (words) }
    } else {
        in_english(view, html! { (words) })
    };
    if group == Group::Child {
        return child(view, point, words);
    }
    let in_force = view.in_force.document.clause(&point.clause).is_some();
    html! {
        (words)
        @if in_force && view.person().is_some() {
            " " (text::link_about(&clause_address(&point.clause), "Clause", format!("{} of our policy", point.section)))
        }
    }
}

/// Words in English, marked as such where the page is in another language.
pub(super) fn in_english(view: &View<'_>, words: Markup) -> Markup {
    if view.tongue() == Tongue::En {
        return words;
    }
    text::in_language("en", false, words)
}

/// A point for children: a picture, what it means in few words, and the clause for the grown-up.
fn child(view: &View<'_>, point: &Point, words: Markup) -> Markup {
    let theme = Theme::of(&point.text);
    html! {
        div class="sg-picture-rule" {
            (theme.draw())
            div {
                (text::lead(view.say(theme.message())))
                (text::details(view.say("agreement-child-grown-up"), text::paragraph(words)))
            }
        }
    }
}

/// Which version this is, in a line.
pub(super) fn about(view: &View<'_>, version: &Version) -> String {
    let day = view.date(version.at.date());
    let number = i64::from(version.says.number);
    let values = [("number", number.into()), ("day", (&day).into())];
    view.say_with("agreement-version", &values)
}

/// Each point on a line of its own, for comparing versions.
pub(super) fn lines(points: &[Point]) -> String {
    let lines: Vec<&str> = points.iter().map(|point| point.text.as_str()).collect();
    lines.join("\n")
}
