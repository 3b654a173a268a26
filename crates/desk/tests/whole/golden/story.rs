//! The story that a release's own ledger tells: half a year of an invented preschool, by acts, with
//! every kind of entry at least once. The same bytes each time: the days and the randomness are fixed.

use crate::invented::{Dice, MANAGER, add, day, manager, set_up_desk};
use desk::desk::Desk;
use families::{
    access::acts::Act as Access,
    data::acts::Act as Data,
    people::{
        acts::{Act as People, Contact, Details},
        entries::{Relation, Tied},
        group::Group,
    },
    place::{
        acts::Act as Place,
        entries::{Closed, TermSet},
    },
    policy::{
        acts::{Act as Policy, LinkedPolicy, MisuseOutcome, Reading},
        document::Document,
        draft::{Suggested, Suggestion},
        entries::Outcome,
    },
    roles::{
        acts::{Act as Roles, NewMeeting, NewReport},
        entries::Listener,
        lists,
        role::Role,
    },
    spine::act::{Act, Actor, Person, Room},
};
use jiff::ToSpan;
use kernel::{
    moment::Date,
    value::{Value, Values},
};
use ledger::{keys::KeyStore, sqlite::Sqlite};
use std::path::Path;

const DEPUTY: Person = Person(2);
const MEMBER: Person = Person(3);
const PARENT: Person = Person(4);
const CHILD: Person = Person(5);
const LEAVER: Person = Person(6);
const VISITOR: Person = Person(7);
/// Stands for the digest of a code.
const CODE: &str = "11f3aa7c5b0e4d2f8f6c9a1b3d5e7f90123456789abcdef0123456789abcdef0";

/// Its policy: only controls that the first release has.
const POLICY: &str = include_str!("policy.toml");

/// Somebody who acts, day after day.
struct Teller<'a> {
    desk: &'a Desk,
    day: i64,
    minute: i64,
}

/// Tells the story in this folder and hands back the desk.
pub(crate) fn tell(folder: &Path) -> Desk {
    let mut dice = Dice(1);
    let mut fill = |bytes: &mut [u8]| fill(&mut dice, bytes);
    let store = Sqlite::open(&folder.join("ledger.db")).unwrap();
    let keys = KeyStore::open(
        &folder.join("keys.db"),
        &folder.join("wrapping.key"),
        &mut fill,
    )
    .unwrap();
    let mut dice = Dice(2);
    let entropy = Box::new(move |bytes: &mut [u8]| self::fill(&mut dice, bytes));
    let desk = Desk::open(Box::new(store), keys, None, entropy).unwrap();
    set_up_desk(&desk);
    let mut teller = Teller {
        desk: &desk,
        day: 0,
        minute: 0,
    };
    teller.place();
    teller.people();
    teller.accounts();
    teller.first_policy();
    teller.draft();
    teller.runs();
    teller.roles();
    teller.everyday();
    teller.leaving();
    desk
}

fn fill(dice: &mut Dice, bytes: &mut [u8]) {
    for byte in bytes {
        *byte = u8::try_from(dice.roll(256)).unwrap();
    }
}

impl Teller<'_> {
    fn today(&self) -> Date {
        day(self.day).date()
    }

    fn in_days(&self, days: i64) -> Date {
        self.today().checked_add(days.days()).unwrap()
    }

    fn days(&mut self, days: i64) {
        self.day += days;
        self.minute = 0;
    }

    fn by(&mut self, who: &Actor, act: Act) {
        self.minute += 1;
        let at = day(self.day).plus_minutes(self.minute);
        let name = act.name();
        let answer = self.desk.perform(who, act, &[], at);
        assert!(answer.is_ok(), "{name} on day {}: {answer:?}", self.day);
    }

    fn person(&mut self, who: Person, act: Act) {
        let mut who = Actor::person_only(who);
        who.device = Some("tablet-2".to_owned());
        who.fresh = true;
        self.by(&who, act);
    }

    fn lead(&mut self, act: Act) {
        self.by(&manager(), act);
    }

    fn policy(&mut self, act: Policy) {
        self.lead(Act::Policy(act));
    }

    fn place(&mut self) {
        let (first, last) = (self.in_days(1), self.in_days(110));
        let spring = (self.in_days(126), self.in_days(210));
        let term = |name: &str, first, last| {
            Act::Place(Place::SetTerm(TermSet {
                name: name.to_owned(),
                first,
                last,
            }))
        };
        self.lead(term("Autumn", first, last));
        self.lead(term("Spring", spring.0, spring.1));
        self.lead(Act::Place(Place::RemoveTerm { first: spring.0 }));
        self.lead(term("Spring", spring.0, spring.1));
        for (from, to, why) in [(55, 59, "half-term"), (70, 70, "training day")] {
            let closed = Closed {
                first: self.in_days(from),
                last: self.in_days(to),
                why: why.to_owned(),
            };
            self.lead(Act::Place(Place::Close(closed)));
        }
        let (first, last) = (self.in_days(70), self.in_days(70));
        self.lead(Act::Place(Place::RemoveClosure { first, last }));
    }

    fn people(&mut self) {
        let people = |act| Act::People(act);
        for name in ["Ducklings", "Otters"] {
            let name = name.to_owned();
            self.lead(people(People::OpenRoom { name }));
        }
        for (name, group) in [
            ("Idris Vane", Group::Staff),
            ("Petra Quill", Group::Committee),
            ("Sol Amery", Group::Parent),
            ("Wren Amery", Group::Child),
            ("Hal Brook", Group::Volunteer),
            ("Nia Fenn", Group::Contractor),
        ] {
            self.lead(add(name, group));
        }
        self.lead(people(People::Place(CHILD, vec![Room(1)])));
        self.lead(people(People::Place(DEPUTY, vec![Room(1), Room(2)])));
        let room = Room(2);
        self.lead(people(People::Place(DEPUTY, vec![Room(1)])));
        self.lead(people(People::CloseRoom { room }));
        self.lead(people(People::Change(Details {
            person: CHILD,
            name: None,
            born: Some(Date::constant(2023, 2, 28)),
        })));
        self.person(
            DEPUTY,
            people(People::ChangeContact(Contact {
                person: DEPUTY,
                email: Some("idris@larkrise.example".to_owned()),
                phone: None,
            })),
        );
        let tied = Tied {
            parent: PARENT,
            child: CHILD,
            relation: Relation::Parent,
            responsibility: true,
        };
        self.lead(people(People::Tie(tied.clone())));
        let aunt = Tied {
            parent: VISITOR,
            relation: Relation::Other,
            ..tied
        };
        self.lead(people(People::Tie(aunt)));
        self.lead(people(People::Untie {
            parent: VISITOR,
            child: CHILD,
            why: "Entered by mistake".to_owned(),
        }));
        self.lead(people(People::LeaveGroup(VISITOR, Group::Parent)));
        self.lead(people(People::JoinGroup(PARENT, Group::Committee)));
    }

    fn accounts(&mut self) {
        self.days(1);
        let account = |act| Act::Access(act);
        for (person, user) in [(DEPUTY, "idris"), (MEMBER, "petra"), (PARENT, "sol")] {
            self.lead(account(Access::OpenAccount {
                person,
                user: user.to_owned(),
                code: CODE.to_owned(),
            }));
            let take_up = Access::TakeUp {
                user: user.to_owned(),
                code: CODE.to_owned(),
                password: "$argon2id$invented".into(),
            };
            self.by(&Actor::nobody(), account(take_up));
        }
        let code = CODE.to_owned();
        let person = MEMBER;
        self.lead(account(Access::GiveCode { person, code }));
        self.person(
            DEPUTY,
            account(Access::MakeToken {
                name: "rota".to_owned(),
                digest: CODE.to_owned(),
            }),
        );
        let token = CODE.chars().take(8).collect();
        self.person(DEPUTY, account(Access::RevokeToken { token }));
        self.by(
            &Actor::nobody(),
            account(Access::RecordFailedSignIn { person: PARENT }),
        );
    }

    fn first_policy(&mut self) {
        self.days(1);
        let give = |role, person, from| Act::Roles(Roles::Give { role, person, from });
        self.lead(give(Role::DeputyManager, DEPUTY, None));
        self.lead(give(Role::DeputyLead, DEPUTY, None));
        self.lead(give(Role::NamedMember, MEMBER, None));
        self.lead(give(Role::Chair, MEMBER, None));
        let document = Document::from_toml(POLICY).unwrap();
        self.policy(Policy::adopt_at_once(document));
        for person in [MANAGER, DEPUTY, PARENT] {
            let read = Policy::Acknowledge { version: 1 };
            self.person(person, Act::Policy(read));
        }
    }

    /// A draft that is given up, and one that becomes version 2.
    fn draft(&mut self) {
        self.days(30);
        self.policy(Policy::BeginFromTemplate("preschool".to_owned()));
        self.policy(Policy::DiscardDraft {
            why: "Ours is nearer to what we do".to_owned(),
        });
        self.policy(Policy::BeginFromReading(Box::new(Reading {
            file: "policy.docx".to_owned(),
            title: "Online safety".to_owned(),
            clauses: vec![suggested("policy.statement", true)],
        })));
        self.policy(Policy::ConfirmSure);
        self.policy(Policy::DiscardDraft {
            why: "Begun again from the version in force".to_owned(),
        });
        self.policy(Policy::BeginFromCurrent);
        self.policy(Policy::RenameDraft {
            title: "Online safety at Larkrise".to_owned(),
        });
        for text in ["We show parents how.", "We say sorry."] {
            self.policy(Policy::AddClause {
                section: "Families".to_owned(),
                text: text.to_owned(),
                after: None,
            });
        }
        let ids: Vec<String> = {
            let state = self.desk.state();
            let draft = state.setting.policy.draft().unwrap();
            let added = draft.document.clauses.iter().rev().take(2);
            added.map(|clause| clause.id.clone()).collect()
        };
        let [sorry, show] = [ids[0].clone(), ids[1].clone()];
        self.policy(Policy::EditClause {
            clause: show.clone(),
            section: "Families".to_owned(),
            text: "We show parents how to set up filters at home.".to_owned(),
        });
        self.policy(Policy::Bind {
            clause: show.clone(),
            controls: vec!["policy.statement".to_owned()],
            values: None,
        });
        self.policy(Policy::MoveClause {
            clause: show,
            after: None,
        });
        self.policy(Policy::RemoveClause { clause: sorry });
        self.agree();
    }

    fn agree(&mut self) {
        let until = self.in_days(7);
        self.policy(Policy::Consult {
            groups: vec![Group::Staff, Group::Parent],
            until,
            says: "What would you change?".to_owned(),
        });
        let comment = Policy::Comment {
            clause: None,
            words: "Name a day for the talk.".to_owned(),
        };
        self.person(PARENT, Act::Policy(comment));
        self.days(8);
        self.policy(Policy::Answer {
            comment: 1,
            taken_up: false,
            says: "The day differs each term.".to_owned(),
        });
        self.policy(Policy::AskApproval);
        let revision = self.desk.state().setting.policy.draft().unwrap().revision;
        let approve = Policy::Approve {
            approver: "chair".to_owned(),
            revision,
        };
        self.person(MEMBER, Act::Policy(approve));
        self.policy(Policy::Adopt);
    }

    fn runs(&mut self) {
        self.days(2);
        let on = Some(self.today());
        self.policy(Policy::RecordSent {
            way: "email".to_owned(),
            groups: vec![Group::Parent],
            on,
        });
        self.policy(Policy::SetPublic(true));
        let review_on = self.in_days(300);
        for name in ["Complaints", "Outings"] {
            self.policy(Policy::KeepLinked(LinkedPolicy {
                name: name.to_owned(),
                owner: Role::Manager,
                review_on,
                kept_at: Some("In the office".to_owned()),
                address: None,
                text: None,
            }));
        }
        self.policy(Policy::RemoveLinked {
            name: "Outings".to_owned(),
            why: "It is part of another policy now".to_owned(),
        });
        self.policy(Policy::RecordTrigger {
            kind: "child protection concern".to_owned(),
            what: "A worry was passed on".to_owned(),
        });
        self.policy(Policy::CompleteReview {
            outcome: Outcome::NoChange,
            notes: "The policy says what to do, and it was done.".to_owned(),
            took_part: vec![MANAGER, DEPUTY],
        });
        self.policy(Policy::RecordOutcome(MisuseOutcome {
            person: DEPUTY,
            what: "A private phone in the room".to_owned(),
            sanction: Some("a warning".to_owned()),
            decided_by: MANAGER,
            on,
        }));
        let control = "policy.sanctions".to_owned();
        self.policy(Policy::SwitchOff {
            control: control.clone(),
            reason: "It is being written anew".to_owned(),
        });
        self.policy(Policy::SwitchOn { control });
        self.policy(Policy::Choose {
            control: "policy.review".to_owned(),
            param: "every".to_owned(),
            value: Value::Text("6 months".to_owned()),
        });
        let until = self.in_days(90);
        self.policy(Policy::GiveWord {
            clause: "kind".to_owned(),
            says: "We talk about it at each team meeting".to_owned(),
            until,
        });
    }

    fn roles(&mut self) {
        self.days(10);
        let roles = |act| Act::Roles(act);
        self.lead(roles(Roles::SetReach {
            person: DEPUTY,
            reach: Some("In the Ducklings room, mornings".to_owned()),
        }));
        let role = Role::Lead;
        let list = lists::of_role(&self.desk.state().in_force, &role).unwrap();
        let digest = list.digest();
        self.lead(roles(Roles::Acknowledge { role, digest }));
        self.lead(roles(Roles::SetCapacity {
            role: Role::Lead,
            person: MANAGER,
            hours: 4,
            means: Some("A quiet room on Fridays".to_owned()),
        }));
        self.lead(roles(Roles::RecordMeeting(NewMeeting {
            on: None,
            lead: MANAGER,
            with: MEMBER,
            talked: "The last half-term".to_owned(),
            agreed: Some("To ask for a laptop".to_owned()),
            suffices: Some(false),
            missing: Some("A laptop".to_owned()),
        })));
        let how = "A laptop was bought".to_owned();
        self.lead(roles(Roles::MeetNeed { need: 1, how }));
        self.lead(roles(Roles::MakeReport(NewReport {
            says: Some("A calm half-term.".to_owned()),
            ..NewReport::default()
        })));
        self.lead(roles(Roles::PresentReport {
            report: 1,
            on: None,
            to: Listener::Committee,
            decided: "To buy a second tablet".to_owned(),
        }));
        let last = Some(self.in_days(5));
        self.lead(roles(Roles::End {
            role: Role::DeputyLead,
            person: DEPUTY,
            last,
        }));
    }

    /// A month of people who sign in and out.
    fn everyday(&mut self) {
        for _ in 0..14 {
            self.days(2);
            for person in [MANAGER, DEPUTY] {
                self.person(person, Act::Access(Access::RecordSignIn));
                self.person(person, Act::Access(Access::RecordSignOut));
            }
        }
    }

    fn leaving(&mut self) {
        let people = |act| Act::People(act);
        let last = self.today();
        for person in [LEAVER, VISITOR] {
            self.lead(people(People::RecordLeaving { person, last }));
        }
        self.days(7);
        let since = self.today();
        let person = VISITOR;
        self.lead(people(People::RecordReturn { person, since }));
        let review = self.in_days(28);
        let (person, why) = (LEAVER, "A question is still open".to_owned());
        self.lead(Act::Data(Data::Hold {
            person,
            why,
            review,
        }));
        let why = "It was answered".to_owned();
        self.lead(Act::Data(Data::Release { person, why }));
        let why = "asked-for".to_owned();
        self.lead(Act::Data(Data::Erase { person, why }));
        let person = MEMBER;
        self.lead(Act::Access(Access::CloseAccount { person }));
    }
}

fn suggested(control: &str, bound: bool) -> Suggested {
    Suggested {
        section: "Aims".to_owned(),
        text: "We teach children to ask before they tap.".to_owned(),
        suggestions: vec![Suggestion {
            control: control.to_owned(),
            score: 0.9,
            bound,
            because: vec!["safe online".to_owned()],
        }],
        values: Values::new(),
    }
}
