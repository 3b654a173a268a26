//! From what the reader found in a document to what the policy family takes: a draft with
//! suggestions, or a policy file.

use families::policy::{
    acts::Reading as Draft,
    document::{Document, Ids},
    draft::{self, Suggested, Suggestion},
};
use reader::reading::{Reading, Why};
use std::collections::HashMap;

/// What was read, as a draft with suggestions.
pub(crate) fn as_draft(file: String, reading: Reading) -> Draft {
    let texts = reading
        .clauses
        .into_iter()
        .filter(|clause| !clause.is_heading);
    let clauses = texts.map(|clause| {
        let values = clause
            .controls
            .iter()
            .filter(|one| one.bound)
            .flat_map(|one| one.values.clone())
            .collect();
        let suggestions = clause.controls.into_iter().map(|one| Suggestion {
            control: one.id,
            score: (f64::from(one.score) * 1000.0).round() / 1000.0,
            bound: one.bound,
            because: one.because.iter().map(in_words).collect(),
        });
        Suggested {
            section: clause.section,
            text: clause.text,
            suggestions: suggestions.collect(),
            values,
        }
    });
    let title = reading
        .title
        .unwrap_or_else(|| "Online safety policy".to_owned());
    Draft {
        file,
        title,
        clauses: clauses.collect(),
    }
}

/// Why something was suggested, as a sentence.
fn in_words(why: &Why) -> String {
    match why {
        Why::Word { word } => format!("It says “{word}”"),
        Why::Example { text, .. } => format!("It is worded much like “{text}”"),
        Why::Learned { text, .. } => format!("You chose this before for “{text}”"),
        Why::Around { text } => format!("It stands near “{text}”"),
    }
}

/// What was read, as a policy: each clause with the controls that are sure.
pub(crate) fn as_policy(file: String, reading: Reading) -> Document {
    let draft = as_draft(file, reading);
    let (document, _) = draft::from_reading(
        &draft.title,
        &draft.clauses,
        None,
        &HashMap::new(),
        &mut Ids::default(),
    );
    document
}
