//! Who holds which role, when; what was reported, talked about and set aside.

use super::{
    entries::{Entry, Facts, Listener},
    holding::{Holding, first_day_without},
    role::Role,
};
use crate::{
    people::entries::Entry as OfPeople,
    spine::{act::Person, setting::At},
};
use kernel::{
    moment::{Date, Moment, minus_days},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who holds which role, and how the committee is kept informed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    holdings: Vec<Holding>,
    leaving: BTreeMap<Person, Date>,
    reach: BTreeMap<Person, Private<String>>,
    read: Vec<Read>,
    reports: Vec<Report>,
    meetings: Vec<Meeting>,
    capacity: Vec<Capacity>,
    answers: Vec<Answer>,
    needs: Vec<Need>,
}

/// That somebody has read what their role answers for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The digest of the list.
    pub digest: String,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// A report for the committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its number.
    pub number: u32,
    /// The first day that it is about.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// How things stood when it was made.
    pub facts: Facts,
    /// What its maker says.
    pub says: Option<Private<String>>,
    /// The decisions that it asks for.
    pub asks: Option<Private<String>>,
    /// When it was presented, and what was decided.
    pub presented: Vec<Presented>,
    /// Who made it.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// That a report was presented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// When.
    pub on: Date,
    /// To whom.
    pub to: Listener,
    /// What was decided.
    pub decided: Private<String>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// A meeting of a lead and a committee member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its number.
    pub number: u32,
    /// When it was.
    pub on: Date,
    /// Who leads.
    pub lead: Person,
    /// The committee member.
    pub with: Person,
    /// What they talked about.
    pub talked: Private<String>,
    /// What they agreed to do.
    pub agreed: Option<Private<String>>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// Hours and means that are set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// For which role.
    pub role: Role,
    /// For whom.
    pub person: Person,
    /// Hours a week.
    pub hours: u16,
    /// What else.
    pub means: Option<Private<String>>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// Whether hours and means suffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether they do.
    pub suffices: bool,
    /// The meeting at which it was asked.
    pub meeting: Option<u32>,
    /// Who said so.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// Something that the leads miss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Its number.
    pub number: u32,
    /// What is missing.
    pub what: Private<String>,
    /// How it was met, by which entry, when.
    pub met: Option<(Private<String>, u64, Moment)>,
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
}

/// Somebody who leads, for the foot of pages, posters and the page of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// As what.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// How they are reached, when it was written down.
    pub reach: Option<Private<String>>,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Given(fact) => self.holdings.push(Holding {
                role: fact.role.clone(),
                person: fact.person,
                from: fact.from,
                last: None,
                leaves: self.leaving.get(&fact.person).copied(),
                seq: at.seq,
                at: at.moment,
            }),
            Entry::Ended(fact) => {
                let same = |h: &&mut Holding| {
                    h.role == fact.role && h.person == fact.person && h.from == fact.from
                };
                if let Some(holding) = self.holdings.iter_mut().rev().find(same) {
                    holding.last = Some(fact.last);
                }
            }
            Entry::ReachSet(fact) => match &fact.reach {
                Some(reach) => {
                    self.reach.insert(fact.person, reach.clone());
                }
                None => {
                    self.reach.remove(&fact.person);
                }
            },
            Entry::Acknowledged(fact) => self.read.push(Read {
                role: fact.role.clone(),
                person: fact.person,
                digest: fact.digest.clone(),
                seq: at.seq,
                at: at.moment,
            }),
            Entry::ReportMade(_) | Entry::ReportPresented(_) | Entry::MeetingRecorded(_) => {
                self.fold_oversight(entry, at);
            }
            Entry::CapacitySet(_)
            | Entry::CapacityAnswered(_)
            | Entry::NeedRaised(_)
            | Entry::NeedMet(_) => self.fold_capacity(entry, at),
        }
    }

    fn fold_oversight(&mut self, entry: &Entry, at: At<'_>) {
        if let Entry::ReportMade(fact) = entry {
            self.reports.push(Report {
                number: fact.number,
                from: fact.from,
                to: fact.to,
                facts: fact.facts.clone(),
                says: fact.says.clone(),
                asks: fact.asks.clone(),
                presented: Vec::new(),
                by: at.by.person(),
                seq: at.seq,
                at: at.moment,
            });
        }
        if let Entry::ReportPresented(fact) = entry {
            let report = self
                .reports
                .iter_mut()
                .find(|report| report.number == fact.report);
            if let Some(report) = report {
                report.presented.push(Presented {
                    on: fact.on,
                    to: fact.to,
                    decided: fact.decided.clone(),
                    seq: at.seq,
                    at: at.moment,
                });
            }
        }
        if let Entry::MeetingRecorded(fact) = entry {
            self.meetings.push(Meeting {
                number: fact.number,
                on: fact.on,
                lead: fact.lead,
                with: fact.with,
                talked: fact.talked.clone(),
                agreed: fact.agreed.clone(),
                seq: at.seq,
                at: at.moment,
            });
        }
    }

    fn fold_capacity(&mut self, entry: &Entry, at: At<'_>) {
        if let Entry::CapacitySet(fact) = entry {
            self.capacity.push(Capacity {
                role: fact.role.clone(),
                person: fact.person,
                hours: fact.hours,
                means: fact.means.clone(),
                seq: at.seq,
                at: at.moment,
            });
        }
        if let Entry::CapacityAnswered(fact) = entry {
            self.answers.push(Answer {
                suffices: fact.suffices,
                meeting: fact.meeting,
                by: at.by.person(),
                seq: at.seq,
                at: at.moment,
            });
        }
        if let Entry::NeedRaised(fact) = entry {
            self.needs.push(Need {
                number: fact.need,
                what: fact.what.clone(),
                met: None,
                seq: at.seq,
                at: at.moment,
            });
        }
        if let Entry::NeedMet(fact) = entry {
            let need = self.needs.iter_mut().find(|need| need.number == fact.need);
            if let Some(need) = need {
                need.met = Some((fact.how.clone(), at.seq, at.moment));
            }
        }
    }

    /// Hears what happened to people: a role ends when its holder leaves, and does not come back
    /// with them. Whoever is shut out at once holds none from that day on.
    pub(crate) fn hear(&mut self, entry: &OfPeople, at: At<'_>) {
        if let OfPeople::Left(fact) = entry {
            let last = match fact.at_once {
                Some(true) => fact.last.min(minus_days(at.day, 1)),
                Some(false) | None => fact.last,
            };
            self.leaving.insert(fact.person, last);
            self.of_mut(fact.person)
                .for_each(|holding| holding.leaves(last));
        }
        if let OfPeople::Returned(fact) = entry {
            self.leaving.remove(&fact.person);
            self.of_mut(fact.person)
                .for_each(|holding| holding.returns(fact.since));
        }
    }

    fn of_mut(&mut self, person: Person) -> impl Iterator<Item = &mut Holding> {
        self.holdings
            .iter_mut()
            .filter(move |holding| holding.person == person)
    }

    /// Whether somebody holds a role on this day.
    #[must_use]
    pub fn holds(&self, person: Person, role: &Role, today: Date) -> bool {
        self.holdings
            .iter()
            .any(|h| h.person == person && h.role == *role && h.is_on(today))
    }

    /// Who holds a role on this day.
    #[must_use]
    pub fn holders(&self, role: &Role, today: Date) -> Vec<Person> {
        self.holdings
            .iter()
            .filter(|h| h.role == *role && h.is_on(today))
            .map(|h| h.person)
            .collect()
    }

    /// The first of these roles that somebody holds on this day.
    #[must_use]
    pub fn first_held<'r>(&self, roles: &'r [Role], today: Date) -> Option<&'r Role> {
        roles
            .iter()
            .find(|role| !self.holders(role, today).is_empty())
    }

    /// The manager, when there is just one.
    #[must_use]
    pub fn sole_manager(&self, today: Date) -> Option<Person> {
        match self.holders(&Role::Manager, today).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The roles that somebody holds on this day, those that the program knows first.
    #[must_use]
    pub fn roles_of(&self, person: Person, today: Date) -> Vec<Role> {
        let own = self
            .holdings
            .iter()
            .filter(|h| h.person == person && h.is_on(today));
        let mut roles: Vec<Role> = own.map(|h| h.role.clone()).collect();
        roles.sort();
        roles.dedup();
        roles
    }

    /// All that were ever given, oldest first.
    #[must_use]
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// Those of one role.
    pub fn holdings_of(&self, role: &Role) -> impl Iterator<Item = &Holding> + Clone {
        self.holdings
            .iter()
            .filter(move |holding| holding.role == *role)
    }

    /// The first day from this one on which nobody holds a role, as far as is known.
    #[must_use]
    pub fn first_day_without(&self, role: &Role, day: Date) -> Option<Date> {
        first_day_without(&self.holdings_of(role), day)
    }

    /// The first day without a manager if this person's last day were this one; `None` when that
    /// takes no manager away.
    #[must_use]
    pub fn first_day_without_manager_if_left(
        &self,
        person: Person,
        last: Date,
        today: Date,
    ) -> Option<Date> {
        let mut then = self.clone_holdings(&Role::Manager);
        then.iter_mut()
            .filter(|h| h.person == person)
            .for_each(|h| h.leaves(last));
        self.earlier(first_day_without(&then.iter(), today), today)
    }

    /// The first day without a manager if this holding ended so; `None` when that takes none away.
    #[must_use]
    pub(super) fn first_day_without_manager_if_ended(
        &self,
        ended: &Holding,
        last: Date,
        today: Date,
    ) -> Option<Date> {
        let mut then = self.clone_holdings(&Role::Manager);
        then.iter_mut()
            .filter(|h| *h == ended)
            .for_each(|h| h.last = Some(last));
        self.earlier(first_day_without(&then.iter(), today), today)
    }

    fn clone_holdings(&self, role: &Role) -> Vec<Holding> {
        self.holdings_of(role).cloned().collect()
    }

    /// The day, when it comes before the one that is known now.
    fn earlier(&self, day: Option<Date>, today: Date) -> Option<Date> {
        let known = self.first_day_without(&Role::Manager, today);
        day.filter(|day| known.is_none_or(|known| *day < known))
    }

    /// Who leads today, in the order in which to turn to them, and how they are reached.
    #[must_use]
    pub fn contacts(&self, today: Date) -> Vec<Contact> {
        let mut contacts: Vec<Contact> = Vec::new();
        for role in Role::LEADING {
            for person in self.holders(&role, today) {
                if !contacts.iter().any(|contact| contact.person == person) {
                    contacts.push(Contact {
                        role: role.clone(),
                        person,
                        reach: self.reach(person).cloned(),
                    });
                }
            }
        }
        contacts
    }

    /// How somebody is reached, when it was written down.
    #[must_use]
    pub fn reach(&self, person: Person) -> Option<&Private<String>> {
        self.reach.get(&person)
    }

    /// All that was read, oldest first.
    #[must_use]
    pub fn read(&self) -> &[Read] {
        &self.read
    }

    /// Whether somebody has read this very list of a role.
    #[must_use]
    pub fn has_read(&self, person: Person, role: &Role, digest: &str) -> bool {
        self.read
            .iter()
            .any(|read| read.person == person && read.role == *role && read.digest == digest)
    }

    /// The reports, oldest first.
    #[must_use]
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The report with this number.
    #[must_use]
    pub fn report(&self, number: u32) -> Option<&Report> {
        self.reports.iter().find(|report| report.number == number)
    }

    /// The meetings, in the order in which they were recorded.
    #[must_use]
    pub fn meetings(&self) -> &[Meeting] {
        &self.meetings
    }

    /// The day of the last meeting.
    #[must_use]
    pub fn last_met(&self) -> Option<&Meeting> {
        self.meetings
            .iter()
            .max_by_key(|meeting| (meeting.on, meeting.number))
    }

    /// What was ever set aside, oldest first.
    #[must_use]
    pub fn capacity(&self) -> &[Capacity] {
        &self.capacity
    }

    /// What is set aside for somebody in a role now.
    #[must_use]
    pub fn capacity_of(&self, person: Person, role: &Role) -> Option<&Capacity> {
        let own = |capacity: &&Capacity| capacity.person == person && capacity.role == *role;
        self.capacity.iter().rev().find(own)
    }

    /// The answers to whether hours and means suffice, oldest first.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// What the leads missed or miss, oldest first.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The need with this number.
    #[must_use]
    pub fn need(&self, number: u32) -> Option<&Need> {
        self.needs.iter().find(|need| need.number == number)
    }

    /// What the leads miss now.
    pub fn unmet(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| need.met.is_none())
    }
}
