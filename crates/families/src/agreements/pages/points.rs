//! What goes into the next version of a group's agreement: the clauses that bind the group, those
//! that were left out or put in, and what changes against the last version.

use super::{at, group_of, reading};
use crate::{
    agreements::{acts::Act, asks, bound, entries::Point},
    people::group::Group,
    policy::document::Clause,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        draw,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    difference::{difference, difference_key},
    guide, navigation,
    refusal::clause_address,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const GROUP: Field = Field::new("group", "Group", FieldKind::Hidden);
const CLAUSE: Field = Field::new("clause", "Clause", FieldKind::Hidden);

pub(super) const PAGE: Page = Page {
    path: "/agreements/{group}/points",
    title: "What goes into an agreement",
    menu: 0,
    help: "The agreement of a group is made of the clauses of our policy that bind it. They are found by whom a clause names and by what it is about.\n\
        Leave out a clause that this group does not need, and put in another one. What you choose holds for the next versions, too.\n\
        When it is right, issue the version: from then on everybody of the group is asked to sign it.",
    need: |_, _| Need::management(),
    lines: None,
    show,
};

pub(super) const LEAVE_OUT: Form = Form {
    act: "agreements.leave-out",
    path: "/agreements/{group}/leave-out",
    title: "Leave a clause out",
    button: "Leave it out",
    help: "The clause stays in the policy. It is only not among the points that this group signs.",
    need: |_, _| Need::management(),
    fields: &[
        GROUP,
        CLAUSE,
        Field::new("why", "Why", FieldKind::Line(300))
            .hint("For example: it is about the kitchen, where this group does not work."),
    ],
    start,
    read: |answers| {
        Some(AnyAct::Agreements(Act::LeaveOut {
            group: Group::from_key(&answers.text("group")?)?,
            clause: answers.text("clause")?,
            why: answers.text("why")?,
        }))
    },
    then: back,
};

pub(super) const PUT_IN: Form = Form {
    act: "agreements.put-in",
    path: "/agreements/{group}/put-in",
    title: "Put a clause in",
    button: "Put it in",
    help: "The clause becomes one of the points that this group signs, from the next version on.",
    need: |_, _| Need::management(),
    fields: &[GROUP, CLAUSE],
    start,
    read: |answers| {
        Some(AnyAct::Agreements(Act::PutIn {
            group: Group::from_key(&answers.text("group")?)?,
            clause: answers.text("clause")?,
        }))
    },
    then: back,
};

fn back(answers: &Answers) -> String {
    format!(
        "/agreements/{}/points",
        answers.text("group").unwrap_or_default()
    )
}

/// The form with the words of its clause above it.
fn start(view: &View<'_>, params: &Params) -> Start {
    let clause = view.in_force.document.clause(params.get("clause"));
    let (Some(_), Some(clause)) = (group_of(params), clause) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    Start {
        answers: Answers::from_params(params),
        above: Some(text::quote(&clause.text, &clause.section)),
        not_here: false,
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let bound = asks::in_force(view.in_force);
    let Some((bound, group)) = bound.zip(group_of(params)) else {
        return Shown::NotHere;
    };
    if !bound::with_agreement(bound).contains(&group) {
        return Shown::NotHere;
    }
    let title = format!("What goes into the agreement for {}", group.in_words());
    let document = &view.in_force.document;
    let points = bound::points(view.setting, document, group);
    let current = view.setting.agreements.current(group);
    let changed = current.is_none_or(|current| bound::differ(&points, &current.says.points));
    let group_at = at(group, "");
    let content = html! {
        (navigation::breadcrumbs(&[("/agreements", "Agreements"), (&group_at, "This group")]))
        (text::h1(&title))
        @if points.is_empty() {
            (guide::empty("No clause binds this group by its words. Put in those that it should keep to; they stand below.", None))
        } @else {
            (inside(view, group, &points))
        }
        @if let Some(current) = current.filter(|_| changed) {
            (text::h2(format!("What changes against version {}", current.says.number)))
            (difference_key())
            (difference(&reading::lines(&current.says.points), &reading::lines(&points)))
        }
        @if !points.is_empty() {
            @if changed { (button("Write the introduction and issue it").to(at(group, "/issue"))) }
            @else { (text::inset("This is what the last version says. There is nothing new to issue.")) }
        }
        (left_out(view, group))
        (others(view, group))
    };
    Shown::Page(title, content)
}

fn inside(view: &View<'_>, group: Group, points: &[Point]) -> Markup {
    let columns = ["Point", "Where it stands", "Change"].map(Column::words);
    let rows = points.iter().map(|point| {
        let out = address(&at(group, "/leave-out"), &[("clause", &point.clause)]);
        let chosen = view.setting.agreements.chosen(group, &point.clause);
        vec![
            html! { (point.text) @if chosen.is_some() { (text::small("Put in by you")) } },
            text::link(&clause_address(&point.clause), &point.section),
            text::link_about(&out, "Leave out", format!("clause {}", point.clause)),
        ]
    });
    html! {
        (text::h2("These go in"))
        (Table::new("These go in", columns).caption_unseen().rows(rows))
    }
}

/// Clauses that bind the group by their words and were left out.
fn left_out(view: &View<'_>, group: Group) -> Markup {
    let out = view.in_force.document.clauses.iter().filter(|clause| {
        bound::binds(clause, group) && !bound::goes_in(view.setting, clause, group)
    });
    let items: Vec<Markup> = out
        .map(|clause| {
            let chosen = view.setting.agreements.chosen(group, &clause.id);
            html! {
                (clause.text)
                @if let Some(chosen) = chosen { (text::small(format!("Left out: {}", chosen.why))) }
                (put_in(view, group, clause))
            }
        })
        .collect();
    html! {
        @if !items.is_empty() {
            (text::h2("These were left out"))
            (text::bullets(&items))
        }
    }
}

/// All other clauses, folded away by section.
fn others(view: &View<'_>, group: Group) -> Markup {
    let other = |clause: &&Clause| {
        !bound::binds(clause, group) && !bound::goes_in(view.setting, clause, group)
    };
    html! {
        (text::h2("Other clauses of the policy"))
        @for (section, clauses) in view.in_force.document.sections() {
            @let rest: Vec<Markup> = clauses.iter().filter(other)
                .map(|clause| html! { (clause.text) " " (put_in(view, group, clause)) })
                .collect();
            @if !rest.is_empty() { (text::details(section, text::bullets(&rest))) }
        }
    }
}

fn put_in(view: &View<'_>, group: Group, clause: &Clause) -> Markup {
    let sends = [("group", group.key()), ("clause", clause.id.as_str())];
    draw::press(
        &PUT_IN,
        view,
        &at(group, "/put-in"),
        &sends,
        &format!("clause {}", clause.id),
    )
}
