//! What pages are judged for, where the web proxy sees what they say: the themes that a policy names,
//! and how much of one closes a page for whom. The network’s side has the phrases.

use crate::{devices::kinds::Users, spine::in_force::InForce};
use kernel::value::{Value, Words};
use std::collections::BTreeMap;

/// The themes: as the plan has them, and words. The network’s side has the same.
pub const THEMES: &[(&str, &str)] = &[
    ("self-harm", "self-harm"),
    ("suicide", "suicide"),
    ("eating-disorders", "eating disorders"),
    ("hate", "hatred of people"),
    ("extremism", "extremism"),
    ("violence-against-women", "violence against women and girls"),
    ("sexual", "sexual content"),
    ("drugs", "drugs"),
    ("gambling", "gambling"),
    ("bullying", "bullying or grooming"),
];

/// The weight from which a page is closed for children, where nothing is said.
pub const FOR_CHILDREN: u16 = 100;
/// For others: they read about these things to protect children.
pub const FOR_OTHERS: u16 = 200;
/// The least and the most that the network’s side takes.
const WITHIN: (u16, u16) = (30, 1_000);

/// Parts of words by which policies speak of a theme.
const SPOKEN: [(&str, &[&str]); 10] = [
    ("self-harm", &["self-harm", "self harm", "hurting"]),
    ("suicide", &["suicid"]),
    ("eating-disorders", &["eating", "anorex"]),
    (
        "hate",
        &["hate", "hatred", "racis", "discriminat", "homophob"],
    ),
    ("extremism", &["extrem", "terror", "radical"]),
    ("violence-against-women", &["women", "misogyn", "girls"]),
    ("sexual", &["sexual", "porn", "indecen", "nud"]),
    ("drugs", &["drug", "substance"]),
    ("gambling", &["gambl", "betting"]),
    ("bullying", &["bully", "groom"]),
];

/// The themes that a policy names, each with its words; all of them where it names none that is
/// known.
#[must_use]
pub fn named(themes: &Words) -> Vec<(&'static str, &'static str)> {
    let said: Vec<String> = themes.iter().map(str::to_lowercase).collect();
    let speaks = |key: &str| {
        let parts = SPOKEN.iter().find(|(own, _)| *own == key);
        let parts = parts.map(|(_, parts)| *parts).unwrap_or_default();
        said.iter()
            .any(|words| parts.iter().any(|part| words.contains(part)))
    };
    let own: Vec<_> = THEMES
        .iter()
        .copied()
        .filter(|(key, _)| speaks(key))
        .collect();
    if own.is_empty() { THEMES.to_vec() } else { own }
}

/// From which weight a page about a theme is closed for some people; nothing where the policy does
/// not ask for pages to be judged.
#[must_use]
pub fn thresholds(in_force: &InForce, users: Users) -> BTreeMap<&'static str, u16> {
    let Some(running) = in_force.find("filter.content") else {
        return BTreeMap::new();
    };
    let values = &running.bound.values;
    let threshold = values.get("threshold");
    let words = Words(values.get("themes").map(Value::words).unwrap_or_default());
    let weight = weight(threshold, users);
    named(&words)
        .into_iter()
        .map(|(key, _)| (key, weight))
        .collect()
}

/// How much closes a page for some people: one number for all, or one for each profile.
fn weight(said: Option<&Value>, users: Users) -> u16 {
    let usual = if users == Users::Children {
        FOR_CHILDREN
    } else {
        FOR_OTHERS
    };
    let number = match said {
        Some(Value::Number(all)) => Some(*all),
        Some(Value::Table(each)) => each.iter().find_map(|(whom, value)| {
            let meant = super::kinds::meant(whom);
            match value {
                Value::Number(own) if meant.contains(&users) => Some(*own),
                _ => None,
            }
        }),
        Some(Value::Text(text)) => text.trim().parse().ok(),
        Some(Value::Yes(_) | Value::Fraction(_) | Value::List(_)) | None => None,
    };
    let weight = number.and_then(|own| u16::try_from(own).ok());
    weight.map_or(usual, |own| own.clamp(WITHIN.0, WITHIN.1))
}

/// The words of the policy for judging pages.
#[must_use]
pub fn clause(in_force: &InForce) -> Option<String> {
    let running = in_force.find("filter.content")?;
    running
        .bound
        .clauses
        .first()
        .map(|clause| clause.text.clone())
}
