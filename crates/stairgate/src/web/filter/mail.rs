//! Asks the setting’s domain what it says about who may send mail for it: SPF, DKIM and DMARC, as
//! everybody can read them. Nothing but names is asked; what nobody answers says nothing.

use families::filter::entries::evidence::{Dmarc, MailLookedAt, Spf};
use hickory_proto::{
    op::{Message, MessageType, OpCode, Query, ResponseCode},
    rr::{Name, RData, RecordType},
};
use std::{
    io::{Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, UdpSocket},
    str::FromStr,
    time::Duration,
};

/// How long one is waited for.
const PATIENCE: Duration = Duration::from_secs(4);
/// The longest answer, in bytes.
const ANSWER_MAX: usize = 16 << 10;
/// How often one line of SPF may lead to another.
const LEADS_MAX: usize = 4;
/// Names under which providers often keep their keys, beside those that the setting says.
const SELECTORS: [&str; 10] = [
    "selector1",
    "selector2",
    "google",
    "default",
    "mail",
    "dkim",
    "k1",
    "s1",
    "s2",
    "mxvault",
];
/// Endings that nobody has.
const MADE_UP: [&str; 4] = [".example", ".test", ".invalid", ".localhost"];

/// Why nothing is known.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unknown {
    /// It is no name.
    #[error("'{0}' is no name")]
    NoName(String),
    /// Nobody answered.
    #[error("nobody answered for {0}")]
    Silent(String),
}

/// Whether a domain is one that nobody has.
pub(super) fn is_made_up(domain: &str) -> bool {
    MADE_UP.iter().any(|ending| domain.ends_with(ending))
}

/// The resolvers that this machine uses.
pub(super) fn resolvers() -> Vec<SocketAddr> {
    let text = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let all = text.lines().filter_map(|line| {
        let address = line.trim().strip_prefix("nameserver")?.trim();
        let address: IpAddr = address.parse().ok()?;
        Some(SocketAddr::new(address, 53))
    });
    all.take(3).collect()
}

/// What the domain says.
///
/// # Errors
/// Nobody answered.
pub(super) fn look(
    resolvers: &[SocketAddr],
    domain: &str,
    selectors: &[String],
) -> Result<MailLookedAt, Unknown> {
    let ask = |name: &str| texts(resolvers, name);
    let known = selectors.iter().map(String::as_str);
    let mut names: Vec<&str> = known.chain(SELECTORS).collect();
    names.dedup();
    let mut dkim = Vec::new();
    for name in names {
        let found = ask(&format!("{name}._domainkey.{domain}"))?;
        if found.iter().any(|text| is_key(text)) && !dkim.iter().any(|own| own == name) {
            dkim.push(name.to_owned());
        }
    }
    Ok(MailLookedAt {
        domain: domain.to_owned(),
        spf: spf(&ask, domain)?,
        dkim,
        dmarc: dmarc(&ask, domain)?,
    })
}

/// What the line of SPF says of all others.
fn spf(ask: &dyn Fn(&str) -> Result<Vec<String>, Unknown>, domain: &str) -> Result<Spf, Unknown> {
    let mut domain = domain.to_owned();
    for _ in 0..LEADS_MAX {
        let all = ask(&domain)?;
        let mut lines = all.into_iter().filter(|text| is_spf(text));
        let (Some(line), None) = (lines.next(), lines.next()) else {
            let is_none = ask(&domain)?.iter().all(|text| !is_spf(text));
            return Ok(if is_none { Spf::None } else { Spf::Twice });
        };
        let line = line.to_ascii_lowercase();
        let words: Vec<&str> = line.split_whitespace().collect();
        let all = words.iter().find_map(|word| match *word {
            "-all" => Some(Spf::Strict),
            "~all" => Some(Spf::Soft),
            "?all" | "+all" | "all" => Some(Spf::Anybody),
            _ => None,
        });
        if let Some(all) = all {
            return Ok(all);
        }
        let leads = words.iter().find_map(|word| word.strip_prefix("redirect="));
        let Some(leads) = leads else {
            return Ok(Spf::Anybody);
        };
        leads.clone_into(&mut domain);
    }
    Ok(Spf::Anybody)
}

fn is_spf(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case("v=spf1")
}

/// What others are asked to do, by the domain or by the one above it.
fn dmarc(
    ask: &dyn Fn(&str) -> Result<Vec<String>, Unknown>,
    domain: &str,
) -> Result<Dmarc, Unknown> {
    let above = domain.split_once('.').map(|(_, above)| above);
    let above = above.filter(|own| own.contains('.') && !gate::names::is_ending(own));
    for own in std::iter::once(domain).chain(above) {
        let all = ask(&format!("_dmarc.{own}"))?;
        let line = all.iter().find_map(|text| policy(text));
        if let Some(line) = line {
            return Ok(line);
        }
    }
    Ok(Dmarc::None)
}

fn policy(text: &str) -> Option<Dmarc> {
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    if parts.next()?.replace(' ', "") != "v=dmarc1" {
        return None;
    }
    let said = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim() == "p").then(|| value.trim().to_owned())
    });
    Some(match said.as_deref() {
        Some("reject") => Dmarc::Reject,
        Some("quarantine") => Dmarc::Quarantine,
        _ => Dmarc::Watch,
    })
}

/// Whether a text has a key that was not withdrawn.
fn is_key(text: &str) -> bool {
    let mut parts = text.split(';');
    parts.any(|part| {
        let value = part.trim().strip_prefix("p=");
        value.is_some_and(|key| !key.trim().is_empty())
    })
}

/// The texts that stand at a name; none where there is no such name.
fn texts(resolvers: &[SocketAddr], name: &str) -> Result<Vec<String>, Unknown> {
    let no = || Unknown::NoName(name.to_owned());
    let asked = Name::from_str(&format!("{name}.")).map_err(|_| no())?;
    let id = desk::folder::random().map_or(7, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let mut message = Message::new(id, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(asked, RecordType::TXT));
    let bytes = message.to_vec().map_err(|_| no())?;
    let answer = resolvers.iter().find_map(|at| answer(*at, &bytes, id));
    let answer = answer.ok_or_else(|| Unknown::Silent(name.to_owned()))?;
    let texts = answer
        .answers
        .iter()
        .filter_map(|record| match &record.data {
            RData::TXT(text) => {
                let parts = text.txt_data.iter();
                let bytes: Vec<u8> = parts.flat_map(|part| part.iter().copied()).collect();
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => None,
        });
    Ok(texts.take(50).collect())
}

/// An answer to the question, over UDP, and over TCP where it is too long for that.
fn answer(at: SocketAddr, question: &[u8], id: u16) -> Option<Message> {
    let short = over_udp(at, question, id)?;
    if !short.metadata.truncation {
        return fits(short);
    }
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let length = u16::try_from(question.len()).ok()?;
    stream.write_all(&length.to_be_bytes()).ok()?;
    stream.write_all(question).ok()?;
    let mut length = [0_u8; 2];
    stream.read_exact(&mut length).ok()?;
    let length = usize::from(u16::from_be_bytes(length)).min(ANSWER_MAX);
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).ok()?;
    let message = Message::from_vec(&bytes).ok()?;
    fits(message).filter(|message| message.metadata.id == id)
}

fn over_udp(at: SocketAddr, question: &[u8], id: u16) -> Option<Message> {
    let own: SocketAddr = match at {
        SocketAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        SocketAddr::V6(_) => ([0_u16; 8], 0).into(),
    };
    let socket = UdpSocket::bind(own).ok()?;
    socket.connect(at).ok()?;
    socket.set_read_timeout(Some(PATIENCE)).ok()?;
    socket.send(question).ok()?;
    let mut bytes = [0; 4096];
    // An answer to something else may come first.
    for _ in 0..4 {
        let length = socket.recv(&mut bytes).ok()?;
        let message = bytes
            .get(..length)
            .and_then(|own| Message::from_vec(own).ok());
        if let Some(message) = message.filter(|message| message.metadata.id == id) {
            return Some(message);
        }
    }
    None
}

/// An answer that says something: that there is a text, or that there is none.
fn fits(message: Message) -> Option<Message> {
    let code = message.metadata.response_code;
    let says = matches!(code, ResponseCode::NoError | ResponseCode::NXDomain);
    says.then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hickory_proto::rr::{Record, rdata::TXT};
    use std::collections::BTreeMap;

    /// A name server for as many questions as are asked, with these texts.
    fn server(texts: &[(&str, &str)]) -> SocketAddr {
        let texts: BTreeMap<String, String> = texts
            .iter()
            .map(|(name, text)| (format!("{name}."), (*text).to_owned()))
            .collect();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let at = socket.local_addr().unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 1024];
            while let Ok((length, from)) = socket.recv_from(&mut bytes) {
                let asked = Message::from_vec(&bytes[..length]).unwrap();
                let query = asked.queries[0].clone();
                let mut answer =
                    Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
                answer.add_query(query.clone());
                match texts.get(&query.name().to_string()) {
                    Some(text) => {
                        let data = RData::TXT(TXT::new(vec![text.clone()]));
                        answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
                    }
                    None => answer.metadata.response_code = ResponseCode::NXDomain,
                }
                drop(socket.send_to(&answer.to_vec().unwrap(), from));
            }
        });
        at
    }

    #[test]
    fn a_domain_is_asked_for_all_three_and_what_is_not_there_is_missing() {
        let at = server(&[
            ("larkrise.example", "v=spf1 include:_spf.vale.example ~all"),
            ("own._domainkey.larkrise.example", "v=DKIM1; k=rsa; p=MIIB"),
            ("google._domainkey.larkrise.example", "v=DKIM1; p="),
            (
                "_dmarc.larkrise.example",
                "v=DMARC1; p=quarantine; rua=mailto:x@larkrise.example",
            ),
        ]);
        let found = look(&[at], "larkrise.example", &["own".to_owned()]).unwrap();
        assert_eq!(found.spf, Spf::Soft);
        assert_eq!(found.dkim, ["own"]);
        assert_eq!(found.dmarc, Dmarc::Quarantine);
        let bare = look(&[at], "nothing.example", &[]).unwrap();
        assert_eq!((bare.spf, bare.dmarc), (Spf::None, Dmarc::None));
        assert!(bare.dkim.is_empty());
    }

    #[test]
    fn what_nobody_answers_says_nothing() {
        let closed = UdpSocket::bind("127.0.0.1:0").unwrap();
        let at = closed.local_addr().unwrap();
        drop(closed);
        assert!(look(&[at], "larkrise.example", &[]).is_err());
        assert!(look(&[], "larkrise.example", &[]).is_err());
    }

    #[test]
    fn lines_of_spf_and_dmarc_are_read_as_they_are_written() {
        let says = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            spf(&|_| Ok(texts.clone()), "larkrise.example").unwrap()
        };
        assert_eq!(says(&["v=spf1 mx -all", "other"]), Spf::Strict);
        assert_eq!(says(&["v=spf1 +all"]), Spf::Anybody);
        assert_eq!(says(&["v=spf1 mx"]), Spf::Anybody);
        assert_eq!(says(&["v=spf1 mx -all", "v=spf1 a -all"]), Spf::Twice);
        assert_eq!(says(&["v=spf10 -all"]), Spf::None);
        // One that leads in a circle ends.
        assert_eq!(says(&["v=spf1 redirect=larkrise.example"]), Spf::Anybody);
        assert_eq!(policy("v=DMARC1; p=reject"), Some(Dmarc::Reject));
        assert_eq!(policy("v=DMARC1; sp=reject"), Some(Dmarc::Watch));
        assert_eq!(policy("hello"), None);
        assert!(is_made_up("larkrise.example"));
    }
}
