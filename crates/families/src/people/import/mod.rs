//! Bringing a table of people in: bytes become text, text a table, columns get their meaning, and a
//! plan says what would be done. All of it pure, bounded and decided anew each time: nothing of a
//! table is kept between the steps, it goes along in the page that the person has open.

pub mod columns;
pub mod headings;
pub mod meaning;
pub mod plan;
pub mod rows;
pub mod table;
pub mod values;

use crate::people::group::Group;
use meaning::{Mapping, Meaning};
use table::{Table, Unread};
use values::DayOrder;

/// The largest table, in bytes.
pub const BYTES_MAX: usize = 1 << 20;
/// The most rows of a table.
pub const ROWS_MAX: usize = 2_000;
/// The most columns of a table.
pub const COLUMNS_MAX: usize = 60;
/// The most characters of a cell.
pub const CELL_CHARS_MAX: usize = 1_000;

/// A table as it is handed in, with what a person said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// The text of the table.
    pub text: String,
    /// What each column means, where a person said so.
    pub columns: Option<Vec<Option<Meaning>>>,
    /// Whether the day or the month stands first.
    pub days: Option<DayOrder>,
    /// Whether parents have parental responsibility where the table does not say.
    pub responsibility: Option<bool>,
    /// Who the adults are where the table does not say.
    pub everybody: Option<Group>,
}

/// A table that was read, with the meaning of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The table.
    pub table: Table,
    /// What its columns mean.
    pub mapping: Mapping,
}

/// Reads a table and finds out what its columns mean; what a person said goes before.
///
/// # Errors
/// Why it can't be read.
pub fn read(handed: &Handed, rooms: &[String], this_year: i16) -> Result<Read, Unread> {
    let table = table::read(&handed.text)?;
    let mut mapping = columns::map(&table, rooms, this_year);
    if let Some(columns) = &handed.columns {
        mapping.columns = (0..table.head.len())
            .map(|place| columns.get(place).copied().flatten())
            .collect();
    }
    Ok(Read { table, mapping })
}
