//! Quick starts: a snapshot is what the lines fold into, or it is none; and the weekly history is
//! the same however a state came about.

use crate::invented::{add, adopt, ask, at, bytes, day, describe, done, lines, set_up};
use desk::{
    checking::Found,
    desk::{BUILD, Desk, Failed},
    folder::Folder,
};
use families::{
    access,
    people::group::Group,
    spine::act::{Act, Actor},
};
use ledger::{
    line::{Head, Line},
    snapshot,
};

/// A setting with some weeks of history.
fn some_weeks(folder: &Folder) -> Desk {
    let desk = set_up(folder);
    done(&desk, adopt(), day(2));
    for week in 0..6 {
        for (hours, name) in [(0, "a"), (50, "b"), (80, "c")] {
            let when = day(6 + 7 * week).plus_hours(hours);
            done(&desk, describe(&format!("Larkrise {week} {name}")), when);
        }
        done(
            &desk,
            add(&format!("Invented {week}"), Group::Parent),
            day(10 + 7 * week),
        );
    }
    desk
}

/// The state after each line is the same, live and folded.
fn by_fold(folder: &Folder) -> Desk {
    std::fs::remove_file(folder.snapshot()).unwrap_or_default();
    let desk = folder.open().unwrap();
    assert_eq!(desk.checking(), Found::AtStart);
    desk
}

#[test]
fn a_state_is_the_same_live_folded_and_from_a_snapshot() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    desk.save_snapshot().unwrap();
    done(&desk, describe("After the snapshot"), day(60));
    let (live, head) = (bytes(&desk), desk.head());
    assert!(desk.state().history.len() >= 6, "some Mondays have passed");
    drop(desk);
    let quick = folder.open().unwrap();
    assert_eq!(quick.checked(), Found::InOrder(head.seq - 1));
    assert_eq!((bytes(&quick), quick.head()), (live.clone(), head));
    assert_eq!(quick.read_only(), None);
    let of_quick = done(&quick, describe("And on"), day(61));
    let went_on = bytes(&quick);
    drop(quick);
    let folded = by_fold(&folder);
    assert_eq!(bytes(&folded), went_on);
    assert_eq!(of_quick.seqs, [folded.head().seq]);
}

#[test]
fn a_damaged_snapshot_is_ignored() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    desk.save_snapshot().unwrap();
    let live = bytes(&desk);
    drop(desk);
    let whole = std::fs::read(folder.snapshot()).unwrap();
    for damage in [0, 30, 90, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[damage] ^= 4;
        std::fs::write(folder.snapshot(), &damaged).unwrap();
        let desk = folder.open().unwrap();
        assert_eq!(desk.checking(), Found::AtStart, "byte {damage}");
        assert_eq!(bytes(&desk), live);
        drop(desk);
        std::fs::write(folder.snapshot(), &whole[..damage]).unwrap();
        assert_eq!(folder.open().unwrap().checking(), Found::AtStart);
    }
}

#[test]
fn a_snapshot_of_another_build_or_of_another_ledger_is_ignored() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    let (head, state) = (desk.head(), desk.state().to_bytes().unwrap());
    drop(desk);
    assert!(BUILD.len() > 16, "it names the sources: {BUILD}");
    snapshot::save(&folder.snapshot(), "0.1.0/0", &head, &state).unwrap();
    assert_eq!(folder.open().unwrap().checking(), Found::AtStart);
    let other = Head {
        link: [7; 32],
        ..head
    };
    snapshot::save(&folder.snapshot(), BUILD, &other, &state).unwrap();
    assert_eq!(folder.open().unwrap().checking(), Found::AtStart);
    let ahead = Head {
        seq: head.seq + 1,
        ..head
    };
    snapshot::save(&folder.snapshot(), BUILD, &ahead, &state).unwrap();
    assert_eq!(folder.open().unwrap().checking(), Found::AtStart);
}

#[test]
fn a_snapshot_that_says_something_else_than_the_ledger_is_found_after_the_start() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    let (head, live) = (desk.head(), bytes(&desk));
    drop(desk);
    let forged = live.replace("Larkrise 5 c", "Somewhere else");
    assert_ne!(forged, live);
    snapshot::save(&folder.snapshot(), BUILD, &head, forged.as_bytes()).unwrap();
    let desk = folder.open().unwrap();
    let Found::Changed(says) = desk.checked() else {
        panic!("it was not found");
    };
    assert_eq!(desk.read_only(), Some(says.clone()));
    let refused = ask(&desk, describe("On top of it"), day(90));
    assert_eq!(refused, Err(Failed::Unavailable(says)));
    drop(desk);
    let again = folder.open().unwrap();
    assert_eq!((again.checking(), bytes(&again)), (Found::AtStart, live));
}

#[test]
fn a_change_in_the_older_part_is_found_after_a_quick_start() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    desk.save_snapshot().unwrap();
    drop(desk);
    let raw = rusqlite::Connection::open(folder.ledger()).unwrap();
    raw.execute("UPDATE lines SET at = at + 1 WHERE seq = 3", [])
        .unwrap();
    drop(raw);
    let desk = folder.open().unwrap();
    assert!(matches!(desk.checked(), Found::Changed(_)));
    assert!(desk.read_only().unwrap().contains("line 3"));
    drop(desk);
    assert!(folder.open().is_err(), "the whole ledger is read now");
}

#[test]
fn a_desk_that_closes_does_not_wait_for_the_check() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = some_weeks(&folder);
    desk.save_snapshot().unwrap();
    drop(desk);
    for _ in 0..20 {
        drop(folder.open().unwrap());
    }
    assert!(folder.snapshot().exists());
}

#[test]
fn a_clock_that_goes_back_counts_no_week_twice() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = set_up(&folder);
    done(&desk, adopt(), day(1));
    // 7 September 2026 is a Monday: over midnight, back, and over it again.
    let midnight = day(6).plus_hours(-9);
    for minutes in [-10, 1, -1, 2, -2, 3] {
        done(
            &desk,
            describe(&format!("at {minutes}")),
            midnight.plus_minutes(minutes),
        );
    }
    assert_eq!(desk.state().history.len(), 1);
    // A clock that was years ahead for an hour leaves nothing behind.
    done(&desk, describe("years ahead"), day(3_000));
    assert!(desk.state().history.len() > 300);
    done(&desk, describe("right again"), day(14));
    let mondays: Vec<String> = desk
        .state()
        .history
        .iter()
        .map(|(monday, _)| monday.to_string())
        .collect();
    assert_eq!(mondays, ["2026-09-07", "2026-09-14"]);
    // One that was years behind changes nothing.
    let behind = describe("years behind");
    desk.perform(&Actor::keeper(), behind, &[], day(-18_000))
        .unwrap();
    done(&desk, describe("right again"), day(21));
    assert_eq!(desk.state().history.len(), 3);
    let live = bytes(&desk);
    drop(desk);
    assert_eq!(bytes(&by_fold(&folder)), live);
}

#[test]
fn spending_bodies_leaves_the_state_and_its_history_as_they_were() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = set_up(&folder);
    done(&desk, adopt(), day(1));
    let mut outs = Vec::new();
    for week in 1..5 {
        let out = Act::Access(access::acts::Act::RecordSignOut);
        outs.extend(done(&desk, out, day(7 * week)).seqs);
    }
    done(&desk, describe("Larkrise again"), day(36));
    let live = bytes(&desk);
    let head = desk.head();
    ledger::spent::spend(desk.store(), &head, day(36).micros(), "clock", &outs).unwrap();
    drop(desk);
    let folded = by_fold(&folder);
    assert_eq!(bytes(&folded), live);
    let gone = |line: &&Line| line.body.is_none();
    assert_eq!(
        lines(folded.store()).iter().filter(gone).count(),
        outs.len()
    );
}
