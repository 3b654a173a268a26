//! What the server makes before an act is read from a form: hashes of passwords, one-time codes and
//! tokens. The act carries only digests; the code itself is shown once.

use super::{app::App, passwords::digest, visitor};
use families::{
    access::{
        acts::steps::CODES,
        pages::{
            MADE_CODE, MADE_CODES, MADE_DEVICE, MADE_HASH, MADE_PIN, MADE_PUBLIC, MADE_SECRET,
            MADE_STRENGTH, MADE_TOKEN, Made, makes,
        },
        register::codes::Fits,
        strength::Strength,
    },
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
    for name in [
        MADE_CODE,
        MADE_HASH,
        MADE_TOKEN,
        MADE_STRENGTH,
        MADE_CODES,
        MADE_PIN,
        MADE_DEVICE,
        MADE_PUBLIC,
        MADE_SECRET,
    ] {
        answers.remove(name);
    }
    check_own_password(app, actor, form, answers).await?;
    super::kept::take_in(app, actor, form, answers).await?;
    if let Some(once) = super::transfers::make(app, actor, form, answers).await? {
        return Ok(Some(once));
    }
    if let Some(password) = new_password(form, answers)? {
        let made = app.passwords.make(&password).await;
        let hash = made.map_err(|_| {
            vec![Mistake::new(
                "The password could not be kept just now. Try again",
            )]
        })?;
        answers.add(MADE_HASH, &hash);
        let strength = measured(app, actor, form, answers, &password).await?;
        answers.add(MADE_STRENGTH, &strength.to_text());
    }
    if let Some(once) = of_steps(app, form, answers).await? {
        return Ok(Some(once));
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

/// How strong the password is. Earlier ones are compared only for somebody who is signed in, or
/// whose code fits: nobody else learns anything of them.
async fn measured(
    app: &App,
    actor: &Actor,
    form: &Form,
    answers: &Answers,
    password: &str,
) -> Result<Strength, Vec<Mistake>> {
    let user = answers.text("user").unwrap_or_default().to_lowercase();
    let person = match form.act {
        "access.take-up" => {
            let code = digest(&plain(&answers.text("code").unwrap_or_default()));
            let now = app.now();
            let found = app.desk.view(actor, app.now(), "", None, |view| {
                let access = &view.setting.access;
                access
                    .find_user(|sealed| view.open(sealed).as_deref() == Some(user.as_str()))
                    .filter(|person| access.code_fits(*person, &code, now) == Fits::Good)
            });
            found.ok().flatten()
        }
        _ => actor.person(),
    };
    let measured = super::strength::measure(app, password, &user, person).await;
    measured.map_err(|_| {
        vec![Mistake::new(
            "The password could not be looked at just now. Try again",
        )]
    })
}

/// What acts about second steps need.
async fn of_steps(
    app: &App,
    form: &Form,
    answers: &mut Answers,
) -> Result<Option<Once>, Vec<Mistake>> {
    match form.act {
        "access.make-recovery-codes" => {
            let (shown, digests) = codes();
            digests
                .iter()
                .for_each(|code| answers.add(MADE_CODES, code));
            Ok(Some(Once {
                what: "list of recovery codes",
                secret: shown.join(" "),
            }))
        }
        "access.choose-pin" => {
            let pin = answers.raw("pin").unwrap_or_default().to_owned();
            check_pin(&pin, answers.raw("pin-again").unwrap_or_default())?;
            let made = app.passwords.make(&pin).await;
            let hash = made.map_err(|_| {
                vec![Mistake::new(
                    "The PIN could not be kept just now. Try again",
                )]
            })?;
            answers.add(MADE_PIN, &hash);
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// A PIN is 6 to 12 digits, and neither a row nor the same digit again and again.
fn check_pin(pin: &str, again: &str) -> Result<(), Vec<Mistake>> {
    let digits = pin.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !(6..=12).contains(&pin.len()) {
        return Err(vec![Mistake::at("pin", "A PIN is 6 to 12 digits")]);
    }
    let steps: Vec<i16> = pin
        .as_bytes()
        .iter()
        .zip(pin.as_bytes().iter().skip(1))
        .map(|(one, next)| i16::from(*next) - i16::from(*one))
        .collect();
    let row = |step: i16| steps.iter().filter(|found| **found == step).count();
    if [0, 1, -1]
        .into_iter()
        .any(|step| row(step) >= steps.len().saturating_sub(1))
    {
        return Err(vec![Mistake::at(
            "pin",
            "This PIN is a row, which is tried first. Choose digits without a pattern",
        )]);
    }
    if pin != again {
        return Err(vec![Mistake::at(
            "pin-again",
            "The two PINs are not the same. Type the PIN again",
        )]);
    }
    Ok(())
}

/// A new code, and its digest.
pub(crate) fn code_and_digest() -> (String, String) {
    let code = code();
    let digest = digest(&plain(&code));
    (code, digest)
}

/// New recovery codes, and their digests.
pub(crate) fn codes() -> (Vec<String>, Vec<String>) {
    let shown: Vec<String> = (0..CODES).map(|_| code()).collect();
    let digests = shown.iter().map(|code| digest(&plain(code))).collect();
    (shown, digests)
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
pub(crate) fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_without_a_pattern_is_taken_and_a_row_is_not() {
        assert!(check_pin("194027", "194027").is_ok());
        for bad in [
            "123456", "000000", "98765432", "1234567", "12345", "abcdef", "1234561",
        ] {
            assert!(check_pin(bad, bad).is_err(), "{bad}");
        }
        assert!(check_pin("194027", "194028").is_err());
    }

    #[test]
    fn a_code_has_sixty_bits_and_no_two_are_the_same() {
        let mut codes: Vec<String> = (0..500).map(|_| plain(&code())).collect();
        for code in &codes {
            assert_eq!(code.len(), 12);
            assert!(code.bytes().all(|letter| LETTERS.contains(&letter)));
        }
        let used: std::collections::BTreeSet<char> =
            codes.iter().flat_map(|code| code.chars()).collect();
        assert_eq!(used.len(), LETTERS.len(), "each letter comes up");
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 500);
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = code();
        assert_eq!(code.len(), 14);
        assert_eq!(plain(&code), plain(&code.to_lowercase().replace('-', " ")));
    }
}
