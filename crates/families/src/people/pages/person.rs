//! The record of a person: who it is, the family, the rooms, the roles, the account, and what stops
//! erasure. Each part is there only for who may know it.

use super::known;
use crate::{
    people::{acts::for_language, group::Group, register::Tie},
    spine::{
        act::Person,
        page::{Page, Params, Shown, address},
        permit::Need,
        tongue::Tongue,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The record of a person.
pub(super) const PERSON: Page = Page {
    path: "/people/{person}",
    title: "A person",
    menu: 0,
    help: "The bar at the top says whose record this is. Look at it before you change anything.\nWhat you see depends on who you are: everybody who signs in knows the names of people who work here; only managers, safeguarding leads, people who work in the family’s room and the family itself see more.\nA parent or carer does not see who else cares for the child.\nChange your own email address and telephone number yourself; names and dates of birth are changed by a manager.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(person) = known::person(view, params) else {
        return Shown::NotHere;
    };
    let name = view.name(person);
    let details = known::sees_details(view, person);
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People")]))
        (known::identity(view, person))
        (text::h1(&name))
        (card("Who", facts(&who(view, person, details))))
        (family(view, person))
        (roles(view, person))
        @if details && may_know_account(view, person) { (account(view, person)) }
        @if view.has(&Need::leadership()) { (keeping(view, person)) }
        (next(view, person))
    };
    Shown::Page(name, content)
}

fn manages(view: &View<'_>) -> bool {
    view.has(&Need::management())
}

fn may_know_account(view: &View<'_>, person: Person) -> bool {
    view.has(&Need::AnyOf(vec![
        Need::Oneself(person),
        Need::management(),
    ]))
}

fn at(person: Person, form: &str) -> String {
    format!("/people/{person}/{form}")
}

fn who(view: &View<'_>, person: Person, details: bool) -> Vec<Fact> {
    let people = &view.setting.people;
    let manages = manages(view);
    let mut facts = Vec::new();
    let mut name = Fact::new("Name", view.name(person));
    if manages {
        name = name.action(at(person, "change"), "Change", "the name");
    }
    facts.push(name);
    facts.push(groups(view, person, manages));
    let rooms = known::rooms(view, person);
    if !rooms.is_empty() || manages {
        let mut fact = Fact::new("Rooms", or_none(&rooms));
        if manages {
            fact = fact.action(at(person, "rooms"), "Change", "the rooms");
        }
        facts.push(fact);
    }
    if !details {
        return facts;
    }
    if people.groups(person).contains(&Group::Child) {
        let born = people.born(person).and_then(|born| view.open(born));
        let words = born.map_or_else(String::new, date_in_words);
        let mut fact = Fact::new("Born", or_none(&words));
        if manages {
            fact = fact.action(at(person, "change"), "Change", "the date of birth");
        }
        facts.push(fact);
    }
    facts.extend(contact(view, person, manages));
    facts.extend(language(view, person));
    if let Some(since) = people.since(person) {
        facts.push(Fact::new("First day", date_in_words(since)));
    }
    if let Some(last) = people.last_day(person) {
        facts.push(Fact::new("Last day", date_in_words(last)));
    }
    if let Some((seq, _)) = people
        .recorded(person)
        .filter(|_| view.has(&Need::leadership()))
    {
        let entry = text::link(&format!("/activity/{seq}"), format!("Entry {seq}"));
        facts.push(Fact::new("First recorded", entry));
    }
    facts
}

fn or_none(words: &str) -> Markup {
    html! { @if words.is_empty() { (text::muted("Not recorded")) } @else { (words) } }
}

fn groups(view: &View<'_>, person: Person, manages: bool) -> Fact {
    let groups = known::groups(view, person);
    let mut fact = Fact::new("Who they are", known::what(view, person));
    if manages && groups.len() > 1 {
        for group in &groups {
            let to = address(&at(person, "leave-group"), &[("group", group.key())]);
            fact = fact.action(to, "Take out", format!(": {}", known::label(*group)));
        }
    }
    if manages && !groups.contains(&Group::Child) {
        fact = fact.action(at(person, "join-group"), "Add", "a group");
    }
    fact
}

fn contact(view: &View<'_>, person: Person, manages: bool) -> [Fact; 2] {
    let people = &view.setting.people;
    let may = manages || view.has(&Need::Oneself(person));
    let fact = |name: &str, words: Option<String>, about: &str| {
        let fact = Fact::new(name, or_none(&words.unwrap_or_default()));
        if may {
            return fact.action(at(person, "contact"), "Change", about);
        }
        fact
    };
    [
        fact(
            "Email",
            known::said(view, people.email(person)),
            "the email address",
        ),
        fact(
            "Telephone",
            known::said(view, people.phone(person)),
            "the telephone number",
        ),
    ]
}

/// The language in which somebody reads, where it is known or can be chosen.
fn language(view: &View<'_>, person: Person) -> Option<Fact> {
    let tongue = view.speaks(person);
    let may = view.has(&for_language(person));
    let is_child = view.setting.people.groups(person).contains(&Group::Child);
    if is_child || (tongue.is_none() && !may) {
        return None;
    }
    let fact = Fact::new("Language", or_none(tongue.map_or("", Tongue::own_name)));
    Some(if may {
        fact.action(at(person, "language"), "Change", "the language")
    } else {
        fact
    })
}

/// Parents, brothers and sisters of a child; children of a parent.
fn family(view: &View<'_>, person: Person) -> Markup {
    let people = &view.setting.people;
    if people.groups(person).contains(&Group::Child) {
        return html! { (parents(view, person)) (siblings(view, person)) };
    }
    let children = people
        .children_of(person)
        .filter(|child| known::sees_tie(view, person, *child));
    let children = known::named(view, children);
    html! {
        @if !children.is_empty() {
            (card("Children", text::plain_list(&children.iter().map(|child| html! {
                (text::link(&format!("/people/{}", child.person), &child.name))
                @let rooms = known::rooms(view, child.person);
                @if !rooms.is_empty() { " (" (rooms) ")" }
            }).collect::<Vec<_>>())))
        }
    }
}

fn parents(view: &View<'_>, child: Person) -> Markup {
    let mut ties: Vec<(String, &Tie)> = view
        .setting
        .people
        .parents_of(child)
        .filter(|tie| known::sees_tie(view, tie.parent, child))
        .map(|tie| (view.name(tie.parent), tie))
        .collect();
    ties.sort_by_key(|(name, _)| name.to_lowercase());
    let manages = manages(view);
    let rows = ties.iter().map(|(name, tie)| {
        let phone = view.setting.people.phone(tie.parent);
        let phone = known::sees_details(view, tie.parent)
            .then(|| known::said(view, phone))
            .flatten();
        let mut row = vec![
            text::link(&format!("/people/{}", tie.parent), name),
            text::text(known::relation(tie.relation, tie.responsibility)),
            or_none(&phone.unwrap_or_default()),
        ];
        if manages {
            let to = address(&at(child, "untie"), &[("parent", &tie.parent.to_string())]);
            row.push(text::link_about(&to, "Take out", name));
        }
        row
    });
    let mut columns = vec![
        Column::words("Name"),
        Column::words("What they are to the child"),
        Column::words("Telephone"),
    ];
    if manages {
        columns.push(Column::words("Change"));
    }
    let table = Table::new("Parents and carers", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    html! {
        @if !ties.is_empty() || manages {
            (card("Parents and carers", html! {
                @if ties.is_empty() { (text::paragraph("Nobody is recorded as a parent or carer of this child yet.")) }
                @else { (table) }
                @if manages { (button("Add a parent or carer").to(at(child, "tie")).secondary()) }
            }))
        }
    }
}

/// Children who share a parent or carer, through ties that the reader may know.
fn siblings(view: &View<'_>, child: Person) -> Markup {
    let people = &view.setting.people;
    let mut all: Vec<Person> = people
        .parents_of(child)
        .filter(|tie| known::sees_tie(view, tie.parent, child))
        .flat_map(|tie| {
            people
                .children_of(tie.parent)
                .map(|other| (tie.parent, other))
        })
        .filter(|(parent, other)| *other != child && known::sees_tie(view, *parent, *other))
        .map(|(_, other)| other)
        .collect();
    all.sort_unstable();
    all.dedup();
    let all = known::named(view, all.into_iter());
    let links: Vec<Markup> = all
        .iter()
        .map(|one| text::link(&format!("/people/{}", one.person), &one.name))
        .collect();
    html! {
        @if !links.is_empty() { (card("Brothers and sisters here", text::plain_list(&links))) }
    }
}

fn roles(view: &View<'_>, person: Person) -> Markup {
    let held: Vec<String> = view
        .setting
        .roles
        .holdings()
        .iter()
        .filter(|held| held.person == person)
        .filter(|held| held.last_day().is_none_or(|last| view.today <= last))
        .map(|held| {
            let since = if held.from > view.today {
                "from"
            } else {
                "since"
            };
            let since = format!("{since} {}", date_in_words(held.from));
            let until = held.last_day().map_or_else(String::new, |last| {
                format!(" until {}", date_in_words(last))
            });
            format!("{}, {since}{until}", held.role.in_words())
        })
        .collect();
    html! { @if !held.is_empty() { (card("Roles", text::bullets(&held))) } }
}

fn account(view: &View<'_>, person: Person) -> Markup {
    let access = &view.setting.access;
    let manages = manages(view);
    if !access.has_account(person) {
        let may = manages
            && view.setting.people.is_here(person, view.today)
            && !view.setting.people.groups(person).contains(&Group::Child);
        let to = address(
            "/settings/accounts/open",
            &[("person", &person.to_string())],
        );
        return html! {
            @if may {
                (card("Account", html! {
                    (text::paragraph("This person has no account and can’t sign in."))
                    (button("Open an account").to(to).secondary())
                }))
            }
        };
    }
    let last = access
        .last_sign_in(person)
        .map_or_else(|| "Never".to_owned(), |moment| moment.in_words());
    let code = format!("/settings/accounts/{person}/code");
    let close = format!("/settings/accounts/{person}/close");
    let oneself = view.person() == Some(person);
    html! {
        (card("Account", html! {
            (facts(&[
                Fact::new("Stands", crate::access::pages::how_it_stands(view, person)),
                Fact::new("Last signed in", last),
            ]))
            @if oneself { (text::paragraph(text::link("/account", "Your account"))) }
            @else if manages {
                (buttons(html! {
                    (button("Give a new code").to(code).secondary())
                    (button("Close the account").to(close).secondary())
                }))
            }
        }))
    }
}

fn keeping(view: &View<'_>, person: Person) -> Markup {
    let left = view.setting.people.has_left(person, view.today);
    let hold = view.setting.data.hold(person);
    html! {
        (card("Keeping and erasing", html! {
            @match hold {
                Some(hold) => {
                    (text::paragraph(format!("A hold stops erasure. It is looked at again on {}.", date_in_words(hold.review))))
                    (button("Lift the hold").to(at(person, "release")).secondary())
                }
                None => {
                    (text::paragraph("No hold stops the erasure of what is kept about this person."))
                    (button("Set a hold").to(at(person, "hold")).secondary())
                }
            }
            @if left && hold.is_none() && manages(view) {
                (button("Erase what is kept").to(at(person, "erase")).warning())
            }
        }))
    }
}

/// What a manager may do next.
fn next(view: &View<'_>, person: Person) -> Markup {
    let leaves = view.setting.people.last_day(person).is_some();
    html! {
        @if manages(view) {
            (buttons(html! {
                @if leaves {
                    (button("Record a return").to(at(person, "return")).secondary())
                    (button("What is done when leaving").to(at(person, "leaving")).secondary())
                } @else {
                    (button("What is done when taking on").to(at(person, "taking-on")).secondary())
                    (button("They are leaving").to(at(person, "leaving")).secondary())
                }
            }))
        }
    }
}
