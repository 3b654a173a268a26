//! The forms of this family: one for each act.

use super::{at_address, known_roles, one};
use crate::{
    people::group::Group,
    roles::{
        acts::{Act, LINE_MAX, NewMeeting, NewReport, TEXT_MAX, giving, reporting},
        bearer::Bearer,
        entries::Listener,
        lists,
        register::Report,
        report::document::sentence,
        role::Role,
    },
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::{Date, date_in_words};
use kit::text;
use maud::html;

/// Its forms.
pub const FORMS: &[Form] = &[
    GIVE,
    END,
    SET_REACH,
    ACKNOWLEDGE,
    MAKE_REPORT,
    PRESENT_REPORT,
    RECORD_MEETING,
    SET_CAPACITY,
    ANSWER_CAPACITY,
    MEET_NEED,
];

type Choices = Vec<(String, String)>;

const GIVE: Form = Form {
    act: "roles.give",
    path: "/roles/give",
    title: "Give a role",
    button: "Give the role",
    help: "Choose the role and who is to hold it. The role begins today if you leave the day empty; a day in the future is possible.\n\
        Whoever is given a role is asked to read what our policy expects of it.",
    need: |_, _| giving(&Role::Manager),
    fields: &[
        Field::new("role", "Role", FieldKind::ChoiceOf(roles)),
        Field::new(
            "person",
            "Who is to hold it",
            FieldKind::ChoiceOf(grown_ups),
        ),
        Field::new("from", "First day", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::Give {
            role: Role::from_key(&answers.text("role")?),
            person: answers.person("person")?,
            from: answers.date("from"),
        }))
    },
    then: |_| "/roles".to_owned(),
};

const END: Form = Form {
    act: "roles.end",
    path: "/roles/end",
    title: "End a role",
    button: "End the role",
    help: "Say on which day somebody holds a role for the last time. That can be in the future.\n\
        A role that has not begun is taken back. A setting is never without a manager: give that role to somebody else first.\n\
        When somebody leaves the setting, their roles end by themselves.",
    need: |_, _| giving(&Role::Manager),
    fields: &[
        Field::new("role", "Role", FieldKind::ChoiceOf(roles)),
        Field::new("person", "Who holds it", FieldKind::ChoiceOf(holders)),
        Field::new("last", "Last day", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::End {
            role: Role::from_key(&answers.text("role")?),
            person: answers.person("person")?,
            last: answers.date("last"),
        }))
    },
    then: |_| "/roles".to_owned(),
};

const SET_REACH: Form = Form {
    act: "roles.set-reach",
    path: "/roles/reach",
    title: "How somebody is reached",
    button: "Save",
    help: "Write how people reach somebody who leads. It stands at the foot of each page and on posters, so everyone can read it.\n\
        Leave it empty to show the telephone number of the setting instead.",
    need: |params, _| match params.person("person") {
        Some(person) => Need::AnyOf(vec![Need::Oneself(person), Need::management()]),
        None => Need::management(),
    },
    fields: &[
        Field::new("person", "Who", FieldKind::ChoiceOf(holders)),
        Field::new("reach", "How to reach them", FieldKind::Line(LINE_MAX))
            .hint("Such as: in the office, or 01632 960 001")
            .optional(),
    ],
    start: start_reach,
    read: |answers| {
        Some(AnyAct::Roles(Act::SetReach {
            person: answers.person("person")?,
            reach: answers.text("reach"),
        }))
    },
    then: |_| "/roles".to_owned(),
};

/// Also pressed as a button below a list.
pub(super) const ACKNOWLEDGE: Form = Form {
    act: "roles.acknowledge",
    path: "/roles/acknowledge",
    title: "What your role answers for",
    button: "I have read this list",
    help: "Read what our policy asks of your role. With the button you say that you have read it and know what is asked of you.\n\
        If the policy changes the list, you are asked again.",
    need: |_, _| Need::SignedIn,
    fields: &[
        Field::new("role", "Role", FieldKind::Hidden),
        Field::new("digest", "List", FieldKind::Hidden),
    ],
    start: start_acknowledge,
    read: |answers| {
        Some(AnyAct::Roles(Act::Acknowledge {
            role: Role::from_key(&answers.text("role")?),
            digest: answers.text("digest")?,
        }))
    },
    then: |_| "/roles/mine".to_owned(),
};

const MAKE_REPORT: Form = Form {
    act: "roles.make-report",
    path: "/reports/make",
    title: "Make a report",
    button: "Make the report",
    help: "The report shows how our policy stands on the day on which it is made: what is met, what is owed, who leads. It never changes afterwards.\n\
        Add what the committee should know about how we work, what happened and how it ended, and the decisions that you ask for. Do not name a child.",
    need: |_, _| reporting(),
    fields: &[
        Field::new("from", "First day", FieldKind::Date)
            .hint("Leave it empty for the day after the last report")
            .optional(),
        Field::new("to", "Last day", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
        Field::new(
            "says",
            "Practice, incidents and outcomes",
            FieldKind::Text(TEXT_MAX),
        )
        .hint("How we work, what happened and how it ended. Do not name a child")
        .optional(),
        Field::new("asks", "Decisions asked for", FieldKind::Text(TEXT_MAX))
            .hint("One on each line")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::MakeReport(NewReport {
            from: answers.date("from"),
            to: answers.date("to"),
            says: answers.text("says"),
            asks: answers.text("asks"),
        })))
    },
    then: |_| "/reports".to_owned(),
};

const LISTENERS: &[(&str, &str)] = &[
    ("committee", "The committee, governors or trustees"),
    ("named-member", "The committee member for safeguarding"),
    ("management", "The manager and the deputy manager"),
];

const PRESENT_REPORT: Form = Form {
    act: "roles.present-report",
    path: "/reports/present",
    title: "Record that a report was presented",
    button: "Save",
    help: "Record when the report was presented, to whom, and what they decided. It is kept with the report.",
    need: |_, _| reporting(),
    fields: &[
        Field::new("report", "Report", FieldKind::ChoiceOf(reports)),
        Field::new("on", "Day", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
        Field::new("to", "To whom", FieldKind::Choice(LISTENERS)),
        Field::new("decided", "What was decided", FieldKind::Text(TEXT_MAX))
            .hint("If nothing was decided, write that. Do not name a child"),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::PresentReport {
            report: answers.number("report")?,
            on: answers.date("on"),
            to: Listener::from_key(&answers.text("to")?)?,
            decided: answers.text("decided")?,
        }))
    },
    then: |_| "/reports".to_owned(),
};

const RECORD_MEETING: Form = Form {
    act: "roles.record-meeting",
    path: "/roles/meetings/record",
    title: "Record a meeting",
    button: "Save the record",
    help: "Record a meeting of somebody who leads and a member of the committee. Only those who lead and the committee can read it.\n\
        If our policy asks for it, say also whether the hours and means that are set aside are enough. What is missing goes to the committee until it is there.",
    need: |_, _| reporting(),
    fields: &[
        Field::new("on", "Day", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
        Field::new("lead", "Who leads", FieldKind::ChoiceOf(leads)),
        Field::new(
            "with",
            "Member of the committee",
            FieldKind::ChoiceOf(committee),
        ),
        Field::new("talked", "What you talked about", FieldKind::Text(TEXT_MAX))
            .hint("Do not name a child"),
        Field::new("agreed", "What you agreed to do", FieldKind::Text(TEXT_MAX)).optional(),
        Field::new("suffices", "Do hours and means suffice?", FieldKind::YesNo).optional(),
        Field::new("missing", "What is missing", FieldKind::Text(TEXT_MAX))
            .hint("Only if hours or means do not suffice")
            .optional(),
    ],
    start: start_meeting,
    read: |answers| {
        Some(AnyAct::Roles(Act::RecordMeeting(NewMeeting {
            on: answers.date("on"),
            lead: answers.person("lead")?,
            with: answers.person("with")?,
            talked: answers.text("talked")?,
            agreed: answers.text("agreed"),
            suffices: answers.yes("suffices"),
            missing: answers.text("missing"),
        })))
    },
    then: |_| "/roles/meetings".to_owned(),
};

const SUPPORTED: &[(&str, &str)] = &[
    ("lead", "Designated safeguarding lead"),
    ("deputy-lead", "Deputy safeguarding lead"),
    ("online-safety-lead", "Online safety lead"),
];

const SET_CAPACITY: Form = Form {
    act: "roles.set-capacity",
    path: "/roles/capacity/set",
    title: "Set hours and means aside",
    button: "Save",
    help: "Say how many hours a week somebody who leads has for this work, and what else they are given: cover in the room, a computer, training, a quiet place.",
    need: |_, _| Need::management(),
    fields: &[
        Field::new("role", "Role", FieldKind::Choice(SUPPORTED)),
        Field::new("person", "Who holds it", FieldKind::ChoiceOf(supported)),
        Field::new("hours", "Hours a week", FieldKind::Number(0, 60)),
        Field::new("means", "What else", FieldKind::Text(TEXT_MAX))
            .hint("Such as: cover in the room on Tuesdays, a laptop")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::SetCapacity {
            role: Role::from_key(&answers.text("role")?),
            person: answers.person("person")?,
            hours: answers.number("hours")?,
            means: answers.text("means"),
        }))
    },
    then: |_| "/roles/capacity".to_owned(),
};

const ANSWER_CAPACITY: Form = Form {
    act: "roles.answer-capacity",
    path: "/roles/capacity/answer",
    title: "Do time and means suffice?",
    button: "Save",
    help: "Say whether the hours and means that are set aside are enough to lead well. If they are not, write what is missing: the committee sees it until it is there.",
    need: |_, _| Need::leadership(),
    fields: &[
        Field::new("suffices", "Do hours and means suffice?", FieldKind::YesNo),
        Field::new("missing", "What is missing", FieldKind::Text(TEXT_MAX))
            .hint("Only if they do not suffice")
            .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::AnswerCapacity {
            suffices: answers.yes("suffices")?,
            missing: answers.text("missing"),
        }))
    },
    then: |_| "/roles/capacity".to_owned(),
};

const MEET_NEED: Form = Form {
    act: "roles.meet-need",
    path: "/roles/capacity/meet-need",
    title: "Record how a need was met",
    button: "Save",
    help: "Record how something that the leads missed was put right. It is then no longer work for the committee.",
    need: |_, _| {
        Need::AnyOf(vec![
            Need::management(),
            Need::Holds(vec![Role::Chair, Role::NamedMember]),
        ])
    },
    fields: &[
        Field::new("need", "What was missing", FieldKind::ChoiceOf(needs)),
        Field::new("how", "How it was met", FieldKind::Text(TEXT_MAX)),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Roles(Act::MeetNeed {
            need: answers.number("need")?,
            how: answers.text("how")?,
        }))
    },
    then: |_| "/roles/capacity".to_owned(),
};

fn start_reach(view: &View<'_>, params: &Params) -> Start {
    let mut start = from_address(view, params);
    let known = params
        .person("person")
        .and_then(|person| view.setting.roles.reach(person));
    if let Some(reach) = known.and_then(|reach| view.open(reach)) {
        start.answers.add("reach", &reach);
    }
    start
}

/// The list above the button; the role of the address, and its list as it is now.
fn start_acknowledge(view: &View<'_>, params: &Params) -> Start {
    let not_here = Start {
        not_here: true,
        ..Start::default()
    };
    let Some(Bearer::Role(role)) =
        at_address(view, &crate::roles::bearer::slug(params.get("role")))
    else {
        return not_here;
    };
    let Some(list) = lists::of_role(view.in_force, &role) else {
        return not_here;
    };
    Start {
        answers: Answers::default()
            .with("role", role.key())
            .with("digest", list.digest()),
        above: Some(html! { (text::h2(sentence(&role.in_words()))) (one::items(&list)) }),
        not_here: false,
    }
}

/// The lead and the committee member whom it usually is.
fn start_meeting(view: &View<'_>, params: &Params) -> Start {
    let mut start = from_address(view, params);
    let roles = &view.setting.roles;
    let usual = [
        ("lead", &[Role::Lead, Role::OnlineSafetyLead, Role::Manager]),
        ("with", &[Role::NamedMember, Role::Chair, Role::Manager]),
    ];
    for (field, any) in usual {
        if start.answers.text(field).is_some() {
            continue;
        }
        let held = roles.first_held(any, view.today);
        let holders = held
            .map(|role| roles.holders(role, view.today))
            .unwrap_or_default();
        if let Some(person) = holders.first() {
            start.answers.add(field, &person.to_string());
        }
    }
    start
}

/// The roles that the reader may give and end.
fn roles(view: &View<'_>) -> Choices {
    known_roles(view)
        .iter()
        .filter(|role| view.has(&giving(role)))
        .map(|role| (role.key().to_owned(), sentence(&role.in_words())))
        .collect()
}

/// Everybody who can hold a role: those who work here, the committee, contractors.
fn grown_ups(view: &View<'_>) -> Choices {
    let people = &view.setting.people;
    let of = |person: &Person| {
        [
            Group::Staff,
            Group::Volunteer,
            Group::Student,
            Group::Committee,
            Group::Contractor,
        ]
        .iter()
        .any(|group| people.is_of(*person, *group, view.today))
    };
    named(view, people.here(view.today).filter(of))
}

fn holders(view: &View<'_>) -> Choices {
    holders_of(view, |_| true)
}

fn supported(view: &View<'_>) -> Choices {
    holders_of(view, |role| Role::SUPPORTED.contains(role))
}

fn leads(view: &View<'_>) -> Choices {
    holders_of(view, |role| Role::LEADING.contains(role))
}

fn holders_of(view: &View<'_>, fits: impl Fn(&Role) -> bool) -> Choices {
    let held = view.setting.roles.holdings().iter();
    let held = held.filter(|held| held.is_on_or_ahead(view.today) && fits(&held.role));
    named(view, held.map(|held| held.person))
}

fn committee(view: &View<'_>) -> Choices {
    let mut members: Vec<Person> = view
        .setting
        .people
        .of(Group::Committee, view.today)
        .collect();
    for role in [Role::Chair, Role::NamedMember] {
        members.extend(view.setting.roles.holders(&role, view.today));
    }
    named(view, members.into_iter())
}

/// People by name, each once.
fn named(view: &View<'_>, people: impl Iterator<Item = Person>) -> Choices {
    let mut choices: Choices = people
        .map(|person| (person.to_string(), view.name(person)))
        .collect();
    choices.sort_by(|one, two| (&one.1, &one.0).cmp(&(&two.1, &two.0)));
    choices.dedup();
    choices
}

fn reports(view: &View<'_>) -> Choices {
    let words = |from: Date, to: Date| format!("{} to {}", date_in_words(from), date_in_words(to));
    let one = |report: &Report| {
        let time = words(report.from, report.to);
        (
            report.number.to_string(),
            format!("Report {}: {time}", report.number),
        )
    };
    view.setting.roles.reports().iter().rev().map(one).collect()
}

fn needs(view: &View<'_>) -> Choices {
    view.setting
        .roles
        .unmet()
        .map(|need| {
            let what = view
                .open(&need.what)
                .unwrap_or_else(|| format!("Need {}", need.number));
            (need.number.to_string(), what)
        })
        .collect()
}
