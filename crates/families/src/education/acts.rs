//! What can be asked for about where help is found.

use super::{
    entries::{Confirmed, Entry, Kept, LinkLooked, Removed},
    help::{Help, NATIONAL},
};
use crate::spine::{
    act::{Case, no},
    entry::Entry as AnyEntry,
    permit::Need,
};
use kernel::ruling::Mistake;

/// The most that a setting adds.
const LOCAL_MAX: usize = 200;

/// What can be asked for about where help is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Add somebody who helps.
    AddHelp(Help),
    /// Put right what is known about somebody who helps.
    ChangeHelp(Help),
    /// Give it out no longer.
    RemoveHelp {
        /// Its name in the directory.
        id: String,
    },
    /// Say that number and address are still right.
    ConfirmHelp {
        /// Their names in the directory.
        ids: Vec<String>,
    },
    /// Record whether addresses answer.
    LookAtLinks {
        /// The name in the directory, and whether its address answered.
        found: Vec<(String, bool)>,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::AddHelp(_) => "education.add-help",
            Act::ChangeHelp(_) => "education.change-help",
            Act::RemoveHelp { .. } => "education.remove-help",
            Act::ConfirmHelp { .. } => "education.confirm-help",
            Act::LookAtLinks { .. } => "education.look-at-links",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::LookAtLinks { .. } => Need::Machine,
            _ => Need::leadership(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let education = &case.setting.education;
        let known = |id: &str| education.find(id).is_some();
        let entries = match self {
            Act::AddHelp(help) => {
                check(help)?;
                if education.local() >= LOCAL_MAX {
                    return no(
                        "name",
                        "There are too many already. Take out old ones first",
                    );
                }
                let same = |other: &&Help| other.name.eq_ignore_ascii_case(help.name.trim());
                if education.all().any(|other| same(&other)) {
                    return no("name", "This is in the directory already. Change it there");
                }
                let id = education.next_id();
                vec![Entry::HelpKept(Box::new(Kept {
                    help: Help { id, ..help.clone() },
                }))]
            }
            Act::ChangeHelp(help) => {
                check(help)?;
                let Some(before) = education.find(&help.id) else {
                    return no("id", "There is nothing like this in the directory");
                };
                let (aka, nations) = (before.aka.clone(), before.nations.clone());
                let help = Help {
                    aka,
                    nations,
                    ..help.clone()
                };
                if *before == help {
                    return no(
                        "name",
                        "This is what is kept already. There is nothing to change",
                    );
                }
                vec![Entry::HelpKept(Box::new(Kept { help }))]
            }
            Act::RemoveHelp { id } => {
                if !known(id) {
                    return no("id", "There is nothing like this in the directory");
                }
                if NATIONAL
                    .iter()
                    .any(|help| help.id == *id && help.phone == "999")
                {
                    return no("id", "The emergency number always stays in the directory");
                }
                vec![Entry::HelpRemoved(Removed { id: id.clone() })]
            }
            Act::ConfirmHelp { ids } => {
                let ids: Vec<String> = ids.iter().filter(|id| known(id)).cloned().collect();
                if ids.is_empty() {
                    return no("ids", "Tick those that you have looked at");
                }
                vec![Entry::HelpConfirmed(Confirmed { ids })]
            }
            Act::LookAtLinks { found } => {
                let news = |(id, answers): &&(String, bool)| {
                    known(id) && education.answers(id) != Some(*answers)
                };
                let each = found.iter().filter(news).map(|(id, answers)| {
                    Entry::LinkLooked(LinkLooked {
                        id: id.clone(),
                        answers: *answers,
                    })
                });
                each.collect()
            }
        };
        Ok(entries.into_iter().map(AnyEntry::Education).collect())
    }
}

/// Somebody who helps can be reached, at an address that is one.
fn check(help: &Help) -> Result<(), Vec<Mistake>> {
    if help.phone.is_empty() && help.site.is_empty() {
        return no(
            "phone",
            "Enter a telephone number, an address on the web, or both",
        );
    }
    let rest = help
        .site
        .strip_prefix("https://")
        .or(help.site.strip_prefix("http://"));
    let is_address = rest.is_some_and(|rest| {
        rest.contains('.')
            && rest
                .chars()
                .all(|c| c.is_ascii_graphic() && !"<>\"'".contains(c))
    });
    if !help.site.is_empty() && !is_address {
        return no(
            "site",
            "Enter the whole address, such as https://www.example.org",
        );
    }
    Ok(())
}
