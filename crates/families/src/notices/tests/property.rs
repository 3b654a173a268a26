//! Whatever happens: nobody is told twice for the same, nobody is told who may not be, and nobody
//! gets more than one daily message a day.

use super::*;
use crate::{
    notices::entries::{Way, What},
    people::acts::Act as People,
    roles::role::Role,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    /// Days go by.
    Days(u8),
    /// The clock is looked at, and what is due is tried; whether it works, and whether the program
    /// is killed before it notes that.
    Tick {
        works: bool,
        killed: bool,
    },
    /// The queue's file is lost.
    LoseQueue,
    Password(usize),
    Choose(usize, bool),
    AddDevice(usize, u8),
    Leave(usize),
    Return(usize),
    GiveRole(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let one = 0..3_usize;
    let tick = (any::<bool>(), prop::bool::weighted(0.1));
    let tick = tick.prop_map(|(works, killed)| Step::Tick { works, killed });
    prop_oneof![
        2 => (0..40_u8).prop_map(Step::Days),
        5 => tick,
        1 => Just(Step::LoseQueue),
        1 => one.clone().prop_map(Step::Password),
        1 => (one.clone(), any::<bool>()).prop_map(|(who, daily)| Step::Choose(who, daily)),
        1 => (one.clone(), 0..3_u8).prop_map(|(who, name)| Step::AddDevice(who, name)),
        1 => one.clone().prop_map(Step::Leave),
        1 => one.clone().prop_map(Step::Return),
        1 => one.prop_map(Step::GiveRole),
    ]
}

/// A queue in memory, and what left it.
struct World {
    scenario: Scenario,
    people: Vec<Person>,
    queue: BTreeMap<String, Notice>,
    upto: usize,
    /// What was sent: the message, the day, and whether that was noted.
    sent: Vec<(Notice, kernel::moment::Date, bool)>,
}

impl World {
    fn new() -> World {
        let mut scenario = scenario();
        devices::start(&mut scenario);
        let people = vec![
            reached(&mut scenario, "ada", Group::Staff),
            reached(&mut scenario, "bea", Group::Parent),
            MANAGER,
        ];
        World {
            scenario,
            people,
            queue: BTreeMap::new(),
            upto: 0,
            sent: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        let today = self.scenario.today();
        let who = |place: usize| self.people[place % self.people.len()];
        match *step {
            Step::Days(days) => {
                let day = kernel::moment::plus_days(today, i64::from(days));
                if days > 0 {
                    self.scenario.on(day.year(), day.month(), day.day());
                }
            }
            Step::Tick { works, killed } => self.tick(works, killed),
            Step::LoseQueue => {
                self.queue.clear();
                // What is too old to be sent is not looked at again.
                self.upto = self
                    .scenario
                    .lines
                    .partition_point(|line| line.at < self.scenario.now().plus_hours(-48));
            }
            Step::Password(place) => {
                let password = format!("$argon2id${}", self.scenario.lines.len());
                let person = who(place);
                self.try_as(
                    person,
                    &AnyAct::Access(Access::ChangePassword {
                        password: password.into(),
                    }),
                );
            }
            Step::Choose(place, daily) => {
                let person = who(place);
                self.try_as(person, &act(Act::Choose { daily }));
            }
            Step::AddDevice(place, name) => {
                let endpoint = format!("https://push.example.org/send/{name}");
                let person = who(place);
                self.try_as(person, &act(Act::AddDevice { endpoint }));
            }
            Step::Leave(place) => {
                let person = who(place);
                if person != MANAGER {
                    let leave = People::RecordLeaving {
                        person,
                        last: today,
                    };
                    self.try_as(MANAGER, &AnyAct::People(leave));
                }
            }
            Step::Return(place) => {
                let person = who(place);
                let back = People::RecordReturn {
                    person,
                    since: today,
                };
                self.try_as(MANAGER, &AnyAct::People(back));
            }
            Step::GiveRole(place) => {
                let give = crate::roles::acts::Act::Give {
                    role: Role::DeputyManager,
                    person: who(place),
                    from: None,
                };
                self.try_as(MANAGER, &AnyAct::Roles(give));
            }
        }
    }

    fn try_as(&mut self, who: Person, act: &AnyAct) {
        drop(self.scenario.try_act(who, act));
    }

    fn tick(&mut self, works: bool, killed: bool) {
        let (now, today) = (self.scenario.now(), self.scenario.today());
        let reached = reach(&self.scenario);
        for line in &self.scenario.lines[self.upto..] {
            for notice in reached.from_line(line) {
                self.queue.entry(notice.id.clone()).or_insert(notice);
            }
        }
        self.upto = self.scenario.lines.len();
        let waits = self
            .queue
            .values()
            .filter(|notice| matches!(notice.what, What::Work | What::Sign));
        let waits: BTreeSet<Person> = waits.map(|notice| notice.person).collect();
        for notice in chase(&reached, &self.scenario.standings(), &waits, now) {
            self.queue.entry(notice.id.clone()).or_insert(notice);
        }
        for notice in self.queue.clone().into_values() {
            if !reach(&self.scenario).may_go(&notice) {
                self.queue.remove(&notice.id);
                continue;
            }
            if works {
                self.may_be_told(&notice);
                self.sent.push((notice.clone(), today, !killed));
                if killed {
                    return;
                }
                send(&mut self.scenario, &notice);
                self.queue.remove(&notice.id);
            } else if now >= notice.made.plus_hours(48) {
                let up = notice.given_up(crate::notices::entries::Why::TooLong);
                self.scenario.done(Who::Clock, act(Act::NoteGivenUp(up)));
                self.queue.remove(&notice.id);
            }
        }
    }

    /// Reckoned anew, not as the program does it.
    fn may_be_told(&self, notice: &Notice) {
        let (setting, today) = (&self.scenario.setting, self.scenario.today());
        let person = notice.person;
        assert!(setting.people.is_here(person, today), "{notice:?} has left");
        assert!(setting.access.has_account(person));
        match notice.way {
            Way::Mail if notice.what == What::Work => {
                assert!(reach(&self.scenario).gets_daily(person))
            }
            Way::Mail => {}
            Way::Device(number) => {
                let device = setting
                    .notices
                    .device(number)
                    .expect("a device that is told");
                assert_eq!(device.person, person, "{notice:?}");
            }
        }
    }

    fn check(&self) {
        let mut noted = BTreeMap::new();
        let mut days = BTreeSet::new();
        let mut marks = BTreeSet::new();
        for (notice, day, was_noted) in &self.sent {
            let times: &mut usize = noted.entry(&notice.id).or_default();
            *times += 1;
            if !was_noted {
                // Killed between sending and noting: that one may come again.
                *times -= 1;
                continue;
            }
            assert_eq!(*times, 1, "{} was sent twice", notice.id);
            if !matches!(notice.what, What::Work | What::Sign) {
                continue;
            }
            let (person, way) = (notice.person, notice.way);
            assert!(days.insert((person, way, *day)), "two on {day} to {person}");
            for mark in &notice.about {
                let new = marks.insert((person, way, mark.clone()));
                assert!(new, "{person} was told of {mark} before");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_told_twice_or_who_may_not_and_never_more_than_once_a_day(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.check();
    }
}
