//! One page of a PDF as lines: letters are placed as the page places them, and gaps become spaces and line ends.

use super::fonts::{Font, Fonts};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::rc::Rc;

/// Forms within forms deeper than this are not drawn.
const DEEP: usize = 5;

/// What is left of the bounds of a document.
pub(super) struct Budget {
    /// Drawing instructions.
    pub(super) steps: usize,
    /// Unpacked bytes.
    pub(super) bytes: usize,
    /// Characters.
    pub(super) characters: usize,
}

/// The lines of a page.
pub(super) fn lines(
    pdf: &Document,
    id: ObjectId,
    fonts: &mut Fonts,
    budget: &mut Budget,
) -> String {
    let none = Dictionary::new();
    let resources = resources(pdf, id).unwrap_or(&none);
    let mut content = Vec::new();
    for part in pdf.get_page_contents(id) {
        if let Ok(stream) = pdf.get_object(part).and_then(Object::as_stream) {
            content.extend(unpacked(stream, budget));
            content.push(b'\n');
        }
    }
    let mut pen = Pen {
        pdf,
        fonts,
        budget,
        drawn: Vec::new(),
        out: Lines::default(),
    };
    pen.draw(&content, resources, Matrix::ONE);
    pen.out.text
}

/// The resources of a page, its own or those of the branch that it hangs on.
fn resources(pdf: &Document, id: ObjectId) -> Option<&Dictionary> {
    let mut node = pdf.get_dictionary(id).ok()?;
    for _ in 0..32 {
        if let Ok(found) = node.get_deref(b"Resources", pdf).and_then(Object::as_dict) {
            return Some(found);
        }
        node = node
            .get_deref(b"Parent", pdf)
            .and_then(Object::as_dict)
            .ok()?;
    }
    None
}

fn unpacked(stream: &Stream, budget: &mut Budget) -> Vec<u8> {
    // What one part unpacks to was counted before; here it is counted again for parts that are used many times.
    let bytes = stream.get_plain_content().unwrap_or_default();
    if bytes.len() > budget.bytes {
        budget.bytes = 0;
        return Vec::new();
    }
    budget.bytes -= bytes.len();
    bytes
}

/// A place and scale on the page: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Clone, Copy)]
struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    const ONE: Matrix = Matrix {
        a: 1.0,
        b: 0.0,
        c: 0.0,
        d: 1.0,
        e: 0.0,
        f: 0.0,
    };

    fn of(operands: &[Object]) -> Option<Matrix> {
        let [a, b, c, d, e, f] = operands else {
            return None;
        };
        Some(Matrix {
            a: real(a)?,
            b: real(b)?,
            c: real(c)?,
            d: real(d)?,
            e: real(e)?,
            f: real(f)?,
        })
    }

    fn moved(x: f32, y: f32) -> Matrix {
        Matrix {
            e: x,
            f: y,
            ..Matrix::ONE
        }
    }

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        Matrix {
            a: self.a * other.a + self.b * other.c,
            b: self.a * other.b + self.b * other.d,
            c: self.c * other.a + self.d * other.c,
            d: self.c * other.b + self.d * other.d,
            e: self.e * other.a + self.f * other.c + other.e,
            f: self.e * other.b + self.f * other.d + other.f,
        }
    }
}

/// How text is set.
#[derive(Clone)]
struct Setting {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
}

impl Setting {
    /// The instructions that only change how text is set.
    fn change(&mut self, operator: &str, number: Option<f32>) {
        match operator {
            "Tc" => self.letter_gap = number.unwrap_or(0.0),
            "Tw" => self.word_gap = number.unwrap_or(0.0),
            "Tz" => self.stretch = number.unwrap_or(100.0) / 100.0,
            "TL" => self.leading = number.unwrap_or(0.0),
            _ => {}
        }
    }
}

struct Pen<'a, 'b> {
    pdf: &'a Document,
    fonts: &'b mut Fonts,
    budget: &'b mut Budget,
    drawn: Vec<ObjectId>,
    out: Lines,
}

impl Pen<'_, '_> {
    fn draw(&mut self, content: &[u8], resources: &Dictionary, page: Matrix) {
        let Ok(content) = Content::decode(content) else {
            return;
        };
        let mut setting = Setting {
            page,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
        };
        let mut kept: Vec<Setting> = Vec::new();
        let mut line = Matrix::ONE;
        let mut at = Matrix::ONE;
        for Operation { operator, operands } in &content.operations {
            if self.budget.steps == 0 || self.budget.characters == 0 {
                return;
            }
            self.budget.steps -= 1;
            let first = operands.first();
            match operator.as_str() {
                "q" if kept.len() < 256 => kept.push(setting.clone()),
                "Q" => {
                    if let Some(before) = kept.pop() {
                        setting = before;
                    }
                }
                "cm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        setting.page = matrix.then(setting.page);
                    }
                }
                "BT" => (line, at) = (Matrix::ONE, Matrix::ONE),
                "Tm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        (line, at) = (matrix, matrix);
                    }
                }
                "Td" | "TD" => {
                    let (x, y) = pair(operands);
                    if operator == "TD" {
                        setting.leading = -y;
                    }
                    line = Matrix::moved(x, y).then(line);
                    at = line;
                }
                "T*" => {
                    line = Matrix::moved(0.0, -setting.leading).then(line);
                    at = line;
                }
                "Tf" => {
                    if let Some(name) = first.and_then(|name| name.as_name().ok()) {
                        setting.font = self.fonts.named(self.pdf, resources, name);
                    }
                    setting.size = operands.get(1).and_then(real).unwrap_or(1.0);
                }
                "Tj" => self.show(first, &setting, &mut at),
                "'" | "\"" => {
                    line = Matrix::moved(0.0, -setting.leading).then(line);
                    at = line;
                    self.show(operands.last(), &setting, &mut at);
                }
                "TJ" => self.show_all(first, &setting, &mut at),
                "Do" => self.form(first, resources, setting.page),
                _ => setting.change(operator, first.and_then(real)),
            }
        }
    }

    /// Texts with gaps between them.
    fn show_all(&mut self, list: Option<&Object>, setting: &Setting, at: &mut Matrix) {
        for part in list
            .and_then(|list| list.as_array().ok())
            .into_iter()
            .flatten()
        {
            if let Some(back) = real(part) {
                let x = -back / 1000.0 * setting.size * setting.stretch;
                *at = Matrix::moved(x, 0.0).then(*at);
            } else {
                self.show(Some(part), setting, at);
            }
        }
    }

    /// A form: a piece of page that is drawn here. Pictures are passed over.
    fn form(&mut self, name: Option<&Object>, resources: &Dictionary, page: Matrix) {
        let Some(name) = name.and_then(|name| name.as_name().ok()) else {
            return;
        };
        let Ok(forms) = resources
            .get_deref(b"XObject", self.pdf)
            .and_then(Object::as_dict)
        else {
            return;
        };
        let Ok(id) = forms.get(name).and_then(Object::as_reference) else {
            return;
        };
        let Ok(stream) = self.pdf.get_object(id).and_then(Object::as_stream) else {
            return;
        };
        let is_form = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Form");
        if !is_form || self.drawn.contains(&id) || self.drawn.len() >= DEEP {
            return;
        }
        let own = stream
            .dict
            .get_deref(b"Resources", self.pdf)
            .and_then(Object::as_dict)
            .unwrap_or(resources);
        let matrix = stream
            .dict
            .get_deref(b"Matrix", self.pdf)
            .and_then(Object::as_array)
            .ok()
            .and_then(|list| Matrix::of(list))
            .unwrap_or(Matrix::ONE);
        let content = unpacked(stream, self.budget);
        self.drawn.push(id);
        self.draw(&content, own, matrix.then(page));
        self.drawn.pop();
    }

    fn show(&mut self, text: Option<&Object>, setting: &Setting, at: &mut Matrix) {
        let Some(bytes) = text.and_then(|text| text.as_str().ok()) else {
            return;
        };
        let Some(font) = &setting.font else { return };
        let codes = bytes.chunks(if font.wide { 2 } else { 1 });
        for code in codes {
            let code = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let (letters, width) = font.letter(code);
            let place = at.then(setting.page);
            let height = (setting.size * place.d.hypot(place.c)).abs().max(0.1);
            let scale = place.a.hypot(place.b);
            let across = width / 1000.0 * setting.size * setting.stretch;
            self.out
                .add(letters, place.e, place.f, across * scale, height);
            self.budget.characters = self.budget.characters.saturating_sub(1);
            let mut step = across + setting.letter_gap * setting.stretch;
            if code == 32 && !font.wide {
                step += setting.word_gap * setting.stretch;
            }
            *at = Matrix::moved(step, 0.0).then(*at);
        }
    }
}

/// Lines as they come together from placed letters.
#[derive(Default)]
struct Lines {
    text: String,
    last: Option<(f32, f32, f32)>,
}

impl Lines {
    fn add(&mut self, letters: &str, x: f32, y: f32, width: f32, height: f32) {
        if let Some((end, base, tall)) = self.last {
            let down = base - y;
            let tall = tall.max(height);
            if down.abs() > tall * 0.6 || x < end - tall * 2.5 {
                self.text.push('\n');
                if down > tall * 1.75 || down < -tall * 1.5 {
                    self.text.push('\n');
                }
            } else if x > end + tall * 0.17 && !self.text.ends_with([' ', '\n']) && letters != " " {
                self.text.push(' ');
            }
        }
        self.text.push_str(letters);
        self.last = Some((x + width, y, height));
    }
}

fn pair(operands: &[Object]) -> (f32, f32) {
    let number = |place: usize| operands.get(place).and_then(real).unwrap_or(0.0);
    (number(0), number(1))
}

fn real(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}
