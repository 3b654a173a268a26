use super::*;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
const RELS: (&str, &[u8]) = ("_rels/.rels", b"<Relationships/>");

fn docx() -> Vec<u8> {
    packed(&[TYPES, RELS, ("word/document.xml", b"<w:document/>")])
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec()
}

fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0crc!".to_vec();
    bytes.extend(b"\0\0\0\x02IDATxycrc!\0\0\0\0IENDcrc!");
    bytes
}

fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 0, 2];
    bytes.extend([7; 40]);
    bytes.extend([0xff, 0xd9]);
    bytes
}

fn webp() -> Vec<u8> {
    b"RIFF\x0c\0\0\0WEBPVP8 abcd".to_vec()
}

fn heic() -> Vec<u8> {
    b"\0\0\0\x14ftypheic\0\0\0\0mif1\0\0\0\x0cmetaabcd".to_vec()
}

#[test]
fn what_people_need_is_taken_by_its_content() {
    let odt = |kind: &str| packed(&[("mimetype", kind.as_bytes()), ("content.xml", b"<x/>")]);
    for (bytes, kind) in [
        (pdf(), Kind::Pdf),
        (jpeg(), Kind::Jpeg),
        (png(), Kind::Png),
        (webp(), Kind::Webp),
        (heic(), Kind::Heic),
        ("Wren settled in well – a good day.\n".into(), Kind::Text),
        (b"caf\xe9 at the old wall\n".to_vec(), Kind::Text),
        (
            "Name,Room\nWren,Robins\n\"Ash, Ada\",Owls\n".into(),
            Kind::Csv,
        ),
        ("Name;Room\nWren;Robins\n".into(), Kind::Csv),
        (docx(), Kind::Docx),
        (packed(&[TYPES, ("xl/workbook.xml", b"<x/>")]), Kind::Xlsx),
        (odt("application/vnd.oasis.opendocument.text"), Kind::Odt),
        (
            odt("application/vnd.oasis.opendocument.spreadsheet"),
            Kind::Ods,
        ),
    ] {
        assert_eq!(look(&bytes), Ok(kind));
    }
}

#[test]
fn what_may_run_is_refused_whatever_it_is_called() {
    for (bytes, why) in [
        (b"".to_vec(), NotTaken::Empty),
        (b"MZ\x90\0".to_vec(), NotTaken::Program),
        (b"\x7fELF\x02".to_vec(), NotTaken::Program),
        (b"#!/bin/sh\nrm -r /\n".to_vec(), NotTaken::Program),
        (b"\xef\xbb\xbf#!/bin/sh\n".to_vec(), NotTaken::Program),
        (b"<!DOCTYPE html><p>hello".to_vec(), NotTaken::Markup),
        (
            b"hello\n<ScRiPt>alert(1)</script>".to_vec(),
            NotTaken::Markup,
        ),
        (
            b"<?xml version=\"1.0\"?><svg onload='x()'/>".to_vec(),
            NotTaken::Markup,
        ),
        (b"\x1f\x8b\x08".to_vec(), NotTaken::Archive),
        (packed(&[("run.exe", b"MZ")]), NotTaken::Archive),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            NotTaken::OldOffice,
        ),
        (vec![0, 1, 2, 3], NotTaken::Unknown),
    ] {
        assert_eq!(look(&bytes), Err(why));
    }
    assert_eq!(look(&vec![b'a'; BYTES_MAX + 1]), Err(NotTaken::TooLarge));
}

#[test]
fn a_document_with_a_macro_is_refused_by_its_parts_and_by_what_they_say() {
    let word: (&str, &[u8]) = ("word/document.xml", b"<w:document/>");
    let renamed = b"<Types><Override ContentType='application/vnd.ms-office.vbaProject'/></Types>";
    let odf: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");
    for parts in [
        vec![TYPES, RELS, word, ("word/vbaProject.bin", b"x")],
        vec![("[Content_Types].xml", renamed), RELS, word],
        vec![TYPES, RELS, word, ("word/embeddings/oleObject1.bin", b"x")],
        vec![
            odf,
            ("content.xml", b"<x/>"),
            ("Basic/Standard/Module1.xml", b"x"),
        ],
    ] {
        assert_eq!(look(&packed(&parts)), Err(NotTaken::Macros));
    }
    let script = b"%PDF-1.7\n<</S /JavaScript /JS (app.alert(1))>>\n%%EOF".to_vec();
    assert_eq!(look(&script), Err(NotTaken::Macros));
}

#[test]
fn a_document_that_unpacks_to_far_too_much_is_refused() {
    let zeros = vec![0; 64 << 20];
    let bomb = packed(&[TYPES, RELS, ("word/document.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(look(&bomb), Err(NotTaken::Bomb));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..5_001 {
        writer
            .start_file(format!("word/{number}"), SimpleFileOptions::default())
            .unwrap();
    }
    let many = writer.finish().unwrap().into_inner();
    assert_eq!(look(&many), Err(NotTaken::Bomb));
}

#[test]
fn a_file_that_is_two_things_at_once_is_refused() {
    let archive = packed(&[("run.exe", b"MZ")]);
    for first in [
        pdf(),
        jpeg(),
        png(),
        webp(),
        heic(),
        docx(),
        b"hello\n".to_vec(),
    ] {
        let both = [first.clone(), archive.clone()].concat();
        assert!(look(&both).is_err(), "{:?} and an archive", look(&first));
    }
    let mut page = jpeg();
    page.splice(
        2..2,
        [0xff, 0xfe, 0, 20]
            .into_iter()
            .chain(*b"<html><script>x()/"),
    );
    assert_eq!(look(&page), Err(NotTaken::Broken));
    let mut hidden = jpeg();
    hidden.splice(2..2, [0xff, 0xfe, 0, 10].into_iter().chain(*b"%PDF-1.7"));
    assert_eq!(look(&hidden), Err(NotTaken::Broken));
    assert!(look(&[b"MZ".to_vec(), pdf()].concat()).is_err());
}

#[test]
fn a_part_with_a_path_that_leads_out_is_refused() {
    let leads = packed(&[
        TYPES,
        RELS,
        ("word/document.xml", b"x"),
        ("../../run", b"x"),
    ]);
    assert_eq!(look(&leads), Err(NotTaken::Broken));
}

#[test]
fn a_file_that_was_cut_off_is_refused_and_never_makes_the_look_stumble() {
    for whole in [pdf(), jpeg(), png(), webp(), heic(), docx()] {
        for end in 1..whole.len() {
            let cut = whole.get(..end).unwrap();
            // The first letter alone is a text; less white space at the end of a PDF is still one.
            if !whole.get(end..).unwrap().trim_ascii().is_empty() {
                assert_ne!(look(cut), look(&whole), "{end} of {}", whole.len());
            }
        }
    }
}
