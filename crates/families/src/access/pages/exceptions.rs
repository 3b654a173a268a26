//! Exceptional access: what was asked for, agreed to, done with it and looked at afterwards; and the
//! forms for each of these steps.

use crate::{
    access::{
        acts::{
            Act,
            exceptions::{Act as Exception, TEXT_MAX, asking, watching},
        },
        entries::looks::Record,
        exceptions::{minutes_max, people, watchers},
        register::exceptions::{AGREE_MINUTES, Exception as Kept},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kit::{
    button::button,
    facts::{Fact, facts},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// All of them.
pub(super) const ALL: Page = Page {
    path: "/exceptions",
    title: "Exceptional access",
    menu: 0,
    help: "For the moment when neither the safeguarding lead nor a deputy can be reached and somebody has to see a concern. It takes two people: one asks, with a reason; another agrees within half an hour. It ends by itself.\nThe lead and the chair are told at once, and look at it afterwards.\nIf a child is in danger, do not wait for this: call 999.",
    need: |_, setting| seeing(setting),
    lines: None,
    show,
};

/// One of them.
pub(super) const ONE: Page = Page {
    path: "/exceptions/{number}",
    title: "Exceptional access",
    menu: 0,
    help: "Who asked, why, who agreed, how long it ran, what was opened meanwhile, and what those found who looked at it afterwards.",
    need: |_, setting| seeing(setting),
    lines: None,
    show: show_one,
};

fn seeing(setting: &Setting) -> Need {
    let mut needs = vec![watching()];
    needs.extend(people(setting).map(Need::Holds));
    Need::AnyOf(needs)
}

fn at(number: u32, step: &str) -> String {
    format!("/exceptions/{number}{step}")
}

fn stands(view: &View<'_>, one: &Kept) -> &'static str {
    if one.waits(view.now) {
        return "Waits for a second person";
    }
    if one.runs(view.now) {
        return "Runs";
    }
    match one.agreed {
        None => "Nobody agreed",
        Some(_) if watchers(view.setting, one, view.today).is_empty() => "Looked at",
        Some(_) => "To be looked at",
    }
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let all = view.setting.access.exceptions().all();
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .rev()
        .map(|one| {
            vec![
                text::link(&at(one.number, ""), one.number),
                text::text(one.asked.in_words()),
                text::text(view.name(one.by)),
                text::text(
                    one.agreed
                        .map_or_else(|| "–".to_owned(), |agreed| view.name(agreed.by)),
                ),
                text::text(stands(view, one)),
            ]
        })
        .collect();
    let columns = ["Number", "Asked", "By", "Agreed by", "Stands"].map(Column::words);
    let known = people(view.setting).is_some();
    let content = html! {
        (text::h1("Exceptional access"))
        @if known && view.has(&asking(view.setting)) { (button("Ask for exceptional access").to("/exceptions/ask")) }
        @if !known { (text::paragraph("Our policy knows no exceptional access, so there is none.")) }
        @if rows.is_empty() {
            (guide::empty("Here you see when somebody stood in for a lead who could not be reached. It has not happened yet.", None))
        } @else {
            (Table::new("Exceptional access", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("Exceptional access".to_owned(), content)
}

/// Whether the reader may read why: whoever took part, and whoever looks at it.
fn reads_why(view: &View<'_>, one: &Kept) -> bool {
    view.person().is_some_and(|person| one.took_part(person))
        || view.has(&watching())
        || one.waits(view.now)
}

fn show_one(view: &View<'_>, params: &Params) -> Shown {
    let number = params.number("number").unwrap_or(0);
    let Some(one) = view.setting.access.exceptions().find(number) else {
        return Shown::NotHere;
    };
    let mut all = vec![
        Fact::new("Asked by", view.name(one.by)),
        Fact::new("Asked", one.asked.in_words()),
        Fact::new("In the place of", one.role.in_words()),
        Fact::new("Minutes", one.minutes),
        Fact::new("Stands", stands(view, one)),
    ];
    if reads_why(view, one) {
        all.push(Fact::new("Why", view.open(&one.why).unwrap_or_default()));
    }
    if let Some(agreed) = one.agreed {
        all.push(Fact::new("Agreed by", view.name(agreed.by)));
        all.push(Fact::new("From", agreed.at.in_words()));
        all.push(Fact::new(
            "Until",
            one.over().unwrap_or(agreed.until).in_words(),
        ));
    }
    let title = format!("Exceptional access {number}");
    let content = html! {
        (navigation::breadcrumbs(&[("/exceptions", "Exceptional access")]))
        (text::h1(&title))
        (facts(&all))
        @if one.waits(view.now) { (button("Agree to it").to(at(number, "/agree"))) }
        @if one.is_open(view.now) { (button("End it").to(at(number, "/end")).secondary()) }
        (looked_at(view, one))
        @if !one.is_open(view.now) && !watchers(view.setting, one, view.today).is_empty() && one.agreed.is_some() {
            (text::paragraph(text::link(&at(number, "/see"), "Write down that you have looked at it")))
        }
        @for seen in &one.seen {
            (text::h3(format!("{} looked at it on {}", view.name(seen.by), seen.at.in_words())))
            @if reads_why(view, one) { (text::paragraph(view.open(&seen.says).unwrap_or_default())) }
        }
    };
    Shown::Page(title, content)
}

/// What was opened meanwhile; cases only for who is on them; custody records without a case for who
/// looks at it afterwards, unless it may be about them.
fn looked_at(view: &View<'_>, one: &Kept) -> Markup {
    let apart = |custody: u32| {
        let found = view.setting.devices.custodies().find(custody);
        let me = view.person();
        found.is_none_or(|found| me.is_none_or(|me| found.apart.contains(&me)))
    };
    let sees = |record: &Record| match (record.case, record.custody) {
        (Some(case), _) => view.has(&Need::OnCase(case)),
        (None, Some(custody)) => {
            view.person() == Some(one.by) || view.has(&watching()) && !apart(custody)
        }
        (None, None) => !record.is_own() || view.person() == Some(one.by),
    };
    let rows: Vec<Vec<Markup>> = one
        .looks
        .iter()
        .filter(|look| sees(&look.record))
        .map(|look| {
            vec![
                text::text(look.at.in_words()),
                text::text(view.words(&look.record.in_words())),
            ]
        })
        .collect();
    let columns = ["When", "What"].map(Column::words);
    html! {
        @if one.agreed.is_some() {
            (text::h2("What was opened meanwhile"))
            @if rows.is_empty() { (text::paragraph("Nothing that you may know of.")) }
            @else { (Table::new("What was opened meanwhile", columns).caption_unseen().rows(rows)) }
        }
    }
}

fn exception(act: Exception) -> Option<AnyAct> {
    Some(AnyAct::Access(Act::Exception(act)))
}

fn one(answers: &Answers) -> String {
    let number = answers.number("number").unwrap_or(0);
    at(number, "")
}

fn of(view: &View<'_>, params: &Params, fits: impl Fn(&Kept) -> bool) -> Start {
    let number = params.number("number").unwrap_or(0);
    let found = view.setting.access.exceptions().find(number);
    let found = found.filter(|one| fits(one));
    Start {
        answers: Answers::from_params(params),
        not_here: found.is_none(),
        above: found.map(|one| {
            text::inset(html! {
                (view.name(one.by)) " asked on " (one.asked.in_words()) " for " (one.minutes) " minutes in the place of the " (one.role.in_words()) ". "
                @if reads_why(view, one) { (view.open(&one.why).unwrap_or_default()) }
            })
        }),
    }
}

const NUMBER: Field = Field::new("number", "Number", FieldKind::Hidden);

/// Ask.
pub(super) const ASK: Form = Form {
    act: "access.ask-exception",
    path: "/exceptions/ask",
    title: "Ask for exceptional access",
    button: "Ask for it",
    help: "You can read concerns and write in them, in the place of the safeguarding lead, once another person has agreed. The lead and the chair are told at once, and all that you open is listed for them.\nIf a child is in danger, call 999 now.",
    need: |_, setting| asking(setting),
    fields: &[
        Field::new("why", "Why do you need it now?", FieldKind::Text(TEXT_MAX)),
        Field::new(
            "minutes",
            "For how many minutes?",
            FieldKind::Number(1, 480),
        ),
        Field::new(
            "unreachable",
            "I have called the lead and each deputy, and none of them can be reached",
            FieldKind::Confirm,
        ),
    ],
    start: |view, params| Start {
        answers: Answers::from_params(params),
        above: Some(text::inset(format!(
            "Our policy allows at most {} minutes. Somebody else has to agree within {AGREE_MINUTES} minutes.",
            minutes_max(view.in_force)
        ))),
        not_here: people(view.setting).is_none(),
    },
    read: |answers| {
        exception(Exception::Ask {
            why: answers.text("why")?,
            minutes: answers.number("minutes")?,
            unreachable: answers.yes("unreachable").unwrap_or(false),
        })
    },
    then: |_| "/exceptions".to_owned(),
};

/// Agree.
pub(super) const AGREE: Form = Form {
    act: "access.agree-exception",
    path: "/exceptions/{number}/agree",
    title: "Agree to exceptional access",
    button: "Agree",
    help: "Speak with whoever asks before you agree. Be sure that neither the lead nor a deputy can be reached, and that it can’t wait.\nIt begins at once, and you stand for it together.",
    need: |_, setting| asking(setting),
    fields: &[NUMBER],
    start: |view, params| of(view, params, |one| one.waits(view.now)),
    read: |answers| {
        exception(Exception::Agree {
            number: answers.number("number")?,
        })
    },
    then: one,
};

/// End it.
pub(super) const END: Form = Form {
    act: "access.end-exception",
    path: "/exceptions/{number}/end",
    title: "End exceptional access",
    button: "End it now",
    help: "End it as soon as it is no longer needed, or when the lead is back.",
    need: |params, setting| {
        let number = params.number("number").unwrap_or(0);
        Exception::End { number }.need(setting)
    },
    fields: &[NUMBER],
    start: |view, params| of(view, params, |one| one.is_open(view.now)),
    read: |answers| {
        exception(Exception::End {
            number: answers.number("number")?,
        })
    },
    then: one,
};

/// Look at it afterwards.
pub(super) const SEE: Form = Form {
    act: "access.see-exception",
    path: "/exceptions/{number}/see",
    title: "Look at exceptional access",
    button: "I have looked at it",
    help: "Read why it was asked for and what was opened meanwhile. Ask both people. Write down whether it was right, and what you do if it was not.",
    need: |_, _| watching(),
    fields: &[
        NUMBER,
        Field::new("says", "What did you find?", FieldKind::Text(TEXT_MAX)),
    ],
    start: |view, params| {
        of(view, params, |one| {
            one.agreed.is_some() && !one.is_open(view.now)
        })
    },
    read: |answers| {
        exception(Exception::See {
            number: answers.number("number")?,
            says: answers.text("says")?,
        })
    },
    then: one,
};
