//! How much of a document is read: everything that comes from outside has an end.

/// The bounds of one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub bytes_max: usize,
    /// The most that a packed document may unpack to, in bytes.
    pub unpacked_bytes_max: usize,
    /// The most pages of a PDF that are read.
    pub pages_max: usize,
    /// The most characters of text that are read.
    pub characters_max: usize,
    /// The most clauses that are kept.
    pub clauses_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes_max: 32 * 1024 * 1024,
            unpacked_bytes_max: 64 * 1024 * 1024,
            pages_max: 400,
            characters_max: 2_000_000,
            clauses_max: 10_000,
        }
    }
}
