//! The receipt for a file: a note that says which one it was and the receipt words that stood in it,
//! signed with the key of the setting that took it in. Who has no Stairgate tells the words alone.
//! Nobody can make either without having opened the file, and each is for that file only.

use crate::{Fault, sha256};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use ledger::checkpoint::{Checkpoint, Signing, Verifying};

/// How the name in the note ends.
pub const ORIGIN_ENDS: &str = "/transfer-receipt";
/// How many words stand in a file for its receipt: 66 bits.
pub const WORDS: usize = 6;

/// What a good receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Who signed it: the name of the key. `None`: only the words were told.
    pub by: Option<String>,
}

/// Receipt words, from 32 bytes of randomness.
#[must_use]
pub fn words(random: &[u8; 32]) -> String {
    let words = ledger::words::words(random);
    let words: Vec<&str> = words.split(' ').take(WORDS).collect();
    words.join(" ")
}

/// What the sender keeps of the words.
#[must_use]
pub fn digest(words: &str) -> String {
    let plain = crate::sealed::plain_code(words);
    crate::hex(&sha256(&[
        b"stairgate transfer receipt 1",
        plain.as_bytes(),
    ]))
}

/// The signed receipt for the file with this digest, in which these words stood.
#[must_use]
pub fn sign(file: &[u8; 32], words: &str, key: &Signing) -> String {
    let note = Checkpoint {
        origin: format!("{}{ORIGIN_ENDS}", key.verifying().name()),
        size: 1,
        root: *file,
        more: vec![
            format!("receipt {}", digest(words)),
            format!("key {}", BASE64.encode(key.verifying().to_text())),
        ],
    };
    note.sign(&[key])
}

/// Whether this is the receipt for the file whose digest and receipt digest these are. `signs` is
/// the key that must have signed it, where the sender has the receiver’s card.
///
/// # Errors
/// It is not.
pub fn check(text: &str, file: &str, kept: &str, signs: Option<&str>) -> Result<Receipt, Fault> {
    if !text.contains(ORIGIN_ENDS) {
        // The words alone do for whoever has no key, and for nobody else.
        let fits = digest(text) == kept && signs.is_none();
        return fits.then_some(Receipt { by: None }).ok_or(Fault::Receipt);
    }
    // Browsers send line breaks of their own, and people copy with spaces around.
    let text = format!("{}\n", text.replace("\r\n", "\n").trim());
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix("key "))
        .and_then(|key| BASE64.decode(key).ok())
        .and_then(|key| String::from_utf8(key).ok())
        .ok_or(Fault::Receipt)?;
    if signs.is_some_and(|signs| signs.trim() != named) {
        return Err(Fault::Receipt);
    }
    let key = Verifying::from_text(&named).map_err(|_| Fault::Receipt)?;
    let says = Checkpoint::read(&text, &key).map_err(|_| Fault::Receipt)?;
    let fits = says.origin == format!("{}{ORIGIN_ENDS}", key.name())
        && crate::hex(&says.root) == file
        && says.more.first() == Some(&format!("receipt {kept}"));
    let by = Some(key.name().to_owned());
    fits.then_some(Receipt { by }).ok_or(Fault::Receipt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> Signing {
        Signing::from_seed("birch-row", &[seed; 32]).unwrap()
    }

    #[test]
    fn a_receipt_is_for_its_file_and_by_its_receiver() {
        let (file, words) = ([7; 32], "apple river stone lamp cloud spoon");
        let (hex, kept) = (crate::hex(&file), digest(words));
        let text = sign(&file, words, &key(1));
        let signs = key(1).verifying().to_text();
        let good = Ok(Receipt {
            by: Some("birch-row".to_owned()),
        });
        assert_eq!(check(&text, &hex, &kept, None), good);
        assert_eq!(check(&text, &hex, &kept, Some(&signs)), good);
        assert_eq!(check(&text.replace('\n', "\r\n"), &hex, &kept, None), good);
        let no = Err(Fault::Receipt);
        // Replayed for another file, by somebody else, without having opened it, or changed.
        let other = crate::hex(&[8; 32]);
        assert_eq!(check(&text, &other, &kept, None), no);
        let by_other = sign(&file, words, &key(2));
        assert_eq!(check(&by_other, &hex, &kept, Some(&signs)), no);
        let guessed = sign(&file, "some other words", &key(1));
        assert_eq!(check(&guessed, &hex, &kept, Some(&signs)), no);
        for place in 0..text.trim_end().len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            if let Ok(changed) = String::from_utf8(bytes) {
                assert_eq!(check(&changed, &hex, &kept, Some(&signs)), no, "{changed}");
            }
        }
    }

    #[test]
    fn words_alone_do_only_where_the_receiver_has_no_key() {
        let words = words(&[4; 32]);
        let kept = digest(&words);
        assert_eq!(
            check(&words.to_uppercase(), "", &kept, None),
            Ok(Receipt { by: None })
        );
        assert_eq!(check(&words, "", &kept, Some("a-key")), Err(Fault::Receipt));
        assert_eq!(check("other words", "", &kept, None), Err(Fault::Receipt));
    }
}
