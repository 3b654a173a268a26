//! The few things that both packed documents need of XML: names without prefixes, attributes, entities.

use quick_xml::events::{BytesRef, BytesStart};

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find_map(|attribute| {
            let found = attribute.key.local_name().as_ref() == name;
            found.then(|| attribute.value.into_owned())
        })
}

/// The letter that a reference stands for; unknown ones stand for nothing.
pub(super) fn letter(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
