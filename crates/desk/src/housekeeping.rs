//! What has to be done from time to time, asked each minute by whoever runs the program: take in
//! what other processes wrote, sign a checkpoint each day, save a snapshot now and then, back up
//! each day and rehearse a restore each week. What is due is a pure question.

use crate::{
    desk::Desk,
    folder::Folder,
    rehearsal::{self, Last, Outcome},
    witness,
};
use families::spine::keeping::{Checkpoint, Keeping};
use jiff::{ToSpan, civil::Weekday};
use kernel::moment::{Date, Moment};
use ledger::spent;
use std::{path::Path, sync::TryLockError};

/// Lines after which a new snapshot saves enough of the next start to be worth writing.
const SNAPSHOT_LINES: u64 = 20_000;
/// How long to wait before something that failed is tried again, in minutes.
const AGAIN_MINUTES: i64 = 60;

/// At which times of day, in the United Kingdom, things are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When a checkpoint is signed each day: hour and minute.
    pub checkpoint: (i8, i8),
    /// When a backup is written each day: hour and minute.
    pub backup: (i8, i8),
    /// The day of the week, hour and minute of the rehearsal.
    pub rehearsal: (Weekday, i8, i8),
}

impl Default for Times {
    /// At night, one after the other.
    fn default() -> Times {
        Times {
            checkpoint: (1, 30),
            backup: (2, 0),
            rehearsal: (Weekday::Sunday, 3, 0),
        }
    }
}

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chore {
    /// Check the ledger and sign what it is.
    Checkpoint,
    /// Write how things stand, for a quick start.
    Snapshot,
    /// Write a backup.
    Backup,
    /// Restore the newest backup and compare.
    Rehearsal,
}

/// What deciding looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Lines of the ledger.
    pub lines: u64,
    /// Lines when the last snapshot was saved, or when the desk was opened.
    pub snapshot_lines: u64,
    /// How many people's keys were destroyed.
    pub destroyed: u64,
    /// The last backup, rehearsal and checkpoint.
    pub last: Last,
    /// What failed lately, and when.
    pub failed: Vec<(Chore, Moment)>,
}

/// What was done of a chore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was to do.
    pub chore: Chore,
    /// Why it was not done, in words.
    pub failed: Option<String>,
}

/// What the desk remembers between two minutes.
#[derive(Debug, Default)]
pub(crate) struct House {
    snapshot_lines: u64,
    failed: Vec<(Chore, Moment)>,
}

impl House {
    pub(crate) fn at(lines: u64) -> House {
        House {
            snapshot_lines: lines,
            failed: Vec::new(),
        }
    }
}

/// What the folder tells of how the ledger is kept.
#[must_use]
pub fn keeping(folder: &Folder) -> Keeping {
    let last = rehearsal::last(folder);
    let rehearsal = last.rehearsal.map(|(at, outcome)| match outcome {
        Outcome::Agrees { .. } => (at, None),
        Outcome::Failed(why) => (at, Some(why)),
    });
    let checkpoint = witness::newest(folder).map(|signed| Checkpoint {
        at: last
            .checkpoint
            .filter(|(_, size)| *size == signed.size)
            .map(|(at, _)| at),
        entries: signed.size,
        words: signed.words,
    });
    Keeping {
        backup: last.backup,
        rehearsal,
        checkpoint,
        scans: vault::scan::socket().is_some(),
        ..Keeping::default()
    }
}

/// What is due now, in the order in which it is to be done.
#[must_use]
pub fn due(known: &Known, times: &Times, now: Moment) -> Vec<Chore> {
    let mut due = Vec::new();
    if known.lines == 0 {
        return due;
    }
    let last = &known.last;
    let grew = last.checkpoint.is_none_or(|(_, lines)| lines < known.lines);
    let signed = last.checkpoint.map(|(at, _)| at);
    if grew && is_before(signed, newest_daily(times.checkpoint, now)) {
        due.push(Chore::Checkpoint);
    }
    if known.lines.saturating_sub(known.snapshot_lines) >= SNAPSHOT_LINES {
        due.push(Chore::Snapshot);
    }
    let backed_up = last.backup.as_ref().map(|(at, _)| *at);
    // What is sealed under a destroyed key must not wait for the night to leave the backups.
    let is_owed = backed_up.is_some() && last.destroyed < known.destroyed;
    if is_owed || is_before(backed_up, newest_daily(times.backup, now)) {
        due.push(Chore::Backup);
    }
    let rehearsed = last.rehearsal.as_ref().map(|(at, _)| *at);
    let backup_first = due.contains(&Chore::Backup) || backed_up.is_some();
    if backup_first && is_before(rehearsed, newest_weekly(times.rehearsal, now)) {
        due.push(Chore::Rehearsal);
    }
    let failed_lately = |chore: &Chore| {
        let again = |at: &Moment| now >= *at && now < at.plus_minutes(AGAIN_MINUTES);
        known
            .failed
            .iter()
            .any(|(failed, at)| failed == chore && again(at))
    };
    due.retain(|chore| !failed_lately(chore));
    due
}

/// Whether something was never done or last done before `time`; a time in the future (the clock
/// was put back) counts as never.
fn is_before(done: Option<Moment>, (time, now): (Moment, Moment)) -> bool {
    done.is_none_or(|done| done < time || done > now.plus_minutes(AGAIN_MINUTES))
}

/// The newest moment of this time of day that is not in the future, and now.
fn newest_daily((hour, minute): (i8, i8), now: Moment) -> (Moment, Moment) {
    let today = now.date();
    let then = Moment::on(today, hour, minute);
    if then <= now {
        return (then, now);
    }
    (Moment::on(days_before(today, 1), hour, minute), now)
}

/// The newest moment of this time of the week that is not in the future, and now.
fn newest_weekly((weekday, hour, minute): (Weekday, i8, i8), now: Moment) -> (Moment, Moment) {
    let today = now.date();
    let day = days_before(today, i64::from(today.weekday().since(weekday)));
    let then = Moment::on(day, hour, minute);
    if then <= now {
        return (then, now);
    }
    (Moment::on(days_before(day, 7), hour, minute), now)
}

fn days_before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(Date::MIN)
}

impl Desk {
    /// Does what is due, and tells what that was; asked each minute, it mostly takes in what other
    /// processes wrote and does nothing else. A backup or a rehearsal takes as long as the ledger
    /// is large, so not on a thread that answers people. Asked while it is at it, it does nothing.
    /// What fails is tried again after an hour.
    pub fn keep_house(
        &self,
        folder: &Folder,
        times: &Times,
        now: Moment,
        backup_to: &Path,
    ) -> Vec<Kept> {
        self.refresh();
        let mut house = match self.house().try_lock() {
            Ok(house) => house,
            // What was remembered before a fault is still right.
            Err(TryLockError::Poisoned(house)) => house.into_inner(),
            Err(TryLockError::WouldBlock) => return Vec::new(),
        };
        let destroyed = self.keys().destroyed().map_or(0, |gone| gone.len());
        let known = Known {
            lines: self.head().seq,
            snapshot_lines: house.snapshot_lines,
            destroyed: u64::try_from(destroyed).unwrap_or(u64::MAX),
            last: rehearsal::last(folder),
            failed: house.failed.clone(),
        };
        let mut kept = Vec::new();
        for chore in due(&known, times, now) {
            let failed = self.do_chore(chore, folder, now, backup_to).err();
            house.failed.retain(|(other, _)| *other != chore);
            if let Some(why) = &failed {
                tracing::error!(
                    ?chore,
                    why,
                    "could not be done; it is tried again in an hour"
                );
                house.failed.push((chore, now));
            }
            if chore == Chore::Snapshot {
                house.snapshot_lines = known.lines;
            }
            kept.push(Kept { chore, failed });
        }
        self.note(keeping(folder));
        kept
    }

    fn do_chore(
        &self,
        chore: Chore,
        folder: &Folder,
        now: Moment,
        backup_to: &Path,
    ) -> Result<(), String> {
        match chore {
            Chore::Checkpoint => {
                // A crash may have left bodies that a line says are spent.
                let finished = spent::finish(self.store());
                finished.map_err(|error| error.to_string())?;
                let signed = witness::sign(folder, self.store(), now);
                let size = signed.map_err(|error| error.to_string())?.size;
                rehearsal::remember(folder, |last| last.checkpoint = Some((now, size)));
            }
            Chore::Snapshot => self.save_snapshot().map_err(|error| error.to_string())?,
            Chore::Backup => {
                rehearsal::back_up(folder, self.store(), self.keys(), backup_to, now)
                    .map_err(|error| error.to_string())?;
                let swept = self.sweep_files(folder, rehearsal::time(now));
                swept.map_err(|error| error.to_string())?;
            }
            Chore::Rehearsal => {
                rehearsal::rehearse(folder, self.store(), self.keys(), backup_to, now)
                    .map_err(|error| error.to_string())?;
                if let Some((_, Outcome::Failed(why))) = rehearsal::last(folder).rehearsal {
                    return Err(why);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8, hour: i8, minute: i8) -> Moment {
        Moment::on(Date::constant(2026, 11, day), hour, minute)
    }

    /// Everything was done in the night to Wednesday, 25 November 2026.
    fn known() -> Known {
        Known {
            lines: 100,
            last: Last {
                backup: Some((at(25, 2, 0), "backups".to_owned())),
                destroyed: 0,
                rehearsal: Some((at(22, 3, 0), Outcome::Agrees { lines: 90, keys: 3 })),
                checkpoint: Some((at(25, 1, 30), 100)),
            },
            ..Known::default()
        }
    }

    fn due_at(known: &Known, now: Moment) -> Vec<Chore> {
        due(known, &Times::default(), now)
    }

    #[test]
    fn nothing_is_due_until_its_time_and_then_once() {
        let mut known = known();
        assert_eq!(due_at(&known, at(25, 23, 59)), []);
        assert_eq!(due_at(&known, at(26, 1, 59)), []);
        assert_eq!(due_at(&known, at(26, 2, 0)), [Chore::Backup]);
        known.last.backup = Some((at(26, 2, 0), String::new()));
        assert_eq!(due_at(&known, at(26, 2, 1)), []);
        known.lines = 101;
        assert_eq!(due_at(&known, at(26, 2, 1)), [Chore::Checkpoint]);
    }

    #[test]
    fn what_was_missed_while_the_machine_was_off_is_done_when_it_is_on_again() {
        let mut known = known();
        known.lines = 200;
        let all = [Chore::Checkpoint, Chore::Backup, Chore::Rehearsal];
        assert_eq!(due_at(&known, at(30, 9, 0)), all);
        let first = Known {
            lines: 5,
            ..Known::default()
        };
        assert_eq!(due_at(&first, at(25, 9, 0)), all);
        assert_eq!(due_at(&Known::default(), at(25, 9, 0)), []);
    }

    #[test]
    fn a_rehearsal_is_held_in_the_night_to_sunday_over_a_clock_change_too() {
        let known = known();
        assert!(!due_at(&known, at(29, 2, 59)).contains(&Chore::Rehearsal));
        assert!(due_at(&known, at(29, 3, 0)).contains(&Chore::Rehearsal));
        let spring = Moment::on(Date::constant(2027, 3, 28), 3, 0);
        let (then, _) = newest_weekly((Weekday::Sunday, 1, 30), spring);
        assert_eq!(then.in_words(), "28 March 2027, 02:30");
    }

    #[test]
    fn an_erasure_is_followed_by_a_backup_at_once() {
        let mut known = known();
        known.destroyed = 1;
        assert_eq!(due_at(&known, at(25, 11, 0)), [Chore::Backup]);
    }

    #[test]
    fn what_failed_is_tried_again_after_an_hour_and_not_each_minute() {
        let mut known = known();
        known.failed = vec![(Chore::Backup, at(26, 2, 0))];
        assert_eq!(due_at(&known, at(26, 2, 1)), []);
        assert_eq!(due_at(&known, at(26, 2, 59)), []);
        assert_eq!(due_at(&known, at(26, 3, 0)), [Chore::Backup]);
    }

    #[test]
    fn many_lines_make_a_snapshot_due_at_any_time() {
        let mut known = known();
        known.lines = 20_100;
        known.last.checkpoint = Some((at(25, 1, 30), 20_100));
        known.snapshot_lines = 101;
        assert_eq!(due_at(&known, at(25, 12, 0)), []);
        known.snapshot_lines = 100;
        assert_eq!(due_at(&known, at(25, 12, 0)), [Chore::Snapshot]);
    }

    #[test]
    fn a_clock_that_was_put_back_stops_no_backup() {
        let mut known = known();
        known.last.backup = Some((Moment::on(Date::constant(2031, 1, 1), 2, 0), String::new()));
        assert_eq!(due_at(&known, at(25, 12, 0)), [Chore::Backup]);
    }
}
