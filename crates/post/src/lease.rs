//! The lease: of several processes on one setting, one sends. It ends with the process, however that
//! ends: the system or the database lets go of it.

use std::{fs::File, io, path::Path};

/// The right to send.
pub enum Lease {
    /// Of one data folder: a lock on a file.
    Folder {
        /// The file.
        file: File,
        /// Whether it is ours.
        held: bool,
    },
    /// Of one setting on a server: a lock of a connection.
    Server {
        /// The connection.
        client: Box<postgres::Client>,
        /// The setting's name there.
        setting: String,
        /// Whether it is ours.
        held: bool,
    },
}

impl Lease {
    /// The lease of a data folder, not taken yet.
    ///
    /// # Errors
    /// The file can't be made.
    pub fn of_folder(path: &Path) -> io::Result<Lease> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        Ok(Lease::Folder { file, held: false })
    }

    /// The lease of a setting on a server, not taken yet.
    #[must_use]
    pub fn of_server(client: postgres::Client, setting: &str) -> Lease {
        Lease::Server {
            client: Box::new(client),
            setting: setting.to_owned(),
            held: false,
        }
    }

    /// Whether it is ours now; takes it when nobody has it.
    ///
    /// # Errors
    /// The server can't be asked: the lease is lost, and a new connection is needed.
    pub fn hold(&mut self) -> Result<bool, postgres::Error> {
        match self {
            Lease::Folder { file, held } => {
                *held = *held || file.try_lock().is_ok();
                Ok(*held)
            }
            Lease::Server {
                client,
                setting,
                held,
            } => {
                let sql = if *held {
                    // Only that the connection is still there: the lock goes with it.
                    "SELECT $1::text IS NOT NULL"
                } else {
                    "SELECT pg_try_advisory_lock(hashtextextended('stairgate post ' || $1, 0))"
                };
                *held = client.query_one(sql, &[setting])?.try_get(0)?;
                Ok(*held)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_on_one_folder_one_sends_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("post.lock");
        let mut one = Lease::of_folder(&path).unwrap();
        let mut two = Lease::of_folder(&path).unwrap();
        assert!(one.hold().unwrap() && one.hold().unwrap());
        assert!(!two.hold().unwrap());
        drop(one);
        assert!(two.hold().unwrap());
    }
}
