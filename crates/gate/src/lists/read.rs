//! Reads a list line by line, with a bound on every line and on their number.

use super::{
    form::Form,
    forms::{Before, Holds, line},
    json,
    tally::{Tally, Why},
};
use crate::names::{Below, below, normal};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// The longest line that is looked at.
pub const LINE_BYTES_MAX: usize = 8192;

/// The most lines of a list; what comes after is not read, and that is an error.
const LINES_MAX: u32 = 100_000_000;

/// The largest JSON document.
const JSON_BYTES_MAX: u64 = 256 << 20;

/// What a list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// This name, and all below it, belongs to the list.
    Name(&'a str),
    /// This name, and all below it, does not belong to this list after all.
    Except(&'a str),
    /// A name of which only the SHA-256 is said.
    Hash([u8; 32]),
}

/// Reads a list and hands over each entry, its name in the normal form, with the number of its line.
///
/// # Errors
///
/// Where the file can't be read, or is larger than any list.
pub fn read(path: &Path, form: Form, mut take: impl FnMut(u32, Entry<'_>)) -> io::Result<Tally> {
    let mut tally = Tally::default();
    if form == Form::Json {
        read_json(path, &mut tally, &mut take)?;
        return Ok(tally);
    }
    let mut before = Before::of(holds(path, form));
    each_line(path, |number, bytes, whole| {
        tally.lines += 1;
        let said = match std::str::from_utf8(bytes) {
            _ if !whole => Err(Why::LongLine),
            Err(_) => Err(Why::NotText),
            Ok(text) => {
                let mut counted = Ok(false);
                let said = line(form, text, &mut before, &mut |entry| {
                    let one = normal_entry(entry, &mut tally, &mut |entry| take(number, entry));
                    counted = match (counted, one) {
                        (Ok(true), _) | (_, Ok(())) => Ok(true),
                        (_, Err(why)) => Err(why),
                    };
                });
                said.and(counted)
            }
        };
        match said {
            Ok(_) => tally.used += 1,
            Err(why) => tally.skip(number, why, bytes),
        }
    })?;
    Ok(tally)
}

/// The file's first lines, for a look at its form and its terms.
pub(super) fn first_lines(path: &Path, bytes_max: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bytes_max).read_to_end(&mut bytes)?;
    let cut = bytes.len() == usize::try_from(bytes_max).unwrap_or(usize::MAX);
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let (true, Some((whole, _))) = (cut, text.rsplit_once('\n')) {
        text.truncate(whole.len());
    }
    Ok(text)
}

/// Hands over each line, its number from 1, and whether it is whole.
pub(super) fn each_line(path: &Path, mut take: impl FnMut(u32, &[u8], bool)) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut number = 0_u32;
    let mut carried: Vec<u8> = Vec::new();
    let mut whole = true;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let read = buffer.len();
        let mut left = buffer;
        while let Some(at) = memchr::memchr(b'\n', left) {
            let (now, after) = left.split_at_checked(at).unwrap_or((left, &[]));
            left = after.get(1..).unwrap_or_default();
            number += 1;
            if number > LINES_MAX {
                return Err(io::Error::other("it has more lines than any list"));
            }
            if carried.is_empty() && whole {
                let now = now.strip_suffix(b"\r").unwrap_or(now);
                take(number, now, now.len() <= LINE_BYTES_MAX);
                continue;
            }
            carry(&mut carried, now, &mut whole);
            let line = carried.strip_suffix(b"\r").unwrap_or(&carried);
            take(number, line, whole);
            carried.clear();
            whole = true;
        }
        carry(&mut carried, left, &mut whole);
        file.consume(read);
    }
    if !carried.is_empty() || !whole {
        take(number + 1, &carried, whole);
    }
    Ok(())
}

fn carry(carried: &mut Vec<u8>, more: &[u8], whole: &mut bool) {
    let room = LINE_BYTES_MAX.saturating_sub(carried.len());
    *whole &= more.len() <= room;
    carried.extend_from_slice(more.get(..room).unwrap_or(more));
}

fn normal_entry(
    entry: Entry<'_>,
    tally: &mut Tally,
    take: &mut dyn FnMut(Entry<'_>),
) -> Result<(), Why> {
    match entry {
        Entry::Name(text) => {
            let name = normal(text).map_err(Why::NoName)?;
            match below(&name) {
                Below::Anybody => return Err(Why::WholeEnding),
                Below::Strangers => tally.shared += 1,
                Below::Owner => {}
            }
            tally.names += 1;
            take(Entry::Name(&name));
        }
        Entry::Except(text) => {
            let name = normal(text).map_err(Why::NoName)?;
            tally.exceptions += 1;
            take(Entry::Except(&name));
        }
        Entry::Hash(hash) => {
            tally.names += 1;
            take(Entry::Hash(hash));
        }
    }
    Ok(())
}

fn read_json(
    path: &Path,
    tally: &mut Tally,
    take: &mut dyn FnMut(u32, Entry<'_>),
) -> io::Result<()> {
    let file = File::open(path)?;
    if file.metadata()?.len() > JSON_BYTES_MAX {
        return Err(io::Error::other("as JSON it is larger than 256 MB"));
    }
    let mut text = String::new();
    file.take(JSON_BYTES_MAX).read_to_string(&mut text)?;
    let names = json::names(&text).ok_or_else(|| io::Error::other("it is not JSON"))?;
    for (number, name) in (1_u32..).zip(names) {
        tally.lines += 1;
        let said = name.and_then(|name| {
            normal_entry(Entry::Name(&name), tally, &mut |entry| take(number, entry))
                .map_err(|why| (why, name))
                .map_err(|(why, _)| why)
        });
        match said {
            Ok(()) => tally.used += 1,
            Err(why) => tally.skip(number, why, b""),
        }
    }
    Ok(())
}

/// What the name of a file in a folder of lists says.
fn holds(path: &Path, form: Form) -> Holds {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if !matches!(form, Form::Ut1 | Form::E2guardian) {
        return Holds::Names;
    }
    if name.contains("url") {
        Holds::Pages
    } else if name.contains("expression") || name.contains("regexp") {
        Holds::Patterns
    } else if name.contains("phrase") {
        Holds::Phrases
    } else {
        Holds::Names
    }
}
