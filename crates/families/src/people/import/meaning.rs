//! What a column means: whose it is, and what it says of them.

use crate::people::entries::Relation;

/// Whose a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The child of the row, or the second, third …
    Child(u8),
    /// The adult of the row, or the second, third.
    Adult(u8),
}

/// What a column says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The whole name.
    Name,
    /// The first name.
    First,
    /// The surname.
    Last,
    /// The date of birth.
    Born,
    /// The room.
    Room,
    /// The first day here.
    Since,
    /// The last day here.
    Left,
    /// The email address.
    Email,
    /// The telephone number.
    Phone,
    /// What an adult is to the child.
    Relation,
    /// Whether an adult has parental responsibility.
    Responsibility,
    /// Who an adult is here: staff, volunteer.
    Group,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// Whose it is.
    pub whose: Whose,
    /// What it says of them.
    pub what: What,
}

/// What all columns mean; `None` is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// One for each column.
    pub columns: Vec<Option<Meaning>>,
    /// What the first, second and third adult are to the child, as the headings say.
    pub relations: [Option<Relation>; 3],
    /// Whether the headings speak of people who work here.
    pub is_team: bool,
}

/// The most children in one row.
pub const CHILDREN_MAX: u8 = 4;
/// The most adults in one row.
pub const ADULTS_MAX: u8 = 3;

const CHILD: [(What, &str, &str); 7] = [
    (What::Name, "name", "full name"),
    (What::First, "first", "first name"),
    (What::Last, "last", "surname"),
    (What::Born, "born", "date of birth"),
    (What::Room, "room", "room"),
    (What::Since, "since", "first day here"),
    (What::Left, "left", "last day here"),
];

const ADULT: [(What, &str, &str); 11] = [
    (What::Name, "name", "full name"),
    (What::First, "first", "first name"),
    (What::Last, "last", "surname"),
    (What::Email, "email", "email address"),
    (What::Phone, "phone", "telephone"),
    (What::Relation, "relation", "what they are to the child"),
    (
        What::Responsibility,
        "responsibility",
        "parental responsibility",
    ),
    (What::Group, "group", "who they are here"),
    (What::Room, "room", "room"),
    (What::Since, "since", "first day here"),
    (What::Left, "left", "last day here"),
];

impl Meaning {
    /// As forms write it: `adult1.email`.
    #[must_use]
    pub fn key(self) -> String {
        let (side, number, all) = self.parts();
        let what = all.iter().find(|(what, ..)| *what == self.what);
        format!("{side}{number}.{}", what.map_or("", |(_, key, _)| key))
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> String {
        let (side, number, all) = self.parts();
        let what = all.iter().find(|(what, ..)| *what == self.what);
        let whose = match (side, number) {
            ("child", 1) => "Child".to_owned(),
            ("child", number) => format!("Child {number}"),
            (_, number) => format!("Adult {number}"),
        };
        format!("{whose}: {}", what.map_or("", |(.., words)| words))
    }

    fn parts(
        self,
    ) -> (
        &'static str,
        u8,
        &'static [(What, &'static str, &'static str)],
    ) {
        match self.whose {
            Whose::Child(number) => ("child", number, &CHILD),
            Whose::Adult(number) => ("adult", number, &ADULT),
        }
    }

    /// The meaning with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Meaning> {
        Meaning::all()
            .into_iter()
            .find(|meaning| meaning.key() == key)
    }

    /// Everything that a column can mean, in the order of a list to choose from.
    #[must_use]
    pub fn all() -> Vec<Meaning> {
        let mut all = Vec::new();
        for number in 1..=CHILDREN_MAX {
            let whose = Whose::Child(number);
            all.extend(
                CHILD
                    .iter()
                    .map(|(what, ..)| Meaning { whose, what: *what }),
            );
        }
        for number in 1..=ADULTS_MAX {
            let whose = Whose::Adult(number);
            all.extend(
                ADULT
                    .iter()
                    .map(|(what, ..)| Meaning { whose, what: *what }),
            );
        }
        all
    }
}

impl Mapping {
    /// The column with this meaning.
    #[must_use]
    pub fn column(&self, whose: Whose, what: What) -> Option<usize> {
        let wanted = Some(Meaning { whose, what });
        self.columns.iter().position(|column| *column == wanted)
    }

    /// Whether a column says anything of them.
    #[must_use]
    pub fn has(&self, what: What) -> bool {
        let says = |column: &Option<Meaning>| column.is_some_and(|meaning| meaning.what == what);
        self.columns.iter().any(says)
    }

    /// Whether there are children in the table.
    #[must_use]
    pub fn has_children(&self) -> bool {
        let child = |column: &&Meaning| matches!(column.whose, Whose::Child(_));
        self.columns.iter().flatten().any(|column| child(&column))
    }

    /// Whether there are adults in the table.
    #[must_use]
    pub fn has_adults(&self) -> bool {
        let adult = |column: &&Meaning| matches!(column.whose, Whose::Adult(_));
        self.columns.iter().flatten().any(|column| adult(&column))
    }
}
