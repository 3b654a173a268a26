//! access.own-files: nobody opens or changes another person's files.

use super::access;
use crate::{
    access::{
        acts::{Act as Access, files::Act as Files},
        entries::{files::File, looks::How},
        looks::{Came, to_record},
    },
    notices::{
        entries::What,
        tells::{Tell, tells},
    },
    people::group::Group,
    spine::{
        act::{Act, Actor, Person, Who},
        control::{Audience, Standpoint},
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{
    kept::{Kind, Loose},
    sealed::Key,
};

const CLAUSE: &str = r#"
[[clause]]
id = "files"
section = "Computers"
text = "Nobody opens, copies, removes or changes the files of others without their leave."
controls = ["access.own-files"]
"#;

/// Rosa keeps a file; Tomos and Ivy work here too.
struct Cast {
    s: Scenario,
    rosa: Person,
    tomos: Person,
    ivy: Person,
    file: File,
}

fn cast_of(mut s: Scenario) -> Cast {
    let rosa = s.person("Rosa Field", &[Group::Staff]);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let ivy = s.person("Ivy Stone", &[Group::Committee]);
    s.act(rosa, keep("11"), expect!["access.file-kept"]);
    let file = File {
        owner: rosa,
        number: 1,
    };
    Cast {
        s,
        rosa,
        tomos,
        ivy,
        file,
    }
}

fn cast() -> Cast {
    cast_of(Scenario::with_clauses(CLAUSE))
}

fn files(act: Files) -> Act {
    access(Access::File(act))
}

fn loose(digest: &str) -> Box<Loose> {
    Box::new(Loose {
        digest: digest.repeat(32),
        size: 2_000,
        key: Key::default(),
        name: "My draft.pdf".to_owned(),
        kind: Kind::Pdf,
    })
}

fn keep(digest: &str) -> Act {
    files(Files::Keep {
        file: loose(digest),
        note: Some("For the appraisal".to_owned()),
    })
}

fn share(file: File, person: Person, change: bool) -> Act {
    files(Files::Share {
        file,
        person,
        change,
    })
}

fn replace(file: File) -> Act {
    files(Files::Replace {
        file,
        with: loose("22"),
    })
}

fn ask(person: Person, reason: &str) -> Act {
    files(Files::Ask {
        person,
        reason: reason.to_owned(),
    })
}

fn get(s: &Scenario, who: Person, file: File) -> String {
    s.page(who, "/files/{file}/get", &[("file", &file.to_string())])
}

fn list(s: &Scenario, who: Person) -> String {
    s.page(who, "/files", &[])
}

fn theirs(s: &Scenario, who: Person, owner: Person) -> String {
    let person = owner.to_string();
    s.page(who, "/people/{person}/files", &[("person", &person)])
}

const NOTHING: &str = "nothing here";

#[test]
fn a_file_that_somebody_keeps_is_there_for_nobody_else() {
    let c = cast();
    let own = list(&c.s, c.rosa);
    assert!(own.contains("My draft.pdf") && own.contains("For the appraisal"));
    assert_eq!(get(&c.s, c.rosa, c.file), "11".repeat(32));
    for who in [c.tomos, c.ivy, MANAGER] {
        assert_eq!(get(&c.s, who, c.file), NOTHING);
        assert!(!list(&c.s, who).contains("My draft"));
        let seen = c.s.page(who, "/activity", &[]);
        assert!(!seen.contains("kept file"), "{who:?}");
    }
    // Neither name nor note stands in the ledger for somebody to read.
    let line = c.s.lines.last().and_then(|line| line.entry.as_ref());
    let body = String::from_utf8(line.expect("an entry").write().body).expect("text");
    assert!(!body.contains("draft") && !body.contains("appraisal"));
}

#[test]
fn whoever_has_no_leave_is_refused_in_the_same_words_whether_there_is_a_file_or_not() {
    let mut c = cast();
    let none = File {
        owner: c.rosa,
        number: 9,
    };
    let acts = |file| {
        [
            share(file, c.ivy, false),
            files(Files::Unshare {
                file,
                person: c.ivy,
            }),
            replace(file),
            files(Files::Remove { file }),
        ]
    };
    for (there, not) in acts(c.file).iter().zip(acts(none)) {
        for who in [c.tomos, MANAGER] {
            let one = c.s.try_act(who, there);
            let two = c.s.try_act(who, &not);
            assert!(one.is_err());
            assert_eq!(one, two, "{}", there.name());
        }
    }
    c.s.act(
        MANAGER,
        replace(c.file),
        expect!["refused by access.own-files (files): Nobody changes another person’s files without that person’s leave. The person whose file it is can allow it. Ask the person whose file it is."],
    );
}

#[test]
fn that_somebody_took_a_file_of_another_along_is_recorded_and_of_ones_own_is_not() {
    let clause = CLAUSE.replace("own-files\"", "own-files\", \"access.activity-log\"");
    let mut c = cast_of(Scenario::with_clauses(&clause));
    c.s.done(c.rosa, share(c.file, c.tomos, false));
    let params = Params([("file".to_owned(), c.file.to_string())].into());
    let look = |s: &Scenario, who| {
        let who = Actor::person_only(who);
        let came = Came::Shown(How::File);
        let path = "/files/{file}/get";
        to_record(&who, path, &params, came, &s.setting, &s.in_force, s.now())
    };
    assert_eq!(look(&c.s, c.rosa), None);
    let act = look(&c.s, c.tomos).expect("it is recorded");
    c.s.act(c.tomos, act, expect!["access.downloaded"]);
}

#[test]
fn without_the_clause_a_file_is_its_owners_all_the_same() {
    let mut c = cast_of(Scenario::new());
    for act in [replace(c.file), files(Files::Remove { file: c.file })] {
        c.s.act(
            MANAGER,
            act,
            expect!["mistake in file: You have no such file. It may have been removed"],
        );
    }
    assert_eq!(get(&c.s, MANAGER, c.file), NOTHING);
}

#[test]
fn the_owner_gives_a_file_to_read_or_to_change_and_takes_it_back() {
    let mut c = cast();
    c.s.act(
        c.rosa,
        share(c.file, c.tomos, false),
        expect!["access.file-shared"],
    );
    assert!(list(&c.s, c.tomos).contains("My draft.pdf"));
    assert_eq!(get(&c.s, c.tomos, c.file), "11".repeat(32));
    for act in [replace(c.file), share(c.file, c.ivy, false)] {
        let answer = c.s.try_act(c.tomos, &act);
        assert!(
            c.s.in_words(&answer)
                .contains("refused by access.own-files")
        );
    }
    c.s.done(c.rosa, share(c.file, c.tomos, true));
    c.s.act(c.tomos, replace(c.file), expect!["access.file-replaced"]);
    assert_eq!(get(&c.s, c.rosa, c.file), "22".repeat(32));
    assert!(list(&c.s, c.rosa).contains("by Tomos Reed"));
    let unshare = files(Files::Unshare {
        file: c.file,
        person: c.tomos,
    });
    c.s.done(c.rosa, unshare);
    assert_eq!(get(&c.s, c.tomos, c.file), NOTHING);
    assert!(c.s.try_act(c.tomos, &replace(c.file)).is_err());
}

#[test]
fn a_manager_without_a_reason_opens_nothing() {
    let mut c = cast();
    for reason in ["", "Just so"] {
        let answer = c.s.try_act(MANAGER, &ask(c.rosa, reason));
        expect!["refused by access.own-files (files): A manager opens another person’s files only with a reason, which that person is shown. The person whose file it is can allow it. Write the reason as a sentence, or ask the person to give you the file."]
            .assert_eq(&c.s.in_words(&answer));
    }
    assert_eq!(theirs(&c.s, MANAGER, c.rosa), NOTHING);
    c.s.act(
        c.tomos,
        ask(c.rosa, "I would like to see what is there"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn a_manager_with_a_reason_opens_the_files_for_a_day_and_the_owner_is_told() {
    let mut c = cast();
    let reason = "The rota for tomorrow is in there";
    c.s.act(MANAGER, ask(c.rosa, reason), expect!["access.files-asked"]);
    let line = c.s.lines.last().expect("a line");
    assert_eq!(
        tells(line, &c.s.setting),
        [Tell::person(c.rosa, What::Soon)]
    );
    assert!(theirs(&c.s, MANAGER, c.rosa).contains("My draft.pdf"));
    assert_eq!(get(&c.s, MANAGER, c.file), "11".repeat(32));
    for page in ["/", "/files"] {
        let page = c.s.page(c.rosa, page, &[]);
        assert!(page.contains("Maya Lin") && page.contains(reason));
    }
    assert!(!c.s.page(c.tomos, "/", &[]).contains(reason));
    // To read is not to change.
    let answer = c.s.try_act(MANAGER, &replace(c.file));
    assert!(
        c.s.in_words(&answer)
            .contains("refused by access.own-files")
    );
    c.s.on(2026, 9, 2);
    assert_eq!(get(&c.s, MANAGER, c.file), NOTHING);
    assert_eq!(theirs(&c.s, MANAGER, c.rosa), NOTHING);
    assert!(list(&c.s, c.rosa).contains(reason));
}

#[test]
fn a_file_that_was_removed_or_whose_owner_was_erased_opens_for_nobody() {
    let mut c = cast();
    c.s.done(c.rosa, share(c.file, c.tomos, true));
    c.s.done(c.rosa, keep("33"));
    c.s.done(c.rosa, files(Files::Remove { file: c.file }));
    for who in [c.rosa, c.tomos] {
        assert_eq!(get(&c.s, who, c.file), NOTHING);
    }
    // The number of a file that was removed is not given again.
    let next = File {
        number: 2,
        ..c.file
    };
    assert_ne!(get(&c.s, c.rosa, next), NOTHING);
    c.s.done(c.rosa, share(next, c.tomos, true));
    c.s.keys.destroy(&c.rosa.subject());
    assert_eq!(get(&c.s, c.tomos, next), NOTHING);
    assert!(!list(&c.s, c.tomos).contains("My draft"));
    assert!(c.s.try_act(c.tomos, &replace(next)).is_err());
}

#[test]
fn a_file_is_given_only_to_somebody_who_can_open_it() {
    let mut c = cast();
    let parent = c.s.person("Ada Finch", &[Group::Parent]);
    for person in [parent, Person(99)] {
        c.s.act(
            c.rosa,
            share(c.file, person, false),
            expect![
                "mistake in person: There is nobody here to whom you could give it under this name"
            ],
        );
    }
    assert_eq!(c.s.page(parent, "/files", &[]), "not allowed");
    c.s.act(
        MANAGER,
        ask(parent, "I would like to look"),
        expect!["mistake in person: Nobody of this name keeps files here"],
    );
    assert_eq!(c.s.page(Who::Nobody, "/files", &[]), "not allowed");
}

#[test]
fn everybody_who_works_here_reads_that_files_are_their_owners() {
    let c = cast();
    let running = c.s.in_force.find("access.own-files").expect("in force");
    let notices = running.control.notices(&Standpoint {
        setting: &c.s.setting,
        bound: &running.bound,
        today: c.s.today(),
    });
    let to: Vec<Audience> = notices.iter().map(|notice| notice.to.clone()).collect();
    assert_eq!(to, Group::TEAM.map(Audience::Group));
    assert!(notices.iter().all(|notice| notice.clauses == ["files"]));
}
