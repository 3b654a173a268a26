//! Into whose pages the web proxy looks, and what it does with what they say.

use super::{Plan, PlanError, Profile, Seat, site};
use crate::content::Theme;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The weight from which a page is closed, where nothing else is said.
pub const THRESHOLD: u16 = 100;

/// The least and the most that may be said: a lower one would close pages for a single word.
const THRESHOLDS: std::ops::RangeInclusive<u16> = 30..=1_000;

/// Themes, each with the weight from which a page is closed.
pub type Thresholds = BTreeMap<Theme, u16>;

/// When the proxy opens pages under TLS to judge them, on devices that trust the setting's own
/// authority. Hosts that have illegal pages are looked into always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksInto {
    /// Never.
    #[default]
    Nothing,
    /// In a session that an adult opened.
    Sessions,
    /// Always.
    Everything,
}

impl LooksInto {
    pub(super) fn is_nothing(&self) -> bool {
        *self == LooksInto::Nothing
    }
}

impl Plan {
    /// The profile of a seat.
    #[must_use]
    pub fn profile_of(&self, seat: Seat) -> Option<&Profile> {
        self.profiles.get(usize::from(seat.profile?))
    }

    /// Whether the plan asks for pages of a seat to be looked into. The device has to trust the
    /// setting's own authority as well.
    #[must_use]
    pub fn looks_into(&self, seat: Seat) -> bool {
        match self.profile_of(seat).map(|profile| profile.looks_into) {
            Some(LooksInto::Everything) => true,
            Some(LooksInto::Sessions) => seat.session.is_some(),
            Some(LooksInto::Nothing) | None => false,
        }
    }

    /// Whether the plan says that the device of a seat trusts the setting's own authority.
    #[must_use]
    pub fn trusts_authority(&self, seat: Seat) -> bool {
        let device = seat.device.map(usize::from);
        let device = device.and_then(|number| self.devices.get(number));
        device.is_some_and(|device| device.trusts_authority)
    }
}

/// Checks what is said of looking, and brings names into their normal form.
pub(super) fn checked(plan: &mut Plan) -> Result<(), PlanError> {
    for profile in &plan.profiles {
        let mut said = profile.content.iter();
        if let Some((theme, _)) = said.find(|(_, weight)| !THRESHOLDS.contains(weight)) {
            return Err(PlanError::Content(format!(
                "'{}' closes {} from a weight that is not within {} and {}",
                profile.name,
                theme.key(),
                THRESHOLDS.start(),
                THRESHOLDS.end()
            )));
        }
    }
    for name in &mut plan.never_looked_into {
        *name = site(name)?;
    }
    Ok(())
}
