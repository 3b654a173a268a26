//! Finds out what each column means: from its heading, from what is in it, and from the columns
//! around it. What two columns claim goes to the better one; what is in doubt is left out.

use super::{
    headings::{self, Said},
    meaning::{ADULTS_MAX, CHILDREN_MAX, Mapping, Meaning, What, Whose},
    table::Table,
    values,
};
/// What is in a column: how many of its filled cells look like what, in hundredths.
#[derive(Clone, Copy, Debug, Default)]
struct Inside {
    filled: usize,
    email: usize,
    phone: usize,
    day: usize,
    young: usize,
    relation: usize,
    group: usize,
    yes: usize,
    room: usize,
    name: usize,
    whole_name: usize,
}

/// What the columns of a table mean.
#[must_use]
pub fn map(table: &Table, rooms: &[String], this_year: i16) -> Mapping {
    let inside: Vec<Inside> = (0..table.head.len())
        .map(|place| look(table, place, rooms, this_year))
        .collect();
    let mut said: Vec<Said> = table
        .head
        .iter()
        .map(|heading| {
            if table.has_head {
                headings::read(heading)
            } else {
                Said::default()
            }
        })
        .collect();
    for (said, inside) in said.iter_mut().zip(&inside) {
        by_content(said, *inside, table.has_head);
    }
    if !table.has_head {
        name_columns(&mut said, &inside);
    }
    let children = speaks_of_children(&said, &inside);
    let mut mapping = Mapping {
        is_team: said.iter().any(|said| said.is_team) && !children,
        ..Mapping::default()
    };
    let mut labels: Vec<String> = Vec::new();
    let mut nearest = 1;
    for said in &said {
        let meaning = meaning_of(said, children, &mut labels, &mut nearest);
        if let Some(Meaning {
            whose: Whose::Adult(number),
            ..
        }) = meaning
            && let Some(relation) = mapping
                .relations
                .get_mut(usize::from(number.saturating_sub(1)))
        {
            *relation = relation.or(said.relation);
        }
        mapping.columns.push(meaning);
    }
    settle(&mut mapping, table, &inside);
    mapping
}

fn look(table: &Table, place: usize, rooms: &[String], this_year: i16) -> Inside {
    let mut inside = Inside::default();
    let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
    for cell in cells.filter(|cell| !cell.is_empty()).take(200) {
        inside.filled += 1;
        let count = |sum: &mut usize, yes: bool| *sum += usize::from(yes);
        count(&mut inside.email, values::email(cell).is_some());
        count(
            &mut inside.phone,
            values::phone(cell).is_some() && !cell.contains('/'),
        );
        let day = values::day(cell, this_year);
        count(&mut inside.day, day.is_some());
        let date = day.and_then(|day| {
            day.date(values::DayOrder::DayFirst)
                .or(day.date(values::DayOrder::MonthFirst))
        });
        let young = |date: kernel::moment::Date| (this_year - 8..=this_year).contains(&date.year());
        count(&mut inside.young, date.is_some_and(young));
        count(
            &mut inside.relation,
            values::relation(cell).is_some() && cell.len() < 25,
        );
        count(&mut inside.group, values::group(cell).is_some());
        count(&mut inside.yes, values::yes(cell).is_some());
        count(
            &mut inside.room,
            rooms
                .iter()
                .any(|room| values::room(room) == values::room(cell)),
        );
        let name = values::name(cell);
        let is_name = values::is_name(&name) && name.chars().next().is_some_and(char::is_uppercase);
        count(&mut inside.name, is_name);
        count(
            &mut inside.whole_name,
            is_name && name.contains(' ') && name.split(' ').count() <= 4,
        );
    }
    let hundredths = |count: usize| count * 100 / inside.filled.max(1);
    Inside {
        filled: inside.filled,
        email: hundredths(inside.email),
        phone: hundredths(inside.phone),
        day: hundredths(inside.day),
        young: hundredths(inside.young),
        relation: hundredths(inside.relation),
        group: hundredths(inside.group),
        yes: hundredths(inside.yes),
        room: hundredths(inside.room),
        name: hundredths(inside.name),
        whole_name: hundredths(inside.whole_name),
    }
}

/// What is in a column goes before a heading that says nothing, and against one that can't be.
fn by_content(said: &mut Said, inside: Inside, has_head: bool) {
    if inside.filled == 0 {
        if !has_head || said.what.is_none() {
            said.left_out = true;
        }
        return;
    }
    if said.left_out {
        return;
    }
    let seen = seen(inside);
    said.what = match said.what {
        Some(What::Email) if inside.email == 0 && (seen.is_some() || inside.yes >= 80) => seen,
        Some(What::Phone) if inside.phone < 30 => None,
        Some(What::Born | What::Since | What::Left) if inside.day < 30 => None,
        Some(What::Responsibility) if inside.yes < 30 => None,
        Some(What::Name | What::First) if inside.email >= 80 => Some(What::Email),
        Some(What::Name | What::First) if inside.phone >= 80 => Some(What::Phone),
        Some(What::Name) if inside.name < 30 => None,
        Some(What::Room) if inside.group >= 80 && inside.room < 50 => Some(What::Group),
        Some(What::Group) if inside.room >= 80 => Some(What::Room),
        Some(What::Group) if inside.relation >= 80 && inside.group < 80 => Some(What::Relation),
        None => seen,
        what => what,
    };
}

/// What a column is by its content alone.
fn seen(inside: Inside) -> Option<What> {
    if inside.email >= 80 {
        return Some(What::Email);
    }
    if inside.day >= 80 && inside.phone < 80 {
        return Some(if inside.young >= 80 {
            What::Born
        } else {
            What::Since
        });
    }
    if inside.phone >= 80 {
        return Some(What::Phone);
    }
    if inside.room >= 80 {
        return Some(What::Room);
    }
    if inside.relation >= 80 {
        return Some(What::Relation);
    }
    (inside.group >= 80).then_some(What::Group)
}

/// Without headings: the first column of whole names, or the first two of single ones.
fn name_columns(said: &mut [Said], inside: &[Inside]) {
    let free: Vec<usize> = said
        .iter()
        .zip(inside)
        .enumerate()
        .filter(|(_, (said, inside))| said.what.is_none() && inside.name >= 80)
        .map(|(place, _)| place)
        .collect();
    let whole = free.iter().copied().find(|place| {
        inside
            .get(*place)
            .is_some_and(|inside| inside.whole_name >= 80)
    });
    let mut set = |place: Option<usize>, what: What| {
        if let Some(said) = place.and_then(|place| said.get_mut(place)) {
            said.what = Some(what);
        }
    };
    if whole.is_some() {
        set(whole, What::Name);
        return;
    }
    let mut free = free.into_iter();
    set(free.next(), What::First);
    set(free.next(), What::Last);
}

/// Whether the rows of the table are children.
fn speaks_of_children(said: &[Said], inside: &[Inside]) -> bool {
    let child = said
        .iter()
        .any(|said| said.child == Some(true) && said.what.is_some());
    let family = |said: &Said| {
        said.what.is_some() && said.relation.is_some() && said.label.as_deref() != Some("adult")
    };
    let adults = said.iter().any(family);
    let born = said.iter().zip(inside).any(|(said, inside)| {
        said.what == Some(What::Born) && (inside.young >= 80 || inside.filled == 0)
    });
    let plain =
        |said: &Said| said.child.is_none() && matches!(said.what, Some(What::Name | What::First));
    let names = said.iter().any(plain);
    child || born || (adults && names)
}

fn meaning_of(
    said: &Said,
    children: bool,
    labels: &mut Vec<String>,
    nearest: &mut u8,
) -> Option<Meaning> {
    let what = said.what.filter(|_| !said.left_out)?;
    let number = said.number.unwrap_or(1);
    let of_adult = matches!(
        what,
        What::Email | What::Phone | What::Relation | What::Responsibility | What::Group
    );
    let is_child = match (said.child, what) {
        (_, What::Born) => true,
        (Some(false), _) => false,
        (_, _) if of_adult => false,
        (Some(true), _) => true,
        (None, _) => children,
    };
    if what == What::Born && said.child == Some(false) {
        return None;
    }
    if is_child {
        let many = matches!(what, What::Name | What::First | What::Last | What::Born);
        let number = if many && said.child == Some(true) {
            number
        } else {
            1
        };
        return (number <= CHILDREN_MAX && children).then_some(Meaning {
            whose: Whose::Child(number),
            what,
        });
    }
    let label = match (&said.label, said.number) {
        (Some(label), number) => Some(format!("{label} {}", number.unwrap_or(1))),
        (None, Some(number)) => Some(format!("contact {number}")),
        (None, None) => None,
    };
    let place = match label {
        Some(label) => place_of(&label, labels)?,
        None => *nearest,
    };
    *nearest = place;
    Some(Meaning {
        whose: Whose::Adult(place),
        what,
    })
}

/// The number of an adult by what the headings call them; a new one gets the next.
fn place_of(label: &str, labels: &mut Vec<String>) -> Option<u8> {
    let same = |other: &String| other == label || alike(other, label);
    let place = labels.iter().position(same).unwrap_or_else(|| {
        labels.push(label.to_owned());
        labels.len() - 1
    });
    let number = u8::try_from(place + 1).ok()?;
    (number <= ADULTS_MAX).then_some(number)
}

/// "parent 1", "carer 1" and "contact 1" are one.
fn alike(one: &str, other: &str) -> bool {
    let split = |label: &str| {
        label
            .rsplit_once(' ')
            .map(|(label, number)| (label.to_owned(), number.to_owned()))
    };
    let general =
        |label: &str| ["parent", "carer", "contact", "guardian", "adult", "staff"].contains(&label);
    match (split(one), split(other)) {
        (Some((one, first)), Some((other, second))) => {
            first == second && general(&one) && general(&other)
        }
        _ => false,
    }
}

/// Each meaning goes to one column; a whole name that stands beside its parts is left out.
fn settle(mapping: &mut Mapping, table: &Table, inside: &[Inside]) {
    for meaning in Meaning::all() {
        let claims: Vec<usize> = (0..mapping.columns.len())
            .filter(|place| mapping.columns.get(*place) == Some(&Some(meaning)))
            .collect();
        if claims.len() < 2 {
            continue;
        }
        let weigh = |place: &usize| weight(table, inside, *place, claims.first() == Some(place));
        let best = claims.iter().copied().max_by_key(weigh);
        for place in claims {
            if Some(place) != best
                && let Some(column) = mapping.columns.get_mut(place)
            {
                *column = None;
            }
        }
    }
    let both = |mapping: &Mapping, whose| {
        mapping.column(whose, What::First).is_some() && mapping.column(whose, What::Last).is_some()
    };
    let all = (1..=CHILDREN_MAX)
        .map(Whose::Child)
        .chain((1..=ADULTS_MAX).map(Whose::Adult));
    for whose in all {
        if both(mapping, whose)
            && let Some(place) = mapping.column(whose, What::Name)
            && let Some(column) = mapping.columns.get_mut(place)
        {
            *column = None;
        }
    }
    // What reaches nobody by name can’t be kept.
    for number in (1..=ADULTS_MAX).map(Whose::Adult) {
        let named = |what| mapping.column(number, what).is_some();
        if named(What::Name) || named(What::First) {
            continue;
        }
        for column in &mut mapping.columns {
            if column.is_some_and(|meaning| meaning.whose == number) {
                *column = None;
            }
        }
    }
}

/// Which of two columns of the same meaning is the better one.
fn weight(table: &Table, inside: &[Inside], place: usize, is_first: bool) -> (usize, usize, bool) {
    let words = table
        .head
        .get(place)
        .map(|heading| headings::words(heading))
        .unwrap_or_default();
    let has = |word: &str| words.iter().any(|other| other.starts_with(word));
    let liked = if has("mobile") || has("personal") {
        3
    } else if has("work") || has("preferred") || has("known") || has("emergency") {
        0
    } else if has("home") {
        1
    } else {
        2
    };
    let filled = inside.get(place).map_or(0, |inside| inside.filled);
    (usize::from(filled > 0), liked, is_first)
}
