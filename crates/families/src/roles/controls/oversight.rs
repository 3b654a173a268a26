//! roles.oversight: the committee or governors are kept informed. A report is made and presented on
//! schedule, and the lead meets the named committee member; both are recorded. Where the policy gives
//! no figure ("regularly"), once a term until the setting has chosen.

use crate::{
    policy::document::Clause,
    roles::{
        entries::Listener,
        register::{Meeting, Report},
        role::Role,
        since::adopted,
    },
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{date_in_words, minus_days, plus_days},
    value::Words,
};
use serde::Deserialize;

/// How often, where the policy gives no figure.
const USUAL: Every = Every::Terms(1);
/// How long before its day a report or a meeting is shown as work, in days.
const OPENS_BEFORE_DAYS: i64 = 28;
/// How long after it was made a report has to be presented, in days.
const PRESENT_WITHIN_DAYS: i64 = 28;

/// The committee or governors are kept informed.
#[derive(Deserialize)]
pub(super) struct Oversight {
    /// How often there is a report.
    #[serde(default)]
    report_every: Option<Every>,
    /// How often the lead and the committee member meet.
    #[serde(default)]
    meet_every: Option<Every>,
    /// To whom: of the report, and with whom the lead meets.
    #[serde(default)]
    to: Words,
    /// Who gives the report.
    #[serde(default)]
    by: Words,
}

impl Control for Oversight {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let roles = &from.setting.roles;
        let mut rows: Vec<Row> = roles.meetings().iter().map(of_meeting).collect();
        for report in roles.reports() {
            rows.push(of_report(report));
            rows.extend(report.presented.iter().map(|presented| Row {
                cells: vec![
                    Cell::Text(format!("Report {} presented", report.number)),
                    Cell::Day(presented.on),
                    Cell::Text(presented.to.in_words().to_owned()),
                ],
                seq: presented.seq,
                at: presented.at,
            }));
        }
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Reports and meetings".to_owned(),
            columns: vec!["What", "On", "With whom"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let mut duties = vec![self.report(from)];
        duties.extend(self.presentation(from));
        duties.extend(self.meeting(from));
        duties
    }
}

impl Oversight {
    /// The next report.
    fn report(&self, from: &Standpoint<'_>) -> Duty {
        let last = from.setting.roles.reports().last();
        let since = last.map_or_else(|| adopted(from), |last| last.to);
        let due = self
            .report_every
            .unwrap_or(USUAL)
            .after(since, from.calendar());
        Duty::new("Make the oversight report", self.reporter(from), due)
            .opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
            .at("/reports/make")
            .about(format!("report:{since}"))
            .clauses(about_reports(from))
            .from(last.map(|last| last.seq))
    }

    /// A report that was made and not yet presented to those whom the policy names.
    fn presentation(&self, from: &Standpoint<'_>) -> Option<Duty> {
        let listeners = self.listeners(from);
        let report = from.setting.roles.reports().last()?;
        let heard = |to: Listener| listeners.is_empty() || listeners.contains(&to);
        if report.presented.iter().any(|presented| heard(presented.to)) {
            return None;
        }
        let to = listeners.first().copied().unwrap_or(Listener::Committee);
        let made = report.at.date();
        Some(
            Duty::new(
                format!(
                    "Present report {} to {} and record what was decided",
                    report.number,
                    to.in_words()
                ),
                self.reporter(from),
                plus_days(made, PRESENT_WITHIN_DAYS),
            )
            .opens(made)
            .at(format!("/reports/present?report={}", report.number))
            .about(format!("present:{}", report.number))
            .clauses(about_reports(from))
            .from([report.seq]),
        )
    }

    /// The next meeting, where a clause speaks of meetings.
    fn meeting(&self, from: &Standpoint<'_>) -> Option<Duty> {
        let clauses = about_meetings(from);
        if clauses.is_empty() && self.meet_every.is_none() {
            return None;
        }
        let roles = &from.setting.roles;
        let last = roles.last_met();
        let since = last.map_or_else(|| adopted(from), |last| last.on);
        let due = self
            .meet_every
            .unwrap_or(USUAL)
            .after(since, from.calendar());
        let with = self.meets_with(from);
        let owner = first_of(&[Role::Lead, Role::Manager], from);
        Some(
            Duty::new(
                format!("Meet the {} and record it", with.in_words()),
                owner,
                due,
            )
            .opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
            .at("/roles/meetings/record")
            .about(format!("meeting:{since}"))
            .clauses(clauses)
            .from(last.map(|last| last.seq)),
        )
    }

    /// Who gives the report: whom the policy names, else the lead, else the manager.
    fn reporter(&self, from: &Standpoint<'_>) -> Owner {
        let mut roles: Vec<Role> = self.by.iter().flat_map(Role::recognise).collect();
        roles.extend([Role::Lead, Role::Manager]);
        first_of(&roles, from)
    }

    /// To whom reports go: what clauses that speak of no meeting say.
    fn listeners(&self, from: &Standpoint<'_>) -> Vec<Listener> {
        let words = self
            .to
            .iter()
            .filter(|words| !said_of_meetings_only(words, from));
        let mut listeners: Vec<Listener> = Vec::new();
        for role in words.flat_map(Role::read) {
            let listener = match role {
                Role::NamedMember => Listener::NamedMember,
                Role::Manager | Role::DeputyManager => Listener::Management,
                Role::Chair
                | Role::Lead
                | Role::DeputyLead
                | Role::OnlineSafetyLead
                | Role::TechnicalLead
                | Role::RoomLeader
                | Role::Other(_) => Listener::Committee,
            };
            if !listeners.contains(&listener) {
                listeners.push(listener);
            }
        }
        listeners
    }

    /// With whom the lead meets: what clauses that speak of meetings say.
    fn meets_with(&self, from: &Standpoint<'_>) -> Role {
        let words = self.to.iter().filter(|words| said_of_meetings(words, from));
        let named = words.flat_map(Role::recognise).next();
        named.unwrap_or(Role::NamedMember)
    }
}

/// The clauses that speak of meetings.
fn about_meetings(from: &Standpoint<'_>) -> Vec<String> {
    let own = from
        .bound
        .clauses
        .iter()
        .filter(|clause| is_about_meetings(clause));
    own.map(|clause| clause.id.clone()).collect()
}

/// All others.
fn about_reports(from: &Standpoint<'_>) -> Vec<String> {
    let own =
        from.bound.clauses.iter().filter(|clause| {
            !is_about_meetings(clause) || clause.values.contains_key("report_every")
        });
    own.map(|clause| clause.id.clone()).collect()
}

fn is_about_meetings(clause: &Clause) -> bool {
    clause.values.contains_key("meet_every")
}

fn said_of_meetings(words: &str, from: &Standpoint<'_>) -> bool {
    let mut clauses = from.bound.clauses.iter();
    clauses.any(|clause| is_about_meetings(clause) && says_to(clause, words))
}

fn said_of_meetings_only(words: &str, from: &Standpoint<'_>) -> bool {
    let mut others = from
        .bound
        .clauses
        .iter()
        .filter(|clause| !is_about_meetings(clause));
    said_of_meetings(words, from) && !others.any(|clause| says_to(clause, words))
}

fn says_to(clause: &Clause, words: &str) -> bool {
    clause.values.get("to").is_some_and(|value| {
        value
            .words()
            .iter()
            .any(|own| own.to_lowercase() == words.to_lowercase())
    })
}

/// The first of these roles that somebody holds; the last when nobody holds any.
fn first_of(roles: &[Role], from: &Standpoint<'_>) -> Owner {
    let held = from.setting.roles.first_held(roles, from.today);
    let role = held.or(roles.last()).unwrap_or(&Role::Manager);
    Owner::role(role.key())
}

fn of_meeting(meeting: &Meeting) -> Row {
    Row {
        cells: vec![
            Cell::Text(format!(
                "Meeting {} of {}",
                meeting.number,
                meeting.lead.mark()
            )),
            Cell::Day(meeting.on),
            Cell::Person(meeting.with),
        ],
        seq: meeting.seq,
        at: meeting.at,
    }
}

fn of_report(report: &Report) -> Row {
    let time = format!(
        "Report {} made, {} to {}",
        report.number,
        date_in_words(report.from),
        date_in_words(report.to)
    );
    Row {
        cells: vec![Cell::Text(time), Cell::Day(report.at.date()), Cell::Empty],
        seq: report.seq,
        at: report.at,
    }
}
