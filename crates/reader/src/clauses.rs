//! Blocks become clauses: headings name the section, paragraphs fall into sentences, points of lists keep
//! the line that leads into them, and each clause is judged with what stands around it.

use crate::document::{Block, Document, Form};
use crate::layout::sentences::sentences;
use crate::learned::Learned;
use crate::limits::Limits;
use crate::meaning::Knowledge;
use crate::meaning::binding::{Corrected, Looks, Opinion, opinion};
use crate::meaning::features::Around;
use crate::reading::{Clause, Reading, Suggestion};
use crate::values::Asked;

/// A document of one paragraph up to this long is one clause, as it stands.
const ALONE_MAX: usize = 700;
/// A heading has at most so many words.
const HEADING_WORDS_MAX: usize = 11;
/// A line of so few words, without a verb, is a title in nearly every policy.
const BARE_WORDS_MAX: usize = 3;
/// A line of so many words, without a verb that obliges anybody, is rather a title than a clause.
const TITLE_WORDS_MAX: usize = 7;
/// A clause longer than this is judged by its beginning.
const JUDGED_MAX: usize = 1_500;

/// The clauses of a document.
pub(crate) fn of(
    knowledge: &Knowledge,
    document: Document,
    learned: &Learned,
    limits: &Limits,
) -> Reading {
    let model = &knowledge.model;
    let judge = Judge {
        knowledge,
        corrected: Corrected::of(model, learned),
    };
    let mut reading = Reading {
        title: None,
        clauses: Vec::new(),
        notes: document.notes,
    };
    let mut section = String::new();
    let mut lead = String::new();
    let alone = matches!(document.blocks.as_slice(), [one] if one.text.len() <= ALONE_MAX);
    let mut blocks = document.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        if is_full(&mut reading, limits) {
            break;
        }
        if block.form == Form::Contents {
            reading
                .clauses
                .push(clause(&section, &block.text, true, Vec::new()));
            continue;
        }
        let leads = blocks
            .peek()
            .is_some_and(|next| next.form == Form::Point && block.form != Form::Point);
        let parts = if alone {
            vec![block.text.as_str()]
        } else {
            sentences(&block.text)
        };
        let whole = parts.len() == 1;
        let mut before = if block.form == Form::Point {
            lead.clone()
        } else {
            String::new()
        };
        let room = limits.clauses_max.saturating_sub(reading.clauses.len());
        for part in parts.into_iter().take(room) {
            let looks = looks(block, part, whole);
            let around = Around {
                section: &section,
                lead: &before,
            };
            let Opinion { nothing, controls } = judge.opinion(part, around, looks);
            let is_heading = nothing && (whole || block.form == Form::Heading);
            reading
                .clauses
                .push(clause(&section, part, is_heading, controls));
            if is_heading && is_title(block, part, leads) {
                reading.title.get_or_insert_with(|| part.to_owned());
                part.trim_end_matches(':').trim().clone_into(&mut section);
                lead.clear();
            }
            part.clone_into(&mut before);
        }
        if block.form != Form::Point {
            lead = if leads { before } else { String::new() };
        }
    }
    reading
}

fn clause(section: &str, text: &str, is_heading: bool, controls: Vec<Suggestion>) -> Clause {
    Clause {
        section: section.to_owned(),
        text: text.to_owned(),
        is_heading,
        controls,
    }
}

/// Whether no more clauses are kept; it is said to the person.
fn is_full(reading: &mut Reading, limits: &Limits) -> bool {
    let full = reading.clauses.len() >= limits.clauses_max;
    if full {
        reading.notes.push(format!(
            "The document is very long: only its first {} clauses were read",
            limits.clauses_max
        ));
    }
    full
}

struct Judge<'a> {
    knowledge: &'a Knowledge,
    corrected: Corrected<'a>,
}

impl Judge<'_> {
    fn opinion(&self, text: &str, around: Around<'_>, looks: Looks) -> Opinion {
        let end = text
            .char_indices()
            .nth(JUDGED_MAX)
            .map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        let mut opinion = opinion(&self.knowledge.model, &self.corrected, text, around, looks);
        let asked = Asked::of(
            text,
            if around.lead.is_empty() {
                around.section
            } else {
                around.lead
            },
        );
        for suggestion in &mut opinion.controls {
            suggestion.values = asked.values(&suggestion.id);
        }
        opinion
    }
}

/// What a block looks like before its words are weighed.
fn looks(block: &Block, part: &str, whole: bool) -> Looks {
    let words = part.split(' ').count();
    match block.form {
        Form::Heading | Form::Contents => Looks::Heading,
        Form::Point | Form::Cell if part.ends_with(':') || words <= 3 => Looks::Either,
        Form::Point | Form::Cell => Looks::Clause,
        Form::Paragraph if !whole => Looks::Clause,
        Form::Paragraph if words > HEADING_WORDS_MAX + 3 || part.ends_with('.') => Looks::Clause,
        Form::Paragraph if all_capitals(part) && words <= HEADING_WORDS_MAX => Looks::Heading,
        Form::Paragraph if words <= BARE_WORDS_MAX && is_bare_title(part) => Looks::Title,
        Form::Paragraph if words <= HEADING_WORDS_MAX && part.ends_with('?') => Looks::Heading,
        Form::Paragraph if words <= TITLE_WORDS_MAX && starts_large(part) && !speaks(part) => {
            Looks::Heading
        }
        Form::Paragraph => Looks::Either,
    }
}

/// Whether a heading names a section, and is not just a line of an address or of a list of names.
fn is_title(block: &Block, part: &str, leads: bool) -> bool {
    if block.form == Form::Heading {
        return true;
    }
    block.form == Form::Paragraph
        && part.split(' ').count() <= HEADING_WORDS_MAX
        && !part.ends_with(['.', ',', ';'])
        && !(leads && is_lead_in(part))
        && part.chars().any(char::is_alphabetic)
        && !part.contains("://")
        && !part.contains("www.")
        && !part.contains('@')
}

/// "Staff must:" leads into its list; "Phones:" is the title of one.
fn is_lead_in(part: &str) -> bool {
    part.ends_with(':') && speaks(part)
}

/// Whether a verb or another word of sentences is in it.
fn speaks(part: &str) -> bool {
    const LEADING: [&str; 20] = [
        "will",
        "must",
        "should",
        "shall",
        "may",
        "can",
        "are",
        "is",
        "has",
        "have",
        "not",
        "by",
        "to",
        "that",
        "include",
        "includes",
        "including",
        "following",
        "ensure",
        "we",
    ];
    part.to_lowercase()
        .split([' ', ':'])
        .any(|word| LEADING.contains(&word))
}

/// "Passwords", "Working from home"; not "No phones" or "Never share passwords", which are rules.
fn is_bare_title(part: &str) -> bool {
    const RULING: [&str; 12] = [
        "no",
        "never",
        "always",
        "do",
        "don't",
        "only",
        "keep",
        "ask",
        "tell",
        "allowed",
        "banned",
        "forbidden",
    ];
    starts_large(part)
        && !speaks(part)
        && !part
            .to_lowercase()
            .replace('\u{2019}', "'")
            .split(' ')
            .any(|word| RULING.contains(&word))
}

fn starts_large(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_uppercase)
}

fn all_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}
