//! The roles that people hold, as the field names them. A policy may ask for roles of its own.

use crate::people::group::Group;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Manages the setting.
    Manager,
    /// Stands in for the manager.
    DeputyManager,
    /// Designated safeguarding lead (so called since the early-years framework of September 2025).
    Lead,
    /// Deputy designated safeguarding lead.
    DeputyLead,
    /// Leads on online safety.
    OnlineSafetyLead,
    /// Chairs the committee, board or governing body.
    Chair,
    /// The committee member for safeguarding.
    NamedMember,
    /// Looks after devices and the network.
    TechnicalLead,
    /// Leads a room.
    RoomLeader,
    /// Any other role that the policy names, in its words.
    Other(String),
}

impl Role {
    /// The roles that the program knows by itself.
    pub const KNOWN: [Role; 9] = [
        Role::Manager,
        Role::DeputyManager,
        Role::Lead,
        Role::DeputyLead,
        Role::OnlineSafetyLead,
        Role::Chair,
        Role::NamedMember,
        Role::TechnicalLead,
        Role::RoomLeader,
    ];

    /// The roles to turn to with a worry, in this order.
    pub const LEADING: [Role; 5] = [
        Role::Lead,
        Role::DeputyLead,
        Role::OnlineSafetyLead,
        Role::Manager,
        Role::DeputyManager,
    ];

    /// The roles that need time and means set aside.
    pub const SUPPORTED: [Role; 3] = [Role::Lead, Role::DeputyLead, Role::OnlineSafetyLead];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Role::Manager => "manager",
            Role::DeputyManager => "deputy-manager",
            Role::Lead => "lead",
            Role::DeputyLead => "deputy-lead",
            Role::OnlineSafetyLead => "online-safety-lead",
            Role::Chair => "chair",
            Role::NamedMember => "named-member",
            Role::TechnicalLead => "technical-lead",
            Role::RoomLeader => "room-leader",
            Role::Other(words) => words,
        }
    }

    /// The role with this key; unknown keys are roles of the policy's own.
    #[must_use]
    pub fn from_key(key: &str) -> Role {
        let known = Role::KNOWN.into_iter().find(|role| role.key() == key);
        known.unwrap_or_else(|| Role::Other(key.to_owned()))
    }

    /// For people: "designated safeguarding lead".
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Role::Manager => "manager",
            Role::DeputyManager => "deputy manager",
            Role::Lead => "designated safeguarding lead",
            Role::DeputyLead => "deputy safeguarding lead",
            Role::OnlineSafetyLead => "online safety lead",
            Role::Chair => "chair of the committee",
            Role::NamedMember => "committee member for safeguarding",
            Role::TechnicalLead => "technical lead",
            Role::RoomLeader => "room leader",
            Role::Other(words) => words,
        }
        .to_owned()
    }
}

impl Role {
    /// Whether a person of these groups can hold it.
    #[must_use]
    pub fn suits(&self, groups: &BTreeSet<Group>) -> bool {
        let of = |any: &[Group]| any.iter().any(|group| groups.contains(group));
        match self {
            _ if groups.contains(&Group::Child) => false,
            Role::Manager
            | Role::DeputyManager
            | Role::Lead
            | Role::DeputyLead
            | Role::OnlineSafetyLead
            | Role::RoomLeader => of(&[Group::Staff, Group::Volunteer]),
            Role::Chair | Role::NamedMember => of(&[Group::Committee]),
            Role::TechnicalLead | Role::Other(_) => true,
        }
    }

    /// Who can hold it, as a phrase.
    #[must_use]
    pub fn suits_in_words(&self) -> &'static str {
        match self {
            Role::Manager
            | Role::DeputyManager
            | Role::Lead
            | Role::DeputyLead
            | Role::OnlineSafetyLead
            | Role::RoomLeader => "somebody who works here",
            Role::Chair | Role::NamedMember => "a member of the committee",
            Role::TechnicalLead | Role::Other(_) => "a grown-up",
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
        Ok(Role::from_key(&String::deserialize(deserializer)?))
    }
}
