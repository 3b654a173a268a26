//! Writing a draft: where it begins, its clauses, and the controls that answer them.

use super::{Came, Reading, draft, in_force, no, no_now};
use crate::{
    policy::{
        choices,
        document::{
            CLAUSE_CHARS_MAX, CLAUSES_MAX, CONTROLS_MAX, Clause, Document, Ids, SECTION_CHARS_MAX,
        },
        draft::{Draft, Source, Suggestion, from_reading},
        entries::{
            BindingsConfirmed, ClauseAdded, ClauseBound, ClauseEdited, ClauseMoved, ClauseRemoved,
            DraftBegun, DraftDiscarded, DraftRenamed, Entry,
        },
        templates,
    },
    spine::{act::Case, catalogue},
};
use kernel::ruling::Mistake;
use std::collections::BTreeMap;

/// The longest title, in characters.
const TITLE_CHARS_MAX: usize = 200;

pub(super) fn from_template(name: &str, case: &Case<'_>) -> Came {
    let Some(template) = templates::find(name) else {
        return no(
            "template",
            "There is no such template. Choose one of the list",
        );
    };
    let document = template
        .for_setting(case.setting.place.name())
        .map_err(|wrong| mistakes("template", wrong.0))?;
    begin(
        Source::Template(name.to_owned()),
        document,
        BTreeMap::new(),
        case,
    )
}

pub(super) fn from_current(case: &Case<'_>) -> Came {
    let current = in_force(case)?;
    let document = current.document.clone();
    begin(
        Source::Version(current.number),
        document,
        BTreeMap::new(),
        case,
    )
}

pub(super) fn from_file(name: &str, text: &str, case: &Case<'_>) -> Came {
    let document = Document::from_toml(text).map_err(|wrong| mistakes("file", wrong.0))?;
    begin(Source::File(short(name)), document, BTreeMap::new(), case)
}

pub(super) fn from_document(reading: &Reading, case: &Case<'_>) -> Came {
    let policy = &case.setting.policy;
    if reading.clauses.len() > CLAUSES_MAX {
        return no(
            "file",
            format!(
                "The document has more than {CLAUSES_MAX} sentences that could be clauses. Leave out what is not the policy"
            ),
        );
    }
    let mut ids = ids(case);
    let learned = policy.learned_by_text();
    let title = match reading.title.trim() {
        "" => "Online safety policy".to_owned(),
        title => title.chars().take(TITLE_CHARS_MAX).collect(),
    };
    let current = policy.adopted().map(|version| &version.document);
    let (mut document, suggestions) =
        from_reading(&title, &reading.clauses, current, &learned, &mut ids);
    if let Some(current) = current {
        document.policy.choices.clone_from(&current.policy.choices);
    }
    case.setting
        .place
        .name()
        .clone_into(&mut document.policy.setting);
    if document.clauses.is_empty() {
        return no(
            "file",
            "No clauses were found in the document. If it is a scan, it has no text: use the file that it was printed from",
        );
    }
    begin(
        Source::Reading(short(&reading.file)),
        document,
        suggestions,
        case,
    )
}

fn begin(
    source: Source,
    document: Document,
    suggestions: BTreeMap<String, Vec<Suggestion>>,
    case: &Case<'_>,
) -> Came {
    let policy = &case.setting.policy;
    if policy.draft().is_some() {
        return no_now(
            "There is a draft already. Finish it or give it up before you begin another",
        );
    }
    let wrong = document.faults();
    if !wrong.is_empty() {
        return Err(mistakes("file", wrong));
    }
    Ok(Entry::DraftBegun(Box::new(DraftBegun {
        number: policy.next_draft(),
        base: policy.adopted().map_or(0, |version| version.number),
        source,
        document,
        suggestions,
    })))
}

pub(super) fn rename(title: &str, case: &Case<'_>) -> Came {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > TITLE_CHARS_MAX {
        return no(
            "title",
            format!("A title has 1 to {TITLE_CHARS_MAX} characters"),
        );
    }
    if draft(case)?.document.policy.title == title {
        return no("title", "The draft has this title already");
    }
    Ok(Entry::DraftRenamed(DraftRenamed {
        title: title.to_owned(),
    }))
}

pub(super) fn discard(why: &str, case: &Case<'_>) -> Came {
    let number = draft(case)?.number;
    Ok(Entry::DraftDiscarded(DraftDiscarded {
        number,
        why: why.to_owned(),
    }))
}

pub(super) fn add(section: &str, text: &str, after: Option<&str>, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    check_words(section, text)?;
    if draft.document.clauses.len() >= CLAUSES_MAX {
        return no_now(format!("A policy has at most {CLAUSES_MAX} clauses"));
    }
    let after = match after {
        Some(after) => {
            has(draft, "after", after)?;
            Some(after.to_owned())
        }
        None => draft
            .document
            .clauses
            .last()
            .map(|clause| clause.id.clone()),
    };
    let section = section.trim();
    let clause = Clause {
        id: ids(case).fresh(section),
        section: section.to_owned(),
        text: text.trim().to_owned(),
        ..Clause::default()
    };
    Ok(Entry::ClauseAdded(Box::new(ClauseAdded { clause, after })))
}

pub(super) fn edit(clause: &str, section: &str, text: &str, case: &Case<'_>) -> Came {
    let now = has(draft(case)?, "clause", clause)?;
    check_words(section, text)?;
    let (section, text) = (section.trim(), text.trim());
    if now.section == section && now.text == text {
        return no("text", "Nothing is different. Change the words first");
    }
    Ok(Entry::ClauseEdited(ClauseEdited {
        clause: clause.to_owned(),
        section: section.to_owned(),
        text: text.to_owned(),
    }))
}

pub(super) fn remove(clause: &str, case: &Case<'_>) -> Came {
    has(draft(case)?, "clause", clause)?;
    Ok(Entry::ClauseRemoved(ClauseRemoved {
        clause: clause.to_owned(),
    }))
}

pub(super) fn place(clause: &str, after: Option<&str>, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    has(draft, "clause", clause)?;
    if let Some(after) = after {
        has(draft, "after", after)?;
        if after == clause {
            return no(
                "after",
                "A clause can’t stand after itself. Choose another one",
            );
        }
    }
    Ok(Entry::ClauseMoved(ClauseMoved {
        clause: clause.to_owned(),
        after: after.map(str::to_owned),
    }))
}

pub(super) fn bind(
    clause: &str,
    controls: &[String],
    lines: Option<&str>,
    case: &Case<'_>,
) -> Came {
    let now = has(draft(case)?, "clause", clause)?;
    let mut chosen: Vec<String> = Vec::new();
    for control in controls {
        if catalogue::find(control).is_none() {
            let shown: String = control.chars().take(60).collect();
            return no(
                "controls",
                format!("There is no control “{shown}”. Choose from the list"),
            );
        }
        if !chosen.contains(control) {
            chosen.push(control.clone());
        }
    }
    if chosen.len() > CONTROLS_MAX {
        return no(
            "controls",
            format!("A clause has at most {CONTROLS_MAX} controls"),
        );
    }
    let values = match lines {
        Some(lines) => {
            choices::from_lines(lines).map_err(|wrong| vec![Mistake::at("values", wrong)])?
        }
        None => now.values.clone(),
    };
    Ok(Entry::ClauseBound(Box::new(ClauseBound {
        clause: clause.to_owned(),
        controls: chosen,
        values,
    })))
}

pub(super) fn confirm_sure(case: &Case<'_>) -> Came {
    let clauses = draft(case)?.sure();
    if clauses.is_empty() {
        return no_now("There are no sure suggestions left to confirm");
    }
    Ok(Entry::BindingsConfirmed(BindingsConfirmed { clauses }))
}

/// Ids that any version or the draft has used. One that was used is never given to another clause.
fn ids(case: &Case<'_>) -> Ids {
    let policy = &case.setting.policy;
    let mut ids = Ids::default();
    for version in policy.versions() {
        ids.take_all(&version.document);
    }
    if let Some(draft) = policy.draft() {
        ids.take_all(&draft.document);
    }
    ids
}

fn has<'d>(draft: &'d Draft, field: &str, clause: &str) -> Came<&'d Clause> {
    match draft.document.clause(clause) {
        Some(clause) => Ok(clause),
        None => no(
            field,
            "The draft has no such clause. It may have been taken out meanwhile",
        ),
    }
}

fn check_words(section: &str, text: &str) -> Came<()> {
    if section.trim().is_empty() || section.chars().count() > SECTION_CHARS_MAX {
        return no(
            "section",
            format!("A heading has 1 to {SECTION_CHARS_MAX} characters"),
        );
    }
    if text.trim().is_empty() || text.chars().count() > CLAUSE_CHARS_MAX {
        return no(
            "text",
            format!("A clause has 1 to {CLAUSE_CHARS_MAX} characters"),
        );
    }
    Ok(())
}

fn short(name: &str) -> String {
    name.chars().take(120).collect()
}

/// At most twenty things that are wrong: more help nobody.
fn mistakes(field: &str, wrong: Vec<String>) -> Vec<Mistake> {
    let all = wrong.len();
    let mut mistakes: Vec<Mistake> = wrong
        .into_iter()
        .take(20)
        .map(|says| Mistake::at(field, says.trim_end_matches('.')))
        .collect();
    if all > 20 {
        mistakes.push(Mistake::at(field, format!("There are {} more", all - 20)));
    }
    mistakes
}
