//! What somebody is told when a page is closed: why, by which words of the policy, and who can open it.

use crate::plan::Verdict;
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue},
};

/// A body that is handed on as it comes.
pub(super) type Body = UnsyncBoxBody<Bytes, hyper::Error>;

/// Something that is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// What was asked for: a host. Of an illegal page nothing more is said.
    pub host: String,
    /// All that is known about why.
    pub verdict: Verdict,
    /// It is illegal: nothing opens it.
    pub illegal: bool,
    /// The filter could not say, so it is closed.
    pub failed: bool,
}

/// The page that says so, without anything from elsewhere.
#[must_use]
pub fn say_plainly(blocked: &Blocked) -> String {
    let host = escaped(&blocked.host);
    let (heading, why) = if blocked.illegal {
        (
            "This page is closed for everybody",
            "It is on a list of illegal pages. Nothing opens it.".to_owned(),
        )
    } else if blocked.failed {
        (
            "This page can’t be reached just now",
            "Nobody could say where it is. Try again in a minute.".to_owned(),
        )
    } else {
        (
            "This page is closed",
            format!("Why: {}.", escaped(&blocked.verdict.why)),
        )
    };
    let clause = blocked.verdict.clause.as_deref();
    let clause = clause.map_or_else(String::new, |clause| {
        format!("<p>Our policy says: “{}”</p>", escaped(clause))
    });
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{heading}</title></head><body><main><h1>{heading}</h1><p>{host}</p><p>{why}</p>{clause}</main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A page of the proxy's own.
pub(super) fn page(status: StatusCode, html: String) -> Response<Body> {
    let mut response = say(status, "text/html; charset=utf-8", html);
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    response
}

/// Words of the proxy's own.
pub(super) fn say(
    status: StatusCode,
    kind: &'static str,
    words: impl Into<Bytes>,
) -> Response<Body> {
    let body = Full::new(words.into());
    let mut response = Response::new(body.map_err(|never| match never {}).boxed_unsync());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A line for somebody who set something up wrongly.
pub(super) fn words(status: StatusCode, words: &'static str) -> Response<Body> {
    say(status, "text/plain; charset=utf-8", format!("{words}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocked() -> Blocked {
        Blocked {
            host: "<script>.example".to_owned(),
            verdict: Verdict {
                why: "'games' is closed for 'children'".to_owned(),
                clause: Some("Only what is right for their age".to_owned()),
                ..Verdict::default()
            },
            illegal: false,
            failed: false,
        }
    }

    #[test]
    fn a_closed_page_says_why_and_by_which_words() {
        let page = say_plainly(&blocked());
        assert!(page.contains("'games' is closed for 'children'"));
        assert!(page.contains("Only what is right for their age"));
        assert!(!page.contains("<script>"));
    }

    #[test]
    fn of_an_illegal_page_nothing_more_is_said() {
        let page = say_plainly(&Blocked {
            illegal: true,
            verdict: Verdict::default(),
            ..blocked()
        });
        assert!(page.contains("Nothing opens it") && !page.contains("policy"));
    }
}
