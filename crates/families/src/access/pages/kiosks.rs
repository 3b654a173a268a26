//! Kiosks: tablets at the door or on a table that stand for nobody. Opened and ended by managers;
//! what a kiosk shows is drawn by the families whose forms are used there.

use super::made::{MADE_CODE, MADE_TOKEN};
use crate::{
    access::{
        acts::{Act, kiosks::Act as Kiosk},
        entries::kiosks::Purpose,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// SHA-256 of the number that tells a device from others, in hex.
pub const MADE_DEVICE: &str = "made-device";

/// Kiosks.
pub(super) const KIOSKS: Page = Page {
    path: "/settings/kiosks",
    title: "Kiosks",
    menu: 0,
    help: "A kiosk is a tablet at the door or on a table that nobody signs in to. It shows its own pages only, and clears itself after a minute.\nOpen one, and type its code on the tablet at the address /kiosk/begin. End it at once when the tablet is lost or used for something else.",
    need: |_, _| Need::management(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let kiosks = view.setting.access.kiosks();
    let rows: Vec<Vec<Markup>> = kiosks
        .open()
        .map(|(number, kiosk)| {
            let stands = match kiosk.code_until() {
                _ if kiosk.is_taken_up() => "In use".to_owned(),
                Some(until) if until >= view.today => {
                    format!(
                        "Waits for its tablet; the code is good until {}",
                        date_in_words(until)
                    )
                }
                Some(_) | None => "The code has run out. End it and open another".to_owned(),
            };
            vec![
                text::text(&kiosk.name),
                text::text(kiosk.purpose.in_words()),
                text::text(stands),
                text::text(kiosk.opened.in_words()),
                text::link_about(
                    &format!("/settings/kiosks/{number}/end"),
                    "End",
                    &kiosk.name,
                ),
            ]
        })
        .collect();
    let columns = ["Name", "What for", "Stands", "Opened", "Change"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/settings", "Settings")]))
        (text::h1("Kiosks"))
        @if rows.is_empty() {
            (guide::empty("Here you see the tablets that visitors and parents use without signing in. There is none yet.", Some(("/settings/kiosks/open", "Open a kiosk"))))
        } @else {
            (button("Open a kiosk").to("/settings/kiosks/open"))
            (Table::new("Kiosks", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("Kiosks".to_owned(), content)
}

/// Open a kiosk.
pub(super) const OPEN: Form = Form {
    act: "access.open-kiosk",
    path: "/settings/kiosks/open",
    title: "Open a kiosk",
    button: "Open the kiosk",
    help: "Afterwards you see a code, once. On the tablet, go to the address of this Stairgate with /kiosk/begin behind it and type the code. It is good until tomorrow and works once.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("name", "What is it called?", FieldKind::Line(40))
            .hint("Such as Front door, or Table in the hall"),
        Field::new(
            "purpose",
            "What is it for?",
            FieldKind::Choice(&[
                ("door", "Visitors sign in and out"),
                ("signing", "People sign agreements"),
            ]),
        ),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::Kiosk(Kiosk::Open {
            name: answers.text("name")?,
            purpose: Purpose::from_key(&answers.text("purpose")?)?,
            code: answers.text(MADE_CODE)?,
        })))
    },
    then: kiosks,
};

/// Make a tablet the kiosk.
pub(super) const TAKE_UP: Form = Form {
    act: "access.take-up-kiosk",
    path: "/kiosk/begin",
    title: "Make this tablet a kiosk",
    button: "Make it a kiosk",
    help: "A manager opened a kiosk and has its code. From then on this tablet shows the kiosk only, until a manager ends it.",
    need: |_, _| Need::Anyone,
    fields: &[Field::new("code", "Code", FieldKind::Line(40))
        .hint("As it was given to you. Capitals, spaces and hyphens do not matter")],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::Kiosk(Kiosk::TakeUp {
            code: answers.text(MADE_CODE)?,
            token: answers.text(MADE_TOKEN)?,
            device: answers.text(MADE_DEVICE)?,
        })))
    },
    then: |_| "/kiosk".to_owned(),
};

/// End a kiosk.
pub(super) const END: Form = Form {
    act: "access.end-kiosk",
    path: "/settings/kiosks/{kiosk}/end",
    title: "End a kiosk",
    button: "End it now",
    help: "The tablet shows nothing any more from this moment.",
    need: |_, _| Need::management(),
    fields: &[Field::new("kiosk", "Kiosk", FieldKind::Hidden)],
    start: |view, params| {
        let kiosk = params
            .number("kiosk")
            .and_then(|number| view.setting.access.kiosks().find(number));
        Start {
            answers: Answers::from_params(params),
            above: kiosk.map(|kiosk| text::inset(&kiosk.name)),
            not_here: kiosk.is_none(),
        }
    },
    read: |answers| {
        let kiosk = answers.text("kiosk")?.parse().ok()?;
        Some(AnyAct::Access(Act::Kiosk(Kiosk::End { kiosk })))
    },
    then: kiosks,
};

fn kiosks(_: &Answers) -> String {
    "/settings/kiosks".to_owned()
}
