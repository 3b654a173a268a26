//! Everyday life: who signs in on which day. It varies with the day and the person, and is the same
//! each time the story is told.

use super::{
    accounts::{self, Holder},
    calendar::Days,
    names,
    stage::{By, Story},
};
use families::{access::acts::Act, spine::act::Act as AnyAct};
use kernel::moment::{Date, Moment};

/// A parent signs in on about one open day of so many.
const PARENT_EVERY: usize = 11;
/// One sign-in of so many has a mistyped password before it.
const MISTYPED_EVERY: usize = 97;

/// Every sign-in and sign-out up to yesterday.
pub(super) fn tell(story: &mut Story, days: &Days, holders: &[Holder]) {
    let mut count = 0_usize;
    for (number, day) in days.open_days().into_iter().enumerate() {
        for (place, holder) in holders.iter().enumerate() {
            let here = holder.opened < day && holder.until.is_none_or(|last| day <= last);
            if !here || !comes(holder.name, number, place) {
                continue;
            }
            count += 1;
            let at = morning(day, number, place, holder.name);
            if count.is_multiple_of(MISTYPED_EVERY) {
                accounts::failed(story, at, holder.name);
            }
            record(story, at.plus_minutes(1), holder.name, Act::RecordSignIn);
            if at_work(holder.name).is_some() {
                let stay = 470 + minutes(number * 13 + place * 7, 45);
                record(
                    story,
                    at.plus_minutes(stay),
                    holder.name,
                    Act::RecordSignOut,
                );
            }
        }
    }
}

fn record(story: &mut Story, at: Moment, name: &'static str, act: Act) {
    story.act(at, By::Person(name), |_| Ok(AnyAct::Access(act)));
}

/// On how many days of ten, for the team.
fn at_work(name: &str) -> Option<i64> {
    names::TEAM
        .iter()
        .find(|one| one.0 == name)
        .map(|one| one.3)
}

fn comes(name: &str, day: usize, place: usize) -> bool {
    match at_work(name) {
        Some(of_ten) => minutes(day * 7 + place * 3 + day / 10, 10) < of_ten,
        None => (day * 5 + place * 11 + day / PARENT_EVERY).is_multiple_of(PARENT_EVERY),
    }
}

/// The team in the morning, everybody else in the evening.
fn morning(day: Date, number: usize, place: usize, name: &str) -> Moment {
    let (hour, span) = match at_work(name) {
        Some(_) => (7, 55),
        None => (19, 110),
    };
    Moment::on(day, hour, 35).plus_minutes(minutes(number * 17 + place * 29, span))
}

fn minutes(number: usize, of: usize) -> i64 {
    i64::try_from(number % of).unwrap_or(0)
}
