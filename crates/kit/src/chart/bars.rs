//! Bars beside each other, in a group for each name.

use super::{Chart, paint};
use maud::{Markup, html};

/// The bars of a chart.
pub(super) fn bars(chart: &Chart, id: &str) -> Markup {
    let shown = chart.shown();
    let top = chart.top();
    let floor = paint::HEIGHT - paint::BOTTOM;
    let series = u32::try_from(chart.series.len()).unwrap_or(1).max(1);
    let group =
        (paint::WIDTH - paint::LEFT - paint::RIGHT) / u32::try_from(shown.max(1)).unwrap_or(1);
    let width = (group * 3 / 4 / series).clamp(1, 72);
    html! {
        @for place in 0..shown {
            @let start = paint::middle_of(place, shown).saturating_sub(width * series / 2);
            @for (one, nth) in chart.series.iter().zip(0_u32..) {
                @let y = paint::y_of(one.at(place), top);
                rect class="sg-area" x=(start + nth * width) y=(y) width=(width) height=(floor - y)
                    fill={ "url(#" (id) "-" (one.look.key()) ")" } {}
            }
        }
    }
}
