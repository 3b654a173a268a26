//! Who has to agree before a new version is adopted. A policy says it in its own words: "the chair",
//! "senior leadership team", "staff teams"; here the words find the people who may speak for them.

use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::Person,
        in_force::InForce,
        permit::{self, Need},
        setting::Setting,
    },
};
use kernel::{duty::Owner, moment::Date};

/// Somebody who has to agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// As the policy says it.
    pub words: String,
    /// Who may speak for it.
    by: By,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum By {
    Role(Role),
    Management,
    Groups(Vec<Group>),
}

const MANAGEMENT: [&str; 5] = ["leadership", "management", "senior", "head of", "owner"];

impl Approver {
    /// Who is meant by these words of a policy.
    #[must_use]
    pub fn read(words: &str) -> Approver {
        let small = words.trim().to_lowercase();
        let has = |part: &&str| small.contains(*part);
        let known = Role::KNOWN
            .into_iter()
            .find(|role| role.key() == small || role.in_words() == small);
        let by = match known {
            Some(role) => By::Role(role),
            None if MANAGEMENT.iter().any(has) => By::Management,
            None => match Role::recognise(words).into_iter().next() {
                Some(role) => By::Role(role),
                None => match Group::read(&small) {
                    groups if groups.is_empty() => By::Role(Role::Other(words.trim().to_owned())),
                    groups => By::Groups(groups),
                },
            },
        };
        Approver {
            words: words.trim().to_owned(),
            by,
        }
    }

    /// Those whom the policy in force names; the manager where it names nobody.
    #[must_use]
    pub fn all(in_force: &InForce) -> Vec<Approver> {
        let named = super::asks::words(in_force, "policy.review", "approvers");
        if named.is_empty() {
            return vec![Approver::read(Role::Manager.key())];
        }
        named.iter().map(|words| Approver::read(words)).collect()
    }

    /// Who may approve for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match &self.by {
            By::Role(role) => Need::Holds(vec![role.clone()]),
            By::Management => Need::management(),
            By::Groups(groups) => Need::Of(groups.clone()),
        }
    }

    /// For a sentence: "the chair of the committee".
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.by {
            By::Role(role) => format!("the {}", role.in_words()),
            By::Management => format!("the {}", self.words.trim_start_matches("the ")),
            By::Groups(_) if self.words.to_lowercase().contains("team") => {
                format!("the {}", self.words.trim_start_matches("the "))
            }
            By::Groups(_) => self.words.clone(),
        }
    }

    /// Whether anybody may approve for it on this day.
    #[must_use]
    pub fn has_anybody(&self, setting: &Setting, today: Date) -> bool {
        let may = |person: Person| permit::is_one_of(person, &self.need(), setting, today);
        match &self.by {
            By::Role(role) => setting.roles.holders(role, today).into_iter().any(may),
            By::Management | By::Groups(_) => setting.people.here(today).any(may),
        }
    }

    /// Who is asked to see to it.
    #[must_use]
    pub fn owner(&self) -> Owner {
        match &self.by {
            By::Role(role) => Owner::role(role.key()),
            By::Management | By::Groups(_) => Owner::role(Role::Manager.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_policies_find_the_people_who_may_speak_for_them() {
        let by = |words: &str| Approver::read(words).by;
        assert_eq!(by("Designated safeguarding lead"), By::Role(Role::Lead));
        assert_eq!(by("governing body"), By::Role(Role::Chair));
        assert_eq!(by("chair"), By::Role(Role::Chair));
        assert_eq!(by("senior leadership team"), By::Management);
        assert_eq!(by("staff teams"), By::Groups(vec![Group::Staff]));
        assert_eq!(
            by("district adviser"),
            By::Role(Role::Other("district adviser".to_owned()))
        );
        assert_eq!(by("manager"), By::Role(Role::Manager));
        assert_eq!(by("our board of trustees"), By::Role(Role::Chair));
        assert_eq!(by("deputy safeguarding lead"), By::Role(Role::DeputyLead));
        assert_eq!(by("the deputy manager"), By::Role(Role::DeputyManager));
        assert_eq!(by("named governor"), By::Role(Role::NamedMember));
        assert_eq!(
            by("online safety coordinator"),
            By::Role(Role::OnlineSafetyLead)
        );
        assert_eq!(by("room leaders"), By::Role(Role::RoomLeader));
        assert_eq!(
            Approver::read("senior leadership team").in_words(),
            "the senior leadership team"
        );
    }
}
