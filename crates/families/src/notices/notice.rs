//! A message on its way: for whom, by which way, made when. Whether it may still go is asked again
//! at the moment of sending, so that nothing reaches somebody who has left. No address is in it.

use super::{
    address,
    entries::{GivenUp, Sent, Way, What, Why},
    register::stands,
    tells::{To, tells},
};
use crate::spine::{act::Person, entry::Recorded, setting::Setting, tongue::Tongue, view::View};
use kernel::{
    moment::{Date, Moment},
    sealed::Keys,
};
use serde::{Deserialize, Serialize};

/// How long a message is tried, in hours.
const TRIED_HOURS: i64 = 48;
/// The pauses between tries, in minutes; the last one again and again.
const PAUSES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its own name: the same for the same person, way and reason, so that it is made once.
    pub id: String,
    /// For whom.
    pub person: Person,
    /// By which way.
    pub way: Way,
    /// Of what.
    pub what: What,
    /// When it was made.
    pub made: Moment,
    /// For the daily message: marks of the work that it stands for.
    #[serde(default)]
    pub about: Vec<String>,
}

/// A message as it goes by mail: nothing in it is about a person but the address.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where it goes.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// How people can be reached on a day.
#[derive(Clone, Copy)]
pub struct Reach<'a> {
    /// How things stand.
    pub setting: &'a Setting,
    /// The keys that open addresses.
    pub keys: &'a Keys,
    /// The day.
    pub today: Date,
}

impl<'a> Reach<'a> {
    /// As far as a page sees it.
    #[must_use]
    pub fn of(view: &'a View<'_>) -> Reach<'a> {
        Reach {
            setting: view.setting,
            keys: view.keys,
            today: view.today,
        }
    }

    /// The messages that a line makes, for those who can be told.
    #[must_use]
    pub fn from_line(&self, line: &Recorded) -> Vec<Notice> {
        let mut notices: Vec<Notice> = Vec::new();
        for tell in tells(line, self.setting) {
            let people = match tell.to {
                To::Person(person) => vec![person],
                To::Role(role) => self.setting.roles.holders(&role, self.today),
            };
            for person in people {
                let reason = format!("line:{}", line.seq);
                let made = self.notices_to(&reason, person, tell.what, line.at);
                let is_new = |notice: &Notice| !notices.iter().any(|one| one.id == notice.id);
                let new: Vec<Notice> = made.into_iter().filter(is_new).collect();
                notices.extend(new);
            }
        }
        notices
    }

    /// A message for each way in which somebody is told.
    pub(super) fn notices_to(
        &self,
        reason: &str,
        person: Person,
        what: What,
        made: Moment,
    ) -> Vec<Notice> {
        let all = self.ways(person, what).into_iter().map(|way| {
            let by = match way {
                Way::Mail => "mail".to_owned(),
                Way::Device(number) => format!("device-{number}"),
            };
            Notice {
                id: format!("{reason}/{person}/{by}"),
                person,
                way,
                what,
                made,
                about: Vec::new(),
            }
        });
        all.filter(|notice| !self.setting.notices.has_ended(&notice.id))
            .collect()
    }

    /// By which ways somebody is told: nobody who is not here or can't sign in.
    #[must_use]
    pub fn ways(&self, person: Person, what: What) -> Vec<Way> {
        let (setting, notices) = (self.setting, &self.setting.notices);
        if !setting.lets_in(person, self.today) || !setting.access.has_account(person) {
            return Vec::new();
        }
        let mut ways = Vec::new();
        let by_mail = notices.mail().is_some() && self.address(person).is_some();
        if by_mail && (what != What::Work || self.gets_daily(person)) {
            ways.push(Way::Mail);
        }
        // A test is about mail.
        if notices.push().is_some() && what != What::Test {
            ways.extend(self.devices_of(person).map(Way::Device));
        }
        ways
    }

    /// Somebody's address, when there is one that can be written to.
    fn address(&self, person: Person) -> Option<String> {
        let address = self.keys.open(self.setting.people.email(person)?)?;
        address::is_mail(&address).then_some(address)
    }

    /// The language in which somebody is told.
    fn tongue(&self, person: Person) -> Tongue {
        let chosen = self.setting.people.speaks(person);
        chosen
            .and_then(|tongue| self.keys.open(tongue))
            .unwrap_or_default()
    }

    /// Whether the daily message comes by mail. Whoever works here may turn it off only while they
    /// are told on a device.
    #[must_use]
    pub fn gets_daily(&self, person: Person) -> bool {
        let is_told = self.devices_of(person).next().is_some();
        let must = self.setting.people.is_team(person, self.today) && !is_told;
        must || self.setting.notices.wants_daily(person)
    }

    /// The devices on which somebody is told, by number.
    pub fn devices_of(&self, person: Person) -> impl Iterator<Item = u32> + use<'a> {
        let (setting, today) = (self.setting, self.today);
        let of = setting.notices.devices_of(person);
        of.filter(move |(_, device)| stands(person, device.since, setting, today))
            .map(|(number, _)| number)
    }

    /// Whether a message may still go: the person is here and told by this way.
    #[must_use]
    pub fn may_go(&self, notice: &Notice) -> bool {
        !self.setting.notices.has_ended(&notice.id)
            && self.ways(notice.person, notice.what).contains(&notice.way)
    }

    /// The letter that a message becomes.
    #[must_use]
    pub fn letter(&self, notice: &Notice) -> Option<Letter> {
        let mail = self.setting.notices.mail()?;
        let to = self.address(notice.person)?;
        let setting = self.setting.place.name();
        let (subject, text) = super::words::letter(
            notice.what,
            self.tongue(notice.person),
            setting,
            &mail.address,
        );
        Some(Letter { to, subject, text })
    }
}

impl Notice {
    /// When to try again after so many tries; `None`: give up.
    #[must_use]
    pub fn again(&self, tries: u32, now: Moment) -> Option<Moment> {
        let last = self.made.plus_hours(TRIED_HOURS);
        let place = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
        let pause = PAUSES.get(place).or(PAUSES.last()).copied().unwrap_or(60);
        (now < last).then(|| now.plus_minutes(pause).min(last))
    }

    /// That it was sent.
    #[must_use]
    pub fn sent(&self) -> Sent {
        Sent {
            notice: self.id.clone(),
            person: self.person,
            way: self.way,
            what: self.what,
            about: self.about.clone(),
        }
    }

    /// That it was given up.
    #[must_use]
    pub fn given_up(&self, why: Why) -> GivenUp {
        GivenUp {
            notice: self.id.clone(),
            person: self.person,
            way: self.way,
            what: self.what,
            why,
        }
    }
}
