//! Accounts: opened by the manager, taken up by their owners with a code, all with the password that
//! the demo prints; and the table of those to try.

use super::{
    calendar::{Days, plus},
    names::{self, Family},
    people::time_here,
    stage::{By, Story},
};
use crate::commands::say;
use anyhow::Context;
use families::{
    access::acts::Act,
    spine::act::{Act as AnyAct, Person},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The password of every account of the demo.
pub(super) const PASSWORD: &str = "hollyhock-lane-demo";
/// How many parents have an account.
const PARENTS: usize = 30;
const FILE: &str = "demo-accounts.json";

/// An account to try.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) role: String,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) name: String,
}

/// Somebody with an account: since when, and until when.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) name: &'static str,
    pub(super) opened: Date,
    pub(super) until: Option<Date>,
}

/// Whom the table shows, and as what.
const TO_TRY: [(&str, &str); 16] = [
    ("manager and safeguarding lead", names::MANAGER),
    (
        "deputy manager and safeguarding lead",
        names::DEPUTY_MANAGER,
    ),
    ("deputy safeguarding lead", names::DEPUTY_LEAD),
    ("room leader", names::ROOM_LEADER),
    ("practitioner", names::PRACTITIONER),
    ("new practitioner", names::NEW_PRACTITIONER),
    ("volunteer", names::VOLUNTEER),
    ("student", names::STUDENT),
    ("technical lead", names::TECHNICAL_LEAD),
    ("chair of the committee", names::CHAIR),
    ("committee member for safeguarding", names::NAMED_MEMBER),
    (
        "committee member and parent",
        names::PARENTS_ON_COMMITTEE[0],
    ),
    ("parent", names::PARENT),
    ("parent of two children", names::PARENT_OF_TWO),
    ("foster carer", names::FOSTER_CARER),
    ("grandparent", names::GRANDPARENT),
];

/// Opens the accounts and has them taken up. Hands back who has one.
pub(super) fn tell(
    story: &mut Story,
    days: &Days,
    families: &[Family],
    hash: &str,
) -> anyhow::Result<Vec<Holder>> {
    let mut holders = vec![Holder {
        name: names::MANAGER,
        opened: days.start,
        until: None,
    }];
    let mut open = |name: &'static str, since: Date, until: Option<Date>| {
        let place = i8::try_from(holders.len() % 50).unwrap_or(0);
        let opened = plus(since.max(days.start), 1);
        super::agreements::before_account(story, Moment::on(opened, 8, place), name);
        open_account(story, Moment::on(opened, 9, place), name, hash);
        holders.push(Holder {
            name,
            opened,
            until,
        });
    };
    for (name, ..) in names::TEAM.iter().filter(|one| one.0 != names::MANAGER) {
        let (since, last) = time_here(days, name);
        open(name, since, last);
    }
    for name in [names::CHAIR, names::NAMED_MEMBER, names::MEMBER] {
        open(name, plus(days.start, 2), None);
    }
    for (name, since) in parents(days, families)? {
        open(name, plus(since.max(days.start), 6), None);
    }
    now_and_then(story, days, hash);
    Ok(holders)
}

/// The first parents who are to have an account, those to try among them.
fn parents(days: &Days, families: &[Family]) -> anyhow::Result<Vec<(&'static str, Date)>> {
    let mut parents = Vec::new();
    for family in families {
        let first = super::people::first_day(days, family);
        let (Some(first), Some(adult)) = (first, family.adults.first()) else {
            continue;
        };
        if parents.len() < PARENTS && !super::people::has_left(family) {
            parents.push((adult.name, first));
        }
    }
    for name in names::PARENTS_ON_COMMITTEE {
        anyhow::ensure!(
            parents.iter().any(|(parent, _)| *parent == name),
            "{name} is not among the parents with an account"
        );
    }
    Ok(parents)
}

fn open_account(story: &mut Story, at: Moment, name: &'static str, hash: &str) {
    let user = user_name(name);
    let code = code(name);
    let (for_user, for_code) = (user.clone(), code.clone());
    story.act(at, By::Person(names::MANAGER), move |cast| {
        Ok(AnyAct::Access(Act::OpenAccount {
            person: cast.of(name)?,
            user: for_user,
            code: for_code,
        }))
    });
    take_up(story, at.plus_hours(3), user, code, hash);
}

fn take_up(story: &mut Story, at: Moment, user: String, code: String, hash: &str) {
    let password = hash.to_owned();
    story.act(at, By::Nobody, move |_| {
        Ok(AnyAct::Access(Act::TakeUp {
            user,
            code,
            password: password.into(),
        }))
    });
}

/// The digest of a code that was used long ago and fits nothing any more.
fn code(of: &str) -> String {
    crate::web::passwords::digest(&format!("a code for {of}"))
}

/// A password changed, another forgotten, and the account of somebody who left.
fn now_and_then(story: &mut Story, days: &Days, hash: &str) {
    let password = hash.to_owned();
    story.act(days.ago(140, 8, 5), By::Person(names::MANAGER), |_| {
        Ok(AnyAct::Access(Act::ChangePassword {
            password: password.into(),
        }))
    });
    let forgot = names::PRACTITIONER;
    for minute in [40, 41, 43] {
        failed(story, days.ago(75, 7, minute), forgot);
    }
    let code = code("another one");
    let given = code.clone();
    let at = days.ago(75, 8, 20);
    story.act(at, By::Person(names::MANAGER), move |cast| {
        Ok(AnyAct::Access(Act::GiveCode {
            person: cast.of(forgot)?,
            code: given,
        }))
    });
    take_up(story, at.plus_minutes(8), user_name(forgot), code, hash);
    story.act(days.ago(245, 9, 0), By::Person(names::MANAGER), |cast| {
        Ok(AnyAct::Access(Act::CloseAccount {
            person: cast.of(names::LEAVER)?,
        }))
    });
}

/// Somebody types a wrong password.
pub(super) fn failed(story: &mut Story, at: Moment, name: &'static str) {
    story.act(at, By::Nobody, move |cast| {
        let person: Person = cast.of(name)?;
        Ok(AnyAct::Access(Act::RecordFailedSignIn { person }))
    });
}

/// A user name in small plain letters: `sinead.ni-bhroin`.
pub(super) fn user_name(name: &str) -> String {
    let plain = |letter: char| match letter {
        'é' | 'ê' => Some('e'),
        'í' => Some('i'),
        'â' | 'á' => Some('a'),
        ' ' => Some('.'),
        '-' => Some('-'),
        letter if letter.is_ascii_lowercase() => Some(letter),
        _ => None,
    };
    name.to_lowercase().chars().filter_map(plain).collect()
}

/// The accounts to try, one for each role.
pub(super) fn to_try() -> Vec<Account> {
    let account = |(role, name): (&str, &str)| Account {
        role: role.to_owned(),
        user: user_name(name),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
    };
    TO_TRY.into_iter().map(account).collect()
}

/// Writes the accounts beside the ledger, for tests and for whoever comes back.
pub(super) fn keep(data: &Path, accounts: &[Account]) -> anyhow::Result<()> {
    let path = data.join(FILE);
    let text = serde_json::to_string_pretty(accounts)?;
    std::fs::write(&path, text + "\n")
        .with_context(|| format!("{} can’t be written", path.display()))
}

/// Reads them again.
pub(super) fn kept(data: &Path) -> anyhow::Result<Vec<Account>> {
    let path = data.join(FILE);
    let text = std::fs::read_to_string(&path).with_context(|| {
        format!(
            "{} has a ledger and no accounts of a demo; choose another folder with --data",
            data.display()
        )
    })?;
    Ok(serde_json::from_str(&text)?)
}

/// Prints them.
pub(super) fn print(accounts: &[Account]) {
    say("");
    say("Accounts to try:");
    for account in accounts {
        say(&format!(
            "  {:38} {:24} {}",
            account.role, account.user, account.name
        ));
    }
    say(&format!("The password of each is: {PASSWORD}"));
    say("");
}
