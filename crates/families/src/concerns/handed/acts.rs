//! Handing a report to the committee.

use super::{entries::Handed, subject};
use crate::{
    concerns::{circle, entries::Entry as Any},
    people::group::Group,
    spine::{
        act::{Case as Asked, no},
        permit::Need,
    },
};
use kernel::ruling::Mistake;

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// What it says, as it was read through.
    pub words: String,
}

impl HandOver {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "concerns.hand-to-committee"
    }

    /// Who may ask for it: as for the report itself.
    #[must_use]
    pub fn need(&self) -> Need {
        need()
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Result<Vec<Any>, Vec<Mistake>> {
        let mut cases = asked.setting.concerns.cases();
        let on = |number: u32| circle::is_on(asked.who, number, asked.setting, asked.today);
        if !cases.any(|case| case.excluded.is_empty() && on(case.number)) {
            return no("words", "There is no case that you are on");
        }
        let number = asked.setting.concerns.handed().next();
        let words = asked.sealer.seal_words(&subject(number), &self.words);
        Ok(vec![Any::Handed(Handed {
            number,
            words: words.map_err(|erased| vec![Mistake::from(erased)])?,
        })])
    }
}

/// Who may make the report and hand it over: whoever is on a case; which that is, is asked later.
#[must_use]
pub fn need() -> Need {
    Need::AnyOf(vec![Need::Team, Need::Of(vec![Group::Committee])])
}
