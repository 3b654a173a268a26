//! The forms in which lists are published.

use serde::{Deserialize, Serialize};

/// A form of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One name a line.
    Plain,
    /// An address and names, as in a hosts file.
    Hosts,
    /// `*.example.com`
    Wildcard,
    /// `||example.com^`
    Adblock,
    /// `address=/example.com/#`
    Dnsmasq,
    /// `local-zone: "example.com" always_nxdomain`
    Unbound,
    /// A zone: `example.com CNAME .`
    Rpz,
    /// `.example.com`
    Squid,
    /// A folder of `domains`, `urls` and `expressions`, by the name of the file.
    Ut1,
    /// `full:example.com`, `include:other`
    Geosite,
    /// `bannedsitelist`, `bannedurllist`, `bannedphraselist`, by the name of the file.
    E2guardian,
    /// A table with a column of names.
    Csv,
    /// An array of names or of objects with a name, or one such a line.
    Json,
    /// SHA-256 of names.
    Hashed,
}

impl Form {
    /// All of them.
    pub const ALL: &[Form] = &[
        Form::Plain,
        Form::Hosts,
        Form::Wildcard,
        Form::Adblock,
        Form::Dnsmasq,
        Form::Unbound,
        Form::Rpz,
        Form::Squid,
        Form::Ut1,
        Form::Geosite,
        Form::E2guardian,
        Form::Csv,
        Form::Json,
        Form::Hashed,
    ];

    /// What it is called on the command line and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Hosts => "hosts",
            Form::Wildcard => "wildcard",
            Form::Adblock => "adblock",
            Form::Dnsmasq => "dnsmasq",
            Form::Unbound => "unbound",
            Form::Rpz => "rpz",
            Form::Squid => "squid",
            Form::Ut1 => "ut1",
            Form::Geosite => "geosite",
            Form::E2guardian => "e2guardian",
            Form::Csv => "csv",
            Form::Json => "json",
            Form::Hashed => "hashed",
        }
    }

    /// The form that is called so.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Form> {
        Form::ALL.iter().copied().find(|form| form.word() == word)
    }
}
