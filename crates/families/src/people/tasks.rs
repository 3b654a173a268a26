//! What is done when somebody is taken on, and when somebody leaves: read from how things stand, not
//! ticked by hand. Each family adds its lines through one function in a list below, so that nothing
//! here needs to know everybody.

use super::group::Group;
use crate::{
    access,
    spine::{act::Person, page::address, view::View},
};
use kernel::moment::date_in_words;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub title: String,
    /// More words; may be empty.
    pub hint: String,
    /// Where it is done.
    pub at: String,
    /// How far it is.
    pub stands: Stands,
}

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is done.
    Done,
    /// It is to be done.
    ToDo,
    /// It can be done, and need not be.
    IfNeeded,
    /// It can’t be done yet.
    NotYet,
}

/// The lines of one family about somebody.
pub type Tasks = fn(&View<'_>, Person) -> Vec<Task>;

/// When somebody is taken on, in the order in which it is done.
pub const TAKING_ON: &[Tasks] = &[
    details, rooms, family, roles, agreements, induction, account,
];

/// When somebody leaves.
pub const LEAVING: &[Tasks] = &[
    last_day,
    roles_given_on,
    account_closed,
    access::tasks::leaving,
    families_end,
    erasure,
];

/// All lines of a list about somebody.
#[must_use]
pub fn all(list: &[Tasks], view: &View<'_>, person: Person) -> Vec<Task> {
    list.iter().flat_map(|tasks| tasks(view, person)).collect()
}

impl Task {
    /// A line that is done, or is to be done.
    #[must_use]
    pub fn new(title: impl Into<String>, at: impl Into<String>, done: bool) -> Task {
        Task {
            title: title.into(),
            hint: String::new(),
            at: at.into(),
            stands: if done { Stands::Done } else { Stands::ToDo },
        }
    }

    /// With more words.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Task {
        Task {
            hint: hint.into(),
            ..self
        }
    }

    /// With another word about how far it is, unless it is done.
    #[must_use]
    pub fn unless_done(self, stands: Stands) -> Task {
        match self.stands {
            Stands::Done => self,
            Stands::ToDo | Stands::IfNeeded | Stands::NotYet => Task { stands, ..self },
        }
    }
}

fn at(person: Person, form: &str) -> String {
    format!("/people/{person}/{form}")
}

fn is_child(view: &View<'_>, person: Person) -> bool {
    view.setting.people.groups(person).contains(&Group::Child)
}

fn is_team(view: &View<'_>, person: Person) -> bool {
    let groups = view.setting.people.groups(person);
    Group::TEAM.iter().any(|group| groups.contains(group))
}

fn details(view: &View<'_>, person: Person) -> Vec<Task> {
    let people = &view.setting.people;
    if is_child(view, person) {
        let born = people.born(person).is_some();
        return vec![Task::new("Date of birth", at(person, "change"), born)];
    }
    let has = |words: Option<&kernel::sealed::Private<String>>| {
        words
            .and_then(|words| view.open(words))
            .is_some_and(|words| !words.is_empty())
    };
    vec![
        Task::new(
            "Email address",
            at(person, "contact"),
            has(people.email(person)),
        ),
        Task::new(
            "Telephone number",
            at(person, "contact"),
            has(people.phone(person)),
        ),
    ]
}

fn rooms(view: &View<'_>, person: Person) -> Vec<Task> {
    let placed = !view.setting.people.rooms_of(person).is_empty();
    let task = Task::new("Rooms", at(person, "rooms"), placed);
    if is_child(view, person) {
        return vec![task];
    }
    if is_team(view, person) {
        let hint = "Whoever works in a room sees its children and their parents and carers";
        return vec![task.hint(hint).unless_done(Stands::IfNeeded)];
    }
    Vec::new()
}

fn family(view: &View<'_>, person: Person) -> Vec<Task> {
    let people = &view.setting.people;
    if is_child(view, person) {
        let tied = people.parents_of(person).next().is_some();
        return vec![Task::new("Parents and carers", at(person, "tie"), tied)];
    }
    if people.groups(person).contains(&Group::Parent) {
        let tied = people.children_of(person).next().is_some();
        let hint = "Open the record of the child and add this person there";
        return vec![Task::new("Their children", "/people?group=child", tied).hint(hint)];
    }
    Vec::new()
}

fn roles(view: &View<'_>, person: Person) -> Vec<Task> {
    if is_child(view, person) {
        return Vec::new();
    }
    let held = view.setting.roles.roles_of(person, view.today);
    let names: Vec<String> = held.iter().map(|role| role.in_words()).collect();
    let task = Task::new("Roles", "/roles", !held.is_empty());
    vec![task.hint(names.join(", ")).unless_done(Stands::IfNeeded)]
}

fn agreements(view: &View<'_>, person: Person) -> Vec<Task> {
    let agreements = &view.setting.agreements;
    let groups = view.setting.people.groups(person);
    let asked = groups
        .into_iter()
        .filter_map(|group| Some((group, agreements.current(group)?)));
    asked
        .map(|(group, version)| {
            let signed = agreements
                .signed(person, group, version.says.number)
                .is_some();
            let title = format!("Agreement for {} signed", group.in_words());
            Task::new(title, format!("/agreements/{}", group.key()), signed)
        })
        .collect()
}

fn induction(view: &View<'_>, person: Person) -> Vec<Task> {
    if !is_team(view, person)
        || !view
            .in_force
            .running()
            .iter()
            .any(|running| running.id == "agreements.induction")
    {
        return Vec::new();
    }
    let seen = view.setting.agreements.started().seen(person).is_some();
    vec![Task::new("Induction", format!("/induction/{person}"), seen)]
}

fn account(view: &View<'_>, person: Person) -> Vec<Task> {
    if is_child(view, person) {
        return Vec::new();
    }
    let access = &view.setting.access;
    let open = address(
        "/settings/accounts/open",
        &[("person", &person.to_string())],
    );
    let has = access.has_account(person);
    let taken_up = access.last_sign_in(person).is_some();
    let mut tasks = vec![Task::new("Account", open, has)];
    if has {
        tasks.push(Task::new("First sign-in", "/settings/accounts", taken_up));
        let steps = access
            .steps(person)
            .is_some_and(crate::access::register::steps::Steps::any);
        let task = Task::new("Second step when signing in", "/settings/accounts", steps);
        tasks.push(task.hint("They set it up themselves, on their own account page"));
    }
    tasks
}

fn last_day(view: &View<'_>, person: Person) -> Vec<Task> {
    let last = view.setting.people.last_day(person);
    let task = Task::new(
        "Last day recorded",
        format!("{}#last", at(person, "leaving")),
        last.is_some(),
    );
    vec![task.hint(last.map_or_else(String::new, date_in_words))]
}

fn roles_given_on(view: &View<'_>, person: Person) -> Vec<Task> {
    let held = view
        .setting
        .roles
        .holdings()
        .iter()
        .filter(|held| held.person == person);
    let held = held.filter(|held| held.last_day().is_none_or(|last| view.today <= last));
    held.map(|held| {
        let title = format!("Give on: {}", held.role.in_words());
        let task = Task::new(title, "/roles", false);
        match held.last_day() {
            Some(last) => task.hint(format!("It ends on {}", date_in_words(last))),
            None => task,
        }
    })
    .collect()
}

fn account_closed(view: &View<'_>, person: Person) -> Vec<Task> {
    let setting = view.setting;
    if !setting.access.has_account(person) {
        return Vec::new();
    }
    let gone = setting.people.has_gone(person, view.today);
    let task = Task::new(
        "Access has ended",
        format!("{}#last", at(person, "leaving")),
        gone,
    );
    vec![task.hint("With it, everything that is open on their devices")]
}

/// What the leaving of a child means for the parents, and that of a parent for the children.
fn families_end(view: &View<'_>, person: Person) -> Vec<Task> {
    let people = &view.setting.people;
    let parents = people.parents_of(person).map(|tie| tie.parent);
    parents
        .map(|parent| {
            let ends = !people.is_parent_here(parent, view.today);
            let gone = people.has_gone(person, view.today);
            let title = format!("Membership of {}", view.name(parent));
            let hint = if ends {
                "It has ended with this child"
            } else if gone {
                "It goes on: another child of theirs is here"
            } else {
                "It ends with this child, unless a brother or sister stays"
            };
            let task = Task::new(title, format!("/people/{parent}"), gone).hint(hint);
            task.unless_done(Stands::NotYet)
        })
        .collect()
}

fn erasure(view: &View<'_>, person: Person) -> Vec<Task> {
    let left = view.setting.people.has_left(person, view.today);
    let hold = view.setting.data.hold(person).is_some();
    let task = Task::new(
        "Erase what is kept, when the time for keeping has ended",
        at(person, "erase"),
        false,
    );
    if hold {
        return vec![task.hint("A hold stops it").unless_done(Stands::NotYet)];
    }
    vec![task.unless_done(if left {
        Stands::IfNeeded
    } else {
        Stands::NotYet
    })]
}
