//! Signatures: all of them for print or a spreadsheet, and one with its evidence, for whoever signed
//! and for those who lead.

use crate::{
    agreements::{
        entries::{Entry, How, Signed},
        register::Version,
        texts,
    },
    spine::{
        act::Person,
        entry::Entry as AnyEntry,
        page::{Lines, Page, Params, Shown},
        permit::Need,
        tongue::Tongue,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::document::{Block, Document, Table};

pub(super) const ALL: Page = Page {
    path: "/agreements/signatures",
    title: "Signatures",
    menu: 0,
    help: "Everybody who has signed, what and how, newest first. Keep it as PDF for print or its table for a spreadsheet.",
    need: |_, _| Need::leadership(),
    lines: None,
    show: all,
};

/// The paper of a signature, as it was scanned.
pub(super) const SCAN: Page = Page {
    path: "/agreements/signatures/{seq}/scan",
    title: "A signed paper",
    menu: 0,
    help: "The paper that somebody signed, as it was scanned.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: scan,
};

pub(super) const ONE: Page = Page {
    path: "/agreements/signatures/{seq}",
    title: "A signed agreement",
    menu: 0,
    help: "The agreement as it was signed, with who signed it, when and how, and where that stands in the ledger. Keep it as PDF.",
    need: |_, _| Need::SignedIn,
    lines: Some(|params| Lines {
        most: 1,
        only: vec![params.number("seq").unwrap_or(0)],
        kind: "agreements.signed".to_owned(),
        ..Lines::default()
    }),
    show: one,
};

fn all(view: &View<'_>, _: &Params) -> Shown {
    let mut all: Vec<_> = view.setting.agreements.signatures().collect();
    all.sort_by_key(|(_, signature)| std::cmp::Reverse(signature.seq));
    let rows = all.iter().map(|(person, signature)| {
        vec![
            date_in_words(signature.on),
            view.name(*person),
            signature.group.in_words().to_owned(),
            signature.version.to_string(),
            signature.how.in_words().to_owned(),
            signature
                .witness
                .map(|witness| view.name(witness))
                .unwrap_or_default(),
            signature.seq.to_string(),
        ]
    });
    let table = Table {
        caption: "Signatures".to_owned(),
        head: [
            "Day",
            "Who",
            "Agreement for",
            "Version",
            "How",
            "Recorded by or with",
            "Entry",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: rows.collect(),
        numeric: vec![3, 6],
    };
    let document = Document {
        title: "Signatures under our agreements".to_owned(),
        subtitle: format!("As of {}", date_in_words(view.today)),
        ..Document::default()
    };
    Shown::Document(Box::new(document.with(Block::Table(table))))
}

/// Who may see a signature: whoever signed, a child’s parents, those who lead.
fn see(person: Person) -> Need {
    Need::AnyOf(vec![
        Need::Oneself(person),
        Need::ParentOf(person),
        Need::leadership(),
    ])
}

fn scan(view: &View<'_>, params: &Params) -> Shown {
    let seq: u64 = params.number("seq").unwrap_or(0);
    let found = view.setting.agreements.signature_at(seq);
    let scan = found
        .filter(|(person, _)| view.has(&see(*person)))
        .and_then(|(_, signature)| signature.scan.as_ref()?.open(view.keys));
    scan.map_or(Shown::NotHere, |scan| Shown::Kept(Box::new(scan)))
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let seq: u64 = params.number("seq").unwrap_or(0);
    let agreements = &view.setting.agreements;
    let Some((person, signature)) = agreements.signature_at(seq) else {
        return Shown::NotHere;
    };
    if !view.has(&see(person)) {
        return Shown::NotHere;
    }
    let version = agreements.version(signature.group, signature.version);
    let fact = view.lines.iter().find_map(|line| match &line.entry {
        Some(AnyEntry::Agreements(Entry::Signed(fact))) if line.seq == seq => Some(fact),
        _ => None,
    });
    let Some((version, fact)) = version.zip(fact) else {
        return Shown::NotHere;
    };
    let title = format!(
        "The agreement for {}, version {}, signed",
        signature.group.in_words(),
        signature.version
    );
    let mut document = Document {
        title,
        subtitle: view.setting.place.name().to_owned(),
        about: vec![
            ("Signed by".to_owned(), view.name(person)),
            ("On".to_owned(), date_in_words(signature.on)),
        ],
        rests_on: vec![version.seq, seq],
        ..Document::default()
    };
    document.blocks.extend(words(version, &fact.language));
    if signature.scan.is_some() {
        document.blocks.push(Block::Note(format!(
            "The paper was scanned. Whoever may see this page finds it at /agreements/signatures/{seq}/scan."
        )));
    }
    document.blocks.push(Block::PageBreak);
    document.blocks.extend(evidence(view, fact, version, seq));
    Shown::Document(Box::new(document))
}

/// The text as it was signed, in the language that it was read in.
fn words(version: &Version, language: &str) -> Vec<Block> {
    let says = &version.says;
    let tongue = Tongue::from_code(language).unwrap_or_default();
    let other = version.words.get(language);
    let points = says.points.iter().map(|point| {
        let words = other.and_then(|(_, points)| points.get(&point.clause));
        words.unwrap_or(&point.text).clone()
    });
    let intro = other
        .map(|(intro, _)| intro)
        .filter(|intro| !intro.is_empty());
    let mut blocks = vec![
        Block::Paragraph(intro.unwrap_or(&says.intro).clone()),
        Block::Numbered(points.collect()),
        Block::Heading("Confirmed by signing".to_owned()),
        Block::List(texts::confirmed(tongue, &says.confirms)),
    ];
    if !says.sanctions.is_empty() {
        blocks.push(Block::Paragraph(
            "If it is not kept, our policy names these consequences:".to_owned(),
        ));
        blocks.push(Block::List(says.sanctions.clone()));
    }
    blocks
}

fn evidence(view: &View<'_>, fact: &Signed, version: &Version, seq: u64) -> Vec<Block> {
    let line = view.lines.iter().find(|line| line.seq == seq);
    let typed = fact.name.as_ref().and_then(|name| view.open(name));
    let mut facts = vec![
        ("Signed by".to_owned(), view.name(fact.person)),
        ("How".to_owned(), fact.how.in_words().to_owned()),
    ];
    let mut add = |key: &str, words: String| facts.push((key.to_owned(), words));
    if let Some(line) = line {
        add("Recorded at", line.at.in_words());
    }
    if let Some(typed) = typed {
        add("Name as it was typed", typed);
    }
    if fact.drawn.is_some() {
        add("Signature", "drawn by hand; kept with the entry".to_owned());
    }
    if let Some(picture) = &fact.picture {
        add("Mark of the child", picture.clone());
    }
    if let Some(witness) = fact.witness {
        let key = match fact.how {
            How::Together => "Together with",
            How::Own | How::Code | How::Kiosk | How::Paper => "Recorded by",
        };
        add(key, view.name(witness));
    }
    add("Read in", fact.language.clone());
    add("Version issued", version.at.in_words());
    add("Digest of the version", version.says.digest.clone());
    add("Entry of the ledger", seq.to_string());
    if let Some(checkpoint) = &view.keeping.checkpoint {
        add(
            "Last signed checkpoint",
            format!("{} entries: {}", checkpoint.entries, checkpoint.words),
        );
    }
    vec![
        Block::Heading("How we know".to_owned()),
        Block::Facts(facts),
        Block::Note(
            "This page is made from the ledger, whose lines can’t be changed without a trace."
                .to_owned(),
        ),
    ]
}
