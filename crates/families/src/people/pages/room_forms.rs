//! Forms for rooms.

use super::known;
use crate::{
    people::acts::Act,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::text;

const ROOM: Field = Field::new("room", "Room", FieldKind::Hidden);
const NAME: Field = Field::new("name", "Name of the room", FieldKind::Line(60));

/// Open a room.
pub(super) const OPEN_ROOM: Form = Form {
    act: "people.open-room",
    path: "/rooms/open",
    title: "Open a room",
    button: "Open the room",
    help: "Give the room the name that everybody uses. Then put people in it on their records: whoever works in a room sees its children.",
    need: |_, _| Need::management(),
    fields: &[NAME],
    start: from_address,
    read: |answers| {
        let name = answers.text("name")?;
        Some(AnyAct::People(Act::OpenRoom { name }))
    },
    then: |_| "/rooms".to_owned(),
};

/// Rename a room.
pub(super) const RENAME_ROOM: Form = Form {
    act: "people.rename-room",
    path: "/rooms/{room}/rename",
    title: "Rename a room",
    button: "Save the name",
    help: "People stay in the room; it only gets another name, everywhere and at once.",
    need: |_, _| Need::management(),
    fields: &[ROOM, NAME],
    start: |view, params| {
        of_room(view, params, |name, answers| {
            if answers.text("name").is_some() {
                return answers;
            }
            answers.with("name", name)
        })
    },
    read: |answers| {
        Some(AnyAct::People(Act::RenameRoom {
            room: answers.room("room")?,
            name: answers.text("name")?,
        }))
    },
    then: |answers| match answers.room("room") {
        Some(room) => format!("/rooms/{room}"),
        None => "/rooms".to_owned(),
    },
};

/// Close a room.
pub(super) const CLOSE_ROOM: Form = Form {
    act: "people.close-room",
    path: "/rooms/{room}/close",
    title: "Close a room",
    button: "Close the room",
    help: "A room can be closed when nobody is in it. What happened in it stays in the ledger.",
    need: |_, _| Need::management(),
    fields: &[ROOM],
    start: |view, params| of_room(view, params, |_, answers| answers),
    read: |answers| {
        let room = answers.room("room")?;
        Some(AnyAct::People(Act::CloseRoom { room }))
    },
    then: |_| "/rooms".to_owned(),
};

fn of_room(view: &View<'_>, params: &Params, fill: impl FnOnce(&str, Answers) -> Answers) -> Start {
    let Some(room) = known::room(view, params) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let name = view.room(room);
    Start {
        answers: fill(&name, Answers::from_params(params)),
        above: Some(text::inset(&name)),
        not_here: false,
    }
}
