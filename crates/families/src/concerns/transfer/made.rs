//! What the rim makes for these acts, and under which names it puts it among the answers. What a
//! caller sends under them is dropped.

/// The digest of what was packed, in hex.
pub const DIGEST: &str = "made-transfer-digest";
/// SHA-256 of the code that opens the link, in hex.
pub const GATE: &str = "made-transfer-gate";
/// The secret in the link.
pub const LINK: &str = "made-transfer-link";
/// What is kept of the words of the receipt.
pub const RECEIPT: &str = "made-transfer-receipt";
/// The key that has to sign the receipt, or that signed what came in.
pub const KEY: &str = "made-transfer-key";
/// The cases that were packed, with commas between.
pub const CASES: &str = "made-transfer-cases";
/// What was in a file that came in: JSON.
pub const CONTENT: &str = "made-transfer-content";
/// The file that was made.
pub const FILE: &str = "made-transfer-file";
/// The files that were in one that came in, each with its number after it.
pub const INSIDE: &str = "made-transfer-inside-";
/// Who signed a receipt.
pub const BY: &str = "made-transfer-by";
/// The most files that are taken in.
pub const FILES_MAX: usize = 2_000;

/// All of them that are words.
pub const ALL: [&str; 8] = [DIGEST, GATE, LINK, RECEIPT, KEY, CASES, CONTENT, BY];
