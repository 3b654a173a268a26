//! Letters as phrases have them: small, without accents and apostrophes, words parted by one space,
//! whatever a page does to hide what it says.

use unicode_normalization::UnicodeNormalization;

/// The longest piece of a word that is looked at in one go.
const WORD_BYTES_MAX: usize = 64;

/// Takes letters and gives words, each with a space behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    word: Vec<u8>,
    /// Something in the word stands for a letter: it is put right when the word is whole.
    disguised: bool,
}

impl Letters {
    /// Takes a letter; `give` is handed each piece that is whole.
    #[inline]
    pub(super) fn take(&mut self, letter: char, give: &mut impl FnMut(&[u8])) {
        if letter.is_ascii() {
            let byte = u8::try_from(letter).unwrap_or(b' ');
            self.take_ascii(byte, give);
        } else {
            self.take_other(letter, give);
        }
    }

    #[inline]
    fn take_ascii(&mut self, byte: u8, give: &mut impl FnMut(&[u8])) {
        match byte {
            b'a'..=b'z' => self.push(byte, give),
            b'A'..=b'Z' => self.push(byte.to_ascii_lowercase(), give),
            b'0'..=b'9' => {
                self.disguised = true;
                self.push(byte, give);
            }
            // They stand for letters inside of words, and part words elsewhere.
            b'@' | b'$' | b'!' if !self.word.is_empty() => {
                self.disguised = true;
                self.push(byte, give);
            }
            b'\'' | b'`' => {}
            _ => self.end(give),
        }
    }

    fn take_other(&mut self, letter: char, give: &mut impl FnMut(&[u8])) {
        if matches!(letter, '\u{2018}' | '\u{2019}' | '\u{2bc}') || is_unseen(letter) {
            return;
        }
        for part in core::iter::once(letter).nfkd() {
            if is_mark(part) {
                continue;
            }
            if !part.is_alphanumeric() {
                self.end(give);
                continue;
            }
            for small in part.to_lowercase().filter(|small| !is_mark(*small)) {
                if small.is_ascii() {
                    self.take_ascii(u8::try_from(small).unwrap_or(b' '), give);
                    continue;
                }
                let mut bytes = [0; 4];
                for byte in plain(small).encode_utf8(&mut bytes).bytes() {
                    self.push(byte, give);
                }
            }
        }
    }

    #[inline]
    fn push(&mut self, byte: u8, give: &mut impl FnMut(&[u8])) {
        if self.word.len() >= WORD_BYTES_MAX {
            give(&self.word);
            self.word.clear();
        }
        self.word.push(byte);
    }

    /// The word ends here.
    pub(super) fn end(&mut self, give: &mut impl FnMut(&[u8])) {
        if self.word.is_empty() {
            return;
        }
        if self.disguised {
            undisguise(&mut self.word);
            self.disguised = false;
        }
        self.word.push(b' ');
        give(&self.word);
        self.word.clear();
    }
}

/// The words of a phrase as they are looked for, without the space behind the last.
pub(super) fn words_of(text: &str) -> String {
    let mut letters = Letters::default();
    let mut bytes = Vec::with_capacity(text.len());
    let mut give = |piece: &[u8]| bytes.extend_from_slice(piece);
    for letter in text.chars() {
        letters.take(letter, &mut give);
    }
    letters.end(&mut give);
    let text = String::from_utf8(bytes).unwrap_or_default();
    text.trim_end().to_owned()
}

/// Numbers and signs between letters are the letters that they look like.
fn undisguise(word: &mut Vec<u8>) {
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_digit() && *byte > b'@');
    let before = word.clone();
    for (at, byte) in word.iter_mut().enumerate() {
        let inside = at > 0 && is_letter(before.get(at - 1)) && is_letter(before.get(at + 1));
        *byte = match (*byte, inside) {
            // `g0` is a word, `2026` is none.
            (b'0', _) if is_letter(at.checked_sub(1).and_then(|at| before.get(at))) => b'o',
            (b'1' | b'!', true) => b'i',
            (b'3', true) => b'e',
            (b'4' | b'@', true) => b'a',
            (b'5' | b'$', true) => b's',
            (b'7', true) => b't',
            (b'@' | b'$' | b'!', false) => b' ',
            (other, _) => other,
        };
    }
    word.dedup_by(|one, before| *one == b' ' && *before == b' ');
    while word.last() == Some(&b' ') {
        word.pop();
    }
}

/// Nobody sees it: spaces without width, marks of direction, soft hyphens.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{640}')
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Letters that are written in more than one way, and ones whose stroke is no mark.
fn plain(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ё' => 'е',
        'ґ' => 'г',
        'ی' | 'ى' | 'ې' => 'ي',
        'ک' => 'ك',
        'ہ' | 'ۂ' | 'ە' | 'ة' | 'ھ' => 'ه',
        'ٱ' => 'ا',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_ways_to_write_words_are_one() {
        for way in [
            "don't tell anyone",
            "Don\u{2019}t   TELL\u{a0}anyone!",
            "d\u{200b}on\u{ad}t te\u{301}ll \u{ff41}nyone",
            "d0nt t3ll any\u{feff}one",
            "\u{1d41d}\u{1d428}\u{1d427}t tell anyone",
        ] {
            assert_eq!(words_of(way), "dont tell anyone", "{way}");
        }
        assert_eq!(words_of("Żółć, łąka; Șoț"), "zolc laka sot");
        assert_eq!(
            words_of("me@home.example 2026 mp3 18+"),
            "meahome example 2026 mp3 18"
        );
    }

    proptest! {
        #[test]
        fn any_letters_become_words_with_single_spaces(text in "(.|[a$@!1 ]){0,100}") {
            let words = words_of(&text);
            prop_assert!(!words.starts_with(' ') && !words.ends_with(' '));
            prop_assert!(!words.contains("  "), "{}", words);
        }
    }
}
