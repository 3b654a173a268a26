//! Who can sign in: the list for managers, and the forms that open and close accounts.

use super::{begin::USER, how_it_stands, made::MADE_CODE};
use crate::{
    access::{acts::Act, administrators::administering},
    people::{group::Group, pages::known},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, from_address},
        view::View,
    },
};
use kit::{
    button::button,
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);

/// Who can sign in.
pub(super) const ACCOUNTS: Page = Page {
    path: "/settings/accounts",
    title: "Accounts",
    menu: 0,
    help: "Everybody who can sign in, and when they last did. Open an account for each person who needs one; nobody shares an account.\nYou hand over a code, and the person chooses a password with it: you never know the password of anybody else.\nWhoever leaves can’t sign in from the day after the last day. Close the account if they should stop sooner.",
    need: |_, setting| administering(setting),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let access = &view.setting.access;
    let all = known::named(view, access.people());
    let columns = [
        "Name",
        "Who they are",
        "User name",
        "Stands",
        "Last signed in",
        "Change",
    ]
    .map(Column::words);
    let rows = all.iter().map(|one| {
        let person = one.person;
        let user = access.user(person).and_then(|user| view.open(user));
        let last = access.last_sign_in(person);
        vec![
            text::link(&format!("/people/{person}"), &one.name),
            text::text(known::what(view, person)),
            text::text(user.unwrap_or_default()),
            text::text(how_it_stands(view, person)),
            text::text(last.map_or_else(|| "Never".to_owned(), |moment| moment.in_words())),
            changes(view, one),
        ]
    });
    let table = Table::new("Accounts", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    let content = html! {
        (navigation::breadcrumbs(&[("/settings", "Settings")]))
        (text::h1("Accounts"))
        @if all.is_empty() {
            (guide::empty("Here you see who can sign in. Nobody has an account yet.", Some(("/settings/accounts/open", "Open an account"))))
        } @else {
            (button("Open an account").to("/settings/accounts/open"))
            (table)
        }
    };
    Shown::Page("Accounts".to_owned(), content)
}

fn changes(view: &View<'_>, one: &known::Listed) -> Markup {
    if view.person() == Some(one.person) {
        return text::link("/account", "Your account");
    }
    let at = |form: &str| format!("/settings/accounts/{}/{form}", one.person);
    html! {
        @if view.setting.people.is_here(one.person, view.today) {
            (text::link_about(&at("code"), "Give a new code", format!("to {}", one.name))) " "
        }
        @if view.setting.access.steps(one.person).is_some_and(|steps| steps.any()) {
            (text::link_about(&at("reset"), "Lost second step", format!("of {}", one.name))) " "
        }
        @if view.setting.access.link(one.person).is_some() {
            (text::link_about(&at("unlink"), "Unlink the work account", format!("of {}", one.name))) " "
        }
        (text::link_about(&at("end-sessions"), "Sign out", format!("{} everywhere", one.name))) " "
        (text::link_about(&at("close"), "Close", format!("the account of {}", one.name)))
    }
}

/// Adults who are here and have no account.
fn without_account(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let without = people.here(view.today).filter(|person| {
        !people.groups(*person).contains(&Group::Child) && !view.setting.access.has_account(*person)
    });
    known::named(view, without)
        .into_iter()
        .map(|one| {
            let label = format!("{} ({})", one.name, known::what(view, one.person));
            (one.person.to_string(), label)
        })
        .collect()
}

/// Open an account.
pub(super) const OPEN_ACCOUNT: Form = Form {
    act: "access.open-account",
    path: "/settings/accounts/open",
    title: "Open an account",
    button: "Open the account",
    help: "You choose the user name. Afterwards you see a code, once: hand it to the person, who chooses a password with it within 14 days.\nChildren do not have accounts.",
    need: |_, setting| administering(setting),
    fields: &[
        Field::new("person", "For whom?", FieldKind::ChoiceOf(without_account)),
        USER,
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Access(Act::OpenAccount {
            person: answers.person("person")?,
            user: answers.text("user")?.to_lowercase(),
            code: answers.text(MADE_CODE)?,
        }))
    },
    then: accounts,
};

/// Give a new code.
pub(super) const GIVE_CODE: Form = Form {
    act: "access.give-code",
    path: "/settings/accounts/{person}/code",
    title: "Give a new code",
    button: "Give a new code",
    help: "For somebody who can’t sign in any more. You see the code once: hand it to the person, who chooses a new password with it within 14 days.\nUntil then the old password still works. Be sure that you speak with the person themselves.\nA code for somebody who leads on safeguarding, manages, or watches over those who do waits for a second person to agree, or for three days: all of them are told at once and can stop it. A second step that the person has stays.",
    need: |_, setting| administering(setting),
    fields: &[PERSON],
    start: of_account,
    read: |answers| {
        Some(AnyAct::Access(Act::GiveCode {
            person: answers.person("person")?,
            code: answers.text(MADE_CODE)?,
        }))
    },
    then: accounts,
};

/// Sign somebody out.
pub(super) const END_SESSIONS: Form = Form {
    act: "access.end-sessions",
    path: "/settings/accounts/{person}/end-sessions",
    title: "Sign somebody out everywhere",
    button: "Sign them out everywhere",
    help: "For somebody whose telephone or tablet was lost or left open. They are signed out on every device at once and are told so. They sign in again as before.\nTheir password, second step and tokens for programs stay. If somebody else may know the password, ask them to choose another, or give a new code.",
    need: |_, setting| administering(setting),
    fields: &[PERSON],
    start: of_account,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::Access(Act::EndSessions { person }))
    },
    then: accounts,
};

/// Close an account.
pub(super) const CLOSE_ACCOUNT: Form = Form {
    act: "access.close-account",
    path: "/settings/accounts/{person}/close",
    title: "Close an account",
    button: "Close the account",
    help: "The person is signed out everywhere at once and can’t sign in any more; programs that act with their tokens stop, too. What they did stays in the ledger.\nYou can open a new account for them later: the second steps of before come back with it.",
    need: |_, setting| administering(setting),
    fields: &[PERSON],
    start: of_account,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::Access(Act::CloseAccount { person }))
    },
    then: accounts,
};

fn of_account(view: &View<'_>, params: &Params) -> Start {
    let has = params
        .person("person")
        .is_some_and(|person| view.setting.access.has_account(person));
    if !has {
        return Start {
            not_here: true,
            ..Start::default()
        };
    }
    known::about_only(view, params)
}

fn accounts(_: &Answers) -> String {
    "/settings/accounts".to_owned()
}
