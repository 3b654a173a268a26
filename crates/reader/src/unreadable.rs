//! Why a document can't be read, and what to do about it, in words for the person who handed it in.

/// A document that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("The file is empty. Check that you chose the right file, and upload it again")]
    Empty,
    /// It is larger than what is read.
    #[error(
        "The file is larger than {megabytes_max} MB. Save the policy without pictures, or as text, and upload that"
    )]
    TooLarge {
        /// The most megabytes that are read.
        megabytes_max: usize,
    },
    /// It unpacks to far more than a document holds.
    #[error(
        "The file unpacks to far more than a document can hold, so it was not opened. Save the policy afresh from your word processor and upload that"
    )]
    UnpacksTooFar,
    /// It has pictures of pages, but no words.
    #[error(
        "No words were found: the pages seem to be pictures, as from a scanner. Upload the document that was printed, or run the scan through text recognition first"
    )]
    NoWords,
    /// It is protected by a password.
    #[error(
        "The file is protected by a password. Save a copy without the password and upload that"
    )]
    Locked,
    /// It is in the form of old word processors.
    #[error(
        "This is a document in the old .doc form. Open it in your word processor, save it as .docx or PDF, and upload that"
    )]
    OldDocument,
    /// It is in a form that is not read.
    #[error(
        "This is {found}, which can't be read as a policy. Upload a .docx, .odt, .pdf, .md or .txt file"
    )]
    OtherKind {
        /// What it seems to be, as in "a spreadsheet".
        found: &'static str,
    },
    /// It is damaged.
    #[error(
        "The file seems to be damaged: it is {kind}, but could not be opened. Open it in the program that made it, save it afresh, and upload that"
    )]
    Damaged {
        /// What it is, as in "a PDF".
        kind: &'static str,
    },
}
