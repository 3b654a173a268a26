//! Fonts for paper: WOFF (version 1) opened into plain OpenType. The format is a list of tables,
//! each of them deflated or not.

use flate2::read::ZlibDecoder;
use std::{error::Error, io::Read};

/// More than any font that we use.
const FONT_BYTES_MAX: u64 = 4 << 20;

struct Table<'a> {
    tag: &'a [u8],
    checksum: &'a [u8],
    bytes: Vec<u8>,
}

/// The OpenType font inside a WOFF file.
pub(crate) fn open(woff: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    if part(woff, 0, 4)? != b"wOFF" {
        return Err("this is not a WOFF font".into());
    }
    let flavour = part(woff, 4, 4)?;
    let count = u16::from_be_bytes(part(woff, 12, 2)?.try_into()?);
    let tables: Vec<Table<'_>> = (0..usize::from(count))
        .map(|place| table(woff, 44 + place * 20))
        .collect::<Result<_, _>>()?;

    // The header of OpenType says how many tables there are, in the form that a search by halves needs.
    let log = count.max(1).ilog2();
    let range = 16_u16 << log;
    let mut font = flavour.to_vec();
    for number in [
        count,
        range,
        u16::try_from(log)?,
        (count * 16).saturating_sub(range),
    ] {
        font.extend(number.to_be_bytes());
    }
    let mut offset = 12 + tables.len() * 16;
    for table in &tables {
        font.extend(table.tag);
        font.extend(table.checksum);
        font.extend(u32::try_from(offset)?.to_be_bytes());
        font.extend(u32::try_from(table.bytes.len())?.to_be_bytes());
        offset += table.bytes.len().next_multiple_of(4);
    }
    for table in &tables {
        font.extend(&table.bytes);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    Ok(font)
}

fn table(woff: &[u8], at: usize) -> Result<Table<'_>, Box<dyn Error>> {
    let (offset, packed, length) = (
        number(woff, at + 4)?,
        number(woff, at + 8)?,
        number(woff, at + 12)?,
    );
    let stored = part(woff, offset, packed)?;
    let mut bytes = stored.to_vec();
    if packed < length {
        bytes.clear();
        ZlibDecoder::new(stored)
            .take(FONT_BYTES_MAX)
            .read_to_end(&mut bytes)?;
    }
    if bytes.len() != length {
        return Err("a table of the font has another length than it says".into());
    }
    Ok(Table {
        tag: part(woff, at, 4)?,
        checksum: part(woff, at + 16, 4)?,
        bytes,
    })
}

fn number(bytes: &[u8], at: usize) -> Result<usize, Box<dyn Error>> {
    Ok(usize::try_from(u32::from_be_bytes(
        part(bytes, at, 4)?.try_into()?,
    ))?)
}

fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Box<dyn Error>> {
    bytes
        .get(at..at.saturating_add(length))
        .ok_or_else(|| "the font is cut off".into())
}
