//! An action from what was learned: whoever does it sees what is to change, and nothing of the case.

use crate::{
    concerns::{
        acts::{Act, need_for_lesson},
        register::Lesson,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    facts::{Fact, facts},
    navigation, text,
};
use maud::html;

/// An action.
pub(super) const LESSON: Page = Page {
    path: "/concerns/actions/{lesson}",
    title: "An action from what was learned",
    menu: 0,
    help: "Something that is to change because of what was learned. Say how it was done when it is done.",
    need,
    lines: None,
    show,
};

/// Say that it has changed.
pub(super) const FINISH_LESSON: Form = Form {
    act: "concerns.finish-lesson",
    path: "/concerns/finish-lesson",
    title: "Finish an action",
    button: "It is done",
    help: "Say what has changed, without anybody’s name.",
    need,
    fields: &[
        Field::new("lesson", "Action", FieldKind::Hidden),
        Field::new("how", "What has changed?", FieldKind::Text(2_000)),
    ],
    start,
    read: |answers: &Answers| {
        Some(AnyAct::Concerns(Act::FinishLesson {
            lesson: answers.number("lesson")?,
            how: answers.text("how")?,
        }))
    },
    then: |answers| {
        let lesson: u32 = answers.number("lesson").unwrap_or(0);
        format!("/concerns/actions/{lesson}")
    },
};

fn need(params: &Params, setting: &Setting) -> Need {
    need_for_lesson(params.number("lesson").unwrap_or(0), setting)
}

fn find<'a>(view: &View<'a>, params: &Params) -> Option<&'a Lesson> {
    view.setting.concerns.lesson(params.number("lesson")?)
}

fn start(view: &View<'_>, params: &Params) -> Start {
    let Some(lesson) = find(view, params) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let what = view.open(&lesson.what).unwrap_or_default();
    Start {
        answers: Answers::from_params(params),
        above: Some(text::lead(what)),
        not_here: false,
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(lesson) = find(view, params) else {
        return Shown::NotHere;
    };
    let title = format!("Action {}", lesson.number);
    let how = lesson.done.as_ref().and_then(|how| view.open(how));
    let mut rows = vec![
        Fact::new(
            "What is to change",
            view.open(&lesson.what).unwrap_or_default(),
        ),
        Fact::new("Who", view.name(lesson.owner)),
        Fact::new("By", date_in_words(lesson.due)),
    ];
    if let Some(how) = &how {
        rows.push(Fact::new("Done", how));
    }
    if view.has(&Need::OnCase(lesson.case)) {
        let to = format!("/concerns/cases/{}", lesson.case);
        rows.push(Fact::new("From", text::link(&to, "the case")));
    }
    let number = lesson.number.to_string();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1(&title))
        (facts(&rows))
        @if how.is_none() { (button("It is done").to(address("/concerns/finish-lesson", &[("lesson", &number)]))) }
    };
    Shown::Page(title, content)
}
