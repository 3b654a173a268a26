//! The forms with which the filter is changed: propose, decide, take back; ask, answer.

use crate::{
    devices::kinds::Users,
    filter::{
        acts::{Act, LINE_MAX, WORDS_MAX},
        entries::What,
        keeping,
        kinds::KINDS,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    facts::{Fact, facts},
    text,
};
use maud::{Markup, html};

const CHANGES: &[(&str, &str)] = &[
    ("open-site", "Open a site"),
    ("close-site", "Close a site"),
    ("open-kind", "Open a kind of sites"),
    ("close-kind", "Close a kind of sites"),
];
const NEEDS: Field = Field::new(
    "needs",
    "What does the site need to work?",
    FieldKind::Text(3_000),
)
.hint("Sites from which its pictures, films or buttons come, one on each line")
.optional();

/// Lines of names.
pub(super) fn lines(answers: &Answers, name: &str) -> Vec<String> {
    let words = answers.text(name).unwrap_or_default();
    let lines = words.split(['\n', ',', ' ']).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn filter(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Filter(act))
}

fn overview(_: &Answers) -> String {
    "/filter".to_owned()
}

/// Propose a change.
pub(super) const PROPOSE: Form = Form {
    act: "filter.propose",
    path: "/filter/propose",
    title: "Propose a change of the filter",
    button: "Propose it",
    help: "It takes effect when a second person has approved it. What your policy closes can’t be opened here, and what is illegal is opened by nobody.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("what", "What is to change?", FieldKind::Choice(CHANGES)),
        Field::new("site", "Which site?", FieldKind::Line(LINE_MAX))
            .hint("When you open or close a site, such as frogs.example.org")
            .optional(),
        NEEDS,
        Field::new("kind", "Which kind?", FieldKind::Choice(KINDS))
            .hint("When you open or close a kind of sites")
            .optional(),
        Field::new("users", "For whom?", FieldKind::Several(Users::ALL)),
        Field::new("until", "Until when?", FieldKind::Date)
            .hint("What is opened has to end. What is closed may stay so")
            .optional(),
        Field::new("reason", "Why?", FieldKind::Text(WORDS_MAX)),
        Field::new(
            "risk",
            "What could go wrong, and what did you weigh up?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: from_address,
    read: |answers| {
        let site = answers.text("site").unwrap_or_default();
        let kind = answers.text("kind").unwrap_or_default();
        let what = match answers.text("what")?.as_str() {
            "open-site" => What::OpenSite {
                site,
                needs: lines(answers, "needs"),
            },
            "close-site" => What::CloseSite { site },
            "open-kind" => What::OpenKind { kind },
            "close-kind" => What::CloseKind { kind },
            _ => return None,
        };
        let users = answers.several("users");
        let users = users.iter().map(|key| Users::from_key(key));
        filter(Act::Propose {
            what,
            users: users.collect::<Option<Vec<_>>>()?,
            until: answers.date("until"),
            reason: answers.text("reason")?,
            risk: answers.text("risk")?,
        })
    },
    then: overview,
};

fn of_change(view: &View<'_>, params: &Params) -> Start {
    let found = params.number("change");
    let found = found.and_then(|number| view.setting.filter.change(number));
    Start {
        answers: Answers::from_params(params),
        not_here: found.is_none(),
        above: found.map(|change| {
            let proposed = &change.proposed;
            let users: Vec<&str> = proposed
                .users
                .iter()
                .map(|users| users.in_words())
                .collect();
            let until = proposed.until.map_or("No end".to_owned(), date_in_words);
            let by = change.by.map(|by| view.name(by)).unwrap_or_default();
            let mut rows = vec![Fact::new("What", proposed.what.in_words())];
            let needs: Vec<Markup> = proposed.what.needs().iter().map(text::text).collect();
            if !needs.is_empty() {
                rows.push(Fact::new("With what it needs", text::bullets(&needs)));
            }
            rows.extend([
                Fact::new("For whom", users.join("; ")),
                Fact::new("Until", until),
                Fact::new("Why", &proposed.reason),
                Fact::new("What was weighed up", &proposed.risk),
                Fact::new("Proposed by", by),
            ]);
            html! {
                (facts(&rows))
                @if change.decided.is_none() { (super::replay::replay(view, &proposed.what, &proposed.users)) }
            }
        }),
    }
}

/// Decide on a change.
pub(super) const DECIDE: Form = Form {
    act: "filter.decide",
    path: "/filter/decide",
    title: "Decide on a change of the filter",
    button: "Decide",
    help: "You are the second person. When you approve it, it takes effect at once for all whom it is for.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("change", "Change", FieldKind::Hidden),
        Field::new("approve", "Do you approve it?", FieldKind::YesNo),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)).optional(),
    ],
    start: of_change,
    read: |answers| {
        filter(Act::Decide {
            change: answers.number("change")?,
            approve: answers.yes("approve")?,
            why: answers.text("why").unwrap_or_default(),
        })
    },
    then: overview,
};

/// Take a change back that opens something.
pub(super) const TAKE_BACK: Form = Form {
    act: "filter.take-back",
    path: "/filter/take-back",
    title: "Take a change of the filter back",
    button: "Take it back",
    help: "One step, and what was opened is closed again. It takes effect at once. What was closed is opened again by two people: propose to open it.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("change", "Change", FieldKind::Hidden),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: of_change,
    read: |answers| {
        filter(Act::TakeBack {
            change: answers.number("change")?,
            why: answers.text("why")?,
        })
    },
    then: overview,
};

/// Ask for a site.
pub(super) const REQUEST: Form = Form {
    act: "filter.request",
    path: "/filter/request",
    title: "Ask for a site that is closed",
    button: "Ask for it",
    help: "Say what you need it for. Somebody who keeps the filter answers; you see the answer on the page of requests. Do not try ways round.",
    need: |_, _| Need::AnyOf(vec![Need::Team, keeping()]),
    fields: &[
        Field::new("site", "Which site?", FieldKind::Line(LINE_MAX))
            .hint("Such as frogs.example.org"),
        Field::new("users", "Who needs it?", FieldKind::Choice(Users::ALL)),
        Field::new("why", "What for?", FieldKind::Text(WORDS_MAX)),
    ],
    start: from_address,
    read: |answers| {
        filter(Act::Request {
            site: answers.text("site")?,
            users: Users::from_key(&answers.text("users")?)?,
            why: answers.text("why")?,
        })
    },
    then: |_| "/filter/requests".to_owned(),
};

/// Answer a request.
pub(super) const ANSWER: Form = Form {
    act: "filter.answer",
    path: "/filter/answer",
    title: "Answer a request",
    button: "Answer",
    help: "Look at the site first, all the way through. When you open it, say until when: the shorter the better. Names that it needs from elsewhere wait on the page of the filter until a second person approves them.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("request", "Request", FieldKind::Hidden),
        Field::new("open", "Is it opened?", FieldKind::YesNo),
        Field::new("until", "Until when?", FieldKind::Date)
            .hint("When it is opened")
            .optional(),
        NEEDS,
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: |view, params| {
        let found = params.number("request");
        let found = found.and_then(|number| view.setting.filter.request(number));
        Start {
            answers: Answers::from_params(params),
            not_here: found.is_none(),
            above: found.map(|request| {
                let by = request.by.map(|by| view.name(by)).unwrap_or_default();
                let what = What::OpenSite {
                    site: request.asked.site.clone(),
                    needs: Vec::new(),
                };
                html! {
                    (text::inset(format!("{}, for: {}. {by}: {}", request.asked.site, request.asked.users.in_words(), request.asked.why)))
                    @if request.answer.is_none() { (super::replay::replay(view, &what, &[request.asked.users])) }
                }
            }),
        }
    },
    read: |answers| {
        // What is opened without a day comes back as one that has passed.
        let open_until = answers.yes("open")?.then(|| {
            let until = answers.date("until");
            until.unwrap_or(kernel::moment::Date::MIN)
        });
        filter(Act::Answer {
            request: answers.number("request")?,
            open_until,
            needs: lines(answers, "needs"),
            why: answers.text("why")?,
        })
    },
    then: |_| "/filter/requests".to_owned(),
};
