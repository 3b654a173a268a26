//! Showing a page or a form: GET.

use super::{
    app::App,
    devices, frame, say,
    visitor::{self, Visitor},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, StatusCode, header},
};
use desk::witness::{self, WitnessError};
use families::{
    access::{entries::looks::How, looks::Came},
    families as all, monitor,
    spine::{
        answers::Answers,
        draw,
        page::{Form, Page, Params, Shown},
        permit,
        tongue::{self, Tongue},
        view::View,
    },
};
use kit::{document::Document, form::Problems, notice, text};
use maud::{Markup, html};
use tokio::runtime::{Handle, RuntimeFlavor};

/// Shows a page.
pub(crate) fn page(
    app: &App,
    visitor: &Visitor,
    page: &'static Page,
    params: &Params,
    address: &str,
) -> Response<Body> {
    let now = app.now();
    if let Some(sign) = app.desk.instead_of(page.path, &visitor.actor, now) {
        return say::go_to(sign);
    }
    let when = (app.desk.head().seq, now.date(), app.desk.notes());
    // What exceptional access opens is never remembered: it ends by the minute.
    let lends = !app.desk.lend(&visitor.actor, now).lent.is_empty();
    let changes = monitor::pages::asks_traces(page.path);
    let fresh = visitor.done.is_none() && page.lines.is_none() && !lends && !changes;
    if fresh && let Some(bytes) = app.memory.find(when, visitor.key(), address) {
        let came = Came::Shown(How::Page);
        app.desk
            .record_look(&visitor.actor, page.path, params, came, now);
        return from_bytes(bytes);
    }
    let tongue = visitor.actor.tongue;
    let english = visitor.in_english();
    let reader = if tongue.knows_page(page) {
        visitor
    } else {
        &english
    };
    let show = || {
        app.desk
            .show(&reader.actor, page, params, now, &visitor.csrf)
    };
    let shown = match if changes { slowly(show) } else { show() } {
        Err(error) => {
            return say::trouble(
                app,
                visitor,
                &format!("The ledger could not be read: {error}."),
            );
        }
        Ok(Err(no)) => return say::not_allowed(app, visitor, &no, address),
        Ok(Ok(shown)) => shown,
    };
    match shown {
        Shown::NotHere => say::nothing_here(app, visitor),
        Shown::File { name, mime, bytes } => file(&name, mime, bytes),
        Shown::Kept(file) => super::kept::send(app, visitor, &file),
        Shown::Document(document) => {
            let document = reader.actor.tongue.document(*document);
            let document = super::codes_on_paper::fill(app, document);
            self::document(app, reader, page, params, &document)
        }
        Shown::Page(title, content) => {
            let drawn = draw_page(app, reader, page, &title, content, address);
            let drawn = match drawn {
                Ok(drawn) => Bytes::from(drawn),
                Err(error) => {
                    return say::trouble(
                        app,
                        visitor,
                        &format!("The ledger could not be read: {error}."),
                    );
                }
            };
            if fresh {
                app.memory.keep(when, visitor.key(), address, &drawn);
            }
            from_bytes(drawn)
        }
    }
}

/// What may take a second or two, such as going through traces, keeps nobody else waiting.
fn slowly<T>(work: impl FnOnce() -> T) -> T {
    let flavour = Handle::try_current().map(|handle| handle.runtime_flavor());
    match flavour {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        Ok(_) | Err(_) => work(),
    }
}

fn draw_page(
    app: &App,
    visitor: &Visitor,
    page: &Page,
    title: &str,
    content: Markup,
    address: &str,
) -> Result<String, ledger::store::StoreError> {
    app.desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let path = address.split('?').next().unwrap_or(address);
            let knows = Tongue::Pl.knows_page(page);
            let tongue = view.tongue();
            let about = frame::About {
                title,
                path,
                offers_at: if knows { address } else { "" },
                help: &tongue.page_help(page),
                before: before(app, visitor, tongue, path),
                ..frame::About::default()
            };
            frame::page(view, about, content)
        })
}

/// What stands before the content: what was just done, and on the first page whether the reader is
/// signed in elsewhere, too.
fn before(app: &App, visitor: &Visitor, tongue: Tongue, path: &str) -> Option<Markup> {
    let done = done(visitor, tongue);
    let elsewhere = (path == "/")
        .then(|| devices::elsewhere(app, visitor))
        .flatten();
    if done.is_none() && elsewhere.is_none() {
        return None;
    }
    Some(html! { (done.unwrap_or_default()) (elsewhere.unwrap_or_default()) })
}

/// Says what was just done.
fn done(visitor: &Visitor, tongue: Tongue) -> Option<Markup> {
    let act = visitor.done.as_deref()?;
    let form = all::forms().find(|form| form.act == act)?;
    let title = tongue.form_title(form);
    let said = tongue.say_with("done", &[("title", (&title).into())]);
    Some(notice::done(text::paragraph(said)))
}

fn from_bytes(bytes: Bytes) -> Response<Body> {
    let mut answer = Response::new(Body::from(bytes));
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    answer
}

/// A file to keep.
pub(crate) fn file(name: &str, mime: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let plain: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .take(100)
        .collect();
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    let disposition = format!("attachment; filename=\"{plain}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}

fn document(
    app: &App,
    visitor: &Visitor,
    page: &Page,
    params: &Params,
    document: &Document,
) -> Response<Body> {
    match params.get("as") {
        "pdf" => pdf(app, visitor, page, document),
        "csv" => file(
            &format!("{}.csv", file_name(page, document)),
            "text/csv; charset=utf-8",
            csv(document).into_bytes(),
        ),
        _ => {
            let own = visitor.actor.tongue;
            let content = html! {
                (kit::document::to_html(document))
                (text::paragraph(html! {
                    (text::link_to_file("?as=pdf", own.say("keep-pdf"), "PDF")) " · "
                    (text::link_to_file("?as=csv", own.say("keep-tables"), "CSV"))
                }))
            };
            let title = own.say_with("for-print", &[("title", (&document.title).into())]);
            match draw_page(app, visitor, page, &title, content, page.path) {
                Ok(drawn) => say::html(StatusCode::OK, drawn),
                Err(error) => say::trouble(
                    app,
                    visitor,
                    &format!("The ledger could not be read: {error}."),
                ),
            }
        }
    }
}

fn pdf(app: &App, visitor: &Visitor, page: &Page, document: &Document) -> Response<Body> {
    let setting = app.desk.state().setting.place.name().to_owned();
    let meta = paper::Meta {
        setting,
        made: app.now(),
        made_at: visitor.actor.tongue.moment(app.now()),
        lang: visitor.actor.tongue.code().to_owned(),
    };
    let bytes = match paper::pdf(document, &meta) {
        Ok(bytes) => bytes,
        Err(error) => {
            let says = format!("The PDF could not be made: {error}.");
            return say::trouble(app, visitor, &says);
        }
    };
    match with_proof(app, document, bytes) {
        Ok(bytes) => file(
            &format!("{}.pdf", file_name(page, document)),
            "application/pdf",
            bytes,
        ),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The proof could not be added to the PDF: {error}."),
        ),
    }
}

/// A PDF with the proof of the entries that it rests on, where there are any.
fn with_proof(app: &App, document: &Document, bytes: Vec<u8>) -> Result<Vec<u8>, WitnessError> {
    if document.rests_on.is_empty() {
        return Ok(bytes);
    }
    let store = app.desk.store();
    witness::seal(&app.folder, store, app.now(), bytes, &document.rests_on)
}

fn csv(document: &Document) -> String {
    let tables = document.blocks.iter().filter_map(|block| match block {
        kit::document::Block::Table(table) => Some(kit::document::to_csv(table)),
        _ => None,
    });
    tables.collect::<Vec<_>>().join("\r\n")
}

/// A name for a file: from the title, or from the address when the title has no plain letters.
fn file_name(page: &Page, document: &Document) -> String {
    let name = slug(&document.title);
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        name
    } else {
        slug(page.path)
    }
}

fn slug(title: &str) -> String {
    let plain: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    plain
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// Shows a form to fill in.
pub(crate) fn form(
    app: &App,
    visitor: &Visitor,
    form: &'static Form,
    params: &Params,
    address: &str,
) -> Response<Body> {
    let now = app.now();
    if let Some(sign) = app.desk.instead_of(form.path, &visitor.actor, now) {
        return say::go_to(sign);
    }
    let state = app.desk.state();
    let need = (form.need)(params, &state.setting);
    let lent = app.desk.lend(&visitor.actor, now);
    let look = |came| {
        app.desk
            .record_look(&visitor.actor, form.path, params, came, now);
    };
    if let Err(no) = permit::permit(&lent, &need, &state.setting, now.date()) {
        look(Came::Refused);
        return say::not_allowed(app, visitor, &no, address);
    }
    let english = visitor.in_english();
    let reader = if visitor.actor.tongue.knows_form(form) {
        visitor
    } else {
        &english
    };
    let mut begun = params.clone();
    super::open::prepare(app, visitor, form, &mut begun);
    let drawn = app
        .desk
        .view(&reader.actor, now, &visitor.csrf, None, |view| {
            let start = (form.start)(view, &begun);
            if start.not_here {
                return None;
            }
            let content = draw_form(
                view,
                form,
                address,
                &start.answers,
                &Problems::none(),
                &html! {},
                start.above,
            );
            Some(content)
        });
    match drawn {
        Ok(Some(page)) => {
            look(Came::Shown(How::Page));
            say::html(StatusCode::OK, page)
        }
        Ok(None) => {
            look(Came::Refused);
            say::nothing_here(app, visitor)
        }
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// A form with everything around it; `said` is what stands above it when the answer was no.
pub(crate) fn draw_form(
    view: &View<'_>,
    form: &'static Form,
    address: &str,
    answers: &Answers,
    problems: &Problems,
    said: &Markup,
    above: Option<Markup>,
) -> String {
    let title = view.tongue().form_title(form);
    let content = html! {
        (said)
        (kit::form::error_summary_in(tongue::words(view.tongue()), problems))
        (text::h1(&title))
        (draw::paragraphs(&view.tongue().form_help(form)))
        @if let Some(above) = above { (above) }
        (draw::form(form, view, address, answers, problems))
    };
    let about = frame::About {
        title: &title,
        path: address.split('?').next().unwrap_or(address),
        offers_at: if Tongue::Pl.knows_form(form) {
            address
        } else {
            ""
        },
        has_problems: !problems.is_empty(),
        narrow: true,
        ..frame::About::default()
    };
    frame::page(view, about, content)
}

/// Takes the cookie away that said what was done.
pub(crate) fn forget_done(app: &App, visitor: &Visitor, answer: &mut Response<Body>) {
    if visitor.done.is_some() {
        answer.headers_mut().append(
            header::SET_COOKIE,
            visitor::set(app, visitor::DONE, "", Some(0)),
        );
    }
}
