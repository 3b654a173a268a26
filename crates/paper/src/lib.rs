//! Documents as PDF.
pub use krilla::Document;
