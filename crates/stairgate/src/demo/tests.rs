//! The demo is what it promises to be.

use super::*;
use jiff::civil::date;

fn built(now: Moment) -> (tempfile::TempDir, Desk) {
    let kept = tempfile::tempdir().unwrap();
    let desk = build(&Folder::at(kept.path(), None), now).unwrap();
    (kept, desk)
}

#[test]
fn look() {
    let t = Instant::now();
    let now = clock::now();
    let (_kept, desk) = built(now);
    println!("{} entries, {:?}", desk.head().seq, t.elapsed());
    desk.view(&Actor::person_only(MANAGER), now, "", None, |view| {
        println!("{:?}", view.standings.counts());
        println!("{:?}", view.in_force.open_choices());
        for owed in view.standings.duties.iter().filter(|o| o.duty.is_open(view.today)) {
            println!("{} late={} {} ({})", owed.duty.due, owed.duty.is_late(view.today), view.words(&owed.duty.what), view.owner(&owed.duty.owner));
        }
        println!("{:?}", view.history.last());
    }).unwrap();
}
