//! The one style of "no": what is not possible, the clause that says so, who can allow it,
//! and what to do now.

use crate::{
    button::button,
    text::{details, quote},
    words::{ENGLISH, Words},
};
use kernel::ruling::{Quote, Refusal};
use maud::{Markup, html};

/// Where the clauses of the policy are shown: `clause_address("c-12")`.
#[must_use]
pub fn clause_address(clause: &str) -> String {
    format!("/policy/clauses/{clause}")
}

/// A refusal. `ask_at` is where those who can allow it are asked.
#[must_use]
pub fn refusal(refusal: &Refusal, ask_at: Option<&str>) -> Markup {
    refusals(std::slice::from_ref(refusal), ask_at)
}

/// Several refusals of one act: all are shown.
#[must_use]
pub fn refusals(refusals: &[Refusal], ask_at: Option<&str>) -> Markup {
    refusals_in(ENGLISH, refusals, ask_at)
}

/// The same, with the words of another language around it.
#[must_use]
pub fn refusals_in(words: &Words, refusals: &[Refusal], ask_at: Option<&str>) -> Markup {
    html! {
        @if !refusals.is_empty() {
            div class="govuk-error-summary sg-refusal" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { (words.not_possible) }
                    div class="govuk-error-summary__body" {
                        @for one in refusals { (body(words, one)) }
                        @if let Some(href) = ask_at { (button(words.ask.as_ref()).to(href).secondary()) }
                    }
                }
            }
        }
    }
}

/// Clauses that stand with the reason; further ones are folded away behind what to do now.
const SHOWN: usize = 2;

fn body(words: &Words, refusal: &Refusal) -> Markup {
    let (first, more) = refusal.clauses.split_at(refusal.clauses.len().min(SHOWN));
    html! {
        p class="govuk-body sg-refusal__reason" { strong { (refusal.reason) } }
        (quotes(words, first))
        p class="govuk-body" { (refusal.allowed_by.in_words()) }
        @if !refusal.what_now.is_empty() {
            h3 class="govuk-heading-s" { (words.what_now) }
            p class="govuk-body" { (refusal.what_now) }
        }
        @if !more.is_empty() { (details(words.more_clauses.as_ref(), quotes(words, more))) }
    }
}

fn quotes(words: &Words, clauses: &[Quote]) -> Markup {
    html! {
        @for clause in clauses {
            @let from = html! {
                (words.policy_says) ", "
                a class="govuk-link" href=(clause_address(&clause.clause)) { (clause.section) }
            };
            (quote(&clause.text, &from))
        }
    }
}
