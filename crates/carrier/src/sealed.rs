//! How it is closed: a mark, one line that says how it is opened, and then chunks as
//! `kernel::chunks` seals them. It opens with a code that is told in another way, or with the key of
//! the setting that it is for. The line names nobody.

use crate::{Fault, card::Card, card::Receiving, sha256};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use curve25519_dalek::montgomery::MontgomeryPoint;
use kernel::chunks::{Opening, Sealing};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// What the file begins with.
pub const MARK: &[u8] = b"stairgate transfer 1\n";
/// The longest file that is read, in bytes.
pub const BYTES_MAX: usize = 160 << 20;
/// What a code costs to try: 64 MiB of memory, three times over.
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;
/// The longest line that says how it is opened.
const LINE_BYTES_MAX: usize = 300;
/// How many words a code has: 88 bits.
pub const CODE_WORDS: usize = 8;

/// For whom it is closed.
pub enum To<'a> {
    /// Whoever is told this code.
    Code(&'a str),
    /// The setting with this card.
    Card(&'a Card),
}

/// What somebody opens it with.
pub enum With<'a> {
    /// A code that they were told.
    Code(&'a str),
    /// The key of their own setting.
    Own(&'a Receiving),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    Code { salt: String },
    Key { once: String },
}

/// Closes what was packed. `random` must be new for each file.
///
/// # Errors
/// It could not be written.
pub fn seal(plain: &[u8], to: &To<'_>, random: &[u8; 32]) -> Result<Vec<u8>, Fault> {
    let unmade = |why: &str| Fault::Unmade(why.to_owned());
    let (line, secret, known) = match to {
        To::Code(code) => {
            let salt = random.first_chunk::<16>().copied().unwrap_or_default();
            let line = Line::Code {
                salt: BASE64.encode(salt),
            };
            (line, stretched(code, &salt)?, [0; 32])
        }
        To::Card(card) => {
            let once = MontgomeryPoint::mul_base_clamped(*random).to_bytes();
            let shared = MontgomeryPoint(card.key).mul_clamped(*random).to_bytes();
            let line = Line::Key {
                once: BASE64.encode(once),
            };
            (line, not_nothing(shared).ok_or(Fault::Card)?, card.key)
        }
    };
    let mut head = MARK.to_vec();
    serde_json::to_writer(&mut head, &line).map_err(|_| unmade("it has no beginning"))?;
    head.push(b'\n');
    let key = file_key(&secret, &head, &known);
    let mut sealing = Sealing::new(head, &key, MARK);
    let written = sealing.write_all(plain).and_then(|()| sealing.finish());
    written.map_err(|error| Fault::Unmade(error.to_string()))
}

/// Opens what [`seal`] wrote.
///
/// # Errors
/// It is no such file, or does not open.
pub fn open(bytes: &[u8], with: &With<'_>) -> Result<Zeroizing<Vec<u8>>, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let rest = bytes.strip_prefix(MARK).ok_or(Fault::NotOne)?;
    let ahead = rest.get(..LINE_BYTES_MAX.min(rest.len()));
    let end = ahead.and_then(|ahead| ahead.iter().position(|byte| *byte == b'\n'));
    let end = end.ok_or(Fault::NotOne)?;
    let (line, rest) = rest.split_at_checked(end).ok_or(Fault::NotOne)?;
    let sealed = rest.get(1..).unwrap_or_default();
    let head = bytes.get(..MARK.len() + end + 1).unwrap_or_default();
    let line: Line = serde_json::from_slice(line).map_err(|_| Fault::NotOne)?;
    let (secret, known) = match (line, with) {
        (Line::Code { salt }, With::Code(code)) => {
            let salt = BASE64.decode(salt).map_err(|_| Fault::NotOne)?;
            let salt: [u8; 16] = salt.try_into().map_err(|_| Fault::NotOne)?;
            (stretched(code, &salt)?, [0; 32])
        }
        (Line::Key { once }, With::Own(own)) => {
            let once = BASE64.decode(once).map_err(|_| Fault::NotOne)?;
            let once: [u8; 32] = once.try_into().map_err(|_| Fault::NotOne)?;
            let shared = not_nothing(own.agree(once)).ok_or(Fault::Shut)?;
            (shared, own.card().key)
        }
        (Line::Code { .. }, With::Own(_)) | (Line::Key { .. }, With::Code(_)) => {
            return Err(Fault::Shut);
        }
    };
    let key = file_key(&secret, head, &known);
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let opened = Opening::new(sealed, &key, MARK);
    let read = opened.and_then(|mut opening| opening.read_to_end(&mut plain));
    read.map_err(|_| Fault::Shut)?;
    Ok(plain)
}

/// Whether a file is opened with a code, and not with a setting’s key.
#[must_use]
pub fn asks_for_code(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(MARK).unwrap_or_default();
    rest.starts_with(br#"{"to":"code""#)
}

/// A code as it is compared: its words in small letters, one space between.
#[must_use]
pub fn plain_code(code: &str) -> Zeroizing<String> {
    let words = code
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    Zeroizing::new(words.collect::<Vec<_>>().join(" "))
}

/// A code that can be told over the telephone, from 32 bytes of randomness.
#[must_use]
pub fn code(random: &[u8; 32]) -> String {
    let words = ledger::words::words(random);
    let words: Vec<&str> = words.split(' ').take(CODE_WORDS).collect();
    words.join(" ")
}

fn stretched(code: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, Fault> {
    let mut secret = Zeroizing::new([0; 32]);
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32));
    let params = params.map_err(|error| Fault::Unmade(error.to_string()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(plain_code(code).as_bytes(), salt, &mut *secret)
        .map_err(|_| Fault::Shut)?;
    Ok(secret)
}

/// A point of low order agrees on nothing but zeros with everybody.
fn not_nothing(shared: [u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
    (shared != [0; 32]).then(|| Zeroizing::new(shared))
}

fn file_key(secret: &[u8; 32], head: &[u8], known: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let head = sha256(&[head]);
    Zeroizing::new(sha256(&[b"stairgate transfer key 1", secret, &head, known]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::checkpoint::Signing;
    use proptest::prelude::*;

    const CODE: &str = "apple river stone lamp cloud spoon train window";

    fn own(seed: u8) -> Receiving {
        Receiving::of(&Signing::from_seed("birch-row", &[seed; 32]).unwrap())
    }

    #[test]
    fn a_code_opens_it_however_it_is_typed_and_no_other_does() {
        let sealed = seal(b"Wren Finch", &To::Code(CODE), &[9; 32]).unwrap();
        assert!(asks_for_code(&sealed));
        let typed = " Apple  river-stone, lamp cloud SPOON train window ";
        assert_eq!(&**open(&sealed, &With::Code(typed)).unwrap(), b"Wren Finch");
        let shut = Err(Fault::Shut);
        for wrong in ["", "apple", "apple river stone lamp cloud spoon train door"] {
            assert_eq!(open(&sealed, &With::Code(wrong)).map(|_| ()), shut);
        }
        // A damaged file with the right code says the same as a wrong code.
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&damaged, &With::Code(CODE)).map(|_| ()), shut);
        assert!(!sealed.windows(4).any(|part| part == b"Wren"));
    }

    #[test]
    fn the_setting_that_it_is_for_opens_it_and_no_other() {
        let card = own(1).card();
        let sealed = seal(b"words", &To::Card(&card), &[5; 32]).unwrap();
        assert_eq!(&**open(&sealed, &With::Own(&own(1))).unwrap(), b"words");
        assert_eq!(open(&sealed, &With::Own(&own(2))), Err(Fault::Shut));
        assert_eq!(open(&sealed, &With::Code(CODE)), Err(Fault::Shut));
        let nothing = Card {
            key: [0; 32],
            ..card
        };
        assert_eq!(seal(b"x", &To::Card(&nothing), &[5; 32]), Err(Fault::Card));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn one_changed_byte_or_a_cut_is_refused(at in any::<prop::sample::Index>(), by in 1_u8..=255) {
            let mut bytes = seal(&[5; 700], &To::Card(&own(1).card()), &[5; 32]).unwrap();
            let place = at.index(bytes.len());
            prop_assert!(open(&bytes[..place], &With::Own(&own(1))).is_err());
            bytes[place] ^= by;
            prop_assert!(open(&bytes, &With::Own(&own(1))).is_err());
        }

        #[test]
        fn whatever_a_file_holds_reading_it_ends_with_an_answer(
            after in prop::collection::vec(any::<u8>(), 0..400),
            marked in any::<bool>(),
        ) {
            let bytes = if marked { [MARK, &after].concat() } else { after.clone() };
            prop_assert!(open(&bytes, &With::Own(&own(1))).is_err());
            prop_assert!(crate::pack::unpack(&after).is_err());
        }
    }
}
