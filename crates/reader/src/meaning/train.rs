//! Learning what speaks for a control: one linear rule per control, as a weighted sum of known examples.
//! Dual coordinate descent on the squared hinge; most examples end with no weight at all.

use super::space::{Vector, at};

/// How strongly the rules follow the examples.
pub(crate) const COST: f32 = 1.0;
/// A positive example counts this much more than a negative one.
pub(crate) const POSITIVE: f32 = 3.0;
/// Rounds over the examples at most.
const ROUNDS: usize = 14;

/// The rule of one control: how much each example speaks for (or against) it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rule {
    /// What is added whatever the clause says.
    pub(crate) bias: f32,
    /// Examples by number, with their signed weight.
    pub(crate) support: Vec<(u32, f32)>,
}

/// Learns the rule that tells the examples with `yes` from the others.
pub(crate) fn learn(vectors: &[Vector], features: usize, yes: &[bool], importance: &[f32]) -> Rule {
    let mut weights = vec![0.0_f32; features];
    let mut bias = 0.0_f32;
    let mut alpha = vec![0.0_f32; vectors.len()];
    let squares: Vec<f32> = vectors
        .iter()
        .map(|v| v.iter().map(|(_, x)| x * x).sum::<f32>() + 1.0)
        .collect();
    let mut order: Vec<u32> = (0..u32::try_from(vectors.len()).unwrap_or(u32::MAX)).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..ROUNDS {
        dice.shuffle(&mut order);
        let mut largest = 0.0_f32;
        let mut kept = Vec::with_capacity(order.len());
        for number in &order {
            let Some(i) = at(*number) else { continue };
            let (Some(vector), Some(yes), Some(square), Some(alpha), Some(importance)) = (
                vectors.get(i),
                yes.get(i),
                squares.get(i),
                alpha.get_mut(i),
                importance.get(i),
            ) else {
                continue;
            };
            let sign = if *yes { 1.0 } else { -1.0 };
            let soft = 0.5 / (COST * importance * if *yes { POSITIVE } else { 1.0 });
            let gradient = sign * (dot(&weights, vector) + bias) - 1.0 + soft * *alpha;
            if *alpha <= 0.0 && gradient > 0.0 {
                if gradient < 0.35 || round < 2 {
                    kept.push(*number);
                }
                continue;
            }
            kept.push(*number);
            largest = largest.max(gradient.abs());
            let before = *alpha;
            *alpha = (before - gradient / (square + soft)).max(0.0);
            let step = (*alpha - before) * sign;
            if step != 0.0 {
                for (id, x) in vector {
                    if let Some(weight) = at(*id).and_then(|id| weights.get_mut(id)) {
                        *weight += step * x;
                    }
                }
                bias += step;
            }
        }
        order = kept;
        if largest < 0.02 {
            break;
        }
    }
    let support = (0_u32..)
        .zip(alpha.iter().zip(yes))
        .filter(|(_, (alpha, _))| **alpha > 0.0)
        .map(|(number, (alpha, yes))| (number, if *yes { *alpha } else { -alpha }))
        .collect();
    Rule { bias, support }
}

fn dot(weights: &[f32], vector: &Vector) -> f32 {
    vector
        .iter()
        .filter_map(|(id, x)| at(*id).and_then(|id| weights.get(id)).map(|w| w * x))
        .sum()
}

/// Chance that is the same each time: the order of learning must not change from build to build.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, list: &mut [u32]) {
        for last in (1..list.len()).rev() {
            let bound = u64::try_from(last).unwrap_or(0) + 1;
            let other = usize::try_from(self.next() % bound).unwrap_or(0);
            list.swap(last, other);
        }
    }
}
