//! What the two doors promise: what was answered is on disk, all of an act or nothing of it, and
//! nobody sees what they may not know.

use crate::invented::{
    MANAGER, add, added, adopt, ask, at, bytes, day, describe, done, lines, manager, names, set_up,
};
use desk::desk::Failed;
use families::{
    access, agreements, families as list,
    people::{
        self,
        entries::{Relation, Tied},
        group::Group,
    },
    policy,
    spine::{
        act::{Act, Actor, Who},
        judge::No,
        page::{Lines, Params, Shown},
    },
};
use ledger::{
    check::check,
    line::{Draft, NAME_BYTES_MAX},
    sqlite::Sqlite,
    store::Store,
};
use std::sync::mpsc;

#[test]
fn whoever_has_not_signed_in_time_is_shown_the_agreement_and_nothing_else() {
    const POLICY: &str = "[policy]\ntitle = \"P\"\n[[clause]]\nid = \"sign\"\nsection = \"S\"\ntext = \"Staff sign.\"\ncontrols = [\"agreements.acceptable-use\"]\nvalues = { groups = [\"staff\"] }\n";
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let document = list_policy(POLICY);
    done(&desk, document, day(0));
    let issue = agreements::acts::Act::Issue {
        group: Group::Staff,
        intro: "Please read this.".to_owned(),
    };
    done(&desk, Act::Agreements(issue), day(0));
    let shows = |path: &str, days| {
        let page = list::pages().find(|page| page.path == path).unwrap();
        let shown = desk.show(&manager(), page, &Params::default(), day(days), "");
        shown.unwrap().is_ok()
    };
    assert!(shows("/people", 14) && shows("/agreements", 14));
    assert_eq!(desk.instead_of("/people", &manager(), day(14)), None);
    assert!(!shows("/people", 15) && shows("/agreements", 15));
    let sign = Some("/agreements");
    assert_eq!(desk.instead_of("/people", &manager(), day(15)), sign);
    assert!(ask(&desk, describe("Other"), day(15)).is_err());
    let hand = agreements::acts::Hand {
        name: Some("Maya".to_owned()),
        ..agreements::acts::Hand::default()
    };
    let sign = agreements::acts::Act::Sign {
        group: Group::Staff,
        version: 1,
        hand,
    };
    done(&desk, Act::Agreements(sign), day(15));
    assert!(shows("/people", 15));
}

fn list_policy(text: &str) -> Act {
    let document = policy::document::Document::from_toml(text).unwrap();
    Act::Policy(policy::acts::Act::adopt_at_once(document))
}

#[test]
fn an_act_that_was_answered_is_on_disk() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    for number in 0..20 {
        let done = done(&desk, describe(&format!("Larkrise {number}")), day(1));
        // Another connection sees it as soon as the answer is there.
        let other = Sqlite::open_existing(&at(place.path()).ledger()).unwrap();
        assert_eq!(other.head().unwrap().seq, *done.seqs.last().unwrap());
        assert_eq!(desk.head(), other.head().unwrap());
    }
    let before = bytes(&desk);
    drop(desk);
    let again = at(place.path()).open().unwrap();
    assert_eq!(bytes(&again), before);
    assert_eq!(again.state().setting.place.name(), "Larkrise 19");
}

#[test]
fn of_acts_that_come_together_each_gets_its_own_answer_and_only_good_ones_are_written() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let before = desk.head().seq;
    let (tell, told) = mpsc::channel();
    let long = "x".repeat(9 << 20);
    let strange = Actor {
        device: Some("d".repeat(NAME_BYTES_MAX)),
        ..manager()
    };
    for number in 0..60 {
        let (who, act) = match number % 4 {
            0 => (manager(), add(&format!("Invented {number}"), Group::Parent)),
            1 => (Actor::nobody(), describe("Not allowed")),
            2 => (manager(), describe(&long)),
            _ => (
                strange.clone(),
                describe("By a device with too long a name"),
            ),
        };
        let tell = tell.clone();
        let reply = Box::new(move |answer| tell.send((number, answer)).unwrap());
        desk.ask(&who, act, &[], day(1), reply);
    }
    drop(tell);
    let mut written = Vec::new();
    for (number, answer) in told {
        match (number % 4, answer) {
            (0, Ok(done)) => {
                assert_eq!(done.kinds, ["people.added"]);
                written.extend(done.seqs);
            }
            (1, Err(Failed::No(No::NotAllowed(_)))) => {}
            (2 | 3, Err(Failed::No(No::Mistakes(mistakes)))) => {
                assert!(mistakes[0].says.contains("longer than what can be kept"));
            }
            (_, other) => panic!("{number}: {other:?}"),
        }
    }
    written.sort_unstable();
    assert!(written.iter().copied().eq(before + 1..=before + 15));
    let kept = lines(desk.store());
    assert_eq!(kept.len(), usize::try_from(before).unwrap() + 15);
    assert_eq!(desk.state().setting.people.all().count(), 16);
}

#[test]
fn an_act_with_several_entries_is_written_whole_and_set_up_happens_once() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let together = lines(desk.store());
    assert!(together.len() >= 3, "setting up has several entries");
    assert!(together.iter().all(|line| line.at == together[0].at));
    let set_up_again = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        crate::invented::set_up_desk(&desk);
    }));
    assert!(set_up_again.is_err());
    assert_eq!(lines(desk.store()).len(), together.len());
}

#[test]
fn sixty_four_at_once_are_all_answered_and_none_is_written_twice() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    std::thread::scope(|scope| {
        for caller in 0..64 {
            let desk = &desk;
            scope.spawn(move || {
                for number in 0..3 {
                    let name = format!("Invented {caller} {number}");
                    done(desk, add(&name, Group::Parent), day(1));
                    // Whoever was answered sees it.
                    assert!(names(desk).iter().any(|(_, known)| *known == name));
                }
            });
        }
    });
    let mut all: Vec<String> = names(&desk).into_iter().map(|(_, name)| name).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 64 * 3 + 1);
    assert_eq!(check(desk.store(), &[]).unwrap().head, desk.head());
    let live = bytes(&desk);
    drop(desk);
    assert_eq!(bytes(&at(place.path()).open().unwrap()), live);
}

#[test]
fn a_line_of_a_newer_release_opens_read_only_with_words() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let before = bytes(&desk);
    let newer = Draft {
        at: day(2).micros(),
        by: "person:1".to_owned(),
        kind: "people.from-the-future".to_owned(),
        version: 1,
        body: b"{}".to_vec(),
    };
    let head = desk
        .store()
        .append(&desk.head(), std::slice::from_ref(&newer))
        .unwrap();
    // A desk that is open finds out when it wants to write, one that opens finds out at once.
    let open = ask(&desk, describe("Too late"), day(3));
    let again = at(place.path()).open().unwrap();
    let opened = ask(&again, describe("Too late"), day(3));
    for (desk, answer) in [(&desk, open), (&again, opened)] {
        let Err(Failed::Unavailable(says)) = answer else {
            panic!("{answer:?}");
        };
        assert!(says.contains("newer Stairgate"), "{says}");
        assert_eq!(desk.read_only(), Some(says));
        assert_eq!(bytes(desk), before);
        assert_eq!(names(desk), [(MANAGER, "Maya Lin".to_owned())]);
        assert_eq!(desk.store().head().unwrap(), head);
        assert!(check(desk.store(), &[]).is_ok());
    }
    let newest_version = Draft {
        kind: "place.described".to_owned(),
        version: 999,
        ..newer
    };
    again.store().append(&head, &[newest_version]).unwrap();
    again.refresh();
    assert!(again.read_only().is_some());
}

#[test]
fn lines_of_the_ledger_itself_change_nothing_and_close_nothing() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    let sign_in = Act::Access(access::acts::Act::RecordSignIn);
    let seq = done(&desk, sign_in, day(1)).seqs[0];
    let head = desk.head();
    let spent = ledger::spent::spend(desk.store(), &head, day(2).micros(), "clock", &[seq]);
    spent.unwrap();
    desk.refresh();
    assert_eq!(desk.read_only(), None);
    done(&desk, describe("Larkrise again"), day(3));
    let live = desk.head();
    drop(desk);
    let again = at(place.path()).open().unwrap();
    assert_eq!((again.read_only(), again.head()), (None, live));
}

#[test]
fn a_ledger_that_lost_lines_while_the_desk_was_open_is_written_to_no_more() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    done(&desk, describe("Larkrise again"), day(1));
    let raw = rusqlite::Connection::open(at(place.path()).ledger()).unwrap();
    raw.execute(
        "DELETE FROM lines WHERE seq = (SELECT max(seq) FROM lines)",
        [],
    )
    .unwrap();
    let answer = ask(&desk, describe("Onto another ledger"), day(2));
    let Err(Failed::Unavailable(says)) = answer else {
        panic!("{answer:?}");
    };
    assert!(says.contains("lines are missing"), "{says}");
    assert_eq!(desk.read_only(), Some(says));
}

#[test]
fn a_reader_sees_only_the_names_that_they_may_know() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    done(&desk, adopt(), day(1));
    let parent = added(&desk, "Piran Penhallow", Group::Parent, day(1));
    let own = added(&desk, "Kerra Penhallow", Group::Child, day(1));
    let other = added(&desk, "Zennor Trevanion", Group::Child, day(1));
    let tied = Tied {
        parent,
        child: own,
        relation: Relation::read("father"),
        responsibility: true,
    };
    done(&desk, Act::People(people::acts::Act::Tie(tied)), day(1));
    let see = |who: &Actor| {
        let name = |view: &families::spine::view::View<'_>| (view.name(own), view.name(other));
        desk.view(who, day(2), "", None, name).unwrap()
    };
    let known = "Kerra Penhallow".to_owned();
    assert_eq!(
        see(&Actor::person_only(parent)),
        (known, "a child".to_owned())
    );
    let none = ("a child".to_owned(), "a child".to_owned());
    assert_eq!(see(&Actor::nobody()), none);
    for who in [Who::Person(parent), Who::Nobody] {
        let who = Actor {
            who,
            ..Actor::default()
        };
        for page in list::pages() {
            for person in [parent, own, other] {
                let params = Params([("person".to_owned(), person.0.to_string())].into());
                let shown = desk.show(&who, page, &params, day(2), "").unwrap();
                let text = match shown {
                    Err(_) | Ok(Shown::NotHere) => continue,
                    Ok(Shown::Page(title, content)) => title + &content.into_string(),
                    Ok(Shown::Document(document)) => format!("{document:?}"),
                    Ok(Shown::File { bytes, .. }) => String::from_utf8_lossy(&bytes).into_owned(),
                    Ok(Shown::Kept(file)) => file.digest,
                };
                assert!(!text.contains("Trevanion"), "{} shows it", page.path);
            }
        }
    }
}

#[test]
fn lines_are_shown_newest_first_and_none_beyond_what_the_state_knows() {
    let place = tempfile::tempdir().unwrap();
    let desk = set_up(&at(place.path()));
    for number in 0..30 {
        done(&desk, describe(&format!("Larkrise {number}")), day(1));
    }
    let newest = Lines {
        most: 5,
        kind: "place.".to_owned(),
        ..Lines::default()
    };
    let head = desk.head().seq;
    let seqs = |wanted: &Lines| -> Vec<u64> {
        let found = desk.recorded(wanted).unwrap();
        found.iter().map(|line| line.seq).collect()
    };
    assert_eq!(
        seqs(&newest),
        [head, head - 1, head - 2, head - 3, head - 4]
    );
    let earlier = Lines {
        before: head - 4,
        most: 2,
        ..newest
    };
    assert_eq!(seqs(&earlier), [head - 5, head - 6]);
    let only = Lines {
        only: vec![1, head, head + 1, 0],
        ..Lines::default()
    };
    let other = Sqlite::open_existing(&at(place.path()).ledger()).unwrap();
    let unseen = Draft {
        at: day(2).micros(),
        by: "person:1".to_owned(),
        kind: "access.signed-in".to_owned(),
        version: 1,
        body: b"{}".to_vec(),
    };
    other.append(&desk.head(), &[unseen]).unwrap();
    assert_eq!(seqs(&only), [head, 1]);
    desk.refresh();
    assert_eq!(seqs(&only), [head + 1, head, 1]);
}
