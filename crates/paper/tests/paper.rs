//! What is put on paper is all there, accessible, and never more than paper can hold.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use kernel::moment::Moment;
use kit::{
    chart::{self, Chart, Kind, Look, Series},
    document::{Block, Document, Table},
    drawn::Drawn,
};
use paper::{Meta, PaperError, pdf};

fn meta() -> Meta {
    Meta {
        setting: "Thistledown Preschool".to_owned(),
        made: Moment::START,
        made_at: "22 November 2026".to_owned(),
        lang: "en".to_owned(),
    }
}

fn made(blocks: Vec<Block>) -> Vec<u8> {
    pdf(
        &Document {
            blocks,
            ..Document::new("A report")
        },
        &meta(),
    )
    .unwrap()
}

fn has(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len())
        .any(|window| window == words.as_bytes())
}

fn table(rows: Vec<Vec<String>>) -> Block {
    let head = vec!["Name".to_owned(), "Number".to_owned()];
    Block::Table(Table {
        caption: "Counts".to_owned(),
        head,
        rows,
        numeric: vec![1],
    })
}

fn chart(kind: Kind, name: &str) -> Chart {
    let series =
        (0..4).map(|look| Series::new(name, Look::Number(look), vec![3, 0, u64::from(look)]));
    let along = ["May", "June", name].map(str::to_owned).to_vec();
    Chart {
        kind,
        ..chart::over_time(name, name, along, series.collect())
    }
}

#[test]
fn charts_of_all_kinds_and_sizes_are_drawn_with_their_figures() {
    for kind in [Kind::Stacked, Kind::Lines, Kind::Bars] {
        let mut sizes = vec![chart(kind, "July")];
        for points in [0, 1, 1_000] {
            let along = (0..points).map(|day: u64| day.to_string()).collect();
            let series = vec![Series::new(
                "All",
                Look::Number(1),
                (0..points).map(|day| day * 1_000_000_007).collect(),
            )];
            sizes.push(Chart {
                kind,
                ..chart::over_time("Days", "", along, series)
            });
        }
        sizes.push(Chart {
            series: Vec::new(),
            ..chart(kind, "July")
        });
        let most = vec![Series::new("Most", Look::Number(1), vec![u64::MAX, u64::MAX]); 3];
        sizes.push(Chart {
            series: most,
            ..chart(kind, "July")
        });
        for chart in sizes {
            assert!(has(&made(vec![Block::Chart(chart)]), "%PDF-1.7"));
        }
    }
}

#[test]
fn a_document_is_tagged_and_says_its_language_and_title() {
    let pdf = made(vec![
        Block::Heading("One".to_owned()),
        Block::Paragraph("Words.".to_owned()),
    ]);
    for mark in [
        "%PDF-1.7",
        "/Marked true",
        "/Lang(en)",
        "/DisplayDocTitle true",
        "<pdfuaid:part>1",
        "A report",
    ] {
        assert!(has(&pdf, mark), "{mark}");
    }
}

/// A document with all kinds of parts, in letters of three alphabets.
fn all_kinds() -> Document {
    let words = |words: &str| words.to_owned();
    let blocks = vec![
        Block::Heading(words("What happened")),
        Block::Paragraph(words("Words, Zażółć, Їжак. ").repeat(80)),
        Block::List(vec![words("One"), words("Two")]),
        Block::Numbered(vec![words("First")]),
        Block::Facts(vec![(words("Child"), words("Wren Finch"))]),
        Block::Quote {
            words: words("I said so"),
            from: words("Wren"),
        },
        Block::Note(words("A note")),
        Block::Drawn(Drawn::read("Signature of Ada Finch", "10,20 300,60")),
        Block::Signatures(vec![words("Ada Finch")]),
        table(vec![vec![words("a"), words("1")]]),
        Block::Chart(chart(Kind::Lines, "July")),
        Block::Chart(chart(Kind::Stacked, "July")),
        Block::Paragraph(words("قرأت Thistledown القواعد.")),
    ];
    Document {
        blocks,
        ..Document::new("A report")
    }
}

#[test]
fn a_document_says_that_it_is_to_be_kept_and_has_all_that_this_takes() {
    let moment = Moment::from_micros(1_764_095_645_000_000);
    let made = Meta {
        made: moment,
        ..meta()
    };
    let bytes = pdf(&all_kinds(), &made).unwrap();
    // Nothing before, nothing after, and marked as no text.
    assert!(bytes.starts_with(b"%PDF-1.7\n%"));
    assert!(bytes.iter().skip(10).take(4).all(|byte| *byte >= 128));
    assert!(bytes.ends_with(b"%%EOF") || bytes.ends_with(b"%%EOF\n"));

    let file = lopdf::Document::load_mem(&bytes).unwrap();
    assert!(file.trailer.has(b"ID") && !file.trailer.has(b"Encrypt"));
    let catalog = file.catalog().unwrap();
    let says = stream(&file, catalog.get(b"Metadata").unwrap());
    assert!(!says.dict.has(b"Filter"), "read without a key to it");
    let says = String::from_utf8(says.content.clone()).unwrap();
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<xmp:CreateDate>2025-11-25T18:34:05+00:00</xmp:CreateDate>",
        "<xmp:CreatorTool>Stairgate</xmp:CreatorTool>",
        "A report",
    ] {
        assert!(says.contains(mark), "{mark} in {says}");
    }
    let info = file.trailer.get(b"Info").unwrap();
    let info = file.dereference(info).unwrap().1.as_dict().unwrap();
    let date = info.get(b"CreationDate").unwrap().as_str().unwrap();
    assert!(date.starts_with(b"D:20251125183405"), "the same in both");
    for name in [b"MarkInfo".as_slice(), b"StructTreeRoot", b"Lang"] {
        assert!(catalog.has(name));
    }
    for name in [b"OpenAction".as_slice(), b"AA", b"AcroForm", b"Names"] {
        assert!(!catalog.has(name), "{name:?} runs or hides something");
    }

    // What its colours mean.
    let intents = catalog.get(b"OutputIntents").unwrap();
    let intents = file.dereference(intents).unwrap().1.as_array().unwrap();
    let intent = file.dereference(intents.first().unwrap()).unwrap().1;
    let intent = intent.as_dict().unwrap();
    assert_eq!(
        intent.get(b"S").unwrap().as_name().unwrap(),
        b"GTS_PDFA1".as_slice()
    );
    let profile = stream(&file, intent.get(b"DestOutputProfile").unwrap());
    let profile = profile
        .decompressed_content()
        .unwrap_or_else(|_| profile.content.clone());
    assert_eq!(profile.get(36..40), Some(b"acsp".as_slice()));
}

#[test]
fn a_document_has_all_its_letters_in_it_and_what_they_mean() {
    let file = lopdf::Document::load_mem(&pdf(&all_kinds(), &meta()).unwrap()).unwrap();
    let (mut inside, mut readable) = (0, 0);
    for object in file.objects.values() {
        let dictionary = match object {
            lopdf::Object::Dictionary(dictionary) => dictionary,
            lopdf::Object::Stream(stream) => {
                let filter = stream.dict.get(b"Filter").and_then(lopdf::Object::as_name);
                assert_ne!(filter.ok(), Some(b"LZWDecode".as_slice()));
                continue;
            }
            _ => continue,
        };
        match dictionary.get_type().unwrap_or_default() {
            b"FontDescriptor" => {
                assert!(dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3"));
                inside += 1;
            }
            b"Font" if dictionary.has(b"DescendantFonts") => {
                assert!(dictionary.has(b"ToUnicode"));
                readable += 1;
            }
            b"Font" => assert!(dictionary.has(b"FontDescriptor"), "{dictionary:?}"),
            b"Filespec" | b"EmbeddedFile" => panic!("a file in the file"),
            _ => {}
        }
    }
    assert!(inside >= 3 && inside == readable, "{inside} {readable}");
}

#[test]
fn a_document_with_a_proof_after_its_end_is_not_declared_as_one_to_be_kept() {
    let document = Document {
        rests_on: vec![7],
        ..all_kinds()
    };
    let bytes = pdf(&document, &meta()).unwrap();
    assert!(has(&bytes, "<pdfuaid:part>1") && !has(&bytes, "pdfaid:part"));
}

#[test]
fn titles_and_headings_of_any_length_are_taken() {
    let long = "Zażółć ".repeat(9_000);
    let document = Document {
        blocks: vec![
            Block::Heading(long.clone()),
            Block::SubHeading(long.clone()),
            Block::Drawn(Drawn::read(long.clone(), "10,20 300,60")),
            Block::Chart(chart(Kind::Bars, &long)),
            table(vec![vec![long.clone(), long.clone()]]),
        ],
        ..Document::new(long)
    };
    assert!(has(&pdf(&document, &meta()).unwrap(), "<pdfaid:part>2"));
}

fn stream<'a>(file: &'a lopdf::Document, object: &'a lopdf::Object) -> &'a lopdf::Stream {
    file.dereference(object).unwrap().1.as_stream().unwrap()
}

#[test]
fn a_document_from_right_to_left_says_so_and_another_does_not() {
    let document = Document {
        blocks: vec![Block::Paragraph("قرأت القواعد.".to_owned())],
        ..Document::new("الموافقة")
    };
    for (lang, way) in [
        ("ar", "/Direction/R2L"),
        ("ur", "/Direction/R2L"),
        ("uk", "/Direction/L2R"),
    ] {
        let meta = Meta {
            lang: lang.to_owned(),
            ..meta()
        };
        let file = pdf(&document, &meta).unwrap();
        assert!(
            has(&file, way) && has(&file, &format!("/Lang({lang})")),
            "{lang}"
        );
    }
}

#[test]
fn what_somebody_drew_by_hand_is_a_figure_with_its_words_and_ends_on_the_page() {
    let drawn = |points: &str| Block::Drawn(Drawn::read("Signature of Ada Finch", points));
    let file = made(vec![drawn("10,20 300,60 580,180;40,40")]);
    assert!(has(&file, "/S/Figure") && has(&file, "Signature of Ada Finch"));
    assert!(file.len() > made(vec![drawn("")]).len());
    let many = made(vec![drawn("0,0 600,200"); 12]);
    assert!(has(&many, "/Count 2"), "they go on on the next page");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let blocks = || {
        vec![
            Block::Paragraph("Words.".to_owned()),
            table(vec![vec!["a".to_owned(), "1".to_owned()]]),
        ]
    };
    assert_eq!(made(blocks()), made(blocks()));
}

#[test]
fn what_people_type_is_never_read_as_a_command() {
    for bad in [
        "#read(\"/etc/passwd\")",
        "\\input{x}",
        "<</JS (app.alert(1))>>",
        ") Tj ET (",
        "\u{0}\u{7}\u{feff}\u{fffe}",
        "\u{202e}abc",
        "\u{e000}\u{f8ff}\u{10fffd}a",
        "🙂 你好 مرحبا",
        "",
        " ",
        "\n\n\n",
    ] {
        let words = || bad.to_owned();
        let blocks = vec![
            Block::Heading(words()),
            Block::SubHeading(words()),
            Block::Paragraph(words()),
            Block::List(vec![words(), words()]),
            Block::Numbered(vec![words()]),
            Block::Facts(vec![(words(), words())]),
            Block::Quote {
                words: words(),
                from: words(),
            },
            Block::Note(words()),
            Block::Drawn(Drawn::read(words(), bad)),
            Block::Signatures(vec![words()]),
            table(vec![vec![words(), words()], vec![words()], vec![]]),
            Block::Chart(chart(Kind::Stacked, bad)),
            Block::Chart(chart(Kind::Bars, bad)),
            Block::PageBreak,
        ];
        let title = Document {
            subtitle: words(),
            about: vec![(words(), words())],
            blocks,
            ..Document::new(words())
        };
        let file = pdf(
            &title,
            &Meta {
                setting: words(),
                made: Moment::START,
                made_at: words(),
                lang: String::new(),
            },
        );
        assert!(!has(&file.unwrap(), "/JavaScript"), "{bad}");
    }
}

#[test]
fn a_long_table_runs_over_many_pages_and_a_row_longer_than_a_page_too() {
    let row = |number: usize| vec!["A name of some length ".repeat(6), number.to_string()];
    let mut rows: Vec<_> = (0..400).map(row).collect();
    rows.push(vec!["word ".repeat(8_000), "1".to_owned()]);
    let file = made(vec![table(rows)]);
    assert!(file.len() > 50_000);
}

#[test]
fn no_more_is_printed_than_paper_is_good_for() {
    let long = Document {
        blocks: vec![Block::Paragraph("word ".repeat(1_000_000))],
        ..Document::new("Long")
    };
    assert!(matches!(pdf(&long, &meta()), Err(PaperError::TooLong)));
    let pages = vec![Block::PageBreak; 100_000];
    assert!(
        pdf(
            &Document {
                blocks: pages,
                ..Document::new("Long")
            },
            &meta()
        )
        .is_err()
    );
}
