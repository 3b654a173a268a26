//! The reader's judgement: known examples, one rule per control, and what they say about a clause.

use super::corpus::Example;
use super::features::{Around, Counts, WEIGHTS, counts};
use super::space::{Postings, Space, Vector, at, count};
use super::train::{Rule, learn};

/// How many of the nearest examples have a say of their own.
const NEAREST: usize = 12;

/// The known examples and the rules learned from them.
pub(crate) struct Model {
    /// The ids of the controls, in the catalogue's order.
    pub(crate) ids: Vec<String>,
    /// The known examples.
    pub(crate) examples: Vec<Known>,
    /// A rule for each control, and last the one for "nothing": headings, addresses, contents.
    pub(crate) rules: Vec<Rule>,
    space: Space,
    postings: Postings,
    /// For each example: the rules that it has a say in.
    says: Vec<Vec<(u16, f32)>>,
}

/// A known example, with its controls as places in the list of ids.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    /// The clause.
    pub(crate) text: String,
    /// Its section's title, where known.
    pub(crate) section: String,
    /// Places in the list of ids; none: it speaks of nothing.
    pub(crate) controls: Vec<u16>,
    /// Whether it is the catalogue's own text.
    pub(crate) catalogue: bool,
}

/// What the model says about one clause, for each control in order.
pub(crate) struct Verdict {
    /// The rules' margins: above nought speaks for the control. The last is "nothing".
    pub(crate) margins: Vec<f32>,
    /// The say of the nearest examples, nought to one.
    pub(crate) near: Vec<f32>,
    /// The nearest examples with their nearness, nearest first.
    pub(crate) nearest: Vec<(u32, f32)>,
}

impl Model {
    /// Learns from the examples.
    pub(crate) fn learn(ids: &[String], examples: &[Example]) -> Model {
        let examples = known(ids, examples);
        let (space, vectors) = place(&examples);
        let importance: Vec<f32> = examples
            .iter()
            .map(|e| if e.catalogue { 0.6 } else { 1.0 })
            .collect();
        let features = space.len();
        let all: Vec<usize> = (0..=ids.len()).collect();
        let learned = |part: &[usize]| -> Vec<Rule> {
            part.iter()
                .map(|label| {
                    let yes: Vec<bool> = examples
                        .iter()
                        .map(|e| speaks_of(e, *label, ids.len()))
                        .collect();
                    learn(&vectors, features, &yes, &importance)
                })
                .collect()
        };
        let (first, second) = all.split_at(all.len() / 2);
        let rules = std::thread::scope(|scope| {
            let other = scope.spawn(|| learned(second));
            let mut rules = learned(first);
            rules.extend(other.join().unwrap_or_default());
            rules
        });
        Model::put_together(ids.to_vec(), examples, rules, space, &vectors)
    }

    /// A model from what was learned before.
    pub(crate) fn of(ids: Vec<String>, examples: Vec<Known>, rules: Vec<Rule>) -> Model {
        let (space, vectors) = place(&examples);
        Model::put_together(ids, examples, rules, space, &vectors)
    }

    fn put_together(
        ids: Vec<String>,
        examples: Vec<Known>,
        rules: Vec<Rule>,
        space: Space,
        vectors: &[Vector],
    ) -> Model {
        let postings = Postings::of(vectors, space.len());
        let mut says = vec![Vec::new(); examples.len()];
        for (label, rule) in (0_u16..).zip(&rules) {
            for (number, weight) in &rule.support {
                if let Some(list) = at(*number).and_then(|n| says.get_mut(n)) {
                    list.push((label, *weight));
                }
            }
        }
        Model {
            ids,
            examples,
            rules,
            space,
            postings,
            says,
        }
    }

    /// What the examples and rules say about a clause.
    pub(crate) fn judge(&self, text: &str, around: Around<'_>) -> Verdict {
        let vector = self.space.vector(text, around);
        let mut nearness = vec![0.0_f32; self.examples.len()];
        for (id, x) in &vector {
            for (number, y) in self.postings.with(*id) {
                if let Some(sum) = at(*number).and_then(|n| nearness.get_mut(n)) {
                    *sum += x * y;
                }
            }
        }
        let mut margins: Vec<f32> = self.rules.iter().map(|rule| rule.bias).collect();
        for (near, says) in nearness.iter().zip(&self.says) {
            if *near <= 0.0 {
                continue;
            }
            for (label, weight) in says {
                if let Some(margin) = margins.get_mut(usize::from(*label)) {
                    *margin += near * weight;
                }
            }
        }
        let nearest = nearest(&nearness);
        let near = self.say_of(&nearest);
        Verdict {
            margins,
            near,
            nearest,
        }
    }

    /// A text in the model's space.
    pub(crate) fn vector(&self, text: &str, around: Around<'_>) -> Vector {
        self.space.vector(text, around)
    }

    /// How near a clause is to itself.
    pub(crate) fn full_length() -> f32 {
        WEIGHTS.iter().map(|weight| weight * weight).sum()
    }

    /// The share of the nearest examples' nearness that speaks for each control.
    fn say_of(&self, nearest: &[(u32, f32)]) -> Vec<f32> {
        let mut near = vec![0.0_f32; self.ids.len() + 1];
        let mut all = 0.000_1_f32;
        for (number, nearness) in nearest {
            let Some(example) = at(*number).and_then(|n| self.examples.get(n)) else {
                continue;
            };
            let weight = nearness * nearness;
            all += weight;
            for label in &example.controls {
                if let Some(sum) = near.get_mut(usize::from(*label)) {
                    *sum += weight;
                }
            }
            if example.controls.is_empty()
                && let Some(sum) = near.last_mut()
            {
                *sum += weight;
            }
        }
        near.iter().map(|sum| sum / all).collect()
    }

    /// How much one feature of a clause speaks for a control.
    pub(crate) fn weight_of(&self, key: u64, label: usize) -> f32 {
        let Some((id, rarity)) = self.space.feature(key) else {
            return 0.0;
        };
        let Some(rule) = self.rules.get(label) else {
            return 0.0;
        };
        let mut support = rule.support.iter().peekable();
        let mut sum = 0.0;
        for (number, x) in self.postings.with(id) {
            while support.next_if(|(n, _)| n < number).is_some() {}
            if let Some((n, weight)) = support.peek()
                && n == number
            {
                sum += x * weight;
            }
        }
        sum * rarity
    }
}

/// The examples of a corpus as the model keeps them.
pub(crate) fn known(ids: &[String], examples: &[Example]) -> Vec<Known> {
    examples
        .iter()
        .map(|example| Known {
            text: example.text.clone(),
            section: example.section.clone(),
            controls: example
                .controls
                .iter()
                .filter_map(|id| ids.iter().position(|known| known == id))
                .filter_map(|place| u16::try_from(place).ok())
                .collect(),
            catalogue: example.origin == "catalogue",
        })
        .collect()
}

fn speaks_of(example: &Known, label: usize, nothing: usize) -> bool {
    if label == nothing {
        return example.controls.is_empty();
    }
    example
        .controls
        .iter()
        .any(|control| usize::from(*control) == label)
}

fn place(examples: &[Known]) -> (Space, Vec<Vector>) {
    let counted: Vec<Counts> = examples
        .iter()
        .map(|example| {
            counts(
                &example.text,
                Around {
                    section: &example.section,
                    lead: "",
                },
            )
        })
        .collect();
    let space = Space::of(&counted);
    let vectors = counted.iter().map(|counts| space.place(counts)).collect();
    (space, vectors)
}

/// The nearest examples, nearest first; of equally near ones the first.
fn nearest(nearness: &[f32]) -> Vec<(u32, f32)> {
    let mut best: Vec<(u32, f32)> = Vec::with_capacity(NEAREST + 1);
    for (number, near) in (0_u32..).zip(nearness) {
        let worst = if best.len() < NEAREST {
            0.0
        } else {
            best.last().map_or(0.0, |(_, n)| *n)
        };
        if *near > worst {
            let place = best.partition_point(|(_, other)| other >= near);
            best.insert(place, (number, *near));
            best.truncate(NEAREST);
        }
    }
    debug_assert!(count(best.len()) <= 12.0, "only the nearest are kept");
    best
}
