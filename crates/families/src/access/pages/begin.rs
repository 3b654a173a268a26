//! The very first steps: setting up a new Stairgate, and choosing a password with a code.

use super::{chosen, made::MADE_CODE};
use crate::{
    access::acts::{Act, SetUp},
    place::pages::forms::{PLACE, read_place},
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form, from_address},
        permit::Need,
    },
};

/// The name with which somebody signs in.
pub(super) const USER: Field = Field::new("user", "User name", FieldKind::Line(40))
    .hint("3 to 40 small letters, digits, dots or hyphens, such as maya.lin");
/// A password that is being chosen.
pub(super) const PASSWORD: Field = Field::new("password", "New password", FieldKind::NewPassword)
    .hint("At least 10 characters. Three words that have nothing to do with each other are easy to remember");
/// The same once more.
pub(super) const AGAIN: Field =
    Field::new("again", "The same password again", FieldKind::NewPassword);

const SET_UP_FIELDS: [Field; 11] = {
    let [name, nation, kind, phone, email, address] = PLACE;
    [
        name,
        nation,
        kind,
        phone,
        email,
        address,
        Field::new("manager", "Your full name", FieldKind::Line(120)),
        Field::new(
            "is-lead",
            "Are you the designated safeguarding lead, too?",
            FieldKind::YesNo,
        )
        .hint("If somebody else is, give them the role afterwards"),
        USER,
        PASSWORD,
        AGAIN,
    ]
};

/// Set up a new Stairgate.
pub(super) const SET_UP: Form = Form {
    act: "access.set-up",
    path: "/set-up",
    title: "Set up Stairgate",
    button: "Set up",
    help: "Nobody has set up this Stairgate yet. Say what your setting is called and who you are: you become its manager and can add everybody else.\nThis page works once. Afterwards you sign in with the user name and password that you choose here.",
    need: |_, _| Need::FirstRun,
    fields: &SET_UP_FIELDS,
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::SetUp(Box::new(SetUp {
            place: read_place(answers)?,
            manager: answers.text("manager")?,
            is_lead: answers.yes("is-lead")?,
            user: answers.text("user")?.to_lowercase(),
            password: chosen::read(answers)?,
        }))))
    },
    then: |_| "/sign-in".to_owned(),
};

/// Choose a password with a code.
pub(super) const TAKE_UP: Form = Form {
    act: "access.take-up",
    path: "/take-up",
    title: "Choose your password",
    button: "Choose this password",
    help: "Your manager gave you a user name and a code. The code is good for 14 days and works once.\nIf it has run out, ask your manager for a new one.",
    need: |_, _| Need::Anyone,
    fields: &[
        Field::new("user", "User name", FieldKind::Line(40)),
        Field::new("code", "Code", FieldKind::Line(40))
            .hint("As it was given to you. Capitals, spaces and hyphens do not matter"),
        PASSWORD,
        AGAIN,
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::TakeUp {
            user: answers.text("user")?.to_lowercase(),
            code: answers.text(MADE_CODE)?,
            password: chosen::read(answers)?,
        }))
    },
    then: |_| "/sign-in".to_owned(),
};
