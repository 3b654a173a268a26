//! Forms for the place and its calendar.

use crate::{
    place::{
        acts::{Act, NATIONS, nation, nation_key},
        entries::{Closed, Described, TermSet},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::text;

/// What the setting is called; setting up asks for the same.
pub(crate) const PLACE: [Field; 6] = [
    Field::new("name", "Name of the setting", FieldKind::Line(120)),
    Field::new("nation", "Nation", FieldKind::Choice(NATIONS))
        .hint("Its bank holidays and its law apply"),
    Field::new("kind", "Kind of setting", FieldKind::Line(80))
        .hint("In your words, such as preschool or day nursery")
        .optional(),
    Field::new("phone", "Telephone number", FieldKind::Phone).optional(),
    Field::new("email", "Email address", FieldKind::Email)
        .hint("Of the setting, not of a person")
        .optional(),
    Field::new("address", "Postal address", FieldKind::Text(300)).optional(),
];

const FIRST: Field = Field::new("first", "First day", FieldKind::Date);
const LAST: Field = Field::new("last", "Last day", FieldKind::Date);
const FIRST_KNOWN: Field = Field::new("first", "First day", FieldKind::Hidden);
const LAST_KNOWN: Field = Field::new("last", "Last day", FieldKind::Hidden);

/// Say what the setting is called.
pub(super) const DESCRIBE: Form = Form {
    act: "place.describe",
    path: "/settings/place",
    title: "The setting",
    button: "Save",
    help: "What the setting is called and how it is reached. The name stands at the top of every page; the nation decides which bank holidays count.",
    need: |_, _| Need::management(),
    fields: &PLACE,
    start: described,
    read: |answers| Some(AnyAct::Place(Act::Describe(read_place(answers)?))),
    then: |_| "/settings".to_owned(),
};

/// Reads what the setting says of itself.
pub(crate) fn read_place(answers: &Answers) -> Option<Described> {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    Some(Described {
        name: answers.text("name")?,
        nation: nation(&answers.text("nation")?)?,
        kind: words("kind"),
        phone: words("phone"),
        email: words("email"),
        address: words("address"),
    })
}

fn described(view: &View<'_>, params: &Params) -> Start {
    let Some(place) = view.setting.place.described() else {
        return from_address(view, params);
    };
    let answers = Answers::default()
        .with("name", &place.name)
        .with("nation", nation_key(place.nation))
        .with("kind", &place.kind)
        .with("phone", &place.phone)
        .with("email", &place.email)
        .with("address", &place.address);
    Start {
        answers,
        ..Start::default()
    }
}

/// Say when a term begins and ends.
pub(super) const SET_TERM: Form = Form {
    act: "place.set-term",
    path: "/settings/terms/set",
    title: "Add or change a term",
    button: "Save the term",
    help: "Terms can’t overlap. A term that begins on the same day as one that is recorded already takes its place.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("name", "Name of the term", FieldKind::Line(60))
            .hint("Such as Autumn term 2026"),
        FIRST,
        LAST,
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Place(Act::SetTerm(TermSet {
            name: answers.text("name")?,
            first: answers.date("first")?,
            last: answers.date("last")?,
        })))
    },
    then: calendar,
};

/// Take a term out.
pub(super) const REMOVE_TERM: Form = Form {
    act: "place.remove-term",
    path: "/settings/terms/remove",
    title: "Take a term out",
    button: "Take the term out",
    help: "Deadlines that are counted in terms are reckoned anew without it. What is in the ledger stays as it is.",
    need: |_, _| Need::management(),
    fields: &[FIRST_KNOWN],
    start: |view, params| {
        let answers = Answers::from_params(params);
        let first = answers.date("first");
        let terms = &view.setting.place.calendar().terms;
        let term = terms.iter().find(|term| Some(term.first) == first);
        let above = term.map(|term| {
            let (first, last) = (date_in_words(term.first), date_in_words(term.last));
            text::inset(format!("{}, from {first} to {last}", term.name))
        });
        Start {
            answers,
            not_here: above.is_none(),
            above,
        }
    },
    read: |answers| {
        let first = answers.date("first")?;
        Some(AnyAct::Place(Act::RemoveTerm { first }))
    },
    then: calendar,
};

/// Say when the setting is closed.
pub(super) const CLOSE: Form = Form {
    act: "place.close",
    path: "/settings/terms/close",
    title: "Add a closure",
    button: "Save the closure",
    help: "For days on which the setting is closed though they are working days: staff training, holidays between terms, a burst pipe. For one day, fill in the same day twice.\nDo not write about a person here: everybody who signs in can read it.",
    need: |_, _| Need::management(),
    fields: &[
        FIRST,
        LAST,
        Field::new("why", "Why?", FieldKind::Line(120)).hint("Such as staff training"),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Place(Act::Close(Closed {
            first: answers.date("first")?,
            last: answers.date("last")?,
            why: answers.text("why")?,
        })))
    },
    then: calendar,
};

/// Take a closure out.
pub(super) const REMOVE_CLOSURE: Form = Form {
    act: "place.remove-closure",
    path: "/settings/terms/reopen",
    title: "Take a closure out",
    button: "Take the closure out",
    help: "The setting is open again on these days, as far as they are working days.",
    need: |_, _| Need::management(),
    fields: &[FIRST_KNOWN, LAST_KNOWN],
    start: |view, params| {
        let answers = Answers::from_params(params);
        let days = (answers.date("first"), answers.date("last"));
        let closures = &view.setting.place.calendar().closures;
        let closure = closures
            .iter()
            .find(|one| (Some(one.first), Some(one.last)) == days);
        let above = closure.map(|one| {
            let (first, last) = (date_in_words(one.first), date_in_words(one.last));
            text::inset(format!("From {first} to {last}: {}", one.why))
        });
        Start {
            answers,
            not_here: above.is_none(),
            above,
        }
    },
    read: |answers| {
        Some(AnyAct::Place(Act::RemoveClosure {
            first: answers.date("first")?,
            last: answers.date("last")?,
        }))
    },
    then: calendar,
};

fn calendar(_: &Answers) -> String {
    "/settings/terms".to_owned()
}
