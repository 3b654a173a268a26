//! Words for what is chosen from lists: what providers do, lines, junk mail, reasons for a review.

/// What providers provide.
pub const SERVICES: &[(&str, &str)] = &[
    ("broadband", "The broadband line"),
    ("filtering", "Filtering"),
    ("monitoring", "Monitoring"),
    ("support", "Support for devices and the network"),
    ("mail", "Mail"),
];

/// What providers are members of, or accredited for.
pub const STANDINGS: &[(&str, &str)] = &[
    ("iwf", "Member of the Internet Watch Foundation"),
    ("iwf-list", "Uses the list of the Internet Watch Foundation"),
    (
        "ctiru",
        "Uses the police’s list of unlawful terrorist material",
    ),
    (
        "uksic",
        "Has answered the national questions to providers of filtering",
    ),
    (
        "uksic-monitoring",
        "Has answered the national questions to providers of monitoring",
    ),
    ("cyber-essentials", "Cyber Essentials"),
];

/// Lines by which devices reach the internet.
pub const LINES: &[(&str, &str)] = &[
    ("broadband", "The broadband line"),
    ("guests", "The network for guests"),
    ("hotspot", "The hot spot of a phone"),
    ("stick", "A stick or router with its own SIM"),
    ("other", "Another line"),
];

/// How a line is filtered.
pub const FILTERED: &[(&str, &str)] = &[
    ("here", "By this filter"),
    ("provider", "By its provider"),
    ("not", "Not at all"),
];

/// How far the filter sees what a device does.
pub const DOORS: &[(&str, &str)] = &[
    ("not", "Not filtered"),
    ("names", "By names only"),
    ("proxy", "Through the web proxy"),
    ("inspected", "Through the web proxy, which looks into pages"),
];

/// What junk mail was.
pub const SPAM: &[(&str, &str)] = &[
    ("junk", "Junk: somebody wants to sell something"),
    ("phishing", "Somebody pretends to be somebody else"),
    ("attachment", "A file that may be harmful"),
    ("indecent", "Something indecent or frightening"),
];

/// Why filtering and monitoring are reviewed before their time.
pub const REVIEWS: &[(&str, &str)] = &[
    ("ai-tool", "An AI tool is introduced"),
    ("technology", "Devices, the network or a provider changed"),
    (
        "risk",
        "A risk changed, such as a child who needs other protection",
    ),
    ("incident", "Something happened"),
];

/// The words for a key.
#[must_use]
pub fn of(list: &'static [(&'static str, &'static str)], key: &str) -> String {
    let found = list.iter().find(|(own, _)| *own == key);
    found.map_or_else(|| key.to_owned(), |(_, words)| (*words).to_owned())
}

/// The words for a key, as they stand within a sentence.
#[must_use]
pub fn within(list: &'static [(&'static str, &'static str)], key: &str) -> String {
    let words = of(list, key);
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
