//! What the pages of this family share: who sees what, the way around, forms and buttons, words.

use super::FORMS;
use crate::{
    people::group::Group,
    policy::{document::Clause, register::Version},
    spine::{
        act::Person,
        answers::Answers,
        catalogue, draw,
        page::{Form, Params, encoded},
        permit::{self, Need},
        setting::Setting,
        standing::{Owed, shortened},
        view::View,
    },
};
use kernel::{
    moment::{Date, Moment, date_in_words},
    value::Value,
};
use kit::{
    button::button,
    form::{self, Problems},
    guide::DutyItem,
    navigation, text,
};
use maud::{Markup, html};

/// Whoever works here, the committee and those who lead see how clauses stand; parents, carers and
/// others read the policy without it.
pub(super) fn inside() -> Need {
    Need::AnyOf(vec![
        Need::Team,
        Need::Of(vec![Group::Committee]),
        Need::leadership(),
    ])
}

/// Registers name people, so they are for those who lead and for the committee.
pub(super) fn over_all() -> Need {
    Need::AnyOf(vec![Need::leadership(), Need::Of(vec![Group::Committee])])
}

/// For pages of the inside.
pub(super) fn needs_inside(_params: &Params, _setting: &Setting) -> Need {
    inside()
}

/// For pages of all who have signed in.
pub(super) fn needs_sign_in(_params: &Params, _setting: &Setting) -> Need {
    Need::SignedIn
}

/// For forms of the management.
pub(super) fn needs_management(_params: &Params, _setting: &Setting) -> Need {
    Need::management()
}

/// For forms of those who lead.
pub(super) fn needs_leadership(_params: &Params, _setting: &Setting) -> Need {
    Need::leadership()
}

/// The parts of the policy, side by side.
pub(super) fn around(view: &View<'_>, here: &str) -> Markup {
    let policy = &view.setting.policy;
    let inside = view.has(&inside());
    let mut items = vec![
        ("/policy", "The policy"),
        ("/policy/read", "Read and confirm"),
    ];
    if sees_draft(view) {
        items.push(("/policy/draft", "Draft"));
        items.push(("/policy/consultation", "Comments"));
    }
    items.push(("/policy/versions", "Versions"));
    if inside {
        items.push(("/policy/reviews", "Reviews"));
    }
    items.push(("/policy/linked", "Policies beside it"));
    items.push(("/policy/sanctions", "Consequences"));
    if inside && policy.adopted().is_some() {
        items.push(("/policy/controls", "Controls"));
    }
    if inside && !view.in_force.open_choices().is_empty() {
        items.push(("/policy/choices", "Choices"));
    }
    let items: Vec<(&str, &str, bool)> = items
        .into_iter()
        .map(|(href, words)| (href, words, href == here))
        .collect();
    navigation::sub_navigation("Policy", &items)
}

/// Whether the reader may see the draft: those who write it, who approve it, and who were asked.
pub(super) fn sees_draft(view: &View<'_>) -> bool {
    let Some(draft) = view.setting.policy.draft() else {
        return false;
    };
    let asked = draft
        .consultation
        .as_ref()
        .is_some_and(|consultation| view.has(&Need::Of(consultation.groups.clone())));
    asked || writes(view) || view.has(&over_all()) || approves(view)
}

/// Whether the reader writes the draft.
pub(super) fn writes(view: &View<'_>) -> bool {
    view.has(&Need::management())
}

fn approves(view: &View<'_>) -> bool {
    let all = crate::policy::approver::Approver::all(view.in_force);
    all.iter().any(|approver| view.has(&approver.need()))
}

/// The form of an act.
pub(super) fn form_of(act: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.act == act)
}

/// A form within a page; nothing for those who may not ask for it.
pub(super) fn ask(view: &View<'_>, act: &str, action: &str, answers: &Answers) -> Markup {
    let Some(form) = form_of(act) else {
        return html! {};
    };
    let params = Params::default();
    if !view.has(&(form.need)(&params, view.setting)) {
        return html! {};
    }
    draw::form(form, view, action, answers, &Problems::none())
}

/// A button that asks for an act at once, with what it sends.
pub(super) fn press(
    view: &View<'_>,
    act: &str,
    action: &str,
    sends: &[(&str, &str)],
    words: &str,
    about: &str,
) -> Markup {
    let mut all = vec![(draw::ACT_FIELD, act)];
    all.extend_from_slice(sends);
    let mut drawn = button(words).secondary();
    if !about.is_empty() {
        drawn = drawn.about(about);
    }
    form::button_form(action, view.csrf, &all, &drawn)
}

/// A form that is a link on this page and has a page of its own.
pub(super) fn link_to(href: &str, words: &str) -> Markup {
    text::paragraph(text::link(href, words))
}

/// The address of a clause.
pub(super) fn clause_at(id: &str) -> String {
    kit::refusal::clause_address(id)
}

/// A link to a clause by its first words.
pub(super) fn clause_link(clause: &Clause) -> Markup {
    text::link(&clause_at(&clause.id), shortened(&clause.text))
}

/// The number of an entry of the ledger, as a link for whoever may open it.
pub(super) fn entry_link(view: &View<'_>, seq: u64) -> Markup {
    if view.has(&permit::need_for_activity()) {
        return text::link(&format!("/activity/{seq}"), seq);
    }
    text::text(seq)
}

/// Somebody by name, or nobody.
pub(super) fn who(view: &View<'_>, person: Option<Person>) -> String {
    match person {
        Some(person) => view.name(person),
        None => "Stairgate itself".to_owned(),
    }
}

/// People by name.
pub(super) fn names(view: &View<'_>, people: &[Person]) -> String {
    let names: Vec<String> = people.iter().map(|person| view.name(*person)).collect();
    names.join(", ")
}

/// How long ago: "today", "12 days ago".
pub(super) fn age(view: &View<'_>, at: Moment) -> String {
    let days = (view.today - at.date()).get_days();
    match days {
        i32::MIN..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=59 => format!("{days} days ago"),
        60..=729 => format!("{} months ago", days / 30),
        _ => format!("{} years ago", days / 365),
    }
}

/// A day, for people and machines.
pub(super) fn day(day: Date) -> Markup {
    text::time(&day.to_string(), date_in_words(day))
}

/// The title of a control, for people.
pub(super) fn title_of(control: &str) -> &str {
    catalogue::find(control).map_or(control, |described| described.title.as_str())
}

/// A value for people.
pub(super) fn value(value: &Value) -> String {
    match value.in_words() {
        words if words.is_empty() => "nothing".to_owned(),
        words => words,
    }
}

/// "1 clause", "12 clauses".
pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {several}"),
    }
}

/// Whether the reader sees that something is owed: those who lead see all, others their own.
pub(super) fn sees_duty(view: &View<'_>, owed: &Owed) -> bool {
    view.is_mine(&owed.duty.owner) || view.has(&over_all())
}

/// Something owed, as a list shows it.
pub(super) fn duty(view: &View<'_>, owed: &Owed) -> DutyItem {
    let duty = &owed.duty;
    let is_late = duty.is_late(view.today);
    let by = date_in_words(duty.due);
    DutyItem {
        what: view.words(&duty.what),
        owner: view.owner(&duty.owner),
        by: if is_late {
            format!("was due {by}")
        } else {
            format!("by {by}")
        },
        is_late,
        clause: None,
        at: (!duty.at.is_empty()).then(|| (duty.at.clone(), "Go to it".to_owned())),
    }
}

/// The version in force, or what to do when there is none.
pub(super) fn none_yet(view: &View<'_>) -> Markup {
    let first = if !writes(view) {
        None
    } else if view.setting.policy.draft().is_some() {
        Some(("/policy/draft", "Go on with the draft"))
    } else {
        Some(("/policy/start", "Bring in your policy"))
    };
    kit::guide::empty(
        "This setting has no policy in force yet. Once it has one, you read it here, clause by clause.",
        first,
    )
}

/// What a version is, in a line.
pub(super) fn version_line(version: &Version) -> String {
    format!(
        "Version {}, in force since {}",
        version.number,
        date_in_words(version.at.date())
    )
}

/// The policies that a clause refers to, each with where it is kept.
pub(super) fn linked_links(view: &View<'_>, names: &[String]) -> Vec<Markup> {
    let policy = &view.setting.policy;
    let link = |name: &String| match policy.linked(name) {
        Some(on_file) => text::link(&linked_at(&on_file.name), &on_file.name),
        None => html! { (name) " (not on file yet)" },
    };
    names.iter().map(link).collect()
}

/// The address of a linked policy.
pub(super) fn linked_at(name: &str) -> String {
    format!("/policy/linked/read?name={}", encoded(name))
}
