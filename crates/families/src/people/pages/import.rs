//! Taking in a table: hand it in, look at what would be done, do it, undo it. The table goes along
//! in the page that is open and is kept nowhere else; closing the page is cancelling.

use crate::{
    people::{
        acts::{Act, import as acts},
        entries::Relation,
        group::Group,
        import::{
            self, BYTES_MAX, COLUMNS_MAX, Handed,
            meaning::Meaning,
            plan::{self, Opens, Plan, Planned, Question},
            table::{self, Unread},
            values::DayOrder,
        },
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        draw::{self, ACT_FIELD},
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    choice::Choice,
    facts::card,
    field::Field as Box_,
    form::{self, Problems},
    guide, navigation,
    table::{Column, Table},
    tag::{self, Colour},
    text,
};
use maud::{Markup, html};

/// Where the steps are.
pub const PATH: &str = "/people/import";
/// The field that says which step is asked for: "import" does it, all else looks.
pub const STEP: &str = "step";
/// The most people of each list of a preview.
const SHOWN_MAX: usize = 200;
/// The most rows of a table that are shown as an example.
const EXAMPLES: usize = 3;

const GROUPS: &[(&str, &str)] = &[
    ("staff", "Staff"),
    ("volunteer", "Volunteers"),
    ("student", "Students"),
    ("committee", "Committee, board or governing body"),
    ("parent", "Parents or carers"),
    ("contractor", "Contractors"),
    ("community", "Community users"),
];

/// Hand a table in.
pub(super) const IMPORT: Page = Page {
    path: PATH,
    title: "Take in a table of people",
    menu: 0,
    help: "Save a list of children, parents or staff as CSV in your spreadsheet program or your other system, and hand it in here. Headings, the order of columns and the way in which days are written do not matter: Stairgate finds out, shows what it understood, and you correct it.\nNothing is changed before you have seen what would be done. One press undoes it afterwards.\nUntil you take it in, the table is kept nowhere but in the page that you have open. Close the page to cancel.",
    need: |_, _| Need::management(),
    lines: None,
    show: hand_in,
};

/// What was taken in.
pub(super) const IMPORTS: Page = Page {
    path: "/people/imports",
    title: "Tables that were taken in",
    menu: 0,
    help: "Each table of people that was taken in. For 28 days it can be undone with one press: whoever came with it is gone as if they had never been here, and what was changed goes back. That ends as soon as somebody of it has an account, a role, a signature, or was changed by hand.",
    need: |_, _| Need::management(),
    lines: None,
    show: show_all,
};

/// The act, for programs too: one request takes a table in.
pub(super) const FORM: Form = Form {
    act: "people.import",
    path: PATH,
    title: "Take in a table of people",
    button: "Take these people in",
    help: "Takes in a table of people: a file, or the text of one.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("file", "File", FieldKind::File(BYTES_MAX)).optional(),
        Field::new(
            "text",
            "Or paste the table here",
            FieldKind::Text(BYTES_MAX),
        )
        .optional(),
        Field::new("columns", "What the columns mean", FieldKind::Line(2_000))
            .hint("Left to right, with commas between them: child1.name,child1.born,-,adult1.email")
            .optional(),
        Field::new(
            "days",
            "Days such as 3/4/2026",
            FieldKind::Choice(DayOrder::ALL),
        )
        .optional(),
        Field::new(
            "responsibility",
            "Do these parents and carers have parental responsibility?",
            FieldKind::YesNo,
        )
        .hint("Asked where the table does not say. Your admission papers do")
        .optional(),
        Field::new(
            "everybody",
            "Who are these people here?",
            FieldKind::Choice(GROUPS),
        )
        .optional(),
    ],
    start: |_, _| Start::default(),
    read: |answers| {
        let handed = handed(answers).ok()?;
        Some(AnyAct::People(Act::Import(Box::new(handed))))
    },
    then: |_| "/people/imports".to_owned(),
};

/// Undo it.
pub(super) const UNDO: Form = Form {
    act: "people.undo-import",
    path: "/people/imports/{import}/undo",
    title: "Undo this table",
    button: "Undo it",
    help: "Whoever came with this table is gone as if they had never been here: their keys are destroyed, and nobody can read anything about them again. What was changed of others goes back.\nThis can’t be taken back. You can hand the same table in again.",
    need: |_, _| Need::management(),
    fields: &[Field::new("import", "Table", FieldKind::Hidden)],
    start: undoing,
    read: |answers| {
        let import = answers.number("import")?;
        Some(AnyAct::People(Act::UndoImport { import }))
    },
    then: |_| "/people/imports".to_owned(),
};

/// A table as it was handed in, with what was said about it.
///
/// # Errors
/// There is none, or it can’t be read.
pub fn handed(answers: &Answers) -> Result<Handed, Unread> {
    let file = answers.file("file").filter(|file| !file.bytes.is_empty());
    let text = match (file, answers.raw("text")) {
        (Some(file), _) => table::decode(&file.bytes)?,
        (None, Some(text)) => text.to_owned(),
        (None, None) => return Err(Unread("Choose a file, or paste a table".to_owned())),
    };
    let columns: Vec<Option<String>> = (0..COLUMNS_MAX)
        .map(|place| answers.text(&format!("column-{place}")))
        .collect();
    let chosen = columns.iter().any(Option::is_some);
    let of_page = columns
        .iter()
        .map(|key| key.as_deref().and_then(Meaning::from_key));
    let listed = answers.text("columns");
    let of_line = listed.map(|line| {
        line.split(',')
            .map(|key| Meaning::from_key(key.trim()))
            .collect()
    });
    Ok(Handed {
        text,
        columns: if chosen {
            Some(of_page.collect())
        } else {
            of_line
        },
        days: answers
            .text("days")
            .and_then(|key| DayOrder::from_key(&key)),
        responsibility: answers.yes("responsibility"),
        everybody: answers
            .text("everybody")
            .and_then(|key| Group::from_key(&key)),
    })
}

fn crumbs() -> Markup {
    navigation::breadcrumbs(&[("/people", "People")])
}

fn hand_in(view: &View<'_>, _: &Params) -> Shown {
    Shown::Page(IMPORT.title.to_owned(), begin(view, &Problems::none()))
}

/// The first step.
#[must_use]
pub fn begin(view: &View<'_>, problems: &Problems) -> Markup {
    let fields = FORM
        .fields
        .iter()
        .filter(|field| ["file", "text"].contains(&field.name));
    let content = html! {
        (form::hidden(STEP, "look"))
        @for field in fields { (draw::field(FORM.act, field, view, &Answers::default(), problems)) }
        (button("Look at it first"))
    };
    html! {
        (form::error_summary(problems))
        (crumbs())
        (text::h1(IMPORT.title))
        (text::paragraph("Choose a list of children and their parents, or of staff, saved as CSV. Up to 2,000 rows and 1 MB."))
        (text::paragraph("Nothing is changed by handing it in. You see first what would be done."))
        (form::upload_form(PATH, view.csrf, content))
        (text::paragraph(text::link("/people/imports", "Tables that were taken in before")))
    }
}

/// The second step: what would be done with a table. `problems` are those of an act that came to
/// nothing.
///
/// # Errors
/// The table can’t be read.
pub fn look(view: &View<'_>, answers: &Answers, problems: &Problems) -> Result<Markup, Unread> {
    let handed = handed(answers)?;
    let people = &view.setting.people;
    let rooms: Vec<String> = people.rooms().map(|(_, name)| name.to_owned()).collect();
    let read = import::read(&handed, &rooms, view.today.year())?;
    let opens = Opens {
        words: &|sealed| view.open(sealed),
        day: &|sealed| view.open(sealed),
    };
    let plan = plan::plan(&read, &handed, view.setting, &opens, view.today);
    let asked = !plan.questions.is_empty();
    let content = html! {
        (form::hidden(ACT_FIELD, FORM.act))
        (form::hidden("text", &handed.text))
        (questions(view, &plan, answers, problems))
        (preview(&plan))
        @if asked {
            (buttons(html! { (button("Go on").sends(STEP, "look")) }))
        } @else if !plan.is_empty() {
            (buttons(html! {
                (button(FORM.button).sends(STEP, "import"))
                (button("Look again").secondary().sends(STEP, "look"))
            }))
        }
        (columns(&read))
        (buttons(html! {
            (button("Look again with these columns").secondary().sends(STEP, "look"))
        }))
    };
    Ok(html! {
        (form::error_summary(problems))
        (crumbs())
        (text::h1("What would be done"))
        (text::paragraph("Nothing is changed yet. Look through it, and correct what the columns mean below."))
        (form::upload_form(PATH, view.csrf, content))
        (text::paragraph(text::link(PATH, "Choose another table")))
    })
}

fn questions(view: &View<'_>, plan: &Plan, answers: &Answers, problems: &Problems) -> Markup {
    let name = |question: Question| match question {
        Question::Days => "days",
        Question::Responsibility => "responsibility",
        Question::Everybody => "everybody",
    };
    let asks = |field: &&Field| {
        let open = plan
            .questions
            .iter()
            .any(|question| name(*question) == field.name);
        open || (answers.text(field.name).is_some()
            && ["days", "responsibility", "everybody"].contains(&field.name))
    };
    let fields: Vec<&Field> = FORM.fields.iter().filter(asks).collect();
    html! {
        @if !plan.questions.is_empty() { (text::h2("Answer this first")) }
        @for field in fields {
            (draw::field(FORM.act, &Field { optional: false, ..*field }, view, answers, problems))
        }
    }
}

fn preview(plan: &Plan) -> Markup {
    let new: Vec<&Planned> = plan.new_people().collect();
    let changed: Vec<&Planned> = plan.changed().collect();
    let rooms = plan.rooms.join(", ");
    html! {
        @if plan.is_empty() && plan.questions.is_empty() {
            (text::inset("Everybody in this table is here already, and nothing changes."))
        }
        (card("In short", text::bullets(&[
            counted(new.len(), "person is new", "people are new"),
            counted(changed.len(), "person changes", "people change"),
            counted(plan.same(), "person is here already and stays the same", "people are here already and stay the same"),
            counted(plan.ties.len(), "parent or carer is tied to a child", "ties between parents or carers and children are made"),
            counted(plan.problems.len(), "thing needs a look", "things need a look"),
        ])))
        @if plan.days == Some(DayOrder::MonthFirst) {
            (text::inset("The days in this table have the month first, as in the United States."))
        }
        @if !plan.rooms.is_empty() { (text::inset(format!("These rooms are opened: {rooms}."))) }
        (problem_rows(plan))
        (people("New", plan, &new, false))
        (people("Changed", plan, &changed, true))
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}

fn problem_rows(plan: &Plan) -> Markup {
    if plan.problems.is_empty() {
        return html! {};
    }
    let rows = plan.problems.iter().take(SHOWN_MAX).map(|problem| {
        vec![
            text::text(problem.row),
            text::text(format!("{}.", problem.says)),
        ]
    });
    let table = Table::new(
        "Rows that need a look",
        [Column::numbers("Row"), Column::words("What is wrong")],
    )
    .rows(rows);
    html! {
        (table)
        @if plan.problems.len() > SHOWN_MAX {
            (text::paragraph(format!("And {} more.", plan.problems.len() - SHOWN_MAX)))
        }
    }
}

fn people(title: &str, plan: &Plan, shown: &[&Planned], changed: bool) -> Markup {
    if shown.is_empty() {
        return html! {};
    }
    let columns = ["Name", "Who they are", "What is known", "Family"].map(Column::words);
    let rows = shown.iter().take(SHOWN_MAX).map(|one| {
        let groups: Vec<&str> = one
            .groups
            .iter()
            .map(|group| super::known::label(*group))
            .collect();
        let status = if changed {
            let what: Vec<&str> = one
                .changes
                .iter()
                .map(|what| change_in_words(what))
                .collect();
            tag::tag(what.join(", "), Colour::Blue)
        } else {
            text::text(groups.join(", "))
        };
        vec![
            text::text(&one.name),
            html! { (status) @if changed { " " (groups.join(", ")) } },
            text::text(details(one)),
            text::text(family(plan, one)),
        ]
    });
    let table = Table::new(title, columns).first_cell_heads().rows(rows);
    html! {
        (table)
        @if shown.len() > SHOWN_MAX {
            (text::paragraph(format!("And {} more.", shown.len() - SHOWN_MAX)))
        }
    }
}

fn change_in_words(what: &str) -> &'static str {
    match what {
        "born" => "date of birth",
        "email" => "email",
        "phone" => "telephone",
        "rooms" => "rooms",
        "group" => "group",
        _ => "details",
    }
}

fn details(one: &Planned) -> String {
    let mut said = Vec::new();
    said.extend(one.born.map(|born| format!("born {}", date_in_words(born))));
    said.extend(one.email.clone());
    said.extend(one.phone.clone());
    said.extend((!one.rooms.is_empty()).then(|| one.rooms.join(", ")));
    said.join("; ")
}

/// With whom a plan ties somebody, in words.
fn family(plan: &Plan, one: &Planned) -> String {
    let same = |place: usize| {
        plan.people
            .get(place)
            .is_some_and(|other| std::ptr::eq(other, one))
    };
    let name = |place: usize| {
        plan.people
            .get(place)
            .map_or("", |other| other.name.as_str())
            .to_owned()
    };
    let mut said = Vec::new();
    for tie in &plan.ties {
        if same(tie.parent) {
            said.push(format!("{} of {}", relation(tie.relation), name(tie.child)));
        } else if same(tie.child) {
            said.push(name(tie.parent));
        }
    }
    said.join(", ")
}

fn relation(relation: Relation) -> String {
    relation.in_words().to_owned()
}

/// What each column means, to be corrected.
fn columns(read: &import::Read) -> Markup {
    let mut choices = vec![Choice::new("-", "Leave it out")];
    choices.extend(
        Meaning::all()
            .into_iter()
            .map(|meaning| Choice::new(meaning.key(), meaning.in_words())),
    );
    html! {
        (text::h2("What the columns mean"))
        @for (place, heading) in read.table.head.iter().enumerate() {
            @let meaning = read.mapping.columns.get(place).copied().flatten();
            @let key = meaning.map_or_else(|| "-".to_owned(), Meaning::key);
            (Box_::new(format!("column-{place}"), heading).hint(examples(read, place)).value(key).select(&choices))
        }
    }
}

fn examples(read: &import::Read, place: usize) -> String {
    let cells = read
        .table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(place));
    let some = cells.filter(|cell| !cell.is_empty()).take(EXAMPLES);
    let some: Vec<String> = some.map(|cell| cell.chars().take(40).collect()).collect();
    if some.is_empty() {
        return "There is nothing in this column".to_owned();
    }
    format!("For example: {}", some.join(" · "))
}

fn show_all(view: &View<'_>, _: &Params) -> Shown {
    let all: Vec<_> = view.setting.people.imports().collect();
    let columns = ["Taken in", "New", "Changed", "Stands"].map(Column::words);
    let rows = all.iter().map(|taken| {
        let stands = if taken.undone {
            text::text("Undone")
        } else if acts::why_not_undone(view.setting, taken.import, view.today).is_empty() {
            let to = format!("/people/imports/{}/undo", taken.import);
            text::link_about(
                &to,
                "Undo it",
                format!("the table of {}", date_in_words(taken.day)),
            )
        } else {
            let to = format!("/people/imports/{}/undo", taken.import);
            text::link_about(&to, "Can’t be undone", "and why")
        };
        let changed = if taken.undone {
            "–".to_owned()
        } else {
            taken.changed.to_string()
        };
        vec![
            text::text(date_in_words(taken.day)),
            text::text(taken.added.len()),
            text::text(changed),
            stands,
        ]
    });
    let table = Table::new(IMPORTS.title, columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    let content = html! {
        (crumbs())
        (text::h1(IMPORTS.title))
        @if all.is_empty() {
            (guide::empty("Here you see the tables of people that were taken in. There is none yet.", Some((PATH, "Take in a table"))))
        } @else {
            (table)
            (button("Take in another table").to(PATH).secondary())
        }
    };
    Shown::Page(IMPORTS.title.to_owned(), content)
}

fn undoing(view: &View<'_>, params: &Params) -> Start {
    let Some(taken) = params.number("import").and_then(|number: u32| {
        view.setting
            .people
            .imports()
            .find(|taken| taken.import == number)
    }) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let reasons = acts::why_not_undone(view.setting, taken.import, view.today);
    let reasons: Vec<String> = reasons
        .iter()
        .take(50)
        .map(|reason| format!("{}.", view.words(reason)))
        .collect();
    let above = html! {
        (text::paragraph(format!(
            "The table was taken in on {}. {} came with it, and {} changed.",
            date_in_words(taken.day),
            counted(taken.added.len(), "person", "people"),
            counted(taken.changed, "person", "people"),
        )))
        @if !reasons.is_empty() {
            (text::warning("This table can’t be undone any more:"))
            (text::bullets(&reasons))
        }
    };
    Start {
        answers: Answers::default().with("import", taken.import.to_string()),
        above: Some(above),
        not_here: false,
    }
}
