//! access.activity-log: use can be traced to a person, and the trace is kept.

use super::access;
use crate::{
    access::{
        acts::Act as Access,
        controls::kept_until,
        entries::looks::How,
        looks::{Came, record, to_record},
    },
    families,
    people::group::Group,
    spine::{
        act::{Act, Actor, Person},
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

const CLAUSE: &str = r#"
[[clause]]
id = "traced"
section = "Data"
text = "What is done is logged, and the log is kept for a month or more."
controls = ["access.activity-log"]
values = { keep = "at least 1 month" }
"#;

fn params(name: &str, word: &str) -> Params {
    Params([(name.to_owned(), word.to_owned())].into())
}

/// The look of somebody at a page, as the door asks for it.
fn look(s: &Scenario, who: Person, path: &str, params: &Params, came: Came) -> Option<Act> {
    let who = Actor::person_only(who);
    to_record(&who, path, params, came, &s.setting, &s.in_force, s.now())
}

#[test]
fn looks_at_a_record_are_recorded_once_within_minutes_with_who_and_when() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let wren = s.person("Wren Finch", &[Group::Child]);
    let at = params("person", &wren.to_string());
    let path = "/people/{person}";
    let shown = Came::Shown(How::Page);
    let act = look(&s, MANAGER, path, &at, shown).expect("it is recorded");
    s.act(MANAGER, act.clone(), expect!["access.looked"]);
    assert_eq!(look(&s, MANAGER, path, &at, shown), None);
    s.act(MANAGER, act, expect![""]);
    s.later(11);
    assert!(look(&s, MANAGER, path, &at, shown).is_some());
    expect!["1 September 2026, 09:03 | Maya Lin | the record of Wren Finch | on a page"]
        .assert_eq(&s.registered("access.activity-log"));
}

#[test]
fn what_is_taken_along_is_a_kind_of_its_own_whatever_it_is_about() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let none = Params::default();
    for how in [How::Pdf, How::Csv, How::File] {
        let act = look(
            &s,
            MANAGER,
            "/access-register/print",
            &none,
            Came::Shown(how),
        );
        s.act(
            MANAGER,
            act.expect("it is recorded"),
            expect!["access.downloaded"],
        );
    }
    let page = Came::Shown(How::Page);
    assert_eq!(
        look(&s, MANAGER, "/access-register/print", &none, page),
        None
    );
}

#[test]
fn ones_own_record_is_nobody_elses_business_and_without_the_control_nothing_is_recorded() {
    let s = Scenario::with_clauses(CLAUSE);
    let own = params("person", "1");
    let shown = Came::Shown(How::Page);
    assert_eq!(look(&s, MANAGER, "/people/{person}", &own, shown), None);
    let s = Scenario::new();
    let other = params("person", "2");
    assert_eq!(look(&s, MANAGER, "/people/{person}", &other, shown), None);
}

#[test]
fn every_page_and_form_about_one_person_or_one_case_is_a_record() {
    let mut found = 0;
    let pages = families::pages().map(|page| page.path);
    for path in pages.chain(families::forms().map(|form| form.path)) {
        let mut all = Params::default();
        all.0.insert("person".to_owned(), "2".to_owned());
        all.0.insert("case".to_owned(), "1".to_owned());
        let in_case = [
            "/concerns/cases/{case}",
            "/concerns/cases/{case}/print",
            "/concerns/write",
            "/concerns/close",
        ]
        .contains(&path);
        let elsewhere = path == "/concerns/sent";
        assert!(!in_case || record(path, &all).is_some(), "{path}");
        assert!(!elsewhere || record(path, &all).is_none(), "{path}");
        if path.starts_with("/concerns") {
            continue;
        }
        let mut forms = families::forms().filter(|form| form.path == path);
        let in_case = forms.any(|form| form.fields.iter().any(|field| field.name == "case"));
        let about = path.contains("{person}") || path.contains("{case}") || in_case;
        assert_eq!(record(path, &all).is_some(), about, "{path}");
        found += usize::from(about);
    }
    assert!(found > 15, "{found}");
}

#[test]
fn the_list_of_concerns_and_each_search_for_people_leave_a_line_that_tells_nothing_of_a_case() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let shown = Came::Shown(How::Page);
    let none = Params::default();
    let name = params("name", "Finch");
    // Whoever is on no case leaves the same line, so that it tells nobody who is on one.
    for who in [MANAGER, tomos] {
        for (path, at) in [
            ("/concerns", &none),
            ("/concerns/figures", &none),
            ("/people", &name),
        ] {
            let act = look(&s, who, path, at, shown).expect("it is recorded");
            s.done(who, act);
        }
        assert_eq!(look(&s, who, "/people", &none, shown), None);
    }
    let seen = s.registered("access.activity-log");
    assert!(seen.contains("Tomos Reed | the list of concerns that they are on"));
    assert!(seen.contains("people, by searching for a name") && !seen.contains("Finch"));
    assert!(
        s.page(MANAGER, "/activity", &[])
            .contains("looked at the list of concerns")
    );
}

#[test]
fn a_line_is_kept_for_the_time_that_the_policy_gives() {
    let s = Scenario::with_clauses(CLAUSE);
    let day = Date::constant(2026, 9, 1);
    let kept = kept_until(&s.setting, &s.in_force, day);
    assert_eq!(kept, Some(Date::constant(2026, 10, 1)));
    assert_eq!(
        kept_until(&Scenario::new().setting, &Scenario::new().in_force, day),
        None
    );
}

#[test]
fn looks_at_a_case_are_seen_by_who_is_on_it_and_by_nobody_else() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let case = params("case", "1");
    let act = look(
        &s,
        MANAGER,
        "/concerns/cases/{case}",
        &case,
        Came::Shown(How::Page),
    );
    s.done(MANAGER, act.expect("it is recorded"));
    s.done(MANAGER, access(Access::RecordSignIn));
    assert_eq!(s.registered("access.activity-log"), "");
    let page = s.page(MANAGER, "/activity", &[]);
    assert!(
        page.contains("signed in") && !page.contains("concern 1"),
        "{page}"
    );
}

#[test]
fn those_who_work_here_are_told_that_use_can_be_traced() {
    let s = Scenario::with_clauses(CLAUSE);
    let running = s.in_force.find("access.activity-log").unwrap();
    let notices = running.control.notices(&crate::spine::control::Standpoint {
        setting: &s.setting,
        bound: &running.bound,
        today: s.today(),
    });
    assert_eq!(notices.len(), Group::TEAM.len());
    assert!(notices[0].says[2].contains("at least 1 month"));
}
