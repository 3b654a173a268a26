//! Documents as PDF.
pub use typst_pdf::pdf;
