//! Writes a document with all kinds of parts as PDF: to look at.
//! `cargo run -p paper --example sheet -- FILE`

use kernel::{moment::Moment, standing::Standing};
use kit::{
    chart::{self, Look, Series},
    document::{Block, Document, Table},
};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args_os().nth(1).ok_or("name a file")?;
    let meta = paper::Meta {
        setting: "Thistledown Preschool".to_owned(),
        made: Moment::START,
        made_at: "22 November 2026, 14:05".to_owned(),
        lang: "en".to_owned(),
    };
    fs::write(file, paper::pdf(&document(), &meta)?)?;
    Ok(())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn document() -> Document {
    let clause = "Staff keep their own phones in the office while children are present, and sign for it when they need one for a reason that the manager has agreed to.";
    let rows = (1_u32..60)
        .zip(Standing::ALL.iter().cycle())
        .map(|(number, standing)| {
            let standing = standing.in_words();
            words(&[
                &format!("4.{number}"),
                clause,
                standing,
                &(number * 37).to_string(),
            ])
        });
    let table = Table {
        caption: "The clauses of section 4".to_owned(),
        head: words(&["Clause", "Words", "Standing", "Entries"]),
        rows: rows.collect(),
        numeric: vec![3],
    };
    let months = words(&["September", "October", "November"]);
    let series = vec![
        Series::new("Met", Look::Standing(Standing::Met), vec![118, 127, 132]),
        Series::new("Due", Look::Standing(Standing::Due), vec![19, 14, 11]),
    ];
    let chart = chart::over_time(
        "Standing of the clauses",
        "More are met each month.",
        months,
        series,
    );
    let document = Document {
        subtitle: "Autumn term 2026".to_owned(),
        about: vec![
            (
                "For".to_owned(),
                "The committee of Thistledown Preschool".to_owned(),
            ),
            (
                "By".to_owned(),
                "Maya Larkin, manager and designated safeguarding lead".to_owned(),
            ),
        ],
        ..Document::new("Report to the committee")
    };
    document
        .with(Block::Heading("How we stand".to_owned()))
        .with(Block::Paragraph(format!(
            "Of 179 clauses, 132 are met. {clause} {clause}"
        )))
        .with(Block::List(words(&[
            "Two clauses are breached.",
            clause,
            "Four need a person’s word.",
        ])))
        .with(Block::Numbered(words(&[
            "Name a deputy.",
            "Review the policy.",
        ])))
        .with(Block::Quote {
            words: "The committee reviews this policy every year.".to_owned(),
            from: "Our policy, section 2".to_owned(),
        })
        .with(Block::Note(
            "Żaneta Świerk and Siân Ó Briain joined in October. 你好".to_owned(),
        ))
        .with(Block::SubHeading("Over time".to_owned()))
        .with(Block::Chart(chart.along_is("Month")))
        .with(Block::Heading("Clause by clause".to_owned()))
        .with(Block::Table(table))
        .with(Block::Signatures(words(&["For the committee", "Manager"])))
}
