//! access.own-account: everyone uses their own account. An account is one person's; names that stand
//! for a place, a job or a group are refused, and everybody is told to keep their log-in to themselves.

use crate::{
    access::acts::Act as Access,
    people::group::Group,
    spine::{
        act::{Act, Case},
        control::{Audience, Control, Notice, Standpoint},
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// User names that several people would use.
const SHARED: &[&str] = &[
    "admin",
    "administrator",
    "all",
    "class",
    "committee",
    "deputy",
    "desk",
    "everyone",
    "family",
    "front-desk",
    "frontdesk",
    "guest",
    "head",
    "kitchen",
    "laptop",
    "manager",
    "nursery",
    "office",
    "parents",
    "playgroup",
    "practitioner",
    "preschool",
    "reception",
    "room",
    "school",
    "setting",
    "shared",
    "staff",
    "student",
    "supply",
    "tablet",
    "teacher",
    "team",
    "temp",
    "test",
    "user",
    "visitor",
    "volunteer",
];

/// Everyone uses their own account.
#[derive(Deserialize)]
pub(super) struct OwnAccount {
    /// Who has accounts.
    #[serde(default)]
    groups: Words,
}

impl Control for OwnAccount {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Access(Access::OpenAccount { person, user, .. }) = act else {
            return Ruling::Silent;
        };
        let people = &case.setting.people;
        if people.groups(*person).contains(&Group::Child) {
            return Ruling::refuse(
                "Children have no account in Stairgate. Where your policy gives them one, it is in another system, such as a learning platform.",
                AllowedBy::Nobody,
                "Keep the other system and its accounts in the access register.",
            )
            .at("person");
        }
        if is_shared(user, people.rooms().map(|(_, name)| name)) {
            return Ruling::refuse(
                format!("“{user}” sounds like a log-in that several people share. Each person has their own."),
                AllowedBy::Nobody,
                "Choose a user name made from the person’s own name, and open an account for each person who needs one.",
            )
            .at("user");
        }
        Ruling::Silent
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let mut groups: BTreeSet<Group> = self.groups.iter().flat_map(Group::read).collect();
        groups.remove(&Group::Child);
        if groups.is_empty() {
            groups.extend(Group::TEAM);
        }
        let says = vec![
            "Sign in with your own user name only. Nobody else uses it, and you never use anybody else’s.".to_owned(),
            "Tell nobody your password, not even a manager, and leave it nowhere.".to_owned(),
            "Your account shows every device on which you are signed in. End what you do not know.".to_owned(),
        ];
        let clauses: Vec<String> = from
            .bound
            .clauses
            .iter()
            .map(|clause| clause.id.clone())
            .collect();
        groups
            .into_iter()
            .map(|group| Notice {
                to: Audience::Group(group),
                title: "Your log-in is yours alone".to_owned(),
                says: says.clone(),
                clauses: clauses.clone(),
            })
            .collect()
    }
}

/// Whether a user name stands for more than one person: a word for a job or a place, or a room's
/// name, with or without a number behind it.
fn is_shared<'a>(user: &str, mut rooms: impl Iterator<Item = &'a str>) -> bool {
    let plain = user.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    let like = |name: &str| name.to_lowercase().replace(' ', "-") == plain;
    SHARED.contains(&plain) || rooms.any(like)
}
