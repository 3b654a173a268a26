//! How a step is drawn, in a case and without one: do and don’t beside each other, whom to ring,
//! what the policy says of it.

use crate::{
    education::help::Help,
    procedure::{
        own::Own,
        run::Item,
        sheet::{Part, Step, Waits},
    },
    spine::{page::address, permit::Need, view::View},
};
use kit::{
    facts::{Fact, facts},
    guide, text,
};
use maud::{Markup, html};

/// The most of the directory that is offered for one step.
const CALLS_MAX: usize = 5;

/// Whom a step says to call: those that it names, then those near by for its topics.
pub(super) fn helps<'a>(view: &View<'a>, step: &Step) -> Vec<&'a Help> {
    let nation = view.setting.place.calendar().nation;
    let directory = &view.setting.education;
    let named = step.calls.iter().filter_map(|id| directory.find(id));
    let mut all: Vec<&Help> = named.filter(|help| help.is_in(nation)).collect();
    let near = directory.all().filter(|help| {
        let fits = step.topics.iter().any(|topic| help.topics.contains(topic));
        help.id.starts_with("local-") && help.is_in(nation) && fits
    });
    for help in near {
        if !all.iter().any(|one| one.id == help.id) {
            all.push(help);
        }
    }
    all.truncate(CALLS_MAX);
    all
}

/// Whom to ring, with the number to press and to read.
pub(super) fn calls(view: &View<'_>, step: &Step) -> Markup {
    let rows: Vec<Fact> = helps(view, step).into_iter().map(call).collect();
    // Nobody near by is known yet: the page says where others stand.
    let topic = step.topics.first().filter(|_| rows.is_empty());
    html! {
        @if !rows.is_empty() { (facts(&rows)) }
        @if let Some(topic) = topic {
            (text::paragraph(text::link_about(
                &address("/help-directory", &[("topic", topic.key())]),
                "Find the number in the help directory",
                &step.title,
            )))
        }
    }
}

fn call(help: &Help) -> Fact {
    let digits: String = help.phone.chars().filter(char::is_ascii_digit).collect();
    let reach = html! {
        @if !help.phone.is_empty() {
            (text::link_about(&format!("tel:{digits}"), format!("Ring {}", help.phone), &help.name))
            @if !help.hours.is_empty() { " (" (help.hours) ")" }
        }
        @if !help.phone.is_empty() && !help.site.is_empty() { " · " }
        @if !help.site.is_empty() { (text::link(&help.site, site(&help.site))) }
    };
    Fact::new(&help.name, reach)
}

/// An address as people read it.
pub(super) fn site(site: &str) -> &str {
    let rest = site.split_once("//").map_or(site, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/')
}

/// What a step says, below its title; in a case, or for everybody.
pub(super) fn says(view: &View<'_>, item: &Item, case: Option<u32>) -> Markup {
    let who = item.step.map(|step| step.who.in_words());
    let within = item.within.map(|within| within.to_string());
    let parts: Vec<String> = who.map(str::to_owned).into_iter().chain(within).collect();
    html! {
        @if !parts.is_empty() { (text::small(parts.join(", "))) }
        @if let Some(waits) = item.waits { (text::inset(waits_for(waits, item.step.is_none()))) }
        @if let Some(step) = item.step {
            @if !step.threshold.is_empty() { (text::paragraph(format!("When: {}", step.threshold))) }
            (beside(step))
            (calls(view, step))
            @if step.part == Part::Quarantine { (quarantine(view, case)) }
        }
        @for own in &item.own {
            // Where the step is the policy’s own, its title says the words already.
            @if item.step.is_none() && own.key == item.key { (text::small(from(view, own))) }
            @else { (quoted(view, own)) }
        }
    }
}

fn beside(step: &Step) -> Markup {
    match (step.does.is_empty(), step.not.is_empty()) {
        (false, false) => guide::side_by_side(
            "Do",
            guide::do_list(&step.does),
            "Do not",
            guide::do_not_list(&step.not),
        ),
        (false, true) => guide::do_list(&step.does),
        (true, false) => guide::do_not_list(&step.not),
        (true, true) => html! {},
    }
}

/// What a waiting step waits for.
fn waits_for(waits: Waits, is_own: bool) -> &'static str {
    match (waits, is_own) {
        (Waits::Police, true) => {
            "Our policy asks for this. It waits for the police’s answer, because it could destroy evidence."
        }
        (Waits::Police, false) => "This waits for the police’s answer.",
        (Waits::Officer, _) => "This waits for the designated officer’s advice.",
    }
}

/// Where a device that may hold evidence is put out of use.
fn quarantine(view: &View<'_>, case: Option<u32>) -> Markup {
    let case = case.map(|case| case.to_string()).unwrap_or_default();
    let at = address("/devices/secure", &[("case", &case)]);
    let may = !case.is_empty() || view.has(&Need::Team);
    html! {
        @if may { (text::paragraph(text::link(&at, "Put a device out of use"))) }
    }
}

/// What the policy says of a step, with its clause.
pub(super) fn quoted(view: &View<'_>, own: &Own) -> Markup {
    text::quote(&own.words, from(view, own))
}

/// The way to the clause.
fn from(view: &View<'_>, own: &Own) -> Markup {
    let clause = view.in_force.document.clause(&own.clause);
    let section = clause.map(|clause| clause.section.clone());
    text::link(
        &kit::refusal::clause_address(&own.clause),
        match section {
            Some(section) => format!("Our policy, {section}"),
            None => "Our policy".to_owned(),
        },
    )
}
