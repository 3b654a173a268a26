//! A device that was secured for a case is out of use for everybody, and nothing more: whoever is
//! not on the case sees what they would see of a device that is out of use for any other reason.

use super::{
    bring_back, hand_out,
    quarantine::{last, secure},
    take_out, with_tablet,
};
use crate::{
    access::{
        entries::looks::How,
        looks::{Came, to_record},
    },
    concerns::{acts::Act as Concerns, acts::NewReport, note::Report},
    families,
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Actor, Person, Who},
        page::Params,
        permit::need_for_line,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const TRACED: &str = r#"
[[clause]]
id = "traced"
section = "Data"
text = "What is done is logged, and the log is kept for a month or more."
controls = ["access.activity-log"]
values = { keep = "at least 1 month" }
"#;

struct Cast {
    scenario: Scenario,
    lead: Person,
    rosa: Person,
    tomos: Person,
}

/// The same setting each time; a concern about a child is there, and the lead has taken it on.
fn cast() -> Cast {
    cast_in(Scenario::with_template("preschool"))
}

fn cast_in(mut scenario: Scenario) -> Cast {
    with_tablet(&mut scenario);
    let lead = scenario.holder("Ines Marsh", Group::Staff, Role::DeputyLead);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let tomos = scenario.holder("Tomos Reed", Group::Staff, Role::TechnicalLead);
    let report = Report {
        what: "Something on the tablet".to_owned(),
        adult: Some(MANAGER),
        ..Report::default()
    };
    let new = NewReport {
        report,
        ..NewReport::default()
    };
    let report = AnyAct::Concerns(Concerns::Report(Box::new(new)));
    scenario.done(Who::Nobody, report);
    Cast {
        scenario,
        lead,
        rosa,
        tomos,
    }
}

#[test]
fn who_is_not_on_the_case_sees_only_that_it_is_out_of_use() {
    let mut without = cast();
    let mut with = cast();
    let plain = take_out(1, "");
    without.scenario.done(without.lead, plain);
    let lead = with.lead;
    with.scenario.act(
        lead,
        secure(Some(1)),
        expect!["devices.taken-out-of-use, devices.custody-begun"],
    );
    let mut compared = 0;
    for page in families::pages() {
        for reader in [MANAGER, with.rosa, with.tomos] {
            let mut params: Vec<(&str, &str)> = Vec::new();
            for part in page.path.split('/').filter(|part| part.starts_with('{')) {
                params.push((part.trim_matches(['{', '}']), "1"));
            }
            let one = without.scenario.page(reader, page.path, &params);
            let two = with.scenario.page(reader, page.path, &params);
            assert_eq!(one, two, "{} for {reader:?}", page.path);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
    for reader in [MANAGER, with.rosa] {
        let one = without.scenario.try_act(reader, &bring_back(1));
        let two = with.scenario.try_act(reader, &bring_back(1));
        assert_eq!(one, two);
        assert!(one.is_err());
    }
}

#[test]
fn who_is_not_on_the_case_may_secure_it_too_and_learns_nothing() {
    let mut cast = cast();
    cast.scenario.done(cast.lead, secure(Some(1)));
    cast.scenario
        .act(cast.rosa, secure(None), expect!["devices.custody-begun"]);
    cast.scenario.act(
        cast.rosa,
        secure(Some(1)),
        expect!["not allowed: people whom it concerns may"],
    );
    let own = cast.scenario.page(cast.rosa, "/devices/custody", &[]);
    assert_eq!(own.matches("/devices/custody/").count(), 1, "{own}");
    let lead = cast.scenario.page(cast.lead, "/devices/custody", &[]);
    assert_eq!(lead.matches("/devices/custody/").count(), 2, "{lead}");
}

#[test]
fn leading_does_not_show_what_was_secured_to_whoever_had_the_device() {
    let holds = |scenario: &mut Scenario| {
        scenario.done(MANAGER, hand_out(1, MANAGER));
    };
    let mut without = cast();
    holds(&mut without.scenario);
    without.scenario.done(without.rosa, take_out(1, ""));
    let mut with = cast();
    holds(&mut with.scenario);
    with.scenario.done(with.rosa, secure(None));
    let of = last(&with.scenario).to_string();
    let at = [("device", "1"), ("custody", of.as_str()), ("seq", "1")];
    let read = |scenario: &Scenario, page: &str| scenario.page(MANAGER, page, &at);
    for page in families::pages() {
        let (one, two) = (
            read(&without.scenario, page.path),
            read(&with.scenario, page.path),
        );
        assert_eq!(one, two, "{}", page.path);
    }
    let begun = with.scenario.lines.last().expect("it was written");
    let sees = |who| {
        with.scenario
            .view(who, |view| view.has(&need_for_line(begun)))
    };
    assert_eq!(begun.kind, "devices.custody-begun");
    assert!(!sees(MANAGER) && sees(with.rosa) && sees(with.lead));
    for reader in [with.rosa, with.lead] {
        let page = with
            .scenario
            .page(reader, "/devices/custody/{custody}", &at);
        assert!(page.contains("A child spoke of pictures on it"), "{page}");
    }
    // Once handed back and written to somebody else, it stays as it was when it was secured.
    let back = AnyAct::Devices(crate::devices::acts::Act::HandBack { device: 1 });
    with.scenario.done(MANAGER, back);
    let page = with
        .scenario
        .page(MANAGER, "/devices/custody/{custody}", &at);
    assert!(!page.contains("A child spoke"), "{page}");
}

/// The door records a look at a page, as somebody asked for it.
fn look(scenario: &mut Scenario, who: Person, path: &str, custody: &str, how: How) {
    let params = Params([("custody".to_owned(), custody.to_owned())].into());
    let came = Came::Shown(how);
    let (setting, in_force) = (&scenario.setting, &scenario.in_force);
    let now = scenario.now();
    let actor = Actor::person_only(who);
    let act = to_record(&actor, path, &params, came, setting, in_force, now);
    scenario.done(who, act.expect("it is recorded"));
}

#[test]
fn printing_a_record_or_a_label_tells_nobody_who_may_not_know_of_it() {
    for case in [Some(1), None] {
        let mut cast = cast_in(Scenario::with_clauses(TRACED));
        let by = if case.is_some() { cast.lead } else { cast.rosa };
        cast.scenario.done(by, secure(case));
        let of = last(&cast.scenario).to_string();
        for path in ["", "/print", "/label", "/pass-on"] {
            let path = format!("/devices/custody/{{custody}}{path}");
            for how in [How::Page, How::Pdf] {
                look(&mut cast.scenario, by, &path, &of, how);
            }
        }
        for line in cast.scenario.lines.iter().rev().take(8) {
            assert!(line.kind.starts_with("access."), "{}", line.kind);
            let need = need_for_line(line);
            let sees = |who| cast.scenario.view(who, |view| view.has(&need));
            // Who leads and had nothing to do with it may know of the record itself.
            assert_eq!(sees(MANAGER), case.is_none());
            assert!(!sees(cast.tomos) && sees(by));
        }
        let at = [("control", "access.activity-log")];
        for page in ["/activity", "/policy/registers/{control}"] {
            let seen = cast.scenario.page(MANAGER, page, &at);
            assert!(
                !seen.contains("{custody}") && !seen.contains("concern 1"),
                "{page}: {seen}"
            );
        }
    }
}

#[test]
fn a_record_that_is_not_there_answers_as_one_that_may_not_be_seen() {
    let mut cast = cast();
    cast.scenario.done(cast.lead, secure(Some(1)));
    let of = last(&cast.scenario).to_string();
    for path in [
        "/devices/custody/{custody}",
        "/devices/custody/{custody}/print",
        "/devices/custody/{custody}/label",
    ] {
        let there = cast.scenario.page(cast.rosa, path, &[("custody", &of)]);
        let not_there = cast.scenario.page(cast.rosa, path, &[("custody", "99")]);
        assert_eq!(there, not_there);
    }
    let lead = cast
        .scenario
        .page(cast.lead, "/devices/custody/{custody}", &[("custody", &of)]);
    assert!(lead.contains("A child spoke of pictures on it"), "{lead}");
    let at = [("case", "1")];
    let case = cast.scenario.page(cast.lead, "/concerns/cases/{case}", &at);
    assert!(case.contains(&format!("/devices/custody/{of}")), "{case}");
    assert!(case.contains("/devices/secure?case=1"), "{case}");
}

#[test]
fn numbers_of_records_tell_nobody_that_there_are_others() {
    let number = |hidden: bool| {
        let mut cast = cast();
        if hidden {
            cast.scenario.done(cast.lead, secure(Some(1)));
        }
        cast.scenario.done(cast.rosa, secure(None));
        last(&cast.scenario)
    };
    let (alone, second) = (number(false), number(true));
    assert!(alone >= 100_000 && second >= 100_000);
    assert_ne!(second.abs_diff(alone), 1);
}

#[test]
fn who_leads_brings_back_what_a_leaver_took_out_and_learns_of_no_case() {
    let mut answers = Vec::new();
    for hidden in [false, true] {
        let mut cast = cast();
        cast.scenario.done(cast.rosa, take_out(1, ""));
        if hidden {
            cast.scenario.done(cast.lead, secure(Some(1)));
        }
        let last = cast.scenario.today();
        let left = crate::people::acts::Act::RecordLeaving {
            person: cast.rosa,
            last,
        };
        cast.scenario.done(MANAGER, AnyAct::People(left));
        answers.push(cast.scenario.try_act(MANAGER, &bring_back(1)));
        let devices = &cast.scenario.setting.devices;
        // On the register it is back for both; on the network only where nothing is secured.
        assert!(devices.find(1).unwrap().out.is_none());
        assert_eq!(devices.is_out_of_use(1), hidden);
        let line = cast.scenario.lines.last().unwrap();
        let told = crate::notices::tells::tells(line, &cast.scenario.setting);
        assert_eq!(told.len(), usize::from(hidden));
    }
    assert_eq!(answers.first(), answers.last());
}
