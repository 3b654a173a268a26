//! Reads the file: checks all of it before it is used, then answers names from its front. The lines
//! that put a name there are read from its end only when somebody asks.

use super::{
    About, Categories, Damaged, FileError,
    build::NO_PAIR,
    code::{LOW_BITS, Mix, Spot, Written, read_back},
    layout::{HEAD_BYTES, Head, Part, Reading},
    mapped::Mapped,
    model::Model,
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::Read,
    ops::Range,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};
use xxhash_rust::xxh3::Xxh3;

/// Bytes of one hashed name: hash, set, list, line.
const HASHED_BYTES: usize = 32 + 8 + 2 + 4;

/// The most bytes of one bucket's origins that are read.
const ORIGINS_BYTES_MAX: u64 = 1 << 24;

/// Names whose memory is fetched together: more labels than most names have.
const TOGETHER: usize = 6;

/// A file of lists, ready to answer.
pub struct Compiled {
    path: PathBuf,
    file: File,
    map: Mapped,
    head: Head,
    about: About,
    model: Model,
    mix: Mix,
    pairs: Vec<(u16, u16)>,
    sets: Vec<u64>,
    buckets: Range<usize>,
    directory: Range<usize>,
    hashes: Range<usize>,
    labels_least: usize,
}

/// What the lists say of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// All categories of the name and of the names above it.
    pub categories: Categories,
    /// Which of them are listed, the longest first.
    pub hits: Vec<Hit>,
}

/// A listed name that covers the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The byte of the asked name at which the listed one begins.
    pub begins: usize,
    /// Its categories.
    pub categories: Categories,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Bucket { number: u64, slot: usize },
    Hashed { number: usize },
}

/// A line of a list that put a name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The number of the list.
    pub list: u16,
    /// The line, from 1.
    pub line: u32,
}

impl Compiled {
    /// Opens a file and checks every byte of it.
    ///
    /// # Errors
    ///
    /// Says why the file can't be used.
    pub fn open(path: &Path) -> Result<Compiled, FileError> {
        let broken = |why: &'static str| FileError::Broken {
            path: path.to_path_buf(),
            why,
        };
        let io = |doing: &'static str| FileError::io(doing, path);
        let mut file = File::open(path).map_err(io("opening"))?;
        let bytes = file.metadata().map_err(io("looking at"))?.len();
        let mut front = Vec::with_capacity(HEAD_BYTES);
        let head_bytes = u64::try_from(HEAD_BYTES).unwrap_or(0);
        (&mut file)
            .take(head_bytes)
            .read_to_end(&mut front)
            .map_err(io("reading"))?;
        let head = Head::read(&front).map_err(broken)?;
        if bytes != head.all_bytes() {
            return Err(broken(
                "it is not as long as it says: it was cut off, or added to",
            ));
        }
        if body_sum(&mut file).map_err(io("reading"))? != head.body {
            return Err(broken("its bytes are not those that were written"));
        }
        let hot = usize::try_from(head.hot_bytes()).map_err(|_| broken("it is too large"))?;
        let map = Mapped::front(&file, hot).map_err(io("mapping"))?;
        let part = |part: Part| part_of(map.bytes(), &head, part);
        let about = serde_json::from_slice(part(Part::About))
            .map_err(|_| broken("what it says of itself can't be read"))?;
        let model = Model::read(part(Part::Model)).ok_or(broken("its code can't be read"))?;
        let pairs = part(Part::Pairs).chunks_exact(4).filter_map(|bytes| {
            let mut pair = Reading(bytes);
            Some((pair.u16()?, pair.u16()?))
        });
        let pairs = pairs.collect();
        let sets = part(Part::Sets).chunks_exact(8);
        let sets = sets.filter_map(|bytes| Reading(bytes).u64()).collect();
        let buckets = 1_u64.checked_shl(head.bucket_bits).unwrap_or(0);
        let (begins, ends) = head.place(Part::Directory);
        if head.bucket_bits > 32 || ends - begins != (buckets + 1) * 4 {
            return Err(broken("its parts do not fit each other"));
        }
        let mix = Mix {
            bucket_bits: head.bucket_bits,
            seed: head.seed,
        };
        let range = |part: Part| {
            let (begins, ends) = head.place(part);
            let begins = usize::try_from(begins).unwrap_or(usize::MAX);
            begins..usize::try_from(ends).unwrap_or(usize::MAX)
        };
        Ok(Compiled {
            buckets: range(Part::Buckets),
            directory: range(Part::Directory),
            hashes: range(Part::Hashes),
            labels_least: usize::try_from(head.labels_least).unwrap_or(usize::MAX),
            path: path.to_path_buf(),
            file,
            map,
            about,
            model,
            mix,
            pairs,
            sets,
            head,
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// How many names it has; names known by their hash are not among them.
    #[must_use]
    pub fn names(&self) -> u64 {
        self.head.names
    }

    /// What it adds up to, in words: another for each other file.
    #[must_use]
    pub fn sum_in_words(&self) -> String {
        format!("{:032x}", self.head.body)
    }

    /// How many bytes are looked at for answers.
    #[must_use]
    pub fn hot_bytes(&self) -> u64 {
        self.head.hot_bytes()
    }

    /// The set of a category that is called so; nothing where the file has no such category.
    #[must_use]
    pub fn category(&self, name: &str) -> Option<Categories> {
        let number = self.about.categories.iter().position(|own| own == name)?;
        Some(Categories::one(number))
    }

    /// What the lists say of a name in its normal form: of itself, and of each name above it.
    ///
    /// # Errors
    ///
    /// Where the file is not as it was written.
    pub fn look(&self, name: &str) -> Result<Found, Damaged> {
        let written = Written::of(name.as_bytes(), &self.model, self.mix);
        let mut found = Found::default();
        // Names above that are shorter than any listed one need no look.
        let count = (written.labels() + 1).saturating_sub(self.labels_least);
        let mut above = written.upwards(self.mix).take(count);
        let mut spots = [(0, Spot::NONE); TOGETHER];
        loop {
            let mut taken = 0;
            for (own, next) in spots.iter_mut().zip(above.by_ref()) {
                *own = next;
                taken += 1;
            }
            let spots = spots.get(..taken).unwrap_or_default();
            self.fetch(spots);
            for (begins, spot) in spots {
                if let Some((categories, slot)) = self.find(*spot)? {
                    found.add(Hit {
                        begins: *begins,
                        categories,
                        place: Place::Bucket {
                            number: spot.bucket(),
                            slot,
                        },
                    });
                }
            }
            if taken < TOGETHER {
                break;
            }
        }
        if !self.part(&self.hashes).is_empty() {
            self.look_hashed(name, &mut found)?;
        }
        Ok(found)
    }

    /// Which lines of which lists put a listed name there.
    ///
    /// # Errors
    ///
    /// Where the file is not as it was written, or can't be read any more.
    pub fn origins(&self, hit: &Hit) -> Result<Vec<Origin>, Damaged> {
        match hit.place {
            Place::Bucket { number, slot } => self.bucket_origins(number, slot),
            Place::Hashed { number } => {
                let (_, _, origin) = self.hashed(number).ok_or(Damaged)?;
                Ok(vec![origin])
            }
        }
    }

    /// Some names of each category, in the order of the categories: for trying the file.
    ///
    /// # Errors
    ///
    /// Where the file is not as it was written.
    pub fn samples(&self, each: usize) -> Result<Vec<Vec<String>>, Damaged> {
        self.samples_within(each, u64::MAX)
    }

    /// The same from so many buckets, spread evenly: for when it has to be quick.
    ///
    /// # Errors
    ///
    /// Where the file is not as it was written.
    pub fn samples_within(&self, each: usize, buckets: u64) -> Result<Vec<Vec<String>>, Damaged> {
        let mut samples = vec![Vec::new(); self.about.categories.len()];
        let all = 1_u64 << self.mix.bucket_bits;
        let step = (all / buckets.max(1)).max(1);
        let mut bucket = 0;
        while bucket < all {
            for (categories, name) in self.names_in(bucket)? {
                for number in categories.numbers() {
                    if let Some(own) = samples.get_mut(number).filter(|own| own.len() < each) {
                        own.push(name.clone());
                    }
                }
            }
            if samples.iter().skip(1).all(|own| own.len() >= each) {
                break;
            }
            bucket += step;
            if bucket % 64 < step {
                std::thread::yield_now();
            }
        }
        Ok(samples)
    }

    /// The names of one bucket, with their categories.
    fn names_in(&self, number: u64) -> Result<Vec<(Categories, String)>, Damaged> {
        let Some(bucket) = self.bucket(number)? else {
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        let mut walk = bucket.walk(self);
        for (slot, low) in bucket.lows.iter().enumerate() {
            let (set, high, kept) = walk.to(slot)?;
            let mixed = (number << LOW_BITS) | (u64::from(high) << 8) | u64::from(*low);
            let name = read_back(mixed, kept, &self.model, self.mix).ok_or(Damaged)?;
            names.push((self.set(set)?, name));
        }
        Ok(names)
    }

    /// Touches the memory of several names at once, so that it is waited for once, not for each.
    fn fetch(&self, spots: &[(usize, Spot<'_>)]) {
        let mut begins = [0_usize; TOGETHER];
        for (begin, (_, spot)) in begins.iter_mut().zip(spots) {
            let at = usize::try_from(spot.bucket()).unwrap_or(usize::MAX);
            let place = self.part(&self.directory).get(at.saturating_mul(4)..);
            let place = place.and_then(|bytes| Reading(bytes).u32());
            *begin = place.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
        }
        let buckets = self.part(&self.buckets);
        let touched = begins.iter().take(spots.len()).fold(0_u8, |all, begin| {
            let near = buckets.get(*begin).copied().unwrap_or(0);
            let far = buckets.get(begin.saturating_add(64)).copied().unwrap_or(0);
            all ^ near ^ far
        });
        std::hint::black_box(touched);
    }

    fn find(&self, spot: Spot<'_>) -> Result<Option<(Categories, usize)>, Damaged> {
        let Some(bucket) = self.bucket(spot.bucket())? else {
            return Ok(None);
        };
        let [high, low] = spot.low();
        let mut walk = bucket.walk(self);
        for slot in memchr::memchr_iter(low, bucket.lows) {
            let (set, own_high, kept) = walk.to(slot)?;
            if own_high == high && spot.is(kept) {
                return Ok(Some((self.set(set)?, slot)));
            }
        }
        Ok(None)
    }

    fn set(&self, number: u16) -> Result<Categories, Damaged> {
        let set = self.sets.get(usize::from(number)).ok_or(Damaged)?;
        Ok(Categories(*set))
    }

    fn bucket(&self, number: u64) -> Result<Option<Bucket<'_>>, Damaged> {
        let at = usize::try_from(number).map_err(|_| Damaged)?;
        let directory = self.part(&self.directory);
        let mut places = Reading(directory.get(at * 4..at * 4 + 8).ok_or(Damaged)?);
        let begins = usize::try_from(places.u32().ok_or(Damaged)?).map_err(|_| Damaged)?;
        let ends = usize::try_from(places.u32().ok_or(Damaged)?).map_err(|_| Damaged)?;
        if begins == ends {
            return Ok(None);
        }
        let bytes = self.part(&self.buckets).get(begins..ends).ok_or(Damaged)?;
        let (count, left) = bytes.split_first_chunk::<2>().ok_or(Damaged)?;
        let count = usize::from(u16::from_le_bytes(*count));
        let (pairs, left) = left.split_at_checked(count).ok_or(Damaged)?;
        let (lows, names) = left.split_at_checked(count).ok_or(Damaged)?;
        Ok(Some(Bucket { pairs, lows, names }))
    }

    fn part(&self, part: &Range<usize>) -> &[u8] {
        self.map.bytes().get(part.clone()).unwrap_or_default()
    }

    fn look_hashed(&self, name: &str, found: &mut Found) -> Result<(), Damaged> {
        let count = self.part(&self.hashes).len() / HASHED_BYTES;
        for above in crate::names::upwards(name) {
            let hash: [u8; 32] = Sha256::digest(above.as_bytes()).into();
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = low.midpoint(high);
                let (own, _, _) = self.hashed(middle).ok_or(Damaged)?;
                if own < hash {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            while let Some((own, categories, _)) = self.hashed(low).filter(|it| it.0 == hash) {
                debug_assert_eq!(own, hash);
                found.add(Hit {
                    begins: name.len() - above.len(),
                    categories,
                    place: Place::Hashed { number: low },
                });
                low += 1;
            }
        }
        Ok(())
    }

    fn hashed(&self, number: usize) -> Option<([u8; 32], Categories, Origin)> {
        let begins = number.checked_mul(HASHED_BYTES)?;
        let bytes = self.part(&self.hashes).get(begins..begins + HASHED_BYTES)?;
        let mut left = Reading(bytes);
        let hash = left.take()?;
        let categories = Categories(left.u64()?);
        let (list, line) = (left.u16()?, left.u32()?);
        Some((hash, categories, Origin { list, line }))
    }

    fn bucket_origins(&self, number: u64, slot: usize) -> Result<Vec<Origin>, Damaged> {
        let (directory, _) = self.head.place(Part::OriginDirectory);
        let mut places = [0_u8; 8];
        self.file
            .read_exact_at(&mut places, directory + number * 4)
            .map_err(|_| Damaged)?;
        let mut places = Reading(&places);
        let begins = u64::from(places.u32().ok_or(Damaged)?);
        let ends = u64::from(places.u32().ok_or(Damaged)?);
        let length = ends.checked_sub(begins).ok_or(Damaged)?;
        if length > ORIGINS_BYTES_MAX {
            return Err(Damaged);
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Damaged)?];
        let (origins, _) = self.head.place(Part::Origins);
        self.file
            .read_exact_at(&mut bytes, origins + begins)
            .map_err(|_| Damaged)?;
        let mut left = Reading(&bytes);
        let mut read = || -> Option<Vec<Origin>> {
            for _ in 0..slot {
                for _ in 0..left.varint()? {
                    left.varint()?;
                    left.varint()?;
                }
            }
            let count = left.varint()?;
            (0..count)
                .map(|_| {
                    let list = u16::try_from(left.varint()?).ok()?;
                    let line = left.varint()?;
                    Some(Origin { list, line })
                })
                .collect()
        };
        read().ok_or(Damaged)
    }
}

impl Hit {
    /// One that covers everything: for a filter that is broken on purpose.
    pub(crate) fn of_all() -> Hit {
        Hit {
            begins: 0,
            categories: Categories(u64::MAX - 1),
            place: Place::Hashed { number: usize::MAX },
        }
    }
}

impl Found {
    fn add(&mut self, hit: Hit) {
        self.categories = self.categories.and(hit.categories);
        self.hits.push(hit);
    }
}

struct Bucket<'a> {
    pairs: &'a [u8],
    lows: &'a [u8],
    names: &'a [u8],
}

impl<'a> Bucket<'a> {
    fn walk<'b>(&self, file: &'b Compiled) -> Walk<'a, 'b> {
        Walk {
            pairs: self.pairs,
            left: self.names,
            slot: 0,
            kinds: &file.pairs,
        }
    }
}

/// Goes through the names of a bucket.
struct Walk<'a, 'b> {
    pairs: &'a [u8],
    left: &'a [u8],
    slot: usize,
    kinds: &'b [(u16, u16)],
}

impl<'a> Walk<'a, '_> {
    /// Goes on to a slot: its set, the upper byte of its low part, and what is kept of its name.
    fn to(&mut self, slot: usize) -> Result<(u16, u8, &'a [u8]), Damaged> {
        loop {
            let pair = *self.pairs.get(self.slot).ok_or(Damaged)?;
            let mut left = Reading(self.left);
            let [high] = left.take::<1>().ok_or(Damaged)?;
            let (bytes, set) = if pair == NO_PAIR {
                (left.u16().ok_or(Damaged)?, left.u16().ok_or(Damaged)?)
            } else {
                *self.kinds.get(usize::from(pair)).ok_or(Damaged)?
            };
            let kept = left.0.split_at_checked(usize::from(bytes));
            let (kept, after) = kept.ok_or(Damaged)?;
            self.left = after;
            self.slot += 1;
            if self.slot > slot {
                return Ok((set, high, kept));
            }
        }
    }
}

fn part_of<'a>(bytes: &'a [u8], head: &Head, part: Part) -> &'a [u8] {
    let (begins, ends) = head.place(part);
    match (usize::try_from(begins), usize::try_from(ends)) {
        (Ok(begins), Ok(ends)) => bytes.get(begins..ends).unwrap_or_default(),
        _ => &[],
    }
}

/// What everything after the head adds up to. It is read, not mapped, so that the part that is
/// seldom needed takes no memory.
fn body_sum(file: &mut File) -> std::io::Result<u128> {
    let mut sum = Xxh3::new();
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(sum.digest128());
        }
        sum.update(buffer.get(..count).unwrap_or_default());
        // Somebody may be waiting for an answer from the file before this one.
        std::thread::yield_now();
    }
}
