//! What stands before a line's words: bullets, numbers of headings; and dots that lead to a page number.

/// The mark of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None that says anything.
    None,
    /// A bullet.
    Bullet,
    /// The form of a numbered heading: "4.2 Staff phones".
    Heading,
    /// A line of a contents page.
    Contents,
}

const BULLETS: &str = "·•▪●○◦‣∙■□◆◇❖➢➤►▶✓✔☐☑*–—-\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}";

/// The mark, and the words after it. Numbers are part of the words; bullets are not.
pub(crate) fn split(line: &str) -> (Mark, &str) {
    if is_contents(line) {
        return (Mark::Contents, line);
    }
    if let Some(rest) = after_bullet(line) {
        return (Mark::Bullet, rest);
    }
    if is_numbered_heading(line) {
        return (Mark::Heading, line);
    }
    (Mark::None, line)
}

/// "4.2 Staff phones", "7 Social media", "A. Aims": a number, then few words without a full stop.
pub(crate) fn is_numbered_heading(line: &str) -> bool {
    let Some((number, title)) = line.split_once(' ') else {
        return false;
    };
    let bare = number.trim_end_matches(['.', ')', ':']);
    let numbered = !bare.is_empty()
        && bare.len() <= 8
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
        && bare.chars().any(|c| c.is_ascii_digit())
        || matches!(bare.as_bytes(), [letter] if letter.is_ascii_uppercase() && bare.len() < number.len());
    numbered
        && title.split(' ').count() <= 9
        && title.chars().next().is_some_and(char::is_uppercase)
        && !title.trim_end().ends_with(['.', ';', ',', '!'])
}

fn after_bullet(line: &str) -> Option<&str> {
    let mark = line.chars().next()?;
    let rest = line.get(mark.len_utf8()..)?;
    if BULLETS.contains(mark) {
        let spaced = rest.starts_with(' ');
        let sure = !matches!(mark, '-' | '–' | '—' | '*');
        let more = rest.trim_start();
        return (spaced || sure || more.is_empty()).then(|| after_bullet(more).unwrap_or(more));
    }
    // The letter "o" as a bullet of the second level, as word processors write it into plain text.
    (mark == 'o' && rest.starts_with(' ')).then(|| rest.trim_start())
}

/// "Phones ........ 7", and the line that says "Contents".
fn is_contents(line: &str) -> bool {
    let plain = line.trim_end_matches(':').to_lowercase();
    if matches!(
        plain.as_str(),
        "contents" | "table of contents" | "contents page" | "index"
    ) {
        return true;
    }
    let before_page = line.trim_end_matches(|c: char| c.is_ascii_digit());
    if before_page.len() == line.len() {
        return false;
    }
    let leaders = before_page
        .chars()
        .rev()
        .take_while(|c| matches!(c, '.' | '…' | '·' | '_' | ' '))
        .collect::<String>();
    let dots = leaders
        .chars()
        .filter(|c| matches!(c, '.' | '·' | '_'))
        .count()
        + 3 * leaders.matches('…').count();
    dots >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_told_from_numbers_of_sentences() {
        for heading in [
            "4.2 Staff phones",
            "7 Social media",
            "1. Aims",
            "A. Aims",
            "10) Links",
        ] {
            assert!(is_numbered_heading(heading), "{heading}");
        }
        for other in [
            "4.2 Staff lock their phones away.",
            "24 hours later the lead looks again.",
            "7 days",
            "A phone",
        ] {
            assert!(!is_numbered_heading(other), "{other}");
        }
    }

    #[test]
    fn a_hyphen_in_a_word_is_no_bullet() {
        assert_eq!(split("-safety").1, "-safety");
        assert_eq!(split("- safety").1, "safety");
        assert_eq!(split("•safety"), (Mark::Bullet, "safety"));
    }
}
