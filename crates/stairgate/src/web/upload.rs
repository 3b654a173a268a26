//! Forms that the server answers itself: a policy document that is read, a table of people that is
//! looked at before it is taken in, and the ledger that is checked now.

use super::{
    app::App,
    frame, say,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use desk::desk::Failed;
use families::{
    families as all,
    people::pages::import,
    policy::acts::Act as Policy,
    spine::{
        act::Act,
        answers::{Answers, Upload},
        judge::No,
        permit::{self, Need},
        view::View,
    },
};
use kernel::ruling::Mistake;
use kit::{form::Problems, text};
use maud::html;
use reader::{learned::Learned, limits::Limits, reading::Reading};

/// The name of the file field.
const FIELD: &str = "document";

/// Reads a policy document and begins a draft with what was found in it.
pub(crate) async fn policy(app: &App, visitor: &Visitor, answers: &Answers) -> Response<Body> {
    let need = Need::management();
    let state = app.desk.state();
    if let Err(no) = permit::permit(&visitor.actor, &need, &state.setting, app.now().date()) {
        return say::not_allowed(app, visitor, &no, "/policy/start");
    }
    let Some(upload) = answers
        .file(FIELD)
        .filter(|upload| !upload.bytes.is_empty())
    else {
        return unread(app, visitor, "Choose the file of your policy first.");
    };
    let learned = learned(app);
    let upload = upload.clone();
    let name = upload.name.clone();
    let read = tokio::task::spawn_blocking(move || read(&upload, &learned)).await;
    let reading = match read {
        Ok(Ok(reading)) => reading,
        Ok(Err(why)) => return unread(app, visitor, &why),
        Err(_) => {
            return unread(
                app,
                visitor,
                "The document could not be read. Save it as PDF or plain text and try again.",
            );
        }
    };
    let act = Act::Policy(Policy::BeginFromReading(Box::new(
        crate::reading::as_draft(name, reading),
    )));
    match app.perform(&visitor.actor, act, &[]).await {
        Ok(_) => {
            let mut answer = say::go_to("/policy/draft");
            let done = visitor::set(app, visitor::DONE, "policy.begin-from-reading", Some(60));
            answer.headers_mut().append(header::SET_COOKIE, done);
            answer
        }
        Err(Failed::No(No::Mistakes(mistakes))) => {
            let says: Vec<String> = mistakes.into_iter().map(|mistake| mistake.says).collect();
            unread(app, visitor, &says.join(". "))
        }
        Err(Failed::No(_)) => unread(app, visitor, "The draft could not be begun."),
        Err(Failed::Unavailable(says)) => unread(app, visitor, &says),
    }
}

fn read(upload: &Upload, learned: &Learned) -> Result<Reading, String> {
    reader::read(&upload.name, &upload.bytes, learned, &Limits::default())
        .map_err(|why| why.to_string())
}

/// What people of this setting corrected before.
fn learned(app: &App) -> Learned {
    let state = app.desk.state();
    let mut learned = Learned::default();
    state
        .setting
        .policy
        .learned()
        .for_each(|(text, controls)| learned.correct(text, controls));
    learned
}

fn unread(app: &App, visitor: &Visitor, why: &str) -> Response<Body> {
    let content = html! {
        (text::h1("The document was not read"))
        (text::paragraph(why))
        (text::paragraph("Nothing was changed."))
        (text::paragraph(text::link("/policy/start", "Choose another document")))
    };
    say::simple(
        app,
        visitor,
        StatusCode::UNPROCESSABLE_ENTITY,
        "The document was not read",
        content,
    )
}

/// Looks at a table of people, or takes it in. The table is kept nowhere: it comes with each step.
pub(crate) async fn people(app: &App, visitor: &Visitor, answers: Answers) -> Response<Body> {
    let need = Need::management();
    let state = app.desk.state();
    if let Err(no) = permit::permit(&visitor.actor, &need, &state.setting, app.now().date()) {
        return say::not_allowed(app, visitor, &no, import::PATH);
    }
    drop(state);
    let is_asked = answers.text(import::STEP).as_deref() == Some("import");
    let form = all::forms().find(|form| form.act == "people.import");
    let Some(form) = form.filter(|_| is_asked) else {
        return tokio::task::block_in_place(|| table(app, visitor, &answers, &[]));
    };
    let done = match form.act(&answers) {
        Ok(act) => app.perform(&visitor.actor, act, &[]).await,
        Err(mistakes) => Err(Failed::No(No::Mistakes(mistakes))),
    };
    let mistakes = match done {
        Ok(_) => {
            let mut answer = say::go_to(&(form.then)(&answers));
            let done = visitor::set(app, visitor::DONE, form.act, Some(60));
            answer.headers_mut().append(header::SET_COOKIE, done);
            return answer;
        }
        Err(Failed::No(No::Mistakes(mistakes))) => mistakes,
        Err(Failed::No(no)) => return unread_table(app, visitor, &no),
        Err(Failed::Unavailable(says)) => vec![Mistake::new(says)],
    };
    tokio::task::block_in_place(|| table(app, visitor, &answers, &mistakes))
}

/// The policy refuses, or the person may not any more.
fn unread_table(app: &App, visitor: &Visitor, no: &No) -> Response<Body> {
    let content = html! {
        (text::h1("These people were not taken in"))
        @match no {
            No::Refused(refusals) => (kit::refusal::refusals(refusals, None)),
            No::NotAllowed(_) | No::Mistakes(_) | No::Ask(_) => (text::paragraph("You may not do this now.")),
        }
        (text::paragraph("Nothing was changed."))
    };
    say::simple(app, visitor, StatusCode::CONFLICT, "Not taken in", content)
}

/// The step that shows what would be done; the first step again when the table can’t be read.
fn table(app: &App, visitor: &Visitor, answers: &Answers, mistakes: &[Mistake]) -> Response<Body> {
    let mut problems = Problems::none();
    for mistake in mistakes {
        problems.add(mistake.field.clone().unwrap_or_default(), &mistake.says);
    }
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let look = import::look(view, answers, &problems);
            let is_read = look.is_ok();
            let content = look.unwrap_or_else(|unread| {
                let mut problems = Problems::none();
                problems.add("file", unread.0);
                import::begin(view, &problems)
            });
            let about = frame::About {
                title: "Take in a table of people",
                path: import::PATH,
                has_problems: !is_read || !problems.is_empty(),
                ..frame::About::default()
            };
            (is_read, frame::page(view, about, content))
        });
    match drawn {
        Ok((is_read, page)) => {
            let fine = is_read && problems.is_empty();
            let status = if fine {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            say::html(status, page)
        }
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// Checks the whole ledger now and says what was found.
pub(crate) fn check_ledger(app: &App, visitor: &Visitor) -> Response<Body> {
    let may = |view: &View<'_>| view.has(&permit::need_for_activity());
    match app.desk.view(&visitor.actor, app.now(), "", None, may) {
        Ok(true) => {}
        _ => return say::nothing_here(app, visitor),
    }
    // It takes as long as the ledger is: other pages go on meanwhile.
    let check = || desk::witness::check(&app.folder, app.desk.store());
    let found = tokio::task::block_in_place(check);
    let content = match found {
        Ok((checked, checkpoints)) => html! {
            (text::h1("The ledger is whole"))
            (text::paragraph(format!("All {} lines were checked just now. Each follows from the one before, so nothing was changed, taken out or put in.", checked.head.seq)))
            (text::paragraph(format!("{checkpoints} signed checkpoints agree with it.")))
            (text::paragraph(text::link("/activity", "Back to activity")))
        },
        Err(fault) => html! {
            (text::h1("The ledger does not check"))
            (text::warning(format!("{fault}.")))
            (text::paragraph("Do not change anything. Keep this computer as it is, tell whoever looks after it, and compare with your last backup and with the checkpoint that your committee holds."))
        },
    };
    say::simple(app, visitor, StatusCode::OK, "Check the ledger", content)
}
