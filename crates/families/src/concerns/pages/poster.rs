//! A poster for the wall: a code that a telephone reads, which leads to the form. What the code holds
//! is the address and nothing else, so it says of nobody who they are or where they stood.

use crate::spine::{
    page::{Page, Params, Shown},
    permit::Need,
    tongue::Tongue,
    view::View,
};
use kit::{
    code::Code,
    document::{Block, Document},
};

/// The poster.
pub(super) const POSTER: Page = Page {
    path: "/concerns/poster",
    title: "Poster: report a concern",
    menu: 0,
    help: "Print it and hang it where families, visitors and children see it. Whoever reads the code with a telephone gets to the form, without signing in. The code holds the address of this Stairgate and nothing else.\nIt works only where telephones reach this address: try it once.",
    need: |_, _| Need::Team,
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let mut document = Document::new("Worried about a child? Tell us")
        .with(Block::Code(Code::to("/concerns/report")));
    let lines = Tongue::ALL
        .into_iter()
        .map(|tongue| tongue.say("poster-line"));
    document = document.with(Block::List(lines.collect()));
    let children = Tongue::ALL
        .into_iter()
        .map(|tongue| tongue.say("poster-child"));
    let name = view.setting.place.name();
    let document = document
        .with(Block::Heading("For children".to_owned()))
        .with(Block::Code(Code::to("/concerns/tell")))
        .with(Block::List(children.collect()))
        .with(Block::Note(
            "If somebody is in danger now, ring 999.".to_owned(),
        ));
    Shown::Document(Box::new(Document {
        subtitle: name.to_owned(),
        ..document
    }))
}
