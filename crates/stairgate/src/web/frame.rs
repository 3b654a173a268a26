//! What stands around each page: the menu as far as this reader may go, who leads on safeguarding
//! and how to reach them, who is signed in.

use families::{
    access::controls::unattended::Limits,
    families as all,
    roles::{contacts, role::Role},
    spine::{
        act::{Person, Who},
        page::{Params, address},
        tongue::{self, Tongue},
        view::View,
    },
};
use kit::page::{Contact, Direction, Frame, Language, NavItem, Room, SignedIn};
use maud::{Markup, html};

/// After how long without a touch a kiosk clears itself, in seconds.
const KIOSK_SECONDS: u32 = 60;

/// What one page adds to the frame.
#[derive(Default)]
pub(crate) struct About<'a> {
    /// Its title.
    pub(crate) title: &'a str,
    /// Its address, to mark the place in the menu.
    pub(crate) path: &'a str,
    /// Its whole address, where it is in several languages: it offers them.
    pub(crate) offers_at: &'a str,
    /// The language around the content, where the content itself is in English.
    pub(crate) around: Option<Tongue>,
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
    let tongue = about.around.unwrap_or(view.tongue());
    let help = (!about.help.is_empty()).then(|| families::spine::draw::paragraphs(about.help));
    let content = if about.around.is_none() {
        anew(tongue, content)
    } else {
        content
    };
    let is_kiosk = matches!(view.who.who, Who::Kiosk(_));
    let content = if is_kiosk {
        html! { div class="sg-kiosk" { (content) } }
    } else {
        content
    };
    let frame = Frame {
        setting_name: setting_name(view),
        title: tongue.phrase(about.title),
        lang: tongue.code().to_owned(),
        direction: direction(tongue),
        words: tongue::words(tongue),
        languages: languages(view, tongue, about.offers_at),
        content_in_english: about.around.is_some_and(|around| around != Tongue::En),
        signed_in_as: signed_in(view, tongue),
        navigation: if is_kiosk {
            Vec::new()
        } else {
            navigation(view, tongue, about.path)
        },
        lead: contacts::first(view).map(|lead| in_tongue(lead, tongue)),
        concern_at: Some("/concerns/report".to_owned()),
        csrf: Some(view.csrf.to_owned()),
        has_problems: about.has_problems,
        before: with_lock(view, about.before),
        help,
        room: if about.narrow {
            Room::Reading
        } else {
            Room::Wide
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    kit::page::page(&frame, content).into_string()
}

/// Content whose words stand in the code in English, in the language of the reader.
fn anew(tongue: Tongue, content: Markup) -> Markup {
    if tongue == Tongue::En {
        return content;
    }
    maud::PreEscaped(tongue.anew(&content.0))
}

/// What stands before the content; for somebody who is signed in, with the time after which the
/// page covers itself, and at a kiosk with the time after which it clears itself: the script reads it.
fn with_lock(view: &View<'_>, before: Option<Markup>) -> Option<Markup> {
    let seconds = match view.who.who {
        Who::Person(_) => Limits::of(view.in_force).idle_minutes.saturating_mul(60),
        Who::Kiosk(_) => {
            return Some(
                html! { div hidden data-clear-after=(KIOSK_SECONDS) {} (before.unwrap_or_default()) },
            );
        }
        Who::Nobody | Who::Clock | Who::Keeper => return before,
    };
    Some(html! { div hidden data-lock-after=(seconds) {} (before.unwrap_or_default()) })
}

fn direction(tongue: Tongue) -> Direction {
    if tongue.is_right_to_left() {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    }
}

/// Whom to turn to, with what they are and how they are reached in the language of the page.
fn in_tongue(lead: Contact, tongue: Tongue) -> Contact {
    Contact {
        role: tongue.phrase(&lead.role),
        reach: tongue.phrase(&lead.reach),
        ..lead
    }
}

/// The languages in which a page is: for families, visitors and whoever has not signed in.
fn languages(view: &View<'_>, tongue: Tongue, at: &str) -> Vec<Language> {
    let is_team = |person| view.setting.people.is_team(person, view.today);
    if at.is_empty() || view.person().is_some_and(is_team) {
        return Vec::new();
    }
    let language = |one: Tongue| Language {
        code: one.code().to_owned(),
        name: one.own_name().to_owned(),
        direction: direction(one),
        href: address(&format!("/language/{}", one.code()), &[("then", at)]),
        current: one == tongue,
    };
    Tongue::ALL.into_iter().map(language).collect()
}

fn setting_name(view: &View<'_>) -> String {
    view.setting
        .place
        .described()
        .map(|place| place.name.clone())
        .unwrap_or_default()
}

fn signed_in(view: &View<'_>, tongue: Tongue) -> Option<SignedIn> {
    let person = view.person()?;
    Some(SignedIn {
        name: view.name(person),
        role: what_is(view, tongue, person),
        lock_at: "/lock".to_owned(),
    })
}

/// What somebody is here: the roles that they hold, else the group.
fn what_is(view: &View<'_>, tongue: Tongue, person: Person) -> String {
    let holds = |role: &&Role| view.setting.roles.holds(person, role, view.today);
    let roles: Vec<String> = Role::KNOWN
        .iter()
        .filter(holds)
        .map(|role| tongue.phrase(&role.in_words()))
        .collect();
    if roles.is_empty() {
        capital(&tongue.phrase(view.setting.people.what_is(person)))
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

fn navigation(view: &View<'_>, tongue: Tongue, path: &str) -> Vec<NavItem> {
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
            text: tongue.page_title(page),
            current: current(page.path),
        })
        .collect()
}
