//! concerns.report, categories, escalation, complaints, advice: a worry reaches who has to know.

pub(super) use super::cast::Cast;
use super::cast::cast_in;
use crate::{
    concerns::{
        acts::{Act, NewReport},
        controls::report::unanswered,
        kinds::{Kind, PLACES},
        note::Report,
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person, Who},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

pub(super) const CLAUSES: &str = r#"
[[clause]]
id = "report"
section = "If you are worried"
text = "Everybody reports a worry to the designated safeguarding lead on the same day."
controls = ["concerns.report", "concerns.categories"]
values = { tell = ["designated safeguarding lead"], escalate_after = 20, about_lead = "chair of the committee" }

[[clause]]
id = "case"
section = "If you are worried"
text = "Each worry is written up, decided on and kept."
controls = ["concerns.case", "concerns.confidential", "concerns.lessons", "concerns.parents", "concerns.childs-voice"]

[[clause]]
id = "outside"
section = "If you are worried"
text = "We tell social care and the police where we have to, and ask the adviser of our area."
controls = ["concerns.escalation", "concerns.advice", "concerns.complaints"]
values = { agencies = ["children’s social care"], from = ["the adviser of our area"] }
"#;

pub(super) fn cast() -> Cast {
    cast_with("")
}

/// The same with more clauses.
pub(super) fn cast_with(more: &str) -> Cast {
    let mut cast = cast_in(Scenario::with_clauses(&format!("{CLAUSES}{more}")));
    cast.scenario.on(2026, 9, 2);
    cast
}

pub(super) fn report(what: &str, adult: Option<Person>, about_role: Option<Role>) -> AnyAct {
    AnyAct::Concerns(Act::Report(Box::new(NewReport {
        report: Report {
            what: what.to_owned(),
            kind: Kind::Harm,
            adult,
            ..Report::default()
        },
        about_role,
        unnamed: false,
        once: String::new(),
    })))
}

pub(super) fn sees(cast: &Cast, who: Person, case: &str) -> bool {
    cast.scenario
        .page(who, "/concerns/cases/{case}", &[("case", case)])
        .contains("<title>")
}

#[test]
fn a_report_reaches_the_lead_and_the_deputy_and_nobody_else() {
    let mut cast = cast();
    cast.scenario.act(
        cast.rosa,
        report("A bruise on the arm", None, None),
        expect!["concerns.reported"],
    );
    assert!(sees(&cast, cast.lead, "1") && sees(&cast, cast.deputy, "1"));
    for other in [MANAGER, cast.chair, cast.rosa, cast.tomos] {
        assert!(!sees(&cast, other, "1"), "{other:?}");
    }
    let told = cast.scenario.page(cast.rosa, "/concerns/sent", &[]);
    assert!(
        told.contains("Lena Hart") && told.contains("nobody has taken it on yet"),
        "{told}"
    );
    assert!(!told.contains("bruise"));
}

#[test]
fn anybody_reports_without_signing_in_and_without_a_name() {
    let mut cast = cast();
    let form = Scenario::form("concerns.report");
    let answers = Answers::default()
        .with("what", "I heard shouting at the gate")
        .with("danger", "no");
    let act = form.act(&answers).expect("an act");
    cast.scenario
        .act(Who::Nobody, act, expect!["concerns.reported"]);
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &[("case", "1")]);
    assert!(
        page.contains("I heard shouting at the gate") && page.contains("somebody who gave no name")
    );
    let sent = cast.scenario.page(Who::Nobody, "/concerns/sent", &[]);
    assert!(sent.contains("999") && !sent.contains("shouting"));
}

#[test]
fn a_report_about_the_lead_goes_round_the_lead_by_itself() {
    let mut cast = cast();
    cast.scenario.done(
        cast.rosa,
        report("Rough with a child", Some(cast.lead), None),
    );
    assert!(!sees(&cast, cast.lead, "1"), "the lead must not see it");
    assert!(sees(&cast, cast.deputy, "1") && sees(&cast, cast.chair, "1"));
    cast.scenario.done(
        cast.rosa,
        report("Rough with a child", None, Some(Role::Lead)),
    );
    assert!(!sees(&cast, cast.lead, "2"));
    // Whoever becomes lead later is on it; whom it is about never is, whatever role they get.
    let list = cast.scenario.page(cast.lead, "/concerns", &[]);
    assert!(!list.contains("Rough"));
}

#[test]
fn a_report_about_the_manager_who_leads_reaches_the_chair() {
    let mut scenario = Scenario::with_clauses(CLAUSES);
    let chair = scenario.holder("Cora Pitt", Group::Committee, Role::Chair);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.on(2026, 9, 2);
    scenario.done(rosa, report("Shouts at children", Some(MANAGER), None));
    let at = [("case", "1")];
    assert!(
        scenario
            .page(chair, "/concerns/cases/{case}", &at)
            .contains("Shouts at children")
    );
    assert_eq!(
        scenario.page(MANAGER, "/concerns/cases/{case}", &at),
        "not allowed"
    );
    // Not even by ledger, by name of role, or by being let in.
    assert!(!scenario.page(MANAGER, "/activity", &[]).contains("case 1"));
    let share = AnyAct::Concerns(Act::Share {
        case: 1,
        person: MANAGER,
        why: "the manager".to_owned(),
    });
    scenario.act(
        chair,
        share,
        expect!["mistake in person: This case can’t be shared with this person"],
    );
}

#[test]
fn when_nobody_answers_the_next_in_the_chain_is_asked() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    let now = cast.scenario.now();
    let due = |cast: &Cast, minutes| {
        unanswered(
            &cast.scenario.setting,
            &cast.scenario.in_force,
            now.plus_minutes(minutes),
        )
    };
    assert_eq!(due(&cast, 18), Vec::<u32>::new());
    assert_eq!(due(&cast, 21), [1]);
    let ask = AnyAct::Concerns(Act::AskNext { case: 1 });
    cast.scenario.act(
        cast.rosa,
        ask.clone(),
        expect!["not allowed: the program itself may"],
    );
    cast.scenario.done(Who::Clock, ask);
    assert!(sees(&cast, MANAGER, "1"));
    cast.scenario
        .done(cast.lead, AnyAct::Concerns(Act::TakeOn { case: 1 }));
    assert_eq!(due(&cast, 600), Vec::<u32>::new());
}

#[test]
fn nobody_reports_about_a_day_that_has_not_come() {
    let mut cast = cast();
    let mut new = NewReport::default();
    new.report.what = "Something".to_owned();
    new.report.day = Some(Date::constant(2027, 1, 1));
    let act = AnyAct::Concerns(Act::Report(Box::new(new)));
    cast.scenario.act(
        cast.rosa,
        act,
        expect!["mistake in day: Choose a day that is not in the future"],
    );
}

#[test]
fn what_to_do_and_whom_to_tell_stands_with_the_clause_and_in_the_policys_names() {
    let cast = cast();
    let at = |control| {
        cast.scenario.page(
            cast.rosa,
            "/policy/controls/{control}",
            &[("control", control)],
        )
    };
    assert!(at("concerns.report").contains("designated safeguarding lead at once"));
    assert!(at("concerns.escalation").contains("Our policy names: children’s social care"));
    assert!(at("concerns.advice").contains("the adviser of our area"));
    assert!(at("concerns.complaints").contains("within 28 days"));
    assert!(at("concerns.parents").contains("Do not name the person who reported it"));
    let doors = cast.scenario.page(Who::Nobody, "/concerns/complaints", &[]);
    assert!(doors.contains("within 30 days") && doors.contains("chair of the committee"));
    for clause in ["report", "case", "outside"] {
        assert_eq!(cast.scenario.standing(clause), Standing::Met, "{clause}");
    }
}

#[test]
fn nobody_whom_a_case_is_about_puts_a_friend_on_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, report("Rough with a child", Some(MANAGER), None));
    let friend = cast
        .scenario
        .holder("Fay Marsh", Group::Staff, Role::DeputyLead);
    assert!(!sees(&cast, friend, "1"));
    assert!(sees(&cast, cast.deputy, "1"));
    // A case that is about nobody here is open to whoever leads from now on.
    cast.scenario
        .done(cast.rosa, report("A bruise", None, None));
    cast.scenario.done(cast.rosa, report("Another", None, None));
    let later = cast
        .scenario
        .holder("Gil Marsh", Group::Staff, Role::DeputyLead);
    assert!(sees(&cast, friend, "2") && sees(&cast, later, "3"));
}

#[test]
fn a_case_tells_whom_it_is_about_also_when_their_own_record_is_gone() {
    let mut cast = cast();
    let child = cast.scenario.person("Ada Finch", &[Group::Child]);
    let mut new = NewReport::default();
    new.report.what = "A bruise".to_owned();
    new.report.children = vec![child];
    let report = AnyAct::Concerns(Act::Report(Box::new(new)));
    cast.scenario.done(cast.lead, report);
    cast.scenario.keys.destroy(&child.subject());
    let at = [("case", "1")];
    let page = cast.scenario.page(cast.lead, "/concerns/cases/{case}", &at);
    assert!(page.contains("Ada Finch"), "{page}");
    assert!(
        cast.scenario
            .page(cast.lead, "/concerns", &[])
            .contains("Ada Finch")
    );
}

#[test]
fn every_place_of_the_outline_stands_in_the_list_and_the_other_way_round() {
    let cast = cast();
    let form = Scenario::form("concerns.report");
    let page = cast.scenario.view(cast.rosa, |view| {
        let problems = kit::form::Problems::none();
        let answers = Answers::default();
        crate::spine::draw::form(form, view, form.path, &answers, &problems).into_string()
    });
    assert!(page.contains("data-place=\"arm-left-front\""), "{page}");
    let mut drawn: Vec<&str> = page
        .split("data-place=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    drawn.sort_unstable();
    drawn.dedup();
    let mut listed: Vec<&str> = PLACES.iter().map(|(key, _)| *key).collect();
    listed.sort_unstable();
    assert_eq!(drawn, listed);
}
