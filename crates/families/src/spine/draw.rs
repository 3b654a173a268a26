//! Draws a form from its list of fields, with what was filled in and what is wrong. Nothing that a
//! person typed is lost when the answer is no; passwords and files are never filled in again.

use super::{
    answers::Answers,
    page::{Field, FieldKind, Form, Look},
    tongue,
    view::View,
};
use kit::{
    button::button,
    choice::Choice,
    field::{DateFilled, Field as Box, Label, Width},
    form::{self, Problems},
    text,
};
use maud::{Markup, html};

/// The hidden field that says which act a form asks for: several forms may share one address.
pub const ACT_FIELD: &str = "act";

/// The field that only programs fill in, in forms that are open to everybody.
pub const TRAP_FIELD: &str = "website";

/// Whether the form for this act is open to everybody, and may be sent late: what is told with it
/// must never be lost.
#[must_use]
pub fn is_open(act: &str) -> bool {
    matches!(act, "concerns.report" | "concerns.tell")
}

/// What a browser offers when a file is to be kept; what it is, is looked at when it comes.
const KEPT: &str = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.txt,.csv,.docx,.odt,.xlsx,.ods";

/// A form with its fields, sent to `action`.
#[must_use]
pub fn form(
    drawn: &Form,
    view: &View<'_>,
    action: &str,
    answers: &Answers,
    problems: &Problems,
) -> Markup {
    let is_known = view.person().is_some();
    let asked = |field: &&Field| !field.more && (!field.stranger || !is_known);
    let content = html! {
        (form::hidden(ACT_FIELD, drawn.act))
        @for field in drawn.fields.iter().filter(asked) { (self::field(drawn.act, field, view, answers, problems)) }
        (more(drawn, view, answers, problems))
        @if is_open(drawn.act) && view.person().is_none() { (form::trap(TRAP_FIELD, &view.say("trap"))) }
        (button(view.tongue().form_button(drawn)))
    };
    let takes_files = drawn
        .fields
        .iter()
        .any(|field| matches!(field.kind, FieldKind::File(_) | FieldKind::Keep(_)));
    if takes_files {
        return form::upload_form(action, view.csrf, content);
    }
    form::form(action, view.csrf, content)
}

/// The fields for who has more to say, behind a line; open when something in them was answered or
/// is wrong.
fn more(drawn: &Form, view: &View<'_>, answers: &Answers, problems: &Problems) -> Markup {
    let fields: Vec<&Field> = drawn.fields.iter().filter(|field| field.more).collect();
    if fields.is_empty() {
        return html! {};
    }
    let said = |field: &&Field| !answers.several(field.name).is_empty();
    let open = !problems.is_empty() || fields.iter().any(said);
    let words = tongue::words(view.tongue());
    let content = html! {
        @for field in fields { (self::field(drawn.act, field, view, answers, problems)) }
    };
    text::details_open(words.say_more.as_ref(), content, open)
}

/// A form of one button, sent to `action`: everything that it sends is known already.
#[must_use]
pub fn press(
    drawn: &Form,
    view: &View<'_>,
    action: &str,
    sends: &[(&str, &str)],
    about: &str,
) -> Markup {
    let mut all = vec![(ACT_FIELD, drawn.act)];
    all.extend_from_slice(sends);
    form::button_form(
        action,
        view.csrf,
        &all,
        &button(view.tongue().form_button(drawn))
            .secondary()
            .about(about),
    )
}

/// Words of help, a paragraph for each line.
#[must_use]
pub fn paragraphs(words: &str) -> Markup {
    html! { @for line in words.lines().filter(|line| !line.trim().is_empty()) { (text::paragraph(line.trim())) } }
}

/// One field of the form for an act.
#[must_use]
pub fn field(
    act: &str,
    field: &Field,
    view: &View<'_>,
    answers: &Answers,
    problems: &Problems,
) -> Markup {
    let said = answers.several(field.name);
    let words = tongue::words(view.tongue());
    let plain = view.tongue().label(act, field);
    let pictured = field.look == Look::Pictures;
    let label = if field.optional && !pictured && !matches!(field.kind, FieldKind::Confirm) {
        words.optional.replace("{label}", &plain)
    } else {
        plain.clone()
    };
    let mut drawn = Box::new(field.name, label).words(words).problems(problems);
    if !field.hint.is_empty() {
        drawn = drawn.hint(view.tongue().hint(act, field));
    }
    let fixed = |options: &[(&str, &str)]| fixed(act, field, view, options);
    let typed = answers.text(field.name).unwrap_or_default();
    match field.kind {
        FieldKind::Line(most) => {
            let width = if most <= 40 {
                Width::Twenty
            } else {
                Width::Full
            };
            drawn.value(typed).width(width).text()
        }
        FieldKind::Text(most) => drawn
            .value(typed)
            .max_length(most)
            .rows(rows(most))
            .long_text(),
        FieldKind::Email => drawn.value(typed).autocomplete("email").email(),
        FieldKind::Phone => drawn
            .value(typed)
            .autocomplete("tel")
            .width(Width::Twenty)
            .telephone(),
        FieldKind::NewPassword => drawn.autocomplete("new-password").password(),
        FieldKind::Secret(_) => drawn.autocomplete("off").password(),
        FieldKind::Password => drawn.autocomplete("current-password").password(),
        FieldKind::Number(..) => drawn.value(typed).width(Width::Five).number(),
        FieldKind::Date => drawn.date(&date(field.name, answers)),
        FieldKind::YesNo => drawn.values(said).radios_inline(&Choice::yes_no_in(words)),
        FieldKind::Confirm => {
            let box_ = Box::new(field.name, "").words(words).problems(problems);
            box_.values(said).checkboxes(&[Choice::new("yes", plain)])
        }
        FieldKind::Choice(options) => one_of(drawn, words, &said, fixed(options)),
        FieldKind::ChoiceOf(options) => match options(view) {
            none if none.is_empty() && field.optional => html! {},
            options => one_of(drawn, words, &said, options),
        },
        FieldKind::Several(options) => {
            let (drawn, options) = (drawn.values(said), choices(fixed(options)));
            match field.look {
                Look::List => drawn.checkboxes(&options),
                Look::Pictures => drawn.label_size(Label::Medium).pictures(&options),
                Look::Body => drawn.body(&options),
            }
        }
        FieldKind::SeveralOf(options) => match options(view) {
            none if none.is_empty() && field.optional => html! {},
            options => drawn.values(said).checkboxes_small(&choices(options)),
        },
        FieldKind::Hidden => form::hidden(field.name, &typed),
        FieldKind::Drawn(_) => drawn.value(typed).drawing("Clear the drawing"),
        FieldKind::File(_) => drawn.file(""),
        FieldKind::Keep(_) => drawn.file(KEPT),
    }
}

fn rows(most: usize) -> u16 {
    match most {
        0..=300 => 3,
        301..=2_000 => 5,
        _ => 10,
    }
}

fn date(name: &str, answers: &Answers) -> DateFilled {
    if let Some(day) = answers.date(name) {
        return DateFilled::from_date(day);
    }
    let part = |part: &str| answers.text(&format!("{name}-{part}")).unwrap_or_default();
    DateFilled {
        day: part("day"),
        month: part("month"),
        year: part("year"),
    }
}

fn fixed(
    act: &str,
    field: &Field,
    view: &View<'_>,
    options: &[(&str, &str)],
) -> Vec<(String, String)> {
    let said = |(key, label): &(&str, &str)| {
        let label = view.tongue().choice(act, field, key, label);
        ((*key).to_owned(), label)
    };
    options.iter().map(said).collect()
}

fn choices(options: Vec<(String, String)>) -> Vec<Choice> {
    options
        .into_iter()
        .map(|(key, label)| Choice::new(key, label))
        .collect()
}

/// Radios where all choices fit on a screen, else a list to choose from.
fn one_of(
    drawn: Box,
    words: &kit::words::Words,
    said: &[String],
    options: Vec<(String, String)>,
) -> Markup {
    let drawn = drawn.values(said.to_vec());
    if options.len() <= 7 {
        return drawn.radios(&choices(options));
    }
    let mut all = vec![Choice::new("", words.choose_one.as_ref())];
    all.extend(choices(options));
    drawn.select(&all)
}
