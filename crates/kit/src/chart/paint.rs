//! What all charts share: the looks of series, their patterns and marks, the key, and the scale.

use super::Chart;
use kernel::standing::Standing;
use maud::{Markup, html};

/// The size of a drawing, in its own units.
pub(super) const WIDTH: u32 = 640;
/// As above.
pub(super) const HEIGHT: u32 = 320;
/// Room for the numbers at the left.
pub(super) const LEFT: u32 = 60;
/// Room at the right.
pub(super) const RIGHT: u32 = 12;
/// Room at the top.
pub(super) const TOP: u32 = 12;
/// Room for the names at the bottom.
pub(super) const BOTTOM: u32 = 44;

/// How a series is painted: a colour, and a pattern or mark of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As a standing's tag.
    Standing(Standing),
    /// One of six, counted from 0; more begin again.
    Number(u8),
}

impl Look {
    /// A word for it, used in classes and ids.
    pub(super) fn key(self) -> String {
        match self {
            Look::Standing(standing) => standing.key().to_owned(),
            Look::Number(number) => format!("n{}", number % 6),
        }
    }

    /// Its colour on paper: red, green, blue. On pages the style sheet has the same.
    #[must_use]
    pub fn colour(self) -> (u8, u8, u8) {
        match self {
            Look::Standing(Standing::Met) => (47, 138, 92),
            Look::Standing(Standing::Due) => (217, 152, 42),
            Look::Standing(Standing::Breached) => (179, 38, 30),
            Look::Standing(Standing::NeedsWord) => (122, 88, 179),
            Look::Standing(Standing::NotInUse) => (139, 151, 155),
            Look::Standing(Standing::NotInVersion) => (182, 191, 193),
            Look::Number(number) => match number % 6 {
                0 => (29, 95, 92),
                1 => (192, 127, 18),
                2 => (122, 88, 179),
                3 => (179, 38, 30),
                4 => (47, 127, 181),
                _ => (102, 112, 116),
            },
        }
    }

    fn pattern(self) -> Markup {
        let place = match self {
            Look::Standing(Standing::Met) => 0,
            Look::Standing(Standing::Due) => 1,
            Look::Standing(Standing::Breached) => 2,
            Look::Standing(Standing::NeedsWord) => 3,
            Look::Standing(Standing::NotInUse) => 4,
            Look::Standing(Standing::NotInVersion) => 5,
            Look::Number(number) => number % 6,
        };
        match place {
            0 => html! {},
            1 => html! { path class="sg-pattern__line" d="M0 8L8 0" {} },
            2 => html! { path class="sg-pattern__line" d="M0 0L8 8M0 8L8 0" {} },
            3 => html! { circle class="sg-pattern__dot" cx="4" cy="4" r="1.500" {} },
            4 => html! { path class="sg-pattern__line" d="M0 4H8" {} },
            _ => html! { path class="sg-pattern__line" d="M4 0V8" {} },
        }
    }

    /// A mark for a point of a line, around its middle.
    pub(super) fn mark(self) -> &'static str {
        let place = match self {
            Look::Number(number) => number % 6,
            Look::Standing(_) => 0,
        };
        match place {
            0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
            1 => "m-4-4h8v8h-8z",
            2 => "m0-5l5 9h-10z",
            3 => "m0-5.500l5.500 5.500-5.500 5.500-5.500-5.500z",
            4 => "m0 5l5-9h-10z",
            _ => "m-5-1.500h3.500v-3.500h3v3.500h3.500v3h-3.500v3.500h-3v-3.500h-3.500z",
        }
    }
}

/// The fills of a chart's series.
pub(super) fn patterns(chart: &Chart, id: &str) -> Markup {
    html! {
        defs {
            @for one in &chart.series {
                @let key = one.look.key();
                pattern id={ (id) "-" (key) } width="8" height="8" patternUnits="userSpaceOnUse" {
                    rect class={ "sg-paint sg-paint--" (key) } width="8" height="8" {}
                    (one.look.pattern())
                }
            }
        }
    }
}

/// What each series looks like.
pub(super) fn key(chart: &Chart, id: &str) -> Markup {
    html! {
        ul class="sg-chart__key" aria-hidden="true" {
            @for one in &chart.series {
                li {
                    svg class="sg-chart__swatch" viewBox="0 0 20 20" width="20" height="20" focusable="false" {
                        @if chart.kind == super::Kind::Lines {
                            path class={ "sg-line sg-line--" (one.look.key()) } d="M0 10H20" {}
                            path class={ "sg-mark-of sg-mark-of--" (one.look.key()) } d={ "M10 10" (one.look.mark()) } {}
                        } @else {
                            rect class="sg-area" width="20" height="20" fill={ "url(#" (id) "-" (one.look.key()) ")" } {}
                        }
                    }
                    (one.name)
                }
            }
        }
    }
}

/// Lines across with their numbers, and names along the bottom.
pub(super) fn scale(chart: &Chart) -> Markup {
    let top = chart.top();
    let step = (top / 4).max(1);
    let numbers: Vec<u64> = (0..=4)
        .map(|place| place * step)
        .filter(|number| *number <= top)
        .collect();
    html! {
        g class="sg-scale" {
            @for number in numbers {
                @let y = y_of(number, top);
                path class="sg-scale__line" d={ "M" (LEFT) " " (y) "H" (WIDTH - RIGHT) } {}
                text class="sg-scale__number" x=(LEFT - 8) y=(y + 5) text-anchor="end" { (number) }
            }
            @for (nth, (x, anchor, name)) in names(chart).into_iter().enumerate() {
                text class={ "sg-scale__name" @if nth % 2 == 1 { " sg-scale__name--second" } } x=(x) y=(HEIGHT - 14) text-anchor=(anchor) { (name) }
            }
        }
    }
}

/// Where the names along the bottom stand: at most six, so that they don't run into each other.
fn names(chart: &Chart) -> Vec<(u32, &'static str, &str)> {
    let shown = chart.shown();
    let every = shown.div_ceil(6).max(1);
    let is_bars = chart.kind == super::Kind::Bars;
    let mut names = Vec::new();
    for (place, name) in chart.along.iter().take(shown).enumerate() {
        if place % every != 0 {
            continue;
        }
        let (x, anchor) = if is_bars {
            (middle_of(place, shown), "middle")
        } else if place == 0 {
            (LEFT, "start")
        } else if place + 1 == shown {
            (WIDTH - RIGHT, "end")
        } else {
            (x_of(place, shown), "middle")
        };
        names.push((x, anchor, name.as_str()));
    }
    names
}

/// The top of the scale: a round number that the largest fits under and that four parts divide well.
pub(super) fn nice(largest: u64) -> u64 {
    let mut unit = 1_u64;
    loop {
        for times in [4, 8, 12, 20, 40] {
            let top = unit.saturating_mul(times);
            if top >= largest || top == u64::MAX {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// The height of a number. Whole units are fine enough at this size.
pub(super) fn y_of(number: u64, top: u64) -> u32 {
    let room = u64::from(HEIGHT - TOP - BOTTOM);
    let up = u128::from(number.min(top)) * u128::from(room) / u128::from(top.max(1));
    HEIGHT - BOTTOM - u32::try_from(up).unwrap_or(0)
}

/// The place along the bottom of a point in time.
pub(super) fn x_of(place: usize, shown: usize) -> u32 {
    part_of(place, shown.saturating_sub(1).max(1)) + LEFT
}

/// The middle of the room of a group of bars.
pub(super) fn middle_of(place: usize, shown: usize) -> u32 {
    part_of(place * 2 + 1, shown.max(1) * 2) + LEFT
}

/// So many parts of the drawing's width.
fn part_of(parts: usize, of: usize) -> u32 {
    let room = usize::try_from(WIDTH - LEFT - RIGHT).unwrap_or(0);
    u32::try_from(parts.min(of) * room / of.max(1)).unwrap_or(0)
}
