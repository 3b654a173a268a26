//! concerns.low-level: kept apart, seen by two, never by whom it is about, and looked at over time.

use super::report::{Cast, cast_with, report};
use crate::{
    concerns::{
        acts::Act,
        keeping::acts::Act as Keep,
        low_level::{
            acts::Act as LowLevel,
            entries::{Outcome, Words},
        },
        matter::LOW_LEVEL,
    },
    families,
    people::group::Group,
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act as AnyAct, Person, Who},
        judge::No,
        scenario::MANAGER,
    },
};
use expect_test::expect;
use kernel::moment::Date;

const CLAUSE: &str = r#"
[[clause]]
id = "small"
section = "How we behave"
text = "Small things about how adults behave are told to the manager and the chair, and kept for a year."
controls = ["concerns.low-level"]
values = { second = "chair of the committee", keep = "1 year" }
"#;

const ONE: u32 = LOW_LEVEL + 1;

fn low(act: LowLevel) -> AnyAct {
    AnyAct::Concerns(Act::LowLevel(act))
}

fn tell(about: Person, what: &str) -> AnyAct {
    let words = Words {
        what: what.to_owned(),
        ..Words::default()
    };
    low(LowLevel::Tell {
        about,
        words,
        harm: false,
    })
}

fn decide(outcome: Outcome) -> AnyAct {
    low(LowLevel::Decide {
        case: ONE,
        outcome,
        why: "Talked it over".to_owned(),
    })
}

fn cast() -> Cast {
    cast_with(CLAUSE)
}

fn sees(cast: &Cast, who: impl Into<crate::spine::scenario::By>, case: u32) -> bool {
    cast.scenario
        .page(
            who,
            "/concerns/low-level/{case}",
            &[("case", &case.to_string())],
        )
        .contains("<title>")
}

#[test]
fn it_is_seen_by_the_manager_and_the_second_person_and_by_nobody_else() {
    let mut cast = cast();
    cast.scenario.act(
        cast.rosa,
        tell(cast.tomos, "Sat a child on his lap at story time"),
        expect!["concerns.low-level-told"],
    );
    assert!(sees(&cast, MANAGER, ONE) && sees(&cast, cast.chair, ONE));
    for other in [cast.lead, cast.deputy, cast.rosa, cast.tomos] {
        assert!(!sees(&cast, other, ONE), "{other:?}");
        let page = cast.scenario.page(other, "/concerns/low-level", &[]);
        assert_eq!(page, "nothing here");
    }
    let page = cast.scenario.page(MANAGER, "/concerns/low-level", &[]);
    assert!(page.contains("Tomos Reed") && page.contains("by-person") && page.contains("lap"));
    // It is no case: not in the list, not counted.
    let cases = cast.scenario.page(MANAGER, "/concerns", &[]);
    assert!(!cases.contains("lap"));
    assert!(cast.scenario.setting.concerns.cases().next().is_none());
}

#[test]
fn about_the_manager_it_goes_round_them_and_they_can_put_no_friend_on_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, tell(MANAGER, "Shouted at a parent"));
    assert!(!sees(&cast, MANAGER, ONE));
    assert!(sees(&cast, cast.chair, ONE));
    // A second pair of eyes where the manager is not one.
    assert!(sees(&cast, cast.lead, ONE));
    let mut give = |role, person| {
        let act = Roles::Give {
            role,
            person,
            from: None,
        };
        cast.scenario.done(MANAGER, AnyAct::Roles(act));
    };
    give(Role::Lead, cast.tomos);
    assert!(!sees(&cast, cast.tomos, ONE));
    let page = cast.scenario.page(MANAGER, "/concerns/low-level", &[]);
    assert!(page.contains("Nothing has been told"));
}

#[test]
fn somebody_tells_it_of_themselves_and_does_not_see_what_comes_of_it() {
    let mut cast = cast();
    cast.scenario
        .done(cast.tomos, tell(cast.tomos, "Gave a child a lift home"));
    assert!(!sees(&cast, cast.tomos, ONE));
    let number = ONE.to_string();
    let page = cast
        .scenario
        .page(MANAGER, "/concerns/low-level/{case}", &[("case", &number)]);
    assert!(page.contains("about themselves"), "{page}");
    let parent = cast.scenario.person("Ada Finch", &[Group::Parent]);
    cast.scenario.act(
        parent,
        tell(cast.tomos, "x"),
        expect!["not allowed: people who work here or the committee or contractors may"],
    );
}

#[test]
fn what_harmed_a_child_is_not_low_level() {
    let mut cast = cast();
    let words = Words {
        what: "Pulled her by the arm".to_owned(),
        ..Words::default()
    };
    let act = low(LowLevel::Tell {
        about: cast.tomos,
        words,
        harm: true,
    });
    cast.scenario.act(cast.rosa, act, expect!["refused by concerns.low-level (small): A child was hurt, or could have been: that is not a low-level concern. Nobody can allow it. Report it as a concern now, on the page “Report a concern”. It goes round whom it is about. What you wrote here is kept in the form."]);
}

#[test]
fn several_are_looked_at_together_and_become_a_case_that_goes_round_the_person() {
    let mut cast = cast();
    for what in ["First thing", "Second thing", "Third thing"] {
        cast.scenario.done(cast.rosa, tell(cast.tomos, what));
    }
    let answer = cast.scenario.try_act(MANAGER, &decide(Outcome::NoFurther));
    let Err(No::Ask(asked)) = &answer else {
        panic!("{answer:?}");
    };
    assert!(
        asked[0]
            .question
            .says
            .starts_with("There are 3 low-level concerns")
    );
    cast.scenario.act(
        MANAGER,
        decide(Outcome::Raised),
        expect!["concerns.low-level-decided, concerns.reported"],
    );
    let case = [("case", "1")];
    let page = cast
        .scenario
        .page(cast.lead, "/concerns/cases/{case}", &case);
    for what in ["First thing", "Second thing", "Third thing"] {
        assert!(page.contains(what), "{page}");
    }
    let other = cast
        .scenario
        .page(cast.tomos, "/concerns/cases/{case}", &case);
    assert_eq!(other, "not allowed");
    cast.scenario.act(
        MANAGER,
        decide(Outcome::Advice),
        expect!["mistake in case: It is a case already. Go on there"],
    );
}

#[test]
fn it_is_decided_in_days_and_looked_at_again_after_the_time_of_the_policy() {
    let mut cast = cast();
    cast.scenario.done(cast.rosa, tell(cast.tomos, "A remark"));
    let owed = |cast: &Cast, who| {
        cast.scenario.view(who, |view| {
            let mine = view.my_duties();
            let own = mine
                .iter()
                .filter(|owed| owed.control == "concerns.low-level");
            own.map(|owed| format!("{} by {}", owed.duty.what, owed.duty.due))
                .collect::<Vec<_>>()
                .join("\n")
        })
    };
    expect!["Decide on a low-level concern by 2026-09-09"].assert_eq(&owed(&cast, MANAGER));
    assert_eq!(owed(&cast, cast.tomos), "");
    assert_eq!(cast.scenario.owed("concerns.low-level"), "");
    cast.scenario.done(cast.chair, decide(Outcome::Advice));
    assert_eq!(owed(&cast, MANAGER), "");
    cast.scenario.on(2027, 9, 2);
    expect!["Look whether a low-level concern is still kept by 2027-09-02"]
        .assert_eq(&owed(&cast, cast.chair));
    let review = |keep| {
        low(LowLevel::Review {
            case: ONE,
            keep,
            why: "No longer needed".to_owned(),
        })
    };
    cast.scenario.act(
        MANAGER,
        review(Some(Date::constant(2027, 9, 1))),
        expect!["mistake in keep: Choose a day in the future"],
    );
    let hold = crate::data::acts::Act::Hold {
        person: cast.tomos,
        why: "An inquiry".to_owned(),
        review: Date::constant(2028, 1, 1),
    };
    cast.scenario.done(cast.lead, AnyAct::Data(hold));
    cast.scenario.act(
        MANAGER,
        review(None),
        expect!["mistake in case: A hold stops this. It is looked at again on 1 January 2028"],
    );
    let release = crate::data::acts::Act::Release {
        person: cast.tomos,
        why: "It has ended".to_owned(),
    };
    cast.scenario.done(cast.lead, AnyAct::Data(release));
    cast.scenario
        .act(MANAGER, review(None), expect!["concerns.letting-go-asked"]);
    // Nothing is gone until the other one agrees.
    expect!["Say whether a low-level concern may be let go by 2027-09-09"]
        .assert_eq(&owed(&cast, cast.chair));
    let let_go = AnyAct::Concerns(Act::Keeping(Keep::LetGo { case: ONE }));
    cast.scenario.act(
        MANAGER,
        let_go.clone(),
        expect!["mistake in case: A second person has to agree to it"],
    );
    let at = [("case", "10000001")];
    let one = cast
        .scenario
        .page(cast.chair, "/concerns/low-level/{case}", &at);
    assert!(one.contains("Agree to let it go"), "{one}");
    cast.scenario
        .act(cast.chair, let_go, expect!["concerns.let-go"]);
    let gone: Vec<String> = cast.scenario.setting.erased().map(|(of, _)| of).collect();
    assert_eq!(gone, ["case:10000001"]);
    let page = cast.scenario.page(MANAGER, "/concerns/low-level", &[]);
    assert!(!page.contains("Tomos Reed"), "{page}");
}

#[test]
fn with_one_and_without_one_everybody_else_sees_the_same_pages() {
    let without = cast();
    let mut with = cast();
    with.scenario.done(with.rosa, tell(with.tomos, "A remark"));
    with.scenario.done(with.chair, decide(Outcome::Advice));
    let number = ONE.to_string();
    let mut compared = 0;
    for page in families::pages() {
        let parts = page.path.split('/').filter(|part| part.starts_with('{'));
        let params: Vec<(&str, &str)> = parts
            .map(|part| {
                let name = part.trim_matches(['{', '}']);
                (name, if name == "case" { number.as_str() } else { "1" })
            })
            .collect();
        for who in [with.lead, with.deputy, with.rosa, with.tomos] {
            let one = without.scenario.page(who, page.path, &params);
            let two = with.scenario.page(who, page.path, &params);
            assert_eq!(one, two, "{} for {who:?}", page.path);
            compared += 1;
        }
        let one = without.scenario.page(Who::Nobody, page.path, &params);
        assert_eq!(one, with.scenario.page(Who::Nobody, page.path, &params));
    }
    assert!(compared > 150, "{compared}");
    for who in [with.lead, with.rosa, with.tomos] {
        for case in [ONE, LOW_LEVEL + 99] {
            let act = low(LowLevel::Decide {
                case,
                outcome: Outcome::Advice,
                why: "x".to_owned(),
            });
            let said = with.scenario.try_act(who, &act);
            let said = with.scenario.in_words(&said);
            assert_eq!(said, "not allowed: people whom it concerns may");
        }
    }
    // A report of another kind changes nothing of who sees it.
    with.scenario
        .done(with.rosa, report("A bruise", None, None));
    assert!(!sees(&with, with.lead, ONE));
}
