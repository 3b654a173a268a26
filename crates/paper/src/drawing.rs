//! Charts on paper: areas, lines or bars with their key. The figures follow as a table, which is what
//! a screen reader reads. And what somebody drew by hand.

use crate::{
    flow::{Flow, Ink, Style, WIDTH},
    font::Weight,
    paint::short,
};
use kit::{
    chart::{Chart, Kind, Look},
    code::Code,
    drawn::{Drawn, PAD_HEIGHT, PAD_WIDTH},
};
use krilla::tagging::Tag;

const HEIGHT: f32 = 150.0;
/// Room for the numbers of the scale.
const LEFT: f32 = 34.0;
const ROOM: f32 = WIDTH - LEFT;
/// How wide what somebody drew by hand is on paper.
const DRAWN_WIDTH: f32 = 240.0;
/// How wide a code is on paper, so that it is read from a step away.
const CODE_WIDTH: f32 = 170.0;

/// Letters that a drawing says for itself; PDF/A ends strings at 32,767 bytes.
const SAYS_MAX: usize = 8_000;

/// One outline of a drawing, from the left top corner of the content.
pub(crate) struct Shape {
    pub(crate) points: Vec<(f32, f32)>,
    pub(crate) colour: (u8, u8, u8),
    /// Filled, or only a line.
    pub(crate) is_area: bool,
}

/// The drawing of a chart, with its title.
pub(crate) fn chart(flow: &mut Flow<'_>, chart: &Chart) {
    if chart.shown() == 0 || chart.series.is_empty() {
        return;
    }
    flow.make_room(HEIGHT + 62.0);
    // Time runs from left to right in every language that we write.
    let is_mirrored = std::mem::take(&mut flow.is_mirrored);
    flow.space(4.0);
    key(flow, chart);
    flow.y += 8.0;
    scale(flow, chart);
    let shapes = match chart.kind {
        Kind::Stacked => stacked(chart, flow.y),
        Kind::Lines => lines(chart, flow.y),
        Kind::Bars => bars(chart, flow.y),
    };
    let drawn = flow.drawing(shapes);
    let alternative = format!("{}. {}", chart.title, chart.says);
    flow.group(
        Tag::Figure(Some(short(&alternative, SAYS_MAX))),
        vec![drawn],
    );
    flow.y += HEIGHT + 5.0;
    names(flow, chart);
    flow.y += 22.0;
    flow.is_mirrored = is_mirrored;
}

/// What somebody drew by hand, with a line under it, where lines begin.
pub(crate) fn by_hand(flow: &mut Flow<'_>, drawn: &Drawn) {
    if drawn.strokes.is_empty() {
        return;
    }
    let scale = DRAWN_WIDTH / f32::from(PAD_WIDTH);
    let height = f32::from(PAD_HEIGHT) * scale;
    flow.make_room(height + 16.0);
    // A hand writes in its own way: only the place is mirrored.
    let left = if flow.is_mirrored {
        WIDTH - DRAWN_WIDTH
    } else {
        0.0
    };
    let y = flow.y;
    let stroke = |stroke: &Vec<(u16, u16)>| {
        let at = |(across, down): &(u16, u16)| {
            let (across, down) = (f32::from(*across), f32::from(*down));
            (left + across * scale, y + down * scale)
        };
        let mut points: Vec<_> = stroke.iter().map(at).collect();
        // A dot is a very short line.
        if let [(across, down)] = points.as_slice() {
            points.push((across + 1.5, *down));
        }
        Shape {
            points,
            colour: (11, 12, 12),
            is_area: false,
        }
    };
    let shapes = drawn.strokes.iter().map(stroke).collect();
    let drawing = flow.drawing(shapes);
    flow.group(
        Tag::Figure(Some(short(&drawn.says, SAYS_MAX))),
        vec![drawing],
    );
    flow.y += height + 4.0;
    flow.rule(0.0, DRAWN_WIDTH, 0.8, Ink::Line);
    flow.y += 12.0;
}

/// A code that a telephone reads, dark on white.
pub(crate) fn code(flow: &mut Flow<'_>, code: &Code) {
    if code.dark.is_empty() {
        return;
    }
    let scale = CODE_WIDTH / f32::from(code.whole());
    flow.make_room(CODE_WIDTH + 8.0);
    let y = flow.y;
    let square = |(across, down, many): (u16, u16, u16)| {
        let (left, top) = (f32::from(across) * scale, y + f32::from(down) * scale);
        let (right, below) = (left + f32::from(many) * scale, top + scale);
        Shape {
            points: vec![(left, top), (right, top), (right, below), (left, below)],
            colour: (0, 0, 0),
            is_area: true,
        }
    };
    let shapes = code.squares().map(square).collect();
    let drawing = flow.drawing(shapes);
    flow.group(
        Tag::Figure(Some(short(code.words(), SAYS_MAX))),
        vec![drawing],
    );
    flow.y += CODE_WIDTH + 8.0;
}

/// The names of the series, each with its colour. Only to be seen: the table has the names too.
fn key(flow: &mut Flow<'_>, chart: &Chart) {
    let style = Style::SMALL;
    let mut left = LEFT;
    for one in &chart.series {
        let line = flow.fonts.line(&one.name, Weight::Regular);
        let width = line.width(style.size);
        if left + width + 14.0 > WIDTH && left > LEFT {
            left = LEFT;
            flow.y += style.leading();
        }
        flow.swatch(left, 9.0, one.look.colour());
        flow.echo_at(line, style, left + 13.0, flow.y);
        left += width + 30.0;
    }
    flow.y += style.leading();
}

/// Thin lines across, with their numbers.
fn scale(flow: &mut Flow<'_>, chart: &Chart) {
    let top = chart.top();
    let step = (top / 4).max(1);
    for number in (0..=4_u64)
        .map(|place| place * step)
        .filter(|number| *number <= top)
    {
        let up = HEIGHT * part(number, top);
        let line = flow.fonts.line(&number.to_string(), Weight::Regular);
        let left = LEFT - 6.0 - line.width(Style::SMALL.size);
        let y = flow.y + HEIGHT - up;
        flow.echo_at(line, Style::SMALL, left, y - Style::SMALL.leading() / 2.0);
        flow.rule_at(LEFT, y, ROOM, 0.5, Ink::Line);
    }
}

/// The names along the bottom: at most six.
fn names(flow: &mut Flow<'_>, chart: &Chart) {
    let shown = chart.shown();
    let every = shown.div_ceil(6).max(1);
    for (place, name) in chart.along.iter().take(shown).enumerate().step_by(every) {
        let line = flow.fonts.line(name, Weight::Regular);
        let width = line.width(Style::SMALL.size);
        let middle = if chart.kind == Kind::Bars {
            middle_of(place, shown)
        } else {
            along(place, shown)
        };
        let left = (LEFT + middle - width / 2.0).clamp(LEFT, (WIDTH - width).max(LEFT));
        flow.echo_at(line, Style::SMALL, left, flow.y);
    }
}

fn stacked(chart: &Chart, y: f32) -> Vec<Shape> {
    let (shown, top) = (chart.shown(), chart.top());
    let mut below = vec![0_u64; shown];
    let mut shapes = Vec::new();
    for one in &chart.series {
        let above: Vec<u64> = below
            .iter()
            .enumerate()
            .map(|(place, under)| under.saturating_add(one.at(place)))
            .collect();
        let upper = edge(&above, top, y);
        let lower = edge(&below, top, y);
        let points = upper.into_iter().chain(lower.into_iter().rev()).collect();
        shapes.push(area(points, one.look));
        below = above;
    }
    shapes
}

fn lines(chart: &Chart, y: f32) -> Vec<Shape> {
    let (shown, top) = (chart.shown(), chart.top());
    let line = |one: &kit::chart::Series| {
        let numbers: Vec<u64> = (0..shown).map(|place| one.at(place)).collect();
        Shape {
            points: edge(&numbers, top, y),
            colour: one.look.colour(),
            is_area: false,
        }
    };
    chart.series.iter().map(line).collect()
}

fn bars(chart: &Chart, y: f32) -> Vec<Shape> {
    let (shown, top) = (chart.shown(), chart.top());
    let group = ROOM * share(1, shown);
    let width = (group * 0.75 * share(1, chart.series.len())).min(48.0);
    let mut shapes = Vec::new();
    for place in 0..shown {
        let mut left = LEFT + middle_of(place, shown) - width * units(chart.series.len()) / 2.0;
        for one in &chart.series {
            let (floor, roof) = (y + HEIGHT, y + HEIGHT - HEIGHT * part(one.at(place), top));
            let points = vec![
                (left, floor),
                (left, roof),
                (left + width, roof),
                (left + width, floor),
            ];
            shapes.push(area(points, one.look));
            left += width;
        }
    }
    shapes
}

fn area(points: Vec<(f32, f32)>, look: Look) -> Shape {
    Shape {
        points,
        colour: look.colour(),
        is_area: true,
    }
}

/// Numbers as points from left to right. A single number becomes a line across.
fn edge(numbers: &[u64], top: u64, y: f32) -> Vec<(f32, f32)> {
    let point = |(place, number): (usize, &u64)| {
        (
            LEFT + along(place, numbers.len()),
            y + HEIGHT - HEIGHT * part(*number, top),
        )
    };
    let mut points: Vec<_> = numbers.iter().enumerate().map(point).collect();
    if let [(_, height)] = points.as_slice() {
        points.push((WIDTH, *height));
    }
    points
}

fn along(place: usize, shown: usize) -> f32 {
    ROOM * share(place, shown.saturating_sub(1))
}

fn middle_of(place: usize, shown: usize) -> f32 {
    ROOM * share(place * 2 + 1, shown * 2)
}

/// A number as a part of the scale: between 0 and 1, fine enough for paper.
fn part(number: u64, top: u64) -> f32 {
    let parts = u128::from(number.min(top)) * 10_000 / u128::from(top.max(1));
    u16::try_from(parts).map_or(0.0, f32::from) / 10_000.0
}

fn share(place: usize, of: usize) -> f32 {
    units(place) / units(of.max(1))
}

/// Counts are small: no more than `kit::chart::POINTS_MAX` twice.
fn units(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::from(u16::MAX), f32::from)
}
