//! Reviews of filtering and monitoring: when the next is due and why, the pack to read for it, the
//! national checklists filled in from what is so now, and the forms.

use super::around;
use crate::{
    filter::{
        acts::{
            Act as Filter, WORDS_MAX,
            evidence::{Act, team},
        },
        checklist::{Answer, CHECKLISTS, Checklist},
        controls::checks::occasion,
        covered, keeping,
        words::{self, REVIEWS},
    },
    people::pages::known,
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form, Page, Params, Shown, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::{date_in_words, plus_days};
use kit::{
    button::{button, buttons},
    document::{Block, Document, Table as Sheet},
    guide,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// How many days a pack looks back.
const PACK_DAYS: i64 = 365;
/// How many rows of one thing a pack shows.
const PACK_ROWS: usize = 60;

/// The reviews.
pub(super) const REVIEW: Page = Page {
    path: "/filter/review",
    title: "Review of filtering and monitoring",
    menu: 0,
    help: "At least once a year, whoever leads looks with others at what is filtered and monitored, and whether it is still right. It is also due when an AI tool is introduced, when a risk or the technology changes, and when something happened.\nRead the pack together, then write down what you found and what is going to change.",
    need: |_, _| team(),
    lines: None,
    show,
};

/// The national checklists.
pub(super) const CHECKLISTS_PAGE: Page = Page {
    path: "/filter/checklists",
    title: "National checklists",
    menu: 0,
    help: "The national questions about filtering and monitoring, row by row, with how it stands here at this moment and what shows it. Keep it as PDF for an inspection or a review.\nA row that says “Not yet” is no fault of this page: it is what is missing.",
    need: |_, _| Need::AnyOf(vec![team(), committee()]),
    lines: None,
    show: |view, _| Shown::Document(Box::new(checklists(view))),
};

/// The pack.
pub(super) const PACK: Page = Page {
    path: "/filter/review-pack",
    title: "Pack for the review of filtering and monitoring",
    menu: 0,
    help: "All that a review of filtering and monitoring needs: what changed in a year, what was asked for and reported, how it was tried, what is not covered, providers, and the national checklists.",
    need: |_, _| readers(),
    lines: None,
    show: |view, _| Shown::Document(Box::new(pack(view))),
};

/// Whoever governs reads the pack, too.
/// Whoever may read the pack.
pub(super) fn readers() -> Need {
    Need::AnyOf(vec![keeping(), committee()])
}

fn committee() -> Need {
    Need::Of(vec![crate::people::group::Group::Committee])
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let evidence = view.setting.filter.evidence();
    let leads = view.has(&Need::leadership());
    let rows = evidence.reviews().rev().map(|review| {
        let people: Vec<String> = review
            .reviewed
            .people
            .iter()
            .map(|person| view.name(*person))
            .collect();
        vec![
            text::text(date_in_words(review.at.date())),
            text::text(people.join(", ")),
            text::text(&review.reviewed.found),
            text::text(&review.reviewed.changes),
        ]
    });
    let asked: Vec<Markup> = evidence
        .asked()
        .map(|asked| {
            html! {
                (date_in_words(asked.at.date())) ": " (words::of(REVIEWS, &asked.asked.why)) ". " (asked.asked.what)
            }
        })
        .collect();
    let content = html! {
        (around(view, "/filter/review"))
        (text::h1("Review of filtering and monitoring"))
        (buttons(html! {
            @if leads { (button("Write a review down").to("/filter/review/write")) }
            (button("Read the pack").to("/filter/review-pack").secondary())
            @if view.has(&keeping()) { (button("A review is needed sooner").to("/filter/review/ask").secondary()) }
        }))
        @if !asked.is_empty() {
            (text::h2("Why it is due now"))
            (text::bullets(&asked))
        }
        (text::h2("Reviews"))
        @if evidence.reviews().next().is_none() {
            (guide::empty("Here stands what was found when filtering and monitoring were reviewed. It has not been done with this program yet.", None))
        } @else {
            (Table::new("Reviews", ["When", "Who took part", "Found", "Is going to change"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("Review of filtering and monitoring".to_owned(), content)
}

/// The checklists, filled in.
fn checklists(view: &View<'_>) -> Document {
    let document = Document {
        subtitle: format!(
            "{}, as it stands on {}",
            view.setting.place.name(),
            date_in_words(view.today)
        ),
        ..Document::new("National checklists for filtering and monitoring")
    };
    CHECKLISTS.into_iter().fold(document, |document, list| {
        with_checklist(view, document, list)
    })
}

fn with_checklist(view: &View<'_>, document: Document, list: &Checklist) -> Document {
    let mut counts = [0_usize; 4];
    let rows: Vec<Vec<String>> = list
        .rows
        .iter()
        .map(|row| {
            let stands = (row.stands)(view);
            let place = match stands.answer {
                Answer::Yes => 0,
                Answer::Partly => 1,
                Answer::No => 2,
                Answer::Ask => 3,
            };
            if let Some(count) = counts.get_mut(place) {
                *count = count.saturating_add(1);
            }
            vec![
                row.title.to_owned(),
                row.asks.to_owned(),
                stands.answer.in_words().to_owned(),
                stands.evidence,
            ]
        })
        .collect();
    let [yes, partly, no, ask] = counts;
    document
        .with(Block::Heading(list.title.to_owned()))
        .with(Block::Paragraph(list.from.to_owned()))
        .with(Block::Paragraph(format!(
            "Of {} rows: {yes} yes, {partly} in part, {no} not yet, {ask} for you to say.",
            rows.len()
        )))
        .with(Block::Table(Sheet {
            caption: list.title.to_owned(),
            head: ["Row", "What it asks", "Here", "What shows it"]
                .map(str::to_owned)
                .to_vec(),
            rows,
            numeric: Vec::new(),
        }))
}

/// The pack for a review.
fn pack(view: &View<'_>) -> Document {
    let evidence = view.setting.filter.evidence();
    let mut document = Document {
        subtitle: format!(
            "{}, the year until {}",
            view.setting.place.name(),
            date_in_words(view.today)
        ),
        ..Document::new("Review of filtering and monitoring")
    };
    let asked: Vec<String> = evidence
        .asked()
        .map(|asked| {
            format!(
                "{}: {}",
                words::of(REVIEWS, &asked.asked.why),
                asked.asked.what
            )
        })
        .collect();
    if !asked.is_empty() {
        document = document
            .with(Block::Heading("Why it is due now".to_owned()))
            .with(Block::List(asked));
    }
    document = document
        .with(Block::Heading("What is not covered".to_owned()))
        .with(Block::List(covered::gaps(view)))
        .with(Block::Heading("What happened".to_owned()))
        .with(Block::Facts(figures(view)));
    let changes = changes(view);
    if !changes.rows.is_empty() {
        document = document
            .with(Block::Heading("Changes of the filter".to_owned()))
            .with(Block::Table(changes));
    }
    let trials = trials(view);
    if !trials.rows.is_empty() {
        document = document
            .with(Block::Heading("How it was tried".to_owned()))
            .with(Block::Table(trials));
    }
    document = document
        .with(Block::Heading("To talk over".to_owned()))
        .with(Block::List(
            [
                "Does what is closed still fit the age and the needs of the children who are here now?",
                "Is anything closed that gets in the way of learning or of help?",
                "Which devices, apps, AI tools or lines are new, and who looks after what the filter does not see?",
                "What did alerts, reports and “We saw something” teach us?",
                "Do all who work here know how to report a page, ask for one and say that a topic is coming up?",
                "Is each provider still right, and are their memberships valid?",
            ]
            .map(str::to_owned)
            .to_vec(),
        ));
    CHECKLISTS.into_iter().fold(document, |document, list| {
        with_checklist(view, document, list)
    })
}

fn figures(view: &View<'_>) -> Vec<(String, String)> {
    let filter = &view.setting.filter;
    let evidence = filter.evidence();
    let since = plus_days(view.today, -PACK_DAYS);
    let requests = filter.requests().filter(|one| one.at.date() >= since);
    let requests: Vec<_> = requests.collect();
    let opened = requests
        .iter()
        .filter(|one| {
            one.answer
                .as_ref()
                .is_some_and(|answer| answer.change.is_some())
        })
        .count();
    let reports = evidence
        .reports()
        .filter(|one| one.at.date() >= since)
        .count();
    let stood = evidence
        .stood()
        .filter(|one| one.since.date() >= since)
        .count();
    let spam = evidence.spam().filter(|one| one.at.date() >= since).count();
    let checks = evidence
        .checks()
        .filter(|one| one.at.date() >= since)
        .count();
    let providers: Vec<String> = evidence
        .providers()
        .map(|own| own.about.name.clone())
        .collect();
    let fact = |name: &str, words: String| (name.to_owned(), words);
    vec![
        fact(
            "Asked to open",
            format!("{}; {opened} were opened", requests.len()),
        ),
        fact("Reported, to be closed", reports.to_string()),
        fact("Checked by hand", format!("{checks} times")),
        fact("Stood still", format!("{stood} times")),
        fact("Junk mail reported", spam.to_string()),
        fact(
            "Providers",
            if providers.is_empty() {
                "None on record".to_owned()
            } else {
                providers.join(", ")
            },
        ),
    ]
}

fn changes(view: &View<'_>) -> Sheet {
    let since = plus_days(view.today, -PACK_DAYS);
    let all = view.setting.filter.changes().rev();
    let all = all
        .filter(|change| change.at.date() >= since)
        .take(PACK_ROWS);
    let rows = all.map(|change| {
        vec![
            date_in_words(change.at.date()),
            change.proposed.what.in_words(),
            change.proposed.reason.clone(),
            change.in_words(view.today).to_owned(),
        ]
    });
    Sheet {
        caption: "Changes of the filter".to_owned(),
        head: ["When", "What", "Why", "Stands"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        numeric: Vec::new(),
    }
}

/// Trials in which something was wrong, and checks by hand.
fn trials(view: &View<'_>) -> Sheet {
    let evidence = view.setting.filter.evidence();
    let since = plus_days(view.today, -PACK_DAYS);
    let wrong = evidence
        .trials()
        .filter(|trial| trial.wrong > 0 && trial.at.date() >= since)
        .map(|trial| {
            (
                trial.at,
                vec![
                    date_in_words(trial.at.date()),
                    "The filter itself".to_owned(),
                    occasion(&trial.occasion).to_owned(),
                    format!("{} of {} wrong", trial.wrong, trial.tried),
                ],
            )
        });
    let by_hand = evidence
        .checks()
        .filter(|check| check.at.date() >= since)
        .map(|check| {
            let device = check
                .begun
                .device
                .map(|device| view.setting.devices.name(device));
            (
                check.at,
                vec![
                    date_in_words(check.at.date()),
                    "By hand".to_owned(),
                    device.unwrap_or("A device").to_owned(),
                    format!("{} of {} wrong", check.wrong().count(), check.steps.len()),
                ],
            )
        });
    let mut all: Vec<_> = wrong.chain(by_hand).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Sheet {
        caption: "How it was tried".to_owned(),
        head: ["When", "How", "Where or why", "Result"]
            .map(str::to_owned)
            .to_vec(),
        rows: all
            .into_iter()
            .take(PACK_ROWS)
            .map(|(_, row)| row)
            .collect(),
        numeric: Vec::new(),
    }
}

/// A review is needed sooner.
pub(super) const ASK: Form = Form {
    act: "filter.ask-review",
    path: "/filter/review/ask",
    title: "A review is needed sooner",
    button: "Ask for it",
    help: "Filtering and monitoring are looked at again when something changes that they were not made for. The safeguarding lead has two weeks.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("why", "What is it?", FieldKind::Choice(REVIEWS)),
        Field::new("what", "In words", FieldKind::Text(WORDS_MAX))
            .hint("Say nothing of a child or of a concern; that has its own place"),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::AskReview {
            why: answers.text("why")?,
            what: answers.text("what")?,
        })))
    },
    then: |_| "/filter/review".to_owned(),
};

fn adults(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let takes_part = |person: &crate::spine::act::Person| {
        let groups = people.groups(*person);
        groups.iter().any(|group| {
            use crate::people::group::Group;
            matches!(
                group,
                Group::Staff | Group::Volunteer | Group::Committee | Group::Contractor
            )
        })
    };
    known::named(view, people.here(view.today).filter(takes_part))
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// Write a review down.
pub(super) const WRITE: Form = Form {
    act: "filter.review",
    path: "/filter/review/write",
    title: "Write a review of filtering and monitoring down",
    button: "Keep it",
    help: "Read the pack together first. Say nothing of a child or of a concern here; that has its own place.",
    need: |_, _| Need::leadership(),
    fields: &[
        Field::new("people", "Who took part?", FieldKind::SeveralOf(adults)),
        Field::new("found", "What did you find?", FieldKind::Text(WORDS_MAX)),
        Field::new(
            "changes",
            "What is going to change, who does it, by when?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::Review {
            people: answers.people("people"),
            found: answers.text("found")?,
            changes: answers.text("changes")?,
        })))
    },
    then: |_| "/filter/review".to_owned(),
};
