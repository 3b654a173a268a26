//! What is kept and until when on the page of a case, the forms that decide on it, and what was let go.

use super::{
    acts::Act as Keep,
    entries::{Ground, Why},
    register::Gone,
};
use crate::{
    concerns::{
        acts::Act,
        circle, matter,
        pages::{case as case_of, name, start_in_case},
        register::Case,
        retention,
    },
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const CASE: Field = Field::new("case", "Case", FieldKind::Hidden);
const WORDS_MAX: usize = 2_000;

/// On what ground a case is kept on.
const BASES: &[(&str, &str)] = &[
    (
        "inquiry",
        "An inquiry, an investigation or a court case goes on, or may come",
    ),
    ("claim", "A claim may come, or our insurer asks for it"),
    (
        "person",
        "The person whom it is about may need it, or asked for it",
    ),
    ("abuse", "It touches child sexual abuse"),
    ("linked", "Another case that is still kept needs it"),
    ("other", "Something else, as written below"),
];

/// Keep a case on.
pub(in crate::concerns) const KEEP_ON: Form = Form {
    act: "concerns.keep-on",
    path: "/concerns/keep-on",
    title: "Keep a case on",
    button: "Keep it on",
    help: "The time for which a case of this kind is kept is over, or will be. Say until when it is kept on, on what ground and why; on that day it is looked at again.\nKeep no longer than there is a reason for: the people in it have a right to that.",
    need: on_case,
    fields: &[
        CASE,
        Field::new("until", "Keep it until", FieldKind::Date),
        Field::new("basis", "On what ground?", FieldKind::Choice(BASES)),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: start_in_case,
    read: |answers| {
        act(Keep::KeepOn {
            case: answers.number("case")?,
            until: answers.date("until")?,
            why: Why {
                basis: answers.text("basis")?,
                words: answers.text("why")?,
            },
        })
    },
    then: to_case,
};

/// Ask to let a case go.
pub(in crate::concerns) const ASK: Form = Form {
    act: "concerns.ask-let-go",
    path: "/concerns/ask-let-go",
    title: "Ask to let a case go",
    button: "Ask a second person",
    help: "Read the case through first. A second person who is on it has to agree; until then nothing happens.\nWhen they agree, the key of the case is destroyed: nobody can read it any more, neither here nor in a backup. That it was there, who asked, who agreed and on what ground stays.",
    need: on_case,
    fields: &[
        CASE,
        Field::new("ground", "On what ground?", FieldKind::Choice(Ground::KEYS)),
        Field::new(
            "why",
            "Why is it no longer needed?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("The second person reads this. It goes with the rest"),
    ],
    start: start_in_case,
    read: |answers| {
        act(Keep::AskLetGo {
            case: answers.number("case")?,
            ground: Ground::from_key(&answers.text("ground")?)?,
            why: answers.text("why")?,
        })
    },
    then: to_case,
};

/// Agree to it.
pub(in crate::concerns) const LET_GO: Form = Form {
    act: "concerns.let-go",
    path: "/concerns/agree-to-let-go",
    title: "Agree to let it go",
    button: "Let it go for good",
    help: "You are the second person. Read it through before you agree: what is let go can’t be brought back by anybody.\nIf you do not agree, leave this page, and say until when it is kept on.",
    need: on_case,
    fields: &[
        CASE,
        Field::new(
            "understood",
            "I have read it, and I know that nobody can read it after this",
            FieldKind::Confirm,
        ),
    ],
    start: start_of_either,
    read: |answers| {
        act(Keep::LetGo {
            case: answers.number("case")?,
        })
    },
    then: |_| "/concerns/let-go".to_owned(),
};

/// Set a hold.
pub(in crate::concerns) const HOLD: Form = Form {
    act: "concerns.hold",
    path: "/concerns/hold",
    title: "Set a hold on a case",
    button: "Set the hold",
    help: "While a hold stands, this case can’t be let go, however long it has been kept: for an inquiry, a complaint, a request of the police or a court. On the day that you give, somebody looks whether it is still needed.\nOnly those who are on the case see that there is a hold.",
    need: on_case,
    fields: &[
        CASE,
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
        Field::new("review", "When is it looked at again?", FieldKind::Date),
    ],
    start: start_in_case,
    read: |answers| {
        act(Keep::Hold {
            case: answers.number("case")?,
            why: answers.text("why")?,
            review: answers.date("review")?,
        })
    },
    then: to_case,
};

/// Lift it.
pub(in crate::concerns) const LIFT: Form = Form {
    act: "concerns.lift-hold",
    path: "/concerns/lift-hold",
    title: "Lift the hold on a case",
    button: "Lift the hold",
    help: "Lifting a hold lets nothing go. It only makes it possible again, once the time for keeping is over and two people agree.",
    need: on_case,
    fields: &[CASE, Field::new("why", "Why?", FieldKind::Text(WORDS_MAX))],
    start: start_in_case,
    read: |answers| {
        act(Keep::Lift {
            case: answers.number("case")?,
            why: answers.text("why")?,
        })
    },
    then: to_case,
};

/// What was let go.
pub(in crate::concerns) const GONE: Page = Page {
    path: "/concerns/let-go",
    title: "What was let go",
    menu: 0,
    help: "Cases that were kept long enough and that two people let go: nobody can read them any more. Here stands that they were there, who asked, who agreed, and on what ground. You see those that you could read before.",
    need: |_, _| crate::concerns::handed::acts::need(),
    lines: None,
    show: gone,
};

fn act(act: Keep) -> Option<AnyAct> {
    Some(AnyAct::Concerns(Act::Keeping(act)))
}

fn on_case(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn to_case(answers: &Answers) -> String {
    let number: u32 = answers.number("case").unwrap_or(0);
    format!("/concerns/cases/{number}")
}

/// A case, or a low-level concern; with why it was asked for.
fn start_of_either(view: &View<'_>, params: &Params) -> Start {
    let number: u32 = params.number("case").unwrap_or(0);
    let low_level = view.setting.concerns.low_level().find(number);
    let low_level = low_level.filter(|one| one.gone.is_none());
    let (lead, asked) = match (case_of(view, params), low_level) {
        (Some(case), _) => {
            let lead = format!("Case {}", case.reference);
            (lead, case.keeping.asked.as_ref())
        }
        (None, Some(one)) => {
            let told = date_in_words(one.at.date());
            let lead = format!("About {}, told on {told}", name(view, one.about));
            (lead, one.asked.as_ref())
        }
        (None, None) => (String::new(), None),
    };
    let above = asked.map(|asked| {
        let by = person(view, asked.by);
        let why = view.open(&asked.why).unwrap_or_default();
        html! {
            (text::lead(lead))
            (text::inset(html! {
                (text::paragraph(format!("{by} asks for it, {}. {}.", asked.at.in_words(), asked.ground.in_words())))
                (text::paragraph(why))
            }))
        }
    });
    Start {
        answers: Answers::from_params(params),
        not_here: above.is_none(),
        above,
    }
}

fn person(view: &View<'_>, who: Option<Person>) -> String {
    who.map_or_else(|| "somebody".to_owned(), |who| name(view, who))
}

/// How long a case is kept, and what can be decided about it.
pub(in crate::concerns) fn of_case(view: &View<'_>, case: &Case) -> Markup {
    let kept = retention::of(view, case);
    let mut rows: Vec<Fact> = retention::rows(&kept)
        .into_iter()
        .map(|(label, words)| Fact::new(label, words))
        .collect();
    if let Some(until) = &case.keeping.until {
        let why = view.open(&until.why).unwrap_or_default();
        let basis = BASES.iter().find(|(key, _)| *key == why.basis);
        let basis = basis.map(|(_, words)| *words).unwrap_or_default();
        let words = format!(
            "Until {}, as {} decided on {}. {basis}: {}",
            date_in_words(until.day),
            person(view, until.by),
            date_in_words(until.at.date()),
            why.words
        );
        rows.push(Fact::new("Kept on", words));
    }
    if let Some(hold) = &case.keeping.hold {
        let words = format!(
            "Set by {} on {}, looked at again on {}: {}",
            person(view, hold.by),
            date_in_words(hold.at.date()),
            date_in_words(hold.review),
            view.open(&hold.why).unwrap_or_default()
        );
        rows.push(Fact::new("Hold on this case", words));
    }
    html! {
        (text::h2("How long it is kept"))
        (facts(&rows))
        (decide(view, case, &kept))
    }
}

fn decide(view: &View<'_>, case: &Case, kept: &retention::Kept) -> Markup {
    let number = case.number.to_string();
    let to = |what: &str| address(&format!("/concerns/{what}"), &[("case", &number)]);
    let decided = case.keeping.until.as_ref().map(|until| until.day);
    let until = kept.until.max(decided);
    let is_over = case.is_closed() && until.is_some_and(|until| until <= view.today);
    let held = case.keeping.hold.is_some();
    let asked = case.keeping.asked.as_ref();
    let by_me = asked.is_some_and(|asked| asked.by == view.person());
    html! {
        @if is_over {
            (text::inset(html! {
                (text::paragraph("This case has been kept as long as its kind is kept. Read it through: keep it on with a reason and a new day, or let it go. Letting it go takes two people. Nothing goes by itself."))
                @if held || kept.held.is_some() { (text::paragraph("A hold stops that it goes.")) }
                @if by_me { (text::paragraph("You asked to let it go. A second person who is on the case has to agree. If nobody else is on it, share it first.")) }
            }))
        }
        (buttons(html! {
            @if is_over && !held && kept.held.is_none() {
                @if asked.is_some() && !by_me { (button("Agree to let it go").to(to("agree-to-let-go")).secondary()) }
                @if asked.is_none() { (button("Ask to let it go").to(to("ask-let-go")).secondary()) }
            }
            @if case.is_closed() { (button("Keep it on").to(to("keep-on")).secondary()) }
            @if held { (button("Lift the hold").to(to("lift-hold")).secondary()) }
            @else { (button("Set a hold").to(to("hold")).secondary()) }
        }))
    }
}

/// What this reader could read before it was let go.
fn mine<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Gone> {
    let (who, setting, today) = (view.who, view.setting, view.today);
    let all = setting.concerns.all_gone().rev();
    all.filter(move |gone| circle::is_on(who, gone.case.number, setting, today))
}

/// Whether there is anything that this reader could read before.
pub(in crate::concerns) fn has_page(view: &View<'_>) -> bool {
    mine(view).next().is_some()
}

fn gone(view: &View<'_>, _: &Params) -> Shown {
    let rows: Vec<Vec<Markup>> = mine(view)
        .map(|gone| {
            let ended = gone.case.outcome.as_ref().map(|ended| ended.at.date());
            vec![
                text::text(&gone.case.reference),
                text::text(date_in_words(gone.case.at.date())),
                text::text(ended.map(date_in_words).unwrap_or_default()),
                text::text(date_in_words(gone.at.date())),
                text::text(format!(
                    "{} and {}",
                    person(view, gone.asked_by),
                    person(view, gone.by)
                )),
                text::text(gone.ground.in_words()),
            ]
        })
        .collect();
    let columns = ["Case", "Reported", "Closed", "Let go", "By", "Ground"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("What was let go"))
        @if rows.is_empty() {
            (guide::empty("Nothing that you could read has been let go. What has been kept long enough is shown on Today, and two people decide on it.", Some(("/concerns", "Concerns"))))
        } @else {
            (Table::new("What was let go", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("What was let go".to_owned(), content)
}

/// What can be asked for on a low-level concern beside looking at it again.
pub(in crate::concerns) fn of_low_level(
    view: &View<'_>,
    one: &crate::concerns::low_level::register::LowLevel,
) -> Markup {
    debug_assert!(!matter::is_case(one.number));
    let Some(asked) = &one.asked else {
        return html! {};
    };
    let to = address(
        "/concerns/agree-to-let-go",
        &[("case", &one.number.to_string())],
    );
    html! {
        (text::inset(html! {
            (text::paragraph(format!("{} asked to let it go, {}.", person(view, asked.by), asked.at.in_words())))
            (text::paragraph(view.open(&asked.why).unwrap_or_default()))
            @if asked.by == view.person() {
                (text::paragraph("The other person who sees it has to agree."))
            } @else {
                (text::paragraph(text::link(&to, "Agree to let it go")))
            }
        }))
    }
}
