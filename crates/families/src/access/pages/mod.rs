//! Pages and forms of this family.

use crate::spine::{
    act::Person,
    page::{Form, Page},
    view::View,
};

/// Its pages.
pub const PAGES: &[Page] = &[];

/// Its forms.
pub const FORMS: &[Form] = &[];

/// How somebody's account stands, in words.
pub(crate) fn how_it_stands(_view: &View<'_>, _person: Person) -> String {
    String::new()
}
