//! Facts about the filter.

pub mod evidence;
mod shapes;

pub use shapes::SHAPES;

use crate::{
    devices::kinds::Users,
    spine::{act::Person, entry::Written, permit::Need},
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};

/// A fact about the filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A change was proposed.
    Proposed(Proposed),
    /// A second person approved it, or did not.
    Decided(Decided),
    /// It was taken back.
    TakenBack(TakenBack),
    /// Somebody found something closed and asks for it.
    Requested(Requested),
    /// It was answered.
    Answered(Answered),
    /// A topic is coming up, for which people look at what may look like a worry.
    TopicNoted(TopicNoted),
    /// A list of what is illegal is there.
    ListRecorded(ListRecorded),
    /// It no longer is.
    ListEnded(ListEnded),
    /// Somebody saw something that should not have been there.
    Seen(Seen),
    /// Something illegal was asked for, and closed.
    IllegalHit(IllegalHit),
    /// Something about whether the filter does what it says.
    Evidence(evidence::Entry),
}

/// What is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A site is open, with what it needs.
    OpenSite {
        /// The site.
        site: String,
        /// What it needs.
        #[serde(default)]
        needs: Vec<String>,
    },
    /// A site is closed.
    CloseSite {
        /// The site.
        site: String,
    },
    /// A kind of sites is open.
    OpenKind {
        /// The kind.
        kind: String,
    },
    /// A kind of sites is closed.
    CloseKind {
        /// The kind.
        kind: String,
    },
    /// A list is fetched from now on; what is on it is closed as its kind is.
    AddList {
        /// The list.
        list: Subscription,
    },
    /// A list rests until the last day of the change: what is on it is not closed by it.
    PauseList {
        /// What it is called.
        name: String,
    },
    /// A list is no longer fetched, and what is on it no longer closed by it.
    RemoveList {
        /// What it is called.
        name: String,
    },
    /// A newer list that is much shorter, and is held back, is taken.
    TakeShorter {
        /// What it is called.
        name: String,
    },
}

/// A list that the setting has chosen: from where, in which form, on what terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// What it is called here.
    pub name: String,
    /// Where it is fetched from.
    pub address: String,
    /// The kind of its names.
    pub kind: String,
    /// The form, as the filter calls it; empty: found out.
    #[serde(default)]
    pub form: String,
    /// On what terms it may be used, as whoever makes it says.
    #[serde(default)]
    pub licence: String,
    /// Who is to be named for it.
    #[serde(default)]
    pub attribution: String,
}

/// A change was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its number.
    pub change: u32,
    /// What.
    pub what: What,
    /// For whom.
    pub users: Vec<Users>,
    /// The last day; what opens has one.
    #[serde(default)]
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
    /// What could go wrong, and what was weighed up.
    pub risk: String,
}

/// A second person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The change.
    pub change: u32,
    /// Whether it holds from now on.
    pub approved: bool,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// It was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// The change.
    pub change: u32,
    /// Why.
    pub why: String,
}

/// Somebody found something closed and asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// Its number.
    pub request: u32,
    /// The site.
    pub site: String,
    /// For whom.
    pub users: Users,
    /// Why it is needed.
    pub why: String,
}

/// It was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Which.
    pub request: u32,
    /// The change that opens it; nothing: it stays closed.
    #[serde(default)]
    pub opens: Option<Opens>,
    /// Why.
    pub why: String,
}

/// What an answer opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opens {
    /// The number of the change.
    pub change: u32,
    /// What the site needs to work.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The last day.
    pub until: Date,
}

/// A topic is coming up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicNoted {
    /// What it is.
    pub topic: String,
    /// Words that people are going to look for.
    #[serde(default)]
    pub words: Vec<String>,
    /// Themes of alerts that it may look like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Until when.
    pub until: Date,
}

/// A list of what is illegal is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRecorded {
    /// What it is called.
    pub name: String,
    /// Who supplies it, and under which licence.
    pub supplier: String,
    /// The last day of the licence.
    pub until: Date,
}

/// It no longer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEnded {
    /// What it is called.
    pub name: String,
}

/// Somebody saw something that should not have been there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The case that it opened.
    pub case: u32,
    /// The devices that were cut off.
    pub devices: Vec<u32>,
    /// When the internet was open, which time it was.
    #[serde(default)]
    pub session: Option<u32>,
    /// The trace from here …
    pub from: Moment,
    /// … to here is kept.
    pub to: Moment,
    /// The address, as far as it is known.
    pub address: Private<String>,
}

/// Something illegal was asked for, and closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IllegalHit {
    /// The case that it opened.
    pub case: u32,
    /// The device.
    #[serde(default)]
    pub device: Option<u32>,
    /// Who had it.
    #[serde(default)]
    pub person: Option<Person>,
    /// The list.
    pub list: String,
    /// The trace from here …
    pub from: Moment,
    /// … to here is kept.
    pub to: Moment,
}

impl What {
    /// In words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let kind = |kind: &String| match super::kinds::in_words(kind) {
            "" => kind.clone(),
            words => words.to_lowercase(),
        };
        match self {
            What::OpenSite { site, needs } if needs.is_empty() => format!("open {site}"),
            What::OpenSite { site, needs } => format!("open {site}, with {}", needs.join(", ")),
            What::CloseSite { site } => format!("close {site}"),
            What::OpenKind { kind: own } => format!("open {}", kind(own)),
            What::CloseKind { kind: own } => format!("close {}", kind(own)),
            What::AddList { list } => {
                format!("add the list {} for {}", list.name, kind(&list.kind))
            }
            What::PauseList { name } => format!("pause the list {name}"),
            What::RemoveList { name } => format!("remove the list {name}"),
            What::TakeShorter { name } => {
                format!("take the list {name}, which is much shorter than before")
            }
        }
    }

    /// The names that a site needs, which are opened with it.
    #[must_use]
    pub fn needs(&self) -> &[String] {
        match self {
            What::OpenSite { needs, .. } => needs,
            What::CloseSite { .. }
            | What::OpenKind { .. }
            | What::CloseKind { .. }
            | What::AddList { .. }
            | What::PauseList { .. }
            | What::RemoveList { .. }
            | What::TakeShorter { .. } => &[],
        }
    }

    /// Whether it opens something.
    #[must_use]
    pub fn opens(&self) -> bool {
        match self {
            What::OpenSite { .. }
            | What::OpenKind { .. }
            | What::PauseList { .. }
            | What::RemoveList { .. }
            | What::TakeShorter { .. } => true,
            What::CloseSite { .. } | What::CloseKind { .. } | What::AddList { .. } => false,
        }
    }

    /// Whether it has to end on a day.
    #[must_use]
    pub fn has_to_end(&self) -> bool {
        matches!(
            self,
            What::OpenSite { .. } | What::OpenKind { .. } | What::PauseList { .. }
        )
    }

    /// The list that it is about.
    #[must_use]
    pub fn list(&self) -> Option<&str> {
        match self {
            What::AddList { list } => Some(&list.name),
            What::PauseList { name } | What::RemoveList { name } | What::TakeShorter { name } => {
                Some(name)
            }
            What::OpenSite { .. }
            | What::CloseSite { .. }
            | What::OpenKind { .. }
            | What::CloseKind { .. } => None,
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            // Changes of lists came later, so they have a form of their own.
            Entry::Proposed(fact) if fact.what.list().is_some() => {
                Written::of("filter.proposed", 2, fact)
            }
            Entry::Proposed(fact) => Written::of("filter.proposed", 1, fact),
            Entry::Decided(fact) => Written::of("filter.decided", 1, fact),
            Entry::TakenBack(fact) => Written::of("filter.taken-back", 1, fact),
            Entry::Requested(fact) => Written::of("filter.requested", 1, fact),
            Entry::Answered(fact) => Written::of("filter.answered", 1, fact),
            Entry::TopicNoted(fact) => Written::of("filter.topic-noted", 1, fact),
            Entry::ListRecorded(fact) => Written::of("filter.list-recorded", 1, fact),
            Entry::ListEnded(fact) => Written::of("filter.list-ended", 1, fact),
            Entry::Seen(fact) => Written::of("filter.case-seen", 1, fact),
            Entry::IllegalHit(fact) => Written::of("filter.case-illegal", 1, fact),
            Entry::Evidence(entry) => entry.write(),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Proposed(fact) => format!(
                "proposed to {}, change {} of the filter",
                fact.what.in_words(),
                fact.change
            ),
            Entry::Decided(fact) if fact.approved => {
                format!("approved change {} of the filter", fact.change)
            }
            Entry::Decided(fact) => format!("refused change {} of the filter", fact.change),
            Entry::TakenBack(fact) => format!("took back change {} of the filter", fact.change),
            Entry::Requested(fact) => format!("asked to open {}", fact.site),
            Entry::Answered(fact) if fact.opens.is_some() => {
                format!("opened what request {} asks for", fact.request)
            }
            Entry::Answered(fact) => format!("left closed what request {} asks for", fact.request),
            Entry::TopicNoted(fact) => format!("noted that {} is coming up", fact.topic),
            Entry::ListRecorded(fact) => {
                format!("recorded the list {} of what is illegal", fact.name)
            }
            Entry::ListEnded(fact) => format!("recorded that the list {} has ended", fact.name),
            Entry::Seen(fact) => {
                format!(
                    "said that something was seen on a device, case {}",
                    fact.case
                )
            }
            Entry::IllegalHit(fact) => {
                format!(
                    "closed something illegal that was asked for, case {}",
                    fact.case
                )
            }
            Entry::Evidence(entry) => entry.in_words(),
        }
    }

    /// Who may see the line, where not everybody may who sees the ledger: what opened a case is for
    /// who is on it, and for who said it.
    #[must_use]
    pub fn need(&self, by: Option<Person>) -> Option<Need> {
        let case = match self {
            Entry::Seen(fact) => fact.case,
            Entry::IllegalHit(fact) => fact.case,
            _ => return None,
        };
        let mut needs = vec![Need::OnCase(case)];
        needs.extend(by.map(Need::Oneself));
        Some(Need::AnyOf(needs))
    }
}
