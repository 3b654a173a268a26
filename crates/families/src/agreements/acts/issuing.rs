//! What goes into a group's agreement, issuing a version of it, and putting it into other languages.

use super::{Answer, by_clause};
use crate::{
    agreements::{
        asks, bound,
        entries::{Entry, Issued, PointChosen, Translated},
        texts,
    },
    people::group::Group,
    spine::{
        act::{Case, no},
        entry::Entry as AnyEntry,
        in_force::Bound,
        tongue::Tongue,
    },
};
use kernel::ruling::Mistake;

/// The longest translation of a point, in characters.
const POINT_CHARS_MAX: usize = 5_000;

pub(super) fn choose(
    group: Group,
    clause: &str,
    goes_in: bool,
    why: &str,
    case: &Case<'_>,
) -> Answer {
    has_agreement(group, case)?;
    let Some(found) = case.in_force.document.clause(clause) else {
        return no("clause", "The policy in force has no such clause");
    };
    if bound::goes_in(case.setting, found, group) == goes_in {
        let says = if goes_in {
            "This clause goes in already"
        } else {
            "This clause is left out already"
        };
        return no("clause", says);
    }
    entry(Entry::PointChosen(PointChosen {
        group,
        clause: clause.to_owned(),
        goes_in,
        why: why.to_owned(),
    }))
}

pub(super) fn issue(group: Group, intro: &str, case: &Case<'_>) -> Answer {
    let bound = has_agreement(group, case)?;
    let points = bound::points(case.setting, &case.in_force.document, group);
    if points.is_empty() {
        return no(
            "group",
            "No clause goes into this agreement yet. Put in those that this group should keep to",
        );
    }
    let current = case.setting.agreements.current(group);
    let confirms = texts::confirms(bound);
    let sanctions = bound::sanctions(bound);
    let digest = texts::digest(&texts::whole(intro, &points, &confirms, &sanctions));
    if current.is_some_and(|current| current.says.digest == digest) {
        return no(
            "intro",
            "Nothing has changed since the last version, so nobody has to sign again",
        );
    }
    entry(Entry::Issued(Issued {
        group,
        number: current.map_or(1, |current| current.says.number.saturating_add(1)),
        policy: case.in_force.version,
        intro: intro.to_owned(),
        points,
        confirms,
        sanctions,
        digest,
    }))
}

pub(super) fn translate(
    group: Group,
    version: u32,
    language: &str,
    intro: &str,
    points: &[String],
    case: &Case<'_>,
) -> Answer {
    let Some(issued) = case.setting.agreements.version(group, version) else {
        return no("version", "There is no such version");
    };
    if Tongue::from_code(language).is_none_or(|tongue| tongue == Tongue::En) {
        return no("language", "Choose one of the languages");
    }
    let expected = issued.says.points.len();
    if points.len() != expected {
        return no(
            "points",
            format!(
                "The agreement has {expected} points and this has {}. Write one line for each point, and a hyphen where it stays in English",
                points.len()
            ),
        );
    }
    if points
        .iter()
        .any(|words| words.chars().count() > POINT_CHARS_MAX)
    {
        return no("points", "One of the points is too long");
    }
    let words: Vec<String> = points
        .iter()
        .map(|words| words.trim().trim_matches('-').trim().to_owned())
        .collect();
    let points = by_clause(&issued.says.points, &words);
    if points.is_empty() {
        return no("points", "Write at least one point in this language");
    }
    entry(Entry::Translated(Translated {
        group,
        version,
        language: language.to_owned(),
        intro: intro.to_owned(),
        points,
    }))
}

/// The clauses that ask for agreements, if they ask it of this group.
fn has_agreement<'a>(group: Group, case: &'a Case<'_>) -> Result<&'a Bound, Vec<Mistake>> {
    let Some(bound) = asks::in_force(case.in_force) else {
        return no("group", "The policy in force does not ask for agreements");
    };
    if !bound::with_agreement(bound).contains(&group) {
        return no(
            "group",
            format!("The policy does not ask {} to sign", group.in_words()),
        );
    }
    Ok(bound)
}

fn entry(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Agreements(entry)])
}
