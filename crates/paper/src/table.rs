//! Tables: columns as wide as their words need, rows that stay together, and the head again on each
//! new page.

use crate::{
    flow::{BOTTOM, Flow, Ink, Node, Style, TOP, WIDTH},
    font::{Fonts, Line, Weight},
    paint::short,
};
use kit::document::Table;
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

const GAP: f32 = 12.0;
const PADDING: f32 = 4.0;
/// Letters and lines of the name of a column: it stands on each page again, and leaves room for rows.
const HEAD_LETTERS_MAX: usize = 200;
const HEAD_LINES_MAX: usize = 12;

/// A table with its columns measured.
struct Grid<'a> {
    table: &'a Table,
    is_mirrored: bool,
    lefts: Vec<f32>,
    widths: Vec<f32>,
    head: Vec<Vec<Line>>,
}

/// Names and values, as a table of two columns without a head.
pub(crate) fn facts(flow: &mut Flow<'_>, facts: &[(String, String)]) {
    let rows = facts
        .iter()
        .map(|(key, value)| vec![key.clone(), value.clone()])
        .collect();
    table(
        flow,
        &Table {
            rows,
            ..Table::default()
        },
    );
}

/// A table.
pub(crate) fn table(flow: &mut Flow<'_>, table: &Table) {
    let count = table
        .rows
        .iter()
        .map(Vec::len)
        .chain([table.head.len()])
        .max()
        .unwrap_or(0);
    if count == 0 {
        return;
    }
    let widths = widths(flow.fonts, table, count);
    let lefts = widths.iter().scan(0.0, |left, width| {
        let here = *left;
        *left += width + GAP;
        Some(here)
    });
    let wrap = |(cell, width): (&String, &f32)| {
        flow.fonts.wrap(
            &short(cell, HEAD_LETTERS_MAX),
            Weight::Bold,
            Style::TABLE_HEAD.size,
            *width,
        )
    };
    let head = table.head.iter().zip(&widths).map(wrap).map(|mut lines| {
        lines.truncate(HEAD_LINES_MAX);
        if lines.is_empty() {
            lines.push(flow.fonts.line(" ", Weight::Regular));
        }
        lines
    });
    let head = head.collect();
    let grid = Grid {
        table,
        is_mirrored: flow.is_mirrored,
        lefts: lefts.collect(),
        widths,
        head,
    };

    let mut children = Vec::new();
    flow.make_room(90.0);
    if !table.caption.is_empty() {
        flow.space(4.0);
        let caption = flow.words(&table.caption, Style::BOLD, 0.0, WIDTH);
        children.push(Node::Group(Tag::Caption.into(), caption));
        flow.y += 3.0;
    }
    if !table.head.is_empty() {
        children.push(Node::Group(Tag::THead.into(), vec![head_row(flow, &grid)]));
    }
    let rows: Vec<Node> = table
        .rows
        .iter()
        .map(|row| body_row(flow, &grid, row))
        .collect();
    children.push(Node::Group(Tag::TBody.into(), rows));
    flow.group(Tag::Table, children);
    flow.y += 14.0;
}

fn head_row(flow: &mut Flow<'_>, grid: &Grid<'_>) -> Node {
    let mut cells = Vec::new();
    for (place, lines) in grid.head.iter().enumerate() {
        let mut leaves = Vec::new();
        for (nth, line) in lines.iter().zip(heights(Style::TABLE_HEAD)) {
            let left = grid.left(place, nth, Style::TABLE_HEAD);
            leaves.push(flow.line_at(
                nth.clone(),
                Style::TABLE_HEAD,
                left,
                flow.y + PADDING + line,
            ));
        }
        cells.push(Node::Group(
            Tag::TH(TableHeaderScope::Column).into(),
            leaves,
        ));
    }
    end_of_head(flow, grid);
    Node::Group(Tag::TR.into(), cells)
}

/// The head again, on a new page: to be seen, not to be read out again.
fn head_again(flow: &mut Flow<'_>, grid: &Grid<'_>) {
    if grid.head.is_empty() {
        return;
    }
    for (place, lines) in grid.head.iter().enumerate() {
        for (line, height) in lines.iter().zip(heights(Style::TABLE_HEAD)) {
            let left = grid.left(place, line, Style::TABLE_HEAD);
            flow.echo_at(
                line.clone(),
                Style::TABLE_HEAD,
                left,
                flow.y + PADDING + height,
            );
        }
    }
    end_of_head(flow, grid);
}

fn end_of_head(flow: &mut Flow<'_>, grid: &Grid<'_>) {
    flow.y += height(&grid.head, Style::TABLE_HEAD);
    flow.rule(0.0, WIDTH, 1.2, Ink::Brand);
    flow.y += 1.2;
}

fn body_row(flow: &mut Flow<'_>, grid: &Grid<'_>, row: &[String]) -> Node {
    let style = |place| {
        if place == 0 && grid.table.head.is_empty() {
            Style::TABLE_HEAD
        } else {
            Style::TABLE
        }
    };
    let wrap = |(place, width): (usize, &f32)| {
        let (cell, style) = (row.get(place).map_or("", String::as_str), style(place));
        flow.fonts.wrap(cell, style.weight, style.size, *width)
    };
    let mut cells: Vec<Vec<Line>> = grid.widths.iter().enumerate().map(wrap).collect();

    // A cell without words still takes its place in the tree, so that columns stay in line.
    for empty in cells.iter_mut().filter(|lines| lines.is_empty()) {
        empty.push(flow.fonts.line(" ", Weight::Regular));
    }

    // A row stays together when a page has room for it at all.
    let needed = height(&cells, Style::TABLE);
    let head = height(&grid.head, Style::TABLE_HEAD);
    if needed + head < BOTTOM - TOP && flow.make_room(needed) {
        head_again(flow, grid);
    }
    let mut leaves: Vec<Vec<Node>> = cells.iter().map(|_| Vec::new()).collect();
    flow.y += PADDING;
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    for nth in 0..most {
        if flow.make_room(Style::TABLE.leading()) {
            head_again(flow, grid);
            flow.y += PADDING;
        }
        for (place, (lines, leaves)) in cells.iter().zip(&mut leaves).enumerate() {
            if let Some(line) = lines.get(nth) {
                let left = grid.left(place, line, style(place));
                leaves.push(flow.line_at(line.clone(), style(place), left, flow.y));
            }
        }
        flow.y += Style::TABLE.leading();
    }
    flow.y += PADDING;
    flow.rule(0.0, WIDTH, 0.6, Ink::Line);
    flow.y += 0.6;

    let tag = |place| -> TagKind {
        if place == 0 {
            Tag::TH(TableHeaderScope::Row).into()
        } else {
            Tag::TD.into()
        }
    };
    let cells = leaves
        .into_iter()
        .enumerate()
        .map(|(place, leaves)| Node::Group(tag(place), leaves));
    Node::Group(Tag::TR.into(), cells.collect())
}

impl Grid<'_> {
    /// Where a line of a cell begins: numbers stand at the right.
    fn left(&self, place: usize, line: &Line, style: Style) -> f32 {
        let left = self.lefts.get(place).copied().unwrap_or(0.0);
        let width = self.widths.get(place).copied().unwrap_or(0.0);
        // From right to left numbers stand at the right as all words do.
        if self.table.numeric.contains(&place) && !self.is_mirrored {
            left + width - line.width(style.size)
        } else {
            left
        }
    }
}

/// The heights at which the lines of a cell begin.
fn heights(style: Style) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(0.0), move |height| Some(height + style.leading()))
}

/// The height of a row.
fn height(cells: &[Vec<Line>], style: Style) -> f32 {
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    heights(style).nth(most).unwrap_or(0.0) + PADDING * 2.0
}

/// The widths of the columns. Each gets the room of its widest word, and what is left goes where
/// there is more to say.
fn widths(fonts: &Fonts, table: &Table, count: usize) -> Vec<f32> {
    let gaps: f32 = (1..count).map(|_| GAP).sum();
    let room = (WIDTH - gaps).max(20.0);
    let mut least = vec![0.0_f32; count];
    let mut most = vec![1.0_f32; count];
    // Enough rows to know; a very long table is not measured whole.
    let cells = table.rows.iter().take(400).map(|row| (row, Style::TABLE));
    for (row, style) in cells.chain([(&table.head, Style::TABLE_HEAD)]) {
        for ((cell, least), most) in row.iter().zip(&mut least).zip(&mut most) {
            *least = least.max(
                fonts
                    .widest_word(cell, Weight::Bold, style.size)
                    .min(room / 3.0),
            );
            let first_line = cell.lines().next().unwrap_or_default();
            *most = most.max(
                fonts
                    .line(first_line, Weight::Bold)
                    .width(style.size)
                    .min(room),
            );
        }
    }
    let all_least: f32 = least.iter().sum();
    let all_most: f32 = most.iter().sum();
    if all_most <= room {
        // All fits: the rest of the room is shared, so that the table is as wide as the page.
        let scale = room / all_most;
        return most.iter().map(|most| most * scale).collect();
    }
    if all_least >= room {
        return least
            .iter()
            .map(|least| least * room / all_least.max(1.0))
            .collect();
    }
    let wishes: f32 = most
        .iter()
        .zip(&least)
        .map(|(most, least)| (most - least).max(0.0))
        .sum();
    let share = (room - all_least) / wishes.max(1.0);
    most.iter()
        .zip(&least)
        .map(|(most, least)| least + (most - least).max(0.0) * share)
        .collect()
}
