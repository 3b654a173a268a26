//! What a form says while there is no way to send it. A script keeps what was written sealed on the
//! device and sends it once, as soon as there is a way; it shows these words. Without one they stay
//! hidden.

use maud::{Markup, html};

/// The words, and where a form goes that had to wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// Where it is sent.
    pub sent_to: String,
    /// Which page follows.
    pub then: String,
    /// Title: it is kept.
    pub title: String,
    /// What happens to it now.
    pub kept: String,
    /// Before the times at which what still waits was written.
    pub waiting: String,
    /// There is no network just now.
    pub offline: String,
    /// A question has to be answered first.
    pub missing: String,
    /// Too many come just now.
    pub later: String,
}

/// All of it, hidden to begin with.
#[must_use]
pub fn keeping(words: &Keeping) -> Markup {
    html! {
        div class="sg-keep" data-sent-to=(words.sent_to) data-then=(words.then) {
            div class="sg-keep__kept" tabindex="-1" role="status" hidden {
                h2 class="govuk-heading-m" { (words.title) }
                p class="govuk-body" { (words.kept) }
            }
            div class="sg-keep__waiting" hidden {
                p class="govuk-body" { (words.waiting) }
                ul class="govuk-list govuk-list--bullet" {}
            }
            p class="govuk-inset-text sg-keep__offline" hidden { (words.offline) }
            p class="govuk-error-message sg-keep__missing" role="alert" hidden { (words.missing) }
            p class="govuk-inset-text sg-keep__later" hidden { (words.later) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_is_shown_before_a_script_does() {
        let drawn = keeping(&Keeping::default()).into_string();
        assert_eq!(drawn.matches(" hidden").count(), 5);
    }
}
