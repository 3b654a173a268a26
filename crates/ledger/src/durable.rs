//! Files that are wholly old or wholly new, and on disk when the call returns: written beside,
//! synced, moved into place, and the folder synced.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Writes `parts`, one after the other, as the file `path`, readable by its owner only.
///
/// # Errors
/// What the system said; the old file is still whole then.
pub fn write(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let beside = beside(path)?;
    let written = write_new(&beside, parts).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // What is half written is of no use; the error that is told is the first one.
        let _ = std::fs::remove_file(&beside);
    }
    written?;
    sync_folder(path)
}

fn write_new(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = create_private(path)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}

/// The name under which a file is written before it is moved into place.
pub(crate) fn beside(path: &Path) -> io::Result<std::path::PathBuf> {
    let mut name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?
        .to_owned();
    name.push(".new");
    Ok(path.with_file_name(name))
}

/// Makes a file, empty, readable and writable by its owner only.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Keeps other processes from making a file in the folder of `path` until the answer is dropped.
pub(crate) fn hold_folder(path: &Path) -> io::Result<File> {
    let folder = open_folder(path)?;
    folder.lock()?;
    Ok(folder)
}

/// Makes what happened to the name `path` last.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    open_folder(path)?.sync_all()
}

fn open_folder(path: &Path) -> io::Result<File> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder),
        _ => File::open("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_replaced_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("inside"), "words").unwrap();
        assert!(write(&path, &[b"words"]).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(&folder.path().join("none/note"), &[b"words"]).is_err());
    }

    #[test]
    fn a_file_is_replaced_whole_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        write(&path, &[b"first, and longer"]).unwrap();
        write(&path, &[b"sec", b"ond"]).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }
}
