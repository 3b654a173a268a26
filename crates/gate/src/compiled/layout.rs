//! The head of a compiled file: what it is, where its parts are, and what they add up to.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of the head.
pub(super) const HEAD_BYTES: usize = 256;

const MAGIC: &[u8; 16] = b"stairgate names\n";
const VERSION: u32 = 1;
const SUMMED: usize = HEAD_BYTES - 8;

/// The parts, in the order in which they lie. The last two are read only when somebody asks why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    About,
    Model,
    Pairs,
    Sets,
    Buckets,
    Directory,
    Hashes,
    Origins,
    OriginDirectory,
}

impl Part {
    pub(super) const ALL: [Part; 9] = [
        Part::About,
        Part::Model,
        Part::Pairs,
        Part::Sets,
        Part::Buckets,
        Part::Directory,
        Part::Hashes,
        Part::Origins,
        Part::OriginDirectory,
    ];

    fn number(self) -> usize {
        Part::ALL.iter().position(|part| *part == self).unwrap_or(0)
    }
}

/// What the head says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) bucket_bits: u32,
    pub(super) seed: u64,
    pub(super) names: u64,
    /// No name has fewer labels than this.
    pub(super) labels_least: u64,
    /// How long each part is.
    pub(super) lengths: [u64; 9],
    /// What everything after the head adds up to.
    pub(super) body: u128,
}

impl Head {
    /// Where a part begins and ends.
    pub(super) fn place(&self, part: Part) -> (u64, u64) {
        let head = u64::try_from(HEAD_BYTES).unwrap_or(0);
        let before = self.lengths.iter().take(part.number());
        let begins = before.fold(head, |all, length| all.saturating_add(*length));
        let length = self.lengths.get(part.number()).copied().unwrap_or(0);
        (begins, begins.saturating_add(length))
    }

    /// How long the file is.
    pub(super) fn all_bytes(&self) -> u64 {
        self.place(Part::OriginDirectory).1
    }

    /// How much of it is needed for answers.
    pub(super) fn hot_bytes(&self) -> u64 {
        self.place(Part::Hashes).1
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&self.bucket_bits.to_le_bytes());
        bytes.extend_from_slice(&self.seed.to_le_bytes());
        bytes.extend_from_slice(&self.names.to_le_bytes());
        bytes.extend_from_slice(&self.labels_least.to_le_bytes());
        for length in self.lengths {
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        bytes.extend_from_slice(&self.body.to_le_bytes());
        bytes.resize(SUMMED, 0);
        let sum = xxh3_64(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Reads a head, or says what is wrong with it.
    pub(super) fn read(bytes: &[u8]) -> Result<Head, &'static str> {
        let mut left = Reading(bytes);
        if left.take::<16>() != Some(*MAGIC) {
            return Err("it is not a compiled file of lists");
        }
        if left.u32() != Some(VERSION) {
            return Err("it is from another version of the program; compile the lists again");
        }
        let summed = bytes.get(..SUMMED).map(xxh3_64);
        let sum = bytes.get(SUMMED..).and_then(|tail| Reading(tail).u64());
        if summed.is_none() || summed != sum {
            return Err("its head is damaged");
        }
        let mut read = || -> Option<Head> {
            let mut head = Head {
                bucket_bits: left.u32()?,
                seed: left.u64()?,
                names: left.u64()?,
                labels_least: left.u64()?,
                ..Head::default()
            };
            for length in &mut head.lengths {
                *length = left.u64()?;
            }
            head.body = u128::from_le_bytes(left.take()?);
            Some(head)
        };
        read().ok_or("its head is too short")
    }
}

/// Numbers out of bytes, one after the other.
pub(super) struct Reading<'a>(pub(super) &'a [u8]);

impl Reading<'_> {
    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, left) = self.0.split_first_chunk::<N>()?;
        self.0 = left;
        Some(*taken)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    /// A number of seven bits a byte, the lowest first.
    pub(super) fn varint(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.take::<1>()?;
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

/// Writes a number of seven bits a byte.
pub(super) fn write_varint(mut value: u32, to: &mut Vec<u8>) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            to.push(low & 0x7F);
            return;
        }
        to.push(low | 0x80);
    }
}
