//! What a file is, by what is in it and never by what it is called. Only kinds are taken that people
//! need here; what may run on somebody's machine, and what is two things at once, is not.

mod packed;

pub use kernel::kept::Kind;

/// The largest file that is taken, in bytes.
pub const BYTES_MAX: usize = 40 << 20;
/// How far into a file programs look for its kind.
const HEAD: usize = 1_024;
/// The longest side of a picture, in points: more is made to fill a reader's memory.
const SIDE_MAX: u32 = 30_000;

/// Why a file is not taken, in words for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// There is nothing in it.
    #[error("This file is empty. Choose another")]
    Empty,
    /// It is too large.
    #[error("This file is too large: 40 MB are taken at most. Save it smaller and try again")]
    TooLarge,
    /// A web page, SVG or other markup, which can carry a program.
    #[error(
        "This is a web page or a drawing that can carry a program. Save it as PDF and choose that"
    )]
    Markup,
    /// A program.
    #[error("This is a program, and programs are not taken")]
    Program,
    /// An archive.
    #[error("This is an archive. Unpack it and choose the files one by one")]
    Archive,
    /// A document that carries a program.
    #[error("This document carries a program (a macro or script). Save it without, or as PDF")]
    Macros,
    /// It unpacks to far more than a document.
    #[error("This document unpacks to far more than a document should. Save it as PDF")]
    Bomb,
    /// It is cut off, damaged, or two kinds at once.
    #[error(
        "This file is damaged, or holds more than it says. Open it, save it anew and choose that"
    )]
    Broken,
    /// An older or locked office document.
    #[error(
        "This is an older or locked office document. Save it as PDF, docx or odt without a password"
    )]
    OldOffice,
    /// Something else.
    #[error(
        "Files of this kind are not taken. PDF, pictures (JPEG, PNG, WebP, HEIC), plain text, CSV and office documents (docx, odt, xlsx, ods) are"
    )]
    Unknown,
}

/// What this file is.
///
/// # Errors
/// Why it is not taken.
pub fn look(bytes: &[u8]) -> Result<Kind, NotTaken> {
    if bytes.is_empty() {
        return Err(NotTaken::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(NotTaken::TooLarge);
    }
    if is_program(bytes) {
        return Err(NotTaken::Program);
    }
    if is_archive(bytes) {
        return Err(NotTaken::Archive);
    }
    if bytes.starts_with(b"PK") {
        return packed::look(bytes);
    }
    let kind = if bytes.starts_with(b"%PDF-") {
        pdf(bytes)?
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg(bytes)?
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)?
    } else if bytes.starts_with(b"RIFF") {
        webp(bytes)?
    } else if bytes.get(4..8) == Some(b"ftyp") {
        heic(bytes)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(NotTaken::OldOffice);
    } else {
        return text(bytes);
    };
    is_one_thing(bytes, kind)
        .then_some(kind)
        .ok_or(NotTaken::Broken)
}

fn is_program(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 12] = [
        b"MZ",
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\0asm",
        b"%!PS",
        b"{\\rtf",
        b"L\0\0\0\x01\x14\x02\0",
    ];
    starts.iter().any(|start| bytes.starts_with(start))
}

fn is_archive(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 8] = [
        b"\x1f\x8b",
        b"BZh",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"MSCF",
        b"ITSF",
    ];
    let is_disk = bytes.get(0x8001..0x8006) == Some(b"CD001");
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    starts.iter().any(|start| bytes.starts_with(start)) || is_tar || is_disk
}

fn pdf(bytes: &[u8]) -> Result<Kind, NotTaken> {
    let tail = bytes
        .get(bytes.len().saturating_sub(HEAD)..)
        .unwrap_or(bytes);
    let end = find(tail, b"%%EOF", true).ok_or(NotTaken::Broken)?;
    let after = tail.get(end + 5..).unwrap_or_default();
    if !after.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(NotTaken::Broken);
    }
    let runs: [&[u8]; 4] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];
    if runs.iter().any(|name| find(bytes, name, false).is_some()) {
        return Err(NotTaken::Macros);
    }
    Ok(Kind::Pdf)
}

/// Walks the segments up to the picture itself; a picture has to end.
fn jpeg(bytes: &[u8]) -> Result<Kind, NotTaken> {
    let mut at = 2;
    loop {
        let [0xff, marker, high, low] = four(bytes, at)? else {
            return Err(NotTaken::Broken);
        };
        if marker == 0xda {
            break;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length < 2 {
            return Err(NotTaken::Broken);
        }
        at += 2 + length;
    }
    let ends = find(bytes.get(at..).unwrap_or_default(), &[0xff, 0xd9], true);
    ends.map(|_| Kind::Jpeg).ok_or(NotTaken::Broken)
}

fn png(bytes: &[u8]) -> Result<Kind, NotTaken> {
    let sides = (number(bytes, 16)?, number(bytes, 20)?);
    if bytes.get(12..16) != Some(b"IHDR") || sides.0 > SIDE_MAX || sides.1 > SIDE_MAX {
        return Err(NotTaken::Broken);
    }
    let mut at = 8;
    loop {
        let length = usize::try_from(number(bytes, at)?).map_err(|_| NotTaken::Broken)?;
        let is_end = bytes.get(at + 4..at + 8) == Some(b"IEND");
        at = at
            .checked_add(12)
            .and_then(|at| at.checked_add(length))
            .ok_or(NotTaken::Broken)?;
        match (is_end, at == bytes.len()) {
            (true, true) => return Ok(Kind::Png),
            (false, false) if at < bytes.len() => {}
            _ => return Err(NotTaken::Broken),
        }
    }
}

fn webp(bytes: &[u8]) -> Result<Kind, NotTaken> {
    if bytes.get(8..12) != Some(b"WEBP") {
        return Err(NotTaken::Unknown);
    }
    let [a, b, c, d] = four(bytes, 4)?;
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).map_err(|_| NotTaken::Broken)?;
    let whole = length.checked_add(8) == Some(bytes.len());
    whole.then_some(Kind::Webp).ok_or(NotTaken::Broken)
}

/// Walks the boxes: together they are the file.
fn heic(bytes: &[u8]) -> Result<Kind, NotTaken> {
    let brands = [
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
    ];
    let brand = four(bytes, 8)?;
    if !brands.iter().any(|known| **known == brand) {
        return Err(NotTaken::Unknown);
    }
    let (mut at, mut has_picture) = (0_usize, false);
    while at < bytes.len() {
        let kind = bytes.get(at.saturating_add(4)..at.saturating_add(8));
        has_picture |= matches!(kind, Some(b"meta" | b"moov"));
        let length = usize::try_from(number(bytes, at)?).map_err(|_| NotTaken::Broken)?;
        let length = match length {
            0 => bytes.len() - at,
            1 => {
                let high = number(bytes, at + 8)?;
                let low = number(bytes, at + 12)?;
                usize::try_from(low)
                    .ok()
                    .filter(|_| high == 0)
                    .ok_or(NotTaken::Broken)?
            }
            length => length,
        };
        if length < 8 {
            return Err(NotTaken::Broken);
        }
        at = at.checked_add(length).ok_or(NotTaken::Broken)?;
    }
    (has_picture && at == bytes.len())
        .then_some(Kind::Heic)
        .ok_or(NotTaken::Broken)
}

/// Whether programs that look for another kind find none: no markup or PDF at its head, no archive
/// at its tail.
fn is_one_thing(bytes: &[u8], kind: Kind) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let other_pdf = kind != Kind::Pdf && find(&head, b"%pdf-", false).is_some();
    !other_pdf && !has_markup(&head) && !has_archive_end(bytes)
}

/// Whether an archive's end lies at the end: its comment reaches exactly to where the file ends.
fn has_archive_end(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let tail = bytes.get(from..).unwrap_or_default();
    tail.windows(22).enumerate().any(|(at, end)| {
        let comment = end
            .get(20..22)
            .and_then(|two| <[u8; 2]>::try_from(two).ok());
        let comment = comment.map(u16::from_le_bytes).map(usize::from);
        end.starts_with(b"PK\x05\x06")
            && comment.is_some_and(|comment| at + 22 + comment <= tail.len())
    })
}

fn text(bytes: &[u8]) -> Result<Kind, NotTaken> {
    let plain = |b: &u8| *b >= 0x20 && *b != 0x7f || b"\t\n\r\x0c".contains(b);
    if !bytes.iter().all(plain) {
        return Err(NotTaken::Unknown);
    }
    let small = bytes.to_ascii_lowercase();
    if has_markup(&small) {
        return Err(NotTaken::Markup);
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if is_program(body) {
        return Err(NotTaken::Program);
    }
    if find(&small, b"%pdf-", false).is_some_and(|at| at < HEAD) || has_archive_end(bytes) {
        return Err(NotTaken::Broken);
    }
    Ok(if is_table(body) {
        Kind::Csv
    } else {
        Kind::Text
    })
}

/// Markup of a kind that programs show or run, in small letters.
fn has_markup(small: &[u8]) -> bool {
    let starts: [&[u8]; 12] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<script",
        b"<svg",
        b"<iframe",
        b"<object",
        b"<embed",
        b"<?php",
        b"<?xml-",
        b"<hta:",
    ];
    starts
        .iter()
        .any(|start| find(small, start, false).is_some())
}

/// Whether the first lines have the same number of commas, semicolons or tabs, outside of quotes.
fn is_table(bytes: &[u8]) -> bool {
    let lines: Vec<&[u8]> = bytes
        .split(|b| *b == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(20)
        .collect();
    let count = |line: &[u8], sign: u8| {
        let mut quoted = false;
        let mut count = 0_usize;
        for b in line {
            quoted ^= *b == b'"';
            count += usize::from(!quoted && *b == sign);
        }
        count
    };
    lines.len() > 1
        && b",;\t".iter().any(|sign| {
            let first = lines.first().map_or(0, |line| count(line, *sign));
            first > 0 && lines.iter().all(|line| count(line, *sign) == first)
        })
}

fn find(bytes: &[u8], part: &[u8], last: bool) -> Option<usize> {
    let mut windows = bytes.windows(part.len());
    let position = |window: &[u8]| window == part;
    if last {
        return windows.rposition(position);
    }
    windows.position(position)
}

fn four(bytes: &[u8], at: usize) -> Result<[u8; 4], NotTaken> {
    let end = at.checked_add(4).ok_or(NotTaken::Broken)?;
    let four = bytes.get(at..end).ok_or(NotTaken::Broken)?;
    four.try_into().map_err(|_| NotTaken::Broken)
}

fn number(bytes: &[u8], at: usize) -> Result<u32, NotTaken> {
    four(bytes, at).map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests;
