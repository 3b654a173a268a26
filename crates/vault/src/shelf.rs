//! Where encrypted files lie: a folder here, or, for many machines, something that each of them
//! reaches. A file is there whole or not at all, under the SHA-256 of its bytes.

use sha2::{Digest, Sha256};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::SystemTime,
};

/// The ending of a file that is still being written.
const INCOMING: &str = ".incoming";

/// Writes the bytes of a file.
pub type Fill<'a> = dyn FnMut(&mut dyn Write) -> io::Result<()> + 'a;

/// A place for encrypted files.
pub trait Shelf: Send + Sync {
    /// Keeps what `fill` writes; its digest. It is there for good when this returns, or not at all.
    ///
    /// # Errors
    /// It can't be written.
    fn keep(&self, fill: &mut Fill<'_>) -> io::Result<String>;

    /// The bytes under a digest; not checked.
    ///
    /// # Errors
    /// There is no such file (`NotFound`), or it can't be read.
    fn open(&self, digest: &str) -> io::Result<Box<dyn Read + Send>>;

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// It can't be removed.
    fn remove(&self, digest: &str) -> io::Result<()>;

    /// Everything that lies here, in no order; what was left half written is cleared when old.
    ///
    /// # Errors
    /// The place can't be read.
    fn list(&self, each: &mut dyn FnMut(Found)) -> io::Result<()>;
}

/// A file that lies on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name: the SHA-256 of its bytes, in hex.
    pub digest: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Since when it is there.
    pub since: SystemTime,
    /// Whether it was never finished.
    pub half: bool,
}

/// A folder of this machine.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder `root`; it is made when the first file is kept.
    #[must_use]
    pub fn at(root: &Path) -> Folder {
        Folder {
            root: root.to_owned(),
        }
    }

    /// Where a file lies; a name that is no digest leads nowhere.
    fn place(&self, digest: &str) -> io::Result<PathBuf> {
        if is_digest(digest) {
            return Ok(self.root.join(digest));
        }
        Err(io::Error::new(ErrorKind::NotFound, "this is no digest"))
    }

    fn make(&self) -> io::Result<()> {
        if self.root.is_dir() {
            return Ok(());
        }
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.root)?;
        match self.root.parent().filter(|parent| parent.is_dir()) {
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        }
    }

    /// A new file for what comes in; names that a crash left behind are passed over.
    fn begin(&self) -> io::Result<(PathBuf, File)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("{}-{number}{INCOMING}", std::process::id());
            let beside = self.root.join(name);
            match options.open(&beside) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                file => return Ok((beside, file?)),
            }
        }
    }

    fn write(&self, beside: &Path, file: File, fill: &mut Fill<'_>) -> io::Result<String> {
        let mut hashing = Hashing {
            to: BufWriter::new(file),
            hash: Sha256::new(),
        };
        fill(&mut hashing)?;
        let file = hashing.to.into_inner().map_err(io::Error::from)?;
        file.sync_all()?;
        let digest = hex(&hashing.hash.finalize());
        std::fs::rename(beside, self.root.join(&digest))?;
        File::open(&self.root)?.sync_all()?;
        Ok(digest)
    }
}

/// Makes names of files that are being written differ within this process.
static NUMBER: AtomicU64 = AtomicU64::new(0);

impl Shelf for Folder {
    fn keep(&self, fill: &mut Fill<'_>) -> io::Result<String> {
        self.make()?;
        let (beside, file) = self.begin()?;
        let written = self.write(&beside, file, fill);
        if written.is_err() {
            // What is half written is of no use; the error that is told is the first one.
            let _ = std::fs::remove_file(&beside);
        }
        written
    }

    fn open(&self, digest: &str) -> io::Result<Box<dyn Read + Send>> {
        let file = File::open(self.place(digest)?)?;
        Ok(Box::new(io::BufReader::with_capacity(128 << 10, file)))
    }

    fn remove(&self, digest: &str) -> io::Result<()> {
        let path = match digest.strip_suffix(INCOMING) {
            Some(name) if !name.contains(['/', '\\', '.']) => self.root.join(digest),
            _ => self.place(digest)?,
        };
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn list(&self, each: &mut dyn FnMut(Found)) -> io::Result<()> {
        let entries = match std::fs::read_dir(&self.root) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let half = name.ends_with(INCOMING);
            if !half && !is_digest(&name) {
                continue;
            }
            // A file may go while the folder is read.
            let Ok(about) = entry.metadata() else {
                continue;
            };
            each(Found {
                digest: name,
                bytes: about.len(),
                since: about.modified()?,
                half,
            });
        }
        Ok(())
    }
}

struct Hashing<W: Write> {
    to: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Whether this is how a file of the vault is named: 64 small hex digits.
#[must_use]
pub fn is_digest(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// SHA-256 of everything that is read, in hex.
///
/// # Errors
/// It can't be read.
pub fn digest_of(from: &mut dyn Read) -> io::Result<String> {
    let mut hashing = Hashing {
        to: io::sink(),
        hash: Sha256::new(),
    };
    io::copy(from, &mut hashing)?;
    Ok(hex(&hashing.hash.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
