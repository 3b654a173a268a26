//! What the law asks of a person: read from `spec/duties-to-report.toml`. A rule binds in its nations
//! from its day on; where the law has no day yet, the policy in force may give one.

use crate::{concerns::kinds::Kind, spine::in_force::InForce};
use kernel::{calendar::Nation, moment::Date};
use serde::Deserialize;
use std::sync::LazyLock;

/// The control.
pub const CONTROL: &str = "concerns.mandatory-report";

/// A rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, for ever.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Where it holds.
    pub nations: Vec<Nation>,
    /// The day from which it binds.
    #[serde(default)]
    pub from: Option<Date>,
    /// Kinds of concern after which it is shown.
    pub kinds: Vec<Kind>,
    /// Whom it binds.
    pub who: String,
    /// What one has to know for it.
    pub knows: String,
    /// To whom one reports.
    pub to: String,
    /// By when, in words.
    pub by: String,
    /// By when, in working days; 0: on the same day.
    pub days: u16,
    /// How many days later at most where telling at once would put the child in danger.
    pub delay_days: u16,
    /// What else to know.
    pub says: String,
    /// What nobody may do.
    pub protects: String,
    /// Where it stands.
    pub source: String,
    /// The lawful reasons for not reporting, by key.
    pub exceptions: Vec<String>,
}

/// The lawful reasons for not reporting: key and label.
pub const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "not-known",
        "I do not know what the law speaks of: I have a worry, which the lead has",
    ),
    ("already", "I know that somebody has reported this already"),
    ("not-my-work", "I am not one of those whom the law asks"),
    ("excuse", "I have another reasonable excuse"),
];

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let text = include_str!("../../../../../spec/duties-to-report.toml");
    // INVARIANT: the file is part of the build, and a test below reads it.
    toml::from_str::<File>(text)
        .map(|file| file.rule)
        .unwrap_or_default()
});

/// All rules of a nation, those that bind and those that do not yet.
pub fn of_nation(nation: Nation) -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .filter(move |rule| rule.nations.contains(&nation))
}

/// The rule with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

impl Rule {
    /// The day from which it binds: the law’s, or the policy’s where the law has none yet.
    #[must_use]
    pub fn binds_from(&self, in_force: &InForce) -> Option<Date> {
        self.from.or_else(|| policy_day(in_force))
    }

    /// Whether it binds on a day.
    #[must_use]
    pub fn binds(&self, in_force: &InForce, today: Date) -> bool {
        self.binds_from(in_force).is_some_and(|from| from <= today)
    }
}

/// The day that the policy gives.
fn policy_day(in_force: &InForce) -> Option<Date> {
    let bound = &in_force.find(CONTROL)?.bound;
    let words = bound.values.get("from")?.words();
    words.first()?.parse().ok()
}

/// The rules that may ask something of who reports a concern of this kind on a day.
pub fn asking(
    nation: Nation,
    kind: Kind,
    in_force: &InForce,
    today: Date,
) -> impl Iterator<Item = &'static Rule> {
    of_nation(nation).filter(move |rule| rule.kinds.contains(&kind) && rule.binds(in_force, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_rule_has_its_nation_its_source_and_reasons_that_forms_know() {
        assert_eq!(RULES.len(), 5);
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES.iter() {
            assert!(
                !rule.nations.is_empty() && !rule.source.is_empty(),
                "{}",
                rule.id
            );
            let known = |key: &String| EXCEPTIONS.iter().any(|(known, _)| known == key);
            assert!(rule.exceptions.iter().all(known), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_binds_from_its_day_on_and_where_it_holds() {
        let none = InForce::default();
        let on = |year, month, day| Date::constant(year, month, day);
        let asked = |nation, today| {
            let rules = asking(nation, Kind::Harm, &none, today);
            rules.map(|rule| rule.id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(asked(Nation::England, on(2015, 10, 30)), Vec::<&str>::new());
        assert_eq!(asked(Nation::England, on(2015, 10, 31)), ["fgm"]);
        assert_eq!(
            asked(Nation::Scotland, on(2026, 11, 25)),
            Vec::<&str>::new()
        );
        assert_eq!(
            asked(Nation::Wales, on(2026, 11, 25)),
            ["fgm", "children-at-risk-wales"]
        );
    }
}
