//! From lists to the compiled file: a look at each list for its form, its terms and its exceptions,
//! then all names, then a comparison with the file of before. Nothing is replaced unless all is well.

use super::{
    detect::{detect, said_of_itself},
    form::Form,
    forms::{Before, line},
    read::{Entry, each_line, first_lines, read},
    tally::Tally,
};
use crate::{
    compiled::{About, Builder, Compiled, FileError, LISTS_MAX, List, Survey},
    names::{is_ending, normal, upwards},
    ours,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashSet},
    path::{Path, PathBuf},
};

/// One line in so many teaches how names are written.
const LEARNED_EVERY: u32 = 13;

/// A list that is to be taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A file, or a folder of lists.
    pub path: PathBuf,
    /// What its names are; the name of the file where nothing is said.
    pub category: Option<String>,
    /// Its form; found out where nothing is said.
    pub form: Option<Form>,
    /// Its terms; read from its first lines where nothing is said.
    pub licence: Option<String>,
    /// Who is to be named.
    pub attribution: Option<String>,
}

/// What is to be made.
#[derive(Clone, Debug)]
pub struct Compiling {
    /// The lists.
    pub lists: Vec<Asked>,
    /// With what we ship ourselves.
    pub with_ours: bool,
    /// By how many in a hundred a list may shrink against the file that is there already.
    pub shrink_percent_max: u64,
    /// Lists that may shrink further, by name.
    pub may_shrink: Vec<String>,
}

/// How it went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Names in the file, each counted once.
    pub names: u64,
    /// Bytes that are needed for answers.
    pub hot_bytes: u64,
    /// How each list was read. What we ship is not among them.
    pub lists: Vec<ListReport>,
    /// Names that must stay open and are in a list: they stay open.
    pub must_stay_open: Vec<MustStayOpen>,
}

/// How a list was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReport {
    /// The list, as the file has it.
    #[serde(flatten)]
    pub list: List,
    /// The form in which it was read.
    pub form: String,
    /// Its lines.
    pub lines: Tally,
}

/// A name that must stay open and is in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MustStayOpen {
    /// The name.
    pub name: String,
    /// The list.
    pub list: String,
    /// Its line.
    pub line: u32,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A list can't be read.
    #[error("reading the list {}", path.display())]
    List {
        /// Which.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// The file can't be made.
    #[error(transparent)]
    File(#[from] FileError),
    /// A list has become much shorter than it was.
    #[error(
        "the list '{list}' has {now} names and had {before}: the file of before stays in use; \
         look at the list, and allow it with --may-shrink {list} if that is right"
    )]
    Shrunk {
        /// Which.
        list: String,
        /// Names that it had.
        before: u64,
        /// Names that it has.
        now: u64,
    },
    /// A category can't be called so.
    #[error("'{0}' can't be the name of a category: small letters, digits and dashes are")]
    Category(String),
}

/// A list with what a first look at it told.
struct Known {
    path: PathBuf,
    form: Form,
    list: List,
    excepted: HashSet<String>,
    has_names: bool,
}

/// Makes the file at `path`, or says why the one of before stays.
///
/// # Errors
///
/// Says which list can't be read or has shrunk, or what can't be written.
pub fn compile(what: &Compiling, path: &Path) -> Result<Report, CompileError> {
    let before = Compiled::open(path).ok().map(|file| file.about().clone());
    let mut survey = Survey::new();
    let mut known = Vec::new();
    for asked in &what.lists {
        for asked in expanded(asked)? {
            known.push(look(asked, &mut survey)?);
        }
    }
    name_apart(&mut known);
    let own = if what.with_ours { ours::sets() } else { &[] };
    for name in own.iter().flat_map(|set| &set.names) {
        survey.learn(&name.name);
        survey.expect(1);
    }
    for category in without_names(&known, own) {
        survey.has_no_names(category);
    }
    let lists = known.iter().map(|known| known.list.clone());
    let lists = lists.chain(own.iter().map(|set| set.list.clone()));
    let mut builder = Builder::begin(lists.collect(), &survey)?;
    let mut tallies = Vec::new();
    for (number, known) in (0_u16..).zip(&known) {
        tallies.push(add(number, known, &mut builder)?);
    }
    let first = known.len();
    for (number, set) in (0_usize..).map(|at| at.saturating_add(first)).zip(own) {
        let number = u16::try_from(number).map_err(|_| FileError::TooMuch("lists"))?;
        for name in &set.names {
            builder.add(number, name.line, &name.name);
        }
    }
    let ready = builder.sorted();
    if let Some(before) = &before {
        not_shrunk(what, before, ready.about())?;
    }
    ready.finish(path)?;
    report(path, &known, tallies)
}

/// Categories of which no list has a name.
fn without_names<'a>(known: &'a [Known], own: &[ours::Set]) -> Vec<&'a str> {
    let named = |category: &str| {
        known
            .iter()
            .any(|known| known.has_names && known.list.category == category)
            || own.iter().any(|set| set.list.category == category)
    };
    let all = known.iter().map(|known| known.list.category.as_str());
    all.filter(|category| !named(category)).collect()
}

fn report(path: &Path, known: &[Known], tallies: Vec<Tally>) -> Result<Report, CompileError> {
    let file = Compiled::open(path)?;
    let lists = file.about().lists.iter().zip(known).zip(tallies);
    let lists = lists.map(|((list, known), lines)| ListReport {
        list: list.clone(),
        form: known.form.word().to_owned(),
        lines,
    });
    Ok(Report {
        names: file.names(),
        hot_bytes: file.hot_bytes(),
        lists: lists.collect(),
        must_stay_open: must_stay_open(&file),
    })
}

/// Names that must stay open and that a list names, or a name above them.
fn must_stay_open(file: &Compiled) -> Vec<MustStayOpen> {
    let mut found = Vec::new();
    for name in ours::must_stay_open().names() {
        let hits = file.look(name).map(|found| found.hits).unwrap_or_default();
        for origin in hits
            .iter()
            .flat_map(|hit| file.origins(hit).unwrap_or_default())
        {
            let list = file.about().lists.get(usize::from(origin.list));
            found.push(MustStayOpen {
                name: name.to_owned(),
                list: list.map(|list| list.name.clone()).unwrap_or_default(),
                line: origin.line,
            });
        }
    }
    found
}

fn not_shrunk(what: &Compiling, before: &About, now: &About) -> Result<(), CompileError> {
    for list in &now.lists {
        let Some(old) = before.lists.iter().find(|old| old.name == list.name) else {
            continue;
        };
        let least = old
            .names
            .saturating_mul(100_u64.saturating_sub(what.shrink_percent_max))
            / 100;
        if list.names < least && !what.may_shrink.contains(&list.name) {
            return Err(CompileError::Shrunk {
                list: list.name.clone(),
                before: old.names,
                now: list.names,
            });
        }
    }
    Ok(())
}

/// The lists that a file or folder is.
fn expanded(asked: &Asked) -> Result<Vec<Asked>, CompileError> {
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |source| CompileError::List { path, source }
    };
    let kind = std::fs::metadata(&asked.path).map_err(io(&asked.path))?;
    if !kind.is_dir() {
        return Ok(vec![asked.clone()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![asked.path.clone()];
    while let Some(folder) = folders.pop() {
        let below = folder != asked.path;
        for entry in std::fs::read_dir(&folder)
            .map_err(io(&folder))?
            .take(LISTS_MAX * 4)
        {
            let entry = entry.map_err(io(&folder))?;
            let path = entry.path();
            // A link in such a folder is another name for a category that is there already.
            let kind = entry.file_type().map_err(io(&path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if kind.is_dir() && !below {
                folders.push(path);
            } else if kind.is_file() && is_list(&name) {
                let of_folder = below.then(|| folder.file_name()).flatten();
                let of_folder = of_folder.map(|name| category_of(&name.to_string_lossy()));
                found.push(Asked {
                    category: asked.category.clone().or(of_folder),
                    path,
                    ..asked.clone()
                });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

/// Files beside the lists of a folder that are not lists.
fn is_list(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    !(small.starts_with('.')
        || small.starts_with("readme")
        || small.starts_with("licen")
        || small == "usage"
        || small == "global_usage"
        || small.ends_with(".md"))
}

fn category_of(name: &str) -> String {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    stem.chars().map(letter).collect()
}

fn look(asked: Asked, survey: &mut Survey) -> Result<Known, CompileError> {
    let path = asked.path;
    let io = |source| CompileError::List {
        path: path.clone(),
        source,
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let category = asked.category.unwrap_or_else(|| category_of(&name));
    let fits =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if category.is_empty() || category.len() > 40 || !category.chars().all(fits) {
        return Err(CompileError::Category(category));
    }
    let form = match asked.form {
        Some(form) => form,
        None => detect(&path).map_err(io)?,
    };
    let top = first_lines(&path, 16 << 10).map_err(io)?;
    let licence = asked
        .licence
        .or_else(|| said_of_itself(&top, &["license", "licence"]));
    let words = [
        "attribution",
        "homepage",
        "website",
        "source",
        "project home page",
    ];
    let attribution = asked.attribution.or_else(|| said_of_itself(&top, &words));
    let mut known = Known {
        form,
        list: List {
            name,
            category,
            licence,
            attribution,
            names: 0,
        },
        excepted: HashSet::new(),
        has_names: false,
        path: path.clone(),
    };
    first_pass(&mut known, survey).map_err(io)?;
    Ok(known)
}

/// Counts lines, learns from some names, and finds what the list takes out of itself.
fn first_pass(known: &mut Known, survey: &mut Survey) -> std::io::Result<()> {
    let (form, excepted) = (known.form, &mut known.excepted);
    let has_names = &mut known.has_names;
    let mark: Option<&[u8]> = match form {
        Form::Adblock => Some(b"@@"),
        Form::Rpz => Some(b"passthru"),
        Form::Unbound => Some(b"transparent"),
        Form::Dnsmasq => Some(b"/#"),
        _ => None,
    };
    let mark = mark.map(memchr::memmem::Finder::new);
    let mut before = Before::default();
    let mut lines = 0;
    each_line(&known.path, |number, bytes, whole| {
        lines += 1;
        let marked = mark.as_ref().is_some_and(|mark| mark.find(bytes).is_some());
        if !whole || !(marked || number % LEARNED_EVERY == 0) {
            return;
        }
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        // Why a line says nothing is told when it is read in full.
        let _skipped = line(form, text, &mut before, &mut |entry| match entry {
            Entry::Name(name) => {
                if let Ok(name) = normal(name) {
                    survey.learn(&name);
                    *has_names |= !is_ending(&name);
                }
            }
            Entry::Except(name) => {
                if let Ok(name) = normal(name) {
                    excepted.insert(name.into_owned());
                }
            }
            Entry::Hash(_) => {}
        });
    })?;
    survey.expect(lines);
    if !known.has_names {
        let has_names = &mut known.has_names;
        read(&known.path, form, |_, entry| {
            *has_names |= !matches!(entry, Entry::Except(_));
        })?;
    }
    Ok(())
}

fn add(number: u16, known: &Known, builder: &mut Builder) -> Result<Tally, CompileError> {
    let mut taken_out = 0;
    let tally = read(&known.path, known.form, |line, entry| match entry {
        Entry::Name(name) => {
            let excepted = &known.excepted;
            if !excepted.is_empty() && upwards(name).any(|above| excepted.contains(above)) {
                taken_out += 1;
            } else {
                builder.add(number, line, name);
            }
        }
        Entry::Hash(hash) => builder.add_hash(number, line, hash),
        Entry::Except(_) => {}
    });
    let mut tally = tally.map_err(|source| CompileError::List {
        path: known.path.clone(),
        source,
    })?;
    tally.taken_out = taken_out;
    Ok(tally)
}

/// Two lists of the same name get their category in front.
fn name_apart(known: &mut [Known]) {
    let mut seen = BTreeSet::new();
    for known in known {
        let mut name = known.list.name.clone();
        if seen.contains(&name) || matches!(name.as_str(), "domains" | "urls" | "expressions") {
            name = format!("{}/{}", known.list.category, known.list.name);
        }
        let mut turn = 2;
        while !seen.insert(name.clone()) {
            name = format!("{}/{} ({turn})", known.list.category, known.list.name);
            turn += 1;
        }
        known.list.name = name;
    }
}
