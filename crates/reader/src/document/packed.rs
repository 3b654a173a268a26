//! Documents that are archives: only the few parts with words are unpacked, and never beyond the limit.

use super::kind::Kind;
use crate::{limits::Limits, unreadable::Unreadable};
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// An archive with more parts than this is no document.
const PARTS_MAX: usize = 20_000;

/// A packed document.
pub(super) struct Packed<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
    kind: &'static str,
}

impl<'a> Packed<'a> {
    /// Opens the archive; `kind` is what it is called in messages.
    pub(super) fn open(
        bytes: &'a [u8],
        limits: &Limits,
        kind: &'static str,
    ) -> Result<Packed<'a>, Unreadable> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged { kind })?;
        if archive.len() > PARTS_MAX {
            return Err(Unreadable::UnpacksTooFar);
        }
        Ok(Packed {
            archive,
            left: limits.unpacked_bytes_max,
            kind,
        })
    }

    /// Whether there is a part whose name contains this.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive
            .file_names()
            .flatten()
            .any(|known| known.contains(name))
    }

    /// A part as text; `None`: there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Unreadable::Locked);
            }
            Err(_) => return Err(Unreadable::Damaged { kind: self.kind }),
        };
        let most = u64::try_from(self.left).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        part.take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| Unreadable::Damaged { kind: self.kind })?;
        self.left = self
            .left
            .checked_sub(bytes.len())
            .ok_or(Unreadable::UnpacksTooFar)?;
        Ok(Some(super::text::decode(&bytes).0))
    }
}

/// What kind of document an archive is.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged {
        kind: "a packed document",
    })?;
    let has = |start: &str| {
        archive
            .file_names()
            .flatten()
            .take(PARTS_MAX)
            .any(|name| name.starts_with(start))
    };
    if has("word/document") {
        return Ok(Kind::Docx);
    }
    if has("content.xml") {
        return Ok(Kind::Odt);
    }
    let found = match () {
        () if has("xl/") => "a spreadsheet",
        () if has("ppt/") => "a set of slides",
        () if has("word/") => {
            return Err(Unreadable::Damaged {
                kind: "a Word document",
            });
        }
        () => "a packed archive",
    };
    Err(Unreadable::OtherKind { found })
}
