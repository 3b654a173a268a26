//! Agreements: what I have to sign and have signed; for those who lead, each group's agreement, and
//! who has not signed.

use super::{at, issues, sees_who};
use crate::{
    agreements::{
        asks::{self, Unsigned},
        bound,
        register::Signature,
        texts,
    },
    people::{group::Group, pages::known::label},
    spine::{
        in_force::Bound,
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    guide,
    table::{Column, Table},
    tag,
    tasks::{Task, tasks},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/agreements",
    title: "Agreements",
    menu: 45,
    help: "Here you see what you are asked to read and sign, and what you have signed. An agreement is made of the clauses of our policy that bind you.\n\
        When a new version is issued you are asked again. There are some days to do it; after them everything else waits until you have signed.\n\
        Whoever leads also sees the agreement of each group here, and who has not signed.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let title = view.say("agreement-title");
    let Some(bound) = asks::in_force(view.in_force) else {
        let content = html! {
            (text::h1(&title))
            @if sees_who(view) { (guide::empty("Here you sign what our policy asks of you. The policy in force does not ask for agreements.", None)) }
            @else { (text::paragraph(view.say("agreement-nothing-for-you"))) }
            (signed(view))
        };
        return Shown::Page(title, content);
    };
    let mine = view
        .person()
        .map(|person| asks::to_sign(view.setting, bound, person, view.today))
        .unwrap_or_default();
    let held = mine.iter().any(|open| open.until < view.today);
    let content = html! {
        (text::h1(&title))
        @if held {
            (text::warning(view.say("agreement-sign-first")))
        }
        (text::h2(view.say("agreement-for-you")))
        @if mine.is_empty() { (text::paragraph(view.say("agreement-nothing-for-you"))) }
        @else { (tasks("mine", &mine.iter().map(|open| task(view, open)).collect::<Vec<_>>())) }
        (children(view, bound))
        (signed(view))
        @if sees_who(view) { (all(view, bound)) }
    };
    Shown::Page(title, content)
}

fn task(view: &View<'_>, open: &Unsigned) -> Task {
    let title = texts::title(view.tongue(), open.group);
    let until = view.date(open.until);
    Task::new(
        title,
        tag::tag(view.say("agreement-to-sign"), tag::Colour::Yellow),
    )
    .at(at(open.group, ""))
    .hint(view.say_with("agreement-by-day", &[("day", (&until).into())]))
}

/// For parents: the agreement to go through with their children.
fn children(view: &View<'_>, bound: &Bound) -> Markup {
    let (setting, today) = (view.setting, view.today);
    let Some(person) = view.person() else {
        return html! {};
    };
    let own = setting.people.children_of(person);
    let open: Vec<Task> = own
        .filter(|child| asks::unsigned(setting, bound, *child, Group::Child, today).is_some())
        .map(|child| {
            let name = view.name(child);
            let title = view.say_with("agreement-child-go-through", &[("name", (&name).into())]);
            let to_do = tag::tag(view.say("agreement-to-do"), tag::Colour::Yellow);
            Task::new(title, to_do).at(format!("/agreements/together/{child}"))
        })
        .collect();
    html! {
        @if !open.is_empty() {
            (text::h2(view.say("agreement-children-heading")))
            (tasks("children", &open))
        }
    }
}

/// What the reader has signed.
fn signed(view: &View<'_>) -> Markup {
    let Some(person) = view.person() else {
        return html! {};
    };
    let all = view.setting.agreements.signed_by(person);
    let row = |signature: &Signature| {
        let what = texts::title(view.tongue(), signature.group);
        let about = what.clone();
        vec![
            text::text(format!("{what} ({})", signature.version)),
            text::text(view.date(signature.on)),
            text::link_about(
                &format!("/agreements/signatures/{}", signature.seq),
                view.say("agreement-your-copy"),
                about,
            ),
        ]
    };
    let columns = ["agreement-what", "agreement-signed-on", "agreement-copy"];
    let columns = columns.map(|id| Column::words(view.say(id)));
    html! {
        @if !all.is_empty() {
            (text::h2(view.say("agreement-signed-heading")))
            (Table::new(view.say("agreement-signed-heading"), columns).caption_unseen().first_cell_heads().rows(all.iter().rev().map(row)))
        }
    }
}

/// Each group's agreement, for those who lead.
fn all(view: &View<'_>, bound: &Bound) -> Markup {
    let columns = ["For", "Version", "Signed", "Not signed yet"].map(Column::words);
    let groups = bound::with_agreement(bound);
    let rows = groups.iter().map(|group| row(view, bound, *group));
    html! {
        (text::h2("The agreement of each group"))
        (Table::new("The agreement of each group", columns).caption_unseen().first_cell_heads().rows(rows))
        (text::plain_list(&[
            text::link("/agreements/signatures", "All signatures, for print or a spreadsheet"),
            text::link("/agreements/record-paper", "Record a signature on paper"),
        ]))
        @if issues(view) { (text::plain_list(&[text::link("/agreements/give-code", "Give somebody a code to sign with")])) }
    }
}

fn row(view: &View<'_>, bound: &Bound, group: Group) -> Vec<Markup> {
    let (setting, today) = (view.setting, view.today);
    let here: Vec<_> = setting.people.of(group, today).collect();
    let open = here
        .iter()
        .filter(|person| asks::unsigned(setting, bound, **person, group, today).is_some())
        .count();
    let link = text::link(&at(group, ""), format!("{} ({})", label(group), here.len()));
    let Some(current) = setting.agreements.current(group) else {
        let wait = tag::tag("Not issued yet", tag::Colour::Yellow);
        return vec![link, wait, html! {}, html! {}];
    };
    let newer = asks::to_issue(setting, group).is_some();
    vec![
        link,
        html! {
            (current.says.number)
            @if newer { " " (tag::tag("The policy says something else now", tag::Colour::Yellow)) }
        },
        html! { (here.len().saturating_sub(open)) },
        html! { (open) },
    ]
}
