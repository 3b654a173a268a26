//! Tags: one or two words that say how something stands. Never by colour alone.

use crate::icon;
use kernel::standing::Standing;
use maud::{Markup, Render, html};

/// The colour behind a tag's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The usual.
    Plain,
    /// Nothing to do.
    Grey,
    /// Done.
    Green,
    /// Under way.
    Blue,
    /// Soon.
    Yellow,
    /// Late or wrong.
    Red,
    /// A person is asked.
    Purple,
}

/// A tag.
#[must_use]
pub fn tag(words: impl Render, colour: Colour) -> Markup {
    let class = match colour {
        Colour::Plain => "govuk-tag",
        Colour::Grey => "govuk-tag govuk-tag--grey",
        Colour::Green => "govuk-tag govuk-tag--green",
        Colour::Blue => "govuk-tag govuk-tag--blue",
        Colour::Yellow => "govuk-tag govuk-tag--yellow",
        Colour::Red => "govuk-tag govuk-tag--red",
        Colour::Purple => "govuk-tag govuk-tag--purple",
    };
    html! { strong class=(class) { (words) } }
}

/// How a clause stands, in word, colour and shape.
#[must_use]
pub fn standing_tag(standing: Standing) -> Markup {
    html! {
        strong class={ "sg-standing sg-standing--" (standing.key()) } {
            (icon::standing(standing)) span { (standing.in_words()) }
        }
    }
}

/// How many clauses stand in which way: tags with counts, each a link when `href` gives one.
#[must_use]
pub fn standing_counts(
    counts: &[(Standing, usize)],
    href: &dyn Fn(Standing) -> Option<String>,
) -> Markup {
    html! {
        ul class="sg-counts" {
            @for (standing, count) in counts {
                li class={ "sg-counts__item sg-counts__item--" (standing.key()) } {
                    @let inner = html! {
                        span class="sg-counts__number" { (count) }
                        span class="sg-counts__word" { (icon::standing(*standing)) " " (standing.in_words()) }
                    };
                    @if let Some(href) = href(*standing) { a class="sg-counts__link" href=(href) { (inner) } }
                    @else { (inner) }
                }
            }
        }
    }
}
