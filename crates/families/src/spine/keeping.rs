//! How the ledger itself is kept: the last backup, the last rehearsal of a restore, the last signed
//! checkpoint. Running matters, known to whoever keeps the house and handed in to pages.

use kernel::moment::Moment;

/// What is known of how the ledger is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// When the last backup was written, and where it lies.
    pub backup: Option<(Moment, String)>,
    /// When a restore was last rehearsed, and why it failed if it did.
    pub rehearsal: Option<(Moment, Option<String>)>,
    /// The last signed checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// Whether files that are handed in are scanned for viruses first.
    pub scans: bool,
    /// Messages to people that are on their way.
    pub post: Post,
    /// The address at which people reach this program, such as `https://stairgate.example`.
    pub reached: String,
}

/// How the queue of messages to people stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// How many wait.
    pub waiting: usize,
    /// Since when the oldest waits.
    pub oldest: Option<Moment>,
    /// What the last trouble was and when, in words without an address.
    pub trouble: Option<(Moment, String)>,
}

/// What the ledger was at a size, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// When it was signed, where that is known.
    pub at: Option<Moment>,
    /// How many entries it covers.
    pub entries: u64,
    /// Twelve words that say which ledger it was: whoever has them on paper can show a change.
    pub words: String,
}

/// How old the last backup may be before people are told, in hours.
const BACKUP_HOURS: i64 = 72;

impl Keeping {
    /// What whoever leads should know, in words; nothing when all is well.
    #[must_use]
    pub fn troubles(&self, now: Moment) -> Vec<String> {
        let mut troubles = Vec::new();
        if let Some((at, _)) = &self.backup
            && now > at.plus_hours(BACKUP_HOURS)
        {
            troubles.push(format!(
                "The last backup is from {}. Check that the backup disk is there",
                at.in_words()
            ));
        }
        if let Some((at, Some(why))) = &self.rehearsal {
            troubles.push(format!(
                "Restoring a backup was tried on {} and did not work: {why}",
                at.in_words()
            ));
        }
        troubles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::moment::Date;

    #[test]
    fn an_old_backup_and_a_failed_rehearsal_are_told() {
        let at = Moment::midday(Date::constant(2026, 11, 20));
        let mut keeping = Keeping {
            backup: Some((at, "backups".to_owned())),
            ..Keeping::default()
        };
        assert_eq!(keeping.troubles(at.plus_hours(71)), Vec::<String>::new());
        assert_eq!(keeping.troubles(at.plus_hours(73)).len(), 1);
        keeping.rehearsal = Some((at, Some("the disk is full".to_owned())));
        assert_eq!(keeping.troubles(at.plus_hours(73)).len(), 2);
        assert_eq!(Keeping::default().troubles(at), Vec::<String>::new());
    }
}
