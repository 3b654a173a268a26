//! Office documents, which are archives: by their parts, unpacked to nowhere within limits, and not
//! taken when they carry a program.

use super::{Kind, NotTaken};
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// The most parts of a document.
const PARTS_MAX: usize = 5_000;
/// The most that a document may unpack to, in bytes.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;
/// How many times larger than packed, where that is more than a few MB.
const RATIO_MAX: u64 = 200;
/// The most of a part that is read for what it says, in bytes.
const PART_BYTES_MAX: u64 = 1 << 20;

/// Parts that are programs, or hold what is not looked at, by a part of their names in small letters.
const RUNS: [&str; 8] = [
    "vbaproject",
    "vbadata",
    "macrosheets/",
    "activex/",
    "embeddings/",
    "basic/",
    "scripts/",
    "dialogs/",
];
/// What a list of parts says of programs, in small letters.
const RUNS_BY_TYPE: [&str; 4] = ["macroenabled", "vbaproject", "oleobject", "activex"];

pub(super) fn look(bytes: &[u8]) -> Result<Kind, NotTaken> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(NotTaken::Archive);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotTaken::Broken)?;
    if archive.len() > PARTS_MAX {
        return Err(NotTaken::Bomb);
    }
    if archive.offset() != 0 || !archive.comment().is_empty() || !ends_with_its_end(bytes) {
        return Err(NotTaken::Broken);
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut left = UNPACKED_BYTES_MAX;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(|_| NotTaken::Broken)?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        if part.enclosed_name().is_none() || name.contains('\\') {
            return Err(NotTaken::Broken);
        }
        // What a part says of its size may be a lie, so it is counted.
        let most = part
            .compressed_size()
            .saturating_mul(RATIO_MAX)
            .max(4 << 20);
        let most = most.min(left);
        let unpacked = io::copy(
            &mut (&mut part).take(most.saturating_add(1)),
            &mut io::sink(),
        );
        let unpacked = unpacked.map_err(|_| NotTaken::Broken)?;
        if unpacked > most {
            return Err(NotTaken::Bomb);
        }
        left = left.saturating_sub(unpacked);
        names.push(name);
    }
    let kind = kind(&mut archive, &names)?;
    let small = names.iter().map(|name| name.to_ascii_lowercase());
    let mut lists = small.clone().filter(|name| name.ends_with(".rels"));
    let carries = small
        .clone()
        .any(|name| RUNS.iter().any(|runs| name.contains(runs)));
    if carries || (lists.next().is_some() && says_it_runs(&mut archive)) {
        return Err(NotTaken::Macros);
    }
    Ok(kind)
}

fn ends_with_its_end(bytes: &[u8]) -> bool {
    let end = bytes.len().checked_sub(22).and_then(|at| bytes.get(at..));
    end.is_some_and(|end| end.starts_with(b"PK\x05\x06"))
}

fn kind(archive: &mut ZipArchive<Cursor<&[u8]>>, names: &[String]) -> Result<Kind, NotTaken> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("[Content_Types].xml") && has("word/document.xml") {
        return Ok(Kind::Docx);
    }
    if has("[Content_Types].xml") && has("xl/workbook.xml") {
        return Ok(Kind::Xlsx);
    }
    if names.first().is_none_or(|name| name != "mimetype") || !has("content.xml") {
        return Err(NotTaken::Archive);
    }
    match read(archive, "mimetype").trim() {
        "application/vnd.oasis.opendocument.text" => Ok(Kind::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Kind::Ods),
        _ => Err(NotTaken::Archive),
    }
}

fn says_it_runs(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let types = read(archive, "[Content_Types].xml").to_ascii_lowercase();
    RUNS_BY_TYPE.iter().any(|runs| types.contains(runs))
}

/// What a part says, up to a limit; nothing when it is not there.
fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> String {
    let Ok(part) = archive.by_name(name) else {
        return String::new();
    };
    let mut bytes = Vec::new();
    // What can't be read says nothing; the loop before has read it all once.
    let _ = part.take(PART_BYTES_MAX).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
