//! Files that people keep for themselves: one's own, those that others gave, and those that a
//! manager may open today. A file that the reader may not know of is not there.

use crate::{
    access::{
        acts::{
            Act,
            files::{Act as Files, NOTE_MAX, WHY_MAX, keeping, keeps, may_have_files},
        },
        entries::files::File,
        register::files::{One, has_asked, to_open},
    },
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::kept::Loose;
use kit::{
    button::{button, buttons},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The largest file, in bytes.
const FILE_BYTES_MAX: usize = 20 << 20;
/// For how long the first page says that a manager asked, in days.
const TOLD_DAYS: i64 = 14;

/// One's own files, and what others gave.
pub(super) const FILES: Page = Page {
    path: "/files",
    title: "Your files",
    menu: 0,
    help: "Files that you keep for yourself. Nobody else opens them, or learns that they are there, until you give one to somebody.\nWhoever has a file from you can open it; you choose whether they may change it too. You can take it back at any time, but not what they have copied.\nA manager can open your files for a day with a reason. You see here at once who it was and why.",
    need: |_, _| keeping(),
    lines: None,
    show,
};

/// Somebody's files, for a manager who has asked today.
pub(super) const THEIRS: Page = Page {
    path: "/people/{person}/files",
    title: "Somebody’s files",
    menu: 0,
    help: "The files of the person whose files you asked for today. It is open to you until the day ends, and the person has been told.",
    need: |_, _| Need::management(),
    lines: None,
    show: theirs,
};

/// A file, to keep.
pub(super) const GET: Page = Page {
    path: "/files/{file}/get",
    title: "A file",
    menu: 0,
    help: "The file itself, for its owner and for those to whom it was given.",
    need: |_, _| Need::AnyOf(vec![keeping(), Need::management()]),
    lines: None,
    show: |view, params| {
        let file = params.number::<File>("file").zip(view.person());
        let one = file.and_then(|(file, me)| to_open(view.setting, file, me, view.today));
        let opened = one.and_then(|one| one.kept.open(view.keys));
        opened.map_or(Shown::NotHere, |file| Shown::Kept(Box::new(file)))
    },
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let Some(me) = view.person() else {
        return Shown::NotHere;
    };
    let content = html! {
        (navigation::breadcrumbs(&[("/account", "Your account")]))
        (text::h1("Your files"))
        (mine(view, me))
        (given(view, me))
        (asked(view, me))
        (manages(view, me))
    };
    Shown::Page("Your files".to_owned(), content)
}

fn mine(view: &View<'_>, me: Person) -> Markup {
    let rows: Vec<Vec<Markup>> = opened(view, me)
        .map(|(file, one, loose)| {
            let to = |what: &str| format!("/files/{file}/{what}");
            vec![
                named(view, file, one, &loose),
                how_it_is(view, one, &loose),
                shared(view, file, one, &loose.name),
                html! {
                    (text::link_about(&to("share"), "Give to somebody", &loose.name)) " "
                    (text::link_about(&to("replace"), "Change", &loose.name)) " "
                    (text::link_about(&to("remove"), "Remove", &loose.name))
                },
            ]
        })
        .collect();
    let columns = ["File", "Kept", "Given to", "Change"].map(Column::words);
    html! {
        @if rows.is_empty() {
            (guide::empty("Here you keep drafts and papers that are yours. You have none yet.", Some(("/files/keep", "Keep a file"))))
        } @else {
            (button("Keep a file").to("/files/keep"))
            (Table::new("Your files", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

/// The files of somebody that their key still opens.
fn opened<'a>(view: &'a View<'_>, owner: Person) -> impl Iterator<Item = (File, &'a One, Loose)> {
    let files = view.setting.access.files().of(owner);
    files.filter_map(|(file, one)| Some((file, one, one.kept.open(view.keys)?)))
}

fn named(view: &View<'_>, file: File, one: &One, loose: &Loose) -> Markup {
    let note = one.note.as_ref().and_then(|note| view.open(note));
    html! {
        (text::link_to_file(&format!("/files/{file}/get"), &loose.name, loose.kind.in_words()))
        @if let Some(note) = note { br; (text::muted(note)) }
    }
}

fn how_it_is(view: &View<'_>, one: &One, loose: &Loose) -> Markup {
    let (by, at) = one.changed;
    let kilobytes = loose.size.div_ceil(1_024);
    html! { (at.in_words()) ", by " (view.name(by)) ", " (kilobytes) " KB" }
}

fn shared(view: &View<'_>, file: File, one: &One, name: &str) -> Markup {
    let people: Vec<Markup> = one
        .given
        .iter()
        .map(|(person, change)| {
            let to = address(
                &format!("/files/{file}/unshare"),
                &[("person", &person.to_string())],
            );
            let who = view.name(*person);
            html! {
                (who) @if *change { ", who may change it" } " "
                (text::link_about(&to, "Take back", format!("{name} from {who}")))
            }
        })
        .collect();
    html! { @if people.is_empty() { "Nobody" } @else { (text::plain_list(&people)) } }
}

fn given(view: &View<'_>, me: Person) -> Markup {
    let files = view.setting.access.files().given_to(me);
    let rows: Vec<Vec<Markup>> = files
        .filter_map(|(file, one, change)| {
            let loose = one.kept.open(view.keys)?;
            let row = vec![
                named(view, file, one, &loose),
                text::text(view.name(file.owner)),
                how_it_is(view, one, &loose),
                html! {
                    @if change { (text::link_about(&format!("/files/{file}/replace"), "Change", &loose.name)) }
                },
            ];
            Some(row)
        })
        .collect();
    let columns = ["File", "From", "Kept", "Change"].map(Column::words);
    html! {
        @if !rows.is_empty() {
            (text::h2("Given to you"))
            (Table::new("Given to you", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

/// Which managers asked for one's files, and why.
fn asked(view: &View<'_>, me: Person) -> Markup {
    let all = view.setting.access.files().asked_for(me);
    let mut rows: Vec<Vec<Markup>> = all
        .map(|asked| {
            vec![
                text::text(asked.at.in_words()),
                text::text(view.name(asked.by)),
                text::text(view.open(&asked.why).unwrap_or_default()),
            ]
        })
        .collect();
    rows.reverse();
    let columns = ["When", "Who", "Why"].map(Column::words);
    html! {
        (text::h2("Opened by managers"))
        @if rows.is_empty() {
            (text::paragraph("No manager has asked to see your files."))
        } @else {
            (Table::new("Opened by managers", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn manages(view: &View<'_>, me: Person) -> Markup {
    if !view.has(&Need::management()) {
        return html! {};
    }
    let files = view.setting.access.files();
    let today = files.asked_by(me, view.today).map(|asked| {
        text::link(
            &format!("/people/{}/files", asked.owner),
            view.name(asked.owner),
        )
    });
    let today: Vec<Markup> = today.collect();
    html! {
        (text::h2("Files of others"))
        @if !today.is_empty() {
            (text::paragraph("Open to you until the day ends:"))
            (text::bullets(&today))
        }
        (buttons(button("Ask for somebody’s files").to("/files/ask").secondary()))
    }
}

fn theirs(view: &View<'_>, params: &Params) -> Shown {
    let people = params.person("person").zip(view.person());
    let Some((owner, me)) = people else {
        return Shown::NotHere;
    };
    if !has_asked(view.setting, me, owner, view.today) {
        return Shown::NotHere;
    }
    let rows: Vec<Vec<Markup>> = opened(view, owner)
        .map(|(file, one, loose)| {
            vec![named(view, file, one, &loose), how_it_is(view, one, &loose)]
        })
        .collect();
    let title = format!("Files of {}", view.name(owner));
    let content = html! {
        (navigation::breadcrumbs(&[("/files", "Your files")]))
        (text::h1(&title))
        (text::inset("The person sees that you asked, and why. Open only what you need for that."))
        @if rows.is_empty() {
            (text::paragraph("This person keeps no files here."))
        } @else {
            (Table::new(&title, ["File", "Kept"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page(title, content)
}

/// What the first page tells somebody whose files a manager asked for.
#[must_use]
pub(crate) fn told(view: &View<'_>) -> Markup {
    let Some(me) = view.person() else {
        return html! {};
    };
    let late = view
        .setting
        .access
        .files()
        .asked_for(me)
        .filter(|asked| view.now < asked.at.plus_hours(TOLD_DAYS * 24));
    html! {
        @for asked in late {
            (text::warning(html! {
                (view.name(asked.by)) " could open your files on " (view.date(asked.day)) ": "
                (view.open(&asked.why).unwrap_or_default()) ". "
                (text::link("/files", "Your files"))
            }))
        }
    }
}

const FILE: Field = Field::new("file", "File", FieldKind::Hidden);

/// Keep a file.
pub(super) const KEEP: Form = Form {
    act: "access.keep-file",
    path: "/files/keep",
    title: "Keep a file",
    button: "Keep it",
    help: "A PDF, a picture, a text, a table or an office document. It is kept encrypted, under the name that it has, and only you can open it until you give it to somebody.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("file", "The file", FieldKind::Keep(FILE_BYTES_MAX)).hint("At most 20 MB"),
        Field::new("note", "What is it?", FieldKind::Line(NOTE_MAX))
            .hint("For yourself, and for those to whom you give it")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        some(Files::Keep {
            file: Box::new(answers.kept("file")?.clone()),
            note: answers.text("note"),
        })
    },
    then: files,
};

/// Give a file to somebody.
pub(super) const SHARE: Form = Form {
    act: "access.share-file",
    path: "/files/{file}/share",
    title: "Give a file to somebody",
    button: "Give it",
    help: "The person can open the file and keep a copy. You can take it back later, but not the copy.",
    need: |_, _| keeping(),
    fields: &[
        FILE,
        Field::new("person", "To whom?", FieldKind::ChoiceOf(others)),
        Field::new("change", "May this person change it?", FieldKind::YesNo)
            .hint("They can put another file in its place. You see who did, and when"),
    ],
    start: |view, params| about(view, params, |file, me| file.owner == me),
    read: |answers| {
        some(Files::Share {
            file: answers.number("file")?,
            person: answers.person("person")?,
            change: answers.yes("change")?,
        })
    },
    then: files,
};

/// Take it back.
pub(super) const UNSHARE: Form = Form {
    act: "access.unshare-file",
    path: "/files/{file}/unshare",
    title: "Take a file back",
    button: "Take it back",
    help: "The person can’t open the file any more from now on. What they have copied stays with them.",
    need: |_, _| keeping(),
    fields: &[FILE, Field::new("person", "From whom", FieldKind::Hidden)],
    start: |view, params| {
        let mut start = about(view, params, |file, me| file.owner == me);
        let person = params.person("person").map(|person| view.name(person));
        if !start.not_here
            && let Some(name) = person
        {
            let file = start.above.take();
            start.above = Some(
                html! { (file.unwrap_or_default()) (text::paragraph(format!("You take it back from {name}."))) },
            );
        }
        start
    },
    read: |answers| {
        some(Files::Unshare {
            file: answers.number("file")?,
            person: answers.person("person")?,
        })
    },
    then: files,
};

/// Put another file in its place.
pub(super) const REPLACE: Form = Form {
    act: "access.replace-file",
    path: "/files/{file}/replace",
    title: "Change a file",
    button: "Put it in its place",
    help: "Hand in the file as it is to be from now on. Whoever has the file opens the new one. The owner sees who changed it and when.",
    need: |_, _| keeping(),
    fields: &[
        FILE,
        Field::new("with", "The new file", FieldKind::Keep(FILE_BYTES_MAX)).hint("At most 20 MB"),
    ],
    start: |view, params| {
        about(view, params, |file, me| {
            view.setting.access.files().may_change(file, me)
        })
    },
    read: |answers| {
        some(Files::Replace {
            file: answers.number("file")?,
            with: Box::new(answers.kept("with")?.clone()),
        })
    },
    then: files,
};

/// Remove a file.
pub(super) const REMOVE: Form = Form {
    act: "access.remove-file",
    path: "/files/{file}/remove",
    title: "Remove a file",
    button: "Remove it",
    help: "Nobody opens the file any more from now on, you neither. It stays encrypted in the records until what is kept about you is erased. Keep a copy of your own first if you still need it.",
    need: |_, _| keeping(),
    fields: &[FILE],
    start: |view, params| about(view, params, |file, me| file.owner == me),
    read: |answers| {
        some(Files::Remove {
            file: answers.number("file")?,
        })
    },
    then: files,
};

/// Ask for somebody's files.
pub(super) const ASK: Form = Form {
    act: "access.ask-files",
    path: "/files/ask",
    title: "Ask for somebody’s files",
    button: "Open them for today",
    help: "The files of this person are open to you until the day ends. The person is told at once, and sees who asked and why.\nAsk the person first whether they give you the file. This is for when they are away or can’t.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("person", "Whose files?", FieldKind::ChoiceOf(owners)),
        Field::new("reason", "Why do you need them?", FieldKind::Text(WHY_MAX))
            .hint("In a sentence. The person reads it"),
    ],
    start: from_address,
    read: |answers| {
        some(Files::Ask {
            person: answers.person("person")?,
            reason: answers.text("reason")?,
        })
    },
    then: |answers| {
        answers.person("person").map_or_else(
            || files(answers),
            |person| format!("/people/{person}/files"),
        )
    },
};

fn some(act: Files) -> Option<AnyAct> {
    Some(AnyAct::Access(Act::File(act)))
}

fn files(_: &Answers) -> String {
    "/files".to_owned()
}

/// A form about a file of which the reader is one that fits; for others there is none.
fn about(view: &View<'_>, params: &Params, fits: impl Fn(File, Person) -> bool) -> Start {
    let asked = params.number::<File>("file").zip(view.person());
    let asked = asked.filter(|(file, me)| fits(*file, *me));
    let name = asked.and_then(|(file, me)| {
        let one = to_open(view.setting, file, me, view.today)?;
        Some(one.kept.open(view.keys)?.name)
    });
    Start {
        answers: Answers::from_params(params),
        not_here: name.is_none(),
        above: name.map(text::inset),
    }
}

/// To whom the reader can give a file.
fn others(view: &View<'_>) -> Vec<(String, String)> {
    listed(view, |person| keeps(view.setting, person, view.today))
}

/// Whose files a manager can ask for. Whether they have any is not said.
fn owners(view: &View<'_>) -> Vec<(String, String)> {
    listed(view, |person| may_have_files(view.setting, person))
}

fn listed(view: &View<'_>, fits: impl Fn(Person) -> bool) -> Vec<(String, String)> {
    let people = view.setting.people.all();
    let fits = people.filter(|person| view.person() != Some(*person) && fits(*person));
    known::named(view, fits)
        .into_iter()
        .map(|one| {
            let label = format!("{} ({})", one.name, known::what(view, one.person));
            (one.person.to_string(), label)
        })
        .collect()
}
