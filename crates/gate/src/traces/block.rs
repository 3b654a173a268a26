//! Events as a block: what repeats (who, grounds, names) is written once and then by number, columns
//! one after the other, the whole deflated. A block stands by itself.

use super::{
    event::{ASKED_MAX, Answer, Batch, Door, Event, Grounds, Who},
    varint::{read, read_signed, read_size, read_u32, write, write_signed},
};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use std::{
    collections::HashMap,
    hash::Hash,
    io::{self, Read, Write},
};

/// The most events in a block.
pub(super) const EVENTS_MAX: usize = 4_096;

/// The most bytes of a block before it is deflated: names of the longest kind, and then some.
const PLAIN_MAX: usize = EVENTS_MAX * (ASKED_MAX + 128);

/// Writes what an iterator gives as a block; at most [`EVENTS_MAX`] are taken.
pub(super) fn write_block<'a>(events: impl Iterator<Item = Event<'a>>) -> io::Result<Vec<u8>> {
    let mut plain = Columns::default();
    for event in events.take(EVENTS_MAX) {
        plain.push(&event);
    }
    let mut deflating = DeflateEncoder::new(Vec::new(), Compression::new(5));
    deflating.write_all(&plain.into_bytes())?;
    deflating.finish()
}

/// Reads a block into a batch. `None` if it is not one.
pub(super) fn read_block(bytes: &[u8], into: &mut Batch) -> Option<()> {
    let most = u64::try_from(PLAIN_MAX).ok()?;
    let mut plain = Vec::new();
    DeflateDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut plain)
        .ok()?;
    read_columns(&plain, into)
}

/// Things by number, in the order in which they were first seen.
struct Numbered<T> {
    numbers: HashMap<T, u64>,
    bytes: Vec<u8>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered {
            numbers: HashMap::new(),
            bytes: Vec::new(),
        }
    }
}

impl<T: Eq + Hash> Numbered<T> {
    fn number(&mut self, thing: T, write: impl FnOnce(&mut Vec<u8>)) -> u64 {
        let next = u64::try_from(self.numbers.len()).unwrap_or(u64::MAX);
        let bytes = &mut self.bytes;
        *self.numbers.entry(thing).or_insert_with(|| {
            write(bytes);
            next
        })
    }

    fn write(&self, to: &mut Vec<u8>) {
        write(u64::try_from(self.numbers.len()).unwrap_or(u64::MAX), to);
        to.extend_from_slice(&self.bytes);
    }
}

#[derive(Default)]
struct Columns<'a> {
    count: u64,
    last: i64,
    whos: Numbered<Who>,
    grounds: Numbered<Grounds>,
    names: Numbered<&'a str>,
    times: Vec<u8>,
    who: Vec<u8>,
    ground: Vec<u8>,
    name: Vec<u8>,
}

impl<'a> Columns<'a> {
    fn push(&mut self, event: &Event<'a>) {
        self.count += 1;
        write_signed(event.at.wrapping_sub(self.last), &mut self.times);
        self.last = event.at;
        let who = self.whos.number(event.who, |to| write_who(event.who, to));
        write(who, &mut self.who);
        let grounds = self
            .grounds
            .number(event.grounds, |to| write_grounds(event.grounds, to));
        write(grounds, &mut self.ground);
        let name = self.names.number(event.asked, |to| {
            write(u64::try_from(event.asked.len()).unwrap_or(u64::MAX), to);
            to.extend_from_slice(event.asked.as_bytes());
        });
        write(name, &mut self.name);
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(self.count, &mut bytes);
        self.whos.write(&mut bytes);
        self.grounds.write(&mut bytes);
        self.names.write(&mut bytes);
        for column in [self.times, self.who, self.ground, self.name] {
            write(u64::try_from(column.len()).unwrap_or(u64::MAX), &mut bytes);
            bytes.extend_from_slice(&column);
        }
        bytes
    }
}

fn read_columns(bytes: &[u8], into: &mut Batch) -> Option<()> {
    let mut from = bytes;
    let count = read_size(&mut from, EVENTS_MAX)?;
    let whos = read_list(&mut from, read_who)?;
    let grounds = read_list(&mut from, read_grounds)?;
    let names = read_list(&mut from, read_name)?;
    let mut times = column(&mut from)?;
    let mut who = column(&mut from)?;
    let mut ground = column(&mut from)?;
    let mut name = column(&mut from)?;
    let mut at = 0_i64;
    for _ in 0..count {
        at = at.wrapping_add(read_signed(&mut times)?);
        into.push(&Event {
            at,
            who: *pick(&whos, &mut who)?,
            grounds: *pick(&grounds, &mut ground)?,
            asked: pick(&names, &mut name)?,
        });
    }
    let rest = [from, times, who, ground, name];
    rest.iter().all(|rest| rest.is_empty()).then_some(())
}

fn read_list<'a, T>(
    from: &mut &'a [u8],
    read_one: impl Fn(&mut &'a [u8]) -> Option<T>,
) -> Option<Vec<T>> {
    let count = read_size(from, EVENTS_MAX)?;
    (0..count).map(|_| read_one(from)).collect()
}

fn column<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let size = read_size(from, from.len())?;
    let (column, rest) = from.split_at_checked(size)?;
    *from = rest;
    Some(column)
}

fn pick<'a, T>(list: &'a [T], from: &mut &[u8]) -> Option<&'a T> {
    list.get(usize::try_from(read(from)?).ok()?)
}

fn write_who(who: Who, to: &mut Vec<u8>) {
    for number in [who.device, who.person, who.room, who.session, who.profile] {
        write(u64::from(number), to);
    }
}

fn read_who(from: &mut &[u8]) -> Option<Who> {
    Some(Who {
        device: read_u32(from)?,
        person: read_u32(from)?,
        room: read_u32(from)?,
        session: read_u32(from)?,
        profile: read_u32(from)?,
    })
}

fn write_grounds(grounds: Grounds, to: &mut Vec<u8>) {
    let numbers = [
        grounds.door.code(),
        grounds.answer.code(),
        grounds.because,
        grounds.category,
        grounds.list,
        grounds.line,
        grounds.plan,
        grounds.lists,
    ];
    for number in numbers {
        write(u64::from(number), to);
    }
}

fn read_grounds(from: &mut &[u8]) -> Option<Grounds> {
    Some(Grounds {
        door: Door::of_code(read_u32(from)?)?,
        answer: Answer::of_code(read_u32(from)?)?,
        because: read_u32(from)?,
        category: read_u32(from)?,
        list: read_u32(from)?,
        line: read_u32(from)?,
        plan: read_u32(from)?,
        lists: read_u32(from)?,
    })
}

fn read_name<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    let size = read_size(from, ASKED_MAX)?;
    let (name, rest) = from.split_at_checked(size)?;
    *from = rest;
    std::str::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Events as tests make them up.
    fn made(rows: &[(i64, u32, u32, String)]) -> Batch {
        let mut batch = Batch::default();
        for (at, who, ground, asked) in rows {
            batch.push(&Event {
                at: *at,
                who: Who {
                    device: *who,
                    person: who % 3,
                    ..Who::default()
                },
                grounds: Grounds {
                    answer: Answer::of_code(ground % 5).unwrap(),
                    line: *ground,
                    ..Grounds::default()
                },
                asked,
            });
        }
        batch
    }

    proptest! {
        #[test]
        fn a_block_gives_back_its_events(
            rows in proptest::collection::vec((any::<i64>(), any::<u32>(), any::<u32>(), ".{0,40}"), 0..200)
        ) {
            let batch = made(&rows);
            let block = write_block(batch.iter()).unwrap();
            let mut again = Batch::default();
            prop_assert_eq!(read_block(&block, &mut again), Some(()));
            prop_assert!(batch.iter().eq(again.iter()));
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_block(&bytes, &mut Batch::default());
            let _ = read_columns(&bytes, &mut Batch::default());
        }

        #[test]
        fn a_changed_block_is_read_without_harm(at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let rows: Vec<_> = (0..50).map(|row| (row, 1, 2, format!("{row}.example"))).collect();
            let mut plain = Columns::default();
            let batch = made(&rows);
            batch.iter().for_each(|event| plain.push(&event));
            let mut bytes = plain.into_bytes();
            let place = at.index(bytes.len());
            bytes[place] = to;
            let _ = read_columns(&bytes, &mut Batch::default());
        }
    }
}
