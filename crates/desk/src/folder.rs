//! The data folder of one setting: where the ledger, the keys, the checkpoints, the snapshot and
//! the backups lie. The keys lie in a folder of their own, which can be put on another disk.

use crate::desk::{Desk, Entropy, OpenError};
use ledger::{
    checkpoint::{NoteError, Signing},
    durable,
    keys::KeyStore,
    postgres::Postgres,
    server::Server,
    sqlite::Sqlite,
    store::Store,
};
use std::{
    io,
    path::{Path, PathBuf},
};
use vault::Vault;

/// The name under which a setting without another signs its checkpoints.
const ORIGIN: &str = "stairgate.setting";

/// The folder of the vault, here and beside backups.
pub(crate) const FILES: &str = "files";

/// A data folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    database: Option<Database>,
}

/// A PostgreSQL server instead of a SQLite file.
#[derive(Clone, Debug)]
pub struct Database {
    /// Where it is.
    pub server: Server,
    /// The name of this setting there.
    pub setting: String,
}

/// The folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file can't be read or made.
    #[error("{} can’t be used: {why}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The key for signing is damaged.
    #[error("the key that signs checkpoints is damaged: {0}")]
    Signing(#[from] NoteError),
    /// Ledger or keys can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The system gave no randomness.
    #[error("the system gave no randomness, and without it no key can be made")]
    Entropy,
}

impl Folder {
    /// A folder; nothing is read or made yet.
    #[must_use]
    pub fn at(root: &Path, database: Option<Database>) -> Folder {
        Folder {
            root: root.to_owned(),
            database,
        }
    }

    /// Whether there is a ledger in it.
    #[must_use]
    pub fn has_ledger(&self) -> bool {
        self.database.is_some() || self.ledger().exists()
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The PostgreSQL server, when there is one.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// The file of the ledger.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.root.join("ledger.db")
    }

    /// Running matters: who is signed in.
    #[must_use]
    pub fn running(&self) -> PathBuf {
        self.root.join("running.db")
    }

    /// Where backups go when no other place is named.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// The vault: files that people handed in, encrypted. Their keys are in the ledger.
    #[must_use]
    pub fn vault(&self) -> Vault {
        Vault::in_folder(&self.root.join(FILES))
    }

    /// Where signed checkpoints are kept.
    #[must_use]
    pub fn checkpoints(&self) -> PathBuf {
        self.root.join("checkpoints")
    }

    /// A file in the folder of the keys.
    #[must_use]
    pub fn key(&self, name: &str) -> PathBuf {
        self.root.join("keys").join(name)
    }

    /// Opens the desk; makes ledger and keys when there are none.
    ///
    /// # Errors
    /// Something in the folder can't be read or made.
    pub fn open(&self) -> Result<Desk, FolderError> {
        self.make()?;
        let desk = Desk::open(
            self.store()?,
            self.keys()?,
            Some(self.snapshot()),
            entropy(),
        );
        Ok(desk?)
    }

    /// Makes the folder and the one for the keys, for their owner only.
    ///
    /// # Errors
    /// They can't be made.
    pub fn make(&self) -> Result<(), FolderError> {
        make_folder(&self.root)?;
        make_folder(&self.root.join("keys"))
    }

    /// The file with the state for a quick start; it may go at any time.
    #[must_use]
    pub fn snapshot(&self) -> PathBuf {
        self.root.join("state.snapshot")
    }

    /// The store of lines.
    ///
    /// # Errors
    /// It can't be opened.
    pub fn store(&self) -> Result<Box<dyn Store>, FolderError> {
        make_folder(&self.root)?;
        let store: Box<dyn Store> = match &self.database {
            None => Box::new(Sqlite::open(&self.ledger()).map_err(OpenError::from)?),
            Some(there) => {
                Box::new(Postgres::open(&there.server, &there.setting).map_err(OpenError::from)?)
            }
        };
        Ok(store)
    }

    fn keys(&self) -> Result<KeyStore, FolderError> {
        let mut fill = entropy();
        let wrapping = self.key("wrapping.key");
        let opened = match &self.database {
            None => KeyStore::open(&self.key("keys.db"), &wrapping, &mut *fill),
            Some(there) => {
                KeyStore::open_server(&there.server, &there.setting, &wrapping, &mut *fill)
            }
        };
        Ok(opened.map_err(OpenError::from)?)
    }

    /// The key that signs checkpoints; made at the first asking.
    ///
    /// # Errors
    /// The file can't be read or made, or is damaged.
    pub fn signing(&self) -> Result<Signing, FolderError> {
        let make = || -> Result<_, FolderError> {
            Ok(Signing::from_seed(ORIGIN, &random()?)?
                .to_text()
                .to_string())
        };
        let text = self.kept_text("signing.key", make)?;
        Ok(Signing::from_text(text.trim())?)
    }

    /// The key that seals backups; made at the first asking. Whoever wants to restore on another
    /// machine needs it: it belongs on paper in a safe place.
    ///
    /// # Errors
    /// The file can't be read or made, or is damaged.
    pub fn backup_key(&self) -> Result<[u8; 32], FolderError> {
        let make = || Ok(ledger::hex::encode(&random()?));
        let text = self.kept_text("backup.key", make)?;
        ledger::hex::decode(text.trim()).ok_or_else(|| FolderError::File {
            path: self.key("backup.key"),
            why: io::Error::new(io::ErrorKind::InvalidData, "it is not 64 hex digits"),
        })
    }

    /// What a file in the folder of the keys says; made when there is none, by one process only.
    fn kept_text(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<String, FolderError>,
    ) -> Result<String, FolderError> {
        let path = self.key(name);
        let read = || match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        let said = |why| FolderError::File {
            path: path.clone(),
            why,
        };
        if let Some(text) = read().map_err(said)? {
            return Ok(text);
        }
        self.make()?;
        let folder = std::fs::File::open(self.root.join("keys")).map_err(said)?;
        folder.lock().map_err(said)?;
        if let Some(text) = read().map_err(said)? {
            return Ok(text);
        }
        let text = make()?;
        durable::write(&path, &[text.as_bytes(), b"\n"]).map_err(said)?;
        Ok(text)
    }
}

/// Makes a folder that only its owner may look into.
fn make_folder(path: &Path) -> Result<(), FolderError> {
    let said = |why| FolderError::File {
        path: path.to_owned(),
        why,
    };
    std::fs::create_dir_all(path).map_err(said)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open_to_others = 0o077;
        let found = std::fs::metadata(path).map_err(said)?.permissions();
        if found.mode() & open_to_others != 0 {
            let private = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(path, private).map_err(said)?;
        }
    }
    Ok(())
}

/// Randomness of the system. It is asked for at start, so that a system without any is noticed
/// before the first key is made.
#[must_use]
pub fn entropy() -> Entropy {
    Box::new(|bytes| {
        if getrandom::fill(bytes).is_err() {
            // INVARIANT: `random` succeeded at start, and a system does not lose its randomness.
            tracing::error!("the system gave no randomness; stopping before a weak key is made");
            std::process::abort();
        }
    })
}

/// 32 bytes of the system's randomness.
///
/// # Errors
/// The system has none.
pub fn random() -> Result<[u8; 32], FolderError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| FolderError::Entropy)?;
    Ok(bytes)
}
