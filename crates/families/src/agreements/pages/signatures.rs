//! All signatures for print or a spreadsheet, for those who lead, and the paper of one as it was
//! scanned. The signed copy of an agreement is in `copy`.

use crate::spine::{
    act::Person,
    page::{Page, Params, Shown},
    permit::Need,
    view::View,
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
pub(super) fn see(person: Person) -> Need {
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
