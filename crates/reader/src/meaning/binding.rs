//! From what rules and examples say to suggestions: how likely each control is, and where the reader is sure.

use super::features::{Around, word_key};
use super::model::{Model, Verdict};
use super::space::{Vector, at};
use super::words::{is_empty, words};
use crate::learned::{Correction, Learned};
use crate::reading::{Suggestion, Why};
use std::collections::BTreeMap;

/// What the nearest examples add to a rule's margin.
const NEAR: f32 = 1.0;
/// From here on a control is bound (found by leaving one policy out; see `docs/decisions/reader.md`).
const SURE: f32 = -0.2;
/// From here on the likeliest control is bound, though others are not.
const SURE_FIRST: f32 = -0.5;
/// Slope and middle of the curve that turns a margin into a likelihood.
const SLOPE: f32 = 5.4;
const MIDDLE: f32 = -0.07;
/// The least number of suggestions for a clause, and the most.
const SUGGESTED: std::ops::RangeInclusive<usize> = 3..=6;
/// From here on two clauses are the same but for a word or a comma.
const SAME: f32 = 0.9;
/// From here on a learned clause has a say.
const ALIKE: f32 = 0.5;
/// More words of a clause are not weighed one by one.
const REASONS_FROM_WORDS: usize = 60;

/// What a text looks like from where it stands, before its words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// A bare title: a word or three with a capital, without a verb or a full stop.
    Title,
    /// A heading by its form: short, no full stop, or marked as one.
    Heading,
    /// Could be either.
    Either,
    /// A sentence, or a point of a list.
    Clause,
}

impl Looks {
    /// How much "it speaks of nothing" has to lead to win.
    fn lead_of_nothing(self) -> f32 {
        match self {
            Looks::Title => -3.0,
            Looks::Heading => -1.0,
            Looks::Either => -0.35,
            Looks::Clause => 0.35,
        }
    }
}

/// What the reader thinks of a clause.
pub(crate) struct Opinion {
    /// Whether it speaks of nothing: a heading, an address, a line of the contents.
    pub(crate) nothing: bool,
    /// The controls, the likeliest first.
    pub(crate) controls: Vec<Suggestion>,
}

/// What was corrected in this setting, placed in the model's space.
pub(crate) struct Corrected<'a> {
    list: Vec<(&'a Correction, Vector)>,
}

impl<'a> Corrected<'a> {
    /// Places the corrections.
    pub(crate) fn of(model: &Model, learned: &'a Learned) -> Corrected<'a> {
        let list = learned
            .corrections()
            .iter()
            .map(|correction| {
                (
                    correction,
                    model.vector(&correction.text, Around::default()),
                )
            })
            .collect();
        Corrected { list }
    }

    /// The corrections that are alike, the most alike first; of equally alike ones the latest.
    fn alike(&self, model: &Model, text: &str) -> Vec<(f32, &'a Correction)> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let vector = model.vector(text, Around::default());
        let mut alike: Vec<(f32, &Correction)> = self
            .list
            .iter()
            .rev()
            .map(|(correction, other)| (cosine(&vector, other), *correction))
            .filter(|(alike, _)| *alike >= ALIKE)
            .collect();
        alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        alike.truncate(5);
        alike
    }
}

/// The reader's opinion of a clause.
pub(crate) fn opinion(
    model: &Model,
    corrected: &Corrected<'_>,
    text: &str,
    around: Around<'_>,
    looks: Looks,
) -> Opinion {
    let verdict = model.judge(text, around);
    let mut margins: Vec<f32> = verdict
        .margins
        .iter()
        .zip(&verdict.near)
        .map(|(margin, near)| margin + NEAR * near)
        .collect();
    let nothing_margin =
        margins.pop().unwrap_or(0.0) - (NEAR - 0.6) * verdict.near.last().unwrap_or(&0.0);
    let alike = corrected.alike(model, text);
    for (nearness, correction) in &alike {
        for (margin, id) in margins.iter_mut().zip(&model.ids) {
            if correction.controls.contains(id) {
                *margin += 1.5 * nearness * nearness;
            }
        }
    }
    let mut ranked: Vec<(usize, f32)> = margins.iter().copied().enumerate().collect();
    ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let first = ranked.first().map_or(f32::MIN, |(_, margin)| *margin);
    let taught = alike
        .first()
        .filter(|(nearness, _)| *nearness >= SAME)
        .map(|(_, correction)| *correction);
    let nothing = match taught {
        Some(correction) => correction.controls.is_empty(),
        None => nothing_margin > first + looks.lead_of_nothing(),
    };
    let judged = Judged {
        model,
        verdict: &verdict,
        alike: &alike,
        text,
        around,
    };
    let mut controls: Vec<Suggestion> = ranked
        .iter()
        .enumerate()
        .take_while(|(place, (_, margin))| {
            place < SUGGESTED.start() || (place < SUGGESTED.end() && *margin > SURE)
        })
        .map(|(place, (label, margin))| {
            let sure = *margin > SURE || (place == 0 && *margin > SURE_FIRST);
            judged.suggestion(*label, likelihood(*margin), sure && !nothing)
        })
        .collect();
    if let Some(correction) = taught {
        take_over(&mut controls, correction, &judged);
    }
    Opinion { nothing, controls }
}

/// Learned controls first and bound, the others unbound behind them.
fn take_over(controls: &mut Vec<Suggestion>, correction: &Correction, judged: &Judged<'_>) {
    let places = correction
        .controls
        .iter()
        .filter_map(|id| judged.model.ids.iter().position(|known| known == id));
    let mut taught: Vec<Suggestion> = places
        .map(|label| judged.suggestion(label, 0.99, true))
        .collect();
    for control in controls.drain(..) {
        if !correction.controls.contains(&control.id) && taught.len() < *SUGGESTED.end() {
            taught.push(Suggestion {
                bound: false,
                score: control.score.min(0.5),
                ..control
            });
        }
    }
    *controls = taught;
}

/// All that is known about one clause while its suggestions are made.
struct Judged<'a> {
    model: &'a Model,
    verdict: &'a Verdict,
    alike: &'a [(f32, &'a Correction)],
    text: &'a str,
    around: Around<'a>,
}

impl Judged<'_> {
    fn suggestion(&self, label: usize, score: f32, bound: bool) -> Suggestion {
        let id = self.model.ids.get(label).cloned().unwrap_or_default();
        let because = self.because(label, &id);
        Suggestion {
            id,
            score,
            bound,
            values: BTreeMap::new(),
            because,
        }
    }

    fn because(&self, label: usize, id: &str) -> Vec<Why> {
        let mut because = Vec::new();
        if let Some((alike, correction)) = self
            .alike
            .iter()
            .find(|(_, correction)| correction.controls.iter().any(|c| c == id))
        {
            because.push(Why::Learned {
                text: correction.text.clone(),
                alike: hundredths(*alike),
            });
        }
        let mut weighed: Vec<(f32, String)> = Vec::new();
        for word in words(self.text, REASONS_FROM_WORDS)
            .iter()
            .filter(|word| !is_empty(word))
        {
            let weight = self.model.weight_of(word_key(word), label);
            if weight > 0.0 && !weighed.iter().any(|(_, known)| *known == word.written) {
                weighed.push((weight, word.written.clone()));
            }
        }
        weighed.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        because.extend(
            weighed
                .into_iter()
                .take(4)
                .map(|(_, word)| Why::Word { word }),
        );
        let examples = self.verdict.nearest.iter().filter_map(|(number, near)| {
            let example = at(*number).and_then(|n| self.model.examples.get(n))?;
            let speaks = example
                .controls
                .iter()
                .any(|control| usize::from(*control) == label);
            (speaks && !example.catalogue).then(|| Why::Example {
                text: example.text.clone(),
                alike: hundredths((near / Model::full_length()).min(1.0)),
            })
        });
        because.extend(examples.take(2));
        if let Some(around) = self.pointing(label) {
            because.push(Why::Around {
                text: around.to_owned(),
            });
        }
        because
    }

    /// The heading or line above, when its words speak for the control.
    fn pointing(&self, label: usize) -> Option<&str> {
        [self.around.lead, self.around.section]
            .into_iter()
            .find(|around| {
                let sum: f32 = words(around, 40)
                    .iter()
                    .filter(|word| !is_empty(word))
                    .map(|word| self.model.weight_of(word_key(word), label))
                    .sum();
                sum > 1.0
            })
    }
}

fn likelihood(margin: f32) -> f32 {
    hundredths(1.0 / (1.0 + (-SLOPE * (margin - MIDDLE)).exp()))
}

/// Two figures are enough for people, and keep the answer the same from machine to machine.
fn hundredths(share: f32) -> f32 {
    (share * 100.0).round() / 100.0
}

fn cosine(one: &Vector, other: &Vector) -> f32 {
    let mut others = other.iter().peekable();
    let mut sum = 0.0;
    for (id, x) in one {
        while others.next_if(|(other, _)| other < id).is_some() {}
        if let Some((other, y)) = others.peek()
            && other == id
        {
            sum += x * y;
        }
    }
    let length = |vector: &Vector| vector.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    let lengths = length(one) * length(other);
    if lengths > 0.0 { sum / lengths } else { 0.0 }
}
