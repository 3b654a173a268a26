//! How strong a password is, as whoever read it measured it: an act carries the measure and the
//! hash, never the password. What to say to a person about a weak one.

use kernel::ruling::Mistake;

/// The fewest characters where the policy names no number.
pub const LENGTH_MIN: u16 = 10;
/// The least score where the policy names none; 4 is the best.
pub const SCORE_MIN: u8 = 3;
/// However the policy counts, a password of fewer characters is guessed in no time.
pub const LENGTH_FLOOR: u16 = 8;
/// How many earlier passwords of a person are remembered, by their hashes.
pub const REMEMBERED_MAX: usize = 5;

/// A password that was chosen: its hash, and how strong it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Argon2id, as PHC text.
    pub hash: String,
    /// How strong it is.
    pub strength: Strength,
}

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// Its characters.
    pub length: u16,
    /// 0, guessed at once, to 4, not guessed in centuries.
    pub score: u8,
    /// What was found out about it.
    pub found: Found,
}

/// What was found out about a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// It is on the lists of those that are tried first.
    Common,
    /// It is made of the person's or the setting's own name.
    Name,
    /// The person had it before.
    Before,
}

impl From<String> for Chosen {
    /// A hash that was made where its password was judged already.
    fn from(hash: String) -> Chosen {
        let strength = Strength {
            length: u16::MAX,
            score: 4,
            found: Found::Nothing,
        };
        Chosen { hash, strength }
    }
}

impl From<&str> for Chosen {
    fn from(hash: &str) -> Chosen {
        Chosen::from(hash.to_owned())
    }
}

impl Strength {
    /// Why it is too weak, as somebody can act on; `None` when it is strong enough.
    #[must_use]
    pub fn weakness(&self, length_min: u16, score_min: u8) -> Option<String> {
        let least = length_min.max(LENGTH_FLOOR);
        if self.length < least {
            return Some(format!(
                "This password is too short. Take at least {least} characters: three words that have nothing to do with each other are easy to remember"
            ));
        }
        let says = match self.found {
            Found::Common => {
                "This password is one of those that are tried first, because many people use it. Take three words that have nothing to do with each other"
            }
            Found::Name => {
                "This password is made of your name or the setting’s. Take words that nobody connects with you"
            }
            Found::Before => {
                "You have had this password before. Take one that you have not used here"
            }
            Found::Nothing if self.score < score_min => {
                "This password is easy to guess: it follows a pattern, or is a word with a few signs added. Add another word or two"
            }
            Found::Nothing => return None,
        };
        Some(says.to_owned())
    }

    /// Checks it by what holds where no policy says anything.
    ///
    /// # Errors
    /// Why it is too weak.
    pub fn check(&self) -> Result<(), Vec<Mistake>> {
        match self.weakness(LENGTH_MIN, SCORE_MIN) {
            Some(says) => Err(vec![Mistake::at("password", says)]),
            None => Ok(()),
        }
    }
}
