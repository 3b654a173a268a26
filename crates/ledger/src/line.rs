//! A line of the ledger and how it is chained: the link of each line covers the link before it,
//! so no line can be changed, moved, left out or put in without every later link changing too.
//! The link covers the body only through its digest: a spent body can go and the chain still
//! checks. The exact bytes are in `docs/decisions/ledger-format.md`.

use sha2::{Digest, Sha256};

/// The largest body, in bytes.
pub const BODY_BYTES_MAX: usize = 8 << 20;

/// The longest `by` and `kind`, in bytes.
pub const NAME_BYTES_MAX: usize = 200;

/// What stands before everything else that a link is the hash of.
const LINK_TAG: &[u8; 16] = b"stairgate/line/1";

/// A line before it has a place: what somebody who appends hands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// By whom: an id such as `person:17`, never a name.
    pub by: String,
    /// What kind of entry the body is: `images.consent-given`.
    pub kind: String,
    /// Version of the shape of the body.
    pub version: u16,
    /// The entry, JSON; hashed as it is written here and never written anew.
    pub body: Vec<u8>,
}

/// A line as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Place in the ledger, from 1, without gaps.
    pub seq: u64,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// What kind of entry the body is.
    pub kind: String,
    /// Version of the shape of the body.
    pub version: u16,
    /// The entry; `None` when it was spent by retention.
    pub body: Option<Vec<u8>>,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
    /// SHA-256 of the link before and all of this line but its body.
    pub link: [u8; 32],
}

/// Where a ledger ends: an append names the head that it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the last line; 0 when there is none.
    pub seq: u64,
    /// Its link; zeros when there is none.
    pub link: [u8; 32],
}

impl Head {
    /// The head of a ledger without lines.
    pub const EMPTY: Head = Head {
        seq: 0,
        link: [0; 32],
    };
}

/// What no ledger takes: too large, or not text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// `by` or `kind` is empty, too long, or has control characters in it.
    #[error(
        "\"{0}\" can't be kept: it must be 1 to {NAME_BYTES_MAX} bytes without control characters"
    )]
    Name(String),
    /// The body is too large.
    #[error("a body of {0} bytes can't be kept: the most is {BODY_BYTES_MAX}")]
    Large(usize),
    /// The body is not UTF-8.
    #[error("a body that isn't text can't be kept")]
    NotText,
    /// There is no number left, or more lines at once than can be counted.
    #[error("the ledger is full")]
    Full,
}

/// A line on its way into a store: borrowed, with its hashes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) seq: u64,
    pub(crate) at: i64,
    pub(crate) by: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) version: u16,
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) digest: [u8; 32],
    pub(crate) link: [u8; 32],
}

impl<'a> Row<'a> {
    pub(crate) fn of(line: &'a Line) -> Row<'a> {
        Row {
            seq: line.seq,
            at: line.at,
            by: &line.by,
            kind: &line.kind,
            version: line.version,
            body: line.body.as_deref(),
            digest: line.digest,
            link: line.link,
        }
    }

    /// The link that this row must have after `previous`.
    pub(crate) fn link_after(&self, previous: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(LINK_TAG);
        hash.update(previous);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for name in [self.by, self.kind] {
            hash.update(u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes());
            hash.update(name);
        }
        hash.update(self.version.to_be_bytes());
        hash.update(self.digest);
        hash.finalize().into()
    }
}

impl Line {
    /// The head of a ledger that ends with this line.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            link: self.link,
        }
    }

    /// The link that this line must have after `previous`.
    #[must_use]
    pub fn link_after(&self, previous: &[u8; 32]) -> [u8; 32] {
        Row::of(self).link_after(previous)
    }
}

/// SHA-256 of a body.
#[must_use]
pub fn digest(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// The rows that `drafts` become after `after`, and the head then.
pub(crate) fn chain<'a>(after: &Head, drafts: &'a [Draft]) -> Result<(Vec<Row<'a>>, Head), Unfit> {
    let mut head = *after;
    let mut rows = Vec::with_capacity(drafts.len());
    for draft in drafts {
        fits(&draft.by, &draft.kind, &draft.body)?;
        let mut row = Row {
            seq: head
                .seq
                .checked_add(1)
                .filter(|seq| i64::try_from(*seq).is_ok())
                .ok_or(Unfit::Full)?,
            at: draft.at,
            by: &draft.by,
            kind: &draft.kind,
            version: draft.version,
            body: Some(&draft.body),
            digest: digest(&draft.body),
            link: [0; 32],
        };
        row.link = row.link_after(&head.link);
        head = Head {
            seq: row.seq,
            link: row.link,
        };
        rows.push(row);
    }
    Ok((rows, head))
}

/// Whether a line with these parts can be kept.
///
/// # Errors
/// What is wrong with it.
pub fn fits(by: &str, kind: &str, body: &[u8]) -> Result<(), Unfit> {
    for name in [by, kind] {
        if name.is_empty() || name.len() > NAME_BYTES_MAX || name.chars().any(char::is_control) {
            return Err(Unfit::Name(name.chars().take(40).collect()));
        }
    }
    if body.len() > BODY_BYTES_MAX {
        return Err(Unfit::Large(body.len()));
    }
    std::str::from_utf8(body)
        .map(|_| ())
        .map_err(|_| Unfit::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(body: &str) -> Draft {
        Draft {
            at: 1_795_000_000_000_000,
            by: "person:1".to_owned(),
            kind: "images.consent-given".to_owned(),
            version: 1,
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn the_link_is_the_hash_of_the_bytes_that_the_format_page_names() {
        let drafts = [draft("{\"child\":7}")];
        let (rows, head) = chain(&Head::EMPTY, &drafts).unwrap();
        let mut bytes = b"stairgate/line/1".to_vec();
        bytes.extend([0; 32]);
        bytes.extend(1_u64.to_be_bytes());
        bytes.extend(1_795_000_000_000_000_i64.to_be_bytes());
        bytes.extend([0, 0, 0, 8]);
        bytes.extend(b"person:1");
        bytes.extend([0, 0, 0, 20]);
        bytes.extend(b"images.consent-given");
        bytes.extend([0, 1]);
        bytes.extend(digest(b"{\"child\":7}"));
        assert_eq!(rows[0].link, digest(&bytes));
        assert_eq!(
            head,
            Head {
                seq: 1,
                link: digest(&bytes)
            }
        );
    }

    #[test]
    fn every_field_moves_the_link() {
        let line = Line {
            seq: 3,
            at: 5,
            by: "a".to_owned(),
            kind: "b".to_owned(),
            version: 1,
            body: None,
            digest: [1; 32],
            link: [0; 32],
        };
        let changed = [
            Line {
                seq: 4,
                ..line.clone()
            },
            Line {
                at: 6,
                ..line.clone()
            },
            Line {
                by: "ab".to_owned(),
                kind: String::new(),
                ..line.clone()
            },
            Line {
                kind: "c".to_owned(),
                ..line.clone()
            },
            Line {
                version: 2,
                ..line.clone()
            },
            Line {
                digest: [2; 32],
                ..line.clone()
            },
        ];
        let links: std::collections::BTreeSet<_> = changed
            .iter()
            .chain([&line])
            .map(|line| line.link_after(&[9; 32]))
            .collect();
        assert_eq!(links.len(), 7);
        assert_ne!(line.link_after(&[9; 32]), line.link_after(&[8; 32]));
    }

    #[test]
    fn what_is_too_large_or_no_text_is_refused() {
        let refused = |change: fn(&mut Draft)| {
            let mut draft = draft("{}");
            change(&mut draft);
            chain(&Head::EMPTY, &[draft]).unwrap_err()
        };
        assert_eq!(refused(|d| d.by.clear()), Unfit::Name(String::new()));
        assert_eq!(
            refused(|d| d.kind = "a\0b".to_owned()),
            Unfit::Name("a\0b".to_owned())
        );
        assert!(matches!(
            refused(|d| d.by = "x".repeat(201)),
            Unfit::Name(_)
        ));
        assert_eq!(refused(|d| d.body = vec![0xff]), Unfit::NotText);
        assert!(matches!(
            refused(|d| d.body = vec![b' '; BODY_BYTES_MAX + 1]),
            Unfit::Large(_)
        ));
        let last = Head {
            seq: u64::try_from(i64::MAX).unwrap(),
            link: [0; 32],
        };
        assert_eq!(chain(&last, &[draft("{}")]).unwrap_err(), Unfit::Full);
    }
}
