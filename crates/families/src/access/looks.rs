//! Which looks are recorded: at every page and form about one person or one case, at lists of cases,
//! each search in them or for people, and everything that is taken along as a file. Asked at the door
//! when a page was shown or refused; the answer to the reader does not wait for it, and is the same
//! whether the record exists or not.

use super::{
    acts::{Act as Access, looks::Act},
    controls::{ACTIVITY_LOG, NEED_TO_KNOW},
    entries::{
        files::File,
        looks::{CUSTODY, How, Record, SEARCH},
    },
};
use crate::families;
use crate::spine::{
    act::{Act as AnyAct, Actor},
    in_force::InForce,
    page::{Form, Params, Shown},
    setting::Setting,
};
use kernel::moment::Moment;

/// What came of asking for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was shown so.
    Shown(How),
    /// It was refused, or nothing was there.
    Refused,
}

impl Came {
    /// What came of a page that was drawn.
    #[must_use]
    pub fn of(shown: &Shown, params: &Params) -> Came {
        match (shown, params.get("as")) {
            (Shown::NotHere, _) => Came::Refused,
            (Shown::Document(_), "pdf") => Came::Shown(How::Pdf),
            (Shown::Document(_), "csv") => Came::Shown(How::Csv),
            (Shown::File { .. } | Shown::Kept(_), _) => Came::Shown(How::File),
            (Shown::Page(..) | Shown::Document(_), _) => Came::Shown(How::Page),
        }
    }
}

/// The record that an address asks for, if it asks for one.
#[must_use]
pub fn record(path: &str, params: &Params) -> Option<Record> {
    let asks = |part: &str| path.split('/').any(|own| own == part);
    // A file is named by its owner, whose record it is.
    let file = || params.number::<File>("file").map(|file| file.owner);
    let person = match asks("{file}") {
        true => file(),
        false => asks("{person}").then(|| params.person("person")).flatten(),
    };
    // A form in a case says in its address after the question mark in which.
    let in_case = asks("{case}") || is_in_case(path);
    let case = in_case.then(|| params.number("case")).flatten();
    if person.is_none() && case.is_none() && !is_about_many(path, params) {
        return None;
    }
    let searches = path == "/concerns"
        && ["words", "kind"]
            .iter()
            .any(|key| !params.get(key).is_empty());
    Some(Record {
        page: if searches { SEARCH } else { path }.to_owned(),
        person,
        case,
        custody: None,
    })
}

/// The record of a custody record that was shown: the case that it hangs on, so that nobody learns
/// of it who is not on the case. A look that was refused does not say whether there is one.
fn of_custody(path: &str, params: &Params, came: Came, setting: &Setting) -> Option<Record> {
    if !path.starts_with(CUSTODY) || came == Came::Refused {
        return None;
    }
    let custodies = setting.devices.custodies();
    let custody = params.number("custody").and_then(|at| custodies.find(at));
    let case = custody.and_then(|custody| custody.case);
    let alone = custody.filter(|_| case.is_none());
    Some(Record {
        page: path.to_owned(),
        person: None,
        case,
        custody: alone.map(|custody| custody.number),
    })
}

/// Whether an address shows the cases of the reader, or searches people. Recorded of everybody who
/// asks for it, so that a line does not tell who is on a case; what was searched for is not kept.
fn is_about_many(path: &str, params: &Params) -> bool {
    let searches = || path == "/people" && !params.get("name").is_empty();
    let concerns = matches!(
        path,
        "/concerns"
            | "/concerns/figures"
            | "/concerns/for-the-committee"
            | "/concerns/low-level"
            | "/concerns/let-go"
            | "/concerns/transfers"
    );
    concerns || searches()
}

/// Whether a form is one in a case.
fn is_in_case(path: &str) -> bool {
    let at = |form: &&Form| form.path == path;
    let mut forms = families::forms().filter(at);
    forms.any(|form| form.fields.iter().any(|field| field.name == "case"))
}

/// The act that records a look, if it is recorded: by what the policy in force asks for, and always
/// under exceptional access. `None` too for what somebody looks at of their own.
#[must_use]
pub fn to_record(
    who: &Actor,
    path: &str,
    params: &Params,
    came: Came,
    setting: &Setting,
    in_force: &InForce,
    now: Moment,
) -> Option<AnyAct> {
    let person = who.person()?;
    let record = record(path, params).or_else(|| of_custody(path, params, came, setting));
    if record
        .as_ref()
        .is_some_and(|record| record.person == Some(person))
    {
        return None;
    }
    let (how, refused) = match came {
        Came::Shown(how) => (how, false),
        Came::Refused => (How::Page, true),
    };
    let asked = if refused {
        record.is_some() && in_force.find(NEED_TO_KNOW).is_some()
    } else {
        (record.is_some() || how != How::Page)
            && (in_force.find(ACTIVITY_LOG).is_some() || !who.lent.is_empty())
    };
    if !asked {
        return None;
    }
    let act = Act {
        record: record.unwrap_or_else(|| Record {
            page: path.to_owned(),
            person: None,
            case: None,
            custody: None,
        }),
        how,
        refused,
    };
    let known = setting.access.looks().is_known(person, &act.entry(), now);
    (!known).then_some(AnyAct::Access(Access::Look(act)))
}
