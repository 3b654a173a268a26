//! The daily message: on working days, from the hour that was chosen, to whoever has work that is
//! newly due or newly late. One a day at most, and never twice for the same.

use super::{
    entries::What,
    notice::{Notice, Reach},
};
use crate::{
    roles::role::Role,
    spine::{
        act::{Actor, Person},
        permit::{self, Need},
        setting::Setting,
        standing::{Owed, Standings},
    },
};
use kernel::{
    duty::Owner,
    moment::{Date, Moment},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// The hour of the daily message where none was chosen.
const HOUR: i8 = 8;
/// The hour from which it waits until the next day.
const LATEST: i8 = 20;

/// The daily messages that are to be made now. `waits`: people for whom one is still on its way.
#[must_use]
pub fn chase(
    reach: &Reach<'_>,
    standings: &Standings,
    waits: &BTreeSet<Person>,
    now: Moment,
) -> Vec<Notice> {
    let (setting, today) = (reach.setting, reach.today);
    if !is_time(setting, now) {
        return Vec::new();
    }
    let mut notices = Vec::new();
    for (person, News { about, signs }) in news(setting, standings, today) {
        if waits.contains(&person) || setting.notices.last_chased(person) == Some(today) {
            continue;
        }
        let reason = format!("work:{today}");
        let what = if signs { What::Sign } else { What::Work };
        for notice in reach.notices_to(&reason, person, what, now) {
            let about = about.iter().cloned().collect();
            notices.push(Notice { about, ..notice });
        }
    }
    notices
}

/// What a person has not been told of yet.
#[derive(Default)]
struct News {
    about: BTreeSet<String>,
    /// Whether something of it is to be signed.
    signs: bool,
}

fn is_time(setting: &Setting, now: Moment) -> bool {
    let today = now.date();
    let hour = setting.notices.mail().map_or(HOUR, |mail| mail.hour);
    setting.place.calendar().is_open(today)
        && Moment::on(today, hour, 0) <= now
        && now < Moment::on(today, LATEST, 0)
}

/// What each person has not been told of yet: marks of work that is open, and of work that is late.
fn news(setting: &Setting, standings: &Standings, today: Date) -> BTreeMap<Person, News> {
    let mut news: BTreeMap<Person, News> = BTreeMap::new();
    for owed in standings.duties.iter().chain(&standings.in_cases) {
        if !owed.duty.is_open(today) {
            continue;
        }
        let mut marks = vec![mark(owed, "open")];
        if owed.duty.is_late(today) {
            marks.push(mark(owed, "late"));
        }
        for person in owners(&owed.duty.owner, setting, today) {
            if !may_know(owed, person, setting, today) {
                continue;
            }
            let untold = |mark: &&String| !setting.notices.was_told(person, mark);
            let untold: Vec<String> = marks.iter().filter(untold).cloned().collect();
            if !untold.is_empty() {
                let news = news.entry(person).or_default();
                news.about.extend(untold);
                news.signs |= is_to_sign(owed);
            }
        }
    }
    news
}

/// Whether somebody may learn of it: what belongs to a case is for those who are on it.
fn may_know(owed: &Owed, person: Person, setting: &Setting, today: Date) -> bool {
    owed.is_lesson()
        || owed.duty.case.is_none_or(|case| {
            let (who, need) = (Actor::person_only(person), Need::OnCase(case));
            permit::permit(&who, &need, setting, today).is_ok()
        })
}

/// Whether it is to read and sign something: that is told even to whoever turned the daily message
/// off.
fn is_to_sign(owed: &Owed) -> bool {
    owed.control.starts_with("agreements.") && owed.duty.about.starts_with("sign:")
}

fn owners(owner: &Owner, setting: &Setting, today: Date) -> Vec<Person> {
    match owner {
        Owner::Person(number) => vec![Person(*number)],
        Owner::Role(key) => setting.roles.holders(&Role::from_key(key), today),
    }
}

/// A short mark of a piece of work at a stage. It tells two apart and says nothing by itself.
fn mark(owed: &Owed, stage: &str) -> String {
    let duty = &owed.duty;
    let clauses = if duty.about.is_empty() {
        owed.clauses.join(",")
    } else {
        String::new()
    };
    let named = format!(
        "{}\n{}\n{clauses}\n{}\n{stage}",
        owed.control, duty.about, duty.due
    );
    short(&named)
}

/// The first twelve hex digits of a digest.
pub(super) fn short(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    let mut short = String::with_capacity(12);
    for byte in digest.iter().take(6) {
        // Writing to a string can't fail.
        let _ = write!(short, "{byte:02x}");
    }
    short
}
