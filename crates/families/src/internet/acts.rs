//! What can be asked for about the internet with children.

use super::{
    engines,
    entries::{Dropped, Ended, Entry, Extended, How, Looked, Near, Opened, ToolChosen},
    names::{mistake, site},
    register::Session,
};
use crate::{
    devices::{acts::said, kinds::Users},
    spine::{
        act::{Case, Person, Room, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Moment, ruling::Mistake};

/// The longest name, in characters.
pub const NAME_MAX: usize = 60;
/// The longest words, in characters.
pub const WORDS_MAX: usize = 300;
/// The most minutes at once, whatever a policy says.
pub const MINUTES_MAX: i64 = 120;
/// The most sites of a bundle, and the most things that they need.
const SITES_MAX: usize = 40;
/// The most bundles that are in use.
const BUNDLES_MAX: usize = 500;

/// What can be asked for about the internet with children.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Say that one has looked at sites, and put them together for children.
    LookAt {
        /// The bundle that one looked at again; none: a new one.
        bundle: Option<u32>,
        /// What it is called.
        name: String,
        /// The sites.
        sites: Vec<String>,
        /// What they need to work.
        needs: Vec<String>,
        /// What it is for.
        what_for: String,
        /// From which age on, in years.
        age_from: u8,
    },
    /// Take a bundle away.
    Drop {
        /// Which.
        bundle: u32,
        /// Why.
        why: String,
    },
    /// Choose a search tool.
    ChooseTool {
        /// What people call it.
        tool: String,
        /// What was weighed up.
        assessment: String,
    },
    /// Open the internet.
    Open(Box<Opening>),
    /// Keep it open for longer.
    Extend {
        /// Which.
        session: u32,
        /// How many minutes more, from now on.
        minutes: i64,
    },
    /// Close it.
    End {
        /// Which.
        session: u32,
    },
    /// Go on a break: what one has opened is closed.
    GoOnBreak,
    /// Close what has come to its time.
    EndByTime {
        /// Which.
        session: u32,
    },
}

/// What is to be opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// For this device.
    pub device: Option<u32>,
    /// For the children’s devices of this room.
    pub room: Option<Room>,
    /// What for.
    pub purpose: String,
    /// The bundles.
    pub bundles: Vec<u32>,
    /// Whether the rest is open too, as the filter lets through for children.
    pub filtered: bool,
    /// Whether the search tool is open.
    pub searching: bool,
    /// Where the adult is.
    pub near: Near,
    /// For how many minutes.
    pub minutes: i64,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::LookAt { .. } => "internet.look-at",
            Act::Drop { .. } => "internet.drop",
            Act::ChooseTool { .. } => "internet.choose-tool",
            Act::Open(_) => "internet.open",
            Act::Extend { .. } => "internet.extend",
            Act::End { .. } => "internet.end",
            Act::GoOnBreak => "internet.go-on-break",
            Act::EndByTime { .. } => "internet.end-by-time",
        }
    }

    /// Who may ask for it: whoever works here. What is open is closed by any of them.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::LookAt { .. } | Act::Open(_) | Act::End { .. } | Act::GoOnBreak => Need::Team,
            Act::Drop { .. } => Need::AnyOf(vec![Need::Team, Need::leadership()]),
            Act::ChooseTool { .. } => Need::leadership(),
            Act::Extend { session, .. } => {
                let by = setting.internet.session(*session).and_then(|one| one.by);
                Need::AllOf(vec![
                    Need::Team,
                    Need::Oneself(by.unwrap_or(Person(u32::MAX))),
                ])
            }
            Act::EndByTime { .. } => Need::Machine,
        }
    }

    /// The device that it opens the internet for.
    #[must_use]
    pub fn opens_on(&self) -> Option<u32> {
        match self {
            Act::Open(opening) => opening.device,
            _ => None,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        let internet = &case.setting.internet;
        match self {
            Act::LookAt {
                bundle,
                name,
                sites,
                needs,
                what_for,
                age_from,
            } => {
                let looked = Looked {
                    bundle: bundle.unwrap_or_else(|| internet.next_bundle()),
                    name: said("name", name, NAME_MAX)?,
                    sites: named("sites", sites)?,
                    needs: named("needs", needs)?,
                    what_for: said("what-for", what_for, WORDS_MAX)?,
                    age_from: *age_from,
                };
                one(look(*bundle, looked, case)?)
            }
            Act::Drop { bundle, why } => {
                if internet.bundle(*bundle).is_none() {
                    return no("bundle", "There is no such bundle any more");
                }
                one(Entry::BundleDropped(Dropped {
                    bundle: *bundle,
                    why: said("why", why, WORDS_MAX)?,
                }))
            }
            Act::ChooseTool { tool, assessment } => {
                let Some(engine) = engines::called(tool) else {
                    return no("tool", "Choose one of the search tools in the list");
                };
                one(Entry::ToolChosen(ToolChosen {
                    tool: engine.title.clone(),
                    assessment: said("assessment", assessment, 1_000)?,
                }))
            }
            Act::Open(opening) => one(open(opening, case)?),
            Act::Extend { session, minutes } => {
                is_open(*session, case)?;
                one(Entry::Extended(Extended {
                    session: *session,
                    until: case.now.plus_minutes(in_bounds(*minutes)?),
                }))
            }
            Act::End { session } => {
                is_open(*session, case)?;
                one(ended(*session, How::Closed))
            }
            Act::GoOnBreak => {
                let own = internet.open(case.now);
                let own = own.filter(|session| session.by == case.person());
                let ends: Vec<AnyEntry> = own
                    .map(|session| AnyEntry::Internet(ended(session.number, How::Break)))
                    .collect();
                if ends.is_empty() {
                    return no("session", "You have nothing open");
                }
                Ok(ends)
            }
            Act::EndByTime { session } => {
                let found = internet.session(*session);
                if found.is_none_or(|one| one.ended.is_some() || case.now < one.until) {
                    return no("session", "Its time is not over");
                }
                one(ended(*session, How::Time))
            }
        }
    }
}

fn one(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Internet(entry)])
}

/// The fact that something is closed again.
pub(crate) fn ended(session: u32, how: How) -> Entry {
    Entry::Ended(Ended { session, how })
}

fn named(field: &'static str, typed: &[String]) -> Result<Vec<String>, Vec<Mistake>> {
    if typed.len() > SITES_MAX {
        return no(field, format!("Write at most {SITES_MAX} sites"));
    }
    let mut names = Vec::new();
    for text in typed {
        let Some(name) = site(text) else {
            return no(field, mistake(text));
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn look(bundle: Option<u32>, looked: Looked, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let internet = &case.setting.internet;
    if looked.sites.is_empty() {
        return no("sites", "Write down at least one site");
    }
    if let Some(bundle) = bundle
        && internet.bundle(bundle).is_none()
    {
        return no("bundle", "There is no such bundle any more");
    }
    if internet.bundles().count() >= BUNDLES_MAX {
        return no("name", "There are too many bundles. Take one away first");
    }
    let name = looked.name.to_lowercase();
    let mut others = internet
        .bundles()
        .filter(|one| Some(one.about.bundle) != bundle);
    if others.any(|other| other.about.name.to_lowercase() == name) {
        return no("name", "Another bundle is called so. Choose another name");
    }
    Ok(Entry::BundleLooked(looked))
}

fn in_bounds(minutes: i64) -> Result<i64, Vec<Mistake>> {
    if (1..=MINUTES_MAX).contains(&minutes) {
        return Ok(minutes);
    }
    no("minutes", format!("Choose 1 to {MINUTES_MAX} minutes"))
}

fn is_open(session: u32, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let found = case.setting.internet.session(session);
    if found.is_some_and(|one| one.is_open(case.now)) {
        return Ok(());
    }
    no("session", "It is closed already")
}

fn open(opening: &Opening, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let setting = case.setting;
    let purpose = said("purpose", &opening.purpose, WORDS_MAX)?;
    let minutes = in_bounds(opening.minutes)?;
    let room = match (opening.device, opening.room) {
        (Some(device), None) => {
            let Some(found) = setting.devices.find(device).filter(|one| !one.is_gone()) else {
                return no("device", "There is no such device on the register");
            };
            if found.is_out_of_use() {
                return no("device", "It is out of use");
            }
            if found.about.users != Users::Children {
                return no("device", "It is not a device for children");
            }
            found.about.room
        }
        (None, Some(room)) => {
            if setting.people.room_name(room).is_none() {
                return no("room", "There is no such room");
            }
            if children_s_devices(setting, room).next().is_none() {
                return no("room", "There is no children’s device in this room");
            }
            Some(room)
        }
        (Some(_), Some(_)) | (None, None) => {
            return no("device", "Choose a device, or a room");
        }
    };
    let overlaps = |session: &Session| match (session.device, opening.device) {
        (Some(one), Some(other)) => one == other,
        (None, None) => session.room == room,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if setting.internet.open(case.now).any(overlaps) {
        return no(
            "device",
            "The internet is open there already. Close it first",
        );
    }
    let known = |bundle: &u32| setting.internet.bundle(*bundle).is_some();
    if !opening.bundles.iter().all(known) {
        return no("bundles", "Choose from the bundles in the list");
    }
    if opening.bundles.is_empty() && !opening.filtered && !opening.searching {
        return no("bundles", "Choose what is opened");
    }
    Ok(Entry::Opened(Opened {
        session: setting.internet.next_session(),
        device: opening.device,
        room,
        purpose,
        bundles: opening.bundles.clone(),
        filtered: opening.filtered,
        searching: opening.searching,
        near: opening.near,
        until: case.now.plus_minutes(minutes),
    }))
}

/// The children’s devices of a room that are in use.
pub fn children_s_devices(
    setting: &Setting,
    room: Room,
) -> impl Iterator<Item = &crate::devices::register::Device> {
    setting.devices.kept().filter(move |device| {
        device.about.room == Some(room)
            && device.about.users == Users::Children
            && !device.is_out_of_use()
    })
}

/// What has come to its time, so that the clock closes it.
#[must_use]
pub fn over(setting: &Setting, now: Moment) -> Vec<u32> {
    setting.internet.over(now)
}
