//! The API: acts are asked for as JSON with the names of the forms' fields, and answered with the
//! entries or the refusal; what a role may read is read as JSON. A token acts as its person.

mod describe;
mod read;

use super::{app::App, made, visitor};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, Response, StatusCode, header},
};
use desk::desk::Failed;
use families::{
    families as all,
    spine::{
        act::Actor,
        answers::{Answers, Upload},
        judge::No,
        page::Form,
    },
};
use serde_json::{Value, json};

pub(crate) use describe::{acts, describe};

/// The largest request, in bytes.
const BYTES_MAX: usize = 8 << 20;

/// Answers a request to the API.
pub(crate) async fn answer(app: &App, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let Some(rest) = path.strip_prefix("/api/v1/") else {
        return says(
            StatusCode::NOT_FOUND,
            "There is nothing at this address. The API begins at /api/v1/",
        );
    };
    if rest == "openapi.json" {
        return json(StatusCode::OK, &describe());
    }
    let Some(actor) = visitor::of_token(app, request.headers()) else {
        return says(
            StatusCode::UNAUTHORIZED,
            "Show a token: Authorization: Bearer … A person makes one at /account",
        );
    };
    if request.method() == Method::GET {
        let query = super::routes::query(request.uri().query().unwrap_or_default());
        return app.looking(|| read::read(app, &actor, rest, &query));
    }
    if request.method() != Method::POST {
        return says(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and POST are known here",
        );
    }
    let Some(form) = rest
        .strip_prefix("acts/")
        .and_then(|act| all::forms().find(|form| form.act == act))
    else {
        return says(
            StatusCode::NOT_FOUND,
            "There is no such act. GET /api/v1/acts lists them all",
        );
    };
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return match super::routes::from_parts(request, true).await {
            Ok(answers) => {
                let confirmed = answers.several("confirmed");
                act(app, &actor, form, answers, &confirmed).await
            }
            Err(what) => says(StatusCode::BAD_REQUEST, what),
        };
    }
    let body = to_bytes(request.into_body(), BYTES_MAX);
    let body = match tokio::time::timeout(super::routes::FORM_WAIT, body).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return says(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The request is too large: 8 MB are taken at most",
            );
        }
        Err(_) => {
            return says(
                StatusCode::REQUEST_TIMEOUT,
                "The request took too long to arrive",
            );
        }
    };
    match answers(&body) {
        Ok((answers, confirmed)) => act(app, &actor, form, answers, &confirmed).await,
        Err(what) => says(StatusCode::BAD_REQUEST, what),
    }
}

async fn act(
    app: &App,
    actor: &Actor,
    form: &'static Form,
    mut answers: Answers,
    confirmed: &[String],
) -> Response<Body> {
    let wrong = answers.check(form.fields);
    if !wrong.is_empty() {
        return no(app, actor, &No::Mistakes(wrong));
    }
    let once = match made::make(app, actor, form, &mut answers).await {
        Ok(once) => once,
        Err(mistakes) => return no(app, actor, &No::Mistakes(mistakes)),
    };
    let act = match form.act(&answers) {
        Ok(act) => act,
        Err(mistakes) => return no(app, actor, &No::Mistakes(mistakes)),
    };
    match app.perform(actor, act, confirmed).await {
        Ok(done) => {
            let entries: Vec<Value> = done
                .seqs
                .iter()
                .zip(&done.kinds)
                .map(|(seq, kind)| json!({ "seq": seq, "kind": kind }))
                .collect();
            let mut answer = json!({ "entries": entries });
            if let (Some(once), Some(object)) = (once, answer.as_object_mut()) {
                object.insert(once.what.to_owned(), json!(once.secret));
            }
            json(StatusCode::OK, &answer)
        }
        Err(Failed::No(why)) => no(app, actor, &why),
        Err(Failed::Unavailable(what)) => says(StatusCode::SERVICE_UNAVAILABLE, &what),
    }
}

/// A no as JSON: the same value that a page shows.
fn no(app: &App, actor: &Actor, no: &No) -> Response<Body> {
    let drawn = app.desk.view(actor, app.now(), "", None, |view| {
        no_as_json(no, &|text| view.words(text))
    });
    match drawn {
        Ok((status, value)) => json(status, &value),
        Err(error) => says(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

/// A no as a status and JSON.
pub(crate) fn no_as_json(no: &No, words: &dyn Fn(&str) -> String) -> (StatusCode, Value) {
    match no {
        // Not who may: that differs with what there is, and would tell whose number is a child’s.
        No::NotAllowed(_) => (
            StatusCode::FORBIDDEN,
            json!({ "error": "not allowed", "says": "This is for somebody else" }),
        ),
        No::Mistakes(mistakes) => {
            let each = mistakes
                .iter()
                .map(|one| json!({ "field": one.field, "says": words(&one.says) }));
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "error": "mistake", "mistakes": each.collect::<Vec<_>>() }),
            )
        }
        No::Refused(refusals) => {
            let each = refusals.iter().map(|one| {
                json!({
                    "control": one.control,
                    "clauses": one.clauses,
                    "reason": words(&one.reason),
                    "allowed_by": one.allowed_by,
                    "who_can_allow": one.allowed_by.in_words(),
                    "what_now": words(&one.what_now),
                    "field": one.field,
                })
            });
            (
                StatusCode::CONFLICT,
                json!({ "error": "refused", "refusals": each.collect::<Vec<_>>() }),
            )
        }
        No::Ask(asked) => {
            let each = asked.iter().map(
                |one| json!({ "control": one.control, "question": words(&one.question.says) }),
            );
            (
                StatusCode::PRECONDITION_REQUIRED,
                json!({ "error": "confirm", "confirm": each.collect::<Vec<_>>() }),
            )
        }
    }
}

/// The answers in a JSON object, and the controls that were confirmed.
fn answers(body: &[u8]) -> Result<(Answers, Vec<String>), &'static str> {
    let object = "The request must be a JSON object with the names of the form's fields";
    let value: Value = if body.is_empty() {
        json!({})
    } else {
        serde_json::from_slice(body).map_err(|_| object)?
    };
    let fields = value.as_object().ok_or(object)?;
    let mut answers = Answers::default();
    for (name, value) in fields {
        if let Some(upload) = upload(value) {
            answers.add_file(name, upload?);
            continue;
        }
        match value {
            Value::Array(all) => all
                .iter()
                .try_for_each(|one| word(one).map(|word| answers.add(name, &word)))?,
            Value::Null => {}
            one => answers.add(name, &word(one)?),
        }
    }
    let confirmed = answers.several("confirmed");
    Ok((answers, confirmed))
}

fn word(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(true) => Ok("yes".to_owned()),
        Value::Bool(false) => Ok("no".to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err("A field must be a text, a number, true or false, or a list of them")
        }
    }
}

/// A file: `{"name": "policy.toml", "text": "…"}`.
fn upload(value: &Value) -> Option<Result<Upload, &'static str>> {
    let file = value.as_object()?;
    let text = |key: &str| file.get(key).and_then(Value::as_str);
    Some(match (text("name"), text("text")) {
        (Some(name), Some(words)) => Ok(Upload {
            name: name.to_owned(),
            bytes: words.as_bytes().to_vec(),
        }),
        _ => Err("A file must be an object with \"name\" and \"text\""),
    })
}

/// JSON as an answer.
fn json(status: StatusCode, value: &Value) -> Response<Body> {
    let mut answer = Response::new(Body::from(value.to_string()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    answer
}

fn says(status: StatusCode, what: &str) -> Response<Body> {
    json(
        status,
        &json!({ "error": status.canonical_reason().unwrap_or("error").to_lowercase(), "says": what }),
    )
}
