//! The demo is what it promises to be, on whatever day it is built.

use super::*;
use families::{concerns::transfer::register::State, people::group::Group};
use jiff::civil::date;
use kernel::{moment::Date, standing::Standing};
use std::collections::BTreeSet;

fn built(now: Moment) -> (tempfile::TempDir, Desk) {
    let kept = tempfile::tempdir().unwrap();
    let desk = build(&Folder::at(kept.path(), None), now).unwrap();
    (kept, desk)
}

fn here(desk: &Desk, group: Group, today: Date) -> usize {
    desk.state().setting.people.of(group, today).count()
}

fn has_promised_people(desk: &Desk, today: Date) {
    let counts = [
        (Group::Child, 60),
        (Group::Staff, 12),
        (Group::Volunteer, 2),
        (Group::Student, 1),
        (Group::Parent, 90),
        (Group::Committee, 5),
    ];
    for (group, count) in counts {
        assert_eq!(here(desk, group, today), count, "{group:?} on {today}");
    }
    assert_eq!(desk.state().setting.people.rooms().count(), 4);
}

#[test]
fn the_demo_is_built_by_acts_alone_and_its_ledger_checks() {
    let now = Moment::on(date(2026, 11, 25), 12, 0);
    let (_kept, desk) = built(now);
    has_promised_people(&desk, now.date());
    let checked = ledger::check::check(desk.store(), &[]).unwrap();
    assert_eq!(checked.head, desk.head());
    let entries = desk.head().seq;
    assert!((6_000..=10_000).contains(&entries), "{entries} entries");
    let standings = desk.standings(now.date());
    let counts = standings.counts();
    for standing in Standing::ALL {
        assert!(counts.of(standing) > 0, "nothing is {standing:?}");
    }
    let state = desk.state();
    let setting = &state.setting;
    assert_eq!(setting.policy.versions().len(), 2);
    assert!(
        setting
            .policy
            .draft()
            .unwrap()
            .is_open_for_comment(now.date())
    );
    assert_eq!(state.in_force.open_choices().len(), 2);
    assert_eq!(setting.data.erased().count(), 1);
    assert_eq!(setting.data.holds().count(), 1);
    assert_eq!(setting.roles.unmet().count(), 1);
    assert_eq!(setting.roles.needs().len(), 2);
    assert!(setting.roles.reports().len() >= 4);
    assert!(state.history.len() > 70, "a year and a half of Mondays");
}

#[test]
fn a_file_has_arrived_elsewhere_one_is_waited_for_and_one_has_come_in() {
    let now = Moment::on(date(2026, 11, 25), 12, 0);
    let kept = tempfile::tempdir().unwrap();
    let folder = Folder::at(kept.path(), None);
    folder.make().unwrap();
    let desk = open(&folder).unwrap();
    let days = Days::until(now);
    set_up(&desk, &days, "$argon2id$invented").unwrap();
    let families = names::families().unwrap();
    let mut story = Story::default();
    people::tell(&mut story, &days, &families);
    policy::tell(&mut story, &days);
    roles::tell(&mut story, &days);
    concerns::tell(&mut story, &days, now);
    transfers::tell(&mut story, &days, &folder);
    story.perform(&desk, MANAGER, now).unwrap();
    let state = desk.state();
    let concerns = &state.setting.concerns;
    let sent = concerns.transfers().all_out();
    let sent: Vec<State> = sent.map(|out| out.state(now.date())).collect();
    assert_eq!(sent, [State::Confirmed, State::Open]);
    let came = concerns.transfers().all_inward();
    assert_eq!(came.filter(|file| file.waits()).count(), 1);
    assert_eq!(concerns.case(5).unwrap().papers.len(), 2);
}

#[test]
fn the_same_day_gives_the_same_number_of_entries() {
    let now = Moment::on(date(2026, 11, 25), 12, 0);
    let (_first_kept, first) = built(now);
    let (_second_kept, second) = built(now);
    assert_eq!(first.head().seq, second.head().seq);
}

#[test]
fn the_demo_can_be_built_on_any_day_of_the_year() {
    // Each day of the week is among them: what is some days ago moves before weekends.
    let days = [
        date(2026, 1, 21),
        date(2026, 6, 20),
        date(2026, 7, 26),
        date(2026, 9, 1),
        date(2026, 9, 17),
        date(2026, 11, 27),
        date(2026, 11, 30),
        date(2028, 2, 29),
    ];
    for day in days {
        let now = Moment::on(day, 0, 20);
        let (_kept, desk) = built(now);
        has_promised_people(&desk, day);
        let counts = desk.standings(day).counts();
        for standing in [Standing::Met, Standing::Due, Standing::Breached] {
            assert!(counts.of(standing) > 0, "nothing is {standing:?} on {day}");
        }
    }
}

#[test]
fn each_account_to_try_can_be_signed_in_to() {
    let now = Moment::on(date(2026, 11, 25), 12, 0);
    let (_kept, desk) = built(now);
    desk.view(&Actor::person_only(MANAGER), now, "", None, |view| {
        for account in accounts::to_try() {
            let access = &view.setting.access;
            let person = access
                .find_user(|user| view.open(user).as_deref() == Some(account.user.as_str()))
                .unwrap_or_else(|| panic!("{} has no account", account.role));
            assert!(view.setting.people.is_here(person, view.today));
            let name = view
                .setting
                .people
                .name(person)
                .and_then(|name| view.open(name));
            assert_eq!(name, Some(account.name));
            assert!(
                access.hash(person).is_some(),
                "{} has no password",
                account.role
            );
        }
    })
    .unwrap();
}

#[test]
fn a_demo_that_was_stopped_while_it_was_built_is_built_again() {
    let kept = tempfile::tempdir().unwrap();
    let folder = Folder::at(kept.path(), None);
    let now = Moment::on(date(2026, 11, 25), 12, 0);
    drop(build(&folder, now).unwrap());
    assert!(kept.path().join(UNFINISHED).exists());
    let again = build(&folder, now).unwrap();
    has_promised_people(&again, now.date());
}

#[test]
fn everybody_has_a_name_of_their_own_and_numbers_are_kept_for_stories() {
    let families = names::families().unwrap();
    let mut all: Vec<&str> = names::TEAM.iter().map(|one| one.0).collect();
    all.extend([names::CHAIR, names::NAMED_MEMBER, names::MEMBER]);
    for family in &families {
        all.extend(family.adults.iter().map(|adult| adult.name));
        all.extend(family.children.iter().map(|child| child.name));
    }
    let once: BTreeSet<String> = all.iter().map(|name| accounts::user_name(name)).collect();
    assert_eq!(once.len(), all.len());
    assert!(once.iter().all(|user| (3..=40).contains(&user.len())));
}
