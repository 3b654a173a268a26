//! What the server makes before an act is read from a form: hashes of passwords, one-time codes and
//! tokens. The act carries only digests; the code itself is shown once.

use super::{app::App, passwords::digest, visitor};
use families::{
    access::pages::{MADE_CODE, MADE_HASH, MADE_PUBLIC, MADE_SECRET, MADE_TOKEN, Made, makes},
    spine::{
        act::Actor,
        answers::Answers,
        page::{FieldKind, Form},
    },
};
use kernel::ruling::Mistake;
use post::vapid::Vapid;

/// What has to be shown once, after the act is done.
pub(crate) struct Once {
    /// What it is: "code".
    pub(crate) what: &'static str,
    /// The secret.
    pub(crate) secret: String,
}

/// Letters and digits that nobody mixes up.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Puts what the act needs among the answers, after checking a password that is asked for.
///
/// # Errors
/// A password is wrong, or the two do not agree.
pub(crate) async fn make(
    app: &App,
    actor: &Actor,
    form: &Form,
    answers: &mut Answers,
) -> Result<Option<Once>, Vec<Mistake>> {
    for name in [MADE_CODE, MADE_HASH, MADE_TOKEN, MADE_PUBLIC, MADE_SECRET] {
        answers.remove(name);
    }
    check_own_password(app, actor, form, answers).await?;
    if let Some(password) = new_password(form, answers)? {
        let made = app.passwords.make(&password).await;
        let hash = made.map_err(|_| {
            vec![Mistake::new(
                "The password could not be kept just now. Try again",
            )]
        })?;
        answers.add(MADE_HASH, &hash);
    }
    if let Some(code) = answers.text("code") {
        answers.add(MADE_CODE, &digest(&plain(&code)));
    }
    Ok(match makes(form.act) {
        Some(Made::Code) => {
            let code = code();
            answers.add(MADE_CODE, &digest(&plain(&code)));
            Some(Once {
                what: "code",
                secret: code,
            })
        }
        Some(Made::Token) => {
            let token = visitor::secret(24);
            answers.add(MADE_TOKEN, &digest(&token));
            Some(Once {
                what: "token",
                secret: token,
            })
        }
        Some(Made::Feed) => {
            let secret = visitor::secret(24);
            answers.add(MADE_TOKEN, &digest(&secret));
            let state = app.desk.state();
            let address = state.setting.notices.mail().map(|mail| &*mail.address);
            Some(Once {
                what: "address of your calendar",
                secret: format!("{}/calendar/{secret}.ics", address.unwrap_or_default()),
            })
        }
        Some(Made::PushKey) => {
            let fresh = Vapid::generate();
            let fresh = fresh.map_err(|error| vec![Mistake::new(error.to_string())])?;
            answers.add(MADE_PUBLIC, &fresh.public);
            answers.add(MADE_SECRET, &fresh.secret);
            None
        }
        Some(Made::Hash) | None => None,
    })
}

async fn check_own_password(
    app: &App,
    actor: &Actor,
    form: &Form,
    answers: &Answers,
) -> Result<(), Vec<Mistake>> {
    let Some(field) = form
        .fields
        .iter()
        .find(|field| matches!(field.kind, FieldKind::Password))
    else {
        return Ok(());
    };
    let wrong = || vec![Mistake::at(field.name, "This is not your password")];
    let person = actor.person().ok_or_else(wrong)?;
    let key = format!("person:{}", person.0);
    if let Err(wait) = app.attempts.begin(&key, "", app.now()) {
        return Err(vec![Mistake::at(
            field.name,
            format!("Too many wrong passwords. Try again in {wait} minutes"),
        )]);
    }
    let kept = app
        .desk
        .view(actor, app.now(), "", None, |view| {
            view.setting
                .access
                .hash(person)
                .and_then(|hash| view.open(hash))
        })
        .unwrap_or_default();
    let given = answers.raw(field.name).unwrap_or_default();
    match app.passwords.fits(given, kept).await {
        Ok(true) => {
            app.attempts.forget(&key);
            Ok(())
        }
        Ok(false) => Err(wrong()),
        Err(_) => {
            app.attempts.take_back(&key, app.now());
            let busy = "The password could not be checked just now. Try again in a minute";
            Err(vec![Mistake::at(field.name, busy)])
        }
    }
}

/// The password that was chosen, the same each time it was typed.
fn new_password(form: &Form, answers: &Answers) -> Result<Option<String>, Vec<Mistake>> {
    let mut fields = form
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::NewPassword));
    let Some(first) = fields.next() else {
        return Ok(None);
    };
    let password = answers.raw(first.name).unwrap_or_default();
    if let Some(other) =
        fields.find(|field| answers.raw(field.name).unwrap_or_default() != password)
    {
        return Err(vec![Mistake::at(
            other.name,
            "The two passwords are not the same. Type the password again",
        )]);
    }
    Ok(Some(password.to_owned()))
}

/// A code that can be read out and typed: three groups of four.
fn code() -> String {
    let mut random = [0_u8; 12];
    let mut fill = desk::folder::entropy();
    fill(&mut random);
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte & 31)))
        .map(|letter| char::from(*letter))
        .collect();
    letters
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// A code as it is compared: without hyphens and spaces, in capitals.
fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = code();
        assert_eq!(code.len(), 14);
        assert_eq!(plain(&code), plain(&code.to_lowercase().replace('-', " ")));
    }
}
