//! What somebody is told when a page is closed: why, by which words of the policy, and who can open it.

use crate::{content::Theme, plan::Verdict};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, PROXY_AUTHENTICATE,
    },
};

/// Why a body ends early.
pub(super) type BodyError = Box<dyn core::error::Error + Send + Sync>;

/// A body that is handed on as it comes.
pub(super) type Body = UnsyncBoxBody<Bytes, BodyError>;

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
    /// What the page is about, where that closed it.
    pub about: Option<Theme>,
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
    let help = blocked.about.map_or("", help);
    framed(heading, &format!("<p>{host}</p><p>{why}</p>{clause}{help}"))
}

/// A page with a heading, without anything from elsewhere.
pub(super) fn framed(heading: &str, inner: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{heading}</title><style>body{{font:1.2rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}code{{overflow-wrap:anywhere}}a{{display:inline-block;min-height:44px}}</style></head><body><main><h1>{heading}</h1>{inner}</main></body></html>"
    )
}

/// Where there is help with what a page was about; these sites are always open.
fn help(theme: Theme) -> &'static str {
    match theme {
        Theme::SelfHarm | Theme::Suicide | Theme::EatingDisorders | Theme::Bullying => {
            "<h2>Somebody to talk to</h2><p>If this is about you or somebody whom you know, you can talk about it now, free and without giving a name: Samaritans on 116 123, or Childline on 0800 1111 if you are under 19. In an emergency call 999.</p><p><a href=\"https://www.samaritans.org/\">Samaritans</a> <a href=\"https://www.childline.org.uk/\">Childline</a></p>"
        }
        Theme::ViolenceAgainstWomen => {
            "<h2>Somebody to talk to</h2><p>The National Domestic Abuse Helpline is free at any time: 0808 2000 247. In an emergency call 999.</p>"
        }
        Theme::Drugs | Theme::Gambling | Theme::Hate | Theme::Extremism | Theme::Sexual => "",
    }
}

pub(super) fn escaped(text: &str) -> String {
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

/// Asks who it is.
pub(super) fn log_in() -> Response<Body> {
    let mut response = page(
        StatusCode::PROXY_AUTHENTICATION_REQUIRED,
        framed(
            "Log in to our filter",
            "<p>This device is not known here. Log in with your own code as the password: whoever looks after our devices gives it to you.</p>",
        ),
    );
    let basic = HeaderValue::from_static("Basic realm=\"Our filter\", charset=\"UTF-8\"");
    response.headers_mut().insert(PROXY_AUTHENTICATE, basic);
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
            about: None,
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
    fn a_page_about_suicide_says_where_somebody_listens() {
        let page = say_plainly(&Blocked {
            about: Some(Theme::Suicide),
            ..blocked()
        });
        assert!(page.contains("116 123") && page.contains("0800 1111"));
        assert!(!say_plainly(&blocked()).contains("116 123"));
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
