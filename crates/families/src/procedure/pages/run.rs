//! A procedure at work in a case, step by step: how each stands, what to do now, whom to ring.

use super::parts;
use crate::{
    concerns::register::Case,
    procedure::{
        acts::Act,
        limit::Limit,
        register::Run,
        run::{Course, Item, Marked, Outcome, Plan, State},
        sheet::{self, Part, Waits},
    },
    spine::{
        act::{Act as AnyAct, Person},
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::Moment;
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    form, guide, navigation, notice,
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How long people are at what is to be done at once, before it is called late.
const AT_ONCE_MINUTES: i64 = 60;

/// A procedure at work.
pub(super) const RUN: Page = Page {
    path: "/procedure/cases/{case}/{run}",
    title: "What to do in a case",
    menu: 0,
    help: "What has to be done in this case, step by step, with what to do and what not to do beside each step. Only who is on the case sees it.\nSay of each step that it is done, not yet, or not needed and why. A step that may not be passed over lightly needs a second person who agrees.\nA step that waits for the police or the designated officer goes on when their answer is written down. The case can be closed when no step is open.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show,
};

/// A procedure of a case, opened.
pub(super) struct Opened<'a> {
    pub(super) case: &'a Case,
    pub(super) run: &'a Run,
    pub(super) plan: Plan,
    pub(super) course: Course,
    pub(super) marks: Vec<Marked>,
}

/// A procedure of a case as it stands. The page's need has been checked before.
pub(super) fn opened<'a>(view: &View<'a>, case: u32, run: u32) -> Option<Opened<'a>> {
    let run = view.setting.procedure.run(case, run)?;
    let case = view.setting.concerns.case(case)?;
    let plan = view.open(&run.plan)?;
    let marks = run.marks(|says| view.open(says));
    let course = plan.course(&marks, view.in_force, view.setting.place.calendar());
    Some(Opened {
        case,
        run,
        plan,
        course,
        marks,
    })
}

/// The procedure of an address.
pub(super) fn of_address<'a>(view: &View<'a>, params: &Params) -> Option<Opened<'a>> {
    opened(view, params.number("case")?, params.number("run")?)
}

impl Opened<'_> {
    /// What it is called, with how it came about.
    pub(super) fn title(&self) -> String {
        let Some(sheet) = sheet::find(&self.plan.sheet) else {
            return "A procedure".to_owned();
        };
        match sheet.way(&self.plan.way) {
            Some(way) => format!("{}: {}", sheet.title, way.title.to_lowercase()),
            None => sheet.title.clone(),
        }
    }

    /// Where it is shown.
    pub(super) fn at(&self) -> String {
        format!("/procedure/cases/{}/{}", self.case.number, self.run.number)
    }

    /// The address of a form about a step of it.
    fn form(&self, form: &str, step: &str) -> String {
        let (case, run) = (self.case.number.to_string(), self.run.number.to_string());
        let words = [("case", case.as_str()), ("run", &run), ("step", step)];
        address(&format!("/procedure/{form}"), &words)
    }
}

/// A name for who is on the case.
pub(super) fn name(view: &View<'_>, person: Option<Person>) -> String {
    let known = |person: Person| {
        let name = view.setting.people.name(person);
        name.and_then(|name| view.open(name))
            .unwrap_or_else(|| view.name(person))
    };
    person.map_or_else(|| "the program".to_owned(), known)
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(opened) = of_address(view, params) else {
        return Shown::NotHere;
    };
    let title = opened.title();
    let calm = sheet::find(&opened.plan.sheet).map_or("", |sheet| sheet.calm.as_str());
    let back = format!("/concerns/cases/{}", opened.case.number);
    let case = format!("Case {}", opened.case.reference);
    let settled = opened
        .course
        .items
        .iter()
        .filter(|item| item.state.is_settled());
    let done = u64::try_from(settled.count()).unwrap_or_default();
    let of = u64::try_from(opened.course.items.len()).unwrap_or_default();
    let steps: Vec<guide::Step> = opened
        .course
        .items
        .iter()
        .map(|item| guide::Step::new(&item.title, step(view, &opened, item)).named(&item.key))
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns"), (&back, &case)]))
        (guide::identity_bar(&case, &[("First heard", &opened.plan.heard.in_words()), ("For", opened.plan.nation.in_words())]))
        (text::h1(&title))
        (text::lead(calm))
        (notice::progress("Steps that are settled", done, of))
        (clock(view, &opened.course))
        (kinds(&opened))
        (go_on(&opened.course))
        (guide::steps(&steps))
        (suspended(view, &opened))
        @if !opened.course.also.is_empty() {
            (text::h2("Our policy also says"))
            @for own in &opened.course.also { (parts::quoted(view, own)) }
        }
        (text::paragraph(html! {
            (text::link(&back, "Back to the case")) " · "
            (text::link(&address(&format!("/what-to-do/{}/print", opened.plan.sheet), &[("way", &opened.plan.way)]), "The steps on one page"))
        }))
        (text::small(format!("From: {}", opened.course.source)))
    };
    Shown::Page(title, content)
}

fn clock(view: &View<'_>, course: &Course) -> Markup {
    let Some(next) = course.next() else {
        return html! {};
    };
    if is_any_late(course, view.now) {
        return text::warning(format!(
            "A step was to be done by {}. Do it now, and write down why it is late.",
            next.in_words()
        ));
    }
    if next <= view.now {
        return text::warning("The first steps are to be done at once.");
    }
    text::paragraph(format!("The next clock ends on {}.", next.in_words()))
}

/// The way to the first step that can be done now: such pages are long on a telephone.
fn go_on(course: &Course) -> Markup {
    let mut open = course.items.iter().enumerate();
    let Some((nth, item)) = open.find(|(_, item)| item.state == State::Open) else {
        return html! {};
    };
    if nth == 0 {
        return html! {};
    }
    let to = format!("#{}", guide::place(&item.key));
    text::paragraph(html! { "Go on with step " (nth + 1) ": " (text::link(&to, &item.title)) })
}

/// Whether the time of a step that is not settled is over.
pub(super) fn is_any_late(course: &Course, now: Moment) -> bool {
    let open = course.items.iter().filter(|item| !item.state.is_settled());
    open.filter_map(|item| Some((item.within, item.due?)))
        .any(|(within, due)| is_late(within, due, now))
}

fn kinds(opened: &Opened<'_>) -> Markup {
    if opened.plan.kinds.is_empty() {
        return html! {};
    }
    text::inset(format!(
        "Our policy says that this goes to the police: {}. Telling them is passed over only with a reason, and when a second person agrees.",
        opened.plan.kinds.join("; ")
    ))
}

/// Whether a time is over. What is to be done at once is not called late while people are at it.
pub(super) fn is_late(within: Option<Limit>, due: Moment, now: Moment) -> bool {
    let due = match within {
        Some(Limit::AtOnce) => due.plus_minutes(AT_ONCE_MINUTES),
        _ => due,
    };
    due < now
}

/// How a step stands, in a word.
pub(super) fn tagged(item: &Item, now: Moment) -> Markup {
    let late = item.due.is_some_and(|due| is_late(item.within, due, now));
    match item.state {
        State::Done => tag("Done", Colour::Green),
        State::NotNeeded => tag("Not needed", Colour::Grey),
        State::NeedsSecond => tag("A second person is asked", Colour::Yellow),
        State::Waiting(Waits::Police) => tag("Waits for the police", Colour::Purple),
        State::Waiting(Waits::Officer) => tag("Waits for the officer", Colour::Purple),
        State::Open if late => tag("Late", Colour::Red),
        State::Open if item.within == Some(Limit::AtOnce) => tag("At once", Colour::Yellow),
        State::Open => tag("To do", Colour::Blue),
    }
}

fn step(view: &View<'_>, opened: &Opened<'_>, item: &Item) -> Markup {
    let due = item.due.filter(|_| !item.state.is_settled());
    html! {
        (text::paragraph(html! {
            (tagged(item, view.now))
            @if let Some(due) = due.filter(|_| item.within != Some(Limit::AtOnce)) { " by " (due.in_words()) }
            @if item.must { " · not passed over without a second person" }
        }))
        @if let Some(last) = &item.last { (said(view, last)) }
        @if item.state.is_settled() {
            (text::details("What it asks for", parts::says(view, item, Some(opened.case.number))))
        } @else {
            (parts::says(view, item, Some(opened.case.number)))
        }
        @if !opened.case.is_closed() { (what_now(view, opened, item)) }
    }
}

/// What was said of a step last, by whom and when.
pub(super) fn said(view: &View<'_>, marked: &Marked) -> Markup {
    let mut rows = vec![Fact::new(
        "Said",
        format!("{}, by {}", marked.at.in_words(), name(view, marked.by)),
    )];
    if !marked.mark.words.is_empty() {
        rows.push(Fact::new("Words", &marked.mark.words));
    }
    for (label, words) in more(marked) {
        rows.push(Fact::new(label, words));
    }
    if let Some((person, at)) = marked.agreed {
        let words = format!("{}, {}", name(view, Some(person)), at.in_words());
        rows.push(Fact::new("Agreed by", words));
    }
    facts(&rows)
}

/// What a mark says beside its words, with labels for people.
pub(super) fn more(marked: &Marked) -> Vec<(&'static str, String)> {
    const LABELS: [(&str, &str); 10] = [
        ("reference", "Reference"),
        ("who", "Spoken to"),
        ("advised", "What they advised"),
        ("kept", "What was kept, and where"),
        ("releases", "What waits may go on"),
        ("whose", "Whose data"),
        ("count", "How many people"),
        ("risk", "Risk"),
        ("why", "Why"),
        ("measures", "What was done about it"),
    ];
    let found = LABELS.iter().filter_map(|(key, label)| {
        let words = marked.mark.more.get(*key)?;
        let words = match (*key, words.as_str()) {
            ("releases", "yes") => "Yes".to_owned(),
            ("releases", _) => "Not yet".to_owned(),
            ("risk", "none") => "Unlikely".to_owned(),
            ("risk", "some") => "There is a risk".to_owned(),
            ("risk", "high") => "The risk is high".to_owned(),
            (_, words) => words.to_owned(),
        };
        Some((*label, words))
    });
    found.collect()
}

fn what_now(view: &View<'_>, opened: &Opened<'_>, item: &Item) -> Markup {
    let (case, run) = (
        opened.case.number.to_string(),
        opened.run.number.to_string(),
    );
    if let (State::NeedsSecond, Some(last)) = (item.state, &item.last) {
        let act = AnyAct::Procedure(Act::Agree {
            case: opened.case.number,
            run: opened.run.number,
            mark: last.number,
        });
        if last.by == view.person() || !view.may(&act) {
            return html! {
                (text::paragraph("Somebody else on the case has to agree. Share the case with a second person, if you are alone on it."))
                (button("Say something else").to(opened.form("mark", &item.key)).secondary().about(format!(": {}", item.title)))
            };
        }
        let mark = last.number.to_string();
        return html! {
            (form::button_form(
                &address("/procedure/agree", &[("case", &case), ("run", &run)]), view.csrf,
                &[("act", "procedure.agree"), ("case", &case), ("run", &run), ("mark", &mark)],
                &button("Agree that it is not needed").about(format!(": {}", item.title)),
            ))
            (button("Say something else").to(opened.form("mark", &item.key)).secondary().about(format!(": {}", item.title)))
        };
    }
    let about = format!(": {}", item.title);
    let other = button("Say how it stands")
        .to(opened.form("mark", &item.key))
        .secondary()
        .about(&about);
    if item.state != State::Open {
        return html! { (other) };
    }
    match item.part() {
        Part::Police => buttons(html! {
            (button("Write down what the police answered").to(opened.form("answer", &item.key)))
            (other)
        }),
        Part::Breach => buttons(html! {
            (button("Write the breach down").to(opened.form("assess", &item.key)))
            (other)
        }),
        Part::Suspend => buttons(html! {
            @for person in &opened.case.excluded {
                (button("Suspend access").to(to_suspend(opened, "suspend", *person)).about(format!(" of {}", name(view, Some(*person)))))
            }
            (other)
        }),
        Part::None
        | Part::Officer
        | Part::Quarantine
        | Part::Regulator
        | Part::Bar
        | Part::Commissioner
        | Part::People => html! {
            (form::button_form(
                &opened.form("mark", &item.key), view.csrf,
                &[("act", "procedure.mark"), ("case", &case), ("run", &run), ("step", &item.key), ("outcome", Outcome::Done.key())],
                &button("Done").about(&about),
            ))
            (other)
        },
    }
}

fn to_suspend(opened: &Opened<'_>, form: &str, person: Person) -> String {
    let (case, run) = (
        opened.case.number.to_string(),
        opened.run.number.to_string(),
    );
    let person = person.to_string();
    let words = [("case", case.as_str()), ("run", &run), ("person", &person)];
    address(&format!("/procedure/{form}"), &words)
}

/// Whose access is suspended by this case.
fn suspended(view: &View<'_>, opened: &Opened<'_>) -> Markup {
    let case = opened.case.number;
    let out: Vec<Markup> = opened
        .case
        .excluded
        .iter()
        .filter(|person| view.setting.procedure.is_suspended_in(**person, case))
        .map(|person| {
            let name = name(view, Some(*person));
            html! {
                (name) ": "
                (text::link_about(&to_suspend(opened, "restore", *person), "Give access again", &name))
            }
        })
        .collect();
    html! {
        @if !out.is_empty() {
            (text::h2("Whose access is suspended"))
            (text::bullets(&out))
        }
    }
}
