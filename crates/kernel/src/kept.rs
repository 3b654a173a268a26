//! Files that are kept: what an entry says of one, and the loose reference that an act carries
//! before. The file itself lies encrypted in the vault under a key of its own; that key, the name
//! and the kind are sealed under the key of the person whom the file is about, so that erasing the
//! person makes every copy of the file unreadable.

use crate::sealed::{Erased, Key, Keys, Private, Sealer};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use zeroize::Zeroizing;

/// The longest name of a file that is kept, in characters.
pub const NAME_CHARS_MAX: usize = 120;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A HEIC picture, as phones take them.
    Heic,
    /// Plain text.
    Text,
    /// A table as text.
    Csv,
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// An Excel table.
    Xlsx,
    /// An OpenDocument table.
    Ods,
    /// A file that moves from one setting to another, closed to its receiver.
    Transfer,
}

impl Kind {
    /// The ending that a file of this kind is given when it is handed out.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Heic => "heic",
            Kind::Text => "txt",
            Kind::Csv => "csv",
            Kind::Docx => "docx",
            Kind::Odt => "odt",
            Kind::Xlsx => "xlsx",
            Kind::Ods => "ods",
            Kind::Transfer => "transfer",
        }
    }

    /// As a browser is told.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Heic => "image/heic",
            Kind::Text => "text/plain; charset=utf-8",
            Kind::Csv => "text/csv; charset=utf-8",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Transfer => "application/octet-stream",
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Jpeg | Kind::Png | Kind::Webp | Kind::Heic => "Picture",
            Kind::Text => "Plain text",
            Kind::Csv => "Table as text (CSV)",
            Kind::Docx => "Word document",
            Kind::Odt => "OpenDocument text",
            Kind::Xlsx => "Excel table",
            Kind::Ods => "OpenDocument table",
            Kind::Transfer => "File that moves",
        }
    }
}

/// A file that lies in the vault and that no entry refers to yet: what an act carries, and what a
/// page hands to the rim to send. Whoever has it can read the file.
#[derive(Clone, PartialEq, Eq)]
pub struct Loose {
    /// SHA-256 of the file as it lies in the vault, in hex: its name there.
    pub digest: String,
    /// Its length as people know it, in bytes.
    pub size: u64,
    /// The key that opens it.
    pub key: Key,
    /// The name that it had.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What an entry says of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kept {
    /// SHA-256 of the file as it lies in the vault, in hex: its name there.
    pub digest: String,
    /// Its length as people know it, in bytes.
    pub size: u64,
    /// What opens it, and what it is called.
    pub sealed: Private<Inside>,
}

/// What is sealed of a file: the key that opens it, its name, and what it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    #[serde(serialize_with = "write_key", deserialize_with = "read_key")]
    key: Key,
    name: String,
    kind: Kind,
}

impl Loose {
    /// As an entry says it: sealed under the key of `subject`, whom the file is about.
    ///
    /// # Errors
    /// The subject was erased.
    pub fn seal(&self, sealer: &Sealer<'_>, subject: &str) -> Result<Kept, Erased> {
        let inside = Inside {
            key: self.key.clone(),
            name: self.name.clone(),
            kind: self.kind,
        };
        Ok(Kept {
            digest: self.digest.clone(),
            size: self.size,
            sealed: sealer.seal(subject, &inside)?,
        })
    }

    /// The name under which the file is handed out: what it was called, with the ending of what it
    /// is. No path, no sign that a system gives a meaning to.
    #[must_use]
    pub fn name_to_give(&self) -> String {
        let plain = plain_name(&self.name);
        let stem = match plain.rsplit_once('.') {
            Some((stem, _)) => stem.trim_end_matches([' ', '.']),
            None => &plain,
        };
        let stem = if stem.is_empty() { "file" } else { stem };
        format!("{stem}.{}", self.kind.ending())
    }
}

impl Kept {
    /// Opens the reference. `None`: the person was erased, or it is damaged.
    #[must_use]
    pub fn open(&self, keys: &Keys) -> Option<Loose> {
        keys.open(&self.sealed).map(|inside| self.with(inside))
    }

    /// The same while an act is judged.
    #[must_use]
    pub fn open_in(&self, sealer: &Sealer<'_>) -> Option<Loose> {
        sealer.open(&self.sealed).map(|inside| self.with(inside))
    }

    /// Whom the file is about: `person:17`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.sealed.of
    }

    fn with(&self, inside: Inside) -> Loose {
        Loose {
            digest: self.digest.clone(),
            size: self.size,
            key: inside.key,
            name: inside.name,
            kind: inside.kind,
        }
    }
}

/// A name without its folders and without signs that mean something to a system: what is kept of
/// the name that somebody's file had.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain: String = crate::naming::strip(last)
        .chars()
        .filter(|c| !c.is_control() && !turns(*c) && !"\"*:<>?|%".contains(*c))
        .take(NAME_CHARS_MAX)
        .collect();
    plain.trim_matches([' ', '.']).to_owned()
}

// By hand, so that neither a key nor a name gets into a log.

impl fmt::Debug for Loose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loose({}, {} bytes)", self.digest, self.size)
    }
}

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inside")
    }
}

fn write_key<S: Serializer>(key: &Key, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&Zeroizing::new(BASE64.encode(**key)))
}

fn read_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
    let text = Zeroizing::new(String::deserialize(deserializer)?);
    let bytes = BASE64.decode(&*text).map(Zeroizing::new);
    let key = bytes
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    key.map(Zeroizing::new)
        .ok_or_else(|| serde::de::Error::custom("a key is 32 bytes as base64"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn loose(name: &str) -> Loose {
        Loose {
            digest: "00ff".repeat(16),
            size: 3,
            key: Zeroizing::new([9; 32]),
            name: name.to_owned(),
            kind: Kind::Pdf,
        }
    }

    #[test]
    fn a_reference_opens_with_the_persons_key_and_never_after_erasing() {
        let mut keys = Keys::default();
        let chance = Chance::from_seed([1; 32]);
        let sealer = Sealer::new(&keys, &chance);
        let kept = loose("Ysgol letter.pdf").seal(&sealer, "person:7").unwrap();
        assert_eq!(kept.open_in(&sealer), Some(loose("Ysgol letter.pdf")));
        for (subject, key) in sealer.into_fresh() {
            keys.learn(subject, key);
        }
        let written = serde_json::to_string(&kept).unwrap();
        assert!(!written.contains("Ysgol") && !written.contains("pdf"));
        let read: Kept = serde_json::from_str(&written).unwrap();
        assert_eq!(read.open(&keys), Some(loose("Ysgol letter.pdf")));
        keys.destroy("person:7");
        assert_eq!(read.open(&keys), None);
    }

    #[test]
    fn a_name_has_no_path_and_ends_as_what_the_file_is() {
        for (name, given) in [
            ("letter.pdf", "letter.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Windows\\run.exe", "run.pdf"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.pdf"),
            ("\"; filename=x.html", "; filename=x.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("..", "file.pdf"),
            ("", "file.pdf"),
            ("Zoë’s drawing.HTML", "Zoë’s drawing.pdf"),
        ] {
            assert_eq!(loose(name).name_to_give(), given, "{name}");
        }
        assert!(loose(&"x".repeat(5_000)).name_to_give().len() < 130);
    }

    #[test]
    fn neither_key_nor_name_gets_into_a_log() {
        let said = format!("{:?}", loose("Wren Finch.pdf"));
        assert!(!said.contains("Wren") && !said.contains('9'));
    }
}
