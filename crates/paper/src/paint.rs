//! Writes the pages and the tree as PDF, by the rules of PDF/UA-1, and of PDF/A-2a where the PDF is all
//! that is in the file.

use crate::{
    Meta, PaperError,
    drawing::Shape,
    flow::{Flow, Ink, MARGIN, Mark, Node, PAGE_HEIGHT, PAGE_WIDTH, Style, WIDTH},
    font::{Fonts, Line, Weight},
    words::filled as with_values,
};
use kernel::moment::Moment;
use kit::document::Document;
use krilla::{
    Document as Pdf, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata, TextDirection},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagTree},
};

/// Letters of a title or of a heading in the list of contents; PDF/A ends strings at 32,767 bytes.
pub(crate) const TITLE_MAX: usize = 400;

/// The file.
pub(crate) fn paint(
    flow: Flow<'_>,
    document: &Document,
    meta: &Meta,
) -> Result<Vec<u8>, PaperError> {
    let lang = if meta.lang.is_empty() {
        "en"
    } else {
        &meta.lang
    };
    let mut pdf = Pdf::new_with(settings(document)?);
    let mut leaves = vec![None; flow.leaves];
    let count = flow.pages.len();
    for (place, marks) in flow.pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT)
            .ok_or_else(|| PaperError::Pdf("page size".to_owned()))?;
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, flow.fonts, mark, &mut leaves);
        }
        around(&mut surface, &flow, document, meta, (place + 1, count));
        surface.finish();
        page.finish();
    }

    let mut outline = Outline::new();
    for place in &flow.places {
        let at = XyzDestination::new(place.page, Point::from_xy(MARGIN, place.y));
        outline.push_child(OutlineNode::new(short(&place.words, TITLE_MAX), at));
    }
    pdf.set_outline(outline);
    // A file without a title could not be told from others.
    let title = if document.title.trim().is_empty() {
        "Document"
    } else {
        &document.title
    };
    let metadata = Metadata::new()
        .title(short(title, TITLE_MAX))
        .creation_date(date(meta.made))
        .language(lang.to_owned())
        .text_direction(if flow.fonts.is_right_to_left {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        });
    pdf.set_metadata(metadata.creator("Stairgate".to_owned()));
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    for node in flow.tree {
        if let Some(node) = tagged(node, &mut leaves) {
            tree.push(node);
        }
    }
    pdf.set_tag_tree(tree);
    pdf.finish()
        .map_err(|error| PaperError::Pdf(format!("{error:?}")))
}

fn settings(document: &Document) -> Result<SerializeSettings, PaperError> {
    let mut configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    // What rests on lines of the ledger has their proof after its end, which PDF/A has no room for.
    if document.rests_on.is_empty() {
        configuration = configuration.with_archival_validator(Archival::A2_A);
    }
    let configuration = configuration.finish();
    let configuration = configuration.map_err(|error| PaperError::Pdf(format!("{error:?}")))?;
    Ok(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    })
}

/// A moment as PDF writes it, in UTC.
fn date(moment: Moment) -> DateTime {
    let text = moment.to_text();
    let two = |from: usize| text.get(from..from + 2)?.parse().ok();
    let year = text.get(..4).and_then(|year| year.parse().ok());
    DateTime::new(year.unwrap_or(1970))
        .month(two(5).unwrap_or(1))
        .day(two(8).unwrap_or(1))
        .hour(two(11).unwrap_or(0))
        .minute(two(14).unwrap_or(0))
        .second(two(17).unwrap_or(0))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// No more of some words than so many letters.
pub(crate) fn short(words: &str, letters_max: usize) -> String {
    match words.char_indices().nth(letters_max) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words.to_owned(),
    }
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, mark: &Mark, leaves: &mut [Option<Identifier>]) {
    match mark {
        Mark::Words {
            x,
            baseline,
            line,
            style,
            leaf: Some(leaf),
        } => {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            words(surface, fonts, line, *style, *x, *baseline);
            surface.end_tagged();
            if let Some(slot) = leaves.get_mut(*leaf) {
                *slot = Some(identifier);
            }
        }
        Mark::Words {
            x,
            baseline,
            line,
            style,
            leaf: None,
        } => {
            as_artifact(surface, ArtifactType::Layout, |surface| {
                words(surface, fonts, line, *style, *x, *baseline)
            });
        }
        Mark::Box {
            x,
            y,
            width,
            height,
            ink,
        } => {
            let rectangle = Rect::from_xywh(*x, *y, *width, *height);
            as_artifact(surface, ArtifactType::Layout, |surface| {
                filled(surface, rectangle, *ink)
            });
        }
        Mark::Swatch { x, y, size, colour } => {
            let corners = [(0.0, 0.0), (*size, 0.0), (*size, *size), (0.0, *size)];
            let points: Vec<_> = corners
                .iter()
                .map(|(right, down)| (x - MARGIN + right, y + down))
                .collect();
            let square = Shape {
                points,
                colour: *colour,
                is_area: true,
            };
            as_artifact(surface, ArtifactType::Layout, |surface| {
                shape(surface, &square)
            });
        }
        Mark::Drawing { shapes, leaf } => {
            let identifier = surface.start_tagged(ContentTag::Other);
            shapes.iter().for_each(|one| shape(surface, one));
            surface.end_tagged();
            if let Some(slot) = leaves.get_mut(*leaf) {
                *slot = Some(identifier);
            }
        }
    }
}

/// One outline of a chart: areas with a thin white edge, so that neighbours are told apart without
/// colour; or a line.
fn shape(surface: &mut Surface<'_>, shape: &Shape) {
    let mut path = PathBuilder::new();
    for (place, (x, y)) in shape.points.iter().enumerate() {
        if place == 0 {
            path.move_to(MARGIN + x, *y);
        } else {
            path.line_to(MARGIN + x, *y);
        }
    }
    if shape.is_area {
        path.close();
    }
    let Some(path) = path.finish() else { return };
    let (red, green, blue) = shape.colour;
    let colour = rgb::Color::new(red, green, blue);
    let (inside, line) = if shape.is_area {
        (Some(colour), rgb::Color::white())
    } else {
        (None, colour)
    };
    surface.set_fill(inside.map(|colour| Fill {
        paint: colour.into(),
        ..Fill::default()
    }));
    surface.set_stroke(Some(Stroke {
        paint: line.into(),
        width: if shape.is_area { 0.8 } else { 2.0 },
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

/// The head and foot of a page: whose document, what it is, when made, which page.
fn around(
    surface: &mut Surface<'_>,
    flow: &Flow<'_>,
    document: &Document,
    meta: &Meta,
    (page, pages): (usize, usize),
) {
    let fonts = flow.fonts;
    let style = Style::SMALL;
    as_artifact(surface, ArtifactType::Header, |surface| {
        filled(
            surface,
            Rect::from_xywh(0.0, 0.0, PAGE_WIDTH, 6.0),
            Ink::Deep,
        );
        filled(
            surface,
            Rect::from_xywh(0.0, 6.0, PAGE_WIDTH, 2.0),
            Ink::Lamp,
        );
        let left = fitted(fonts, &meta.setting, Weight::Bold, WIDTH * 0.45);
        let right = fitted(fonts, &document.title, Weight::Regular, WIDTH * 0.5);
        both(surface, fonts, &left, &right, style, 44.0);
        filled(
            surface,
            Rect::from_xywh(MARGIN, 52.0, WIDTH, 0.6),
            Ink::Line,
        );
    });
    as_artifact(surface, ArtifactType::Footer, |surface| {
        filled(
            surface,
            Rect::from_xywh(MARGIN, PAGE_HEIGHT - 54.0, WIDTH, 0.6),
            Ink::Line,
        );
        let made = if meta.made_at.is_empty() {
            String::new()
        } else {
            with_values(flow.words.made, &[&meta.made_at])
        };
        let left = fitted(fonts, &made, Weight::Regular, WIDTH * 0.6);
        let (page, pages) = (page.to_string(), pages.to_string());
        let right = fonts.line(
            &with_values(flow.words.page, &[&page, &pages]),
            Weight::Regular,
        );
        both(surface, fonts, &left, &right, style, PAGE_HEIGHT - 38.0);
    });
}

fn both(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    left: &Line,
    right: &Line,
    style: Style,
    baseline: f32,
) {
    // From right to left, what comes first stands at the right.
    let (left, right) = if fonts.is_right_to_left {
        (right, left)
    } else {
        (left, right)
    };
    words(surface, fonts, left, style, MARGIN, baseline);
    words(
        surface,
        fonts,
        right,
        style,
        MARGIN + WIDTH - right.width(style.size),
        baseline,
    );
}

/// Words on one line, cut off with dots when there is no room.
fn fitted(fonts: &Fonts, text: &str, weight: Weight, width: f32) -> Line {
    let size = Style::SMALL.size;
    let text = &short(text, TITLE_MAX);
    let whole = fonts.line(text, weight);
    if whole.width(size) <= width {
        return whole;
    }
    let cut = fonts
        .wrap(text, weight, size, width - 8.0)
        .into_iter()
        .next()
        .unwrap_or_default();
    fonts.line(&format!("{}…", cut.words.trim_end()), weight)
}

fn as_artifact(surface: &mut Surface<'_>, kind: ArtifactType, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::new(kind, None)));
    draw(surface);
    surface.end_tagged();
}

fn words(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    line: &Line,
    style: Style,
    x: f32,
    baseline: f32,
) {
    surface.set_fill(Some(fill(style.ink)));
    let mut x = x;
    for run in &line.runs {
        if let Some(font) = fonts.fonts.get(run.font) {
            let start = Point::from_xy(x, baseline);
            surface.draw_glyphs(
                start,
                &run.glyphs,
                font.clone(),
                &run.words,
                style.size,
                false,
            );
        }
        x += run.width * style.size;
    }
}

fn filled(surface: &mut Surface<'_>, rectangle: Option<Rect>, ink: Ink) {
    let mut path = PathBuilder::new();
    if let Some(rectangle) = rectangle {
        path.push_rect(rectangle);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill(ink)));
        surface.draw_path(&path);
    }
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = match ink {
        Ink::Words => (28, 36, 39),
        Ink::Deep => (23, 63, 63),
        Ink::Muted => (77, 88, 91),
        Ink::Line => (216, 206, 187),
        Ink::Lamp => (242, 184, 75),
        Ink::Brand => (29, 95, 92),
    };
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

/// The tree with what was drawn for its leaves. Parts in which nothing was drawn are left out.
fn tagged(node: Node, leaves: &mut [Option<Identifier>]) -> Option<krilla::tagging::Node> {
    match node {
        Node::Leaf(leaf) => leaves.get_mut(leaf)?.take().map(Into::into),
        Node::Group(tag, children) => {
            let mut group = TagGroup::new(tag);
            children
                .into_iter()
                .filter_map(|child| tagged(child, leaves))
                .for_each(|child| group.push(child));
            Some(group.into())
        }
    }
}
