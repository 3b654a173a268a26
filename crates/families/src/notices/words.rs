//! The words of a message. They say that something waits, for which setting, and where to sign in;
//! never what it is, so that whoever looks over a shoulder learns nothing.

use super::entries::What;

/// The words of one kind of message.
struct Words {
    subject: &'static str,
    text: &'static str,
}

const SOON: Words = Words {
    subject: "something to look at soon",
    text: "Something in Stairgate needs you to look at it soon. Sign in to see what it is:",
};
const SIGN: Words = Words {
    subject: "something new to read and sign",
    text: "There is something new for you to read and sign in Stairgate. Sign in to see it:",
};
const WORK: Words = Words {
    subject: "something is waiting for you",
    text: "Something is waiting for you in Stairgate. Sign in to see what it is:",
};
const TEST: Words = Words {
    subject: "this is a test",
    text: "You asked Stairgate for this message to see whether mail arrives. It does. This is where people sign in:",
};

const WHY: &str =
    "This message says no more on purpose, so that nobody else learns what it is about.";
const HOW: &str = "How you are told is under “Your account” in Stairgate.";

/// The subject and the text of a message.
#[must_use]
pub(super) fn letter(what: What, setting: &str, address: &str) -> (String, String) {
    let Words { subject, text } = words(what);
    // What the setting is called stands in the head of the message: one line, nothing else.
    let setting: String = setting
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    let text = format!("{text}\n\n{address}\n\n{WHY}\n{HOW}\n\n{setting}\n");
    (format!("{setting}: {subject}"), text)
}

/// What a device shows: a heading and a line.
#[must_use]
pub const fn on_device() -> (&'static str, &'static str) {
    ("Stairgate", "Something is waiting for you.")
}

fn words(what: What) -> &'static Words {
    match what {
        What::Soon => &SOON,
        What::Sign => &SIGN,
        What::Work => &WORK,
        What::Test => &TEST,
    }
}
