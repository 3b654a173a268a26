//! The names under which message files have what stands in the code in English: the texts of
//! pages, forms and fields. `access.take-up` has its field `user` as `access-take-up--user`.

use super::Tongue;
use crate::spine::page::{Field, Form, Page};

/// The name of a page's title: `page-people-person` for `/people/{person}`.
#[must_use]
pub fn page(path: &str) -> String {
    let plain = plain(path);
    if plain.is_empty() {
        return "page-home".to_owned();
    }
    format!("page-{plain}")
}

/// The name of a form's title: `access-take-up`.
#[must_use]
pub fn form(act: &str) -> String {
    plain(act)
}

/// The name of a field of a form: `access-take-up--user`.
#[must_use]
pub fn field(act: &str, name: &str) -> String {
    format!("{}--{}", plain(act), plain(name))
}

/// The part of a field's message that has one of its choices: `is-parent`.
#[must_use]
pub fn choice(key: &str) -> String {
    format!("is-{}", plain(key))
}

/// Letters and digits, with a dash for all that lies between.
fn plain(words: &str) -> String {
    let letters = words
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let dashed: String = letters.collect();
    let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

impl Tongue {
    /// Whether a page has its texts in other languages: it is one that families or visitors read.
    #[must_use]
    pub fn knows_page(self, page: &Page) -> bool {
        self == Tongue::En || self.has(&self::page(page.path))
    }

    /// Whether a form has its texts in other languages.
    #[must_use]
    pub fn knows_form(self, form: &Form) -> bool {
        self == Tongue::En || self.has(&self::form(form.act))
    }

    /// The title of a page.
    #[must_use]
    pub fn page_title(self, page: &Page) -> String {
        self.say_or(&self::page(page.path), page.title)
    }

    /// The help of a page.
    #[must_use]
    pub fn page_help(self, page: &Page) -> String {
        self.say_or(&format!("{}.help", self::page(page.path)), page.help)
    }

    /// The title of a form.
    #[must_use]
    pub fn form_title(self, form: &Form) -> String {
        self.say_or(&self::form(form.act), form.title)
    }

    /// The help of a form.
    #[must_use]
    pub fn form_help(self, form: &Form) -> String {
        self.say_or(&format!("{}.help", self::form(form.act)), form.help)
    }

    /// The words on a form's button.
    #[must_use]
    pub fn form_button(self, form: &Form) -> String {
        self.say_or(&format!("{}.button", self::form(form.act)), form.button)
    }

    /// What a field asks.
    #[must_use]
    pub fn label(self, act: &str, field: &Field) -> String {
        let id = self::field(act, field.name);
        self.say_or(&format!("{id}.label"), field.label)
    }

    /// The hint of a field; may be empty.
    #[must_use]
    pub fn hint(self, act: &str, field: &Field) -> String {
        if field.hint.is_empty() {
            return String::new();
        }
        let id = self::field(act, field.name);
        self.say_or(&format!("{id}.hint"), field.hint)
    }

    /// One of the choices of a field.
    #[must_use]
    pub fn choice(self, act: &str, field: &Field, key: &str, english: &str) -> String {
        let id = self::field(act, field.name);
        self.say_or(&format!("{id}.{}", self::choice(key)), english)
    }
}
