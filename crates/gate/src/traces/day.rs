//! A day's events as a file: a head, then sealed frames, each bound to its number and to the one
//! before it, so that one which is changed, moved or left out is found. The last frame of a day that
//! is over says so; where it is missing, the file was cut off.

use super::{
    block::{read_block, write_block},
    event::{Batch, Event},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
};
use zeroize::Zeroizing;

const MAGIC: &[u8; 19] = b"stairgate traces 1\n";
const HEAD_BYTES: usize = MAGIC.len() + DAY_BYTES + NUMBER_BYTES + SALT_BYTES;
const DAY_BYTES: usize = 10;
const NUMBER_BYTES: usize = 8;
const SALT_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
const SUM_BYTES: usize = 15;
/// No block is larger, deflated and sealed.
const FRAME_MAX: usize = 10 << 20;

/// What is wrong with a file of traces.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It has no head, or another one.
    #[error("{0} is not a file of traces, or another day’s")]
    NotOne(String),
    /// A part does not open: changed, moved, or under another key.
    #[error("{0} is damaged, or sealed under another key, after {1} parts")]
    Damaged(String, u64),
    /// It is of a day that is over, and its end is missing.
    #[error("{0} is cut off after {1} parts")]
    CutOff(String, u64),
    /// It can't be read.
    #[error("{0} can’t be read: {1}")]
    Unreadable(String, #[source] io::Error),
}

/// What opens and seals the frames of one file.
struct Seal {
    key: Zeroizing<[u8; 32]>,
    cipher: XChaCha20Poly1305,
    number: u64,
    /// The tag of the frame before, or the sum of the head.
    before: [u8; TAG_BYTES],
}

impl Seal {
    fn new(master: &[u8; 32], head: &[u8; HEAD_BYTES]) -> Seal {
        let mut key = Sha256::new();
        key.update(b"stairgate traces key 1");
        key.update(master);
        key.update(head);
        let key = Zeroizing::new(<[u8; 32]>::from(key.finalize()));
        let mut before = [0; TAG_BYTES];
        let sum = Sha256::digest(head);
        before.iter_mut().zip(sum).for_each(|(to, from)| *to = from);
        Seal {
            cipher: XChaCha20Poly1305::new((&*key).into()),
            key,
            number: 0,
            before,
        }
    }

    /// The frame's number, whether it is the last, and a sum of what it says: a frame that was torn
    /// and is written again with other events does not use a nonce twice.
    fn nonce(&self, is_last: bool, sum: &[u8]) -> XNonce {
        let mut nonce = [0; 24];
        let number = self.number.to_be_bytes().into_iter();
        let parts = number
            .chain([u8::from(is_last)])
            .chain(sum.iter().copied().take(SUM_BYTES));
        nonce
            .iter_mut()
            .zip(parts)
            .for_each(|(to, from)| *to = from);
        XNonce::from(nonce)
    }

    fn close(&self, plain: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let mut sum = Sha256::new();
        sum.update(*self.key);
        sum.update(plain);
        let sum = sum.finalize();
        let sum = sum.get(..SUM_BYTES).unwrap_or_default();
        let payload = Payload {
            msg: plain,
            aad: &self.before,
        };
        let sealed = self.cipher.encrypt(&self.nonce(is_last, sum), payload);
        let sealed = sealed.map_err(|_| io::Error::other("it can't be sealed"))?;
        Ok([sum, sealed.as_slice()].concat())
    }

    fn open(&self, frame: &[u8], is_last: bool) -> Option<Vec<u8>> {
        let (sum, sealed) = frame.split_at_checked(SUM_BYTES)?;
        let payload = Payload {
            msg: sealed,
            aad: &self.before,
        };
        self.cipher.decrypt(&self.nonce(is_last, sum), payload).ok()
    }

    /// After a frame was written or read.
    fn pass(&mut self, sealed: &[u8]) {
        self.number += 1;
        let tag = sealed.len().saturating_sub(TAG_BYTES);
        let tag = sealed.get(tag..).unwrap_or_default();
        self.before
            .iter_mut()
            .zip(tag)
            .for_each(|(to, from)| *to = *from);
    }
}

fn head(day: Date, number: u64, salt: &[u8; SALT_BYTES]) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    let day = day.to_string();
    let parts = MAGIC.iter().chain(day.as_bytes());
    let number = number.to_be_bytes();
    let parts = parts.chain(&number).chain(salt);
    head.iter_mut()
        .zip(parts)
        .for_each(|(to, from)| *to = *from);
    head
}

/// The number that a head carries.
fn number_in(head: &[u8; HEAD_BYTES]) -> u64 {
    let start = MAGIC.len() + DAY_BYTES;
    let bytes = head
        .get(start..start + NUMBER_BYTES)
        .and_then(|bytes| <[u8; NUMBER_BYTES]>::try_from(bytes).ok());
    bytes.map_or(0, u64::from_be_bytes)
}

/// A file that frames are added to.
pub(super) struct Writing {
    file: File,
    seal: Seal,
    bytes: u64,
}

impl Writing {
    /// Begins a file; what was there is replaced. `number` is kept in its head.
    pub(super) fn begin(
        path: &Path,
        master: &[u8; 32],
        day: Date,
        number: u64,
        salt: &[u8; SALT_BYTES],
    ) -> io::Result<Writing> {
        let head = head(day, number, salt);
        let mut file = File::create(path)?;
        file.write_all(&head)?;
        Ok(Writing {
            file,
            seal: Seal::new(master, &head),
            bytes: u64::try_from(HEAD_BYTES).unwrap_or_default(),
        })
    }

    /// Goes on with a file after what was read of it; what is behind that is cut off.
    pub(super) fn go_on(path: &Path, read: Reading) -> io::Result<Writing> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        file.set_len(read.bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Writing {
            file,
            seal: read.seal,
            bytes: read.bytes,
        })
    }

    /// Adds events as one frame. If that fails, the file is as it was before.
    pub(super) fn add<'a>(
        &mut self,
        events: impl Iterator<Item = Event<'a>>,
        is_last: bool,
    ) -> io::Result<()> {
        let sealed = self.seal.close(&write_block(events)?, is_last)?;
        let size = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        let written = self
            .file
            .write_all(&size.to_be_bytes())
            .and_then(|()| self.file.write_all(&sealed));
        if let Err(error) = written {
            self.file.set_len(self.bytes)?;
            self.file.seek(SeekFrom::End(0))?;
            return Err(error);
        }
        self.bytes += u64::from(size) + 4;
        self.seal.pass(&sealed);
        Ok(())
    }

    /// Puts what was added on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// How long the file is.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many frames it has.
    pub(super) fn frames(&self) -> u64 {
        self.seal.number
    }
}

/// A file whose frames are read one after the other.
pub(super) struct Reading {
    file: BufReader<File>,
    name: String,
    seal: Seal,
    number: u64,
    bytes: u64,
    is_over: bool,
}

/// What the next frame of a file is.
pub(super) enum Frame {
    /// Events.
    Events,
    /// The day is over.
    Over,
    /// There is no more, and the day is not over.
    End,
    /// There is no more but a piece of a frame.
    Torn,
}

impl Reading {
    /// Opens the file of a day.
    pub(super) fn open(path: &Path, master: &[u8; 32], day: Date) -> Result<Reading, Broken> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.into_owned();
        let unreadable = |error| Broken::Unreadable(name.clone(), error);
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let mut head = [0; HEAD_BYTES];
        let read = file.read_exact(&mut head);
        let start = [MAGIC.as_slice(), day.to_string().as_bytes()].concat();
        if read.is_err() || !head.starts_with(&start) {
            return Err(Broken::NotOne(name));
        }
        Ok(Reading {
            file,
            name,
            seal: Seal::new(master, &head),
            number: number_in(&head),
            bytes: u64::try_from(HEAD_BYTES).unwrap_or_default(),
            is_over: false,
        })
    }

    /// The number in its head.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// How many frames were read.
    pub(super) fn frames(&self) -> u64 {
        self.seal.number
    }

    /// Reads the next frame's events into a batch.
    pub(super) fn next(&mut self, into: &mut Batch) -> Result<Frame, Broken> {
        if self.is_over {
            return match self.bytes_left()? {
                0 => Ok(Frame::End),
                _ => Err(self.damaged()),
            };
        }
        let mut size = [0; 4];
        match self.fill(&mut size)? {
            0 => return Ok(Frame::End),
            4 => {}
            _ => return Ok(Frame::Torn),
        }
        let size = u32::from_be_bytes(size);
        let length = usize::try_from(size).unwrap_or(usize::MAX);
        if length > FRAME_MAX {
            return Err(self.damaged());
        }
        let mut sealed = vec![0; length];
        if self.fill(&mut sealed)? < length {
            return Ok(Frame::Torn);
        }
        let (plain, is_last) = match self.seal.open(&sealed, false) {
            Some(plain) => (plain, false),
            None => (
                self.seal
                    .open(&sealed, true)
                    .ok_or_else(|| self.damaged())?,
                true,
            ),
        };
        read_block(&plain, into).ok_or_else(|| self.damaged())?;
        self.seal.pass(&sealed);
        self.bytes += u64::from(size) + 4;
        self.is_over = is_last;
        Ok(if is_last { Frame::Over } else { Frame::Events })
    }

    /// Whether what was read last is all that the file has: a broken frame at the very end is what a
    /// power cut leaves.
    pub(super) fn is_at_end(&mut self) -> bool {
        matches!(self.bytes_left(), Ok(0))
    }

    /// That it is cut off here.
    pub(super) fn cut_off(&self) -> Broken {
        Broken::CutOff(self.name.clone(), self.seal.number)
    }

    fn damaged(&self) -> Broken {
        Broken::Damaged(self.name.clone(), self.seal.number)
    }

    fn bytes_left(&mut self) -> Result<usize, Broken> {
        self.fill(&mut [0; 1])
    }

    /// Fills as much as there is; how many bytes that were.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize, Broken> {
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Broken::Unreadable(self.name.clone(), error)),
            }
        }
        Ok(filled)
    }
}
