//! Facts of monitoring.

use super::kinds::Severity;
use crate::{
    roles::role::Role,
    spine::{
        act::{Person, Room},
        entry::{Entry as AnyEntry, Shape, Written},
        permit::Need,
    },
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact of monitoring.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Something was asked for that may be a worry.
    Raised(Raised),
    /// It was asked for again.
    Repeated(Repeated),
    /// It became a concern.
    Became(Became),
    /// It is no worry.
    Dismissed(Dismissed),
    /// Somebody else looked at it again.
    SecondLooked(SecondLooked),
    /// Somebody looked at what was asked for, for a reason.
    Looked(Looked),
    /// A day of traces is over.
    DayClosed(DayClosed),
    /// Chance picked what is looked at by hand.
    CheckPicked(CheckPicked),
    /// It was looked at.
    Checked(Checked),
    /// Online safety was talked over.
    Talked(Talked),
    /// The data protection impact assessment was written down, or looked at again.
    Assessed(Assessed),
    /// The reports were looked through.
    UseReviewed(UseReviewed),
    /// The work of those who monitor was looked through.
    MonitorsReviewed(MonitorsReviewed),
    /// Somebody who monitors was given support.
    Supported(Supported),
}

/// Something was asked for that may be a worry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raised {
    /// Its number, among those of alerts.
    pub case: u32,
    /// What tells it from others while it goes on.
    pub series: String,
    /// The theme.
    pub theme: String,
    /// How soon it has to be looked at.
    pub severity: Severity,
    /// The device.
    #[serde(default)]
    pub device: Option<u32>,
    /// Whom the device belonged to, or was signed out to.
    #[serde(default)]
    pub person: Option<Person>,
    /// Where it was.
    #[serde(default)]
    pub room: Option<Room>,
    /// The opening of the internet with children that was on.
    #[serde(default)]
    pub session: Option<u32>,
    /// What was asked for.
    pub asked: Private<Wanted>,
    /// Who is told.
    pub roles: Vec<Role>,
    /// Who is not: it is about them.
    #[serde(default)]
    pub excluded: Vec<Person>,
    /// When it was asked for first.
    pub first: Moment,
    /// How often so far.
    pub count: u32,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// A name, an address, or words.
    pub what: String,
    /// Whether these are words that were searched for.
    #[serde(default)]
    pub words: bool,
    /// Whether it was open.
    #[serde(default)]
    pub open: bool,
}

/// It was asked for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The alert.
    pub case: u32,
    /// How often in all.
    pub count: u32,
    /// When last.
    pub last: Moment,
}

/// It became a concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// The alert.
    pub case: u32,
    /// The concern.
    pub concern: u32,
}

/// It is no worry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissed {
    /// The alert.
    pub case: u32,
    /// Why.
    pub why: Private,
    /// Whether chance picked it for a second look.
    pub picked: bool,
}

/// Somebody else looked at it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondLooked {
    /// The alert.
    pub case: u32,
    /// Whether it was rightly dismissed. If not, it waits again.
    pub right: bool,
    /// What they say.
    pub why: Private,
}

/// Somebody looked at what was asked for, for a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// Its number, among those of looks.
    pub case: u32,
    /// Whose.
    #[serde(default)]
    pub person: Option<Person>,
    /// On which device.
    #[serde(default)]
    pub device: Option<u32>,
    /// Everybody whom it is about as far as it is known.
    #[serde(default)]
    pub people: Vec<Person>,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why, and for which words.
    pub said: Private<Said>,
    /// Until when it is open to whoever looked.
    pub until: Moment,
    /// The concern for which the trace was kept.
    #[serde(default)]
    pub concern: Option<u32>,
    /// Whether chance picked it to be looked through.
    pub picked: bool,
}

/// Why somebody looked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Why.
    pub why: String,
    /// Only what has these words in it.
    #[serde(default)]
    pub has: String,
}

/// A day of traces is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClosed {
    /// Which.
    pub day: Date,
    /// How many things were asked for.
    pub events: u64,
    /// How long its file is, in bytes.
    pub bytes: u64,
    /// SHA-256 of its file.
    pub digest: String,
    /// How many could not be kept.
    #[serde(default)]
    pub lost: u64,
    /// Days whose traces were let go because there was no room.
    #[serde(default)]
    pub gone: Vec<Date>,
}

/// What is looked at by hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thing {
    /// A device of the register.
    Device(u32),
    /// Somebody's account here, and the files that they have.
    Account(Person),
    /// Something that the policy names, or the program: shared folders.
    Named(String),
}

/// Chance picked what is looked at by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPicked {
    /// Its number.
    pub check: u32,
    /// What.
    pub thing: Thing,
    /// The last day.
    pub due: Date,
}

/// How a check by hand went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was as it should be.
    #[default]
    Fine,
    /// Something was put right.
    PutRight,
    /// Something has still to be put right.
    ToPutRight,
    /// It could not be looked at: it is not here.
    NotHere,
}

/// It was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Which.
    pub check: u32,
    /// How it went.
    pub outcome: Outcome,
    /// What was seen, without a word about anybody.
    #[serde(default)]
    pub note: String,
}

/// Online safety was talked over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talked {
    /// In what: a staff meeting, supervision.
    pub place: String,
    /// On which day.
    pub on: Date,
    /// About what, without a word about anybody.
    pub about: String,
}

/// The data protection impact assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// What for, and on which lawful basis.
    pub purpose: String,
    /// Why there is no way that looks at less.
    pub need: String,
    /// What could go wrong for people.
    pub risks: String,
    /// What is done about it.
    pub measures: String,
    /// Who was asked.
    pub asked: String,
    /// When it is looked at again.
    pub review: Date,
}

/// The reports were looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseReviewed {
    /// What comes of it, without a word about anybody.
    pub found: String,
}

/// The work of those who monitor was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonitorsReviewed {
    /// Which looks, by their numbers.
    pub looks: Vec<u32>,
    /// What was found.
    pub found: Private,
}

/// Somebody who monitors was given support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supported {
    /// Who.
    pub person: Person,
    /// How.
    pub how: Private,
}

impl Outcome {
    /// For forms: key and label.
    pub const KEYS: &'static [(&'static str, &'static str)] = &[
        ("fine", "It was as it should be"),
        ("put-right", "Something was put right"),
        ("to-put-right", "Something has still to be put right"),
        (
            "not-here",
            "It could not be looked at: it is not here any more",
        ),
    ];

    /// With this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Outcome> {
        Some(match key {
            "fine" => Outcome::Fine,
            "put-right" => Outcome::PutRight,
            "to-put-right" => Outcome::ToPutRight,
            "not-here" => Outcome::NotHere,
            _ => return None,
        })
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Outcome::Fine => "As it should be",
            Outcome::PutRight => "Put right",
            Outcome::ToPutRight => "To be put right",
            Outcome::NotHere => "Not here any more",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Raised(fact) => Written::of("monitor.alert-raised", 1, fact),
            Entry::Repeated(fact) => Written::of("monitor.alert-repeated", 1, fact),
            Entry::Became(fact) => Written::of("monitor.alert-became", 1, fact),
            Entry::Dismissed(fact) => Written::of("monitor.alert-dismissed", 1, fact),
            Entry::SecondLooked(fact) => Written::of("monitor.alert-second-looked", 1, fact),
            Entry::Looked(fact) => Written::of("monitor.looked", 1, fact),
            Entry::DayClosed(fact) => Written::of("monitor.day-closed", 1, fact),
            Entry::CheckPicked(fact) => Written::of("monitor.check-picked", 1, fact),
            Entry::Checked(fact) => Written::of("monitor.checked", 1, fact),
            Entry::Talked(fact) => Written::of("monitor.talked-over", 1, fact),
            Entry::Assessed(fact) => Written::of("monitor.assessed", 1, fact),
            Entry::UseReviewed(fact) => Written::of("monitor.use-reviewed", 1, fact),
            Entry::MonitorsReviewed(fact) => Written::of("monitor.monitors-reviewed", 1, fact),
            Entry::Supported(fact) => Written::of("monitor.supported", 1, fact),
        }
    }

    /// What happened. Lines of alerts and looks are seen by who may know of them only.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Raised(_) => "raised an alert about what was asked for".to_owned(),
            Entry::Repeated(_) => "noted that an alert goes on".to_owned(),
            Entry::Became(fact) => format!("made concern {} of an alert", fact.concern),
            Entry::Dismissed(_) => "dismissed an alert".to_owned(),
            Entry::SecondLooked(fact) if fact.right => {
                "looked again at an alert, which was rightly dismissed".to_owned()
            }
            Entry::SecondLooked(_) => "looked again at an alert, and opened it again".to_owned(),
            Entry::Looked(fact) => match (fact.person, fact.device) {
                (Some(person), _) => format!("looked at what {} asked for", person.mark()),
                (None, Some(device)) => format!("looked at what device {device} asked for"),
                (None, None) => "searched what was asked for".to_owned(),
            },
            Entry::DayClosed(fact) => format!(
                "closed the traces of {}",
                kernel::moment::date_in_words(fact.day)
            ),
            Entry::CheckPicked(fact) => format!("picked by chance: check {}", fact.check),
            Entry::Checked(fact) => format!(
                "did check {} by hand: {}",
                fact.check,
                fact.outcome.in_words().to_lowercase()
            ),
            Entry::Talked(fact) => format!("talked over online safety: {}", fact.place),
            Entry::Assessed(_) => "wrote down the impact assessment of monitoring".to_owned(),
            Entry::UseReviewed(_) => "looked through the reports of monitoring".to_owned(),
            Entry::MonitorsReviewed(_) => "looked through the work of those who monitor".to_owned(),
            Entry::Supported(_) => "gave support to somebody who monitors".to_owned(),
        }
    }

    /// Who may see the line, where not everybody may who sees lines.
    #[must_use]
    pub fn need(&self, by: Option<Person>) -> Option<Need> {
        Some(match self {
            Entry::Raised(fact) => Need::OnCase(fact.case),
            Entry::Repeated(fact) => Need::OnCase(fact.case),
            Entry::Became(fact) => {
                Need::AllOf(vec![Need::OnCase(fact.case), Need::OnCase(fact.concern)])
            }
            Entry::Dismissed(fact) => Need::OnCase(fact.case),
            Entry::SecondLooked(fact) => Need::OnCase(fact.case),
            Entry::Looked(fact) => Need::OnCase(fact.case),
            Entry::Supported(fact) => {
                let mut needs = vec![
                    Need::Oneself(fact.person),
                    Need::Holds(vec![Role::Chair, Role::NamedMember]),
                ];
                needs.extend(by.map(Need::Oneself));
                Need::AnyOf(needs)
            }
            Entry::DayClosed(_)
            | Entry::CheckPicked(_)
            | Entry::Checked(_)
            | Entry::Talked(_)
            | Entry::Assessed(_)
            | Entry::UseReviewed(_)
            | Entry::MonitorsReviewed(_) => return None,
        })
    }
}

/// Whether a line of this kind, whose body is gone, is nobody's to see.
#[must_use]
pub fn is_apart(kind: &str) -> bool {
    kind.starts_with("monitor.alert-") || matches!(kind, "monitor.looked" | "monitor.supported")
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Monitor)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "monitor.alert-raised",
        1,
        |body| of(body, Entry::Raised),
        r#"{"case":40000001,"series":"a1","theme":"self-harm","severity":"high","device":2,"person":7,"room":1,"session":null,"asked":{"of":"case:40000001","sealed":"AAAA"},"roles":["lead"],"excluded":[7],"first":"2026-09-01T09:00:00Z","count":1}"#,
    ),
    Shape::new(
        "monitor.alert-repeated",
        1,
        |body| of(body, Entry::Repeated),
        r#"{"case":40000001,"count":4,"last":"2026-09-01T09:08:00Z"}"#,
    ),
    Shape::new(
        "monitor.alert-became",
        1,
        |body| of(body, Entry::Became),
        r#"{"case":40000001,"concern":3}"#,
    ),
    Shape::new(
        "monitor.alert-dismissed",
        1,
        |body| of(body, Entry::Dismissed),
        r#"{"case":40000001,"why":{"of":"case:40000001","sealed":"AAAA"},"picked":true}"#,
    ),
    Shape::new(
        "monitor.alert-second-looked",
        1,
        |body| of(body, Entry::SecondLooked),
        r#"{"case":40000001,"right":true,"why":{"of":"case:40000001","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "monitor.looked",
        1,
        |body| of(body, Entry::Looked),
        r#"{"case":50000001,"person":7,"device":null,"people":[7],"first":"2026-09-01","last":"2026-09-02","said":{"of":"case:50000001","sealed":"AAAA"},"until":"2026-09-03T09:00:00Z","concern":null,"picked":false}"#,
    ),
    Shape::new(
        "monitor.day-closed",
        1,
        |body| of(body, Entry::DayClosed),
        r#"{"day":"2026-09-01","events":4120,"bytes":31200,"digest":"00ff","lost":0,"gone":[]}"#,
    ),
    Shape::new(
        "monitor.check-picked",
        1,
        |body| of(body, Entry::CheckPicked),
        r#"{"check":1,"thing":{"device":2},"due":"2026-09-30"}"#,
    ),
    Shape::new(
        "monitor.checked",
        1,
        |body| of(body, Entry::Checked),
        r#"{"check":1,"outcome":"put-right","note":"Old films deleted"}"#,
    ),
    Shape::new(
        "monitor.talked-over",
        1,
        |body| of(body, Entry::Talked),
        r#"{"place":"staff meetings","on":"2026-09-01","about":"What to do when something comes up"}"#,
    ),
    Shape::new(
        "monitor.assessed",
        1,
        |body| of(body, Entry::Assessed),
        r#"{"purpose":"Keeping children safe","need":"Names only","risks":"Too much is looked at","measures":"A reason for each look","asked":"The team","review":"2027-09-01"}"#,
    ),
    Shape::new(
        "monitor.use-reviewed",
        1,
        |body| of(body, Entry::UseReviewed),
        r#"{"found":"Games are asked for at noon"}"#,
    ),
    Shape::new(
        "monitor.monitors-reviewed",
        1,
        |body| of(body, Entry::MonitorsReviewed),
        r#"{"looks":[50000001],"found":{"of":"monitoring","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "monitor.supported",
        1,
        |body| of(body, Entry::Supported),
        r#"{"person":7,"how":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
];
