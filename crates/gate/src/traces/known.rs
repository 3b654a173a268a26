//! What the numbers in traces mean: categories and lists by name, and each plan by which something was
//! answered, kept beside the traces for as long as one of them may name it. Numbers are given once and
//! never change, whatever the files of lists do; plans are sealed, as they say who had which device.

use crate::{compiled::About, plan::Plan};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::civil::Date;
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use zeroize::Zeroizing;

/// The file of names.
const NAMES: &str = "known.json";

/// The folder of plans.
const PLANS: &str = "plans";

/// The most names of each kind, and the most files of lists.
const NAMES_MAX: usize = 20_000;

/// The largest plan and the largest file of names, in bytes.
const BYTES_MAX: u64 = 16 << 20;

const NONCE_BYTES: usize = 24;

/// What numbers mean.
pub struct Known {
    folder: PathBuf,
    key: Zeroizing<[u8; 32]>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    names: Names,
    /// Plans that are not on the disk yet.
    plans: Vec<(u32, Kept)>,
    changed: bool,
}

/// What is in the file of names. A place in a list, and one more, is the number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Names {
    categories: Vec<String>,
    lists: Vec<ListName>,
    files: Vec<ListsFile>,
    /// The number of the last plan, and its sum.
    plan: u32,
    plan_sum: String,
    /// The last day that was told to be over.
    told: Option<Date>,
    /// Days before it that have to be told again.
    owed: BTreeSet<Date>,
}

/// A list by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListName {
    /// What it is called.
    pub name: String,
    /// On what terms it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// A file of lists that answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ListsFile {
    sum: String,
    since: Moment,
}

/// A plan, and since when it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Since when.
    pub since: Moment,
    /// The plan.
    pub plan: Plan,
}

/// The numbers of a plan and a file of lists, and of what is in it, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub(super) plan: u32,
    pub(super) lists_file: u32,
    pub(super) categories: Vec<u32>,
    pub(super) lists: Vec<u32>,
}

impl Known {
    /// Opens the folder of traces. What is there and can't be read is put aside: numbers begin behind
    /// all that may be in use.
    ///
    /// # Errors
    ///
    /// The folder can't be used.
    pub fn open(folder: &Path, master: &[u8; 32]) -> io::Result<Known> {
        fs::create_dir_all(folder.join(PLANS))?;
        let mut key = Sha256::new();
        key.update(b"stairgate traces plans 1");
        key.update(master);
        let path = folder.join(NAMES);
        let names = match read(&path)? {
            None => Names::default(),
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                let why = format!("{} can’t be read: {error}", path.display());
                io::Error::new(io::ErrorKind::InvalidData, why)
            })?,
        };
        Ok(Known {
            folder: folder.to_owned(),
            key: Zeroizing::new(key.finalize().into()),
            inner: Mutex::new(Inner {
                names,
                ..Inner::default()
            }),
        })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The numbers of a plan and a file of lists that answer from now on. Nothing is written yet.
    pub(super) fn number(&self, plan: &Plan, about: &About, sum: &str, now: Moment) -> Numbers {
        let mut inner = self.inner();
        let before = (inner.names.categories.len(), inner.names.lists.len());
        let categories = about.categories.iter();
        let categories = categories.map(|name| place(&mut inner.names.categories, name.clone()));
        let categories = categories.collect();
        let lists = about.lists.iter().map(|list| ListName {
            name: list.name.clone(),
            licence: list.licence.clone(),
        });
        let lists = lists
            .map(|list| place(&mut inner.names.lists, list))
            .collect();
        let files = &mut inner.names.files;
        let known = files.iter().position(|file| file.sum == sum);
        let added = known.is_none() && files.len() < NAMES_MAX;
        if added {
            files.push(ListsFile {
                sum: sum.to_owned(),
                since: now,
            });
        }
        let lists_file = number(known.unwrap_or(files.len().saturating_sub(1)));
        // INVARIANT: a plan is plain words and numbers, which JSON can hold.
        let text = serde_json::to_vec(plan).unwrap_or_default();
        let sum = hex(&Sha256::digest(text));
        let is_new = inner.names.plan_sum != sum;
        if is_new {
            inner.names.plan = inner.names.plan.saturating_add(1);
            inner.names.plan_sum = sum;
            let kept = Kept {
                since: now,
                plan: plan.clone(),
            };
            let own = inner.names.plan;
            inner.plans.push((own, kept));
        }
        let after = (inner.names.categories.len(), inner.names.lists.len());
        inner.changed |= is_new || added || before != after;
        Numbers {
            plan: inner.names.plan,
            lists_file,
            categories,
            lists,
        }
    }

    /// Writes what was numbered since. `fill` draws randomness.
    ///
    /// # Errors
    ///
    /// The folder can't be written to; it is tried again the next time.
    pub fn save(&self, fill: &mut dyn FnMut(&mut [u8])) -> io::Result<()> {
        let mut inner = self.inner();
        if !inner.changed {
            return Ok(());
        }
        while let Some((own, kept)) = inner.plans.first() {
            let mut nonce = [0; NONCE_BYTES];
            fill(&mut nonce);
            let sealed = self.seal(kept, *own, nonce)?;
            write(&self.plan_file(*own), &sealed)?;
            inner.plans.remove(0);
        }
        let text = serde_json::to_vec(&inner.names).map_err(io::Error::other)?;
        write(&self.folder.join(NAMES), &text)?;
        inner.changed = false;
        Ok(())
    }

    /// The last day that was told to be over.
    #[must_use]
    pub fn told(&self) -> Option<Date> {
        self.inner().names.told
    }

    /// Notes that a day was told to be over.
    pub fn note_told(&self, day: Date) {
        let mut inner = self.inner();
        if inner.names.told.is_none_or(|told| told < day) {
            inner.names.told = Some(day);
            inner.changed = true;
        }
    }

    /// Days that have to be told again, because they may have been closed anew.
    #[must_use]
    pub fn owed(&self) -> BTreeSet<Date> {
        self.inner().names.owed.clone()
    }

    /// Notes that some days may be closed anew.
    pub fn owe(&self, days: impl Iterator<Item = Date>) {
        let mut inner = self.inner();
        inner.names.owed.extend(days);
        inner.changed = true;
    }

    /// Notes that all of them were told.
    pub fn owe_nothing(&self) {
        let mut inner = self.inner();
        inner.changed |= !inner.names.owed.is_empty();
        inner.names.owed.clear();
    }

    /// The category of a number in grounds.
    #[must_use]
    pub fn category(&self, number: u32) -> Option<String> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.inner().names.categories.get(place).cloned()
    }

    /// The number of a category.
    #[must_use]
    pub fn category_number(&self, name: &str) -> Option<u32> {
        let inner = self.inner();
        let mut all = inner.names.categories.iter();
        all.position(|own| own == name).map(number)
    }

    /// The list of a number in grounds.
    #[must_use]
    pub fn list(&self, number: u32) -> Option<ListName> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.inner().names.lists.get(place).cloned()
    }

    /// Since when a file of lists answered.
    #[must_use]
    pub fn lists_since(&self, number: u32) -> Option<Moment> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.inner().names.files.get(place).map(|file| file.since)
    }

    /// A plan by its number, where it is still kept.
    #[must_use]
    pub fn plan(&self, number: u32) -> Option<Kept> {
        let waiting = self.inner();
        let mut waiting = waiting.plans.iter();
        if let Some((_, kept)) = waiting.find(|(own, _)| *own == number) {
            return Some(kept.clone());
        }
        let bytes = read(&self.plan_file(number)).ok()??;
        self.open_plan(&bytes, number)
    }

    /// Lets go plans by which nothing was answered that is still kept: those that another one followed
    /// before the first day of traces.
    ///
    /// # Errors
    ///
    /// The folder can't be used.
    pub fn let_go(&self, first: Date) -> io::Result<()> {
        let begins = Moment::start_of(first);
        let mut numbers = Vec::new();
        for file in fs::read_dir(self.folder.join(PLANS))? {
            let name = file?.file_name();
            numbers.extend(name.to_str().and_then(|name| name.parse::<u32>().ok()));
        }
        numbers.sort_unstable();
        let next = numbers.iter().skip(1);
        for (own, next) in numbers.iter().zip(next) {
            let followed = self.plan(*next).map(|kept| kept.since);
            if followed.is_none_or(|since| since > begins) {
                break;
            }
            fs::remove_file(self.plan_file(*own))?;
        }
        Ok(())
    }

    fn plan_file(&self, number: u32) -> PathBuf {
        self.folder.join(PLANS).join(number.to_string())
    }

    fn seal(&self, kept: &Kept, number: u32, nonce: [u8; NONCE_BYTES]) -> io::Result<Vec<u8>> {
        let mut deflating = DeflateEncoder::new(Vec::new(), Compression::new(6));
        deflating.write_all(&serde_json::to_vec(kept).map_err(io::Error::other)?)?;
        let payload = Payload {
            msg: &deflating.finish()?,
            aad: &number.to_be_bytes(),
        };
        let cipher = XChaCha20Poly1305::new((&*self.key).into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| io::Error::other("it can’t be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open_plan(&self, bytes: &[u8], number: u32) -> Option<Kept> {
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: sealed,
            aad: &number.to_be_bytes(),
        };
        let cipher = XChaCha20Poly1305::new((&*self.key).into());
        let plain = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        let mut text = Vec::new();
        let mut reading = DeflateDecoder::new(plain.as_slice()).take(BYTES_MAX);
        reading.read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place.saturating_add(1)).unwrap_or(u32::MAX)
}

/// The number of a name, which is added where it is new. Where there are too many, it has none.
fn place<T: PartialEq>(names: &mut Vec<T>, name: T) -> u32 {
    if let Some(at) = names.iter().position(|own| *own == name) {
        return number(at);
    }
    if names.len() >= NAMES_MAX {
        return 0;
    }
    names.push(name);
    number(names.len().saturating_sub(1))
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes a file so that whoever reads it finds the one before or this one.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::List;
    use jiff::civil::date;

    fn about(categories: &[&str], lists: &[&str]) -> About {
        let list = |name: &&str| List {
            name: (*name).to_owned(),
            ..List::default()
        };
        About {
            categories: categories.iter().map(|name| (*name).to_owned()).collect(),
            lists: lists.iter().map(list).collect(),
            ..About::default()
        }
    }

    fn fill(bytes: &mut [u8]) {
        bytes.fill(7);
    }

    #[test]
    fn numbers_stay_whatever_the_next_file_of_lists_has() {
        let folder = tempfile::tempdir().unwrap();
        let now = Moment::on(date(2026, 9, 1), 9, 0);
        let plan = Plan::strict();
        let known = Known::open(folder.path(), &[1; 32]).unwrap();
        let first = known.number(&plan, &about(&["illegal", "drugs"], &["A"]), "1", now);
        known.save(&mut fill).unwrap();
        let known = Known::open(folder.path(), &[1; 32]).unwrap();
        let other = about(&["illegal", "games", "drugs"], &["B", "A"]);
        let second = known.number(&plan, &other, "2", now);
        assert_eq!((first.categories, first.lists), (vec![1, 2], vec![1]));
        assert_eq!(
            (second.categories, second.lists),
            (vec![1, 3, 2], vec![2, 1])
        );
        assert_eq!((first.plan, second.plan), (1, 1));
        assert_eq!((first.lists_file, second.lists_file), (1, 2));
        assert_eq!(known.category(3).as_deref(), Some("games"));
        assert_eq!(known.category_number("drugs"), Some(2));
        assert_eq!(known.list(2).unwrap().name, "B");
    }

    #[test]
    fn a_plan_is_there_for_as_long_as_traces_name_it_and_opens_under_its_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let day = |day| Moment::on(date(2026, 9, day), 9, 0);
        let known = Known::open(folder.path(), &[1; 32]).unwrap();
        let lists = about(&["illegal"], &[]);
        for number in 1..=3 {
            let mut plan = Plan::strict();
            plan.profiles[0].name = format!("everyone-{number}");
            let at = day(i8::try_from(number).unwrap());
            known.number(&plan, &lists, "1", at);
        }
        known.save(&mut fill).unwrap();
        let plain = fs::read(folder.path().join(PLANS).join("2")).unwrap();
        assert!(!plain.windows(8).any(|part| part == b"everyone"));
        let other = Known::open(folder.path(), &[2; 32]).unwrap();
        assert_eq!(other.plan(2), None);
        let known = Known::open(folder.path(), &[1; 32]).unwrap();
        assert_eq!(known.plan(2).unwrap().plan.profiles[0].name, "everyone-2");
        assert_eq!(known.plan(2).unwrap().since, day(2));
        // The first was followed by the second before the third of the month, the second was not.
        known.let_go(date(2026, 9, 3)).unwrap();
        let there: Vec<bool> = (1..=3).map(|own| known.plan(own).is_some()).collect();
        assert_eq!(there, [false, true, true]);
    }
}
