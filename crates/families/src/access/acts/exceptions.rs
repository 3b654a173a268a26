//! What can be asked for about exceptional access: two people, short, looked at afterwards.

use crate::{
    access::{
        entries::{
            Entry as AccessEntry,
            exceptions::{Agreed, Asked, Ended, Entry, Seen},
        },
        exceptions::{self, MINUTES_MAX},
        register::exceptions::{AGREE_MINUTES, Exception},
    },
    roles::role::Role,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::ruling::Mistake;

/// The longest text, in characters.
pub const TEXT_MAX: usize = 1_000;
/// How often somebody may ask within a day.
const ASKS_A_DAY: usize = 3;

/// What can be asked for about exceptional access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Ask for it, for oneself, in the place of the lead.
    Ask {
        /// Why.
        why: String,
        /// For how many minutes.
        minutes: u16,
        /// Whether neither the lead nor a deputy can be reached.
        unreachable: bool,
    },
    /// Agree as a second person.
    Agree {
        /// Its number.
        number: u32,
    },
    /// End it.
    End {
        /// Its number.
        number: u32,
    },
    /// Write down that one has looked at it.
    See {
        /// Its number.
        number: u32,
        /// What one found.
        says: String,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Ask { .. } => "access.ask-exception",
            Act::Agree { .. } => "access.agree-exception",
            Act::End { .. } => "access.end-exception",
            Act::See { .. } => "access.see-exception",
        }
    }

    /// Who may ask for it. Where the policy knows no exceptional access, nobody.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Ask { .. } | Act::Agree { .. } => asking(setting),
            Act::End { number } => {
                let mut needs = vec![watching()];
                let found = setting.access.exceptions().find(*number);
                needs.extend(found.map(|found| Need::Oneself(found.by)));
                Need::AnyOf(needs)
            }
            Act::See { .. } => watching(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let entry = match self {
            Act::Ask {
                why,
                minutes,
                unreachable,
            } => ask(why, *minutes, *unreachable, case)?,
            Act::Agree { number } => agree(*number, case)?,
            Act::End { number } => {
                let found = find(*number, case)?;
                if !found.is_open(case.now) {
                    return no("number", "This is over already");
                }
                Entry::Ended(Ended { number: *number })
            }
            Act::See { number, says } => see(*number, says, case)?,
        };
        Ok(vec![AnyEntry::Access(AccessEntry::Exception(entry))])
    }
}

/// Who asks and agrees: the roles that the policy names, with a second step.
#[must_use]
pub fn asking(setting: &Setting) -> Need {
    match exceptions::people(setting) {
        Some(roles) => Need::Proven(Box::new(Need::Holds(roles))),
        None => Need::Nobody,
    }
}

/// Who looks at it afterwards, or ends it: those who lead, and those who watch over them. A lead
/// that is only lent does not count.
#[must_use]
pub fn watching() -> Need {
    Need::Holds(exceptions::WATCHING.to_vec())
}

fn ask(why: &str, minutes: u16, unreachable: bool, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = super::myself(case)?;
    let why = text("why", why)?;
    if !unreachable {
        return no(
            "unreachable",
            "Call the lead and each deputy first. Exceptional access is for when none of them can be reached",
        );
    }
    if leads(person, case) {
        return no(
            "",
            "You lead on safeguarding, so you need no exceptional access",
        );
    }
    if !(1..=MINUTES_MAX).contains(&minutes) {
        return no("minutes", "Choose between 1 minute and 8 hours");
    }
    let exceptions = case.setting.access.exceptions();
    let own = exceptions.of(person);
    if own.clone().any(|one| one.is_open(case.now)) {
        return no("", "You have asked already. It is waiting, or has begun");
    }
    let day_before = case.now.plus_hours(-24);
    if own.filter(|one| one.asked > day_before).count() >= ASKS_A_DAY {
        return no(
            "",
            "You have asked three times within a day. If a child is in danger, call 999; else call the council’s children’s services",
        );
    }
    Ok(Entry::Asked(Asked {
        number: exceptions.next(),
        role: Role::Lead,
        why: case.seal_words(person, &why)?,
        minutes,
    }))
}

fn agree(number: u32, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = super::myself(case)?;
    let found = find(number, case)?;
    if !found.waits(case.now) {
        return no(
            "number",
            format!(
                "This no longer waits. Somebody agrees within {AGREE_MINUTES} minutes, or it is asked for again"
            ),
        );
    }
    if found.by == person {
        return no(
            "number",
            "It takes a second person: you have asked for it yourself",
        );
    }
    if leads(person, case) {
        return no(
            "number",
            "You lead on safeguarding and can be reached. Deal with it yourself, or share what is needed",
        );
    }
    if !exceptions::may_take_part(case.setting, found.by, found.asked, case.today)
        || !exceptions::may_take_part(case.setting, person, found.asked, case.today)
    {
        return no(
            "number",
            "Both of you need a role that the policy names for this, and have to have held it since the day before it was asked for",
        );
    }
    Ok(Entry::Agreed(Agreed {
        number,
        minutes: found.minutes,
    }))
}

fn see(number: u32, says: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = super::myself(case)?;
    let found = find(number, case)?;
    if found.agreed.is_none() {
        return no("number", "It never began, so there is nothing to look at");
    }
    if found.is_open(case.now) {
        return no(
            "number",
            "It still runs. End it first, or wait until it is over",
        );
    }
    if found.took_part(person) {
        return no("number", "Somebody looks at it who had no part in it");
    }
    let mut roles = exceptions::watchers(case.setting, found, case.today);
    roles.retain(|role| case.setting.roles.holds(person, role, case.today));
    if roles.is_empty() {
        return no(
            "number",
            "This was looked at already, or somebody else has to look",
        );
    }
    let says = text("says", says)?;
    Ok(Entry::Seen(Seen {
        number,
        roles,
        says: case.seal_words(person, &says)?,
    }))
}

fn find<'a>(number: u32, case: &Case<'a>) -> Result<&'a Exception, Vec<Mistake>> {
    match case.setting.access.exceptions().find(number) {
        Some(found) => Ok(found),
        None => no("number", "Nobody has asked for this"),
    }
}

fn leads(person: Person, case: &Case<'_>) -> bool {
    [Role::Lead, Role::DeputyLead]
        .iter()
        .any(|role| case.setting.roles.holds(person, role, case.today))
}

fn text(field: &'static str, words: &str) -> Result<String, Vec<Mistake>> {
    let words = words.trim();
    match words.chars().count() {
        0 => no(field, "Write something here"),
        count if count > TEXT_MAX => no(field, format!("Write at most {TEXT_MAX} characters here")),
        _ => Ok(words.to_owned()),
    }
}
