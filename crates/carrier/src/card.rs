//! The receiving card of a setting: the key that it signs with and the key that files are closed
//! to, in one line that can be mailed. Twelve words say the card over the telephone, so that nobody
//! puts another in its place on the way.

use crate::{Fault, sha256};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use curve25519_dalek::montgomery::MontgomeryPoint;
use ledger::checkpoint::{Signing, Verifying};
use zeroize::Zeroizing;

/// What the line begins with.
const MARK: &str = "stairgate-card-1";
/// The longest card that is read, in bytes.
const BYTES_MAX: usize = 1_000;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The key that the setting signs with: `name+id+base64`.
    pub signs: String,
    /// The key that files are closed to (X25519).
    pub key: [u8; 32],
}

/// The secret half of a card.
pub struct Receiving {
    signs: String,
    secret: Zeroizing<[u8; 32]>,
}

impl Receiving {
    /// From the key that the setting signs with: a backup of one is a backup of both.
    #[must_use]
    pub fn of(key: &Signing) -> Receiving {
        let text = key.to_text();
        let secret = sha256(&[b"stairgate transfer receiving key 1", text.as_bytes()]);
        Receiving {
            signs: key.verifying().to_text(),
            secret: Zeroizing::new(secret),
        }
    }

    /// The card, to be given to whoever sends.
    #[must_use]
    pub fn card(&self) -> Card {
        Card {
            signs: self.signs.clone(),
            key: MontgomeryPoint::mul_base_clamped(*self.secret).to_bytes(),
        }
    }

    pub(crate) fn agree(&self, other: [u8; 32]) -> [u8; 32] {
        MontgomeryPoint(other).mul_clamped(*self.secret).to_bytes()
    }
}

impl Card {
    /// The line.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{MARK} {} {}", self.signs, BASE64.encode(self.key))
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is no card.
    pub fn from_text(text: &str) -> Result<Card, Fault> {
        if text.len() > BYTES_MAX {
            return Err(Fault::Card);
        }
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [MARK, signs, key] = parts.as_slice() else {
            return Err(Fault::Card);
        };
        let key = BASE64.decode(key).map_err(|_| Fault::Card)?;
        let key: [u8; 32] = key.try_into().map_err(|_| Fault::Card)?;
        let signs = Verifying::from_text(signs).map_err(|_| Fault::Card)?;
        if key == [0; 32] {
            return Err(Fault::Card);
        }
        Ok(Card {
            signs: signs.to_text(),
            key,
        })
    }

    /// The card as twelve words, to be compared over the telephone.
    #[must_use]
    pub fn words(&self) -> String {
        ledger::words::words(&sha256(&[self.to_text().as_bytes()]))
    }
}

/// A signing key as twelve words.
#[must_use]
pub fn words_of_key(key: &str) -> String {
    ledger::words::words(&sha256(&[key.trim().as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_back_and_anything_else_is_refused() {
        let own = Receiving::of(&Signing::from_seed("birch-row", &[1; 32]).unwrap());
        let card = own.card();
        let text = card.to_text();
        assert_eq!(Card::from_text(&format!(" {text}\n")), Ok(card.clone()));
        assert_eq!(card.words().split(' ').count(), 12);
        let long = "x".repeat(2_000);
        let cut: String = text.chars().take(text.len() - 8).collect();
        for bad in ["", "stairgate-card-1", &cut, &long] {
            assert_eq!(Card::from_text(bad), Err(Fault::Card), "{bad}");
        }
        assert_eq!(
            Card::from_text(&text.replace("birch", "beech")),
            Err(Fault::Card)
        );
    }
}
