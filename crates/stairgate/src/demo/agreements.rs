//! Agreements: issued after each version of the policy, signed by everybody in their own way, with a
//! few families still to sign; newcomers taken through; pictures at events.

use super::{
    accounts::Holder,
    calendar::Days,
    names,
    stage::{By, Story},
};
use families::{
    agreements::{
        acts::{Act, Hand},
        asks, induction,
    },
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Person},
        view::View,
    },
};
use kernel::moment::{Date, Moment, plus_days};

const MANAGER: By = By::Person(names::MANAGER);
const LEAD: By = By::Person(names::DEPUTY_MANAGER);
/// So many families have still to sign.
const UNSIGNED: usize = 4;

/// Everything about agreements.
pub(super) fn tell(story: &mut Story, days: &Days, holders: &[Holder]) {
    version(story, days, days.after(12, 10, 0).date(), holders);
    version(story, days, days.day_ago(170), holders);
    for ago in [120, 75, 40, 12] {
        on_paper(story, Moment::on(days.day_ago(ago), 16, 40), 0);
    }
    children(story, Moment::on(days.day_ago(150), 11, 0));
    induct(story, days);
    events(story, days);
}

/// Each agreement is issued; the team and parents with an account sign there, the others on paper.
fn version(story: &mut Story, days: &Days, day: Date, holders: &[Holder]) {
    story.look(Moment::on(day, 10, 0), MANAGER, |view, _| {
        let due = |group: &Group| asks::to_issue(view.setting, *group).is_some();
        let issue = |group| {
            AnyAct::Agreements(Act::Issue {
                group,
                intro: "This is what we ask of each other, so that children are safe online and on our devices.".to_owned(),
            })
        };
        Ok(Group::ALL.into_iter().filter(due).map(issue).collect())
    });
    for (place, holder) in (0_i64..).zip(holders) {
        let on = plus_days(day, 1 + place % 9);
        let name = holder.name;
        if on < holder.opened || on >= days.today || holder.until.is_some_and(|last| last < on) {
            continue;
        }
        let minute = i8::try_from(place % 60).unwrap_or(0);
        story.look(
            Moment::on(on, 12, minute),
            By::Person(name),
            move |view, cast| {
                let person = cast.of(name)?;
                let open = to_sign(view, person);
                let sign = |(group, version)| {
                    let hand = Hand {
                        name: Some(name.to_owned()),
                        drawn: None,
                        language: "en".to_owned(),
                    };
                    AnyAct::Agreements(Act::Sign {
                        group,
                        version,
                        hand,
                    })
                };
                Ok(open.into_iter().map(sign).collect())
            },
        );
    }
    on_paper(story, Moment::on(plus_days(day, 10), 16, 0), UNSIGNED);
}

fn to_sign(view: &View<'_>, person: Person) -> Vec<(Group, u32)> {
    let Some(bound) = asks::in_force(view.in_force) else {
        return Vec::new();
    };
    let open = asks::to_sign(view.setting, bound, person, view.today);
    open.into_iter()
        .map(|open| (open.group, open.version))
        .collect()
}

/// Whoever has no account signs on paper; so many families do not, and are asked again later.
fn on_paper(story: &mut Story, at: Moment, but: usize) {
    story.look(at, LEAD, move |view, _| {
        let mut acts = Vec::new();
        let mut left = but;
        for person in view.setting.people.here(view.today) {
            if view.setting.access.has_account(person) {
                continue;
            }
            for (group, _) in to_sign(view, person) {
                if group == Group::Child {
                    continue;
                }
                if group == Group::Parent && left > 0 {
                    left -= 1;
                    continue;
                }
                acts.push(paper(person, group, view.today));
            }
        }
        Ok(acts)
    });
}

fn paper(person: Person, group: Group, on: Date) -> AnyAct {
    AnyAct::Agreements(Act::RecordPaper {
        person,
        group,
        on,
        scan: None,
    })
}

/// Somebody who begins signs on paper before an account is opened.
pub(super) fn before_account(story: &mut Story, at: Moment, name: &'static str) {
    story.look(at, MANAGER, move |view, cast| {
        let person = cast.of(name)?;
        let open = to_sign(view, person).into_iter();
        Ok(open
            .map(|(group, _)| paper(person, group, view.today))
            .collect())
    });
}

/// The children go through theirs with the people of their rooms.
fn children(story: &mut Story, at: Moment) {
    story.look(at, LEAD, |view, _| {
        let all: Vec<Person> = view.setting.people.of(Group::Child, view.today).collect();
        let mut acts = Vec::new();
        for child in all {
            for (_, version) in to_sign(view, child) {
                acts.push(AnyAct::Agreements(Act::SignTogether {
                    child,
                    version,
                    picture: Some("sun".to_owned()),
                    drawn: None,
                }));
            }
        }
        Ok(acts)
    });
}

/// Those who have been here for a while have finished; the newest has begun.
fn induct(story: &mut Story, days: &Days) {
    story.look(days.ago(2, 16, 0), MANAGER, |view, cast| {
        let newest = cast.of(names::NEW_PRACTITIONER)?;
        let Some(items) = induction::in_force(view.in_force) else {
            return Ok(Vec::new());
        };
        let mut acts = Vec::new();
        for (person, _) in induction::starters(view.setting, view.today) {
            let open = induction::of(view.setting, &items, person, view.today);
            let some = if person == newest { 2 } else { open.len() };
            for item in open.iter().filter(|item| item.done.is_none()).take(some) {
                acts.push(AnyAct::Agreements(Act::InductionDone {
                    person,
                    item: item.words.clone(),
                }));
            }
        }
        Ok(acts)
    });
}

/// The summer fair has passed; a play comes up.
fn events(story: &mut Story, days: &Days) {
    let plan = |name: &str, day| Act::PlanEvent {
        name: name.to_owned(),
        day,
        rooms: Vec::new(),
    };
    let fair = plan("Summer fair", days.day_ago(139));
    story.act(days.ago(160, 10, 0), MANAGER, |_| {
        Ok(AnyAct::Agreements(fair))
    });
    story.look(days.ago(150, 16, 30), LEAD, |view, _| {
        let people = &view.setting.people;
        let mut acts = Vec::new();
        let all: Vec<Person> = people.of(Group::Child, view.today).collect();
        for (place, child) in all.into_iter().enumerate() {
            let parent = people
                .parents_of(child)
                .find(|tie| tie.responsibility)
                .map(|tie| tie.parent);
            if let Some(parent) = parent {
                let allowed = place % 13 != 5;
                acts.push(AnyAct::Agreements(Act::RecordPermission {
                    child,
                    parent,
                    allowed,
                }));
            }
        }
        Ok(acts)
    });
    story.act(days.ago(139, 14, 0), By::Person(names::ROOM_LEADER), |_| {
        Ok(AnyAct::Agreements(Act::ReadAnnouncement { event: 1 }))
    });
    let play = plan("Winter play", plus_days(days.today, 16));
    story.act(days.ago(8, 10, 0), MANAGER, |_| {
        Ok(AnyAct::Agreements(play))
    });
}
