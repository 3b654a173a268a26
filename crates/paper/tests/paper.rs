//! What is put on paper is all there, accessible, and never more than paper can hold.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use kit::{
    chart::{self, Chart, Kind, Look, Series},
    document::{Block, Document, Table},
    drawn::Drawn,
};
use paper::{Meta, PaperError, pdf};

fn meta() -> Meta {
    Meta {
        setting: "Thistledown Preschool".to_owned(),
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
