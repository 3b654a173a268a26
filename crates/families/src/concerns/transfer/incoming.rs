//! Files that come in: looked at first, then made a case with its entries as they were given, each
//! marked as from elsewhere. What is here already is not taken a second time.

use super::{
    content::{CaseFile, Content, Note as Told},
    entries::{About, Arrived, CameFrom, Entry, Inside, Origin, TakenIn},
    export::when,
    register::Inward,
};
use crate::{
    concerns::{
        acts::reference,
        circle,
        controls::roles_named,
        entries::{Entry as Any, Noted, Reported},
        kinds::Kind,
        note::{Note, Report, Sort},
        papers::{
            self,
            entries::{Added, Entry as Paper},
        },
        register::{Case, subject},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Case as Asked, Person, no},
        setting::Setting,
    },
};
use kernel::{kept::Loose, ruling::Mistake};
use std::collections::{BTreeMap, BTreeSet};

/// A file that came, as the rim opened and checked it.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// The digest of what is in it.
    pub name: String,
    /// The key that signed it.
    pub key: String,
    /// What it says.
    pub content: Content,
    /// The same as a file of the vault.
    pub file: Loose,
    /// What else is in it.
    pub files: Vec<Loose>,
}

type Answer = Result<Vec<Any>, Vec<Mistake>>;

fn erased(erased: kernel::sealed::Erased) -> Vec<Mistake> {
    vec![Mistake::from(erased)]
}

/// Takes in a file, to look at it.
pub(super) fn receive(came: &Came, asked: &Asked<'_>) -> Answer {
    let transfers = asked.setting.concerns.transfers();
    if transfers
        .all_inward()
        .any(|one| one.arrived.name == came.name)
    {
        return no(
            "file",
            "This very file came in already. Nothing was taken in twice",
        );
    }
    let case = transfers.next();
    let of = subject(case);
    let content = &came.content;
    let about = About {
        from: content.from.clone(),
        sent_by: content.sent_by.clone(),
        child: content.child.name.clone(),
        born: content.child.born,
        at_once: content.at_once.clone(),
        parents: content.parents.clone(),
        counts: [content.cases.len(), content.notes(), came.files.len()],
        receipt: content.receipt.clone(),
    };
    let mut files = Vec::new();
    for file in &came.files {
        let listed = content.files.iter().find(|listed| listed.name == file.name);
        let title = listed.map_or("The case as a document", |listed| listed.title.as_str());
        let of_case = listed.map_or_else(|| of_document(&file.name, content), |listed| listed.case);
        files.push(Inside {
            title: asked.sealer.seal_words(&of, title).map_err(erased)?,
            of: of_case,
            file: file.seal(asked.sealer, &of).map_err(erased)?,
        });
    }
    let fact = Arrived {
        case,
        name: came.name.clone(),
        key: came.key.clone(),
        about: asked.sealer.seal(&of, &about).map_err(erased)?,
        content: came.file.seal(asked.sealer, &of).map_err(erased)?,
        files,
        roles: vec![Role::Lead, Role::DeputyLead],
    };
    Ok(vec![Any::Transfer(Entry::Arrived(Box::new(fact)))])
}

/// The case that a document for people tells of: `case-2.pdf` of the second.
fn of_document(name: &str, content: &Content) -> u32 {
    let place = name
        .strip_prefix("case-")
        .and_then(|rest| rest.strip_suffix(".pdf"));
    let place: Option<usize> = place.and_then(|place| place.parse().ok());
    let case = place.and_then(|place| content.cases.get(place.checked_sub(1)?));
    case.map_or(0, |case| case.number)
}

/// A file that came in and still has to be looked at.
pub(super) fn waiting(case: u32, setting: &Setting) -> Result<&Inward, Vec<Mistake>> {
    let found = setting.concerns.transfers().inward(case);
    match found.filter(|inward| inward.waits()) {
        Some(inward) => Ok(inward),
        None => no(
            "case",
            "There is no such file that still has to be looked at",
        ),
    }
}

/// Makes cases of a file that came in.
pub(super) fn take_in(
    case: u32,
    child: Option<Person>,
    content: &Content,
    asked: &Asked<'_>,
) -> Answer {
    let inward = waiting(case, asked.setting)?;
    if let Some(child) = child
        && !asked.setting.people.groups(child).contains(&Group::Child)
    {
        return no("child", "Choose a child, or nobody");
    }
    let known = known(&inward.arrived.key, asked);
    let mut entries = Vec::new();
    let mut into = Vec::new();
    let mut next = asked.setting.concerns.next_case();
    for file in &content.cases {
        let found = known.get(&(file.number, file.reference.clone()));
        let (here, had) = match found {
            Some((here, had)) => (*here, had.clone()),
            None => {
                entries.push(opened(next, child, content, file, asked)?);
                next += 1;
                (next - 1, BTreeSet::new())
            }
        };
        let earlier = asked.setting.concerns.case(here);
        notes(here, earlier, file, &had, content, asked, &mut entries)?;
        let origin = Origin {
            key: inward.arrived.key.clone(),
            setting: content.from.name.clone(),
            number: file.number,
            reference: file.reference.clone(),
            reported: file.reported.clone(),
            by: file.by.clone(),
            entry: file.entry,
        };
        let fact = CameFrom {
            case: here,
            origin: asked.sealer.seal(&subject(here), &origin).map_err(erased)?,
            taken: file.notes.iter().map(|note| note.entry).collect(),
        };
        entries.push(Any::Transfer(Entry::CameFrom(fact)));
        into.push(here);
    }
    files(inward, content, &into, asked, &mut entries)?;
    entries.push(Any::Transfer(Entry::TakenIn(TakenIn { case, into })));
    Ok(entries)
}

/// The files go to the cases that they belong to. In a case about an indecent image none is taken.
fn files(
    inward: &Inward,
    content: &Content,
    into: &[u32],
    asked: &Asked<'_>,
    entries: &mut Vec<Any>,
) -> Result<(), Vec<Mistake>> {
    let mut added: BTreeMap<u32, u32> = BTreeMap::new();
    for inside in &inward.arrived.files {
        let mut all = content.cases.iter().zip(into);
        let found = all.find(|(file, _)| file.number == inside.of);
        let Some((file, here)) = found.or_else(|| content.cases.iter().zip(into).next()) else {
            continue;
        };
        let is_image = Kind::from_key(&file.report.kind) == Some(Kind::IndecentImage);
        let Some(loose) = inside.file.open_in(asked.sealer).filter(|_| !is_image) else {
            continue;
        };
        let case = asked.setting.concerns.case(*here);
        if case.is_some_and(|case| !papers::may_take(asked, case)) {
            continue;
        }
        let number = added
            .entry(*here)
            .or_insert_with(|| case.map_or(1, Case::next_paper));
        let what: Option<String> = asked.sealer.open(&inside.title);
        entries.push(paper(
            *here,
            *number,
            &what.unwrap_or_default(),
            &loose,
            asked,
        )?);
        *number += 1;
    }
    Ok(())
}

fn paper(
    case: u32,
    number: u32,
    what: &str,
    file: &Loose,
    asked: &Asked<'_>,
) -> Result<Any, Vec<Mistake>> {
    let of = subject(case);
    let fact = Added {
        case,
        paper: number,
        what: asked.sealer.seal_words(&of, what).map_err(erased)?,
        file: file.seal(asked.sealer, &of).map_err(erased)?,
    };
    Ok(Any::Paper(Paper::Added(fact)))
}

/// Cases that came from the setting with this key: number and reference there, number here, and the
/// lines that are here.
type Known = BTreeMap<(u32, String), (u32, BTreeSet<u64>)>;

fn known(key: &str, asked: &Asked<'_>) -> Known {
    let all = asked.setting.concerns.transfers().origins();
    let of_key = all.filter_map(|(here, (origin, taken))| {
        let origin: Origin = asked.sealer.open(origin)?;
        (origin.key == key).then(|| ((origin.number, origin.reference), (here, taken.clone())))
    });
    of_key.collect()
}

/// A case as it was reported there.
fn opened(
    number: u32,
    child: Option<Person>,
    content: &Content,
    file: &CaseFile,
    asked: &Asked<'_>,
) -> Result<Any, Vec<Mistake>> {
    let told = &file.report;
    let reported_by = file
        .by
        .clone()
        .unwrap_or_else(|| "somebody who gave no name".to_owned());
    let adult = match told.adult.as_str() {
        "" => String::new(),
        name => format!("; an adult there: {name}"),
    };
    let about = format!(
        "{}, from {}{adult} {}",
        content.child.name, content.from.name, told.about
    );
    let report = Report {
        what: told.what.clone(),
        kind: Kind::from_key(&told.kind).unwrap_or_default(),
        danger: false,
        children: child.into_iter().collect(),
        about: about.trim().to_owned(),
        names: child
            .map(|child| (child.0, content.child.name.clone()))
            .into_iter()
            .collect(),
        day: told.day,
        time: told.time.clone(),
        sure: told.sure.clone(),
        place: told.place.clone(),
        said: told.said.clone(),
        opinion: told.opinion.clone(),
        marks: told.marks.clone(),
        device: told.device.clone(),
        address: told.address.clone(),
        reporter: format!(
            "{reported_by}, {}, at {}",
            when(&file.reported),
            content.from.name
        ),
        ..Report::default()
    };
    seal_opened(number, &report, asked)
}

fn seal_opened(number: u32, report: &Report, asked: &Asked<'_>) -> Result<Any, Vec<Mistake>> {
    let told = roles_named(asked.in_force, "concerns.report", "tell");
    let circle = circle::choose(&told, None, None, asked.setting, asked.today, &[]);
    let report = asked
        .sealer
        .seal(&subject(number), report)
        .map_err(erased)?;
    Ok(Any::Reported(Reported {
        case: number,
        reference: reference(&report),
        report,
        roles: circle.roles,
        excluded: circle.excluded,
        once: String::new(),
    }))
}

/// The notes that are not here yet, and how it ended there.
fn notes(
    here: u32,
    earlier: Option<&Case>,
    file: &CaseFile,
    had: &BTreeSet<u64>,
    content: &Content,
    asked: &Asked<'_>,
    entries: &mut Vec<Any>,
) -> Result<(), Vec<Mistake>> {
    let mut number = earlier.map_or(1, Case::next_note);
    // Numbers there and here, for what puts another note right.
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    let mut write = |sort: Sort, note: &Note, corrects: Option<u32>| {
        let words = asked.sealer.seal(&subject(here), note).map_err(erased)?;
        entries.push(Any::Written(Noted {
            case: here,
            note: number,
            sort,
            words,
            corrects,
        }));
        number += 1;
        Ok::<u32, Vec<Mistake>>(number - 1)
    };
    for told in file.notes.iter().filter(|told| !had.contains(&told.entry)) {
        let sort = told.sort();
        let right = told.corrects.and_then(|there| numbers.get(&there).copied());
        let own = write(sort, &marked(told, &content.from.name), right)?;
        numbers.insert(told.number, own);
    }
    if let Some(outcome) = file.outcome.as_ref().filter(|_| had.is_empty()) {
        let mut note = Note::new(format!(
            "How it ended at {}: {}",
            content.from.name, outcome.words
        ));
        note.more = outcome.more.clone();
        note = note
            .with("elsewhere-by", outcome.by.clone().unwrap_or_default())
            .with("elsewhere-at", &outcome.at);
        write(Sort::Fact, &note, None)?;
    }
    Ok(())
}

/// A note as it was given, with what it was there.
fn marked(told: &Told, setting: &str) -> Note {
    let note = Note {
        words: told.words.clone(),
        more: told.more.clone(),
    };
    let corrects = told.corrects.map(|number| number.to_string());
    note.with("elsewhere", setting)
        .with("elsewhere-by", told.by.clone().unwrap_or_default())
        .with("elsewhere-at", &told.at)
        .with("elsewhere-number", told.number.to_string())
        .with("elsewhere-corrects", corrects.unwrap_or_default())
        .with("elsewhere-entry", told.entry.to_string())
}

/// Papers of another system become a case: what they say in short, and the papers as they are.
pub(super) fn papers(
    child: Person,
    from: &str,
    summary: &str,
    file: &Loose,
    asked: &Asked<'_>,
) -> Answer {
    if !asked.setting.people.groups(child).contains(&Group::Child) {
        return no("child", "Choose a child");
    }
    let number = asked.setting.concerns.next_case();
    let name = asked.setting.people.name(child);
    let name: Option<String> = name.and_then(|name| asked.sealer.open(name));
    let report = Report {
        what: format!("Papers from {from}: {summary}"),
        children: vec![child],
        names: name.map(|name| (child.0, name)).into_iter().collect(),
        ..Report::default()
    };
    Ok(vec![
        seal_opened(number, &report, asked)?,
        paper(number, 1, &format!("Papers from {from}"), file, asked)?,
    ])
}
