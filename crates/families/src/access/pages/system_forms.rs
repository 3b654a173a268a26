//! The forms of the access register: put a system on it, grant, close, and what is lent.

use crate::{
    access::{
        acts::{
            Act,
            systems::{Act as System, NAME_MAX, WHY_MAX},
        },
        administrators::administering,
        entries::systems::Kind,
        register::systems::Systems,
    },
    people::{group::Group, pages::known},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kit::text;

/// Where the register is written: address and words of the button.
pub(super) const LINKS: [(&str, &str); 3] = [
    ("/access-register/add", "Put a system on it"),
    ("/access-register/grant", "Grant access"),
    ("/access-register/lend", "Lend something"),
];

const KINDS: &[(&str, &str)] = &{
    let [
        (_, k1, w1),
        (_, k2, w2),
        (_, k3, w3),
        (_, k4, w4),
        (_, k5, w5),
        (_, k6, w6),
        (_, k7, w7),
        (_, k8, w8),
    ] = Kind::ALL;
    [
        (k1, w1),
        (k2, w2),
        (k3, w3),
        (k4, w4),
        (k5, w5),
        (k6, w6),
        (k7, w7),
        (k8, w8),
    ]
};

fn need(_: &Params, setting: &Setting) -> Need {
    administering(setting)
}

fn system(act: System) -> Option<AnyAct> {
    Some(AnyAct::Access(Act::System(act)))
}

fn register(_: &Answers) -> String {
    "/access-register".to_owned()
}

fn systems(view: &View<'_>) -> Vec<(String, String)> {
    let all = view.setting.access.systems().in_use();
    all.map(|one| (one.system.to_string(), one.name.clone()))
        .collect()
}

fn everybody(view: &View<'_>) -> Vec<(String, String)> {
    listed(view, |_| true)
}

fn grown_ups(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    listed(view, |person| {
        !people.groups(person).contains(&Group::Child)
    })
}

fn listed(
    view: &View<'_>,
    fits: impl Fn(crate::spine::act::Person) -> bool,
) -> Vec<(String, String)> {
    let here = view.setting.people.here(view.today);
    known::named(view, here.filter(|person| fits(*person)))
        .into_iter()
        .map(|one| {
            let label = format!("{} ({})", one.name, known::what(view, one.person));
            (one.person.to_string(), label)
        })
        .collect()
}

/// A form about something that the address names by number.
fn about(
    view: &View<'_>,
    params: &Params,
    name: &str,
    says: impl Fn(&Systems, u32) -> Option<String>,
) -> Start {
    let systems = view.setting.access.systems();
    let number = params.number(name);
    let found = number.and_then(|number| says(systems, number));
    Start {
        answers: Answers::from_params(params),
        not_here: found.is_none(),
        above: found.map(|words| text::inset(view.words(&words))),
    }
}

/// Put a system on the register.
pub(super) const ADD: Form = Form {
    act: "access.add-system",
    path: "/access-register/add",
    title: "Put a system on the access register",
    button: "Put it on the register",
    help: "Whatever somebody signs in to or opens for the work here: a mailbox, the learning platform, the website, a shared folder, the wifi. Afterwards you grant access to it.",
    need,
    fields: &[
        Field::new("kind", "What kind is it?", FieldKind::Choice(KINDS)),
        Field::new("name", "What is it called?", FieldKind::Line(NAME_MAX))
            .hint("As your policy calls it, such as Admissions mailbox. No password"),
        Field::new(
            "one-password",
            "Do several people use one password for it?",
            FieldKind::YesNo,
        )
        .hint("Then it has to be changed when one of them leaves"),
    ],
    start: from_address,
    read: |answers| {
        system(System::Add {
            kind: Kind::from_key(&answers.text("kind")?)?,
            name: answers.text("name")?,
            one_password: answers.yes("one-password")?,
        })
    },
    then: register,
};

/// Take a system off the register.
pub(super) const RETIRE: Form = Form {
    act: "access.retire-system",
    path: "/access-register/retire",
    title: "Take a system off the access register",
    button: "Take it off",
    help: "For a system that nobody uses any more. What the register said about it stays in the ledger.",
    need,
    fields: &[Field::new("system", "System", FieldKind::Hidden)],
    start: |view, params| {
        about(view, params, "system", |systems, number| {
            systems.find(number).map(|one| one.name.clone())
        })
    },
    read: |answers| {
        system(System::Retire {
            system: answers.number("system")?,
        })
    },
    then: register,
};

/// Grant access.
pub(super) const GRANT: Form = Form {
    act: "access.grant",
    path: "/access-register/grant",
    title: "Grant access",
    button: "Grant access",
    help: "Write it down when you give somebody access, so that it can be closed when they leave. An account of this Stairgate is opened under Settings, Accounts, and stands here by itself.",
    need,
    fields: &[
        Field::new("system", "To which system?", FieldKind::ChoiceOf(systems)),
        Field::new("person", "To whom?", FieldKind::ChoiceOf(everybody)),
        Field::new("why", "Why do they need it?", FieldKind::Line(WHY_MAX)),
    ],
    start: from_address,
    read: |answers| {
        system(System::Grant {
            system: answers.number("system")?,
            person: answers.person("person")?,
            why: answers.text("why")?,
        })
    },
    then: register,
};

/// Close access.
pub(super) const WITHDRAW: Form = Form {
    act: "access.withdraw",
    path: "/access-register/withdraw",
    title: "Close somebody’s access",
    button: "It is closed",
    help: "Close it in the system itself first: take the account away, or change the password that they knew. Then say here that it is done.",
    need,
    fields: &[Field::new("grant", "Access", FieldKind::Hidden)],
    start: |view, params| {
        about(view, params, "grant", |systems, number| {
            let grant = systems.open_grant(number)?;
            let name = systems.name(grant.system);
            Some(format!("{}: {name}", grant.person.mark()))
        })
    },
    read: |answers| {
        system(System::Withdraw {
            grant: answers.number("grant")?,
        })
    },
    then: register,
};

/// Say that a password was changed.
pub(super) const PASSWORD: Form = Form {
    act: "access.record-password-changed",
    path: "/access-register/password",
    title: "A password was changed",
    button: "It is changed",
    help: "Change it in the system itself first, and tell only those who are on the register for it. Never write the password down here.",
    need: |params, setting| {
        let system = params.number("system").unwrap_or(0);
        System::RecordPasswordChanged { system }.need(setting)
    },
    fields: &[Field::new("system", "System", FieldKind::Hidden)],
    start: |view, params| {
        about(view, params, "system", |systems, number| {
            systems.find(number).map(|one| one.name.clone())
        })
    },
    read: |answers| {
        system(System::RecordPasswordChanged {
            system: answers.number("system")?,
        })
    },
    then: |_| "/".to_owned(),
};

/// Lend something.
pub(super) const LEND: Form = Form {
    act: "access.lend",
    path: "/access-register/lend",
    title: "Lend a key or something else",
    button: "Write it down",
    help: "What somebody has to hand back when they leave: a key, a fob, a laptop, a phone.",
    need,
    fields: &[
        Field::new("person", "To whom?", FieldKind::ChoiceOf(grown_ups)),
        Field::new("what", "What?", FieldKind::Line(NAME_MAX))
            .hint("Such as key 4 to the front door"),
    ],
    start: from_address,
    read: |answers| {
        system(System::Lend {
            person: answers.person("person")?,
            what: answers.text("what")?,
        })
    },
    then: register,
};

/// Say that something is back.
pub(super) const TAKE_BACK: Form = Form {
    act: "access.take-back",
    path: "/access-register/take-back",
    title: "Something was handed back",
    button: "It is back",
    help: "Say so when you have it in your hands.",
    need,
    fields: &[Field::new("thing", "What", FieldKind::Hidden)],
    start: |view, params| {
        about(view, params, "thing", |systems, number| {
            let thing = systems.lent().find(|thing| thing.thing == number)?;
            Some(format!("{}: {}", thing.what, thing.person.mark()))
        })
    },
    read: |answers| {
        system(System::TakeBack {
            thing: answers.number("thing")?,
        })
    },
    then: register,
};
