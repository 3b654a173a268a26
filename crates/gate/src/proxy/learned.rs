//! What the proxy has learned of devices: which of them trust the setting's own authority, because
//! they have shaken hands under it, and which programs on them don't, so that their hosts are led on
//! without being looked into. It outlives a start, and says what is not covered.

use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// For how many hours a host is not looked into for a device that refused.
const REFUSED_HOURS: i64 = 24 * 7;
/// So many refusals without a hand between them mean that the device does not trust us any more.
const REFUSALS_MAX: usize = 8;
/// The most refusals that are kept, and the most bytes of their file.
const KEPT_MAX: usize = 4_096;
const BYTES_MAX: u64 = 4 << 20;

/// A host that is not looked into for a device, because something on it refuses our certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCovered {
    /// The device, as the plan calls it.
    pub device: String,
    /// The host.
    pub host: String,
    /// Until when; it is tried again then.
    pub until: Moment,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    trusting: BTreeSet<String>,
    refused: BTreeMap<String, BTreeMap<String, Moment>>,
    #[serde(skip)]
    in_a_row: BTreeMap<String, usize>,
}

/// What is known, and where it is kept.
pub(super) struct Learned {
    known: Mutex<Known>,
    path: Option<PathBuf>,
}

impl Learned {
    /// Begins with what was known. A file that can't be read counts as none: nothing is looked into
    /// until devices have shaken hands again.
    pub(super) fn begin(path: Option<PathBuf>) -> Learned {
        let known = path
            .as_deref()
            .and_then(|path| read(path).ok())
            .unwrap_or_default();
        Learned {
            known: Mutex::new(known),
            path,
        }
    }

    pub(super) fn trusts(&self, device: &str) -> bool {
        self.with(|known| known.trusting.contains(device))
    }

    pub(super) fn refuses(&self, device: &str, host: &str, now: Moment) -> bool {
        self.with(|known| {
            let until = known.refused.get(device).and_then(|hosts| hosts.get(host));
            until.is_some_and(|until| now < *until)
        })
    }

    /// A device has shaken hands under our authority.
    pub(super) fn shook_hands(&self, device: &str) {
        let is_new = self.with(|known| {
            known.in_a_row.remove(device);
            known.trusting.insert(device.to_owned())
        });
        if is_new {
            self.keep();
        }
    }

    /// A device refused our certificate for a host.
    pub(super) fn refused(&self, device: &str, host: &str, now: Moment) {
        self.with(|known| {
            let row = known.in_a_row.entry(device.to_owned()).or_default();
            *row += 1;
            if *row >= REFUSALS_MAX {
                known.trusting.remove(device);
            }
            for hosts in known.refused.values_mut() {
                hosts.retain(|_, until| now < *until);
            }
            known.refused.retain(|_, hosts| !hosts.is_empty());
            let all: usize = known.refused.values().map(BTreeMap::len).sum();
            if all < KEPT_MAX {
                let own = known.refused.entry(device.to_owned()).or_default();
                own.insert(host.to_owned(), now.plus_hours(REFUSED_HOURS));
            }
        });
        self.keep();
    }

    pub(super) fn not_covered(&self, now: Moment) -> Vec<NotCovered> {
        self.with(|known| {
            let all = known.refused.iter().flat_map(|(device, hosts)| {
                hosts.iter().map(move |(host, until)| NotCovered {
                    device: device.clone(),
                    host: host.clone(),
                    until: *until,
                })
            });
            all.filter(|one| now < one.until).collect()
        })
    }

    fn with<R>(&self, ask: impl FnOnce(&mut Known) -> R) -> R {
        ask(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes it. Where that fails it is known until the next start.
    fn keep(&self) {
        let Some(path) = &self.path else {
            return;
        };
        let bytes = self.with(|known| serde_json::to_vec(known).unwrap_or_default());
        if let Err(error) = write(path, &bytes) {
            tracing::warn!(%error, "what the proxy learned of devices could not be kept");
        }
    }
}

fn read(path: &Path) -> io::Result<Known> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(
        &mut io::Read::take(fs::File::open(path)?, BYTES_MAX),
        &mut bytes,
    )?;
    serde_json::from_slice(&bytes).map_err(io::Error::other)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_was_learned_outlives_a_start_and_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("learned");
        let now = Moment::on(date(2026, 11, 25), 12, 0);
        let learned = Learned::begin(Some(path.clone()));
        learned.shook_hands("device-1");
        learned.refused("device-1", "pinned.example", now);
        let again = Learned::begin(Some(path.clone()));
        assert!(again.trusts("device-1") && !again.trusts("device-2"));
        assert!(again.refuses("device-1", "pinned.example", now));
        assert!(!again.refuses("device-2", "pinned.example", now));
        assert_eq!(again.not_covered(now).len(), 1);
        assert!(!again.refuses("device-1", "pinned.example", now.plus_hours(24 * 7)));
        std::fs::write(&path, "damaged").unwrap();
        assert!(!Learned::begin(Some(path)).trusts("device-1"));
    }

    #[test]
    fn a_device_that_refuses_everything_does_not_trust_us_any_more() {
        let now = Moment::on(date(2026, 11, 25), 12, 0);
        let learned = Learned::begin(None);
        learned.shook_hands("device-1");
        for number in 0..7 {
            learned.refused("device-1", &format!("host{number}.example"), now);
        }
        assert!(learned.trusts("device-1"));
        learned.shook_hands("device-1");
        for number in 0..8 {
            learned.refused("device-1", &format!("host{number}.example"), now);
        }
        assert!(!learned.trusts("device-1"));
    }
}
