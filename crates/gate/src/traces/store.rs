//! The folder of traces: a file for each day, and beside today's a short one of what is not yet a
//! whole block. Old days go by time and by room; a day that is over has a digest for the ledger.
//!
//! What was added is in the file's hands after [`Store::flush`], and on the disk after a block.

use super::{
    block::EVENTS_MAX,
    day::{Broken, Frame, Reading, Writing},
    event::{Batch, Event},
};
use jiff::civil::Date;
use kernel::moment::{Moment, minus_days, plus_days};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// How much is kept.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of all days together.
    pub bytes: u64,
    /// Days, today among them.
    pub days: u16,
    /// Days that stay whatever their age, because somebody holds them.
    pub held: BTreeSet<Date>,
}

/// A day that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The day.
    pub day: Date,
    /// How many things were asked for on it.
    pub events: u64,
    /// How long its file is.
    pub bytes: u64,
    /// SHA-256 of its file.
    pub digest: [u8; 32],
}

/// Why a day's traces are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They were as old as they may become.
    Old,
    /// There was no room for more.
    Room,
}

/// A day whose traces are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The day.
    pub day: Date,
    /// Why.
    pub why: Why,
}

/// Why traces can't be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or a file in it can't be used.
    #[error("The folder of traces can’t be used: {0}")]
    Folder(#[from] io::Error),
    /// A file is broken.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Draws randomness.
pub type Fill = Box<dyn FnMut(&mut [u8]) + Send>;

/// Where traces are kept. One at a time for a folder.
pub struct Store {
    reader: Reader,
    limits: Limits,
    fill: Fill,
    today: Option<Today>,
    /// Bytes of the days that are over.
    bytes: u64,
    lost: u64,
    closed: Vec<Closed>,
    gone: Vec<Gone>,
    broken: Vec<Broken>,
}

struct Today {
    day: Date,
    /// In milliseconds: where the day after begins.
    end: i64,
    file: Writing,
    tail: Option<Writing>,
    events: u64,
    pending: Batch,
    /// How many of the pending ones are in the tail.
    in_tail: usize,
}

impl Store {
    /// Opens a folder and takes up what was left when the program stopped. Days that are over and
    /// were not closed are closed; what is broken is put aside and told by [`Store::broken`].
    ///
    /// # Errors
    ///
    /// [`StoreError::Folder`].
    pub fn begin(
        folder: &Path,
        master: &[u8; 32],
        limits: Limits,
        fill: Fill,
        now: Moment,
    ) -> Result<Store, StoreError> {
        fs::create_dir_all(folder)?;
        let mut store = Store {
            reader: Reader {
                folder: folder.to_owned(),
                master: Zeroizing::new(*master),
                now: None,
                is_elsewhere: false,
            },
            limits,
            fill,
            today: None,
            bytes: 0,
            lost: 0,
            closed: Vec::new(),
            gone: Vec::new(),
            broken: Vec::new(),
        };
        for day in store.reader.days()? {
            store.take_up(day, now)?;
        }
        store.expire(now)?;
        Ok(store)
    }

    fn take_up(&mut self, day: Date, now: Moment) -> Result<(), StoreError> {
        let mut left = match left_of(&self.reader, day) {
            Ok(left) => left,
            Err(broken) => {
                self.broken.push(broken);
                self.put_aside(day)?;
                return Ok(());
            }
        };
        let path = self.reader.file_of(day);
        if left.is_over {
            self.bytes += fs::metadata(&path)?.len();
            return Ok(());
        }
        let events = left.events;
        let file = Writing::go_on(&path, left.reading)?;
        let tail = left.tail.take();
        let tail = tail.map(|tail| Writing::go_on(&self.reader.tail_of(day), tail));
        let mut today = Today {
            day,
            end: end_of(day),
            file,
            tail: tail.transpose()?,
            events,
            in_tail: left.pending.len(),
            pending: std::mem::take(&mut left.pending),
        };
        if day < now.date() {
            self.close(&mut today)?;
        } else {
            self.today = Some(today);
        }
        Ok(())
    }

    fn put_aside(&self, day: Date) -> io::Result<()> {
        let from = self.reader.file_of(day);
        let free = (1..1_000_u16)
            .map(|number| {
                self.reader
                    .folder
                    .join(format!("{day}.traces.broken-{number}"))
            })
            .find(|path| !path.exists());
        if let Some(free) = free {
            fs::rename(from, free)?;
        }
        let tail = self.reader.tail_of(day);
        if tail.exists() {
            fs::remove_file(tail)?;
        }
        Ok(())
    }

    /// Adds events. What does not fit or can't be written is counted as lost: the filter goes on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Folder`], after which the events are lost.
    pub fn add(&mut self, events: &Batch) -> Result<(), StoreError> {
        let mut left = events.len();
        for event in events.iter() {
            if let Err(error) = self.add_one(&event) {
                self.lost += u64::try_from(left).unwrap_or(u64::MAX);
                return Err(error);
            }
            left -= 1;
        }
        Ok(())
    }

    /// Counts events that could not be kept.
    pub(super) fn lose(&mut self, count: usize) {
        self.lost += u64::try_from(count).unwrap_or(u64::MAX);
    }

    fn add_one(&mut self, event: &Event<'_>) -> Result<(), StoreError> {
        if self
            .today
            .as_ref()
            .is_some_and(|today| event.at >= today.end)
        {
            self.close_today()?;
        }
        if self.today.is_none() {
            let day = event.moment().date();
            let today = self.open_day(day)?;
            self.today = Some(today);
        }
        let Some(today) = &mut self.today else {
            return Ok(());
        };
        if today.pending.len() < EVENTS_MAX {
            today.pending.push(event);
        } else {
            // The block could not be written before: what is newest is lost.
            self.lost += 1;
        }
        if today.pending.len() >= EVENTS_MAX {
            self.make_room()?;
            self.write_block()?;
        }
        Ok(())
    }

    fn write_block(&mut self) -> Result<(), StoreError> {
        let most = self.limits.bytes;
        let Some(today) = &mut self.today else {
            return Ok(());
        };
        if self.bytes + today.file.bytes() > most {
            self.lost += u64::try_from(today.pending.len()).unwrap_or(u64::MAX);
            today.forget_pending(&self.reader);
            return Ok(());
        }
        today.file.add(today.pending.iter(), false)?;
        today.file.sync()?;
        today.events += u64::try_from(today.pending.len()).unwrap_or(u64::MAX);
        today.forget_pending(&self.reader);
        Ok(())
    }

    fn open_day(&mut self, day: Date) -> Result<Today, StoreError> {
        let mut salt = [0; 32];
        (self.fill)(&mut salt);
        let path = self.reader.file_of(day);
        if path.exists() {
            // A clock that was put back: that day is closed already, and is not opened again.
            let why = format!("traces of {day} are closed already");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, why).into());
        }
        Ok(Today {
            day,
            end: end_of(day),
            file: Writing::begin(&path, &self.reader.master, day, 0, &salt)?,
            tail: None,
            events: 0,
            pending: Batch::default(),
            in_tail: 0,
        })
    }

    /// Hands what was added to the system, so that it is there when the program is killed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Folder`].
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let Some(today) = &mut self.today else {
            return Ok(());
        };
        if today.in_tail == today.pending.len() {
            return Ok(());
        }
        if today.tail.is_none() {
            let mut salt = [0; 32];
            (self.fill)(&mut salt);
            let path = self.reader.tail_of(today.day);
            let number = today.file.frames();
            let master = &self.reader.master;
            today.tail = Some(Writing::begin(&path, master, today.day, number, &salt)?);
            today.in_tail = 0;
        }
        if let Some(tail) = &mut today.tail {
            tail.add(today.pending.iter().skip(today.in_tail), false)?;
            today.in_tail = today.pending.len();
        }
        Ok(())
    }

    /// What the clock asks for: closes a day that is over and lets go what is too old.
    ///
    /// # Errors
    ///
    /// [`StoreError::Folder`].
    pub fn tick(&mut self, now: Moment) -> Result<(), StoreError> {
        let now_ms = now.micros().div_euclid(1_000);
        if self.today.as_ref().is_some_and(|today| now_ms >= today.end) {
            self.close_today()?;
            self.expire(now)?;
        }
        self.flush()
    }

    fn close_today(&mut self) -> Result<(), StoreError> {
        match self.today.take() {
            Some(mut today) => self.close(&mut today),
            None => Ok(()),
        }
    }

    fn close(&mut self, today: &mut Today) -> Result<(), StoreError> {
        today.file.add(today.pending.iter(), true)?;
        today.file.sync()?;
        today.events += u64::try_from(today.pending.len()).unwrap_or(u64::MAX);
        today.forget_pending(&self.reader);
        let path = self.reader.file_of(today.day);
        let (bytes, digest) = digest(&path)?;
        self.bytes += bytes;
        self.closed.push(Closed {
            day: today.day,
            events: today.events,
            bytes,
            digest,
        });
        Ok(())
    }

    /// How much may be kept from now on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Folder`].
    pub fn set_limits(&mut self, limits: Limits, now: Moment) -> Result<(), StoreError> {
        self.limits = limits;
        self.expire(now)
    }

    fn expire(&mut self, now: Moment) -> Result<(), StoreError> {
        let first = minus_days(now.date(), i64::from(self.limits.days.saturating_sub(1)));
        for day in self.reader.days()? {
            if day < first && !self.limits.held.contains(&day) {
                self.let_go(day, Why::Old)?;
            }
        }
        self.make_room()
    }

    fn make_room(&mut self) -> Result<(), StoreError> {
        let today = self.today.as_ref().map(|today| today.day);
        let in_work = self.today.as_ref().map_or(0, |today| today.file.bytes());
        if self.bytes + in_work <= self.limits.bytes {
            return Ok(());
        }
        for day in self.reader.days()? {
            if self.bytes + in_work <= self.limits.bytes {
                break;
            }
            if Some(day) != today && !self.limits.held.contains(&day) {
                self.let_go(day, Why::Room)?;
            }
        }
        Ok(())
    }

    fn let_go(&mut self, day: Date, why: Why) -> Result<(), StoreError> {
        if self.today.as_ref().is_some_and(|today| today.day == day) {
            return Ok(());
        }
        let path = self.reader.file_of(day);
        let bytes = fs::metadata(&path)?.len();
        fs::remove_file(&path)?;
        self.bytes = self.bytes.saturating_sub(bytes);
        self.gone.push(Gone { day, why });
        Ok(())
    }

    /// Takes out all that was asked for by some people on days that are over. Such a day is closed
    /// anew, and told by [`Store::closed`]. Today's goes when the day is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the day in question stays as it was.
    pub fn forget(&mut self, people: &BTreeSet<u32>) -> Result<(), StoreError> {
        let today = self.today.as_ref().map(|today| today.day);
        for day in self.reader.days()? {
            if Some(day) != today && !people.is_empty() {
                self.forget_on(day, people)?;
            }
        }
        Ok(())
    }

    fn forget_on(&mut self, day: Date, people: &BTreeSet<u32>) -> Result<(), StoreError> {
        let mut kept = Batch::default();
        let mut found = false;
        self.reader.each(day, |event| {
            if people.contains(&event.who.person) {
                found = true;
            }
        })?;
        if !found {
            return Ok(());
        }
        let path = self.reader.file_of(day);
        let beside = self.reader.folder.join(format!("{day}.forgetting"));
        let mut salt = [0; 32];
        (self.fill)(&mut salt);
        let mut file = Writing::begin(&beside, &self.reader.master, day, 0, &salt)?;
        let (mut events, mut problem) = (0_u64, None);
        self.reader.each(day, |event| {
            if people.contains(&event.who.person) || problem.is_some() {
                return;
            }
            events += 1;
            kept.push(event);
            if kept.len() >= EVENTS_MAX {
                problem = file.add(kept.iter(), false).err();
                kept.clear();
            }
        })?;
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        file.add(kept.iter(), true)?;
        file.sync()?;
        let before = fs::metadata(&path)?.len();
        fs::rename(&beside, &path)?;
        let (bytes, digest) = digest(&path)?;
        self.bytes = self.bytes.saturating_sub(before).saturating_add(bytes);
        self.closed.push(Closed {
            day,
            events,
            bytes,
            digest,
        });
        Ok(())
    }

    /// The days that were closed since this was asked last.
    pub fn closed(&mut self) -> Vec<Closed> {
        std::mem::take(&mut self.closed)
    }

    /// The days that went since this was asked last.
    pub fn gone(&mut self) -> Vec<Gone> {
        std::mem::take(&mut self.gone)
    }

    /// What was found broken since this was asked last; the files were put aside.
    pub fn broken(&mut self) -> Vec<Broken> {
        std::mem::take(&mut self.broken)
    }

    /// How many events could not be kept since this was asked last.
    pub fn lost(&mut self) -> u64 {
        std::mem::take(&mut self.lost)
    }

    /// Bytes on the disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let today = self.today.as_ref();
        self.bytes + today.map_or(0, |today| today.file.bytes())
    }

    /// What reads it as it is now, without keeping it from going on.
    #[must_use]
    pub fn reader(&self) -> Reader {
        let today = self.today.as_ref();
        Reader {
            now: today.map(|today| Now {
                day: today.day,
                frames: today.file.frames(),
                pending: today.pending.clone(),
            }),
            ..self.reader.clone()
        }
    }
}

impl Today {
    fn forget_pending(&mut self, reader: &Reader) {
        self.pending.clear();
        self.in_tail = 0;
        self.tail = None;
        // One that stays names a block that is there already, and is passed over.
        drop(fs::remove_file(reader.tail_of(self.day)));
    }
}

/// The first millisecond of the day after.
fn end_of(day: Date) -> i64 {
    Moment::start_of(plus_days(day, 1))
        .micros()
        .div_euclid(1_000)
}

/// What is left of a day when the program starts.
struct Left {
    reading: Reading,
    events: u64,
    pending: Batch,
    tail: Option<Reading>,
    is_over: bool,
}

fn left_of(reader: &Reader, day: Date) -> Result<Left, Broken> {
    let mut reading = Reading::open(&reader.file_of(day), &reader.master, day)?;
    let mut events = 0;
    let mut batch = Batch::default();
    let is_over = loop {
        batch.clear();
        let frame = match reading.next(&mut batch) {
            // The last frame of all, half written when the power went.
            Err(Broken::Damaged(..)) if reading.is_at_end() => Frame::Torn,
            other => other?,
        };
        events += u64::try_from(batch.len()).unwrap_or(u64::MAX);
        match frame {
            Frame::Events => {}
            Frame::Over => break true,
            Frame::End | Frame::Torn => break false,
        }
    };
    let mut pending = Batch::default();
    let tail = match is_over {
        true => None,
        false => tail_of(reader, day, reading.frames(), &mut pending),
    };
    Ok(Left {
        reading,
        events,
        pending,
        tail,
        is_over,
    })
}

/// What the tail beside a day holds, if it belongs behind that many frames.
fn tail_of(reader: &Reader, day: Date, frames: u64, into: &mut Batch) -> Option<Reading> {
    let mut tail = Reading::open(&reader.tail_of(day), &reader.master, day).ok()?;
    if tail.number() != frames {
        return None;
    }
    while let Ok(Frame::Events) = tail.next(into) {}
    Some(tail)
}

fn digest(path: &Path) -> io::Result<(u64, [u8; 32])> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            return Ok((bytes, hash.finalize().into()));
        }
        hash.update(part.get(..read).unwrap_or_default());
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
}

/// Reads traces; the store goes on meanwhile.
#[derive(Clone)]
pub struct Reader {
    folder: PathBuf,
    master: Zeroizing<[u8; 32]>,
    now: Option<Now>,
    /// Another program writes, and may be in the middle of it.
    is_elsewhere: bool,
}

/// How today's traces were when the reader was made.
#[derive(Clone)]
struct Now {
    day: Date,
    frames: u64,
    pending: Batch,
}

impl Reader {
    /// Reads a folder that another program writes to.
    #[must_use]
    pub fn of_folder(folder: &Path, master: &[u8; 32]) -> Reader {
        Reader {
            folder: folder.to_owned(),
            master: Zeroizing::new(*master),
            now: None,
            is_elsewhere: true,
        }
    }

    fn file_of(&self, day: Date) -> PathBuf {
        self.folder.join(format!("{day}.traces"))
    }

    fn tail_of(&self, day: Date) -> PathBuf {
        self.folder.join(format!("{day}.tail"))
    }

    /// The days of which there are traces, the earliest first.
    ///
    /// # Errors
    ///
    /// When the folder can't be read.
    pub fn days(&self) -> io::Result<Vec<Date>> {
        let mut days = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let name = file?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(".traces"));
            days.extend(name.and_then(|day| day.parse::<Date>().ok()));
        }
        days.sort_unstable();
        Ok(days)
    }

    /// Hands each event of a day to `take`.
    ///
    /// # Errors
    ///
    /// [`Broken`], after what could be read was handed out.
    pub fn each(&self, day: Date, mut take: impl FnMut(&Event<'_>)) -> Result<(), Broken> {
        let mut batch = Batch::default();
        let mut reading = Reading::open(&self.file_of(day), &self.master, day)?;
        let now = self.now.as_ref().filter(|now| now.day == day);
        loop {
            if let Some(now) = now.filter(|now| now.frames == reading.frames()) {
                now.pending.iter().for_each(|event| take(&event));
                return Ok(());
            }
            batch.clear();
            let frame = reading.next(&mut batch)?;
            batch.iter().for_each(|event| take(&event));
            match frame {
                Frame::Events => {}
                Frame::Over => return Ok(()),
                Frame::End | Frame::Torn if self.is_elsewhere && self.is_last(day) => {
                    let mut pending = Batch::default();
                    drop(tail_of(self, day, reading.frames(), &mut pending));
                    pending.iter().for_each(|event| take(&event));
                    return Ok(());
                }
                Frame::End | Frame::Torn => return Err(reading.cut_off()),
            }
        }
    }

    /// Whether no day is later: its file is being written.
    fn is_last(&self, day: Date) -> bool {
        self.days()
            .is_ok_and(|days| days.last().is_none_or(|last| *last <= day))
    }

    /// The day's file as it was closed, if it was: how many things were asked for, how long it is,
    /// and its digest.
    ///
    /// # Errors
    ///
    /// [`Broken`]: it was not closed, or can't be read.
    pub fn closed(&self, day: Date) -> Result<Closed, Broken> {
        let path = self.file_of(day);
        let unreadable = |error| Broken::Unreadable(format!("{day}.traces"), error);
        let (bytes, digest) = digest(&path).map_err(unreadable)?;
        let mut events = 0;
        let whole = Reader {
            is_elsewhere: false,
            now: None,
            ..self.clone()
        };
        whole.each(day, |_| events += 1)?;
        Ok(Closed {
            day,
            events,
            bytes,
            digest,
        })
    }

    /// Bytes of all days together.
    ///
    /// # Errors
    ///
    /// When the folder can't be read.
    pub fn bytes(&self) -> io::Result<u64> {
        let mut bytes = 0;
        for day in self.days()? {
            bytes += fs::metadata(self.file_of(day)).map_or(0, |about| about.len());
        }
        Ok(bytes)
    }

    /// Whether a day's file is still the one that was closed.
    ///
    /// # Errors
    ///
    /// [`Broken`]: how it is not.
    pub fn check(&self, closed: &Closed) -> Result<(), Broken> {
        let name = format!("{}.traces", closed.day);
        let path = self.file_of(closed.day);
        let (_, found) = digest(&path).map_err(|error| Broken::Unreadable(name.clone(), error))?;
        let mut events = 0;
        self.each(closed.day, |_| events += 1)?;
        if found != closed.digest || events != closed.events {
            return Err(Broken::NotOne(name));
        }
        Ok(())
    }
}
