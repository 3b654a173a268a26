//! Names of sites as people write them, in the one form that the filter takes.

/// The longest name.
const NAME_MAX: usize = 253;
/// Endings of two parts under which anybody has names.
const ENDINGS: [&str; 9] = ["co", "com", "org", "net", "gov", "ac", "sch", "me", "ltd"];

/// Endings that are sites themselves.
const OWN_SITES: [&str; 2] = ["nhs.uk", "police.uk"];

/// The name of a site out of what somebody typed: `https://www.example.org/frogs` is `example.org`
/// with all below it. Nothing, where it is no name, or one under which anybody has names: who opens
/// it would open the sites of strangers.
#[must_use]
pub fn site(text: &str) -> Option<String> {
    site_to_close(text).filter(|name| !is_shared(name))
}

/// Why what somebody typed is no site that can be opened.
#[must_use]
pub fn mistake(text: &str) -> String {
    if site_to_close(text).is_some() {
        return format!(
            "Anybody can have a site under “{text}”. Write the whole name of the one that is needed"
        );
    }
    format!("“{text}” is no name of a site, such as frogs.example.org")
}

/// Whether whoever wants has names below this one: `github.io`, `leeds.sch.uk`.
fn is_shared(name: &str) -> bool {
    let suffix = psl::suffix(name.as_bytes());
    let is_whole = |suffix: &psl::Suffix<'_>| suffix.is_known() && *suffix == name;
    suffix.is_some_and(|suffix| is_whole(&suffix)) && !OWN_SITES.contains(&name)
}

/// The name of a site that may as well be closed with all below it, whoever has names there.
#[must_use]
pub fn site_to_close(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.trim_end_matches('.');
    let host = match host.strip_prefix("www.") {
        Some(rest) if rest.contains('.') => rest,
        _ => host,
    };
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = labels.last().copied().unwrap_or_default();
    let is_ending = match labels.as_slice() {
        [first, last] => last.len() == 2 && ENDINGS.contains(first),
        _ => false,
    };
    let fits = labels.len() >= 2
        && host.len() <= NAME_MAX
        && labels.iter().all(is_label)
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !is_ending;
    fits.then(|| host.to_owned())
}

/// Whether a name is another, or below it.
#[must_use]
pub fn is_within(name: &str, above: &str) -> bool {
    name == above
        || name
            .strip_suffix(above)
            .is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_one_name_however_it_is_written() {
        for same in [
            "example.org",
            " HTTPS://www.Example.org/frogs?page=2 ",
            "example.org.",
            "http://me:secret@example.org:8080/",
        ] {
            assert_eq!(site(same).as_deref(), Some("example.org"), "{same}");
        }
        for shared in [
            "github.io",
            "https://pages.dev/",
            "www.netlify.app",
            "leeds.sch.uk",
        ] {
            assert_eq!(site(shared), None, "{shared}");
        }
        assert_eq!(site_to_close("github.io").as_deref(), Some("github.io"));
        assert_ne!(mistake("github.io"), mistake("frogs"));
        assert_eq!(site("frogs.github.io").as_deref(), Some("frogs.github.io"));
        assert_eq!(site("www.nhs.uk").as_deref(), Some("nhs.uk"));
        for wrong in [
            "",
            "frogs",
            "co.uk",
            "192.0.2.1",
            "-a.org",
            "a b.org",
            "ü.org",
            ".",
        ] {
            assert_eq!(site(wrong), None, "{wrong}");
        }
        assert!(is_within("cdn.example.org", "example.org"));
        assert!(is_within("example.org", "example.org"));
        assert!(!is_within("badexample.org", "example.org"));
    }
}
