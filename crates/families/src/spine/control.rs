//! What a policy asks for. A control's fields are what a policy chooses; its methods are the five
//! aspects: guard, record, duty, procedure, notice. Every default truly means "nothing to say".

use super::{
    act::{Act, Case, Person},
    in_force::Bound,
    setting::Setting,
};
use kernel::{
    calendar::Calendar,
    duty::Duty,
    moment::{Date, Moment},
    ruling::Ruling,
    standing::Evidence,
    value::{Value, Values},
};
use serde::de::DeserializeOwned;

/// One thing that a policy asks for, with the values that it chose.
pub trait Control: Send + Sync {
    /// guard: what this control says to an act.
    fn judge(&self, _act: &Act, _case: &Case<'_>) -> Ruling {
        Ruling::Silent
    }

    /// record: the register that it keeps. Drawn once, as page, CSV and PDF; its rows are evidence.
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        None
    }

    /// duty: the work that is owed, with owner and due date.
    fn duties(&self, _from: &Standpoint<'_>) -> Vec<Duty> {
        Vec::new()
    }

    /// procedure: what to do, step by step, and what not to do.
    fn procedure(&self) -> Option<Procedure> {
        None
    }

    /// notice: words for the people that they bind.
    fn notices(&self, _from: &Standpoint<'_>) -> Vec<Notice> {
        Vec::new()
    }
}

/// What a control looks at when it says what is owed, kept and shown.
#[derive(Clone, Copy)]
pub struct Standpoint<'a> {
    /// How things stand.
    pub setting: &'a Setting,
    /// The clauses that brought this control into force.
    pub bound: &'a Bound,
    /// The day.
    pub today: Date,
}

impl Standpoint<'_> {
    /// The setting's calendar.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        self.setting.place.calendar()
    }
}

/// A register as rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// What it is a register of.
    pub title: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, newest last.
    pub rows: Vec<Row>,
}

/// A row of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    /// The entry that it rests on.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
}

/// One cell of a register.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words of the program, people as marks.
    Text(String),
    /// Words of a person, shown as they are.
    Said(String),
    /// A person.
    Person(Person),
    /// A day.
    Day(Date),
    /// A moment.
    Moment(Moment),
    /// A number.
    Number(i64),
    /// Nothing.
    Empty,
}

impl Register {
    /// A register that is kept apart: who is on a case sees it there, and nobody is told here how
    /// much it holds. It has no columns.
    #[must_use]
    pub fn apart(title: impl Into<String>) -> Register {
        Register {
            title: title.into(),
            ..Register::default()
        }
    }

    /// Whether it is kept apart.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        self.columns.is_empty()
    }

    /// What the register is evidence of.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::default();
        self.rows
            .iter()
            .for_each(|row| evidence.add(row.seq, row.at));
        evidence
    }
}

/// What to do, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// What it is for.
    pub title: String,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// What must not be done.
    pub never: Vec<String>,
}

/// Words for the people that they bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For whom.
    pub to: Audience,
    /// What it is about.
    pub title: String,
    /// The words, a paragraph each.
    pub says: Vec<String>,
    /// The clauses that they come from.
    pub clauses: Vec<String>,
}

/// For whom a notice is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who can read the policy.
    Everyone,
    /// A group of people.
    Group(crate::people::group::Group),
    /// Whoever holds a role.
    Role(crate::roles::role::Role),
    /// One person.
    Person(Person),
}

/// A control before a policy has chosen its values.
pub struct Kind {
    /// Its id in the catalogue.
    pub id: &'static str,
    /// Builds it from values.
    pub build: fn(&Values) -> Result<Box<dyn Control>, BadValue>,
}

/// A value that a control can't take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue(pub String);

impl Kind {
    /// The kind of a control type.
    #[must_use]
    pub const fn of<C: Control + DeserializeOwned + 'static>(id: &'static str) -> Kind {
        Kind {
            id,
            build: build::<C>,
        }
    }
}

fn build<C: Control + DeserializeOwned + 'static>(
    values: &Values,
) -> Result<Box<dyn Control>, BadValue> {
    let table = values
        .iter()
        .map(|(key, value)| (key.clone(), to_toml(value)))
        .collect();
    C::deserialize(toml::Value::Table(table))
        .map(|control| Box::new(control) as Box<dyn Control>)
        .map_err(|error| BadValue(error.message().to_owned()))
}

fn to_toml(value: &Value) -> toml::Value {
    match value {
        Value::Yes(yes) => toml::Value::Boolean(*yes),
        Value::Number(number) => toml::Value::Integer(*number),
        Value::Fraction(number) => toml::Value::Float(*number),
        Value::Text(text) => toml::Value::String(text.clone()),
        Value::List(parts) => toml::Value::Array(parts.iter().map(to_toml).collect()),
        Value::Table(parts) => toml::Value::Table(
            parts
                .iter()
                .map(|(key, value)| (key.clone(), to_toml(value)))
                .collect(),
        ),
    }
}
