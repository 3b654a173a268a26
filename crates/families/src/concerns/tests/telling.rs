//! Where a worry comes from, and that it is taken once: the form in pictures, the code on the wall,
//! a report that had to wait on a device.

use super::report::{cast, sees};
use crate::{
    concerns::once,
    spine::{
        act::{Act, Who},
        answers::Answers,
        page::FieldKind,
        scenario::{MANAGER, Scenario},
        tongue::Tongue,
        wakes::wakes,
    },
};
use expect_test::expect;
use kernel::moment::Moment;

const NAME: &str = "0f0e0d0c0b0a09080706050403020100";

fn filled(once: &str, what: &str) -> Answers {
    Answers::default()
        .with("what", what)
        .with("danger", "no")
        .with(once::ONCE, once)
}

fn act(answers: &Answers) -> Act {
    Scenario::form("concerns.report")
        .act(answers)
        .expect("an act")
}

#[test]
fn a_report_that_is_sent_twice_is_taken_once_and_the_answer_is_the_same() {
    let mut cast = cast();
    let first = act(&filled(NAME, "A bruise"));
    let rosa = cast.rosa;
    cast.scenario
        .act(rosa, first.clone(), expect!["concerns.reported"]);
    cast.scenario.act(rosa, first.clone(), expect![""]);
    // Whoever sends it again: a tablet that sends it late has no session any more.
    cast.scenario.act(Who::Nobody, first, expect![""]);
    assert_eq!(cast.scenario.setting.concerns.cases().count(), 1);
}

#[test]
fn other_words_under_the_same_name_are_another_report() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, act(&filled(NAME, "A bruise")));
    cast.scenario
        .done(cast.rosa, act(&filled(NAME, "Another bruise")));
    cast.scenario
        .act(cast.rosa, act(&filled(NAME, "A bruise")), expect![""]);
    // What is no chance is no name: then each is a report of its own.
    for short in ["", "1", "not a name of chance at all"] {
        cast.scenario
            .done(cast.rosa, act(&filled(short, "A bruise")));
    }
    assert_eq!(cast.scenario.setting.concerns.cases().count(), 5);
}

#[test]
fn a_report_that_waited_on_a_device_says_when_it_was_written_and_who_gave_a_name() {
    let mut cast = cast();
    let answers = filled(NAME, "Shouting at the gate")
        .with(once::WRITTEN, "1788339600000")
        .with("reporter", "Ada Finch")
        .with("reach", "01632 960 777")
        .with("time", "after lunch");
    cast.scenario.done(Who::Nobody, act(&answers));
    let at = [("case", "1")];
    let page = cast.scenario.page(cast.lead, "/concerns/cases/{case}", &at);
    for words in [
        "2 September 2026",
        "Ada Finch",
        "01632 960 777",
        "after lunch",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn a_child_tells_with_pictures_and_the_lead_is_told_without_anybodys_name() {
    let mut cast = cast();
    let form = Scenario::form("concerns.tell");
    let answers = Answers::default()
        .with("who", "me")
        .with("what", "hurt")
        .with("what", "home")
        .with("feel", "scared")
        .with("words", "he shouted");
    let told = form.act(&answers).expect("an act");
    assert!(told.is_unnamed() && told.name() == "concerns.tell");
    // On the tablet of somebody who is signed in, who is not who tells.
    cast.scenario
        .act(cast.rosa, told, expect!["concerns.reported"]);
    let at = [("case", "1")];
    let page = cast.scenario.page(cast.lead, "/concerns/cases/{case}", &at);
    for words in [
        "Somebody was hurt, Something at home",
        "Scared",
        "he shouted",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!sees(&cast, cast.rosa, "1"));
    let thanks = cast.scenario.page(Who::Nobody, "/concerns/told", &[]);
    assert!(thanks.contains("Thank you for telling") && !thanks.contains("shouted"));
}

#[test]
fn the_form_in_pictures_needs_one_press_and_has_a_picture_for_each_answer() {
    let form = Scenario::form("concerns.tell");
    assert!(form.act(&Answers::default().with("what", "else")).is_ok());
    assert!(form.act(&Answers::default()).is_err());
    let keys = form.fields.iter().filter_map(|field| match field.kind {
        FieldKind::Several(options) => Some(options.iter().map(|(key, _)| *key)),
        _ => None,
    });
    let drawn = |key: &str| kit::picture::picture(key).into_string();
    let plain = drawn("nothing that is known");
    for key in keys
        .flatten()
        .filter(|key| !["else", "unsure"].contains(key))
    {
        assert_ne!(drawn(key), plain, "{key}");
    }
}

#[test]
fn the_poster_holds_an_address_and_nothing_that_says_who_or_where() {
    let cast = cast();
    let poster = cast.scenario.page(cast.rosa, "/concerns/poster", &[]);
    assert!(poster.contains("/concerns/report") && poster.contains("/concerns/tell"));
    for more in ["/report?", "/report/", "/tell?", "/tell/"] {
        assert!(
            !poster.contains(more),
            "nothing goes along with the address"
        );
    }
    for tongue in Tongue::ALL {
        assert!(
            poster.contains(&tongue.say("poster-child")),
            "{}",
            tongue.code()
        );
    }
    assert_eq!(
        cast.scenario.page(Who::Nobody, "/concerns/poster", &[]),
        "not allowed"
    );
}

#[test]
fn the_next_person_is_asked_in_the_second_in_which_the_minute_comes() {
    let mut cast = cast();
    cast.scenario
        .done(cast.rosa, act(&filled(NAME, "A bruise")));
    let reported = cast.scenario.setting.concerns.cases().next().unwrap().at;
    let after = |seconds: i64| Moment::from_micros(reported.micros() + seconds * 1_000_000);
    // The program asks each second what the clock owes. The policy says 20 minutes.
    let owed = |seconds: &i64| {
        let now = after(*seconds);
        !wakes(&cast.scenario.setting, &cast.scenario.in_force, now).is_empty()
    };
    let first = (0..3_600).find(owed).expect("somebody is asked");
    assert!((20 * 60 - 5..=20 * 60 + 5).contains(&first), "{first}");
    let lead = cast.lead;
    let take = Act::Concerns(crate::concerns::acts::Act::TakeOn { case: 1 });
    cast.scenario.done(lead, take);
    let owed = wakes(
        &cast.scenario.setting,
        &cast.scenario.in_force,
        after(3_600),
    );
    assert!(owed.is_empty() && !sees(&cast, MANAGER, "1"));
}
