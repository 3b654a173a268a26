//! What stands around each page: the menu as far as this reader may go, who leads on safeguarding
//! and how to reach them, who is signed in.

use families::{
    families as all,
    roles::{contacts, role::Role},
    spine::{act::Person, page::Params, view::View},
};
use kit::page::{Frame, NavItem, Room, SignedIn};
use maud::Markup;

/// What one page adds to the frame.
pub(crate) struct About<'a> {
    /// Its title.
    pub(crate) title: &'a str,
    /// Its address, to mark the place in the menu.
    pub(crate) path: &'a str,
    /// Its help text.
    pub(crate) help: &'a str,
    /// What stands before the content.
    pub(crate) before: Option<Markup>,
    /// Whether something in a form is wrong.
    pub(crate) has_problems: bool,
    /// Whether it is running text that reads better in a narrow column.
    pub(crate) narrow: bool,
}

/// A whole page for this reader.
pub(crate) fn page(view: &View<'_>, about: About<'_>, content: Markup) -> String {
    let help = (!about.help.is_empty()).then(|| families::spine::draw::paragraphs(about.help));
    let frame = Frame {
        setting_name: setting_name(view),
        title: about.title.to_owned(),
        signed_in_as: signed_in(view),
        navigation: navigation(view, about.path),
        lead: contacts::first(view),
        csrf: Some(view.csrf.to_owned()),
        has_problems: about.has_problems,
        before: about.before,
        help,
        room: if about.narrow {
            Room::Reading
        } else {
            Room::Wide
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Frame::default()
    };
    kit::page::page(&frame, content).into_string()
}

fn setting_name(view: &View<'_>) -> String {
    view.setting
        .place
        .described()
        .map(|place| place.name.clone())
        .unwrap_or_default()
}

fn signed_in(view: &View<'_>) -> Option<SignedIn> {
    let person = view.person()?;
    Some(SignedIn {
        name: view.name(person),
        role: what_is(view, person),
        lock_at: "/sign-out".to_owned(),
    })
}

/// What somebody is here: the roles that they hold, else the group.
fn what_is(view: &View<'_>, person: Person) -> String {
    let holds = |role: &&Role| view.setting.roles.holds(person, role, view.today);
    let roles: Vec<String> = Role::KNOWN
        .iter()
        .filter(holds)
        .map(Role::in_words)
        .collect();
    if roles.is_empty() {
        capital(view.setting.people.what_is(person))
    } else {
        capital(&roles.join(", "))
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn navigation(view: &View<'_>, path: &str) -> Vec<NavItem> {
    let nowhere = Params::default();
    let mut pages: Vec<_> = all::pages()
        .filter(|page| page.menu > 0 && view.has(&(page.need)(&nowhere, view.setting)))
        .collect();
    pages.sort_by_key(|page| page.menu);
    let current =
        |menu: &str| path == menu || (menu != "/" && path.starts_with(&format!("{menu}/")));
    pages
        .into_iter()
        .map(|page| NavItem {
            href: page.path.to_owned(),
            text: page.title.to_owned(),
            current: current(page.path),
        })
        .collect()
}
