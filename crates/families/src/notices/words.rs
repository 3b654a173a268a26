//! The words of a message, in the language of whoever gets it. They say that something waits, for
//! which setting, and where to sign in; never what it is, so that whoever looks over a shoulder
//! learns nothing.

use super::entries::What;
use crate::spine::tongue::Tongue;

/// The longest name of a setting in a message, in characters.
const NAME_CHARS_MAX: usize = 120;

/// The subject and the text of a message.
#[must_use]
pub(super) fn letter(what: What, tongue: Tongue, setting: &str, address: &str) -> (String, String) {
    let kind = kind(what);
    let subject = tongue.say(&format!("notice-{kind}-subject"));
    let text = tongue.say(&format!("notice-{kind}-text"));
    let (why, how) = (tongue.say("notice-why"), tongue.say("notice-how"));
    // What the setting is called stands in the head of the message: one line, nothing else.
    let plain = setting.chars().filter(|c| !c.is_control());
    let setting: String = plain.take(NAME_CHARS_MAX).collect();
    let text = format!("{text}\n\n{address}\n\n{why}\n{how}\n\n{setting}\n");
    (format!("{setting}: {subject}"), text)
}

/// What a device shows below the name of the program.
#[must_use]
pub fn on_device(tongue: Tongue) -> String {
    tongue.say("notice-on-device")
}

fn kind(what: What) -> &'static str {
    match what {
        What::Soon => "soon",
        What::Sign => "sign",
        What::Work => "work",
        What::Test => "test",
    }
}
