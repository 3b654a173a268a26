//! Tests in a sentence: a setting in memory that takes acts and tells what came of them. Each act
//! goes the whole round (judge, write, read back, fold), so every scenario also proves that its
//! entries load.

use super::{
    act::{Act, Actor, Case, Person, Proof, Who},
    control::{Cell, Standpoint},
    entry::{self, Entry, Recorded},
    in_force::InForce,
    judge::{self, No},
    keeping::Keeping,
    page::{Form, Page, Params, Shown},
    permit,
    setting::{At, Setting},
    standing::{self, Standings},
    view::View,
};
use crate::{
    access::acts::SetUp,
    access::exceptions,
    families,
    filter::network::{Network, NoNetwork},
    monitor::traces::{NoTraces, Traces},
    people::{acts::NewPerson, group::Group},
    place::entries::Described,
    policy::document::Document,
    roles::role::Role,
};
use expect_test::Expect;
use kernel::{
    calendar::Nation,
    chance::Chance,
    moment::{Date, Moment},
    sealed::{Keys, Sealer},
    standing::Standing,
};

/// A setting in memory.
pub struct Scenario {
    /// How things stand.
    pub setting: Setting,
    /// The policy in force.
    pub in_force: InForce,
    /// The keys.
    pub keys: Keys,
    /// What happened.
    pub lines: Vec<Recorded>,
    /// What the network’s side of the filter knows.
    pub network: Box<dyn Network>,
    /// What the network’s side keeps of what was asked for.
    pub traces: Box<dyn Traces>,
    now: Moment,
    acts: u64,
}

/// The manager of every scenario.
pub const MANAGER: Person = Person(1);

impl Scenario {
    /// A setting that was set up on 1 September 2026, without a policy. Its manager, who is also
    /// the designated safeguarding lead, is [`MANAGER`].
    #[must_use]
    pub fn new() -> Scenario {
        let mut scenario = Scenario {
            setting: Setting::default(),
            in_force: InForce::default(),
            keys: Keys::default(),
            lines: Vec::new(),
            network: Box::new(NoNetwork),
            traces: Box::new(NoTraces),
            now: Moment::on(Date::constant(2026, 9, 1), 9, 0),
            acts: 0,
        };
        let set_up = SetUp {
            place: Described {
                name: "Larkrise Preschool".to_owned(),
                nation: Nation::England,
                kind: "preschool".to_owned(),
                phone: "01632 960 001".to_owned(),
                email: "office@larkrise.example".to_owned(),
                address: String::new(),
            },
            manager: "Maya Lin".to_owned(),
            is_lead: true,
            user: "maya".to_owned(),
            password: "$argon2id$invented".into(),
        };
        scenario.done(
            Who::Nobody,
            Act::Access(crate::access::acts::Act::SetUp(Box::new(set_up))),
        );
        scenario
    }

    /// A setting whose policy is these clauses: id, words, controls and values (TOML).
    #[must_use]
    pub fn with_clauses(clauses: &str) -> Scenario {
        let mut scenario = Scenario::new();
        scenario.adopt(&format!(
            "[policy]\ntitle = \"Online safety policy\"\n{clauses}"
        ));
        scenario
    }

    /// A setting with one of the templates as its policy: `preschool`.
    #[must_use]
    pub fn with_template(name: &str) -> Scenario {
        let template = crate::policy::templates::find(name).expect("a template of this name");
        let mut scenario = Scenario::new();
        scenario.adopt(template.text);
        scenario
    }

    /// Adopts a policy in its file form.
    pub fn adopt(&mut self, text: &str) {
        let document = Document::from_toml(text).expect("a policy");
        self.done(
            MANAGER,
            Act::Policy(crate::policy::acts::Act::adopt_at_once(document)),
        );
    }

    /// Somebody new, who is here from the day of the scenario.
    pub fn person(&mut self, name: &str, groups: &[Group]) -> Person {
        let person = self.setting.people.next_person();
        let new = NewPerson {
            name: name.to_owned(),
            groups: groups.to_vec(),
            ..NewPerson::default()
        };
        self.done(MANAGER, Act::People(crate::people::acts::Act::Add(new)));
        person
    }

    /// A member of staff who holds a role.
    pub fn holder(&mut self, name: &str, group: Group, role: Role) -> Person {
        let person = self.person(name, &[group]);
        self.done(
            MANAGER,
            Act::Roles(crate::roles::acts::Act::Give {
                role,
                person,
                from: None,
            }),
        );
        person
    }

    /// The moment that it is in the scenario.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The day that it is in the scenario.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Lets time pass until nine in the morning of a day.
    pub fn on(&mut self, year: i16, month: i8, day: i8) {
        let then = Moment::on(Date::constant(year, month, day), 9, 0);
        assert!(then >= self.now, "time does not run backwards");
        self.now = then;
    }

    /// It is this moment again: for what happens all at once.
    pub fn at(&mut self, now: Moment) {
        self.now = now;
    }

    /// Lets so many minutes pass.
    pub fn later(&mut self, minutes: i64) {
        assert!(minutes >= 0, "time does not run backwards");
        self.now = self.now.plus_minutes(minutes);
    }

    /// Goes back to a moment of just now, for what happens at the same time.
    pub fn back_to(&mut self, now: Moment) {
        assert!(now <= self.now && self.now <= now.plus_minutes(1));
        self.now = now;
    }

    /// Somebody acts; what came of it must be this.
    pub fn act(&mut self, who: impl Into<By>, act: Act, came: Expect) {
        let answer = self.try_act(who, &act);
        came.assert_eq(&self.in_words(&answer));
    }

    /// Somebody acts, and it must be done.
    ///
    /// # Panics
    /// It was not done.
    pub fn done(&mut self, who: impl Into<By>, act: Act) {
        let answer = self.try_act(who, &act);
        assert!(answer.is_ok(), "{}: {}", act.name(), self.in_words(&answer));
    }

    /// Somebody acts.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn try_act(&mut self, who: impl Into<By>, act: &Act) -> Result<Vec<Entry>, No> {
        self.try_confirmed(who, act, &[])
    }

    /// Somebody acts who has answered the questions of these controls with yes.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn try_confirmed(
        &mut self,
        who: impl Into<By>,
        act: &Act,
        yes: &[String],
    ) -> Result<Vec<Entry>, No> {
        let who = who.into().actor();
        let lent = exceptions::lend(&who, &self.setting, &self.in_force, self.now);
        self.acts += 1;
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&self.acts.to_be_bytes());
        let chance = Chance::from_seed(seed);
        let sealer = Sealer::new(&self.keys, &chance);
        let case = Case {
            who: &lent,
            now: self.now,
            today: self.today(),
            setting: &self.setting,
            in_force: &self.in_force,
            sealer: &sealer,
            confirmed: yes,
        };
        let decided = judge::decide(act, &case);
        if let Err(No::Refused(refusals)) = &decided {
            refusals.iter().for_each(holds_up);
        }
        let fresh = sealer.into_fresh();
        let entries = decided?;
        for (subject, key) in fresh {
            self.keys.learn(subject, key);
        }
        for entry in &entries {
            self.record(&who, entry);
        }
        self.now = self.now.plus_minutes(1);
        Ok(entries)
    }

    fn record(&mut self, who: &Actor, entry: &Entry) {
        let written = entry.write();
        let read =
            entry::read(written.kind, written.version, &written.body).expect("an entry that loads");
        assert_eq!(&read, entry, "{} does not survive writing", written.kind);
        let seq = self.lines.len() as u64 + 1;
        let at = At {
            seq,
            moment: self.now,
            day: self.today(),
            by: who,
        };
        let changed = self.setting.policy.changed();
        self.setting.fold(&read, at);
        if self.setting.policy.changed() != changed {
            self.in_force = InForce::of(&self.setting);
        }
        self.lines.push(Recorded {
            seq,
            at: self.now,
            by: who.clone(),
            kind: written.kind.to_owned(),
            entry: Some(read),
        });
    }

    /// What came of an act, in one line: the kinds of its entries, or why not.
    #[must_use]
    pub fn in_words(&self, answer: &Result<Vec<Entry>, No>) -> String {
        let words = match answer {
            Ok(entries) => entries
                .iter()
                .map(|entry| entry.write().kind)
                .collect::<Vec<_>>()
                .join(", "),
            Err(No::NotAllowed(no)) => format!("not allowed: {} may", no.who_may),
            Err(No::Mistakes(mistakes)) => {
                let each = |m: &kernel::ruling::Mistake| match &m.field {
                    Some(field) => format!("mistake in {field}: {}", m.says),
                    None => format!("mistake: {}", m.says),
                };
                mistakes.iter().map(each).collect::<Vec<_>>().join("\n")
            }
            Err(No::Refused(refusals)) => {
                let each = |r: &kernel::ruling::Refusal| {
                    let clauses: Vec<&str> = r
                        .clauses
                        .iter()
                        .map(|quote| quote.clause.as_str())
                        .collect();
                    format!(
                        "refused by {} ({}): {} {} {}",
                        r.control,
                        clauses.join(", "),
                        r.reason,
                        r.allowed_by.in_words(),
                        r.what_now
                    )
                };
                refusals.iter().map(each).collect::<Vec<_>>().join("\n")
            }
            Err(No::Ask(asked)) => {
                let each = |a: &judge::Asked| format!("{} asks: {}", a.control, a.question.says);
                asked.iter().map(each).collect::<Vec<_>>().join("\n")
            }
        };
        self.view(MANAGER, |view| view.words(&words))
    }

    /// How everything stands.
    #[must_use]
    pub fn standings(&self) -> Standings {
        standing::reckon(&self.setting, &self.in_force, self.today())
    }

    /// How one clause stands.
    ///
    /// # Panics
    /// There is no such clause.
    #[must_use]
    pub fn standing(&self, clause: &str) -> Standing {
        self.standings()
            .clause(clause)
            .expect("a clause of this id")
            .standing
    }

    /// What one control says is owed and open today: what, by whom, by when, how it stands.
    #[must_use]
    pub fn owed(&self, control: &str) -> String {
        let standings = self.standings();
        let today = self.today();
        let mut lines = Vec::new();
        for owed in standings
            .duties
            .iter()
            .filter(|o| o.control == control && o.duty.is_open(today))
        {
            let late = if owed.duty.is_late(today) {
                " (late)"
            } else {
                ""
            };
            let line = self.view(MANAGER, |view| {
                format!(
                    "{} by {}: {}{late}",
                    view.words(&owed.duty.what),
                    owed.duty.due,
                    view.owner(&owed.duty.owner)
                )
            });
            lines.push(line);
        }
        lines.join("\n")
    }

    /// The register of a control in force, a line for each row.
    ///
    /// # Panics
    /// It is not in force, or keeps none.
    #[must_use]
    pub fn registered(&self, control: &str) -> String {
        let running = self.in_force.find(control).expect("it is in force");
        let register = running.control.register(&Standpoint {
            setting: &self.setting,
            bound: &running.bound,
            today: self.today(),
        });
        let register = register.expect("it keeps a register");
        let cell = |cell: &Cell| match cell {
            Cell::Text(words) => self.view(MANAGER, |view| view.words(words)),
            Cell::Said(words) => words.clone(),
            Cell::Person(person) => self.view(MANAGER, |view| view.name(*person)),
            Cell::Day(day) => day.to_string(),
            Cell::Moment(at) => at.in_words(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => "-".to_owned(),
        };
        let rows = register.rows.iter().map(|row| {
            assert_eq!(row.cells.len(), register.columns.len());
            row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// What somebody sees.
    pub fn view<T>(&self, who: impl Into<By>, see: impl FnOnce(&View<'_>) -> T) -> T {
        let who = who.into().actor();
        let who = exceptions::lend(&who, &self.setting, &self.in_force, self.now);
        let standings = self.standings();
        let lines: Vec<Recorded> = self.lines.iter().rev().cloned().collect();
        see(&View {
            who: &who,
            now: self.now,
            today: self.today(),
            setting: &self.setting,
            in_force: &self.in_force,
            standings: &standings,
            history: &[],
            lines: &lines,
            keys: &self.keys,
            keeping: &Keeping::default(),
            network: &*self.network,
            traces: &*self.traces,
            csrf: "csrf",
        })
    }

    /// A page as somebody sees it: its HTML, or why it is not shown.
    #[must_use]
    pub fn page(&self, who: impl Into<By>, path: &str, params: &[(&str, &str)]) -> String {
        match self.shown(who, path, params) {
            None => "not allowed".to_owned(),
            Some(Shown::Page(title, content)) => {
                format!("<title>{title}</title>{}", content.into_string())
            }
            Some(Shown::Document(document)) => kit::document::to_html(&document).into_string(),
            Some(Shown::File { bytes, .. }) => String::from_utf8_lossy(&bytes).into_owned(),
            Some(Shown::Kept(file)) => file.digest,
            Some(Shown::NotHere) => "nothing here".to_owned(),
        }
    }

    /// What a page shows to somebody; `None` when it is not allowed.
    #[must_use]
    pub fn shown(&self, who: impl Into<By>, path: &str, params: &[(&str, &str)]) -> Option<Shown> {
        let page: &Page = families::pages()
            .find(|page| page.path == path)
            .expect("a page at this address");
        let params = Params(
            params
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        );
        let need = (page.need)(&params, &self.setting);
        let who: By = who.into();
        let reader = exceptions::lend(&who.actor(), &self.setting, &self.in_force, self.now);
        let lines = self.lines_of(page, &params, &reader);
        self.view(who, |view| {
            let view = &View {
                lines: &lines,
                ..*view
            };
            view.has(&need).then(|| (page.show)(view, &params))
        })
    }

    fn lines_of(&self, page: &Page, params: &Params, reader: &Actor) -> Vec<Recorded> {
        let wanted = page
            .lines
            .and_then(|lines| lines(params).for_reader(reader.person()));
        let Some(wanted) = wanted else {
            return Vec::new();
        };
        let sees = |line: &&Recorded| {
            let need = permit::need_for_line(line);
            permit::permit(reader, &need, &self.setting, self.today()).is_ok()
        };
        let all = self
            .lines
            .iter()
            .rev()
            .filter(|line| wanted.fits(line))
            .filter(sees);
        all.take(wanted.most).cloned().collect()
    }

    /// The form of an act.
    ///
    /// # Panics
    /// There is no form for it.
    #[must_use]
    pub fn form(act: &str) -> &'static Form {
        families::forms()
            .find(|form| form.act == act)
            .expect("a form for this act")
    }
}

/// Every refusal quotes a clause, says why and what to do now, and names who can allow it or says
/// that nobody can.
fn holds_up(refusal: &kernel::ruling::Refusal) {
    assert!(!refusal.clauses.is_empty(), "{refusal:?}");
    assert!(
        refusal.clauses.iter().all(|quote| !quote.text.is_empty()),
        "{refusal:?}"
    );
    assert!(
        !refusal.reason.is_empty() && !refusal.what_now.is_empty(),
        "{refusal:?}"
    );
    if let kernel::ruling::AllowedBy::Roles(roles) = &refusal.allowed_by {
        assert!(
            !roles.is_empty() && roles.iter().all(|role| !role.is_empty()),
            "{refusal:?}"
        );
    }
}

impl Default for Scenario {
    fn default() -> Scenario {
        Scenario::new()
    }
}

/// Who acts in a scenario. A person has shown two things, unless it is said otherwise.
#[derive(Clone, Copy)]
pub struct By(Who, Proof, bool, Option<&'static str>, bool);

impl By {
    /// Somebody who signed in with an account somewhere else, and has shown a second step.
    #[must_use]
    pub fn elsewhere(person: Person) -> By {
        By(Who::Person(person), Proof::Two, true, None, true)
    }

    /// Somebody who showed who they are a while ago.
    #[must_use]
    pub fn stale(person: Person, proof: Proof) -> By {
        By(Who::Person(person), proof, false, None, false)
    }

    fn actor(self) -> Actor {
        Actor {
            who: self.0,
            proof: self.1,
            fresh: self.2,
            device: self.3.map(str::to_owned),
            elsewhere: self.4,
            ..Actor::default()
        }
    }
}

impl From<Person> for By {
    fn from(person: Person) -> By {
        By(Who::Person(person), Proof::Two, true, None, false)
    }
}

impl From<(Person, Proof)> for By {
    fn from((person, proof): (Person, Proof)) -> By {
        By(Who::Person(person), proof, proof >= Proof::One, None, false)
    }
}

impl From<(Person, &'static str)> for By {
    fn from((person, device): (Person, &'static str)) -> By {
        By(Who::Person(person), Proof::Two, true, Some(device), false)
    }
}

impl From<Who> for By {
    fn from(who: Who) -> By {
        let proof = match who {
            Who::Person(_) => Proof::Two,
            Who::Nobody | Who::Kiosk(_) | Who::Clock | Who::Keeper => Proof::None,
        };
        By(who, proof, proof >= Proof::One, None, false)
    }
}
