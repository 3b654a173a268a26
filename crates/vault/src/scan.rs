//! A check for viruses by ClamAV's daemon, where one runs on this machine: the file is sent through
//! its socket before it is kept. Without a daemon nothing is scanned, and the settings page says so.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Where the daemon's socket lies on common systems.
const SOCKETS: [&str; 3] = [
    "/run/clamav/clamd.ctl",
    "/var/run/clamav/clamd.ctl",
    "/run/clamd.scan/clamd.sock",
];
/// How long the daemon may take for one step.
const WAIT: Duration = Duration::from_secs(60);
/// Bytes that are sent at a time.
const CHUNK: usize = 64 << 10;
/// The longest answer, in bytes.
const ANSWER_BYTES_MAX: u64 = 1_000;

/// What the daemon says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Nothing was found.
    Clean,
    /// Something was found, and what it is called.
    Found(String),
}

/// The daemon's socket, when there is one.
#[must_use]
pub fn socket() -> Option<PathBuf> {
    SOCKETS.iter().map(PathBuf::from).find(|path| path.exists())
}

/// Has a file scanned.
///
/// # Errors
/// The daemon does not answer, or says that it could not look.
#[cfg(unix)]
pub fn scan(socket: &Path, bytes: &[u8]) -> io::Result<Says> {
    let mut line = std::os::unix::net::UnixStream::connect(socket)?;
    line.set_read_timeout(Some(WAIT))?;
    line.set_write_timeout(Some(WAIT))?;
    line.write_all(b"zINSTREAM\0")?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
        line.write_all(&length.to_be_bytes())?;
        line.write_all(chunk)?;
    }
    line.write_all(&0_u32.to_be_bytes())?;
    let mut answer = Vec::new();
    line.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    meaning(&String::from_utf8_lossy(&answer))
}

/// Has a file scanned: not on this system.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn scan(_socket: &Path, _bytes: &[u8]) -> io::Result<Says> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

fn meaning(answer: &str) -> io::Result<Says> {
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    match said.strip_suffix(" FOUND") {
        Some(what) => Ok(Says::Found(what.to_owned())),
        None if said == "OK" => Ok(Says::Clean),
        None => Err(io::Error::other("the scanner could not look at the file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_ok_is_clean() {
        assert_eq!(meaning("stream: OK\0").unwrap(), Says::Clean);
        let found = Says::Found("Eicar-Test-Signature".to_owned());
        assert_eq!(
            meaning("stream: Eicar-Test-Signature FOUND\0").unwrap(),
            found
        );
        assert!(meaning("INSTREAM size limit exceeded. ERROR\0").is_err());
        assert!(meaning("").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_goes_through_the_socket_whole() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("clamd.ctl");
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let daemon = std::thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut command = [0; 10];
            line.read_exact(&mut command).unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut all = 0_u64;
            loop {
                let mut length = [0; 4];
                line.read_exact(&mut length).unwrap();
                let length = u64::from(u32::from_be_bytes(length));
                if length == 0 {
                    break;
                }
                all += io::copy(&mut (&mut line).take(length), &mut io::sink()).unwrap();
            }
            line.write_all(b"stream: OK\0").unwrap();
            all
        });
        assert_eq!(scan(&path, &vec![7; 200_000]).unwrap(), Says::Clean);
        assert_eq!(daemon.join().unwrap(), 200_000);
    }
}
