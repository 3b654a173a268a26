//! The agreement of a group: its text now, who has not signed, and its versions side by side.

use super::{at, group_of, issues, may_read, reading, sees_who};
use crate::{
    agreements::{asks, register::Version, texts},
    people::{group::Group, pages::known},
    spine::{
        in_force::Bound,
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    difference::{difference, difference_key},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/agreements/{group}",
    title: "Agreement of a group",
    menu: 0,
    help: "This is the agreement of one group as it is now. Read it from the beginning to the end, and sign at its foot.\n\
        Older versions stay readable. What changed from one to the next is marked.\n\
        Whoever leads sees here who has not signed, and how each of them can.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

pub(super) const VERSION: Page = Page {
    path: "/agreements/{group}/versions/{version}",
    title: "Version of an agreement",
    menu: 0,
    help: "This is a version as it was issued. It stays as it is for ever. Below its text you see what changed since the version before.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: show_version,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(group) = group_of(params).filter(|group| may_read(view, *group)) else {
        return Shown::NotHere;
    };
    let title = texts::title(view.tongue(), group);
    let current = view.setting.agreements.current(group);
    let Some(bound) = asks::in_force(view.in_force) else {
        return match current {
            Some(version) => page(view, title, version, &html! {}),
            None => Shown::NotHere,
        };
    };
    let Some(version) = current else {
        let first = issues(view).then(|| at(group, "/points"));
        let first = first.as_deref().map(|href| (href, "See what goes in"));
        let content = html! {
            (navigation::breadcrumbs(&[("/agreements", &view.say("agreement-title"))]))
            (text::h1(&title))
            (guide::empty("Here stands what this group signs. No version was issued yet.", first))
        };
        return Shown::Page(title, content);
    };
    let below = html! {
        @if group == Group::Child && sees_who(view) { (text::paragraph("Children go through it with a parent or somebody of their room.")) }
        @if sees_who(view) { (who_has_not(view, bound, group)) }
        (manage(view, version))
        @if super::works_here(view) { (versions(view, group)) }
    };
    page(view, title, version, &below)
}

fn page(view: &View<'_>, title: String, version: &Version, below: &Markup) -> Shown {
    let group = version.says.group;
    let agreements = &view.setting.agreements;
    let mine = view.person().filter(|person| {
        group != Group::Child && view.setting.people.is_of(*person, group, view.today)
    });
    let signed = mine.and_then(|person| agreements.signed(person, group, version.says.number));
    let content = html! {
        (navigation::breadcrumbs(&[("/agreements", &view.say("agreement-title"))]))
        (text::h1(&title))
        (text::paragraph(text::muted(reading::about(view, version))))
        (reading::whole(view, version))
        @if let Some(signed) = signed {
            (text::inset(html! {
                (view.say_with("agreement-you-signed", &[("day", (&view.date(signed.on)).into())])) " "
                (text::link(&format!("/agreements/signatures/{}", signed.seq), view.say("agreement-your-copy")))
            }))
        } @else if mine.is_some() {
            (button(view.say("agreement-sign-it")).to(at(group, "/sign")))
        }
        (below)
    };
    Shown::Page(title, content)
}

/// Who has not signed, with what helps each of them.
fn who_has_not(view: &View<'_>, bound: &Bound, group: Group) -> Markup {
    let (setting, today) = (view.setting, view.today);
    let open = setting
        .people
        .of(group, today)
        .filter(|person| asks::unsigned(setting, bound, *person, group, today).is_some());
    let open = known::named(view, open);
    let columns = ["Who", "By", "How they can sign"].map(Column::words);
    let rows = open.iter().map(|one| {
        let until = asks::unsigned(setting, bound, one.person, group, today)
            .map(|open| date_in_words(open.until));
        vec![
            text::link(&format!("/people/{}", one.person), &one.name),
            text::text(until.unwrap_or_default()),
            how(view, one, group),
        ]
    });
    html! {
        (text::h2("Who has not signed this version"))
        @if open.is_empty() { (text::paragraph("Everybody of this group who is here has signed.")) }
        @else { (Table::new("Who has not signed this version", columns).caption_unseen().first_cell_heads().rows(rows)) }
    }
}

fn how(view: &View<'_>, one: &known::Listed, group: Group) -> Markup {
    let person = one.person;
    if group == Group::Child {
        return text::link_about(
            &format!("/agreements/together/{person}"),
            "Go through it together",
            format!("with {}", one.name),
        );
    }
    let about = format!("for {}", one.name);
    let paper = format!(
        "/agreements/record-paper?person={person}&group={}",
        group.key()
    );
    let account = view.setting.access.has_account(person);
    html! {
        @if account { "With their log-in. " }
        @if issues(view) {
            (text::link_about(&format!("/agreements/give-code?person={person}"), "Give a code", &about)) " "
        }
        (text::link_about(&paper, "Record paper", &about))
    }
}

/// What whoever manages can do.
fn manage(view: &View<'_>, version: &Version) -> Markup {
    let group = version.says.group;
    let translate = format!("/translate?version={}", version.says.number);
    html! {
        @if issues(view) {
            (text::h2("Change it"))
            (text::plain_list(&[
                text::link(&at(group, "/points"), "See what goes into the next version"),
                text::link(&at(group, &translate), "Put this version into another language"),
            ]))
        }
    }
}

fn versions(view: &View<'_>, group: Group) -> Markup {
    let all = view.setting.agreements.versions(group);
    let links: Vec<Markup> = all
        .iter()
        .rev()
        .map(|version| {
            let path = format!("/versions/{}", version.says.number);
            text::link(&at(group, &path), reading::about(view, version))
        })
        .collect();
    html! {
        (text::h2("All versions"))
        (text::bullets(&links))
    }
}

fn show_version(view: &View<'_>, params: &Params) -> Shown {
    let Some(group) = group_of(params).filter(|group| may_read(view, *group)) else {
        return Shown::NotHere;
    };
    let agreements = &view.setting.agreements;
    let number: Option<u32> = params.number("version");
    let Some(version) = number.and_then(|number| agreements.version(group, number)) else {
        return Shown::NotHere;
    };
    let before = version.says.number.checked_sub(1);
    let before = before.and_then(|number| agreements.version(group, number));
    let title = format!(
        "The agreement for {}, version {}",
        group.in_words(),
        version.says.number
    );
    let group_at = at(group, "");
    let content = html! {
        (navigation::breadcrumbs(&[("/agreements", "Agreements"), (&group_at, "This group")]))
        (text::h1(&title))
        (text::paragraph(text::muted(format!("{}, from version {} of the policy", reading::about(view, version), version.says.policy))))
        (reading::whole(view, version))
        @if let Some(before) = before {
            (text::h2(format!("What changed since version {}", before.says.number)))
            (difference_key())
            (difference(&reading::lines(&before.says.points), &reading::lines(&version.says.points)))
        }
        (text::small(format!("Digest of its text: {}", version.says.digest)))
    };
    Shown::Page(title, content)
}
