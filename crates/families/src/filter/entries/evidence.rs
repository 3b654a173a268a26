//! Facts about whether the filter does what it says: how it was tried, by itself and by people; how
//! its lists stand; when it stood still; who provides it; what was reviewed.

use crate::{
    devices::kinds::Users,
    spine::{act::Person, entry::Written},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// A fact about the evidence.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// The filter tried itself.
    Tested(Tested),
    /// How the lists stand has changed.
    ListsFound(ListsFound),
    /// The source of a list of what is illegal has not answered for a day.
    ListOld(ListOld),
    /// The filter stood still.
    StoodStill(StoodStill),
    /// It runs again.
    RanAgain(RanAgain),
    /// Somebody begins to check the filter by hand.
    CheckBegun(CheckBegun),
    /// What came of one step of it.
    StepTaken(StepTaken),
    /// A provider of the connection, of filtering or of support is named, or told of anew.
    ProviderNamed(ProviderNamed),
    /// A provider no longer is one.
    ProviderEnded(ProviderEnded),
    /// It was looked back on with a provider.
    ProviderReviewed(ProviderReviewed),
    /// A line by which devices reach the internet.
    LineRecorded(LineRecorded),
    /// It is no longer there.
    LineEnded(LineEnded),
    /// How a device is set up for the filter.
    DoorRecorded(DoorRecorded),
    /// The domain of the setting’s mail, and who provides it.
    MailNamed(MailNamed),
    /// What the domain says about who may send mail for it.
    MailLookedAt(MailLookedAt),
    /// Junk mail was reported.
    SpamReported(SpamReported),
    /// Somebody saw a page that should be closed.
    PageReported(PageReported),
    /// It was answered.
    ReportAnswered(ReportAnswered),
    /// Something happened for which filtering and monitoring are to be reviewed.
    ReviewAsked(ReviewAsked),
    /// They were reviewed.
    Reviewed(Reviewed),
}

/// The filter tried itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// When it was done.
    pub at: Moment,
    /// Why: `start`, `change`, `night`, `asked`.
    pub occasion: String,
    /// How many questions were asked.
    pub tried: u64,
    /// How many answers were not as they should be.
    pub wrong: u64,
    /// The first of these, in words.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Kinds of sites that a profile closes and no list covers.
    #[serde(default)]
    pub not_covered: Vec<String>,
    /// Names that have to stay open and were closed.
    #[serde(default)]
    pub over_blocked: Vec<String>,
    /// How many faults were put in on purpose, and how many of them were noticed.
    #[serde(default)]
    pub faults: Option<(u32, u32)>,
    /// How it went, for each profile and kind of sites.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub millis: u64,
    /// The number of the file of lists.
    #[serde(default)]
    pub lists: u32,
}

/// How a part of a trial went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// For which profile.
    pub profile: String,
    /// Which kind of sites; or `ways-round`, `safe-search`, `must-stay-open`.
    pub what: String,
    /// How many questions.
    pub tried: u64,
    /// How many answers were not as they should be.
    pub wrong: u64,
}

/// How the lists stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsFound {
    /// When.
    pub at: Moment,
    /// Each list.
    pub lists: Vec<ListFound>,
}

/// How a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFound {
    /// What it is called.
    pub name: String,
    /// The kind of its names.
    pub kind: String,
    /// How many it has.
    pub names: u64,
    /// When the version that is in use was fetched.
    #[serde(default)]
    pub fetched: Option<Moment>,
    /// When its source last answered.
    #[serde(default)]
    pub checked: Option<Moment>,
    /// Why a newer version is not used.
    #[serde(default)]
    pub held: Option<String>,
}

/// The source of a list of what is illegal has not answered for a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListOld {
    /// What it is called.
    pub list: String,
    /// When its source last answered, if it ever did.
    #[serde(default)]
    pub answered: Option<Moment>,
}

/// The filter stood still: nothing was answered, so nothing was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoodStill {
    /// Since when.
    pub since: Moment,
    /// Why, as far as it is known.
    #[serde(default)]
    pub why: String,
}

/// It runs again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RanAgain {
    /// Since when.
    pub at: Moment,
}

/// Somebody begins to check the filter by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckBegun {
    /// The number of the check.
    pub check: u32,
    /// On which device of the register.
    #[serde(default)]
    pub device: Option<u32>,
    /// As whom.
    pub users: Users,
    /// The steps, in order.
    pub steps: Vec<String>,
}

/// What came of one step of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// The check.
    pub check: u32,
    /// The step.
    pub step: String,
    /// What came.
    pub came: Came,
    /// What was seen, in words.
    #[serde(default)]
    pub note: String,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// It was as it should be.
    Right,
    /// It was not.
    Wrong,
    /// It could not be tried.
    NotTried,
}

/// A provider is named, or told of anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderNamed {
    /// Its number.
    pub provider: u32,
    /// What is known of it.
    pub about: Provider,
}

/// What is known of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// What it provides: `broadband`, `filtering`, `monitoring`, `support`, `mail`.
    pub does: Vec<String>,
    /// How its service desk is reached.
    pub contact: String,
    /// The contract, by its name or number.
    #[serde(default)]
    pub contract: String,
    /// The last day of the contract.
    #[serde(default)]
    pub until: Option<Date>,
    /// What it is a member of or accredited for, and until when.
    #[serde(default)]
    pub standings: Vec<Accredited>,
    /// As the policy names it, where the policy does.
    #[serde(default)]
    pub named: String,
}

/// What a provider is a member of, or accredited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accredited {
    /// By or of whom: `iwf`, `ctiru`, `uksic`, or words.
    pub what: String,
    /// The last day for which it was seen.
    pub until: Date,
}

/// A provider no longer is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderEnded {
    /// Which.
    pub provider: u32,
    /// Why.
    pub why: String,
}

/// It was looked back on with a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderReviewed {
    /// Which.
    pub provider: u32,
    /// What came of it.
    pub found: String,
}

/// A line by which devices reach the internet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRecorded {
    /// Its number.
    pub line: u32,
    /// What it is called.
    pub name: String,
    /// What it is: `broadband`, `guests`, `hotspot`, `stick`, `other`.
    pub kind: String,
    /// How it is filtered: `here`, `provider`, `not`.
    pub filtered: String,
    /// How it is known, and who may use the line when.
    pub how: String,
}

/// It is no longer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineEnded {
    /// Which.
    pub line: u32,
}

/// How a device is set up for the filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorRecorded {
    /// The device.
    pub device: u32,
    /// How far the filter sees what it does.
    pub door: Door,
    /// Why it is so, or what is done instead.
    #[serde(default)]
    pub note: String,
}

/// How far the filter sees what a device does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Not at all.
    #[default]
    Not,
    /// Names only.
    Names,
    /// Whole addresses of what is not encrypted, and hosts of what is.
    Proxy,
    /// What pages say.
    Inspected,
}

/// The domain of the setting’s mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailNamed {
    /// The domain; empty: the setting has none of its own.
    pub domain: String,
    /// Who provides it.
    pub provider: String,
    /// Under which names the provider’s key stands in the domain.
    #[serde(default)]
    pub selectors: Vec<String>,
}

/// What a domain says about who may send mail for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLookedAt {
    /// The domain.
    pub domain: String,
    /// Whether it says which machines may.
    pub spf: Spf,
    /// Under which names there is a key with which mail is signed.
    #[serde(default)]
    pub dkim: Vec<String>,
    /// Whether it says what is to be done with the rest.
    pub dmarc: Dmarc,
}

/// What a domain says about which machines may send mail for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spf {
    /// Nothing.
    #[default]
    None,
    /// More than one thing, so that nobody knows.
    Twice,
    /// All may.
    Anybody,
    /// These; of others it says nothing sure.
    Soft,
    /// These and no others.
    Strict,
}

/// What a domain asks others to do with mail that is not from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dmarc {
    /// Nothing.
    #[default]
    None,
    /// Only to tell.
    Watch,
    /// To put it with the junk.
    Quarantine,
    /// To refuse it.
    Reject,
}

/// Junk mail was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpamReported {
    /// What it was: `junk`, `phishing`, `attachment`, `indecent`.
    pub what: String,
    /// To whom it was reported.
    pub to: String,
    /// Whether somebody pressed or opened something in it.
    #[serde(default)]
    pub opened: bool,
}

/// Somebody saw a page that should be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReported {
    /// The number of the report.
    pub report: u32,
    /// The site.
    pub site: String,
    /// For whom it should be closed.
    pub users: Users,
    /// Why.
    pub why: String,
}

/// It was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAnswered {
    /// Which.
    pub report: u32,
    /// The change that closes it; nothing: it stays open.
    #[serde(default)]
    pub closes: Option<u32>,
    /// Why.
    pub why: String,
}

/// Something happened for which filtering and monitoring are to be reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAsked {
    /// What: `ai-tool`, `technology`, `risk`, `incident`.
    pub why: String,
    /// In words.
    pub what: String,
}

/// Filtering and monitoring were reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Who took part.
    pub people: Vec<Person>,
    /// What was found.
    pub found: String,
    /// What is going to change.
    pub changes: String,
}

impl Door {
    /// As forms and the words have it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Door::Not => "not",
            Door::Names => "names",
            Door::Proxy => "proxy",
            Door::Inspected => "inspected",
        }
    }

    /// The door with this key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Door> {
        let all = [Door::Not, Door::Names, Door::Proxy, Door::Inspected];
        all.into_iter().find(|door| door.key() == key)
    }
}

impl Entry {
    pub(super) fn write(&self) -> Written {
        match self {
            Entry::Tested(fact) => Written::of("filter.tested", 1, fact),
            Entry::ListsFound(fact) => Written::of("filter.lists-found", 1, fact),
            Entry::ListOld(fact) => Written::of("filter.list-old", 1, fact),
            Entry::StoodStill(fact) => Written::of("filter.stood-still", 1, fact),
            Entry::RanAgain(fact) => Written::of("filter.ran-again", 1, fact),
            Entry::CheckBegun(fact) => Written::of("filter.check-begun", 1, fact),
            Entry::StepTaken(fact) => Written::of("filter.step-taken", 1, fact),
            Entry::ProviderNamed(fact) => Written::of("filter.provider-named", 1, fact),
            Entry::ProviderEnded(fact) => Written::of("filter.provider-ended", 1, fact),
            Entry::ProviderReviewed(fact) => Written::of("filter.provider-reviewed", 1, fact),
            Entry::LineRecorded(fact) => Written::of("filter.line-recorded", 1, fact),
            Entry::LineEnded(fact) => Written::of("filter.line-ended", 1, fact),
            Entry::DoorRecorded(fact) => Written::of("filter.door-recorded", 1, fact),
            Entry::MailNamed(fact) => Written::of("filter.mail-named", 1, fact),
            Entry::MailLookedAt(fact) => Written::of("filter.mail-looked-at", 1, fact),
            Entry::SpamReported(fact) => Written::of("filter.spam-reported", 1, fact),
            Entry::PageReported(fact) => Written::of("filter.page-reported", 1, fact),
            Entry::ReportAnswered(fact) => Written::of("filter.report-answered", 1, fact),
            Entry::ReviewAsked(fact) => Written::of("filter.review-asked", 1, fact),
            Entry::Reviewed(fact) => Written::of("filter.reviewed", 1, fact),
        }
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Entry::Tested(fact) if fact.wrong == 0 => {
                format!("tried the filter with {} questions; all well", fact.tried)
            }
            Entry::Tested(fact) => format!(
                "tried the filter with {} questions; {} answers were wrong",
                fact.tried, fact.wrong
            ),
            Entry::ListsFound(_) => "found how the lists of the filter stand".to_owned(),
            Entry::ListOld(fact) => {
                format!("found that the list {} has not been renewed", fact.list)
            }
            Entry::StoodStill(_) => "found that the filter stands still".to_owned(),
            Entry::RanAgain(_) => "found that the filter runs again".to_owned(),
            Entry::CheckBegun(fact) => format!("began check {} of the filter", fact.check),
            Entry::StepTaken(fact) => format!("took a step of check {} of the filter", fact.check),
            Entry::ProviderNamed(fact) => format!("recorded {} as provider", fact.about.name),
            Entry::ProviderEnded(fact) => format!("ended provider {}", fact.provider),
            Entry::ProviderReviewed(fact) => format!("reviewed provider {}", fact.provider),
            Entry::LineRecorded(fact) => format!("recorded the line {}", fact.name),
            Entry::LineEnded(fact) => format!("recorded that line {} has ended", fact.line),
            Entry::DoorRecorded(fact) => {
                format!("recorded how device {} is filtered", fact.device)
            }
            Entry::MailNamed(_) => "recorded the domain of the setting’s mail".to_owned(),
            Entry::MailLookedAt(fact) => {
                format!("looked at what {} says about its mail", fact.domain)
            }
            Entry::SpamReported(_) => "recorded junk mail that was reported".to_owned(),
            Entry::PageReported(fact) => format!("said that {} should be closed", fact.site),
            Entry::ReportAnswered(fact) if fact.closes.is_some() => {
                format!("closed what report {} is about", fact.report)
            }
            Entry::ReportAnswered(fact) => {
                format!("left open what report {} is about", fact.report)
            }
            Entry::ReviewAsked(_) => "asked for a review of filtering and monitoring".to_owned(),
            Entry::Reviewed(_) => "reviewed filtering and monitoring".to_owned(),
        }
    }
}
