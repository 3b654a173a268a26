//! What the server makes before an act is read from a form: codes, hashes of passwords, tokens.
//! It puts them among the answers under these names; what a caller sends under them is dropped.

/// SHA-256 of a one-time code, in hex.
pub const MADE_CODE: &str = "made-code";
/// A password's hash: Argon2id, as PHC text.
pub const MADE_HASH: &str = "made-hash";
/// SHA-256 of a token, in hex.
pub const MADE_TOKEN: &str = "made-token";

/// The public half of a push key, as browsers take it.
pub const MADE_PUBLIC: &str = "made-public";
/// The other half of it.
pub const MADE_SECRET: &str = "made-secret";

/// What the server makes for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A code for choosing a password, shown once to whoever asked for it.
    Code,
    /// The hash of the password in the form.
    Hash,
    /// A token, shown once to whoever asked for it.
    Token,
    /// An address for calendar programs, shown once to whoever asked for it.
    Feed,
    /// A key with which push services know this setting.
    PushKey,
}

/// What the server makes for an act, if anything. Taking up an account also needs the digest of
/// the code that was typed, under [`MADE_CODE`].
#[must_use]
pub fn makes(act: &str) -> Option<Made> {
    match act {
        "access.open-account"
        | "access.give-code"
        | "access.open-kiosk"
        | "agreements.give-signing-code" => Some(Made::Code),
        "access.set-up" | "access.take-up" | "access.change-password" => Some(Made::Hash),
        "access.make-token" => Some(Made::Token),
        "notices.make-feed" => Some(Made::Feed),
        "notices.start-push" => Some(Made::PushKey),
        _ => None,
    }
}
