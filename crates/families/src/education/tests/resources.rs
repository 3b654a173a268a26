//! education.resources: everybody finds help.

use crate::{
    education::acts::Act,
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Who},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

const NAMED: &str = r#"
[[clause]]
id = "help"
section = "Where to turn"
text = "Families can turn to Childline, the IWF, and the adviser of our area."
controls = ["education.resources"]
values = { list = ["Childline 0800 1111", "IWF", "the adviser of our area"] }
"#;

fn add(name: &str, phone: &str, site: &str) -> Answers {
    Answers::default()
        .with("named", "the adviser of our area")
        .with("name", name)
        .with("is-for", "Advice on online safety in our area.")
        .with("topics", "advice")
        .with("who", "staff")
        .with("phone", phone)
        .with("site", site)
}

fn form(act: &str, answers: &Answers) -> AnyAct {
    Scenario::form(act).act(answers).expect("an act")
}

#[test]
fn what_the_policy_names_is_put_into_the_directory_so_that_there_is_a_number() {
    let mut scenario = Scenario::with_clauses(NAMED);
    expect!["Put “the adviser of our area”, which our policy names, into the help directory by 2026-09-29: Maya Lin"].assert_eq(&scenario.owed("education.resources"));
    assert_eq!(scenario.standing("help"), Standing::Due);
    let nobody = form("education.add-help", &add("Advice line", "", ""));
    scenario.act(
        MANAGER,
        nobody,
        expect!["mistake in phone: Enter a telephone number, an address on the web, or both"],
    );
    let wrong = form(
        "education.add-help",
        &add("Advice line", "", "javascript:alert(1)"),
    );
    scenario.act(
        MANAGER,
        wrong,
        expect!["mistake in site: Enter the whole address, such as https://www.example.org"],
    );
    let right = form(
        "education.add-help",
        &add("Advice line", "01632 960 200", ""),
    );
    scenario.act(MANAGER, right.clone(), expect!["education.help-kept"]);
    scenario.act(
        MANAGER,
        right,
        expect!["mistake in name: This is in the directory already. Change it there"],
    );
    assert_eq!(scenario.standing("help"), Standing::Met);
}

#[test]
fn anybody_finds_help_without_signing_in_and_the_emergency_number_first() {
    let mut scenario = Scenario::with_clauses(NAMED);
    scenario.done(
        MANAGER,
        form(
            "education.add-help",
            &add("Advice line", "01632 960 200", ""),
        ),
    );
    let page = scenario.page(Who::Nobody, "/help-directory", &[]);
    assert!(page.find("999").unwrap() < page.find("Childline").unwrap());
    assert!(page.contains("tel:08001111") && page.contains("Advice line"));
    assert!(!page.contains("/help-directory/add") && !page.contains("Looked at"));
    let narrowed = scenario.page(
        Who::Nobody,
        "/help-directory",
        &[("topic", "images"), ("whom", "children")],
    );
    assert!(narrowed.contains("Report Remove") && !narrowed.contains("Advice line"));
    let none = [("topic", "terrorism"), ("whom", "children")];
    let empty = scenario.page(MANAGER, "/help-directory", &none);
    assert!(empty.contains("Nobody in the directory helps with just this"));
}

#[test]
fn a_number_that_has_changed_is_put_right_and_one_that_is_not_wanted_is_taken_out() {
    let mut scenario = Scenario::with_clauses(NAMED);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let answers = Answers::default()
        .with("id", "childline")
        .with("name", "Childline")
        .with("is-for", "Children who want to talk.")
        .with("topics", "abuse")
        .with("who", "children")
        .with("phone", "0800 11 11");
    let change = form("education.change-help", &answers);
    scenario.act(rosa, change.clone(), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    scenario.act(MANAGER, change.clone(), expect!["education.help-kept"]);
    scenario.act(
        MANAGER,
        change,
        expect!["mistake in name: This is what is kept already. There is nothing to change"],
    );
    assert!(
        scenario
            .page(MANAGER, "/help-directory", &[])
            .contains("0800 11 11")
    );
    let out = |id: &str| AnyAct::Education(Act::RemoveHelp { id: id.to_owned() });
    scenario.act(
        MANAGER,
        out("police-999"),
        expect!["mistake in id: The emergency number always stays in the directory"],
    );
    scenario.act(
        MANAGER,
        out("nobody"),
        expect!["mistake in id: There is nothing like this in the directory"],
    );
    scenario.act(MANAGER, out("tell-mama"), expect!["education.help-removed"]);
    assert!(
        !scenario
            .page(MANAGER, "/help-directory", &[])
            .contains("Tell MAMA")
    );
}

#[test]
fn once_a_year_the_lead_looks_whether_the_numbers_are_still_right() {
    let mut scenario = Scenario::with_clauses(NAMED);
    scenario.done(
        MANAGER,
        form(
            "education.add-help",
            &add("Advice line", "01632 960 200", ""),
        ),
    );
    scenario.on(2027, 8, 20);
    assert_eq!(scenario.standing("help"), Standing::Due);
    scenario.on(2027, 9, 10);
    assert_eq!(scenario.standing("help"), Standing::Breached);
    let all: Vec<String> = scenario
        .setting
        .education
        .all()
        .map(|help| help.id.clone())
        .collect();
    scenario.done(MANAGER, AnyAct::Education(Act::ConfirmHelp { ids: all }));
    assert_eq!(scenario.standing("help"), Standing::Met);
    expect![""].assert_eq(&scenario.owed("education.resources"));
}

#[test]
fn an_address_that_no_longer_answers_is_shown_to_who_leads_until_it_answers_again() {
    let mut scenario = Scenario::with_clauses(NAMED);
    let look = |answers| {
        let found = vec![
            ("childline".to_owned(), answers),
            ("nobody".to_owned(), false),
        ];
        AnyAct::Education(Act::LookAtLinks { found })
    };
    scenario.act(
        MANAGER,
        look(false),
        expect!["not allowed: the program itself may"],
    );
    let clock = || Who::Clock;
    scenario.act(clock(), look(false), expect!["education.link-looked"]);
    scenario.act(clock(), look(false), expect![""]);
    let page = scenario.page(MANAGER, "/help-directory", &[]);
    assert!(page.contains("The address has not answered since 1 September 2026"));
    scenario.done(clock(), look(true));
    assert!(
        !scenario
            .page(MANAGER, "/help-directory", &[])
            .contains("has not answered")
    );
}

#[test]
fn parents_and_staff_are_told_where_help_is_found() {
    let scenario = Scenario::with_clauses(NAMED);
    let at = [("control", "education.resources")];
    let page = scenario.page(MANAGER, "/policy/controls/{control}", &at);
    assert!(page.contains("whether or not you tell us"), "{page}");
}
