//! Areas on top of each other, and lines.

use super::{Chart, paint};
use maud::{Markup, html};
use std::fmt::Write;

/// Areas on top of each other, the first series at the bottom.
pub(super) fn stacked(chart: &Chart, id: &str) -> Markup {
    let shown = chart.shown();
    let top = chart.top();
    let mut below = vec![0_u64; shown];
    let mut areas = Vec::new();
    for one in &chart.series {
        let above: Vec<u64> = below
            .iter()
            .enumerate()
            .map(|(place, under)| under.saturating_add(one.at(place)))
            .collect();
        areas.push((one.look.key(), outline(&below, &above, top)));
        below = above;
    }
    html! {
        @for (key, path) in &areas {
            path class="sg-area" fill={ "url(#" (id) "-" (key) ")" } d=(path) {}
        }
    }
}

/// Lines with marks.
pub(super) fn lines(chart: &Chart) -> Markup {
    let shown = chart.shown();
    let top = chart.top();
    // Marks on every point of a long line would be a smear.
    let every = shown.div_ceil(12).max(1);
    html! {
        @for one in &chart.series {
            @let key = one.look.key();
            @let points: Vec<(u32, u32)> = (0..shown)
                .map(|place| (paint::x_of(place, shown), paint::y_of(one.at(place), top)))
                .collect();
            path class={ "sg-line sg-line--" (key) } d=(path_through(&points)) {}
            @for (x, y) in points.iter().step_by(every) {
                path class={ "sg-mark-of sg-mark-of--" (key) } d={ "M" (x) " " (y) (one.look.mark()) } {}
            }
        }
    }
}

/// Along the upper edge, and back along the lower one. A single point becomes a full width.
fn outline(below: &[u64], above: &[u64], top: u64) -> String {
    let shown = above.len();
    let upper = edge(above, shown, top);
    let mut lower = edge(below, shown, top);
    lower.reverse();
    let points: Vec<_> = upper.into_iter().chain(lower).collect();
    let mut path = path_through(&points);
    path.push('z');
    path
}

fn edge(numbers: &[u64], shown: usize, top: u64) -> Vec<(u32, u32)> {
    let mut points: Vec<_> = numbers
        .iter()
        .enumerate()
        .map(|(place, number)| (paint::x_of(place, shown), paint::y_of(*number, top)))
        .collect();
    if let [(_, y)] = points.as_slice() {
        points.push((paint::WIDTH - paint::RIGHT, *y));
    }
    points
}

fn path_through(points: &[(u32, u32)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        // Writing to a String can't fail.
        let _ = write!(path, "{letter}{x} {y}");
    }
    path
}
