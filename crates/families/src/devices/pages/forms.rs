//! The forms on the record of a device.

use super::{about, grown_ups, team, to_device};
use crate::{
    devices::{
        acts::{Act, NAME_MAX, WORDS_MAX},
        kinds::{About, DISPOSALS, Internet, Kind, Owner, Users},
        seeing, tending,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::text;
use maud::html;

pub(super) const DEVICE: Field = Field::new("device", "Device", FieldKind::Hidden);

const OWNERS: &[(&str, &str)] = &[
    ("setting", "The setting’s"),
    ("person", "Somebody’s own"),
    ("other", "Somebody else’s, such as the council’s"),
];

const ENCRYPTED: &[(&str, &str)] = &[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")];

const NAME: Field = Field::new("name", "What is it called?", FieldKind::Line(NAME_MAX))
    .hint("Such as Robins tablet 1. Nobody’s name");
const KIND: Field = Field::new(
    "kind",
    "What kind of device is it?",
    FieldKind::Choice(Kind::ALL),
);
const OWNER: Field = Field::new("owner", "Whose is it?", FieldKind::Choice(OWNERS));
const USERS: Field = Field::new("users", "Who uses it?", FieldKind::Choice(Users::ALL))
    .hint("It decides what it may reach on the internet");
const ROOM: Field = Field::new(
    "room",
    "In which room does it live?",
    FieldKind::ChoiceOf(rooms),
)
.optional();
const TAG: Field = Field::new("tag", "Number on our label", FieldKind::Line(40)).optional();
const SERIAL: Field =
    Field::new("serial", "Serial number of the maker", FieldKind::Line(60)).optional();
const MAKE: Field = Field::new("make", "Maker and model", FieldKind::Line(80)).more();
const OWNER_PERSON: Field = Field::new(
    "owner-person",
    "Whose own is it?",
    FieldKind::ChoiceOf(grown_ups),
)
.more();
const OWNER_OTHER: Field =
    Field::new("owner-other", "Who else owns it?", FieldKind::Line(80)).more();
const PLACE: Field = Field::new("place", "Where is it kept?", FieldKind::Line(80)).more();
const KEEPER: Field = Field::new(
    "keeper",
    "Who is responsible for it?",
    FieldKind::ChoiceOf(team),
)
.more();
const BOUGHT: Field = Field::new(
    "bought",
    "When was it bought, or did it come?",
    FieldKind::Date,
)
.more();
const ENCRYPTION: Field = Field::new(
    "encrypted",
    "Is what is on it encrypted?",
    FieldKind::Choice(ENCRYPTED),
)
.more();
const CAMERA: Field = Field::new("camera", "It takes pictures", FieldKind::Confirm).more();
const SIM: Field = Field::new("sim", "There is a SIM in it", FieldKind::Confirm).more();
const ADDRESSES: Field = Field::new(
    "addresses",
    "Its addresses on the network",
    FieldKind::Text(200),
)
.hint("One on each line, such as aa:bb:cc:00:11:22. The filter knows the device by them")
.more();
const SOFTWARE: Field = Field::new("software", "System and programs", FieldKind::Text(500)).more();

fn rooms(view: &View<'_>) -> Vec<(String, String)> {
    let rooms = view.setting.people.rooms();
    rooms
        .map(|(room, name)| (room.to_string(), name.to_owned()))
        .collect()
}

fn read(answers: &Answers) -> Option<About> {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    let owner = match answers.text("owner")?.as_str() {
        "setting" => Owner::Setting,
        "person" => Owner::Person(answers.person("owner-person").unwrap_or_default()),
        "other" => Owner::Other(words("owner-other")),
        _ => return None,
    };
    let encrypted = match words("encrypted").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let addresses = words("addresses");
    let addresses = addresses
        .split(['\n', ',', ';'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned);
    Some(About {
        name: answers.text("name")?,
        kind: Kind::from_key(&answers.text("kind")?)?,
        make: words("make"),
        serial: words("serial"),
        tag: words("tag"),
        owner,
        users: Users::from_key(&answers.text("users")?)?,
        room: answers.room("room"),
        place: words("place"),
        keeper: answers.person("keeper"),
        bought: answers.date("bought"),
        encrypted,
        camera: answers.yes("camera").unwrap_or(false),
        sim: answers.yes("sim").unwrap_or(false),
        addresses: addresses.collect(),
        software: words("software"),
    })
}

fn filled(about: &About, answers: Answers) -> Answers {
    if answers.text("name").is_some() {
        return answers;
    }
    let (owner, person, other) = match &about.owner {
        Owner::Setting => ("setting", String::new(), String::new()),
        Owner::Person(person) => ("person", person.to_string(), String::new()),
        Owner::Other(words) => ("other", String::new(), words.clone()),
    };
    let number = |number: Option<u32>| number.map(|one| one.to_string()).unwrap_or_default();
    let encrypted = match about.encrypted {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let yes = |yes: bool| if yes { "yes" } else { "" };
    answers
        .with("name", &about.name)
        .with("kind", about.kind.key())
        .with("make", &about.make)
        .with("serial", &about.serial)
        .with("tag", &about.tag)
        .with("owner", owner)
        .with("owner-person", person)
        .with("owner-other", other)
        .with("users", about.users.key())
        .with("room", number(about.room.map(|room| room.0)))
        .with("place", &about.place)
        .with("keeper", number(about.keeper.map(|person| person.0)))
        .with(
            "bought",
            about.bought.map(|day| day.to_string()).unwrap_or_default(),
        )
        .with("encrypted", encrypted)
        .with("camera", yes(about.camera))
        .with("sim", yes(about.sim))
        .with("addresses", about.addresses.join("\n"))
        .with("software", &about.software)
}

/// Put a device on the register.
pub(super) const ADD: Form = Form {
    act: "devices.add",
    path: "/devices/add",
    title: "Put a device on the register",
    button: "Put it on the register",
    help: "Every device that is used here is on the register, also what is not ours. Write down what tells it from others: its serial number, or the number on a label of ours.",
    need: |_, _| tending(),
    fields: &[
        NAME,
        KIND,
        OWNER,
        USERS,
        ROOM,
        TAG,
        SERIAL,
        MAKE,
        OWNER_PERSON,
        OWNER_OTHER,
        PLACE,
        KEEPER,
        BOUGHT,
        ENCRYPTION,
        CAMERA,
        SIM,
        ADDRESSES,
        SOFTWARE,
    ],
    start: from_address,
    read: |answers| Some(AnyAct::Devices(Act::Add(Box::new(read(answers)?)))),
    then: |_| "/devices".to_owned(),
};

/// Put right what is known.
pub(super) const CHANGE: Form = Form {
    act: "devices.change",
    path: "/devices/{device}/change",
    title: "Put the record of a device right",
    button: "Save the record",
    help: "What stood here before stays in the ledger.",
    need: |_, _| tending(),
    fields: &[
        DEVICE,
        NAME,
        KIND,
        OWNER,
        USERS,
        ROOM,
        TAG,
        SERIAL,
        MAKE,
        OWNER_PERSON,
        OWNER_OTHER,
        PLACE,
        KEEPER,
        BOUGHT,
        ENCRYPTION,
        CAMERA,
        SIM,
        ADDRESSES,
        SOFTWARE,
    ],
    start: |view, params| {
        about(view, params, |device, answers| {
            (filled(&device.about, answers), html! {})
        })
    },
    read: |answers| {
        Some(AnyAct::Devices(Act::Change {
            device: answers.number("device")?,
            about: Box::new(read(answers)?),
        }))
    },
    then: to_device,
};

const HOW: Field = Field::new("how", "What do you know?", FieldKind::Text(WORDS_MAX))
    .hint("When and where it was last seen, and who was told");

/// It is lost.
pub(super) const LOST: Form = Form {
    act: "devices.record-lost",
    path: "/devices/{device}/lost",
    title: "A device is lost",
    button: "It is lost",
    help: "It goes out of use and off the network at once. If something about children or families is on it, report that as a concern, too: there are only 72 hours to tell the regulator.",
    need: |_, _| seeing(),
    fields: &[DEVICE, HOW],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::RecordLost {
            device: answers.number("device")?,
            how: answers.text("how")?,
        }))
    },
    then: to_device,
};

/// It was found.
pub(super) const FOUND: Form = Form {
    act: "devices.record-found",
    path: "/devices/{device}/found",
    title: "A device was found",
    button: "It was found",
    help: "Look at its condition before it is used again.",
    need: |_, _| tending(),
    fields: &[
        DEVICE,
        Field::new(
            "how",
            "Where was it, and who had it?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::RecordFound {
            device: answers.number("device")?,
            how: answers.text("how")?,
        }))
    },
    then: to_device,
};

/// It went for good.
pub(super) const DISPOSE: Form = Form {
    act: "devices.dispose",
    path: "/devices/{device}/dispose",
    title: "A device went for good",
    button: "It went for good",
    help: "Say how, and what shows that nothing about people went with it. It stays on the register among those that are gone.",
    need: |_, _| tending(),
    fields: &[
        DEVICE,
        Field::new("how", "How did it go?", FieldKind::Choice(DISPOSALS)),
        Field::new("evidence", "What shows it?", FieldKind::Text(WORDS_MAX))
            .hint("Such as who wiped it and how, or the number of the certificate"),
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::Dispose {
            device: answers.number("device")?,
            how: answers.text("how")?,
            evidence: answers.text("evidence")?,
        }))
    },
    then: |_| "/devices".to_owned(),
};

/// Take it out of use.
pub(super) const TAKE_OUT: Form = Form {
    act: "devices.take-out",
    path: "/devices/{device}/take-out",
    title: "Take a device out of use",
    button: "Take it out of use",
    help: "From now on it has no internet and can’t be handed out. You bring it back into use yourself.\nIf it may hold evidence, secure it instead, and do not look at it.",
    need: |_, _| seeing(),
    fields: &[
        DEVICE,
        Field::new("why", "Why?", FieldKind::Line(300))
            .hint("Read by you and by who looks after the devices")
            .optional(),
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::TakeOut {
            device: answers.number("device")?,
            why: answers.text("why").unwrap_or_default(),
        }))
    },
    then: to_device,
};

/// Bring it back.
pub(super) const BRING_BACK: Form = Form {
    act: "devices.bring-back",
    path: "/devices/{device}/bring-back",
    title: "Bring a device back into use",
    button: "Bring it back",
    help: "Do so when it is safe to use again.",
    need: |params, setting| {
        let device = params.number("device").unwrap_or(0);
        Act::BringBack { device }.need(setting)
    },
    fields: &[DEVICE],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::BringBack {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};

/// Make this browser known as the device.
pub(super) const ENROL: Form = Form {
    act: "devices.enrol",
    path: "/devices/{device}/enrol",
    title: "Make this browser known as a device",
    button: "This browser is the device",
    help: "Do this on the device itself. From then on, what is done in this browser is known to be done on it.",
    need: |_, _| tending(),
    fields: &[DEVICE],
    start: |view, params| {
        about(view, params, |_, answers| {
            let here = view.who.device.as_deref().unwrap_or("not known");
            (
                answers,
                text::paragraph(format!("This browser is: {here}.")),
            )
        })
    },
    read: |answers| {
        Some(AnyAct::Devices(Act::Enrol {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};

/// Forget its browsers.
pub(super) const UNENROL: Form = Form {
    act: "devices.unenrol",
    path: "/devices/{device}/unenrol",
    title: "Forget the browsers of a device",
    button: "Forget them",
    help: "No browser is known as this device any more. Make the right one known again on the device itself.",
    need: |_, _| tending(),
    fields: &[DEVICE],
    start: |view, params| {
        about(view, params, |device, answers| {
            (answers, text::bullets(&device.enrolled))
        })
    },
    read: |answers| {
        Some(AnyAct::Devices(Act::Unenrol {
            device: answers.number("device")?,
        }))
    },
    then: to_device,
};

/// Set its internet.
pub(super) const SET_INTERNET: Form = Form {
    act: "devices.set-internet",
    path: "/devices/{device}/internet",
    title: "Set the internet of a device",
    button: "Set it",
    help: "Off means that nothing is reached until somebody who works here opens the internet for it. It closes again by itself.",
    need: |_, _| tending(),
    fields: &[
        DEVICE,
        Field::new("internet", "Internet", FieldKind::Choice(Internet::ALL)),
    ],
    start: |view, params| about(view, params, |_, answers| (answers, html! {})),
    read: |answers| {
        Some(AnyAct::Devices(Act::SetInternet {
            device: answers.number("device")?,
            internet: Internet::from_key(&answers.text("internet")?)?,
        }))
    },
    then: to_device,
};

/// Set the internet of a room.
pub(super) const SET_ROOM_INTERNET: Form = Form {
    act: "devices.set-room-internet",
    path: "/devices/room-internet",
    title: "Set the internet of a room",
    button: "Set it",
    help: "For all devices that live in the room, where nothing else was set for one of them.",
    need: |_, _| tending(),
    fields: &[
        Field::new("room", "Which room?", FieldKind::ChoiceOf(rooms)),
        Field::new("internet", "Internet", FieldKind::Choice(Internet::ALL)),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Devices(Act::SetRoomInternet {
            room: answers.room("room")?,
            internet: Internet::from_key(&answers.text("internet")?)?,
        }))
    },
    then: |_| "/devices".to_owned(),
};

/// Say what something unknown is.
pub(super) const SETTLE: Form = Form {
    act: "devices.settle-unknown",
    path: "/devices/unknown/settle",
    title: "Say what an unknown device is",
    button: "Write it down",
    help: "If it is used here, put it on the register instead. It keeps getting the strictest that there is until it is there.",
    need: |_, _| Need::AnyOf(vec![tending(), Need::leadership()]),
    fields: &[
        Field::new("address", "Address", FieldKind::Hidden),
        Field::new(
            "what",
            "What was it, and what did you do?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: |view, params| {
        let found = view.setting.devices.unknown_at(params.get("address"));
        let seen = found.map(|unknown| date_in_words(unknown.at.date()));
        Start {
            answers: Answers::from_params(params),
            not_here: found.is_none(),
            above: seen
                .map(|day| text::inset(format!("{}, first seen on {day}", params.get("address")))),
        }
    },
    read: |answers| {
        Some(AnyAct::Devices(Act::SettleUnknown {
            address: answers.text("address")?,
            what: answers.text("what")?,
        }))
    },
    then: |_| "/devices/unknown".to_owned(),
};
