//! What had to be done, step by step: one case in which all of it is settled, with what the police
//! advised, and one about personal data in which what is to change is still to do.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use families::{
    procedure::{
        acts::Act,
        run::{Mark, Outcome, State},
    },
    spine::{act::Act as AnyAct, view::View},
};
use kernel::moment::Moment;

const LEAD: By = By::Person(names::DEPUTY_MANAGER);

/// Both procedures.
pub(super) fn tell(story: &mut Story, days: &Days) {
    stranger(story, days);
    addresses(story, days);
}

/// Somebody in a game asks a child for pictures: the fifth case.
fn stranger(story: &mut Story, days: &Days) {
    let at = |hour, minute| days.ago(41, hour, minute);
    begin(story, at(14, 34), 5, "abuse");
    step(
        story,
        at(14, 36),
        5,
        "safe",
        "He sat with Grace and drew. He is not in danger here.",
    );
    step(
        story,
        at(14, 38),
        5,
        "device",
        "It is the family’s own tablet. They keep it switched off.",
    );
    let police = [
        ("reference", "MP/77204"),
        ("who", "The officer on 101"),
        (
            "advised",
            "Report it to CEOP as well; tell the parents today; nobody looks for the pictures.",
        ),
        ("releases", "yes"),
    ];
    more(
        story,
        at(14, 52),
        5,
        "police",
        "Told what he said and the name of the game.",
        &police,
    );
    let social = [("who", "The duty worker"), ("reference", "SC-5518")];
    more(
        story,
        at(15, 10),
        5,
        "referral",
        "They know the family and will ring them.",
        &social,
    );
    let ceop = [("reference", "CE-20931")];
    more(
        story,
        at(15, 41),
        5,
        "ceop",
        "The name of the game and what he said.",
        &ceop,
    );
    step(
        story,
        at(17, 12),
        5,
        "parents",
        "Both were told together, as the police advised.",
    );
    rest(
        story,
        days.ago(27, 15, 0),
        5,
        &[],
        "Done, and written down in the case.",
    );
}

/// Addresses were sent in the open: the sixth case.
fn addresses(story: &mut Story, days: &Days) {
    let at = |hour, minute| days.ago(13, hour, minute);
    begin(story, at(14, 35), 6, "data-breach");
    step(
        story,
        at(14, 37),
        6,
        "tell",
        "Told the manager by telephone.",
    );
    step(
        story,
        at(14, 55),
        6,
        "contain",
        "All were asked to delete the mail.",
    );
    let breach = [
        ("whose", "Parents and carers"),
        ("count", "84"),
        ("risk", "none"),
        (
            "why",
            "Addresses only, among people who know each other; nothing about a child.",
        ),
        (
            "measures",
            "All were asked to delete it, and most have said that they did.",
        ),
    ];
    let what = "The newsletter was sent with all addresses in the open field.";
    more(story, at(15, 30), 6, "assess", what, &breach);
    for (minute, step, why) in [
        (
            40,
            "regulator",
            "A risk to anybody is unlikely; the reason is written down.",
        ),
        (41, "police", "It was our own mistake, and no crime."),
    ] {
        mark(story, at(15, minute), 6, step, Outcome::NotNeeded, why, &[]);
    }
    step(
        story,
        days.ago(12, 16, 31),
        6,
        "people",
        "Told all the same, with an apology.",
    );
    rest(
        story,
        days.ago(12, 16, 40),
        6,
        &["lessons"],
        "Done, as our policy says.",
    );
}

fn begin(story: &mut Story, at: Moment, case: u32, sheet: &'static str) {
    story.act(at, LEAD, move |_| {
        Ok(AnyAct::Procedure(Act::Start {
            case,
            sheet: sheet.to_owned(),
            way: String::new(),
            kinds: Vec::new(),
            heard: None,
        }))
    });
}

fn step(story: &mut Story, at: Moment, case: u32, step: &str, words: &str) {
    more(story, at, case, step, words, &[]);
}

fn more(story: &mut Story, at: Moment, case: u32, step: &str, words: &str, more: &[(&str, &str)]) {
    mark(story, at, case, step, Outcome::Done, words, more);
}

fn mark(
    story: &mut Story,
    at: Moment,
    case: u32,
    step: &str,
    outcome: Outcome,
    words: &str,
    more: &[(&str, &str)],
) {
    let act = marked(case, step, outcome, words, more);
    story.act(at, LEAD, move |_| Ok(act));
}

fn marked(case: u32, step: &str, outcome: Outcome, words: &str, more: &[(&str, &str)]) -> AnyAct {
    let more = more
        .iter()
        .map(|(key, says)| ((*key).to_owned(), (*says).to_owned()));
    AnyAct::Procedure(Act::Mark {
        case,
        run: 1,
        mark: Mark {
            step: step.to_owned(),
            outcome,
            words: words.to_owned(),
            more: more.collect(),
        },
    })
}

/// Whatever is still open and not to be kept open is done, the policy’s own steps among it.
fn rest(story: &mut Story, at: Moment, case: u32, keep: &'static [&str], words: &'static str) {
    story.look(at, LEAD, move |view, _| {
        let open = still_open(view, case).into_iter();
        let done = open.filter(|step| !keep.contains(&step.as_str()));
        Ok(done
            .map(|step| marked(case, &step, Outcome::Done, words, &[]))
            .collect())
    });
}

fn still_open(view: &View<'_>, case: u32) -> Vec<String> {
    let Some(run) = view.setting.procedure.run(case, 1) else {
        return Vec::new();
    };
    let Some(plan) = view.open(&run.plan) else {
        return Vec::new();
    };
    let marks = run.marks(|says| view.open(says));
    let course = plan.course(&marks, view.in_force, view.setting.place.calendar());
    let open = course.items.into_iter();
    open.filter(|item| item.state == State::Open)
        .map(|item| item.key)
        .collect()
}
