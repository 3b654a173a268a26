//! Fields of forms. A field knows its name, label, hint, what was filled in and what is wrong;
//! the last call says which kind it is: `Field::new("email", "Email address").email()`.

use crate::{
    choice::{self, Choice},
    form::Problems,
    picture,
    words::{ENGLISH, Words},
};
use maud::{Markup, html};

/// How wide a box is: as wide as what goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The whole line.
    Full,
    /// Two characters.
    Two,
    /// Four characters.
    Four,
    /// Five characters.
    Five,
    /// Ten characters.
    Ten,
    /// Twenty characters.
    Twenty,
    /// Thirty characters.
    Thirty,
}

/// How large a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// As running text.
    Plain,
    /// As the title of a section.
    Medium,
    /// As the title of the page; then the page has no other.
    Title,
    /// Only for those who listen to the page.
    Unseen,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) label_size: Label,
    pub(crate) hint: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) values: Vec<String>,
    pub(crate) words: &'static Words,
    width: Width,
    autocomplete: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    spellcheck: Option<bool>,
    max_length: Option<usize>,
    rows: u16,
}

/// The three boxes of a date as they were filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFilled {
    /// As typed.
    pub day: String,
    /// As typed.
    pub month: String,
    /// As typed.
    pub year: String,
}

impl DateFilled {
    /// From a day, to begin with.
    #[must_use]
    pub fn from_date(day: kernel::moment::Date) -> DateFilled {
        DateFilled {
            day: day.day().to_string(),
            month: day.month().to_string(),
            year: day.year().to_string(),
        }
    }
}

impl Field {
    /// A field with its name in the form and its label. The name is its id, too.
    /// Only a single box to tick may have no label of its own.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Field {
        let name = name.into();
        Field {
            id: name.clone(),
            name,
            label: label.into(),
            label_size: Label::Plain,
            hint: None,
            error: None,
            values: Vec::new(),
            words: ENGLISH,
            width: Width::Full,
            autocomplete: None,
            prefix: None,
            suffix: None,
            spellcheck: None,
            max_length: None,
            rows: 5,
        }
    }

    /// Another id than the name, where two fields of a page share a name.
    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Field {
        Field {
            id: id.into(),
            ..self
        }
    }

    /// The words of the field itself, in the language of its label.
    #[must_use]
    pub fn words(self, words: &'static Words) -> Field {
        Field { words, ..self }
    }

    /// How large the label is.
    #[must_use]
    pub fn label_size(self, label_size: Label) -> Field {
        Field { label_size, ..self }
    }

    /// Words under the label that say what is wanted and why.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Field {
        Field {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// What is wrong with it.
    #[must_use]
    pub fn error(self, error: Option<&str>) -> Field {
        Field {
            error: error.map(str::to_owned),
            ..self
        }
    }

    /// Takes what is wrong with it from the form's problems.
    #[must_use]
    pub fn problems(self, problems: &Problems) -> Field {
        let error = problems.of(&self.name).map(str::to_owned);
        Field { error, ..self }
    }

    /// What was filled in, or the value of the choice that was chosen.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Field {
        Field {
            values: vec![value.into()],
            ..self
        }
    }

    /// The values of all choices that were chosen.
    #[must_use]
    pub fn values(self, values: impl IntoIterator<Item = String>) -> Field {
        Field {
            values: values.into_iter().collect(),
            ..self
        }
    }

    /// How wide the box is.
    #[must_use]
    pub fn width(self, width: Width) -> Field {
        Field { width, ..self }
    }

    /// What a browser may fill in: `email`, `username`, `name`, `tel`, `postal-code`, `off`.
    #[must_use]
    pub fn autocomplete(self, autocomplete: impl Into<String>) -> Field {
        Field {
            autocomplete: Some(autocomplete.into()),
            ..self
        }
    }

    /// A unit before the box: "£".
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Field {
        Field {
            prefix: Some(prefix.into()),
            ..self
        }
    }

    /// A unit after the box: "days".
    #[must_use]
    pub fn suffix(self, suffix: impl Into<String>) -> Field {
        Field {
            suffix: Some(suffix.into()),
            ..self
        }
    }

    /// Not checked for spelling: codes, names, addresses.
    #[must_use]
    pub fn no_spellcheck(self) -> Field {
        Field {
            spellcheck: Some(false),
            ..self
        }
    }

    /// At most so many characters; a long text says how many are left.
    #[must_use]
    pub fn max_length(self, max_length: usize) -> Field {
        Field {
            max_length: Some(max_length),
            ..self
        }
    }

    /// How many lines a long text shows.
    #[must_use]
    pub fn rows(self, rows: u16) -> Field {
        Field { rows, ..self }
    }

    /// A line of text.
    #[must_use]
    pub fn text(&self) -> Markup {
        self.line("text", None)
    }

    /// An email address.
    #[must_use]
    pub fn email(&self) -> Markup {
        let field = Field {
            spellcheck: Some(false),
            ..self.clone()
        };
        field.line("email", None)
    }

    /// A telephone number.
    #[must_use]
    pub fn telephone(&self) -> Markup {
        self.line("tel", None)
    }

    /// A whole number, typed.
    #[must_use]
    pub fn number(&self) -> Markup {
        let field = Field {
            spellcheck: Some(false),
            ..self.clone()
        };
        field.line("text", Some("numeric"))
    }

    /// A password, with a button that shows it. `autocomplete` says whether it is a new one.
    #[must_use]
    pub fn password(&self) -> Markup {
        let words = self.words;
        let autocomplete = self.autocomplete.as_deref().unwrap_or("current-password");
        let content = html! {
            div class="govuk-input__wrapper govuk-password-input__wrapper" {
                input class=(self.box_class("govuk-input", "govuk-password-input__input govuk-js-password-input-input"))
                    id=(self.id) name=(self.name) type="password" spellcheck="false"
                    aria-describedby=[self.described_by(None)] autocomplete=(autocomplete) autocapitalize="none";
                button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
                    data-module="govuk-button" aria-controls=(self.id) aria-label=(words.show_password) hidden { (words.show) }
            }
        };
        // In English the script has these words itself.
        let said = |words: &'static str| (self.words != ENGLISH).then_some(words);
        html! {
            div class={ "govuk-form-group" (self.group_error()) " govuk-password-input" } data-module="govuk-password-input"
                "data-i18n.show-password"=[said(&words.show)] "data-i18n.hide-password"=[said(&words.hide)]
                "data-i18n.show-password-aria-label"=[said(&words.show_password)]
                "data-i18n.hide-password-aria-label"=[said(&words.hide_password)]
                "data-i18n.password-shown-announcement"=[said(&words.password_shown)]
                "data-i18n.password-hidden-announcement"=[said(&words.password_hidden)] {
                (self.label_markup()) (self.notes()) (content)
            }
        }
    }

    /// Several lines of text.
    #[must_use]
    pub fn long_text(&self) -> Markup {
        let Some(max) = self.max_length else {
            return self.group("", None, &self.text_area("", None));
        };
        let info = format!("{}-info", self.id);
        let words = self.words;
        let said = |words: &'static str| (self.words != ENGLISH).then_some(words);
        html! {
            div class={ "govuk-form-group" (self.group_error()) " govuk-character-count" }
                data-module="govuk-character-count" data-maxlength=(max)
                "data-i18n.characters-under-limit.other"=[said(&words.left)]
                "data-i18n.characters-over-limit.other"=[said(&words.too_many)]
                "data-i18n.characters-at-limit"=[said(&words.none_left)] {
                (self.label_markup()) (self.notes())
                (self.text_area(" govuk-js-character-count", Some(&info)))
                div id=(info) class="govuk-hint govuk-character-count__message" {
                    (words.up_to.replace("{count}", &max.to_string()))
                }
            }
        }
    }

    /// A day in three boxes: `NAME-day`, `NAME-month`, `NAME-year`.
    #[must_use]
    pub fn date(&self, filled: &DateFilled) -> Markup {
        let boxes = html! {
            div class="govuk-date-input" id={ (self.id) "-date" } {
                (self.date_box("day", &self.words.day, 2, &filled.day))
                (self.date_box("month", &self.words.month, 2, &filled.month))
                (self.date_box("year", &self.words.year, 4, &filled.year))
            }
        };
        self.set(&boxes, Some("group"))
    }

    /// One choice of several, all shown.
    #[must_use]
    pub fn radios(&self, choices: &[Choice]) -> Markup {
        self.set(&choice::radios(self, choices, false), None)
    }

    /// One choice of a few short ones, side by side: yes or no.
    #[must_use]
    pub fn radios_inline(&self, choices: &[Choice]) -> Markup {
        self.set(&choice::radios(self, choices, true), None)
    }

    /// Any choices of several.
    #[must_use]
    pub fn checkboxes(&self, choices: &[Choice]) -> Markup {
        self.set(&choice::checkboxes(self, choices, false), None)
    }

    /// Any choices of several, in small boxes: for filters.
    #[must_use]
    pub fn checkboxes_small(&self, choices: &[Choice]) -> Markup {
        self.set(&choice::checkboxes(self, choices, true), None)
    }

    /// Any choices of several, each with the picture of its value, for whoever can't read yet.
    #[must_use]
    pub fn pictures(&self, choices: &[Choice]) -> Markup {
        self.set(&choice::pictures(self, choices), None)
    }

    /// Places on a body, in a list; with scripts they are pressed on an outline beside it, too.
    #[must_use]
    pub fn body(&self, choices: &[Choice]) -> Markup {
        let content = html! {
            div class="sg-body" {
                (picture::body())
                div class="sg-body__list" { (choice::checkboxes(self, choices, true)) }
            }
        };
        self.set(&content, None)
    }

    /// One choice of many, from a list.
    #[must_use]
    pub fn select(&self, choices: &[Choice]) -> Markup {
        let content = html! {
            select class=(self.box_class("govuk-select", "")) id=(self.id) name=(self.name)
                aria-describedby=[self.described_by(None)] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.is_chosen(&self.values)]
                        disabled[choice.is_disabled] { (choice.label) }
                }
            }
        };
        self.group("", None, &content)
    }

    /// A file. `accept` lists endings: ".pdf,.docx".
    #[must_use]
    pub fn file(&self, accept: &str) -> Markup {
        self.files(accept, false)
    }

    /// One or more files.
    #[must_use]
    pub fn several_files(&self, accept: &str) -> Markup {
        self.files(accept, true)
    }

    /// A place to draw a signature in; its strokes are sent as text: `x,y x,y;x,y`. It is there only
    /// with scripts; the field beside it takes the name as it is typed.
    #[must_use]
    pub fn drawing(&self, clear: &str) -> Markup {
        let id = &self.id;
        html! {
            div class={ "govuk-form-group sg-draw" (self.error.as_ref().map_or("", |_| " govuk-form-group--error")) } hidden {
                p class="govuk-label" id={ (id) "-label" } { (self.label) }
                @if let Some(hint) = &self.hint { p class="govuk-hint" { (hint) } }
                @if let Some(error) = &self.error { p class="govuk-error-message" id={ (id) "-error" } { (error) } }
                canvas class="sg-draw__pad" id=(id) width="600" height="200" role="img" aria-labelledby={ (id) "-label" } {}
                input type="hidden" name=(self.name) value=(self.filled().unwrap_or_default());
                button type="button" class="govuk-button govuk-button--secondary sg-draw__clear" { (clear) }
            }
        }
    }

    fn files(&self, accept: &str, several: bool) -> Markup {
        let accept = Some(accept).filter(|accept| !accept.is_empty());
        let content = html! {
            input class=(self.box_class("govuk-file-upload", "")) id=(self.id) name=(self.name) type="file"
                accept=[accept] multiple[several] aria-describedby=[self.described_by(None)];
        };
        self.group("", None, &content)
    }

    fn line(&self, kind: &str, mode: Option<&str>) -> Markup {
        let input = html! {
            input class=(self.box_class("govuk-input", "")) id=(self.id) name=(self.name) type=(kind)
                spellcheck=[self.spellcheck.map(|on| if on { "true" } else { "false" })]
                value=[self.filled()] maxlength=[self.max_length]
                aria-describedby=[self.described_by(None)]
                autocomplete=[&self.autocomplete] inputmode=[mode];
        };
        let content = html! {
            @if self.prefix.is_some() || self.suffix.is_some() {
                div class="govuk-input__wrapper" {
                    @if let Some(prefix) = &self.prefix {
                        div class="govuk-input__prefix" aria-hidden="true" { (prefix) }
                    }
                    (input)
                    @if let Some(suffix) = &self.suffix {
                        div class="govuk-input__suffix" aria-hidden="true" { (suffix) }
                    }
                }
            } @else { (input) }
        };
        self.group("", None, &content)
    }

    fn text_area(&self, more_class: &str, info: Option<&str>) -> Markup {
        html! {
            textarea class={ (self.box_class("govuk-textarea", "")) (more_class) } id=(self.id)
                name=(self.name) rows=(self.rows)
                spellcheck=[self.spellcheck.map(|on| if on { "true" } else { "false" })]
                aria-describedby=[self.described_by(info)] autocomplete=[&self.autocomplete] {
                @if let Some(value) = self.filled() {
                    // A browser drops the first line break after the tag.
                    @if value.starts_with('\n') { "\n" }
                    (value)
                }
            }
        }
    }

    fn date_box(&self, part: &str, label: &str, width: u8, value: &str) -> Markup {
        // The first box has the field's own id, so that the error summary leads to it.
        let id = if part == "day" {
            self.id.clone()
        } else {
            format!("{}-{part}", self.id)
        };
        let error = if self.error.is_some() {
            " govuk-input--error"
        } else {
            ""
        };
        let value = Some(value).filter(|value| !value.is_empty());
        html! {
            div class="govuk-date-input__item" {
                div class="govuk-form-group" {
                    label class="govuk-label govuk-date-input__label" for=(id) { (label) }
                    input class={ "govuk-input govuk-date-input__input govuk-input--width-" (width) (error) }
                        id=(id) name={ (self.name) "-" (part) } type="text" value=[value] inputmode="numeric";
                }
            }
        }
    }

    /// A group with a label for its one box.
    fn group(&self, class: &str, module: Option<&str>, content: &Markup) -> Markup {
        html! {
            div class={ "govuk-form-group" (self.group_error()) (class) } data-module=[module] {
                (self.label_markup()) (self.notes()) (content)
            }
        }
    }

    /// A group with a legend for its several boxes.
    fn set(&self, content: &Markup, role: Option<&str>) -> Markup {
        // A single box to tick says all itself; there is nothing to put above it.
        if self.label.is_empty() {
            return html! {
                div class={ "govuk-form-group" (self.group_error()) } { (self.notes()) (content) }
            };
        }
        let class = match self.label_size {
            Label::Plain => "govuk-fieldset__legend",
            Label::Medium => "govuk-fieldset__legend govuk-fieldset__legend--m",
            Label::Title => "govuk-fieldset__legend govuk-fieldset__legend--l",
            Label::Unseen => "govuk-fieldset__legend govuk-visually-hidden",
        };
        html! {
            div class={ "govuk-form-group" (self.group_error()) } {
                fieldset class="govuk-fieldset" role=[role] aria-describedby=[self.described_by(None)] {
                    legend class=(class) {
                        @if self.label_size == Label::Title {
                            h1 class="govuk-fieldset__heading" { (self.label) }
                        } @else { (self.label) }
                    }
                    (self.notes()) (content)
                }
            }
        }
    }

    fn label_markup(&self) -> Markup {
        let class = match self.label_size {
            Label::Plain => "govuk-label",
            Label::Medium => "govuk-label govuk-label--m",
            Label::Title => "govuk-label govuk-label--l",
            Label::Unseen => "govuk-label govuk-visually-hidden",
        };
        let label = html! { label class=(class) for=(self.id) { (self.label) } };
        html! {
            @if self.label_size == Label::Title {
                h1 class="govuk-label-wrapper" { (label) }
            } @else { (label) }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = &self.hint {
                div id={ (self.id) "-hint" } class="govuk-hint" { (hint) }
            }
            @if let Some(error) = &self.error {
                p id={ (self.id) "-error" } class="govuk-error-message" {
                    span class="govuk-visually-hidden" { (self.words.error) } " " (error)
                }
            }
        }
    }

    pub(crate) fn described_by(&self, more: Option<&str>) -> Option<String> {
        let mut ids: Vec<String> = more.map(str::to_owned).into_iter().collect();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn filled(&self) -> Option<&str> {
        self.values
            .first()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    fn group_error(&self) -> &'static str {
        if self.error.is_some() {
            " govuk-form-group--error"
        } else {
            ""
        }
    }

    fn box_class(&self, base: &str, more: &str) -> String {
        let mut class = base.to_owned();
        if !more.is_empty() {
            class.push(' ');
            class.push_str(more);
        }
        class.push_str(match self.width {
            Width::Full => "",
            Width::Two => " govuk-input--width-2",
            Width::Four => " govuk-input--width-4",
            Width::Five => " govuk-input--width-5",
            Width::Ten => " govuk-input--width-10",
            Width::Twenty => " govuk-input--width-20",
            Width::Thirty => " govuk-input--width-30",
        });
        if self.error.is_some() {
            class.push_str(&format!(" {base}--error"));
        }
        class
    }
}
