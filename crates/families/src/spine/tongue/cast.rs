//! A setting with a family and all that families meet, and who of it reads: nobody in particular, a
//! parent, a visitor with a code, a kiosk.

use crate::{
    access::{self, acts::Act as Access},
    agreements::{
        acts::{Act as Agreements, Hand},
        texts,
    },
    notices::acts::Act as Notices,
    people::{
        acts::{Act as People, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    place::{
        acts::Act as Place,
        entries::{Closed, TermSet},
    },
    policy::{
        acts::{Act as Policy, LinkedPolicy},
        templates,
    },
    roles::role::Role,
    spine::{
        act::{Act, Person, Room, Who},
        page::Params,
        scenario::{MANAGER, Scenario},
        tongue::Tongue,
    },
};
use kernel::{moment::Date, value::Value};

/// A setting and its readers.
pub(super) struct Cast {
    pub(super) scenario: Scenario,
    pub(super) who: Vec<Who>,
    pub(super) params: Vec<Params>,
    pub(super) own_words: Vec<String>,
}

/// What is written in a setting itself: the words of its policy, the names of its people, of those
/// who help and of languages; in small letters.
fn own_words(scenario: &Scenario) -> Vec<String> {
    let mut all: Vec<String> = WRITTEN.map(str::to_owned).to_vec();
    for clause in &scenario.in_force.document.clauses {
        all.extend([
            clause.id.clone(),
            clause.text.clone(),
            clause.section.clone(),
        ]);
        all.extend(clause.values.values().flat_map(Value::words));
    }
    let helps = scenario.setting.education.all();
    all.extend(helps.map(|help| help.name.clone()));
    all.extend(Tongue::ALL.map(|tongue| tongue.own_name().to_owned()));
    all.iter().map(|words| words.to_lowercase()).collect()
}

/// What is asked of everybody, beside what the template asks.
const CLAUSES: &str = r#"
[[clause]]
id = "all-sign"
section = "Agreements"
text = "Everybody signs our agreement before they use anything here."
controls = ["agreements.acceptable-use"]
values = { groups = ["staff", "parents and carers", "children", "visitors"] }

[[clause]]
id = "pictures-at-events"
section = "Events"
text = "Whoever takes pictures at an event signs first."
controls = ["agreements.event-photography"]

[[clause]]
id = "monitored"
section = "Monitoring"
text = "Everybody is told that the internet here is monitored."
controls = ["monitor.notice", "monitor.use"]
values = { groups = ["everyone"], reasons = ["looking after the network"], covers = ["office mail"] }
"#;

/// Names and words that the acts below write.
const WRITTEN: [&str; 15] = [
    "Larkrise Preschool",
    "Maya Lin",
    "Ada Finch",
    "Wren Finch",
    "Vera Holm",
    "Robins",
    "Summer play",
    "Autumn 2026",
    "New floor",
    "Safe recruitment",
    "On the shelf in the office.",
    "Please read this.",
    "At the door",
    "Telephones",
    "ada",
];

/// The setting, with all that families meet.
pub(super) fn cast() -> Cast {
    let template = templates::find("hall-preschool").expect("a template");
    let mut scenario = Scenario::new();
    scenario.adopt(&format!("{}{CLAUSES}", template.text));
    let (parent, child) = family(&mut scenario);
    let visitor = scenario.person("Vera Holm", &[Group::Visitor]);
    place(&mut scenario);
    let signed = agreements(&mut scenario, parent, visitor);
    account(&mut scenario, parent);
    policy(&mut scenario);
    let clause = scenario.in_force.document.clauses.first();
    let clause = clause.map(|clause| clause.id.clone()).unwrap_or_default();
    let seq = signed.to_string();
    let params = [(parent, "parent"), (child, "child"), (visitor, "visitor")];
    let params = params.map(|(person, group)| {
        let words = [
            ("person", person.to_string()),
            ("room", "1".to_owned()),
            ("seq", seq.clone()),
            ("group", group.to_owned()),
            ("role", "manager".to_owned()),
            ("version", "1".to_owned()),
            ("number", "1".to_owned()),
            ("from", "1".to_owned()),
            ("to", "draft".to_owned()),
            ("event", "1".to_owned()),
            ("code", CODE.to_owned()),
            ("name", "Safe recruitment".to_owned()),
            ("policy", "Safe recruitment".to_owned()),
            ("clause", clause.clone()),
        ];
        Params(words.map(|(name, word)| (name.to_owned(), word)).into())
    });
    Cast {
        own_words: own_words(&scenario),
        scenario,
        who: vec![Who::Nobody, Who::Person(parent), Who::Kiosk(1)],
        params: params.to_vec(),
    }
}

/// A code that the visitor signs with.
const CODE: &str = "ABCDEFGH2345";

fn family(s: &mut Scenario) -> (Person, Person) {
    let name = "Robins".to_owned();
    s.done(MANAGER, Act::People(People::OpenRoom { name }));
    let child = s.setting.people.next_person();
    let new = NewPerson {
        name: "Wren Finch".to_owned(),
        groups: vec![Group::Child],
        rooms: vec![Room(1)],
        ..NewPerson::default()
    };
    s.done(MANAGER, Act::People(People::Add(new)));
    let parent = s.person("Ada Finch", &[Group::Parent]);
    let tied = Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    };
    s.done(MANAGER, Act::People(People::Tie(tied)));
    (parent, child)
}

fn place(s: &mut Scenario) {
    let term = TermSet {
        name: "Autumn 2026".to_owned(),
        first: Date::constant(2026, 8, 31),
        last: Date::constant(2026, 12, 18),
    };
    s.done(MANAGER, Act::Place(Place::SetTerm(term)));
    let closed = Closed {
        first: Date::constant(2026, 10, 26),
        last: Date::constant(2026, 10, 27),
        why: "New floor".to_owned(),
    };
    s.done(MANAGER, Act::Place(Place::Close(closed)));
}

/// Agreements, one of them signed with a drawing, an event, a kiosk. Answers where it was signed.
fn agreements(s: &mut Scenario, parent: Person, visitor: Person) -> u64 {
    let act = Act::Agreements;
    for group in [Group::Parent, Group::Child, Group::Visitor] {
        let intro = "Please read this.".to_owned();
        s.done(MANAGER, act(Agreements::Issue { group, intro }));
    }
    let hand = Hand {
        name: Some("Ada Finch".to_owned()),
        drawn: Some("1,1 2,2".to_owned()),
        language: "uk".to_owned(),
    };
    let sign = Agreements::Sign {
        group: Group::Parent,
        version: 1,
        hand,
    };
    s.done(parent, act(sign));
    let signed = s.lines.last().expect("a line").seq;
    let code = texts::digest(CODE);
    let person = visitor;
    s.done(MANAGER, act(Agreements::GiveCode { person, code }));
    let event = Agreements::PlanEvent {
        name: "Summer play".to_owned(),
        day: Date::constant(2026, 9, 4),
        rooms: vec![Room(1)],
    };
    s.done(MANAGER, act(event));
    let open = access::acts::kiosks::Act::Open {
        name: "At the door".to_owned(),
        purpose: access::entries::kiosks::Purpose::Signing,
        code: "9".repeat(64),
    };
    s.done(MANAGER, Act::Access(Access::Kiosk(open)));
    signed
}

fn account(s: &mut Scenario, parent: Person) {
    let open = Access::OpenAccount {
        person: parent,
        user: "ada".to_owned(),
        code: "0".repeat(64),
    };
    s.done(MANAGER, Act::Access(open));
    let digest = "1".repeat(64);
    s.done(parent, Act::Notices(Notices::MakeFeed { digest }));
}

/// A policy beside it, and a draft that parents are asked about.
fn policy(s: &mut Scenario) {
    let linked = LinkedPolicy {
        name: "Safe recruitment".to_owned(),
        owner: Role::Manager,
        review_on: Date::constant(2027, 9, 1),
        kept_at: Some("On the shelf in the office.".to_owned()),
        address: None,
        text: None,
    };
    let draft = [
        Policy::KeepLinked(linked),
        Policy::BeginFromCurrent,
        Policy::AddClause {
            section: "Telephones".to_owned(),
            text: "Please read this.".to_owned(),
            after: None,
        },
        Policy::Consult {
            groups: vec![Group::Parent, Group::Staff],
            until: Date::constant(2026, 9, 20),
            says: "Please read this.".to_owned(),
        },
    ];
    for act in draft {
        s.done(MANAGER, Act::Policy(act));
    }
}
