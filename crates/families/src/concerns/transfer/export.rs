//! A child’s file made of the cases that the sender is on: what it says, which documents go with it,
//! and each case as a document for people. Names of other children are left out.

use super::content::{
    CaseFile, Child, Content, Document as Listed, FORMAT, From, Note as Told, Outcome, Parents,
    Reported, To,
};
use crate::{
    concerns::{
        circle,
        kinds::{Kind, places_in_words},
        note::{MORE, Note, Report},
        pages, papers,
        register::Case,
    },
    spine::{
        act::{Actor, Person},
        setting::Setting,
        view::View,
    },
};
use kernel::{
    kept::Loose,
    moment::{Date, Moment},
    sealed::Private,
};
use kit::document::{Block, Document};
use std::collections::BTreeMap;

/// Names under which a note keeps what it was elsewhere.
pub const ELSEWHERE: [&str; 6] = [
    "elsewhere",
    "elsewhere-by",
    "elsewhere-at",
    "elsewhere-number",
    "elsewhere-corrects",
    "elsewhere-entry",
];

/// What goes out.
pub struct Export {
    /// What it says.
    pub content: Content,
    /// The cases as they are numbered here.
    pub cases: Vec<u32>,
    /// Each case for people, with the name of its file.
    pub papers: Vec<(String, Document)>,
    /// Documents, with the names of their files.
    pub files: Vec<(String, Loose)>,
}

/// What the sender said.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The child.
    pub child: Person,
    /// To whom.
    pub to: To,
    /// Whether parents know.
    pub parents: Parents,
    /// What the receiver was told before the file.
    pub at_once: String,
    /// The words of the receipt.
    pub receipt: String,
}

/// The cases about a child that somebody is on.
pub fn about(
    child: Person,
    who: &Actor,
    setting: &Setting,
    today: Date,
    open: &dyn Fn(&Private<Report>) -> Option<Report>,
) -> Vec<u32> {
    let all = setting.concerns.cases();
    let mine = all.filter(|case| circle::is_on(who, case.number, setting, today));
    mine.filter(|case| open(&case.report).is_some_and(|report| report.children.contains(&child)))
        .map(|case| case.number)
        .collect()
}

/// A child’s file as this reader may send it.
#[must_use]
pub fn export(view: &View<'_>, wanted: &Wanted) -> Export {
    let open = |report: &_| view.open(report);
    let cases = about(wanted.child, view.who, view.setting, view.today, &open);
    let concerns = &view.setting.concerns;
    let found: Vec<&Case> = cases
        .iter()
        .filter_map(|case| concerns.case(*case))
        .collect();
    let place = view.setting.place.described();
    let said = |said: fn(&crate::place::entries::Described) -> &String| {
        place.map(said).cloned().unwrap_or_default()
    };
    let mut content = Content {
        format: FORMAT.to_owned(),
        version: 1,
        made: view.now.to_text(),
        from: From {
            name: view.setting.place.name().to_owned(),
            nation: view.setting.place.calendar().nation.in_words().to_owned(),
            phone: said(|place| &place.phone),
            email: said(|place| &place.email),
        },
        sent_by: view
            .person()
            .map(|by| pages::name(view, by))
            .unwrap_or_default(),
        to: wanted.to.clone(),
        child: Child {
            name: pages::name(view, wanted.child),
            born: view
                .setting
                .people
                .born(wanted.child)
                .and_then(|born| view.open(born)),
        },
        at_once: wanted.at_once.clone(),
        parents: wanted.parents.clone(),
        receipt: wanted.receipt.clone(),
        cases: found
            .iter()
            .map(|case| case_file(view, case, wanted.child))
            .collect(),
        files: Vec::new(),
    };
    let mut files = Vec::new();
    for (case, file) in found.iter().zip(&content.cases) {
        let taken = papers::are_taken(view, case);
        for paper in case.papers.iter().filter(|_| taken) {
            let Some(loose) = paper.file.open(view.keys) else {
                continue;
            };
            let name = format!("file-{}.{}", files.len() + 1, loose.kind.ending());
            content.files.push(Listed {
                name: name.clone(),
                title: view.open(&paper.what).unwrap_or_default(),
                case: file.number,
                kind: loose.kind.mime().to_owned(),
                added: paper.at.to_text(),
            });
            files.push((name, loose));
        }
    }
    let papers = content.cases.iter().enumerate().map(|(place, case)| {
        let paper = paper(&content, case);
        (format!("case-{}.pdf", place + 1), paper)
    });
    Export {
        papers: papers.collect(),
        content,
        cases,
        files,
    }
}

fn name(view: &View<'_>, person: Option<Person>) -> Option<String> {
    person.map(|person| pages::name(view, person))
}

pub(in crate::concerns) fn case_file(view: &View<'_>, case: &Case, child: Person) -> CaseFile {
    let report = view.open(&case.report).unwrap_or_default();
    let others = report
        .children
        .iter()
        .filter(|other| **other != child)
        .count();
    let others = match others {
        0 => String::new(),
        1 => "and another child".to_owned(),
        more => format!("and {more} other children"),
    };
    let about: Vec<&str> = [report.about.as_str(), &others]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let adult = report.adult.map(|adult| pages::name(view, adult));
    let notes: Vec<Told> = case
        .notes
        .iter()
        .filter(|written| written.moved.is_none())
        .map(|written| {
            let note = view
                .open(&written.words)
                .unwrap_or_else(|| Note::new("It can no longer be read"));
            told(view, written, note)
        })
        .collect();
    let outcome = case.outcome.as_ref().map(|ended| {
        let words = view.open(&ended.outcome).unwrap_or_default();
        Outcome {
            at: ended.at.to_text(),
            by: name(view, ended.by),
            words: words.words,
            more: words.more,
        }
    });
    let origin = view.setting.concerns.transfers().origin(case.number);
    let origin = origin.and_then(|origin| view.open(origin));
    let mut file = CaseFile {
        number: case.number,
        reference: case.reference.clone(),
        reported: case.at.to_text(),
        by: name(view, case.by),
        entry: case.seq,
        report: Reported {
            what: report.what,
            kind: report.kind.key().to_owned(),
            danger: report.danger,
            about: about.join(", "),
            adult: adult.unwrap_or_default(),
            day: report.day,
            time: report.time,
            sure: report.sure,
            place: report.place,
            said: report.said,
            opinion: report.opinion,
            marks: report.marks,
            device: report.device,
            address: report.address,
        },
        notes,
        outcome,
        seal: String::new(),
    };
    // What came from elsewhere goes on as it came.
    if let Some(origin) = origin {
        file.reported = origin.reported;
        file.by = origin.by;
    }
    file.seal = file.sealed();
    file
}

fn told(view: &View<'_>, written: &crate::concerns::register::Written, note: Note) -> Told {
    let mut more = note.more;
    let mut was = |name: &str| more.remove(name);
    let elsewhere = was("elsewhere").is_some();
    let [by, at, number, corrects, entry] = [
        was("elsewhere-by"),
        was("elsewhere-at"),
        was("elsewhere-number"),
        was("elsewhere-corrects"),
        was("elsewhere-entry"),
    ];
    let count = |words: Option<String>| words.and_then(|words| words.parse().ok());
    let mut told = Told {
        number: written.number,
        sort: sort_key(written.sort),
        at: written.at.to_text(),
        by: name(view, written.by),
        words: note.words,
        more,
        corrects: written.corrects,
        entry: written.seq,
        seal: String::new(),
    };
    if elsewhere {
        told.number = count(number).unwrap_or(told.number);
        told.at = at.unwrap_or(told.at);
        told.by = by;
        told.corrects = count(corrects);
        told.entry = entry
            .and_then(|entry| entry.parse().ok())
            .unwrap_or(told.entry);
    }
    told.seal = told.sealed();
    told
}

fn sort_key(sort: crate::concerns::note::Sort) -> String {
    let key = serde_json::to_value(sort).unwrap_or_default();
    key.as_str().unwrap_or_default().to_owned()
}

/// A moment of the file for people.
#[must_use]
pub fn when(text: &str) -> String {
    let moment = text.parse::<jiff::Timestamp>().ok();
    let moment = moment.map(|at| Moment::from_micros(at.as_microsecond()));
    moment.map_or_else(|| text.to_owned(), Moment::in_words)
}

/// A case of the file for people.
#[must_use]
pub fn paper(content: &Content, case: &CaseFile) -> Document {
    let report = &case.report;
    let kind = Kind::from_key(&report.kind).unwrap_or_default();
    let day = report
        .day
        .map(kernel::moment::date_in_words)
        .unwrap_or_default();
    let by = |by: &Option<String>| by.clone().unwrap_or_else(|| "no name was given".to_owned());
    let rows = [
        ("Child", &content.child.name),
        ("Kind", &kind.in_words().to_owned()),
        ("About", &report.about),
        ("Adult", &report.adult),
        ("What happened", &report.what),
        ("What the child said", &report.said),
        ("What the reporter thinks", &report.opinion),
        ("When", &day),
        ("At what time", &report.time),
        ("Where", &report.place),
        ("Marks seen", &places_in_words(&report.marks).join("; ")),
        ("Device", &report.device),
        ("Web address, not to be opened", &report.address),
        (
            "Reported",
            &format!("{}, {}", when(&case.reported), by(&case.by)),
        ),
    ]
    .map(|(key, words)| (key.to_owned(), words.clone()));
    let rows = rows.into_iter().filter(|(_, words)| !words.is_empty());
    let mut document = Document::new(format!("Case {}", case.reference))
        .with(Block::Note(format!(
            "Confidential. From {}, for {}. Keep it apart from other records and locked away.",
            content.from.name, content.to.name
        )))
        .with(Block::Heading("The report".to_owned()))
        .with(Block::Facts(rows.collect()))
        .with(Block::Heading("What has happened since".to_owned()));
    for note in &case.notes {
        let puts = note
            .corrects
            .map(|number| format!(" (puts note {number} right)"));
        document = document
            .with(Block::SubHeading(format!(
                "{}. {}{}",
                note.number,
                note.sort().in_words(),
                puts.unwrap_or_default()
            )))
            .with(Block::Paragraph(note.words.clone()));
        let more = more(&note.more);
        if !more.is_empty() {
            document = document.with(Block::Facts(more));
        }
        document = document.with(Block::Paragraph(format!(
            "{}, {}. Entry {} of the ledger there.",
            by(&note.by),
            when(&note.at),
            note.entry
        )));
    }
    if let Some(outcome) = &case.outcome {
        document = document
            .with(Block::Heading("Outcome".to_owned()))
            .with(Block::Paragraph(outcome.words.clone()))
            .with(Block::Facts(more(&outcome.more)))
            .with(Block::Paragraph(format!(
                "Closed by {}, {}.",
                by(&outcome.by),
                when(&outcome.at)
            )));
    }
    document
}

fn more(more: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let said = MORE.iter().filter_map(|(key, label)| {
        let words = more.get(*key)?;
        Some(((*label).to_owned(), words.clone()))
    });
    said.collect()
}
