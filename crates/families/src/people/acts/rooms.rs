//! Rooms: opening and closing them, and who is in which.

use super::known;
use crate::{
    people::entries::{Entry, Placed, RoomClosed, RoomNamed},
    spine::act::{Case, Person, Room, no},
};
use kernel::ruling::Mistake;

/// The most rooms that a setting has.
const ROOMS_MAX: usize = 100;

pub(super) fn open(name: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    name_is_free(case, name, None)?;
    let people = &case.setting.people;
    if people.rooms().count() >= ROOMS_MAX {
        return no("name", "There are too many rooms. Close one first");
    }
    Ok(Entry::RoomNamed(RoomNamed {
        room: people.next_room(),
        name: name.to_owned(),
    }))
}

pub(super) fn rename(room: Room, name: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    room_exists(case, room)?;
    name_is_free(case, name, Some(room))?;
    if case.setting.people.room_name(room) == Some(name) {
        return no("name", "The room has this name already");
    }
    Ok(Entry::RoomNamed(RoomNamed {
        room,
        name: name.to_owned(),
    }))
}

pub(super) fn place(
    person: Person,
    rooms: &[Room],
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    exist(case, rooms)?;
    if same(case.setting.people.rooms_of(person), rooms) {
        return no("rooms", "This person is in these rooms already");
    }
    Ok(Entry::Placed(Placed {
        person,
        rooms: rooms.to_vec(),
    }))
}

pub(super) fn close(room: Room, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    room_exists(case, room)?;
    let people = &case.setting.people;
    let still = |person: &Person| {
        people.rooms_of(*person).contains(&room) && !people.has_left(*person, case.today)
    };
    match people.all().filter(still).count() {
        0 => Ok(Entry::RoomClosed(RoomClosed { room })),
        1 => no(
            "room",
            "One person still has this room. Put them in another room first",
        ),
        more => no(
            "room",
            format!("{more} people still have this room. Put them in another room first"),
        ),
    }
}

pub(super) fn exist(case: &Case<'_>, rooms: &[Room]) -> Result<(), Vec<Mistake>> {
    let open = |room: &Room| case.setting.people.room_name(*room).is_some();
    if rooms.iter().all(open) {
        Ok(())
    } else {
        no(
            "rooms",
            "There is no such room. Choose one of the rooms in the list",
        )
    }
}

fn same(rooms: &[Room], others: &[Room]) -> bool {
    rooms.len() == others.len() && rooms.iter().all(|room| others.contains(room))
}

fn room_exists(case: &Case<'_>, room: Room) -> Result<(), Vec<Mistake>> {
    match case.setting.people.room_name(room) {
        Some(_) => Ok(()),
        None => no("room", "There is no such room"),
    }
}

fn name_is_free(case: &Case<'_>, name: &str, but: Option<Room>) -> Result<(), Vec<Mistake>> {
    let same = |(room, other): (Room, &str)| {
        Some(room) != but && other.to_lowercase() == name.to_lowercase()
    };
    if case.setting.people.rooms().any(same) {
        return no("name", "Another room has this name. Choose a different one");
    }
    Ok(())
}
