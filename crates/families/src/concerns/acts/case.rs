//! What is done in a case. Entries are only added; a correction points to what it puts right.

use super::{
    super::{
        circle,
        entries::{
            Acknowledged, Closed, Entry, Escalated, LessonDone, LessonSet, Linked, Noted, Reopened,
            Shared, TaskDone, TaskSet, Unshared,
        },
        note::Sort,
        register::Case,
    },
    Act,
};
use crate::spine::act::{Actor, Case as Asked, Person, no};
use kernel::{moment::Date, ruling::Mistake, sealed::Private};

/// The most notes in one case.
const NOTES_MAX: usize = 10_000;
/// The most tasks in one case.
const TASKS_MAX: usize = 1_000;

type Answer = Result<Entry, Vec<Mistake>>;

pub(super) fn entry(act: &Act, asked: &Asked<'_>) -> Answer {
    if let Act::FinishLesson { lesson, how } = act {
        return finish_lesson(*lesson, how, asked);
    }
    let case = find(act, asked)?;
    let after = matches!(
        act,
        Act::Reopen { .. }
            | Act::Share { .. }
            | Act::Unshare { .. }
            | Act::Link { .. }
            | Act::SetLesson { .. }
            | Act::Write {
                sort: Sort::Debrief,
                ..
            }
    );
    if case.is_closed() && !after {
        return no("case", "The case is closed. Open it again first");
    }
    match act {
        Act::TakeOn { .. } if case.taken.is_some() => {
            no("case", "Somebody has taken this case on already")
        }
        Act::TakeOn { case } => Ok(Entry::Acknowledged(Acknowledged { case: *case })),
        Act::AskNext { .. } => {
            let Some(to) = circle::next(case, asked.setting, asked.today) else {
                return no("case", "There is nobody else to ask");
            };
            Ok(Entry::Escalated(Escalated {
                case: case.number,
                to,
            }))
        }
        Act::Write {
            sort,
            note,
            corrects,
            ..
        } => {
            if case.notes.len() >= NOTES_MAX {
                return no("words", "This case is full. Link a new one to it");
            }
            if let Some(number) = corrects
                && !case.notes.iter().any(|note| {
                    note.number == *number && note.sort == *sort && note.moved.is_none()
                })
            {
                return no("corrects", "There is no such note to put right");
            }
            Ok(Entry::Written(Noted {
                case: case.number,
                note: case.next_note(),
                sort: *sort,
                words: seal(case, note, asked)?,
                corrects: *corrects,
            }))
        }
        Act::Share { person, why, .. } => share(case, *person, why, asked),
        Act::Unshare { person, .. } => {
            if !case.shared.contains(person) {
                return no("person", "The case is not shared with this person");
            }
            Ok(Entry::Unshared(Unshared {
                case: case.number,
                person: *person,
            }))
        }
        Act::SetTask {
            what, owner, due, ..
        } => {
            if case.tasks.len() >= TASKS_MAX {
                return no("what", "There are too many tasks in this case");
            }
            not_past(*due, asked)?;
            let owner_knows = circle::is_on(
                &Actor::person_only(*owner),
                case.number,
                asked.setting,
                asked.today,
            );
            if !owner_knows {
                return no(
                    "owner",
                    "Choose somebody who is on the case, or share the case first",
                );
            }
            Ok(Entry::TaskSet(TaskSet {
                case: case.number,
                task: case.next_task(),
                what: seal(case, what, asked)?,
                owner: *owner,
                due: *due,
            }))
        }
        Act::FinishTask { task, how, .. } => {
            let open =
                |one: &&super::super::register::Task| one.number == *task && one.done.is_none();
            if !case.tasks.iter().any(|one| open(&one)) {
                return no("task", "There is no such task that is still open");
            }
            let how = seal(case, how, asked)?;
            Ok(Entry::TaskDone(TaskDone {
                case: case.number,
                task: *task,
                how,
            }))
        }
        Act::Link { other, .. } => link(case, *other, asked),
        Act::Close { outcome, .. } => Ok(Entry::Closed(Closed {
            case: case.number,
            outcome: seal(case, outcome, asked)?,
        })),
        Act::Reopen { why, .. } => {
            if !case.is_closed() {
                return no("case", "The case is open");
            }
            Ok(Entry::Reopened(Reopened {
                case: case.number,
                why: seal(case, why, asked)?,
            }))
        }
        Act::SetLesson {
            what, owner, due, ..
        } => {
            not_past(*due, asked)?;
            if !asked.setting.people.is_team(*owner, asked.today) {
                return no("owner", "Choose somebody who works here");
            }
            Ok(Entry::LessonSet(LessonSet {
                case: case.number,
                lesson: asked.setting.concerns.next_lesson(),
                what: seal(case, what, asked)?,
                owner: *owner,
                due: *due,
            }))
        }
        Act::Report(_)
        | Act::FinishLesson { .. }
        | Act::LowLevel(_)
        | Act::OwnDuty(_)
        | Act::Paper(_)
        | Act::Transfer(_)
        | Act::Keeping(_)
        | Act::HandOver(_) => no("case", "This is asked for elsewhere"),
    }
}

fn find<'a>(act: &Act, asked: &Asked<'a>) -> Result<&'a Case, Vec<Mistake>> {
    let number = match act {
        Act::TakeOn { case }
        | Act::AskNext { case }
        | Act::Write { case, .. }
        | Act::Share { case, .. }
        | Act::Unshare { case, .. }
        | Act::SetTask { case, .. }
        | Act::FinishTask { case, .. }
        | Act::Link { case, .. }
        | Act::Close { case, .. }
        | Act::Reopen { case, .. }
        | Act::SetLesson { case, .. } => *case,
        Act::Report(_)
        | Act::FinishLesson { .. }
        | Act::LowLevel(_)
        | Act::OwnDuty(_)
        | Act::Paper(_)
        | Act::Transfer(_)
        | Act::Keeping(_)
        | Act::HandOver(_) => 0,
    };
    match asked.setting.concerns.case(number) {
        Some(case) => Ok(case),
        None => no("case", "There is no such case"),
    }
}

fn seal<T: serde::Serialize>(
    case: &Case,
    value: &T,
    asked: &Asked<'_>,
) -> Result<Private<T>, Vec<Mistake>> {
    let sealed = asked.sealer.seal(&case.subject(), value);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

fn not_past(day: Date, asked: &Asked<'_>) -> Result<(), Vec<Mistake>> {
    if day < asked.today {
        return no("due", "Choose a day that is not in the past");
    }
    Ok(())
}

/// Only with somebody who works here or sits on the committee, and never with whom it is about.
fn share(case: &Case, person: Person, why: &str, asked: &Asked<'_>) -> Answer {
    let (people, today) = (&asked.setting.people, asked.today);
    let committee = crate::people::group::Group::Committee;
    if !people.is_team(person, today) && !people.is_of(person, committee, today) {
        return no(
            "person",
            "A case is shared with people who work here or sit on the committee. Give others what they need to know in another way, and write it down",
        );
    }
    if case.excluded.contains(&person) {
        return no("person", "This case can’t be shared with this person");
    }
    if circle::is_on(
        &Actor::person_only(person),
        case.number,
        asked.setting,
        today,
    ) {
        return no("person", "This person is on the case already");
    }
    Ok(Entry::Shared(Shared {
        case: case.number,
        person,
        why: seal_words(case, why, asked)?,
    }))
}

fn seal_words(case: &Case, words: &str, asked: &Asked<'_>) -> Result<Private, Vec<Mistake>> {
    let sealed = asked.sealer.seal_words(&case.subject(), words);
    sealed.map_err(|erased| vec![Mistake::from(erased)])
}

/// Whoever links is on both cases; who is on one only does not learn of the other.
fn link(case: &Case, other: u32, asked: &Asked<'_>) -> Answer {
    if !circle::is_on(asked.who, other, asked.setting, asked.today) || other == case.number {
        return no("other", "There is no such case");
    }
    if case.links.contains(&other) {
        return no("other", "The two cases are linked already");
    }
    Ok(Entry::Linked(Linked {
        case: case.number,
        other,
    }))
}

fn finish_lesson(lesson: u32, how: &str, asked: &Asked<'_>) -> Answer {
    let found = asked.setting.concerns.lesson(lesson);
    let Some(found) = found.filter(|found| found.done.is_none()) else {
        return no("lesson", "There is no such action that is still open");
    };
    let subject = super::super::register::subject(found.case);
    let how = asked
        .sealer
        .seal_words(&subject, how)
        .map_err(|erased| vec![Mistake::from(erased)])?;
    Ok(Entry::LessonDone(LessonDone {
        case: found.case,
        lesson,
        how,
    }))
}
