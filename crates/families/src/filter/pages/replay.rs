//! What a change of the filter would have opened and closed over the last days, for whoever decides.

use crate::{
    devices::kinds::Users,
    filter::{
        entries::What,
        network::{Effect, Replay},
    },
    spine::view::View,
};
use kernel::moment::date_in_words;
use kit::{
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// What it would have opened and closed, as far as the network’s side can say it.
pub(super) fn replay(view: &View<'_>, what: &What, users: &[Users]) -> Markup {
    let Some(replay) = view.network.replay(what, users).map(Replay::bounded) else {
        return text::paragraph(
            "What it would have opened or closed in the last days is not known here.",
        );
    };
    let none = replay.opens.is_empty() && replay.closes.is_empty();
    html! {
        (text::h2("What it would have changed"))
        (text::paragraph(format!("Of what was asked for since {}: {} questions. Who asked is not shown.", date_in_words(replay.from), replay.asked)))
        @if none { (text::paragraph("Nothing would have been opened or closed.")) }
        (effects("Would have been opened", &replay.opens, replay.opens_more))
        (effects("Would have been closed", &replay.closes, replay.closes_more))
    }
}

fn effects(title: &str, effects: &[Effect], more: u64) -> Markup {
    if effects.is_empty() {
        return html! {};
    }
    let rows = effects.iter().map(|effect| {
        vec![
            text::text(&effect.name),
            text::text(effect.users.in_words()),
            text::text(effect.times),
        ]
    });
    let columns = [
        Column::words("Site"),
        Column::words("For whom"),
        Column::numbers("Times"),
    ];
    html! {
        (text::h3(title))
        (Table::new(title, columns).caption_unseen().first_cell_heads().rows(rows))
        @if more > 0 { (text::muted(format!("And {more} more."))) }
    }
}
