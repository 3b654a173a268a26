//! Codes of authenticator apps (RFC 6238) and recovery codes: making, drawing, checking. A code is
//! good once: its time step is used up.

use super::app::App;
use families::spine::act::Person;
use kernel::moment::Moment;
use maud::{Markup, PreEscaped, html};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret.
const SECRET_BYTES: usize = 20;
/// White modules around a picture.
const QUIET: i32 = 4;

/// A new secret, in base32.
pub(crate) fn secret() -> String {
    let mut random = [0_u8; SECRET_BYTES];
    let mut fill = desk::folder::entropy();
    fill(&mut random);
    Secret::from(random).to_base32()
}

/// Whether a code fits a secret just now, and was not used before.
pub(crate) fn fits(app: &App, person: Person, secret: &str, code: &str) -> anyhow::Result<bool> {
    let plain: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    match step(secret, &plain, app.now()) {
        Some(step) => Ok(app.sessions.count_up(&format!("app:{}", person.0), step)?),
        None => Ok(false),
    }
}

/// The time step of a code that fits; one step before and after is taken, for clocks that are off.
fn step(secret: &str, code: &str, now: Moment) -> Option<i64> {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.micros() / 1_000_000).ok()?;
    let step = totp(secret)?.check(code, seconds)?;
    i64::try_from(step).ok()
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

/// The address that an app reads from a picture.
pub(crate) fn address(secret: &str, user: &str, setting: &str) -> String {
    let issuer = format!("Stairgate {setting}");
    let encoded = families::spine::page::encoded;
    format!(
        "otpauth://totp/{}:{}?secret={secret}&issuer={}",
        encoded(&issuer),
        encoded(user),
        encoded(&issuer)
    )
}

/// The address as a picture for the app's camera.
pub(crate) fn picture(address: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else {
        return html! {};
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
    }
    let size = code.size() + 2 * QUIET;
    html! {
        (PreEscaped(format!("<svg class=\"sg-qr\" role=\"img\" aria-label=\"Picture for the camera of your app\" viewBox=\"0 0 {size} {size}\" width=\"240\" height=\"240\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_for_its_time_and_a_step_around_it() {
        let secret = secret();
        let now = Moment::from_micros(1_764_000_000_000_000);
        let code = totp(&secret).unwrap().generate(1_764_000_000).to_string();
        let at = step(&secret, &code, now).unwrap();
        assert_eq!(step(&secret, &code, now.plus_minutes(2)), None);
        assert_eq!(at, 1_764_000_000 / 30);
        for wrong in ["", "12345", "abcdef", "1234567", "００００００"] {
            assert_eq!(step(&secret, wrong, now), None, "{wrong}");
        }
    }

    #[test]
    fn the_picture_and_the_address_name_the_setting() {
        let address = address("JBSWY3DPEHPK3PXP", "maya.lin", "Larkrise");
        assert!(address.starts_with("otpauth://totp/Stairgate%20Larkrise:maya.lin?secret="));
        assert!(picture(&address).into_string().contains("<svg"));
    }
}
