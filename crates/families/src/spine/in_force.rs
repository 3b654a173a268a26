//! A policy in force: its controls built with the values that its clauses choose, each value with
//! the clause that it comes from, and what is still to be chosen because the clauses leave it open
//! or disagree.

use super::{
    catalogue::{self, Described},
    control::{Control, Kind},
    setting::Setting,
};
use crate::{
    families,
    policy::{
        document::{Clause, Document},
        register::Version,
    },
};
use kernel::{
    every::Every,
    moment::{Date, Moment},
    ruling::{Quote, Reason, Refusal},
    value::{Value, Values},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// At most so many versions are looked back at.
const VERSIONS_MAX: usize = 50;

/// A policy in force. Without an adopted policy it is empty: nothing is guarded or owed.
#[derive(Default)]
pub struct InForce {
    /// The version that was adopted; 0 when there is none.
    pub version: u32,
    /// The entry that adopted it, and when.
    pub adopted: Option<(u64, Moment)>,
    /// Its words.
    pub document: Document,
    running: Vec<Running>,
    off: BTreeMap<String, String>,
    since: BTreeMap<String, Date>,
}

/// A control that a clause of the policy brought into force.
pub struct Running {
    /// Its id.
    pub id: &'static str,
    /// The control with its values.
    pub control: Box<dyn Control>,
    /// The clauses, and what they chose.
    pub bound: Bound,
}

/// The clauses that bring a control into force, and the values that they choose for it.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// The clauses, in the order of the document.
    pub clauses: Vec<Clause>,
    /// The values after merging: only the control's params.
    pub values: Values,
    /// Which clauses a value comes from, by param; empty for the setting's own choice.
    pub from: BTreeMap<String, Vec<String>>,
    /// What is still to be chosen.
    pub open: Vec<OpenChoice>,
}

/// A value that a person has to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenChoice {
    /// The control.
    pub control: &'static str,
    /// The param.
    pub param: String,
    /// What the clauses say, with their ids.
    pub found: Vec<(String, Value)>,
    /// The stricter of them, which holds until somebody chooses.
    pub meanwhile: Option<Value>,
}

impl InForce {
    /// The policy that this setting has adopted, with its controls.
    #[must_use]
    pub fn of(setting: &Setting) -> InForce {
        let Some(adopted) = setting.policy.adopted() else {
            return InForce::default();
        };
        let mut in_force = InForce::from_document(&adopted.document);
        in_force.version = adopted.number;
        in_force.adopted = Some((adopted.seq, adopted.at));
        in_force.off = setting.policy.switched_off();
        in_force.since = since(setting.policy.versions());
        in_force
            .running
            .retain(|running| !in_force.off.contains_key(running.id));
        in_force
    }

    /// A document as if it were adopted.
    #[must_use]
    pub fn from_document(document: &Document) -> InForce {
        let mut running = Vec::new();
        for kind in families::controls() {
            let Some(described) = catalogue::find(kind.id) else {
                continue;
            };
            if let Some(made) = bring_in(kind, described, document) {
                running.push(made);
            }
        }
        InForce {
            document: document.clone(),
            running,
            ..InForce::default()
        }
    }

    /// The controls in force.
    #[must_use]
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// The control with this id, if it is in force.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Running> {
        self.running.iter().find(|running| running.id == id)
    }

    /// Why a control that the policy names was switched off, if it was.
    #[must_use]
    pub fn switched_off(&self, id: &str) -> Option<&str> {
        self.off.get(id).map(String::as_str)
    }

    /// Everything that a person still has to choose.
    #[must_use]
    pub fn open_choices(&self) -> Vec<&OpenChoice> {
        self.running
            .iter()
            .flat_map(|running| &running.bound.open)
            .collect()
    }

    /// The day since which a clause has said what it says, in each version without a break: a new
    /// version that says it too does not give the time afresh.
    #[must_use]
    pub fn since(&self, clause: &str) -> Date {
        let adopted = || self.adopted.map_or(Date::MIN, |(_, at)| at.date());
        self.since.get(clause).copied().unwrap_or_else(adopted)
    }

    /// A refusal by a control in force, with its clauses quoted.
    #[must_use]
    pub fn refusal(&self, running: &Running, reason: Reason) -> Refusal {
        // The clauses that choose most for the control say most clearly why; then as in the policy.
        let chooses = |clause: &&Clause| {
            let from = running.bound.from.values();
            Reverse(from.filter(|ids| ids.contains(&clause.id)).count())
        };
        let mut clauses: Vec<&Clause> = running.bound.clauses.iter().collect();
        clauses.sort_by_key(chooses);
        let clauses = clauses.into_iter().map(quote).collect();
        Refusal {
            control: running.id.to_owned(),
            clauses,
            reason: reason.says,
            allowed_by: reason.allowed_by,
            what_now: reason.instead,
            field: reason.field,
        }
    }
}

/// For each clause of the newest version, the day of the first version that said the same.
fn since(versions: &[Version]) -> BTreeMap<String, Date> {
    let mut since = BTreeMap::new();
    let mut same: Option<HashMap<&str, &Clause>> = None;
    for version in versions.iter().rev().take(VERSIONS_MAX) {
        let clauses = version.document.clauses.iter();
        let mut there: HashMap<&str, &Clause> = clauses.map(|c| (c.id.as_str(), c)).collect();
        if let Some(later) = &same {
            there.retain(|id, now| later.get(id).is_some_and(|later| says(later) == says(now)));
        }
        if there.is_empty() {
            break;
        }
        let day = version.at.date();
        since.extend(there.keys().map(|id| ((*id).to_owned(), day)));
        same = Some(there);
    }
    since
}

/// What a clause says, wherever it stands.
fn says(clause: &Clause) -> (&str, &[String], &Values) {
    (&clause.text, &clause.controls, &clause.values)
}

fn quote(clause: &Clause) -> Quote {
    Quote {
        clause: clause.id.clone(),
        section: clause.section.clone(),
        text: clause.text.clone(),
    }
}

fn bring_in(kind: &'static Kind, described: &Described, document: &Document) -> Option<Running> {
    let bound = bind(kind.id, described, document)?;
    let control = (kind.build)(&bound.values);
    let (control, bound) = match control {
        Ok(control) => (control, bound),
        Err(_) => without_bad_values(kind, bound, document)?,
    };
    Some(Running {
        id: kind.id,
        control,
        bound,
    })
}

/// Leaves out the values that the control can't take: what the setting chose stands in for them, or
/// it is asked for.
fn without_bad_values(
    kind: &'static Kind,
    mut bound: Bound,
    document: &Document,
) -> Option<(Box<dyn Control>, Bound)> {
    let fits = |param: &String, value: &Value| {
        (kind.build)(&Values::from([(param.clone(), value.clone())])).is_ok()
    };
    let params: Vec<String> = bound.values.keys().cloned().collect();
    for param in params {
        if bound
            .values
            .get(&param)
            .is_none_or(|value| fits(&param, value))
        {
            continue;
        }
        let chosen = document.choice(kind.id, &param);
        if let Some(chosen) = chosen.filter(|chosen| fits(&param, chosen)) {
            bound.values.insert(param.clone(), chosen.clone());
            bound.from.insert(param, Vec::new());
            continue;
        }
        bound.values.remove(&param);
        let found = said(&bound.clauses, &param);
        bound.open.retain(|open| open.param != param);
        bound.open.push(OpenChoice {
            control: kind.id,
            param,
            found,
            meanwhile: None,
        });
    }
    (kind.build)(&bound.values)
        .ok()
        .map(|control| (control, bound))
}

/// The clauses of a control with their values merged; `None` when no clause is bound to it.
#[must_use]
pub fn bind(id: &'static str, described: &Described, document: &Document) -> Option<Bound> {
    let named = |clause: &&Clause| clause.controls.iter().any(|control| control == id);
    let clauses: Vec<Clause> = document.clauses.iter().filter(named).cloned().collect();
    if clauses.is_empty() {
        return None;
    }
    let mut bound = Bound {
        clauses,
        ..Bound::default()
    };
    for param in described.params.keys() {
        let found = said(&bound.clauses, param);
        let merged = if found.is_empty() {
            None
        } else if described.takes_several(param) {
            Some(join(&found))
        } else {
            agree(&found)
        };
        // The setting chooses what its clauses leave open, never anything else than they say.
        if merged.is_none()
            && let Some(chosen) = document.choice(id, param)
        {
            bound.values.insert(param.clone(), chosen.clone());
            bound.from.insert(param.clone(), Vec::new());
            continue;
        }
        if found.is_empty() {
            continue;
        }
        let open = merged.is_none();
        let meanwhile = merged.or_else(|| stricter(&found));
        if let Some(value) = &meanwhile {
            bound.values.insert(param.clone(), value.clone());
            bound.from.insert(
                param.clone(),
                found.iter().map(|(id, _)| id.clone()).collect(),
            );
        }
        if open {
            bound.open.push(OpenChoice {
                control: id,
                param: param.clone(),
                found,
                meanwhile,
            });
        }
    }
    Some(bound)
}

fn said(clauses: &[Clause], param: &str) -> Vec<(String, Value)> {
    clauses
        .iter()
        .filter_map(|clause| Some((clause.id.clone(), clause.values.get(param)?.clone())))
        .collect()
}

/// All that the clauses list, each once, in the order of the document.
fn join(found: &[(String, Value)]) -> Value {
    let mut seen = BTreeSet::new();
    let words = found.iter().flat_map(|(_, value)| value.words());
    Value::List(
        words
            .filter(|word| seen.insert(word.to_lowercase()))
            .map(Value::Text)
            .collect(),
    )
}

/// The one value that the clauses name; `None` when they disagree or give no figure.
fn agree(found: &[(String, Value)]) -> Option<Value> {
    let mut figures = found
        .iter()
        .map(|(_, value)| value)
        .filter(|value| !is_vague(value));
    let first = figures.next()?;
    figures
        .all(|other| same(first, other))
        .then(|| first.clone())
}

fn is_vague(value: &Value) -> bool {
    matches!(value, Value::Text(text) if Every::is_vague(text))
}

fn same(one: &Value, other: &Value) -> bool {
    match (period(one), period(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

fn period(value: &Value) -> Option<Every> {
    match value {
        Value::Text(text) => Every::read(text),
        Value::Yes(_)
        | Value::Number(_)
        | Value::Fraction(_)
        | Value::List(_)
        | Value::Table(_) => None,
    }
}

/// The stricter of values that disagree: the shorter period, "yes" before "no", else the first.
fn stricter(found: &[(String, Value)]) -> Option<Value> {
    let figures: Vec<&Value> = found
        .iter()
        .map(|(_, v)| v)
        .filter(|v| !is_vague(v))
        .collect();
    let shortest = figures
        .iter()
        .filter_map(|value| Some((period(value)?.about_days(), *value)))
        .min_by_key(|(days, _)| *days);
    if let Some((_, value)) = shortest {
        return Some(value.clone());
    }
    let yes = figures.iter().find(|value| ***value == Value::Yes(true));
    yes.or(figures.first()).map(|value| (*value).clone())
}
