//! Every kind of file gets an answer in plain words, within bounds. The files are made here.

#![expect(
    clippy::expect_used,
    reason = "a test that can't make its file has failed"
)]

use flate2::{Compression, write::ZlibEncoder};
use reader::{learned::Learned, limits::Limits, read, reading::Reading, unreadable::Unreadable};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const CLAUSE: &str = "Staff lock their mobile phones in the lockers before the children arrive.";

fn open(name: &str, bytes: &[u8]) -> Result<Reading, Unreadable> {
    read(name, bytes, &Learned::default(), &Limits::default())
}

fn texts(reading: &Reading) -> Vec<&str> {
    reading
        .clauses
        .iter()
        .map(|clause| clause.text.as_str())
        .collect()
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let xml = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", xml.as_bytes())];
    parts.extend(more);
    packed(&parts)
}

fn odt(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let xml = format!(
        r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", xml.as_bytes()),
    ];
    parts.extend(more);
    packed(&parts)
}

/// A PDF of these content streams, one a page.
fn pdf(pages: &[String], extra: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned().into_bytes(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            pages.len(),
            (0..pages.len())
                .map(|n| format!("{} 0 R", 4 + 2 * n))
                .collect::<Vec<_>>()
                .join(" ")
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    for (number, content) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * number
            )
            .into_bytes(),
        );
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects, extra)
}

fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {dict} >>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

fn file(objects: &[Vec<u8>], extra: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").as_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    file.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .as_bytes(),
    );
    file
}

fn page_of(lines: &[&str]) -> String {
    let mut content = "BT /F1 11 Tf 14 TL 60 780 Td\n".to_owned();
    for line in lines {
        content.push_str(&format!("({line}) Tj T*\n"));
    }
    content.push_str("ET");
    content
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

#[test]
fn a_word_document_is_read_with_headings_points_and_cells() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Phones</w:t></w:r></w:p>
        <w:p><w:r><w:t>Staff</w:t></w:r><w:del><w:r><w:delText> seldom</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> will:</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>lock their mobile phones in the lockers &amp; leave them</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Visitors hand in their phones at the desk.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    let reading = open("policy.docx", &docx(body, &[])).expect("it can be read");
    assert_eq!(
        texts(&reading),
        [
            "Phones",
            "Staff will:",
            "lock their mobile phones in the lockers & leave them",
            "Visitors hand in their phones at the desk."
        ]
    );
    assert!(reading.clauses[0].is_heading);
    assert_eq!(reading.clauses[2].section, "Phones");
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.contains("not yet accepted")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn macros_are_ignored_and_said_to_be() {
    let body = format!("<w:p><w:r><w:t>{CLAUSE}</w:t></w:r></w:p>");
    let bytes = docx(&body, &[("word/vbaProject.bin", b"\x01\x02")]);
    let reading = open("policy.docm", &bytes).expect("it can be read");
    assert_eq!(texts(&reading), [CLAUSE]);
    assert!(
        reading.notes.iter().any(|note| note.contains("macros")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn an_open_document_is_read_and_a_locked_one_is_not() {
    let body = format!(
        r#"<text:h>Phones</text:h><text:p>We will:</text:p><text:list><text:list-item><text:p>{CLAUSE}</text:p></text:list-item></text:list>"#
    );
    let reading = open("policy.odt", &odt(&body, &[])).expect("it can be read");
    assert_eq!(texts(&reading), ["Phones", "We will:", CLAUSE]);
    let locked = odt(
        &body,
        &[("META-INF/manifest.xml", b"<manifest:encryption-data/>")],
    );
    assert_eq!(open("policy.odt", &locked), Err(Unreadable::Locked));
}

#[test]
fn markdown_is_read_without_its_marks() {
    let text = format!(
        "---\nfor: us\n---\n# Policy\n\n## Phones\n\n- **Staff** lock\n  up\n- see\n\n| a | b |\n|---|---|\n| {CLAUSE} | x1 |\n"
    );
    let reading = open("policy.md", text.as_bytes()).expect("it can be read");
    assert_eq!(
        texts(&reading),
        [
            "Policy",
            "Phones",
            "Staff lock up",
            "see",
            "a",
            "b",
            CLAUSE,
            "x1"
        ]
    );
}

#[test]
fn a_pdf_is_read_with_its_wrapped_lines_joined() {
    let pages = [
        page_of(&[
            "Mobile phones",
            "Staff lock their mobile phones in the lockers by the kitchen before the",
            "children arrive, and leave them there until the last family has gone home",
            "for the day or the week. Visitors hand in theirs at the desk by the door and",
            "get them back when they leave us.",
            "Page 1 of 2",
        ]),
        page_of(&[
            "Parents are asked not to use phones in the building.",
            "Page 2 of 2",
        ]),
    ];
    let reading = open("policy.pdf", &pdf(&pages, "")).expect("it can be read");
    let texts = texts(&reading);
    assert!(
        texts.contains(
            &"Visitors hand in theirs at the desk by the door and get them back when they leave us."
        ),
        "{texts:?}"
    );
    assert!(
        !texts.iter().any(|text| text.contains("Page ")),
        "{texts:?}"
    );
}

#[test]
fn a_pdf_of_two_hundred_pages_is_read_and_a_longer_one_to_the_limit() {
    let page = page_of(&[
        "Staff lock their phones away.",
        "Visitors sign in at the desk.",
    ]);
    let reading = open("policy.pdf", &pdf(&vec![page.clone(); 200], "")).expect("it can be read");
    assert_eq!(reading.clauses.len(), 400);
    let limits = Limits {
        pages_max: 3,
        ..Limits::default()
    };
    let reading = read(
        "policy.pdf",
        &pdf(&vec![page; 20], ""),
        &Learned::default(),
        &limits,
    )
    .expect("it can be read");
    assert_eq!(reading.clauses.len(), 6);
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.contains("first 3 pages")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn a_scan_without_words_is_told_so() {
    let scan = pdf(&["q 595 0 0 842 0 0 cm /Im1 Do Q".to_owned()], "");
    assert_eq!(open("scan.pdf", &scan), Err(Unreadable::NoWords));
    assert!(Unreadable::NoWords.to_string().contains("scanner"));
}

#[test]
fn a_locked_pdf_is_told_so() {
    let lock = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <{0}> /U <{0}> >> /ID [<00><00>]",
        "ab".repeat(32)
    );
    assert_eq!(
        open("policy.pdf", &pdf(&[page_of(&[CLAUSE])], &lock)),
        Err(Unreadable::Locked)
    );
}

#[test]
fn an_archive_that_unpacks_too_far_is_not_opened() {
    let bomb = docx(&" ".repeat(80 * 1024 * 1024), &[]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(open("policy.docx", &bomb), Err(Unreadable::UnpacksTooFar));
}

#[test]
fn a_pdf_that_unpacks_too_far_is_not_opened() {
    let once = deflated(&vec![b' '; 80 * 1024 * 1024]);
    let bomb = file(
        &[
            b"<< /Type /Catalog >>".to_vec(),
            stream("/Filter /FlateDecode", &once),
        ],
        "",
    );
    assert_eq!(open("policy.pdf", &bomb), Err(Unreadable::UnpacksTooFar));
    let twice = deflated(&once);
    let bomb = file(
        &[
            b"<< /Type /Catalog >>".to_vec(),
            stream("/Filter [/FlateDecode /FlateDecode]", &twice),
        ],
        "",
    );
    assert_eq!(open("policy.pdf", &bomb), Err(Unreadable::UnpacksTooFar));
}

#[test]
fn a_pdf_that_draws_itself_within_itself_comes_to_an_end() {
    let form = |number: usize| {
        let content = format!(
            "/X{0} Do /X{0} Do /X{0} Do /X{0} Do /X{0} Do /X{0} Do /X{0} Do /X{0} Do",
            (number + 1) % 8
        )
        .repeat(40);
        let forms: String = (0..8).map(|n| format!("/X{n} {} 0 R ", 6 + n)).collect();
        stream(
            &format!("/Type /XObject /Subtype /Form /Resources << /XObject << {forms} >> >>"),
            content.as_bytes(),
        )
    };
    let forms: String = (0..8).map(|n| format!("/X{n} {} 0 R ", 6 + n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> /XObject << {forms} >> >> >>").into_bytes(),
        stream("", page_of(&[CLAUSE]).replace("ET", "ET /X0 Do").as_bytes()),
    ];
    objects.extend((0..8).map(form));
    let reading = open("policy.pdf", &file(&objects, "")).expect("it can be read");
    assert_eq!(texts(&reading), [CLAUSE]);
}

#[test]
fn other_files_are_told_what_they_are() {
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(open("policy.doc", &old), Err(Unreadable::OldDocument));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(open("policy.docx", &old), Err(Unreadable::Locked));
    assert_eq!(open("policy.txt", b""), Err(Unreadable::Empty));
    assert_eq!(open("policy.txt", b" \n\n"), Err(Unreadable::Empty));
    for (bytes, found) in [
        (packed(&[("xl/workbook.xml", b"<x/>")]), "a spreadsheet"),
        (packed(&[("holiday.jpg", b"x")]), "a packed archive"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        (b"{\\rtf1 hello}".to_vec(), "a rich text (.rtf) file"),
        (b"<!DOCTYPE html><html></html>".to_vec(), "a web page"),
    ] {
        assert_eq!(
            open("policy.docx", &bytes),
            Err(Unreadable::OtherKind { found })
        );
    }
    assert_eq!(
        open("policy.pdf", b"%PDF-1.4\nbroken"),
        Err(Unreadable::Damaged { kind: "a PDF" })
    );
    assert!(matches!(
        open("policy.docx", b"PK\x03\x04broken"),
        Err(Unreadable::Damaged { .. })
    ));
    let large = read(
        "p.txt",
        b"much",
        &Learned::default(),
        &Limits {
            bytes_max: 3,
            ..Limits::default()
        },
    );
    assert!(matches!(large, Err(Unreadable::TooLarge { .. })));
}

#[test]
fn a_wrong_ending_does_not_matter() {
    let reading = open("policy.docx", &pdf(&[page_of(&[CLAUSE])], "")).expect("it can be read");
    assert_eq!(texts(&reading), [CLAUSE]);
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.contains("it is a PDF")),
        "{:?}",
        reading.notes
    );
    let reading = open("policy.pdf", CLAUSE.as_bytes()).expect("it can be read");
    assert_eq!(texts(&reading), [CLAUSE]);
}

#[test]
fn old_encodings_are_read() {
    let text = "Phones\n\n“Staff’s phones” stay in the tin – always.";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut marked = vec![0xff, 0xfe];
    marked.extend(&little);
    let mut big = vec![0xfe, 0xff];
    big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    for bytes in [text.as_bytes(), &windows, &little, &marked, &big] {
        let reading = open("policy.txt", bytes).expect("it can be read");
        assert_eq!(
            texts(&reading),
            ["Phones", "“Staff’s phones” stay in the tin – always."]
        );
    }
}

#[test]
fn every_answer_of_no_says_what_to_do_next() {
    for no in [
        Unreadable::Empty,
        Unreadable::TooLarge { megabytes_max: 32 },
        Unreadable::UnpacksTooFar,
        Unreadable::NoWords,
        Unreadable::Locked,
        Unreadable::OldDocument,
        Unreadable::OtherKind { found: "a picture" },
        Unreadable::Damaged { kind: "a PDF" },
    ] {
        let words = no.to_string();
        assert!(words.contains("pload") && !words.ends_with('.'), "{words}");
    }
}

#[test]
fn footnotes_are_read_after_the_text_and_hidden_words_are_not() {
    let file = docx(
        "<w:p><w:r><w:t>Staff lock their phones away.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Draft seven.</w:t></w:r></w:p>",
        &[(
            "word/footnotes.xml",
            br#"<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>Ask Maya where the key is.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        )],
    );
    let reading = open("policy.docx", &file).expect("it can be read");
    assert_eq!(
        texts(&reading),
        [
            "Staff lock their phones away.",
            "Ask Maya where the key is."
        ]
    );
}

#[test]
fn words_of_a_pdf_drawn_one_by_one_stay_apart() {
    // Widths of the font that the file does not bring along tell where a word ends.
    let words = [
        (60.0, "Illicit"),
        (86.6, "little"),
        (111.3, "bills"),
        (135.3, "will"),
        (155.3, "fill."),
    ];
    let drawn: String = words
        .iter()
        .map(|(x, word)| format!("BT /F1 12 Tf {x} 700 Td ({word}) Tj ET\n"))
        .collect();
    let reading = open("policy.pdf", &pdf(&[drawn], "")).expect("it can be read");
    assert_eq!(texts(&reading), ["Illicit little bills will fill."]);
}
