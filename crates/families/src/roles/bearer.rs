//! Whom a responsibility is laid upon: a role, a group of people, or everyone.

use super::{
    reading::{known, names_a_post, parts},
    role::Role,
};
use crate::people::group::Group;

/// Whom a responsibility is laid upon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// Everyone who has to do with the setting.
    Everyone,
    /// Whoever holds a role.
    Role(Role),
    /// A group of people.
    Group(Group),
}

/// Words that name a whole group and nobody in particular.
const GROUPS: &[(&[&str], Group)] = &[
    (
        &[
            "staff",
            "staff team",
            "staff teams",
            "staff members",
            "members of staff",
            "member of staff",
            "practitioners",
            "employees",
            "colleagues",
            "team",
            "team members",
        ],
        Group::Staff,
    ),
    (&["volunteers"], Group::Volunteer),
    (&["students", "trainees", "apprentices"], Group::Student),
    (
        &[
            "committee",
            "committee members",
            "management committee",
            "governors",
            "governing body",
            "trustees",
            "board",
        ],
        Group::Committee,
    ),
    (
        &["parents", "carers", "families", "guardians"],
        Group::Parent,
    ),
    (
        &["children", "pupils", "learners", "young people"],
        Group::Child,
    ),
    (&["visitors"], Group::Visitor),
    (&["contractors"], Group::Contractor),
    (
        &["community users", "community group users", "service users"],
        Group::Community,
    ),
];

const EVERYONE: &[&str] = &[
    "everyone",
    "everybody",
    "all users",
    "anyone",
    "stakeholders",
    "the whole community",
];

impl Bearer {
    /// Whom a policy means by its words. Words that name nobody whom the program knows are a role
    /// of the policy's own; empty words are nobody.
    #[must_use]
    pub fn read(words: &str) -> Vec<Bearer> {
        let lower = words.to_lowercase();
        if EVERYONE.iter().any(|word| lower.contains(word)) {
            return vec![Bearer::Everyone];
        }
        let named = parts(words);
        let whole: Vec<Bearer> = named.iter().filter_map(|part| whole_group(part)).collect();
        if whole.is_empty() {
            return roles_or_groups(words);
        }
        let rest = named.iter().filter(|part| whole_group(part).is_none());
        let rest = rest.flat_map(|part| match known(part) {
            roles if !roles.is_empty() => roles.into_iter().map(Bearer::Role).collect(),
            _ if names_a_post(part) => roles_or_groups(part),
            _ => groups(part),
        });
        each_once(whole.iter().cloned().chain(rest))
    }

    /// Whom the words of a heading or a sentence speak of, when it is somebody whom the program knows.
    #[must_use]
    pub fn recognise(words: &str) -> Vec<Bearer> {
        let words = words.trim_start_matches(|c: char| !c.is_alphabetic());
        let whole = parts(words)
            .into_iter()
            .filter_map(|part| whole_group(&part));
        let roles = Role::recognise(words).into_iter().map(Bearer::Role);
        let found = each_once(roles.chain(whole));
        if found.is_empty() {
            groups(words)
        } else {
            found
        }
    }

    /// For people: "designated safeguarding lead", "parents and carers".
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Bearer::Everyone => "everyone".to_owned(),
            Bearer::Role(role) => role.in_words(),
            Bearer::Group(group) => group.in_words().trim_start_matches("the ").to_owned(),
        }
    }

    /// Within a sentence: "the designated safeguarding lead", "parents and carers".
    #[must_use]
    pub fn in_a_sentence(&self) -> String {
        match self {
            Bearer::Everyone => "everyone".to_owned(),
            Bearer::Role(role) => format!("the {}", role.in_words()),
            Bearer::Group(group) => group.in_words().to_owned(),
        }
    }

    /// As an address writes it: `deputy-lead`, `reception-staff`.
    #[must_use]
    pub fn slug(&self) -> String {
        match self {
            Bearer::Everyone => "everyone".to_owned(),
            Bearer::Role(role) => slug(role.key()),
            Bearer::Group(group) => group.key().to_owned(),
        }
    }
}

/// Words as an address writes them.
#[must_use]
pub fn slug(words: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = words.to_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join("-")
}

fn whole_group(part: &str) -> Option<Bearer> {
    let part = part.to_lowercase();
    GROUPS
        .iter()
        .find(|(names, _)| names.contains(&part.as_str()))
        .map(|(_, group)| Bearer::Group(*group))
}

fn roles_or_groups(words: &str) -> Vec<Bearer> {
    let unknown = Role::recognise(words).is_empty();
    if unknown && !parts(words).iter().any(|part| names_a_post(part)) {
        let groups = groups(words);
        if !groups.is_empty() {
            return groups;
        }
    }
    Role::read(words).into_iter().map(Bearer::Role).collect()
}

fn groups(words: &str) -> Vec<Bearer> {
    match Group::read(words) {
        all if all.len() == Group::ALL.len() => vec![Bearer::Everyone],
        some => some.into_iter().map(Bearer::Group).collect(),
    }
}

fn each_once(bearers: impl Iterator<Item = Bearer>) -> Vec<Bearer> {
    let mut once = Vec::new();
    for bearer in bearers {
        if !once.contains(&bearer) {
            once.push(bearer);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn whom_a_policy_binds_is_read_from_its_words() {
        let words = [
            "staff",
            "all staff",
            "parents and carers",
            "children",
            "everyone",
            "committee",
            "technical staff",
            "reception staff",
            "ICT provider",
            "senior leadership team",
            "designated person",
            "room leaders and managers",
            "manager and deputy manager",
            "staff and the manager",
            "adults who work here",
            "the moon",
            "",
        ];
        let read: Vec<String> = words
            .iter()
            .map(|words| {
                let slugs: Vec<String> = Bearer::read(words).iter().map(Bearer::slug).collect();
                format!("{words}: {}", slugs.join(" + "))
            })
            .collect();
        expect![[r#"
            staff: staff
            all staff: staff
            parents and carers: parent
            children: child
            everyone: everyone
            committee: committee
            technical staff: technical-lead
            reception staff: reception-staff
            ICT provider: ict-provider
            senior leadership team: manager + deputy-manager
            designated person: lead
            room leaders and managers: room-leader + manager
            manager and deputy manager: manager + deputy-manager
            staff and the manager: staff + manager
            adults who work here: staff + volunteer + student + committee + parent + visitor + contractor
            the moon: moon
            : "#]].assert_eq(&read.join("\n"));
    }

    #[test]
    fn a_heading_says_whom_what_follows_binds() {
        let of = |words: &str| {
            Bearer::recognise(words)
                .iter()
                .map(Bearer::slug)
                .collect::<Vec<_>>()
                .join(" + ")
        };
        assert_eq!(of("4.2 Designated safeguarding lead"), "lead");
        assert_eq!(of("Parents"), "parent");
        assert_eq!(of("The leadership team"), "manager + deputy-manager");
        assert_eq!(of("Aims"), "");
    }
}
