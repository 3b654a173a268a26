//! Puts lines on pages, from top to bottom, and keeps which of them belong to which part of the
//! document: what a screen reader reads.

use crate::{
    drawing::Shape,
    font::{Fonts, Line, Weight},
    words::Words,
};
use krilla::tagging::TagKind;

/// A4, in points.
pub(crate) const PAGE_WIDTH: f32 = 595.28;
/// A4, in points.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// Room at both sides.
pub(crate) const MARGIN: f32 = 62.0;
/// Where the content begins.
pub(crate) const TOP: f32 = 86.0;
/// Where the content ends.
pub(crate) const BOTTOM: f32 = PAGE_HEIGHT - 72.0;
/// The width of the content.
pub(crate) const WIDTH: f32 = PAGE_WIDTH - MARGIN * 2.0;

/// A colour of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Words,
    Deep,
    Muted,
    Line,
    Lamp,
    Brand,
}

/// How words look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const BODY: Style = Style {
        weight: Weight::Regular,
        size: 10.5,
        ink: Ink::Words,
    };
    pub(crate) const BOLD: Style = Style {
        weight: Weight::Bold,
        ..Style::BODY
    };
    pub(crate) const TITLE: Style = Style {
        weight: Weight::Bold,
        size: 23.0,
        ink: Ink::Deep,
    };
    pub(crate) const SUBTITLE: Style = Style {
        weight: Weight::Regular,
        size: 13.0,
        ink: Ink::Muted,
    };
    pub(crate) const HEADING: Style = Style {
        weight: Weight::Bold,
        size: 15.0,
        ink: Ink::Deep,
    };
    pub(crate) const SUB_HEADING: Style = Style {
        weight: Weight::Bold,
        size: 12.0,
        ink: Ink::Words,
    };
    pub(crate) const TABLE: Style = Style {
        size: 9.5,
        ..Style::BODY
    };
    pub(crate) const TABLE_HEAD: Style = Style {
        size: 9.5,
        ..Style::BOLD
    };
    pub(crate) const SMALL: Style = Style {
        size: 8.5,
        ink: Ink::Muted,
        ..Style::BODY
    };

    /// From one line to the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * if self.size > 14.0 { 1.25 } else { 1.42 }
    }
}

/// Something on a page.
pub(crate) enum Mark {
    /// A line of words: its place, the line, and the leaf of the tree that it is; none for what only
    /// decorates or repeats.
    Words {
        x: f32,
        baseline: f32,
        line: Line,
        style: Style,
        leaf: Option<usize>,
    },
    /// A rectangle that only decorates.
    Box {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    /// A small square of a chart's key.
    Swatch {
        x: f32,
        y: f32,
        size: f32,
        colour: (u8, u8, u8),
    },
    /// The drawing of a chart.
    Drawing { shapes: Vec<Shape>, leaf: usize },
}

/// The tree of the document.
pub(crate) enum Node {
    Group(TagKind, Vec<Node>),
    Leaf(usize),
}

/// A heading, for the list of contents that a reader shows.
pub(crate) struct Place {
    pub(crate) words: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// The pages so far.
pub(crate) struct Flow<'a> {
    pub(crate) fonts: &'a Fonts,
    pub(crate) words: Words,
    pub(crate) pages: Vec<Vec<Mark>>,
    pub(crate) tree: Vec<Node>,
    pub(crate) leaves: usize,
    pub(crate) places: Vec<Place>,
    /// How far down the current page is filled.
    pub(crate) y: f32,
    /// Whether what is said to be at the left stands at the right.
    pub(crate) is_mirrored: bool,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(fonts: &'a Fonts, words: Words) -> Flow<'a> {
        Flow {
            fonts,
            words,
            pages: vec![Vec::new()],
            tree: Vec::new(),
            leaves: 0,
            places: Vec::new(),
            y: TOP,
            is_mirrored: fonts.is_right_to_left,
        }
    }

    /// Where something so wide stands on the page, that is so far from where lines begin.
    fn x(&self, left: f32, width: f32) -> f32 {
        if self.is_mirrored {
            MARGIN + WIDTH - left - width
        } else {
            MARGIN + left
        }
    }

    /// Begins a new page, unless this one is still empty.
    pub(crate) fn new_page(&mut self) {
        if self.y > TOP {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// Begins a new page when so much does not fit on this one. Answers whether it did.
    pub(crate) fn make_room(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM && self.y > TOP;
        if is_full {
            self.new_page();
        }
        is_full
    }

    /// Leaves room, but not at the top of a page.
    pub(crate) fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// A paragraph at so much from where lines begin and so wide. Answers its leaves.
    pub(crate) fn words(&mut self, words: &str, style: Style, left: f32, width: f32) -> Vec<Node> {
        let lines = self.fonts.wrap(words, style.weight, style.size, width);
        lines
            .into_iter()
            .map(|line| self.line(line, style, left))
            .collect()
    }

    /// The same with a bar at its left.
    pub(crate) fn barred_words(&mut self, words: &str, style: Style, ink: Ink) -> Vec<Node> {
        let lines = self
            .fonts
            .wrap(words, style.weight, style.size, WIDTH - 16.0);
        let mut leaves = Vec::new();
        for line in lines {
            self.make_room(style.leading());
            let bar = Mark::Box {
                x: self.x(0.0, 3.0),
                y: self.y,
                width: 3.0,
                height: style.leading() + 0.5,
                ink,
            };
            self.mark(bar);
            leaves.push(self.line(line, style, 16.0));
        }
        leaves
    }

    /// One line; a new page when it does not fit.
    pub(crate) fn line(&mut self, line: Line, style: Style, left: f32) -> Node {
        self.make_room(style.leading());
        let node = self.line_at(line, style, left, self.y);
        self.y += style.leading();
        node
    }

    /// One line at a height of this page, without moving on.
    pub(crate) fn line_at(&mut self, line: Line, style: Style, left: f32, y: f32) -> Node {
        let leaf = self.leaves;
        self.leaves += 1;
        let baseline = baseline(y, style);
        let x = self.x(left, line.width(style.size));
        self.mark(Mark::Words {
            x,
            baseline,
            line,
            style,
            leaf: Some(leaf),
        });
        Node::Leaf(leaf)
    }

    /// One line that only repeats what was said before.
    pub(crate) fn echo_at(&mut self, line: Line, style: Style, left: f32, y: f32) {
        let baseline = baseline(y, style);
        let x = self.x(left, line.width(style.size));
        self.mark(Mark::Words {
            x,
            baseline,
            line,
            style,
            leaf: None,
        });
    }

    /// A thin line across so much of the page.
    pub(crate) fn rule(&mut self, left: f32, width: f32, height: f32, ink: Ink) {
        let (x, y) = (self.x(left, width), self.y);
        self.mark(Mark::Box {
            x,
            y,
            width,
            height,
            ink,
        });
    }

    /// A thin line at a height of this page.
    pub(crate) fn rule_at(&mut self, left: f32, y: f32, width: f32, height: f32, ink: Ink) {
        let x = self.x(left, width);
        self.mark(Mark::Box {
            x,
            y,
            width,
            height,
            ink,
        });
    }

    /// A small square beside the line that is at hand.
    pub(crate) fn swatch(&mut self, left: f32, size: f32, colour: (u8, u8, u8)) {
        let y = self.y + 1.5;
        let x = self.x(left, size);
        self.mark(Mark::Swatch { x, y, size, colour });
    }

    /// The drawing of a chart.
    pub(crate) fn drawing(&mut self, shapes: Vec<Shape>) -> Node {
        let leaf = self.leaves;
        self.leaves += 1;
        self.mark(Mark::Drawing { shapes, leaf });
        Node::Leaf(leaf)
    }

    pub(crate) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub(crate) fn group(&mut self, tag: impl Into<TagKind>, children: Vec<Node>) {
        if !children.is_empty() {
            self.tree.push(Node::Group(tag.into(), children));
        }
    }

    /// Remembers where a heading stands.
    pub(crate) fn place(&mut self, words: &str) {
        let page = self.pages.len().saturating_sub(1);
        self.places.push(Place {
            words: words.to_owned(),
            page,
            y: self.y,
        });
    }
}

fn baseline(y: f32, style: Style) -> f32 {
    y + (style.leading() + style.size * 0.68) / 2.0
}
