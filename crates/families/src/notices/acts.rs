//! What can be asked for about how people are told. What is checked here is the same for a page, the
//! API and the command line.

use super::{
    address,
    entries::{
        About, Chosen, DeviceAdded, DeviceRemoved, Entry, FeedMade, GivenUp, MailSet, PushStarted,
        Security, Sent, Settled,
    },
    register::feed_of,
};
use crate::spine::{
    act::{Case, Person, no},
    entry::Entry as AnyEntry,
    permit::Need,
};
use kernel::{ruling::Mistake, sealed::Private};
use std::fmt;

/// Under whose key the password of the mail server is sealed.
const MAIL_SECRET: &str = "secret:mail";
/// Under whose key this setting's own half of the push key is sealed.
const PUSH_SECRET: &str = "secret:push";
/// The most devices that one person is told on.
const DEVICES_MAX: usize = 10;

/// What can be asked for about how people are told.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Say how mail is sent.
    SetMail(Box<Mail>),
    /// Send no mail any more.
    StopMail,
    /// Send me a message, to see whether mail arrives.
    AskTest,
    /// Say whether I want the daily message.
    Choose {
        /// Whether it comes.
        daily: bool,
    },
    /// Let people be told on their devices.
    StartPush {
        /// The public half of a new key, as browsers take it.
        public: String,
        /// The other half.
        secret: Secret,
    },
    /// Tell nobody on a device any more.
    StopPush,
    /// Tell me on this device.
    AddDevice {
        /// Where its push service takes messages for it.
        endpoint: String,
    },
    /// Tell me on a device no longer.
    RemoveDevice {
        /// Its number.
        device: u32,
    },
    /// The push service says that a device is gone.
    DropDevice {
        /// Its number.
        device: u32,
    },
    /// Make an address at which my calendar finds what I owe.
    MakeFeed {
        /// SHA-256 of the secret in it, in hex.
        digest: String,
    },
    /// Let that address lead nowhere.
    EndFeed,
    /// Record that somebody was told.
    NoteSent(Sent),
    /// Record that somebody could not be told.
    NoteGivenUp(GivenUp),
    /// I have looked at what could not be delivered.
    Settle {
        /// The last line that I saw.
        upto: u64,
    },
}

/// How mail is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// The mail server's name.
    pub host: String,
    /// The port on which it takes mail.
    pub port: u16,
    /// How the way there is encrypted.
    pub security: Security,
    /// The user name there; empty: none is asked for.
    pub user: String,
    /// The password there; `None`: the one that is kept.
    pub password: Option<Secret>,
    /// The address that messages come from.
    pub from: String,
    /// The address at which people sign in to this program.
    pub address: String,
    /// The hour of the daily message.
    pub hour: i8,
}

/// Something that is not shown, not even by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(not shown)")
    }
}

type Answer<T> = Result<T, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::SetMail(_) => "notices.set-mail",
            Act::StopMail => "notices.stop-mail",
            Act::AskTest => "notices.ask-test",
            Act::Choose { .. } => "notices.choose",
            Act::StartPush { .. } => "notices.start-push",
            Act::StopPush => "notices.stop-push",
            Act::AddDevice { .. } => "notices.add-device",
            Act::RemoveDevice { .. } => "notices.remove-device",
            Act::DropDevice { .. } => "notices.drop-device",
            Act::MakeFeed { .. } => "notices.make-feed",
            Act::EndFeed => "notices.end-feed",
            Act::NoteSent(_) => "notices.note-sent",
            Act::NoteGivenUp(_) => "notices.note-given-up",
            Act::Settle { .. } => "notices.settle",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::SetMail(_)
            | Act::StopMail
            | Act::AskTest
            | Act::StartPush { .. }
            | Act::StopPush
            | Act::Settle { .. } => Need::management(),
            Act::Choose { .. }
            | Act::AddDevice { .. }
            | Act::RemoveDevice { .. }
            | Act::MakeFeed { .. }
            | Act::EndFeed => Need::SignedIn,
            Act::DropDevice { .. } | Act::NoteSent(_) | Act::NoteGivenUp(_) => Need::Machine,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer<Vec<AnyEntry>> {
        let notices = &case.setting.notices;
        let entries = match self {
            Act::SetMail(mail) => vec![set_mail(mail, case)?],
            Act::StopMail if notices.mail().is_none() => return Err(not_sent()),
            Act::StopMail => vec![Entry::MailStopped],
            Act::AskTest => vec![ask_test(case)?],
            Act::Choose { daily } => {
                let person = myself(case)?;
                if notices.wants_daily(person) == *daily {
                    return no("daily", "This is what is kept already");
                }
                vec![Entry::Chosen(Chosen {
                    person,
                    daily: *daily,
                })]
            }
            Act::StartPush { public, secret } => vec![start_push(public, secret, case)?],
            Act::StopPush if notices.push().is_none() => {
                return Err(vec![Mistake::new("Nobody is told on a device as it is")]);
            }
            Act::StopPush => vec![Entry::PushStopped],
            Act::AddDevice { endpoint } => add_device(endpoint, case)?,
            Act::RemoveDevice { device } => {
                let person = myself(case)?;
                vec![remove_device(*device, Some(person), case)?]
            }
            Act::DropDevice { device } => vec![remove_device(*device, None, case)?],
            Act::MakeFeed { digest } => vec![make_feed(digest, case)?],
            Act::EndFeed => {
                let person = myself(case)?;
                if feed_of(person, case.setting, case.today).is_none() {
                    return Err(vec![Mistake::new("You have no calendar feed as it is")]);
                }
                vec![Entry::FeedEnded(About { person })]
            }
            Act::NoteSent(sent) if notices.has_ended(&sent.notice) => return Err(noted()),
            Act::NoteSent(sent) => vec![Entry::Sent(sent.clone())],
            Act::NoteGivenUp(up) if notices.has_ended(&up.notice) => return Err(noted()),
            Act::NoteGivenUp(up) => vec![Entry::GivenUp(up.clone())],
            Act::Settle { upto } => {
                if !notices.undelivered().iter().any(|one| one.seq <= *upto) {
                    return Err(vec![Mistake::new(
                        "There is nothing left to look at. Somebody else has done it",
                    )]);
                }
                vec![Entry::Settled(Settled { upto: *upto })]
            }
        };
        Ok(entries.into_iter().map(AnyEntry::Notices).collect())
    }
}

fn myself(case: &Case<'_>) -> Answer<Person> {
    let person = case.person();
    person.ok_or_else(|| vec![Mistake::new("Sign in first")])
}

fn not_sent() -> Vec<Mistake> {
    vec![Mistake::new("No mail is sent as it is")]
}

fn noted() -> Vec<Mistake> {
    vec![Mistake::new(
        "What came of this message is recorded already",
    )]
}

fn set_mail(mail: &Mail, case: &Case<'_>) -> Answer<Entry> {
    let mut wrong = Vec::new();
    let mut check = |fits: bool, field: &str, says: &str| {
        if !fits {
            wrong.push(Mistake::at(field, says));
        }
    };
    check(
        address::is_host(&mail.host),
        "host",
        "Enter the name of the mail server only, such as mail.example.org",
    );
    check(mail.port > 0, "port", "Enter a port, such as 465 or 587");
    check(
        mail.security != Security::None || address::is_this_machine(&mail.host),
        "security",
        "Only a server on this same computer may be spoken to without encryption. Choose one of the others",
    );
    check(
        mail.user.len() <= 200 && !mail.user.chars().any(char::is_control),
        "user",
        "Enter the user name as your mail provider gave it to you",
    );
    check(
        address::is_mail(&mail.from),
        "from",
        "Enter an email address in the form name@example.org",
    );
    check(
        address::is_web(&mail.address),
        "address",
        "Enter the address that people type to sign in, such as https://stairgate.example.org",
    );
    check(
        (6..=18).contains(&mail.hour),
        "hour",
        "Choose an hour from 6 to 18",
    );
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Entry::MailSet(MailSet {
        host: mail.host.clone(),
        port: mail.port,
        security: mail.security,
        user: mail.user.clone(),
        password: password(mail, case)?,
        from: mail.from.clone(),
        address: mail.address.trim_end_matches('/').to_owned(),
        hour: mail.hour,
    }))
}

/// The password that goes with the new way. One that is kept is not handed to another server, nor
/// by a way that is less safe.
fn password(mail: &Mail, case: &Case<'_>) -> Answer<Option<Private>> {
    if mail.user.is_empty() {
        return match mail.password {
            Some(_) => no("user", "Enter the user name that the password is for"),
            None => Ok(None),
        };
    }
    if let Some(Secret(password)) = &mail.password {
        let fits = password.len() <= 500 && !password.chars().any(char::is_control);
        if !fits {
            return no("password", "Enter the password in one line");
        }
        let sealed = case.sealer.seal_words(MAIL_SECRET, password);
        return sealed.map(Some).map_err(|erased| vec![erased.into()]);
    }
    let same = |kept: &&MailSet| {
        (&kept.host, kept.port, kept.security, &kept.user)
            == (&mail.host, mail.port, mail.security, &mail.user)
    };
    let kept = case.setting.notices.mail().filter(same);
    match kept.and_then(|kept| kept.password.clone()) {
        Some(password) => Ok(Some(password)),
        None => no(
            "password",
            "Enter the password. It has to be typed again whenever the server, the port, the encryption or the user name changes",
        ),
    }
}

fn ask_test(case: &Case<'_>) -> Answer<Entry> {
    let person = myself(case)?;
    if case.setting.notices.mail().is_none() {
        return Err(not_sent());
    }
    let email = case.setting.people.email(person);
    if !email.is_some_and(|email| {
        case.sealer
            .open(email)
            .is_some_and(|email| address::is_mail(&email))
    }) {
        return Err(vec![Mistake::new(
            "There is no email address on your own record, so nothing can be sent to you. Add one there first",
        )]);
    }
    Ok(Entry::TestAsked(About { person }))
}

fn start_push(public: &str, secret: &Secret, case: &Case<'_>) -> Answer<Entry> {
    if case.setting.notices.push().is_some() {
        return Err(vec![Mistake::new(
            "People can be told on their devices already",
        )]);
    }
    let sealed = case.sealer.seal_words(PUSH_SECRET, &secret.0);
    Ok(Entry::PushStarted(PushStarted {
        public: public.to_owned(),
        secret: sealed.map_err(|erased| vec![erased.into()])?,
    }))
}

fn add_device(endpoint: &str, case: &Case<'_>) -> Answer<Vec<Entry>> {
    let person = myself(case)?;
    let notices = &case.setting.notices;
    if notices.push().is_none() {
        return no(
            "endpoint",
            "Nobody is told on a device here yet. A manager can allow it under Settings",
        );
    }
    if !address::is_endpoint(endpoint) {
        return no(
            "endpoint",
            "This browser has not said how it can be reached. Allow notifications for this site, or try another browser",
        );
    }
    let known = notices
        .devices()
        .find(|(_, device)| case.sealer.open(&device.endpoint).as_deref() == Some(endpoint));
    let mut entries = Vec::new();
    match known {
        Some((_, device)) if device.person == person => {
            return no("endpoint", "You are told on this device already");
        }
        // Somebody else uses this browser now: it must not tell of what waits for the one before.
        Some((number, device)) => entries.push(Entry::DeviceRemoved(DeviceRemoved {
            device: number,
            person: device.person,
        })),
        None => {}
    }
    if notices.devices_of(person).count() >= DEVICES_MAX {
        return no(
            "endpoint",
            "You are told on too many devices. Take one away first",
        );
    }
    let kind = case.who.device.as_deref().unwrap_or("device");
    entries.push(Entry::DeviceAdded(DeviceAdded {
        device: notices.next_device(),
        person,
        endpoint: case.seal_words(person, endpoint)?,
        kind: kind.split('-').next().unwrap_or("device").to_owned(),
    }));
    Ok(entries)
}

fn remove_device(device: u32, of: Option<Person>, case: &Case<'_>) -> Answer<Entry> {
    let found = case.setting.notices.device(device);
    let found = found.filter(|found| of.is_none_or(|person| found.person == person));
    let Some(found) = found else {
        return no(
            "device",
            "There is no such device. It may have been taken away already",
        );
    };
    Ok(Entry::DeviceRemoved(DeviceRemoved {
        device,
        person: found.person,
    }))
}

fn make_feed(digest: &str, case: &Case<'_>) -> Answer<Entry> {
    let person = myself(case)?;
    let Some(epoch) = case.setting.access.epoch(person) else {
        return Err(vec![Mistake::new("You have no account here")]);
    };
    Ok(Entry::FeedMade(FeedMade {
        person,
        digest: digest.to_owned(),
        epoch,
    }))
}
