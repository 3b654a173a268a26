//! What decided, as a number and back: the number stays the same for ever, as it is in what is kept.
//! And in words, from the plan of that time.

use super::{event::Grounds, known::Known, query::Row};
use crate::{
    content::Theme,
    plan::{Because, Plan},
};
use kernel::moment::Moment;

/// Above the kind: the number of the session, exception, floor or theme.
const SHIFT: u32 = 8;

/// What decided, as a number.
pub(super) fn code(because: Because) -> u32 {
    let with = |kind: u32, number: usize| {
        let number = u32::try_from(number).unwrap_or(u32::MAX >> SHIFT);
        kind | number.min(u32::MAX >> SHIFT) << SHIFT
    };
    match because {
        Because::Nothing => 0,
        Because::Illegal => 1,
        Because::Help => 2,
        Because::NoProfile => 3,
        Because::CutOff => 4,
        Because::Hours => 5,
        Because::NoSession => 6,
        Because::Session(number) => with(7, number),
        Because::NotInSession(number) => with(8, number),
        Because::MustStayOpen => 9,
        Because::Exception(number) => with(10, number),
        Because::Floor(number) => with(11, number),
        Because::Approved => 12,
        Because::NotApproved => 13,
        Because::UnsafeEngine => 14,
        Because::Category(_) => 15,
        Because::LeadsRound => 16,
        Because::Itself => 17,
        Because::Damaged => 18,
        Because::Words(theme) => {
            let mut all = Theme::ALL.iter();
            with(19, all.position(|own| *own == theme).unwrap_or_default())
        }
        Because::Harmful => 20,
        Because::NotLookedInto => 21,
    }
}

/// Why something was open or closed, from the plan and the lists of that time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// What decided, as a sentence without its full stop.
    pub because: String,
    /// The profile that held.
    pub profile: String,
    /// The words of the policy.
    pub clause: Option<String>,
    /// Since when that plan answered, where it is still kept.
    pub plan_since: Option<Moment>,
    /// The category.
    pub category: Option<String>,
    /// The list that named it, with its licence.
    pub list: Option<String>,
    /// The line of that list.
    pub line: Option<u32>,
    /// Since when that file of lists answered.
    pub lists_since: Option<Moment>,
}

/// Why a row was open or closed.
#[must_use]
pub fn explain(row: &Row, known: &Known) -> Explained {
    let grounds = &row.grounds;
    let kept = known.plan(grounds.plan);
    let plan = kept.as_ref().map(|kept| &kept.plan);
    let category = known.category(grounds.category);
    let (because, own) = words(grounds, plan, category.as_deref());
    let profile = row.who.profile.checked_sub(1);
    let profile = profile.and_then(|at| plan?.profiles.get(usize::try_from(at).ok()?));
    let by_kind = profile.and_then(|profile| profile.clauses.get(category.as_ref()?).cloned());
    let of_profile = profile.and_then(|profile| profile.clause.clone());
    let list = known.list(grounds.list).map(|list| match list.licence {
        Some(licence) => format!("{} ({licence})", list.name),
        None => list.name,
    });
    Explained {
        because,
        profile: profile.map_or_else(String::new, |profile| profile.name.clone()),
        clause: own.or(by_kind).or(of_profile),
        plan_since: kept.as_ref().map(|kept| kept.since),
        category,
        line: list.as_ref().map(|_| grounds.line).filter(|line| *line > 0),
        list,
        lists_since: known.lists_since(grounds.lists),
    }
}

/// What decided, in words, and the words of the policy where it has its own.
fn words(
    grounds: &Grounds,
    plan: Option<&Plan>,
    category: Option<&str>,
) -> (String, Option<String>) {
    let place = usize::try_from(grounds.because >> SHIFT).unwrap_or(usize::MAX);
    let session = plan.and_then(|plan| plan.sessions.get(place));
    let session_clause = session.and_then(|session| session.clause.clone());
    let plain = |words: &str| (words.to_owned(), None);
    match grounds.because & 0xff {
        0 => plain("Nothing speaks against it"),
        1 => plain("It is illegal for everybody: nothing opens it"),
        2 => plain("Help is always open"),
        3 => plain("Nobody with a profile asked, so all but help was closed"),
        4 => plain("The device was cut off, so all but help was closed"),
        5 => plain("It was outside the hours of this profile"),
        6 => plain("It is only open while an adult opens the internet, and nobody had"),
        7 => (
            "An adult had opened the internet with it".to_owned(),
            session_clause,
        ),
        8 => (
            "It was not among the sites that an adult had opened".to_owned(),
            session_clause,
        ),
        9 => plain("No list may close it"),
        10 => {
            let own = plan.and_then(|plan| plan.exceptions.get(place));
            let reason = own.map_or("it is no longer kept", |own| own.reason.as_str());
            (
                format!("A decision about this very site: {reason}"),
                own.and_then(|own| own.clause.clone()),
            )
        }
        11 => {
            let own = plan.and_then(|plan| plan.floors.get(place));
            let by = own.map_or("somebody above the setting", |own| own.by.as_str());
            (
                format!("It is closed by {by}"),
                own.and_then(|own| own.clause.clone()),
            )
        }
        12 => plain("It is approved for this profile"),
        13 => plain("It is not among the names that are approved for this profile"),
        14 => plain("It is a search engine or video site that can’t be made safe"),
        15 => (
            format!(
                "The kind ‘{}’ is closed for this profile",
                category.unwrap_or("unknown")
            ),
            None,
        ),
        16 => plain("Its address is a way round the filter"),
        17 => plain("The filter answered this itself"),
        18 => plain("The file of lists was damaged, so all was closed"),
        19 => {
            let theme = Theme::ALL.get(place).map_or("something", |own| own.words());
            (
                format!("What the page says, or was searched for, is about {theme}"),
                None,
            )
        }
        20 => plain("A scanner found something harmful in it"),
        21 => plain("Nobody could look into what it holds"),
        _ => plain("It was decided by a later version of the program"),
    }
}
