//! Linking: somebody has come back from the provider with an account that opens nothing here yet. They
//! sign in here as ever, see whose account it is, and say yes. It is asked once more who they are when
//! they had been signed in for a while.

use super::{
    LEAVE, LINK,
    flow::{self, Unlinked},
    in_use,
};
use crate::web::{anew, app::App, frame, say, sign_in, visitor::Visitor};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use desk::desk::Failed;
use families::{
    access::acts::{Act as Access, oidc::Act as Oidc},
    spine::{act::Act, judge::No, page::address, tongue},
};
use kit::{
    button::{button, buttons},
    form,
    form::Problems,
    text,
};
use maud::html;

/// Asks whoever is signed in whether to link; asks whoever is not to sign in first.
pub(crate) fn unlinked(app: &App, visitor: &Visitor, problems: &Problems) -> Response<Body> {
    let Some(provider) = in_use(app) else {
        return say::nothing_here(app, visitor);
    };
    let Some(carried) = flow::carried::<Unlinked>(app, visitor) else {
        return say::go_to("/");
    };
    let name = provider.name.as_str();
    let values = [("name", name.into()), ("shown", (&carried.shown).into())];
    if visitor.actor.person().is_none() {
        let says = visitor.actor.tongue.say_with("provider-unlinked", &values);
        return sign_in::page_with(app, visitor, LINK, "", problems, &text::inset(says));
    }
    if !visitor.actor.fresh {
        return say::go_to(&address(anew::AT, &[("then", LINK)]));
    }
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let title = view.say_with("provider-link", &values);
            let content = html! {
                (form::error_summary_in(tongue::words(view.tongue()), problems))
                (text::h1(&title))
                (text::paragraph(view.say_with("provider-link-asks", &values)))
                (text::warning(view.say_with("provider-link-care", &values)))
                (buttons(html! {
                    (form::button_form(LINK, view.csrf, &[], &button(view.say("provider-link-button"))))
                    (button(view.say("provider-link-not")).to(LEAVE).secondary())
                }))
            };
            let about = frame::About {
                title: &title,
                path: LINK,
                has_problems: !problems.is_empty(),
                narrow: true,
                ..frame::About::default()
            };
            frame::page(view, about, content)
        });
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    match drawn {
        Ok(page) => say::html(status, page),
        Err(error) => {
            let says = format!("The ledger could not be read: {error}.");
            say::trouble(app, visitor, &says)
        }
    }
}

/// Links, for whoever said yes.
pub(crate) async fn link(app: &App, visitor: &Visitor) -> Response<Body> {
    let carried = flow::carried::<Unlinked>(app, visitor);
    let Some(carried) = carried.filter(|_| visitor.actor.person().is_some()) else {
        return say::go_to("/");
    };
    let act = Oidc::Link(carried.identity());
    let act = Act::Access(Access::Oidc(act));
    let says = match app.perform(&visitor.actor, act, &[]).await {
        Ok(_) => {
            let mut answer = say::go_to("/account");
            flow::take_away(app, &mut answer);
            return answer;
        }
        Err(Failed::No(No::Mistakes(mistakes))) => {
            let says: Vec<String> = mistakes.into_iter().map(|mistake| mistake.says).collect();
            says.join(". ")
        }
        Err(Failed::No(No::Refused(refusals))) => {
            let says: Vec<String> = refusals.into_iter().map(|refusal| refusal.reason).collect();
            says.join(" ")
        }
        Err(Failed::No(No::Ask(_) | No::NotAllowed(_))) => "You may not do this".to_owned(),
        Err(Failed::Unavailable(says)) => says,
    };
    let mut problems = Problems::none();
    problems.add("", visitor.actor.tongue.phrase(&says));
    unlinked(app, visitor, &problems)
}

/// Forgets what came back, for whoever said no.
pub(super) fn leave(app: &App) -> Response<Body> {
    let mut answer = say::go_to("/");
    flow::take_away(app, &mut answer);
    answer
}
