//! The setting’s mail: what its domain says about who may send in its name, what is missing in plain
//! words, and junk mail that people reported.

use super::around;
use crate::{
    filter::{
        acts::{
            Act as Filter, LINE_MAX,
            evidence::{Act, team},
        },
        entries::evidence::SpamReported,
        keeping,
        mail::parts,
        words::{self, SPAM},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        view::View,
    },
};
use kernel::{moment::date_in_words, value::Value};
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many reports are shown.
const SHOWN_MAX: usize = 50;

/// The mail.
pub(super) const MAIL: Page = Page {
    path: "/filter/mail",
    title: "Mail and junk",
    menu: 0,
    help: "Whether others can send mail in the name of this setting, as far as the domain of its mail says it, and what to ask whoever keeps the domain for.\nReport junk mail to the mail provider, in your mail program, and say here that you did.",
    need: |_, _| team(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let known = view.setting.filter.evidence();
    let keeps = view.has(&keeping());
    let content = html! {
        (around(view, "/filter/mail"))
        (text::h1("Mail and junk"))
        (buttons(html! {
            (button("I reported junk mail").to("/filter/mail/junk"))
            @if keeps { (button("Our mail").to("/filter/mail/domain").secondary()) }
        }))
        (text::h2("Who may send in our name"))
        @match known.mail() {
            None => { (guide::empty("Here stands what the domain of our mail says. Nobody has said which domain that is.", keeps.then_some(("/filter/mail/domain", "Say which domain")))) }
            Some(mail) if mail.domain.is_empty() => {
                (text::paragraph(format!("This setting has no domain of its own for mail; it is with {}, who sees to this.", mail.provider)))
            }
            Some(mail) => {
                (facts(&[Fact::new("Domain", &mail.domain), Fact::new("Provider", &mail.provider)]))
                (found(view, &mail.domain))
            }
        }
        (text::h2("Junk mail that was reported"))
        (junk(view))
    };
    Shown::Page("Mail and junk".to_owned(), content)
}

fn found(view: &View<'_>, domain: &str) -> Markup {
    let known = view.setting.filter.evidence();
    let last = known
        .looked()
        .rev()
        .find(|looked| looked.found.domain == domain);
    let Some(last) = last else {
        return text::paragraph("It is looked at within a few minutes, and then every week.");
    };
    let rows = parts(&last.found).into_iter().map(|part| {
        let mark = if part.fine {
            tag("There", Colour::Green)
        } else {
            tag("To be put right", Colour::Yellow)
        };
        vec![
            text::text(part.name),
            html! { (mark) " " (part.is) "." },
            text::text(part.ask),
        ]
    });
    html! {
        (Table::new("What the domain says", ["What", "How it is", "What to do"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        (text::muted(format!("Looked at on {}.", date_in_words(last.at.date()))))
    }
}

fn junk(view: &View<'_>) -> Markup {
    let known = view.setting.filter.evidence();
    let rows = known.spam().rev().take(SHOWN_MAX).map(|spam| {
        vec![
            text::text(words::of(SPAM, &spam.reported.what)),
            text::text(&spam.reported.to),
            text::text(spam.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(date_in_words(spam.at.date())),
        ]
    });
    html! {
        @if known.spam().next().is_none() {
            (text::paragraph("None was."))
        } @else {
            (Table::new("Junk mail", ["What it was", "Reported to", "By", "When"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

/// Name the domain.
pub(super) const DOMAIN: Form = Form {
    act: "filter.name-mail",
    path: "/filter/mail/domain",
    title: "Our mail",
    button: "Keep it",
    help: "The domain is what stands behind the @ of the setting’s own addresses. Only what it tells everybody is looked at; no mail is read.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("domain", "Which domain?", FieldKind::Line(LINE_MAX))
            .hint("Such as larkrise.example. Leave it empty when your addresses are with a provider of mail for everybody")
            .optional(),
        Field::new("provider", "Who provides the mail?", FieldKind::Line(LINE_MAX)),
        Field::new(
            "selectors",
            "Under which names does the provider’s key stand?",
            FieldKind::Line(LINE_MAX),
        )
        .hint("The provider says it, as selector of DKIM. Leave it empty when you do not know")
        .optional(),
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        if let Some(mail) = view.setting.filter.evidence().mail() {
            answers.add("domain", &mail.domain);
            answers.add("provider", &mail.provider);
            answers.add("selectors", &mail.selectors.join(" "));
        }
        Start {
            answers,
            ..Start::default()
        }
    },
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::NameMail {
            domain: answers.text("domain").unwrap_or_default(),
            provider: answers.text("provider")?,
            selectors: super::change_forms::lines(answers, "selectors"),
        })))
    },
    then: |_| "/filter/mail".to_owned(),
};

/// Junk mail was reported.
pub(super) const JUNK: Form = Form {
    act: "filter.report-spam",
    path: "/filter/mail/junk",
    title: "I reported junk mail",
    button: "Keep it",
    help: "Report it to the mail provider first: your mail program has a button for it. Do not send it on, and do not write here what it says.",
    need: |_, _| team(),
    fields: &[
        Field::new("what", "What was it?", FieldKind::Choice(SPAM)),
        Field::new(
            "to",
            "To whom did you report it?",
            FieldKind::Line(LINE_MAX),
        ),
        Field::new(
            "opened",
            "Did anybody press or open something in it?",
            FieldKind::YesNo,
        ),
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        let running = view.in_force.find("filter.email-and-spam");
        let said = running.and_then(|running| running.bound.values.get("report_to"));
        let mail = view.setting.filter.evidence().mail();
        let to = mail
            .map(|mail| mail.provider.clone())
            .or(said.map(Value::in_words));
        if let Some(to) = to {
            answers.add("to", &to);
        }
        Start {
            answers,
            ..Start::default()
        }
    },
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::ReportSpam(
            SpamReported {
                what: answers.text("what")?,
                to: answers.text("to")?,
                opened: answers.yes("opened")?,
            },
        ))))
    },
    then: |_| "/filter/mail".to_owned(),
};
