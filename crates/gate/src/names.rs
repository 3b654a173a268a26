//! Names as the network asks for them: small letters, no dot at the end, letters of other scripts
//! as the network writes them, at most 253 bytes in labels of at most 63. What belongs to a whole
//! ending (`uk`, `co.uk`) is not a name that a line of a list may close.

use std::borrow::Cow;

/// The most bytes that a name has.
pub const NAME_BYTES_MAX: usize = 253;

/// The most bytes between two dots.
pub const LABEL_BYTES_MAX: usize = 63;

/// Why some text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoName {
    /// Nothing is there.
    Empty,
    /// It has more bytes than a name or a label may have.
    TooLong,
    /// A letter that no name has, or two dots side by side.
    BadLetter,
    /// An address in numbers.
    Address,
}

impl NoName {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            NoName::Empty => "there is no name",
            NoName::TooLong => "longer than a name can be",
            NoName::BadLetter => "not a name: a letter that names do not have",
            NoName::Address => "an address in numbers, not a name",
        }
    }
}

/// The name in the one form in which it is kept and compared.
///
/// # Errors
///
/// Says why it is not a name.
pub fn normal(text: &str) -> Result<Cow<'_, str>, NoName> {
    let text = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.is_empty() {
        return Err(NoName::Empty);
    }
    match shape(text.as_bytes())? {
        Shape::Normal => Ok(Cow::Borrowed(text)),
        Shape::Capitals => Ok(Cow::Owned(text.to_ascii_lowercase())),
        Shape::OtherScript => {
            // Bounded before the look at scripts: four bytes a letter is the most that can count.
            if text.len() > NAME_BYTES_MAX.saturating_mul(4) {
                return Err(NoName::TooLong);
            }
            let ascii = idna::domain_to_ascii(text).map_err(|_| NoName::BadLetter)?;
            let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
            match shape(ascii.as_bytes())? {
                Shape::Normal => Ok(Cow::Owned(ascii.to_owned())),
                Shape::Capitals | Shape::OtherScript => Err(NoName::BadLetter),
            }
        }
    }
}

/// Who may have names below a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// Whoever has the name.
    Owner,
    /// Customers of whoever has it: `github.io`.
    Strangers,
    /// Anybody: it is a whole ending.
    Anybody,
}

/// Who may have names below this one.
#[must_use]
pub fn below(name: &str) -> Below {
    if !name.contains('.') {
        return Below::Anybody;
    }
    match psl::suffix(name.as_bytes()) {
        Some(suffix) if suffix.as_bytes().len() == name.len() => match suffix.typ() {
            Some(psl::Type::Icann) => Below::Anybody,
            Some(psl::Type::Private) => Below::Strangers,
            None => Below::Owner,
        },
        _ => Below::Owner,
    }
}

/// Whether the name is a whole ending, under which anybody may have a name: `uk`, `co.uk`.
#[must_use]
pub fn is_ending(name: &str) -> bool {
    below(name) == Below::Anybody
}

/// Whether strangers can have names below this one: `github.io`.
#[must_use]
pub fn is_shared(name: &str) -> bool {
    below(name) == Below::Strangers
}

/// The name itself and each name above it: `a.b.uk`, `b.uk`, `uk`.
pub fn upwards(name: &str) -> impl Iterator<Item = &str> {
    let mut left = Some(name);
    std::iter::from_fn(move || {
        let now = left?;
        left = now.split_once('.').map(|(_, above)| above);
        Some(now)
    })
}

enum Shape {
    Normal,
    Capitals,
    OtherScript,
}

/// Looks at every byte once.
fn shape(name: &[u8]) -> Result<Shape, NoName> {
    let (mut capitals, mut other, mut letters) = (false, false, false);
    let mut label_bytes = 0_usize;
    for byte in name {
        match byte {
            b'.' if label_bytes == 0 => return Err(NoName::BadLetter),
            b'.' => {
                label_bytes = 0;
                continue;
            }
            b'0'..=b'9' => {}
            b'a'..=b'z' | b'-' | b'_' => letters = true,
            b'A'..=b'Z' => (capitals, letters) = (true, true),
            0x80.. => other = true,
            _ => return Err(NoName::BadLetter),
        }
        label_bytes = label_bytes.saturating_add(1);
        if label_bytes > LABEL_BYTES_MAX && !other {
            return Err(NoName::TooLong);
        }
    }
    if other {
        return Ok(Shape::OtherScript);
    }
    if label_bytes == 0 {
        return Err(NoName::BadLetter);
    }
    if name.len() > NAME_BYTES_MAX {
        return Err(NoName::TooLong);
    }
    if !letters {
        return Err(NoName::Address);
    }
    Ok(if capitals {
        Shape::Capitals
    } else {
        Shape::Normal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_form() {
        assert_eq!(normal("Example.COM.").unwrap(), "example.com");
        assert_eq!(normal(" example.com ").unwrap(), "example.com");
        assert_eq!(normal("Bücher.example").unwrap(), "xn--bcher-kva.example");
        assert_eq!(normal("ｅｘａｍｐｌｅ。com").unwrap(), "example.com");
        assert_eq!(normal("a_b.example").unwrap(), "a_b.example");
    }

    #[test]
    fn what_is_no_name_is_said() {
        assert_eq!(normal(""), Err(NoName::Empty));
        assert_eq!(normal("."), Err(NoName::Empty));
        assert_eq!(normal("a..b"), Err(NoName::BadLetter));
        assert_eq!(normal(".a"), Err(NoName::BadLetter));
        assert_eq!(normal("a b.com"), Err(NoName::BadLetter));
        assert_eq!(normal("192.0.2.1"), Err(NoName::Address));
        assert_eq!(
            normal(&format!("{}.com", "a".repeat(64))),
            Err(NoName::TooLong)
        );
        assert_eq!(normal(&"a.".repeat(127).repeat(2)), Err(NoName::TooLong));
    }

    #[test]
    fn a_whole_ending_is_known() {
        for ending in ["uk", "com", "co.uk", "gov.uk", "org.uk"] {
            assert!(is_ending(ending), "{ending}");
        }
        for name in ["example.co.uk", "github.io", "nhs.example"] {
            assert!(!is_ending(name), "{name}");
        }
        assert!(is_shared("github.io"));
        assert!(!is_shared("example.com"));
    }

    #[test]
    fn names_above_are_walked() {
        let names: Vec<&str> = upwards("a.b.uk").collect();
        assert_eq!(names, ["a.b.uk", "b.uk", "uk"]);
    }
}
