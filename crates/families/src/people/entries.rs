//! Facts about people, families and rooms.

use super::group::Group;
use crate::spine::{
    act::{Person, Room},
    entry::{Entry as AnyEntry, Shape, Written},
    tongue::Tongue,
};
use kernel::{
    moment::{Date, date_in_words},
    naming,
    sealed::Private,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about people, families or rooms.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody came.
    Added(Added),
    /// What is known about somebody changed.
    Changed(Changed),
    /// Somebody belongs to one more group.
    JoinedGroup(Membership),
    /// Somebody no longer belongs to a group.
    LeftGroup(Membership),
    /// Somebody's rooms, all of them.
    Placed(Placed),
    /// Somebody has chosen the language in which they read.
    Speaks(Speaks),
    /// Somebody is a parent or carer of a child.
    Tied(Tied),
    /// Somebody is no longer a parent or carer of a child.
    Untied(Untied),
    /// Somebody's last day is known.
    Left(Left),
    /// Somebody who had left is back.
    Returned(Returned),
    /// A room was opened or got another name.
    RoomNamed(RoomNamed),
    /// A room is no longer used.
    RoomClosed(RoomClosed),
    /// A table of people was taken in; what it brought follows as entries of their own.
    Imported(Imported),
    /// A table is as if it had never been taken in.
    ImportUndone(ImportUndone),
    /// A visitor came in.
    VisitorCame(VisitorCame),
    /// A visitor went out.
    VisitorWent(VisitorWent),
}

/// Somebody came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Their number.
    pub person: Person,
    /// Their name.
    pub name: Private<String>,
    /// The groups that they belong to.
    pub groups: Vec<Group>,
    /// Their rooms.
    #[serde(default)]
    pub rooms: Vec<Room>,
    /// Their first day.
    pub since: Date,
    /// A child's date of birth.
    #[serde(default)]
    pub born: Option<Private<Date>>,
    /// Their email address.
    #[serde(default)]
    pub email: Option<Private<String>>,
    /// Their telephone number.
    #[serde(default)]
    pub phone: Option<Private<String>>,
}

/// What is known about somebody now; what is `None` did not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Who.
    pub person: Person,
    /// The name.
    #[serde(default)]
    pub name: Option<Private<String>>,
    /// A child's date of birth.
    #[serde(default)]
    pub born: Option<Private<Date>>,
    /// The email address.
    #[serde(default)]
    pub email: Option<Private<String>>,
    /// The telephone number.
    #[serde(default)]
    pub phone: Option<Private<String>>,
}

/// Somebody and a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Who.
    pub person: Person,
    /// The group.
    pub group: Group,
}

/// Somebody's rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Who.
    pub person: Person,
    /// All their rooms.
    pub rooms: Vec<Room>,
}

/// Somebody's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaks {
    /// Who.
    pub person: Person,
    /// The language, which may tell where somebody is from.
    pub tongue: Private<Tongue>,
}

/// Somebody is a parent or carer of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tied {
    /// The parent or carer.
    pub parent: Person,
    /// The child.
    pub child: Person,
    /// What they are to the child.
    pub relation: Relation,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
}

/// What somebody is to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A parent.
    Parent,
    /// A step-parent.
    StepParent,
    /// A grandparent.
    Grandparent,
    /// A foster carer.
    FosterCarer,
    /// A guardian.
    Guardian,
    /// Somebody else who cares for the child.
    Other,
}

/// Somebody is no longer a parent or carer of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untied {
    /// The parent or carer.
    pub parent: Person,
    /// The child.
    pub child: Person,
    /// Why.
    pub why: Private<String>,
}

/// Somebody's last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Who.
    pub person: Person,
    /// The last day.
    pub last: Date,
    /// Whether access ended with this entry, and not with the last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<bool>,
}

/// Somebody is back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Who.
    pub person: Person,
    /// The first day.
    pub since: Date,
}

/// A room has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNamed {
    /// Its number.
    pub room: Room,
    /// Its name.
    pub name: String,
}

/// A room is no longer used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomClosed {
    /// Which.
    pub room: Room,
}

/// A table of people was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Its number.
    pub import: u32,
    /// Who is new.
    pub added: Vec<Person>,
    /// About whom something changes.
    pub changed: Vec<Person>,
    /// Parents and carers with their children, newly tied.
    pub tied: Vec<(Person, Person)>,
    /// Rooms that it opened.
    pub rooms: Vec<Room>,
    /// How many entries follow that belong to it.
    pub entries: u64,
}

/// A table is as if it had never been taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    /// Its number.
    pub import: u32,
}

/// A visitor came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorCame {
    /// The number that they have for this visit.
    pub person: Person,
    /// Their name.
    pub name: Private<String>,
    /// Where they come from.
    #[serde(default)]
    pub from: Option<Private<String>>,
    /// Whom they visit.
    #[serde(default)]
    pub visits: Option<Person>,
}

/// A visitor went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorWent {
    /// Who.
    pub person: Person,
}

impl Relation {
    /// All of them, with the words for people.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("parent", "Parent"),
        ("step-parent", "Step-parent"),
        ("grandparent", "Grandparent"),
        ("foster-carer", "Foster carer"),
        ("guardian", "Guardian"),
        ("other", "Somebody else who cares for the child"),
    ];

    /// The relation with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Relation> {
        match key {
            "parent" => Some(Relation::Parent),
            "step-parent" => Some(Relation::StepParent),
            "grandparent" => Some(Relation::Grandparent),
            "foster-carer" => Some(Relation::FosterCarer),
            "guardian" => Some(Relation::Guardian),
            "other" => Some(Relation::Other),
            _ => None,
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Relation::Parent => "parent",
            Relation::StepParent => "step-parent",
            Relation::Grandparent => "grandparent",
            Relation::FosterCarer => "foster carer",
            Relation::Guardian => "guardian",
            Relation::Other => "carer",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Added(fact) => Written::of("people.added", 1, fact),
            Entry::Changed(fact) => Written::of("people.changed", 1, fact),
            Entry::JoinedGroup(fact) => Written::of("people.joined-group", 1, fact),
            Entry::LeftGroup(fact) => Written::of("people.left-group", 1, fact),
            Entry::Placed(fact) => Written::of("people.placed", 1, fact),
            Entry::Speaks(fact) => Written::of("people.speaks", 1, fact),
            Entry::Tied(fact) => Written::of("people.tied", 1, fact),
            Entry::Untied(fact) => Written::of("people.untied", 1, fact),
            Entry::Left(fact) => Written::of("people.left", 1, fact),
            Entry::Returned(fact) => Written::of("people.returned", 1, fact),
            Entry::RoomNamed(fact) => Written::of("people.room-named", 1, fact),
            Entry::RoomClosed(fact) => Written::of("people.room-closed", 1, fact),
            Entry::Imported(fact) => Written::of("people.imported", 1, fact),
            Entry::ImportUndone(fact) => Written::of("people.import-undone", 1, fact),
            Entry::VisitorCame(fact) => Written::of("people.visitor-came", 1, fact),
            Entry::VisitorWent(fact) => Written::of("people.visitor-went", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Added(fact) => {
                let groups: Vec<&str> = fact.groups.iter().map(|group| group.one()).collect();
                format!("added {} as {}", fact.person.mark(), groups.join(" and "))
            }
            Entry::Changed(fact) => format!("changed the details of {}", fact.person.mark()),
            Entry::JoinedGroup(fact) => {
                format!(
                    "recorded that {} is also {}",
                    fact.person.mark(),
                    fact.group.one()
                )
            }
            Entry::LeftGroup(fact) => {
                format!(
                    "recorded that {} is no longer {}",
                    fact.person.mark(),
                    fact.group.one()
                )
            }
            Entry::Placed(fact) => {
                let rooms: Vec<String> =
                    fact.rooms.iter().map(|room| naming::room(room.0)).collect();
                match rooms.as_slice() {
                    [] => format!("took {} out of all rooms", fact.person.mark()),
                    rooms => format!("put {} in {}", fact.person.mark(), rooms.join(" and ")),
                }
            }
            Entry::Speaks(fact) => {
                format!("chose the language in which {} reads", fact.person.mark())
            }
            Entry::Tied(fact) => format!(
                "recorded {} as {} of {}",
                fact.parent.mark(),
                fact.relation.in_words(),
                fact.child.mark()
            ),
            Entry::Untied(fact) => format!(
                "recorded that {} no longer cares for {}",
                fact.parent.mark(),
                fact.child.mark()
            ),
            Entry::Left(fact) => {
                format!(
                    "recorded {} as the last day of {}",
                    date_in_words(fact.last),
                    fact.person.mark()
                )
            }
            Entry::Returned(fact) => {
                format!(
                    "recorded that {} is back from {}",
                    fact.person.mark(),
                    date_in_words(fact.since)
                )
            }
            Entry::RoomNamed(fact) => format!("named a room {}", fact.name),
            Entry::RoomClosed(fact) => format!("closed {}", naming::room(fact.room.0)),
            Entry::Imported(fact) => format!(
                "took in a table of people: {} new, {} changed",
                fact.added.len(),
                fact.changed.len()
            ),
            Entry::ImportUndone(fact) => {
                format!("undid the taking in of table {}", fact.import)
            }
            Entry::VisitorCame(fact) => format!("signed {} in", fact.person.mark()),
            Entry::VisitorWent(fact) => format!("signed {} out", fact.person.mark()),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::People)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "people.added",
        1,
        |body| of(body, Entry::Added),
        r#"{"person":7,"name":{"of":"person:7","sealed":"AAAA"},"groups":["child"],"rooms":[1],"since":"2026-09-01","born":{"of":"person:7","sealed":"AAAA"},"email":null,"phone":null}"#,
    ),
    Shape::new(
        "people.changed",
        1,
        |body| of(body, Entry::Changed),
        r#"{"person":7,"name":{"of":"person:7","sealed":"AAAA"},"born":null,"email":null,"phone":null}"#,
    ),
    Shape::new(
        "people.joined-group",
        1,
        |body| of(body, Entry::JoinedGroup),
        r#"{"person":7,"group":"committee"}"#,
    ),
    Shape::new(
        "people.left-group",
        1,
        |body| of(body, Entry::LeftGroup),
        r#"{"person":7,"group":"committee"}"#,
    ),
    Shape::new(
        "people.placed",
        1,
        |body| of(body, Entry::Placed),
        r#"{"person":7,"rooms":[1,2]}"#,
    ),
    Shape::new(
        "people.speaks",
        1,
        |body| of(body, Entry::Speaks),
        r#"{"person":8,"tongue":{"of":"person:8","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "people.tied",
        1,
        |body| of(body, Entry::Tied),
        r#"{"parent":8,"child":7,"relation":"parent","responsibility":true}"#,
    ),
    Shape::new(
        "people.untied",
        1,
        |body| of(body, Entry::Untied),
        r#"{"parent":8,"child":7,"why":{"of":"person:8","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "people.left",
        1,
        |body| of(body, Entry::Left),
        r#"{"person":7,"last":"2026-07-17"}"#,
    ),
    Shape::new(
        "people.returned",
        1,
        |body| of(body, Entry::Returned),
        r#"{"person":7,"since":"2026-09-01"}"#,
    ),
    Shape::new(
        "people.room-named",
        1,
        |body| of(body, Entry::RoomNamed),
        r#"{"room":1,"name":"Robins"}"#,
    ),
    Shape::new(
        "people.room-closed",
        1,
        |body| of(body, Entry::RoomClosed),
        r#"{"room":1}"#,
    ),
    Shape::new(
        "people.imported",
        1,
        |body| of(body, Entry::Imported),
        r#"{"import":1,"added":[7,8],"changed":[5],"tied":[[8,7]],"rooms":[2],"entries":5}"#,
    ),
    Shape::new(
        "people.import-undone",
        1,
        |body| of(body, Entry::ImportUndone),
        r#"{"import":1}"#,
    ),
    Shape::new(
        "people.visitor-came",
        1,
        |body| of(body, Entry::VisitorCame),
        r#"{"person":9,"name":{"of":"person:9","sealed":"AAAA"},"from":null,"visits":1}"#,
    ),
    Shape::new(
        "people.visitor-went",
        1,
        |body| of(body, Entry::VisitorWent),
        r#"{"person":9}"#,
    ),
];
