//! Who may: one question, answered in one place. An act or a page states its need, a relation in
//! the setting's words; this file alone says who has it.

use super::{
    act::{Actor, Person, Proof, Room, Who},
    entry::{Entry, Recorded},
    setting::Setting,
};
use crate::{
    access,
    concerns::{self, circle},
    devices::{self, register::custody::Custody},
    monitor, notices,
    people::group::Group,
    roles::role::Role,
};
use kernel::moment::Date;

/// What it takes to ask for an act or to see a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// Everybody, signed in or not.
    Anyone,
    /// Anybody who has signed in.
    SignedIn,
    /// Whoever works here: staff, volunteers, students.
    Team,
    /// One of these groups.
    Of(Vec<Group>),
    /// This person.
    Oneself(Person),
    /// A parent or carer of this child.
    ParentOf(Person),
    /// Whoever works in this room.
    StaffOf(Room),
    /// Whoever works in a room of this person (a child, or that child's parent).
    RoomsOf(Person),
    /// Whoever holds one of these roles today.
    Holds(Vec<Role>),
    /// Whoever is on this case; for nobody else is it there at all.
    OnCase(u32),
    /// Whoever may know of this custody record, which hangs on no case; for nobody else is it there.
    Secured(u32),
    /// Whoever stands at a kiosk.
    Kiosk,
    /// This need, shown with two things: a passkey, or a password and a second step.
    Proven(Box<Need>),
    /// One of these needs.
    AnyOf(Vec<Need>),
    /// All of these needs.
    AllOf(Vec<Need>),
    /// The program itself, or whoever keeps the machine.
    Machine,
    /// Nobody has set this program up yet.
    FirstRun,
    /// Nobody at all.
    Nobody,
}

impl Need {
    /// The manager or the deputy manager.
    #[must_use]
    pub fn management() -> Need {
        Need::Holds(vec![Role::Manager, Role::DeputyManager])
    }

    /// Managers and safeguarding leads.
    #[must_use]
    pub fn leadership() -> Need {
        Need::Holds(vec![
            Role::Manager,
            Role::DeputyManager,
            Role::Lead,
            Role::DeputyLead,
        ])
    }
}

/// Why somebody may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAllowed {
    /// Whether signing in might help.
    pub sign_in: bool,
    /// Who may, as a phrase: "the manager or the deputy manager".
    pub who_may: String,
}

/// Whether this actor has this need, today.
///
/// # Errors
/// Who may.
pub fn permit(who: &Actor, need: &Need, setting: &Setting, today: Date) -> Result<(), NotAllowed> {
    // Whose access is suspended has no more than somebody who has not signed in.
    let suspended = |person| setting.procedure.is_suspended(person);
    let nobody = Actor::nobody();
    let acting = match who.who {
        Who::Person(person) if suspended(person) => &nobody,
        _ => who,
    };
    if has(acting, need, setting, today) {
        return Ok(());
    }
    Err(NotAllowed {
        sign_in: who.who == Who::Nobody,
        who_may: in_words(need),
    })
}

/// Whether somebody is one of those who have this need, for what others are told or may do: that
/// access is suspended does not show. Whether they may act themselves is asked of `permit`.
#[must_use]
pub fn is_one_of(person: Person, need: &Need, setting: &Setting, today: Date) -> bool {
    has(&Actor::person_only(person), need, setting, today)
}

fn has(who: &Actor, need: &Need, setting: &Setting, today: Date) -> bool {
    match need {
        Need::Anyone => true,
        Need::Nobody => false,
        Need::FirstRun => !setting.access.is_set_up(),
        Need::Machine => matches!(who.who, Who::Clock | Who::Keeper),
        Need::OnCase(case) => circle::is_on(who, *case, setting, today),
        Need::Secured(custody) => {
            let custody = setting.devices.custodies().find(*custody);
            custody.is_some_and(|custody| knows_of(who, custody, setting, today))
        }
        Need::Kiosk => {
            matches!(who.who, Who::Kiosk(number) if setting.access.kiosks().is_open(number))
        }
        Need::Proven(need) => who.proof == Proof::Two && has(who, need, setting, today),
        Need::AnyOf(needs) => needs.iter().any(|need| has(who, need, setting, today)),
        Need::AllOf(needs) => needs.iter().all(|need| has(who, need, setting, today)),
        Need::SignedIn
        | Need::Team
        | Need::Of(_)
        | Need::Oneself(_)
        | Need::ParentOf(_)
        | Need::StaffOf(_)
        | Need::RoomsOf(_)
        | Need::Holds(_) => match who.who {
            Who::Person(person) => {
                setting.people.is_here(person, today)
                    && (relates(person, need, setting, today) || is_lent(who, need))
            }
            Who::Keeper => matches!(need, Need::Holds(_)),
            Who::Nobody | Who::Kiosk(_) | Who::Clock => false,
        },
    }
}

/// Whether somebody may know of a custody record that hangs on no case: whoever has had the device
/// in hand for it, and whoever leads, but for those whom it may be about.
fn knows_of(who: &Actor, custody: &Custody, setting: &Setting, today: Date) -> bool {
    let apart = who
        .person()
        .is_some_and(|person| custody.apart.contains(&person));
    let had = custody.hands().map(Need::Oneself);
    let leads = (!apart).then(Need::leadership);
    has(
        who,
        &Need::AnyOf(had.chain(leads).collect()),
        setting,
        today,
    )
}

/// Whether a role that is lent by exceptional access answers the need.
fn is_lent(who: &Actor, need: &Need) -> bool {
    matches!(need, Need::Holds(roles) if roles.iter().any(|role| who.lent.contains(role)))
}

/// Whether a person who is here has a need that is a relation.
fn relates(person: Person, need: &Need, setting: &Setting, today: Date) -> bool {
    let people = &setting.people;
    match need {
        Need::SignedIn => true,
        Need::Team => people.is_team(person, today),
        Need::Of(groups) => groups
            .iter()
            .any(|group| people.is_of(person, *group, today)),
        Need::Oneself(other) => person == *other,
        Need::ParentOf(child) => people.is_parent_of(person, *child),
        Need::StaffOf(room) => {
            people.is_team(person, today) && people.rooms_of(person).contains(room)
        }
        Need::RoomsOf(other) => {
            people.is_team(person, today)
                && people
                    .rooms_of_family(*other)
                    .iter()
                    .any(|room| people.rooms_of(person).contains(room))
        }
        Need::Holds(roles) => roles
            .iter()
            .any(|role| setting.roles.holds(person, role, today)),
        Need::Anyone
        | Need::Nobody
        | Need::FirstRun
        | Need::Machine
        | Need::OnCase(_)
        | Need::Secured(_)
        | Need::Kiosk
        | Need::Proven(_)
        | Need::AnyOf(_)
        | Need::AllOf(_) => false,
    }
}

/// Who may look through the ledger: whoever leads, and those of the committee who watch over it.
/// Names are shown in it only as far as the reader may know them.
#[must_use]
pub fn need_for_activity() -> Need {
    let watching = Need::Holds(vec![Role::Chair, Role::NamedMember]);
    Need::AnyOf(vec![Need::leadership(), watching])
}

/// Who may see a line of the ledger at all. What was done in a case is seen by who is on it; who
/// reported it sees that.
#[must_use]
pub fn need_for_line(line: &Recorded) -> Need {
    match &line.entry {
        Some(Entry::Concerns(concerns::entries::Entry::Handed(_))) => concerns::handed::readers(),
        Some(Entry::Concerns(entry)) => {
            let on_case = Need::OnCase(entry.case());
            match (entry, line.by.person()) {
                (concerns::entries::Entry::Reported(_), Some(by)) => {
                    Need::AnyOf(vec![on_case, Need::Oneself(by)])
                }
                // Who is on one of two cases only does not learn of the other.
                (concerns::entries::Entry::Linked(linked), _) => {
                    Need::AllOf(vec![on_case, Need::OnCase(linked.other)])
                }
                _ => on_case,
            }
        }
        Some(Entry::Procedure(entry)) => entry.case().map_or(Need::Anyone, Need::OnCase),
        Some(Entry::Access(access::entries::Entry::Look(look))) => look.need(line.by.person()),
        Some(Entry::Access(access::entries::Entry::File(file))) => file.need(line.by.person()),
        // That somebody was told at once may give away of what: it is theirs alone to see.
        Some(Entry::Notices(notices::entries::Entry::Sent(sent))) => Need::Oneself(sent.person),
        Some(Entry::Notices(notices::entries::Entry::GivenUp(given_up))) => {
            Need::Oneself(given_up.person)
        }
        // Custody of what may be evidence is seen by who is on its case, or leads.
        Some(Entry::Devices(devices::entries::Entry::Custody(entry))) => {
            entry.need(line.by.person())
        }
        // What opened a case is for who is on it, and for who said it.
        Some(Entry::Filter(entry)) => entry.need(line.by.person()).unwrap_or(Need::Anyone),
        // Alerts, and who looked at what, are for whom they are for.
        Some(Entry::Monitor(entry)) => entry.need(line.by.person()).unwrap_or(Need::Anyone),
        None if line.kind.starts_with("concerns.")
            || line.kind.starts_with("procedure.")
            || line.kind.starts_with("devices.custody-")
            || line.kind.starts_with("filter.case-")
            || monitor::entries::is_apart(&line.kind) =>
        {
            Need::Nobody
        }
        Some(_) | None => Need::Anyone,
    }
}

/// Who may know the name of a person and open that person's page. Whoever works here or sits on
/// the committee is known to all who sign in; children and families to their own and to their rooms.
#[must_use]
pub fn need_to_know(person: Person, setting: &Setting, today: Date) -> Need {
    let people = &setting.people;
    if let Some(visit) = people.visit(person) {
        let now = Need::AnyOf(vec![Need::Team, Need::leadership()]);
        return if visit.day == today {
            now
        } else {
            need_for_past_visits()
        };
    }
    let mut needs = close(person, setting, today);
    if people.is_team(person, today) || people.is_of(person, Group::Committee, today) {
        needs.push(Need::SignedIn);
    }
    if !people.has_left(person, today) {
        needs.extend(people.rooms_of(person).iter().copied().map(Need::StaffOf));
    }
    Need::AnyOf(needs)
}

/// Who may know who visited on earlier days. Visitors of today are known to whoever works here.
#[must_use]
pub fn need_for_past_visits() -> Need {
    Need::management()
}

/// Who may know more than the name of a person: the date of birth, how to reach them, their first
/// and last day. Colleagues are not among them.
#[must_use]
pub fn need_for_details(person: Person, setting: &Setting, today: Date) -> Need {
    Need::AnyOf(close(person, setting, today))
}

/// Who may know that somebody is a parent or carer of a child. Other parents and carers of the
/// child are not among them: not every family lives in one home.
#[must_use]
pub fn need_for_tie(parent: Person, child: Person, setting: &Setting, today: Date) -> Need {
    let mut needs = vec![Need::Oneself(parent), Need::leadership()];
    needs.extend(staff_of(child, setting, today));
    Need::AnyOf(needs)
}

/// The person, whoever leads, a child's parents, and whoever works in the family's rooms.
fn close(person: Person, setting: &Setting, today: Date) -> Vec<Need> {
    let people = &setting.people;
    let mut needs = vec![Need::Oneself(person), Need::leadership()];
    if people.has_left(person, today) {
        return needs;
    }
    if people.groups(person).contains(&Group::Child) {
        needs.push(Need::ParentOf(person));
        needs.extend(staff_of(person, setting, today));
    }
    for child in people.children_of(person) {
        needs.extend(staff_of(child, setting, today));
    }
    needs
}

fn staff_of(child: Person, setting: &Setting, today: Date) -> Vec<Need> {
    if setting.people.has_left(child, today) {
        return Vec::new();
    }
    let rooms = setting.people.rooms_of(child).iter().copied();
    rooms.map(Need::StaffOf).collect()
}

/// Who has a need, as a phrase.
#[must_use]
pub fn in_words(need: &Need) -> String {
    match need {
        Need::Anyone => "everybody".to_owned(),
        Need::SignedIn => "people who have signed in".to_owned(),
        Need::Team => "people who work here".to_owned(),
        Need::Of(groups) => or(groups
            .iter()
            .map(|group| group.in_words().to_owned())
            .collect()),
        Need::Oneself(_) => "the person whom it is about".to_owned(),
        Need::ParentOf(_) => "the child’s parents and carers".to_owned(),
        Need::StaffOf(_) | Need::RoomsOf(_) => "people who work in the room".to_owned(),
        Need::Holds(_) => or(names(need)),
        Need::AnyOf(needs) | Need::AllOf(needs) => {
            let mut all = Vec::new();
            for name in needs.iter().flat_map(names) {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
            or(all)
        }
        Need::OnCase(_) | Need::Secured(_) => "people whom it concerns".to_owned(),
        Need::Kiosk => "somebody at a kiosk".to_owned(),
        Need::Proven(need) => format!("{}, with a second step", in_words(need)),
        Need::Machine => "the program itself".to_owned(),
        Need::FirstRun => "whoever sets up a new Stairgate".to_owned(),
        Need::Nobody => "nobody".to_owned(),
    }
}

/// Everybody who has a need, one by one.
fn names(need: &Need) -> Vec<String> {
    match need {
        Need::Holds(roles) => roles
            .iter()
            .map(|role| format!("the {}", role.in_words()))
            .collect(),
        Need::AnyOf(needs) | Need::AllOf(needs) => needs.iter().flat_map(names).collect(),
        Need::Anyone
        | Need::SignedIn
        | Need::Team
        | Need::Of(_)
        | Need::Oneself(_)
        | Need::ParentOf(_)
        | Need::StaffOf(_)
        | Need::RoomsOf(_)
        | Need::OnCase(_)
        | Need::Secured(_)
        | Need::Kiosk
        | Need::Proven(_)
        | Need::Machine
        | Need::FirstRun
        | Need::Nobody => vec![in_words(need)],
    }
}

/// "a, b or c".
#[must_use]
pub fn or(mut names: Vec<String>) -> String {
    let last = names.pop().unwrap_or_default();
    if names.is_empty() {
        last
    } else {
        format!("{} or {last}", names.join(", "))
    }
}
