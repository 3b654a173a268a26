//! The groups that people belong to: what a policy means by "staff" or "parents".

use serde::{Deserialize, Serialize};

/// A group of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Paid to work here.
    Staff,
    /// Helps here without pay.
    Volunteer,
    /// Here to learn the work.
    Student,
    /// On the committee, board or governing body.
    Committee,
    /// A parent or carer.
    Parent,
    /// A child who comes here.
    Child,
    /// Comes for a visit.
    Visitor,
    /// Works here for somebody else.
    Contractor,
    /// Uses the building or the equipment.
    Community,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 9] = [
        Group::Staff,
        Group::Volunteer,
        Group::Student,
        Group::Committee,
        Group::Parent,
        Group::Child,
        Group::Visitor,
        Group::Contractor,
        Group::Community,
    ];

    /// Whoever works with the children here.
    pub const TEAM: [Group; 3] = [Group::Staff, Group::Volunteer, Group::Student];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Group::Staff => "staff",
            Group::Volunteer => "volunteer",
            Group::Student => "student",
            Group::Committee => "committee",
            Group::Parent => "parent",
            Group::Child => "child",
            Group::Visitor => "visitor",
            Group::Contractor => "contractor",
            Group::Community => "community",
        }
    }

    /// The group with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.key() == key)
    }

    /// The group, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Group::Staff => "staff",
            Group::Volunteer => "volunteers",
            Group::Student => "students",
            Group::Committee => "the committee",
            Group::Parent => "parents and carers",
            Group::Child => "children",
            Group::Visitor => "visitors",
            Group::Contractor => "contractors",
            Group::Community => "community users",
        }
    }

    /// One of the group, without a name.
    #[must_use]
    pub fn one(self) -> &'static str {
        match self {
            Group::Staff => "a member of staff",
            Group::Volunteer => "a volunteer",
            Group::Student => "a student",
            Group::Committee => "a committee member",
            Group::Parent => "a parent or carer",
            Group::Child => "a child",
            Group::Visitor => "a visitor",
            Group::Contractor => "a contractor",
            Group::Community => "a community user",
        }
    }

    /// The groups that a policy means by its words: "all adults", "parents and carers", "everyone".
    #[must_use]
    pub fn read(words: &str) -> Vec<Group> {
        use Group::{
            Child, Committee, Community, Contractor, Parent, Staff, Student, Visitor, Volunteer,
        };
        let words = words.to_lowercase();
        let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
        if has(&[
            "everyone",
            "everybody",
            "all users",
            "anyone",
            "stakeholders",
        ]) {
            return Group::ALL.to_vec();
        }
        if has(&["all adults", "adults who", "adults working"]) {
            return vec![
                Staff, Volunteer, Student, Committee, Parent, Visitor, Contractor,
            ];
        }
        let mut groups = Vec::new();
        let table: [(&[&str], Group); 9] = [
            (
                &[
                    "staff",
                    "practitioner",
                    "employee",
                    "key people",
                    "key person",
                    "team",
                    "manage",
                    "leader",
                    "colleague",
                ],
                Staff,
            ),
            (&["volunteer"], Volunteer),
            (&["student", "trainee", "apprentice"], Student),
            (&["committee", "governor", "trustee", "board"], Committee),
            (&["parent", "carer", "famil", "guardian"], Parent),
            (&["child", "pupil", "learner", "young people"], Child),
            (&["visitor"], Visitor),
            (&["contractor", "technical", "provider"], Contractor),
            (&["community", "service user"], Community),
        ];
        for (parts, group) in table {
            if has(parts) {
                groups.push(group);
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_as_policies_write_them() {
        assert_eq!(Group::read("parents and carers"), [Group::Parent]);
        assert_eq!(Group::read("staff teams"), [Group::Staff]);
        assert_eq!(Group::read("everyone").len(), Group::ALL.len());
        assert!(Group::read("the moon").is_empty());
        for group in Group::ALL {
            assert_eq!(Group::from_key(group.key()), Some(group));
        }
    }
}
