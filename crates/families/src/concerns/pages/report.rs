//! Reporting a concern, what is said after it, and the doors for complaints.

use crate::{
    concerns::{
        acts::{Act, NewReport},
        circle,
        kinds::{KINDS, Kind, PLACES},
        note::Report,
        once,
    },
    people::{group::Group, pages::known},
    roles::role::Role,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Look, Page, Params, Shown, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::minus_days;
use kit::{
    facts::{Fact, card, facts},
    guide, notice, text,
};
use maud::{Markup, html};

/// Children who left are offered for so many days.
const LEFT_DAYS: i64 = 3 * 365;

/// Whose behaviour it may be about: key and label.
const ADULTS: &[(&str, &str)] = &[
    ("no", "No"),
    ("lead", "Yes, of the designated safeguarding lead"),
    ("manager", "Yes, of the manager"),
    ("other", "Yes, of somebody else"),
];

const SURE: &[(&str, &str)] = &[
    ("exact", "I know the day"),
    ("about", "The day is about right"),
    ("told", "I was told later"),
];

/// Report a concern.
pub(super) const REPORT: Form = Form {
    act: "concerns.report",
    path: "/concerns/report",
    title: "Report a concern",
    button: "Send",
    help: "Tell us of any worry about a child, in your own words. Only the first two questions have to be answered; you need not be sure.\nIt goes at once to those who look after safeguarding here, and to nobody else. If it is about one of them, it goes round them by itself.\nYou can leave your name out. Then we can’t ask you back, so write what we need to know.\nPictures can’t be sent here. If there is a picture, do not copy or send it: say where it is.",
    need: |_, _| Need::Anyone,
    fields: &[
        ONCE,
        TICKET,
        WRITTEN,
        Field::new("what", "What happened?", FieldKind::Text(8_000))
            .hint("In your own words: what you saw, heard or were told"),
        Field::new("danger", "Is somebody in danger now?", FieldKind::YesNo)
            .hint("If so, ring 999 first"),
        Field::new(
            "about-children",
            "Which children is it about?",
            FieldKind::SeveralOf(children),
        )
        .optional(),
        Field::new(
            "about",
            "Who is it about, in your words?",
            FieldKind::Line(300),
        )
        .hint("If the name is not in the list")
        .more(),
        Field::new(
            "adult-role",
            "Is it about how an adult behaves who works here?",
            FieldKind::Choice(ADULTS),
        )
        .more(),
        Field::new("adult", "Which adult?", FieldKind::ChoiceOf(team)).more(),
        Field::new("said", "What did the child say?", FieldKind::Text(4_000))
            .hint("Word for word, as far as you remember")
            .more(),
        Field::new(
            "opinion",
            "What do you think about it?",
            FieldKind::Text(4_000),
        )
        .hint("Kept apart from what happened")
        .more(),
        Field::new("kind", "What is it about?", FieldKind::Choice(KINDS)).more(),
        Field::new("day", "When did it happen?", FieldKind::Date).more(),
        Field::new("time", "At what time?", FieldKind::Line(60))
            .hint("As far as you know, such as: after lunch")
            .more(),
        Field::new("sure", "How sure is the day?", FieldKind::Choice(SURE)).more(),
        Field::new("place", "Where?", FieldKind::Line(200)).more(),
        Field::new(
            "marks",
            "Did you see marks on the child’s body? Where?",
            FieldKind::Several(PLACES),
        )
        .hint("Only what you saw anyway. Do not look for marks, and do not take a picture. Left and right are the child’s own; the figure with a face is seen from the front")
        .look(Look::Body)
        .more(),
        Field::new(
            "device-known",
            "Which of our devices was it on?",
            FieldKind::ChoiceOf(devices),
        )
        .more(),
        Field::new("device", "Which device was it on?", FieldKind::Line(200)).more(),
        Field::new("address", "Which web address?", FieldKind::Line(1_000))
            .hint("The address only. Do not open it again")
            .more(),
        Field::new("reporter", "What is your name?", FieldKind::Line(200)).of_strangers(),
        Field::new("reach", "How can we reach you?", FieldKind::Line(200))
            .hint("A telephone number or an email address, if we may ask you for more")
            .of_strangers(),
        Field::new("unnamed", "Send it without my name", FieldKind::Confirm).optional(),
    ],
    start,
    read,
    then: |_| "/concerns/sent".to_owned(),
};

/// What the form is called, so that what is sent twice is taken once.
pub(super) const ONCE: Field = Field::new(once::ONCE, "Once", FieldKind::Hidden).optional();
/// To whom the form was given, so that it counts as theirs also when it has to wait.
pub(super) const TICKET: Field = Field::new(once::TICKET, "Ticket", FieldKind::Hidden).optional();
/// When it was written, where it had to wait: milliseconds since 1970 by the clock of the device.
pub(super) const WRITTEN: Field =
    Field::new(once::WRITTEN, "Written", FieldKind::Hidden).optional();

/// Begins with what the script says while there is no network.
fn start(view: &View<'_>, params: &Params) -> Start {
    Start {
        above: Some(html! {
            (text::paragraph(text::link("/concerns/tell", view.say("tell-link"))))
            (once::keeping(view, "/concerns/sent"))
        }),
        ..from_address(view, params)
    }
}

/// Those who are here, and for who may know them, those who left in the last years.
fn children(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let since = minus_days(view.today, LEFT_DAYS);
    let left = people.all().filter(|person| {
        people.has_left(*person, view.today)
            && people.groups(*person).contains(&Group::Child)
            && people.last_day(*person).is_some_and(|last| last >= since)
    });
    let here = people.of(Group::Child, view.today);
    let here = known::named(view, here).into_iter();
    let here = here.map(|one| (one.person.to_string(), one.name));
    let left = known::named(view, left).into_iter();
    let left = left.map(|one| (one.person.to_string(), format!("{} (has left)", one.name)));
    here.chain(left).collect()
}

fn team(view: &View<'_>) -> Vec<(String, String)> {
    // Who works here is known to who signs in, and to nobody else.
    if view.person().is_none() {
        return Vec::new();
    }
    let people = &view.setting.people;
    let all = people
        .here(view.today)
        .filter(|person| people.is_team(*person, view.today));
    let named = known::named(view, all);
    named
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// The devices that children or staff use here, by name; for who works here.
fn devices(view: &View<'_>) -> Vec<(String, String)> {
    if !view.has(&Need::Team) {
        return Vec::new();
    }
    let kept = view.setting.devices.kept();
    let mut names: Vec<String> = kept.map(|device| device.about.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| (name.clone(), name)).collect()
}

/// The device that was chosen, and what was said of it besides.
fn device(known: &str, said: &str) -> String {
    let known: String = known.chars().take(200).collect();
    match (known.is_empty(), said.is_empty()) {
        (_, true) => known,
        (true, false) => said.to_owned(),
        (false, false) => format!("{known}; {said}"),
    }
}

fn read(answers: &Answers) -> Option<AnyAct> {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    let about_role = match words("adult-role").as_str() {
        "lead" => Some(Role::Lead),
        "manager" => Some(Role::Manager),
        _ => None,
    };
    let report = Report {
        names: std::collections::BTreeMap::new(),
        what: answers.text("what")?,
        kind: Kind::from_key(&words("kind")).unwrap_or_default(),
        danger: answers.yes("danger")?,
        children: answers.people("about-children"),
        about: words("about"),
        adult: answers.person("adult"),
        day: answers.date("day"),
        sure: words("sure"),
        place: words("place"),
        said: words("said"),
        opinion: words("opinion"),
        marks: answers.several("marks"),
        device: device(&words("device-known"), &words("device")),
        address: words("address"),
        time: words("time"),
        reporter: words("reporter"),
        reach: words("reach"),
        written: once::written(answers),
        pictures: false,
    };
    Some(AnyAct::Concerns(Act::Report(Box::new(NewReport {
        report,
        about_role,
        unnamed: answers.yes("unnamed").unwrap_or_default(),
        once: once::called(answers),
    }))))
}

/// What is said after a report.
pub(super) const SENT: Page = Page {
    path: "/concerns/sent",
    title: "What you have reported",
    menu: 0,
    help: "What you have reported, who has it, and what happens next. Reports without a name are not listed.\nIf you are still worried, report it again or ring social care or the police yourself: nobody may stop you.",
    need: |_, _| Need::Anyone,
    lines: None,
    show: sent,
};

fn sent(view: &View<'_>, _: &Params) -> Shown {
    let mine = view.person().map_or_else(Vec::new, |person| {
        let own = view
            .setting
            .concerns
            .cases()
            .rev()
            .filter(|case| case.by == Some(person));
        own.take(50).collect()
    });
    let content = html! {
        (notice::panel("Thank you", "What you report has arrived and can’t be lost."))
        (text::h2("What happens next"))
        (text::bullets(&[
            "Those who look after safeguarding here are told at once. If nobody takes it on, the next person is asked.",
            "They may ask you for more, if you gave your name. They can’t always tell you what came of it.",
        ]))
        @if view.has(&Need::Team) {
            (text::h2("Your own duty"))
            (text::paragraph(html! {
                "The law may ask you yourself to tell the police or the council, whatever the setting does. "
                (text::link("/concerns/own-duty", "Look at your own duty to report")) "."
            }))
        }
        (text::h2("If you are worried now"))
        (text::paragraph("If somebody is in danger, ring 999. You can also ring children’s social care or the police yourself; you need nobody’s leave."))
        (text::paragraph(html! {
            (text::link("/what-to-do", "What to do")) " · "
            (text::link("/help-directory", "Find help")) " · "
            (text::link("/concerns/report", "Report something else")) " · "
            (text::link("/concerns/complaints", "Complain or speak up"))
        }))
        @if !mine.is_empty() {
            (text::h2("Your reports"))
            @for case in mine {
                (card(format!("Reference {}", case.reference), facts(&[
                    Fact::new("Sent", case.at.in_words()),
                    Fact::new("How it stands", state(view, case)),
                    Fact::new("It went to", told(view, case)),
                ])))
            }
        }
    };
    Shown::Page("What you have reported".to_owned(), content)
}

/// As much as a reporter may know.
fn state(view: &View<'_>, case: &crate::concerns::register::Case) -> String {
    match &case.taken {
        _ if case.is_closed() => "It has been dealt with".to_owned(),
        Some((person, _)) => format!("{} is dealing with it", view.name(*person)),
        None => "It has arrived; nobody has taken it on yet".to_owned(),
    }
}

/// By role and name; who was let in later is not told.
fn told(view: &View<'_>, case: &crate::concerns::register::Case) -> String {
    let holders = case.roles.iter().flat_map(|role| {
        let holders = view.setting.roles.holders(role, view.today);
        let on = circle::on_case(case, view.setting, view.today);
        let reached: Vec<String> = holders
            .into_iter()
            .filter(|person| on.contains(person))
            .map(|person| format!("{} ({})", view.name(person), role.in_words()))
            .collect();
        reached
    });
    let names: Vec<String> = holders.collect();
    if names.is_empty() {
        "nobody here just now. Ring the police or social care yourself if it can’t wait".to_owned()
    } else {
        names.join(", ")
    }
}

/// The doors for complaints.
pub(super) const DOORS: Page = Page {
    path: "/concerns/complaints",
    title: "Complain or speak up",
    menu: 0,
    help: "Three ways to say that something is wrong, kept apart, each of which works without the manager.",
    need: |_, _| Need::Anyone,
    lines: None,
    show: doors,
};

fn doors(view: &View<'_>, _: &Params) -> Shown {
    let place = view.setting.place.described();
    let chair = view.setting.roles.holders(&Role::Chair, view.today);
    let chair: Vec<String> = chair.into_iter().map(|person| view.name(person)).collect();
    let reach = place.map_or_else(String::new, |place| {
        let parts = [&place.phone, &place.email];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    });
    let content = html! {
        (text::h1("Complain or speak up"))
        (text::lead(html! { "Is it about a child who may be harmed? " (text::link("/concerns/report", "Report a concern")) " instead." }))
        (door("A complaint about the setting", &[
            format!("Write to the manager{}.", if reach.is_empty() { String::new() } else { format!(": {reach}") }),
            format!("If it is about the manager, write to the chair of the committee{}.", if chair.is_empty() { String::new() } else { format!(", {}", chair.join(", ")) }),
            "It is looked into, and you are told what came of it within 28 days.".to_owned(),
            "You can go to the regulator at any time.".to_owned(),
        ], Some(("/help-directory?topic=adults", "The regulator’s number"))))
        (door("Speaking up about how we work", &[
            "For staff, volunteers and students who are worried about how children are looked after here.".to_owned(),
            "Tell the designated safeguarding lead or the chair; or somebody outside. You need not have told anybody here first.".to_owned(),
            "Nobody may be treated worse because they spoke up.".to_owned(),
        ], Some(("/help-directory?topic=whistleblowing", "Advice lines and the regulator"))))
        (door("A complaint about personal data", &[
            "Write to the manager what it is about.".to_owned(),
            "You are told within 30 days that it has arrived, and it is answered without delay.".to_owned(),
            "You can go to the Information Commissioner at any time.".to_owned(),
        ], Some(("/help-directory?topic=data", "The Information Commissioner’s number"))))
    };
    Shown::Page("Complain or speak up".to_owned(), content)
}

fn door(title: &str, steps: &[String], link: Option<(&str, &str)>) -> Markup {
    html! {
        (text::h2(title))
        (text::bullets(steps))
        @if let Some((href, words)) = link { (text::paragraph(text::link(href, words))) }
    }
}

/// The page for a list with nothing in it.
pub(super) fn nothing(words: &str) -> Markup {
    guide::empty(words, None)
}
