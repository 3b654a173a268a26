//! The home page of each role.

use crate::{
    families,
    people::group::Group,
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        standing::{Owed, shortened},
        view::View,
    },
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    standing::Standing,
};
use kit::{
    button::{self, button},
    guide::{self, DutyItem},
    tag, text,
};
use maud::{Markup, html};

/// How many days ahead "coming up" looks.
const AHEAD_DAYS: i64 = 30;
/// The most duties of others that are listed at once.
const OTHERS_MAX: usize = 50;

/// Its pages.
pub(super) const PAGES: &[Page] = &[Page {
    path: "/",
    title: "Today",
    menu: 10,
    help: "Today shows what you owe to the policy, the most urgent first.\n\
        Each item says by when it is to be done, which clause of the policy it comes from, and has a button that takes you to where it is done.\n\
        Managers and safeguarding leads also see what others owe.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: today,
}];

fn today(view: &View<'_>, _params: &Params) -> Shown {
    let mine = view.my_duties();
    let content = html! {
        (text::h1("Today"))
        (text::lead(date_in_words(view.today)))
        (at_once(view))
        (crate::monitor::pages::on_today(view))
        (troubles(view))
        (crate::access::pages::steps::told(view))
        (crate::access::pages::files::told(view))
        (crate::people::pages::visitors::reminder(view))
        (first_steps(view))
        (summary(view))
        (text::h2("For you to do"))
        @if mine.is_empty() {
            (text::paragraph("Nothing is waiting for you."))
        } @else {
            (guide::duties(&mine.iter().map(|owed| item(view, owed)).collect::<Vec<_>>()))
        }
        (asked(view))
        (coming_up(view))
        (others(view))
        (for_the_team(view))
        (for_families(view))
    };
    Shown::Page("Today".to_owned(), content)
}

/// What cannot wait for a menu, with children around: the buttons that this reader may press.
fn at_once(view: &View<'_>) -> Markup {
    if view.in_force.version == 0 || !view.has(&Need::Team) {
        return html! {};
    }
    let all = [
        ("/internet/open", "Open the internet"),
        ("/filter/saw-something", "We saw something"),
        ("/what-to-do", "What to do"),
    ];
    button::buttons(html! {
        @for (address, words) in all.into_iter().filter(|(address, _)| opens(view, address)) {
            (button(words).to(address).secondary())
        }
    })
}

/// What is wrong with how the ledger itself is kept, for those who lead.
fn troubles(view: &View<'_>) -> Markup {
    if !view.has(&Need::leadership()) {
        return html! {};
    }
    html! {
        @for trouble in view.keeping.troubles(view.now) { (text::warning(format!("{trouble}."))) }
        (undelivered(view))
    }
}

/// Messages that did not reach people. No control asks for it, so it is a line and no duty.
fn undelivered(view: &View<'_>) -> Markup {
    let count = view.setting.notices.undelivered().len();
    if count == 0 || !view.has(&Need::management()) {
        return html! {};
    }
    let what = if count == 1 {
        "A message could not be delivered".to_owned()
    } else {
        format!("{count} messages could not be delivered")
    };
    text::paragraph(html! { (what) ". " (text::link("/settings/mail", "See for whom")) "." })
}

/// What a new setting does first.
fn first_steps(view: &View<'_>) -> Markup {
    if view.in_force.version > 0 || !view.has(&Need::management()) {
        return html! {};
    }
    let first = match view.setting.policy.draft() {
        Some(_) => ("/policy/draft", "Go on with your policy"),
        None => ("/policy/start", "Bring in your policy"),
    };
    guide::empty(
        "Stairgate runs your own policy. Hand it the document that you have, or start from one of ours.",
        Some(first),
    )
}

/// How the policy stands, for those who answer for it.
fn summary(view: &View<'_>) -> Markup {
    let answers_for_it = Need::AnyOf(vec![Need::leadership(), Need::Of(vec![Group::Committee])]);
    if view.in_force.version == 0 || !view.has(&answers_for_it) {
        return html! {};
    }
    let counts = view.standings.counts();
    let all: Vec<(Standing, usize)> = Standing::ALL
        .into_iter()
        .map(|standing| {
            (
                standing,
                usize::try_from(counts.of(standing)).unwrap_or(usize::MAX),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    html! {
        (text::h2("How our policy stands"))
        (tag::standing_counts(&all, &|standing| Some(format!("/policy?standing={}", standing.key()))))
    }
}

/// What people are asked for, without owing it: to say what they think of a draft.
fn asked(view: &View<'_>) -> Markup {
    let Some(person) = view.person() else {
        return html! {};
    };
    let draft = view
        .setting
        .policy
        .draft()
        .filter(|draft| draft.is_open_for_comment(view.today));
    let Some(consultation) = draft.and_then(|draft| draft.consultation.as_ref()) else {
        return html! {};
    };
    let people = &view.setting.people;
    if !consultation
        .groups
        .iter()
        .any(|group| people.is_of(person, *group, view.today))
    {
        return html! {};
    }
    html! {
        (text::h2("You are asked"))
        (text::paragraph(html! {
            (text::link("/policy/consultation", "Say what you think of the draft of our policy"))
            ", until " (date_in_words(consultation.until)) "."
        }))
    }
}

fn coming_up(view: &View<'_>) -> Markup {
    let until = view
        .today
        .checked_add(AHEAD_DAYS.days())
        .unwrap_or(Date::MAX);
    let soon = |owed: &&Owed| {
        let opens = owed.duty.opens;
        view.today < opens && opens <= until && view.is_mine(&owed.duty.owner)
    };
    let all: Vec<String> = view
        .standings
        .duties
        .iter()
        .filter(soon)
        .map(|owed| {
            format!(
                "{}: from {}",
                view.words(&owed.duty.what),
                date_in_words(owed.duty.opens)
            )
        })
        .collect();
    if all.is_empty() {
        return html! {};
    }
    html! { (text::h2("Coming up")) (text::bullets(&all)) }
}

/// What others owe, for those who lead.
fn others(view: &View<'_>) -> Markup {
    if !view.has(&Need::leadership()) {
        return html! {};
    }
    let theirs = |owed: &&Owed| owed.duty.is_open(view.today) && !view.is_mine(&owed.duty.owner);
    let all: Vec<&Owed> = view.standings.duties.iter().filter(theirs).collect();
    if all.is_empty() {
        return html! {};
    }
    let late = all
        .iter()
        .filter(|owed| owed.duty.is_late(view.today))
        .count();
    let items: Vec<DutyItem> = all
        .iter()
        .take(OTHERS_MAX)
        .map(|owed| item(view, owed))
        .collect();
    let more = all.len().saturating_sub(OTHERS_MAX);
    html! {
        (text::h2("For others to do"))
        (text::paragraph(format!("{} open, {late} late.", all.len())))
        (guide::duties(&items))
        @if more > 0 { (text::paragraph(format!("And {more} more."))) }
    }
}

/// What those who work here look up most, where the menu says it shorter.
fn for_the_team(view: &View<'_>) -> Markup {
    if !view.has(&Need::Team) || view.has(&Need::leadership()) {
        return html! {};
    }
    html! {
        (text::h2("For the team"))
        (text::bullets(&[
            text::link("/policy", "Look something up in our policy"),
            text::link("/roles/mine", "What my roles ask of me"),
            text::link("/roles", "Who to turn to"),
        ]))
    }
}

/// What parents and carers find here.
fn for_families(view: &View<'_>) -> Markup {
    let Some(person) = view.person() else {
        return html! {};
    };
    if !view.setting.people.is_of(person, Group::Parent, view.today) {
        return html! {};
    }
    html! {
        (text::h2("For families"))
        (text::bullets(&[
            text::link("/policy", "Read our online safety policy"),
            text::link("/roles", "Who to talk to about online safety"),
            text::link("/account", "Your account"),
        ]))
    }
}

/// A duty as a list item for this reader.
#[must_use]
pub(crate) fn item(view: &View<'_>, owed: &Owed) -> DutyItem {
    let duty = &owed.duty;
    let clause = owed
        .clauses
        .first()
        .and_then(|id| view.in_force.document.clause(id));
    let is_late = duty.is_late(view.today);
    DutyItem {
        what: view.words(&duty.what),
        owner: view.owner(&duty.owner),
        by: format!(
            "{} {}",
            if is_late { "was due" } else { "by" },
            date_in_words(duty.due)
        ),
        is_late,
        clause: clause.map(|clause| {
            (
                shortened(&clause.text),
                kit::refusal::clause_address(&clause.id),
            )
        }),
        at: opens(view, &duty.at).then(|| (duty.at.clone(), "Go to it".to_owned())),
    }
}

/// Whether the place where a duty is done opens for this reader: those who lead see what others owe
/// and can't do all of it for them. Addresses with names in them are taken to open.
fn opens(view: &View<'_>, address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let params = Params::default();
    let pages = families::pages()
        .filter(|page| page.path == path)
        .map(|page| page.need);
    let forms = families::forms()
        .filter(|form| form.path == path)
        .map(|form| form.need);
    let needs: Vec<Need> = pages
        .chain(forms)
        .map(|need| need(&params, view.setting))
        .collect();
    !path.is_empty() && (needs.is_empty() || needs.iter().any(|need| view.has(need)))
}
