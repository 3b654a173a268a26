//! Adding a file to a case, and moving what was written in the wrong one.

use super::{
    super::{
        circle,
        entries::{Entry as Concern, Noted},
        note::Note,
        register::{Case, Written},
    },
    entries::{Added, Entry, MovedAway},
    may_take,
};
use crate::spine::{
    act::{Case as Asked, no},
    permit::Need,
};
use kernel::{kept::Loose, ruling::Mistake};

/// The most files of one case.
const FILES_MAX: usize = 500;

/// What can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Add a file.
    Add {
        /// The case.
        case: u32,
        /// What it is, and where it comes from.
        what: String,
        /// The file.
        file: Box<Loose>,
    },
    /// Seal a note that is about another child, and put it into the case that it belongs to.
    Move {
        /// The case in which it stands.
        case: u32,
        /// Its number there.
        note: u32,
        /// The case that it belongs to.
        other: u32,
        /// Why.
        why: String,
    },
}

type Answer = Result<Vec<Concern>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Add { .. } => "concerns.add-file",
            Act::Move { .. } => "concerns.move-note",
        }
    }

    /// Who may ask for it. Whoever moves a note is on both cases.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Add { case, .. } => Need::OnCase(*case),
            Act::Move { case, other, .. } => {
                Need::AllOf(vec![Need::OnCase(*case), Need::OnCase(*other)])
            }
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, asked: &Asked<'_>) -> Answer {
        match self {
            Act::Add { case, what, file } => add(open(*case, asked)?, what, file, asked),
            Act::Move {
                case,
                note,
                other,
                why,
            } => {
                let (case, other) = (open(*case, asked)?, open(*other, asked)?);
                move_note(case, *note, other, why, asked)
            }
        }
    }
}

fn open<'a>(case: u32, asked: &Asked<'a>) -> Result<&'a Case, Vec<Mistake>> {
    let Some(found) = asked.setting.concerns.case(case) else {
        return no("case", "There is no such case");
    };
    if found.is_closed() {
        return no("case", "The case is closed. Open it again first");
    }
    Ok(found)
}

fn add(case: &Case, what: &str, file: &Loose, asked: &Asked<'_>) -> Answer {
    if !may_take(asked, case) {
        return no(
            "file",
            "No files are taken in a case about an indecent image: nobody looks at it, copies it or hands it in. Leave the device as it is and do what the police say",
        );
    }
    if case.papers.len() >= FILES_MAX {
        return no("file", "This case has too many files. Link a new one to it");
    }
    let subject = case.subject();
    let what = asked.sealer.seal_words(&subject, what);
    let kept = file.seal(asked.sealer, &subject);
    let added = Added {
        case: case.number,
        paper: case.next_paper(),
        what: what.map_err(|erased| vec![Mistake::from(erased)])?,
        file: kept.map_err(|erased| vec![Mistake::from(erased)])?,
    };
    Ok(vec![Concern::Paper(Entry::Added(added))])
}

fn move_note(from: &Case, note: u32, to: &Case, why: &str, asked: &Asked<'_>) -> Answer {
    if from.number == to.number {
        return no("other", "Choose another case");
    }
    if !circle::is_on(asked.who, to.number, asked.setting, asked.today) {
        return no("other", "There is no such case");
    }
    let standing = |one: &&Written| one.number == note && one.moved.is_none();
    let Some(written) = from.notes.iter().find(standing) else {
        return no("note", "There is no such note in this case");
    };
    if from.notes.iter().any(|one| one.corrects == Some(note)) {
        return no("note", "This note was put right. Move the newer one");
    }
    let words: Option<Note> = asked.sealer.open(&written.words);
    let Some(words) = words else {
        return no("note", "This note can no longer be read");
    };
    let name = written.by.and_then(|by| asked.setting.people.name(by));
    let name = name.and_then(|name| asked.sealer.open(name));
    let first = format!(
        "{}, {}",
        name.unwrap_or_else(|| "somebody".to_owned()),
        written.at.in_words()
    );
    let erased = |erased| vec![Mistake::from(erased)];
    let why = asked.sealer.seal_words(&from.subject(), why);
    let words = words.with("first-written", first);
    let words = asked.sealer.seal(&to.subject(), &words);
    Ok(vec![
        Concern::Paper(Entry::MovedAway(MovedAway {
            case: from.number,
            note,
            why: why.map_err(erased)?,
        })),
        Concern::Written(Noted {
            case: to.number,
            note: to.next_note(),
            sort: written.sort,
            words: words.map_err(erased)?,
            corrects: None,
        }),
    ])
}
