//! Reports that had to wait on a device until there was a network. They come without a session, which
//! may have ended meanwhile; the form's own ticket says to whom it was given. What is told this way
//! must arrive: what can't be read of it is kept as words.

use super::{
    app::App,
    open::{short, size},
    routes::{self, FORM_WAIT, STRANGER_BYTES_MAX},
};
use axum::{
    body::Body,
    extract::Request,
    http::{Response, StatusCode},
};
use desk::desk::Failed;
use families::{
    concerns::once,
    families as all,
    spine::{
        act::{Actor, Person, Who},
        answers::Answers,
        draw::{ACT_FIELD, is_open},
        page::{Field, FieldKind, Form},
    },
};
use kernel::{
    moment::{Date, Moment},
    ruling::Mistake,
};
use ring::hmac;

/// Where they come in.
pub(crate) const PATH: &str = once::LATE;
/// For how long a ticket says to whom a form was given, in hours: a device may be without a network
/// over the holidays.
const TICKET_HOURS: i64 = 31 * 24;
/// The field with the words of what happened; what could not be read is added to it.
const WORDS: &str = "what";

/// Takes a report that had to wait.
pub(crate) async fn take(app: &App, from: &str, request: Request) -> Response<Body> {
    if routes::is_foreign(request.headers()) {
        return short(StatusCode::FORBIDDEN);
    }
    let body = routes::bytes(
        request.into_body(),
        STRANGER_BYTES_MAX,
        FORM_WAIT,
        "too large",
    );
    let Ok(body) = body.await else {
        return short(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let mut answers = Answers::default();
    for (name, words) in routes::pairs(&body) {
        answers.add(&name, &words);
    }
    let act = answers.text(ACT_FIELD).unwrap_or_default();
    let Some(form) = all::forms().find(|form| is_open(form.act) && form.act == act) else {
        return short(StatusCode::NOT_FOUND);
    };
    let who = given_to(app, form, &answers.text(once::TICKET).unwrap_or_default());
    keep_as_words(form, &mut answers, app.now().date());
    let Ok(act) = form.act(&answers) else {
        return short(StatusCode::UNPROCESSABLE_ENTITY);
    };
    // What can’t be read counts for nothing: the device sends it again, and others wait behind it.
    if who.person().is_none() && !app.open.takes(from, size(&answers), app.now()) {
        return short(StatusCode::TOO_MANY_REQUESTS);
    }
    match app.perform(&who, act, &[]).await {
        Ok(_) => short(StatusCode::OK),
        Err(Failed::No(_)) => short(StatusCode::UNPROCESSABLE_ENTITY),
        Err(Failed::Unavailable(_)) => short(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// Takes answers that do not fit their fields out of these, and adds their words to what happened;
/// a day that has not come by our clock, too.
fn keep_as_words(form: &Form, answers: &mut Answers, today: Date) {
    let holds_words =
        |field: &&Field| field.name == WORDS && matches!(field.kind, FieldKind::Text(_));
    if !form.fields.iter().any(|field| holds_words(&field)) {
        return;
    }
    let wrong = answers.check(form.fields);
    let before = answers.text(WORDS).unwrap_or_default();
    let mut kept = before.clone();
    for field in form.fields.iter().filter(|field| field.optional) {
        let misfits = |wrong: &Mistake| wrong.field.as_deref() == Some(field.name);
        let is_day = matches!(field.kind, FieldKind::Date);
        let has_not_come = is_day && answers.date(field.name).is_some_and(|day| day > today);
        if !has_not_come && !wrong.iter().any(misfits) {
            continue;
        }
        let names: &[&str] = match field.kind {
            FieldKind::Date => &["", "-day", "-month", "-year"],
            _ => &[""],
        };
        for part in names {
            let name = format!("{}{part}", field.name);
            for words in answers.several(&name) {
                kept.push_str(&format!("\n{}: {words}", field.label));
            }
            answers.remove(&name);
        }
    }
    if kept != before {
        answers.remove(WORDS);
        answers.add(WORDS, &kept);
    }
}

/// What a form carries that is given to somebody: who, when, and our mark. It is good for this form,
/// and until another password ends what was signed in with the one before.
pub(crate) fn ticket(app: &App, form: &Form, who: &Actor) -> Option<String> {
    let person = who.person()?;
    let words = format!("{}.{}", person.0, app.now().micros());
    let mark = mark(app, form.act, person, &words);
    Some(format!("{words}.{mark}"))
}

fn mark(app: &App, act: &str, person: Person, words: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.secret);
    let epoch = app.desk.state().setting.access.epoch(person);
    let tag = hmac::sign(&key, format!("late {act} {epoch:?} {words}").as_bytes());
    ledger::hex::encode(tag.as_ref())
}

/// To whom a form was given; nobody where it does not say so, or not by us.
fn given_to(app: &App, form: &Form, ticket: &str) -> Actor {
    let found = || {
        let (words, given) = ticket.rsplit_once('.')?;
        let (person, at) = words.split_once('.')?;
        let (person, at) = (Person(person.parse().ok()?), at.parse().ok()?);
        let ours = mark(app, form.act, person, words);
        let same: bool = subtle::ConstantTimeEq::ct_eq(ours.as_bytes(), given.as_bytes()).into();
        if !same {
            return None;
        }
        let at = Moment::from_micros(at);
        let fresh = at <= app.now() && app.now() <= at.plus_hours(TICKET_HOURS);
        let state = app.desk.state();
        let here = state.setting.lets_in(person, app.now().date());
        (fresh && here).then_some(person)
    };
    match found() {
        Some(person) => Actor {
            who: Who::Person(person),
            device: Some("kept".to_owned()),
            ..Actor::default()
        },
        None => Actor::nobody(),
    }
}
