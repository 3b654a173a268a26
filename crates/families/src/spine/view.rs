//! What a page sees: how things stand, as far as this reader may know. Sealed words are opened
//! here and nowhere else, so what was not opened can't leak.

use super::{
    act::{Act, Actor, Case, Person, Room},
    entry::Recorded,
    in_force::InForce,
    judge,
    keeping::Keeping,
    permit::{self, Need},
    setting::Setting,
    standing::{Counts, Owed, Standings},
    tongue::{Tongue, Value},
};
use crate::{filter::network::Network, monitor::traces::Traces};
use kernel::{
    chance::Chance,
    duty::Owner,
    moment::{Date, Moment},
    naming::{self, Mark},
    sealed::{Keys, Private, Sealer},
};
use serde::de::DeserializeOwned;

/// What a page sees.
pub struct View<'a> {
    /// Who reads.
    pub who: &'a Actor,
    /// When.
    pub now: Moment,
    /// The day that it is in the United Kingdom.
    pub today: Date,
    /// How things stand.
    pub setting: &'a Setting,
    /// The policy in force.
    pub in_force: &'a InForce,
    /// How every clause stands, and what is owed.
    pub standings: &'a Standings,
    /// How many clauses stood how on past days, oldest first.
    pub history: &'a [(Date, Counts)],
    /// The lines of the ledger that the page asked for, newest first.
    pub lines: &'a [Recorded],
    /// The keys of the people whom words are about.
    pub keys: &'a Keys,
    /// How the ledger itself is kept.
    pub keeping: &'a Keeping,
    /// What the network’s side of the filter knows.
    pub network: &'a dyn Network,
    /// What the network’s side keeps of what was asked for.
    pub traces: &'a dyn Traces,
    /// The mark against forged forms, for this reader.
    pub csrf: &'a str,
}

impl View<'_> {
    /// The person who reads, when it is one.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        self.who.person()
    }

    /// The language of the reader, on pages that are in several.
    #[must_use]
    pub fn tongue(&self) -> Tongue {
        self.who.tongue
    }

    /// A message in the language of the reader.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.tongue().say(id)
    }

    /// A message in the language of the reader, with what goes into it.
    #[must_use]
    pub fn say_with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.tongue().say_with(id, values)
    }

    /// Words that are known by their English, in the language of the reader.
    #[must_use]
    pub fn phrase(&self, english: &str) -> String {
        self.tongue().phrase(english)
    }

    /// A day in the language of the reader.
    #[must_use]
    pub fn date(&self, day: Date) -> String {
        self.tongue().date(day)
    }

    /// A moment in the language of the reader.
    #[must_use]
    pub fn moment(&self, moment: Moment) -> String {
        self.tongue().moment(moment)
    }

    /// The language that somebody has chosen, as far as the reader may know it.
    #[must_use]
    pub fn speaks(&self, person: Person) -> Option<Tongue> {
        self.setting
            .people
            .speaks(person)
            .and_then(|sealed| self.open(sealed))
    }

    /// Whether the reader has this need.
    #[must_use]
    pub fn has(&self, need: &Need) -> bool {
        permit::permit(self.who, need, self.setting, self.today).is_ok()
    }

    /// Whether the reader may ask for this act: by who they are and by the controls in force.
    /// What is offered is what is allowed.
    #[must_use]
    pub fn may(&self, act: &Act) -> bool {
        if !self.has(&act.need(self.setting)) {
            return false;
        }
        let chance = Chance::from_seed([0; 32]);
        let sealer = Sealer::new(self.keys, &chance);
        let case = Case {
            who: self.who,
            now: self.now,
            today: self.today,
            setting: self.setting,
            in_force: self.in_force,
            sealer: &sealer,
            confirmed: &[],
        };
        !matches!(judge::rule(act, &case), Err(judge::No::Refused(_)))
    }

    /// Opens words about a person. The page's need has been checked before.
    #[must_use]
    pub fn open<T: DeserializeOwned>(&self, words: &Private<T>) -> Option<T> {
        self.keys.open(words)
    }

    /// A person's name, if the reader may know it; else what the person is: "a child".
    #[must_use]
    pub fn name(&self, person: Person) -> String {
        let people = &self.setting.people;
        let known = self.has(&permit::need_to_know(person, self.setting, self.today));
        let name = people
            .name(person)
            .filter(|_| known)
            .and_then(|name| self.open(name));
        name.unwrap_or_else(|| people.what_is(person).to_owned())
    }

    /// A room's name.
    #[must_use]
    pub fn room(&self, room: Room) -> String {
        self.setting
            .people
            .room_name(room)
            .unwrap_or("a room that is no longer used")
            .to_owned()
    }

    /// Words of the program with people and rooms named, as far as the reader may know.
    #[must_use]
    pub fn words(&self, text: &str) -> String {
        naming::fill(text, |mark| match mark {
            Mark::Person(person) => self.name(Person(person)),
            Mark::Room(room) => self.room(Room(room)),
        })
    }

    /// Who owes something, for people: the person's name, or the role with who holds it.
    #[must_use]
    pub fn owner(&self, owner: &Owner) -> String {
        match owner {
            Owner::Person(person) => self.name(Person(*person)),
            Owner::Role(key) => {
                let role = crate::roles::role::Role::from_key(key);
                let holders = self.setting.roles.holders(&role, self.today);
                let names: Vec<String> = holders.iter().map(|person| self.name(*person)).collect();
                if names.is_empty() {
                    role.in_words()
                } else {
                    names.join(", ")
                }
            }
        }
    }

    /// Whether something is owed by the reader.
    #[must_use]
    pub fn is_mine(&self, owner: &Owner) -> bool {
        let Some(person) = self.person() else {
            return false;
        };
        match owner {
            Owner::Person(other) => person == Person(*other),
            Owner::Role(key) => self.setting.roles.holds(
                person,
                &crate::roles::role::Role::from_key(key),
                self.today,
            ),
        }
    }

    /// What the reader owes and is open today, the most urgent first.
    #[must_use]
    pub fn my_duties(&self) -> Vec<&Owed> {
        let open = |owed: &&Owed| owed.duty.is_open(self.today) && self.is_mine(&owed.duty.owner);
        let in_case = |owed: &&Owed| {
            let case = owed.duty.case;
            // What is to change because of what was learned says nothing of its case.
            owed.is_lesson() || case.is_some_and(|case| self.has(&Need::OnCase(case)))
        };
        let cases = self.standings.in_cases.iter().filter(in_case);
        // What is owed to a child comes first.
        cases.chain(&self.standings.duties).filter(open).collect()
    }
}
