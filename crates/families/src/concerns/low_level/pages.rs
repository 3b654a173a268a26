//! Pages and forms of low-level concerns: telling of one, the register with what it shows over time,
//! one of them with what came of it.

use super::{
    acts::{Act, need_to_tell},
    circle,
    entries::{Outcome, Words},
    register::LowLevel,
};
use crate::{
    concerns::acts::Act as Concern,
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    chart::{self, Look, Series},
    facts::{Fact, facts},
    guide, navigation, notice,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// So many months are shown.
const MONTHS: usize = 12;

const CASE: Field = Field::new("case", "Concern", FieldKind::Hidden);

/// The register.
pub(in crate::concerns) const REGISTER: Page = Page {
    path: "/concerns/low-level",
    title: "Low-level concerns",
    menu: 0,
    help: "How adults behave who work here, below what would be an allegation. Only the manager and the second person whom the policy names see this page; nobody sees what is about themselves.\nLook at several about one person together: what is nothing by itself can be a pattern. What is more than low-level becomes a case.",
    need: |_, _| need_to_tell(),
    lines: None,
    show,
};

/// One of them.
pub(in crate::concerns) const ONE: Page = Page {
    path: "/concerns/low-level/{case}",
    title: "A low-level concern",
    menu: 0,
    help: "What was told, and what came of it. Decide in a few days: no further action and why, advice, or that it is more than low-level.",
    need: on,
    lines: None,
    show: one,
};

/// What is said to who told of one.
pub(in crate::concerns) const TOLD: Page = Page {
    path: "/concerns/low-level/told",
    title: "A low-level concern was told",
    menu: 0,
    help: "What you told has arrived. Here stands who sees it and what happens next. Nobody who is told of learns that you told it.",
    need: |_, _| need_to_tell(),
    lines: None,
    show: told,
};

/// Tell of one.
pub(in crate::concerns) const TELL: Form = Form {
    act: "concerns.tell-low-level",
    path: "/concerns/low-level/tell",
    title: "Tell of a low-level concern",
    button: "Send",
    help: "Something about how an adult behaves who works here that does not sit right, and in which no child was or could have been harmed. Tell it also of yourself, if something you did could be misread.\nThe manager and a second person see it, and never the person whom it is about. Is a child hurt, or could one have been? Then report a concern instead.",
    need: |_, _| need_to_tell(),
    fields: &[
        Field::new("about", "Who is it about?", FieldKind::ChoiceOf(team))
            .hint("Choose yourself to tell of something that you did"),
        Field::new("what", "What did you see or hear?", FieldKind::Text(4_000))
            .hint("What happened, apart from what you think of it"),
        Field::new("day", "When was it?", FieldKind::Date).optional(),
        Field::new(
            "context",
            "Where was it, and what was going on?",
            FieldKind::Text(1_000),
        )
        .optional(),
        Field::new(
            "harm",
            "Was a child hurt, or could one have been?",
            FieldKind::YesNo,
        ),
    ],
    start: from_address,
    read: |answers| {
        let words = Words {
            what: answers.text("what")?,
            day: answers.date("day"),
            context: answers.text("context").unwrap_or_default(),
            ..Words::default()
        };
        act(Act::Tell {
            about: answers.person("about")?,
            words,
            harm: answers.yes("harm")?,
        })
    },
    then: |_| "/concerns/low-level/told".to_owned(),
};

/// Decide what comes of one.
pub(in crate::concerns) const DECIDE: Form = Form {
    act: "concerns.decide-low-level",
    path: "/concerns/low-level/decide",
    title: "Decide on a low-level concern",
    button: "Write the decision down",
    help: "Say what comes of it and why, also when nothing more is done. When it is more than low-level, a case is opened from it and from the earlier ones about the same person; it goes to whom the policy says, and round the person.",
    need: on,
    fields: &[
        CASE,
        Field::new(
            "outcome",
            "What comes of it?",
            FieldKind::Choice(Outcome::KEYS),
        ),
        Field::new("why", "Why? What was advised?", FieldKind::Text(2_000)),
    ],
    start,
    read: |answers| {
        act(Act::Decide {
            case: answers.number("case")?,
            outcome: Outcome::from_key(&answers.text("outcome")?),
            why: answers.text("why")?,
        })
    },
    then: to_one,
};

/// Say whether one is still kept.
pub(in crate::concerns) const REVIEW: Form = Form {
    act: "concerns.review-low-level",
    path: "/concerns/low-level/review",
    title: "Look whether it is still kept",
    button: "Write it down",
    help: "Give a day until when it is kept on. Leave the day empty when it is no longer needed: the other person is asked, and when they agree nobody can read it any more.",
    need: on,
    fields: &[
        CASE,
        Field::new("keep", "Keep it until", FieldKind::Date).optional(),
        Field::new("why", "Why?", FieldKind::Text(2_000)),
    ],
    start,
    read: |answers| {
        act(Act::Review {
            case: answers.number("case")?,
            keep: answers.date("keep"),
            why: answers.text("why")?,
        })
    },
    then: to_one,
};

fn act(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Concerns(Concern::LowLevel(act)))
}

fn on(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn to_one(answers: &Answers) -> String {
    let number: u32 = answers.number("case").unwrap_or(0);
    format!("/concerns/low-level/{number}")
}

fn team(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let works = people.here(view.today);
    let works = works.filter(|person| people.is_team(*person, view.today));
    known::named(view, works)
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// What this reader sees, newest first.
fn mine<'a>(view: &View<'a>) -> impl Iterator<Item = &'a LowLevel> {
    let (who, setting, today) = (view.who, view.setting, view.today);
    let all = setting.concerns.low_level().kept().rev();
    all.filter(move |one| circle::is_on(who, one, setting, today))
}

/// Whether this reader has the page at all: by role, or because one goes to them.
pub(in crate::concerns) fn has_page(view: &View<'_>) -> bool {
    let by_role = |roles| view.has(&Need::Holds(roles));
    circle::roles(view.in_force).is_some_and(by_role) || mine(view).next().is_some()
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    if !has_page(view) {
        return Shown::NotHere;
    }
    let all: Vec<&LowLevel> = mine(view).collect();
    let mut by_person: BTreeMap<Person, Vec<&LowLevel>> = BTreeMap::new();
    for one in &all {
        by_person.entry(one.about).or_default().push(one);
    }
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Low-level concerns"))
        (buttons(html! { (button("Tell of one").to("/concerns/low-level/tell")) }))
        @if all.is_empty() {
            (guide::empty("Nothing has been told. When somebody tells of something small about an adult here, it stands here, and what it shows over time.", None))
        } @else {
            (text::h2("By person"))
            (people_table(view, &by_person))
            (text::h2("Over the last twelve months"))
            (over_time(view, &by_person))
            (text::h2("All of them"))
            (list(view, &all))
        }
    };
    Shown::Page("Low-level concerns".to_owned(), content)
}

fn people_table(view: &View<'_>, by_person: &BTreeMap<Person, Vec<&LowLevel>>) -> Markup {
    let year = kernel::moment::minus_days(view.today, 365);
    let rows = by_person.iter().map(|(person, all)| {
        let lately = all.iter().filter(|one| one.at.date() > year).count();
        let open = all.iter().filter(|one| one.decided.is_none()).count();
        let last = all.first().map(|one| date_in_words(one.at.date()));
        vec![
            text::text(name(view, *person)),
            text::text(lately),
            text::text(all.len()),
            text::text(open),
            text::text(last.unwrap_or_default()),
        ]
    });
    let columns = [
        Column::words("Person"),
        Column::numbers("In twelve months"),
        Column::numbers("In all"),
        Column::numbers("To decide"),
        Column::words("Last told"),
    ];
    let table = Table::new("Low-level concerns by person", columns);
    html! { (table.caption_unseen().first_cell_heads().rows(rows)) }
}

/// Lines of how many there are about each person, month by month.
fn over_time(view: &View<'_>, by_person: &BTreeMap<Person, Vec<&LowLevel>>) -> Markup {
    let mut months = Vec::new();
    let mut month = view.today.first_of_month();
    for _ in 0..MONTHS {
        months.insert(0, (month.year(), month.month()));
        let before = month.yesterday();
        month = before.map_or(month, jiff::civil::Date::first_of_month);
    }
    let of = |(all, look): (&Vec<&LowLevel>, u8)| {
        let counts = months.iter().map(|month| {
            let found = all.iter().filter(|one| {
                let day = one.at.date();
                (day.year(), day.month()) == *month
            });
            u64::try_from(found.count()).unwrap_or(u64::MAX)
        });
        (Look::Number(look), counts.collect::<Vec<u64>>())
    };
    let series = by_person.iter().zip(0..).map(|((person, all), look)| {
        let (look, counts) = of((all, look));
        Series::new(name(view, *person), look, counts)
    });
    let along = months
        .iter()
        .map(|(year, month)| format!("{month}/{year}"))
        .collect();
    let chart = chart::bars(
        "Low-level concerns by person and month",
        "How many were told about each person in each of the last twelve months.",
        along,
        series.collect(),
    );
    html! { (chart.along_is("Month").draw("by-person")) }
}

fn list(view: &View<'_>, all: &[&LowLevel]) -> Markup {
    let rows = all.iter().map(|one| {
        let words = view.open(&one.words).unwrap_or_default();
        let short: String = words.what.chars().take(80).collect();
        vec![
            html! {
                (text::link(&format!("/concerns/low-level/{}", one.number), date_in_words(one.at.date())))
                " " (state(one))
            },
            text::text(name(view, one.about)),
            text::text(short),
        ]
    });
    let columns = ["Told", "About", "What"].map(Column::words);
    html! { (Table::new("All low-level concerns", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

fn state(one: &LowLevel) -> Markup {
    match one.decided.as_ref().map(|decided| decided.outcome) {
        None => tag("To decide", Colour::Yellow),
        Some(Outcome::Raised) => tag("Became a case", Colour::Red),
        Some(outcome @ (Outcome::NoFurther | Outcome::Advice)) => {
            tag(outcome.in_words(), Colour::Grey)
        }
    }
}

/// A name for who sees the register, whether or not they may otherwise know it.
fn name(view: &View<'_>, person: Person) -> String {
    crate::concerns::pages::name(view, person)
}

fn found<'a>(view: &View<'a>, params: &Params) -> Option<&'a LowLevel> {
    let found = view.setting.concerns.low_level();
    found
        .find(params.number("case")?)
        .filter(|one| one.gone.is_none())
}

fn start(view: &View<'_>, params: &Params) -> Start {
    let Some(one) = found(view, params) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    Start {
        answers: Answers::from_params(params),
        above: Some(text::lead(format!(
            "About {}, told on {}",
            name(view, one.about),
            date_in_words(one.at.date())
        ))),
        not_here: false,
    }
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let Some(one) = found(view, params) else {
        return Shown::NotHere;
    };
    let words = view.open(&one.words).unwrap_or_default();
    let title = format!("Low-level concern of {}", date_in_words(one.at.date()));
    let about = name(view, one.about);
    let number = one.number.to_string();
    let to = |what: &str| address(&format!("/concerns/low-level/{what}"), &[("case", &number)]);
    let by = match one.by {
        Some(person) => name(view, person),
        None => "somebody".to_owned(),
    };
    let day = words.day.map(date_in_words).unwrap_or_default();
    let rows = [
        ("About", about.clone()),
        ("What was seen or heard", words.what),
        ("When", day),
        ("Where, and what was going on", words.context),
        (
            "Told by",
            if words.own {
                format!("{by}, about themselves")
            } else {
                by
            },
        ),
    ];
    let rows = rows.into_iter().filter(|(_, said)| !said.is_empty());
    let rows: Vec<Fact> = rows.map(|(key, said)| Fact::new(key, said)).collect();
    let others: Vec<&LowLevel> = mine(view)
        .filter(|other| other.about == one.about && other.number != one.number)
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns"), ("/concerns/low-level", "Low-level concerns")]))
        (guide::identity_bar(&title, &[("About", &about)]))
        (text::h1(&title))
        (text::paragraph(state(one)))
        (facts(&rows))
        (decision(view, one))
        (crate::concerns::keeping::pages::of_low_level(view, one))
        @let is_raised = one.decided.as_ref().is_some_and(|decided| decided.became.is_some());
        @if !is_raised { (buttons(html! {
            (button(if one.decided.is_none() { "Decide" } else { "Decide anew" }).to(to("decide")))
            @if one.decided.is_some() { (button("Look whether it is still kept").to(to("review")).secondary()) }
        })) }
        (text::h2("Others about the same person"))
        @if others.is_empty() { (text::paragraph("None are kept.")) } @else { (list(view, &others)) }
    };
    Shown::Page(title, content)
}

fn decision(view: &View<'_>, one: &LowLevel) -> Markup {
    let Some(decided) = &one.decided else {
        return html! {};
    };
    let why = view.open(&decided.why).unwrap_or_default();
    let by = decided.by.map(|by| name(view, by)).unwrap_or_default();
    let case = decided.became.filter(|case| view.has(&Need::OnCase(*case)));
    html! {
        (text::h2("What came of it"))
        (facts(&[
            Fact::new("Decision", decided.outcome.in_words()),
            Fact::new("Why", why),
            Fact::new("Decided", format!("{by}, {}", decided.at.in_words())),
        ]))
        @if let Some(case) = case { (text::paragraph(text::link(&format!("/concerns/cases/{case}"), "The case"))) }
    }
}

fn told(_: &View<'_>, _: &Params) -> Shown {
    let content = html! {
        (notice::panel("Thank you", "What you told has arrived."))
        (text::h2("What happens next"))
        (text::bullets(&[
            "The manager and a second person see it, and nobody else. If it is about one of them, it goes round them.",
            "They may ask you for more. The person whom it is about does not see it.",
            "It is no fault to tell something small: that is how a pattern is seen early.",
        ]))
        (text::paragraph(html! {
            "Is a child hurt, or could one have been? " (text::link("/concerns/report", "Report a concern")) " now."
        }))
    };
    Shown::Page("A low-level concern was told".to_owned(), content)
}
