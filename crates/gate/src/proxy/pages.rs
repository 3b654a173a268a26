//! Single pages that are illegal. A list of them says exact pages, not hosts: their neighbours stay
//! open. It is kept as salted sums only, in a file that is sealed; nobody can read the list from it,
//! and nothing that a setting does changes it.

use super::address::PageAddress;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
};

const MAGIC: &[u8; 24] = b"stairgate illegal pages\n";
const NONCE_BYTES: usize = 24;
const SUM_BYTES: usize = 32;
/// The most pages; the national list has some thousands at a time.
const PAGES_MAX: usize = 1 << 20;
/// The longest line of a list.
const LINE_MAX: u64 = 16 << 10;

type Sum = [u8; SUM_BYTES];

/// Illegal pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    pages: HashSet<Sum>,
    hosts: HashSet<Sum>,
}

/// What came of the lines of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Lines that name a page.
    pub pages: u64,
    /// Lines that are the sum of a page already.
    pub sums: u64,
    /// Empty lines and remarks.
    pub remarks: u64,
    /// Lines that name no page.
    pub skipped: u64,
}

/// Why a file of pages is not used.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    /// It can't be read or written.
    #[error("the file of illegal pages can’t be used: {0}")]
    Io(#[from] io::Error),
    /// It is damaged, or sealed under another key.
    #[error("the file of illegal pages is damaged, or sealed under another key")]
    Damaged,
    /// There are too many.
    #[error("the list has more than {PAGES_MAX} pages")]
    TooMany,
}

impl Pages {
    /// Takes in a list: a page on each line, or the SHA-256 of its normal form in hex with its host
    /// behind a space; `#` begins a remark.
    ///
    /// # Errors
    ///
    /// It can't be read, or is too long. A line that names no page is counted and passed over.
    pub fn read_list(&mut self, path: &Path) -> Result<Taken, PagesError> {
        let mut from = BufReader::new(fs::File::open(path)?);
        let mut taken = Taken::default();
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = io::Read::take(&mut from, LINE_MAX).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(taken);
            }
            let text = String::from_utf8_lossy(&line);
            self.take_line(text.trim(), &mut taken);
            if self.pages.len() > PAGES_MAX {
                return Err(PagesError::TooMany);
            }
        }
    }

    fn take_line(&mut self, line: &str, taken: &mut Taken) {
        if line.is_empty() || line.starts_with('#') {
            taken.remarks += 1;
        } else if let Some((sum, host)) = read_sum(line) {
            self.pages.insert(sum);
            self.hosts.insert(host);
            taken.sums += 1;
        } else if let Some(address) = PageAddress::read(line) {
            self.add(&address);
            taken.pages += 1;
        } else {
            taken.skipped += 1;
        }
    }

    /// Adds a page.
    pub fn add(&mut self, address: &PageAddress) {
        let (page, asked) = address.forms();
        self.pages.insert(sum(&asked.unwrap_or(page)));
        self.hosts.insert(sum(&address.host));
    }

    /// Whether a page is one of them.
    #[must_use]
    pub fn has(&self, address: &PageAddress) -> bool {
        if !self.has_host(&address.host) {
            return false;
        }
        let (page, asked) = address.forms();
        self.pages.contains(&sum(&page))
            || asked.is_some_and(|asked| self.pages.contains(&sum(&asked)))
    }

    /// Whether some page of a host, in its normal form, is one of them.
    #[must_use]
    pub fn has_host(&self, host: &str) -> bool {
        !self.hosts.is_empty() && self.hosts.contains(&sum(host))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Writes them, sealed, beside and then in the place of what was there.
    ///
    /// # Errors
    ///
    /// It can't be written; what was there stays.
    pub fn write(&self, path: &Path, key: &[u8; 32]) -> Result<(), PagesError> {
        let mut plain = Vec::with_capacity((self.pages.len() + self.hosts.len() + 1) * SUM_BYTES);
        let count = u64::try_from(self.pages.len()).unwrap_or(u64::MAX);
        plain.extend_from_slice(&count.to_be_bytes());
        for sums in [&self.pages, &self.hosts] {
            // In order, so that the file does not tell in which the list was.
            let mut sums: Vec<&Sum> = sums.iter().collect();
            sums.sort_unstable();
            sums.into_iter()
                .for_each(|sum| plain.extend_from_slice(sum));
        }
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let payload = Payload {
            msg: &plain,
            aad: MAGIC,
        };
        let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| PagesError::Damaged)?;
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        for part in [MAGIC.as_slice(), &nonce, &sealed] {
            io::Write::write_all(&mut file, part)?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Opens what [`Pages::write`] wrote.
    ///
    /// # Errors
    ///
    /// It is not there, damaged, or sealed under another key.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<Pages, PagesError> {
        let most = u64::try_from((PAGES_MAX * 2 + 4) * SUM_BYTES).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(fs::File::open(path)?, most), &mut bytes)?;
        let sealed = bytes.strip_prefix(MAGIC).ok_or(PagesError::Damaged)?;
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(PagesError::Damaged)?;
        let payload = Payload {
            msg: sealed,
            aad: MAGIC,
        };
        let plain = cipher(key).decrypt(&XNonce::from(*nonce), payload);
        let plain = plain.map_err(|_| PagesError::Damaged)?;
        let (count, sums) = plain.split_first_chunk::<8>().ok_or(PagesError::Damaged)?;
        let count = usize::try_from(u64::from_be_bytes(*count)).map_err(|_| PagesError::Damaged)?;
        let (sums, rest) = sums.as_chunks::<SUM_BYTES>();
        let (pages, hosts) = sums.split_at_checked(count).ok_or(PagesError::Damaged)?;
        if !rest.is_empty() {
            return Err(PagesError::Damaged);
        }
        Ok(Pages {
            pages: pages.iter().copied().collect(),
            hosts: hosts.iter().copied().collect(),
        })
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.into())
}

fn sum(text: &str) -> Sum {
    Sha256::digest(text.as_bytes()).into()
}

/// A sum in hex, and the host that it is of.
fn read_sum(line: &str) -> Option<(Sum, Sum)> {
    let (hex, host) = line.split_once([' ', '\t'])?;
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if pairs.len() != SUM_BYTES || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; SUM_BYTES];
    for (to, pair) in bytes.iter_mut().zip(pairs) {
        *to = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    let host = crate::names::normal(host.trim()).ok()?;
    Some((bytes, sum(&host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [3; 32];

    fn has(pages: &Pages, text: &str) -> bool {
        pages.has(&PageAddress::read(text).unwrap())
    }

    #[test]
    fn listed_pages_are_found_however_they_are_written_and_their_neighbours_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        let hashed = crate_hex(&sum("third.example/a/b"));
        let lines = format!(
            "# a remark\n\nhttps://one.example/bad/page\nhttp://two.example/see?picture=7\n{hashed} third.example\nnot a page\n"
        );
        fs::write(&list, lines).unwrap();
        let mut pages = Pages::default();
        let taken = pages.read_list(&list).unwrap();
        let counts = [taken.pages, taken.sums, taken.remarks, taken.skipped];
        assert_eq!(counts, [2, 1, 2, 1]);
        for listed in [
            "http://ONE.example/bad/./page",
            "one.example/bad/page?way=round",
            "https://one.example/%62ad/page",
            "two.example/see?picture=7",
            "third.example/a/b",
        ] {
            assert!(has(&pages, listed), "{listed}");
        }
        for near in [
            "one.example/",
            "one.example/bad/",
            "one.example/bad/page/two",
            "two.example/see",
            "two.example/see?picture=8",
            "www.one.example/bad/page",
            "third.example/a",
        ] {
            assert!(!has(&pages, near), "{near}");
        }
        assert!(pages.has_host("one.example") && !pages.has_host("example"));
    }

    #[test]
    fn the_file_is_sealed_and_says_nothing_in_plain() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pages");
        let mut pages = Pages::default();
        for number in 0..500 {
            let text = format!("host-{number}.example/page");
            pages.add(&PageAddress::read(&text).unwrap());
        }
        pages.write(&path, &KEY).unwrap();
        assert_eq!(Pages::open(&path, &KEY).unwrap(), pages);
        assert!(Pages::open(&path, &[4; 32]).is_err());
        let bytes = fs::read(&path).unwrap();
        let sealed = &bytes[MAGIC.len()..];
        assert!(
            !sealed
                .windows(5)
                .any(|part| part == b"host-" || part == b"/page")
        );
        let first = sum("host-1.example/page");
        assert!(!bytes.windows(SUM_BYTES).any(|part| part == first));
        for place in (0..bytes.len()).step_by(97) {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            fs::write(&path, changed).unwrap();
            assert!(Pages::open(&path, &KEY).is_err());
        }
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(Pages::open(&path, &KEY).is_err());
    }

    fn crate_hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
