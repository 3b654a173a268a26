//! The sheets themselves: they can be read, they hold in each nation, and anybody can read them.

use super::cast;
use crate::{
    concerns::kinds::Kind,
    procedure::sheet::{self, FILE_BYTES_MAX, Part},
    spine::{act::Who, catalogue},
};
use kernel::{calendar::Nation, moment::Date};

#[test]
fn each_sheet_can_be_read_and_belongs_to_a_control_of_the_catalogue() {
    for text in sheet::files() {
        if let Err(why) = sheet::read(text) {
            panic!("{why} in {}", text.lines().next().unwrap());
        }
    }
    let controls: Vec<String> = sheet::all().iter().map(sheet::Sheet::control).collect();
    let known: Vec<&str> = catalogue::all()
        .iter()
        .map(|described| described.id.as_str())
        .filter(|id| id.starts_with("procedure."))
        .collect();
    assert_eq!(controls, known);
}

#[test]
fn each_sheet_holds_in_each_nation_and_begins_with_what_cannot_wait() {
    let today = Date::constant(2026, 11, 1);
    for sheet in sheet::all() {
        for nation in Nation::ALL {
            let version = sheet.on(nation, today).unwrap();
            assert!(version.day() <= today, "{}", sheet.id);
            let steps: Vec<_> = version.steps(nation, "").collect();
            assert!(steps.len() >= 5, "{} {nation:?}", sheet.id);
            assert_eq!(
                steps[0].within,
                Some(crate::procedure::limit::Limit::AtOnce),
                "{}",
                sheet.id
            );
            let police = steps.iter().filter(|step| step.part == Part::Police);
            assert_eq!(police.count(), 1, "{} {nation:?}", sheet.id);
        }
    }
}

#[test]
fn each_kind_that_has_steps_suggests_them() {
    for kind in Kind::ALL {
        let has = sheet::suggested(kind).next().is_some();
        assert_eq!(has, kind != Kind::Unsure, "{kind:?}");
    }
}

#[test]
fn what_is_wrong_with_a_sheet_is_said() {
    let good = sheet::files()[0];
    let wrong = |from: &str, to: &str| {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        sheet::read(&text).unwrap_err()
    };
    assert!(wrong("id = \"words\"", "id = \"safe\"").contains("Two steps"));
    assert!(wrong("within = \"24 hours\"", "within = \"soon\"").contains("no length of time"));
    assert!(wrong("\"police-999\"", "\"nobody\"").contains("help directory has no"));
    assert!(wrong("part = \"police\"", "part = \"none\"").contains("waits for"));
    assert!(wrong("\"Do not promise", "\"Never promise").contains("begins with"));
    assert!(wrong("source =", "sauce =").contains("sauce"));
    assert!(sheet::read(&" ".repeat(FILE_BYTES_MAX + 1)).is_err());
}

#[test]
fn a_newer_version_binds_from_its_day_and_for_its_nation() {
    let text = sheet::files()[0].replacen(
        "[[version]]",
        "[[version]]\nfrom = 2027-01-01\nnations = [\"wales\"]\nsource = \"Later\"\n[[version.step]]\nid = \"police\"\ntitle = \"Ring\"\nwho = \"lead\"\npart = \"police\"\n\n[[version]]",
        1,
    );
    let sheet = sheet::read(&text).unwrap();
    let on = |nation, day| sheet.on(nation, day).unwrap().day().to_string();
    assert_eq!(
        on(Nation::Wales, Date::constant(2026, 12, 31)),
        "2025-09-01"
    );
    assert_eq!(on(Nation::Wales, Date::constant(2027, 1, 1)), "2027-01-01");
    assert_eq!(
        on(Nation::England, Date::constant(2027, 1, 1)),
        "2025-09-01"
    );
    // Before the first there is the first.
    assert_eq!(
        on(Nation::England, Date::constant(2020, 1, 1)),
        "2025-09-01"
    );
}

#[test]
fn anybody_reads_what_to_do_without_a_case_and_without_signing_in() {
    let cast = cast();
    let all = cast.scenario.page(Who::Nobody, "/what-to-do", &[]);
    for sheet in sheet::all() {
        assert!(all.contains(&format!("/what-to-do/{}", sheet.id)));
        let at = [("procedure", sheet.id.as_str())];
        let one = cast
            .scenario
            .page(Who::Nobody, "/what-to-do/{procedure}", &at);
        assert!(one.contains("ring 999"), "{}", sheet.id);
        // Who has not signed in sees nothing of the policy; who works here sees its clauses.
        assert!(!one.contains("/policy/clauses/"), "{}", sheet.id);
        let print = cast
            .scenario
            .page(Who::Nobody, "/what-to-do/{procedure}/print", &at);
        assert!(print.contains("Whom to ring"), "{}", sheet.id);
    }
    let at = [("procedure", "abuse")];
    let own = cast
        .scenario
        .page(cast.rosa, "/what-to-do/{procedure}", &at);
    assert!(own.contains("/policy/clauses/s003-11.3-j"));
    let none = [("procedure", "burglary")];
    let page = cast
        .scenario
        .page(Who::Nobody, "/what-to-do/{procedure}", &none);
    assert_eq!(page, "nothing here");
}
