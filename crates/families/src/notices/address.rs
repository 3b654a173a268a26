//! Addresses as they may be used: of mail, of this program, of push services. Strict, because what
//! passes goes into the head of a message or is connected to.

use core::net::IpAddr;

/// The longest address of mail.
const MAIL_MAX: usize = 254;
/// The longest address of a push service.
const ENDPOINT_MAX: usize = 1_000;
/// Names that lead nowhere or to the inside of a network.
const INSIDE: &[&str] = &[
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "invalid",
    "onion",
];

/// Whether mail can be sent to this: one plain address, nothing around it.
#[must_use]
pub fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let dots = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    text.len() <= MAIL_MAX
        && (1..=64).contains(&name.len())
        && name.chars().all(plain)
        && dots
        && is_name(host)
        && host.contains('.')
}

/// Whether this is a name or number of a server, without anything around it.
#[must_use]
pub fn is_host(text: &str) -> bool {
    is_name(text) || text.parse::<IpAddr>().is_ok()
}

/// Whether a server is on the machine that this program runs on.
#[must_use]
pub fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether people can sign in at this: `https://…`, or `http://` on the same machine.
#[must_use]
pub fn is_web(text: &str) -> bool {
    let (rest, plain) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (rest, false),
        (None, Some(rest)) => (rest, true),
        (None, None) => return false,
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let spelled = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    text.len() <= 200
        && is_host(host)
        && (!plain || is_this_machine(host))
        && port.parse::<u16>().is_ok_and(|port| port > 0)
        && path.chars().all(spelled)
}

/// The name of the server in an address of the web.
#[must_use]
pub fn host_of(web: &str) -> &str {
    let rest = web.split_once("://").map_or(web, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    authority.split(':').next().unwrap_or_default()
}

/// Whether a push service may be at this: `https` on its usual port, a name that everybody can look
/// up. Where the name leads to is looked at again at each sending.
#[must_use]
pub fn is_endpoint(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let Some((host, path)) = rest.split_once('/') else {
        return false;
    };
    let host = host.strip_suffix(":443").unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let numbers = last.chars().all(|c| c.is_ascii_digit()) || last.starts_with("0x");
    text.len() <= ENDPOINT_MAX
        && is_name(host)
        && host.contains('.')
        && !numbers
        && !INSIDE.contains(&last.to_ascii_lowercase().as_str())
        && path
            .chars()
            .all(|c| c.is_ascii_graphic() && c != '#' && c != '\\')
}

/// Labels of letters, digits and hyphens with dots between.
fn is_name(host: &str) -> bool {
    let label = |label: &str| {
        let plain = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (1..=63).contains(&label.len()) && plain && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_plain_address_can_be_written_to() {
        for fine in ["ada@larkrise.example", "a.b+c@mail.larkrise.example"] {
            assert!(is_mail(fine), "{fine}");
        }
        for wrong in [
            "",
            "ada",
            "@larkrise.example",
            "ada@larkrise",
            "ada@@larkrise.example",
            "ada@larkrise.example, bob@larkrise.example",
            "ada@larkrise.example\r\nBcc: bob@larkrise.example",
            "ada@larkrise.example\n",
            "Ada <ada@larkrise.example>",
            "\"a b\"@larkrise.example",
            "ada..b@larkrise.example",
            "ada@[127.0.0.1]",
            "ada@larkrise.example>",
        ] {
            assert!(!is_mail(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn people_sign_in_over_https_or_on_the_same_machine() {
        for fine in [
            "https://stairgate.larkrise.example",
            "https://larkrise.example:8443/stairgate/",
            "http://127.0.0.1:8080",
            "http://localhost:8080",
        ] {
            assert!(is_web(fine), "{fine}");
        }
        for wrong in [
            "http://larkrise.example",
            "javascript:alert(1)",
            "https://",
            "https://larkrise.example/?a=b",
            "https://user:pass@larkrise.example",
            "https://larkrise.example/\r\nX: y",
        ] {
            assert!(!is_web(wrong), "{wrong:?}");
        }
        assert_eq!(
            host_of("https://larkrise.example:8443/x"),
            "larkrise.example"
        );
    }

    #[test]
    fn a_push_service_has_a_public_name_and_speaks_https_on_its_usual_port() {
        for fine in [
            "https://push.example.org/send/abc:def?x=1",
            "https://push.example.org:443/send/abc",
        ] {
            assert!(is_endpoint(fine), "{fine}");
        }
        for wrong in [
            "http://push.example.org/send",
            "https://push.example.org",
            "https://push.example.org:8443/send",
            "https://127.0.0.1/send",
            "https://2130706433/send",
            "https://0x7f.0x0.0x0.0x1/send",
            "https://127.1/send",
            "https://[::1]/send",
            "https://localhost/send",
            "https://printer.local/send",
            "https://db.internal/send",
            "https://a@push.example.org/send",
            "https://push.example.org/a b",
            "https://push.example.org/\r\nX: y",
        ] {
            assert!(!is_endpoint(wrong), "{wrong:?}");
        }
    }
}
