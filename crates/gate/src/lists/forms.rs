//! What one line says in each form. The names that it gives are not normal yet.

use super::{
    form::Form,
    read::Entry,
    tally::Why::{self, *},
};

/// What is remembered from line to line.
#[derive(Default)]
pub(super) struct Before {
    /// The zone that names in full are below.
    origin: Option<String>,
    /// The column of names.
    column: Option<usize>,
    /// What the name of the file says that it holds.
    holds: Holds,
}

/// What a file of a folder of lists holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Holds {
    #[default]
    Names,
    Pages,
    Patterns,
    Phrases,
}

impl Before {
    pub(super) fn of(holds: Holds) -> Before {
        Before {
            holds,
            ..Before::default()
        }
    }
}

type Take<'t> = &'t mut dyn FnMut(Entry<'_>);

/// Hands over what a line says, or says why nothing.
pub(super) fn line(form: Form, text: &str, before: &mut Before, take: Take<'_>) -> Result<(), Why> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Blank);
    }
    match form {
        Form::Plain | Form::Squid => plain(text, take),
        Form::Hosts => hosts(text, take),
        Form::Wildcard => wildcard(text, take),
        Form::Adblock => adblock(text, take),
        Form::Dnsmasq => dnsmasq(text, take),
        Form::Unbound => unbound(text, take),
        Form::Rpz => rpz(text, before, take),
        Form::Ut1 | Form::E2guardian => in_folder(text, before.holds, take),
        Form::Geosite => geosite(text, take),
        Form::Csv => csv(text, before, take),
        Form::Json => Err(NotInForm),
        Form::Hashed => hashed(text, take),
    }
}

fn name(text: &str, take: Take<'_>) -> Result<(), Why> {
    take(Entry::Name(text));
    Ok(())
}

/// Without a comment at its end.
fn without_comment(text: &str) -> &str {
    text.split_once('#').map_or(text, |(front, _)| front).trim()
}

/// A name alone, or an address of the web that means a whole site.
fn site(text: &str, take: Take<'_>) -> Result<(), Why> {
    let (scheme, text) = match text.split_once("://") {
        Some((_, rest)) => (true, rest),
        None => (false, text),
    };
    let (host, path) = text.split_once('/').unwrap_or((text, ""));
    if !path.is_empty() || text.contains('?') {
        return Err(Page);
    }
    if host.contains('*') || host.contains(['(', '[', '|', '^', '$', '\\']) {
        return Err(Pattern);
    }
    match host.split_once(':') {
        Some((host, port)) if scheme && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            name(host, take)
        }
        Some((_, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => Err(Page),
        _ => name(host, take),
    }
}

/// Whether it is letters of names only, as nearly all lines are: no mark needs to be looked for.
fn is_simple(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !text.starts_with('.') && text.bytes().all(letter)
}

fn plain(text: &str, take: Take<'_>) -> Result<(), Why> {
    if is_simple(text) {
        return name(text, take);
    }
    if text.starts_with(['#', '!', ';']) || text.starts_with("//") {
        return Err(Comment);
    }
    let text = without_comment(text);
    let text = text.strip_prefix("*.").unwrap_or(text);
    site(text.strip_prefix('.').unwrap_or(text), take)
}

fn is_null(address: &str) -> bool {
    matches!(
        address,
        "0.0.0.0" | "::" | "0" | "#" | "" | "::1" | "0:0:0:0:0:0:0:0" | "::0"
    ) || address.starts_with("127.")
}

fn is_address(text: &str) -> bool {
    text == "0" || text.parse::<std::net::IpAddr>().is_ok()
}

fn hosts(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with(['#', '!']) {
        return Err(Comment);
    }
    let text = without_comment(text);
    let mut words = text.split_ascii_whitespace();
    let address = words.next().ok_or(Comment)?;
    let address = address.split_once('%').map_or(address, |(front, _)| front);
    if !is_address(address) {
        return Err(NotInForm);
    }
    let mut own = None;
    let mut any = false;
    for word in words {
        if is_own_machine(word) {
            own = Some(OwnMachine);
        } else if is_null(address) {
            take(Entry::Name(word));
            any = true;
        } else {
            own = Some(Answer);
        }
    }
    if any {
        Ok(())
    } else {
        Err(own.unwrap_or(NotInForm))
    }
}

fn is_own_machine(name: &str) -> bool {
    const OWN: &[&str] = &[
        "localhost",
        "localhost.localdomain",
        "local",
        "broadcasthost",
        "0.0.0.0",
        "ip6-localhost",
        "ip6-loopback",
        "ip6-localnet",
        "ip6-mcastprefix",
        "ip6-allnodes",
        "ip6-allrouters",
        "ip6-allhosts",
    ];
    OWN.contains(&name)
}

fn wildcard(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with(['#', '!', ';']) {
        return Err(Comment);
    }
    let text = without_comment(text);
    let text = text
        .strip_prefix("*.")
        .or(text.strip_prefix('='))
        .unwrap_or(text);
    site(text, take)
}

fn adblock(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('!')
        || text.starts_with("[Adblock")
        || text.starts_with("# ")
        || text == "#"
    {
        return Err(Comment);
    }
    if ["##", "#@#", "#?#", "#$#", "#%#", "$$"]
        .iter()
        .any(|mark| text.contains(mark))
    {
        return Err(PartOfPage);
    }
    let (except, text) = match text.strip_prefix("@@") {
        Some(text) => (true, text),
        None => (false, text),
    };
    if text.starts_with('/') && text.len() > 1 && text.ends_with('/') {
        return Err(Pattern);
    }
    let (pattern, options) = text.split_once('$').unwrap_or((text, ""));
    let always = |option: &str| matches!(option, "" | "important" | "all" | "document" | "doc");
    if !options.split(',').all(always) {
        return Err(Conditional);
    }
    let Some(pattern) = pattern.strip_prefix("||") else {
        if except
            || pattern.starts_with('|')
            || pattern.contains(['^', '*', '/', ' ', '=', '&', '?'])
        {
            return hosts(text, take).map_err(|_| Pattern);
        }
        return name(pattern, take);
    };
    let pattern = pattern.strip_suffix('|').unwrap_or(pattern);
    let Some(host) = pattern
        .strip_suffix('^')
        .or((!pattern.contains('^')).then_some(pattern))
    else {
        return Err(Page);
    };
    if host.contains('/') {
        return Err(Page);
    }
    let host = host.strip_prefix("*.").unwrap_or(host);
    if host.contains(['*', '^']) || host.starts_with('.') || !host.contains('.') && !except {
        return Err(if host.contains(['*', '^', ':']) {
            Pattern
        } else {
            WholeEnding
        });
    }
    take(if except {
        Entry::Except(host)
    } else {
        Entry::Name(host)
    });
    Ok(())
}

fn dnsmasq(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('#') {
        return Err(Comment);
    }
    let text = text
        .split_once([' ', '\t'])
        .map_or(text, |(front, _)| front);
    let (key, value) = text.split_once('=').ok_or(NotInForm)?;
    if !matches!(key, "address" | "server" | "local") {
        return Err(Setting);
    }
    let Some((names, target)) = value
        .strip_prefix('/')
        .and_then(|value| value.rsplit_once('/'))
    else {
        return Err(Setting);
    };
    // As a server, `#` means the usual way: the name is left open.
    let except = key != "address" && target == "#";
    if !except && !is_null(target) {
        return Err(if key == "address" { Answer } else { Setting });
    }
    let mut any = false;
    for name in names.split('/').filter(|name| !name.is_empty()) {
        take(if except {
            Entry::Except(name)
        } else {
            Entry::Name(name)
        });
        any = true;
    }
    if any { Ok(()) } else { Err(NotInForm) }
}

fn unbound(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('#') {
        return Err(Comment);
    }
    let (key, value) = text.split_once(':').ok_or(NotInForm)?;
    let value = without_comment(value);
    match key.trim() {
        "local-zone" => {
            let (zone, kind) = value.rsplit_once([' ', '\t']).ok_or(NotInForm)?;
            let zone = zone.trim().trim_matches('"');
            match kind {
                "transparent" | "typetransparent" | "always_transparent" | "nodefault"
                | "inform" => take(Entry::Except(zone)),
                _ => take(Entry::Name(zone)),
            }
            Ok(())
        }
        "local-data" => {
            let mut words = value.trim_matches('"').split_ascii_whitespace();
            let zone = words.next().ok_or(NotInForm)?;
            let address = words.last().ok_or(NotInForm)?;
            if is_null(address) {
                name(zone, take)
            } else {
                Err(Answer)
            }
        }
        _ => Err(Setting),
    }
}

fn rpz(text: &str, before: &mut Before, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with(';') {
        return Err(Comment);
    }
    let text = text.split_once(';').map_or(text, |(front, _)| front);
    let mut words = text.split_ascii_whitespace();
    let owner = words.next().ok_or(Comment)?;
    if owner.eq_ignore_ascii_case("$origin") {
        before.origin = words
            .next()
            .map(|zone| zone.trim_end_matches('.').to_ascii_lowercase());
        return Err(Setting);
    }
    if owner.starts_with('$') || owner == "@" {
        return Err(Setting);
    }
    let mut kind = words.next().ok_or(NotInForm)?;
    while kind.eq_ignore_ascii_case("in") || kind.bytes().all(|byte| byte.is_ascii_digit()) {
        kind = words.next().ok_or(NotInForm)?;
    }
    let target = words.next().unwrap_or_default();
    let kind = kind.to_ascii_uppercase();
    match kind.as_str() {
        "CNAME" | "A" | "AAAA" => {}
        "SOA" | "NS" | "TXT" | "DNAME" => return Err(Setting),
        _ => return Err(NotInForm),
    }
    let mut host = owner;
    if let Some(full) = owner.strip_suffix('.') {
        let zone = before.origin.as_deref().unwrap_or_default();
        host = full
            .strip_suffix(zone)
            .and_then(|host| host.strip_suffix('.'))
            .unwrap_or(full);
    }
    if ["rpz-ip", "rpz-nsip", "rpz-nsdname", "rpz-client-ip"]
        .iter()
        .any(|mark| host.ends_with(mark))
    {
        return Err(Conditional);
    }
    let host = host.strip_prefix("*.").unwrap_or(host);
    match (kind.as_str(), target) {
        ("CNAME", "." | "*." | "rpz-drop." | "rpz-tcp-only.") => name(host, take),
        ("CNAME", "rpz-passthru.") => {
            take(Entry::Except(host));
            Ok(())
        }
        ("CNAME", _) => Err(Answer),
        (_, address) if is_null(address) => name(host, take),
        _ => Err(Answer),
    }
}

fn in_folder(text: &str, holds: Holds, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('#') {
        return Err(Comment);
    }
    if text.starts_with(".Include") {
        return Err(OtherList);
    }
    match holds {
        Holds::Names if text.starts_with('*') && !text.starts_with("*.") => Err(Setting),
        Holds::Names => plain(text, take),
        Holds::Pages => {
            let text = without_comment(text);
            let host = text.strip_suffix('/').unwrap_or(text);
            if host.contains('/') {
                Err(Page)
            } else {
                site(host, take)
            }
        }
        Holds::Patterns => Err(Pattern),
        Holds::Phrases => Err(Phrase),
    }
}

fn geosite(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('#') {
        return Err(Comment);
    }
    let text = without_comment(text);
    let rule = text.split_ascii_whitespace().next().ok_or(Comment)?;
    match rule.split_once(':') {
        Some(("domain" | "full", host)) => name(host, take),
        Some(("keyword" | "regexp", _)) => Err(Pattern),
        Some(("include", _)) => Err(OtherList),
        Some(_) => Err(NotInForm),
        None => name(rule, take),
    }
}

/// Columns that hold a name.
pub(super) const COLUMNS: &[&str] = &["domain", "host", "hostname", "name", "site", "url", "fqdn"];

fn csv(text: &str, before: &mut Before, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with('#') {
        return Err(Comment);
    }
    let cells = cells(text);
    let Some(column) = before.column else {
        let named = |cell: &String| COLUMNS.contains(&cell.to_ascii_lowercase().as_str());
        let found = cells.iter().position(named);
        before.column = Some(found.unwrap_or(0));
        if found.is_some() {
            return Err(Setting);
        }
        return site(cells.first().ok_or(NotInForm)?, take);
    };
    let cell = cells.get(column).ok_or(NotInForm)?;
    site(cell.strip_prefix("*.").unwrap_or(cell), take)
}

/// The cells of a row, with quotes taken off.
fn cells(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(letter);
                }
            }
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn hashed(text: &str, take: Take<'_>) -> Result<(), Why> {
    if text.starts_with(['#', ';', '!']) {
        return Err(Comment);
    }
    let text = without_comment(text);
    let text = text.strip_prefix("sha256:").unwrap_or(text);
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(NotInForm);
    }
    if text.len() != 64 {
        return Err(OtherHash);
    }
    let mut hash = [0_u8; 32];
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        *byte = u8::from_str_radix(pair, 16).map_err(|_| NotInForm)?;
    }
    take(Entry::Hash(hash));
    Ok(())
}
