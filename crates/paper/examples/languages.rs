//! A page in each language, to look at: `cargo run -p paper --example languages FOLDER`.

use kernel::moment::Moment;
use kit::document::{Block, Document, Table};
use paper::{Meta, pdf};

/// A title, a sentence with a name in it, and two words for a table.
const SAMPLES: [(&str, [&str; 4]); 6] = [
    (
        "en",
        [
            "Permission for pictures",
            "I have read the rules of Thistledown Preschool on 22 November 2026.",
            "Child",
            "Age",
        ],
    ),
    (
        "pl",
        [
            "Zgoda na zdjęcia",
            "Znam zasady Thistledown Preschool i zgadzam się na nie. Źdźbło, żółć, łąka: 22 listopada 2026.",
            "Dziecko",
            "Wiek",
        ],
    ),
    (
        "ro",
        [
            "Acordul pentru fotografii",
            "Am citit regulile Thistledown Preschool și sunt de acord cu ele. Ștefan, Țara, înțeleg: 22 noiembrie 2026.",
            "Copil",
            "Vârsta",
        ],
    ),
    (
        "uk",
        [
            "Дозвіл на фотографії",
            "Я прочитав правила Thistledown Preschool і погоджуюся з ними. Їжак, ґанок, об’єкт: 22 листопада 2026 р.",
            "Дитина",
            "Вік",
        ],
    ),
    (
        "ar",
        [
            "الموافقة على الصور",
            "قرأت قواعد Thistledown Preschool (الإصدار 2) وأوافق عليها في 22 نوفمبر 2026، الساعة 14:05.",
            "الطفل",
            "العمر",
        ],
    ),
    (
        "ur",
        [
            "تصویروں کی اجازت",
            "میں نے Thistledown Preschool کے قواعد (نسخہ 2) پڑھ لیے ہیں اور ان سے متفق ہوں: 22 نومبر 2026، ٹھیک ہے، گھر، چھوٹے۔",
            "بچہ",
            "عمر",
        ],
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    for (lang, [title, sentence, child, age]) in SAMPLES {
        let words = |words: &str| words.to_owned();
        let table = Table {
            caption: words(title),
            head: vec![words(child), words(age)],
            rows: vec![
                vec![words("Wren Finch"), words("3")],
                vec![words(child), words("12")],
            ],
            numeric: vec![1],
        };
        let document = Document {
            subtitle: words("Thistledown Preschool"),
            about: vec![(words(child), words("Wren Finch"))],
            blocks: vec![
                Block::Heading(words(title)),
                Block::Paragraph([sentence; 3].join(" ")),
                Block::List(vec![words(sentence), words(child)]),
                Block::Numbered(vec![words(sentence)]),
                Block::Quote {
                    words: words("No picture is taken without written permission."),
                    from: words(title),
                },
                Block::Note(words(sentence)),
                Block::Table(table),
                Block::Signatures(vec![words("Ada Finch")]),
            ],
            ..Document::new(title)
        };
        let meta = Meta {
            setting: words("Thistledown Preschool"),
            made: Moment::START,
            made_at: words("22.11.2026"),
            lang: words(lang),
        };
        std::fs::write(format!("{folder}/{lang}.pdf"), pdf(&document, &meta)?)?;
    }
    Ok(())
}
