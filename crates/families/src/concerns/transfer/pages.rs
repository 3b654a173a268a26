//! The register of files that move, out and in; one of each; and what of it stands on a case’s page.

mod forms;

pub(in crate::concerns) use forms::{
    CALL_BACK, CONFIRM, PAPERS, RECEIVE, SEND, SEND_NONE, TAKE_IN, TURN_AWAY,
};
pub use forms::{parents as parents_said, to as to_said};

use super::{
    acts::need_to_receive,
    content::Parents,
    entries::{About, Says},
    export::when,
    register::{Inward, Out, State, TRIES_MAX},
};
use crate::{
    concerns::{circle, low_level::acts::need_to_tell, pages},
    roles::role::Role,
    spine::{
        page::{Page, Params, Shown, address},
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
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// Where the page of a link is: the rim shows it.
pub const LINK: &str = "/transfer/";
/// Where the receiving card stands: the rim shows it.
pub const CARD: &str = "/concerns/transfers/card";

/// The register.
pub(in crate::concerns) const REGISTER: Page = Page {
    path: "/concerns/transfers",
    title: "Files that move",
    menu: 0,
    help: "Children’s files that went to the next setting, and those that came in: who received them and when. You see those of cases that you are on.\nA file is sent from the page of its case. One that came in is taken in here, and looked at before it becomes a case.",
    need: |_, _| need_to_tell(),
    lines: None,
    show,
};

/// A file that was sent.
pub(in crate::concerns) const OUT: Page = Page {
    path: "/concerns/transfers/{case}",
    title: "A file that was sent",
    menu: 0,
    help: "Send the link in one way and tell the code in another. The file is asked after until its receiver has confirmed that it has arrived.",
    need: on,
    lines: None,
    show: out,
};

/// A file that came in.
pub(in crate::concerns) const IN: Page = Page {
    path: "/concerns/transfers/in/{case}",
    title: "A file that came in",
    menu: 0,
    help: "Look at what it is and whom it is from before you take it in. Ring the setting on a number that you know, and compare the twelve words of its key.",
    need: on,
    lines: None,
    show: inward,
};

fn on(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn leads(view: &View<'_>) -> bool {
    view.has(&Need::Holds(vec![Role::Lead, Role::DeputyLead]))
}

fn sees(view: &View<'_>, number: u32) -> bool {
    circle::is_on(view.who, number, view.setting, view.today)
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let transfers = view.setting.concerns.transfers();
    let sent = transfers.all_out().rev();
    let sent: Vec<&Out> = sent.filter(|out| sees(view, out.sent.case)).collect();
    let came = transfers.all_inward().rev();
    let came: Vec<&Inward> = came.filter(|one| sees(view, one.arrived.case)).collect();
    if !leads(view) && sent.is_empty() && came.is_empty() {
        return Shown::NotHere;
    }
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Files that move"))
        @if leads(view) && !view.has(&need_to_receive()) {
            (text::paragraph("To take in a file you have to sign in with your second step."))
        } @else if leads(view) { (buttons(html! {
            (button("Take in a file").to("/concerns/transfers/receive"))
            (button("Take in papers").to("/concerns/transfers/papers").secondary())
            (button("Our receiving card").to(CARD).secondary())
        })) }
        (text::h2("Sent"))
        @if sent.is_empty() { (guide::empty("No file has been sent. A file is sent from the page of its case.", None)) }
        @else { (sent_table(view, &sent)) }
        (text::h2("Came in"))
        @if came.is_empty() { (guide::empty("No file has come in.", None)) }
        @else { (came_table(view, &came)) }
    };
    Shown::Page("Files that move".to_owned(), content)
}

fn sent_table(view: &View<'_>, sent: &[&Out]) -> Markup {
    let rows = sent.iter().map(|out| {
        let says = view.open(&out.sent.says).unwrap_or_default();
        let confirmed = out.confirmed.as_ref();
        let confirmed = confirmed.map(|(by, _, at)| {
            let by = view.open(by).unwrap_or_default();
            format!("{by}, {}", at.in_words())
        });
        vec![
            html! {
                (text::link(&format!("/concerns/transfers/{}", out.sent.case), &says.name))
                " " (state(out, view))
            },
            text::text(&says.to.name),
            text::text(out.at.in_words()),
            text::text(confirmed.unwrap_or_default()),
        ]
    });
    let columns = ["Child", "To", "Sent", "Received by"].map(Column::words);
    html! { (Table::new("Files that were sent", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

fn came_table(view: &View<'_>, came: &[&Inward]) -> Markup {
    let rows = came.iter().map(|one| {
        let about = view.open(&one.arrived.about).unwrap_or_default();
        let to = format!("/concerns/transfers/in/{}", one.arrived.case);
        vec![
            html! { (text::link(&to, &about.child)) " " (waits(one)) },
            text::text(&about.from.name),
            text::text(one.at.in_words()),
        ]
    });
    let columns = ["Child", "From", "Came in"].map(Column::words);
    html! { (Table::new("Files that came in", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

fn state(out: &Out, view: &View<'_>) -> Markup {
    match out.state(view.today) {
        State::Confirmed => tag("Has arrived", Colour::Green),
        State::Withdrawn => tag("Called back", Colour::Grey),
        State::Shut => tag("Link shut", Colour::Red),
        State::Over => tag("Link over", Colour::Red),
        State::Open if out.fetched.is_empty() => tag("On its way", Colour::Yellow),
        State::Open => tag("Fetched, not confirmed", Colour::Yellow),
    }
}

fn waits(one: &Inward) -> Markup {
    match (&one.turned, one.waits()) {
        (Some(_), _) => tag("Turned away", Colour::Grey),
        (None, true) => tag("To be looked at", Colour::Yellow),
        (None, false) => tag("Taken in", Colour::Green),
    }
}

/// What parents know, for people.
fn parents(parents: &Parents) -> Vec<(&'static str, String)> {
    let told = forms::TOLD.iter().find(|(key, _)| *key == parents.told);
    let told = told.map(|(_, label)| (*label).to_owned());
    vec![
        ("Parents", told.unwrap_or_default()),
        ("Why", parents.why.clone()),
        ("Decided by", parents.decided_by.clone()),
    ]
}

fn rows(all: Vec<(&'static str, String)>) -> Markup {
    let said = all.into_iter().filter(|(_, words)| !words.is_empty());
    let rows: Vec<Fact> = said.map(|(key, words)| Fact::new(key, words)).collect();
    facts(&rows)
}

fn out(view: &View<'_>, params: &Params) -> Shown {
    let number: u32 = params.number("case").unwrap_or(0);
    let Some(out) = view.setting.concerns.transfers().out(number) else {
        return Shown::NotHere;
    };
    let says = view.open(&out.sent.says).unwrap_or_default();
    let title = format!("The file of {} to {}", says.name, says.to.name);
    let to = |what: &str| {
        address(
            &format!("/concerns/transfers/{what}"),
            &[("case", &number.to_string())],
        )
    };
    let is_on_its_way = matches!(
        out.state(view.today),
        State::Open | State::Shut | State::Over
    );
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns"), ("/concerns/transfers", "Files that move")]))
        (text::h1(&title))
        (text::paragraph(state(out, view)))
        @if is_on_its_way { (how_to(view, out, &says)) }
        (text::h2("What was sent"))
        (rows(sent_rows(view, out, &says)))
        @if is_on_its_way { (buttons(html! {
            (button("They have told me the receipt").to(to("confirm")))
            (button("Call it back").to(to("call-back")).secondary())
        })) }
        (text::h2("Cases in it"))
        (text::bullets(&out.sent.cases.iter().filter_map(|case| view.setting.concerns.case(*case)).map(|case| {
            text::link(&format!("/concerns/cases/{}", case.number), format!("Case {}", case.reference))
        }).collect::<Vec<_>>()))
    };
    Shown::Page(title, content)
}

fn sent_rows(view: &View<'_>, out: &Out, says: &Says) -> Vec<(&'static str, String)> {
    let fetched: Vec<String> = out.fetched.iter().map(|at| at.in_words()).collect();
    let by = out.by.map(|by| pages::name(view, by)).unwrap_or_default();
    let mut all = vec![
        ("To", format!("{}, {}", says.to.person, says.to.name)),
        ("Reached at", says.to.reach.clone()),
        ("Told at once, before the file", says.at_once.clone()),
    ];
    all.extend(parents(&says.parents));
    all.push(("Sent", format!("{by}, {}", out.at.in_words())));
    all.push(("Fetched", fetched.join(", ")));
    if let Some((by, signed, at)) = &out.confirmed {
        let by = view.open(by).unwrap_or_default();
        all.push(("Confirmed", format!("{by}, {}", at.in_words())));
        all.push((
            "Receipt signed with the key",
            signed.clone().unwrap_or_default(),
        ));
    }
    if let Some((why, at)) = &out.withdrawn {
        let why = view.open(why).unwrap_or_default();
        all.push(("Called back", format!("{why} ({})", at.in_words())));
    }
    all.push(("Name of the file", out.sent.name.clone()));
    all
}

/// The two ways, and what comes after.
fn how_to(view: &View<'_>, out: &Out, says: &Says) -> Markup {
    let mail = view.setting.notices.mail();
    let base = mail.map(|mail| mail.address.clone()).unwrap_or_default();
    let left = TRIES_MAX.saturating_sub(out.tries);
    html! {
        (text::h2("What to do now"))
        (text::numbered(&[
            html! { "Send this link to " (says.to.person) ", in one way: " (text::strong(format!("{base}{LINK}{}", says.link))) },
            html! { "Tell them the code in another way, over the telephone. It was shown to you once; who has lost it calls this file back and sends it anew." },
            html! { "They open it with the code and confirm it with the six words that stand in it. Until then you are reminded by " (date_in_words(out.sent.due)) "." },
        ]))
        (text::paragraph(format!("The link can be used until {}. {left} wrong codes are left before it is shut.", date_in_words(out.sent.until))))
    }
}

fn inward(view: &View<'_>, params: &Params) -> Shown {
    let number: u32 = params.number("case").unwrap_or(0);
    let Some(one) = view.setting.concerns.transfers().inward(number) else {
        return Shown::NotHere;
    };
    let about = view.open(&one.arrived.about).unwrap_or_default();
    let title = format!("A file about {} from {}", about.child, about.from.name);
    let to = |what: &str| {
        address(
            &format!("/concerns/transfers/{what}"),
            &[("case", &number.to_string())],
        )
    };
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns"), ("/concerns/transfers", "Files that move")]))
        (text::h1(&title))
        (text::paragraph(waits(one)))
        @if !about.at_once.is_empty() { (text::warning(format!("To be known at once: {}", about.at_once))) }
        (rows(came_rows(view, one, &about)))
        @if one.waits() {
            (text::paragraph("Does the key belong to that setting? Ring them on a number that you know, and compare the words of their key, which “Our receiving card” shows them."))
            @if view.has(&Need::Proven(Box::new(Need::SignedIn))) {
                (buttons(html! {
                    (button("Take it in").to(to("take-in")))
                    (button("Turn it away").to(to("turn-away")).secondary())
                }))
            } @else {
                (text::paragraph("To take it in you have to sign in with your second step."))
            }
        }
        @if !one.into.is_empty() {
            (text::h2("What it became"))
            (text::bullets(&one.into.iter().filter_map(|case| view.setting.concerns.case(*case)).map(|case| {
                text::link(&format!("/concerns/cases/{}", case.number), format!("Case {}", case.reference))
            }).collect::<Vec<_>>()))
        }
        @if let Some(why) = &one.turned { (text::paragraph(format!("It was turned away: {}", view.open(why).unwrap_or_default()))) }
        @if one.turned.is_none() {
            (text::h2("Its receipt"))
            (text::paragraph(html! { "Tell the setting that it has arrived: " (text::link(&format!("/transfer-receipt/{number}"), "the signed receipt")) ", or these words: " (text::strong(&about.receipt)) }))
        }
    };
    Shown::Page(title, content)
}

fn came_rows(view: &View<'_>, one: &Inward, about: &About) -> Vec<(&'static str, String)> {
    let [cases, notes, files] = about.counts;
    let by = one.by.map(|by| pages::name(view, by)).unwrap_or_default();
    let reach = [&about.from.phone, &about.from.email];
    let reach: Vec<&str> = reach
        .into_iter()
        .map(String::as_str)
        .filter(|one| !one.is_empty())
        .collect();
    let mut all = vec![
        ("Child", about.child.clone()),
        ("Born", about.born.map(date_in_words).unwrap_or_default()),
        ("From", about.from.name.clone()),
        ("As it says, reached at", reach.join(", ")),
        ("Sent by", about.sent_by.clone()),
        (
            "In it",
            format!("{cases} cases, {notes} notes, {files} files"),
        ),
    ];
    all.extend(parents(&about.parents));
    all.push(("Came in", format!("{by}, {}", one.at.in_words())));
    all.push(("Signed with the key", one.arrived.key.clone()));
    all.push(("Name of the file", one.arrived.name.clone()));
    all
}

/// What stands on the page of a case: where it came from, and the way on.
pub(in crate::concerns) fn of_case(view: &View<'_>, case: u32) -> Markup {
    let transfers = view.setting.concerns.transfers();
    let origin = transfers.origin(case).and_then(|origin| view.open(origin));
    let owes = transfers.owes(case);
    let to = |path: &str| address(path, &[("case", &case.to_string())]);
    let is_asked = view
        .in_force
        .find(crate::concerns::controls::transfer::CONTROL)
        .is_some();
    html! {
        @if let Some(origin) = origin {
            (text::inset(format!("This case came from {}, where it was {} and was reported on {}.", origin.setting, origin.reference, when(&origin.reported))))
        }
        @if is_asked || owes.is_some() {
            (text::h2("When the child moves on"))
            @if let Some(owes) = owes {
                (text::paragraph(format!("The child has left. The file goes to the next setting by {}.", date_in_words(owes.due))))
            }
            @if view.has(&Need::Proven(Box::new(Need::SignedIn))) {
                (text::paragraph(text::link(&to("/concerns/transfers/send"), "Send the file to the next setting")))
            } @else {
                (text::paragraph("To send the file you have to sign in with your second step."))
            }
            @if owes.is_some() {
                (text::paragraph(text::link(&to("/concerns/transfers/none"), "No file has to move")))
            }
        }
    }
}

/// Whether this reader has the register.
pub(in crate::concerns) fn has_page(view: &View<'_>) -> bool {
    let transfers = view.setting.concerns.transfers();
    leads(view)
        || transfers.all_out().any(|out| sees(view, out.sent.case))
        || transfers
            .all_inward()
            .any(|one| sees(view, one.arrived.case))
}

/// Whether this reader may take files in: with a second step.
#[must_use]
pub fn may_receive(view: &View<'_>) -> bool {
    view.has(&need_to_receive())
}
