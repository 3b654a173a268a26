//! How strong a password is that was chosen: measured here, offline, where the password is; judged
//! in the heart, which never sees it.

use super::app::App;
use families::{
    access::strength::{Found, Strength},
    spine::act::{Actor, Person},
};

/// The most characters that are looked at: measuring takes longer with each.
const LOOKED_AT_MAX: usize = 100;
/// Words of a name that are long enough to be looked for.
const NAME_CHARS_MIN: usize = 3;

/// Measures a password that this person chooses under this user name. `person` is known only once
/// they have shown that they are it: earlier passwords are compared for them alone.
pub(crate) async fn measure(
    app: &App,
    password: &str,
    user: &str,
    person: Option<Person>,
) -> anyhow::Result<Strength> {
    let (names, hashes) = known(app, user, person)?;
    let length = u16::try_from(password.chars().count()).unwrap_or(u16::MAX);
    let mut before = false;
    for hash in hashes {
        before = before || app.passwords.fits(password, Some(hash)).await?;
    }
    let looked: String = password.chars().take(LOOKED_AT_MAX).collect();
    let strength = tokio::task::spawn_blocking(move || of(&looked, &names, before)).await?;
    Ok(Strength { length, ..strength })
}

type Known = (Vec<String>, Vec<String>);

/// Names that stand for the person and the setting, and the hashes of the person's passwords.
fn known(app: &App, user: &str, person: Option<Person>) -> anyhow::Result<Known> {
    let known = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let people = &view.setting.people;
            let name = person
                .and_then(|person| people.name(person))
                .and_then(|name| view.open(name));
            let setting = view.setting.place.name().to_owned();
            let words = [user.to_owned(), name.unwrap_or_default(), setting];
            let hashes: Vec<String> = person
                .into_iter()
                .flat_map(|person| view.setting.access.hashes(person))
                .filter_map(|hash| view.open(hash))
                .collect();
            (words, hashes)
        })?;
    let (words, hashes) = known;
    let apart = words
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= NAME_CHARS_MIN)
        .map(str::to_lowercase);
    let whole = words.iter().map(|words| words.to_lowercase());
    Ok((
        apart
            .chain(whole.clone())
            .filter(|w| !w.is_empty())
            .collect(),
        hashes,
    ))
}

fn of(password: &str, names: &[String], before: bool) -> Strength {
    let own: Vec<&str> = names.iter().map(String::as_str).collect();
    let score = u8::from(zxcvbn::zxcvbn(password, &own).score());
    let without = u8::from(zxcvbn::zxcvbn(password, &[]).score());
    let found = if before {
        Found::Before
    } else if is_common(password) {
        Found::Common
    } else if score < without {
        Found::Name
    } else {
        Found::Nothing
    };
    let found = match found {
        // A name in it matters only where nothing else is left that is strong.
        Found::Name if score >= families::access::strength::SCORE_MIN => Found::Nothing,
        other => other,
    };
    Strength {
        length: 0,
        score,
        found,
    }
}

/// Whether the whole password is on the lists of those that leaked and are tried first, however it
/// is written.
fn is_common(password: &str) -> bool {
    let entropy = zxcvbn::zxcvbn(password, &[]);
    let whole = entropy
        .sequence()
        .first()
        .filter(|part| part.token == password);
    whole.is_some_and(|part| {
        matches!(
            part.pattern,
            zxcvbn::matching::patterns::MatchPattern::Dictionary(_)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["maya.lin", "maya", "lin", "larkrise", "larkrise preschool"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn what_is_tried_first_is_common_and_names_are_found() {
        for common in ["password", "P4ssw0rd", "qwertyuiop", "iloveyou", "nursery"] {
            let strength = of(common, &names(), false);
            assert!(strength.weakness_at_all(), "{common}: {strength:?}");
        }
        for named in ["larkrise2026", "maya.lin.maya"] {
            assert_eq!(of(named, &names(), false).found, Found::Name, "{named}");
        }
        assert_eq!(of("anything at all", &names(), true).found, Found::Before);
    }

    #[test]
    fn three_words_are_strong_enough() {
        for strong in [
            "plum tree hat",
            "three quiet herons",
            "hollyhock-lane-demo",
            "seven green apples",
        ] {
            let strength = of(strong, &names(), false);
            assert_eq!(strength.found, Found::Nothing, "{strong}");
            assert!(strength.score >= 3, "{strong}: {strength:?}");
        }
    }

    trait Weak {
        fn weakness_at_all(&self) -> bool;
    }

    impl Weak for Strength {
        fn weakness_at_all(&self) -> bool {
            let long = Strength {
                length: 40,
                ..*self
            };
            long.weakness(10, 3).is_some()
        }
    }
}
