//! Hands a message to mail or to a push service, and says in a word what came of it.

use desk::telling::Parcel;
use families::notices::{
    entries::{MailSet, Security, Way},
    notice::Notice,
};
use kernel::moment::Moment;
use post::{
    mail::{self, Encryption, NotSent, Server},
    push::{NotPushed, Push, Pushes},
    vapid::Vapid,
};
use std::{
    net::SocketAddr,
    time::{Duration, SystemTime},
};

/// What came of a message.
pub(super) enum Came {
    /// It was taken.
    Sent,
    /// It may no longer go.
    Not,
    /// This device is gone.
    Gone(u32),
    /// It is refused for good.
    Refused(String),
    /// It may work later.
    Trouble(String),
}

/// Those who carry.
pub(super) struct Carriers {
    believed: Option<Vec<u8>>,
    pushes: Pushes,
}

impl Carriers {
    pub(super) fn new(
        believed: Option<Vec<u8>>,
        push_through: Option<SocketAddr>,
    ) -> anyhow::Result<Carriers> {
        // Push services are public; another authority speaks for them in tests only.
        let for_pushes = believed.as_deref().filter(|_| push_through.is_some());
        Ok(Carriers {
            pushes: Pushes::new(for_pushes, push_through)?,
            believed,
        })
    }

    pub(super) fn carry(&self, parcel: Parcel, notice: &Notice, now: Moment) -> Came {
        match parcel {
            Parcel::Not => Came::Not,
            Parcel::Mail {
                letter,
                mail,
                password,
                from_name,
            } => {
                let server = self.server(&mail, password);
                let letter = mail::Letter {
                    from_name: &from_name,
                    from: &mail.from,
                    to: &letter.to,
                    subject: &letter.subject,
                    text: &letter.text,
                    id: &notice.id,
                    at: system(now),
                };
                match mail::send(&server, &letter) {
                    Ok(()) => Came::Sent,
                    Err(refused @ NotSent::Refused(_)) => Came::Refused(refused.to_string()),
                    Err(NotSent::Address) => Came::Refused(NotSent::Address.to_string()),
                    Err(NotSent::Trouble(says)) => Came::Trouble(says),
                }
            }
            Parcel::Push {
                endpoint,
                secret,
                turn_to,
                urgent,
            } => {
                let Ok(key) = Vapid::read(&secret) else {
                    return Came::Trouble("the key for push services can’t be read".to_owned());
                };
                let push = Push {
                    endpoint: &endpoint,
                    turn_to: &turn_to,
                    urgent,
                    now: now.micros() / 1_000_000,
                };
                match (self.pushes.send(&key, &push), notice.way) {
                    (Ok(()), _) => Came::Sent,
                    (Err(NotPushed::Gone), Way::Device(number)) => Came::Gone(number),
                    (Err(error), _) => Came::Trouble(error.to_string()),
                }
            }
        }
    }

    fn server(&self, mail: &MailSet, password: Option<String>) -> Server {
        Server {
            host: mail.host.clone(),
            port: mail.port,
            encryption: match mail.security {
                Security::Tls => Encryption::Tls,
                Security::Starttls => Encryption::Starttls,
                Security::None => Encryption::None,
            },
            sign_in: password.map(|password| (mail.user.clone(), password)),
            believed: self.believed.clone(),
            wait: None,
        }
    }
}

fn system(now: Moment) -> SystemTime {
    let micros = u64::try_from(now.micros()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_micros(micros)
}
