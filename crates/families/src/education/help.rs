//! The directory of help: national bodies that come with the program (`spec/help/national.toml`),
//! and those that the setting adds. The setting can put a national one right, or not give it out.

use kernel::calendar::Nation;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Somebody who helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// Its name in the directory, for ever: `childline`, `local-3`.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// Other names under which a policy may speak of it.
    #[serde(default)]
    pub aka: Vec<String>,
    /// What it is for.
    pub is_for: String,
    /// For what it helps.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Who may turn to it.
    #[serde(default)]
    pub who: Vec<Whom>,
    /// The telephone number; may be empty.
    #[serde(default)]
    pub phone: String,
    /// When somebody answers; may be empty.
    #[serde(default)]
    pub hours: String,
    /// The address on the web; may be empty.
    #[serde(default)]
    pub site: String,
    /// The nations in which it helps; empty: all four.
    #[serde(default)]
    pub nations: Vec<Nation>,
}

/// What somebody needs help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Danger now.
    Danger,
    /// A child who may be harmed.
    Abuse,
    /// A stranger who gets close to a child online.
    Grooming,
    /// Sexual images of children.
    Images,
    /// Bullying.
    Bullying,
    /// Hate.
    Hate,
    /// Being drawn into terrorism.
    Terrorism,
    /// Fraud.
    Fraud,
    /// The behaviour of an adult who works with children.
    Adults,
    /// Speaking up about how an organisation works.
    Whistleblowing,
    /// Personal data.
    Data,
    /// Advice on staying safe online.
    Advice,
    /// Families.
    Parents,
    /// Health.
    Health,
}

/// Topics for forms: key and label.
pub const TOPICS: &[(&str, &str)] = &[
    ("danger", "Somebody is in danger now"),
    ("abuse", "A child may be harmed"),
    ("grooming", "Somebody has approached a child online"),
    ("images", "Sexual images of children"),
    ("bullying", "Bullying"),
    ("hate", "Hate"),
    ("terrorism", "Somebody is being drawn into terrorism"),
    ("fraud", "Fraud and computer crime"),
    (
        "adults",
        "The behaviour of an adult who works with children",
    ),
    (
        "whistleblowing",
        "Speaking up about how an organisation works",
    ),
    ("data", "Personal data"),
    ("advice", "Advice on staying safe online"),
    ("parents", "Help for families"),
    ("health", "Somebody to talk to"),
];

/// Who may turn to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// Children.
    Children,
    /// Parents and carers.
    Parents,
    /// People who work with children.
    Staff,
}

/// Whom, for forms: key and label.
pub const WHOM: &[(&str, &str)] = &[
    ("children", "Children"),
    ("parents", "Parents and carers"),
    ("staff", "People who work here"),
];

impl Topic {
    /// All of them, the most pressing first.
    pub const ALL: [Topic; 14] = [
        Topic::Danger,
        Topic::Abuse,
        Topic::Grooming,
        Topic::Images,
        Topic::Bullying,
        Topic::Hate,
        Topic::Terrorism,
        Topic::Fraud,
        Topic::Adults,
        Topic::Whistleblowing,
        Topic::Data,
        Topic::Advice,
        Topic::Parents,
        Topic::Health,
    ];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        let place = Topic::ALL.iter().position(|topic| *topic == self);
        place
            .and_then(|place| TOPICS.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// The topic with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.key() == key)
    }
}

impl Whom {
    /// All of them.
    pub const ALL: [Whom; 3] = [Whom::Children, Whom::Parents, Whom::Staff];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Whom::Children => "children",
            Whom::Parents => "parents",
            Whom::Staff => "staff",
        }
    }

    /// Whom this key means.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Whom> {
        Whom::ALL.into_iter().find(|whom| whom.key() == key)
    }
}

impl Help {
    /// Whether it helps in this nation.
    #[must_use]
    pub fn is_in(&self, nation: Nation) -> bool {
        self.nations.is_empty() || self.nations.contains(&nation)
    }

    /// Whether words of a policy speak of it: by its name, another name, or its address.
    #[must_use]
    pub fn is_named_in(&self, words: &str) -> bool {
        let words = plain(words);
        let says = |name: &str| {
            let name = plain(name);
            !name.trim().is_empty() && words.contains(&format!(" {} ", name.trim()))
        };
        let host = self.site.split("//").nth(1).unwrap_or_default();
        let host = host
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches("www.");
        says(&self.name) || self.aka.iter().any(|name| says(name)) || says(host)
    }
}

/// Small letters and digits in single spaces, with a space at each end.
fn plain(words: &str) -> String {
    let letters = words
        .to_lowercase()
        .replace(|c: char| !c.is_alphanumeric(), " ");
    let parts: Vec<&str> = letters.split_whitespace().collect();
    format!(" {} ", parts.join(" "))
}

#[derive(Deserialize)]
struct File {
    help: Vec<Help>,
}

/// National help, as it comes with the program.
pub static NATIONAL: LazyLock<Vec<Help>> = LazyLock::new(|| {
    let text = include_str!("../../../../spec/help/national.toml");
    // INVARIANT: a test reads the file, so it can be read here.
    toml::from_str::<File>(text)
        .map(|file| file.help)
        .unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_help_can_be_read_and_each_can_be_reached() {
        assert!(NATIONAL.len() >= 45, "{}", NATIONAL.len());
        let mut ids: Vec<&str> = NATIONAL.iter().map(|help| help.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), NATIONAL.len());
        for help in NATIONAL.iter() {
            assert!(
                !help.phone.is_empty() || !help.site.is_empty(),
                "{}",
                help.id
            );
            assert!(
                help.site.is_empty() || help.site.starts_with("https://"),
                "{}",
                help.id
            );
            assert!(
                !help.topics.is_empty() && !help.who.is_empty(),
                "{}",
                help.id
            );
            assert!(help.is_for.ends_with('.'), "{}", help.id);
        }
    }

    #[test]
    fn each_topic_has_help_in_each_nation() {
        for nation in Nation::ALL {
            for topic in Topic::ALL {
                let helps = |help: &&Help| help.topics.contains(&topic) && help.is_in(nation);
                assert!(
                    NATIONAL.iter().any(|help| helps(&help)),
                    "{topic:?} {nation:?}"
                );
            }
        }
    }

    #[test]
    fn keys_and_labels_stand_in_the_order_of_the_topics() {
        for topic in Topic::ALL {
            let written = serde_json::to_string(&topic).unwrap();
            assert_eq!(written, format!("\"{}\"", topic.key()));
            assert_eq!(Topic::from_key(topic.key()), Some(topic));
        }
    }

    #[test]
    fn help_is_known_by_the_names_that_policies_use() {
        let find = |words: &str| {
            NATIONAL
                .iter()
                .find(|help| help.is_named_in(words))
                .map(|help| help.id.as_str())
        };
        assert_eq!(find("Childline 0800 1111"), Some("childline"));
        assert_eq!(find("the IWF"), Some("iwf"));
        assert_eq!(find("see internetmatters.org"), Some("internet-matters"));
        assert_eq!(find("our county adviser"), None);
        assert_eq!(find("the practitioner"), None);
    }
}
