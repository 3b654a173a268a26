//! What others close here: a council for its settings. It says whose it is, so that everybody sees
//! where it came from. And how closed names are answered.

use super::{ALL, Plan, PlanError};
use crate::{
    compiled::{Categories, Compiled},
    names::upwards,
    ours::must_stay_open,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    net::{Ipv4Addr, Ipv6Addr},
};

const FLOORS_MAX: usize = 16;

/// What somebody above the setting closes. The setting's exceptions do not open it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// Whose it is: the council's, by its name.
    pub by: String,
    /// For which profiles; for all, where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// Categories that are closed, or `all`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<String>,
    /// Names that are closed, with what is below them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The words that it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// How closed names are answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// As if there were no such name, or with the address of the page that says why.
    #[serde(default)]
    pub answer: Closed,
    /// The page's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page4: Option<Ipv4Addr>,
    /// The page's address in version 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page6: Option<Ipv6Addr>,
    /// Where hosts lead of which single pages are illegal: the web proxy, which looks at each page.
    /// Without it such hosts are closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy4: Option<Ipv4Addr>,
    /// The same in version 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy6: Option<Ipv6Addr>,
    /// For how many seconds a device keeps the answer, if its profile does not say less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_seconds: Option<u32>,
}

/// What a closed name is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closed {
    /// There is no such name.
    #[default]
    NoName,
    /// The address of the page that says why and who can open it.
    Page,
}

/// A floor, ready to be asked.
pub(super) struct Laid {
    profiles: Vec<u16>,
    closed: Categories,
    names: HashSet<String>,
}

/// What of a floor closes a name.
pub(super) enum ByFloor {
    Name,
    Categories(Categories),
}

impl Laid {
    pub(super) fn of(floor: &Floor, plan: &Plan, file: &Compiled) -> Laid {
        let profiles = (0_u16..).zip(&plan.profiles);
        let profiles = profiles
            .filter(|(_, own)| floor.profiles.is_empty() || floor.profiles.contains(&own.name));
        let mut closed = Categories::NONE;
        for category in &floor.closed {
            closed = closed.and(if category == ALL {
                Categories(u64::MAX)
            } else {
                file.category(category).unwrap_or_default()
            });
        }
        Laid {
            profiles: profiles.map(|(number, _)| number).collect(),
            closed,
            names: floor.names.iter().cloned().collect(),
        }
    }

    pub(super) fn closes(&self, profile: u16, name: &str, found: Categories) -> Option<ByFloor> {
        if !self.profiles.contains(&profile) {
            return None;
        }
        if !self.names.is_empty() && upwards(name).any(|above| self.names.contains(above)) {
            return Some(ByFloor::Name);
        }
        let closed = found.within(self.closed);
        (!closed.is_empty()).then_some(ByFloor::Categories(closed))
    }
}

/// Checks the floors and how closed names are answered.
pub(super) fn checked(plan: &mut Plan) -> Result<(), PlanError> {
    let wrong = |words: String| Err(PlanError::Content(words));
    if plan.floors.len() > FLOORS_MAX {
        return wrong(format!("it has more than {FLOORS_MAX} floors"));
    }
    let closing = &plan.closing;
    if closing.answer == Closed::Page && closing.page4.is_none() && closing.page6.is_none() {
        return wrong("closed names are answered with a page that has no address".to_owned());
    }
    for floor in &mut plan.floors {
        let mut profiles = floor.profiles.iter();
        if let Some(other) = profiles.find(|one| !plan.profiles.iter().any(|own| own.name == **one))
        {
            return wrong(format!(
                "the floor by '{}' names no profile: '{other}'",
                floor.by
            ));
        }
        for name in &mut floor.names {
            *name = super::site(name)?;
            if let Some(group) = must_stay_open().covers(name) {
                return wrong(format!("{name} must stay open: {}", group.title));
            }
        }
    }
    Ok(())
}
