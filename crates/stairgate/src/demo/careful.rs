//! Small things about adults that are kept apart, what the law asks of people themselves, and files
//! that move on: the clauses that ask for them, and what came of them.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use anyhow::Context;
use families::{
    concerns::{
        acts::Act as Concern,
        low_level::{
            acts::Act as LowLevel,
            entries::{Outcome, Words},
        },
        matter::LOW_LEVEL,
    },
    policy::acts::Act as Policy,
    spine::act::Act,
};
use kernel::moment::Moment;

const MANAGER: By = By::Person(names::MANAGER);

/// Section, words, control, values.
const CLAUSES: [(&str, &str, &str, &str); 3] = [
    (
        "11 When something small worries us",
        "Small things about how a colleague behaves are told to the manager and the chair, who look at them together and keep them for two years.",
        "concerns.low-level",
        "second = chair of the committee\nkeep = 2 years\npattern = 3",
    ),
    (
        "11 When something small worries us",
        "Whoever the law asks to report does so themselves. Nobody keeps them from it, and nobody is treated worse for it.",
        "concerns.mandatory-report",
        "to = the police; children’s social care",
    ),
    (
        "11 When something small worries us",
        "When a child moves on, what we keep about their safety goes to the next setting within five working days, closed so that only they can open it.",
        "concerns.transfer",
        "within = 5 working days",
    ),
];

/// Adds the clauses to the draft.
pub(super) fn clauses(story: &mut Story, at: Moment) {
    for (minute, (section, text, control, values)) in (0_i64..).zip(CLAUSES) {
        let at = at.plus_minutes(minute * 4);
        story.act(at, MANAGER, move |_| {
            Ok(Act::Policy(Policy::AddClause {
                section: section.to_owned(),
                text: text.to_owned(),
                after: None,
            }))
        });
        story.look(at.plus_minutes(2), MANAGER, move |view, _| {
            let draft = view.setting.policy.draft().context("there is no draft")?;
            let mut all = draft.document.clauses.iter();
            let found = all.find(|clause| clause.text == text);
            let clause = found.context("the draft has no such clause")?.id.clone();
            Ok(vec![Act::Policy(Policy::Bind {
                clause,
                controls: vec![control.to_owned()],
                values: Some(values.to_owned()),
            })])
        });
    }
}

/// Three low-level concerns: one advised on, one told by the person of himself, one to decide.
pub(super) fn tell(story: &mut Story, days: &Days) {
    told(
        story,
        days.ago(140, 15, 10),
        names::ROOM_LEADER,
        names::SUCCESSOR,
        "He carried a child on his shoulders to the gate, though we had agreed not to.",
        "At pick-up, in the yard",
    );
    let why =
        "Talked it over with him. He had not known of the agreement; it is in the induction now.";
    decided(story, days.ago(137, 9, 30), 1, Outcome::Advice, why);
    told(
        story,
        days.ago(58, 12, 40),
        "Harpreet Dhillon",
        "Harpreet Dhillon",
        "I answered a message of a parent on my own phone at the weekend, because it sounded urgent.",
        "At home, on a Sunday",
    );
    let why = "She told it herself, and sent the parent to the office address the same day.";
    decided(story, days.ago(55, 10, 0), 2, Outcome::NoFurther, why);
    told(
        story,
        days.ago(4, 16, 5),
        names::PRACTITIONER,
        names::SUCCESSOR,
        "He stayed alone with one child in the story corner with the door shut for some minutes.",
        "Clover Room, after lunch",
    );
}

fn told(
    story: &mut Story,
    at: Moment,
    by: &'static str,
    about: &'static str,
    what: &'static str,
    context: &'static str,
) {
    story.act(at, By::Person(by), move |cast| {
        let words = Words {
            what: what.to_owned(),
            day: Some(at.date()),
            context: context.to_owned(),
            ..Words::default()
        };
        Ok(Act::Concerns(Concern::LowLevel(LowLevel::Tell {
            about: cast.of(about)?,
            words,
            harm: false,
        })))
    });
}

fn decided(story: &mut Story, at: Moment, number: u32, outcome: Outcome, why: &'static str) {
    story.act(at, MANAGER, move |_| {
        Ok(Act::Concerns(Concern::LowLevel(LowLevel::Decide {
            case: LOW_LEVEL + number,
            outcome,
            why: why.to_owned(),
        })))
    });
}
