//! Tries every profile against every category of the file, every way round, every engine and every
//! name that must stay open, and says what is not as it should be.

use crate::{
    compiled::{Categories, Damaged, ILLEGAL_ONLY},
    names::upwards,
    news::Part,
    ours::{Safe, WAYS_ROUND, must_stay_open, search_engines, ways_round},
    plan::{Because, Gate, Profile},
};
use kernel::moment::Moment;
use serde::Serialize;

/// How many findings are told in full.
const TOLD_MAX: usize = 200;

/// Names of each category, and parts of the file that are looked at for them, when it has to be quick.
const QUICK_NAMES: usize = 25;
const QUICK_BUCKETS: u64 = 1024;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How many questions were asked.
    pub tried: u64,
    /// How many answers were wrong.
    pub wrong: u64,
    /// The first of them, in words.
    pub findings: Vec<String>,
    /// Categories that a profile closes and that no list of this file has: not covered.
    pub not_covered: Vec<String>,
    /// How it went, for each profile and category that is closed for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// Tries everything, with so many names of each category.
///
/// # Errors
///
/// Where the file is damaged.
pub fn check(gate: &Gate, at: Moment, names_each: usize) -> Result<Checked, Damaged> {
    Ok(try_all(gate, at, &gate.file().samples(names_each)?))
}

/// Tries everything with few names of each category: before each change.
///
/// # Errors
///
/// Where the file is damaged.
pub fn check_quickly(gate: &Gate, at: Moment) -> Result<Checked, Damaged> {
    let samples = gate.file().samples_within(QUICK_NAMES, QUICK_BUCKETS)?;
    Ok(try_all(gate, at, &samples))
}

fn try_all(gate: &Gate, at: Moment, samples: &[Vec<String>]) -> Checked {
    let mut trial = Trial {
        gate,
        at,
        checked: Checked::default(),
    };
    for (number, profile) in gate.plan().profiles.iter().enumerate() {
        for (category, names) in samples.iter().enumerate() {
            let what = gate.file().about().categories.get(category);
            let what = what.map_or("", String::as_str);
            trial.part(profile, what, |trial| {
                trial.category(number, profile, category, names);
            });
        }
        trial.part(profile, WAYS_ROUND, |trial| {
            trial.ways_round(number, profile)
        });
        trial.part(profile, "safe-search", |trial| {
            trial.engines(number, profile)
        });
        trial.part(profile, "must-stay-open", |trial| {
            trial.must_stay_open(number, profile);
        });
        trial.below_and_beside(number, profile, samples);
        let known = &gate.file().about().categories;
        let unknown = profile
            .closed
            .iter()
            .filter(|name| *name != crate::plan::ALL);
        let unknown = unknown.filter(|name| !known.contains(name));
        let told = unknown.map(|name| format!("'{name}' for '{}'", profile.name));
        trial.checked.not_covered.extend(told);
    }
    // Somebody whose profile is not known gets help and nothing else.
    for name in samples.iter().flatten().take(1000) {
        trial.expect_closed(None, "nobody", name);
    }
    trial.checked
}

struct Trial<'a> {
    gate: &'a Gate,
    at: Moment,
    checked: Checked,
}

impl Trial<'_> {
    /// Tries a part, and notes how it went; what a profile has tried twice stands as one.
    fn part(&mut self, profile: &Profile, what: &str, does: impl FnOnce(&mut Self)) {
        let before = (self.checked.tried, self.checked.wrong);
        does(self);
        let tried = self.checked.tried.saturating_sub(before.0);
        let wrong = self.checked.wrong.saturating_sub(before.1);
        if tried == 0 {
            return;
        }
        let mut parts = self.checked.parts.iter_mut();
        if let Some(own) = parts.find(|own| own.profile == profile.name && own.what == what) {
            own.tried = own.tried.saturating_add(tried);
            own.wrong = own.wrong.saturating_add(wrong);
            return;
        }
        self.checked.parts.push(Part {
            profile: profile.name.clone(),
            what: what.to_owned(),
            tried,
            wrong,
        });
    }

    fn category(&mut self, number: usize, profile: &Profile, category: usize, names: &[String]) {
        let category = Categories::one(category);
        let illegal = category == ILLEGAL_ONLY;
        let closed = !category.within(self.gate.closed(number)).is_empty();
        for name in names {
            if illegal || (closed || profile.limited) && !self.is_apart(profile, name) {
                self.expect_closed(Some(number), &profile.name, name);
            }
            if illegal {
                let because = self.gate.decide(Some(number), name, self.at).because;
                self.note(because == Because::Illegal, || {
                    format!("{name} is illegal and was not closed for that")
                });
            }
        }
    }

    fn ways_round(&mut self, number: usize, profile: &Profile) {
        if !profile.children {
            return;
        }
        for way in ways_round() {
            for name in [way.name.clone(), format!("www.{}", way.name)] {
                let decision = self.gate.decide(Some(number), &name, self.at);
                self.note(!decision.open, || {
                    format!(
                        "{name} ({}) is a way round for '{}'",
                        way.what, profile.name
                    )
                });
            }
        }
    }

    fn engines(&mut self, number: usize, profile: &Profile) {
        if !profile.children {
            return;
        }
        for engine in search_engines()
            .iter()
            .filter(|engine| engine.safe == Safe::Closed)
        {
            for name in &engine.names {
                let name = name.strip_prefix("*.").unwrap_or(name);
                if !self.is_apart(profile, name) {
                    self.expect_closed(Some(number), &profile.name, name);
                }
            }
        }
    }

    fn must_stay_open(&mut self, number: usize, profile: &Profile) {
        for group in must_stay_open().groups() {
            if !(group.always || !profile.limited && profile.hours.is_empty()) {
                continue;
            }
            for name in &group.names {
                let decision = self.gate.decide(Some(number), name, self.at);
                let fine = decision.open || decision.because == Because::Illegal;
                self.note(fine, || {
                    format!("{name} must stay open and is closed for '{}'", profile.name)
                });
            }
        }
    }

    /// What is below a closed name is closed; what only looks like it is not closed for that.
    fn below_and_beside(&mut self, number: usize, profile: &Profile, samples: &[Vec<String>]) {
        for name in samples.iter().flatten() {
            let closed = !self.gate.decide(Some(number), name, self.at).open;
            let below = format!("a.b.{name}");
            if closed && below.len() <= 253 {
                self.expect_closed(Some(number), &profile.name, &below);
            }
            let beside = format!("zq7{name}");
            let decision = self.gate.decide(Some(number), &beside, self.at);
            let begins = decision.hit.map_or(1, |hit| hit.begins);
            let listed = beside.get(begins..).is_some_and(|listed| listed == name);
            self.note(!listed, || {
                format!("{beside} is closed as if it were {name}")
            });
        }
    }

    /// Whether something else than a category decides about the name.
    fn is_apart(&self, profile: &Profile, name: &str) -> bool {
        let excepted = |above: &str| {
            let mut exceptions = self.gate.plan().exceptions.iter();
            exceptions.any(|exception| exception.open && exception.name == above)
                || profile.approved.iter().any(|own| own == above)
        };
        must_stay_open().covers(name).is_some() || upwards(name).any(excepted)
    }

    fn expect_closed(&mut self, number: Option<usize>, profile: &str, name: &str) {
        let decision = self.gate.decide(number, name, self.at);
        let help = decision.because == Because::Help;
        self.note(!decision.open || help, || {
            format!("{name} is open for '{profile}'")
        });
    }

    fn note(&mut self, fine: bool, words: impl FnOnce() -> String) {
        self.checked.tried += 1;
        if fine {
            return;
        }
        self.checked.wrong += 1;
        if self.checked.findings.len() < TOLD_MAX {
            self.checked.findings.push(words());
        }
    }
}
