//! Documents and pictures in a case, sealed under its key and opened only by who is on it; and what
//! was written in the wrong case, which is sealed there and moved to the right one. A case about an
//! indecent image takes no files, and opens none that it has.

pub mod acts;
pub mod entries;
pub mod pages;

use super::{
    kinds::Kind,
    note::Report,
    register::{Case, Moved, Paper},
};
use crate::{
    procedure::run::Plan,
    spine::{act::Case as Asked, act::Person, setting::At, view::View},
};
use entries::Entry;

/// The procedure in whose cases nobody looks at anything.
const UNSEEN: &str = "indecent-images";

/// Whether a case takes files and opens them, for who looks at it.
#[must_use]
pub fn are_taken(view: &View<'_>, case: &Case) -> bool {
    let report: Option<Report> = view.open(&case.report);
    let runs = view.setting.procedure.of(case.number).iter();
    let plans = runs.filter_map(|run| view.open(&run.plan));
    may(report.as_ref(), plans)
}

/// The same while an act is judged.
pub(in crate::concerns) fn may_take(asked: &Asked<'_>, case: &Case) -> bool {
    let report: Option<Report> = asked.sealer.open(&case.report);
    let runs = asked.setting.procedure.of(case.number).iter();
    let plans = runs.filter_map(|run| asked.sealer.open(&run.plan));
    may(report.as_ref(), plans)
}

/// What can't be read is not trusted to be harmless.
fn may(report: Option<&Report>, mut plans: impl Iterator<Item = Plan>) -> bool {
    report.is_some_and(|report| report.kind != Kind::IndecentImage)
        && !plans.any(|plan| plan.sheet == UNSEEN)
}

/// Takes an entry into its case.
pub(super) fn fold(case: &mut Case, entry: &Entry, by: Option<Person>, at: At<'_>) {
    match entry {
        Entry::Added(fact) => case.papers.push(Paper {
            number: fact.paper,
            what: fact.what.clone(),
            file: fact.file.clone(),
            by,
            at: at.moment,
            seq: at.seq,
        }),
        Entry::MovedAway(fact) => {
            // What it said before it was put right goes with it.
            let mut next = Some(fact.note);
            while let Some(number) = next {
                let found = case.notes.iter_mut().find(|note| note.number == number);
                let Some(note) = found else { break };
                note.moved = Some(Moved {
                    why: fact.why.clone(),
                    by,
                    at: at.moment,
                });
                next = note.corrects.filter(|earlier| *earlier < number);
            }
        }
    }
}
