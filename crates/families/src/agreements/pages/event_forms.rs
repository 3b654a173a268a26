//! The forms of events: planning, permission of parents, signing for pictures, the announcement.

use super::{
    forms::{DRAWN, LANGUAGE, NAME, hand, not_here},
    reading, sign,
};
use crate::{
    access::pages::MADE_CODE,
    agreements::{acts::Act, events, register::Event},
    people::pages::known::{self, adults_to_choose, rooms_to_choose},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::text;
use maud::{Markup, html};

const EVENT: Field = Field::new("event", "Event", FieldKind::Hidden);
const CHILD: Field = Field::new("person", "Child", FieldKind::Hidden);
const ALLOWED: Field = Field::new(
    "allowed",
    "May your child be in pictures that other families take at our events?",
    FieldKind::YesNo,
)
.hint("You can change it at any time.");
const AGREE: Field = Field::new("agree", "I will keep to this", FieldKind::Confirm);

fn to_event(answers: &Answers) -> String {
    format!("/events/{}", answers.text("event").unwrap_or_default())
}

fn event<'a>(view: &'a View<'_>, params: &Params) -> Option<&'a Event> {
    let number: u32 = params.number("event")?;
    let event = view.setting.agreements.events().event(number)?;
    (!event.called_off).then_some(event)
}

pub(super) const PLAN: Form = Form {
    act: "agreements.plan-event",
    path: "/events/plan",
    title: "Plan an event",
    button: "Plan it",
    help: "An event at which families may take pictures, such as sports day or a play. You are reminded of it a week before.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("name", "What is it called?", FieldKind::Line(100)),
        Field::new("day", "On which day?", FieldKind::Date),
        Field::new(
            "rooms",
            "Which rooms take part?",
            FieldKind::SeveralOf(rooms_to_choose),
        )
        .hint("None: all of them.")
        .optional(),
    ],
    start: from_address,
    read: |answers| {
        let rooms = answers.people("rooms").into_iter();
        Some(AnyAct::Agreements(Act::PlanEvent {
            name: answers.text("name")?,
            day: answers.date("day")?,
            rooms: rooms
                .map(|number| crate::spine::act::Room(number.0))
                .collect(),
        }))
    },
    then: |_| "/events".to_owned(),
};

pub(super) const CALL_OFF: Form = Form {
    act: "agreements.call-off-event",
    path: "/events/{event}/call-off",
    title: "Call an event off",
    button: "Call it off",
    help: "The event stays in the records and asks nobody for anything any more.",
    need: |_, _| Need::management(),
    fields: &[EVENT],
    start: start_event,
    read: |answers| {
        Some(AnyAct::Agreements(Act::CallOffEvent {
            event: answers.number("event")?,
        }))
    },
    then: |_| "/events".to_owned(),
};

fn start_event(view: &View<'_>, params: &Params) -> Start {
    let Some(event) = event(view, params) else {
        return not_here();
    };
    Start {
        answers: Answers::default().with("event", event.says.event.to_string()),
        above: Some(text::lead(format!(
            "{}, {}",
            event.says.name,
            view.date(event.says.day)
        ))),
        not_here: false,
    }
}

pub(super) const ANSWER: Form = Form {
    act: "agreements.answer-permission",
    path: "/events/permission/{person}",
    title: "Pictures of your child at events",
    button: "Save",
    help: "At events, such as sports day, families take pictures of their own children. Other children may be in them.\nIf you say no, we see to it that your child is not in pictures, and do not say why.",
    need: |_, _| Need::SignedIn,
    fields: &[CHILD, ALLOWED],
    start: |view, params| {
        let child = params.person("person");
        if !child.is_some_and(|child| view.has(&Need::ParentOf(child))) {
            return not_here();
        }
        known::about_only(view, params)
    },
    read: |answers| {
        Some(AnyAct::Agreements(Act::AnswerPermission {
            child: answers.person("person")?,
            allowed: answers.yes("allowed")?,
        }))
    },
    then: |_| "/events".to_owned(),
};

pub(super) const RECORD: Form = Form {
    act: "agreements.record-permission",
    path: "/events/permission/{person}/record",
    title: "Record what a parent said",
    button: "Record it",
    help: "For parents who said or wrote it and have no account. Only somebody with parental responsibility can say it.",
    need: |_, _| Need::leadership(),
    fields: &[
        CHILD,
        Field::new(
            "parent",
            "Who said it?",
            FieldKind::ChoiceOf(adults_to_choose),
        ),
        Field::new(
            "allowed",
            "May the child be in pictures that families take at events?",
            FieldKind::YesNo,
        ),
    ],
    start: known::about_only,
    read: |answers| {
        Some(AnyAct::Agreements(Act::RecordPermission {
            child: answers.person("person")?,
            parent: answers.person("parent")?,
            allowed: answers.yes("allowed")?,
        }))
    },
    then: |_| "/events".to_owned(),
};

/// What whoever takes pictures signs: the program's lines in their language, and the policy's.
fn rules(view: &View<'_>) -> Markup {
    let mut says: Vec<Markup> = events::RULES
        .iter()
        .map(|id| html! { (view.say(id)) })
        .collect();
    let of_policy = events::in_force(view.in_force).map(events::of_policy);
    let of_policy = of_policy.unwrap_or_default().into_iter();
    says.extend(of_policy.map(|words| reading::in_english(view, html! { (words) })));
    html! {
        (text::bullets(&says))
        (text::small(view.say("agreement-kept")))
    }
}

fn start_signing(view: &View<'_>, params: &Params) -> Start {
    let Some(event) = event(view, params).filter(|event| event.says.day >= view.today) else {
        return not_here();
    };
    let mut start = start_event(view, params);
    start.answers.add("language", view.tongue().code());
    start.above = Some(html! {
        (text::lead(format!("{}, {}", event.says.name, view.date(event.says.day))))
        (rules(view))
    });
    start
}

pub(super) const SIGN: Form = Form {
    act: "agreements.sign-photography",
    path: "/events/{event}/sign",
    title: "Sign before you take pictures",
    button: "Sign",
    help: "Read this, then write your name and sign.",
    need: |_, _| Need::SignedIn,
    fields: &[EVENT, LANGUAGE, NAME, DRAWN, AGREE],
    start: start_signing,
    read: |answers| {
        Some(AnyAct::Agreements(Act::SignPhotography {
            event: answers.number("event")?,
            hand: hand(answers),
        }))
    },
    then: to_event,
};

pub(super) const SIGN_WITH_CODE: Form = Form {
    act: "agreements.sign-photography-with-code",
    path: "/sign/events/{event}",
    title: "Sign before you take pictures",
    button: "Sign",
    help: "Read this, then write your name and sign.",
    need: |_, _| Need::Anyone,
    fields: &[
        EVENT,
        LANGUAGE,
        Field::new("code", "Your code", FieldKind::Hidden),
        NAME,
        DRAWN,
        AGREE,
    ],
    start: |view, params| {
        if sign::whose(view, params).is_none() {
            return not_here();
        }
        let mut start = start_signing(view, params);
        start.answers.add("code", params.get("code"));
        start
    },
    read: |answers| {
        Some(AnyAct::Agreements(Act::SignPhotographyWithCode {
            event: answers.number("event")?,
            code: answers.text(MADE_CODE)?,
            hand: hand(answers),
        }))
    },
    then: |_| "/sign".to_owned(),
};

pub(super) const SIGN_AT_KIOSK: Form = Form {
    act: "agreements.sign-photography-at-kiosk",
    path: "/kiosk/events/{event}",
    title: "Sign before you take pictures",
    button: "Sign",
    help: "Read this, then write your name and sign. If you have a code, enter it; guests need none.",
    need: |_, _| Need::Kiosk,
    fields: &[
        EVENT,
        LANGUAGE,
        Field::new("code", "Your code, if you have one", FieldKind::Line(20)).optional(),
        NAME,
        DRAWN,
        AGREE,
    ],
    start: start_signing,
    read: |answers| {
        let typed = answers.text("code").is_some();
        Some(AnyAct::Agreements(Act::SignPhotographyAtKiosk {
            event: answers.number("event")?,
            code: answers.text(MADE_CODE).filter(|_| typed),
            hand: hand(answers),
        }))
    },
    then: |_| "/kiosk/sign".to_owned(),
};

pub(super) const PAPER: Form = Form {
    act: "agreements.record-photography-paper",
    path: "/events/{event}/paper",
    title: "Record a signature on paper",
    button: "Record it",
    help: "For somebody who signed on paper that the pictures are for the family only. Keep the paper.",
    need: |_, _| Need::Team,
    fields: &[
        EVENT,
        Field::new(
            "person",
            "Who signed?",
            FieldKind::ChoiceOf(adults_to_choose),
        ),
    ],
    start: start_event,
    read: |answers| {
        Some(AnyAct::Agreements(Act::RecordPhotographyPaper {
            event: answers.number("event")?,
            person: answers.person("person")?,
        }))
    },
    then: to_event,
};

pub(super) const READ_OUT: Form = Form {
    act: "agreements.announcement-read",
    path: "/events/{event}/read-out",
    title: "The announcement was read out",
    button: "It was read out",
    help: "Read it out at the beginning of the event, then record it here.",
    need: |_, _| Need::Team,
    fields: &[EVENT],
    start: start_event,
    read: |answers| {
        Some(AnyAct::Agreements(Act::ReadAnnouncement {
            event: answers.number("event")?,
        }))
    },
    then: to_event,
};
