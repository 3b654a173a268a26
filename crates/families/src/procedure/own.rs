//! What a policy says of its own about a procedure: its steps in its own order, its times, whom it
//! names. They are laid over the sheet: the stricter time wins, and a step that would destroy
//! evidence waits for the police’s answer.

use super::{limit::Limit, sheet::Sheet};
use crate::{
    policy::document::Clause,
    spine::in_force::{Bound, InForce},
};
use kernel::value::Value;

/// The most steps of one policy that are laid over a sheet.
const STEPS_MAX: usize = 60;

/// Something that the policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name in a case: `own:` and the clause, with its place in a list.
    pub key: String,
    /// The words.
    pub words: String,
    /// By what it is known to be a step of the sheet: its words, or whom it names.
    pub known_by: String,
    /// The clause.
    pub clause: String,
    /// Whether it is a step, not only a word about one.
    pub is_step: bool,
    /// Within what time.
    pub within: Option<Limit>,
    /// Whether it would destroy evidence, or bring somebody to look at it.
    pub destroys: bool,
    /// Which branch it belongs to (`any` first), and its place there.
    order: (bool, i64, usize),
}

/// Everything that the policy in force says about a procedure, its steps in their order.
#[must_use]
pub fn of(sheet: &Sheet, way: &str, in_force: &InForce) -> Vec<Own> {
    let Some(running) = in_force.find(&sheet.control()) else {
        return Vec::new();
    };
    let mut own = Vec::new();
    for (place, clause) in running.bound.clauses.iter().enumerate() {
        let case = text(clause, "case");
        if !fits(sheet, way, &case) {
            continue;
        }
        own.extend(said(clause, &running.bound, &case, place));
    }
    own.sort_by_key(|one: &Own| (!one.is_step, one.order));
    own.truncate(STEPS_MAX);
    own
}

/// The shorter time that the area gives for telling the designated officer, where the policy or the
/// setting has chosen one.
#[must_use]
pub fn officer_within(in_force: &InForce) -> Option<Limit> {
    let running = in_force.find("procedure.staff-misuse")?;
    let value = running.bound.values.get("officer_within")?;
    value.words().iter().find_map(|words| Limit::read(words))
}

/// The kinds of which the policy says that the police must be told.
#[must_use]
pub fn police_kinds(in_force: &InForce) -> Vec<String> {
    let running = in_force.find("procedure.police");
    let value = running.and_then(|running| running.bound.values.get("kinds"));
    value.map(Value::words).unwrap_or_default()
}

/// Whether a branch of the policy is about this way. One without a branch is about all.
fn fits(sheet: &Sheet, way: &str, case: &str) -> bool {
    if case.is_empty() || case == "any" || sheet.ways.is_empty() || way.is_empty() {
        return true;
    }
    let case = case.to_lowercase();
    let of = |way: &super::sheet::Way| way.same.iter().any(|words| case.contains(words.as_str()));
    // “On the setting’s device” is not “held by staff”, and the other way round.
    sheet.way(way).is_some_and(of) || !sheet.ways.iter().any(of)
}

fn said(clause: &Clause, bound: &Bound, case: &str, place: usize) -> Vec<Own> {
    let general = case.is_empty() || case == "any";
    let within = Limit::read(&text(clause, "within"));
    let one = |words: &str, known_by: String, order: i64, nth: Option<usize>, is_step: bool| Own {
        key: match nth {
            Some(nth) => format!("own:{}:{nth}", clause.id),
            None => format!("own:{}", clause.id),
        },
        words: words.to_owned(),
        destroys: is_step && destroys(&known_by),
        known_by,
        clause: clause.id.clone(),
        is_step,
        within,
        order: (!general, order, place),
    };
    if let Some(Value::Number(step)) = clause.values.get("step") {
        return vec![one(
            &clause.text,
            clause.text.to_lowercase(),
            *step,
            None,
            true,
        )];
    }
    if let Some(steps) = clause.values.get("steps") {
        // Where each step has a clause of its own, the list only announces them.
        let numbered =
            |other: &Clause| other.values.contains_key("step") && text(other, "case") == case;
        if !bound.clauses.iter().any(numbered) {
            let words = steps.words();
            let each = words.iter().enumerate().map(|(nth, words)| {
                let order = i64::try_from(nth).unwrap_or(i64::MAX);
                one(words, words.to_lowercase(), order, Some(nth), true)
            });
            return each.collect();
        }
    }
    let named = ["agencies", "tell"].map(|key| text(clause, key));
    // Whom it names says best of what it speaks; else its words do.
    let mut known_by = named.join(" ").to_lowercase();
    if known_by.trim().is_empty() {
        known_by = clause.text.to_lowercase();
    }
    vec![one(&clause.text, known_by, i64::MAX, None, false)]
}

fn text(clause: &Clause, key: &str) -> String {
    let value = clause.values.get(key);
    value.map(Value::words).unwrap_or_default().join(" ")
}

/// Whether doing it would destroy evidence, warn somebody, or make somebody look again.
#[must_use]
pub fn destroys(words: &str) -> bool {
    const BEGINS: [&str; 6] = ["delet", "eras", "wip", "destroy", "confront", "reset"];
    const IS: [&str; 8] = [
        "copy", "copies", "copied", "view", "viewed", "print", "printed", "reformat",
    ];
    let words = words.to_lowercase();
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| IS.contains(&word) || BEGINS.iter().any(|begin| word.starts_with(begin)))
}
