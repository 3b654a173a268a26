//! Our font: measures words, shapes them into glyphs, and breaks them into lines.

use crate::PaperError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};
use std::cell::Cell;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// A line of words, shaped, in parts of one font each. Widths are for letters of size 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
}

/// Words in one font.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) font: usize,
    pub(crate) words: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

/// The fonts that paper has: regular and bold, then the same with more letters.
pub(crate) struct Fonts {
    faces: Vec<Face<'static>>,
    pub(crate) fonts: Vec<Font>,
    missing: Cell<bool>,
}

impl Line {
    pub(crate) fn width(&self, size: f32) -> f32 {
        self.runs.iter().map(|run| run.width).sum::<f32>() * size
    }
}

impl Fonts {
    pub(crate) fn new() -> Result<Fonts, PaperError> {
        let mut fonts = Fonts {
            faces: Vec::new(),
            fonts: Vec::new(),
            missing: Cell::new(false),
        };
        for bytes in assets::fonts() {
            fonts
                .faces
                .push(Face::from_slice(bytes, 0).ok_or(PaperError::Font)?);
            fonts
                .fonts
                .push(Font::new((*bytes).into(), 0).ok_or(PaperError::Font)?);
        }
        Ok(fonts)
    }

    /// Whether letters were asked for that no font has; they were drawn as question marks.
    pub(crate) fn has_missing(&self) -> bool {
        self.missing.get()
    }

    /// Words as lines that are at most so wide, where the rules of Unicode let them break.
    /// A word that is wider than the line is broken where it must be.
    pub(crate) fn wrap(&self, words: &str, weight: Weight, size: f32, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for paragraph in words.lines() {
            self.wrap_one(&clean(paragraph), weight, width / size, &mut lines);
        }
        lines
    }

    /// Words as one line.
    pub(crate) fn line(&self, words: &str, weight: Weight) -> Line {
        self.shape(&clean(words), weight)
    }

    /// The width of the widest word.
    pub(crate) fn widest_word(&self, words: &str, weight: Weight, size: f32) -> f32 {
        let widths = words
            .split_whitespace()
            .map(|word| self.line(word, weight).width(size));
        widths.fold(0.0, f32::max)
    }

    fn wrap_one(&self, words: &str, weight: Weight, width: f32, lines: &mut Vec<Line>) {
        let mut line = String::new();
        let mut line_width = 0.0;
        let mut from = 0;
        for (to, _) in linebreaks(words)
            .filter(|(_, kind)| *kind != BreakOpportunity::Mandatory || !words.is_empty())
        {
            let Some(piece) = words.get(from..to) else {
                continue;
            };
            from = to;
            // A space at the end of a line may stand over its edge.
            let seen = self.shape(piece.trim_end(), weight).width(1.0);
            if line_width + seen > width && !line.is_empty() {
                lines.push(self.shape(&line, weight));
                line.clear();
                line_width = 0.0;
            }
            if seen > width {
                line_width = self.break_word(piece, weight, width, &mut line, lines);
                continue;
            }
            line.push_str(piece);
            line_width += self.shape(piece, weight).width(1.0);
        }
        lines.push(self.shape(line.trim_end(), weight));
    }

    /// Breaks a word letter by letter; what is left stays in `line`. Answers its width.
    fn break_word(
        &self,
        word: &str,
        weight: Weight,
        width: f32,
        line: &mut String,
        lines: &mut Vec<Line>,
    ) -> f32 {
        let mut line_width = 0.0;
        for letter in word.chars() {
            let mut buffer = [0; 4];
            let letter_width = self
                .shape(letter.encode_utf8(&mut buffer), weight)
                .width(1.0);
            if line_width + letter_width > width && !line.is_empty() {
                lines.push(self.shape(line, weight));
                line.clear();
                line_width = 0.0;
            }
            line.push(letter);
            line_width += letter_width;
        }
        line_width
    }

    fn shape(&self, words: &str, weight: Weight) -> Line {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for letter in words.chars() {
            let (font, letter) = self.font_for(letter, weight);
            match parts.last_mut() {
                Some((last, words)) if *last == font => words.push(letter),
                _ => parts.push((font, letter.to_string())),
            }
        }
        Line {
            runs: parts
                .into_iter()
                .filter_map(|(font, words)| self.shape_run(font, words))
                .collect(),
        }
    }

    /// The first font of this weight that has the letter.
    fn font_for(&self, letter: char, weight: Weight) -> (usize, char) {
        let first = usize::from(weight == Weight::Bold);
        for font in [first, first + 2] {
            if self
                .faces
                .get(font)
                .is_some_and(|face| face.glyph_index(letter).is_some())
            {
                return (font, letter);
            }
        }
        self.missing.set(true);
        (first, '?')
    }

    fn shape_run(&self, font: usize, words: String) -> Option<Run> {
        let face = self.faces.get(font)?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&words);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = units(face.units_per_em()).max(1.0);

        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .filter_map(|info| usize::try_from(info.cluster).ok())
            .collect();
        let mut glyphs = Vec::with_capacity(starts.len());
        for ((info, position), start) in shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(&starts)
        {
            // A cluster ends where the next one in the words begins.
            let end = starts
                .iter()
                .filter(|other| *other > start)
                .min()
                .copied()
                .unwrap_or(words.len());
            glyphs.push(KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: *start..end,
                x_advance: units(position.x_advance) / em,
                x_offset: units(position.x_offset) / em,
                y_offset: units(position.y_offset) / em,
                y_advance: units(position.y_advance) / em,
                location: None,
            });
        }
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Some(Run {
            font,
            words,
            glyphs,
            width,
        })
    }
}

/// Units of a font. All fit into 16 bits.
fn units(number: i32) -> f32 {
    i16::try_from(number).map_or(0.0, f32::from)
}

/// Words without what can't be printed: controls, marks of order, soft hyphens.
fn clean(words: &str) -> String {
    let kept = words
        .chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter });
    kept.filter(|letter| !letter.is_control() && !is_unseen(*letter))
        .collect()
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(words: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::new().unwrap();
        let line = |line: &Line| {
            line.runs
                .iter()
                .map(|run| run.words.as_str())
                .collect::<String>()
        };
        fonts
            .wrap(words, Weight::Regular, 10.0, width)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn lines_break_between_words_and_nothing_is_lost() {
        let words = "The committee reviews this policy every year, and whenever the law changes.";
        let lines = broken(words, 120.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), words);
    }

    #[test]
    fn no_line_is_wider_than_its_room() {
        let fonts = Fonts::new().unwrap();
        let long = "https://stairgate.example/a/very/long/address/that/has/no/room ".repeat(3)
            + &"x".repeat(300);
        for line in fonts.wrap(&long, Weight::Bold, 10.0, 90.0) {
            let words: String = line.runs.iter().map(|run| run.words.as_str()).collect();
            assert!(
                fonts.line(words.trim_end(), Weight::Bold).width(10.0) <= 90.5,
                "{words}"
            );
        }
    }

    #[test]
    fn line_breaks_that_were_typed_are_kept() {
        assert_eq!(broken("one\ntwo\r\nthree", 500.0), ["one", "two", "three"]);
        assert_eq!(broken("", 500.0), Vec::<String>::new());
    }

    #[test]
    fn letters_of_our_neighbours_are_there_and_others_are_owned_up_to() {
        let fonts = Fonts::new().unwrap();
        fonts.line(
            "Ŵyn Ó Súilleabháin Żółć Čapek “quoted” – €5",
            Weight::Regular,
        );
        assert!(!fonts.has_missing());
        fonts.line("你好", Weight::Regular);
        assert!(fonts.has_missing());
    }
}
