//! The signed copy of what somebody signed before they took pictures at an event: the words as they
//! stood on that day, the signature, and a page of evidence. A PDF of it carries the proof of the
//! lines of the ledger that it rests on: the event, and the signature.

use super::{copy::hand, known_by, signatures::see};
use crate::{
    agreements::{
        entries::{Entry, PhotographySigned},
        register::{Event, Photographer},
    },
    spine::{
        entry::Entry as AnyEntry,
        page::{Lines, Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::document::{Block, Document};

pub(super) const PAGE: Page = Page {
    path: "/events/signatures/{seq}",
    title: "What was signed about pictures",
    menu: 0,
    help: "What somebody signed before they took pictures at an event, with who signed it, when and how, and where that stands in the ledger. Keep it as PDF.",
    need: |_, _| Need::SignedIn,
    lines: Some(|params| Lines {
        most: 1,
        only: vec![params.number("seq").unwrap_or(0)],
        kind: "agreements.photography-signed".to_owned(),
        ..Lines::default()
    }),
    show,
};

/// Where the copy of a signature is.
pub(super) fn at(signed: &Photographer) -> String {
    format!("/events/signatures/{}", signed.seq)
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let seq: u64 = params.number("seq").unwrap_or(0);
    let found = view.setting.agreements.events().signed_at(seq);
    let found = found.filter(|(_, signed)| view.has(&see(signed.person)));
    let fact = view.lines.iter().find_map(|line| match &line.entry {
        Some(AnyEntry::Agreements(Entry::PhotographySigned(fact))) if line.seq == seq => Some(fact),
        _ => None,
    });
    let Some(((event, signed), fact)) = found.zip(fact) else {
        return Shown::NotHere;
    };
    Shown::Document(Box::new(document(view, event, signed, fact)))
}

fn document(
    view: &View<'_>,
    event: &Event,
    signed: &Photographer,
    fact: &PhotographySigned,
) -> Document {
    let name = event.says.name.as_str();
    let mut document = Document {
        title: view.say_with("event-pictures-at", &[("event", name.into())]),
        subtitle: view.setting.place.name().to_owned(),
        about: vec![
            (view.say("event-day"), view.date(event.says.day)),
            (view.say("agreement-copy-by"), view.name(signed.person)),
            (view.say("agreement-copy-on"), view.date(signed.at.date())),
        ],
        rests_on: vec![event.seq, signed.seq],
        ..Document::default()
    };
    let (typed, drawn) = (fact.name.as_ref(), fact.drawn.as_ref());
    document.blocks.push(Block::Numbered(fact.says.clone()));
    let under = hand(view, signed.person, typed, drawn);
    if !under.is_empty() {
        let heading = view.say("agreement-copy-signature");
        document.blocks.push(Block::Heading(heading));
        document.blocks.extend(under);
    }
    document.blocks.push(Block::PageBreak);
    let mut facts = known_by::whose(view, signed.person, signed.how, signed.seq);
    facts.extend(known_by::hand(view, typed, drawn));
    facts.extend(known_by::read_in(view, &fact.language));
    facts.extend(known_by::ledger(view, signed.seq));
    document.blocks.extend(known_by::page(view, facts));
    document
}
