//! Paragraphs as sentences: a full stop ends one, but for those of abbreviations and addresses.

const ABBREVIATED: [&str; 22] = [
    "e.g", "i.e", "etc", "mr", "mrs", "ms", "dr", "no", "tel", "inc", "vs", "st", "fig", "para",
    "ref", "ext", "approx", "min", "max", "eg", "ie", "nb",
];

/// The sentences of a paragraph, as they stand.
pub(crate) fn sentences(paragraph: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (place, _) in paragraph.match_indices(' ') {
        let before = paragraph.get(start..place).unwrap_or_default();
        let after = paragraph.get(place..).unwrap_or_default().trim_start();
        if ends(before) && begins(after) && before.len() > 3 {
            found.push(before.trim());
            start = place + 1;
        }
    }
    let last = paragraph.get(start..).unwrap_or_default().trim();
    if !last.is_empty() {
        found.push(last);
    }
    found
}

/// Whether a sentence ends here.
pub(crate) fn ends(before: &str) -> bool {
    let bare = before.trim_end_matches(['"', '\'', '\u{2019}', '\u{201d}', ')']);
    if bare.ends_with(['!', '?']) {
        return true;
    }
    let Some(bare) = bare.strip_suffix('.') else {
        return false;
    };
    let word = bare
        .rsplit([' ', '(', '/'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // "No. 7" and "etc. The": the first goes on, the second may end; a wrong cut costs more than a missed one.
    if word.is_empty()
        || (ABBREVIATED.contains(&word.as_str()) && word != "no")
        || word == "no" && bare.len() < 5
    {
        return false;
    }
    // "4." and "A.": numbers of lists and initials.
    let initial = word.chars().count() == 1;
    let number = word.chars().all(|c| c.is_ascii_digit() || c == '.') && bare.len() == word.len();
    !initial && !number
}

fn begins(after: &str) -> bool {
    let mut letters = after
        .trim_start_matches(['"', '\'', '\u{2018}', '\u{201c}', '('])
        .chars();
    letters
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_ends_a_sentence_and_an_abbreviation_does_not() {
        assert_eq!(
            sentences(
                "Phones (e.g. iPhones) stay in the tin. Watches, etc. Maya decides on too. 2 keys exist! Is it 3.5 m?"
            ),
            [
                "Phones (e.g. iPhones) stay in the tin.",
                "Watches, etc. Maya decides on too.",
                "2 keys exist!",
                "Is it 3.5 m?"
            ]
        );
        assert_eq!(
            sentences("See www.example.org.uk. Ask first."),
            ["See www.example.org.uk.", "Ask first."]
        );
        assert_eq!(sentences("4. Staff lock up."), ["4. Staff lock up."]);
    }
}
