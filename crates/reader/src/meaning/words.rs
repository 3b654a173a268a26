//! Words as the reader compares them: lower case, without endings, without what carries no sense.

/// Words that say nothing about what a clause asks for.
const EMPTY: [&str; 60] = [
    "the", "a", "an", "of", "to", "and", "or", "in", "on", "at", "for", "by", "with", "is", "are",
    "be", "will", "that", "this", "it", "as", "from", "their", "they", "any", "all", "our", "we",
    "us", "have", "has", "which", "who", "these", "those", "if", "when", "also", "been", "was",
    "were", "its", "such", "may", "should", "shall", "would", "can", "into", "so", "there", "then",
    "than", "he", "she", "his", "her", "them", "you", "your",
];

/// One word of a text: as written, and as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it stands in the text, in lower case.
    pub(crate) written: String,
    /// Without its ending.
    pub(crate) stem: String,
}

/// The words of a text, in order, at most `limit` of them. Addresses become one word each.
pub(crate) fn words(text: &str, limit: usize) -> Vec<Word> {
    let mut found = Vec::new();
    for piece in text.split_whitespace() {
        if found.len() >= limit {
            break;
        }
        let lower = piece.to_lowercase().replace('\u{2019}', "'");
        let lower = apart(&lower);
        if is_web_address(&lower) {
            found.push(Word {
                written: lower,
                stem: "webaddress".to_owned(),
            });
            continue;
        }
        if lower.contains('@') && lower.contains('.') {
            found.push(Word {
                written: lower,
                stem: "mailaddress".to_owned(),
            });
            continue;
        }
        let lower = join_known(&lower);
        for part in lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
            let part = part.trim_matches('\'');
            if part.is_empty() || part.chars().count() > 40 {
                continue;
            }
            found.push(Word {
                written: part.to_owned(),
                stem: stem(part),
            });
        }
    }
    found.truncate(limit);
    found
}

/// Whether the word carries no sense of its own.
pub(crate) fn is_empty(word: &Word) -> bool {
    word.stem.len() < 2 || EMPTY.contains(&word.written.as_str())
}

fn is_web_address(lower: &str) -> bool {
    lower.contains("://")
        || lower.contains("www.")
        || [".org.uk", ".gov.uk", ".co.uk", ".police.uk"]
            .iter()
            .any(|ending| lower.contains(ending))
}

/// Letters that were drawn as one ("\u{fb01}"), taken apart.
pub(crate) fn apart(text: &str) -> String {
    if !text.chars().any(|c| ('\u{fb00}'..='\u{fb06}').contains(&c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            other => out.push(other),
        }
    }
    out
}

/// Spellings with a hyphen that are one word elsewhere.
fn join_known(lower: &str) -> String {
    if !lower.contains('-') {
        return lower.to_owned();
    }
    let mut joined = lower.to_owned();
    for (apart, together) in [
        ("e-mail", "email"),
        ("on-line", "online"),
        ("off-line", "offline"),
        ("e-safety", "esafety"),
        ("pre-school", "preschool"),
        ("wi-fi", "wifi"),
        ("anti-virus", "antivirus"),
        ("blue-tooth", "bluetooth"),
        ("log-in", "login"),
        ("cyber-bullying", "cyberbullying"),
        ("smart-watch", "smartwatch"),
        ("up-to-date", "uptodate"),
        ("web-site", "website"),
        ("on-going", "ongoing"),
        ("co-ord", "coord"),
    ] {
        joined = joined.replace(apart, together);
    }
    joined
}

/// A word without its ending. Light on purpose: it joins forms of a word, not families of words.
pub(crate) fn stem(word: &str) -> String {
    if word.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return format!("#{}", word.len().min(5));
    }
    let word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    for (ending, instead, least) in [
        ("ations", "at", 4),
        ("ation", "at", 4),
        ("ities", "", 4),
        ("ments", "", 4),
        ("ment", "", 5),
        ("ingly", "", 4),
        ("ings", "", 4),
        ("ing", "", 3),
        ("ies", "i", 3),
        ("ied", "i", 3),
        ("ally", "al", 4),
        ("ers", "er", 3),
        ("edly", "", 4),
        ("ely", "", 4),
        ("ly", "", 4),
        ("sses", "ss", 2),
        ("xes", "x", 2),
        ("ches", "ch", 2),
        ("shes", "sh", 2),
        ("ed", "", 3),
        ("es", "", 3),
        ("ss", "ss", 1),
        ("us", "us", 1),
        ("s", "", 3),
        ("e", "", 3),
        ("y", "i", 3),
    ] {
        if let Some(start) = word.strip_suffix(ending)
            && start.len() >= least
        {
            return undouble(format!("{start}{instead}"));
        }
    }
    word
}

/// "stopp" to "stop", "controll" to "control"; "ss" stays.
fn undouble(mut stem: String) -> String {
    let mut back = stem.chars().rev();
    if let (Some(last), Some(before)) = (back.next(), back.next())
        && last == before
        && stem.len() > 4
        && !matches!(last, 's' | 'e' | 'o')
    {
        stem.pop();
    }
    if stem.len() > 4 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("photographs", "photograph"),
            ("photographed", "photographing"),
            ("policies", "policy"),
            ("stored", "storing"),
            ("devices", "device"),
            ("banned", "banning"),
            ("parent's", "parents"),
            ("reviewed", "review"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
        assert_ne!(stem("staff"), stem("stay"));
    }

    #[test]
    fn addresses_are_one_word_each() {
        let found: Vec<String> = words(
            "Report it to www.example.org.uk/report or help@example.org now.",
            100,
        )
        .into_iter()
        .map(|word| word.stem)
        .collect();
        assert_eq!(
            found,
            [
                "report",
                "it",
                "to",
                "webaddress",
                "or",
                "mailaddress",
                "now"
            ]
        );
    }
}
