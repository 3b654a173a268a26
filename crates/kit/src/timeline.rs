//! What happened, in order: the newest first as a rule.

use maud::{Markup, Render, html};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// What: "Policy adopted".
    pub title: Markup,
    /// Who did it, in words. Empty when nobody did.
    pub by: String,
    /// When, for machines: RFC 3339.
    pub machine_time: String,
    /// When, in words.
    pub when: String,
    /// More about it.
    pub content: Markup,
}

/// A line of events.
#[must_use]
pub fn timeline(events: &[Event]) -> Markup {
    html! {
        div class="moj-timeline" {
            @for event in events {
                div class="moj-timeline__item" {
                    div class="moj-timeline__header" {
                        h2 class="moj-timeline__title" { (event.title) }
                        @if !event.by.is_empty() { p class="moj-timeline__byline" { "by " (event.by) } }
                    }
                    p class="moj-timeline__date" { time datetime=(event.machine_time) { (event.when) } }
                    div class="moj-timeline__description" { (event.content) }
                }
            }
        }
    }
}

impl Event {
    /// An event at a moment.
    #[must_use]
    pub fn new(
        title: impl Render,
        by: impl Into<String>,
        at: kernel::moment::Moment,
        content: impl Render,
    ) -> Event {
        Event {
            title: title.render(),
            by: by.into(),
            machine_time: at.to_text(),
            when: at.in_words(),
            content: content.render(),
        }
    }
}
