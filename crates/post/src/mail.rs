//! Mail by SMTP: one message, one connection. What the server said is told by its number only, since
//! its words may repeat an address.

use lettre::{
    Message,
    address::{Address, Envelope},
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{Certificate, CertificateStore, SmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use std::{
    error::Error as _,
    io::{self, ErrorKind},
    time::{Duration, SystemTime},
};

/// How long the server may take for one answer.
const WAIT: Duration = Duration::from_secs(30);
/// How this program introduces itself where it has no better name.
const NAME: &str = "stairgate.invalid";

/// The mail server.
pub struct Server {
    /// Its name.
    pub host: String,
    /// The port on which it takes mail.
    pub port: u16,
    /// How the way there is encrypted.
    pub encryption: Encryption,
    /// The user name and password, when it asks for them.
    pub sign_in: Option<(String, String)>,
    /// Certificates (PEM) to believe instead of the public authorities.
    pub believed: Option<Vec<u8>>,
    /// How long it may take for one answer, when not the usual time.
    pub wait: Option<Duration>,
}

/// How the way to a server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte.
    Tls,
    /// After asking for it; without it nothing is sent.
    Starttls,
    /// Not at all.
    None,
}

/// One message.
pub struct Letter<'a> {
    /// The name that it comes from.
    pub from_name: &'a str,
    /// The address that it comes from.
    pub from: &'a str,
    /// Where it goes.
    pub to: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its own name, the same when it is sent again.
    pub id: &'a str,
    /// When it is sent.
    pub at: SystemTime,
}

/// Why a message was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The server will never take it.
    #[error("the mail server refused the message for good ({0})")]
    Refused(String),
    /// It can't be written to such an address.
    #[error("the address can’t be written to")]
    Address,
    /// It may work later, and why it did not now.
    #[error("{0}")]
    Trouble(String),
}

/// Sends one message.
///
/// # Errors
/// It was not taken.
pub fn send(server: &Server, letter: &Letter<'_>) -> Result<(), NotSent> {
    let (envelope, bytes) = written(letter)?;
    let mut connection = connect(server)?;
    let sent = connection.send(&envelope, &bytes);
    if sent.is_ok() {
        // It is taken; how the server says goodbye changes nothing.
        drop(connection.quit());
    }
    sent.map(drop).map_err(|error| match error.status() {
        // 53x: it wants encryption or a password first; that is about the settings.
        Some(code) if error.is_permanent() && !code.to_string().starts_with("53") => {
            NotSent::Refused(code.to_string())
        }
        _ => trouble(&error),
    })
}

/// The message as it goes over the line.
fn written(letter: &Letter<'_>) -> Result<(Envelope, Vec<u8>), NotSent> {
    let address = |text: &str| text.parse::<Address>().map_err(|_| NotSent::Address);
    let (from, to) = (address(letter.from)?, address(letter.to)?);
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]);
    let name: String = letter
        .from_name
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let host = from.domain().to_owned();
    let message = Message::builder()
        .from(Mailbox::new(Some(name), from))
        .to(Mailbox::new(None, to))
        .subject(letter.subject.replace(char::is_control, " "))
        .date(letter.at)
        .message_id(Some(format!("<{}@{host}>", plain(letter.id))))
        .header(Automatic)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.to_owned());
    let message = message.map_err(|_| NotSent::Address)?;
    Ok((envelope.map_err(|_| NotSent::Address)?, message.formatted()))
}

/// Says that no person wrote this, so that no machine answers (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl lettre::message::header::Header for Automatic {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Automatic)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        let value = "auto-generated".to_owned();
        lettre::message::header::HeaderValue::new(Self::name(), value)
    }
}

fn connect(server: &Server) -> Result<SmtpConnection, NotSent> {
    let name = ClientId::Domain(NAME.to_owned());
    let tls = match server.encryption {
        Encryption::None => None,
        Encryption::Tls | Encryption::Starttls => Some(tls(server)?),
    };
    let at_once = tls
        .as_ref()
        .filter(|_| server.encryption == Encryption::Tls);
    let place = (server.host.as_str(), server.port);
    let wait = server.wait.unwrap_or(WAIT);
    let connection = SmtpConnection::connect(place, Some(wait), &name, at_once, None);
    let mut connection = connection.map_err(|error| trouble(&error))?;
    if let (Encryption::Starttls, Some(tls)) = (server.encryption, &tls) {
        if !connection.can_starttls() {
            return Err(NotSent::Trouble(
                "the mail server offers no encryption, so nothing was sent".to_owned(),
            ));
        }
        connection
            .starttls(tls, &name)
            .map_err(|error| trouble(&error))?;
    }
    if let Some((user, password)) = &server.sign_in {
        let who = Credentials::new(user.clone(), password.clone());
        let ways = [Mechanism::Plain, Mechanism::Login];
        connection.auth(&ways, &who).map_err(|error| {
            let code = error
                .status()
                .map_or(String::new(), |code| format!(" ({code})"));
            NotSent::Trouble(format!(
                "the mail server did not take the user name and password{code}"
            ))
        })?;
    }
    Ok(connection)
}

fn tls(server: &Server) -> Result<TlsParameters, NotSent> {
    let unread = |_| NotSent::Trouble("the certificates to believe can’t be read".to_owned());
    let mut tls = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.believed {
        tls = tls.certificate_store(CertificateStore::None);
        tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(unread)?);
    }
    tls.build_rustls().map_err(unread)
}

fn trouble(error: &Error) -> NotSent {
    let kind = io_kind(error);
    let late = matches!(kind, Some(ErrorKind::TimedOut | ErrorKind::WouldBlock));
    let says = match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if late || error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() || kind == Some(ErrorKind::InvalidData) => {
            "the way to the mail server could not be encrypted: its certificate is not believed"
                .to_owned()
        }
        None => "the mail server could not be reached, or broke off".to_owned(),
    };
    NotSent::Trouble(says)
}

/// What the system said, where that is the cause.
fn io_kind(error: &Error) -> Option<ErrorKind> {
    let mut cause = error.source();
    while let Some(deeper) = cause {
        if let Some(io) = deeper.downcast_ref::<io::Error>() {
            return Some(io.kind());
        }
        cause = deeper.source();
    }
    None
}

/// A name in letters, digits and dots.
fn plain(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '.'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter<'a>(name: &'a str, to: &'a str, subject: &'a str) -> Letter<'a> {
        Letter {
            from_name: name,
            from: "office@larkrise.example",
            to,
            subject,
            text: "Sign in:\n\nhttps://stairgate.larkrise.example\n",
            id: "line:8/7/mail",
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000),
        }
    }

    #[test]
    fn nothing_that_is_written_into_a_message_makes_a_line_of_its_head() {
        let hostile = "Larkrise\r\nBcc: eve@evil.example\r\n\r\nBody";
        let (envelope, bytes) = written(&letter(hostile, "ada@larkrise.example", hostile)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head
            .lines()
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        let expected = [
            "Auto-Submitted",
            "Content-Transfer-Encoding",
            "Content-Type",
            "Date",
            "From",
            "Message-ID",
            "Subject",
            "To",
        ];
        assert_eq!(sorted, expected, "{head}");
        assert_eq!(envelope.to().len(), 1);
    }

    #[test]
    fn an_address_with_anything_around_it_is_not_written_to() {
        for to in [
            "ada@larkrise.example\r\nRCPT TO:<eve@evil.example>",
            "ada@larkrise.example, eve@evil.example",
            "ada@larkrise.example>",
            "",
        ] {
            assert_eq!(
                written(&letter("L", to, "S")).unwrap_err(),
                NotSent::Address,
                "{to:?}"
            );
        }
    }

    #[test]
    fn a_message_that_is_sent_again_has_the_same_name() {
        let text = |n| {
            let mut one = letter("L", "ada@larkrise.example", "S");
            one.at += Duration::from_secs(n);
            String::from_utf8(written(&one).unwrap().1).unwrap()
        };
        let id = "Message-ID: <line.8.7.mail@larkrise.example>";
        assert!(text(0).contains(id) && text(60).contains(id), "{}", text(0));
    }
}
