//! The door: whoever has still to sign finds nothing open but what lets them sign. Both doors ask
//! here, for pages and for acts, so that neither shows what the other refuses.

use super::{
    act::{Act, Actor, Person},
    draw,
    in_force::InForce,
    permit::Need,
    setting::Setting,
};
use crate::{
    access::controls::password_rotation,
    agreements::asks::{self, Unsigned},
    people,
};
use kernel::{moment::Date, ruling::Mistake};

/// How long it counts that somebody has shown who they are, in minutes.
pub const FRESH_MINUTES: i64 = 10;

/// What lets somebody in, or changes how somebody gets in: an open screen or a stolen token is not
/// enough for it.
const ANEW: [&str; 17] = [
    "access.add-app",
    "access.remove-app",
    "access.make-recovery-codes",
    "access.add-passkey",
    "access.remove-passkey",
    "access.choose-pin",
    "access.make-token",
    "access.give-code",
    "access.agree-code",
    "access.ask-steps-reset",
    "access.agree-steps-reset",
    "access.ask-exception",
    "access.agree-exception",
    "access.set-provider",
    "access.link-provider",
    "access.unlink-provider",
    "access.unlink-provider-of",
];

/// Whether an act asks whoever wants it to show once more who they are; `about` is the person that
/// it is about. The address to which somebody is told what happens to their account is one of these.
#[must_use]
pub fn asks_anew(act: &str, about: Option<Person>, setting: &Setting) -> bool {
    let told_there = || about.is_some_and(|about| setting.access.has_account(about));
    ANEW.contains(&act) || (act == "people.change-contact" && told_there())
}

/// Refuses an act that asks for it to be shown once more who somebody is, where that was not done.
///
/// # Errors
/// What is to be done first.
pub fn check_anew(act: &Act, who: &Actor, setting: &Setting) -> Result<(), Vec<Mistake>> {
    if who.fresh || who.person().is_none() {
        return Ok(());
    }
    let about = match act {
        Act::People(people::acts::Act::ChangeContact(contact)) => Some(contact.person),
        _ => None,
    };
    if !asks_anew(act.name(), about, setting) {
        return Ok(());
    }
    Err(vec![Mistake::new(
        "Show once more who you are: sign in on a page of Stairgate, or give your password there again",
    )])
}

/// Where whoever signed in with a password that is too old chooses another.
pub const CHOOSES_AT: &str = "/account/password";
/// Where whoever is held signs.
pub const HELD_AT: &str = "/agreements";

/// What stays open to whoever is held: the agreements, one's own account, the language of pages,
/// reporting a concern, what must not wait on a device, and finding help. A path, and all below it.
const OPEN: &[&str] = &[
    "/agreements",
    "/account",
    "/language",
    "/sign-in",
    "/sign-out",
    "/concerns/report",
    "/concerns/sent",
    "/concerns/tell",
    "/concerns/told",
    "/concerns/complaints",
    "/concerns/own-duty",
    "/help-directory",
    "/what-to-do",
    "/filter/saw-something",
    "/devices/secure",
];

/// What somebody has to sign before anything else is open to them.
#[must_use]
pub fn held(
    setting: &Setting,
    in_force: &InForce,
    person: Person,
    today: Date,
) -> Option<Unsigned> {
    let bound = asks::in_force(in_force)?;
    asks::held(setting, bound, person, today)
}

/// Where a reader is sent instead of this path; `None`: it is open to them.
#[must_use]
pub fn instead_of(
    path: &str,
    who: &Actor,
    setting: &Setting,
    in_force: &InForce,
    today: Date,
) -> Option<&'static str> {
    let person = who.person()?;
    let to = if held(setting, in_force, person, today).is_some() {
        HELD_AT
    } else {
        if who.elsewhere {
            return None;
        }
        password_rotation::held_since(setting, in_force, person)?;
        CHOOSES_AT
    };
    let inside = |open: &str| {
        let below = path.strip_prefix(open);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    (!OPEN.iter().any(|open| inside(open))).then_some(to)
}

/// Whether an act stays open to whoever is held: signing, what belongs to one's own account, and
/// reporting a concern.
#[must_use]
pub fn is_open_to_held(act: &Act, setting: &Setting) -> bool {
    if let Act::Access(act) = act {
        let need = act.need(setting);
        return matches!(need, Need::SignedIn | Need::Anyone | Need::Oneself(_));
    }
    // What the law asks of somebody themselves waits for no signature, nor does what was seen on a
    // device.
    matches!(
        act.name(),
        "agreements.sign" | "concerns.answer-own-duty" | "filter.saw-something" | "devices.secure"
    ) || draw::is_open(act.name())
}
