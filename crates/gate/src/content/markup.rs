//! The text of a page, out of its markup, as it comes: what people read, and what is read out to them.
//! Scripts and styles are passed over, but data that scripts show is text.

/// What kind of text comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// HTML and XML.
    Markup,
    /// JSON, also one in each line.
    Json,
    /// Anything else that is text.
    Plain,
}

/// The longest name of a tag or an attribute that matters, and the longest entity.
const NAME_BYTES_MAX: usize = 16;

/// Tags within words: what is before and behind them is one word.
const WITHIN_WORDS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "em", "font", "i", "ins", "mark", "s",
    "small", "span", "strong", "sub", "sup", "tt", "u", "wbr",
];

/// Attributes that people read.
const READ: &[&str] = &[
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "content",
    "label",
    "summary",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Text,
    /// Behind `<`.
    Opening,
    /// In the name of a tag.
    Name,
    /// In a tag, outside of anything.
    Inside,
    /// In the name of an attribute.
    Attribute,
    /// Behind the name of an attribute.
    Equals,
    /// Before its value.
    Before,
    /// In its value, up to this; `None`: up to a space.
    Value(Option<char>),
    /// In a comment, behind so many dashes.
    Comment(u8),
    /// In something that begins with `<!` or `<?`.
    Declared,
    /// In a script or a style.
    Raw,
    /// Behind `<` in one.
    RawOpening,
}

/// Takes a page out of its markup.
#[derive(Clone, Debug)]
pub(super) struct Markup {
    kind: Kind,
    at: At,
    name: String,
    closes: bool,
    attribute: String,
    /// The value of `type` of the tag at hand.
    is_data: bool,
    value: String,
    entity: Option<String>,
    /// What ends the script or style at hand, and whether it is text.
    raw: (String, bool),
    escape: Option<String>,
}

/// What comes of a page.
#[derive(Clone, Copy)]
pub(super) enum Out {
    Letter(char),
    /// What is before is not one word with what is behind.
    Gap,
}

impl Markup {
    pub(super) fn new(kind: Kind) -> Markup {
        Markup {
            kind,
            at: At::Text,
            name: String::new(),
            closes: false,
            attribute: String::new(),
            is_data: false,
            value: String::new(),
            entity: None,
            raw: (String::new(), false),
            escape: None,
        }
    }

    pub(super) fn take(&mut self, text: &str, out: &mut impl FnMut(Out)) {
        for letter in text.chars() {
            match self.kind {
                Kind::Plain => out(Out::Letter(letter)),
                Kind::Json => self.json(letter, out),
                Kind::Markup => self.markup(letter, out),
            }
        }
    }

    fn json(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        let Some(escape) = &mut self.escape else {
            if letter == '\\' {
                self.escape = Some(String::new());
            } else {
                out(Out::Letter(letter));
            }
            return;
        };
        match (escape.is_empty(), letter) {
            (true, 'u') => escape.push('u'),
            (true, '/' | '"' | '\\') => {
                self.escape = None;
                out(Out::Letter(letter));
            }
            (true, _) => {
                self.escape = None;
                out(Out::Gap);
            }
            (false, _) => {
                escape.push(letter);
                if escape.chars().count() == 5 {
                    let digits = escape.strip_prefix('u').unwrap_or_default();
                    let code = u32::from_str_radix(digits, 16)
                        .ok()
                        .and_then(char::from_u32);
                    self.escape = None;
                    out(code.map_or(Out::Gap, Out::Letter));
                }
            }
        }
    }

    fn markup(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        match self.at {
            At::Text => {
                if letter == '<' {
                    self.end_entity(out);
                    self.at = At::Opening;
                } else {
                    self.read(letter, out);
                }
            }
            At::Opening => self.opening(letter, out),
            At::Name => match letter {
                '>' => self.end_tag(out),
                '/' => self.at = At::Inside,
                letter if letter.is_ascii_whitespace() => self.at = At::Inside,
                letter => push(&mut self.name, letter),
            },
            At::Inside => match letter {
                '>' => self.end_tag(out),
                '/' => {}
                letter if letter.is_ascii_whitespace() => {}
                letter => {
                    self.attribute.clear();
                    push(&mut self.attribute, letter);
                    self.at = At::Attribute;
                }
            },
            At::Attribute => match letter {
                '>' => self.end_tag(out),
                '=' => self.at = At::Before,
                '/' => self.at = At::Inside,
                letter if letter.is_ascii_whitespace() => self.at = At::Equals,
                letter => push(&mut self.attribute, letter),
            },
            At::Equals => match letter {
                '>' => self.end_tag(out),
                '=' => self.at = At::Before,
                letter if letter.is_ascii_whitespace() => {}
                _ => {
                    self.at = At::Inside;
                    self.markup(letter, out);
                }
            },
            At::Before => match letter {
                '"' | '\'' => self.begin_value(Some(letter), out),
                '>' => self.end_tag(out),
                letter if letter.is_ascii_whitespace() => {}
                letter => {
                    self.begin_value(None, out);
                    self.in_value(letter, out);
                }
            },
            At::Value(end) => {
                let ends = end.map_or(letter == '>' || letter.is_ascii_whitespace(), |end| {
                    end == letter
                });
                if !ends {
                    self.in_value(letter, out);
                    return;
                }
                self.end_value(out);
                if letter == '>' && end.is_none() {
                    self.end_tag(out);
                }
            }
            At::Comment(dashes) => {
                self.at = match (dashes, letter) {
                    (2.., '>') => At::Text,
                    (_, '-') => At::Comment(dashes.saturating_add(1)),
                    _ => At::Comment(0),
                };
            }
            At::Declared => match letter {
                '>' => self.at = At::Text,
                '-' if self.name.is_empty() => self.name.push('-'),
                '-' if self.name == "-" => self.at = At::Comment(0),
                _ => self.name = "!".to_owned(),
            },
            At::Raw => {
                if letter == '<' {
                    self.name.clear();
                    self.at = At::RawOpening;
                } else if self.raw.1 {
                    self.json(letter, out);
                }
            }
            At::RawOpening => self.raw_opening(letter, out),
        }
    }

    fn opening(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        self.name.clear();
        self.closes = false;
        self.is_data = false;
        self.at = match letter {
            '!' | '?' => At::Declared,
            '/' => {
                self.closes = true;
                At::Name
            }
            letter if letter.is_ascii_alphabetic() => {
                push(&mut self.name, letter);
                At::Name
            }
            // No tag: it is a sign in the text.
            '<' => At::Opening,
            _ => {
                out(Out::Gap);
                self.at = At::Text;
                self.read(letter, out);
                return;
            }
        };
    }

    /// The end of a script or style is its name behind `</`.
    fn raw_opening(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        let wanted = self.raw.0.len() + 1;
        if letter == '>' || (letter.is_ascii_whitespace() && self.name.len() == wanted) {
            let ends = self.name.strip_prefix('/') == Some(self.raw.0.as_str());
            if ends && letter == '>' {
                self.at = At::Text;
                self.escape = None;
                out(Out::Gap);
            } else if ends {
                self.closes = true;
                self.at = At::Inside;
                self.name.clear();
            } else {
                self.at = At::Raw;
            }
        } else if letter == '<' {
            self.name.clear();
        } else if self.name.len() < wanted {
            push(&mut self.name, letter);
        } else {
            self.at = At::Raw;
        }
    }

    fn begin_value(&mut self, end: Option<char>, out: &mut impl FnMut(Out)) {
        self.at = At::Value(end);
        self.value.clear();
        if self.is_read() {
            out(Out::Gap);
        }
    }

    fn in_value(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        if self.is_read() {
            self.read(letter, out);
        } else if self.attribute == "type" && self.value.len() < 64 {
            self.value.push(letter.to_ascii_lowercase());
        }
    }

    fn end_value(&mut self, out: &mut impl FnMut(Out)) {
        if self.is_read() {
            self.end_entity(out);
            out(Out::Gap);
        } else if self.attribute == "type" {
            self.is_data = self.value.contains("json");
        }
        self.at = At::Inside;
    }

    fn is_read(&self) -> bool {
        !self.closes && READ.contains(&self.attribute.as_str())
    }

    fn end_tag(&mut self, out: &mut impl FnMut(Out)) {
        self.at = At::Text;
        if !WITHIN_WORDS.contains(&self.name.as_str()) {
            out(Out::Gap);
        }
        if !self.closes && matches!(self.name.as_str(), "script" | "style") {
            self.raw = (self.name.clone(), self.is_data);
            self.at = At::Raw;
        }
    }

    /// A letter that people read, or a part of how it is written.
    fn read(&mut self, letter: char, out: &mut impl FnMut(Out)) {
        match (&mut self.entity, letter) {
            (None, '&') => self.entity = Some(String::new()),
            (None, _) => out(Out::Letter(letter)),
            (Some(_), ';') => self.end_entity(out),
            (Some(entity), letter)
                if (letter.is_ascii_alphanumeric() || letter == '#')
                    && entity.len() < NAME_BYTES_MAX =>
            {
                entity.push(letter);
            }
            (Some(_), _) => {
                self.end_entity(out);
                self.read(letter, out);
            }
        }
    }

    fn end_entity(&mut self, out: &mut impl FnMut(Out)) {
        let Some(entity) = self.entity.take() else {
            return;
        };
        if let Some(letter) = letter_of(&entity) {
            out(Out::Letter(letter));
            return;
        }
        out(Out::Gap);
        for letter in entity.chars() {
            out(Out::Letter(letter));
        }
    }

    /// The page ends here.
    pub(super) fn end(&mut self, out: &mut impl FnMut(Out)) {
        self.end_entity(out);
        out(Out::Gap);
    }
}

fn push(name: &mut String, letter: char) {
    if name.len() < NAME_BYTES_MAX {
        name.push(letter.to_ascii_lowercase());
    }
}

/// The letter that an entity is: a number, one of the few that matter, or an accented letter, of
/// which the bare one is enough here.
fn letter_of(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" | "ndash" | "mdash" | "hellip" | "bull" | "middot" => {
            ' '
        }
        "shy" | "zwj" | "zwnj" => '\u{ad}',
        "szlig" => 'ß',
        "lstrok" | "Lstrok" => 'l',
        other => {
            let endings = [
                "acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron", "slash",
            ];
            let mut endings = endings.iter();
            let bare = endings.find_map(|ending| other.strip_suffix(ending))?;
            let mut letters = bare.chars();
            letters.next().filter(|_| letters.next().is_none())?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(kind: Kind, page: &str, piece: usize) -> String {
        let mut markup = Markup::new(kind);
        let mut all = String::new();
        let mut out = |out: Out| match out {
            Out::Letter(letter) => all.push(letter),
            Out::Gap => all.push(' '),
        };
        let letters: Vec<char> = page.chars().collect();
        for part in letters.chunks(piece.max(1)) {
            markup.take(&part.iter().collect::<String>(), &mut out);
        }
        markup.end(&mut out);
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_people_read_is_taken_out_however_it_comes() {
        let page = r#"<!doctype html><!-- not <b>this</b> -- nor this --><html><head>
            <title>A &amp; B</title><style>p > a { color: red }</style>
            <script>if (1 < 2) { "</p>hidden" } // </scrip</script >
            <script type="application/ld+json">{"a":"shown\nand \u0041ll"}</script>
            <meta name=description content='in short'></head><body class="not this">
            <p>k<b>il</b>n&#8217;s caf&eacute; <img src=x alt="a &lt;picture&gt;"/>one<br>two
            3 < 4 &unknown; &#x41;</p></body></html>"#;
        let wanted = "A & B {\"a\":\"shown and All\"} in short kiln\u{2019}s cafe a <picture> one two 3 4 unknown A";
        for piece in [1, 2, 3, 7, 10_000] {
            assert_eq!(text(Kind::Markup, page, piece), wanted);
        }
    }

    #[test]
    fn json_is_read_with_its_escapes() {
        let json = r#"{"text":"one\ntwo \"three\" \u00e9 \/"}"#;
        assert_eq!(
            text(Kind::Json, json, 1),
            r#"{"text":"one two "three" é /"}"#
        );
    }

    proptest! {
        #[test]
        fn any_page_is_read_the_same_in_pieces(page in "[<>/!a-c&;#\"'= -]{0,80}", piece in 1_usize..9) {
            prop_assert_eq!(text(Kind::Markup, &page, piece), text(Kind::Markup, &page, 10_000));
        }

        #[test]
        fn any_text_is_read_without_harm(page in ".{0,300}") {
            let _ = text(Kind::Markup, &page, 10_000);
            let _ = text(Kind::Json, &page, 10_000);
        }
    }
}
