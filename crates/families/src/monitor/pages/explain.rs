//! Why something was open or closed at a time: what decided, the list and line that named it, the
//! profile, the plan and the file of lists of that time, the version of the policy, and its clause.

use super::{device, kind, looks};
use crate::{
    monitor::traces::{Asked, Grounds, Trace},
    policy::register::Version,
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kernel::moment::Moment;
use kit::{
    facts::{Fact, facts},
    navigation, refusal, text,
};
use maud::html;

/// Why.
pub(super) const EXPLAIN: Page = Page {
    path: "/monitor/looks/{case}/explain",
    title: "Why it was open or closed",
    menu: 0,
    help: "What decided at that time: the list and its line, the profile of the device, the plan of the filter, the version of your policy and its clause. Lists and plans of long ago may be gone; then what is left is shown.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show,
};

fn found(view: &View<'_>, params: &Params) -> Option<Trace> {
    let (look, true) = looks::found(view, params)? else {
        return None;
    };
    let at = Moment::from_micros(params.number("at")?);
    let day = at.date();
    if day < look.first || look.last < day {
        return None;
    }
    let asked = Asked {
        has: params
            .get("asked")
            .to_lowercase()
            .chars()
            .take(200)
            .collect(),
        first: day,
        last: day,
        ..looks::asked(view, look)
    };
    let rows = view.traces.ask(&asked).rows.into_iter();
    let mut rows = rows.filter(|trace| looks::is_for(view, look, trace));
    rows.find(|trace| trace.at == at)
}

/// The version of the policy that held at a moment.
fn version<'a>(view: &View<'a>, at: Moment) -> Option<&'a Version> {
    let versions = view.setting.policy.versions().iter().rev();
    let mut before = versions.skip_while(|version| at < version.at);
    before.next()
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(trace) = found(view, params) else {
        return Shown::NotHere;
    };
    let grounds = view.traces.explain(&trace).unwrap_or_default();
    let version = version(view, trace.at);
    let look = format!("/monitor/looks/{}", params.get("case"));
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring"), (&look, "What was asked for")]))
        (text::h1("Why it was open or closed"))
        (facts(&rows(view, &trace, &grounds, version)))
        @if let Some(words) = &grounds.clause {
            @let clause = version.and_then(|version| version.document.clauses.iter().find(|clause| clause.text == *words));
            (text::h2("Our policy said"))
            (text::quote(words, clause.map(|clause| clause.section.clone()).unwrap_or_default()))
            @if let Some(clause) = clause {
                (text::paragraph(text::link(&refusal::clause_address(&clause.id), "The clause as it is now")))
            }
        }
    };
    Shown::Page("Why it was open or closed".to_owned(), content)
}

fn rows(view: &View<'_>, trace: &Trace, grounds: &Grounds, version: Option<&Version>) -> Vec<Fact> {
    let gone = || "No longer kept".to_owned();
    let because = match grounds.because.as_str() {
        "" => gone(),
        words => words.to_owned(),
    };
    let list = match (&grounds.list, grounds.line) {
        (Some(list), Some(line)) => format!("{list}, line {line}"),
        (Some(list), None) => list.clone(),
        (None, _) if trace.list > 0 => gone(),
        (None, _) => "None".to_owned(),
    };
    let made = |number: u32, at: Option<Moment>| match at {
        Some(at) => format!("Number {number}, made on {}", at.in_words()),
        None => format!("Number {number}"),
    };
    let policy = version.map_or_else(
        || "None was adopted yet".to_owned(),
        |version| {
            format!(
                "Version {}, adopted on {}",
                version.number,
                version.at.in_words()
            )
        },
    );
    let mut all = vec![
        Fact::new("Asked for", &trace.asked),
        Fact::new("When", trace.at.in_words()),
        Fact::new("By way of", &trace.door),
        Fact::new("Device", device(view, trace.device.unwrap_or(0))),
        Fact::new("Answer", trace.answer.in_words()),
        Fact::new("Because", because),
    ];
    if !trace.kind.is_empty() {
        all.push(Fact::new("Kind of sites", kind(&trace.kind)));
    }
    if !grounds.profile.is_empty() {
        let users = crate::devices::kinds::Users::from_key(&grounds.profile);
        let words = users.map_or(grounds.profile.as_str(), |users| users.in_words());
        all.push(Fact::new("Profile", words));
    }
    if let Some(session) = trace
        .session
        .and_then(|one| view.setting.internet.session(one))
    {
        let by = session.by.map(|by| view.name(by)).unwrap_or_default();
        all.push(Fact::new(
            "Opened for children",
            format!("{}, by {by}", session.purpose),
        ));
    }
    all.extend([
        Fact::new("List and line", list),
        Fact::new("File of lists", made(trace.lists, grounds.lists_of)),
        Fact::new("Plan of the filter", made(trace.plan, grounds.plan_of)),
        Fact::new("Our policy then", policy),
    ]);
    all
}
