//! Whatever bytes come in, an answer comes out.

#![expect(
    clippy::expect_used,
    reason = "a test that can't make its file has failed"
)]

use proptest::prelude::*;
use reader::{learned::Learned, limits::Limits, read};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn limits() -> Limits {
    Limits {
        bytes_max: 64 * 1024,
        characters_max: 4_000,
        clauses_max: 40,
        ..Limits::default()
    }
}

fn answered(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    match read(name, bytes, &Learned::default(), &limits()) {
        Ok(reading) => {
            prop_assert!(reading.clauses.len() <= 40);
            prop_assert!(reading.clauses.iter().all(|clause| !clause.text.is_empty()));
        }
        Err(no) => prop_assert!(!no.to_string().is_empty()),
    }
    Ok(())
}

fn packed(name: &str, xml: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default())
        .expect("a part");
    zip.write_all(xml).expect("its bytes");
    zip.finish().expect("an archive").into_inner()
}

/// Tags and words in any order, closed or not.
fn tags(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(names), 0..4_u8, "[ a-zA-Z.&;<]{0,12}").prop_map(
        |(name, kind, words)| match kind {
            0 => format!("<{name}>"),
            1 => format!("</{name}>"),
            2 => format!("<{name}/>"),
            _ => words,
        },
    );
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600), ending in "(txt|md|docx|odt|pdf|doc)?") {
        answered(&format!("policy.{ending}"), &bytes)?;
    }

    #[test]
    fn any_text_is_answered(text in "[ -~\n\t•·’é\u{c}]{0,500}", markdown in any::<bool>()) {
        answered(if markdown { "policy.md" } else { "policy.txt" }, text.as_bytes())?;
    }

    #[test]
    fn any_pdf_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        answered("policy.pdf", &[b"%PDF-1.7\n".as_slice(), &bytes].concat())?;
    }

    #[test]
    fn any_drawing_is_answered(content in "(BT|ET|Tf|Td|TJ|Tj|Do|q|Q|cm|/F1|\\(a\\)|\\[|\\]|[0-9]{1,9}|-1\\.5| |\n|T\\*){0,80}", flip in 0..900_usize) {
        let mut pdf = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 >> >> >> >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n",
            content.len()
        ).into_bytes();
        answered("policy.pdf", &pdf)?;
        if let Some(byte) = pdf.get_mut(flip) {
            *byte ^= 0x11;
        }
        answered("policy.pdf", &pdf)?;
    }

    #[test]
    fn any_archive_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        answered("policy.docx", &[b"PK\x03\x04".as_slice(), &bytes].concat())?;
    }

    #[test]
    fn any_word_document_is_answered(xml in tags(&["w:p", "w:r", "w:t", "w:tc", "w:del", "w:numPr", "w:pStyle", "w:b", "w:tab"])) {
        answered("policy.docx", &packed("word/document.xml", xml.as_bytes()))?;
    }

    #[test]
    fn any_open_document_is_answered(xml in tags(&["text:p", "text:h", "text:list", "text:s", "table:table-cell", "office:annotation", "text:note"])) {
        answered("policy.odt", &packed("content.xml", xml.as_bytes()))?;
    }
}
