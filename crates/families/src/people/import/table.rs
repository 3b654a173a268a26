//! A table from a file: its encoding, its separator, quoted cells, and where the headings stand.

use super::{BYTES_MAX, CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX, headings};
use std::mem::take;

/// A table with headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings; "Column 1" where there are none.
    pub head: Vec<String>,
    /// Whether the table has headings of its own.
    pub has_head: bool,
    /// The rows, as wide as the headings.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, counted from 1.
    pub number: usize,
    /// Its cells, without spaces around them.
    pub cells: Vec<String>,
}

/// Why a table can't be read, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(pub String);

/// The text of a file, whichever of the usual encodings it has.
///
/// # Errors
/// It is no table of text.
pub fn decode(bytes: &[u8]) -> Result<String, Unread> {
    if bytes.len() > BYTES_MAX {
        return unread("The table is larger than 1 MB. Split it into several files");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return unread(
            "This is a workbook of a spreadsheet program. Open it there, save it as CSV, and choose that file",
        );
    }
    if bytes.starts_with(b"%PDF") {
        return unread("This is a PDF. Choose a table that was saved as CSV");
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [_, 0, _, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, _, 0, _, ..] => wide(bytes, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
        },
    };
    if text.chars().any(|sign| sign == '\0') {
        return unread("This is no table of text. Choose a file that was saved as CSV");
    }
    Ok(kernel::naming::strip(&text)
        .replace("\r\n", "\n")
        .replace('\r', "\n"))
}

fn unread<T>(says: &str) -> Result<T, Unread> {
    Err(Unread(says.to_owned()))
}

fn wide(bytes: &[u8], of: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [one, two] => of([*one, *two]),
        _ => 0xfffd,
    });
    let units: Vec<u16> = units.collect();
    String::from_utf16_lossy(&units)
}

/// A letter of Windows-1252.
fn windows(byte: u8) -> char {
    const OTHERS: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => {
            let place = usize::from(byte - 0x80);
            OTHERS.get(place).copied().unwrap_or('\u{fffd}')
        }
        _ => char::from(byte),
    }
}

/// Reads a table from text.
///
/// # Errors
/// There is no table, or it is too large.
pub fn read(text: &str) -> Result<Table, Unread> {
    if text.len() > 2 * BYTES_MAX {
        return unread("The table is larger than 1 MB. Split it into several files");
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut lines = cells(&text, separator(&text))?;
    lines.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    if lines.is_empty() {
        return unread("There is nothing in this table");
    }
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    if width > COLUMNS_MAX {
        return Err(Unread(format!(
            "The table has {width} columns; {COLUMNS_MAX} are taken at most"
        )));
    }
    for line in &mut lines {
        line.cells.resize(width, String::new());
    }
    let table = with_head(lines, width);
    if table.rows.is_empty() {
        return unread("There are headings in this table and no rows under them");
    }
    if table.rows.len() > ROWS_MAX {
        return Err(Unread(format!(
            "The table has {} rows; {ROWS_MAX} are taken at most. Split it into several files",
            table.rows.len()
        )));
    }
    Ok(table)
}

/// Splits off the headings, and whatever stands above them.
fn with_head(mut lines: Vec<Row>, width: usize) -> Table {
    let place = headings::find(&lines);
    let mut head: Vec<String> = (1..=width)
        .map(|number| format!("Column {number}"))
        .collect();
    if let Some(place) = place {
        let above = lines.drain(..=place).next_back().unwrap_or_default();
        for (words, cell) in head.iter_mut().zip(above.cells) {
            if !cell.is_empty() {
                *words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
    }
    Table {
        head,
        has_head: place.is_some(),
        rows: lines,
    }
}

/// The separator: the one that most lines have, equally often.
fn separator(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(30)
        .collect();
    let weigh = |sign: char| {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside(line, sign)).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == middle).count();
        (middle.min(1), alike, middle)
    };
    ['\t', ';', ',', '|']
        .into_iter()
        .rev()
        .max_by_key(|sign| weigh(*sign))
        .unwrap_or(',')
}

/// How often a sign stands outside of quotes.
fn outside(line: &str, sign: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for letter in line.chars() {
        if letter == '"' {
            quoted = !quoted;
        } else if letter == sign && !quoted {
            count += 1;
        }
    }
    count
}

/// Cells by RFC 4180, taken kindly: a quote that is never closed ends with the text.
fn cells(text: &str, separator: char) -> Result<Vec<Row>, Unread> {
    let mut lines = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut number) = (false, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            _ if quoted => cell.push(letter),
            '\n' => {
                end_cell(&mut row, &mut cell)?;
                lines.push(Row {
                    number,
                    cells: take(&mut row),
                });
                number += 1;
                if lines.len() > ROWS_MAX + 100 {
                    return Err(Unread(format!(
                        "The table has more than {ROWS_MAX} rows. Split it into several files"
                    )));
                }
            }
            _ if letter == separator => end_cell(&mut row, &mut cell)?,
            _ => cell.push(letter),
        }
    }
    end_cell(&mut row, &mut cell)?;
    lines.push(Row { number, cells: row });
    Ok(lines)
}

fn end_cell(row: &mut Vec<String>, cell: &mut String) -> Result<(), Unread> {
    let words = take(cell);
    let words = words.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{a0}');
    if words.chars().count() > CELL_CHARS_MAX || row.len() > 4 * COLUMNS_MAX {
        return unread("A cell of this table is too long, or a quote in it is never closed");
    }
    row.push(words.to_owned());
    Ok(())
}
