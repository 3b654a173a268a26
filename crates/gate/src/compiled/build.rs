//! Makes the file. A survey looks at the names once to learn how they are written shortest; then
//! every name of every list is added, sorted by its place, and written.

use super::{
    About, CATEGORIES_MAX, Categories, FileError, ILLEGAL, LISTS_MAX, List,
    code::{LOW_BITS, Mix, Written},
    layout::{HEAD_BYTES, Head, Part, write_varint},
    model::{Counts, Model},
};
use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
    fs::File,
    io::{BufWriter, Seek, Write},
    path::Path,
};
use xxhash_rust::xxh3::Xxh3;

/// Names in a bucket, about.
const BUCKET_NAMES: u64 = 20;

/// With so few names a bucket no larger table is worth it.
const BUCKET_BITS_MAX: u32 = 24;

/// Parts that are sorted one by one.
const SORTED_BITS: u32 = 8;

/// This pair says that length and set stand beside the name.
pub(super) const NO_PAIR: u8 = 255;

/// Names of each list that are kept as marks at its beginning; after these, those at lines that are
/// a power of two.
const MARKS_FIRST: usize = 8;
const MARKS_MAX: usize = 24;

/// The most names that the survey learns from.
const LEARNED_MAX: u64 = 400_000;

/// What is known of the names before they are added.
pub struct Survey {
    counts: Counts,
    learned: u64,
    names: u64,
    without_names: BTreeSet<String>,
}

impl Default for Survey {
    fn default() -> Self {
        Survey::new()
    }
}

impl Survey {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Survey {
        Survey {
            counts: Counts::new(),
            learned: 0,
            names: 0,
            without_names: BTreeSet::new(),
        }
    }

    /// Learns from a name; some of each list are enough.
    pub fn learn(&mut self, name: &str) {
        if self.learned < LEARNED_MAX {
            self.learned += 1;
            self.counts.learn(name.as_bytes());
        }
    }

    /// Says that no list of this category has a name: it needs no place among the categories.
    pub fn has_no_names(&mut self, category: &str) {
        self.without_names.insert(category.to_owned());
    }

    /// Says how many names are to come, about.
    pub fn expect(&mut self, names: u64) {
        self.names = self.names.saturating_add(names);
    }
}

/// Takes names and writes the file.
pub struct Builder {
    about: About,
    of_list: Vec<Categories>,
    model: Model,
    mix: Mix,
    parts: Vec<Sorted>,
    hashes: Vec<Hashed>,
    labels_least: usize,
    written: Written,
}

/// A name as it was added.
#[derive(Clone, Copy)]
struct Added {
    mixed: u64,
    start: u32,
    line: u32,
    list: u16,
    bytes: u16,
}

struct Hashed {
    hash: [u8; 32],
    list: u16,
    line: u32,
}

#[derive(Default)]
struct Sorted {
    added: Vec<Added>,
    bytes: Vec<u8>,
}

impl Builder {
    /// Begins a file with these lists. Their categories are put in order, `illegal` first.
    ///
    /// # Errors
    ///
    /// Says when there are too many lists or categories.
    pub fn begin(lists: Vec<List>, survey: &Survey) -> Result<Builder, FileError> {
        if lists.len() > LISTS_MAX {
            return Err(FileError::TooMuch("4096 lists are the most"));
        }
        let mut categories: Vec<String> = lists.iter().map(|list| list.category.clone()).collect();
        categories.sort();
        categories.dedup();
        categories
            .retain(|category| category != ILLEGAL && !survey.without_names.contains(category));
        categories.insert(0, ILLEGAL.to_owned());
        if categories.len() > CATEGORIES_MAX {
            return Err(FileError::TooMuch(
                "63 categories beside 'illegal' are the most; leave lists out, or give several one category",
            ));
        }
        let number = |list: &List| categories.iter().position(|name| *name == list.category);
        let of_list = lists
            .iter()
            .map(|list| number(list).map_or(Categories::NONE, Categories::one))
            .collect();
        let buckets = (survey.names / BUCKET_NAMES).max(1);
        let bucket_bits = buckets.ilog2().min(BUCKET_BITS_MAX);
        let parts = 1_usize << bucket_bits.min(SORTED_BITS);
        Ok(Builder {
            about: About {
                categories,
                marks: vec![Vec::new(); lists.len()],
                lists,
            },
            of_list,
            model: survey.counts.model(),
            mix: Mix {
                bucket_bits,
                seed: 0x5741_4952,
            },
            parts: (0..parts).map(|_| Sorted::default()).collect(),
            hashes: Vec::new(),
            labels_least: usize::MAX,
            written: Written::new(),
        })
    }

    /// Adds a name in its normal form that this line of this list closes.
    pub fn add(&mut self, list: u16, line: u32, name: &str) {
        let written = &mut self.written;
        written.write(name.as_bytes(), &self.model, self.mix);
        let Some(spot) = written.whole(self.mix) else {
            return;
        };
        self.labels_least = self.labels_least.min(written.labels());
        let shift = LOW_BITS + self.mix.bucket_bits - self.mix.bucket_bits.min(SORTED_BITS);
        let part = usize::try_from(spot.mixed >> shift).ok();
        let Some(part) = part.and_then(|part| self.parts.get_mut(part)) else {
            return;
        };
        let (Ok(start), Ok(bytes)) = (
            u32::try_from(part.bytes.len()),
            u16::try_from(spot.rest_bytes()),
        ) else {
            return;
        };
        if let Some(marks) = self.about.marks.get_mut(usize::from(list)) {
            let few = marks.len() < MARKS_FIRST;
            if few || line.is_power_of_two() && marks.len() < MARKS_MAX {
                marks.push(name.to_owned());
            }
        }
        part.bytes.extend_from_slice(spot.rest);
        part.bytes.extend(spot.last);
        part.added.push(Added {
            mixed: spot.mixed,
            start,
            line,
            list,
            bytes,
        });
    }

    /// Adds a name that is known only by its SHA-256.
    pub fn add_hash(&mut self, list: u16, line: u32, hash: [u8; 32]) {
        self.hashes.push(Hashed { hash, list, line });
    }

    /// Puts the names in order and counts those of each list.
    #[must_use]
    pub fn sorted(mut self) -> Ready {
        for part in &mut self.parts {
            part.sort();
        }
        self.hashes.sort_by_key(|hashed| hashed.hash);
        self.count();
        Ready(self)
    }

    fn write(&self, kinds: &Kinds, file: &mut File) -> std::io::Result<()> {
        let mut out = Out {
            file: BufWriter::with_capacity(1 << 20, file),
            sum: Xxh3::new(),
            lengths: [0; 9],
            names: 0,
        };
        out.file.write_all(&[0; HEAD_BYTES])?;
        out.part(Part::About, &serde_json::to_vec(&self.about)?)?;
        out.part(Part::Model, self.model.lengths())?;
        let mut pairs = Vec::new();
        for (bytes, set) in &kinds.pairs {
            pairs.extend_from_slice(&bytes.to_le_bytes());
            pairs.extend_from_slice(&set.to_le_bytes());
        }
        out.part(Part::Pairs, &pairs)?;
        let sets: Vec<u8> = kinds
            .sets
            .iter()
            .flat_map(|set| set.to_le_bytes())
            .collect();
        out.part(Part::Sets, &sets)?;
        let tail = self.write_buckets(kinds, &mut out)?;
        out.part(Part::Directory, &tail.directory)?;
        let mut hashes = Vec::new();
        for hashed in &self.hashes {
            hashes.extend_from_slice(&hashed.hash);
            let set = self.of_list.get(usize::from(hashed.list));
            hashes.extend_from_slice(&set.map_or(0, |set| set.0).to_le_bytes());
            hashes.extend_from_slice(&hashed.list.to_le_bytes());
            hashes.extend_from_slice(&hashed.line.to_le_bytes());
        }
        out.part(Part::Hashes, &hashes)?;
        out.part(Part::Origins, &tail.origins)?;
        out.part(Part::OriginDirectory, &tail.origin_directory)?;
        let head = Head {
            bucket_bits: self.mix.bucket_bits,
            seed: self.mix.seed,
            names: out.names,
            labels_least: u64::try_from(self.labels_least).unwrap_or(1),
            lengths: out.lengths,
            body: out.sum.digest128(),
        };
        out.file.seek(std::io::SeekFrom::Start(0))?;
        out.file.write_all(&head.write())?;
        out.file.flush()
    }

    /// How many names each list has.
    fn count(&mut self) {
        let mut counts = vec![0_u64; self.about.lists.len()];
        for name in self.parts.iter().flat_map(Sorted::names) {
            for (list, _) in origins(name.added) {
                if let Some(count) = counts.get_mut(usize::from(list)) {
                    *count += 1;
                }
            }
        }
        for hashed in &self.hashes {
            if let Some(count) = counts.get_mut(usize::from(hashed.list)) {
                *count += 1;
            }
        }
        for (list, names) in self.about.lists.iter_mut().zip(counts) {
            list.names = names;
        }
    }

    fn write_buckets(&self, kinds: &Kinds, out: &mut Out<'_>) -> std::io::Result<Tail> {
        let mut tail = Tail::default();
        let mut bucket = Bucket::default();
        let mut number = 0_u64;
        let all = 1_u64 << self.mix.bucket_bits;
        for name in self.parts.iter().flat_map(Sorted::names) {
            let own = name.mixed() >> LOW_BITS;
            while number < own {
                bucket.write(out, &mut tail)?;
                number += 1;
            }
            let set = name.set(&self.of_list);
            bucket.take(&name, kinds.number_of(set), kinds)?;
            out.names += 1;
        }
        while number < all {
            bucket.write(out, &mut tail)?;
            number += 1;
        }
        tail.end(out)?;
        Ok(tail)
    }
}

/// All names in order, to be written.
pub struct Ready(Builder);

impl Ready {
    /// What the file will say of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.0.about
    }

    /// Writes under another name, syncs, and renames: whoever reads the file of before goes on with
    /// it.
    ///
    /// # Errors
    ///
    /// Says what could not be written. Nothing is left behind then.
    pub fn finish(self, path: &Path) -> Result<(), FileError> {
        let kinds = Kinds::of(&self.0);
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut temporary = tempfile::Builder::new()
            .prefix(".names-")
            .tempfile_in(folder)
            .map_err(FileError::io("making a file in", folder))?;
        self.0
            .write(&kinds, temporary.as_file_mut())
            .map_err(FileError::io("writing", path))?;
        temporary
            .as_file()
            .sync_all()
            .map_err(FileError::io("syncing", path))?;
        temporary
            .persist(path)
            .map_err(|error| FileError::io("renaming to", path)(error.error))?;
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(FileError::io("syncing", folder))
    }
}

impl Sorted {
    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.added.sort_unstable_by(|one, other| {
            one.mixed
                .cmp(&other.mixed)
                .then_with(|| rest(bytes, one).cmp(rest(bytes, other)))
                .then_with(|| (one.list, one.line).cmp(&(other.list, other.line)))
        });
    }

    /// The names, each with all that added it.
    fn names(&self) -> impl Iterator<Item = Name<'_>> {
        let same = |one: &Added, other: &Added| {
            one.mixed == other.mixed
                && rest(&self.bytes, one).cmp(rest(&self.bytes, other)) == Ordering::Equal
        };
        self.added.chunk_by(same).map(|added| Name {
            added,
            rest: added.first().map_or(&[][..], |one| rest(&self.bytes, one)),
        })
    }
}

fn rest<'a>(bytes: &'a [u8], added: &Added) -> &'a [u8] {
    // INVARIANT: the place was noted when the bytes were added.
    let start = usize::try_from(added.start).unwrap_or(usize::MAX);
    bytes
        .get(start..start.saturating_add(usize::from(added.bytes)))
        .unwrap_or_default()
}

/// A list that says a name twice is named once, with its first line.
fn origins(added: &[Added]) -> impl Iterator<Item = (u16, u32)> {
    added
        .chunk_by(|one, other| one.list == other.list)
        .filter_map(|same| same.first().map(|first| (first.list, first.line)))
}

struct Name<'a> {
    added: &'a [Added],
    rest: &'a [u8],
}

impl Name<'_> {
    fn mixed(&self) -> u64 {
        self.added.first().map_or(0, |added| added.mixed)
    }

    fn set(&self, of_list: &[Categories]) -> Categories {
        self.added.iter().fold(Categories::NONE, |all, added| {
            let own = of_list.get(usize::from(added.list)).copied();
            all.and(own.unwrap_or_default())
        })
    }
}

/// The sets of categories that there are, and the commonest pairs of length and set.
struct Kinds {
    sets: Vec<u64>,
    set_numbers: HashMap<u64, u16>,
    pairs: Vec<(u16, u16)>,
    pair_numbers: HashMap<(u16, u16), u8>,
}

impl Kinds {
    fn of(builder: &Builder) -> Kinds {
        let mut counts: HashMap<(u64, u16), u64> = HashMap::new();
        for name in builder.parts.iter().flat_map(Sorted::names) {
            let bytes = u16::try_from(name.rest.len()).unwrap_or(u16::MAX);
            *counts
                .entry((name.set(&builder.of_list).0, bytes))
                .or_default() += 1;
        }
        let mut sets: Vec<u64> = counts.keys().map(|(set, _)| *set).collect();
        sets.sort_unstable();
        sets.dedup();
        let set_numbers: HashMap<u64, u16> = sets.iter().copied().zip(0_u16..).collect();
        let mut common: Vec<(u64, (u16, u16))> = counts
            .into_iter()
            .filter_map(|((set, bytes), count)| Some((count, (bytes, *set_numbers.get(&set)?))))
            .collect();
        common.sort_unstable_by(|one, other| other.cmp(one));
        let pairs: Vec<(u16, u16)> = common
            .into_iter()
            .take(usize::from(NO_PAIR))
            .map(|(_, pair)| pair)
            .collect();
        Kinds {
            pair_numbers: pairs.iter().copied().zip(0..NO_PAIR).collect(),
            sets,
            set_numbers,
            pairs,
        }
    }

    fn number_of(&self, set: Categories) -> Option<u16> {
        self.set_numbers.get(&set.0).copied()
    }
}

#[derive(Default)]
struct Bucket {
    pairs: Vec<u8>,
    lows: Vec<u8>,
    names: Vec<u8>,
    origins: Vec<u8>,
}

impl Bucket {
    fn take(&mut self, name: &Name<'_>, set: Option<u16>, kinds: &Kinds) -> std::io::Result<()> {
        let too_many = || std::io::Error::other("more kinds of names than a file can hold");
        let set = set.ok_or_else(too_many)?;
        let bytes = u16::try_from(name.rest.len()).map_err(|_| too_many())?;
        let [.., high, low] = name.mixed().to_be_bytes();
        self.lows.push(low);
        self.names.push(high);
        match kinds.pair_numbers.get(&(bytes, set)) {
            Some(pair) => self.pairs.push(*pair),
            None => {
                self.pairs.push(NO_PAIR);
                self.names.extend_from_slice(&bytes.to_le_bytes());
                self.names.extend_from_slice(&set.to_le_bytes());
            }
        }
        self.names.extend_from_slice(name.rest);
        let count = origins(name.added).count();
        write_varint(
            u32::try_from(count).map_err(|_| too_many())?,
            &mut self.origins,
        );
        for (list, line) in origins(name.added) {
            write_varint(u32::from(list), &mut self.origins);
            write_varint(line, &mut self.origins);
        }
        Ok(())
    }

    fn write(&mut self, out: &mut Out<'_>, tail: &mut Tail) -> std::io::Result<()> {
        let too_large = || std::io::Error::other("a bucket or the file is too large");
        let begins = u32::try_from(out.length(Part::Buckets)).map_err(|_| too_large())?;
        tail.directory.extend_from_slice(&begins.to_le_bytes());
        let origins = u32::try_from(tail.origins.len()).map_err(|_| too_large())?;
        tail.origin_directory
            .extend_from_slice(&origins.to_le_bytes());
        if !self.pairs.is_empty() {
            let count = u16::try_from(self.pairs.len()).map_err(|_| too_large())?;
            out.part(Part::Buckets, &count.to_le_bytes())?;
            out.part(Part::Buckets, &self.pairs)?;
            out.part(Part::Buckets, &self.lows)?;
            out.part(Part::Buckets, &self.names)?;
            tail.origins.extend_from_slice(&self.origins);
        }
        for part in [
            &mut self.pairs,
            &mut self.lows,
            &mut self.names,
            &mut self.origins,
        ] {
            part.clear();
        }
        Ok(())
    }
}

/// What comes after the buckets.
#[derive(Default)]
struct Tail {
    directory: Vec<u8>,
    origins: Vec<u8>,
    origin_directory: Vec<u8>,
}

impl Tail {
    fn end(&mut self, out: &Out<'_>) -> std::io::Result<()> {
        let too_large = |_| std::io::Error::other("the file is too large");
        let buckets = u32::try_from(out.length(Part::Buckets)).map_err(too_large)?;
        self.directory.extend_from_slice(&buckets.to_le_bytes());
        let origins = u32::try_from(self.origins.len()).map_err(too_large)?;
        self.origin_directory
            .extend_from_slice(&origins.to_le_bytes());
        Ok(())
    }
}

/// The file with what it adds up to so far.
struct Out<'a> {
    file: BufWriter<&'a mut File>,
    sum: Xxh3,
    lengths: [u64; 9],
    names: u64,
}

impl Out<'_> {
    fn part(&mut self, part: Part, bytes: &[u8]) -> std::io::Result<()> {
        self.sum.update(bytes);
        let at = Part::ALL.iter().position(|one| *one == part);
        if let Some(length) = at.and_then(|at| self.lengths.get_mut(at)) {
            *length += u64::try_from(bytes.len()).unwrap_or(0);
        }
        self.file.write_all(bytes)
    }

    fn length(&self, part: Part) -> u64 {
        let at = Part::ALL.iter().position(|one| *one == part);
        at.and_then(|at| self.lengths.get(at)).copied().unwrap_or(0)
    }
}
