//! What can be asked for about low-level concerns.

use super::{
    circle,
    entries::{Decided, Entry, Outcome, Reviewed, Told, Words},
    register::LowLevel,
};
use crate::{
    concerns::{
        acts::{NewReport, opened},
        entries::Entry as Any,
        keeping::{self, entries::Ground},
        kinds::Kind,
        note::Report,
        register::subject,
    },
    spine::{
        act::{Case as Asked, Person, no},
        permit::Need,
        setting::Setting,
    },
};
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

/// The most that one setting keeps.
const MOST: u32 = 100_000;

/// What can be asked for about low-level concerns.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Tell of one.
    Tell {
        /// Whom it is about; oneself, too.
        about: Person,
        /// What was seen or heard.
        words: Words,
        /// Whether a child was hurt, or could have been: then it is not low-level.
        harm: bool,
    },
    /// Decide what comes of it.
    Decide {
        /// Its number.
        case: u32,
        /// What comes of it.
        outcome: Outcome,
        /// Why, or what was advised.
        why: String,
    },
    /// Say whether it is still kept.
    Review {
        /// Its number.
        case: u32,
        /// Until when; `None`: it is no longer needed.
        keep: Option<Date>,
        /// Why.
        why: String,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Tell { .. } => "concerns.tell-low-level",
            Act::Decide { .. } => "concerns.decide-low-level",
            Act::Review { .. } => "concerns.review-low-level",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Tell { .. } => need_to_tell(),
            Act::Decide { case, .. } | Act::Review { case, .. } => Need::OnCase(*case),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
        match self {
            Act::Tell { about, words, .. } => tell(*about, words, asked),
            Act::Decide { case, outcome, why } => decide(*case, *outcome, why, asked),
            Act::Review { case, keep, why } => review(*case, *keep, why, asked),
        }
    }
}

/// To keep one on takes one of those who see it; to let it go takes two.
fn review(
    case: u32,
    keep: Option<Date>,
    why: &str,
    asked: &Asked<'_>,
) -> Result<Vec<Any>, Vec<Mistake>> {
    let one = find(case, asked.setting)?;
    if one.decided.is_none() {
        return no("case", "Decide first what comes of it");
    }
    let Some(keep) = keep else {
        let asking = keeping::acts::ask_let_go(case, Ground::LongEnough, why, asked)?;
        return Ok(vec![Any::Keeping(asking)]);
    };
    if keep <= asked.today {
        return no("keep", "Choose a day in the future");
    }
    let fact = Reviewed {
        case,
        keep: Some(keep),
        why: seal(case, &why.to_owned(), asked)?,
    };
    Ok(vec![Any::LowLevel(Entry::Reviewed(fact))])
}

/// Who may tell of one: whoever works here or sits on the committee.
#[must_use]
pub fn need_to_tell() -> Need {
    use crate::people::group::Group;
    Need::AnyOf(vec![
        Need::Team,
        Need::Of(vec![Group::Committee, Group::Contractor]),
    ])
}

fn find(case: u32, setting: &Setting) -> Result<&LowLevel, Vec<Mistake>> {
    let found = setting.concerns.low_level().find(case);
    match found.filter(|one| one.gone.is_none()) {
        Some(one) => Ok(one),
        None => no("case", "There is no such concern"),
    }
}

fn seal<T: serde::Serialize>(
    case: u32,
    value: &T,
    asked: &Asked<'_>,
) -> Result<kernel::sealed::Private<T>, Vec<Mistake>> {
    let sealed = asked.sealer.seal(&subject(case), value);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

fn tell(about: Person, words: &Words, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
    let Some(roles) = circle::roles(asked.in_force) else {
        return no(
            "what",
            "The policy in force knows no low-level concerns. Report it as a concern",
        );
    };
    if !asked.setting.people.is_team(about, asked.today) {
        return no("about", "Choose somebody who works here");
    }
    if words.day.is_some_and(|day| day > asked.today) {
        return no("day", "Choose a day that is not in the future");
    }
    let low_level = asked.setting.concerns.low_level();
    let case = low_level.next();
    if case >= super::super::matter::LOW_LEVEL + MOST {
        return no("what", "No more can be kept. Tell the manager in person");
    }
    let (roles, guarded) = circle::choose(about, roles, asked.setting, asked.today);
    let name = asked.setting.people.name(about);
    let words = Words {
        name: name
            .and_then(|name| asked.sealer.open(name))
            .unwrap_or_default(),
        own: asked.person() == Some(about),
        ..words.clone()
    };
    let fact = Told {
        case,
        about,
        words: seal(case, &words, asked)?,
        roles,
        guarded,
    };
    Ok(vec![Any::LowLevel(Entry::Told(fact))])
}

fn decide(
    case: u32,
    outcome: Outcome,
    why: &str,
    asked: &Asked<'_>,
) -> Result<Vec<Any>, Vec<Mistake>> {
    let one = find(case, asked.setting)?;
    let is_raised = one
        .decided
        .as_ref()
        .is_some_and(|decided| decided.became.is_some());
    if is_raised {
        return no("case", "It is a case already. Go on there");
    }
    let mut entries = Vec::new();
    let mut became = None;
    if outcome == Outcome::Raised {
        let words: Words = asked.sealer.open(&one.words).unwrap_or_default();
        let report = Report {
            what: raised(one, &words, why, asked),
            kind: Kind::Adult,
            adult: Some(one.about),
            day: words.day,
            place: words.context.clone(),
            ..Report::default()
        };
        let new = NewReport {
            report,
            ..NewReport::default()
        };
        let case = opened(&new, asked)?;
        became = Some(case.case());
        entries.push(case);
    }
    let fact = Decided {
        case,
        outcome,
        why: seal(case, &why.to_owned(), asked)?,
        became,
    };
    entries.insert(0, Any::LowLevel(Entry::Decided(fact)));
    Ok(entries)
}

/// What the case that it becomes begins with: this one and the earlier ones about the same person.
fn raised(one: &LowLevel, words: &Words, why: &str, asked: &Asked<'_>) -> String {
    let mut what = format!("{}\n\nWhy it is more than low-level: {why}", words.what);
    let all = asked.setting.concerns.low_level().kept();
    let earlier = all
        .filter(|other| other.about == one.about && other.number != one.number)
        .filter(|other| circle::is_on(asked.who, other, asked.setting, asked.today));
    for other in earlier {
        let said: Words = asked.sealer.open(&other.words).unwrap_or_default();
        let day = date_in_words(said.day.unwrap_or_else(|| other.at.date()));
        what.push_str(&format!("\n\nEarlier, {day}: {}", said.what));
    }
    what.chars().take(8_000).collect()
}
