//! agreements.acceptable-use: nobody gets an account, a device or the internet before they have
//! signed the agreement of their group. A new version asks everybody again; whoever has not signed
//! after the days of grace can do nothing but sign, until they have.

use crate::{
    access::acts::Act as Access,
    agreements::{
        asks::{self, Unsigned},
        bound::{self, Covers},
        register::Version,
    },
    people::group::Group,
    policy::asks as policy,
    roles::role::Role,
    spine::{
        act::{Act, Case, Person},
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
        door,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, date_in_words, plus_days},
    ruling::{AllowedBy, Ruling},
    value::{Value, Words},
};
use serde::Deserialize;

/// How long a setting has to issue an agreement, in days.
const ISSUE_WITHIN_DAYS: i64 = 28;

/// Nobody gets access before an acceptable use agreement is signed.
#[derive(Deserialize)]
pub(super) struct AcceptableUse {
    /// Who must sign.
    #[serde(default)]
    groups: Words,
    /// The days after a new version.
    #[serde(default)]
    grace: Option<Value>,
    /// What is refused before.
    #[serde(default)]
    covers: Words,
}

impl Control for AcceptableUse {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        if let Some(person) = case.person()
            && let Some(held) = door::held(case.setting, case.in_force, person, case.today)
            && !door::is_open_to_held(act, case.setting)
        {
            return self.hold(&held);
        }
        let Act::Access(Access::OpenAccount { person, .. }) = act else {
            return Ruling::Silent;
        };
        let missing = asks::may(
            case.setting,
            case.in_force,
            *person,
            Covers::Account,
            case.today,
        );
        match missing {
            Some(missing) => before(*person, &missing),
            None => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let agreements = &from.setting.agreements;
        let mut rows: Vec<Row> = agreements
            .signatures()
            .map(|(person, signature)| Row {
                cells: vec![
                    Cell::Day(signature.on),
                    Cell::Person(person),
                    Cell::Text(format!(
                        "Signed version {} for {}",
                        signature.version,
                        signature.group.in_words()
                    )),
                    Cell::Text(signature.how.in_words().to_owned()),
                ],
                seq: signature.seq,
                at: signature.at,
            })
            .collect();
        rows.extend(
            Group::ALL
                .iter()
                .flat_map(|group| agreements.versions(*group))
                .map(issued_row),
        );
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Agreements that were issued, and who has signed them".to_owned(),
            columns: vec!["Day", "Who", "What", "How"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let mut duties: Vec<Duty> = bound::with_agreement(from.bound)
            .into_iter()
            .filter_map(|group| issue(group, from))
            .collect();
        for group in bound::asked(from.bound) {
            duties.extend(sign(group, from));
        }
        duties
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let groups = bound::with_agreement(from.bound).into_iter();
        groups
            .filter_map(|group| from.setting.agreements.current(group))
            .map(|version| Notice {
                to: Audience::Group(version.says.group),
                title: format!(
                    "The agreement for {}, version {}",
                    version.says.group.in_words(),
                    version.says.number
                ),
                says: self.says(version),
                clauses: version
                    .says
                    .points
                    .iter()
                    .map(|point| point.clause.clone())
                    .collect(),
            })
            .collect()
    }
}

impl AcceptableUse {
    /// The agreement's text as a notice.
    fn says(&self, version: &Version) -> Vec<String> {
        let mut says = vec![version.says.intro.clone()];
        says.extend(version.says.points.iter().map(|point| point.text.clone()));
        if !self.covers.is_empty() {
            let named: Vec<&str> = self.covers.iter().collect();
            says.push(format!(
                "Whoever has not signed does not get: {}.",
                named.join(", ")
            ));
        }
        if !self.groups.is_empty() {
            let groups = policy::groups(self.groups.iter());
            says.push(format!(
                "It is signed by {}.",
                crate::policy::entries::groups_in_words(&groups)
            ));
        }
        says
    }

    fn hold(&self, held: &Unsigned) -> Ruling {
        let days = bound::read_days(self.grace.as_ref()).unwrap_or(bound::GRACE_DAYS);
        Ruling::refuse(
            format!(
                "You have not signed the agreement for {}. There were {days} days to do it, until {}.",
                held.group.in_words(),
                date_in_words(held.until)
            ),
            AllowedBy::Nobody,
            "Read the agreement and sign it: go to “Agreements”. After that everything is open to you again.",
        )
    }
}

fn before(person: Person, missing: &Unsigned) -> Ruling {
    Ruling::refuse(
        format!(
            "{} has not signed the agreement for {} (version {}).",
            person.mark(),
            missing.group.in_words(),
            missing.version
        ),
        AllowedBy::Nobody,
        "Give them a code to sign with on their own phone or at the kiosk, or record that they signed on paper. Then do this again.",
    )
    .at("person")
}

fn issued_row(version: &Version) -> Row {
    let what = format!(
        "Issued version {} of the agreement for {}",
        version.says.number,
        version.says.group.in_words()
    );
    Row {
        cells: vec![
            Cell::Day(version.at.date()),
            version.by.map_or(Cell::Empty, Cell::Person),
            Cell::Text(what),
            Cell::Text(format!("{} points", version.says.points.len())),
        ],
        seq: version.seq,
        at: version.at,
    }
}

/// The duty to issue a group's agreement, while anybody of the group is here.
fn issue(group: Group, from: &Standpoint<'_>) -> Option<Duty> {
    let people = &from.setting.people;
    let mut here = people.of(group, from.today).peekable();
    here.peek()?;
    let first = here.filter_map(|person| people.since(person)).min()?;
    let since = asks::to_issue(from.setting, group)?.max(first);
    let next = from.setting.agreements.current(group);
    let what = if next.is_some() {
        "Issue the new"
    } else {
        "Issue the"
    };
    let duty = Duty::new(
        format!("{what} agreement for {}", group.in_words()),
        manager(),
        plus_days(since, ISSUE_WITHIN_DAYS),
    )
    .opens(since)
    .at(format!("/agreements/{}/points", group.key()))
    .about(format!("issue:{}:{since}", group.key()));
    Some(duty)
}

/// The duties to sign: for each person who can do it here, and one for whoever sees to the others.
fn sign(group: Group, from: &Standpoint<'_>) -> Vec<Duty> {
    let (setting, today) = (from.setting, from.today);
    let Some(current) = setting.agreements.current(group) else {
        return Vec::new();
    };
    let open: Vec<(Person, Unsigned)> = setting
        .people
        .of(group, today)
        .filter_map(|person| {
            let open = asks::unsigned(setting, from.bound, person, group, today)?;
            Some((person, open))
        })
        .collect();
    let own = |person: &Person| group != Group::Child && setting.access.has_account(*person);
    let version = current.says.number;
    let mut duties: Vec<Duty> = open
        .iter()
        .filter(|(person, _)| own(person))
        .map(|(person, open)| {
            Duty::new(
                format!("Read and sign the agreement for {}", group.in_words()),
                Owner::Person(person.0),
                open.until,
            )
            .opens(open.since)
            .at(format!("/agreements/{}", group.key()))
            .about(format!("sign:{}:{version}:{person}", group.key()))
            .from([current.seq])
        })
        .collect();
    let others = open.iter().filter(|(person, _)| !own(person));
    let others: Vec<&Unsigned> = others.map(|(_, open)| open).collect();
    let first = |day: fn(&Unsigned) -> Date| others.iter().map(|open| day(open)).min();
    if let (Some(since), Some(until)) = (first(|open| open.since), first(|open| open.until)) {
        let what = if group == Group::Child {
            "Go through the agreement with the children who have not".to_owned()
        } else {
            format!(
                "Let {} sign who have not and have no account",
                group.in_words()
            )
        };
        duties.push(
            Duty::new(what, manager(), until)
                .opens(since)
                .at(format!("/agreements/{}", group.key()))
                .about(format!("others:{}:{version}", group.key()))
                .from([current.seq]),
        );
    }
    duties
}

fn manager() -> Owner {
    Owner::role(Role::Manager.key())
}
