//! The lists that stand behind the filter: which, how old, on what terms, how each stands; and the
//! forms by which two people add, pause and remove one.

use super::around;
use crate::{
    filter::{
        acts::{Act, LINE_MAX, WORDS_MAX, evidence::team},
        entries::{Subscription, What},
        keeping,
        kinds::{self, ILLEGAL, KINDS},
        network::{List, Standing, State},
        subscriptions::{self, FORMS, Subscribed},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        view::View,
    },
};
use kernel::moment::{Date, date_in_words};
use kit::{
    button::{button, buttons},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// The lists.
pub(super) const LISTS: Page = Page {
    path: "/filter/lists",
    title: "Lists of the filter",
    menu: 0,
    help: "Which lists of sites the filter uses, how many names each has, how old it is and on what terms it may be used.\nLists renew themselves. When a new one is broken, much shorter, or would close what has to stay open, it is held back and the last good one stays in use.\nTwo people add, pause or remove a list, as with each change of the filter.",
    need: |_, _| team(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let keeps = view.has(&keeping());
    let standing = view.network.standing();
    let own = subscriptions::of(&view.setting.filter, view.today);
    let content = html! {
        (around(view, "/filter/lists"))
        (text::h1("Lists of the filter"))
        @if keeps { (buttons(html! { (button("Add a list").to("/filter/lists/add")) })) }
        (running(view, standing.as_ref()))
        @match &standing {
            Some(standing) => { (in_use(view, standing, &own, keeps)) }
            None => { (chosen(&own, keeps)) }
        }
        (stood(view))
    };
    Shown::Page("Lists of the filter".to_owned(), content)
}

/// Whether the filter runs, and if not, since when.
pub(super) fn running(view: &View<'_>, standing: Option<&Standing>) -> Markup {
    let still = view.setting.filter.evidence().stands_still();
    html! {
        @match (standing, still) {
            (None, Some(stood)) => {
                (text::warning(format!("The filter has stood still since {}. Nothing is open while it does. {}", stood.since.in_words(), stood.why)))
            }
            (None, None) => {
                (text::inset("No filter runs with this program at the moment, so what follows is what was written down. Where the filter is another’s, record it as a provider."))
            }
            (Some(standing), _) => {
                (text::paragraph(html! {
                    "The filter runs. "
                    @if let Some(made) = standing.made { "Its file of lists is from " (made.in_words()) ". " }
                    (standing.must_stay_open) " names have to stay open whatever a list says."
                }))
            }
        }
    }
}

fn in_use(view: &View<'_>, standing: &Standing, own: &[Subscribed], keeps: bool) -> Markup {
    let missing = own
        .iter()
        .filter(|one| !standing.lists.iter().any(|list| list.name == one.list.name))
        .map(|one| List {
            name: one.list.name.clone(),
            kind: one.list.kind.clone(),
            licence: one.list.licence.clone(),
            attribution: one.list.attribution.clone(),
            state: State::Missing,
            ..List::default()
        });
    let all: Vec<List> = standing.lists.iter().cloned().chain(missing).collect();
    let rows = all.iter().map(|list| {
        let chosen = own.iter().find(|one| one.list.name == list.name);
        vec![
            text::text(&list.name),
            text::text(kind(&list.kind)),
            text::text(list.names),
            text::text(age(view, list)),
            terms(list),
            state(list, chosen),
            html! { @if keeps { (change(chosen, list)) } },
        ]
    });
    let columns = [
        Column::words("List"),
        Column::words("What is on it"),
        Column::numbers("Names"),
        Column::words("As of"),
        Column::words("Terms"),
        Column::words("Stands"),
        Column::words("Change"),
    ];
    html! {
        (Table::new("Lists in use", columns).caption_unseen().first_cell_heads().rows(rows))
    }
}

/// The lists as they were agreed on, where no filter says how they stand.
fn chosen(own: &[Subscribed], keeps: bool) -> Markup {
    let rows = own.iter().map(|one| {
        let list = List {
            name: one.list.name.clone(),
            kind: one.list.kind.clone(),
            licence: one.list.licence.clone(),
            attribution: one.list.attribution.clone(),
            ..List::default()
        };
        vec![
            text::text(&list.name),
            text::text(kind(&list.kind)),
            terms(&list),
            html! { @if let Some(until) = one.rests_until { "Rests until " (date_in_words(until)) } @else { "Chosen" } },
            html! { @if keeps { (change(Some(one), &list)) } },
        ]
    });
    html! {
        @if own.is_empty() {
            (guide::empty("Here stand the lists that were chosen beside those that come with this program. None was.", keeps.then_some(("/filter/lists/add", "Add a list"))))
        } @else {
            (Table::new("Lists that were chosen", ["List", "What is on it", "Terms", "Stands", "Change"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn kind(key: &str) -> String {
    if key == ILLEGAL {
        return "What is illegal".to_owned();
    }
    match kinds::in_words(key) {
        "" => key.to_owned(),
        words => words.to_owned(),
    }
}

fn age(view: &View<'_>, list: &List) -> String {
    if list.ours {
        return "Comes with this program".to_owned();
    }
    let Some(since) = list.since else {
        return "Not known".to_owned();
    };
    let day = since.date();
    let days = (view.today - day).get_days();
    match days {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => date_in_words(day),
    }
}

fn terms(list: &List) -> Markup {
    let licence = if list.licence.is_empty() {
        "Not said"
    } else {
        &list.licence
    };
    html! { (licence) @if !list.attribution.is_empty() { " · " (list.attribution) } }
}

fn state(list: &List, chosen: Option<&Subscribed>) -> Markup {
    let rests = chosen.and_then(|one| one.rests_until);
    let colour = match list.state {
        State::Current => Colour::Green,
        State::Missing => Colour::Blue,
        State::Unreached => Colour::Yellow,
        State::Shrunk | State::OverBlocking | State::Broken => Colour::Red,
    };
    html! {
        @if let Some(until) = rests {
            (tag("Rests", Colour::Yellow)) " until " (date_in_words(until))
        } @else {
            (tag(list.state.in_words(), colour))
            @if !list.why.is_empty() { " " (list.why) }
        }
    }
}

fn change(chosen: Option<&Subscribed>, list: &List) -> Markup {
    let at = |path: &str| address(path, &[("list", &list.name)]);
    html! {
        @if list.state == State::Shrunk { (text::link_about(&at("/filter/lists/shorter"), "Take the shorter one", &list.name)) " " }
        @if let Some(one) = chosen {
            @if one.rests_until.is_none() { (text::link_about(&at("/filter/lists/pause"), "Pause", &list.name)) " " }
            (text::link_about(&at("/filter/lists/remove"), "Remove", &list.name))
        }
    }
}

/// When it stood still.
fn stood(view: &View<'_>) -> Markup {
    let known = view.setting.filter.evidence();
    let rows = known.stood().rev().take(20).map(|stood| {
        vec![
            text::text(stood.since.in_words()),
            text::text(
                stood
                    .until
                    .map_or("Still".to_owned(), kernel::moment::Moment::in_words),
            ),
            text::text(&stood.why),
        ]
    });
    html! {
        (text::h2("When it stood still"))
        (text::paragraph("The filter never answers without its lists. When it can’t answer, nothing opens, and the safeguarding lead is told."))
        @if known.stood().next().is_some() {
            (Table::new("When the filter stood still", ["From", "Until", "Why"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        } @else { (text::paragraph("It never has, as far as is known here.")) }
    }
}

fn names(view: &View<'_>) -> Vec<(String, String)> {
    subscriptions::of(&view.setting.filter, view.today)
        .into_iter()
        .map(|one| (one.list.name.clone(), one.list.name))
        .collect()
}

const REASON: Field = Field::new("reason", "Why?", FieldKind::Text(WORDS_MAX));
const RISK: Field = Field::new(
    "risk",
    "What could go wrong, and what did you weigh up?",
    FieldKind::Text(WORDS_MAX),
);
const WHICH: Field = Field::new("list", "Which list?", FieldKind::ChoiceOf(names));

fn propose(answers: &Answers, what: What, until: Option<Date>) -> Option<AnyAct> {
    Some(AnyAct::Filter(Act::Propose {
        what,
        users: Vec::new(),
        until,
        reason: answers.text("reason")?,
        risk: answers.text("risk")?,
    }))
}

fn to_filter(_: &Answers) -> String {
    "/filter".to_owned()
}

/// Add a list.
pub(super) const ADD: Form = Form {
    act: "filter.add-list",
    path: "/filter/lists/add",
    title: "Add a list to the filter",
    button: "Propose it",
    help: "A list of sites that somebody publishes. It is fetched when a second person has approved it, and renews itself. Names that have to stay open, such as helplines, stay open whatever is on it.\nRead on what terms it may be used: some lists are free for homes only.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("list", "What is it called here?", FieldKind::Line(LINE_MAX)),
        Field::new("address", "Where is it fetched from?", FieldKind::Line(500))
            .hint("A whole address that begins with https://"),
        Field::new("kind", "What is on it?", FieldKind::Choice(KINDS)),
        Field::new("form", "In which form is it?", FieldKind::Choice(FORMS)).optional(),
        Field::new(
            "licence",
            "On what terms may it be used?",
            FieldKind::Line(LINE_MAX),
        )
        .hint("As its makers say, such as MIT, or free for schools"),
        Field::new(
            "attribution",
            "Who is to be named for it?",
            FieldKind::Line(LINE_MAX),
        )
        .optional(),
        REASON,
        RISK,
    ],
    start: from_address,
    read: |answers| {
        let list = Subscription {
            name: answers.text("list")?,
            address: answers.text("address")?,
            kind: answers.text("kind")?,
            form: answers.text("form").unwrap_or_default(),
            licence: answers.text("licence")?,
            attribution: answers.text("attribution").unwrap_or_default(),
        };
        propose(answers, What::AddList { list }, None)
    },
    then: to_filter,
};

/// Pause a list.
pub(super) const PAUSE: Form = Form {
    act: "filter.pause-list",
    path: "/filter/lists/pause",
    title: "Pause a list of the filter",
    button: "Propose it",
    help: "What is on the list is not closed by it until the day that you choose; then it is in use again by itself. It takes effect when a second person has approved it.",
    need: |_, _| keeping(),
    fields: &[
        WHICH,
        Field::new("until", "Until when?", FieldKind::Date),
        REASON,
        RISK,
    ],
    start: from_address,
    read: |answers| {
        let name = answers.text("list")?;
        propose(answers, What::PauseList { name }, answers.date("until"))
    },
    then: to_filter,
};

/// Remove a list.
pub(super) const REMOVE: Form = Form {
    act: "filter.remove-list",
    path: "/filter/lists/remove",
    title: "Remove a list of the filter",
    button: "Propose it",
    help: "The list is no longer fetched, and what is on it no longer closed by it. It takes effect when a second person has approved it.",
    need: |_, _| keeping(),
    fields: &[WHICH, REASON, RISK],
    start: from_address,
    read: |answers| {
        let name = answers.text("list")?;
        propose(answers, What::RemoveList { name }, None)
    },
    then: to_filter,
};

/// Take a list that has become shorter.
pub(super) const SHORTER: Form = Form {
    act: "filter.take-shorter",
    path: "/filter/lists/shorter",
    title: "Take a list that has become much shorter",
    button: "Propose it",
    help: "A list that loses many names at once may be broken, so it is held back. When its makers really have shortened it, two people let it in.",
    need: |_, _| keeping(),
    fields: &[WHICH, REASON, RISK],
    start: |view, params| Start {
        answers: Answers::from_params(params),
        above: Some(html! {
            (text::paragraph(text::link("/filter/lists", "How each list stands")))
        }),
        not_here: names(view).is_empty(),
    },
    read: |answers| {
        let name = answers.text("list")?;
        propose(answers, What::TakeShorter { name }, None)
    },
    then: to_filter,
};
