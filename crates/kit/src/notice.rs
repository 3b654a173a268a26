//! What the program tells a person: that something was done, or that something matters.

use maud::{Markup, Render, html};

/// Something to know that is not about this page alone.
#[must_use]
pub fn important(content: impl Render) -> Markup {
    banner(
        "govuk-notification-banner",
        "region",
        "Important",
        &content.render(),
    )
}

/// Something was done. At the top of the page that follows.
#[must_use]
pub fn done(content: impl Render) -> Markup {
    banner(
        "govuk-notification-banner govuk-notification-banner--success",
        "alert",
        "Success",
        &content.render(),
    )
}

fn banner(class: &str, role: &str, title: &str, content: &Markup) -> Markup {
    html! {
        div class=(class) role=(role) aria-labelledby="govuk-notification-banner-title"
            data-module="govuk-notification-banner" {
            div class="govuk-notification-banner__header" {
                h2 class="govuk-notification-banner__title" id="govuk-notification-banner-title" { (title) }
            }
            div class="govuk-notification-banner__content" {
                p class="govuk-notification-banner__heading" { (content) }
            }
        }
    }
}

/// The end of something longer: what was done, and what to keep of it.
#[must_use]
pub fn panel(title: impl Render, content: impl Render) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1 class="govuk-panel__title" { (title) }
            div class="govuk-panel__body" { (content) }
        }
    }
}

/// How far a long piece of work is. The page asks again by itself with JavaScript, or by a link without.
#[must_use]
pub fn progress(words: impl Render, done: u64, of: u64) -> Markup {
    html! {
        div class="sg-progress" role="status" {
            p class="govuk-body" { (words) ": " (done) " of " (of) }
            progress max=(of) value=(done) aria-label="Progress" {}
        }
    }
}
