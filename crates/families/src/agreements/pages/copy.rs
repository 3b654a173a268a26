//! The signed copy of an agreement: its text as it was read, the signature, and a page of evidence.
//! A PDF of it carries the proof of every line of the ledger that it rests on: the version, its
//! translation where it was read in one, and the signature.

use super::{known_by, signatures::see};
use crate::{
    agreements::{
        entries::{Entry, How, Signed},
        register::{Rendering, Version},
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
use kernel::sealed::Private;
use kit::{
    document::{Block, Document},
    drawn::Drawn,
};

pub(super) const PAGE: Page = Page {
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
    show,
};

/// A signature with all that belongs to it.
struct Found<'a> {
    version: &'a Version,
    /// The translation that was read, as it was then.
    rendering: Option<&'a Rendering>,
    fact: &'a Signed,
    seq: u64,
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let seq: u64 = params.number("seq").unwrap_or(0);
    let agreements = &view.setting.agreements;
    let signature = agreements.signature_at(seq);
    let Some((person, signature)) = signature.filter(|(person, _)| view.has(&see(*person))) else {
        return Shown::NotHere;
    };
    let version = agreements.version(signature.group, signature.version);
    let fact = view.lines.iter().find_map(|line| match &line.entry {
        Some(AnyEntry::Agreements(Entry::Signed(fact))) if line.seq == seq => Some(fact),
        _ => None,
    });
    let Some((version, fact)) = version.zip(fact) else {
        return Shown::NotHere;
    };
    let found = Found {
        version,
        rendering: version.read_at(&fact.language, seq),
        fact,
        seq,
    };
    let agreement = texts::title(view.tongue(), signature.group);
    let number = i64::from(signature.version);
    let values = [
        ("agreement", (&agreement).into()),
        ("number", number.into()),
    ];
    let mut document = Document {
        title: view.say_with("agreement-copy-title", &values),
        subtitle: view.setting.place.name().to_owned(),
        about: vec![
            (view.say("agreement-copy-by"), view.name(person)),
            (view.say("agreement-copy-on"), view.date(signature.on)),
        ],
        rests_on: rests_on(&found),
        ..Document::default()
    };
    document.blocks.extend(words(view, &found));
    document.blocks.extend(signed(view, fact));
    if signature.scan.is_some() {
        let at = format!("/agreements/signatures/{seq}/scan");
        let says = view.say_with("agreement-copy-scan", &[("address", (&at).into())]);
        document.blocks.push(Block::Note(says));
    }
    document.blocks.push(Block::PageBreak);
    document.blocks.extend(evidence(view, &found));
    Shown::Document(Box::new(document))
}

/// The lines of the ledger that prove it.
fn rests_on(found: &Found<'_>) -> Vec<u64> {
    let mut lines = vec![found.version.seq];
    lines.extend(found.rendering.map(|rendering| rendering.seq));
    lines.push(found.seq);
    lines
}

/// The points in the language that they were read in; in English where they had no other words.
fn points(found: &Found<'_>) -> Vec<String> {
    let points = found.version.says.points.iter().map(|point| {
        let own = found
            .rendering
            .and_then(|own| own.points.get(&point.clause));
        own.unwrap_or(&point.text).clone()
    });
    points.collect()
}

fn intro<'a>(found: &Found<'a>) -> &'a str {
    let own = found.rendering.map(|own| own.intro.as_str());
    own.filter(|intro| !intro.is_empty())
        .unwrap_or(&found.version.says.intro)
}

/// The text as it was signed, in the language that it was read in.
fn words(view: &View<'_>, found: &Found<'_>) -> Vec<Block> {
    let says = &found.version.says;
    let tongue = Tongue::from_code(&found.fact.language).unwrap_or_default();
    let mut blocks = vec![
        Block::Paragraph(intro(found).to_owned()),
        Block::Numbered(points(found)),
        Block::Heading(view.say("agreement-copy-confirmed")),
        Block::List(texts::confirmed(tongue, &says.confirms)),
    ];
    if !says.sanctions.is_empty() {
        blocks.push(Block::Paragraph(view.say("agreement-sanctions")));
        blocks.push(Block::List(says.sanctions.clone()));
    }
    blocks
}

/// What was drawn, typed or chosen, as a signature stands under a text.
fn signed(view: &View<'_>, fact: &Signed) -> Vec<Block> {
    let mut blocks = hand(view, fact.person, fact.name.as_ref(), fact.drawn.as_ref());
    if let Some(picture) = &fact.picture {
        let says = view.say(&format!("agreement-mark-{picture}"));
        blocks.push(Block::Paragraph(format!(
            "{}: {says}",
            view.say("agreement-copy-mark")
        )));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading(view.say("agreement-copy-signature")));
    }
    blocks
}

/// What somebody drew or typed.
pub(super) fn hand(
    view: &View<'_>,
    person: Person,
    typed: Option<&Private>,
    drawn: Option<&Private>,
) -> Vec<Block> {
    let drawn = drawn.and_then(|drawn| view.open(drawn)).map(|drawn| {
        let name = view.name(person);
        let says = view.say_with("agreement-copy-drawn-by", &[("name", (&name).into())]);
        Block::Drawn(Drawn::read(says, &drawn))
    });
    let typed = typed.and_then(|name| view.open(name)).map(Block::Paragraph);
    drawn.into_iter().chain(typed).collect()
}

fn evidence(view: &View<'_>, found: &Found<'_>) -> Vec<Block> {
    let Found {
        version, fact, seq, ..
    } = found;
    let mut facts = known_by::whose(view, fact.person, fact.how, *seq);
    facts.extend(known_by::hand(
        view,
        fact.name.as_ref(),
        fact.drawn.as_ref(),
    ));
    let mut add = |id: &str, words: String| facts.push((view.say(id), words));
    if let Some(witness) = fact.witness {
        let id = match fact.how {
            How::Together => "agreement-copy-together-with",
            How::Own | How::Code | How::Kiosk | How::Paper => "agreement-copy-recorded-by",
        };
        add(id, view.name(witness));
    }
    facts.extend(known_by::read_in(view, &fact.language));
    let mut add = |id: &str, words: String| facts.push((view.say(id), words));
    add("agreement-copy-issued", view.moment(version.at));
    add("agreement-copy-digest", version.says.digest.clone());
    if let Some(rendering) = found.rendering {
        add("agreement-copy-translation", rendering.seq.to_string());
        add("agreement-copy-digest-read", digest_read(found));
    }
    facts.extend(known_by::ledger(view, *seq));
    known_by::page(view, facts)
}

/// SHA-256 of the text as it was read.
fn digest_read(found: &Found<'_>) -> String {
    let says = &found.version.says;
    let tongue = Tongue::from_code(&found.fact.language).unwrap_or_default();
    let mut read = says.points.clone();
    for (point, words) in read.iter_mut().zip(points(found)) {
        point.text = words;
    }
    let confirms = texts::confirmed(tongue, &says.confirms);
    texts::digest(&texts::whole(
        intro(found),
        &read,
        &confirms,
        &says.sanctions,
    ))
}
