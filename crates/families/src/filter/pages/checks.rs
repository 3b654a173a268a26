//! How the filter was tried: by itself, and by people who check it on a device, step by step on a
//! phone. What was wrong is told to the safeguarding lead at once.

use super::around;
use crate::{
    devices::kinds::Users,
    filter::{
        acts::{
            Act as Filter, WORDS_MAX,
            evidence::{Act, team},
        },
        controls::checks::occasion,
        entries::evidence::{Came, Tested},
        register::evidence::Check,
        steps,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide, navigation, notice,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many past checks and trials are shown.
const SHOWN_MAX: usize = 30;
/// How many findings of a trial are shown.
const FINDINGS_MAX: usize = 20;

/// The checks.
pub(super) const CHECKS: Page = Page {
    path: "/filter/checks",
    title: "Checks of the filter",
    menu: 0,
    help: "The filter tries itself when it starts, after each change and every night: known samples of every kind have to be closed, known good sites have to open, searches have to be safe, ways round have to fail.\nThat does not see what a device does by itself. So people check on devices, too: take a device, press “Check a device” on your phone, and go through the steps.",
    need: |_, _| team(),
    lines: None,
    show,
};

/// One check.
pub(super) const CHECK: Page = Page {
    path: "/filter/checks/{check}",
    title: "A check of the filter",
    menu: 0,
    help: "What was tried on the device, and what came of it.",
    need: |_, _| team(),
    lines: None,
    show: |view, params| {
        let found = params.number("check");
        let found = found.and_then(|number| view.setting.filter.evidence().check(number));
        let Some(check) = found else {
            return Shown::NotHere;
        };
        let title = format!("Check {}", check.begun.check);
        Shown::Page(title.clone(), one(view, check, &title))
    },
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let known = view.setting.filter.evidence();
    let content = html! {
        (around(view, "/filter/checks"))
        (text::h1("Checks of the filter"))
        (buttons(html! { (button("Check a device").to("/filter/checks/begin")) }))
        (text::h2("On devices, by people"))
        (by_hand(view))
        (text::h2("By the filter itself"))
        @match known.last_trial() {
            Some(last) => { (trial(last)) (trials(view)) }
            None => { (guide::empty("Here stands how the filter tried itself. It has not done so yet: no filter runs with this program, or it has just begun.", None)) }
        }
    };
    Shown::Page("Checks of the filter".to_owned(), content)
}

fn device(view: &View<'_>, check: &Check) -> String {
    let name = check
        .begun
        .device
        .map(|device| view.setting.devices.name(device));
    name.unwrap_or("A device").to_owned()
}

fn result(check: &Check) -> Markup {
    let wrong = check.count(Came::Wrong);
    if wrong > 0 {
        return tag(format!("{wrong} wrong"), Colour::Red);
    }
    if check.done().is_none() {
        return tag("Not ended", Colour::Blue);
    }
    match check.count(Came::NotTried) {
        0 => tag("All right", Colour::Green),
        some => tag(format!("Right; {some} not tried"), Colour::Green),
    }
}

fn by_hand(view: &View<'_>) -> Markup {
    let known = view.setting.filter.evidence();
    let rows = known.checks().rev().take(SHOWN_MAX).map(|check| {
        let at = format!("/filter/checks/{}", check.begun.check);
        vec![
            text::link(&at, device(view, check)),
            text::text(check.begun.users.in_words()),
            text::text(check.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(check.at.in_words()),
            result(check),
        ]
    });
    html! {
        @if known.checks().next().is_none() {
            (guide::empty("Here stands what people found when they checked the filter on a device. Nobody has yet.", Some(("/filter/checks/begin", "Check a device"))))
        } @else {
            (Table::new("Checks by people", ["Device", "Who uses it", "Checked by", "When", "Result"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn trial(last: &Tested) -> Markup {
    let faults = last.faults.map(|(put, noticed)| {
        format!("{noticed} of {put} faults that were put in on purpose were noticed")
    });
    let mut rows = vec![
        Fact::new("When", last.at.in_words()),
        Fact::new("Why", occasion(&last.occasion)),
        Fact::new("Questions", last.tried),
        Fact::new("Wrong answers", last.wrong),
    ];
    rows.extend(faults.map(|words| Fact::new("Would it notice?", words)));
    html! {
        @if last.wrong > 0 {
            (text::warning("Not all is as it should be. The safeguarding lead has been told."))
        }
        (facts(&rows))
        @if !last.findings.is_empty() {
            (text::h3("What was wrong"))
            (text::bullets(&last.findings.iter().take(FINDINGS_MAX).collect::<Vec<_>>()))
        }
        @if !last.over_blocked.is_empty() {
            (text::h3("What has to stay open and was closed"))
            (text::bullets(&last.over_blocked.iter().take(FINDINGS_MAX).collect::<Vec<_>>()))
        }
    }
}

fn trials(view: &View<'_>) -> Markup {
    let known = view.setting.filter.evidence();
    let rows = known.trials().rev().take(SHOWN_MAX).map(|trial| {
        vec![
            text::text(trial.at.in_words()),
            text::text(occasion(&trial.occasion)),
            text::text(trial.tried),
            text::text(trial.wrong),
        ]
    });
    let columns = [
        Column::words("When"),
        Column::words("Why"),
        Column::numbers("Questions"),
        Column::numbers("Wrong"),
    ];
    text::details(
        "Earlier trials",
        Table::new("Earlier trials", columns)
            .caption_unseen()
            .first_cell_heads()
            .rows(rows),
    )
}

fn one(view: &View<'_>, check: &Check, title: &str) -> Markup {
    let rows = check.begun.steps.iter().map(|key| {
        let taken = check.steps.get(key);
        let came = match taken.map(|(step, _)| step.came) {
            Some(Came::Right) => tag("Right", Colour::Green),
            Some(Came::Wrong) => tag("Wrong", Colour::Red),
            Some(Came::NotTried) => tag("Not tried", Colour::Yellow),
            None => tag("Open", Colour::Blue),
        };
        let note = taken.map(|(step, _)| step.note.clone()).unwrap_or_default();
        vec![text::text(steps::shown(key).title), came, text::text(note)]
    });
    let own = check.by.is_some() && check.by == view.person();
    let number = check.begun.check.to_string();
    html! {
        (navigation::breadcrumbs(&[("/filter", "Filter"), ("/filter/checks", "Checks")]))
        (guide::identity_bar(device(view, check), &[("Who uses it", check.begun.users.in_words()), ("Checked on", &check.at.in_words())]))
        (text::h1(title))
        @if check.count(Came::Wrong) > 0 {
            (notice::important(text::paragraph("Something was not as it should be. The safeguarding lead has been told. Put the device away until it has been seen to.")))
        }
        @if own && check.next_step().is_some() {
            (buttons(html! { (button("Go on").to(address("/filter/checks/step", &[("check", &number)]))) }))
        }
        (Table::new("Steps", ["Step", "Came", "Note"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        @if check.done().is_some() {
            (buttons(html! { (button("Check another device").to("/filter/checks/begin").secondary()) }))
        }
    }
}

fn devices(view: &View<'_>) -> Vec<(String, String)> {
    let kept = view.setting.devices.kept();
    // Children’s devices first: they matter most.
    let mut all: Vec<(bool, String, u32)> = kept
        .map(|device| {
            let others = device.about.users != Users::Children;
            (others, device.about.name.clone(), device.number)
        })
        .collect();
    all.sort_by_key(|(others, name, _)| (*others, name.to_lowercase()));
    all.into_iter()
        .map(|(_, name, number)| (number.to_string(), name))
        .collect()
}

/// Begin a check.
pub(super) const BEGIN: Form = Form {
    act: "filter.begin-check",
    path: "/filter/checks/begin",
    title: "Check a device",
    button: "Begin",
    help: "It takes about five minutes. Have the device in front of you, and this page on your phone or another device. Do it while no child is near.",
    need: |_, _| team(),
    fields: &[Field::new(
        "device",
        "Which device?",
        FieldKind::ChoiceOf(devices),
    )],
    start: |view, params| Start {
        answers: Answers::from_params(params),
        above: Some(html! {
            @if devices(view).is_empty() {
                (text::inset(html! { "No device is on the register yet. " (text::link("/devices", "Devices")) }))
            }
        }),
        not_here: false,
    },
    read: |answers| {
        let device = answers.number("device")?;
        Some(AnyAct::Filter(Filter::Evidence(Act::BeginCheck { device })))
    },
    then: |_| "/filter/checks/step".to_owned(),
};

const CAME: &[(&str, &str)] = &[
    ("right", "Yes, it was so"),
    ("wrong", "No"),
    ("not-tried", "I could not try it"),
];

/// Take a step.
pub(super) const STEP: Form = Form {
    act: "filter.take-step",
    path: "/filter/checks/step",
    title: "Check a device, step by step",
    button: "Next",
    help: "Do what it says on the device, look what comes, and say it here. Then the next step comes by itself.",
    need: |_, _| team(),
    fields: &[
        Field::new("check", "Check", FieldKind::Hidden),
        Field::new("step", "Step", FieldKind::Hidden),
        Field::new("last", "Last", FieldKind::Hidden).optional(),
        Field::new("came", "Was it so?", FieldKind::Choice(CAME)),
        Field::new(
            "note",
            "What came instead, or why not?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("When it was not so, or could not be tried")
        .optional(),
    ],
    start: start_step,
    read: |answers| {
        let came = match answers.text("came")?.as_str() {
            "right" => Came::Right,
            "wrong" => Came::Wrong,
            "not-tried" => Came::NotTried,
            _ => return None,
        };
        Some(AnyAct::Filter(Filter::Evidence(Act::TakeStep {
            check: answers.number("check")?,
            step: answers.text("step")?,
            came,
            note: answers.text("note").unwrap_or_default(),
        })))
    },
    then: |answers| {
        let check = answers.text("check").unwrap_or_default();
        if answers.text("last").is_some() {
            return format!("/filter/checks/{check}");
        }
        address("/filter/checks/step", &[("check", &check)])
    },
};

/// The first open step of a check: of the one that the address names, or of the reader’s newest.
fn start_step(view: &View<'_>, params: &Params) -> Start {
    let known = view.setting.filter.evidence();
    let mine = |check: &&Check| check.by.is_some() && check.by == view.person();
    let found = match params.number("check") {
        Some(number) => known.check(number).filter(mine),
        None => known
            .checks()
            .rev()
            .filter(mine)
            .find(|check| check.next_step().is_some()),
    };
    let step = found.and_then(|check| Some((check, check.next_step()?)));
    let Some((check, key)) = step else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let mut answers = Answers::from_params(params);
    answers.remove("check");
    answers.remove("step");
    answers.add("check", &check.begun.check.to_string());
    answers.add("step", key);
    let (done, all) = (check.steps.len(), check.begun.steps.len());
    if done.saturating_add(1) >= all {
        answers.add("last", "yes");
    }
    let shown = steps::shown(key);
    Start {
        answers,
        above: Some(html! {
            (guide::identity_bar(device(view, check), &[("Step", &format!("{} of {all}", done.saturating_add(1)))]))
            (text::h2(&shown.title))
            (text::paragraph(&shown.does))
            @if !shown.address.is_empty() { (text::inset(text::strong(shown.address))) }
            (text::paragraph(html! { (text::strong("What has to come: ")) (shown.right) }))
        }),
        not_here: false,
    }
}
