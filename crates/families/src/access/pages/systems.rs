//! The access register: every system with who may use it, since when, by whom and why. For each
//! person, for each system, and as a document. The forms that write it stand beside it.

use super::system_forms::LINKS;
use crate::{
    access::{
        acts::systems::Act as System,
        administrators::{CONTROL, administering, named, said},
        controls::password_rotation,
        register::systems::{Grant, System as Kept},
    },
    people::pages::known,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        page::{Page, Params, Shown, address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    choice::Choice,
    document::{Block, Document, Table as Rows},
    field::Field,
    filter::{self, Chosen},
    guide,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The register.
pub(super) const REGISTER: Page = Page {
    path: "/access-register",
    title: "Access register",
    menu: 0,
    help: "Every system that is used here, and who may use it: accounts, mailboxes, the learning platform, the website, devices, folders, the wifi. Accounts of this Stairgate stand on it by themselves.\nPut a system on the register before somebody gets access to it, and close the access of whoever no longer needs it.\nFor print or a spreadsheet, open it as a document.",
    need: |_, setting| reading(setting),
    lines: None,
    show,
};

/// The same as a document.
pub(super) const PRINT: Page = Page {
    path: "/access-register/print",
    title: "Access register, for print",
    menu: 0,
    help: "The access register as a document: keep it as PDF, or its tables for a spreadsheet.",
    need: |_, setting| reading(setting),
    lines: None,
    show: print,
};

/// Who reads the register: those who lead, who manage accounts, and who watch over them.
fn reading(setting: &Setting) -> Need {
    Need::AnyOf(vec![
        Need::leadership(),
        administering(setting),
        Need::Holds(vec![Role::Chair, Role::NamedMember]),
    ])
}

/// One line of the register.
struct Line<'a> {
    system: Option<&'a Kept>,
    name: &'a str,
    kind: &'static str,
    person: Person,
    who: String,
    by: Option<Person>,
    since: kernel::moment::Date,
    until: Option<kernel::moment::Date>,
    why: String,
    grant: Option<&'a Grant>,
}

fn lines<'a>(view: &View<'a>, closed: bool) -> Vec<Line<'a>> {
    let systems = view.setting.access.systems();
    let sees = |person: Person| known::sees(view, person);
    let own = systems.accounts().map(|(person, account)| Line {
        system: None,
        name: "This Stairgate",
        kind: "Account",
        person,
        who: view.name(person),
        by: account.by,
        since: account.at.date(),
        until: account.closed.map(|at| at.date()),
        why: String::new(),
        grant: None,
    });
    let granted = systems.grants().map(|grant| Line {
        system: systems.find(grant.system),
        name: systems.name(grant.system),
        kind: systems.kind(grant.system),
        person: grant.person,
        who: view.name(grant.person),
        by: grant.by,
        since: grant.at.date(),
        until: grant.closed.map(|(at, _)| at.date()),
        why: view.open(&grant.why).unwrap_or_default(),
        grant: Some(grant),
    });
    let mut lines: Vec<Line<'a>> = own
        .chain(granted)
        .filter(|line| sees(line.person) && (closed || line.until.is_none()))
        .collect();
    lines.sort_by_cached_key(|line| {
        (
            line.name.to_lowercase(),
            line.who.to_lowercase(),
            line.since,
        )
    });
    lines
}

fn wanted(line: &Line<'_>, params: &Params) -> bool {
    let words = params.get("words").trim().to_lowercase();
    let says = |text: &str| text.to_lowercase().contains(&words);
    let person = params.person("person");
    let system: Option<u32> = params.number("system");
    (words.is_empty() || says(line.name) || says(&line.who) || says(&line.why))
        && person.is_none_or(|person| person == line.person)
        && system.is_none_or(|number| line.system.is_some_and(|own| own.system == number))
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let all = lines(view, params.get("closed") == "yes");
    let shown: Vec<&Line<'_>> = all.iter().filter(|line| wanted(line, params)).collect();
    let manages = view.may(&AnyAct::Access(crate::access::acts::Act::System(
        System::Add {
            kind: crate::access::entries::systems::Kind::Other,
            name: String::new(),
            one_password: false,
        },
    )));
    let content = html! {
        (text::h1("Access register"))
        @if password_rotation::period(view.in_force).is_some() {
            (text::inset(password_rotation::GUIDANCE))
        }
        (missing(view))
        @if manages {
            (buttons(html! {
                @for (at, words) in LINKS { (button(words).to(at).secondary()) }
            }))
        }
        (filter::filtered(panel(view, params), html! {
            @if shown.is_empty() {
                (guide::empty("Here you see who may use what. No line fits what you chose.", None))
            } @else {
                (table(view, &shown, manages))
            }
            (text::paragraph(text::link("/access-register/print", "Open it as a document, PDF or table")))
        }))
        (systems(view, manages))
        (lent(view, manages))
    };
    Shown::Page("Access register".to_owned(), content)
}

fn table(view: &View<'_>, lines: &[&Line<'_>], manages: bool) -> Markup {
    let columns = ["System", "Who", "Since", "Granted by", "Why", "Change"].map(Column::words);
    let rows = lines.iter().map(|line| {
        let since = match line.until {
            Some(until) => format!("{} to {}", date_in_words(line.since), date_in_words(until)),
            None => date_in_words(line.since),
        };
        let open = line.grant.filter(|grant| grant.closed.is_none() && manages);
        vec![
            text::text(line.name),
            text::text(&line.who),
            text::text(since),
            text::text(line.by.map_or_else(|| "–".to_owned(), |by| view.name(by))),
            text::text(&line.why),
            html! {
                @if let Some(grant) = open {
                    (text::link_about(
                        &format!("/access-register/withdraw?grant={}", grant.grant),
                        "Close",
                        format!("the access of {} to {}", line.who, line.name),
                    ))
                }
            },
        ]
    });
    let table = Table::new("Access", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    html! { (table) }
}

fn panel(view: &View<'_>, params: &Params) -> Markup {
    let systems = view.setting.access.systems();
    let mut people = vec![Choice::new("", "Everybody")];
    let users = systems.grants().map(|grant| grant.person);
    let mut users: Vec<Person> = users
        .chain(systems.accounts().map(|(person, _)| person))
        .collect();
    users.sort_unstable();
    users.dedup();
    let listed = known::named(view, users.into_iter());
    people.extend(
        listed
            .into_iter()
            .map(|one| Choice::new(one.person.to_string(), one.name)),
    );
    let mut all = vec![Choice::new("", "Every system")];
    all.extend(
        systems
            .in_use()
            .map(|one| Choice::new(one.system.to_string(), &one.name)),
    );
    let names = ["words", "person", "system", "closed"];
    let without = |name: &str| {
        let kept: Vec<(&str, &str)> = names
            .into_iter()
            .filter(|own| *own != name)
            .map(|own| (own, params.get(own)))
            .collect();
        address("/access-register", &kept)
    };
    let mut chosen = Vec::new();
    let mut add = |name: &str, words: String| {
        if !params.get(name).is_empty() {
            chosen.push(Chosen {
                words,
                without: without(name),
            });
        }
    };
    add("words", params.get("words").to_owned());
    add(
        "person",
        params
            .person("person")
            .map(|p| view.name(p))
            .unwrap_or_default(),
    );
    let system: Option<u32> = params.number("system");
    add(
        "system",
        system
            .map(|s| systems.name(s).to_owned())
            .unwrap_or_default(),
    );
    add("closed", "With those that are closed".to_owned());
    let fields = html! {
        (Field::new("words", "Search").value(params.get("words")).max_length(60).text())
        (Field::new("person", "Who").value(params.get("person")).select(&people))
        (Field::new("system", "System").value(params.get("system")).select(&all))
        (Field::new("closed", "Closed access").value(params.get("closed")).select(&[
            Choice::new("", "Leave out"),
            Choice::new("yes", "Show too"),
        ]))
    };
    filter::filter("/access-register", "/access-register", &chosen, fields)
}

/// Systems that the policy names and nobody has put on the register.
fn missing(view: &View<'_>) -> Markup {
    let systems = view.setting.access.systems();
    let words = said(view.setting, "access.register", "systems").unwrap_or_default();
    let missing: Vec<&String> = words
        .iter()
        .filter(|words| !systems.in_use().any(|one| one.is_meant(words)))
        .collect();
    let opened = said(view.setting, "access.register", "opened_to").unwrap_or_default();
    html! {
        @if !missing.is_empty() {
            (text::paragraph("Our policy names these, and none of them is on the register yet:"))
            (text::bullets(&missing))
        }
        @if !opened.is_empty() {
            (text::paragraph(format!("Our policy opens systems to these in particular: {}.", opened.join(", "))))
        }
        @if view.in_force.find(CONTROL).is_some() {
            (text::paragraph(format!("Accounts and security are managed by: {}.", {
                let roles: Vec<String> = named(view.setting).iter().map(Role::in_words).collect();
                if roles.is_empty() { "the manager and the deputy manager".to_owned() } else { roles.join(", ") }
            })))
        }
    }
}

fn systems(view: &View<'_>, manages: bool) -> Markup {
    let systems = view.setting.access.systems();
    let rows: Vec<Vec<Markup>> = systems
        .in_use()
        .map(|one| {
            let changed = one.changed.map(|(at, ..)| date_in_words(at.date()));
            let password = match (one.one_password, changed) {
                (_, Some(day)) => format!("Changed {day}"),
                (true, None) => "One for all, not changed since it is on the register".to_owned(),
                (false, None) => "Each their own".to_owned(),
            };
            vec![
                text::text(&one.name),
                text::text(one.kind.in_words()),
                text::text(password),
                text::text(systems.users(one.system).count()),
                html! {
                    @if manages {
                        (text::link_about(&format!("/access-register/password?system={}", one.system), "Password changed", &one.name)) " "
                        (text::link_about(&format!("/access-register/retire?system={}", one.system), "Take off", &one.name))
                    }
                },
            ]
        })
        .collect();
    let columns = ["System", "Kind", "Password", "People", "Change"].map(Column::words);
    html! {
        (text::h2("Systems"))
        @if rows.is_empty() {
            (text::paragraph("No system beside this Stairgate is on the register yet."))
        } @else {
            (Table::new("Systems", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn lent(view: &View<'_>, manages: bool) -> Markup {
    let things = view.setting.access.systems().lent();
    let rows: Vec<Vec<Markup>> = things
        .filter(|thing| known::sees(view, thing.person))
        .map(|thing| {
            vec![
                text::text(&thing.what),
                text::text(view.name(thing.person)),
                text::text(date_in_words(thing.at.date())),
                html! {
                    @if manages {
                        (text::link_about(&format!("/access-register/take-back?thing={}", thing.thing), "It is back", &thing.what))
                    }
                },
            ]
        })
        .collect();
    let columns = ["What", "Who has it", "Since", "Change"].map(Column::words);
    html! {
        (text::h2("Keys and loans"))
        @if rows.is_empty() {
            (text::paragraph("Nothing is lent."))
        } @else {
            (Table::new("Keys and loans", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn print(view: &View<'_>, _: &Params) -> Shown {
    let rows = lines(view, true).into_iter().map(|line| {
        vec![
            line.name.to_owned(),
            line.kind.to_owned(),
            line.who,
            line.by.map(|by| view.name(by)).unwrap_or_default(),
            date_in_words(line.since),
            line.until.map(date_in_words).unwrap_or_default(),
            line.why,
        ]
    });
    let head = [
        "System",
        "Kind",
        "Who",
        "Granted by",
        "Since",
        "Closed",
        "Why",
    ];
    let table = Rows {
        caption: "Who is granted access to what".to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        numeric: Vec::new(),
    };
    let document = Document {
        title: "Access register".to_owned(),
        subtitle: format!(
            "{}, as of {}",
            view.setting.place.name(),
            date_in_words(view.today)
        ),
        ..Document::default()
    };
    Shown::Document(Box::new(document.with(Block::Table(table))))
}
