//! A page whose words stand in the code in English, said anew in another language as it leaves: each
//! text by itself, when it is known by its English. What is not known, such as names and the words
//! of the policy, stays as it is and is marked as English, so that it is read out rightly and keeps
//! its order among words that run from right to left.

use super::Tongue;
use kit::document::{Block, Document};

/// In these, words are a person's own: they are never said anew.
const OWN_WORDS: [&str; 5] = ["textarea", "blockquote", "script", "style", "code"];
/// In these, words can't be marked.
const PLAIN: [&str; 3] = ["option", "title", "textarea"];
/// Words for those who listen.
const SPOKEN: [&str; 3] = ["aria-label", "alt", "title"];

impl Tongue {
    /// The content of a page in this language.
    #[must_use]
    pub fn anew(self, page: &str) -> String {
        if self == Tongue::En {
            return page.to_owned();
        }
        let mut said = String::with_capacity(page.len() * 2);
        let mut within: Vec<&str> = Vec::new();
        let mut rest = page;
        while let Some((words, tag)) = rest.split_once('<') {
            self.words(words, &within, &mut said);
            let Some((tag, after)) = end_of_tag(tag) else {
                said.push('<');
                said.push_str(tag);
                return said;
            };
            note(tag, &mut within);
            said.push('<');
            self.tag(tag, &mut said);
            said.push('>');
            rest = after;
        }
        self.words(rest, &within, &mut said);
        said
    }

    /// Words between tags.
    fn words(self, words: &str, within: &[&str], said: &mut String) {
        let core = words.trim();
        let is_own = within.iter().any(|name| OWN_WORDS.contains(name));
        if !core.chars().any(|c| c.is_ascii_alphabetic()) || is_own {
            return said.push_str(words);
        }
        let english = decoded(core);
        let anew = self.phrase(&english);
        let (before, after) = words.split_once(core).unwrap_or_default();
        said.push_str(before);
        if anew != english {
            said.push_str(&encoded(&anew));
        } else if self.is_latin() || within.iter().any(|name| PLAIN.contains(name)) {
            said.push_str(core);
        } else if core.is_ascii() || !core.chars().any(is_foreign) {
            said.push_str("<span lang=\"en\" dir=\"ltr\">");
            said.push_str(core);
            said.push_str("</span>");
        } else {
            said.push_str(core);
        }
        said.push_str(after);
    }

    /// Whether the letters of the language are those of English: then a text says nothing of what
    /// language it is in.
    fn is_latin(self) -> bool {
        matches!(self, Tongue::En | Tongue::Pl | Tongue::Ro)
    }

    /// A tag, with the words in it that are for those who listen.
    fn tag(self, tag: &str, said: &mut String) {
        let mut rest = tag;
        for name in SPOKEN {
            let start = format!(" {name}=\"");
            let Some((before, after)) = rest.split_once(start.as_str()) else {
                continue;
            };
            let Some((words, after)) = after.split_once('"') else {
                continue;
            };
            said.push_str(before);
            said.push_str(&start);
            said.push_str(&encoded(&self.phrase(&decoded(words))));
            said.push('"');
            rest = after;
        }
        said.push_str(rest);
    }

    /// A document in this language.
    #[must_use]
    pub fn document(self, mut document: Document) -> Document {
        if self == Tongue::En {
            return document;
        }
        let pair = |(name, value): (String, String)| (self.phrase(&name), self.phrase(&value));
        document.title = self.phrase(&document.title);
        document.subtitle = self.phrase(&document.subtitle);
        document.about = document.about.into_iter().map(pair).collect();
        document.blocks = document
            .blocks
            .into_iter()
            .map(|block| self.block(block))
            .collect();
        document
    }

    fn block(self, block: Block) -> Block {
        let all = |words: Vec<String>| words.iter().map(|one| self.phrase(one)).collect();
        let pair = |(name, value): (String, String)| (self.phrase(&name), self.phrase(&value));
        match block {
            Block::Heading(words) => Block::Heading(self.phrase(&words)),
            Block::SubHeading(words) => Block::SubHeading(self.phrase(&words)),
            Block::Paragraph(words) => Block::Paragraph(self.phrase(&words)),
            Block::Note(words) => Block::Note(self.phrase(&words)),
            Block::List(items) => Block::List(all(items)),
            Block::Numbered(items) => Block::Numbered(all(items)),
            Block::Signatures(people) => Block::Signatures(all(people)),
            Block::Facts(facts) => Block::Facts(facts.into_iter().map(pair).collect()),
            Block::Quote { words, from } => Block::Quote {
                words,
                from: self.phrase(&from),
            },
            Block::Table(mut table) => {
                table.caption = self.phrase(&table.caption);
                table.head = all(table.head);
                table.rows = table.rows.into_iter().map(all).collect();
                Block::Table(table)
            }
            Block::Drawn(mut drawn) => {
                drawn.says = self.phrase(&drawn.says);
                Block::Drawn(drawn)
            }
            Block::Code(code) => Block::Code(code),
            Block::Chart(chart) => Block::Chart(chart),
            Block::PageBreak => Block::PageBreak,
        }
    }
}

/// Whether a letter is of another script than English.
fn is_foreign(letter: char) -> bool {
    letter.is_alphabetic() && letter > '\u{24f}'
}

/// A tag up to its end, which does not stand within quotes.
fn end_of_tag(tag: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })?;
    let (tag, after) = tag.split_at_checked(end)?;
    Some((tag, after.strip_prefix('>')?))
}

/// Keeps which of the elements that matter we are in.
fn note<'t>(tag: &'t str, within: &mut Vec<&'t str>) {
    let (name, closes) = match tag.strip_prefix('/') {
        Some(name) => (name, true),
        None => (tag, false),
    };
    let name = name.split([' ', '\n']).next().unwrap_or_default();
    if !OWN_WORDS.contains(&name) && !PLAIN.contains(&name) {
        return;
    }
    if !closes {
        within.push(name);
    } else if within.last() == Some(&name) {
        within.pop();
    }
}

fn decoded(words: &str) -> String {
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn encoded(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_known_are_said_anew_and_all_others_are_marked() {
        let page = "<h1 class=\"a>b\">Today</h1><p>Wren &amp; Ada</p><textarea>Today</textarea><blockquote>Today</blockquote>";
        let said = Tongue::Uk.anew(page);
        let today = Tongue::Uk.phrase("Today");
        assert_ne!(today, "Today");
        assert_eq!(
            said,
            format!(
                "<h1 class=\"a>b\">{today}</h1><p><span lang=\"en\" dir=\"ltr\">Wren &amp; Ada</span></p><textarea>Today</textarea><blockquote>Today</blockquote>"
            )
        );
        assert_eq!(Tongue::En.anew(page), page);
        assert!(Tongue::Pl.anew(page).contains("<p>Wren &amp; Ada</p>"));
    }

    #[test]
    fn what_is_said_anew_can_not_become_a_tag() {
        let page = "<p>&lt;script&gt; \" x</p><nav aria-label=\"Today\"></nav><p>1 < 2";
        let said = Tongue::Ar.anew(page);
        assert!(said.contains("&lt;script&gt;") && !said.contains("<script>"));
        assert!(said.contains(&format!("aria-label=\"{}\"", Tongue::Ar.phrase("Today"))));
    }
}
