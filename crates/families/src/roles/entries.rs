//! Facts about roles, and about the reports, meetings and means of those who lead.

use super::role::Role;
use crate::{
    people::group::Group,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{
    duty::Owner,
    moment::{Date, date_in_words},
    sealed::Private,
    standing::Standing,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A fact about roles.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody holds a role.
    Given(Given),
    /// Somebody's last day in a role is known.
    Ended(Ended),
    /// How somebody who leads is reached.
    ReachSet(ReachSet),
    /// Somebody has read what their role answers for.
    Acknowledged(Acknowledged),
    /// A report for the committee was made.
    ReportMade(Box<ReportMade>),
    /// A report was presented.
    ReportPresented(ReportPresented),
    /// A lead and a committee member met.
    MeetingRecorded(MeetingRecorded),
    /// Hours and means were set aside.
    CapacitySet(CapacitySet),
    /// Whether hours and means suffice.
    CapacityAnswered(CapacityAnswered),
    /// Something is missing.
    NeedRaised(NeedRaised),
    /// What was missing is there.
    NeedMet(NeedMet),
}

/// Somebody holds a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// From which day.
    pub from: Date,
}

/// Somebody's last day in a role is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The first day of the time that ends.
    pub from: Date,
    /// The last day; the day before the first when it never began.
    pub last: Date,
}

/// How somebody who leads is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachSet {
    /// Who.
    pub person: Person,
    /// In words; `None`: as the setting is.
    #[serde(default)]
    pub reach: Option<Private<String>>,
}

/// Somebody has read what their role answers for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The digest of the list that they read.
    pub digest: String,
}

/// A report for the committee was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMade {
    /// Its number, from 1.
    pub number: u32,
    /// The first day that it is about.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// How things stood when it was made.
    pub facts: Facts,
    /// What whoever made it says about incidents and outcomes, without names of children.
    #[serde(default)]
    pub says: Option<Private<String>>,
    /// The decisions that it asks for.
    #[serde(default)]
    pub asks: Option<Private<String>>,
}

/// How many clauses stand how.
pub type Tally = BTreeMap<Standing, u32>;

/// How things stood when a report was made. No child is in it, not even as a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The version of the policy.
    pub policy: u32,
    /// How all clauses stood.
    pub clauses: Tally,
    /// How the clauses of each family stood; a clause counts in each of its families.
    pub families: BTreeMap<String, Tally>,
    /// How much was owed and in time.
    pub open: u32,
    /// How much was late.
    pub late: u32,
    /// The most urgent of it.
    pub owed: Vec<OwedThen>,
    /// The roles that the policy asks for and nobody held.
    pub vacant: Vec<Role>,
    /// Who held which role.
    pub holders: Vec<(Role, Person)>,
    /// How many of those who hold a role had read what it answers for.
    pub lists_read: u32,
    /// How many had not yet.
    pub lists_unread: u32,
    /// How many people of each group were here.
    pub here: BTreeMap<Group, u32>,
    /// How many grown-ups came in the time of the report.
    pub came: u32,
    /// How many left.
    pub left: u32,
}

/// Something that was owed when a report was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedThen {
    /// What to do; grown-ups who work here as marks, others without a name.
    pub what: String,
    /// By whom.
    pub owner: Owner,
    /// By when.
    pub due: Date,
}

/// A report was presented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPresented {
    /// Which report.
    pub report: u32,
    /// When.
    pub on: Date,
    /// To whom.
    pub to: Listener,
    /// What was decided.
    pub decided: Private<String>,
}

/// To whom a report is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listener {
    /// The committee, governors or trustees.
    Committee,
    /// The committee member for safeguarding.
    NamedMember,
    /// The manager and the deputy manager.
    Management,
}

/// A lead and a committee member met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRecorded {
    /// Its number, from 1.
    pub number: u32,
    /// When.
    pub on: Date,
    /// Who leads.
    pub lead: Person,
    /// The committee member.
    pub with: Person,
    /// What they talked about.
    pub talked: Private<String>,
    /// What they agreed to do.
    #[serde(default)]
    pub agreed: Option<Private<String>>,
}

/// Hours and means were set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacitySet {
    /// For which role.
    pub role: Role,
    /// For whom.
    pub person: Person,
    /// Hours a week.
    pub hours: u16,
    /// What else.
    #[serde(default)]
    pub means: Option<Private<String>>,
}

/// Whether hours and means suffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityAnswered {
    /// Whether they do.
    pub suffices: bool,
    /// The meeting at which it was asked.
    #[serde(default)]
    pub meeting: Option<u32>,
}

/// Something is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedRaised {
    /// Its number, from 1.
    pub need: u32,
    /// What.
    pub what: Private<String>,
}

/// What was missing is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedMet {
    /// Which need.
    pub need: u32,
    /// How it was met.
    pub how: Private<String>,
}

/// The fact that somebody holds a role, for families that set one up.
#[must_use]
pub fn given(role: Role, person: Person, from: Date) -> AnyEntry {
    AnyEntry::Roles(Entry::Given(Given { role, person, from }))
}

impl Listener {
    /// All.
    pub const ALL: [Listener; 3] = [
        Listener::Committee,
        Listener::NamedMember,
        Listener::Management,
    ];

    /// As forms write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Listener::Committee => "committee",
            Listener::NamedMember => "named-member",
            Listener::Management => "management",
        }
    }

    /// The listener with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Listener> {
        Listener::ALL.into_iter().find(|one| one.key() == key)
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Listener::Committee => "the committee, governors or trustees",
            Listener::NamedMember => "the committee member for safeguarding",
            Listener::Management => "the manager and the deputy manager",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Given(fact) => Written::of("roles.given", 1, fact),
            Entry::Ended(fact) => Written::of("roles.ended", 1, fact),
            Entry::ReachSet(fact) => Written::of("roles.reach-set", 1, fact),
            Entry::Acknowledged(fact) => Written::of("roles.acknowledged", 1, fact),
            Entry::ReportMade(fact) => Written::of("roles.report-made", 1, fact),
            Entry::ReportPresented(fact) => Written::of("roles.report-presented", 1, fact),
            Entry::MeetingRecorded(fact) => Written::of("roles.meeting-recorded", 1, fact),
            Entry::CapacitySet(fact) => Written::of("roles.capacity-set", 1, fact),
            Entry::CapacityAnswered(fact) => Written::of("roles.capacity-answered", 1, fact),
            Entry::NeedRaised(fact) => Written::of("roles.need-raised", 1, fact),
            Entry::NeedMet(fact) => Written::of("roles.need-met", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Given(fact) => format!(
                "gave {} the role of {} from {}",
                fact.person.mark(),
                fact.role.in_words(),
                date_in_words(fact.from)
            ),
            Entry::Ended(fact) if fact.last < fact.from => format!(
                "took back the role of {} that {} was to have from {}",
                fact.role.in_words(),
                fact.person.mark(),
                date_in_words(fact.from)
            ),
            Entry::Ended(fact) => format!(
                "ended the role of {} for {}, whose last day in it is {}",
                fact.role.in_words(),
                fact.person.mark(),
                date_in_words(fact.last)
            ),
            Entry::ReachSet(fact) => format!("wrote down how {} is reached", fact.person.mark()),
            Entry::Acknowledged(fact) => format!(
                "read and acknowledged what the {} answers for",
                fact.role.in_words()
            ),
            Entry::ReportMade(fact) => format!(
                "made oversight report {}, from {} to {}",
                fact.number,
                date_in_words(fact.from),
                date_in_words(fact.to)
            ),
            Entry::ReportPresented(fact) => format!(
                "recorded that oversight report {} was presented to {} on {}",
                fact.report,
                fact.to.in_words(),
                date_in_words(fact.on)
            ),
            Entry::MeetingRecorded(fact) => format!(
                "recorded that {} and {} met on {}",
                fact.lead.mark(),
                fact.with.mark(),
                date_in_words(fact.on)
            ),
            Entry::CapacitySet(fact) => format!(
                "set aside {} hours a week for {} as {}",
                fact.hours,
                fact.person.mark(),
                fact.role.in_words()
            ),
            Entry::CapacityAnswered(fact) if fact.suffices => {
                "said that the time and means of the leads suffice".to_owned()
            }
            Entry::CapacityAnswered(_) => {
                "said that the time and means of the leads do not suffice".to_owned()
            }
            Entry::NeedRaised(fact) => format!("wrote down need {} of the leads", fact.need),
            Entry::NeedMet(fact) => format!("recorded how need {} of the leads was met", fact.need),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Roles)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "roles.given",
        1,
        |body| of(body, Entry::Given),
        r#"{"role":"lead","person":7,"from":"2026-09-01"}"#,
    ),
    Shape::new(
        "roles.ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"role":"lead","person":7,"from":"2026-09-01","last":"2026-12-18"}"#,
    ),
    Shape::new(
        "roles.reach-set",
        1,
        |body| of(body, Entry::ReachSet),
        r#"{"person":7,"reach":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "roles.acknowledged",
        1,
        |body| of(body, Entry::Acknowledged),
        r#"{"role":"lead","person":7,"digest":"00ff"}"#,
    ),
    Shape::new(
        "roles.report-made",
        1,
        |body| of(body, |fact| Entry::ReportMade(Box::new(fact))),
        concat!(
            r#"{"number":1,"from":"2026-09-01","to":"2026-12-18","facts":{"policy":1,"#,
            r#""clauses":{"met":3,"not-in-version":1},"families":{"roles":{"met":3}},"#,
            r#""open":1,"late":0,"owed":[{"what":"Review the policy","#,
            r#""owner":{"role":"manager"},"due":"2027-01-08"}],"vacant":["chair"],"#,
            r#""holders":[["lead",7]],"lists_read":1,"lists_unread":0,"#,
            r#""here":{"staff":2},"came":1,"left":0},"#,
            r#""says":{"of":"report:1","sealed":"AAAA"},"asks":null}"#,
        ),
    ),
    Shape::new(
        "roles.report-presented",
        1,
        |body| of(body, Entry::ReportPresented),
        r#"{"report":1,"on":"2027-01-12","to":"committee","decided":{"of":"report:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "roles.meeting-recorded",
        1,
        |body| of(body, Entry::MeetingRecorded),
        r#"{"number":1,"on":"2026-10-01","lead":7,"with":9,"talked":{"of":"meeting:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "roles.capacity-set",
        1,
        |body| of(body, Entry::CapacitySet),
        r#"{"role":"lead","person":7,"hours":4}"#,
    ),
    Shape::new(
        "roles.capacity-answered",
        1,
        |body| of(body, Entry::CapacityAnswered),
        r#"{"suffices":false,"meeting":1}"#,
    ),
    Shape::new(
        "roles.need-raised",
        1,
        |body| of(body, Entry::NeedRaised),
        r#"{"need":1,"what":{"of":"need:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "roles.need-met",
        1,
        |body| of(body, Entry::NeedMet),
        r#"{"need":1,"how":{"of":"need:1","sealed":"AAAA"}}"#,
    ),
];
