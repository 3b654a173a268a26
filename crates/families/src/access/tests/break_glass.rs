//! access.break-glass: exceptional access needs two people and is short.

use super::access;
use crate::{
    access::{
        acts::{Act as Access, exceptions::Act as Exception, looks::Act as Look},
        entries::looks::{How, Record},
        exceptions::lent,
    },
    concerns::{
        acts::{Act as Concern, NewReport},
        kinds::Kind,
        note::{Note, Report, Sort},
    },
    notices::tells::{To, tells},
    people::{acts::Act as People, group::Group},
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act, Actor, Person, Proof, Who},
        scenario::{By, MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

const CLAUSES: &str = r#"
[[clause]]
id = "two"
section = "When nobody can be reached"
text = "Two of these together can open a concern for an hour: deputy manager, chair, room leaders."
controls = ["access.break-glass"]
values = { people = ["deputy manager", "committee chair", "room leader"], minutes = 60 }

[[clause]]
id = "report"
section = "If you are worried"
text = "Everybody reports a worry to the lead."
controls = ["concerns.report", "concerns.case", "concerns.confidential"]
values = { tell = ["designated safeguarding lead"] }
"#;

/// Ines leads and can't be reached. Rosa, the deputy manager, asks; Ivy, the chair, agrees.
struct Cast {
    s: Scenario,
    ines: Person,
    rosa: Person,
    ivy: Person,
    tomos: Person,
}

fn cast() -> Cast {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ines = s.holder("Ines Marsh", Group::Staff, Role::Lead);
    s.done(MANAGER, end(Role::Lead, MANAGER));
    let rosa = s.holder("Rosa Field", Group::Staff, Role::DeputyManager);
    let ivy = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    let tomos = s.holder("Tomos Reed", Group::Staff, Role::RoomLeader);
    s.done(Who::Nobody, report(None));
    s.on(2026, 9, 3);
    Cast {
        s,
        ines,
        rosa,
        ivy,
        tomos,
    }
}

fn report(adult: Option<Person>) -> Act {
    Act::Concerns(Concern::Report(Box::new(NewReport {
        report: Report {
            what: "A bruise on the arm".to_owned(),
            kind: Kind::Harm,
            adult,
            ..Report::default()
        },
        about_role: None,
        unnamed: false,
        once: String::new(),
    })))
}

fn end(role: Role, person: Person) -> Act {
    Act::Roles(Roles::End {
        role,
        person,
        last: None,
    })
}

fn give(role: Role, person: Person) -> Act {
    Act::Roles(Roles::Give {
        role,
        person,
        from: None,
    })
}

fn exception(act: Exception) -> Act {
    access(Access::Exception(act))
}

fn ask(minutes: u16) -> Act {
    exception(Exception::Ask {
        why: "A mother is at the door and asks for her child".to_owned(),
        minutes,
        unreachable: true,
    })
}

fn agree(number: u32) -> Act {
    exception(Exception::Agree { number })
}

fn see(number: u32) -> Act {
    exception(Exception::See {
        number,
        says: "It was right".to_owned(),
    })
}

fn write(case: u32) -> Act {
    Act::Concerns(Concern::Write {
        case,
        sort: Sort::Fact,
        note: Note::new("Spoke to the mother"),
        corrects: None,
    })
}

fn reads(s: &Scenario, who: Person, case: &str) -> bool {
    s.page(who, "/concerns/cases/{case}", &[("case", case)])
        .contains("<title>")
}

fn refused(s: &mut Scenario, who: Person, act: &Act) -> String {
    let answer = s.try_act(who, act);
    assert!(answer.is_err(), "{} was done", act.name());
    s.in_words(&answer)
}

fn minutes(s: &mut Scenario, minutes: i64) {
    s.later(minutes);
}

#[test]
fn two_people_together_open_a_concern_for_a_while_and_then_it_is_shut_again() {
    let mut c = cast();
    assert!(!reads(&c.s, c.rosa, "1"));
    c.s.act(c.rosa, ask(30), expect!["access.exception-asked"]);
    assert!(!reads(&c.s, c.rosa, "1"));
    c.s.act(c.ivy, agree(1), expect!["access.exception-agreed"]);
    assert!(reads(&c.s, c.rosa, "1"));
    c.s.done(c.rosa, write(1));
    minutes(&mut c.s, 30);
    assert!(!reads(&c.s, c.rosa, "1"));
    assert!(refused(&mut c.s, c.rosa, &write(1)).starts_with("not allowed"));
}

#[test]
fn whoever_agrees_reads_nothing_themselves_and_a_third_does_not_either() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    c.s.done(c.ivy, agree(1));
    for who in [c.ivy, c.tomos, MANAGER] {
        assert!(!reads(&c.s, who, "1"), "{who:?}");
    }
}

#[test]
fn nobody_agrees_with_themselves_nor_the_lead_nor_somebody_without_a_named_role() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    c.s.act(
        c.rosa,
        agree(1),
        expect!["mistake in number: It takes a second person: you have asked for it yourself"],
    );
    c.s.act(
        MANAGER,
        agree(1),
        expect!["not allowed: the deputy manager, the chair of the committee or the room leader, with a second step may"],
    );
    c.s.done(MANAGER, give(Role::RoomLeader, c.ines));
    c.s.act(
        c.ines,
        agree(1),
        expect!["mistake in number: You lead on safeguarding and can be reached. Deal with it yourself, or share what is needed"],
    );
    assert!(!reads(&c.s, c.rosa, "1"));
}

#[test]
fn the_asker_says_that_neither_the_lead_nor_a_deputy_can_be_reached() {
    let mut c = cast();
    let reachable = exception(Exception::Ask {
        why: "I would like to know".to_owned(),
        minutes: 10,
        unreachable: false,
    });
    c.s.act(
        c.rosa,
        reachable,
        expect!["mistake in unreachable: Call the lead and each deputy first. Exceptional access is for when none of them can be reached"],
    );
    c.s.act(
        c.rosa,
        ask(61),
        expect!["refused by access.break-glass (two): Exceptional access lasts at most 60 minutes. Nobody can allow it. Ask for less. You can ask again when it is over."],
    );
}

#[test]
fn a_password_alone_is_not_enough() {
    let mut c = cast();
    let answer = c.s.try_act((c.rosa, Proof::One), &ask(30));
    assert!(c.s.in_words(&answer).starts_with("not allowed"));
    c.s.done(c.rosa, ask(30));
    let answer = c.s.try_act((c.ivy, Proof::One), &agree(1));
    assert!(c.s.in_words(&answer).starts_with("not allowed"));
}

#[test]
fn a_request_that_nobody_agrees_to_within_half_an_hour_is_over() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    minutes(&mut c.s, 31);
    c.s.act(
        c.ivy,
        agree(1),
        expect!["mistake in number: This no longer waits. Somebody agrees within 30 minutes, or it is asked for again"],
    );
}

#[test]
fn asking_again_and_again_ends() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    c.s.act(
        c.rosa,
        ask(30),
        expect!["mistake in : You have asked already. It is waiting, or has begun"],
    );
    for _ in 0..2 {
        minutes(&mut c.s, 40);
        c.s.done(c.rosa, ask(30));
    }
    minutes(&mut c.s, 40);
    assert!(refused(&mut c.s, c.rosa, &ask(30)).contains("three times within a day"));
}

#[test]
fn a_role_that_was_given_for_it_does_not_count() {
    let mut c = cast();
    let puppet = c.s.holder("Paul Puppet", Group::Staff, Role::RoomLeader);
    c.s.done(c.rosa, ask(30));
    assert!(refused(&mut c.s, puppet, &agree(1)).contains("since the day before"));
    let late = c.s.person("Lee Late", &[Group::Staff]);
    c.s.done(MANAGER, give(Role::RoomLeader, late));
    assert!(refused(&mut c.s, late, &agree(1)).contains("since the day before"));
    assert!(!reads(&c.s, c.rosa, "1"));
}

#[test]
fn nobody_makes_a_lead_of_themselves_instead() {
    let mut c = cast();
    for role in [Role::Lead, Role::DeputyLead] {
        let said = refused(&mut c.s, c.rosa, &give(role, c.rosa));
        assert!(said.starts_with("refused by access.break-glass"), "{said}");
    }
    // Another manager gives it, and where nobody leads it can't wait for two.
    c.s.done(MANAGER, give(Role::DeputyLead, c.rosa));
    c.s.done(MANAGER, end(Role::DeputyLead, c.rosa));
    c.s.done(MANAGER, end(Role::Lead, c.ines));
    c.s.on(2026, 9, 4);
    c.s.done(MANAGER, give(Role::Lead, MANAGER));
}

#[test]
fn what_is_lent_opens_concerns_and_lets_nobody_else_in_nor_lasts() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    c.s.done(c.ivy, agree(1));
    let share = |person| {
        Act::Concerns(Concern::Share {
            case: 1,
            person,
            why: "So that I can read on".to_owned(),
        })
    };
    for act in [share(c.rosa), share(c.tomos)] {
        let said = refused(&mut c.s, c.rosa, &act);
        assert!(said.contains("refused by access.break-glass"), "{said}");
    }
    let hold = Act::Concerns(Concern::Close {
        case: 1,
        outcome: Note::new("Nothing in it"),
    });
    assert!(refused(&mut c.s, c.rosa, &hold).contains("access.break-glass"));
    // What she does in her own roles stays hers.
    c.s.done(c.rosa, give(Role::RoomLeader, c.rosa));
}

#[test]
fn it_ends_when_somebody_ends_it_or_one_of_the_two_leaves_or_loses_the_role() {
    type Ends = fn(&mut Cast);
    let ways: [Ends; 6] = [
        |c| c.s.done(c.rosa, exception(Exception::End { number: 1 })),
        |c| c.s.done(c.ines, exception(Exception::End { number: 1 })),
        |c| {
            let (person, last) = (c.rosa, c.s.today());
            let leaving = People::RecordLeavingAtOnce { person, last };
            c.s.done(MANAGER, Act::People(leaving));
        },
        |c| {
            let (person, last) = (c.ivy, c.s.today());
            let leaving = People::RecordLeavingAtOnce { person, last };
            c.s.done(MANAGER, Act::People(leaving));
        },
        |c| {
            let text = CLAUSES.replace("\"deputy manager\", ", "");
            c.s.adopt(&format!("[policy]\ntitle = \"Policy\"\n{text}"));
        },
        |c| {
            let text = CLAUSES.replace("access.break-glass", "policy.scope");
            c.s.adopt(&format!("[policy]\ntitle = \"Policy\"\n{text}"));
        },
    ];
    for (way, ends) in ways.iter().enumerate() {
        let mut c = cast();
        c.s.done(c.rosa, ask(60));
        c.s.done(c.ivy, agree(1));
        assert!(reads(&c.s, c.rosa, "1"), "{way}");
        ends(&mut c);
        assert!(!reads(&c.s, c.rosa, "1"), "{way}");
    }
}

#[test]
fn a_policy_that_shortens_the_time_shortens_what_runs() {
    let mut c = cast();
    c.s.done(c.rosa, ask(60));
    c.s.done(c.ivy, agree(1));
    let text = CLAUSES.replace("minutes = 60", "minutes = 20");
    c.s.adopt(&format!("[policy]\ntitle = \"Policy\"\n{text}"));
    assert!(reads(&c.s, c.rosa, "1"));
    minutes(&mut c.s, 20);
    assert!(!reads(&c.s, c.rosa, "1"));
}

#[test]
fn when_the_lead_is_replaced_meanwhile_it_still_ends_in_time_and_is_looked_at() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    c.s.done(c.ivy, agree(1));
    c.s.done(MANAGER, give(Role::Lead, c.tomos));
    c.s.done(MANAGER, end(Role::Lead, c.ines));
    assert!(reads(&c.s, c.rosa, "1"));
    minutes(&mut c.s, 30);
    assert!(!reads(&c.s, c.rosa, "1"));
    assert!(c.s.owed("access.break-glass").contains("Tomos Reed"));
}

#[test]
fn a_concern_about_the_lead_or_about_the_asker_stays_shut() {
    let mut c = cast();
    c.s.done(Who::Nobody, report(Some(c.ines)));
    c.s.done(Who::Nobody, report(Some(c.rosa)));
    c.s.done(c.rosa, ask(30));
    c.s.done(c.ivy, agree(1));
    assert!(reads(&c.s, c.rosa, "1"));
    assert!(!reads(&c.s, c.rosa, "2"));
    assert!(!reads(&c.s, c.rosa, "3"));
}

#[test]
fn those_who_had_no_part_in_it_look_at_it_afterwards_and_write_that_down() {
    let mut c = cast();
    c.s.done(c.rosa, ask(30));
    assert_eq!(c.s.owed("access.break-glass"), "");
    c.s.done(c.ivy, agree(1));
    // The chair took part, so the manager looks in her place.
    expect![[r#"
        Look at what exceptional access 1 was used for by 2026-09-06: Ines Marsh
        Look at what exceptional access 1 was used for by 2026-09-06: Maya Lin"#]]
    .assert_eq(&c.s.owed("access.break-glass"));
    let look = Look {
        record: Record {
            page: "/concerns/cases/{case}".to_owned(),
            person: None,
            case: Some(1),
            custody: None,
        },
        how: How::Page,
        refused: false,
    };
    c.s.done(c.rosa, access(Access::Look(look)));
    assert!(refused(&mut c.s, c.ines, &see(1)).contains("still runs"));
    minutes(&mut c.s, 30);
    assert!(refused(&mut c.s, c.ivy, &see(1)).contains("no part in it"));
    let page = c.s.page(c.ines, "/exceptions/{number}", &[("number", "1")]);
    assert!(
        page.contains("concern 1") && page.contains("mother is at the door"),
        "{page}"
    );
    // Who is not on the case does not learn of it here.
    let page =
        c.s.page(c.tomos, "/exceptions/{number}", &[("number", "1")]);
    assert!(
        !page.contains("concern 1") && !page.contains("mother is"),
        "{page}"
    );
    c.s.done(c.ines, see(1));
    c.s.done(MANAGER, see(1));
    assert!(refused(&mut c.s, MANAGER, &see(1)).contains("already"));
    assert_eq!(c.s.owed("access.break-glass"), "");
    assert_eq!(c.s.standing("two"), Standing::Met);
    expect!["1 | 3 September 2026, 09:00 | Rosa Field | Ivy Stone | 3 September 2026, 09:31 | 2"]
        .assert_eq(&c.s.registered("access.break-glass"));
}

#[test]
fn without_a_policy_that_knows_it_there_is_no_exceptional_access() {
    let mut s = Scenario::new();
    s.on(2026, 9, 3);
    s.act(MANAGER, ask(30), expect!["not allowed: nobody may"]);
    let who = Actor::person_only(MANAGER);
    assert!(lent(&who, &s.setting, &s.in_force, s.now()).is_empty());
}

#[test]
fn an_open_screen_is_enough_neither_to_ask_nor_to_agree() {
    let mut cast = cast();
    for (who, act) in [(cast.rosa, ask(30)), (cast.ivy, agree(1))] {
        let left_open = cast.s.try_act(By::stale(who, Proof::Two), &act);
        let says = cast.s.in_words(&left_open);
        assert!(
            says.starts_with("mistake: Show once more who you are"),
            "{says}"
        );
        cast.s.done(who, act);
    }
}

#[test]
fn as_soon_as_it_begins_those_are_told_who_look_at_it_afterwards() {
    let mut cast = cast();
    cast.s.done(cast.rosa, ask(30));
    let asked = tells(cast.s.lines.last().unwrap(), &cast.s.setting);
    assert!(asked.is_empty(), "nothing has been lent yet: {asked:?}");
    cast.s.done(cast.ivy, agree(1));
    let told: Vec<To> = tells(cast.s.lines.last().unwrap(), &cast.s.setting)
        .into_iter()
        .map(|tell| tell.to)
        .collect();
    // The chair has a part in it, so somebody else takes that place.
    assert_eq!(told, [To::Role(Role::Lead), To::Role(Role::Manager)]);
}
