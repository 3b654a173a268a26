//! Lines of the ledger as entries, newest first, for pages that show what happened.

use families::spine::{
    act::{Actor, Who},
    entry::{self, Recorded},
    page::Lines,
};
use kernel::moment::Moment;
use ledger::{
    line::Line,
    store::{Store, StoreError, line_at},
};
use std::ops::ControlFlow;

/// The most lines that one page gets.
const MOST: usize = 1_000;
/// Lines looked at in one step back.
const STEP: u64 = 1_000;
/// The most lines looked at for one page: who filters narrowly goes on by pages.
const LOOKED_AT_MAX: u64 = 50_000;

/// The lines that are wanted and that the reader may see, newest first.
pub(crate) fn read(
    store: &dyn Store,
    wanted: &Lines,
    head: u64,
    sees: &dyn Fn(&Recorded) -> bool,
) -> Result<Vec<Recorded>, StoreError> {
    if !wanted.only.is_empty() {
        let mut found = only(store, &wanted.only, head)?;
        found.retain(|line| sees(line));
        return Ok(found);
    }
    let most = wanted.most.clamp(1, MOST);
    let end = if wanted.before == 0 {
        head
    } else {
        (wanted.before - 1).min(head)
    };
    let mut found = Vec::new();
    let mut upper = end;
    while upper > 0 && found.len() < most && end - upper < LOOKED_AT_MAX {
        let lower = upper.saturating_sub(STEP).saturating_add(1).max(1);
        let mut step = Vec::new();
        store.read(lower, &mut |line| {
            if line.seq > upper {
                return ControlFlow::Break(());
            }
            if fits(line, wanted) {
                step.extend(recorded(line).filter(|line| sees(line)));
            }
            ControlFlow::Continue(())
        })?;
        found.extend(step.into_iter().rev());
        upper = lower - 1;
    }
    found.truncate(most);
    Ok(found)
}

fn only(store: &dyn Store, seqs: &[u64], head: u64) -> Result<Vec<Recorded>, StoreError> {
    let mut found = Vec::new();
    for seq in seqs.iter().filter(|seq| **seq <= head).take(MOST) {
        if let Some(line) = line_at(store, *seq)? {
            found.extend(recorded(&line));
        }
    }
    found.sort_by_key(|recorded| std::cmp::Reverse(recorded.seq));
    Ok(found)
}

fn fits(line: &Line, wanted: &Lines) -> bool {
    let by = |number: u32| {
        Actor::from_line(&line.by).is_some_and(|actor| match actor.who {
            Who::Person(person) => person.0 == number,
            Who::Nobody | Who::Kiosk(_) | Who::Clock | Who::Keeper => false,
        })
    };
    line.kind.starts_with(&wanted.kind)
        && wanted.by.is_none_or(by)
        && ((wanted.from.is_none() && wanted.to.is_none())
            || wanted.is_within(Moment::from_micros(line.at).date()))
}

fn recorded(line: &Line) -> Option<Recorded> {
    let entry = line
        .body
        .as_ref()
        .and_then(|body| entry::read(&line.kind, line.version, body).ok());
    Some(Recorded {
        seq: line.seq,
        at: Moment::from_micros(line.at),
        by: Actor::from_line(&line.by)?,
        kind: line.kind.clone(),
        entry,
    })
}
