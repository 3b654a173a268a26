//! The roles that people hold, as the field names them. A policy may ask for roles of its own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
