//! What comes of reading a document: its clauses in order, and for each the controls that it seems to speak of.

use kernel::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A document, read.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reading {
    /// The first heading, where there is one.
    #[serde(skip)]
    pub title: Option<String>,
    /// The clauses in the order of the document, headings too.
    pub clauses: Vec<Clause>,
    /// What the person should know about how the document was read, in plain words.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// A heading, a sentence or a point of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clause {
    /// The heading that it stands under.
    pub section: String,
    /// The words as they stand in the document.
    pub text: String,
    /// Whether it only names or introduces what follows.
    #[serde(skip)]
    pub is_heading: bool,
    /// The controls that it may speak of, the likeliest first.
    pub controls: Vec<Suggestion>,
}

/// A control that a clause may speak of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// The control's id.
    pub id: String,
    /// How likely it is, from nought to one.
    pub score: f32,
    /// Whether the reader is sure enough to bind it.
    pub bound: bool,
    /// What the clause chooses for it.
    pub values: BTreeMap<String, Value>,
    /// Why it is suggested, the strongest reason first.
    pub because: Vec<Why>,
}

/// A reason for a suggestion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Why {
    /// A word of the clause that known clauses on this control have too.
    Word {
        /// The word as it stands in the clause.
        word: String,
    },
    /// A known clause on this control that is worded much alike.
    Example {
        /// The known clause.
        text: String,
        /// How alike they are, from nought to one.
        alike: f32,
    },
    /// Somebody in this setting bound a clause like it to this control before.
    Learned {
        /// The clause of then.
        text: String,
        /// How alike they are, from nought to one.
        alike: f32,
    },
    /// The heading or the line above points to it.
    Around {
        /// The heading or line.
        text: String,
    },
}
