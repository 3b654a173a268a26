//! Every form, filled in with nonsense: the answer is an act or mistakes in words, never a panic;
//! whatever act comes of it is judged without one, and the form can be drawn again.

use super::{
    answers::Answers,
    draw,
    judge::No,
    page::{Form, Params},
    scenario::{MANAGER, Scenario},
};
use crate::{families, people::group::Group};
use kit::form::Problems;
use proptest::prelude::*;

/// One answer: plausible, empty, huge, of the wrong kind, or hostile.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        " ",
        "0",
        "1",
        "2",
        "3",
        "-1",
        "99999999999999999999",
        "1e3",
        "0x10",
        "NaN",
        "yes",
        "no",
        "true",
        "staff",
        "child",
        "parent",
        "england",
        "manager",
        "lead",
        "2026-09-03",
        "2027-02-29",
        "0000-00-00",
        "9999-12-31",
        "-9999-01-01",
        "31",
        "Feb",
        "a@b.example",
        "@",
        "01632 960 001",
        "'; DROP TABLE lines; --",
        "\" OR 1=1 --",
        "<script>alert(1)</script>",
        "</textarea><b>",
        "&amp;",
        "{{7*7}}",
        "../../etc/passwd",
        "\u{E000}1\u{E000}",
        "\u{E001}1\u{E001}",
        "\u{202E}desrever",
        "\u{0}\u{7}",
        "\r\n\r\nX: y",
        "🦉🦉🦉",
        "Ж",
        "A long line with many words",
        "plum tree hat",
        "[policy]\ntitle = 1",
        "person",
        "x.y",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        2 => ".{0,40}",
        1 => "\\PC{0,300}",
        1 => (1_000..30_000_usize).prop_map(|length| "a".repeat(length)),
        1 => any::<i64>().prop_map(|number| number.to_string()),
    ]
}

/// Answers to some fields of a form, each some times over, and to fields that it does not have.
fn answers(form: &'static Form) -> impl Strategy<Value = Answers> {
    let mut names: Vec<String> = Vec::new();
    for field in form.fields {
        names.push(field.name.to_owned());
        for part in ["day", "month", "year"] {
            names.push(format!("{}-{part}", field.name));
        }
    }
    names.extend(["made-code", "made-hash", "made-token", "act"].map(str::to_owned));
    let one = prop::option::weighted(0.8, prop::collection::vec(word(), 1..3));
    prop::collection::vec(one, names.len()).prop_map(move |words| {
        let mut answers = Answers::default();
        for (name, said) in names.iter().zip(words) {
            for word in said.unwrap_or_default() {
                answers.add(name, &word);
            }
        }
        answers
    })
}

fn setting() -> Scenario {
    let mut scenario = Scenario::with_template("preschool");
    scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.person("Wren Ash", &[Group::Child]);
    scenario
}

fn is_in_words(says: &str) -> bool {
    says.chars().count() > 3
        && says.contains(' ')
        && !["panicked", "Some(", "None", "Err(", "::"]
            .iter()
            .any(|code| says.contains(code))
}

fn try_form(scenario: &mut Scenario, form: &'static Form, answers: &Answers) {
    let mut problems = Problems::none();
    let mistakes = match form.act(answers) {
        Err(mistakes) => mistakes,
        Ok(act) => {
            assert_eq!(act.name(), form.act);
            match scenario.try_act(MANAGER, &act) {
                Err(No::Mistakes(mistakes)) => mistakes,
                Ok(_) | Err(No::NotAllowed(_) | No::Refused(_) | No::Ask(_)) => Vec::new(),
            }
        }
    };
    for mistake in mistakes {
        assert!(is_in_words(&mistake.says), "{}: {}", form.act, mistake.says);
        problems.add(mistake.field.unwrap_or_default(), mistake.says);
    }
    let drawn = scenario.view(MANAGER, |view| {
        draw::form(form, view, form.path, answers, &problems).into_string()
    });
    assert!(!drawn.contains("<script>alert(1)"), "{}", form.act);
    assert!(
        !drawn.contains("plum tree hat") || !has_password(form),
        "{}",
        form.act
    );
}

fn has_password(form: &Form) -> bool {
    use super::page::FieldKind;
    form.fields
        .iter()
        .all(|field| matches!(field.kind, FieldKind::Password | FieldKind::NewPassword))
}

#[test]
fn nonsense_in_any_form_is_answered_in_words() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    for form in families::forms() {
        let tried = runner.run(&answers(form), |answers| {
            try_form(&mut setting(), form, &answers);
            Ok(())
        });
        if let Err(error) = tried {
            panic!("{}: {error}", form.act);
        }
    }
}

#[test]
fn nonsense_in_any_address_is_answered_with_a_page_or_none() {
    let scenario = setting();
    let nonsense = [
        "",
        "0",
        "-1",
        "99999999999",
        "'; --",
        "<b>",
        "🦉",
        "\u{E000}1\u{E000}",
        "a/b",
    ];
    let names = [
        "person", "room", "seq", "name", "group", "who", "page", "before", "about", "clause",
        "role", "version", "number", "family", "standing", "control", "report", "token", "first",
        "file",
    ];
    for word in nonsense {
        let params = Params(
            names
                .iter()
                .map(|name| ((*name).to_owned(), word.to_owned()))
                .collect(),
        );
        for page in families::pages() {
            let all: Vec<(&str, &str)> = names.iter().map(|name| (*name, word)).collect();
            let shown = scenario.page(MANAGER, page.path, &all);
            assert!(!shown.contains("'; --<b>"), "{}", page.path);
        }
        for form in families::forms() {
            scenario.view(MANAGER, |view| {
                let _ = (form.need)(&params, view.setting);
                let start = (form.start)(view, &params);
                let drawn = draw::form(form, view, form.path, &start.answers, &Problems::none());
                assert!(!drawn.into_string().is_empty());
            });
        }
    }
}
