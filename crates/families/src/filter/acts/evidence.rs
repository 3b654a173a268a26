//! What can be asked for about whether the filter does what it says: the program tells how it was
//! tried and how its lists stand; people check, name providers and lines, report and review.

use super::{Answer, LINE_MAX, WORDS_MAX};
use crate::{
    devices::{
        acts::{find as device, said},
        kinds::Users,
    },
    filter::{
        entries::{
            Entry,
            evidence::{
                Accredited, Came, CheckBegun, Door, DoorRecorded, Entry as Fact, LineEnded,
                LineRecorded, ListOld, ListsFound, MailLookedAt, MailNamed, PageReported, Provider,
                ProviderEnded, ProviderNamed, ProviderReviewed, RanAgain, ReportAnswered,
                ReviewAsked, Reviewed, SpamReported, StepTaken, StoodStill, Tested,
            },
        },
        keeping,
        network::cut,
        register::evidence::Evidence,
        steps,
        words::{FILTERED, LINES, REVIEWS, SERVICES, SPAM},
    },
    internet::names::{mistake, site_to_close},
    spine::{
        act::{Act as AnyAct, Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Moment, ruling::Mistake};

/// The most findings of a trial, parts and lists that are kept.
const ITEMS_MAX: usize = 200;
/// The most checks that are begun and not ended.
const CHECKS_OPEN_MAX: usize = 50;
/// The most providers, lines and open reports.
const KEPT_MAX: usize = 100;
/// The most things that a provider is accredited for.
const STANDINGS_MAX: usize = 10;
/// The most names under which keys of the mail stand.
const SELECTORS_MAX: usize = 5;
/// How old an unchanged state of the lists may be before it is written down again, in hours.
const LISTS_HOURS: i64 = 24;

/// What can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Tell how the filter was tried.
    RecordTrial(Box<Tested>),
    /// Tell how the lists stand.
    RecordLists(Box<ListsFound>),
    /// Tell that the source of a list of what is illegal has not answered for a day.
    RecordOld {
        /// What the list is called.
        list: String,
    },
    /// Tell that the filter stands still.
    RecordStill {
        /// Since when.
        since: Moment,
        /// Why.
        why: String,
    },
    /// Tell that it runs again.
    RecordRuns,
    /// Begin a check by hand.
    BeginCheck {
        /// On which device.
        device: u32,
    },
    /// Tell what came of a step.
    TakeStep {
        /// The check.
        check: u32,
        /// The step.
        step: String,
        /// What came.
        came: Came,
        /// What was seen.
        note: String,
    },
    /// Name a provider, or tell of it anew.
    NameProvider {
        /// Which; nothing: a new one.
        provider: Option<u32>,
        /// What is known of it.
        about: Box<Provider>,
    },
    /// Say that it no longer is one.
    EndProvider {
        /// Which.
        provider: u32,
        /// Why.
        why: String,
    },
    /// Look back with it.
    ReviewProvider {
        /// Which.
        provider: u32,
        /// What came of it.
        found: String,
    },
    /// Record a line.
    RecordLine {
        /// What it is called.
        name: String,
        /// What it is.
        kind: String,
        /// How it is filtered.
        filtered: String,
        /// How that is known, and who may use the line when.
        how: String,
    },
    /// Say that a line is no longer there.
    EndLine {
        /// Which.
        line: u32,
    },
    /// Record how a device is set up.
    RecordDoor {
        /// The device.
        device: u32,
        /// How far the filter sees what it does.
        door: Door,
        /// Why it is so.
        note: String,
    },
    /// Name the domain of the mail.
    NameMail {
        /// The domain; empty: the setting has none.
        domain: String,
        /// Who provides it.
        provider: String,
        /// Under which names its keys stand.
        selectors: Vec<String>,
    },
    /// Tell what the domain says.
    RecordMail(MailLookedAt),
    /// Record junk mail that was reported.
    ReportSpam(SpamReported),
    /// Say that a page should be closed.
    ReportPage {
        /// The site.
        site: String,
        /// For whom.
        users: Users,
        /// Why.
        why: String,
    },
    /// Answer that.
    AnswerReport {
        /// Which.
        report: u32,
        /// Whether it is closed.
        close: bool,
        /// Why.
        why: String,
    },
    /// Ask for a review before its time.
    AskReview {
        /// What happened.
        why: String,
        /// In words.
        what: String,
    },
    /// Record a review.
    Review {
        /// Who took part.
        people: Vec<Person>,
        /// What was found.
        found: String,
        /// What is going to change.
        changes: String,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::RecordTrial(_) => "filter.record-trial",
            Act::RecordLists(_) => "filter.record-lists",
            Act::RecordOld { .. } => "filter.record-old",
            Act::RecordStill { .. } => "filter.record-still",
            Act::RecordRuns => "filter.record-runs",
            Act::BeginCheck { .. } => "filter.begin-check",
            Act::TakeStep { .. } => "filter.take-step",
            Act::NameProvider { .. } => "filter.name-provider",
            Act::EndProvider { .. } => "filter.end-provider",
            Act::ReviewProvider { .. } => "filter.review-provider",
            Act::RecordLine { .. } => "filter.record-line",
            Act::EndLine { .. } => "filter.end-line",
            Act::RecordDoor { .. } => "filter.record-door",
            Act::NameMail { .. } => "filter.name-mail",
            Act::RecordMail(_) => "filter.record-mail",
            Act::ReportSpam(_) => "filter.report-spam",
            Act::ReportPage { .. } => "filter.report-page",
            Act::AnswerReport { .. } => "filter.answer-report",
            Act::AskReview { .. } => "filter.ask-review",
            Act::Review { .. } => "filter.review",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::RecordTrial(_)
            | Act::RecordLists(_)
            | Act::RecordOld { .. }
            | Act::RecordStill { .. }
            | Act::RecordRuns
            | Act::RecordMail(_) => Need::Machine,
            Act::BeginCheck { .. }
            | Act::TakeStep { .. }
            | Act::ReportSpam(_)
            | Act::ReportPage { .. } => team(),
            Act::NameProvider { .. }
            | Act::EndProvider { .. }
            | Act::ReviewProvider { .. }
            | Act::RecordLine { .. }
            | Act::EndLine { .. }
            | Act::RecordDoor { .. }
            | Act::NameMail { .. }
            | Act::AnswerReport { .. }
            | Act::AskReview { .. } => keeping(),
            Act::Review { .. } => Need::leadership(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        let known = case.setting.filter.evidence();
        match self {
            Act::RecordTrial(tested) => one(Fact::Tested(bounded(tested))),
            Act::RecordLists(found) => lists(found, known),
            Act::RecordOld { list } => old(list, case),
            Act::RecordStill { since, why } => {
                if known.stands_still().is_some() {
                    return Ok(Vec::new());
                }
                let mut why = why.clone();
                cut(&mut why);
                let since = *since;
                one(Fact::StoodStill(StoodStill { since, why }))
            }
            Act::RecordRuns if known.stands_still().is_none() => Ok(Vec::new()),
            Act::RecordRuns => one(Fact::RanAgain(RanAgain { at: case.now })),
            Act::BeginCheck { device } => begin(*device, case),
            Act::TakeStep {
                check,
                step,
                came,
                note,
            } => take_step(*check, step, *came, note, case),
            Act::NameProvider { .. }
            | Act::EndProvider { .. }
            | Act::ReviewProvider { .. }
            | Act::RecordLine { .. }
            | Act::EndLine { .. }
            | Act::RecordDoor { .. } => self.of_provision(case),
            Act::NameMail { .. } | Act::RecordMail(_) | Act::ReportSpam(_) => self.of_mail(case),
            Act::ReportPage { .. } | Act::AnswerReport { .. } => self.of_page(case),
            Act::AskReview { why, what } => {
                known_key("why", REVIEWS, why)?;
                one(Fact::ReviewAsked(ReviewAsked {
                    why: why.clone(),
                    what: said("what", what, WORDS_MAX)?,
                }))
            }
            Act::Review {
                people,
                found,
                changes,
            } => {
                if people.is_empty() || people.len() > KEPT_MAX {
                    return no("people", "Choose who took part");
                }
                one(Fact::Reviewed(Reviewed {
                    people: people.clone(),
                    found: said("found", found, WORDS_MAX)?,
                    changes: said("changes", changes, WORDS_MAX)?,
                }))
            }
        }
    }

    fn of_provision(&self, case: &Case<'_>) -> Answer {
        let known = case.setting.filter.evidence();
        match self {
            Act::NameProvider { provider, about } => name_provider(*provider, about, case),
            Act::EndProvider { provider, why } => {
                provider_of(*provider, known)?;
                one(Fact::ProviderEnded(ProviderEnded {
                    provider: *provider,
                    why: said("why", why, WORDS_MAX)?,
                }))
            }
            Act::ReviewProvider { provider, found } => {
                provider_of(*provider, known)?;
                one(Fact::ProviderReviewed(ProviderReviewed {
                    provider: *provider,
                    found: said("found", found, WORDS_MAX)?,
                }))
            }
            Act::RecordLine {
                name,
                kind,
                filtered,
                how,
            } => {
                known_key("kind", LINES, kind)?;
                known_key("filtered", FILTERED, filtered)?;
                if known.lines().count() >= KEPT_MAX {
                    return no("name", "There are too many lines. End one first");
                }
                one(Fact::LineRecorded(LineRecorded {
                    line: known.next_line(),
                    name: said("name", name, LINE_MAX)?,
                    kind: kind.clone(),
                    filtered: filtered.clone(),
                    how: said("how", how, WORDS_MAX)?,
                }))
            }
            Act::EndLine { line } => {
                if !known.lines().any(|own| own.recorded.line == *line) {
                    return no("line", "There is no such line");
                }
                one(Fact::LineEnded(LineEnded { line: *line }))
            }
            Act::RecordDoor {
                device: number,
                door,
                note,
            } => {
                device(*number, case)?;
                let mut note = note.trim().to_owned();
                if *door == Door::Not {
                    note = said("note", &note, WORDS_MAX)?;
                }
                cut(&mut note);
                let (device, door) = (*number, *door);
                one(Fact::DoorRecorded(DoorRecorded { device, door, note }))
            }
            _ => no("provider", "This is not about a provider"),
        }
    }

    fn of_mail(&self, case: &Case<'_>) -> Answer {
        match self {
            Act::NameMail {
                domain,
                provider,
                selectors,
            } => {
                let domain = match domain.trim() {
                    "" => String::new(),
                    text => match site_to_close(text) {
                        Some(name) => name,
                        None => return no("domain", mistake(text)),
                    },
                };
                let plain = |word: &String| {
                    word.len() <= 63
                        && !word.is_empty()
                        && word
                            .chars()
                            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
                };
                if selectors.len() > SELECTORS_MAX || !selectors.iter().all(plain) {
                    return no(
                        "selectors",
                        format!("Write at most {SELECTORS_MAX} names of letters and digits"),
                    );
                }
                one(Fact::MailNamed(MailNamed {
                    domain,
                    provider: said("provider", provider, LINE_MAX)?,
                    selectors: selectors.clone(),
                }))
            }
            Act::RecordMail(found) => {
                let known = case.setting.filter.evidence();
                if known.mail().is_none_or(|mail| mail.domain != found.domain) {
                    return no("domain", "This is not the domain of the setting’s mail");
                }
                one(Fact::MailLookedAt(found.clone()))
            }
            Act::ReportSpam(reported) => {
                known_key("what", SPAM, &reported.what)?;
                one(Fact::SpamReported(SpamReported {
                    to: said("to", &reported.to, LINE_MAX)?,
                    ..reported.clone()
                }))
            }
            _ => no("what", "This is not about mail"),
        }
    }

    fn of_page(&self, case: &Case<'_>) -> Answer {
        let known = case.setting.filter.evidence();
        match self {
            Act::ReportPage {
                site: text,
                users,
                why,
            } => {
                let Some(name) = site_to_close(text) else {
                    return no("site", mistake(text));
                };
                let mut open = known.reports().filter(|own| own.answer.is_none());
                if open.any(|own| own.said.site == name && own.said.users == *users) {
                    return no(
                        "site",
                        "Somebody has reported this site already. It waits for an answer",
                    );
                }
                if known.reports().filter(|own| own.answer.is_none()).count() >= KEPT_MAX {
                    return no(
                        "site",
                        "Too many reports wait. Tell the safeguarding lead in person",
                    );
                }
                one(Fact::PageReported(PageReported {
                    report: known.next_report(),
                    site: name,
                    users: *users,
                    why: said("why", why, WORDS_MAX)?,
                }))
            }
            Act::AnswerReport { report, close, why } => {
                let Some(found) = known.report(*report) else {
                    return no("report", "There is no such report");
                };
                if found.answer.is_some() {
                    return no("report", "This report was answered already");
                }
                let own = found.by.is_some() && found.by == case.person();
                if own {
                    return no("report", "A second person has to agree");
                }
                one(Fact::ReportAnswered(ReportAnswered {
                    report: *report,
                    closes: close.then(|| case.setting.filter.next_change()),
                    why: said("why", why, WORDS_MAX)?,
                }))
            }
            _ => no("report", "This is not about a page"),
        }
    }
}

/// Lists of what is illegal whose source has not answered for a day: noted once for each.
#[must_use]
pub fn too_old(setting: &Setting, now: Moment) -> Vec<AnyAct> {
    let known = setting.filter.evidence();
    let lists = known.lists().map(|lists| lists.found.lists.as_slice());
    let noted = |name: &str| known.old().any(|(own, _)| own == name);
    let old = lists.unwrap_or_default().iter();
    let old = old.filter(|list| list.is_old(now) && !noted(&list.name));
    old.map(|list| {
        let list = list.name.clone();
        AnyAct::Filter(super::Act::Evidence(Act::RecordOld { list }))
    })
    .collect()
}

/// Whoever works here, and whoever keeps the filter.
pub(in crate::filter) fn team() -> Need {
    Need::AnyOf(vec![Need::Team, keeping()])
}

fn one(fact: Fact) -> Answer {
    Ok(vec![AnyEntry::Filter(Entry::Evidence(fact))])
}

fn bounded(tested: &Tested) -> Tested {
    let mut tested = tested.clone();
    tested.parts.truncate(ITEMS_MAX);
    for words in [
        &mut tested.findings,
        &mut tested.not_covered,
        &mut tested.over_blocked,
    ] {
        words.truncate(ITEMS_MAX);
        words.iter_mut().for_each(cut);
    }
    tested
}

/// What has changed since the lists were last written down; nothing new is written once a day, so
/// that it is known that they were looked at.
fn lists(found: &ListsFound, known: &Evidence) -> Answer {
    let mut found = found.clone();
    found.lists.truncate(ITEMS_MAX);
    for list in &mut found.lists {
        cut(&mut list.name);
        cut(&mut list.kind);
        list.held.iter_mut().for_each(cut);
    }
    let Some(before) = known.lists() else {
        return one(Fact::ListsFound(found));
    };
    let old = found.at > before.found.at.plus_hours(LISTS_HOURS);
    let was_old = known.old().next().is_some();
    let told = |found: &ListsFound| -> Vec<(String, u64, Option<String>)> {
        let lists = found.lists.iter();
        lists
            .map(|list| (list.name.clone(), list.names, list.held.clone()))
            .collect()
    };
    if !old && !was_old && told(&found) == told(&before.found) {
        return Ok(Vec::new());
    }
    one(Fact::ListsFound(found))
}

fn old(name: &str, case: &Case<'_>) -> Answer {
    let known = case.setting.filter.evidence();
    let lists = known.lists().map(|lists| lists.found.lists.as_slice());
    let own = lists
        .unwrap_or_default()
        .iter()
        .find(|list| list.name == name);
    match own {
        Some(list) if list.is_old(case.now) && !known.old().any(|(own, _)| own == name) => {
            one(Fact::ListOld(ListOld {
                list: name.to_owned(),
                answered: list.checked.max(list.fetched),
            }))
        }
        _ => Ok(Vec::new()),
    }
}

fn begin(number: u32, case: &Case<'_>) -> Answer {
    let known = case.setting.filter.evidence();
    let found = device(number, case)?;
    let open = known.checks().filter(|check| check.done().is_none());
    if open.count() >= CHECKS_OPEN_MAX {
        return no(
            "device",
            "Too many checks were begun. End one of them first",
        );
    }
    let users = found.about.users;
    one(Fact::CheckBegun(CheckBegun {
        check: known.next_check(),
        device: Some(number),
        users,
        steps: steps::of(case.in_force, users),
    }))
}

fn take_step(check: u32, step: &str, came: Came, note: &str, case: &Case<'_>) -> Answer {
    let Some(found) = case.setting.filter.evidence().check(check) else {
        return no("check", "There is no such check");
    };
    if found.by != case.person() {
        return no("check", "Somebody else makes this check. Begin your own");
    }
    if !found.begun.steps.iter().any(|own| own == step) {
        return no("step", "This check has no such step");
    }
    if found.steps.contains_key(step) {
        return no("step", "This step was taken already");
    }
    let note = match came {
        Came::Right => note.trim().chars().take(WORDS_MAX).collect(),
        Came::Wrong | Came::NotTried => said("note", note, WORDS_MAX)?,
    };
    one(Fact::StepTaken(StepTaken {
        check,
        step: step.to_owned(),
        came,
        note,
    }))
}

fn name_provider(number: Option<u32>, about: &Provider, case: &Case<'_>) -> Answer {
    let known = case.setting.filter.evidence();
    if let Some(number) = number {
        provider_of(number, known)?;
    } else if known.providers().count() >= KEPT_MAX {
        return no("name", "There are too many providers. End one first");
    }
    if about.does.is_empty() || about.standings.len() > STANDINGS_MAX {
        return no("does", "Choose what they provide");
    }
    for key in &about.does {
        known_key("does", SERVICES, key)?;
    }
    let standings = about.standings.iter().map(|one| {
        Ok(Accredited {
            what: said("standings", &one.what, LINE_MAX)?,
            until: one.until,
        })
    });
    one(Fact::ProviderNamed(ProviderNamed {
        provider: number.unwrap_or_else(|| known.next_provider()),
        about: Provider {
            name: said("name", &about.name, LINE_MAX)?,
            does: about.does.clone(),
            contact: said("contact", &about.contact, LINE_MAX)?,
            contract: about.contract.trim().chars().take(LINE_MAX).collect(),
            until: about.until,
            standings: standings.collect::<Result<_, Vec<Mistake>>>()?,
            named: about.named.trim().chars().take(LINE_MAX).collect(),
        },
    }))
}

fn provider_of(number: u32, known: &Evidence) -> Result<(), Vec<Mistake>> {
    match known.provider(number) {
        Some(_) => Ok(()),
        None => no("provider", "There is no such provider"),
    }
}

fn known_key(
    field: &'static str,
    list: &'static [(&'static str, &'static str)],
    key: &str,
) -> Result<(), Vec<Mistake>> {
    if list.iter().any(|(own, _)| *own == key) {
        return Ok(());
    }
    no(field, "Choose one of those in the list")
}
