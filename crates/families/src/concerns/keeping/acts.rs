//! What can be asked for when something has been kept long enough: keep it on, or let it go, which
//! takes two people; and holds on cases.

use super::{
    entries::{Asked as AskedFor, Entry, Ground, Held, KeptOn, LetGo, Lifted, Why},
    look,
    register::Asking,
};
use crate::{
    concerns::{
        entries::Entry as Any,
        matter::{self, Matter},
        register::{Case, subject},
        retention,
    },
    spine::{
        act::{Case as Asked, Person, no},
        permit::Need,
    },
};
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
    sealed::Private,
};

/// What can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Look which cases have been kept long enough.
    LookThrough,
    /// Keep a case on.
    KeepOn {
        /// The case.
        case: u32,
        /// Until when.
        until: Date,
        /// On what ground, and why.
        why: Why,
    },
    /// Ask to let something go.
    AskLetGo {
        /// The case, or the low-level concern.
        case: u32,
        /// On what ground.
        ground: Ground,
        /// Why.
        why: String,
    },
    /// Agree to it, as the second person.
    LetGo {
        /// The case, or the low-level concern.
        case: u32,
    },
    /// Set a hold on a case.
    Hold {
        /// The case.
        case: u32,
        /// Why.
        why: String,
        /// The day on which it is looked at again.
        review: Date,
    },
    /// Lift it.
    Lift {
        /// The case.
        case: u32,
        /// Why.
        why: String,
    },
}

type Answer = Result<Vec<Any>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::LookThrough => "concerns.look-through-kept",
            Act::KeepOn { .. } => "concerns.keep-on",
            Act::AskLetGo { .. } => "concerns.ask-let-go",
            Act::LetGo { .. } => "concerns.let-go",
            Act::Hold { .. } => "concerns.hold",
            Act::Lift { .. } => "concerns.lift-hold",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::LookThrough => Need::Machine,
            Act::KeepOn { case, .. }
            | Act::AskLetGo { case, .. }
            | Act::LetGo { case }
            | Act::Hold { case, .. }
            | Act::Lift { case, .. } => Need::OnCase(*case),
        }
    }

    /// The case of an act that is for those whom it goes to, and not for who was let in.
    #[must_use]
    pub fn of_who_decides(&self) -> Option<u32> {
        match self {
            Act::KeepOn { case, .. }
            | Act::AskLetGo { case, .. }
            | Act::Hold { case, .. }
            | Act::Lift { case, .. } => Some(*case),
            Act::LookThrough | Act::LetGo { .. } => None,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Answer {
        let entry = match self {
            Act::LookThrough => return Ok(look::look(asked)),
            Act::KeepOn { case, until, why } => keep_on(closed(*case, asked)?, *until, why, asked)?,
            Act::AskLetGo { case, ground, why } => ask_let_go(*case, *ground, why, asked)?,
            Act::LetGo { case } => let_go(*case, asked)?,
            Act::Hold { case, why, review } => {
                let case = find(*case, asked)?;
                if *review <= asked.today {
                    return no(
                        "review",
                        "Choose a day in the future on which the hold is looked at again",
                    );
                }
                Entry::Held(Held {
                    case: case.number,
                    why: seal(case.number, why, asked)?,
                    review: *review,
                })
            }
            Act::Lift { case, why } => {
                let case = find(*case, asked)?;
                if case.keeping.hold.is_none() {
                    return no("case", "There is no hold on this case");
                }
                Entry::Lifted(Lifted {
                    case: case.number,
                    why: seal(case.number, why, asked)?,
                })
            }
        };
        Ok(vec![Any::Keeping(entry)])
    }
}

fn find<'a>(case: u32, asked: &Asked<'a>) -> Result<&'a Case, Vec<Mistake>> {
    match asked.setting.concerns.case(case) {
        Some(case) => Ok(case),
        None => no("case", "There is no such case"),
    }
}

fn closed<'a>(case: u32, asked: &Asked<'a>) -> Result<&'a Case, Vec<Mistake>> {
    let found = find(case, asked)?;
    if !found.is_closed() {
        return no("case", "The case is open. It is kept");
    }
    Ok(found)
}

fn seal(case: u32, words: &str, asked: &Asked<'_>) -> Result<Private, Vec<Mistake>> {
    let sealed = asked.sealer.seal_words(&subject(case), words);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

/// Never for a shorter time than its kind is kept.
fn keep_on(case: &Case, until: Date, why: &Why, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    if until <= asked.today {
        return no("until", "Choose a day in the future");
    }
    let own = retention::until(asked, case);
    if let Some(own) = own.filter(|own| until <= *own) {
        return no(
            "until",
            format!(
                "It is kept until {} anyway. Choose a later day",
                date_in_words(own)
            ),
        );
    }
    let why = asked.sealer.seal(&case.subject(), why);
    Ok(Entry::KeptOn(KeptOn {
        case: case.number,
        until,
        why: why.map_err(|erased| vec![Mistake::from(erased)])?,
    }))
}

/// Asks to let something go.
///
/// # Errors
/// Why it makes no sense now.
pub(in crate::concerns) fn ask_let_go(
    case: u32,
    ground: Ground,
    why: &str,
    asked: &Asked<'_>,
) -> Result<Entry, Vec<Mistake>> {
    if may_go(case, asked)?.is_some() {
        return no("case", "Somebody has asked for it already");
    }
    if ground == Ground::KeptElsewhere && !is_elsewhere(case, asked) {
        return no(
            "ground",
            "Nobody has confirmed that the file has arrived elsewhere. Choose the other ground, or send the file first",
        );
    }
    Ok(Entry::Asked(AskedFor {
        case,
        ground,
        why: seal(case, why, asked)?,
    }))
}

fn let_go(case: u32, asked: &Asked<'_>) -> Result<Entry, Vec<Mistake>> {
    let Some(asking) = may_go(case, asked)? else {
        return no("case", "Nobody has asked to let it go");
    };
    if asking.by == asked.person() {
        return no("case", "A second person has to agree to it");
    }
    Ok(Entry::LetGo(LetGo {
        case,
        ground: asking.ground,
        asked_by: asking.by,
    }))
}

/// Who asks to let something go, when nothing stands in its way.
fn may_go<'a>(number: u32, asked: &Asked<'a>) -> Result<Option<&'a Asking>, Vec<Mistake>> {
    if let Matter::LowLevel(_) = matter::of(number) {
        let all = asked.setting.concerns.low_level();
        let Some(one) = all.find(number).filter(|one| one.gone.is_none()) else {
            return no("case", "There is no such concern");
        };
        if one.decided.is_none() {
            return no("case", "Decide first what comes of it");
        }
        is_not_held([one.about], asked)?;
        return Ok(one.asked.as_ref());
    }
    let case = closed(number, asked)?;
    if let Some(hold) = &case.keeping.hold {
        return held(hold.review);
    }
    is_not_held(retention::people(asked, case), asked)?;
    let until = retention::until(asked, case);
    let decided = case.keeping.until.as_ref().map(|until| until.day);
    match until.max(decided) {
        Some(until) if until <= asked.today => {}
        Some(until) => {
            return no("case", format!("It is kept until {}", date_in_words(until)));
        }
        None => return no("case", "It can’t be reckoned how long it is kept"),
    }
    if let Some(why) = in_the_way(case, asked) {
        return no("case", why);
    }
    Ok(case.keeping.asked.as_ref())
}

/// What is still to be done and would be lost.
fn in_the_way(case: &Case, asked: &Asked<'_>) -> Option<&'static str> {
    let setting = asked.setting;
    let secured = setting.devices.custodies().of_case(case.number);
    let mut lessons = setting.concerns.lessons();
    let transfers = setting.concerns.transfers();
    if secured.into_iter().any(|custody| custody.ended.is_none()) {
        return Some("A device is still secured for this case");
    }
    if lessons.any(|lesson| lesson.case == case.number && lesson.done.is_none()) {
        return Some("Something that is to change because of this case is still open");
    }
    if transfers.owes(case.number).is_some() {
        return Some("Its file has still to go to the next setting");
    }
    None
}

fn is_elsewhere(case: u32, asked: &Asked<'_>) -> bool {
    let mut sent = asked.setting.concerns.transfers().all_out();
    sent.any(|out| out.sent.cases.contains(&case) && out.confirmed.is_some())
}

fn is_not_held(
    people: impl IntoIterator<Item = Person>,
    asked: &Asked<'_>,
) -> Result<(), Vec<Mistake>> {
    let data = &asked.setting.data;
    let reviews = people.into_iter().filter_map(|person| data.hold(person));
    match reviews.map(|hold| hold.review).max() {
        Some(review) => held(review),
        None => Ok(()),
    }
}

fn held<T>(review: Date) -> Result<T, Vec<Mistake>> {
    no(
        "case",
        format!(
            "A hold stops this. It is looked at again on {}",
            date_in_words(review)
        ),
    )
}
