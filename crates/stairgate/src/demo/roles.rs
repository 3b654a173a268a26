//! Who leads and who oversees: roles with their dates, a deputy who changes, what each role has read,
//! reports each term, meetings, hours and means.

use super::{
    calendar::{Days, minus, plus},
    names,
    stage::{By, Story},
};
use families::{
    roles::{
        acts::{Act, NewMeeting, NewReport},
        entries::Listener,
        lists,
        role::Role,
    },
    spine::act::Act as AnyAct,
};
use jiff::ToSpan;
use kernel::moment::{Date, Moment};

const MANAGER: By = By::Person(names::MANAGER);

/// Roles from the beginning.
const GIVEN: [(Role, &str); 11] = [
    (Role::DeputyManager, names::DEPUTY_MANAGER),
    (Role::Lead, names::DEPUTY_MANAGER),
    (Role::DeputyLead, names::LEAVER),
    (Role::OnlineSafetyLead, names::ROOM_LEADER),
    (Role::TechnicalLead, names::TECHNICAL_LEAD),
    (Role::RoomLeader, names::DEPUTY_LEAD),
    (Role::RoomLeader, names::ROOM_LEADER),
    (Role::RoomLeader, "Ruth Abernethy"),
    (Role::RoomLeader, "Harpreet Dhillon"),
    (Role::Chair, names::CHAIR),
    (Role::NamedMember, names::NAMED_MEMBER),
];

/// Hours set aside each week, and what else.
const CAPACITY: [(Role, &str, u16, &str); 4] = [
    (
        Role::Lead,
        names::MANAGER,
        6,
        "A room of one’s own on Thursdays",
    ),
    (
        Role::Lead,
        names::DEPUTY_MANAGER,
        4,
        "A laptop for case work",
    ),
    (
        Role::DeputyLead,
        names::LEAVER,
        3,
        "The county’s course each year",
    ),
    (
        Role::OnlineSafetyLead,
        names::ROOM_LEADER,
        2,
        "Cover in the room on Tuesdays",
    ),
];

/// Those who read again what their role answers for after each version; the technical lead has yet to.
const READERS: [(Role, &str); 9] = [
    (Role::Manager, names::MANAGER),
    (Role::Lead, names::MANAGER),
    (Role::DeputyManager, names::DEPUTY_MANAGER),
    (Role::Lead, names::DEPUTY_MANAGER),
    (Role::DeputyLead, names::DEPUTY_LEAD),
    (Role::OnlineSafetyLead, names::ROOM_LEADER),
    (Role::RoomLeader, "Ruth Abernethy"),
    (Role::Chair, names::CHAIR),
    (Role::NamedMember, names::NAMED_MEMBER),
];

/// What is said in reports, and what was decided; one for each, from the first again after the last.
const SAID: [(&str, &str, &str); 3] = [
    (
        "The new tablets are in use in all rooms. Two parents asked about pictures in the journal; both were content with the answer.",
        "Money for cases that children can hold on to.",
        "The committee agreed to buy cases for all tablets.",
    ),
    (
        "A quiet term. The filter held back three advertisements; none was seen by a child.",
        "Time for the whole team to meet about online safety once a term.",
        "The first training day of each term keeps an hour for it.",
    ),
    (
        "The policy is being looked at again. Most of the team have read it; those who joined lately are reading it now.",
        "Nothing this time.",
        "The report was noted. Nothing had to be decided.",
    ),
];

/// What the lead and the committee member talked about.
const TALKED: [(&str, &str); 3] = [
    (
        "How the team uses tablets, and what parents ask most.",
        "To bring a one-page summary for parents to the next meeting.",
    ),
    (
        "The report of last term, and training for those who joined.",
        "To book the county’s course for two people.",
    ),
    (
        "Visitors’ phones, and what happens when the chest is full.",
        "To buy a second chest.",
    ),
];

/// Everything about roles.
pub(super) fn tell(story: &mut Story, days: &Days) {
    for (minute, (role, name)) in (0..).zip(GIVEN) {
        give(story, days.after(0, 13, minute), role, name);
    }
    reach(
        story,
        days.after(0, 13, 30),
        names::MANAGER,
        "In the office, or 01632 960115 at any time",
    );
    reach(
        story,
        days.after(0, 13, 31),
        names::DEPUTY_MANAGER,
        "In the office, or 01632 960116",
    );
    for (minute, set) in (0..).zip(CAPACITY) {
        capacity(story, days.after(10, 15, minute), set);
    }
    // The deputy leaves, and for two weeks there is none.
    give(
        story,
        days.ago(237, 10, 0),
        Role::DeputyLead,
        names::DEPUTY_LEAD,
    );
    reach(
        story,
        days.ago(237, 10, 5),
        names::DEPUTY_LEAD,
        "In the Bluebell Room, or 01632 960117",
    );
    let set = (
        Role::DeputyLead,
        names::DEPUTY_LEAD,
        3,
        "The county’s course each year",
    );
    capacity(story, days.ago(236, 10, 0), set);
    lists_read(story, days);
    oversight(story, days);
    needs(story, days);
}

fn act(story: &mut Story, at: Moment, by: By, act: Act) {
    story.act(at, by, |_| Ok(AnyAct::Roles(act)));
}

fn give(story: &mut Story, at: Moment, role: Role, name: &'static str) {
    story.act(at, MANAGER, move |cast| {
        Ok(AnyAct::Roles(Act::Give {
            role,
            person: cast.of(name)?,
            from: None,
        }))
    });
}

fn reach(story: &mut Story, at: Moment, name: &'static str, reach: &'static str) {
    story.act(at, By::Person(name), move |cast| {
        Ok(AnyAct::Roles(Act::SetReach {
            person: cast.of(name)?,
            reach: Some(reach.to_owned()),
        }))
    });
}

fn capacity(story: &mut Story, at: Moment, set: (Role, &'static str, u16, &'static str)) {
    let (role, name, hours, means) = set;
    story.act(at, MANAGER, move |cast| {
        Ok(AnyAct::Roles(Act::SetCapacity {
            role,
            person: cast.of(name)?,
            hours,
            means: Some(means.to_owned()),
        }))
    });
}

/// Each holder of a role reads its list after each version, and the new deputy when it begins.
fn lists_read(story: &mut Story, days: &Days) {
    for (place, (role, name)) in (0_i8..).zip(READERS) {
        read_list(story, days.after(8, 16, place), role.clone(), name);
        read_list(story, days.ago(228, 16, place), role.clone(), name);
        read_list(story, days.ago(174, 16, place), role, name);
    }
    let (role, name) = (Role::DeputyLead, names::LEAVER);
    read_list(story, days.after(8, 16, 20), role, name);
    let (role, name) = (Role::TechnicalLead, names::TECHNICAL_LEAD);
    read_list(story, days.after(8, 16, 21), role, name);
}

/// Where the policy gives the role a list that its holder has not read.
fn read_list(story: &mut Story, at: Moment, role: Role, name: &'static str) {
    story.look(at, By::Person(name), move |view, cast| {
        let roles = &view.setting.roles;
        let person = cast.of(name)?;
        let list = lists::of_role(view.in_force, &role)
            .map(|list| list.digest())
            .filter(|digest| !roles.has_read(person, &role, digest))
            .filter(|_| roles.holds(person, &role, view.today));
        let read = |digest| AnyAct::Roles(Act::Acknowledge { role, digest });
        Ok(list.map(read).into_iter().collect())
    });
}

/// A report at the end of each term, presented two weeks into the next, and a meeting in the middle.
fn oversight(story: &mut Story, days: &Days) {
    let said = (0_usize..).zip(SAID.iter().cycle().zip(TALKED.iter().cycle()));
    for (term, (place, (report, talked))) in days.terms().into_iter().zip(said) {
        let number = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
        let made = Moment::on(minus(term.last, 2), 15, 0);
        let (says, asks, decided) = *report;
        let new = NewReport {
            to: Some(made.date()),
            says: Some(says.to_owned()),
            asks: Some(asks.to_owned()),
            ..NewReport::default()
        };
        act(
            story,
            made,
            By::Person(names::NAMED_MEMBER),
            Act::MakeReport(new),
        );
        let present = Act::PresentReport {
            report: number,
            on: None,
            to: Listener::Committee,
            decided: decided.to_owned(),
        };
        let presented = Moment::on(plus(term.last, 19), 20, 0);
        act(story, presented, By::Person(names::NAMED_MEMBER), present);
        let middle = middle(term.first, term.last);
        if middle > plus(days.start, 20) {
            meet(story, Moment::on(middle, 16, 0), place, talked);
        }
    }
}

fn middle(first: Date, last: Date) -> Date {
    let days = i64::from((last - first).get_days() / 2);
    first.checked_add(days.days()).unwrap_or(last)
}

fn meet(story: &mut Story, at: Moment, place: usize, talked: &'static (&str, &str)) {
    // The second meeting raises a need.
    let missing = (place == 1).then(|| "Cover for the lead on the day of case work".to_owned());
    story.act(at, MANAGER, move |cast| {
        Ok(AnyAct::Roles(Act::RecordMeeting(NewMeeting {
            on: None,
            lead: cast.of(names::MANAGER)?,
            with: cast.of(names::NAMED_MEMBER)?,
            talked: talked.0.to_owned(),
            agreed: Some(talked.1.to_owned()),
            suffices: Some(missing.is_none()),
            missing,
        })))
    });
    if place == 1 {
        let meet = Act::MeetNeed {
            need: 1,
            how: "The committee pays for four hours of cover each week.".to_owned(),
        };
        act(
            story,
            at.plus_hours(24 * 20),
            By::Person(names::CHAIR),
            meet,
        );
    }
}

/// A need that is still open.
fn needs(story: &mut Story, days: &Days) {
    let answer = Act::AnswerCapacity {
        suffices: false,
        missing: Some(
            "A second locked drawer, so that case files of two rooms lie apart".to_owned(),
        ),
    };
    act(
        story,
        days.ago(9, 15, 30),
        By::Person(names::DEPUTY_LEAD),
        answer,
    );
}
