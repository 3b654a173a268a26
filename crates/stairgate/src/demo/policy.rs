//! The policy: a first version from a template, a second a year later after asking staff and
//! parents, and a third that they are being asked about now.

use super::{
    calendar::{Days, plus},
    careful, evidence, monitoring, names,
    stage::{By, Story},
};
use anyhow::Context;
use families::{
    people::group::Group,
    policy::{
        acts::{Act, LinkedPolicy},
        entries::Outcome,
    },
    roles::role::Role,
    spine::act::Act as AnyAct,
};
use kernel::{
    moment::{Date, Moment},
    value::Value,
};

const MANAGER: By = By::Person(names::MANAGER);
const CHAIR: By = By::Person(names::CHAIR);

/// The version that is read from the beginning, and the one that follows it.
const FIRST: u32 = 1;
const SECOND: u32 = 2;

/// Policies beside it: name, who looks after it, where it is kept. One that the policy names is missing.
const LINKED: [(&str, Role, &str); 13] = [
    ("action plans", Role::Manager, "Office, blue folder"),
    (
        "acceptable use policies",
        Role::OnlineSafetyLead,
        "Office, blue folder",
    ),
    (
        "acceptable use policy",
        Role::Manager,
        "Office, blue folder",
    ),
    (
        "staff code of conduct",
        Role::Manager,
        "Staff handbook, part 2",
    ),
    (
        "behaviour and discipline",
        Role::DeputyManager,
        "Staff handbook, part 3",
    ),
    ("behaviour", Role::DeputyManager, "Staff handbook, part 3"),
    ("child protection", Role::Lead, "Safeguarding folder"),
    ("confidentiality", Role::Lead, "Safeguarding folder"),
    (
        "cameras and image use",
        Role::Manager,
        "Office, blue folder",
    ),
    (
        "codes of conduct and behaviour",
        Role::Manager,
        "Staff handbook, part 2",
    ),
    (
        "social media",
        Role::DeputyManager,
        "Staff handbook, part 4",
    ),
    (
        "personal devices and mobile phones",
        Role::DeputyManager,
        "Staff handbook, part 4",
    ),
    ("anti-bullying", Role::DeputyLead, "Safeguarding folder"),
];
/// Kept later than the others.
const LINKED_LATER: (&str, Role, &str) = (
    "allegations against staff",
    Role::Lead,
    "Safeguarding folder",
);

/// What people said about the second version: who, on which clause, and what.
const COMMENTS: [(&str, Option<&str>, &str); 7] = [
    (
        names::PRACTITIONER,
        Some("s003-9.2-c"),
        "Could this say where phones are kept while we are with the children? New colleagues always ask.",
    ),
    (
        names::PARENT,
        Some("s003-5.4-d"),
        "Evenings are hard for those of us who work shifts. A morning now and then would help.",
    ),
    (
        names::ROOM_LEADER,
        None,
        "It reads well. The part on the journal app is clearer than before.",
    ),
    (
        "Saima Chaudhry",
        Some("s003-7.11-a"),
        "Please tell us who else can see the pictures in the journal.",
    ),
    (
        "Oksana Bondarets",
        None,
        "Is there a short version that I can read with a translator?",
    ),
    (
        names::TECHNICAL_LEAD,
        Some("s003-6-b"),
        "Regularly is vague. Once a term is what we do anyway.",
    ),
    (
        names::PARENT_OF_TWO,
        Some("s003-8.3-b"),
        "Good. Could we talk about this at the parents’ evening too?",
    ),
];
/// What became of it, in the same order.
const ANSWERS: [(bool, &str); 7] = [
    (true, "Yes: the clause now says where they are kept."),
    (
        true,
        "We will hold one of the three meetings in the morning.",
    ),
    (false, "Thank you. Nothing had to change."),
    (true, "We have added a sentence about it."),
    (
        false,
        "Not in the policy itself; we will bring a one-page summary to the front desk.",
    ),
    (
        false,
        "We will choose the period in the program, so that the clause can stay short.",
    ),
    (
        false,
        "We will put it on the list for the evening. The clause stays as it is.",
    ),
];
/// What people have said about the third so far.
const COMMENTS_NOW: [(&str, Option<&str>, &str); 4] = [
    (
        "Grace Mensah",
        Some("s003-9.1-b"),
        "Does this include hearing aids that pair with a phone? It should say that they are welcome.",
    ),
    (
        names::FOSTER_CARER,
        Some("s003-7.11-a"),
        "We need to ask the social worker before pictures are shared. Can the form say so?",
    ),
    (
        "Kelly Stubbins",
        None,
        "I like the picture version for the children.",
    ),
    (
        names::DEPUTY_LEAD,
        Some("s003-10-a"),
        "A line on voices and pictures made by machines would be good here.",
    ),
];

/// Everything about the policy.
pub(super) fn tell(story: &mut Story, days: &Days) {
    first(story, days);
    beside(story, days);
    reviews(story, days);
    second(story, days);
    running(story, days);
    third(story, days);
}

fn act(story: &mut Story, at: Moment, by: By, act: Act) {
    story.act(at, by, |_| Ok(AnyAct::Policy(act)));
}

fn first(story: &mut Story, days: &Days) {
    let template = Act::BeginFromTemplate("county-preschool".to_owned());
    act(story, days.after(1, 10, 0), MANAGER, template);
    let approvers = Act::Bind {
        clause: "s003-3-a".to_owned(),
        controls: vec!["policy.review".to_owned()],
        values: Some("every = year\napprovers = manager; chair".to_owned()),
    };
    act(story, days.after(1, 10, 20), MANAGER, approvers);
    edit(story, days.after(1, 10, 40), "s003-3-a", |text| {
        format!("{text} The manager and the chair of our committee agree to each new version.")
    });
    act(story, days.after(2, 10, 30), MANAGER, Act::Adopt);
    act(story, days.after(2, 10, 35), MANAGER, Act::SetPublic(true));
    sent(
        story,
        days.after(7, 15, 0),
        "Printed in the newsletter and put up at the front desk",
    );
    for (place, (name, ..)) in (0..).zip(team_at(days, days.after(4, 0, 0).date())) {
        read(story, days.after(4 + place % 12, 12, 30), name, FIRST);
    }
    read(story, days.ago(226, 12, 40), names::SUCCESSOR, FIRST);
    read(story, days.ago(64, 12, 40), names::STUDENT, SECOND);
}

/// Those of the team who were here on a day.
fn team_at(
    days: &Days,
    day: Date,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [u32], i64)> {
    names::TEAM.iter().filter(move |(name, ..)| {
        let (since, last) = super::people::time_here(days, name);
        since < day && last.is_none_or(|last| day < last)
    })
}

fn read(story: &mut Story, at: Moment, name: &'static str, version: u32) {
    act(story, at, By::Person(name), Act::Acknowledge { version });
}

fn sent(story: &mut Story, at: Moment, way: &str) {
    let sent = Act::RecordSent {
        way: way.to_owned(),
        groups: vec![Group::Parent],
        on: None,
    };
    act(story, at, MANAGER, sent);
}

/// Changes the words of a clause of the draft.
fn edit(story: &mut Story, at: Moment, clause: &'static str, words: fn(&str) -> String) {
    story.look(at, MANAGER, move |view, _| {
        let draft = view.setting.policy.draft().context("there is no draft")?;
        let found = draft
            .document
            .clause(clause)
            .with_context(|| format!("the draft has no clause {clause}"))?;
        Ok(vec![AnyAct::Policy(Act::EditClause {
            clause: clause.to_owned(),
            section: found.section.clone(),
            text: words(&found.text),
        })])
    });
}

/// The policies beside it are put on file; two are due to be looked at again, and one is late.
fn beside(story: &mut Story, days: &Days) {
    for (minute, linked) in (0_i8..).zip(LINKED) {
        let review = match linked.0 {
            "child protection" => days.day_ago(6),
            "acceptable use policies" => days.day_ago(3),
            "anti-bullying" => days.day_ago(40),
            _ => plus(days.today, 200 + i64::from(minute) * 9),
        };
        keep(story, days.after(9, 14, minute), linked, review);
    }
    let review = plus(days.today, 320);
    keep(story, days.ago(160, 11, 0), LINKED_LATER, review);
}

fn keep(story: &mut Story, at: Moment, linked: (&str, Role, &str), review_on: Date) {
    let (name, owner, kept_at) = linked;
    let linked = LinkedPolicy {
        name: name.to_owned(),
        owner,
        review_on,
        kept_at: Some(kept_at.to_owned()),
        address: None,
        text: None,
    };
    act(story, at, MANAGER, Act::KeepLinked(linked));
}

fn reviews(story: &mut Story, days: &Days) {
    trigger(
        story,
        days.ago(300, 9, 30),
        "change of technical infrastructure",
        "A new broadband line and new access points in all rooms",
    );
    review(
        story,
        days.ago(291, 16, 0),
        Outcome::NoChange,
        "We went through the parts on filtering and monitoring with the technical lead. They fit the new line as they are.",
        &[names::MANAGER, names::TECHNICAL_LEAD, names::DEPUTY_MANAGER],
    );
    review(
        story,
        days.ago(233, 16, 0),
        Outcome::NewVersion,
        "The yearly review. The journal app and visitors’ phones need clearer words, and two things that we do are not written down yet.",
        &[
            names::MANAGER,
            names::CHAIR,
            names::ROOM_LEADER,
            names::NAMED_MEMBER,
        ],
    );
    trigger(
        story,
        days.ago(6, 9, 0),
        "local policy requirement",
        "The county has sent a new model policy with a part on pictures made by machines",
    );
}

fn trigger(story: &mut Story, at: Moment, kind: &str, what: &str) {
    let trigger = Act::RecordTrigger {
        kind: kind.to_owned(),
        what: what.to_owned(),
    };
    act(story, at, By::Person(names::DEPUTY_MANAGER), trigger);
}

fn review(
    story: &mut Story,
    at: Moment,
    outcome: Outcome,
    notes: &'static str,
    took_part: &'static [&'static str],
) {
    story.act(at, MANAGER, move |cast| {
        let took_part = took_part.iter().map(|name| cast.of(name));
        Ok(AnyAct::Policy(Act::CompleteReview {
            outcome,
            notes: notes.to_owned(),
            took_part: took_part.collect::<anyhow::Result<_>>()?,
        }))
    });
}

fn second(story: &mut Story, days: &Days) {
    act(story, days.ago(230, 9, 0), MANAGER, Act::BeginFromCurrent);
    edit(story, days.ago(229, 9, 0), "s003-9.4-a", |text| {
        format!("{text} They get it back when they leave.")
    });
    edit(story, days.ago(229, 9, 10), "s003-4.4-c", |text| {
        format!("{text} What was opened is written down, with the reason.")
    });
    add(
        story,
        days.ago(229, 9, 20),
        "9 Phones and personal devices",
        "Our front desk has a telephone that families can reach while the children are here, so that nobody needs their own phone in a room.",
    );
    add(
        story,
        days.ago(229, 9, 30),
        "6 Making risks smaller",
        "In each room a card by the door says in pictures what children may do with the tablets.",
    );
    careful::clauses(story, days.ago(229, 10, 0));
    monitoring::clauses(story, days.ago(229, 10, 30));
    evidence::clauses(story, days.ago(229, 11, 30));
    let asked = "We have clearer words for the journal app and for visitors’ phones. Tell us what is missing and what is hard to follow.";
    consult(story, days.ago(227, 9, 0), days.day_ago(205), asked);
    for (place, comment) in (0_i64..).zip(COMMENTS) {
        say(story, days.ago(224 - place * 2, 18, 10), comment);
    }
    answers(story, days.ago(203, 10, 0), &ANSWERS);
    edit(story, days.ago(202, 9, 0), "s003-9.2-c", |text| {
        format!("{text} They are kept in the locked chest in the office.")
    });
    edit(story, days.ago(202, 9, 10), "s003-7.11-a", |text| {
        format!("{text} Nobody else can see them.")
    });
    edit(story, days.ago(202, 9, 20), "s003-4.2-h", |text| {
        format!("{text} One of the meetings each year is in the morning.")
    });
    act(story, days.ago(196, 9, 0), MANAGER, Act::AskApproval);
    approve(story, days.ago(190, 20, 0), CHAIR, "chair");
    approve(story, days.ago(187, 8, 0), MANAGER, "manager");
    act(story, days.ago(184, 9, 0), MANAGER, Act::Adopt);
    sent(
        story,
        days.ago(176, 15, 0),
        "Sent with the newsletter and explained at the parents’ evening",
    );
    for (place, (name, ..)) in (0..).zip(team_at(days, days.day_ago(184))) {
        read(story, days.ago(181 - place % 15, 12, 30), name, SECOND);
    }
}

fn add(story: &mut Story, at: Moment, section: &str, text: &str) {
    let add = Act::AddClause {
        section: section.to_owned(),
        text: text.to_owned(),
        after: None,
    };
    act(story, at, MANAGER, add);
}

fn consult(story: &mut Story, at: Moment, until: Date, says: &str) {
    let consult = Act::Consult {
        groups: vec![Group::Staff, Group::Parent, Group::Committee],
        until,
        says: says.to_owned(),
    };
    act(story, at, MANAGER, consult);
}

fn say(story: &mut Story, at: Moment, comment: (&'static str, Option<&str>, &str)) {
    let (name, clause, words) = comment;
    let comment = Act::Comment {
        clause: clause.map(str::to_owned),
        words: words.to_owned(),
    };
    act(story, at, By::Person(name), comment);
}

/// Answers the comments on the draft that have none, in order, as far as there are answers.
fn answers(story: &mut Story, at: Moment, answers: &'static [(bool, &'static str)]) {
    story.look(at, MANAGER, move |view, _| {
        let policy = &view.setting.policy;
        let draft = policy.draft().context("there is no draft")?;
        let open = policy
            .comments_on(draft.number)
            .filter(|comment| comment.answer.is_none());
        let answer =
            |(comment, (taken_up, says)): (&families::policy::register::Comment, &(bool, &str))| {
                AnyAct::Policy(Act::Answer {
                    comment: comment.number,
                    taken_up: *taken_up,
                    says: (*says).to_owned(),
                })
            };
        Ok(open.zip(answers).map(answer).collect())
    });
}

fn approve(story: &mut Story, at: Moment, by: By, approver: &'static str) {
    story.look(at, by, move |view, _| {
        let draft = view.setting.policy.draft().context("there is no draft")?;
        Ok(vec![AnyAct::Policy(Act::Approve {
            approver: approver.to_owned(),
            revision: draft.revision,
        })])
    });
}

/// Choices, words given, a case of misuse, and a control that is not in use.
fn running(story: &mut Story, days: &Days) {
    let choose = Act::Choose {
        control: "roles.oversight".to_owned(),
        param: "report_every".to_owned(),
        value: Value::Text("term".to_owned()),
    };
    act(story, days.after(20, 10, 0), MANAGER, choose);
    for (minute, until) in [(0, days.day_ago(9)), (10, plus(days.today, 120))] {
        let place = usize::from(minute != 0);
        story.look(days.ago(178, 11, minute), MANAGER, move |view, _| {
            let clauses = &view.in_force.document.clauses;
            let mut without = clauses.iter().filter(|clause| clause.controls.is_empty());
            let clause = without.nth(place).context("each clause has a control")?;
            Ok(vec![AnyAct::Policy(Act::GiveWord {
                clause: clause.id.clone(),
                says: "I looked at it in all four rooms with the room leaders.".to_owned(),
                until,
            })])
        });
    }
    let at = days.ago(151, 16, 30);
    story.act(at, MANAGER, |cast| {
        let outcome = families::policy::acts::MisuseOutcome {
            person: cast.of(names::VOLUNTEER)?,
            what: "Had his own phone in the room. He had not known the rule; we read it together."
                .to_owned(),
            sanction: None,
            decided_by: cast.of(names::MANAGER)?,
            on: None,
        };
        Ok(AnyAct::Policy(Act::RecordOutcome(outcome)))
    });
    let off = Act::SwitchOff {
        control: "policy.sanctions".to_owned(),
        reason: "The committee is rewriting the part of the staff handbook that this rests on. Until then we decide each case together.".to_owned(),
    };
    act(story, days.ago(60, 10, 0), MANAGER, off);
}

fn third(story: &mut Story, days: &Days) {
    act(story, days.ago(18, 9, 0), MANAGER, Act::BeginFromCurrent);
    edit(story, days.ago(17, 9, 0), "s003-10-a", |text| {
        format!("{text} This goes for pictures and voices made by machines too.")
    });
    edit(story, days.ago(17, 9, 20), "s003-5.1-b", |text| {
        format!("{text} We show them in pictures what they may do.")
    });
    add(
        story,
        days.ago(17, 9, 40),
        "5 What children learn",
        "Children help to draw the pictures on the cards that say what the tablets are for.",
    );
    let asked =
        "The county has a new model. We have taken over what helps us. Is anything unclear?";
    consult(story, days.ago(15, 9, 0), plus(days.today, 9), asked);
    for (place, comment) in (0_i64..).zip(COMMENTS_NOW) {
        say(story, days.ago(13 - place * 3, 18, 20), comment);
    }
    answers(
        story,
        days.ago(2, 19, 0),
        &[(true, "Yes, thank you: we will say so.")],
    );
}
