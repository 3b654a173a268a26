//! Worries and what came of them: reports by staff, a parent and somebody without a name; cases that
//! are closed, under way, and one that has only just arrived. Help near by is in the directory.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use families::{
    concerns::{
        acts::{Act, NewReport},
        keeping::acts::Act as Keep,
        kinds::Kind,
        note::{Note, Report, Sort},
    },
    education::{
        acts::Act as Education,
        help::{Help, Topic, Whom},
    },
    spine::act::Act as AnyAct,
};
use kernel::moment::{Moment, plus_days};

const LEAD: By = By::Person(names::DEPUTY_MANAGER);

/// A report: how many days ago, by whom, about which child, what it is about and what happened.
const REPORTS: [(i64, By, Option<&str>, Kind, &str); 6] = [
    (
        301,
        By::Person(names::PRACTITIONER),
        None,
        Kind::Unsuitable,
        "While three children watched a film about frogs on the tablet, an advertisement for a game with guns came up. I closed it at once. One child asked what it was.",
    ),
    (
        212,
        By::Person(names::ROOM_LEADER),
        Some("Somto Eze"),
        Kind::Harm,
        "When he changed his shirt I saw two round marks on his left upper arm, each about the size of a penny.",
    ),
    (
        156,
        By::Nobody,
        None,
        Kind::Unsure,
        "I live across the road. On Tuesday at about four somebody shouted at a small child in the car park for a long time.",
    ),
    (
        93,
        By::Person("Ruth Abernethy"),
        Some("Orla McAteer"),
        Kind::Bullying,
        "Her mother showed me messages in the parents’ chat in which others laugh about how Orla speaks.",
    ),
    (
        41,
        By::Person("Grace Mensah"),
        Some("Lwazi Ndlovu"),
        Kind::Grooming,
        "He told me that a friend in his cousin’s game asks for pictures of his room. He does not know who the friend is.",
    ),
    (
        13,
        By::Person(names::PARENT),
        None,
        Kind::Data,
        "I was sent the newsletter with the list of all parents’ addresses in it.",
    ),
];

/// Everything about concerns, and help near by.
pub(super) fn tell(story: &mut Story, days: &Days, now: Moment) {
    directory(story, days);
    for (case, (ago, by, child, kind, what)) in (1..).zip(REPORTS) {
        report(story, days.ago(ago, 14, 20), by, child, kind, what);
        take_on(story, days.ago(ago, 14, 32), case);
    }
    advertisement(story, days);
    marks(story, days);
    shouting(story, days);
    chat(story, days);
    friend(story, days);
    addresses(story, days);
    with_pictures(story, days);
    let new = By::Person(names::NEW_PRACTITIONER);
    let what = "At lunch she said that she does not want to go home to the new dog, because “he says he will tell the dog to bite”. She was quiet all morning.";
    report(
        story,
        now.plus_minutes(-9),
        new,
        Some("Cadi Meredith"),
        Kind::Harm,
        what,
    );
}

fn report(
    story: &mut Story,
    at: Moment,
    by: By,
    child: Option<&'static str>,
    kind: Kind,
    what: &'static str,
) {
    story.act(at, by, move |cast| {
        let children = match child {
            Some(name) => vec![cast.of(name)?],
            None => Vec::new(),
        };
        let report = Report {
            what: what.to_owned(),
            kind,
            children,
            day: Some(at.date()),
            place: place(kind).to_owned(),
            ..Report::default()
        };
        let new = NewReport {
            report,
            ..NewReport::default()
        };
        Ok(AnyAct::Concerns(Act::Report(Box::new(new))))
    });
}

/// Where it was, as people say it.
fn place(kind: Kind) -> &'static str {
    match kind {
        Kind::Harm => "In the garden, by the gate",
        Kind::Unsuitable | Kind::Money => "In the hall, at the tablets",
        Kind::Grooming | Kind::IndecentImage => "At home, in a game online",
        Kind::Adult => "In the entrance, at the pegs",
        _ => "",
    }
}

/// A child told with pictures, on the tablet at the front desk.
fn with_pictures(story: &mut Story, days: &Days) {
    story.act(days.ago(1, 11, 40), By::Nobody, |_| {
        let report = Report {
            what: "Told with pictures.\nWho it is about: Another child.\nWhat happened: Somebody was unkind.\nHow the child feels: Sad.".to_owned(),
            said: "they say I smell".to_owned(),
            pictures: true,
            ..Report::default()
        };
        let new = NewReport {
            report,
            unnamed: true,
            ..NewReport::default()
        };
        Ok(AnyAct::Concerns(Act::Report(Box::new(new))))
    });
}

fn lead(story: &mut Story, at: Moment, act: Act) {
    story.act(at, LEAD, move |_| Ok(AnyAct::Concerns(act)));
}

fn take_on(story: &mut Story, at: Moment, case: u32) {
    lead(story, at, Act::TakeOn { case });
}

fn write(story: &mut Story, at: Moment, case: u32, sort: Sort, note: Note) {
    let corrects = None;
    lead(
        story,
        at,
        Act::Write {
            case,
            sort,
            note,
            corrects,
        },
    );
}

fn close(story: &mut Story, at: Moment, case: u32, words: &str, told: &str) {
    let outcome = Note::new(words).with("told", told);
    lead(story, at, Act::Close { case, outcome });
}

fn parents(story: &mut Story, at: Moment, case: u32, told: &str, words: &str) {
    let note = Note::new(words)
        .with("told", told)
        .with("decided-by", names::DEPUTY_MANAGER);
    write(story, at, case, Sort::Parents, note);
}

fn decide(story: &mut Story, at: Moment, case: u32, words: &str, reason: &str, refer: &str) {
    let note = Note::new(words).with("reason", reason).with("refer", refer);
    write(story, at, case, Sort::Decision, note);
}

fn learn(story: &mut Story, days: &Days, ago: i64, case: u32, what: &'static str, lesson: u32) {
    let due = plus_days(days.day_ago(ago), 21);
    story.act(days.ago(ago, 16, 0), LEAD, move |cast| {
        Ok(AnyAct::Concerns(Act::SetLesson {
            case,
            what: what.to_owned(),
            owner: cast.of(names::TECHNICAL_LEAD)?,
            due,
        }))
    });
    let how = "Done, and tried on each tablet.".to_owned();
    story.act(
        days.ago(ago - 9, 11, 0),
        By::Person(names::TECHNICAL_LEAD),
        move |_| Ok(AnyAct::Concerns(Act::FinishLesson { lesson, how })),
    );
}

fn advertisement(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    write(
        story,
        at(301, 15, 0),
        1,
        Sort::Voice,
        Note::new("One child asked whether the man in it was cross."),
    );
    decide(
        story,
        at(300, 15, 30),
        1,
        "No referral. Films are shown from the approved list only.",
        "It was an advertisement, closed at once; no child was upset.",
        "No",
    );
    parents(
        story,
        at(300, 15, 40),
        1,
        "Yes",
        "The three families were told at pick-up; all were content.",
    );
    close(
        story,
        at(298, 15, 50),
        1,
        "The site with advertisements is no longer used.",
        "The room and the three families.",
    );
    learn(
        story,
        days,
        297,
        1,
        "Take the film site with advertisements off the tablets.",
        1,
    );
}

fn marks(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    write(
        story,
        at(212, 14, 40),
        2,
        Sort::Said,
        Note::new("“I fell on the bricks.”"),
    );
    let asked = Note::new("Described the marks and what he said; asked whether to refer.")
        .with("agency", "Children’s social care, advice line")
        .with("who", "The duty worker")
        .with("reference", "AD-4471")
        .with(
            "answer",
            "No referral at this stage; talk to the mother, watch, ring again if there are more.",
        );
    write(story, at(212, 15, 5), 2, Sort::Advice, asked);
    decide(
        story,
        at(212, 15, 20),
        2,
        "Talk to the mother today; look out for more marks for four weeks.",
        "His account fits, and the advice was not to refer.",
        "No",
    );
    parents(
        story,
        at(212, 17, 0),
        2,
        "Yes",
        "The mother showed the step in the yard where he fell. She will have it mended.",
    );
    close(
        story,
        at(181, 10, 0),
        2,
        "No more marks in four weeks. The step was mended.",
        "The mother, and the room leader who reported it.",
    );
    let talk =
        Note::new("The report came the same hour and kept to what was seen. Nothing is to change.");
    write(story, at(180, 15, 0), 2, Sort::Debrief, talk);
}

fn shouting(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    write(
        story,
        at(156, 15, 30),
        3,
        Sort::Fact,
        Note::new(
            "Asked those who were at the gate that day. Nobody saw it; no child of ours was picked up at that time.",
        ),
    );
    decide(
        story,
        at(155, 16, 0),
        3,
        "No further action.",
        "It can’t be said who it was, and no child of ours fits.",
        "No",
    );
    parents(
        story,
        at(155, 16, 5),
        3,
        "No",
        "It is not known which family it was about.",
    );
    close(
        story,
        at(155, 16, 30),
        3,
        "Kept in case more comes.",
        "Nobody; the report had no name.",
    );
    write(
        story,
        at(154, 16, 40),
        3,
        Sort::Debrief,
        Note::new("Somebody of the team stands in the car park at pick-up from now on."),
    );
}

fn chat(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    decide(
        story,
        at(92, 15, 30),
        4,
        "Talk to the parents who wrote it, one by one; remind all of what was agreed for the chat.",
        "The words hurt a child and her family. It is not a matter for others yet.",
        "No",
    );
    parents(
        story,
        at(92, 15, 50),
        4,
        "Yes",
        "Orla’s mother was told what will be done. Both parents who wrote were spoken to and took the words out.",
    );
    write(
        story,
        at(91, 16, 0),
        4,
        Sort::Voice,
        Note::new("Orla says that she likes her own words.")
            .with("told-back", "That everybody speaks in their own way."),
    );
    close(
        story,
        at(70, 11, 0),
        4,
        "Nothing more was written. Orla’s mother is content.",
        "Orla’s mother.",
    );
    learn(
        story,
        days,
        69,
        4,
        "Send all families a reminder of how we write to each other.",
        2,
    );
}

/// Still open, with something to do.
fn friend(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    let told = Note::new("Gave the name of the game and what he said. No picture was looked for.")
        .with("agency", "CEOP")
        .with("reference", "CE-20931")
        .with(
            "answer",
            "They look into it, and ask the family to keep the device as it is.",
        );
    write(story, at(41, 15, 40), 5, Sort::Agency, told);
    decide(
        story,
        at(41, 15, 50),
        5,
        "Referred to CEOP; the family keeps the device as it is and does not answer.",
        "Somebody unknown asks a child for pictures.",
        "Yes",
    );
    parents(
        story,
        at(41, 17, 10),
        5,
        "Yes",
        "Both parents were told together. They will keep the tablet switched off.",
    );
    let due = plus_days(days.today, 4);
    story.act(at(6, 10, 0), LEAD, move |cast| {
        Ok(AnyAct::Concerns(Act::SetTask {
            case: 5,
            what: "Ask CEOP how far they are.".to_owned(),
            owner: cast.of(names::DEPUTY_LEAD)?,
            due,
        }))
    });
    let review = plus_days(days.today, 160);
    story.act(at(38, 9, 30), LEAD, move |_| {
        Ok(AnyAct::Concerns(Act::Keeping(Keep::Hold {
            case: 5,
            why: "The police ask that nothing goes while they look into it.".to_owned(),
            review,
        })))
    });
}

fn addresses(story: &mut Story, days: &Days) {
    let at = |ago, hour, minute| days.ago(ago, hour, minute);
    write(
        story,
        at(13, 15, 0),
        6,
        Sort::Fact,
        Note::new(
            "The list went to 84 addresses in the open field. It held email addresses and no names of children.",
        ),
    );
    decide(
        story,
        at(13, 16, 0),
        6,
        "Tell all families and say sorry; the regulator for data need not be told.",
        "Addresses only; no risk to a child or an adult is seen.",
        "No",
    );
    parents(
        story,
        at(12, 16, 30),
        6,
        "Yes",
        "All families had a message. Two asked for their address to be changed.",
    );
}

/// Help near by: name, what for, with what, number and address.
const NEAR_BY: [(&str, &str, Topic, &str, &str); 14] = [
    (
        "Children’s social care of our county",
        "Worries about a child in our area.",
        Topic::Abuse,
        "01632 960310",
        "",
    ),
    (
        "The local authority designated officer",
        "The behaviour of an adult who works with children.",
        Topic::Adults,
        "01632 960311",
        "",
    ),
    (
        "County online protection adviser",
        "Questions about online safety in the early years.",
        Topic::Advice,
        "01632 960312",
        "",
    ),
    (
        "County online safety development officer",
        "Training and materials on online safety.",
        Topic::Advice,
        "01632 960312",
        "",
    ),
    (
        "County safeguarding children board",
        "How agencies in our area work together.",
        Topic::Abuse,
        "01632 960313",
        "",
    ),
    (
        "County police",
        "Telling our own police about something that is not urgent.",
        Topic::Abuse,
        "01632 960314",
        "",
    ),
    (
        "County police internet safety page",
        "Advice of our own police on staying safe online.",
        Topic::Advice,
        "",
        "https://police.marlshire.example/online",
    ),
    (
        "County safeguarding guidance",
        "What our county asks of settings.",
        Topic::Advice,
        "",
        "https://safeguarding.marlshire.example",
    ),
    (
        "County classroom materials",
        "Materials to teach with.",
        Topic::Advice,
        "",
        "https://safeguarding.marlshire.example/materials",
    ),
    (
        "County e-safety links",
        "More about online safety.",
        Topic::Advice,
        "",
        "https://safeguarding.marlshire.example/links",
    ),
    (
        "County online safety blog",
        "News for those who lead.",
        Topic::Advice,
        "",
        "https://safeguarding.marlshire.example/blog",
    ),
    (
        "County public service network",
        "The line on which our county’s settings are.",
        Topic::Data,
        "01632 960315",
        "",
    ),
    (
        "County schools ICT support",
        "Help with computers and the filter.",
        Topic::Data,
        "01632 960316",
        "",
    ),
    (
        "County schools broadband service desk",
        "When the line is down.",
        Topic::Data,
        "01632 960317",
        "",
    ),
];

fn directory(story: &mut Story, days: &Days) {
    for (minute, (name, is_for, topic, phone, site)) in (0..).zip(NEAR_BY) {
        let help = Help {
            id: String::new(),
            name: name.to_owned(),
            aka: Vec::new(),
            is_for: is_for.to_owned(),
            topics: vec![topic],
            who: vec![Whom::Staff, Whom::Parents],
            phone: phone.to_owned(),
            hours: String::new(),
            site: site.to_owned(),
            nations: Vec::new(),
        };
        story.act(
            days.after(12, 11, minute),
            By::Person(names::MANAGER),
            move |_| Ok(AnyAct::Education(Education::AddHelp(help))),
        );
    }
    // The numbers were looked at in the summer.
    story.look(days.ago(140, 15, 0), LEAD, |view, _| {
        let all = view.setting.education.all();
        let ids = all.map(|help| help.id.clone()).collect();
        Ok(vec![AnyAct::Education(Education::ConfirmHelp { ids })])
    });
}
