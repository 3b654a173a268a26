//! Scenarios, named as sentences. The cast has the county template as its policy, which has steps
//! of its own for several procedures.

mod abuse;
mod bullying;
mod clocks;
mod data_breach;
mod hate;
mod indecent_images;
mod offensive_material;
mod police;
mod radicalisation;
mod sheets;
mod staff_misuse;
mod unseen;

use super::{
    acts::Act,
    run::{Course, Mark, Outcome, State},
};
use crate::{
    concerns::{
        acts::{Act as Concern, NewReport},
        kinds::Kind,
        note::Report,
        tests::cast,
    },
    spine::{
        act::{Act as AnyAct, Person},
        scenario::Scenario,
    },
};

pub(super) use crate::concerns::tests::cast::Cast;

pub(super) fn cast() -> Cast {
    cast_in(Scenario::with_template("county-preschool"))
}

/// A small policy: quicker where every page is looked at.
pub(super) fn small() -> Cast {
    let controls: Vec<String> = crate::procedure::sheet::all()
        .iter()
        .map(|sheet| format!("\"{}\"", sheet.control()))
        .collect();
    cast_in(Scenario::with_clauses(&format!(
        r#"
[[clause]]
id = "told"
section = "If you are worried"
text = "Everybody tells the designated safeguarding lead."
controls = ["concerns.report", "concerns.case", "concerns.confidential"]
values = {{ tell = ["designated safeguarding lead"], about_lead = "chair of the committee" }}

[[clause]]
id = "steps"
section = "If something has happened"
text = "We follow the steps for what has happened."
controls = [{}]
"#,
        controls.join(", ")
    )))
}

pub(super) fn cast_in(scenario: Scenario) -> Cast {
    let mut cast = cast::cast_in(scenario);
    // A Friday.
    cast.scenario.on(2026, 9, 4);
    cast
}

impl Cast {
    /// Rosa reports; the lead takes it on, unless it is about the lead.
    pub(super) fn reported(&mut self, kind: Kind, adult: Option<Person>) {
        let report = Report {
            what: "Something was seen".to_owned(),
            kind,
            adult,
            ..Report::default()
        };
        let new = NewReport {
            report,
            ..NewReport::default()
        };
        let report = AnyAct::Concerns(Concern::Report(Box::new(new)));
        self.scenario.done(self.rosa, report);
        let take_on = AnyAct::Concerns(Concern::TakeOn { case: 1 });
        self.scenario.done(self.lead, take_on);
    }

    /// The lead begins a procedure in the first case.
    pub(super) fn started(&mut self, sheet: &str, way: &str) {
        self.scenario.done(self.lead, start(sheet, way, &[]));
    }

    /// A procedure of the first case as it stands.
    pub(super) fn course(&self, run: u32) -> Course {
        self.scenario.view(self.lead, |view| {
            let run = view.setting.procedure.run(1, run).unwrap();
            let plan = view.open(&run.plan).unwrap();
            let marks = run.marks(|says| view.open(says));
            plan.course(&marks, view.in_force, view.setting.place.calendar())
        })
    }

    /// A step of the first procedure of the first case.
    pub(super) fn state(&self, step: &str) -> State {
        self.course(1).item(step).unwrap().state
    }

    /// When a step has to be done, in words.
    pub(super) fn due(&self, step: &str) -> String {
        let due = self.course(1).item(step).unwrap().due;
        due.map_or_else(|| "no clock".to_owned(), |due| due.in_words())
    }

    /// What the reader sees of the first procedure.
    pub(super) fn page(&self, who: Person) -> String {
        let at = [("case", "1"), ("run", "1")];
        self.scenario
            .page(who, "/procedure/cases/{case}/{run}", &at)
    }

    /// Everything that is still open is done or passed over, with the deputy as second person.
    pub(super) fn settle(&mut self) {
        for _ in 0..3 {
            for item in self.course(1).items {
                if item.state.is_settled() {
                    continue;
                }
                let act = mark(&item.key, Outcome::NotNeeded, "It does not come into it");
                self.scenario.done(self.lead, act);
                let last = self.course(1).item(&item.key).unwrap().clone();
                if last.state == State::NeedsSecond {
                    let number = last.last.unwrap().number;
                    self.scenario.done(self.deputy, agree(number));
                }
            }
        }
        assert_eq!(self.course(1).left(), 0);
    }
}

pub(super) fn on(act: Act) -> AnyAct {
    AnyAct::Procedure(act)
}

pub(super) fn start(sheet: &str, way: &str, kinds: &[&str]) -> AnyAct {
    on(Act::Start {
        case: 1,
        sheet: sheet.to_owned(),
        way: way.to_owned(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        heard: None,
    })
}

pub(super) fn mark(step: &str, outcome: Outcome, words: &str) -> AnyAct {
    more(step, outcome, words, &[])
}

pub(super) fn done(step: &str) -> AnyAct {
    mark(step, Outcome::Done, "")
}

pub(super) fn more(step: &str, outcome: Outcome, words: &str, more: &[(&str, &str)]) -> AnyAct {
    let more = more
        .iter()
        .map(|(key, says)| ((*key).to_owned(), (*says).to_owned()));
    on(Act::Mark {
        case: 1,
        run: 1,
        mark: Mark {
            step: step.to_owned(),
            outcome,
            words: words.to_owned(),
            more: more.collect(),
        },
    })
}

/// The police have answered; what waits goes on or not.
pub(super) fn answered(step: &str, releases: &str) -> AnyAct {
    let says = [
        ("reference", "CR/4471"),
        ("advised", "Keep the tablet; the mother may be told."),
        ("kept", "The tablet, in the office safe"),
        ("releases", releases),
    ];
    more(step, Outcome::Done, "", &says)
}

pub(super) fn agree(mark: u32) -> AnyAct {
    on(Act::Agree {
        case: 1,
        run: 1,
        mark,
    })
}
