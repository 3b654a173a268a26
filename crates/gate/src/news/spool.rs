//! News on its way. Each is a file of its own in one folder, written whole under another name and then
//! renamed; whoever hears it removes the file after what follows from it was done. The name of the
//! file is when it was told and chance, so that two who tell never meet, and it is the same after
//! every restart: by it, whoever hears knows what they have heard already.

use super::kinds::News;
use kernel::moment::Moment;
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

/// The most news that waits. What is pressing finds room beyond it, up to twice as much.
const WAITING_MAX: usize = 5_000;

/// The longest news, in bytes.
const BYTES_MAX: u64 = 256 << 10;

/// How old the beginning of news may become that was never ended, in minutes.
const UNFINISHED_MINUTES_MAX: i64 = 60;

const ENDING: &str = "news";
const UNFINISHED: &str = "part";
const BROKEN: &str = "broken";

/// What tells news from other news: when it was told, and chance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

/// News that waits to be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub id: Id,
    /// What.
    pub news: News,
}

/// What waits in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// In the order in which it was told.
    pub news: Vec<Told>,
    /// How many files could not be read; they were put aside.
    pub broken: usize,
}

/// Why news can't be told or heard.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The folder or a file in it can't be used.
    #[error("{doing} in the folder of news: {source}")]
    Folder {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Too much of it waits already.
    #[error("more news waits than may")]
    Full,
}

/// The folder.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: PathBuf,
}

impl Id {
    fn new(at: Moment, chance: u64) -> Id {
        Id(format!("{:020}-{chance:016x}", at.micros().max(0)))
    }

    fn of_name(name: &str) -> Option<Id> {
        let id = name.strip_suffix(ENDING)?.strip_suffix('.')?;
        let (at, chance) = id.split_once('-')?;
        let is_at = at.len() == 20 && at.bytes().all(|byte| byte.is_ascii_digit());
        let is_chance = chance.len() == 16 && chance.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_at && is_chance).then(|| Id(id.to_owned()))
    }

    fn micros(&self) -> i64 {
        let at = self.0.split_once('-').map_or("", |(at, _)| at);
        at.parse().unwrap_or(0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl Spool {
    /// Opens a folder, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// [`SpoolError::Folder`].
    pub fn open(folder: &Path) -> Result<Spool, SpoolError> {
        fs::create_dir_all(folder).map_err(error("making it"))?;
        Ok(Spool {
            folder: folder.to_owned(),
        })
    }

    /// Tells something. After this it is on the disk. `chance` is drawn anew each time.
    ///
    /// # Errors
    ///
    /// [`SpoolError`]: it was not told.
    pub fn tell(&self, news: News, at: Moment, chance: u64) -> Result<Id, SpoolError> {
        let most = match news.is_pressing() {
            true => WAITING_MAX * 2,
            false => WAITING_MAX,
        };
        if self.ids()?.len() >= most {
            return Err(SpoolError::Full);
        }
        let id = Id::new(at, chance);
        let mut bytes = serde_json::to_vec(&news.bounded())
            .map_err(io::Error::other)
            .map_err(error("writing"))?;
        bytes.push(b'\n');
        let part = self.folder.join(format!("{id}.{UNFINISHED}"));
        let written = self.write(&part, &bytes, &id);
        if written.is_err() {
            drop(fs::remove_file(&part));
        }
        written.map_err(error("writing"))?;
        Ok(id)
    }

    fn write(&self, part: &Path, bytes: &[u8], id: &Id) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(part, self.path_of(id))?;
        File::open(&self.folder)?.sync_all()
    }

    /// What waits, the earliest first; at most so much. What is no news is put aside, and the
    /// beginnings that a power cut left are removed.
    ///
    /// # Errors
    ///
    /// [`SpoolError::Folder`].
    pub fn waiting(&self, most: usize, now: Moment) -> Result<Waiting, SpoolError> {
        self.sweep(now)?;
        let mut waiting = Waiting::default();
        for id in self.ids()? {
            if waiting.news.len() == most {
                break;
            }
            match self.read(&id) {
                Ok(Some(news)) => waiting.news.push(Told { id, news }),
                Ok(None) => {
                    let aside = self.folder.join(format!("{id}.{BROKEN}"));
                    fs::rename(self.path_of(&id), aside).map_err(error("putting aside"))?;
                    waiting.broken += 1;
                }
                // Somebody else heard it meanwhile.
                Err(problem) if problem.kind() == ErrorKind::NotFound => {}
                Err(problem) => return Err(error("reading")(problem)),
            }
        }
        Ok(waiting)
    }

    /// How much waits.
    ///
    /// # Errors
    ///
    /// [`SpoolError::Folder`].
    pub fn count(&self) -> Result<usize, SpoolError> {
        Ok(self.ids()?.len())
    }

    /// Removes what was heard, once all that follows from it was done. What is gone already is well.
    ///
    /// # Errors
    ///
    /// [`SpoolError::Folder`]: it is going to be heard again.
    pub fn heard(&self, id: &Id) -> Result<(), SpoolError> {
        match fs::remove_file(self.path_of(id)) {
            Err(problem) if problem.kind() != ErrorKind::NotFound => {
                Err(error("removing")(problem))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn path_of(&self, id: &Id) -> PathBuf {
        self.folder.join(format!("{id}.{ENDING}"))
    }

    fn ids(&self) -> Result<Vec<Id>, SpoolError> {
        let mut ids = Vec::new();
        for name in self.names()? {
            ids.extend(Id::of_name(&name));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn names(&self) -> Result<Vec<String>, SpoolError> {
        let files = fs::read_dir(&self.folder).map_err(error("looking"))?;
        let mut names = Vec::new();
        for file in files {
            let name = file.map_err(error("looking"))?.file_name();
            names.extend(name.into_string().ok());
        }
        Ok(names)
    }

    /// What a file says; nothing, if it is not whole or no news.
    fn read(&self, id: &Id) -> io::Result<Option<News>> {
        let file = File::open(self.path_of(id))?;
        let mut bytes = Vec::new();
        file.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
        let is_whole = bytes.last() == Some(&b'\n')
            && u64::try_from(bytes.len()).is_ok_and(|length| length <= BYTES_MAX);
        if !is_whole {
            return Ok(None);
        }
        Ok(serde_json::from_slice(&bytes).ok())
    }

    fn sweep(&self, now: Moment) -> Result<(), SpoolError> {
        let latest = now.plus_minutes(-UNFINISHED_MINUTES_MAX).micros();
        for name in self.names()? {
            let Some(begun) = name.strip_suffix(UNFINISHED) else {
                continue;
            };
            let id = Id::of_name(&format!("{begun}{ENDING}"));
            if id.is_some_and(|id| id.micros() < latest) {
                drop(fs::remove_file(self.folder.join(name)));
            }
        }
        Ok(())
    }
}

fn error(doing: &'static str) -> impl FnOnce(io::Error) -> SpoolError {
    move |source| SpoolError::Folder { doing, source }
}

#[cfg(test)]
mod tests {
    use super::{
        super::kinds::{Day, Illegal, Seated, Unknown},
        *,
    };
    use jiff::civil::date;
    use std::net::{IpAddr, Ipv4Addr};

    fn at(second: i64) -> Moment {
        Moment::from_micros(1_800_000_000_000_000 + second * 1_000_000)
    }

    fn unknown(last: u8) -> News {
        News::Unknown(Unknown {
            at: at(0),
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)),
        })
    }

    fn spool() -> (tempfile::TempDir, Spool) {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(&folder.path().join("news")).unwrap();
        (folder, spool)
    }

    fn names(spool: &Spool) -> Vec<News> {
        let waiting = spool.waiting(100, at(0)).unwrap();
        waiting.news.into_iter().map(|told| told.news).collect()
    }

    #[test]
    fn news_waits_in_the_order_in_which_it_was_told_until_it_was_heard() {
        let (_folder, spool) = spool();
        spool.tell(unknown(2), at(2), 1).unwrap();
        spool.tell(unknown(1), at(1), 9).unwrap();
        let illegal = News::Illegal(Illegal {
            at: at(3),
            seated: Seated {
                device: Some("device-3".to_owned()),
                ..Seated::default()
            },
            list: "a list".to_owned(),
        });
        let last = spool.tell(illegal.clone(), at(3), 4).unwrap();
        assert_eq!(names(&spool), [unknown(1), unknown(2), illegal.clone()]);
        let first = spool.waiting(1, at(0)).unwrap().news.remove(0);
        assert_eq!(first.news, unknown(1));
        spool.heard(&first.id).unwrap();
        spool.heard(&first.id).unwrap();
        assert_eq!(names(&spool), [unknown(2), illegal]);
        let again = Spool::open(&spool.folder).unwrap();
        assert_eq!(again.waiting(9, at(9)).unwrap().news[1].id, last);
    }

    #[test]
    fn news_that_is_cut_off_anywhere_is_never_taken_for_other_news() {
        let (_folder, spool) = spool();
        let day = News::Day(Day {
            day: date(2026, 9, 1),
            events: 12,
            bytes: 900,
            digest: "0f".repeat(32),
            lost: 1,
            gone: vec![date(2026, 8, 1)],
        });
        let id = spool.tell(day.clone(), at(0), 1).unwrap();
        let whole = fs::read(spool.path_of(&id)).unwrap();
        for length in 0..whole.len() {
            let id = Id::new(at(1), u64::try_from(length).unwrap());
            fs::write(spool.path_of(&id), &whole[..length]).unwrap();
        }
        let waiting = spool.waiting(10_000, at(2)).unwrap();
        assert_eq!(waiting.broken, whole.len());
        assert_eq!(waiting.news.len(), 1);
        assert_eq!(waiting.news[0].news, day);
        // What was put aside is not looked at again.
        assert_eq!(spool.waiting(10_000, at(2)).unwrap().broken, 0);
        assert_eq!(spool.count().unwrap(), 1);
    }

    #[test]
    fn a_beginning_that_was_never_ended_is_not_heard_and_goes_after_an_hour() {
        let (_folder, spool) = spool();
        let id = Id::new(at(0), 7);
        let part = spool.folder.join(format!("{id}.{UNFINISHED}"));
        fs::write(&part, b"{\"unknown\":").unwrap();
        assert_eq!(spool.waiting(9, at(60)).unwrap(), Waiting::default());
        assert!(part.exists());
        spool.waiting(9, at(3_700)).unwrap();
        assert!(!part.exists());
    }

    #[test]
    fn when_too_much_waits_what_is_pressing_is_told_all_the_same() {
        let (_folder, spool) = spool();
        for number in 0..WAITING_MAX {
            let id = Id::new(at(0), u64::try_from(number).unwrap());
            fs::write(spool.path_of(&id), b"x").unwrap();
        }
        let full = spool.tell(unknown(1), at(1), 1);
        assert!(matches!(full, Err(SpoolError::Full)), "{full:?}");
        let illegal = News::Illegal(Illegal {
            at: at(1),
            seated: Seated::default(),
            list: "a list".to_owned(),
        });
        spool.tell(illegal, at(1), 2).unwrap();
        assert_eq!(spool.count().unwrap(), WAITING_MAX + 1);
    }
}
