//! Which form a list is in: the one that makes most of its first lines.

use super::{
    form::Form,
    forms::{Before, line},
    json,
    read::{Entry, first_lines},
    tally::Why,
};
use crate::names::normal;
use std::{io, path::Path};

const LOOKED_AT_BYTES: u64 = 64 << 10;

/// In this order: a list that two forms read equally well is in the first of them.
const TRIED: &[Form] = &[
    Form::Plain,
    Form::Hosts,
    Form::Wildcard,
    Form::Adblock,
    Form::Dnsmasq,
    Form::Unbound,
    Form::Rpz,
    Form::Geosite,
    Form::Hashed,
    Form::Csv,
];

/// Finds the form of a list by the name of its file and by its first lines.
///
/// # Errors
///
/// Where the file can't be read.
pub fn detect(path: &Path) -> io::Result<Form> {
    let name = path.file_name().and_then(|name| name.to_str());
    match name.unwrap_or_default() {
        "domains" | "urls" | "expressions" | "very_restrictive_expression" => return Ok(Form::Ut1),
        name if name.starts_with("banned") || name.starts_with("weighted") => {
            return Ok(Form::E2guardian);
        }
        _ => {}
    }
    let text = first_lines(path, LOOKED_AT_BYTES)?;
    Ok(of_text(&text))
}

/// What the first lines say about the terms of the list: the value after one of these words.
pub(super) fn said_of_itself(text: &str, words: &[&str]) -> Option<String> {
    text.lines().take(60).find_map(|line| {
        let line = line.trim_start_matches(['#', '!', ';', ' ', '\t']);
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        let is = words.iter().any(|word| key.eq_ignore_ascii_case(word));
        (is && !value.is_empty() && value.len() <= 300).then(|| value.to_owned())
    })
}

fn of_text(text: &str) -> Form {
    let start = text.trim_start();
    if start.starts_with('{') || start.starts_with("[\"") || start.starts_with("[{") {
        return Form::Json;
    }
    if start.starts_with('[') && !start.starts_with("[Adblock") && json::names(text).is_some() {
        return Form::Json;
    }
    let mut best = (0, Form::Plain);
    for form in TRIED {
        let made = made_of(*form, text);
        if made > best.0 {
            best = (made, *form);
        }
    }
    best.1
}

/// How many lines this form can make something of.
fn made_of(form: Form, text: &str) -> usize {
    let mut before = Before::default();
    let lines = text.lines().take(2000);
    lines
        .filter(|text| {
            let mut any = false;
            let said = line(form, text, &mut before, &mut |entry| match entry {
                Entry::Name(name) | Entry::Except(name) => any |= normal(name).is_ok(),
                Entry::Hash(_) => any = true,
            });
            any || said == Err(Why::OtherList)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_known_by_its_lines() {
        for (text, form) in [
            ("# A list\nexample.com\nexample.org\n", Form::Plain),
            (".example.com\n", Form::Plain),
            ("0.0.0.0 example.com\n127.0.0.1 localhost\n", Form::Hosts),
            ("*.example.com\n", Form::Plain),
            ("*.example.com\n=www.example.org\n", Form::Wildcard),
            (
                "[Adblock Plus]\n||example.com^\n@@||a.example.com^\n",
                Form::Adblock,
            ),
            (
                "address=/example.com/#\nserver=/example.org/\n",
                Form::Dnsmasq,
            ),
            (
                "server:\nlocal-zone: \"example.com\" always_null\n",
                Form::Unbound,
            ),
            (
                "$TTL 60\n@ SOA a b 1 2 3 4 5\nexample.com CNAME .\n",
                Form::Rpz,
            ),
            ("include:other\nfull:example.com\n", Form::Geosite),
            ("domain,category\nexample.com,adult\n", Form::Csv),
            ("[\"example.com\"]", Form::Json),
            (
                "{\"domain\": \"example.com\"}\n{\"domain\": \"example.org\"}\n",
                Form::Json,
            ),
            (&"ab".repeat(32), Form::Hashed),
        ] {
            assert_eq!(of_text(text), form, "{text}");
        }
    }

    #[test]
    fn the_terms_are_read_from_the_top() {
        let text = "! Title: A list\n! Licence: CC BY-SA 4.0\nexample.com\n";
        let licence = said_of_itself(text, &["license", "licence"]);
        assert_eq!(licence.as_deref(), Some("CC BY-SA 4.0"));
    }
}
