//! "access.need-to-know", generated: invented settings, each once with a record and once without it.
//! Whoever has no right to the record gets the same bytes at every address of both: what stands
//! there, how it is answered, what comes of sending each form, counts, searches, duties, messages
//! and the calendar feed.
//!
//! 10,000 comparisons by default; `STAIRGATE_NEED_TO_KNOW=1000000` for the long run.

mod sent;

use super::{access, add_system, give_code, grant, take_up};
use crate::{
    access::{
        acts::{
            Act as Access, exceptions::Act as Exception, files::Act as Files, looks::Act as Look,
        },
        entries::{
            looks::{How, Record},
            systems::Kind,
        },
        exceptions,
    },
    concerns::{
        acts::{Act as Concern, NewReport},
        kinds, matter,
        note::Report,
    },
    data::acts::Act as Data,
    families,
    notices::calendar::feed,
    people::{
        acts::{Act as People, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    policy::acts::{Act as Policy, MisuseOutcome},
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act, Actor, Person, Proof, Room, Who},
        answers::Answers,
        keeping::Keeping,
        page::{Form, Page, Params, Shown},
        permit,
        scenario::{MANAGER, Scenario},
        standing::Standings,
        view::View,
    },
};
use kernel::moment::{Date, Moment};
use std::collections::BTreeMap;

const POLICY: &str = r#"
[[clause]]
id = "all"
section = "Who knows what"
text = "What is kept about children, families and staff is known to those who need to know it."
controls = ["access.need-to-know", "access.activity-log", "access.register", "access.leavers", "access.administrators", "access.break-glass", "access.own-files", "roles.leads"]
values = { people = ["deputy manager", "committee chair"], minutes = 60, roles = ["manager"] }

[[clause]]
id = "report"
section = "If you are worried"
text = "Everybody reports a worry to the lead."
controls = ["concerns.report", "concerns.case", "concerns.confidential"]
values = { tell = ["designated safeguarding lead"] }
"#;

/// What is there in one setting and not in the other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Secret {
    Case,
    Child,
    Family,
    Hold,
    Phone,
    Grant,
    Request,
    Refused,
    File,
    Parent,
    Visit,
    Account,
    Code,
    Outcome,
    Alert,
    Looked,
}

const SECRETS: [Secret; 16] = [
    Secret::Alert,
    Secret::Looked,
    Secret::Parent,
    Secret::Visit,
    Secret::Account,
    Secret::Code,
    Secret::Outcome,
    Secret::Case,
    Secret::Child,
    Secret::Family,
    Secret::Hold,
    Secret::Phone,
    Secret::Grant,
    Secret::Request,
    Secret::Refused,
    Secret::File,
];

/// Small numbers that look drawn at random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

struct World {
    s: Scenario,
    standings: Standings,
    cast: Cast,
    /// How many lines there were before the record came.
    begun: usize,
}

#[derive(Clone, Debug)]
struct Cast {
    lead: Person,
    deputy_manager: Person,
    chair: Person,
    member: Person,
    near: Person,
    far: Person,
    parent: Person,
    child: Person,
    technician: Person,
    last: Person,
}

impl World {
    fn new(seed: u64, secret: Option<Secret>) -> World {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut s = Scenario::with_clauses(POLICY);
        for name in ["Robins", "Wrens"] {
            let name = name.to_owned();
            s.done(MANAGER, Act::People(People::OpenRoom { name }));
        }
        let lead = s.holder("Ines Marsh", Group::Staff, Role::Lead);
        let give_up = Roles::End {
            role: Role::Lead,
            person: MANAGER,
            last: None,
        };
        s.done(MANAGER, Act::Roles(give_up));
        let deputy_manager = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
        let chair = s.holder("Ivy Stone", Group::Committee, Role::Chair);
        let member = s.person("Col Heath", &[Group::Committee]);
        let technician = s.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
        let near = added(&mut s, "Tomos Reed", Group::Staff, 1);
        let far = added(&mut s, "Rosa Field", Group::Staff, 2);
        let child = added(&mut s, "Wren Finch", Group::Child, 1);
        let parent = s.person("Ada Finch", &[Group::Parent]);
        s.done(MANAGER, tie(parent, child));
        for number in 0..dice.roll(4) {
            let room = 1 + u32::try_from(dice.roll(2)).unwrap();
            let child = added(&mut s, &format!("Child {number}"), Group::Child, room);
            if dice.roll(2) == 0 {
                let parent = s.person(&format!("Parent {number}"), &[Group::Parent]);
                s.done(MANAGER, tie(parent, child));
            }
        }
        if dice.roll(2) == 0 {
            let open = Access::OpenAccount {
                person: near,
                user: "tomos.reed".to_owned(),
                code: "c0de".to_owned(),
            };
            s.done(MANAGER, access(open));
        }
        s.done(
            MANAGER,
            add_system(Kind::Platform, "Journal", dice.roll(2) == 0),
        );
        let elder = added(&mut s, "Robin Vale", Group::Child, 2);
        let other = s.person("Pia Vale", &[Group::Parent]);
        let opened = Access::OpenAccount {
            person: chair,
            user: "ivy.stone".to_owned(),
            code: "c0de".to_owned(),
        };
        s.done(MANAGER, access(opened));
        s.done(Who::Nobody, take_up("ivy.stone", "c0de"));
        s.on(2026, 9, 3);
        let cast = Cast {
            lead,
            deputy_manager,
            chair,
            member,
            near,
            far,
            parent,
            child,
            technician,
            last: s.setting.people.next_person(),
        };
        let begun = s.lines.len();
        match secret {
            None => {}
            Some(Secret::Parent) => {
                s.person("Quillon Ash", &[Group::Parent]);
            }
            Some(Secret::Visit) => {
                let visitor = crate::people::acts::NewVisitor {
                    name: "Quillon Ash".to_owned(),
                    from: None,
                    visits: None,
                };
                s.done(MANAGER, Act::People(People::SignVisitorIn(visitor)));
            }
            Some(Secret::Account) => {
                let open = Access::OpenAccount {
                    person: far,
                    user: "quillon".to_owned(),
                    code: "c0de".to_owned(),
                };
                s.done(MANAGER, access(open));
            }
            Some(Secret::Code) => s.done(MANAGER, give_code(chair)),
            Some(Secret::Outcome) => s.done(MANAGER, outcome(other)),
            Some(Secret::Alert) => s.done(Who::Clock, alert(far, s.now())),
            Some(Secret::Looked) => s.done(lead, looked(far, s.today())),
            Some(Secret::Case) => s.done(Who::Nobody, report()),
            Some(Secret::Child) => {
                added(&mut s, "Quillon Ash", Group::Child, 2);
            }
            Some(Secret::Family) => s.done(MANAGER, tie(other, elder)),
            Some(Secret::Hold) => {
                let hold = Data::Hold {
                    person: elder,
                    why: "Quillon".to_owned(),
                    review: Date::constant(2027, 1, 1),
                };
                s.done(MANAGER, Act::Data(hold));
            }
            Some(Secret::Phone) => {
                let contact = crate::people::acts::Contact {
                    person: far,
                    phone: Some("01632 960 777".to_owned()),
                    email: None,
                };
                s.done(MANAGER, Act::People(People::ChangeContact(contact)));
            }
            Some(Secret::File) => s.done(far, file()),
            Some(Secret::Grant) => s.done(MANAGER, grant(1, far, "Quillon")),
            Some(Secret::Request) => {
                let ask = Exception::Ask {
                    why: "Quillon".to_owned(),
                    minutes: 30,
                    unreachable: true,
                };
                s.done(deputy_manager, access(Access::Exception(ask)));
            }
            Some(Secret::Refused) => {
                let record = Record {
                    page: "/people/{person}".to_owned(),
                    person: Some(elder),
                    case: None,
                    custody: None,
                };
                let (how, refused) = (How::Page, true);
                let look = Look {
                    record,
                    how,
                    refused,
                };
                s.done(far, access(Access::Look(look)));
            }
        }
        s.on(2026, 9, 4);
        let standings = s.standings();
        World {
            s,
            standings,
            cast,
            begun,
        }
    }

    /// What somebody gets, as the rim answers it: somebody who may not gets what they would get if
    /// nothing was there.
    fn answer(&self, who: &Actor, route: &Route, params: &Params) -> String {
        let today = self.s.today();
        let mut lines = Vec::new();
        if let Route::Page(page) = route
            && let Some(wanted) = page
                .lines
                .and_then(|own| own(params).for_reader(who.person()))
        {
            let sees = |line: &&crate::spine::entry::Recorded| {
                let need = permit::need_for_line(line);
                permit::permit(who, &need, &self.s.setting, today).is_ok()
            };
            let all = self.s.lines.iter().rev().filter(|line| wanted.fits(line));
            lines = all.filter(sees).take(wanted.most).cloned().collect();
        }
        let view = View {
            who,
            now: self.s.now(),
            today,
            setting: &self.s.setting,
            in_force: &self.s.in_force,
            standings: &self.standings,
            history: &[],
            lines: &lines,
            keys: &self.s.keys,
            keeping: &Keeping::default(),
            network: &crate::filter::network::NoNetwork,
            traces: &crate::monitor::traces::NoTraces,
            csrf: "csrf",
        };
        let need = match route {
            Route::Page(page) => (page.need)(params, view.setting),
            Route::Form(form) => (form.need)(params, view.setting),
            Route::Send(form, answers) => {
                return match sent::may(&view, form, params) {
                    Ok(()) => sent::send(&view, form, params, answers),
                    Err(no) if no.sign_in => "sign in".to_owned(),
                    Err(_) => "nothing here".to_owned(),
                };
            }
            Route::Told => return sent::told(self, who, self.begun),
            Route::Feed => return feed(&view),
        };
        if let Err(no) = permit::permit(who, &need, view.setting, today) {
            return if no.sign_in {
                "sign in"
            } else {
                "nothing here"
            }
            .to_owned();
        }
        match route {
            Route::Page(page) => match (page.show)(&view, params) {
                Shown::Page(title, content) => format!("{title}\n{}", content.into_string()),
                Shown::Document(document) => format!("{document:?}"),
                Shown::File { name, bytes, .. } => {
                    format!("{name}\n{}", String::from_utf8_lossy(&bytes))
                }
                Shown::Kept(file) => file.digest,
                Shown::NotHere => "nothing here".to_owned(),
            },
            Route::Form(form) => {
                let start = (form.start)(&view, params);
                if start.not_here {
                    return "nothing here".to_owned();
                }
                let problems = kit::form::Problems::none();
                let above = start
                    .above
                    .map(maud::Markup::into_string)
                    .unwrap_or_default();
                let drawn =
                    crate::spine::draw::form(form, &view, form.path, &start.answers, &problems);
                format!("{above}{}", drawn.into_string())
            }
            Route::Feed | Route::Told | Route::Send(..) => String::new(),
        }
    }
}

enum Route {
    Page(&'static Page),
    Form(&'static Form),
    /// A form that is sent, with these answers.
    Send(&'static Form, Box<Answers>),
    /// Messages.
    Told,
    Feed,
}

fn added(s: &mut Scenario, name: &str, group: Group, room: u32) -> Person {
    let person = s.setting.people.next_person();
    let new = NewPerson {
        name: name.to_owned(),
        groups: vec![group],
        rooms: vec![Room(room)],
        ..NewPerson::default()
    };
    s.done(MANAGER, Act::People(People::Add(new)));
    person
}

fn tie(parent: Person, child: Person) -> Act {
    Act::People(People::Tie(Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    }))
}

pub(super) fn report() -> Act {
    Act::Concerns(Concern::Report(Box::new(NewReport {
        report: Report {
            what: "Quillon".to_owned(),
            kind: kinds::Kind::Harm,
            ..Report::default()
        },
        about_role: None,
        unnamed: false,
        once: String::new(),
    })))
}

fn alert(person: Person, at: Moment) -> Act {
    use crate::monitor::tests::{monitor, raise};
    let raise = raise("quillon", Some(person), at);
    monitor(crate::monitor::acts::Act::Raise(Box::new(raise)))
}

fn looked(person: Person, day: Date) -> Act {
    use crate::monitor::tests::{look, look_at};
    look(look_at(Some(person), None, day))
}

fn outcome(person: Person) -> Act {
    Act::Policy(Policy::RecordOutcome(MisuseOutcome {
        person,
        what: "Quillon".to_owned(),
        sanction: None,
        decided_by: MANAGER,
        on: None,
    }))
}

fn file() -> Act {
    let file = kernel::kept::Loose {
        digest: "00".repeat(32),
        size: 4,
        key: kernel::sealed::Key::default(),
        name: "Quillon.pdf".to_owned(),
        kind: kernel::kept::Kind::Pdf,
    };
    access(Access::File(Files::Keep {
        file: Box::new(file),
        note: None,
    }))
}

/// Who has no right to it, said apart from the program.
fn outside(secret: Secret, cast: &Cast) -> Vec<Who> {
    let mut who = vec![
        Who::Nobody,
        Who::Kiosk(1),
        Who::Person(cast.near),
        Who::Person(cast.parent),
        Who::Person(cast.member),
        Who::Person(cast.technician),
    ];
    // The committee sees who of those who work here can be asked to read the policy, and what was
    // decided about misuse.
    if matches!(secret, Secret::Account | Secret::Outcome) {
        who.retain(|one| *one != Who::Person(cast.member));
    }
    if secret == Secret::Case {
        let others = [MANAGER, cast.deputy_manager, cast.chair, cast.far];
        who.extend(others.map(Who::Person));
    }
    if secret == Secret::Alert {
        let others = [MANAGER, cast.deputy_manager, cast.chair, cast.far];
        who.extend(others.map(Who::Person));
    }
    if secret == Secret::Looked {
        let others = [MANAGER, cast.deputy_manager, cast.far];
        who.extend(others.map(Who::Person));
    }
    if secret == Secret::File {
        let others = [MANAGER, cast.deputy_manager, cast.chair, cast.lead];
        who.extend(others.map(Who::Person));
    }
    who
}

fn actor(who: Who, s: &Scenario) -> Actor {
    let actor = Actor {
        who,
        proof: Proof::Two,
        fresh: true,
        ..Actor::default()
    };
    exceptions::lend(&actor, &s.setting, &s.in_force, s.now())
}

/// Words for an address: those that could lead to the record, and others.
fn words(cast: &Cast, dice: &mut Dice) -> Params {
    let any = u32::try_from(dice.roll(u64::from(cast.last.0) + 2)).unwrap();
    let people = [
        cast.last.0,
        cast.last.0.saturating_sub(1),
        cast.last.0 - 2,
        cast.child.0,
        cast.far.0,
        any,
    ];
    let person = people[usize::try_from(dice.roll(6)).unwrap()].to_string();
    let number = (1 + dice.roll(3)).to_string();
    let seq = (20 + dice.roll(40)).to_string();
    let mut all = Params::default();
    let mut set = |name: &str, word: &str| {
        all.0.insert(name.to_owned(), word.to_owned());
    };
    set("person", &person);
    for name in [
        "case", "number", "system", "grant", "thing", "lesson", "event", "report",
    ] {
        set(name, &number);
    }
    let apart = [matter::ALERT + 1, matter::LOOK + 1];
    if let Ok(place) = usize::try_from(dice.roll(4))
        && let Some(case) = apart.get(place)
    {
        set("case", &case.to_string());
    }
    set("room", &number);
    set("file", &format!("{}-1", cast.far));
    set("seq", &seq);
    if dice.roll(2) == 0 {
        set(
            "name",
            ["Quillon", "Vale", "Rosa"][usize::try_from(dice.roll(3)).unwrap()],
        );
        set("words", "quillon");
    }
    if dice.roll(3) == 0 {
        set(
            "group",
            ["child", "parent", "staff"][usize::try_from(dice.roll(3)).unwrap()],
        );
    }
    all
}

fn routes() -> Vec<Route> {
    let pages = families::pages().map(Route::Page);
    let forms = families::forms().map(Route::Form);
    let sends = families::forms().map(|form| Route::Send(form, Box::default()));
    let all = pages.chain(forms).chain(sends);
    all.chain([Route::Feed, Route::Told]).collect()
}

fn at(route: &Route) -> &'static str {
    match route {
        Route::Page(page) => page.path,
        Route::Form(form) => form.path,
        Route::Send(form, _) => form.act,
        Route::Told => "messages",
        Route::Feed => "the calendar feed",
    }
}

#[test]
fn whoever_has_no_right_gets_the_same_bytes_whether_there_is_something_or_not() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no command line; the long run is asked for so"
    )]
    let wanted = std::env::var("STAIRGATE_NEED_TO_KNOW");
    let wanted: u64 = wanted
        .ok()
        .and_then(|words| words.parse().ok())
        .unwrap_or(10_000);
    let mut routes = routes();
    let (mut compared, mut seed) = (0_u64, 1_u64);
    let mut told: BTreeMap<(String, &str), String> = BTreeMap::new();
    while compared < wanted {
        let secret = SECRETS[usize::try_from(seed).unwrap() % SECRETS.len()];
        let without = World::new(seed, None);
        let with = World::new(seed, Some(secret));
        let mut dice = Dice(seed | 1 << 40);
        for who in outside(secret, &with.cast) {
            let reader = actor(who, &with.s);
            for route in &mut routes {
                let params = words(&with.cast, &mut dice);
                if let Route::Send(form, answers) = route {
                    **answers = sent::filled(form, &params, &mut dice);
                }
                let route = &*route;
                let one = without.answer(&reader, route, &params);
                let two = with.answer(&reader, route, &params);
                if one != two {
                    let differs = one
                        .bytes()
                        .zip(two.bytes())
                        .take_while(|(a, b)| a == b)
                        .count();
                    let from = differs.saturating_sub(60);
                    let part = |text: &str| -> String {
                        let bytes = text.as_bytes();
                        let to = (differs + 60).min(bytes.len());
                        String::from_utf8_lossy(&bytes[from.min(to)..to]).into_owned()
                    };
                    told.entry((format!("{secret:?}"), at(route)))
                        .or_insert_with(|| {
                            format!("{who:?}, seed {seed}: {} | {}", part(&one), part(&two))
                        });
                }
                compared += 1;
            }
        }
        seed += 1;
    }
    assert!(compared >= wanted);
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn whoever_has_the_right_sees_each_of_these_records_so_that_the_comparison_can_fail() {
    for secret in SECRETS {
        let without = World::new(7, None);
        let with = World::new(7, Some(secret));
        let who = match secret {
            Secret::Case | Secret::Alert | Secret::Looked => with.cast.lead,
            Secret::File => with.cast.far,
            _ => MANAGER,
        };
        let reader = actor(Who::Person(who), &with.s);
        let mut dice = Dice(99);
        let differs = (0..40).any(|_| {
            let params = words(&with.cast, &mut dice);
            let mut routes = routes().into_iter();
            routes.any(|route| {
                without.answer(&reader, &route, &params) != with.answer(&reader, &route, &params)
            })
        });
        assert!(differs, "{secret:?}");
    }
}
