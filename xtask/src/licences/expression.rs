//! Says whether a licence expression (`MIT OR Apache-2.0 AND ISC`) can be met by the allowed licences.

/// What is left to read, as words and brackets.
struct Reader<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<String>>,
    allowed: &'a [String],
}

/// Whether the expression can be met. What cannot be read is not allowed.
pub(super) fn allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    let mut reader = Reader {
        words: words.into_iter().peekable(),
        allowed,
    };
    reader.either() == Some(true) && reader.words.peek().is_none()
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        self.words.next_if(|next| next == word).is_some()
    }

    fn either(&mut self) -> Option<bool> {
        let mut met = self.both()?;
        while self.take("OR") {
            met |= self.both()?;
        }
        Some(met)
    }

    fn both(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.take("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.either()?;
            return self.take(")").then_some(met);
        }
        let mut licence = self.words.next()?;
        if self.take("WITH") {
            licence = format!("{licence} WITH {}", self.words.next()?);
        }
        Some(self.allowed.contains(&licence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_allowed(expression: &str) -> bool {
        let list = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        allowed(expression, &list)
    }

    #[test]
    fn either_will_do() {
        assert!(is_allowed("GPL-3.0-only OR MIT"));
        assert!(is_allowed("GPL-3.0-only/MIT"));
    }

    #[test]
    fn both_are_needed() {
        assert!(is_allowed("MIT AND ISC"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(is_allowed("MIT AND (GPL-3.0-only OR ISC)"));
        assert!(!is_allowed("(MIT OR ISC) AND GPL-3.0-only"));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
        assert!(!is_allowed("Apache-2.0"));
        assert!(!is_allowed("MIT WITH LLVM-exception"));
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for broken in ["", "MIT OR", "(MIT", "MIT MIT", "MIT)"] {
            assert!(!is_allowed(broken), "{broken}");
        }
    }
}
