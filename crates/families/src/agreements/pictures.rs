//! Pictures for children: a mark that a child can choose, and a simple drawing for each theme of the
//! rules. Drawn by us, a few lines each; the words always stand beside them.

use maud::{Markup, PreEscaped, html};

/// The pictures that a child can choose as a mark: key and name.
pub const MARKS: &[(&str, &str)] = &[
    ("sun", "Sun"),
    ("star", "Star"),
    ("fish", "Fish"),
    ("tree", "Tree"),
    ("boat", "Boat"),
    ("snail", "Snail"),
];

/// A theme of the rules for children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// A grown-up is there.
    Together,
    /// Tell somebody.
    Tell,
    /// Be kind.
    Kind,
    /// Keep what is yours to yourself.
    Secret,
    /// Pictures are asked for first.
    Picture,
    /// Look after our things.
    Care,
    /// Stop when it is time.
    Stop,
}

impl Theme {
    /// All themes, in the order in which they are looked for.
    pub const ALL: [Theme; 7] = [
        Theme::Tell,
        Theme::Secret,
        Theme::Picture,
        Theme::Kind,
        Theme::Stop,
        Theme::Care,
        Theme::Together,
    ];

    /// The theme of a clause, by its words; being together where none is found.
    #[must_use]
    pub fn of(words: &str) -> Theme {
        let words = words.to_lowercase();
        let fits = |theme: &Theme| theme.words().iter().any(|part| words.contains(part));
        Theme::ALL.into_iter().find(fits).unwrap_or(Theme::Together)
    }

    fn words(self) -> &'static [&'static str] {
        match self {
            Theme::Tell => &[
                "tell", "report", "upset", "worr", "scar", "incident", "settle",
            ],
            Theme::Secret => &[
                "password", "private", "personal", "name", "address", "secret",
            ],
            Theme::Picture => &["picture", "photo", "camera", "video", "image"],
            Theme::Kind => &[
                "kind", "harm", "hurt", "offen", "bully", "positive", "respect",
            ],
            Theme::Stop => &["time", "minutes", "turn", "stop"],
            Theme::Care => &["device", "tablet", "computer", "equipment", "careful"],
            Theme::Together => &["adult", "grown-up", "together", "supervis", "help", "with"],
        }
    }

    /// The message that says what a child can do, in few words.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Theme::Together => "agreement-child-together",
            Theme::Tell => "agreement-child-tell",
            Theme::Kind => "agreement-child-kind",
            Theme::Secret => "agreement-child-secret",
            Theme::Picture => "agreement-child-picture",
            Theme::Care => "agreement-child-care",
            Theme::Stop => "agreement-child-stop",
        }
    }

    /// Its drawing.
    #[must_use]
    pub fn draw(self) -> Markup {
        let lines = match self {
            Theme::Together => {
                r#"<circle cx="34" cy="26" r="12"/><path d="M18 84V56a16 16 0 0 1 32 0v28"/><circle cx="70" cy="46" r="9"/><path d="M58 84V68a12 12 0 0 1 24 0v16M50 62l10 6"/>"#
            }
            Theme::Tell => {
                r#"<circle cx="30" cy="40" r="14"/><path d="M10 86V74a20 20 0 0 1 40 0v12"/><path d="M54 18h34v26H70l-10 10V44h-6z"/><path d="M71 24v8M71 38v.5"/>"#
            }
            Theme::Kind => {
                r#"<path d="M50 82C10 54 16 22 36 22c8 0 14 8 14 12 0-4 6-12 14-12 20 0 26 32-14 60z"/>"#
            }
            Theme::Secret => {
                r#"<rect x="22" y="44" width="56" height="40" rx="6"/><path d="M34 44V32a16 16 0 0 1 32 0v12M50 58v12"/>"#
            }
            Theme::Picture => {
                r#"<rect x="12" y="32" width="76" height="50" rx="6"/><path d="M36 32l6-12h16l6 12"/><circle cx="50" cy="57" r="15"/>"#
            }
            Theme::Care => {
                r#"<rect x="26" y="12" width="48" height="64" rx="6"/><path d="M46 68h8M14 88c10-8 26-8 36-2M86 88c-10-8-26-8-36-2"/>"#
            }
            Theme::Stop => r#"<circle cx="50" cy="50" r="36"/><path d="M50 28v22l14 10"/>"#,
        };
        picture(lines)
    }
}

/// The drawing of a mark.
#[must_use]
pub fn mark(key: &str) -> Option<Markup> {
    let lines = match key {
        "sun" => {
            r#"<circle cx="50" cy="50" r="20"/><path d="M50 10v12M50 78v12M10 50h12M78 50h12M22 22l8 8M70 70l8 8M78 22l-8 8M30 70l-8 8"/>"#
        }
        "star" => r#"<path d="M50 12l11 26 28 2-21 19 6 28-24-15-24 15 6-28-21-19 28-2z"/>"#,
        "fish" => {
            r#"<path d="M12 50c14-24 42-24 58 0 -16 24-44 24-58 0zM70 50l18-16v32z"/><circle cx="30" cy="46" r="2"/>"#
        }
        "tree" => r#"<circle cx="50" cy="36" r="24"/><path d="M50 48v42M36 90h28"/>"#,
        "boat" => r#"<path d="M14 64h72l-14 20H28zM50 64V14l26 38H50"/>"#,
        "snail" => {
            r#"<circle cx="44" cy="50" r="24"/><path d="M44 50a10 10 0 1 0 10-10M20 74h56c10 0 12-18 10-30M86 44l-6-10M86 44l6-10"/>"#
        }
        _ => return None,
    };
    Some(picture(lines))
}

/// Lines in a square of a hundred. The words beside it say the same, so it is hidden from readers.
fn picture(lines: &'static str) -> Markup {
    html! {
        svg class="sg-picture" viewBox="0 0 100 100" width="72" height="72" aria-hidden="true" focusable="false"
            fill="none" stroke="currentColor" stroke-width="5" stroke-linejoin="round" stroke-linecap="round" {
            (PreEscaped(lines))
        }
    }
}
