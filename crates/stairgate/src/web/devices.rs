//! The devices on which somebody is signed in: shown to them alone, and ended by them.

use super::{app::App, frame, say, sessions::Sessions, visitor::Visitor};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use families::{
    access::{acts::Act as Access, controls::unattended::Limits},
    spine::{
        act::{Act, Proof},
        answers::Answers,
    },
};
use kit::{
    button::button,
    form, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The page.
pub(crate) fn page(app: &App, visitor: &Visitor) -> Response<Body> {
    let (Some(person), Some(secret)) = (visitor.actor.person(), &visitor.secret) else {
        return say::go_to("/sign-in?then=/account/devices");
    };
    let limits = Limits::of(&app.desk.state().in_force);
    let here = Sessions::name_of(secret);
    let sessions = app.sessions.of(person, limits, app.now());
    let others = sessions.len() > 1;
    let rows: Vec<Vec<Markup>> = sessions
        .into_iter()
        .map(|(name, session)| {
            let device = if name == here {
                format!("{} (this one)", session.label)
            } else {
                session.label
            };
            let shown = if session.proof == Proof::Two {
                "Two steps"
            } else {
                "Password"
            };
            let end = button("End").secondary().about(device.clone());
            vec![
                text::text(device),
                text::text(session.made.in_words()),
                text::text(session.seen.in_words()),
                text::text(shown),
                form::button_form(
                    "/account/devices/end",
                    &visitor.csrf,
                    &[("session", &name)],
                    &end,
                ),
            ]
        })
        .collect();
    let columns = ["Device", "Signed in", "Last used", "Shown", "Change"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/account", "Your account")]))
        (text::h1("Devices on which you are signed in"))
        (text::paragraph("End what you do not know, choose a new password, and tell your manager."))
        (Table::new("Devices", columns).caption_unseen().first_cell_heads().rows(rows))
        @if others {
            (form::button_form("/account/devices/end", &visitor.csrf, &[("session", "others")], &button("End all but this one").secondary()))
        }
    };
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let about = frame::About {
                title: "Devices signed in",
                path: "/account/devices",
                help: "Each line is a device on which you signed in and did not sign out. Ending one signs you out there at once.",
                narrow: false,
                ..frame::About::default()
            };
            frame::page(view, about, content)
        });
    match drawn {
        Ok(page) => say::html(StatusCode::OK, page),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// Ends one of the reader's own sessions, or all but this one.
pub(crate) async fn end(app: &App, visitor: &Visitor, answers: &Answers) -> Response<Body> {
    let (Some(person), Some(secret)) = (visitor.actor.person(), &visitor.secret) else {
        return say::go_to("/sign-in");
    };
    let name = answers.text("session").unwrap_or_default();
    if name == "others" {
        app.sessions.end_all_of(person, Some(secret));
    } else if !app.sessions.end_named(person, &name) {
        return say::go_to("/account/devices");
    }
    let ended = Act::Access(Access::RecordSignOut);
    drop(app.perform(&visitor.actor, ended, &[]).await);
    say::go_to("/account/devices")
}

/// Tells whoever signs in that they are signed in elsewhere, too.
pub(crate) fn elsewhere(app: &App, visitor: &Visitor) -> Option<Markup> {
    let person = visitor.actor.person()?;
    let limits = Limits::of(&app.desk.state().in_force);
    let others = app
        .sessions
        .of(person, limits, app.now())
        .len()
        .saturating_sub(1);
    let what = match others {
        0 => return None,
        1 => "You are signed in on another device, too. ".to_owned(),
        others => format!("You are signed in on {others} other devices, too. "),
    };
    Some(html! {
        section aria-label="Your other devices" {
            (text::paragraph(html! { (what) (text::link("/account/devices", "Look at them")) "." }))
        }
    })
}
