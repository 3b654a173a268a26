//! The self-test. Before a plan or a file answers anybody it is put in front of a resolver that is
//! made up, and asked about every profile, category, way round, engine and name that must stay open
//! (`rehearsal`); what it answers is held against the plan, read once more in the plainest way
//! (`judge`). What runs is asked from the network's own side (`live`): at the start, before anybody
//! else is answered, after each change, and each night.

mod judge;
mod live;
mod made_up;
mod marks;
mod read;
mod rehearsal;

#[cfg(test)]
mod faults;

pub(crate) use live::{Depth, Doors};

use crate::{
    check::Checked,
    dns::NotFit,
    news::{Occasion, Part, Tested},
    plan::Gate,
};
use kernel::moment::Moment;
use std::sync::Arc;

/// How many findings are told in full.
const TOLD_MAX: usize = 50;

/// What is known of a trial when the decisions alone have been looked at.
pub(crate) fn tested(checked: Checked, occasion: Occasion, at: Moment) -> Tested {
    let mut findings = checked.findings;
    findings.truncate(TOLD_MAX);
    Tested {
        at,
        occasion,
        tried: checked.tried,
        wrong: checked.wrong,
        findings,
        not_covered: checked.not_covered,
        over_blocked: Vec::new(),
        faults: None,
        parts: checked.parts,
        millis: 0,
        plan: 0,
        lists: 0,
    }
}

/// Tries everything that a gate answers, before it answers anybody.
///
/// # Errors
///
/// Where its file is damaged, or the system gives no room for it.
pub(crate) fn rehearse(
    gate: &Arc<Gate>,
    clock: fn() -> Moment,
    tested: &mut Tested,
) -> Result<(), NotFit> {
    let mut first = tested.clone();
    let about = gate.file().about();
    rehearsal::run(gate, (gate.plan(), about), clock, &mut first)?;
    if first.wrong > tested.wrong {
        // A session may have ended between a question and what was wanted: what is wrong stays wrong.
        rehearsal::run(gate, (gate.plan(), about), clock, tested)?;
        return Ok(());
    }
    *tested = first;
    Ok(())
}

/// Asks the filter that runs, from the network's own side.
///
/// # Errors
///
/// Where its file is damaged.
pub(crate) fn ask_from_outside(
    gate: &Gate,
    doors: &Doors,
    (occasion, depth): (Occasion, Depth),
    at: Moment,
) -> Result<Tested, NotFit> {
    let mut tested = tested(Checked::default(), occasion, at);
    live::ask_from_outside(gate, doors, (at, depth), &mut tested)?;
    if occasion == Occasion::Night {
        live::ask_for_help(gate, doors, at, &mut tested);
    }
    Ok(tested)
}

/// Adds what one trial found to another.
pub(crate) fn add(all: &mut Tested, more: Tested) {
    all.tried += more.tried;
    all.wrong += more.wrong;
    all.findings.extend(more.findings);
    all.findings.truncate(TOLD_MAX);
    all.over_blocked.extend(more.over_blocked);
    add_parts(&mut all.parts, more.parts);
    all.millis += more.millis;
}

/// Adds how parts went to how they went before.
fn add_parts(all: &mut Vec<Part>, more: impl IntoIterator<Item = Part>) {
    for part in more {
        let mut own = all.iter_mut();
        match own.find(|own| own.profile == part.profile && own.what == part.what) {
            Some(own) => {
                own.tried += part.tried;
                own.wrong += part.wrong;
            }
            None => all.push(part),
        }
    }
}

/// Notes whether an answer was right.
pub(crate) fn note(tested: &mut Tested, wrong: Option<String>) {
    tested.tried += 1;
    let Some(words) = wrong else {
        return;
    };
    tested.wrong += 1;
    if tested.findings.len() < TOLD_MAX {
        tested.findings.push(words);
    }
}
