//! Changes of the filter: proposed by one, approved by another; asked for by one, answered by another.
//! What an answer would open beyond what was asked for is proposed, and waits for a second person.

use super::{Act, Answer, WORDS_MAX, in_days, lists, one};
use crate::{
    devices::{acts::said, kinds::Users},
    filter::{
        entries::{Answered, Decided, Entry, Opens, Proposed, Requested, TakenBack, What},
        kinds::KINDS,
        profiles::EVERYBODY,
        register::Change,
    },
    internet::names::{is_within, mistake, site, site_to_close},
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::{moment::Date, ruling::Mistake};

/// The longest that something is open, in days.
const OPEN_DAYS_MAX: i64 = 366;
/// The most changes and requests that wait at a time.
const WAITING_MAX: usize = 1_000;
/// The most things that a site needs.
const NEEDS_MAX: usize = 40;

pub(super) fn entries(act: &Act, case: &Case<'_>) -> Answer {
    match act {
        Act::Propose {
            what,
            users,
            until,
            reason,
            risk,
        } => {
            let what = checked(what, case)?;
            let users = &for_whom(&what, users);
            if users.is_empty() {
                return no("users", "Choose for whom");
            }
            last_day(&what, *until, case)?;
            if let What::OpenKind { .. } = &what
                && users.contains(&Users::Children)
            {
                return no(
                    "users",
                    "For children single sites are opened, never a kind of sites",
                );
            }
            if case.setting.filter.waiting().count() >= WAITING_MAX {
                return no("reason", "Too many changes wait. Decide on some first");
            }
            one(Entry::Proposed(Proposed {
                change: case.setting.filter.next_change(),
                what,
                users: users.clone(),
                until: *until,
                reason: said("reason", reason, WORDS_MAX)?,
                risk: said("risk", risk, WORDS_MAX)?,
            }))
        }
        Act::Decide {
            change,
            approve,
            why,
        } => {
            let found = find(*change, case)?;
            if found.decided.is_some() {
                return no("change", "This change was decided on already");
            }
            second(found.by, case)?;
            if *approve {
                // What was proposed about a list may have been overtaken by another change.
                checked(&found.proposed.what, case)?;
            }
            if *approve && found.proposed.until.is_some_and(|until| until < case.today) {
                return no("change", "Its last day has passed. Propose it anew");
            }
            one(Entry::Decided(Decided {
                change: *change,
                approved: *approve,
                why: why.trim().to_owned(),
            }))
        }
        Act::TakeBack { change, why } => {
            let found = find(*change, case)?;
            if !found.holds(case.today) {
                return no("change", "This change is not in force");
            }
            if let What::TakeShorter { .. } = found.proposed.what {
                return no(
                    "change",
                    "The shorter list was taken. Add another if it lacks names",
                );
            }
            // What two people closed, nobody opens alone.
            if !found.proposed.what.opens() {
                return no(
                    "change",
                    "This closes something. Propose to open it; a second person approves",
                );
            }
            one(Entry::TakenBack(TakenBack {
                change: *change,
                why: said("why", why, WORDS_MAX)?,
            }))
        }
        Act::Request {
            site: text,
            users,
            why,
        } => {
            let site = name("site", text)?;
            let open = |request: &&crate::filter::register::Request| {
                request.answer.is_none()
                    && request.asked.site == site
                    && request.asked.users == *users
            };
            let mut requests = case.setting.filter.requests();
            if requests.any(|request| open(&request)) {
                return no(
                    "site",
                    "Somebody has asked for this site already. The answer comes to the page of requests",
                );
            }
            one(Entry::Requested(Requested {
                request: case.setting.filter.next_request(),
                site,
                users: *users,
                why: said("why", why, WORDS_MAX)?,
            }))
        }
        Act::Answer {
            request,
            open_until,
            needs,
            why,
        } => answer(*request, *open_until, needs, why, case),
        _ => no("change", "This is not about a change"),
    }
}

fn answer(
    request: u32,
    open_until: Option<Date>,
    needs: &[String],
    why: &str,
    case: &Case<'_>,
) -> Answer {
    let filter = &case.setting.filter;
    let Some(found) = filter.request(request) else {
        return no("request", "There is no such request");
    };
    if found.answer.is_some() {
        return no("request", "This request was answered already");
    }
    let why = said("why", why, WORDS_MAX)?;
    let answered = |opens: Option<Opens>| {
        AnyEntry::Filter(Entry::Answered(Answered {
            request,
            opens,
            why: why.clone(),
        }))
    };
    let Some(until) = open_until else {
        return Ok(vec![answered(None)]);
    };
    second(found.by, case)?;
    in_days(until, OPEN_DAYS_MAX, case)?;
    let asked = &found.asked;
    let (own, others): (Vec<String>, Vec<String>) = needed(needs)?
        .into_iter()
        .partition(|name| is_within(name, &asked.site));
    let change = filter.next_change();
    let mut entries = vec![answered(Some(Opens {
        change,
        needs: own,
        until,
    }))];
    // Nobody asked for names from elsewhere: whoever answers proposes them, and another approves.
    if !others.is_empty() {
        if filter.waiting().count() >= WAITING_MAX {
            return no("needs", "Too many changes wait. Decide on some first");
        }
        entries.push(AnyEntry::Filter(Entry::Proposed(Proposed {
            change: change.saturating_add(1),
            what: What::OpenSite {
                site: asked.site.clone(),
                needs: others,
            },
            users: vec![asked.users],
            until: Some(until),
            reason: asked.why.clone(),
            risk: why,
        })));
    }
    Ok(entries)
}

/// A list is for everybody: what is on it is closed for whom its kind is.
fn for_whom(what: &What, users: &[Users]) -> Vec<Users> {
    match what.list() {
        Some(_) => EVERYBODY.to_vec(),
        None => users.to_vec(),
    }
}

/// The names that a site needs.
fn needed(needs: &[String]) -> Result<Vec<String>, Vec<Mistake>> {
    if needs.len() > NEEDS_MAX {
        return no("needs", format!("Write at most {NEEDS_MAX} names"));
    }
    needs.iter().map(|text| name("needs", text)).collect()
}

fn find<'a>(change: u32, case: &Case<'a>) -> Result<&'a Change, Vec<Mistake>> {
    match case.setting.filter.change(change) {
        Some(found) => Ok(found),
        None => no("change", "There is no such change"),
    }
}

/// Nobody changes the filter alone.
fn second(first: Option<Person>, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if first.is_some() && first == case.person() {
        return no("change", "A second person has to agree");
    }
    Ok(())
}

fn name(field: &'static str, text: &str) -> Result<String, Vec<Mistake>> {
    match site(text) {
        Some(name) => Ok(name),
        None => no(field, mistake(text)),
    }
}

fn checked(what: &What, case: &Case<'_>) -> Result<What, Vec<Mistake>> {
    let known = |kind: &str| KINDS.iter().any(|(key, _)| *key == kind);
    match what {
        What::OpenSite { site, needs } => Ok(What::OpenSite {
            site: name("site", site)?,
            needs: needed(needs)?,
        }),
        What::CloseSite { site } => match site_to_close(site) {
            Some(site) => Ok(What::CloseSite { site }),
            None => no("site", mistake(site)),
        },
        What::OpenKind { kind } | What::CloseKind { kind } if !known(kind) => {
            no("kind", "Choose one of the kinds in the list")
        }
        What::OpenKind { kind } if ["malware", "ways-round"].contains(&kind.as_str()) => {
            no("kind", "This kind is closed for everybody")
        }
        What::OpenKind { .. } | What::CloseKind { .. } => Ok(what.clone()),
        What::AddList { .. }
        | What::PauseList { .. }
        | What::RemoveList { .. }
        | What::TakeShorter { .. } => lists::checked(what, case),
    }
}

fn last_day(what: &What, until: Option<Date>, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    match until {
        Some(until) => in_days(until, OPEN_DAYS_MAX, case),
        None if what.has_to_end() => no("until", "What is opened ends on a day. Choose one"),
        None => Ok(()),
    }
}
