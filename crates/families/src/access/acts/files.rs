//! What can be asked for about files that people keep for themselves. A file that somebody may not
//! know of answers as one that is not there.

use crate::{
    access::{
        entries::{
            Entry as AccessEntry,
            files::{
                Entry, File, FileKept, FileRemoved, FileReplaced, FileShared, FileUnshared,
                FilesAsked,
            },
        },
        register::files::One,
    },
    people::group::Group,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::{self, Need},
        setting::Setting,
    },
};
use kernel::{kept::Loose, moment::Date, ruling::Mistake};

/// The most files that somebody keeps at a time.
const FILES_MAX: usize = 200;
/// To how many people a file is given at most.
const GIVEN_MAX: usize = 100;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 200;
/// The longest reason, in characters.
pub const WHY_MAX: usize = 500;

/// What can be asked for about files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Keep a file.
    Keep {
        /// The file.
        file: Box<Loose>,
        /// What one notes about it.
        note: Option<String>,
    },
    /// Give a file to somebody.
    Share {
        /// Which.
        file: File,
        /// To whom.
        person: Person,
        /// Whether they may change it.
        change: bool,
    },
    /// Take that back.
    Unshare {
        /// Which.
        file: File,
        /// From whom.
        person: Person,
    },
    /// Put another file in its place.
    Replace {
        /// Which.
        file: File,
        /// The other file.
        with: Box<Loose>,
    },
    /// Remove a file.
    Remove {
        /// Which.
        file: File,
    },
    /// Ask for somebody's files, as a manager and for today.
    Ask {
        /// Whose.
        person: Person,
        /// Why.
        reason: String,
    },
}

/// Who keeps files here: whoever works here, sits on the committee or works for the setting.
#[must_use]
pub fn keeping() -> Need {
    let others = Need::Of(vec![Group::Committee, Group::Contractor]);
    Need::AnyOf(vec![Need::Team, others])
}

/// Whether somebody keeps files here and can be given one.
#[must_use]
pub fn keeps(setting: &Setting, person: Person, today: Date) -> bool {
    let people = &setting.people;
    KEEPERS
        .iter()
        .any(|group| people.is_of(person, *group, today))
}

/// The groups whose people keep files.
const KEEPERS: [Group; 5] = [
    Group::Staff,
    Group::Volunteer,
    Group::Student,
    Group::Committee,
    Group::Contractor,
];

/// Whose files a manager can ask for: those of somebody who keeps files here or did, also when the
/// person has left.
#[must_use]
pub fn may_have_files(setting: &Setting, person: Person) -> bool {
    let groups = setting.people.groups(person);
    KEEPERS.iter().any(|group| groups.contains(group))
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Keep { .. } => "access.keep-file",
            Act::Share { .. } => "access.share-file",
            Act::Unshare { .. } => "access.unshare-file",
            Act::Replace { .. } => "access.replace-file",
            Act::Remove { .. } => "access.remove-file",
            Act::Ask { .. } => "access.ask-files",
        }
    }

    /// Who may ask for it. Whose file it is, is asked when it is judged: so everybody who has no
    /// part in a file gets the same answer, and the clause with it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Keep { .. }
            | Act::Share { .. }
            | Act::Unshare { .. }
            | Act::Replace { .. }
            | Act::Remove { .. } => keeping(),
            Act::Ask { .. } => Need::management(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let me = super::myself(case)?;
        let entry = match self {
            Act::Keep { file, note } => keep(file, note.as_deref(), me, case)?,
            Act::Share {
                file,
                person,
                change,
            } => share(*file, *person, *change, case)?,
            Act::Unshare { file, person } => {
                if !own(*file, case)?.given.contains_key(person) {
                    return no("person", "This person does not have the file");
                }
                Entry::Unshared(FileUnshared {
                    file: *file,
                    person: *person,
                })
            }
            Act::Replace { file, with } => {
                if !case.setting.access.files().may_change(*file, me) {
                    return not_there();
                }
                Entry::Replaced(Box::new(FileReplaced {
                    file: *file,
                    kept: case.seal_file(file.owner, with)?,
                }))
            }
            Act::Remove { file } => {
                own(*file, case)?;
                Entry::Removed(FileRemoved { file: *file })
            }
            Act::Ask { person, reason } => ask(*person, reason, me, case)?,
        };
        Ok(vec![AnyEntry::Access(AccessEntry::File(entry))])
    }
}

fn keep(
    file: &Loose,
    note: Option<&str>,
    me: Person,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    let files = case.setting.access.files();
    if files.of(me).count() >= FILES_MAX {
        return no(
            "file",
            format!("You keep {FILES_MAX} files already. Remove one first"),
        );
    }
    let note = note.map(|words| super::systems::line("note", words, NOTE_MAX));
    let note = note.transpose()?;
    Ok(Entry::Kept(Box::new(FileKept {
        file: File {
            owner: me,
            number: files.next(me),
        },
        kept: case.seal_file(me, file)?,
        note: note.map(|note| case.seal_words(me, &note)).transpose()?,
    })))
}

fn share(file: File, person: Person, change: bool, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let one = own(file, case)?;
    if person == file.owner {
        return no("person", "The file is yours already. Choose somebody else");
    }
    let known = permit::need_to_know(person, case.setting, case.today);
    let known = permit::permit(case.who, &known, case.setting, case.today).is_ok();
    if !known || !keeps(case.setting, person, case.today) {
        return no(
            "person",
            "There is nobody here to whom you could give it under this name",
        );
    }
    if one.given.get(&person) == Some(&change) {
        return no("person", "This person has the file already");
    }
    if !one.given.contains_key(&person) && one.given.len() >= GIVEN_MAX {
        return no(
            "person",
            format!("The file is given to {GIVEN_MAX} people already"),
        );
    }
    Ok(Entry::Shared(FileShared {
        file,
        person,
        change,
    }))
}

fn ask(person: Person, reason: &str, me: Person, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    if person == me {
        return no("person", "Your own files are yours. You need not ask");
    }
    if !may_have_files(case.setting, person) {
        return no("person", "Nobody of this name keeps files here");
    }
    let files = case.setting.access.files();
    if files
        .asked_by(me, case.today)
        .any(|asked| asked.owner == person)
    {
        return no(
            "person",
            "You have asked for this person’s files today. They are open to you until the day ends",
        );
    }
    let why = super::systems::line("reason", reason, WHY_MAX)?;
    Ok(Entry::Asked(FilesAsked {
        owner: person,
        why: case.seal_words(person, &why)?,
    }))
}

/// A file of whoever asks.
fn own<'a>(file: File, case: &Case<'a>) -> Result<&'a One, Vec<Mistake>> {
    let found = case.setting.access.files().find(file);
    match found.filter(|_| case.person() == Some(file.owner)) {
        Some(one) => Ok(one),
        None => not_there(),
    }
}

/// The same whether there is no such file, or one of somebody else.
fn not_there<T>() -> Result<T, Vec<Mistake>> {
    no("file", "You have no such file. It may have been removed")
}
