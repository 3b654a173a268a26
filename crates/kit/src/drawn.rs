//! What somebody drew by hand: a signature, or a child's mark. It is kept as its points, drawn as an
//! SVG on a page and as lines on paper.

use maud::{Markup, html};

/// How wide the pad is that people draw on.
pub const PAD_WIDTH: u16 = 600;
/// How high the pad is that people draw on.
pub const PAD_HEIGHT: u16 = 200;
/// More points than this are not drawn.
const POINTS_MAX: usize = 4_000;

/// What somebody drew by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// What it is, for those who can't see it: "Signature of Ada Finch, drawn by hand".
    pub says: String,
    /// The strokes, each with its points; all of them lie on the pad.
    pub strokes: Vec<Vec<(u16, u16)>>,
}

impl Drawn {
    /// Reads points as they are sent and kept: `x,y x,y;x,y`. What is no point is left out.
    #[must_use]
    pub fn read(says: impl Into<String>, points: &str) -> Drawn {
        let mut left = POINTS_MAX;
        let mut strokes = Vec::new();
        for stroke in points.split(';') {
            let points: Vec<_> = stroke.split(' ').filter_map(point).take(left).collect();
            left = left.saturating_sub(points.len());
            if !points.is_empty() {
                strokes.push(points);
            }
        }
        let says = says.into();
        Drawn { says, strokes }
    }

    /// As a part of a page.
    #[must_use]
    pub fn draw(&self) -> Markup {
        html! {
            svg class="sg-strokes" viewBox={ "0 0 " (PAD_WIDTH) " " (PAD_HEIGHT) } role="img" aria-label=(self.says) {
                @for stroke in &self.strokes {
                    path d=(path(stroke)) fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" {}
                }
            }
        }
    }
}

fn point(words: &str) -> Option<(u16, u16)> {
    let (x, y) = words.split_once(',')?;
    let (x, y): (u16, u16) = (x.parse().ok()?, y.parse().ok()?);
    Some((x.min(PAD_WIDTH), y.min(PAD_HEIGHT)))
}

/// A single point is a dot: a line that ends where it begins.
fn path(stroke: &[(u16, u16)]) -> String {
    let end = stroke.last().filter(|_| stroke.len() == 1);
    let points = stroke.iter().chain(end);
    points
        .enumerate()
        .map(|(place, (x, y))| format!("{}{x} {y}", if place == 0 { 'M' } else { 'L' }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_is_drawn_again_and_nothing_else() {
        let drawn = Drawn::read("Of <Ada>", "10,20 30,40;700,900;x,y 1;5,6");
        assert_eq!(
            drawn.strokes,
            [vec![(10, 20), (30, 40)], vec![(600, 200)], vec![(5, 6)]]
        );
        let svg = drawn.draw().into_string();
        assert!(svg.contains("aria-label=\"Of &lt;Ada&gt;\""), "{svg}");
        assert!(svg.contains("d=\"M10 20L30 40\""), "{svg}");
        assert!(svg.contains("d=\"M5 6L5 6\""), "{svg}");
    }

    #[test]
    fn a_drawing_is_bounded() {
        let drawn = Drawn::read("", &"1,1 ".repeat(50_000));
        assert_eq!(drawn.strokes.iter().map(Vec::len).sum::<usize>(), 4_000);
        let many = Drawn::read("", &"1,1;".repeat(50_000));
        assert_eq!(many.strokes.len(), 4_000);
    }
}
