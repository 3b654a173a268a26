//! How letters of names are written in few bits: a code for each letter after each two letters
//! before it, learned from the names of the lists themselves and kept in the file.
//! Names are written from their end, so that a name above is the beginning of a name below.

/// Letters: the dot, a to z, 0 to 9, the dash, the underscore.
pub(super) const LETTERS: usize = 39;

/// Two letters before.
const CONTEXTS: usize = LETTERS * LETTERS;

/// The longest code of a letter.
const BITS_MAX: u8 = 15;

/// Bytes of the kept form: one length of a code per letter and context.
pub(super) const LENGTHS: usize = CONTEXTS * LETTERS;

const NO_LETTER: u8 = 255;

/// The letter of a byte.
const LETTER_OF: [u8; 256] = {
    let mut table = [NO_LETTER; 256];
    let mut at = 0;
    while at < LETTERS {
        #[expect(clippy::indexing_slicing, reason = "reckoned while compiling")]
        #[expect(clippy::cast_possible_truncation, reason = "39 letters")]
        {
            table[BYTES[at] as usize] = at as u8;
        }
        at += 1;
    }
    table
};

const BYTES: &[u8; LETTERS] = b".abcdefghijklmnopqrstuvwxyz0123456789-_";

/// The dot.
const DOT: u8 = 0;

/// The letter of a byte of a name; nothing for bytes that no name has.
pub(super) fn letter_of(byte: u8) -> Option<u8> {
    match LETTER_OF.get(usize::from(byte)) {
        Some(letter) if *letter != NO_LETTER => Some(*letter),
        _ => None,
    }
}

/// The byte of a letter.
pub(super) fn byte_of(letter: u8) -> Option<u8> {
    BYTES.get(usize::from(letter)).copied()
}

/// The two letters before, as one number.
#[derive(Clone, Copy)]
pub(super) struct Before(usize);

impl Before {
    /// Before the first letter.
    pub(super) const START: Before = Before(DOT as usize);

    /// After one more letter.
    pub(super) fn then(self, letter: u8) -> Before {
        Before((self.0 % LETTERS) * LETTERS + usize::from(letter))
    }

    fn place(self, letter: u8) -> usize {
        self.0 * LETTERS + usize::from(letter)
    }
}

/// How often each letter came after each two.
pub(super) struct Counts(Vec<u32>);

impl Counts {
    pub(super) fn new() -> Counts {
        Counts(vec![0; LENGTHS])
    }

    /// Counts the letters of a name.
    pub(super) fn learn(&mut self, name: &[u8]) {
        let mut before = Before::START;
        for letter in name.iter().rev().filter_map(|byte| letter_of(*byte)) {
            if let Some(count) = self.0.get_mut(before.place(letter)) {
                *count = count.saturating_add(1);
            }
            before = before.then(letter);
        }
    }

    /// The codes that are shortest for what was counted. Every letter has one everywhere.
    pub(super) fn model(&self) -> Model {
        let mut lengths = Vec::with_capacity(LENGTHS);
        for counts in self.0.chunks_exact(LETTERS) {
            lengths.extend(lengths_of(counts));
        }
        Model::from_valid(lengths)
    }
}

/// The code of each letter in each context.
pub(super) struct Model {
    lengths: Vec<u8>,
    /// Code in the upper bits, its length in the lower eight.
    codes: Vec<u32>,
}

impl Model {
    /// From the kept lengths; nothing where they are no code.
    pub(super) fn read(lengths: &[u8]) -> Option<Model> {
        let complete = |context: &[u8]| {
            let total: u32 = context
                .iter()
                .map(|length| {
                    if *length == 0 || *length > BITS_MAX {
                        u32::MAX >> 6
                    } else {
                        1_u32 << (BITS_MAX - length)
                    }
                })
                .sum();
            total <= 1_u32 << BITS_MAX
        };
        (lengths.len() == LENGTHS && lengths.chunks_exact(LETTERS).all(complete))
            .then(|| Model::from_valid(lengths.to_vec()))
    }

    /// What is kept in the file.
    pub(super) fn lengths(&self) -> &[u8] {
        &self.lengths
    }

    /// The code of a letter: its bits, and how many.
    pub(super) fn code(&self, before: Before, letter: u8) -> (u64, u32) {
        // INVARIANT: contexts and letters are below their counts, so the place is in the table.
        let code = self.codes.get(before.place(letter)).copied().unwrap_or(0);
        (u64::from(code >> 8), code & 255)
    }

    /// The letter whose code the bits begin with (from the highest of 16), and how many are its.
    pub(super) fn letter(&self, before: Before, bits: u16) -> Option<(u8, u32)> {
        (0..39_u8).find_map(|letter| {
            let (code, length) = self.code(before, letter);
            let front = u64::from(bits) >> 16_u32.saturating_sub(length);
            (length > 0 && front == code).then_some((letter, length))
        })
    }

    fn from_valid(lengths: Vec<u8>) -> Model {
        let mut codes = Vec::with_capacity(LENGTHS);
        for context in lengths.chunks_exact(LETTERS) {
            codes.extend(canonical(context));
        }
        Model { lengths, codes }
    }
}

/// Codes in the order of their lengths, then of their letters.
fn canonical(lengths: &[u8]) -> [u32; LETTERS] {
    let mut codes = [0_u32; LETTERS];
    let mut next = 0_u32;
    for length in 1..=BITS_MAX {
        next <<= 1;
        for (code, _) in codes
            .iter_mut()
            .zip(lengths)
            .filter(|(_, own)| **own == length)
        {
            *code = (next << 8) | u32::from(length);
            next += 1;
        }
    }
    codes
}

/// Huffman's lengths, flattened until none is too long.
fn lengths_of(counts: &[u32]) -> [u8; LETTERS] {
    // A letter that was never seen still gets a code.
    let mut weights: Vec<u64> = counts
        .iter()
        .map(|count| u64::from(*count).saturating_mul(4).saturating_add(1))
        .collect();
    loop {
        let lengths = huffman(&weights);
        if lengths.iter().all(|length| *length <= BITS_MAX) {
            return lengths;
        }
        for weight in &mut weights {
            *weight = weight.div_ceil(2);
        }
    }
}

fn huffman(weights: &[u64]) -> [u8; LETTERS] {
    let mut groups: std::collections::BinaryHeap<std::cmp::Reverse<(u64, usize, Vec<u8>)>> = (0
        ..39_u8)
        .zip(weights)
        .map(|(letter, weight)| std::cmp::Reverse((*weight, usize::from(letter), vec![letter])))
        .collect();
    let mut lengths = [0_u8; LETTERS];
    let mut turn = LETTERS;
    while let (Some(std::cmp::Reverse(one)), Some(std::cmp::Reverse(other))) =
        (groups.pop(), groups.pop())
    {
        let mut letters = one.2;
        letters.extend(other.2);
        for letter in &letters {
            if let Some(length) = lengths.get_mut(usize::from(*letter)) {
                *length = length.saturating_add(1);
            }
        }
        if groups.is_empty() {
            break;
        }
        groups.push(std::cmp::Reverse((
            one.0.saturating_add(other.0),
            turn,
            letters,
        )));
        turn += 1;
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_code_that_is_read_back() {
        let mut counts = Counts::new();
        for _ in 0..100_000 {
            counts.learn(b"aaaa.example.com");
        }
        let model = counts.model();
        let again = Model::read(model.lengths()).unwrap();
        for context in 0..CONTEXTS {
            for letter in 0..39_u8 {
                let (code, length) = again.code(Before(context), letter);
                assert!((1..=15).contains(&length));
                let bits = u16::try_from(code << (16 - length)).unwrap();
                assert_eq!(again.letter(Before(context), bits), Some((letter, length)));
            }
        }
    }

    #[test]
    fn lengths_that_are_no_code_are_refused() {
        assert!(Model::read(&[1; LENGTHS]).is_none());
        assert!(Model::read(&[0; LENGTHS]).is_none());
        assert!(Model::read(&[]).is_none());
    }
}
