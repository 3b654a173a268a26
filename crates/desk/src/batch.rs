//! Acts that are written together, before they are: what came of each, the lines to be, the keys
//! to be kept first.

use crate::{desk::Failed, writer::Job};
use families::spine::{
    act::Actor,
    entry::{self, Entry},
    judge::No,
};
use kernel::{ruling::Mistake, sealed::Key};
use ledger::{
    keys::WORDS_BYTES_MAX,
    line::{Draft, Head, fits},
    store::{Store, StoreError},
};
use std::ops::ControlFlow;

const TOO_LONG: &str = "This is longer than what can be kept. Make it shorter and try again";
const NOT_READABLE: &str = "Stairgate could not write this in a way that it can read again, so nothing \
    was changed. Tell whoever looks after this computer";
const STUMBLED: &str = "Something went wrong inside Stairgate while it looked at this, so nothing was \
    changed. Tell whoever looks after this computer";

/// Acts that are written together.
pub(crate) struct Batch {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) fresh: Vec<(String, Key)>,
    /// One for each act, in order.
    pub(crate) verdicts: Vec<Verdict>,
}

/// What came of one act before it is on disk.
pub(crate) enum Verdict {
    /// Its entries and their kinds.
    Entries(Vec<Entry>, Vec<&'static str>),
    Not(Failed),
}

impl Batch {
    pub(crate) fn for_acts(count: usize) -> Batch {
        Batch {
            drafts: Vec::with_capacity(count),
            fresh: Vec::new(),
            verdicts: Vec::with_capacity(count),
        }
    }
}

/// The lines that the entries of one act become. Each must fit into the ledger and be read again
/// as what it was: a line that no start can read would close the whole setting.
pub(crate) fn drafts(
    job: &Job,
    entries: &[Entry],
) -> Result<(Vec<Draft>, Vec<&'static str>), Verdict> {
    let by = job.who.to_line();
    let not_readable = || Verdict::Not(Failed::Unavailable(NOT_READABLE.to_owned()));
    // A line says who and from where; how somebody showed who they are is not written.
    let read = Actor::from_line(&by);
    if !read.is_some_and(|read| (read.who, read.device) == (job.who.who, job.who.device.clone())) {
        return Err(not_readable());
    }
    let mut drafts = Vec::with_capacity(entries.len());
    let mut kinds = Vec::with_capacity(entries.len());
    for entry in entries {
        let written = entry.write();
        if fits(&by, written.kind, &written.body).is_err() {
            let too_long = Mistake::new(TOO_LONG);
            return Err(Verdict::Not(Failed::No(No::Mistakes(vec![too_long]))));
        }
        let read = entry::read(written.kind, written.version, &written.body);
        if read.as_ref() != Ok(entry) {
            tracing::error!(
                kind = written.kind,
                "an entry is not read as it was written"
            );
            return Err(not_readable());
        }
        kinds.push(written.kind);
        drafts.push(Draft {
            at: job.at.micros(),
            by: by.clone(),
            kind: written.kind.to_owned(),
            version: written.version,
            body: written.body,
        });
    }
    Ok((drafts, kinds))
}

/// What is said when judging an act made the program stumble.
pub(crate) fn stumbled(act: &str) -> Verdict {
    tracing::error!(act, "judging an act failed");
    Verdict::Not(Failed::Unavailable(STUMBLED.to_owned()))
}

/// A reason as the list of destroyed keys takes it.
pub(crate) fn reason(why: &str) -> String {
    let words: String = why.chars().filter(|sign| !sign.is_control()).collect();
    match words.len() {
        0 => "erased".to_owned(),
        1..=WORDS_BYTES_MAX => words,
        _ => words.chars().take(WORDS_BYTES_MAX / 4).collect(),
    }
}

/// Where the ledger stands after exactly these lines, when they follow `after`; `None` when it has
/// none of them.
pub(crate) fn find_written(
    store: &dyn Store,
    after: &Head,
    drafts: &[Draft],
) -> Result<Option<Head>, StoreError> {
    let mut expected = drafts.iter();
    let mut head = None;
    store.read(after.seq.saturating_add(1), &mut |line| {
        let is_it = expected.next().is_some_and(|draft| {
            line.at == draft.at
                && line.by == draft.by
                && line.kind == draft.kind
                && line.body.as_ref() == Some(&draft.body)
        });
        if !is_it {
            return ControlFlow::Break(());
        }
        if expected.len() == 0 {
            head = Some(line.head());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(head)
}
