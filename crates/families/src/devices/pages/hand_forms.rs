//! The forms about who has a device, and what is allowed beyond work.

use super::{about, forms::DEVICE, grown_ups, to_device};
use crate::{
    devices::{
        acts::{Act, WORDS_MAX},
        tending,
    },
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form},
        permit::Need,
    },
};
use kit::text;
use maud::html;

const UNTIL: Field = Field::new("until", "Until when?", FieldKind::Date);

/// Hand it out.
pub(super) const HAND_OUT: Form = Form {
    act: "devices.hand-out",
    path: "/devices/{device}/hand-out",
    title: "Hand a device out",
    button: "Hand it out",
    help: "Whoever works here can take a device themselves; somebody who looks after the devices hands it to others. Whoever gets it from somebody else confirms that they have it.",
    need: |_, _| Need::AnyOf(vec![tending(), Need::Team]),
    fields: &[
        DEVICE,
        Field::new("person", "Who gets it?", FieldKind::ChoiceOf(grown_ups)),
        Field::new("what-for", "What for?", FieldKind::Line(300)),
        UNTIL
            .hint("Leave it empty if it is theirs to use for as long as they work here")
            .optional(),
    ],
    start: |view, params| {
        about(view, params, |device, answers| {
            let own = view.person().map(|person| person.to_string());
            let answers = match (answers.text("person"), own) {
                (None, Some(own)) if !view.has(&tending()) => answers.with("person", own),
                _ => answers,
            };
            let has = device.holder().map(|hand| view.name(hand.person));
            let above = html! {
                @if let Some(has) = has { (text::inset(format!("{has} has it now. When you hand it to somebody else, it is back from them."))) }
            };
            (answers, above)
        })
    },
    read: |answers| {
        Some(AnyAct::Devices(Act::HandOut {
            device: answers.number("device")?,
            person: answers.person("person")?,
            what_for: answers.text("what-for")?,
            until: answers.date("until"),
        }))
    },
    then: to_device,
};

/// Confirm.
pub(super) const ACKNOWLEDGE: Form = Form {
    act: "devices.acknowledge",
    path: "/devices/{device}/acknowledge",
    title: "Confirm that you have a device",
    button: "I have it",
    help: "It is used by you and by nobody else, for work. Hand it back when you no longer need it, and say at once when it is lost or broken.",
    need: |params, setting| {
        let device = params.number("device").unwrap_or(0);
        Act::Acknowledge { device }.need(setting)
    },
    fields: &[DEVICE],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::Acknowledge {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};

/// It is back.
pub(super) const HAND_BACK: Form = Form {
    act: "devices.hand-back",
    path: "/devices/{device}/hand-back",
    title: "A device is back",
    button: "It is back",
    help: "Say so when it lies in its place again.",
    need: |params, setting| {
        let device = params.number("device").unwrap_or(0);
        Act::HandBack { device }.need(setting)
    },
    fields: &[DEVICE],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::HandBack {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};

fn allowing() -> Need {
    Need::AnyOf(vec![tending(), Need::leadership()])
}

/// Allow what is not the setting’s.
pub(super) const ALLOW_USE: Form = Form {
    act: "devices.allow-use",
    path: "/devices/{device}/allow-use",
    title: "Allow a device that is not the setting’s",
    button: "Allow it",
    help: "For a device that belongs to somebody else and is needed for a time. It ends by itself on the day that you choose.",
    need: |_, _| allowing(),
    fields: &[
        DEVICE,
        Field::new("what-for", "What for?", FieldKind::Text(WORDS_MAX)),
        UNTIL,
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::AllowUse {
            device: answers.number("device")?,
            what_for: answers.text("what-for")?,
            until: answers.date("until")?,
        }))
    },
    then: to_device,
};

/// Allow personal use.
pub(super) const ALLOW_PERSONAL_USE: Form = Form {
    act: "devices.allow-personal-use",
    path: "/devices/{device}/personal-use",
    title: "Allow personal use of a device",
    button: "Allow it",
    help: "For whoever has the device, until the day that you choose. The filter stays as it is.",
    need: |_, _| allowing(),
    fields: &[
        DEVICE,
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
        UNTIL,
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::AllowPersonalUse {
            device: answers.number("device")?,
            why: answers.text("why")?,
            until: answers.date("until")?,
        }))
    },
    then: to_device,
};

/// End personal use.
pub(super) const END_PERSONAL_USE: Form = Form {
    act: "devices.end-personal-use",
    path: "/devices/{device}/end-personal-use",
    title: "End personal use of a device",
    button: "End it now",
    help: "From now on it is for work only.",
    need: |_, _| allowing(),
    fields: &[DEVICE],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::EndPersonalUse {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};
