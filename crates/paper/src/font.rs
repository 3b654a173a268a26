//! Our fonts: measures words, shapes them into glyphs, puts them in the order in which they are seen,
//! and breaks them into lines.

use crate::PaperError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::cell::Cell;
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// A line of words, shaped, in parts of one font and one direction each, from left to right as they
/// are seen. Widths are for letters of size 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The words as they are read.
    pub(crate) words: String,
    pub(crate) runs: Vec<Run>,
}

/// Words in one font and one direction.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) font: usize,
    pub(crate) words: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

/// The fonts that paper has, each regular and bold.
pub(crate) struct Fonts {
    /// Whether words run from right to left where they do not say themselves.
    pub(crate) is_right_to_left: bool,
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
    pub(crate) fn new(is_right_to_left: bool) -> Result<Fonts, PaperError> {
        let mut fonts = Fonts {
            is_right_to_left,
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
                .push(Font::new(bytes.as_slice().into(), 0).ok_or(PaperError::Font)?);
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
        let words = clean(words);
        let from_right = self.begins_right(&words);
        self.shape(&words, weight, from_right)
    }

    /// Whether a paragraph runs from right to left: in a document that does, unless all its letters
    /// run from left to right, as the words of a policy in English do.
    fn begins_right(&self, paragraph: &str) -> bool {
        self.is_right_to_left
            && (paragraph.chars().any(may_turn) || !paragraph.chars().any(char::is_alphabetic))
    }

    /// The width of the widest word.
    pub(crate) fn widest_word(&self, words: &str, weight: Weight, size: f32) -> f32 {
        let widths = words
            .split_whitespace()
            .map(|word| self.line(word, weight).width(size));
        widths.fold(0.0, f32::max)
    }

    fn wrap_one(&self, words: &str, weight: Weight, width: f32, lines: &mut Vec<Line>) {
        let from_right = self.begins_right(words);
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
            let seen = self.shape(piece.trim_end(), weight, from_right).width(1.0);
            if line_width + seen > width && !line.is_empty() {
                lines.push(self.shape(&line, weight, from_right));
                line.clear();
                line_width = 0.0;
            }
            if seen > width {
                line_width = self.break_word(piece, weight, width, &mut line, lines);
                continue;
            }
            line.push_str(piece);
            line_width += self.shape(piece, weight, from_right).width(1.0);
        }
        lines.push(self.shape(line.trim_end(), weight, from_right));
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
                .shape(letter.encode_utf8(&mut buffer), weight, false)
                .width(1.0);
            if line_width + letter_width > width && !line.is_empty() {
                lines.push(self.shape(line, weight, false));
                line.clear();
                line_width = 0.0;
            }
            line.push(letter);
            line_width += letter_width;
        }
        line_width
    }

    fn shape(&self, words: &str, weight: Weight, from_right: bool) -> Line {
        let mut runs = Vec::new();
        for (part, is_right_to_left) in in_order(words, from_right) {
            let mut parts = self.by_font(part, weight);
            if is_right_to_left {
                parts.reverse();
            }
            let shaped = parts
                .into_iter()
                .filter_map(|(font, words)| self.shape_run(font, words, is_right_to_left));
            runs.extend(shaped);
        }
        Line {
            words: words.to_owned(),
            runs,
        }
    }

    /// Words in parts of one font each, as they are read.
    fn by_font(&self, words: &str, weight: Weight) -> Vec<(usize, String)> {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for letter in words.chars() {
            let last = parts.last().map(|(font, _)| *font);
            if is_mark(letter) {
                // Marks of order have done their work; joiners matter to letters that join.
                let joins = matches!(letter, '\u{200c}' | '\u{200d}');
                if let Some((_, words)) = parts
                    .last_mut()
                    .filter(|(font, _)| joins && self.has(*font, letter))
                {
                    words.push(letter);
                }
                continue;
            }
            let (font, letter) = self.font_for(letter, weight, last);
            match parts.last_mut() {
                Some((last, words)) if *last == font => words.push(letter),
                _ => parts.push((font, letter.to_string())),
            }
        }
        parts
    }

    fn has(&self, font: usize, letter: char) -> bool {
        self.faces
            .get(font)
            .is_some_and(|face| face.glyph_index(letter).is_some())
    }

    /// The first font of this weight that has the letter. Spaces and signs stay in the font of the
    /// letters before them.
    fn font_for(&self, letter: char, weight: Weight, last: Option<usize>) -> (usize, char) {
        if let Some(last) = last.filter(|_| !letter.is_alphabetic() && !is_private(letter))
            && self.has(last, letter)
        {
            return (last, letter);
        }
        let first = usize::from(weight == Weight::Bold);
        // What letters of private use mean, only their makers know: a file that is kept has none.
        if is_private(letter) {
            self.missing.set(true);
            return (first, '?');
        }
        for font in (first..self.faces.len()).step_by(2) {
            if self.has(font, letter) {
                return (font, letter);
            }
        }
        self.missing.set(true);
        (first, '?')
    }

    fn shape_run(&self, font: usize, words: String, is_right_to_left: bool) -> Option<Run> {
        let face = self.faces.get(font)?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&words);
        buffer.guess_segment_properties();
        buffer.set_direction(if is_right_to_left {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = units(face.units_per_em()).max(1.0);

        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .filter_map(|info| usize::try_from(info.cluster).ok())
            .collect();
        let mut in_words = starts.clone();
        in_words.sort_unstable();
        let mut glyphs = Vec::with_capacity(starts.len());
        for ((info, position), start) in shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(&starts)
        {
            // A cluster ends where the next one in the words begins.
            let next = in_words.partition_point(|other| other <= start);
            let end = in_words.get(next).copied().unwrap_or(words.len());
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

/// The parts of a line by their direction, from left to right as they are seen.
fn in_order(words: &str, from_right: bool) -> Vec<(&str, bool)> {
    if !from_right && !words.chars().any(may_turn) {
        return vec![(words, false)];
    }
    let base = if from_right {
        Level::rtl()
    } else {
        Level::ltr()
    };
    let info = BidiInfo::new(words, Some(base));
    let mut parts = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_right_to_left = levels.get(run.start).is_some_and(Level::is_rtl);
            if let Some(part) = words.get(run) {
                parts.push((part, is_right_to_left));
            }
        }
    }
    parts
}

/// Units of a font. All fit into 16 bits.
fn units(number: i32) -> f32 {
    i16::try_from(number).map_or(0.0, f32::from)
}

/// Words without what can't be printed: controls, soft hyphens, marks that turn the order of letters
/// around. Marks that only set a part apart are kept for putting words in order.
fn clean(words: &str) -> String {
    let kept = words
        .chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter });
    kept.filter(|letter| !letter.is_control() && !is_unseen(*letter))
        .collect()
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Marks that are never drawn: joiners, and what sets a part apart.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200c}'..='\u{200f}' | '\u{2066}'..='\u{2069}')
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Whether a letter may run from right to left, or say that others do.
fn may_turn(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(words: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::new(false).unwrap();
        let line = |line: &Line| line.words.clone();
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
        let fonts = Fonts::new(false).unwrap();
        let long = "https://stairgate.example/a/very/long/address/that/has/no/room ".repeat(3)
            + &"x".repeat(300);
        for line in fonts.wrap(&long, Weight::Bold, 10.0, 90.0) {
            let words = line.words;
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
    fn words_from_right_to_left_are_seen_in_their_order_and_read_in_theirs() {
        let fonts = Fonts::new(true).unwrap();
        let line = fonts.line("قرأت Thistledown 22 نوفمبر", Weight::Regular);
        assert_eq!(line.words, "قرأت Thistledown 22 نوفمبر");
        let seen: Vec<&str> = line.runs.iter().map(|run| run.words.trim()).collect();
        assert_eq!(seen.first(), Some(&"نوفمبر"));
        assert_eq!(seen.last(), Some(&"قرأت"));
        // Words that run from left to right all the way stay so, with their full stop at their end.
        let english = fonts.line("Written permission.", Weight::Regular);
        assert_eq!(english.runs.len(), 1);
        assert!(!fonts.has_missing());
    }

    #[test]
    fn a_name_that_is_set_apart_is_drawn_without_its_marks() {
        let fonts = Fonts::new(true).unwrap();
        let line = fonts.line("أخبر \u{2068}Wren (3)\u{2069} بذلك", Weight::Regular);
        let seen: String = line.runs.iter().map(|run| run.words.as_str()).collect();
        assert!(
            seen.contains("Wren (3)") && !seen.contains('\u{2068}'),
            "{seen}"
        );
        assert!(!fonts.has_missing());
    }

    #[test]
    fn every_language_of_families_has_its_letters() {
        let fonts = Fonts::new(false).unwrap();
        for words in [
            "Zażółć gęślą jaźń ŁŚŹ",
            "Ștefan, Țara, înțeleg, ăâî ĂÂÎ",
            "Їжак, ґанок, єдність, об’єкт ҐЄІЇ «»",
            "السؤال؟ إلى، أؤئةىآ ءً؛ ٪ «»",
            "ٹھیک ہے، ڈاکٹر، چھوٹے، گھر، ژ ں ۓ ؤ ۃ ”۔“",
        ] {
            fonts.line(words, Weight::Bold);
            assert!(!fonts.has_missing(), "{words}");
        }
    }

    #[test]
    fn letters_of_our_neighbours_are_there_and_others_are_owned_up_to() {
        let fonts = Fonts::new(false).unwrap();
        fonts.line(
            "Ŵyn Ó Súilleabháin Żółć Čapek “quoted” – €5",
            Weight::Regular,
        );
        assert!(!fonts.has_missing());
        fonts.line("你好", Weight::Regular);
        assert!(fonts.has_missing());
    }
}
