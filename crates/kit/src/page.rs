//! The frame around each page: who we are, where to go, who to turn to, and the content between.

use crate::{button::button, form, icon, text, words::Words};
use maud::{DOCTYPE, Markup, html};

/// The most places of the navigation that are shown without a word for the rest.
const AT_ONCE_MAX: usize = 9;
/// How many are shown at once where there are more than these.
const AT_ONCE: usize = 7;

/// Which way the language of the page runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// As English.
    #[default]
    LeftToRight,
    /// As Arabic or Urdu.
    RightToLeft,
}

/// How much room the content takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// Two thirds: easy to read.
    #[default]
    Reading,
    /// All of it: tables, two documents side by side.
    Wide,
}

/// A person whom people of the setting can turn to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// What they are: "Designated safeguarding lead".
    pub role: String,
    /// How to reach them, in words: "in the office, or 01632 960001".
    pub reach: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Their name.
    pub name: String,
    /// What they are in the setting.
    pub role: String,
    /// Where the lock button sends.
    pub lock_at: String,
}

/// One place to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
    /// Whether we are there.
    pub current: bool,
}

/// A language in which the page can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code: `pl`.
    pub code: String,
    /// Its name in itself.
    pub name: String,
    /// Which way it runs.
    pub direction: Direction,
    /// Where it is chosen.
    pub href: String,
    /// Whether the page is in it.
    pub current: bool,
}

impl Direction {
    /// As a page says it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// All that stands around the content of a page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The setting's name. Empty before one is set up.
    pub setting_name: String,
    /// The page's title, as in its heading.
    pub title: String,
    /// The language of the page: `en`. Empty is English.
    pub lang: String,
    /// Which way it runs.
    pub direction: Direction,
    /// The words of the parts themselves, in the language of the page.
    pub words: &'static Words,
    /// The languages in which the page can be read. None: only in its own.
    pub languages: Vec<Language>,
    /// Whether the content is in English whatever the language around it is.
    pub content_in_english: bool,
    /// Who is signed in.
    pub signed_in_as: Option<SignedIn>,
    /// Where one can go from here.
    pub navigation: Vec<NavItem>,
    /// Who to turn to: at the foot of each page.
    pub lead: Option<Contact>,
    /// Where a concern is reported.
    pub concern_at: Option<String>,
    /// For the forms of the frame itself.
    pub csrf: Option<String>,
    /// Whether a form on the page has problems: the title says so first.
    pub has_problems: bool,
    /// A back link, breadcrumbs, a banner: what stands before the content.
    pub before: Option<Markup>,
    /// What the page is for and how it works.
    pub help: Option<Markup>,
    /// How much room the content takes.
    pub room: Room,
    /// The version of the program, at the foot.
    pub version: String,
}

/// A whole page.
#[must_use]
pub fn page(frame: &Frame, content: Markup) -> Markup {
    let lang = if frame.lang.is_empty() {
        "en"
    } else {
        &frame.lang
    };
    let direction = frame.direction.code();
    let content = if frame.content_in_english {
        text::in_language("en", false, content)
    } else {
        content
    };
    html! {
        (DOCTYPE)
        html lang=(lang) dir=(direction) class="govuk-template" {
            (head(frame))
            body class="govuk-template__body" {
                a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link" { (frame.words.skip) }
                (header(frame))
                div class="govuk-width-container" {
                    @if !frame.languages.is_empty() { (languages(frame)) }
                    @if let Some(before) = &frame.before { div class="sg-before" { (before) } }
                    main class="govuk-main-wrapper" id="main-content" {
                        @match frame.room {
                            Room::Reading => div class="sg-reading" { (content) },
                            Room::Wide => (content),
                        }
                        @if let Some(help) = &frame.help { (help_panel(frame.words, help)) }
                    }
                }
                (footer(frame))
            }
        }
    }
}

fn head(frame: &Frame) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            title {
                @if frame.has_problems { (frame.words.error_prefix) " " }
                (frame.title)
                @if !frame.setting_name.is_empty() { " – " (frame.setting_name) }
                " – Stairgate"
            }
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="theme-color" content="#173f3f";
            meta name="referrer" content="same-origin";
            link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(assets::path("app.css"));
            script type="module" src=(assets::path("app.js")) {}
        }
    }
}

fn header(frame: &Frame) -> Markup {
    html! {
        header class="sg-header" {
            div class="govuk-width-container sg-header__row" {
                a class="sg-header__home" href="/" {
                    (icon::mark())
                    span class="sg-header__names" {
                        span class="sg-header__word" { "Stairgate" }
                        @if !frame.setting_name.is_empty() {
                            span class="govuk-visually-hidden" { " – " }
                            span class="sg-header__setting" { (frame.setting_name) }
                        }
                    }
                }
                @if let Some(person) = &frame.signed_in_as {
                    div class="sg-header__person" {
                        span class="sg-header__who" {
                            span class="govuk-visually-hidden" { (frame.words.signed_in_as) " " }
                            strong { (person.name) }
                            @if !person.role.is_empty() { span class="sg-header__role" { (person.role) } }
                        }
                        (form::button_form(
                            &person.lock_at,
                            frame.csrf.as_deref().unwrap_or_default(),
                            &[],
                            &button(frame.words.lock.as_ref()).secondary().about(frame.words.lock_about.as_ref()),
                        ))
                    }
                }
            }
            @if !frame.navigation.is_empty() || frame.concern_at.is_some() { (navigation(frame)) }
        }
    }
}

fn navigation(frame: &Frame) -> Markup {
    let all = frame.navigation.as_slice();
    let at_once = if all.len() > AT_ONCE_MAX {
        AT_ONCE
    } else {
        all.len()
    };
    let (first, more) = all.split_at_checked(at_once).unwrap_or((all, &[]));
    html! {
        div class="govuk-service-navigation sg-navigation" data-module="govuk-service-navigation" {
            div class="govuk-width-container" {
                div class="govuk-service-navigation__container" {
                    nav aria-label=(frame.words.menu) class="govuk-service-navigation__wrapper" {
                        button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                            aria-controls="navigation" hidden aria-hidden="true" { (frame.words.menu) }
                        ul class="govuk-service-navigation__list" id="navigation" {
                            @for item in first { (navigation_item(item)) }
                            @if !more.is_empty() { (more_items(frame.words, more)) }
                        }
                    }
                    @if let Some(href) = &frame.concern_at {
                        a class="sg-navigation__concern" href=(href) { (frame.words.concern) }
                    }
                }
            }
        }
    }
}

/// Where one goes less often: behind one word, so that the first line stays short on a tablet.
fn more_items(words: &Words, items: &[NavItem]) -> Markup {
    let active = items.iter().any(|item| item.current);
    html! {
        li class={ "govuk-service-navigation__item sg-more" @if active { " govuk-service-navigation__item--active" } } {
            details {
                summary class="govuk-service-navigation__link sg-more__word" { (words.more) }
                ul class="sg-more__list" { @for item in items { (navigation_item(item)) } }
            }
        }
    }
}

fn navigation_item(item: &NavItem) -> Markup {
    html! {
        @if item.current {
            li class="govuk-service-navigation__item govuk-service-navigation__item--active" {
                a class="govuk-service-navigation__link" href=(item.href) aria-current="page" {
                    strong class="govuk-service-navigation__active-fallback" { (item.text) }
                }
            }
        } @else {
            li class="govuk-service-navigation__item" {
                a class="govuk-service-navigation__link" href=(item.href) { (item.text) }
            }
        }
    }
}

fn help_panel(words: &Words, content: &Markup) -> Markup {
    html! {
        aside class="sg-help" id="help" aria-label=(words.help_name) { (text::details(&words.help, content)) }
    }
}

/// The languages, each in its own name: whoever can't read this page finds theirs.
fn languages(frame: &Frame) -> Markup {
    html! {
        nav class="sg-languages" aria-label=(frame.words.languages) {
            ul class="sg-languages__list" {
                @for one in &frame.languages {
                    li {
                        a class="govuk-link sg-languages__link" href=(one.href) lang=(one.code) hreflang=(one.code)
                            dir=(one.direction.code()) aria-current=[one.current.then_some("true")] { (one.name) }
                    }
                }
            }
        }
    }
}

fn footer(frame: &Frame) -> Markup {
    html! {
        footer class="sg-footer" {
            div class="govuk-width-container sg-footer__row" {
                @if let Some(lead) = &frame.lead {
                    div class="sg-footer__lead" {
                        h2 class="govuk-heading-s" { (frame.words.worried.replace("{name}", &lead.name)) }
                        p class="govuk-body" { (lead.role) ": " (lead.reach) }
                    }
                }
                ul class="sg-footer__links" {
                    @if frame.help.is_some() { li { a class="govuk-link" href="#help" { (frame.words.help) } } }
                    li { a class="govuk-link" href="/help" { (frame.words.manual) } }
                    @if !frame.version.is_empty() {
                        li { a class="govuk-link" href=(assets::path("notices.txt")) { "Stairgate " (frame.version) } }
                    }
                }
            }
        }
    }
}
