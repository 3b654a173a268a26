//! Files on their way into the vault and out of it. A file is looked at, scanned where a scanner is,
//! and sealed before the act is read; a form only ever gets a reference that was made here. Out it
//! goes in pieces, as something to keep and never as a page.

use super::{app::App, say, visitor::Visitor};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, StatusCode, header},
};
use families::spine::{
    act::Actor,
    answers::{Answers, Upload},
    page::{FieldKind, Form, Params},
    permit,
};
use hyper::body::Frame;
use kernel::{kept::Loose, ruling::Mistake, sealed::Key};
use std::{
    io::{self, Read},
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;
use vault::{VaultError, scan};

/// Bytes of a file that are sent at a time, and how many such pieces wait.
const PIECE: usize = 64 << 10;
const PIECES_WAITING: usize = 4;
/// What a browser may do with a file: nothing.
const POLICY: &str =
    "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Puts each file that a form keeps into the vault, and its reference among the answers.
///
/// # Errors
/// A file is not taken, and why; or it can't be kept just now.
pub(crate) async fn take_in(
    app: &App,
    actor: &Actor,
    form: &Form,
    answers: &mut Answers,
) -> Result<(), Vec<Mistake>> {
    let keeps = |kind: FieldKind| matches!(kind, FieldKind::Keep(_));
    for field in form.fields.iter().filter(|field| keeps(field.kind)) {
        let Some(upload) = answers.take_file(field.name) else {
            continue;
        };
        if upload.bytes.is_empty() {
            continue;
        }
        if !may_ask(app, actor, form, answers) || is_not_here(app, actor, form, answers) {
            // The act itself says who may; a stranger’s file is not kept until then.
            return Err(vec![Mistake::at(
                field.name,
                "You can’t hand in a file here",
            )]);
        }
        let vault = app.folder.vault();
        let kept = tokio::task::spawn_blocking(move || keep(&vault, &upload)).await;
        let failed = "The file could not be kept just now. Try again".to_owned();
        let kept = kept.unwrap_or(Err(failed));
        let kept = kept.map_err(|says| vec![Mistake::at(field.name, says)])?;
        answers.add_kept(field.name, kept);
    }
    Ok(())
}

/// Whether this person may see the form: before anything of theirs is written to the disk.
pub(super) fn may_ask(app: &App, actor: &Actor, form: &Form, answers: &Answers) -> bool {
    let params = params(answers);
    let state = app.desk.state();
    let need = (form.need)(&params, &state.setting);
    permit::permit(actor, &need, &state.setting, app.now().date()).is_ok()
}

/// Whether there is no such form for them: where no file is taken, none is looked at or written to
/// the disk, whichever way it comes.
fn is_not_here(app: &App, actor: &Actor, form: &Form, answers: &Answers) -> bool {
    let params = params(answers);
    let not_here = app.desk.view(actor, app.now(), "", None, |view| {
        (form.start)(view, &params).not_here
    });
    not_here.unwrap_or(true)
}

fn params(answers: &Answers) -> Params {
    let said = answers.iter().filter_map(|(name, words)| {
        let word = words.first()?.clone();
        Some((name.to_owned(), word))
    });
    Params(said.collect())
}

/// Looks at a file, has it scanned where a scanner is, and keeps it.
///
/// # Errors
/// Why it is not kept, in words.
pub(crate) fn keep(vault: &vault::Vault, upload: &Upload) -> Result<Loose, String> {
    let kind = vault::look(&upload.bytes).map_err(|why| why.to_string())?;
    if let Some(socket) = scan::socket() {
        match scan::scan(&socket, &upload.bytes) {
            Ok(scan::Says::Clean) => {}
            Ok(scan::Says::Found(what)) => {
                tracing::warn!(
                    what,
                    "the scanner found something in a file; it was not kept"
                );
                return Err("The virus scanner found something in this file, so it was not kept. Delete it, and tell whoever looks after your computers".to_owned());
            }
            Err(error) => {
                tracing::error!(%error, "the virus scanner does not answer");
                return Err("The virus scanner does not answer, so no files are taken. Tell whoever looks after this computer".to_owned());
            }
        }
    }
    let failed = "The file could not be kept just now. Try again".to_owned();
    let random = desk::folder::random().map_err(|_| failed.clone())?;
    let kept = vault.keep(
        &mut upload.bytes.as_slice(),
        &upload.name,
        kind,
        Key::new(random),
    );
    kept.map_err(|error| {
        tracing::error!(%error, "a file could not be kept");
        match error {
            VaultError::Full => "There is no room on the disk, so the file was not kept. Tell whoever looks after this computer".to_owned(),
            VaultError::Missing | VaultError::File(_) => failed,
        }
    })
}

/// Sends a file of the vault, to be kept by whoever asked.
pub(crate) fn send(app: &App, visitor: &Visitor, file: &Loose) -> Response<Body> {
    let opened = match app.folder.vault().open(file) {
        Ok(opened) => opened,
        Err(error) => {
            tracing::error!(%error, "a file could not be opened");
            let content = maud::html! {
                (kit::text::h1("This file can’t be opened"))
                (kit::text::paragraph("It is missing or damaged. Whoever looks after this computer can bring it back from a backup: stairgate ledger check says which files are missing."))
            };
            let title = "This file can’t be opened";
            return say::simple(
                app,
                visitor,
                StatusCode::INTERNAL_SERVER_ERROR,
                title,
                content,
            );
        }
    };
    let mut answer = Response::new(Body::new(pieces(opened)));
    let headers = answer.headers_mut();
    let mime = HeaderValue::from_static(file.kind.mime());
    headers.insert(header::CONTENT_TYPE, mime);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    let disposition = disposition(&file.name_to_give());
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    let policy = HeaderValue::from_static(POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}

/// To be kept under a name: plainly for old programs, and as it is for others.
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let whole = families::spine::page::encoded(name);
    let text = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

/// A body that is read piece by piece; damage ends it early, which the receiver notices.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

fn pieces(mut from: impl Read + Send + 'static) -> Pieces {
    let (tell, receive) = mpsc::channel(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let most = u64::try_from(PIECE).unwrap_or(u64::MAX);
            let read = (&mut from).take(most).read_to_end(&mut piece);
            let (piece, ends) = match read {
                Ok(0) => return,
                Ok(_) => (Ok(Bytes::from(piece)), false),
                Err(error) => {
                    tracing::error!(%error, "a file could not be sent to its end");
                    (Err(error), true)
                }
            };
            if tell.blocking_send(piece).is_err() || ends {
                return;
            }
        }
    });
    Pieces(receive)
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let polled = self.0.poll_recv(context);
        polled.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_add_to_a_header() {
        let said = disposition("Zoë\r\nSet-Cookie: x=1; \"a\".pdf");
        let text = said.to_str().unwrap();
        assert!(text.starts_with("attachment; filename=\"Zo___Set-Cookie__x_1___a_.pdf\""));
        assert!(!text.contains('\r') && text.contains("Zo%C3%AB%0D%0A"));
    }
}
