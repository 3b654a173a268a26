//! A generated ledger of a setting over some years: six lines in ten are people signing in and
//! out, the rest are people, roles, accounts and a policy that is adopted anew each quarter.

use crate::said::Outcome;
use desk::folder;
use families::{policy, spine::act::Person};
use kernel::{
    chance::Chance,
    moment::{Date, Moment},
    sealed::{Keys, Private, Sealer},
};
use ledger::{
    keys::KeyStore,
    line::{Draft, Head},
    store::Store,
};
use serde_json::{Value, json};

/// People who come and go in the generated years.
const PEOPLE: u64 = 2_000;

/// Lines of one year of a large setting.
const A_YEAR: u64 = 225_000;

/// Lines between two versions of the policy.
const A_QUARTER: u64 = A_YEAR / 4;

/// Lines appended at once.
const TOGETHER: usize = 20_000;

/// Makes a ledger of so many lines, and the keys of its people.
pub(crate) fn ledger(store: &dyn Store, keys: &KeyStore, lines: u64) -> Outcome<Head> {
    let names = names(keys)?;
    let template = policy::templates::find("preschool").ok_or("no template")?;
    let document = policy::document::Document::from_toml(template.text)
        .map_err(|_| "the template is no policy")?;
    let document = serde_json::to_value(document)?;
    let start = Moment::on(Date::constant(2020, 9, 1), 7, 0).micros();
    let each = 365 * 86_400_000_000 / i64::try_from(A_YEAR)?;
    let (mut head, mut drafts) = (store.head()?, Vec::with_capacity(TOGETHER));
    for number in 0..lines {
        let at = start + i64::try_from(number)? * each;
        let (by, kind, body) = line(number, at, &names, &document);
        drafts.push(Draft {
            at,
            by: format!("person:{by}@tablet-2"),
            kind: kind.to_owned(),
            version: 1,
            body: serde_json::to_vec(&body)?,
        });
        if drafts.len() == TOGETHER {
            head = store.append(&head, &drafts)?;
            drafts.clear();
        }
    }
    Ok(store.append(&head, &drafts)?)
}

/// One sealed name for each person, under keys that are kept.
fn names(keys: &KeyStore) -> Outcome<Vec<Private>> {
    let (held, chance) = (Keys::default(), Chance::from_seed([5; 32]));
    let sealer = Sealer::new(&held, &chance);
    let mut names = Vec::new();
    for number in 0..=u32::try_from(PEOPLE)? {
        let subject = Person(number).subject();
        names.push(sealer.seal_words(&subject, &format!("Invented Name {number}"))?);
    }
    keys.save(&sealer.into_fresh(), &mut *folder::entropy())?;
    Ok(names)
}

/// Who, which kind, and the body.
fn line(number: u64, at: i64, names: &[Private], document: &Value) -> (u64, &'static str, Value) {
    let day = Moment::from_micros(at).date();
    let name = |person: u64| {
        usize::try_from(person)
            .ok()
            .and_then(|place| names.get(place))
    };
    if number == 0 {
        let place = json!({"name": "Larkrise Preschool", "nation": "england"});
        return (1, "place.described", place);
    }
    if number <= PEOPLE {
        let group = if number.is_multiple_of(3) {
            "child"
        } else {
            "parent"
        };
        let group = if number < 40 { "staff" } else { group };
        let added =
            json!({"person": number, "name": name(number), "groups": [group], "since": day});
        return (1, "people.added", added);
    }
    if number % A_QUARTER == 5_000 {
        let adopted = json!({"number": number / A_QUARTER + 1, "document": document});
        return (1, "policy.adopted", adopted);
    }
    let person = 1 + number.wrapping_mul(2_654_435_761) % PEOPLE;
    match number % 20 {
        12..=14 => {
            let changed = json!({"person": person, "phone": name(person)});
            (1, "people.changed", changed)
        }
        15..=17 => (
            1,
            "people.placed",
            json!({"person": person, "rooms": [1 + number % 4]}),
        ),
        18 => (person, "access.sign-in-failed", json!({"person": person})),
        19 if number % 2_000 == 19 => {
            let given = json!({"role": "room-leader", "person": person, "from": day});
            (1, "roles.given", given)
        }
        8..=11 | 19 => (person, "access.signed-out", json!({})),
        _ => (person, "access.signed-in", json!({})),
    }
}
