//! The page of a link at which a child’s file is fetched: for whoever has the link and is told the
//! code. It names no child. A link that never was and one that is over answer the same. Beside it,
//! for whoever leads: the receiving card, and the receipt for what came in.

use super::{app::App, kept, passwords::digest, say, show, visitor::Visitor};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use carrier::{
    card::{Receiving, words_of_key},
    receipt,
    sealed::plain_code,
};
use families::{
    concerns::acts::Act as Concern,
    concerns::transfer::{
        acts::{Act as Transfer, Which},
        pages::may_receive,
        register::State,
    },
    spine::{
        act::{Act, Actor},
        answers::Answers,
        permit::Need,
    },
};
use kit::{
    button::button,
    facts::{Fact, facts},
    field::Field,
    form::{self, Problems},
    text,
};
use maud::{Markup, html};

/// Where links begin.
pub(crate) const LINK: &str = "/transfer/";
/// Where receipts begin.
pub(crate) const RECEIPT: &str = "/transfer-receipt/";
/// Words at a link that leads nowhere.
const DEAD: &str = "This link leads to no file, or no longer does. Ask whoever gave it to you.";
/// Words after a wrong code.
const WRONG: &str = "That is not the code. After ten wrong codes the link is shut";

/// The page of a link.
pub(crate) fn page(app: &App, visitor: &Visitor, secret: &str) -> Response<Body> {
    drawn(app, visitor, secret, &Problems::none(), StatusCode::OK)
}

fn drawn(
    app: &App,
    visitor: &Visitor,
    secret: &str,
    problems: &Problems,
    status: StatusCode,
) -> Response<Body> {
    let state = app.desk.state();
    let (setting, today) = (&state.setting, app.now().date());
    let found = setting.concerns.transfers().linked(&digest(secret));
    let title = "A file for you";
    let content = match found.map(|out| out.state(today)) {
        Some(State::Open) => html! {
            (form::error_summary(problems))
            (text::h1(title))
            (text::lead(format!("{} has closed a file for you here.", setting.place.name())))
            (fetching(visitor, secret, problems))
            (confirming(visitor, secret, problems))
        },
        Some(State::Confirmed) => html! {
            (text::h1("The file has arrived"))
            (text::paragraph("That was confirmed. Nothing more has to be done here."))
        },
        Some(State::Withdrawn | State::Shut | State::Over) | None => {
            let content = html! { (text::h1("There is no file here")) (text::paragraph(DEAD)) };
            return say::simple(
                app,
                visitor,
                StatusCode::NOT_FOUND,
                "There is no file here",
                content,
            );
        }
    };
    say::simple(app, visitor, status, title, content)
}

fn fetching(visitor: &Visitor, secret: &str, problems: &Problems) -> Markup {
    let code = Field::new("code", "The code")
        .hint("Eight words that you were told over the telephone")
        .error(problems.of("code"));
    html! {
        (text::h2("Fetch it"))
        (form::form(&format!("{LINK}{secret}"), &visitor.csrf, html! {
            (form::hidden("step", "fetch"))
            (code.text())
            (button("Fetch the file"))
        }))
        (text::details("How do I open it?", html! {
            (text::paragraph("In another Stairgate: Concerns, Files that move, Take in a file."))
            (text::paragraph("Without one: with the small program opener, which anybody may have. It asks for the same code, checks the file and writes what is in it into a folder: opener FILE --out FOLDER."))
            (text::paragraph("The file stays closed until then. Keep it apart from other records."))
        }))
    }
}

fn confirming(visitor: &Visitor, secret: &str, problems: &Problems) -> Markup {
    let words = Field::new("receipt", "The receipt")
        .hint("Six words that stand in the file, or the signed receipt of your Stairgate")
        .error(problems.of("receipt"));
    let name = Field::new("by", "Your name and your setting").error(problems.of("by"));
    html! {
        (text::h2("Confirm that you have it"))
        (form::form(&format!("{LINK}{secret}"), &visitor.csrf, html! {
            (form::hidden("step", "confirm"))
            (words.rows(4).long_text())
            (name.text())
            (button("Confirm it").secondary())
        }))
    }
}

/// Takes a code or a receipt at a link.
pub(crate) async fn take(
    app: &App,
    visitor: &Visitor,
    secret: &str,
    answers: &Answers,
    from: &str,
) -> Response<Body> {
    let (now, link) = (app.now(), digest(secret));
    if app.attempts.wait_minutes(from, now) > 0 {
        return say::slow_down(app, visitor);
    }
    let is_fetch = answers.text("step").as_deref() == Some("fetch");
    let field = if is_fetch { "code" } else { "receipt" };
    let said: String = answers
        .text(field)
        .unwrap_or_default()
        .chars()
        .take(4_000)
        .collect();
    let by: String = answers
        .text("by")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let act = if is_fetch {
        Transfer::Fetch {
            link: link.clone(),
            gate: digest(&plain_code(&said)),
        }
    } else if by.is_empty() {
        return wrong(
            app,
            visitor,
            secret,
            "by",
            "Write your name and your setting",
        );
    } else {
        confirmation(app, &link, &said, by)
    };
    let act = Act::Concerns(Concern::Transfer(act));
    // Whoever has the link acts as nobody, also where they are signed in here.
    let kinds = match app.perform(&Actor::nobody(), act, &[]).await {
        Ok(done) => done.kinds,
        Err(_) => return page(app, visitor, secret),
    };
    if kinds.contains(&"concerns.file-fetched") {
        return fetched(app, visitor, &link);
    }
    if kinds.contains(&"concerns.file-confirmed") {
        return page(app, visitor, secret);
    }
    app.attempts.note(from, now);
    let says = if is_fetch {
        WRONG
    } else {
        "That is not the receipt for this file"
    };
    wrong(app, visitor, secret, field, says)
}

fn wrong(app: &App, visitor: &Visitor, secret: &str, field: &str, says: &str) -> Response<Body> {
    let mut problems = Problems::none();
    problems.add(field, says);
    drawn(
        app,
        visitor,
        secret,
        &problems,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
}

/// The act with what the receipt is worth.
fn confirmation(app: &App, link: &str, said: &str, by: String) -> Transfer {
    let state = app.desk.state();
    let found = state.setting.concerns.transfers().linked(link);
    let good = found.and_then(|out| {
        let sent = &out.sent;
        let good = receipt::check(said, &sent.name, &sent.receipt, sent.signs.as_deref()).ok()?;
        Some((sent.receipt.clone(), good.by))
    });
    let (receipt, signed) = good.unwrap_or_default();
    Transfer::Confirm {
        which: Which::Link(link.to_owned()),
        receipt,
        signed,
        by,
    }
}

fn fetched(app: &App, visitor: &Visitor, link: &str) -> Response<Body> {
    let opened = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let out = view.setting.concerns.transfers().linked(link)?;
            out.sent.file.open(view.keys)
        });
    match opened {
        Ok(Some(file)) => kept::send(app, visitor, &file),
        _ => say::nothing_here(app, visitor),
    }
}

/// The receiving card, for whoever leads.
pub(crate) fn card(app: &App, visitor: &Visitor) -> Response<Body> {
    let lent = app.desk.lend(&visitor.actor, app.now());
    let may = app.desk.view(&lent, app.now(), "", None, may_receive);
    let key = app.folder.signing();
    let (Ok(true), Ok(key)) = (may, key) else {
        return say::nothing_here(app, visitor);
    };
    let card = Receiving::of(&key).card();
    let content = html! {
        (text::h1("Our receiving card"))
        (text::paragraph("Give this line to a setting that sends you a child’s file: by mail, it is no secret. The file is then closed so that only this Stairgate opens it."))
        (text::inset(html! { p class="sg-code" { (card.to_text()) } }))
        (text::paragraph("They compare these words with you over the telephone, so that nobody puts another card in its place:"))
        (facts(&[
            Fact::new("Words of the card", card.words()),
            Fact::new("Words of our signing key", words_of_key(&card.signs)),
            Fact::new("Our signing key", &card.signs),
        ]))
        (text::paragraph(text::link("/concerns/transfers", "Files that move")))
    };
    say::simple(app, visitor, StatusCode::OK, "Our receiving card", content)
}

/// The signed receipt for a file that came in, for who looks at it.
pub(crate) fn signed_receipt(app: &App, visitor: &Visitor, number: &str) -> Response<Body> {
    let number: u32 = number.parse().unwrap_or_default();
    let lent = app.desk.lend(&visitor.actor, app.now());
    let found = app.desk.view(&lent, app.now(), "", None, |view| {
        if !view.has(&Need::OnCase(number)) {
            return None;
        }
        let inward = view.setting.concerns.transfers().inward(number)?;
        let about = view.open(&inward.arrived.about)?;
        let file = ledger::hex::decode(&inward.arrived.name)?;
        inward.turned.is_none().then_some((file, about.receipt))
    });
    match (found, app.folder.signing()) {
        (Ok(Some((file, words))), Ok(key)) => {
            let text = receipt::sign(&file, &words, &key);
            show::file(
                "receipt.txt",
                "text/plain; charset=utf-8",
                text.into_bytes(),
            )
        }
        _ => say::nothing_here(app, visitor),
    }
}
