//! Facts about looking: who opened or kept what is protected, and who was refused.

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
    permit::Need,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Where the custody records of devices stand that may hold evidence.
pub const CUSTODY: &str = "/devices/custody/";

/// A fact about looking.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Whoever made the entry looked at a record.
    Looked(Look),
    /// They were refused a look, or found nothing there.
    Refused(Look),
    /// They took something along: a PDF, a spreadsheet, a file.
    Downloaded(Look),
}

/// A look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// At what.
    #[serde(flatten)]
    pub record: Record,
    /// As what it was shown.
    pub how: How,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    /// Where it stands, without what says whom it is about: `/people/{person}`.
    pub page: String,
    /// The person whom it is about.
    #[serde(default)]
    pub person: Option<Person>,
    /// The case that it is.
    #[serde(default)]
    pub case: Option<u32>,
    /// The custody record that it is, where it hangs on no case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custody: Option<u32>,
}

/// As what something was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// As a page.
    Page,
    /// As a PDF.
    Pdf,
    /// As a spreadsheet.
    Csv,
    /// As another file.
    File,
}

/// Where a search in cases stands: what was searched for is not kept.
pub const SEARCH: &str = "/concerns?words";

impl How {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            How::Page => "on a page",
            How::Pdf => "as PDF",
            How::Csv => "as a spreadsheet",
            How::File => "as a file",
        }
    }
}

impl Record {
    /// Whether only whoever looked, and who knows of it, may know of the look: at a custody record that
    /// hangs on no case, or of which it is not known on which.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.case.is_none() && self.page.starts_with(CUSTODY)
    }

    /// What it is, as the end of a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        match (self.person, self.case) {
            (Some(person), _) => format!("the record of {}", person.mark()),
            (None, Some(case)) => format!("concern {case}"),
            (None, None) => match self.page.as_str() {
                "/concerns" => "the list of concerns that they are on".to_owned(),
                SEARCH => "concerns that they are on, by searching in them".to_owned(),
                "/concerns/for-the-committee" => "the report for the committee".to_owned(),
                "/concerns/low-level" => "the low-level concerns that they see".to_owned(),
                "/concerns/let-go" => {
                    "what was let go of the concerns that they were on".to_owned()
                }
                "/concerns/transfers" => "files of concerns that move".to_owned(),
                page if page.starts_with(CUSTODY) => {
                    "the custody record of a device that was secured".to_owned()
                }
                "/concerns/figures" => "figures about concerns".to_owned(),
                "/people" => "people, by searching for a name".to_owned(),
                page => page.to_owned(),
            },
        }
    }
}

impl Entry {
    /// The look itself.
    #[must_use]
    pub fn look(&self) -> &Look {
        match self {
            Entry::Looked(look) | Entry::Refused(look) | Entry::Downloaded(look) => look,
        }
    }

    /// The case that the line is about, so that nobody else learns of it. A refused look says of a
    /// case neither that there is one nor that there is none.
    #[must_use]
    pub fn case(&self) -> Option<u32> {
        match self {
            Entry::Looked(look) | Entry::Downloaded(look) => look.record.case,
            Entry::Refused(_) => None,
        }
    }

    /// Who may see the line.
    #[must_use]
    pub fn need(&self, by: Option<Person>) -> Need {
        match self.case() {
            Some(case) => Need::OnCase(case),
            None if self.look().record.is_own() => {
                let known = self.look().record.custody.map(Need::Secured);
                Need::AnyOf(by.map(Need::Oneself).into_iter().chain(known).collect())
            }
            None => Need::Anyone,
        }
    }

    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Looked(fact) => Written::of("access.looked", 1, fact),
            Entry::Refused(fact) => Written::of("access.look-refused", 1, fact),
            Entry::Downloaded(fact) => Written::of("access.downloaded", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Looked(fact) => format!("looked at {}", fact.record.in_words()),
            Entry::Refused(fact) if fact.record.case.is_some() => {
                "tried to open a concern and was not let in".to_owned()
            }
            Entry::Refused(fact) => {
                format!(
                    "tried to open {} and was not let in",
                    fact.record.in_words()
                )
            }
            Entry::Downloaded(fact) => {
                format!(
                    "took {} along {}",
                    fact.record.in_words(),
                    fact.how.in_words()
                )
            }
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Look(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 3] = [
    Shape::new(
        "access.looked",
        1,
        |body| of(body, Entry::Looked),
        r#"{"page":"/people/{person}","person":7,"case":null,"how":"page"}"#,
    ),
    Shape::new(
        "access.look-refused",
        1,
        |body| of(body, Entry::Refused),
        r#"{"page":"/concerns/cases/{case}","person":null,"case":3,"how":"page"}"#,
    ),
    Shape::new(
        "access.downloaded",
        1,
        |body| of(body, Entry::Downloaded),
        r#"{"page":"/policy/print","person":null,"case":null,"how":"pdf"}"#,
    ),
];
