//! The address of a page in its normal form, so that two ways to write one page are one: no scheme,
//! the host in small letters, no usual port, nothing behind `#`, percent signs only where they must
//! be, no `.` and `..` in the path.

use crate::names::normal;

/// The longest address that is looked at, in bytes; nothing on a list is longer.
const BYTES_MAX: usize = 8_192;

/// A page: its host, and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAddress {
    /// The host, in its normal form.
    pub host: String,
    /// The port, where it is not a usual one.
    pub port: Option<u16>,
    /// The path, beginning with `/`.
    pub path: String,
    /// What is asked of it, without the `?`.
    pub query: Option<String>,
}

impl PageAddress {
    /// Reads an address with or without a scheme. `None`: it names no page of the web.
    #[must_use]
    pub fn read(text: &str) -> Option<PageAddress> {
        let text = text.trim();
        if text.len() > BYTES_MAX || text.bytes().any(|byte| byte.is_ascii_control()) {
            return None;
        }
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if is_web(scheme) => rest,
            Some((before, _)) if before.contains(['/', '?', '#', '.']) => text,
            Some(_) => return None,
            None => text,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?', '\\']).unwrap_or(rest.len());
        let (authority, behind) = rest.split_at_checked(end)?;
        let (host, port) = read_authority(authority)?;
        let (path, query) = match behind.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (behind, None),
        };
        Some(PageAddress {
            host,
            port,
            path: normal_path(path),
            query: query.map(normal_part).filter(|query| !query.is_empty()),
        })
    }

    /// From the parts of a request.
    #[must_use]
    pub fn of_request(host: &str, port: u16, path_and_query: &str) -> Option<PageAddress> {
        let port = if matches!(port, 80 | 443) {
            String::new()
        } else {
            format!(":{port}")
        };
        PageAddress::read(&format!("//{host}{port}{path_and_query}").replacen("//", "http://", 1))
    }

    /// The whole in its normal form, without and with what is asked of it: an entry of a list that
    /// names a page closes it whatever is asked.
    #[must_use]
    pub fn forms(&self) -> (String, Option<String>) {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let page = format!("{}{port}{}", self.host, self.path);
        let asked = self.query.as_ref().map(|query| format!("{page}?{query}"));
        (page, asked)
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.is_empty() || scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn read_authority(authority: &str) -> Option<(String, Option<u16>)> {
    let (before, authority) = authority.rsplit_once('@').unwrap_or(("", authority));
    // Another scheme, not somebody who is named.
    if before.starts_with("mailto:") {
        return None;
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, "")) => (host, None),
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (host, Some(port.parse::<u16>().ok()?))
        }
        _ => (authority, None),
    };
    let host = normal(host.trim_end_matches('.')).ok()?.into_owned();
    let port = port.filter(|port| !matches!(port, 80 | 443));
    host.contains('.').then_some((host, port))
}

fn normal_path(path: &str) -> String {
    // What an escaped `?` begins is part of the path, and stays escaped.
    let plain = normal_part(path).replace('\\', "/").replace('?', "%3F");
    let mut parts: Vec<&str> = Vec::new();
    let ends_open = plain.ends_with('/') || plain.ends_with("/.") || plain.ends_with("/..");
    for part in plain.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut path = format!("/{}", parts.join("/"));
    if ends_open && !parts.is_empty() {
        path.push('/');
    }
    path
}

/// Undoes percent signs until there is nothing to undo, and then writes only those that must be.
fn normal_part(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    // Each round takes two bytes off at least for each sign, so it ends.
    while let Some(undone) = undo(&bytes) {
        bytes = undone;
    }
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_graphic() && !matches!(byte, b'%' | b'#') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// One round; `None` when nothing changed.
fn undo(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut changed = false;
    while let Some((first, behind)) = rest.split_first() {
        let pair = behind.first_chunk::<2>().filter(|_| *first == b'%');
        let value = pair.and_then(|[high, low]| Some(digit(*high)? * 16 + digit(*low)?));
        match value {
            Some(value) => {
                out.push(value);
                changed = true;
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    changed.then_some(out)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(text: &str) -> Option<String> {
        let (page, asked) = PageAddress::read(text)?.forms();
        Some(asked.unwrap_or(page))
    }

    #[test]
    fn all_ways_to_write_a_page_are_one() {
        let ways = [
            "http://host.example/some/page",
            "https://HOST.example:443/some/page",
            "host.example./some/page#part",
            "http://user:secret@host.example:80/some/./page",
            "https://host.example/other/../some//page",
            "https://host.example/some%2Fpage",
            "https://host.example/some%5Cpage",
            "https://host.example/%73ome/%2570age",
            "http:\\\\host.example/some/page"
                .replace('\\', "/")
                .as_str(),
        ]
        .map(page);
        for way in ways {
            assert_eq!(way.as_deref(), Some("host.example/some/page"));
        }
    }

    #[test]
    fn different_pages_stay_different() {
        let pages = [
            "host.example/some/page",
            "host.example/some/page/",
            "host.example/some/Page",
            "host.example/some/page?number=2",
            "host.example/some/page%3Fnumber=2",
            "host.example:8080/some/page",
            "other.host.example/some/page",
            "host.example/",
        ]
        .map(|text| page(text).unwrap());
        let all: std::collections::BTreeSet<&String> = pages.iter().collect();
        assert_eq!(all.len(), pages.len());
    }

    #[test]
    fn what_names_no_page_is_none() {
        for text in [
            "",
            "mailto:a@b.example",
            "ftp://host.example/",
            "no dots",
            "http://",
            "http://[::1",
        ] {
            assert_eq!(page(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_normal_form_stays_as_it_is(text in r"[a-z%./\\?:@#0-9A-F]{0,40}") {
            if let Some(once) = page(&format!("host.example/{text}")) {
                prop_assert_eq!(page(&once), Some(once.clone()));
            }
        }

        #[test]
        fn any_words_are_read_without_harm(text in ".{0,200}") {
            let _ = page(&text);
        }
    }
}
