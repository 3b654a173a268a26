//! What the first search after a start would wait for is made ready in the background.

use crate::invented::{at, day, done, set_up};
use desk::desk::Desk;
use families::{
    concerns::{
        acts::{Act as Concern, NewReport},
        note::{Note, Sort},
    },
    spine::act::Act,
};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

#[expect(clippy::disallowed_methods, reason = "what is waited for tells nobody")]
fn gets_ready(desk: &Desk) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if desk.state().setting.concerns.is_ready() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

#[test]
fn after_a_start_and_after_new_notes_searching_is_made_ready_by_itself() {
    let place = tempfile::tempdir().unwrap();
    let folder = at(place.path());
    let desk = set_up(&folder);
    let mut new = NewReport::default();
    new.report.what = "A bruise on the arm".to_owned();
    let report = Act::Concerns(Concern::Report(Box::new(new)));
    done(&desk, report, day(1));
    let write = |number: u32| {
        Act::Concerns(Concern::Write {
            case: 1,
            sort: Sort::Fact,
            note: Note::new(format!("Seen again, the time number {number}")),
            corrects: None,
        })
    };
    for number in 0..70 {
        done(&desk, write(number), day(2));
    }
    drop(desk);
    let desk = folder.open().unwrap();
    assert!(gets_ready(&desk), "after a start");
    done(&desk, write(70), day(3));
    assert!(gets_ready(&desk), "after a new note");
}
